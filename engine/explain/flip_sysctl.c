/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flip_sysctl: sysctls, and the numbers of the zones that follow from them.
 *
 * A report prints these numbers and not the sysctls, so those of its machine
 * are estimates. The printed numbers are then changed in proportion: computing
 * them anew would make them differ by what rounding, memory that came since,
 * or an unusual watermark_scale_factor is to blame for.
 */
#define TRACED 1

#include "boot/boot.h"
#include "explain/flip_private.h"
#include "mm/zonelist.h"
#include "state/state.h"

/* -- lowmem_reserve_ratio ------------------------------------------------- */

/* Pages of the node of @zone that zones above it manage, up to zone @j. */
static uint64_t managed_above(const struct machine *m, const struct zone *zone,
			      uint32_t j)
{
	uint64_t pages = 0;

	for (uint32_t i = zone->idx + 1; i <= j; i++)
		pages += node_zone(m, zone->node, i)->managed;
	return pages;
}

/*
 * The ratio by which the zones at t->index reserve: the default if it is as
 * near to the largest reserve as memory that came or went since it was
 * computed may move it. 0: nothing is reserved.
 */
static uint32_t estimate_ratio(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	const uint32_t usual = m->system->lowmem_reserve_ratio[t->index];
	const uint32_t highest = gfp_zone(m, t->wanted.gfp);
	uint64_t above = 0, reserve = 0, by_default;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		const struct zone *zone = node_zone(m, nid, t->index);

		if (zone->lowmem_reserve[highest] <= reserve)
			continue;
		reserve = zone->lowmem_reserve[highest];
		above = managed_above(m, zone, highest);
	}
	if (!reserve)
		return 0;
	by_default = usual ? above / usual : 0;
	t->about = by_default != reserve;
	if (by_default <= reserve + 1 + reserve / 4 &&
	    reserve <= by_default + 1 + by_default / 4)
		return usual;
	return (uint32_t)((above + reserve / 2) / reserve);
}

/* Up to where nothing is reserved. */
bool flip_range_lowmem_reserve_ratio(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	uint32_t ratio = m->system->lowmem_reserve_ratio[t->index];
	uint64_t managed = 0;

	if (m->system->from_report)
		ratio = estimate_ratio(t);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		managed += m->zones[i].managed;
	t->range = (struct flip_range){ ratio, 1, managed };
	return ratio && ratio + managed <= INT32_MAX;
}

/* The reserves at t->index, from what is printed. */
static void scale_lowmem_reserve(struct flip_trial *t, uint64_t ratio)
{
	struct machine *m = &t->e.machine;
	const uint64_t from = (uint64_t)t->range.from;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		const struct zone *zone = node_zone(m, nid, t->index);

		for (uint32_t j = zone->idx + 1; j < m->system->nr_zone_types;
		     j++) {
			const uint64_t printed = zone->lowmem_reserve[j];
			uint64_t above = managed_above(m, zone, j);

			if (above / from != printed)
				above = printed * from;
			state_set(m, zone->lowmem_reserve[j],
				  (uint32_t)(above / ratio));
		}
	}
}

void flip_apply_lowmem_reserve_ratio(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;

	state_set(m, m->system->lowmem_reserve_ratio[t->index],
		  (uint32_t)value);
	if (m->system->from_report)
		scale_lowmem_reserve(t, (uint64_t)value);
	else
		setup_per_zone_lowmem_reserve(m);
	calculate_totalreserve_pages(m);
}

/* -- min_free_kbytes ------------------------------------------------------ */

bool flip_range_min_free_kbytes(struct flip_trial *t)
{
	const uint32_t kbytes = t->e.machine.system->min_free_kbytes;

	t->range = (struct flip_range){ kbytes, -1, kbytes };
	t->about = t->e.machine.system->from_report;
	return kbytes;
}

/*
 * The watermarks of @zone for @kbytes instead of @from: min in proportion, and
 * a quarter of it, or what watermark_scale_factor gives, between one and the
 * next. The kernel drops the boost, also one that is hidden in a printed min.
 */
static void scale_wmarks(struct machine *m, const struct zone *zone,
			 uint64_t from, uint64_t kbytes)
{
	const uint32_t gap =
		zone->watermark[WMARK_LOW] - zone->watermark[WMARK_MIN];
	const uint32_t unboosted = unboosted_min_pages(zone);
	const uint32_t min = zone->highmem ?
				     unboosted :
				     (uint32_t)(unboosted * kbytes / from);
	uint32_t new_gap = gap;

	/* at 0 kbytes all of it is due to the scale */
	if (gap == unboosted / 4 && !zone->highmem) {
		const uint64_t scale = (uint64_t)zone->managed *
				       m->system->watermark_scale_factor /
				       10000;

		new_gap = scale < gap ? (uint32_t)scale : gap;
		if (new_gap < min / 4)
			new_gap = min / 4;
	}
	state_set(m, zone->watermark[WMARK_MIN], min);
	state_set(m, zone->watermark[WMARK_LOW], min + new_gap);
	state_set(m, zone->watermark[WMARK_HIGH], min + 2 * new_gap);
	state_set(m, zone->watermark_boost, 0);
}

void flip_apply_min_free_kbytes(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;

	state_set(m, m->system->min_free_kbytes, (uint32_t)value);
	if (!m->system->from_report)
		setup_per_zone_wmarks(m);
	for (uint32_t i = 0; m->system->from_report && i < m->system->nr_zones;
	     i++)
		scale_wmarks(m, &m->zones[i], (uint64_t)t->range.from,
			     (uint64_t)value);
	calculate_totalreserve_pages(m);
}
