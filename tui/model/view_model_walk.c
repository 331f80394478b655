/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frame_walk: the walk over the zonelist as rows, from events. Each event
 * of the request is taken in once, in order.
 */
#include "model/view_model_private.h"

#include <string.h>

static const uint8_t stage_paths[NR_STAGES] = {
	[STAGE_REQUEST] = PATH_REQUEST,	    [STAGE_WALK] = PATH_WALK,
	[STAGE_WATERMARK] = PATH_WATERMARK, [STAGE_PCP] = PATH_PCP,
	[STAGE_BUDDY] = PATH_BUDDY,	    [STAGE_FALLBACK] = PATH_FALLBACK,
	[STAGE_PREP] = PATH_PAGE,	    [STAGE_FREE] = PATH_REQUEST,
	[STAGE_MACHINE] = NR_PATH_STAGES,
};

/* The request's zonelist, nothing asked yet. */
static void rows_begin(struct view_model *vm)
{
	const struct machine *m = vm->m;
	const struct zonelist *list;

	vm->nr_rows = 0;
	vm->row = 0;
	if (!vm->asked || vm->asked->nid >= m->system->nr_nodes)
		return;
	list = &m->nodes[vm->asked->nid]
			.zonelists[vm->asked->gfp & __GFP_THISNODE ?
					   ZONELIST_NOFALLBACK :
					   ZONELIST_FALLBACK];
	for (uint32_t i = 0; i < list->nr && i < MAX_WALK_ROWS; i++)
		vm->rows[vm->nr_rows++] = (struct walk_row){
			.zone = &m->zones[m->zonerefs[list->first + i].zone]
		};
}

static struct walk_row *row_of(struct view_model *vm, uint32_t nid,
			       uint32_t idx)
{
	for (uint32_t i = 0; i < vm->nr_rows; i++) {
		if (vm->rows[i].zone->node != nid ||
		    vm->rows[i].zone->idx != idx)
			continue;
		vm->row = i;
		return &vm->rows[i];
	}
	return NULL;
}

static struct walk_row *row_at(struct view_model *vm, uint32_t position)
{
	if (!position || position > vm->nr_rows)
		return NULL;
	vm->row = position - 1;
	return &vm->rows[vm->row];
}

static void set_check(const struct view_model *vm, struct walk_row *row,
		      unsigned int gate, enum check_result result)
{
	row->checks[gate] = (uint8_t)result;
	if (vm->collect_step == vm->step)
		row->fresh |= (uint8_t)(1u << gate);
}

/* Gates before @gate that said nothing were passed, or not asked. */
static void checks_before(const struct view_model *vm, struct walk_row *row,
			  enum zone_check gate)
{
	bool local = (vm->alloc_flags & ALLOC_NOFRAGMENT) &&
		     vm->m->system->nr_online_nodes > 1;

	for (unsigned int g = ZONE_CHECK_ZONEIDX; g < (unsigned int)gate; g++) {
		bool asked = g == ZONE_CHECK_ZONEIDX ||
			     g == ZONE_CHECK_NODEMASK ||
			     (g == ZONE_CHECK_LOCALITY && local);

		if (row->checks[g] == CHECK_UNREACHED)
			set_check(vm, row, g,
				  asked ? CHECK_PASSED : CHECK_NOT_MADE);
	}
}

static void collect_skip(struct view_model *vm, const void *payload)
{
	const struct event_zone_skip *e = payload;
	static const uint8_t gates[NR_SKIP] = {
		[SKIP_highest_zoneidx] = ZONE_CHECK_ZONEIDX,
		[SKIP_nodemask] = ZONE_CHECK_NODEMASK,
		[SKIP_cpuset] = ZONE_CHECK_CPUSET,
		[SKIP_dirty] = ZONE_CHECK_DIRTY,
		[SKIP_dirty_before] = ZONE_CHECK_DIRTY,
	};
	struct walk_row *row = row_at(vm, e->position);

	if (!row)
		return;
	checks_before(vm, row, (enum zone_check)gates[e->reason]);
	set_check(vm, row, gates[e->reason], CHECK_REFUSED);
	row->skipped = true;
	row->skip_reason = (uint8_t)e->reason;
}

static void collect_cpuset(struct view_model *vm, const void *payload)
{
	const struct event_cpuset_check *e = payload;
	struct walk_row *row = row_of(vm, e->nid, e->zone);

	if (!row)
		return;
	checks_before(vm, row, ZONE_CHECK_CPUSET);
	set_check(vm, row, ZONE_CHECK_CPUSET,
		  e->ok ? CHECK_PASSED : CHECK_REFUSED);
}

/* The dirty limit is the node's: the zone is the next one not yet decided. */
static void collect_dirty(struct view_model *vm, const void *payload)
{
	const struct event_dirty_check *e = payload;

	for (uint32_t i = vm->row; i < vm->nr_rows; i++) {
		struct walk_row *row = &vm->rows[i];

		if (row->zone->node != e->nid || row->skipped || row->check)
			continue;
		checks_before(vm, row, ZONE_CHECK_DIRTY);
		set_check(vm, row, ZONE_CHECK_DIRTY,
			  e->ok ? CHECK_PASSED : CHECK_REFUSED);
		vm->row = i;
		return;
	}
}

static void collect_check(struct view_model *vm, const void *payload)
{
	const struct event_watermark_check *e = payload;
	struct walk_row *row = row_at(vm, e->position);

	vm->check = e;
	if (!row)
		return;
	checks_before(vm, row, NR_ZONE_CHECKS);
	row->check = e;
}

static void collect_retry(struct view_model *vm, const void *payload)
{
	const struct event_nofragment_retry *e = payload;
	struct walk_row *row;

	if (e->reason != RETRY_locality)
		return;
	row = row_of(vm, e->nid, e->zone);
	if (!row)
		return;
	checks_before(vm, row, ZONE_CHECK_LOCALITY);
	set_check(vm, row, ZONE_CHECK_LOCALITY, CHECK_REFUSED);
	row->skipped = true;
}

static void collect_empty(struct view_model *vm, const void *payload)
{
	const struct event_zone_empty *e = payload;
	struct walk_row *row = row_of(vm, e->nid, e->zone);

	if (row)
		row->empty = true;
}

static void collect_area(struct view_model *vm, const void *payload)
{
	const struct event_free_area_check *e = payload;
	struct walk_row *row = row_of(vm, e->nid, e->zone);

	if (row)
		row->no_block = !e->ok;
}

static void collect_try(struct view_model *vm, const void *payload)
{
	const struct event_zone_try *e = payload;
	struct walk_row *row = row_at(vm, e->position);

	if (row)
		row->ignored = e->watermark_ignored;
}

static void collect_reclaim(struct view_model *vm, const void *payload)
{
	const struct event_node_reclaim *e = payload;
	struct walk_row *row = row_of(vm, e->nid, e->zone);

	if (row)
		row->reclaim = (uint8_t)(e->result + 1);
}

static void collect_served(struct view_model *vm, uint32_t nid, uint32_t idx)
{
	struct walk_row *row = row_of(vm, nid, idx);

	if (row)
		row->served = true;
}

static void collect_begin(struct view_model *vm, const void *payload)
{
	const struct event_walk_begin *e = payload;

	vm->pass = e->pass;
	vm->alloc_flags = e->alloc_flags;
	vm->has_flags = true;
	rows_begin(vm);
}

static void collect_prepared(struct view_model *vm, const void *payload)
{
	const struct event_prepare_alloc_pages *e = payload;

	vm->prepared = e;
	vm->alloc_flags = e->alloc_flags;
	vm->has_flags = true;
	if (vm->nr_rows && e->preferred_zone < vm->m->system->nr_zone_types)
		row_of(vm, e->preferred_nid, e->preferred_zone);
}

static void collect_flags(struct view_model *vm, const void *payload)
{
	const struct event_alloc_flags_nofragment *e = payload;

	vm->alloc_flags = e->alloc_flags;
}

static void collect_request(struct view_model *vm, const void *payload)
{
	vm->asked = payload;
	rows_begin(vm);
}

static void collect_refill(struct view_model *vm, const void *payload)
{
	vm->refill = payload;
}

static void collect_refill_done(struct view_model *vm, const void *payload)
{
	vm->refill = NULL;
}

static void collect_fallback(struct view_model *vm, const void *payload)
{
	vm->fallback = payload;
}

static void collect_slow(struct view_model *vm, const void *payload)
{
	vm->slow = payload;
}

static void collect_page(struct view_model *vm, const void *payload)
{
	const struct event_mm_page_alloc *e = payload;

	collect_served(vm, e->nid, e->zone);
}

static void collect_done(struct view_model *vm, const void *payload)
{
	const struct event_get_page_done *e = payload;

	if (e->ok)
		collect_served(vm, e->nid, e->zone);
}

static void (*const collectors[NR_EVENTS])(struct view_model *,
					   const void *) = {
	[EVENT_alloc_request] = collect_request,
	[EVENT_prepare_alloc_pages] = collect_prepared,
	[EVENT_alloc_flags_nofragment] = collect_flags,
	[EVENT_walk_begin] = collect_begin,
	[EVENT_zone_skip] = collect_skip,
	[EVENT_cpuset_check] = collect_cpuset,
	[EVENT_dirty_check] = collect_dirty,
	[EVENT_watermark_check] = collect_check,
	[EVENT_free_area_check] = collect_area,
	[EVENT_zone_try] = collect_try,
	[EVENT_node_reclaim] = collect_reclaim,
	[EVENT_zone_empty] = collect_empty,
	[EVENT_nofragment_retry] = collect_retry,
	[EVENT_pcp_refill] = collect_refill,
	[EVENT_pcp_refill_done] = collect_refill_done,
	[EVENT_fallback_begin] = collect_fallback,
	[EVENT_slow_path] = collect_slow,
	[EVENT_mm_page_alloc] = collect_page,
	[EVENT_get_page_done] = collect_done,
};

static void collect_one(struct view_model *vm, const struct event *event,
			uint32_t step)
{
	vm->collect_step = step;
	if (collectors[event_id(event)])
		collectors[event_id(event)](vm, event_payload(event));
	if (event_id(event) == EVENT_fallback_begin)
		vm->fallback_step = step;
}

/* Where on the path is this event? The end of a request is the page. */
static enum path_stage path_of(const struct event *event)
{
	enum event_id id = event_id(event);

	if (id == EVENT_mm_page_alloc || id == EVENT_get_page_done ||
	    id == EVENT_slow_path)
		return PATH_PAGE;
	if (id == EVENT_free_list_add || id == EVENT_mm_page_pcpu_drain)
		return PATH_BUDDY;
	return (enum path_stage)stage_paths[event_type(event)->stage];
}

/*
 * Requests for pages are short: a walk, a refill, a theft. Frees may be
 * long (a drain of a large list), and nothing of them is needed here but
 * the path, so only their last events are looked at.
 */
enum { MAX_FREE_EVENTS = 64 };

void view_model_collect(struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	uint32_t step;

	vm->path_current = NR_PATH_STAGES;
	if (!vm->request)
		return;
	step = vm->request->first_step;
	if (!request_is_alloc(vm->request) && vm->step - step > MAX_FREE_EVENTS)
		step = vm->step - MAX_FREE_EVENTS;
	for (; step <= vm->step; step++) {
		const struct event *event = history_event(h, step);
		enum path_stage path = path_of(event);

		collect_one(vm, event, step);
		if (path == NR_PATH_STAGES)
			continue;
		vm->path[path] = 1;
		vm->path_current = path;
	}
}
