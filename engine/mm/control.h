/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * control: what can be done to a machine besides requests. Each change is
 * logged and emits its event while the machine has a history; an invalid
 * argument is an error and changes nothing.
 */
#ifndef ENGINE_CONTROL_H
#define ENGINE_CONTROL_H

#include "events/trace.h"
#include "machine/mmzone.h"

/* Free all pages of @cpu's per-cpu lists, zones in node and index order. */
enum machine_error machine_drain(struct machine *m, uint32_t cpu);
/* Put the block's first page on an LRU list (it is movable then), or off. */
enum machine_error machine_set_lru(struct machine *m, uint32_t pfn, bool on);
/*
 * Put a block of order 0 on an LRU list, and at the end of the queue of what
 * node_reclaim() can free.
 */
enum machine_error machine_set_reclaimable(struct machine *m, uint32_t pfn);
/* Set the number of dirty file pages of a node. */
enum machine_error machine_set_dirty(struct machine *m, uint32_t nid,
				     uint32_t file_dirty);
/*
 * Replace the task. @cpusets: more than the root cpuset exists, so that
 * mems_allowed counts.
 */
enum machine_error machine_set_task(struct machine *m, const struct task *task,
				    bool cpusets);
/* Make requests fail: fail_page_alloc. */
enum machine_error machine_set_fault(struct machine *m,
				     const struct fault_attr *attr);
/*
 * Isolate the aligned range of 2^(max_order - 1) pages around @pfn, pageblock
 * by pageblock, as far as it lies in @pfn's zone: its free pages cannot be
 * allocated. *@busy is PFN_NONE, or a page that cannot be moved: then nothing
 * is isolated, but the pageblocks before it became @migratetype.
 */
enum machine_error machine_isolate(struct machine *m, uint32_t cpu,
				   uint32_t pfn, unsigned int migratetype,
				   uint32_t *busy);
/* End that; each isolated pageblock of the range becomes @migratetype. */
enum machine_error machine_unisolate(struct machine *m, uint32_t cpu,
				     uint32_t pfn, unsigned int migratetype);

/*
 * Record what happens from now on in @history; NULL: nowhere. Nothing else
 * changes. Once something was recorded the history refers to @m: until it is
 * replaced, @m must not be moved.
 */
void machine_set_history(struct machine *m, struct history *history);
/*
 * Serve repeated requests from the cache, or not; see fast_path_cache.h. A
 * new machine does. Without effect if the program was built without it.
 */
void machine_set_cache(struct machine *m, bool on);
/* Poison freed pages, and check them when they are allocated. */
void machine_set_poison(struct machine *m, bool on);

#endif
