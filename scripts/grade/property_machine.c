/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property_machine: is a submission's machine the given one?
 *
 * Both are booted here, so the same description gives the same bytes. What
 * may differ when sysctls are the student's is only what follows from them.
 */
#include <stdio.h>
#include <string.h>

#include "state/arena.h"
#include "grade/property.h"

/* The shape: nothing here follows from a sysctl. */
static const char *shape_difference(const struct machine *a,
				    const struct machine *b, char *buf,
				    size_t size)
{
	const struct system *s = a->system, *t = b->system;

	if (strcmp(s->arch, t->arch))
		return "another arch";
	if (s->nr_nodes != t->nr_nodes)
		snprintf(buf, size, "%u nodes, given are %u", t->nr_nodes,
			 s->nr_nodes);
	else if (s->nr_cpus != t->nr_cpus)
		snprintf(buf, size, "%u cpus, given are %u", t->nr_cpus,
			 s->nr_cpus);
	else if (memcmp(s->cpu_node, t->cpu_node, sizeof(s->cpu_node)))
		return "other cpu_nodes";
	else if (s->max_order != t->max_order)
		snprintf(buf, size, "max_order %u, given is %u", t->max_order,
			 s->max_order);
	else if (s->pageblock_order != t->pageblock_order)
		snprintf(buf, size, "pageblock_order %u, given is %u",
			 t->pageblock_order, s->pageblock_order);
	else if (memcmp(a->distance, b->distance,
			sizeof(*a->distance) * s->nr_nodes * s->nr_nodes))
		return "other distances";
	else if (s->nr_zones != t->nr_zones)
		return "other zones";
	else
		return NULL;
	return buf;
}

static const char *zones_difference(const struct machine *a,
				    const struct machine *b, char *buf,
				    size_t size)
{
	for (uint32_t i = 0; i < a->system->nr_zones; i++) {
		const struct zone *y = &a->zones[i], *z = &b->zones[i];

		if (y->managed == z->managed && y->present == z->present &&
		    y->spanned == z->spanned && y->start_pfn == z->start_pfn &&
		    y->managed_cma == z->managed_cma && y->type == z->type)
			continue;
		snprintf(buf, size,
			 "%s of node %u manages %u pages, given are %u",
			 zone_name(b, z->idx), z->node, z->managed, y->managed);
		return buf;
	}
	return NULL;
}

/* A name for a state that differs, as far as a sysctl explains it. */
static const char *sysctl_difference(const struct machine *a,
				     const struct machine *b)
{
	const struct system *s = a->system, *t = b->system;

	if (s->min_free_kbytes != t->min_free_kbytes)
		return "another min_free_kbytes";
	if (s->watermark_scale_factor != t->watermark_scale_factor)
		return "another watermark_scale_factor";
	if (s->watermark_boost_factor != t->watermark_boost_factor)
		return "another watermark_boost_factor";
	if (memcmp(s->lowmem_reserve_ratio, t->lowmem_reserve_ratio,
		   sizeof(s->lowmem_reserve_ratio)))
		return "another lowmem_reserve_ratio";
	if (s->dirty_ratio != t->dirty_ratio ||
	    s->dirty_bytes != t->dirty_bytes)
		return "another dirty limit";
	if (s->node_reclaim_mode != t->node_reclaim_mode)
		return "another node_reclaim_mode";
	return "its state is another";
}

const char *machine_difference(struct session *a, struct session *b,
			       bool ignore_sysctls, char *buf, size_t size)
{
	const struct machine *ma = session_machine(a);
	const struct machine *mb = session_machine(b);
	const char *why;

	session_seek(a, 0);
	session_seek(b, 0);
	why = shape_difference(ma, mb, buf, size);
	if (!why)
		why = zones_difference(ma, mb, buf, size);
	if (!why && !ignore_sysctls && !arena_equal(ma, mb))
		why = sysctl_difference(ma, mb);
	session_seek(a, session_nr_steps(a));
	session_seek(b, session_nr_steps(b));
	return why;
}
