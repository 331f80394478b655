/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_plan_zones: which pages exist, and in which zone.
 *
 *   pfn 0      4096                 1048576
 *    │ DMA      │ DMA32              │ Normal            amd64
 *    │ DMA                           │ Normal            arm64
 *    │ DMA      │ Normal   │ HighMem                     i386
 *
 * Movable has no limits of its own: it is taken from the top of each node.
 */
#include "boot/boot_private.h"

/* What an architecture has: its zones by index, and where each ends. */
struct arch_zones {
	uint32_t nr;
	uint32_t type[MAX_NR_ZONES];
	uint32_t end[MAX_NR_ZONES]; /* by kind; 0: it has no such place */
};

#define PFN_16M (1u << (24 - PAGE_SHIFT))
#define PFN_4G (1u << (32 - PAGE_SHIFT))
/*
 * Where the 32-bit kernel's direct mapping ends: a little below 880 MiB,
 * and inside a pageblock.
 */
#define PFN_LOWMEM_I386 225278u

static const struct arch_zones arch_zones[] = {
	[ARCH_AMD64] = {
		.nr = 5,
		.type = { ZONE_DMA, ZONE_DMA32, ZONE_NORMAL, ZONE_MOVABLE,
			  ZONE_DEVICE },
		.end = { [ZONE_DMA] = PFN_16M, [ZONE_DMA32] = PFN_4G,
			 [ZONE_NORMAL] = MAX_PFN_LIMIT },
	},
	[ARCH_ARM64] = {
		.nr = 4,
		.type = { ZONE_DMA, ZONE_DMA32, ZONE_NORMAL, ZONE_MOVABLE },
		.end = { [ZONE_DMA] = PFN_4G, [ZONE_DMA32] = PFN_4G,
			 [ZONE_NORMAL] = MAX_PFN_LIMIT },
	},
	[ARCH_I386] = {
		.nr = 4,
		.type = { ZONE_DMA, ZONE_NORMAL, ZONE_HIGHMEM, ZONE_MOVABLE },
		.end = { [ZONE_DMA] = PFN_16M, [ZONE_NORMAL] = PFN_LOWMEM_I386,
			 [ZONE_HIGHMEM] = MAX_PFN_LIMIT },
	},
};

static uint32_t later(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static uint32_t earlier(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Pages that are left out: holes, reserved pages, CMA areas. */
struct exclusion {
	const struct page_range *range;
	uint32_t nr;
};

static bool skip_ranges(const struct exclusion *x, uint32_t *pfn)
{
	bool moved = false;

	for (uint32_t i = 0; i < x->nr; i++) {
		const struct page_range *r = &x->range[i];

		if (*pfn < r->start_pfn || *pfn - r->start_pfn >= r->nr_pages)
			continue;
		*pfn = r->start_pfn + r->nr_pages;
		moved = true;
	}
	return moved;
}

static void stop_at_ranges(const struct exclusion *x, struct page_run *run)
{
	for (uint32_t i = 0; i < x->nr; i++)
		if (x->range[i].nr_pages && x->range[i].start_pfn > run->start)
			run->end = earlier(run->end, x->range[i].start_pfn);
}

bool memory_run(const struct boot_plan *p, uint32_t nid, enum page_use use,
		uint32_t end, struct page_run *run)
{
	static const struct page_range frame_0 = { 0, 1 };
	const struct node_description *n = &p->d->node[nid];
	const struct exclusion excluded[] = {
		{ &frame_0, 1 },
		{ n->holes, n->nr_holes },
		{ n->reserved, use >= PAGES_MANAGED ? n->nr_reserved : 0 },
		{ p->cma_area[nid], use >= PAGES_EARLY ? p->nr_cma[nid] : 0 },
	};
	const size_t nr = sizeof(excluded) / sizeof(*excluded);
	uint32_t pfn = later(run->end, p->span[nid].start);
	bool moved;

	do {
		moved = false;
		for (size_t i = 0; i < nr; i++)
			moved |= skip_ranges(&excluded[i], &pfn);
	} while (moved);
	end = earlier(end, p->span[nid].end);
	if (pfn >= end)
		return false;
	*run = (struct page_run){ pfn, end };
	for (size_t i = 0; i < nr; i++)
		stop_at_ranges(&excluded[i], run);
	return true;
}

uint32_t count_pages(const struct boot_plan *p, uint32_t nid, enum page_use use,
		     struct page_run within)
{
	struct page_run run = { .end = within.start };
	uint32_t nr = 0;

	while (memory_run(p, nid, use, within.end, &run))
		nr += run.end - run.start;
	return nr;
}

struct page_run kind_run(const struct boot_plan *p, uint32_t nid, uint32_t kind)
{
	struct page_run run = {
		later(p->limit[kind].start, p->span[nid].start),
		earlier(p->limit[kind].end, p->span[nid].end),
	};

	return run.start < run.end ? run : (struct page_run){ 0, 0 };
}

struct page_run zone_run(const struct boot_plan *p, uint32_t nid, uint32_t idx)
{
	const uint32_t kind = p->zone_type[idx];
	const uint32_t movable_pfn = p->movable_pfn[nid];
	const struct page_run nothing = { 0, 0 };
	struct page_run run;

	if (p->d->node[nid].absent || kind == ZONE_DEVICE)
		return nothing;
	if (kind == ZONE_MOVABLE) {
		run = kind_run(p, nid, p->movable_from);
		run.start = later(run.start, movable_pfn);
	} else {
		run = kind_run(p, nid, kind);
		run.end = earlier(run.end, movable_pfn);
	}
	if (run.start >= run.end || !count_pages(p, nid, PAGES_PRESENT, run))
		return nothing;
	return run;
}

bool kind_is_highmem(const struct boot_plan *p, uint32_t kind)
{
	return kind == ZONE_HIGHMEM ||
	       (kind == ZONE_MOVABLE && p->movable_from == ZONE_HIGHMEM);
}

/* Each place begins where the one below ends; it may be empty. */
static enum boot_error plan_limits(struct boot_plan *p,
				   const struct arch_zones *arch)
{
	uint32_t start = 0, below = ZONE_DMA;

	for (uint32_t kind = 0; kind < MAX_NR_ZONES; kind++) {
		uint32_t end = p->d->zone_limit[kind];

		if (!arch->end[kind] && end)
			return boot_fail(
				p, BOOT_BAD_ZONE,
				"zone %s has no limit on this machine; leave it out of the limits",
				zone_type_name(kind));
		if (!arch->end[kind])
			continue;
		if (!end)
			end = arch->end[kind];
		if (end < start)
			return boot_fail(
				p, BOOT_BAD_ZONE,
				"zone %s ends below zone %s: at page %u, below %u; raise its limit",
				zone_type_name(kind), zone_type_name(below),
				end, start);
		p->limit[kind] = (struct page_run){ start, end };
		start = end;
		below = kind;
	}
	if (p->max_pfn > start)
		return boot_fail(
			p, BOOT_BAD_ZONE,
			"memory ends above the last zone: at page %u, zone %s at %u; raise the limit of that zone",
			p->max_pfn, zone_type_name(below), start);
	return BOOT_OK;
}

/*
 * Movable memory is taken from the highest place that has memory, from the
 * top of each node down, in whole blocks of the largest order.
 */
static enum boot_error plan_movable(struct boot_plan *p, uint32_t nid)
{
	const uint32_t block = 1u << (p->max_order - 1);
	const uint32_t wanted = p->d->node[nid].movable;
	struct page_run from = kind_run(p, nid, p->movable_from);
	uint64_t start;

	p->movable_pfn[nid] = PFN_NONE;
	if (!wanted || p->d->node[nid].absent)
		return BOOT_OK;
	if (wanted > from.end - from.start)
		return boot_fail(
			p, BOOT_BAD_ZONE,
			"node %u: too many movable pages: %u of the %u in zone %s; set fewer",
			nid, wanted, from.end - from.start,
			zone_type_name(p->movable_from));
	start = (uint64_t)from.end - wanted;
	start = (start + block - 1) & ~(uint64_t)(block - 1);
	if (start >= from.end)
		return boot_fail(
			p, BOOT_BAD_ZONE,
			"node %u: too few movable pages: %u; set at least one aligned block of %u",
			nid, wanted, block);
	p->movable_pfn[nid] = (uint32_t)start;
	return BOOT_OK;
}

enum boot_error plan_zones(struct boot_plan *p)
{
	const struct arch_zones *arch = &arch_zones[p->d->arch];
	enum boot_error error = plan_limits(p, arch);

	if (error)
		return error;
	p->nr_zone_types = arch->nr;
	for (uint32_t i = 0; i < arch->nr; i++)
		p->zone_type[i] = arch->type[i];
	for (uint32_t kind = 0; kind < MAX_NR_ZONES; kind++)
		if (p->limit[kind].start < p->limit[kind].end &&
		    p->limit[kind].start < p->max_pfn)
			p->movable_from = kind;
	for (uint32_t nid = 0; nid < p->d->nr_nodes && !error; nid++)
		error = plan_movable(p, nid);
	return error;
}
