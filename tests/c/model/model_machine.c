/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_machine: random small machines. Boot makes them with their zones cut
 * anywhere (also inside a pageblock); then every number that decides an
 * answer is drawn anew, also such as no Linux would compute.
 */
#include "model_machine.h"

#include <stdio.h>
#include <stdlib.h>

#include "mm/allocator.h"
#include "boot/boot.h"

uint64_t rng_next(struct rng *rng)
{
	uint64_t mixed = rng->state += 0x9e3779b97f4a7c15ull;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9ull;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebull;
	return mixed ^ mixed >> 31;
}

uint32_t rng_below(struct rng *rng, uint32_t below)
{
	return below ? (uint32_t)((rng_next(rng) >> 32) * below >> 32) : 0;
}

bool rng_chance(struct rng *rng, uint32_t percent)
{
	return rng_below(rng, 100) < percent;
}

/* -- the description ------------------------------------------------------ */

static void random_node(struct rng *rng, struct machine_description *d,
			struct node_description *node, uint32_t unit)
{
	uint32_t pages = unit > 256 ? unit + rng_below(rng, unit) :
				      96 + rng_below(rng, 3 * unit + 500);

	node->start_pfn = PFN_NONE;
	node->nr_pages = pages;
	if (rng_chance(rng, 20))
		node->movable = rng_below(rng, pages / 2);
	if (rng_chance(rng, 15)) {
		uint32_t at = rng_below(rng, pages - 20);

		node->reserved[node->nr_reserved++] =
			(struct page_range){ at, 1 + rng_below(rng, 16) };
	}
	if (d->cma && rng_chance(rng, 80)) {
		uint32_t areas = 1 + rng_below(rng, 2);

		node->nr_pages = pages += unit * areas;
		for (uint32_t i = 0; i < areas; i++)
			node->cma[node->nr_cma++] =
				(struct page_range){ PFN_NONE, unit };
	}
}

static void random_zones(struct rng *rng, struct machine_description *d,
			 uint32_t start, uint32_t pages)
{
	uint32_t third = pages / 3 + 1;
	uint32_t low = start + 1 + rng_below(rng, third);
	uint32_t middle = low + rng_below(rng, third);

	if (rng_chance(rng, 25)) /* DMA alone, or DMA and Normal */
		low = middle = start + pages;
	d->zone_limit[ZONE_DMA] = low;
	if (d->arch == ARCH_I386)
		d->zone_limit[ZONE_NORMAL] = middle + 1;
	else
		d->zone_limit[ZONE_DMA32] = middle;
}

static void random_distances(struct rng *rng, struct machine_description *d)
{
	d->has_distance = rng_chance(rng, 60);
	for (uint32_t a = 0; a < d->nr_nodes; a++) {
		d->distance[a][a] = 10;
		for (uint32_t b = 0; b < a; b++)
			d->distance[a][b] = d->distance[b][a] =
				15 + rng_below(rng, 30);
	}
}

static void random_sysctls(struct rng *rng, struct machine_description *d)
{
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = rng_below(rng, 200);
	d->has_watermark_boost_factor = rng_chance(rng, 50);
	d->watermark_boost_factor = rng_below(rng, 40000);
	d->node_reclaim_mode = d->nr_nodes > 1 && rng_chance(rng, 40);
	d->has_min_unmapped_ratio = true;
	d->min_unmapped_ratio = rng_below(rng, 4);
	d->has_dirty_ratio = true;
	d->dirty_ratio = rng_below(rng, 60);
	d->dirty_bytes = rng_chance(rng, 30) ? rng_below(rng, 1u << 21) : 0;
	d->highmem_is_dirtyable = rng_chance(rng, 30);
	d->mobility_grouping_disabled = rng_chance(rng, 10);
}

static struct machine_description *random_description(struct rng *rng)
{
	struct machine_description *d = machine_description_new();
	uint32_t what = rng_below(rng, 10), total = 0, start, unit;

	if (!d)
		abort();
	d->arch = what < 6 ? ARCH_AMD64 : what < 9 ? ARCH_ARM64 : ARCH_I386;
	d->nr_nodes = d->arch == ARCH_I386 ? 1 : 1 + rng_below(rng, 4);
	d->nr_cpus = 1 + rng_below(rng, 4);
	d->has_cpu_node = true;
	for (uint32_t cpu = 0; cpu < d->nr_cpus; cpu++)
		d->cpu_node[cpu] = rng_below(rng, d->nr_nodes);
	d->max_order = 4 + rng_below(rng, rng_chance(rng, 20) ? 8 : 5);
	d->pageblock_order = 2 + rng_below(rng, d->max_order - 2);
	d->cma = rng_chance(rng, 45);
	if (d->nr_nodes == 1)
		d->numa = d->arch == ARCH_I386 ? 0 : (int)rng_below(rng, 2);
	if (rng_chance(rng, 15))
		d->pageblocks_per_zone = 1;
	unit = 1u << (d->max_order - 1);
	start = rng_chance(rng, 60) ? 0 : rng_below(rng, 2 * unit);
	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		d->node[nid].absent = nid && rng_chance(rng, 20);
		if (d->node[nid].absent)
			continue;
		random_node(rng, d, &d->node[nid], unit);
		total += d->node[nid].nr_pages;
	}
	d->node[0].start_pfn = start;
	random_zones(rng, d, start, total);
	random_distances(rng, d);
	random_sysctls(rng, d);
	return d;
}

/* -- the numbers ---------------------------------------------------------- */

/* A fresh machine belongs to its maker: the one place that writes to it. */
#define draw(field, value) (*(uint32_t *)(uintptr_t) & (field) = (value))

static void draw_zone(struct machine *m, struct rng *rng,
		      const struct zone *zone)
{
	uint32_t share = zone->managed / 12 + 1;
	uint32_t mark = rng_below(rng, share);

	for (int i = 0; i < NR_WMARK; i++) {
		draw(zone->watermark[i], mark);
		mark += rng_below(rng, share);
	}
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		if (i > zone->idx)
			draw(zone->lowmem_reserve[i], rng_below(rng, share));
	draw(zone->stat_threshold,
	     rng_chance(rng, 20) ? rng_below(rng, 126) : rng_below(rng, 12));
	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, zone, cpu);
		bool many = rng_chance(rng, 8), none = rng_chance(rng, 10);
		uint32_t high = 1 + rng_below(rng, many ? 400 : 40);

		draw(pcp->high, none ? 0 : high);
		draw(pcp->batch, none ? 1 : 1 + rng_below(rng, high / 2 + 8));
	}
}

static void draw_node(struct rng *rng, const struct pglist_data *node)
{
	draw(node->totalreserve_pages, rng_below(rng, 60));
	draw(node->file_dirty, rng_below(rng, 40));
	draw(node->writeback, rng_below(rng, 10));
	draw(node->inactive_file, rng_below(rng, 80));
	draw(node->active_file, rng_below(rng, 80));
}

bool random_machine(struct machine *m, struct rng *rng)
{
	struct machine_description *d = random_description(rng);
	char message[200];
	enum boot_error error = machine_boot(m, d, message, sizeof(message));

	free(d);
	if (error != BOOT_OK)
		return false;
	if (rng_chance(rng, 15)) /* keep what boot computed */
		return true;
	for (uint32_t id = 0; id < m->system->nr_zones; id++)
		if (populated_zone(&m->zones[id]))
			draw_zone(m, rng, &m->zones[id]);
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		draw_node(rng, &m->nodes[nid]);
	draw(m->system->totalreserve_pages, rng_below(rng, 150));
	return true;
}

void machine_text(const struct machine *m, char *text, size_t size)
{
	const struct system *system = m->system;
	int at = snprintf(
		text, size,
		"%s, %u nodes, %u cpus, max_order %u, "
		"pageblock_order %u%s%s%s%s",
		system->arch, system->nr_nodes, system->nr_cpus,
		system->max_order, system->pageblock_order,
		system->cma ? ", CMA" : "", system->numa ? ", NUMA" : "",
		system->nofragment ? ", NOFRAGMENT" : "",
		system->pageblocks_per_zone ? ", pageblocks per zone" : "");

	for (uint32_t id = 0; id < system->nr_zones; id++) {
		const struct zone *zone = &m->zones[id];

		if (!populated_zone(zone) || at < 0 || (size_t)at >= size)
			continue;
		at += snprintf(text + at, size - (size_t)at,
			       "\n  zone id %u: node %u %s, frames %u to %u, "
			       "managed %u, CMA %u, marks %u %u %u",
			       id, zone->node, zone_name(m, zone->idx),
			       zone->start_pfn, zone_end_pfn(zone) - 1,
			       zone->managed, zone->managed_cma,
			       zone->watermark[0], zone->watermark[1],
			       zone->watermark[2]);
	}
}
