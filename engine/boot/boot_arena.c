/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_arena: memory for the buddy algorithm alone, as textbooks draw it.
 *
 * One zone begins at page 0, with a free block for each bit of its size. It
 * has no watermarks and no reserves, all memory is of one migratetype, and
 * order 0 comes from the free lists, not from per-cpu lists. So a request
 * splits, and a free merges; nothing else happens.
 */
#include <errno.h>
#include <string.h>

#include "boot/boot_private.h"
#include "mm/buddy.h"
#include "state/arena.h"
#include "state/state.h"

/* Orders from 0 to that of the largest block. */
static uint32_t arena_max_order(uint32_t nr_pages)
{
	const uint32_t nr = 32 - (uint32_t)__builtin_clz(nr_pages);

	return nr < MAX_ORDER_LIMIT ? nr : MAX_ORDER_LIMIT;
}

static void set_zone(struct machine *m, uint32_t nr_pages)
{
	const struct zone *zone = m->zones;
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, 0);

	state_set(m, zone->type, ZONE_NORMAL);
	state_set(m, zone->spanned, nr_pages);
	state_set(m, zone->present, nr_pages);
	state_set(m, zone->managed, nr_pages);
	state_set(m, pcp->batch, 1);
	memset((void *)(uintptr_t)m->pageblocks, MIGRATE_UNMOVABLE,
	       m->system->nr_pageblocks);
	for (uint32_t pfn = 0, order; pfn < nr_pages; pfn += 1u << order) {
		order = m->max_order - 1;
		while (1u << order > nr_pages - pfn)
			order--;
		__free_one_page(m, pfn, zone, order, MIGRATE_UNMOVABLE, true);
	}
}

enum boot_error boot_arena(struct machine *m,
			   const struct machine_description *d)
{
	const uint32_t max_order = arena_max_order(d->arena);
	const struct arena_shape shape = {
		.nr_nodes = 1,
		.nr_cpus = 1,
		.nr_zone_types = 1,
		.nr_zonerefs = 1,
		.max_pfn = d->arena,
		.max_order = max_order,
		.pageblock_order = max_order - 1,
	};

	if (!arena_create(m, &shape)) /* errno */
		return BOOT_SYSTEM;
	boot_set_names(m, d->arch);
	state_set(m, m->system->zone_type[0], ZONE_NORMAL);
	setup_gfp_zones(m);
	setup_default_sysctls(m);
	state_set(m, m->system->watermark_boost_factor, 0);
	state_set(m, m->system->mobility_grouping, 0);
	state_set(m, m->system->buddy_only, 1);
	state_set(m, m->distance[0], 10);
	state_set(m, m->nodes[0].online, 1);
	state_set(m, m->nodes[0].has_memory, 1);
	state_set(m, m->system->nr_online_nodes, 1);
	state_set(m, m->system->task.mems_allowed, 1);
	state_set(m, m->system->task.hardwall_mems, 1);
	set_zone(m, d->arena);
	build_all_zonelists(m);
	machine_update(m);
	return BOOT_OK;
}
