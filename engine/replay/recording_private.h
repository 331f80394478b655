/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_private: one operation of a recording, and its line in the
 * file. Between recording.c, which reads, and recording_replay.c, which
 * compares.
 */
#ifndef ENGINE_RECORDING_PRIVATE_H
#define ENGINE_RECORDING_PRIVATE_H

#include "mm/allocator.h"
#include "json/json.h"
#include "replay/recording.h"

enum op_kind {
	OP_ALLOC,
	OP_GET_PAGE,
	OP_FREE,
	OP_LRU,
	OP_DIRTY,
	OP_DRAIN,
	OP_MEMS_ALLOWED,
	OP_NOCMA,
	OP_TASK, /* this and the following: format 2 */
	OP_RECLAIMABLE,
	OP_ISOLATE,
	OP_UNISOLATE,
	NR_OP_KINDS
};

/* The block that a slot names when an operation begins. */
struct op_block {
	uint32_t pfn; /* PFN_NONE: none */
	uint32_t order;
};

/* A line that was read and found good; its text is parsed when needed. */
struct op_line {
	size_t offset;
	size_t length;
	uint32_t number;
	struct op_block block;
	uint32_t first_reclaimed;
	uint32_t nr_reclaimed;
};

struct op {
	enum op_kind kind;
	struct alloc_request request; /* its cpu also for FREE and DRAIN */
	uint32_t slot;
	struct op_block block; /* FREE, LRU, RECLAIMABLE */
	uint32_t nid; /* DIRTY */
	uint32_t file_dirty;
	uint64_t mems_allowed;
	bool nocma;
	struct task task; /* TASK: what it sets */
	uint32_t migratetype; /* ISOLATE, UNISOLATE */

	/* the recorded result: ALLOC, GET_PAGE, FREE, ISOLATE, UNISOLATE */
	uint32_t pfn; /* PFN_NONE: no page; ISOLATE, UNISOLATE: where */
	bool isolated;
	bool slow;
	uint32_t zone_nid; /* these with a page only */
	uint32_t zone_idx;
	int32_t nr_free_pages;
	uint32_t pcp_count;
	int32_t nr_free_cma;
	const struct op_block *freed; /* by node_reclaim(), in that order */
	uint32_t nr_freed;
	const cJSON *reclaimed; /* their slots; NULL: none */
	const cJSON *events; /* NULL: none */
	cJSON *json; /* to be deleted */
};

/* One of the kernel's events. */
struct op_event {
	enum event_id id;
	uint32_t pfn;
	uint32_t order; /* alloc_order */
	uint32_t fallback_order;
	uint32_t migratetype; /* alloc_migratetype */
	uint32_t fallback_migratetype;
	bool change_ownership;
};

/* A later state, and the number of operations before it. */
struct state_line {
	struct op_line line;
	uint32_t nr_ops;
};

/* Which block each slot names after the operations so far. */
struct slots {
	struct op_block *blocks;
	uint32_t nr;
	struct op_block *reclaimed; /* of all operations, in order */
	uint32_t nr_reclaimed;
};

/*
 * Set the blocks of @line, which @op uses. Up to the first difference every
 * slot gets the page that the file says, so the file alone determines it.
 * False: no memory.
 */
bool slots_follow(struct slots *slots, const struct op *op,
		  struct op_line *line);
void slots_destroy(struct slots *slots);

const char *op_kind_name(enum op_kind kind);

/* Is it a good operation's line, of which kind? @needs: JSON_NEEDS_*. */
bool op_check(const struct json_place *at, const cJSON *json,
	      unsigned int needs, enum op_kind *kind);
/* Fill @op from a checked line; op->kind is set. */
void op_read(struct op *op, const cJSON *json);

/* Operation @i, from 0; false: no memory. op_release() it. */
bool recording_op(const struct recording *r, uint32_t i, struct op *op,
		  struct file_error *error);
void op_release(struct op *op);
/* Are they good events? NULL: there are none. */
bool op_check_events(const struct json_place *at, const cJSON *events);
/* An event of a checked line. */
struct op_event op_event(const cJSON *event);

/* "alloc order 3 gfp GFP_KERNEL node 0 cpu 0" */
void op_text(const struct op *op, char *buf, size_t size);
/* An event's name and fields; NULL: "no event". */
void op_event_text(const struct op_event *e, char *buf, size_t size);

uint32_t recording_nr_states(const struct recording *r);
const struct state_line *recording_state(const struct recording *r, uint32_t i);
/* The tree of a line, for cJSON_Delete(). */
cJSON *recording_parse(const struct recording *r, const struct op_line *line,
		       struct file_error *error);
/* The line of operation @i in the file, from 1. */
uint32_t recording_op_line(const struct recording *r, uint32_t i);
uint32_t recording_format(const struct recording *r);
bool recording_has_cma(const struct recording *r);

/*
 * Run one operation. NULL: no memory. An error is in the request. @op must
 * name a block where it needs one.
 */
const struct request *op_run(const struct op *op, struct session *s,
			     const struct source_line *where);

#endif
