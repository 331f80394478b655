/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot: the steps of a boot, in order. */
#include "boot/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "state/arena.h"
#include "boot/boot_private.h"
#include "state/state.h"

static const char *const arch_names[] = {
	[ARCH_AMD64] = "x86_64",
	[ARCH_ARM64] = "aarch64",
	[ARCH_I386] = "i686",
};

struct machine_description *machine_description_new(void)
{
	struct machine_description *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->cma = d->numa = d->nofragment = d->pageblocks_per_zone = -1;
	for (uint32_t nid = 0; nid < MAX_NUMNODES; nid++) {
		d->node[nid].start_pfn = PFN_NONE;
		for (uint32_t i = 0; i < MAX_NODE_RANGES; i++)
			d->node[nid].cma[i].start_pfn = PFN_NONE;
	}
	return d;
}

/* lowmem_reserve_ratio: a zone keeps 1/ratio of the memory above it. */
static const uint32_t default_ratio[MAX_NR_ZONES] = {
	[ZONE_DMA] = 256,
	[ZONE_DMA32] = 256,
	[ZONE_NORMAL] = 32,
};

enum boot_error plan_sysctls(struct boot_plan *p)
{
	const struct machine_description *d = p->d;

	if (d->has_watermark_scale_factor &&
	    (!d->watermark_scale_factor || d->watermark_scale_factor > 1000))
		return boot_fail(
			p, BOOT_BAD_SYSCTL,
			"watermark_scale_factor is out of range: %u; set 1 to 1000",
			d->watermark_scale_factor);
	if (d->has_dirty_ratio && d->dirty_ratio > 100)
		return boot_fail(
			p, BOOT_BAD_SYSCTL,
			"dirty_ratio is out of range: %u; set 0 to 100",
			d->dirty_ratio);
	if (d->node_reclaim_mode > 7)
		return boot_fail(
			p, BOOT_BAD_SYSCTL,
			"node_reclaim_mode is out of range: %u; set 0 to 7",
			d->node_reclaim_mode);
	if (d->has_min_unmapped_ratio && d->min_unmapped_ratio > 100)
		return boot_fail(
			p, BOOT_BAD_SYSCTL,
			"min_unmapped_ratio is no percentage: %u; set 0 to 100",
			d->min_unmapped_ratio);
	if (d->has_min_free_kbytes && d->min_free_kbytes > INT32_MAX)
		return boot_fail(
			p, BOOT_BAD_SYSCTL,
			"min_free_kbytes is too large: %u; set at most %d",
			d->min_free_kbytes, INT32_MAX);
	return BOOT_OK;
}

/*
 * Number of zonerefs: every online node lists all zones, then its own again.
 */
static uint32_t count_zonerefs(const struct boot_plan *p)
{
	uint32_t populated = 0;

	for (uint32_t nid = 0; nid < p->d->nr_nodes; nid++)
		for (uint32_t i = 0; i < p->nr_zone_types; i++) {
			struct page_run run = zone_run(p, nid, i);

			populated += run.start < run.end;
		}
	return populated * p->nr_online_nodes + (p->numa ? populated : 0);
}

static bool create_arena(struct machine *m, const struct boot_plan *p)
{
	const struct arena_shape shape = {
		.nr_nodes = p->d->nr_nodes,
		.nr_cpus = p->nr_cpus,
		.nr_zone_types = p->nr_zone_types,
		.nr_zonerefs = count_zonerefs(p),
		.max_pfn = p->max_pfn,
		.max_order = p->max_order,
		.pageblock_order = p->pageblock_order,
		.pageblocks_per_zone = p->pageblocks_per_zone,
	};

	return arena_create(m, &shape);
}

static void set_text(struct machine *m, const char *field, size_t size,
		     const char *text)
{
	for (size_t i = 0; i + 1 < size && text[i]; i++)
		state_set(m, field[i], text[i]);
}

static uint32_t zone_index(const struct machine *m, uint32_t kind)
{
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		if (m->system->zone_type[i] == kind)
			return i;
	return PFN_NONE;
}

/* highest_zoneidx of the low four gfp bits; Normal for an absent zone. */
static uint32_t gfp_highest_zoneidx(const struct machine *m, gfp_t gfp)
{
	uint32_t kind, idx;

	switch (gfp & (__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32)) {
	case 0:
		kind = ZONE_NORMAL;
		break;
	case __GFP_DMA:
		kind = ZONE_DMA;
		break;
	case __GFP_DMA32:
		kind = ZONE_DMA32;
		break;
	case __GFP_HIGHMEM:
		kind = gfp & __GFP_MOVABLE ? ZONE_MOVABLE : ZONE_HIGHMEM;
		break;
	default:
		return GFP_ZONE_BAD;
	}
	idx = zone_index(m, kind);
	return idx == PFN_NONE ? zone_index(m, ZONE_NORMAL) : idx;
}

void setup_gfp_zones(struct machine *m)
{
	for (uint32_t gfp = 0; gfp < NR_GFP_ZONES; gfp++)
		state_set(m, m->system->gfp_zones[gfp],
			  gfp_highest_zoneidx(m, gfp));
}

void boot_set_names(struct machine *m, enum machine_arch arch)
{
	set_text(m, m->system->arch, sizeof(m->system->arch), arch_names[arch]);
	set_text(m, m->system->release, sizeof(m->system->release), "5.10");
}

static void boot_shape(struct machine *m, const struct boot_plan *p)
{
	const struct system *s = m->system;

	boot_set_names(m, p->d->arch);
	for (uint32_t i = 0; i < p->nr_zone_types; i++)
		state_set(m, s->zone_type[i], p->zone_type[i]);
	setup_gfp_zones(m);
	state_set(m, s->cma, p->cma);
	state_set(m, s->numa, p->numa);
	state_set(m, s->nofragment, p->nofragment);
	for (uint32_t cpu = 0; cpu < p->nr_cpus; cpu++)
		state_set(m, s->cpu_node[cpu], p->cpu_node[cpu]);
}

static void boot_nodes(struct machine *m, const struct boot_plan *p)
{
	const struct system *s = m->system;
	uint64_t mems = 0; /* N_MEMORY */

	for (uint32_t a = 0; a < s->nr_nodes; a++) {
		for (uint32_t b = 0; b < s->nr_nodes; b++)
			state_set(m, m->distance[a * s->nr_nodes + b],
				  plan_distance(p, a, b));
		state_set(m, m->nodes[a].online, p->is_online[a]);
		if (!p->d->node[a].absent)
			mems |= 1ull << a;
	}
	state_set(m, s->nr_online_nodes, p->nr_online_nodes);
	state_set(m, s->task.mems_allowed, mems);
	state_set(m, s->task.hardwall_mems, mems);
}

void setup_default_sysctls(struct machine *m)
{
	const struct system *s = m->system;

	state_set(m, s->node_reclaim_distance, 30);
	state_set(m, s->watermark_boost_factor, 15000);
	state_set(m, s->watermark_scale_factor, 10);
	state_set(m, s->dirty_ratio, 20);
	state_set(m, s->mobility_grouping, 1);
	state_set(m, s->min_unmapped_ratio, 1);
	for (uint32_t i = 0; i < s->nr_zone_types; i++)
		state_set(m, s->lowmem_reserve_ratio[i],
			  default_ratio[s->zone_type[i]]);
}

static void boot_sysctls(struct machine *m, const struct boot_plan *p)
{
	const struct machine_description *d = p->d;
	const struct system *s = m->system;

	setup_default_sysctls(m);
	state_set(m, s->node_reclaim_mode, d->node_reclaim_mode);
	if (d->node_reclaim_distance)
		state_set(m, s->node_reclaim_distance,
			  d->node_reclaim_distance);
	if (d->has_watermark_boost_factor)
		state_set(m, s->watermark_boost_factor,
			  d->watermark_boost_factor);
	if (d->has_watermark_scale_factor)
		state_set(m, s->watermark_scale_factor,
			  d->watermark_scale_factor);
	if (d->has_dirty_ratio)
		state_set(m, s->dirty_ratio, d->dirty_ratio);
	state_set(m, s->dirty_bytes, d->dirty_bytes);
	state_set(m, s->highmem_is_dirtyable, !!d->highmem_is_dirtyable);
	if (d->mobility_grouping_disabled)
		state_set(m, s->mobility_grouping, 0);
	if (d->has_min_unmapped_ratio)
		state_set(m, s->min_unmapped_ratio, d->min_unmapped_ratio);
	if (d->has_lowmem_reserve_ratio)
		for (uint32_t i = 0; i < p->nr_zone_types; i++)
			state_set(m, s->lowmem_reserve_ratio[i],
				  d->lowmem_reserve_ratio[i]);
}

/* The watermarks are still 0 here, as when the kernel computes this. */
static void boot_watermarks(struct machine *m, const struct boot_plan *p)
{
	const struct system *s = m->system;

	if (p->d->has_min_free_kbytes) {
		state_set(m, s->min_free_kbytes, p->d->min_free_kbytes);
		setup_per_zone_wmarks(m);
		return;
	}
	state_set(m, s->min_free_kbytes, calculate_min_free_kbytes(m, false));
	setup_per_zone_wmarks(m);
	if (!p->d->transparent_hugepage)
		return;
	state_set(m, s->min_free_kbytes, calculate_min_free_kbytes(m, true));
	setup_per_zone_wmarks(m);
}

static enum boot_error no_mapping(struct boot_plan *p)
{
	return boot_fail(
		p, BOOT_SYSTEM,
		"cannot map the machine's state: %s; describe a smaller machine",
		strerror(errno));
}

static enum boot_error boot(struct machine *m, struct boot_plan *p,
			    const struct machine_description *d, char *message,
			    size_t size)
{
	enum boot_error error;

	if (d->arena) {
		*p = (struct boot_plan){ .message = message, .size = size };
		return boot_arena(m, d) ? no_mapping(p) : BOOT_OK;
	}
	error = boot_plan_make(p, d, message, size);
	if (error)
		return error;
	if (!create_arena(m, p))
		return no_mapping(p);
	boot_shape(m, p);
	boot_nodes(m, p);
	boot_sysctls(m, p);
	boot_zones(m, p);
	boot_free_memory(m, p);
	boot_watermarks(m, p);
	setup_per_zone_lowmem_reserve(m);
	calculate_totalreserve_pages(m);
	setup_per_cpu_pageset(m);
	refresh_zone_stat_thresholds(m);
	build_all_zonelists(m);
	error = boot_by_hand(m, p);
	if (error)
		arena_destroy(m);
	return error;
}

uint64_t machine_description_size(const struct machine_description *d)
{
	uint64_t end = d->arena;

	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		const struct node_description *n = &d->node[nid];

		if (n->start_pfn != PFN_NONE && n->start_pfn > end)
			end = n->start_pfn;
		end += n->nr_pages;
	}
	return end * (sizeof(uint32_t) + sizeof(struct list_link));
}

enum boot_error machine_boot(struct machine *m,
			     const struct machine_description *d, char *message,
			     size_t size)
{
	struct machine made = { .region = NULL };
	struct boot_plan *p = malloc(sizeof(*p));
	enum boot_error error;

	if (!p) {
		struct boot_plan none = { .message = message, .size = size };

		return boot_fail(&none, BOOT_SYSTEM,
				 "no memory to plan the machine");
	}
	error = boot(&made, p, d, message, size);
	free(p);
	if (!error)
		*m = made;
	return error;
}
