/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_private: a description, checked and completed. Shared by the files of
 * boot.
 *
 * boot_plan_make() turns a description into a plan, or returns an error with
 * a message; after it only the mapping itself can fail. memory_run() lists
 * the pages of a node, run by run: which exist and which will be free.
 */
#ifndef ENGINE_BOOT_PLAN_H
#define ENGINE_BOOT_PLAN_H

#include "boot/boot.h"
#include "boot/place.h"

/* Pages [start, end). */
struct page_run {
	uint32_t start;
	uint32_t end;
};

/* A choice of a node's pages. */
enum page_use {
	PAGES_PRESENT, /* not in a hole; pfn 0 never is */
	PAGES_MANAGED, /* present and not reserved */
	PAGES_EARLY, /* managed and not in a CMA area: freed by boot */
};

struct boot_plan {
	const struct machine_description *d;
	uint32_t max_order, pageblock_order;
	bool cma, numa, nofragment, pageblocks_per_zone;

	uint32_t nr_cpus;
	uint32_t cpu_node[NR_CPUS];

	uint32_t nr_zone_types;
	uint32_t zone_type[MAX_NR_ZONES]; /* kind by zone index */
	struct page_run limit[MAX_NR_ZONES]; /* by kind: where it may lie */
	uint32_t movable_from; /* the kind of which MOVABLE is carved */

	uint32_t nr_present_nodes; /* they have memory */
	bool is_online[MAX_NUMNODES]; /* memory or cpus */
	uint32_t nr_online_nodes;
	uint32_t max_pfn;
	struct page_run span[MAX_NUMNODES]; /* as described */
	uint32_t movable_pfn[MAX_NUMNODES]; /* MOVABLE begins; PFN_NONE */
	struct page_range cma_area[MAX_NUMNODES][MAX_NODE_RANGES];
	uint32_t nr_cma[MAX_NUMNODES]; /* of them placed so far */

	char *message;
	size_t size;
};

/* Format the message of @error; returns @error. */
__attribute__((format(printf, 3, 4))) enum boot_error
boot_fail(struct boot_plan *p, enum boot_error error, const char *format, ...);

enum boot_error boot_plan_make(struct boot_plan *p,
			       const struct machine_description *d,
			       char *message, size_t size);

/* The parts of boot_plan_make that have files of their own. */
enum boot_error plan_zones(struct boot_plan *p);
enum boot_error plan_cma(struct boot_plan *p);
enum boot_error plan_sysctls(struct boot_plan *p);

uint32_t plan_distance(const struct boot_plan *p, uint32_t from, uint32_t to);

/*
 * The next run of such pages of node @nid at or after @run->end, below
 * @end. Start with run->end = where to begin; false: no more.
 */
bool memory_run(const struct boot_plan *p, uint32_t nid, enum page_use use,
		uint32_t end, struct page_run *run);
/* How many such pages of node @nid lie in @within. */
uint32_t count_pages(const struct boot_plan *p, uint32_t nid, enum page_use use,
		     struct page_run within);

/* The span of zone index @idx on node @nid; empty when it has no memory. */
struct page_run zone_run(const struct boot_plan *p, uint32_t nid, uint32_t idx);
/* The span of @kind on the node, had no MOVABLE been carved of it. */
struct page_run kind_run(const struct boot_plan *p, uint32_t nid,
			 uint32_t kind);
/* Is a zone of this kind highmem on this machine? */
bool kind_is_highmem(const struct boot_plan *p, uint32_t kind);

/* The names of the architecture and of the release. */
void boot_set_names(struct machine *m, enum machine_arch arch);
/* boot_arena.c: the machine of d->arena, the description's only key. */
enum boot_error boot_arena(struct machine *m,
			   const struct machine_description *d);
/* boot_by_hand.c: d->zone[], after all else. */
enum boot_error boot_by_hand(struct machine *m, struct boot_plan *p);

/* boot_zones.c: sizes and pageblock types; then all memory to the lists. */
void boot_zones(struct machine *m, const struct boot_plan *p);
void boot_free_memory(struct machine *m, const struct boot_plan *p);

#define for_each_zone(m, zone)                                                 \
	for (const struct zone *zone = (m)->zones;                             \
	     zone < (m)->zones + (m)->system->nr_zones; zone++)

#endif
