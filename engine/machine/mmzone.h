/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mmzone: the machine as data. Nodes hold zones, zones hold free lists and
 * per-cpu lists, and every page has one word that says what it is.
 *
 *   machine ── node 0 ── zone DMA    ── free lists, a list per order and type
 *           │         ├─ zone DMA32  ── per-cpu lists, three per cpu
 *           │         └─ zone Normal
 *           └─ node 1 ── ...
 *
 * All of it lies in one mapping, the *state region* (arena.h), and holds
 * indices, never pointers: it may be copied, saved and mapped elsewhere.
 * `struct machine` is the handle: pointers into the region, found anew on
 * each attach. It is const through the handle; state/state.h is the only way
 * to write it. Fields are 32-bit words (statistics 64-bit), so that the log
 * of changes is an array of words.
 *
 * Kernel: include/linux/mmzone.h (5.10). Where the kernel reaches for a
 * global, functions here take `struct machine *m` first.
 */
#ifndef ENGINE_MMZONE_H
#define ENGINE_MMZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/gfp.h"
#include "machine/page.h"
#include "machine/system.h"

struct zone {
	/* what the watermark check reads */
	uint32_t watermark[NR_WMARK];
	uint32_t watermark_boost;
	int32_t nr_free_pages; /* the global counter: it lags, see vmstat.c */
	int32_t nr_free_cma; /* likewise */
	uint32_t nr_reserved_highatomic;
	uint32_t boosted; /* ZONE_BOOSTED_WATERMARK */
	uint32_t lowmem_reserve[MAX_NR_ZONES]; /* by highest_zoneidx */
	uint32_t nr_isolate_pageblock;
	uint32_t stat_threshold;

	/* where its parts are */
	uint32_t node; /* nid */
	uint32_t idx; /* zone index in this machine */
	uint32_t type; /* enum zone_type */
	uint32_t highmem; /* HIGHMEM, or MOVABLE carved from it */
	uint32_t heads; /* links[] index of the list of order 0, type 0 */
	uint32_t pcps; /* pcps[] index of cpu 0 */
	uint32_t pageblock_base; /* pageblocks[] index of pfn 0's */

	/* span and size, in pages */
	uint32_t start_pfn;
	uint32_t spanned;
	uint32_t present;
	uint32_t managed;
	uint32_t managed_cma;

	uint32_t nr_free[MAX_ORDER_LIMIT]; /* blocks, all types */
	uint64_t numa[NR_NUMA_STATS];
	uint64_t pgalloc; /* pages allocated since boot */
	uint64_t pgfree;
	uint64_t pad[2]; /* to 256 bytes: an index is a shift */
};

/* A cpu's lists in one zone; kernel: per_cpu_pages and per_cpu_pageset. */
struct per_cpu_pages {
	uint32_t count;
	uint32_t high;
	uint32_t batch;
	uint32_t heads; /* links[] index of the list of type 0; 3 lists */
	int32_t stat_diff; /* this cpu's private part of NR_FREE_PAGES */
	int32_t cma_diff; /* and of the counter of free CMA pages */
	uint32_t pad[2]; /* to 32 bytes */
};

struct zoneref {
	uint32_t zone; /* zone id: zones[] index */
	uint16_t idx; /* its zone index */
	uint16_t nid;
};

enum { ZONELIST_FALLBACK, ZONELIST_NOFALLBACK, MAX_ZONELISTS };

struct zonelist {
	uint32_t first; /* zonerefs[] index */
	uint32_t nr;
};

struct pglist_data {
	uint32_t online; /* it has memory or cpus */
	uint32_t has_memory;
	uint32_t totalreserve_pages;
	uint32_t file_dirty;
	uint32_t writeback;
	uint32_t inactive_file;
	uint32_t active_file;
	uint32_t lru; /* links[] index of the queue; see mm/lru.h */
	struct zonelist zonelists[MAX_ZONELISTS];
	uint32_t nr_reclaimable; /* pages on that queue */
	uint32_t pad[3]; /* to 64 bytes */
};

struct history;
struct contents;

/* What prepare_alloc_pages() finds out once, for every walk after it. */
struct alloc_context {
	unsigned int nid; /* whose zonelist */
	const struct zoneref *first; /* the zonelist */
	const struct zoneref *end;
	const struct zoneref *preferred_zoneref; /* NULL: no usable zone */
	uint64_t nodemask;
	bool has_nodemask;
	bool spread_dirty_pages;
	unsigned int migratetype;
	unsigned int highest_zoneidx;
};

/*
 * The last request, prepared for the next one like it; see
 * mm/fast_path_cache.h. machine_update() empties it.
 */
struct fast_path_cache {
	gfp_t gfp; /* GFP_NOT_CACHED: no request is cached */
	uint32_t nid;
	uint32_t nr_cpus; /* as the machine's; 0 while unusable */
	uint32_t alloc_flags;
	const struct zone *zone; /* the preferred one */
	struct alloc_context ac;
};

#define GFP_NOT_CACHED UINT32_MAX

enum { RECORD_MAX = 128 }; /* bytes: no record is larger */

/* Where the next record of what happens goes; see recorder.h. */
struct recorder {
	char *next;
	char *end; /* no record begins here or beyond */
	uint32_t *next_offset; /* where to note where an event is */
	uint32_t origin; /* low half of the address that offsets count from */
	uint32_t request; /* written into each event */
};

/*
 * The handle. Hot members first. Nothing in it is part of the machine's
 * state: it can be thrown away and made again from the region.
 */
struct machine {
	const uint32_t *pages; /* a word per page */
	const struct list_link *links; /* of pages, then of list heads */
	const uint8_t *pageblocks; /* migratetype of each pageblock */
	const struct zone *zones; /* [nid * nr_zone_types + idx] */
	const struct per_cpu_pages *pcps;
	const struct pglist_data *nodes;
	const struct zoneref *zonerefs;
	const uint32_t *distance; /* [from * nr_nodes + to] */
	const struct system *system;

	uint32_t max_pfn; /* copies of the shape, for the fast path */
	uint32_t max_order;
	uint32_t pageblock_order;
	uint32_t nr_cpus;
	uint32_t cpu; /* of the current request */
	uint32_t owner; /* stored with each allocated block */

	uint32_t traced; /* it has a history: run the traced build */
	uint32_t uncached; /* machine_set_cache(): do not use the cache */
	struct fast_path_cache cache;

	struct history *history; /* where events go; NULL: nowhere */
	struct recorder recorder;
	uint32_t scratch_offset; /* for records that are not kept */
	uint64_t scratch[RECORD_MAX / sizeof(uint64_t)];
	void *region;
	size_t region_size;
	struct contents *contents; /* of pages; see state/contents.h */
};

_Static_assert(sizeof(struct zone) == 256, "zones are found by a shift");
_Static_assert(sizeof(struct per_cpu_pages) == 32, "so are per-cpu pages");
_Static_assert(sizeof(struct pglist_data) == 64, "and nodes");

/* Not a migratetype: a pageblock without memory. */
#define PAGEBLOCK_NONE 7

static inline uint32_t zone_id(const struct machine *m, const struct zone *zone)
{
	return (uint32_t)(zone - m->zones);
}

static inline const struct zone *node_zone(const struct machine *m,
					   unsigned int nid, unsigned int idx)
{
	return &m->zones[nid * m->system->nr_zone_types + idx];
}

static inline bool populated_zone(const struct zone *zone)
{
	return zone->present != 0;
}

static inline bool managed_zone(const struct zone *zone)
{
	return zone->managed != 0;
}

/*
 * The most that nr_reserved_highatomic can become in this program:
 * reserve_highatomic_pageblock() adds a pageblock while it is below 1 % of the
 * zone and a pageblock. Real zones may have more: their size has changed.
 */
static inline uint32_t zone_reserve_bound(const struct machine *m,
					  const struct zone *zone)
{
	return zone->managed / 100 + (2u << m->pageblock_order);
}

static inline uint32_t zone_end_pfn(const struct zone *zone)
{
	return zone->start_pfn + zone->spanned;
}

static inline bool zone_spans_pfn(const struct zone *zone, uint32_t pfn)
{
	return pfn >= zone->start_pfn && pfn < zone_end_pfn(zone);
}

static inline const char *zone_name(const struct machine *m, unsigned int idx)
{
	return idx < m->system->nr_zone_types ?
		       zone_type_name(m->system->zone_type[idx]) :
		       "none";
}

/* "0/DMA32": the zone of @type on node @nid, in @buf. Returns @buf. */
enum { ZONE_TEXT_MAX = 32 };
const char *zone_text(unsigned int nid, unsigned int type,
		      char buf[ZONE_TEXT_MAX]);

/*
 * node_online(), include/linux/nodemask.h. A node without memory is online
 * too, if it has cpus: its zonelist then begins with the nearest node's zones.
 */
static inline bool node_online(const struct machine *m, unsigned int nid)
{
	return nid < m->system->nr_nodes && m->nodes[nid].online;
}

static inline bool node_has_cpus(const struct machine *m, unsigned int nid)
{
	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++)
		if (m->system->cpu_node[cpu] == nid)
			return true;
	return false;
}

static inline uint32_t node_distance(const struct machine *m, unsigned int a,
				     unsigned int b)
{
	return m->distance[a * m->system->nr_nodes + b];
}

/* Bytes of a page. */
static inline uint64_t page_size(const struct machine *m)
{
	return 1ull << m->system->page_shift;
}

/* The zone that page @pfn, allocated or not, lies in; NULL: none. */
const struct zone *pfn_zone(const struct machine *m, uint32_t pfn);

/* The zone of the block that begins at @pfn. */
static inline const struct zone *page_zone(const struct machine *m,
					   uint32_t pfn)
{
	return &m->zones[page_zone_id(m->pages[pfn])];
}

static inline const struct per_cpu_pages *
zone_pcp(const struct machine *m, const struct zone *zone, unsigned int cpu)
{
	return &m->pcps[zone->pcps + cpu];
}

/* The index in links[] of the head of a free list. */
static inline uint32_t free_list(const struct zone *zone, unsigned int order,
				 unsigned int migratetype)
{
	return zone->heads + order * MIGRATE_TYPES + migratetype;
}

static inline bool list_is_empty(const struct machine *m, uint32_t head)
{
	return m->links[head].next == head;
}

static inline uint32_t pageblock_nr_pages(const struct machine *m)
{
	return 1u << m->pageblock_order;
}

static inline uint32_t pageblock_index(const struct machine *m,
				       const struct zone *zone, uint32_t pfn)
{
	return zone->pageblock_base + (pfn >> m->pageblock_order);
}

static inline unsigned int get_pageblock_migratetype(const struct machine *m,
						     const struct zone *zone,
						     uint32_t pfn)
{
	return m->pageblocks[pageblock_index(m, zone, pfn)];
}

static inline bool is_migrate_isolate(unsigned int migratetype)
{
	return migratetype == MIGRATE_ISOLATE;
}

/*
 * The state is inconsistent, by an internal error or a write from outside:
 * print what is wrong, with page, zone and order, and abort.
 */
_Noreturn void machine_bug(const struct machine *m, const struct zone *zone,
			   uint32_t pfn, unsigned int order, const char *what);

/*
 * Tracing, poisoning, the task or a zonelist has changed: recompute the
 * members of the handle that depend on them.
 */
void machine_update(struct machine *m);

/*
 * The first page of the block that page @pfn belongs to, or PFN_NONE if it
 * belongs to none (used by the kernel, reserved, absent).
 * O(max_order).
 */
uint32_t page_head(const struct machine *m, uint32_t pfn);

#endif
