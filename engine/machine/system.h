/* SPDX-License-Identifier: GPL-2.0-or-later */
/* system: limits and names, and everything that is one per machine. */
#ifndef ENGINE_SYSTEM_H
#define ENGINE_SYSTEM_H

#include <stdint.h>

#include "machine/fault_attr.h"
#include "machine/task_flags.h"

/* Of machines that this program boots; see page_size() for others. */
#define PAGE_SHIFT 12
#define PAGE_SIZE (1ul << PAGE_SHIFT)
#define MAX_PAGE_SHIFT 16 /* 64 KiB */

#define MAX_NUMNODES 64
#define MAX_NR_ZONES 6
#define NR_CPUS 256
#define MAX_ORDER_LIMIT 16 /* max_order is a field; this bounds it */
#define MAX_PFN_LIMIT (1u << 30) /* 4 TiB of page numbers */
#define PFN_NONE UINT32_MAX

/* Kinds of zone. A machine's *indices* are its own: compare kinds. */
enum zone_type {
	ZONE_DMA,
	ZONE_DMA32,
	ZONE_NORMAL,
	ZONE_HIGHMEM,
	ZONE_MOVABLE,
	ZONE_DEVICE,
};

/* "DMA" "DMA32" "Normal" "HighMem" "Movable" "Device" */
const char *zone_type_name(unsigned int type);
int zone_type_from_name(const char *name);

enum { WMARK_MIN, WMARK_LOW, WMARK_HIGH, NR_WMARK };

enum {
	NUMA_HIT,
	NUMA_MISS,
	NUMA_FOREIGN,
	NUMA_INTERLEAVE,
	NUMA_LOCAL,
	NUMA_OTHER,
	NR_NUMA_STATS
};

extern const char *const numa_stat_names[NR_NUMA_STATS]; /* "hit" "miss" ... */

struct task {
	uint64_t mems_allowed; /* a bit a node */
	uint64_t hardwall_mems; /* of the nearest hardwall ancestor */
#define FLAG(name, text, help) uint32_t name;
	TASK_FLAGS(FLAG)
#undef FLAG
};

/* min_unmapped_ratio of recordings: their nodes have page cache enough. */
#define RATIO_ALWAYS_SCAN UINT32_MAX

/* fail_page_alloc, as a scenario set it; all 0 until then. */
struct fault_attr {
#define ATTR(kind, name, otherwise, min, max, help) int32_t name;
	FAULT_ATTRS(ATTR)
#undef ATTR
	uint32_t count; /* requests that interval has seen */
};

#define NR_GFP_ZONES 16
#define GFP_ZONE_BAD UINT32_MAX

/* Everything that is one per machine; the head of the state region. */
struct system {
	/* shape: fixed when the machine is made */
	uint32_t magic;
	uint32_t version;
	uint32_t nr_nodes; /* node ids below this; some may be absent */
	uint32_t nr_cpus;
	uint32_t nr_zone_types; /* zone indices below this */
	uint32_t nr_zones; /* nr_nodes * nr_zone_types */
	uint32_t nr_zonerefs;
	uint32_t max_pfn; /* links[] index of the first list head */
	uint32_t nr_links;
	uint32_t lru_free; /* links[] index of a free LRU entry; 0: none */
	uint32_t lru_unused; /* of the first entry that was never used */
	uint32_t nr_pageblocks;
	uint32_t max_order; /* exclusive: orders are below it */
	uint32_t pageblock_order;
	uint32_t page_shift; /* a page has 2^page_shift bytes */
	uint32_t zone_type[MAX_NR_ZONES]; /* by zone index */
	uint32_t gfp_zones[NR_GFP_ZONES]; /* zone index by gfp & 15 */
	uint32_t cma; /* CONFIG_CMA */
	uint32_t numa; /* CONFIG_NUMA */
	uint32_t nofragment; /* the entry may set ALLOC_NOFRAGMENT */
	uint32_t pageblocks_per_zone; /* flat memory */
	uint32_t nr_online_nodes;
	uint32_t cpu_node[NR_CPUS];
	char arch[16];
	char release[64];

	/* sysctls, and what is computed from them */
	uint32_t node_reclaim_mode;
	uint32_t node_reclaim_distance;
	uint32_t min_unmapped_ratio; /* percent, or RATIO_ALWAYS_SCAN */
	uint32_t watermark_boost_factor;
	uint32_t watermark_scale_factor;
	uint32_t min_free_kbytes;
	uint32_t percpu_pagelist_fraction;
	uint32_t lowmem_reserve_ratio[MAX_NR_ZONES];
	uint32_t totalreserve_pages;
	uint32_t dirty_ratio;
	uint32_t mobility_grouping;
	uint32_t cpusets; /* more than the root cpuset exists */
	uint64_t dirty_bytes;
	uint32_t highmem_is_dirtyable;

	/* what surrounds a request */
	struct task task;
	uint32_t poison; /* freed pages are poisoned, and checked */
	/* made from a report, so that page numbers are placeholders; counters
	   may differ from the lists by more than stat_threshold */
	uint32_t from_report;
	/* nr_reserved_highatomic of a zone was above its bound when loaded */
	uint32_t large_reserves;
	struct fault_attr fail_page_alloc;
	/* no per-cpu lists, no highatomic reserve: see boot/boot_arena.c */
	uint32_t buddy_only;
};

#endif
