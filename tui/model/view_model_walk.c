/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_model_walk: the walk over the zonelist as rows. Each event of the
 * request is collected once, in order.
 */
#include "model/view_model.h"

#include <string.h>

static const uint8_t stage_paths[NR_STAGES] = {
	[STAGE_REQUEST] = PATH_REQUEST,	    [STAGE_WALK] = PATH_WALK,
	[STAGE_WATERMARK] = PATH_WATERMARK, [STAGE_PCP] = PATH_PCP,
	[STAGE_BUDDY] = PATH_BUDDY,	    [STAGE_FALLBACK] = PATH_FALLBACK,
	[STAGE_PREP] = PATH_PAGE,	    [STAGE_FREE] = PATH_REQUEST,
	[STAGE_MACHINE] = NR_PATH_STAGES,
};

/* The request's zonelist, nothing checked yet. */
static void rows_begin(struct view_model *vm)
{
	const struct machine *m = vm->m;
	const struct zonelist *list;

	vm->nr_rows = 0;
	vm->row = 0;
	vm->rows[MAX_WALK_ROWS] = (struct walk_row){ .zone = NULL };
	if (!vm->requested || vm->requested->nid >= m->system->nr_nodes)
		return;
	list = &m->nodes[vm->requested->nid]
			.zonelists[vm->requested->gfp & __GFP_THISNODE ?
					   ZONELIST_NOFALLBACK :
					   ZONELIST_FALLBACK];
	for (uint32_t i = 0; i < list->nr && i < MAX_WALK_ROWS; i++)
		vm->rows[vm->nr_rows++] = (struct walk_row){
			.zone = &m->zones[m->zonerefs[list->first + i].zone]
		};
}

/* The row of a zone; for one that is not listed the spare row. */
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
	return &vm->rows[MAX_WALK_ROWS];
}

/* The row that an event is about: by its position in the zonelist, or zone. */
static struct walk_row *row_for(struct view_model *vm,
				const struct event *event)
{
	int64_t position = event_number(event, "position");

	if (position < 0)
		return row_of(vm, event_u32(event, "nid"),
			      event_u32(event, "zone"));
	if (!position || position > vm->nr_rows)
		return &vm->rows[MAX_WALK_ROWS];
	vm->row = (uint32_t)position - 1;
	return &vm->rows[vm->row];
}

static void set_check(const struct view_model *vm, struct walk_row *row,
		      unsigned int check, enum check_result result)
{
	row->checks[check] = (uint8_t)result;
	if (vm->collect_step == vm->step)
		row->fresh |= (uint8_t)(1u << check);
}

/*
 * A check has a result. Those before it without an event of their own passed,
 * or were not made.
 */
static void add_check(const struct view_model *vm, struct walk_row *row,
		      enum zone_check check, bool ok)
{
	const bool made[NR_ZONE_CHECKS] = {
		[ZONE_CHECK_ZONEIDX] = true,
		[ZONE_CHECK_NODEMASK] = vm->prepared->has_nodemask,
		[ZONE_CHECK_LOCALITY] = (vm->alloc_flags & ALLOC_NOFRAGMENT) &&
					vm->m->system->nr_online_nodes > 1,
	};

	for (unsigned int i = 0; i < (unsigned int)check; i++)
		if (row->checks[i] == CHECK_UNREACHED)
			set_check(vm, row, i,
				  made[i] ? CHECK_PASSED : CHECK_NOT_MADE);
	if (check < NR_ZONE_CHECKS)
		set_check(vm, row, check, ok ? CHECK_PASSED : CHECK_REFUSED);
}

/* A check refused the zone: it is skipped. */
static void skip(const struct view_model *vm, struct walk_row *row,
		 enum zone_check check)
{
	add_check(vm, row, check, false);
	row->skipped = true;
}

static void collect_skip(struct view_model *vm, struct walk_row *row,
			 const struct event_zone_skip *e)
{
	static const enum zone_check checks[NR_SKIP] = {
		[SKIP_highest_zoneidx] = ZONE_CHECK_ZONEIDX,
		[SKIP_nodemask] = ZONE_CHECK_NODEMASK,
		[SKIP_cpuset] = ZONE_CHECK_CPUSET,
		[SKIP_dirty] = ZONE_CHECK_DIRTY,
		[SKIP_dirty_before] = ZONE_CHECK_DIRTY,
	};

	skip(vm, row, checks[e->reason]);
	row->skip_reason = (uint8_t)e->reason;
}

/*
 * The zone refused with this event, or is no longer refused: then the event
 * has no account.
 */
static void note_refusal(struct walk_row *row, const struct event *event)
{
	struct free_account account;

	row->refusal = event_free_account(event, &account) ? event : NULL;
}

/* The dirty limit is the node's: the zone is the next one not yet decided. */
static void collect_dirty(struct view_model *vm,
			  const struct event_dirty_check *e)
{
	vm->dirty[e->nid] = e;
	for (uint32_t i = vm->row; i < vm->nr_rows; i++) {
		struct walk_row *row = &vm->rows[i];

		if (row->zone->node != e->nid || row->skipped || row->check)
			continue;
		add_check(vm, row, ZONE_CHECK_DIRTY, e->ok);
		vm->row = i;
		return;
	}
}

/* Does an event say something about one zone of the walk? */
static bool is_about_zone(const struct event *event)
{
	const struct event_nofragment_retry *retry =
		event_get(event, nofragment_retry);
	const struct event_get_page_done *done =
		event_get(event, get_page_done);

	switch (event_id(event)) {
	case EVENT_nofragment_retry:
		return retry->reason == RETRY_locality;
	case EVENT_get_page_done:
		return done->ok;
	case EVENT_zone_skip:
	case EVENT_cpuset_check:
	case EVENT_watermark_check:
	case EVENT_free_area_check:
	case EVENT_zone_try:
	case EVENT_node_reclaim:
	case EVENT_zone_empty:
	case EVENT_mm_page_alloc:
		return true;
	default:
		return false;
	}
}

static void collect_zone(struct view_model *vm, const struct event *event)
{
	struct walk_row *row = row_for(vm, event);
	bool ok = event_number(event, "ok") != 0;

	switch (event_id(event)) {
	case EVENT_cpuset_check:
		add_check(vm, row, ZONE_CHECK_CPUSET, ok);
		return;
	case EVENT_nofragment_retry:
		skip(vm, row, ZONE_CHECK_LOCALITY);
		return;
	case EVENT_node_reclaim:
		row->reclaim = (uint8_t)(event_number(event, "result") + 1);
		return;
	case EVENT_zone_skip:
		collect_skip(vm, row, event_payload(event));
		break;
	case EVENT_watermark_check:
		vm->check = row->check = event_payload(event);
		add_check(vm, row, NR_ZONE_CHECKS, true);
		break;
	case EVENT_free_area_check:
		row->no_block = !ok;
		break;
	case EVENT_zone_try:
		row->ignored = event_number(event, "watermark_ignored");
		break;
	case EVENT_zone_empty:
		row->empty = true;
		break;
	default: /* the zone that served the request */
		row->served = true;
	}
	note_refusal(row, event);
}

static void collect_flags(struct view_model *vm, const struct event *event)
{
	vm->alloc_flags = event_u32(event, "alloc_flags");
	vm->has_flags = true;
}

/* The walk begins at the preferred zone. */
static void collect_prepared(struct view_model *vm,
			     const struct event_prepare_alloc_pages *e)
{
	vm->prepared = e;
	row_of(vm, e->preferred_nid, e->preferred_zone);
}

static void collect_pass(struct view_model *vm, const struct event *event)
{
	vm->pass = event_u32(event, "pass");
	vm->check = NULL;
	memset(vm->dirty, 0, sizeof(vm->dirty));
	collect_flags(vm, event);
	rows_begin(vm);
}

static void collect_event(struct view_model *vm, const struct event *event)
{
	const void *payload = event_payload(event);

	switch (event_id(event)) {
	case EVENT_alloc_request:
		vm->requested = payload;
		rows_begin(vm);
		break;
	case EVENT_prepare_alloc_pages:
		collect_prepared(vm, payload);
		__attribute__((fallthrough));
	case EVENT_alloc_flags_nofragment:
		collect_flags(vm, event);
		break;
	case EVENT_walk_begin:
		collect_pass(vm, event);
		break;
	case EVENT_dirty_check:
		collect_dirty(vm, payload);
		break;
	case EVENT_pcp_refill:
	case EVENT_pcp_refill_done:
		vm->refill = event_get(event, pcp_refill);
		break;
	case EVENT_fallback_begin:
		vm->fallback = payload;
		vm->fallback_step = vm->collect_step;
		break;
	case EVENT_mm_page_alloc_zone_locked:
		vm->fallback = NULL;
		break;
	case EVENT_slow_path:
		vm->slow = payload;
		break;
	default:
		if (is_about_zone(event))
			collect_zone(vm, event);
	}
}

/* The stage of an event on the path; the end of a request is the page. */
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
 * An allocation has few events. A drain of long lists may have many, of
 * which only the path is needed here: the last ones are enough.
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

		vm->collect_step = step;
		collect_event(vm, event);
		if (path == NR_PATH_STAGES)
			continue;
		vm->path[path] = 1;
		vm->path_current = path;
	}
}

uint32_t view_model_stage_step(const struct view_model *vm,
			       enum path_stage stage)
{
	const struct history *h = session_history(vm->session);
	const struct request *r = vm->request;

	if (!r)
		return UINT32_MAX;
	for (uint32_t step = r->first_step; step <= r->last_step; step++)
		if (path_of(history_event(h, step)) == stage)
			return step;
	return UINT32_MAX;
}

bool view_model_list(const struct view_model *vm, uint32_t *order,
		     uint32_t *type)
{
	enum event_id id = vm->event ? event_id(vm->event) : NR_EVENTS;
	const bool here = id == EVENT_expand || id == EVENT_free_list_take ||
			  id == EVENT_free_list_add;

	*order = 0;
	*type = here ? event_u32(vm->event, "migratetype") : vm->type;
	if (here || id == EVENT_buddy_merge)
		*order = event_u32(vm->event, "order");
	else if (vm->request)
		*order = (uint32_t)request_get(vm->request, "order", 0);
	return here;
}
