/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot: a machine from a description, as Linux would set it up.
 *
 * Sizes are in pages of 4 KiB. machine_boot() makes nodes and zones,
 * reserves, frees all memory to the lists in the kernel's order, joins CMA
 * areas and computes watermarks, lowmem_reserve, per-cpu high and batch,
 * stat thresholds, zonelists and totalreserve.
 */
#ifndef ENGINE_BOOT_H
#define ENGINE_BOOT_H

#include "machine/mmzone.h"

struct page_range {
	uint32_t start_pfn;
	uint32_t nr_pages;
};

enum { MAX_NODE_RANGES = 32 };

struct node_description {
	bool absent; /* no memory: online only if it has a cpu */
	uint32_t start_pfn; /* PFN_NONE: right after the node before */
	uint32_t nr_pages; /* spanned */
	uint32_t movable; /* pages for ZONE_MOVABLE, from the top */
	struct page_range holes[MAX_NODE_RANGES]; /* absent pages */
	uint32_t nr_holes;
	struct page_range reserved[MAX_NODE_RANGES]; /* never allocated */
	uint32_t nr_reserved;
	/* start_pfn PFN_NONE: at the highest place in the node that fits */
	struct page_range cma[MAX_NODE_RANGES]; /* in declaration order */
	uint32_t nr_cma;
};

/* Numbers of free blocks of a zone, by migratetype and order. */
struct free_blocks {
	uint32_t nr[MIGRATE_TYPES][MAX_ORDER_LIMIT];
};

/* What is said of a zone instead of what boot computes. */
struct zone_description {
	uint32_t nid;
	uint32_t type; /* enum zone_type */
	bool has_watermark;
	uint32_t watermark[NR_WMARK]; /* ascending */
	uint32_t watermark_boost;
	uint32_t nr_lowmem_reserve; /* 0: as computed */
	uint32_t lowmem_reserve[MAX_NR_ZONES];
	uint32_t nr_reserved_highatomic;
	bool has_free; /* its free blocks are these, all other pages in use */
	struct free_blocks free;
};

enum { MAX_ZONE_DESCRIPTIONS = 64 };

enum machine_arch { ARCH_AMD64, ARCH_ARM64, ARCH_I386 };

struct machine_description {
	enum machine_arch arch;
	uint32_t nr_nodes;
	struct node_description node[MAX_NUMNODES];
	uint32_t nr_cpus; /* 0: one */
	bool has_cpu_node; /* else cpu i is on node i mod nodes */
	uint32_t cpu_node[NR_CPUS];
	bool has_distance; /* else 10 on, 20 between nodes */
	uint32_t distance[MAX_NUMNODES][MAX_NUMNODES];
	uint32_t max_order; /* 0: 11 */
	uint32_t pageblock_order; /* 0: 9, or less where max_order is */
	uint32_t zone_limit[MAX_NR_ZONES]; /* by enum zone_type: first pfn
					      above it; 0: the arch's */
	/* the shape; -1: the arch's (CMA: also on where an area is) */
	int cma, numa, nofragment, pageblocks_per_zone;
	bool transparent_hugepage; /* raises min_free_kbytes */

	/* sysctls; has_*: else the kernel's default */
	bool has_min_free_kbytes;
	uint32_t min_free_kbytes;
	bool has_watermark_boost_factor;
	uint32_t watermark_boost_factor; /* 15000 */
	bool has_watermark_scale_factor;
	uint32_t watermark_scale_factor; /* 10 */
	bool has_lowmem_reserve_ratio; /* by zone index, 0: no reserve */
	uint32_t lowmem_reserve_ratio[MAX_NR_ZONES];
	uint32_t node_reclaim_mode;
	uint32_t node_reclaim_distance; /* 0: 30 */
	bool has_min_unmapped_ratio;
	uint32_t min_unmapped_ratio; /* 1 */
	bool has_dirty_ratio;
	uint32_t dirty_ratio; /* 20 */
	uint64_t dirty_bytes;
	uint32_t highmem_is_dirtyable; /* 0 or 1 */
	bool mobility_grouping_disabled;

	uint32_t nr_zones;
	struct zone_description zone[MAX_ZONE_DESCRIPTIONS];
	/*
	 * Pages for the buddy algorithm alone, from page 0 on: one zone without
	 * watermarks, reserves, migratetypes and per-cpu lists. If it is not 0,
	 * nothing else of the description counts.
	 */
	uint32_t arena;
};

enum boot_error {
	BOOT_OK,
	BOOT_NO_NODES,
	BOOT_NO_MEMORY_DESCRIBED,
	BOOT_TOO_LARGE,
	BOOT_OVERLAP,
	BOOT_BAD_ORDER,
	BOOT_BAD_CPU,
	BOOT_BAD_ZONE,
	BOOT_BAD_CMA,
	BOOT_BAD_DISTANCE,
	BOOT_BAD_SYSCTL,
	BOOT_BAD_SHAPE, /* arch, or numa off with several nodes */
	BOOT_SYSTEM, /* the mapping failed: errno */
};

/*
 * The defaults: an amd64 machine without nodes, whose nodes and CMA areas
 * have no place yet. Start from this; free() it. NULL: no memory.
 */
struct machine_description *machine_description_new(void);

/* A bound of the bytes that the machine's state takes for its pages. */
uint64_t machine_description_size(const struct machine_description *d);

/*
 * Build the machine in @m. On an error @m is untouched and @message (of
 * @size bytes) says what is wrong, where, and what to do.
 */
enum boot_error machine_boot(struct machine *m,
			     const struct machine_description *d, char *message,
			     size_t size);

/*
 * The computations of boot, one by one, on a machine whose zones have their
 * sizes: for boot, and for the test that computes the numbers of recorded
 * machines.
 */
void setup_per_zone_wmarks(struct machine *m);
void setup_per_zone_lowmem_reserve(struct machine *m);
void calculate_totalreserve_pages(struct machine *m);
/*
 * The most that min of @zone, in pages, can be without a boost that is hidden
 * in its watermarks: they lie at least a quarter of it apart.
 */
uint32_t unboosted_min_pages(const struct zone *zone);
void setup_per_cpu_pageset(struct machine *m); /* high and batch */
void refresh_zone_stat_thresholds(struct machine *m);
/* The sysctls' defaults but for min_free_kbytes, which is computed. */
void setup_default_sysctls(struct machine *m);
/* highest_zoneidx of each combination of gfp zone bits, from zone_type[]. */
void setup_gfp_zones(struct machine *m);
/* Fill zonerefs and the nodes' zonelists. Aborts if they have no room. */
void build_all_zonelists(struct machine *m);
/*
 * min_free_kbytes by the kernel's formula, over the watermarks as they are;
 * with @thp, the present value, raised to what transparent huge pages
 * recommend on machines of at least 512 MiB.
 */
uint32_t calculate_min_free_kbytes(const struct machine *m, bool thp);

#endif
