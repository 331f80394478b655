/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_plan: check the nodes, orders, cpus and distances of a description. */
#include "boot/boot_private.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* Distances as in firmware tables: a node to itself is 10. */
enum { LOCAL_DISTANCE = 10, REMOTE_DISTANCE = 20, MAX_DISTANCE = 255 };

enum boot_error boot_fail(struct boot_plan *p, enum boot_error error,
			  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (p->message && p->size)
		vsnprintf(p->message, p->size, format, args);
	va_end(args);
	return error;
}

static enum boot_error plan_orders(struct boot_plan *p)
{
	uint32_t max_order = p->d->max_order;
	uint32_t pageblock_order = p->d->pageblock_order;

	if (!max_order)
		max_order = 11;
	if (max_order > MAX_ORDER_LIMIT)
		return boot_fail(p, BOOT_BAD_ORDER,
				 "max_order is too large: %u; set 1 to %d",
				 max_order, MAX_ORDER_LIMIT);
	if (!pageblock_order)
		pageblock_order = max_order > 9 ? 9 : max_order - 1;
	if (pageblock_order >= max_order)
		return boot_fail(
			p, BOOT_BAD_ORDER,
			"pageblock_order is too large: %u, with max_order %u; set at most %u",
			pageblock_order, max_order, max_order - 1);
	p->max_order = max_order;
	p->pageblock_order = pageblock_order;
	return BOOT_OK;
}

static bool shape_flag(int wanted, bool otherwise)
{
	return wanted < 0 ? otherwise : wanted != 0;
}

static enum boot_error plan_shape(struct boot_plan *p)
{
	const struct machine_description *d = p->d;
	const bool flat = d->arch == ARCH_I386;

	if (d->arch != ARCH_AMD64 && d->arch != ARCH_ARM64 &&
	    d->arch != ARCH_I386)
		return boot_fail(
			p, BOOT_BAD_SHAPE,
			"arch is unknown: %d; choose amd64, arm64 or i386",
			(int)d->arch);
	p->numa = shape_flag(d->numa, !flat);
	p->nofragment = shape_flag(d->nofragment, !flat);
	p->pageblocks_per_zone = shape_flag(d->pageblocks_per_zone, flat);
	p->cma = shape_flag(d->cma, d->arch == ARCH_ARM64);
	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		if (d->node[nid].absent || !d->node[nid].nr_cma)
			continue;
		if (!d->cma)
			return boot_fail(
				p, BOOT_BAD_CMA,
				"node %u has a CMA area, but cma is off; remove the area or turn cma on",
				nid);
		p->cma = true;
	}
	return BOOT_OK;
}

/* The error of a range that begins before an earlier one of its kind ends. */
static enum boot_error check_overlap(struct boot_plan *p, uint32_t nid,
				     const char *what,
				     const struct page_range *range, uint32_t i)
{
	const struct page_range *b = &range[i];

	for (const struct page_range *a = range; a < b; a++)
		if (a->start_pfn < b->start_pfn + b->nr_pages &&
		    b->start_pfn < a->start_pfn + a->nr_pages)
			return boot_fail(
				p, BOOT_OVERLAP,
				"node %u: %s pages %u to %u overlap %s pages %u to %u; describe each page once",
				nid, what, b->start_pfn,
				b->start_pfn + b->nr_pages - 1, what,
				a->start_pfn, a->start_pfn + a->nr_pages - 1);
	return BOOT_OK;
}

/* Ranges of a node lie inside it and apart; they may begin at any page. */
static enum boot_error check_ranges(struct boot_plan *p, uint32_t nid,
				    const char *what,
				    const struct page_range *range, uint32_t nr)
{
	const struct page_run *span = &p->span[nid];

	if (nr > MAX_NODE_RANGES)
		return boot_fail(
			p, BOOT_TOO_LARGE,
			"node %u has too many %s ranges: %u; describe at most %d",
			nid, what, nr, MAX_NODE_RANGES);
	for (uint32_t i = 0; i < nr; i++) {
		uint64_t end = (uint64_t)range[i].start_pfn + range[i].nr_pages;

		enum boot_error error;

		if (range[i].start_pfn < span->start || end > span->end)
			return boot_fail(
				p, BOOT_OVERLAP,
				"node %u: %s pages outside the node: %u to %" PRIu64
				"; the node has pages %u to %u",
				nid, what, range[i].start_pfn, end - 1,
				span->start, span->end - 1);
		error = check_overlap(p, nid, what, range, i);
		if (error)
			return error;
	}
	return BOOT_OK;
}

/* Where a node lies: as described, or right after the node before. */
static enum boot_error place_node(struct boot_plan *p, uint32_t nid,
				  uint32_t *next_pfn)
{
	const struct node_description *n = &p->d->node[nid];
	uint64_t start = n->start_pfn == PFN_NONE ? *next_pfn : n->start_pfn;
	uint64_t end = start + n->nr_pages;

	if (!n->nr_pages)
		return boot_fail(
			p, BOOT_NO_MEMORY_DESCRIBED,
			"node %u has no memory: 0 pages; set its size or make it absent",
			nid);
	if (end > MAX_PFN_LIMIT)
		return boot_fail(
			p, BOOT_TOO_LARGE,
			"node %u is too large: it ends at page %" PRIu64
			"; pages must be below %u (4 TiB)",
			nid, end, MAX_PFN_LIMIT);
	p->span[nid] = (struct page_run){ (uint32_t)start, (uint32_t)end };
	for (uint32_t other = 0; other < nid; other++) {
		const struct page_run *span = &p->span[other];

		if (start < span->end && span->start < end)
			return boot_fail(
				p, BOOT_OVERLAP,
				"node %u (pages %" PRIu64 " to %" PRIu64
				") overlaps node %u (pages %u to %u); move one of them",
				nid, start, end - 1, other, span->start,
				span->end - 1);
	}
	*next_pfn = (uint32_t)end;
	return BOOT_OK;
}

/* A node's span reaches from its first page that exists to its last. */
static enum boot_error trim_node(struct boot_plan *p, uint32_t nid)
{
	struct page_run *span = &p->span[nid];
	struct page_run run = { .end = span->start };
	struct page_run all = { .end = 0 };

	while (memory_run(p, nid, PAGES_PRESENT, span->end, &run)) {
		if (!all.end)
			all.start = run.start;
		all.end = run.end;
	}
	if (!all.end)
		return boot_fail(
			p, BOOT_NO_MEMORY_DESCRIBED,
			"node %u has no memory: all of it is a hole (page 0 always is); describe memory or make it absent",
			nid);
	*span = all;
	if (span->end > p->max_pfn)
		p->max_pfn = span->end;
	p->nr_present_nodes++;
	return BOOT_OK;
}

static enum boot_error plan_node(struct boot_plan *p, uint32_t nid,
				 uint32_t *next_pfn)
{
	const struct node_description *n = &p->d->node[nid];
	enum boot_error error;

	if (n->absent)
		return BOOT_OK;
	error = place_node(p, nid, next_pfn);
	if (!error)
		error = check_ranges(p, nid, "hole", n->holes, n->nr_holes);
	if (!error)
		error = check_ranges(p, nid, "reserved", n->reserved,
				     n->nr_reserved);
	return error ? error : trim_node(p, nid);
}

static enum boot_error plan_nodes(struct boot_plan *p)
{
	const uint32_t nr_nodes = p->d->nr_nodes;
	uint32_t next_pfn = 0, managed = 0;
	enum boot_error error;

	for (uint32_t nid = 0; nid < nr_nodes; nid++) {
		error = plan_node(p, nid, &next_pfn);
		if (error)
			return error;
		managed += count_pages(p, nid, PAGES_MANAGED, p->span[nid]);
	}
	if (!p->nr_present_nodes)
		return boot_fail(
			p, BOOT_NO_MEMORY_DESCRIBED,
			"every node is absent; describe a node with memory");
	if (!managed)
		return boot_fail(p, BOOT_NO_MEMORY_DESCRIBED,
				 "all memory is reserved; reserve less");
	if (!p->numa && nr_nodes > 1)
		return boot_fail(
			p, BOOT_BAD_SHAPE,
			"too many nodes for a machine without NUMA: %u; describe one node or turn numa on",
			nr_nodes);
	return BOOT_OK;
}

/* The @i-th node that is not absent. */
static uint32_t nth_present_node(const struct boot_plan *p, uint32_t i)
{
	uint32_t nid = 0;

	for (;; nid++)
		if (!p->d->node[nid].absent && !i--)
			return nid;
}

static enum boot_error plan_cpus(struct boot_plan *p)
{
	const struct machine_description *d = p->d;

	p->nr_cpus = d->nr_cpus ? d->nr_cpus : 1;
	if (p->nr_cpus > NR_CPUS)
		return boot_fail(p, BOOT_BAD_CPU,
				 "too many cpus: %u; set at most %d",
				 p->nr_cpus, NR_CPUS);
	for (uint32_t cpu = 0; cpu < p->nr_cpus; cpu++) {
		uint32_t nid = d->cpu_node[cpu];

		if (!d->has_cpu_node)
			nid = nth_present_node(p, cpu % p->nr_present_nodes);
		if (nid >= d->nr_nodes)
			return boot_fail(
				p, BOOT_BAD_CPU,
				"cpu %u is on a node that does not exist: %u; put it on one of %u nodes",
				cpu, nid, d->nr_nodes);
		p->cpu_node[cpu] = nid;
		p->is_online[nid] = true;
	}
	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		p->is_online[nid] |= !d->node[nid].absent;
		p->nr_online_nodes += p->is_online[nid];
	}
	return BOOT_OK;
}

/* As in firmware tables, the two directions may differ. */
static enum boot_error plan_distances(struct boot_plan *p)
{
	const struct machine_description *d = p->d;

	if (!d->has_distance)
		return BOOT_OK;
	for (uint32_t a = 0; a < d->nr_nodes; a++) {
		for (uint32_t b = 0; b < d->nr_nodes; b++) {
			uint32_t distance = d->distance[a][b];

			if (a == b ? distance == LOCAL_DISTANCE :
				     distance > LOCAL_DISTANCE &&
					     distance <= MAX_DISTANCE)
				continue;
			return boot_fail(
				p, BOOT_BAD_DISTANCE,
				"distance from node %u to node %u is out of range: %u; set %s",
				a, b, distance,
				a == b ? "10, as of every node to "
					 "itself" :
					 "11 to 255");
		}
	}
	return BOOT_OK;
}

uint32_t plan_distance(const struct boot_plan *p, uint32_t from, uint32_t to)
{
	if (p->d->has_distance)
		return p->d->distance[from][to];
	return from == to ? LOCAL_DISTANCE : REMOTE_DISTANCE;
}

enum boot_error boot_plan_make(struct boot_plan *p,
			       const struct machine_description *d,
			       char *message, size_t size)
{
	enum boot_error (*const steps[])(struct boot_plan *) = {
		plan_orders, plan_shape,     plan_nodes, plan_cpus,
		plan_zones,  plan_distances, plan_cma,	 plan_sysctls,
	};
	enum boot_error error = BOOT_OK;

	*p = (struct boot_plan){ .d = d, .message = message, .size = size };
	if (!d->nr_nodes)
		return boot_fail(
			p, BOOT_NO_NODES,
			"the machine has no nodes; describe at least one");
	if (d->nr_nodes > MAX_NUMNODES)
		return boot_fail(p, BOOT_TOO_LARGE,
				 "too many nodes: %u; describe at most %d",
				 d->nr_nodes, MAX_NUMNODES);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !error; i++)
		error = steps[i](p);
	return error;
}
