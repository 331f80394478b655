/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * allocator: the doors of the allocator, for requests that may be wrong.
 *
 * Each door checks its request first and refuses a bad one (order out of
 * range, a gfp mask that contradicts itself, a double free ...) without
 * changing anything. A request that passes runs to its end. Behind the
 * doors stand two builds of the same allocator: the quiet one when nobody
 * listens, the listening one when there is a history (or frames are
 * poisoned). The choice costs nothing while nobody listens: it hides behind
 * a check that a request must pass anyway, see machine_listen().
 *
 * Errors: enum machine_error, MACHINE_ERROR_none when the request was taken;
 * enum_text(KIND_machine_error, r) says what to do next. A request that was
 * taken and found no page is no error: *pfn is PFN_NONE.
 */
#ifndef ENGINE_ALLOCATOR_H
#define ENGINE_ALLOCATOR_H

#include "machine/mmzone.h"
#include "events/trace.h"

struct alloc_request {
	gfp_t gfp;
	uint32_t order;
	uint32_t nid; /* preferred node */
	uint32_t cpu; /* on which the request runs */
	uint64_t nodemask; /* a bit a node */
	uint32_t alloc_flags;
	bool has_nodemask;
	bool has_alloc_flags; /* get_page_from_freelist, called directly */
	uint32_t owner; /* kept with the block; page_owner() */
};

/* Ask for a block of 2^order frames; *pfn is its first, or PFN_NONE. */
enum machine_error machine_alloc(struct machine *m,
				 const struct alloc_request *request,
				 uint32_t *pfn);

/* Free the block of 2^@order frames that begins at @pfn, on cpu @cpu. */
enum machine_error machine_free(struct machine *m, uint32_t cpu, uint32_t pfn,
				uint32_t order);

/* The same in the listening build: where the doors lead when one listens. */
enum machine_error listening_alloc(struct machine *m,
				   const struct alloc_request *request,
				   uint32_t *pfn);
enum machine_error listening_free(struct machine *m, uint32_t cpu, uint32_t pfn,
				  uint32_t order);

/* Would machine_free take this? Changes nothing. */
enum machine_error machine_free_check(const struct machine *m, uint32_t cpu,
				      uint32_t pfn, uint32_t order);
enum machine_error machine_alloc_check(const struct machine *m,
				       const struct alloc_request *request);

/*
 * What the machine's owner does. All of these log and tell when somebody
 * listens.
 */

/* Give back all pages of @cpu's lists, zones in node and index order. */
enum machine_error machine_drain(struct machine *m, uint32_t cpu);
/* The block's first page goes on an LRU list (movable), or off it. */
enum machine_error machine_set_lru(struct machine *m, uint32_t pfn, bool on);
enum machine_error machine_set_dirty(struct machine *m, uint32_t nid,
				     uint32_t file_dirty);
/*
 * Replace the task. @cpusets: more than the root cpuset exists, so that
 * mems_allowed counts.
 */
enum machine_error machine_set_task(struct machine *m, const struct task *task,
				    bool cpusets);
/* What node_reclaim would answer: enum node_reclaim_result. */
enum machine_error machine_set_reclaim(struct machine *m, uint32_t outcome);
enum machine_error machine_set_fault(struct machine *m,
				     const struct fault_attr *attr);
/*
 * Isolate the aligned run of 2^(max_order - 1) frames around @pfn, pageblock
 * by pageblock, as far as it lies in @pfn's zone: its free pages are given
 * to nobody. Or end that, each isolated pageblock becoming @migratetype.
 */
enum machine_error machine_isolate(struct machine *m, uint32_t pfn);
enum machine_error machine_unisolate(struct machine *m, uint32_t pfn,
				     unsigned int migratetype);

/* The flags of the slow path's first attempt, and its reserves. */
uint32_t machine_slow_flags(const struct machine *m, gfp_t gfp);
uint32_t machine_reserve_flags(const struct machine *m, gfp_t gfp);

/*
 * Hear what happens from now on; NULL: nobody. Nothing is changed. Once
 * something was recorded the history knows where @m is: until it is told to
 * stop, @m must not be moved. While somebody listens the quiet doors' limit
 * on cpus is 0, so that each request fails its check there and is sent to
 * the listening build.
 */
void machine_listen(struct machine *m, struct history *history);
/* Poison freed frames and check them when they are given out. */
void machine_set_poison(struct machine *m, bool on);

#endif
