/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_model: all that a view may see: one step, and how the user views it.
 *
 * It is built from a session that stands at a step, and depends on that step
 * alone: not on how it was reached, not on time, not on the terminal.
 * It holds the machine (const), the step's event and request, and the sum
 * of the request's events up to this step: the zonelist walk as rows,
 * the last watermark check, the split or merge under way. At an open question
 * it holds the machine alone, as if no request had been made.
 *
 * Building one costs the events of one request at most, whatever the size of
 * the machine.
 */
#ifndef TUI_VIEW_MODEL_H
#define TUI_VIEW_MODEL_H

#include "model/landmarks.h"
#include "model/text.h"
#include "session/session.h"

/* The checks of a zone before the watermark check. */
enum zone_check {
	ZONE_CHECK_ZONEIDX,
	ZONE_CHECK_NODEMASK,
	ZONE_CHECK_CPUSET,
	ZONE_CHECK_DIRTY,
	ZONE_CHECK_LOCALITY,
	NR_ZONE_CHECKS
};

enum check_result {
	CHECK_UNREACHED,
	CHECK_NOT_MADE,
	CHECK_PASSED,
	CHECK_REFUSED,
};

/* A zone of the list, as far as the walk has come. */
struct walk_row {
	const struct zone *zone;
	uint8_t checks[NR_ZONE_CHECKS]; /* enum check_result */
	uint8_t fresh; /* 1 << check: decided by this step */
	bool skipped; /* a check refused */
	uint8_t skip_reason; /* enum skip_reason, when skipped by an event */
	bool no_block; /* enough pages, but no block large enough */
	bool empty; /* was tried and had nothing */
	bool served;
	bool ignored; /* tried though the watermark refused */
	uint8_t reclaim; /* enum node_reclaim_result + 1; 0: none */
	const struct event_watermark_check *check; /* the last, or NULL */
	const struct event *refusal; /* with the account; NULL: none */
};

enum { MAX_WALK_ROWS = MAX_NUMNODES * MAX_NR_ZONES, MAX_CHANGED = 64 };

/* The stages of a request, for the line that shows the whole path. */
enum path_stage {
	PATH_REQUEST,
	PATH_WALK,
	PATH_WATERMARK,
	PATH_PCP,
	PATH_BUDDY,
	PATH_FALLBACK,
	PATH_PAGE,
	NR_PATH_STAGES
};

/* A split or a merge under way, see view_split.c. */
struct split {
	uint32_t pfn; /* the block that was taken, or the one freed */
	uint32_t low; /* order requested, or freed */
	uint32_t high; /* order taken, or reached so far */
	uint32_t current; /* order that this step split off, or reached */
	uint32_t type;
	const struct event_free_list_add *added; /* a merge's end, or NULL */
};

struct view_model {
	const struct view_state *view; /* set by the caller, and kept */
	const struct session *session;
	const struct machine *m;
	const struct landmarks *landmarks; /* may be NULL */
	const char *title;
	uint32_t step, nr_steps;
	uint32_t nr_visible_steps; /* what lies after them is not shown */
	uint32_t request_index; /* UINT32_MAX: none */
	uint32_t nr_requests;
	const struct request *request; /* or NULL */
	uint32_t collect_step; /* the event being taken in */
	const struct event *event; /* NULL at step 0 */
	/* of the lesson, at this place; NULL: none */
	const struct note *caption;
	const struct question *question; /* open */
	const struct question *feedback; /* shown instead of it */
	enum picture picture;

	/* in focus */
	const struct zone *zone; /* or NULL on a machine without memory */
	char zone_name[32]; /* "node 0 DMA32" */
	uint32_t cpu;
	uint32_t type; /* migratetype requested, or MIGRATE_TYPES */
	uint32_t highest_zoneidx; /* or MAX_NR_ZONES */
	int32_t free_before; /* the zone's nr_free_pages before this step */

	/* of the request, up to this step; NULL: not yet */
	const struct event_alloc_request *requested;
	const struct event_prepare_alloc_pages *prepared;
	const struct event_watermark_check *check; /* the last one */
	const struct event_dirty_check *dirty[MAX_NUMNODES]; /* of this pass */
	const struct event_slow_path *slow;
	const struct event_fallback_begin *fallback; /* under way */
	uint32_t fallback_step; /* its step */
	const struct event_pcp_refill *refill; /* under way */
	bool has_flags;
	uint32_t alloc_flags;
	uint32_t pass; /* of the walk, from 1; 0: no walk yet */
	uint32_t row; /* of rows[], the one the walk is at */
	uint32_t nr_rows;
	uint8_t path[NR_PATH_STAGES]; /* 0 not reached, 1 seen */
	enum path_stage path_current; /* NR_PATH_STAGES: nowhere on the path */
	struct split split; /* with PICTURE_SPLIT and _MERGE */

	uint32_t nr_changed; /* pages whose word this step wrote */
	uint32_t changed[MAX_CHANGED];
	struct walk_row rows[MAX_WALK_ROWS + 1]; /* the last: any other */
};

/* @s at its present step; vm->view is set. @title and @landmarks (may be NULL)
 * outlive it. */
void view_model_build(struct view_model *vm, const struct session *s,
		      const char *title, const struct landmarks *landmarks);

/* Did this step write the word of page @pfn? */
bool view_model_changed(const struct view_model *vm, uint32_t pfn);
/* Did this step write a page in [first, first + nr)? */
bool view_model_changed_within(const struct view_model *vm, uint32_t first,
			       uint32_t nr);

/* Did this step write that word of the machine's state? */
bool view_model_wrote(const struct view_model *vm, const void *word);

/* Is the picture of this step still on its way? */
bool view_model_moves(const struct view_model *vm);

/* "node 0 DMA32"; the node alone is left out on a machine without NUMA. */
struct text view_model_zone_name(const struct view_model *vm,
				 const struct zone *zone);

/* The first step of the request that is at that stage; UINT32_MAX: none. */
uint32_t view_model_stage_step(const struct view_model *vm,
			       enum path_stage stage);

/*
 * The free list that this step is about, else the one of the request, whose
 * type may be MIGRATE_TYPES. True: this step is about it.
 */
bool view_model_list(const struct view_model *vm, uint32_t *order,
		     uint32_t *type);

/* Of view_model_build(): the request's events up to the step, in rows etc. */
void view_model_collect(struct view_model *vm);

#endif
