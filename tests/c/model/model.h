/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model: the page allocator once more, page by page, to test the engine by.
 *
 * Written from the rules alone and differently from the engine: every frame
 * says what it is, every list is an array from head to tail, and questions
 * are answered by scans. Clear before fast. It shares with the engine the
 * names of bits (gfp.h) and the shape of a machine's data (mmzone.h), from
 * which it reads a fresh machine once; it calls nothing of the allocator.
 *
 *   model_new(machine)            a model in the state of that machine
 *   model_alloc(), model_free_pages() ...   the same requests on both
 *   model_compare(model, machine) what differs now
 *
 * model_walk.c     the entry, the walk, watermarks, limits
 * model_errors.c   which requests are invalid
 * model_zone.c     blocks of a zone: lists, counters, merges, steals
 * model_pcp.c      per-cpu lists, frees, isolated pageblocks
 * model_compare.c  reading a machine, and comparing with one
 */
#ifndef TESTS_MODEL_H
#define TESTS_MODEL_H

#include "mm/allocator.h"

enum { MODEL_CPUS = 8, MODEL_ITEMS = 2 };
enum { MODEL_FREE_PAGES, MODEL_FREE_CMA };

/* What a frame is; said by every frame of a block. */
enum model_state { IDLE, FREE, ON_CPU, USED };

struct model_frame {
	uint32_t head; /* the block's first frame */
	uint32_t owner;
	uint8_t state; /* enum model_state; IDLE: in no block */
	uint8_t order;
	uint8_t type; /* FREE: its list; ON_CPU: what it is remembered as */
	uint8_t zone;
	bool lru;
	bool queued; /* on the queue of what node_reclaim() can free */
	bool compound;
	bool pfmemalloc;
};

/* A list, head first. */
struct model_list {
	uint32_t *pfn;
	uint32_t nr;
	uint32_t room;
};

struct model_cpu {
	uint32_t high, batch;
	struct model_list lists[MIGRATE_PCPTYPES];
	long diff[MODEL_ITEMS];
};

struct model_zone {
	struct zone fixed; /* as it was; what changes stands below */
	uint32_t id;
	struct model_list lists[MAX_ORDER_LIMIT][MIGRATE_TYPES];
	struct model_cpu cpus[MODEL_CPUS];
	long counter[MODEL_ITEMS]; /* the global ones */
	long boost;
	bool boosted;
	long highatomic;
	uint32_t nr_isolate;
	uint64_t numa[NR_NUMA_STATS];
	uint64_t pgalloc, pgfree;
};

/* An event, of one of the kinds that are compared. */
struct model_event {
	uint32_t id; /* enum event_id */
	uint32_t field[6];
};

struct model {
	struct system system; /* task, sysctls, shape: a copy */
	struct pglist_data *nodes;
	struct zoneref *zonerefs;
	uint32_t *distance;
	uint8_t *pageblocks;
	struct model_frame *frames;
	struct model_zone *zones;
	struct model_list
		queue; /* reclaimable pages of all nodes, front first */
	struct model_list reclaimed; /* by the last request */
	uint32_t cpu; /* of the request under way */
	bool corrupt; /* the model contradicted itself */
	struct model_event *events; /* of the last request */
	uint32_t nr_events, room_events;
};

struct model *model_new(const struct machine *m);
void model_free(struct model *model);

/*
 * The requests. Each sets the events anew. The *_refusals say which answers
 * a bad request may have, a bit an enum machine_error; 0: it must be taken.
 */
uint64_t model_nodes(const struct model *model); /* online, a bit each */
uint32_t model_alloc_refusals(const struct model *model,
			      const struct alloc_request *request);
uint32_t model_alloc(struct model *model, const struct alloc_request *request);
uint32_t model_free_refusals(const struct model *model, uint32_t cpu,
			     uint32_t pfn, uint32_t order);
/* gfp_to_alloc_flags of the slow path's first attempt. */
uint32_t model_slow_flags(const struct model *model, gfp_t gfp);
/* And of its second attempt. */
uint32_t model_retry_flags(const struct model *model, gfp_t gfp);
void model_free_pages(struct model *model, uint32_t cpu, uint32_t pfn,
		      uint32_t order);
void model_drain(struct model *model, uint32_t cpu);
void model_set_lru(struct model *model, uint32_t pfn, bool on);
void model_set_reclaimable(struct model *model, uint32_t pfn);
/* Pageblocks in a run of the largest block, at most. */
enum { MODEL_MAX_RUN = 1 << (MAX_ORDER_LIMIT - 1) };
uint32_t model_isolation_run(const struct model *model,
			     const struct model_zone *zone, uint32_t pfn,
			     uint32_t *frames);
/* The page that cannot be moved; PFN_NONE: all are isolated. */
uint32_t model_isolate(struct model *model, uint32_t cpu, uint32_t pfn,
		       unsigned int type);
void model_unisolate(struct model *model, uint32_t cpu, uint32_t pfn,
		     unsigned int type);

/* Differences, in words; true when there is none. */
bool model_compare(const struct model *model, const struct machine *m,
		   bool frames, char *message, size_t size);

/* -- between the model's own files --------------------------------------- */

uint32_t model_pages(unsigned int order);
void model_emit(struct model *model, struct model_event event);

/* The zone that spans a frame, or NULL. */
struct model_zone *model_zone_of(const struct model *model, uint32_t pfn);
/* Without mobility grouping a pageblock can only become UNMOVABLE. */
void model_set_pageblock(struct model *model, const struct model_zone *zone,
			 uint32_t pfn, unsigned int type);
unsigned int model_pageblock(const struct model *model,
			     const struct model_zone *zone, uint32_t pfn);

/* The global counter, at least 0. */
long model_count(const struct model_zone *zone, int item);
void model_add(struct model *model, struct model_zone *zone, int item,
	       long delta);
void model_account(struct model *model, struct model_zone *zone, long delta,
		   unsigned int type);

void model_list_put(struct model_list *list, uint32_t pfn, bool tail);
void model_list_remove(struct model *model, struct model_list *list,
		       uint32_t pfn);

void model_block_set(struct model *model, uint32_t zone, uint32_t pfn,
		     unsigned int order, enum model_state state,
		     unsigned int type);
bool model_is_free(const struct model *model, const struct model_zone *zone,
		   uint32_t pfn, unsigned int order);
uint32_t model_blocks(const struct model_zone *zone, unsigned int order);
unsigned int model_block_take(struct model *model, struct model_zone *zone,
			      uint32_t pfn);
void model_block_free(struct model *model, struct model_zone *zone,
		      uint32_t pfn, unsigned int order, unsigned int type,
		      bool tail);
/* __free_pages() on the running cpu, within a request. */
void model_free_block(struct model *model, uint32_t pfn, uint32_t order);
bool model_page_movable(const struct model *model, uint32_t pfn);
uint32_t model_move_pageblock(struct model *model, struct model_zone *zone,
			      uint32_t pfn, unsigned int type,
			      uint32_t *movable);
uint32_t model_take_smallest(struct model *model, struct model_zone *zone,
			     unsigned int order, unsigned int type);
uint32_t model_take_any(struct model *model, struct model_zone *zone,
			unsigned int order, uint32_t alloc_flags,
			unsigned int type);
uint32_t model_rmqueue(struct model *model, struct model_zone *preferred,
		       struct model_zone *zone, unsigned int order,
		       uint32_t alloc_flags, unsigned int type);
void model_reserve_highatomic(struct model *model, struct model_zone *zone,
			      uint32_t pfn);

#endif
