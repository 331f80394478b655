/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_tune: the numbers that follow from the sizes of the zones.
 *
 * Watermarks, reserves, per-cpu list sizes and counter thresholds are all
 * functions of how many pages each zone manages and of a few sysctls. Each
 * function here computes one of them for the whole machine, and may be
 * called again when a sysctl has changed. The order matters: watermarks
 * from min_free_kbytes, then lowmem_reserve, then totalreserve of both.
 *
 * Kernel: mm/page_alloc.c (setup_per_zone_wmarks and below), mm/vmstat.c,
 * mm/khugepaged.c (set_recommended_min_free_kbytes).
 */
#define TRACED 1 /* a sysctl may change while the machine has a history */

#include "boot/boot_private.h"
#include "state/state.h"

static uint32_t page_kbytes(const struct machine *m)
{
	return (uint32_t)(page_size(m) / 1024);
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Position of the highest bit that is set, from 1; 0 for 0. */
static uint32_t fls(uint32_t x)
{
	return x ? 32 - (uint32_t)__builtin_clz(x) : 0;
}

/* The largest number whose square is not above @x. */
static uint64_t int_sqrt(uint64_t x)
{
	uint64_t root = 0;

	for (uint64_t bit = 1ull << 31; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= x)
			root |= bit;
	return root;
}

/* Pages above the high watermark in zones up to Normal. */
static uint64_t nr_free_buffer_pages(const struct machine *m)
{
	uint64_t pages = 0;

	for_each_zone(m, zone)
		if (zone->type <= ZONE_NORMAL &&
		    zone->managed > zone->watermark[WMARK_HIGH])
			pages += zone->managed - zone->watermark[WMARK_HIGH];
	return pages;
}

static uint64_t total_managed(const struct machine *m)
{
	uint64_t pages = 0;

	for_each_zone(m, zone)
		pages += zone->managed;
	return pages;
}

/*
 * Transparent huge pages need free pageblocks to keep migratetypes apart: two
 * per zone, and one for each pair of types that may steal from each other.
 * Kernel: set_recommended_min_free_kbytes.
 */
static uint32_t recommended_min_free_kbytes(const struct machine *m)
{
	const uint64_t smallest = (512ull << 20) / page_size(m);
	const uint32_t blocks = 2 + MIGRATE_PCPTYPES * MIGRATE_PCPTYPES;
	uint64_t pages, nr_zones = 0;

	if (total_managed(m) < smallest)
		return 0;
	for_each_zone(m, zone)
		nr_zones += populated_zone(zone) && zone->type <= ZONE_NORMAL;
	pages = pageblock_nr_pages(m) * nr_zones * blocks;
	if (pages > nr_free_buffer_pages(m) / 20)
		pages = nr_free_buffer_pages(m) / 20;
	pages *= page_kbytes(m);
	return pages < UINT32_MAX ? (uint32_t)pages : UINT32_MAX;
}

/*
 * Memory grows faster than the need for a reserve, hence the square root.
 * Kernel: init_per_zone_wmark_min.
 */
uint32_t calculate_min_free_kbytes(const struct machine *m, bool thp)
{
	uint64_t kbytes;

	if (thp)
		return larger(m->system->min_free_kbytes,
			      recommended_min_free_kbytes(m));
	kbytes = int_sqrt(nr_free_buffer_pages(m) * page_kbytes(m) * 16);
	if (kbytes < 128)
		return 128;
	return kbytes > 262144 ? 262144 : (uint32_t)kbytes;
}

/*
 * One zone's watermarks: min is its share of the reserve, low and high follow
 * at equal distances. A highmem zone has a small min, since urgent requests
 * seldom use it, but the same distances as any zone of its size.
 */
static void setup_wmarks(struct machine *m, const struct zone *zone,
			 uint64_t min_free_pages, uint64_t lowmem)
{
	uint64_t share = lowmem ? min_free_pages * zone->managed / lowmem : 0;
	uint64_t scale = (uint64_t)zone->managed *
			 m->system->watermark_scale_factor / 10000;
	uint64_t gap = share / 4 > scale ? share / 4 : scale;
	uint64_t min = share;

	if (zone->highmem)
		min = larger(32, smaller(128, zone->managed / 1024));
	state_set(m, zone->watermark[WMARK_MIN], min);
	state_set(m, zone->watermark[WMARK_LOW], min + gap);
	state_set(m, zone->watermark[WMARK_HIGH], min + 2 * gap);
	state_set(m, zone->watermark_boost, 0);
}

void setup_per_zone_wmarks(struct machine *m)
{
	uint64_t min_free_pages = m->system->min_free_kbytes / page_kbytes(m);
	uint64_t lowmem = 0;

	for_each_zone(m, zone)
		if (!zone->highmem)
			lowmem += zone->managed;
	for_each_zone(m, zone)
		if (populated_zone(zone))
			setup_wmarks(m, zone, min_free_pages, lowmem);
	state_commit(m);
}

uint32_t unboosted_min_pages(const struct zone *zone)
{
	const uint32_t min = zone->watermark[WMARK_MIN];
	const uint32_t gap = zone->watermark[WMARK_LOW] - min;

	return zone->highmem ? min : smaller(min, 4 * gap + 3);
}

/*
 * lowmem_reserve[highest_zoneidx]: how much of a zone is reserved from requests
 * that could use a higher zone. The more memory above, the more is reserved.
 */
void setup_per_zone_lowmem_reserve(struct machine *m)
{
	const struct system *s = m->system;

	for_each_zone(m, zone) {
		uint32_t ratio = s->lowmem_reserve_ratio[zone->idx];
		uint32_t above = 0;

		for (uint32_t j = 0; j < s->nr_zone_types; j++) {
			uint32_t reserve = 0;

			if (j > zone->idx) {
				above += node_zone(m, zone->node, j)->managed;
				if (ratio && zone->managed)
					reserve = above / ratio;
			}
			state_set(m, zone->lowmem_reserve[j], reserve);
		}
	}
	state_commit(m);
}

/* Pages of a zone that no ordinary request gets. */
static uint32_t zone_totalreserve(const struct machine *m,
				  const struct zone *zone)
{
	uint64_t reserve = 0;

	for (uint32_t j = zone->idx; j < m->system->nr_zone_types; j++)
		if (zone->lowmem_reserve[j] > reserve)
			reserve = zone->lowmem_reserve[j];
	reserve += zone->watermark[WMARK_HIGH];
	return reserve < zone->managed ? (uint32_t)reserve : zone->managed;
}

void calculate_totalreserve_pages(struct machine *m)
{
	const struct system *s = m->system;
	uint32_t total = 0;

	for (uint32_t nid = 0; nid < s->nr_nodes; nid++) {
		uint32_t pages = 0;

		for (uint32_t i = 0; i < s->nr_zone_types; i++)
			pages += zone_totalreserve(m, node_zone(m, nid, i));
		state_set(m, m->nodes[nid].totalreserve_pages, pages);
		total += pages;
	}
	state_set(m, s->totalreserve_pages, total);
	state_commit(m);
}

/*
 * A quarter of a thousandth of the zone, or of 1 MiB; then just below a power
 * of two, which spreads better over cache colours. Small zones get 0: their
 * lists are emptied at once and refilled by single pages.
 */
static uint32_t zone_batchsize(const struct machine *m, const struct zone *zone)
{
	const uint32_t most = (uint32_t)((1u << 20) / page_size(m));
	uint32_t batch = smaller(zone->managed / 1024, most) / 4;

	batch = larger(batch, 1);
	return (1u << (fls(batch + batch / 2) - 1)) - 1;
}

void setup_per_cpu_pageset(struct machine *m)
{
	for_each_zone(m, zone) {
		uint32_t batch = zone_batchsize(m, zone);

		if (!populated_zone(zone))
			continue;
		for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++) {
			const struct per_cpu_pages *pcp =
				zone_pcp(m, zone, cpu);

			state_set(m, pcp->high, 6 * batch);
			state_set(m, pcp->batch, larger(batch, 1));
		}
	}
	state_commit(m);
}

/* The more cpus and memory, the larger the per-cpu differences may grow. */
void refresh_zone_stat_thresholds(struct machine *m)
{
	for_each_zone(m, zone) {
		const uint32_t shift = 27 - m->system->page_shift; /* 128 MiB */
		uint32_t size_class = 1 + fls(zone->managed >> shift);

		if (populated_zone(zone))
			state_set(m, zone->stat_threshold,
				  smaller(125, 2 * fls(m->system->nr_cpus) *
						       size_class));
	}
	state_commit(m);
}
