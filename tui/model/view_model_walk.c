/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frame_walk: the walk over the zonelist as rows, from events. Each event
 * of the request is taken in once, in order.
 */
#include "model/view_model_walk.h"

#include <string.h>

static const uint8_t stage_paths[NR_STAGES] = {
	[STAGE_REQUEST] = PATH_REQUEST,	    [STAGE_WALK] = PATH_WALK,
	[STAGE_WATERMARK] = PATH_WATERMARK, [STAGE_PCP] = PATH_PCP,
	[STAGE_BUDDY] = PATH_BUDDY,	    [STAGE_FALLBACK] = PATH_FALLBACK,
	[STAGE_PREP] = PATH_PAGE,	    [STAGE_FREE] = PATH_REQUEST,
	[STAGE_MACHINE] = NR_PATH_STAGES,
};

/* The request's zonelist, nothing asked yet. */
static void rows_begin(struct frame *f)
{
	const struct machine *m = f->m;
	const struct zonelist *list;

	f->nr_rows = 0;
	f->row = 0;
	if (!f->asked || f->asked->nid >= m->system->nr_nodes)
		return;
	list = &m->nodes[f->asked->nid]
			.zonelists[f->asked->gfp & __GFP_THISNODE ?
					   ZONELIST_NOFALLBACK :
					   ZONELIST_FALLBACK];
	for (uint32_t i = 0; i < list->nr && i < MAX_WALK_ROWS; i++)
		f->rows[f->nr_rows++] = (struct walk_row){
			.zone = &m->zones[m->zonerefs[list->first + i].zone]
		};
}

static struct walk_row *row_of(struct frame *f, uint32_t nid, uint32_t idx)
{
	for (uint32_t i = 0; i < f->nr_rows; i++) {
		if (f->rows[i].zone->node != nid || f->rows[i].zone->idx != idx)
			continue;
		f->row = i;
		return &f->rows[i];
	}
	return NULL;
}

static struct walk_row *row_at(struct frame *f, uint32_t position)
{
	if (!position || position > f->nr_rows)
		return NULL;
	f->row = position - 1;
	return &f->rows[f->row];
}

static void set_gate(const struct frame *f, struct walk_row *row,
		     unsigned int gate, enum gate_result result)
{
	row->gates[gate] = (uint8_t)result;
	if (f->collect_step == f->step)
		row->fresh |= (uint8_t)(1u << gate);
}

/* Gates before @gate that said nothing were passed, or not asked. */
static void gates_before(const struct frame *f, struct walk_row *row,
			 enum gate gate)
{
	bool local = (f->alloc_flags & ALLOC_NOFRAGMENT) &&
		     f->m->system->nr_online_nodes > 1;

	for (unsigned int g = GATE_CEILING; g < (unsigned int)gate; g++) {
		bool asked = g == GATE_CEILING || g == GATE_MASK ||
			     (g == GATE_LOCAL && local);

		if (row->gates[g] == GATE_UNREACHED)
			set_gate(f, row, g, asked ? GATE_PASSED : GATE_UNASKED);
	}
}

static void collect_skip(struct frame *f, const void *payload)
{
	const struct event_zone_skip *e = payload;
	static const uint8_t gates[NR_SKIP] = {
		[SKIP_ceiling] = GATE_CEILING,	  [SKIP_nodemask] = GATE_MASK,
		[SKIP_cpuset] = GATE_CPUSET,	  [SKIP_dirty] = GATE_DIRTY,
		[SKIP_dirty_before] = GATE_DIRTY,
	};
	struct walk_row *row = row_at(f, e->position);

	if (!row)
		return;
	gates_before(f, row, (enum gate)gates[e->gate]);
	set_gate(f, row, gates[e->gate], GATE_REFUSED);
	row->skipped = true;
	row->skip_gate = (uint8_t)e->gate;
}

static void collect_cpuset(struct frame *f, const void *payload)
{
	const struct event_cpuset_check *e = payload;
	struct walk_row *row = row_of(f, e->nid, e->zone);

	if (!row)
		return;
	gates_before(f, row, GATE_CPUSET);
	set_gate(f, row, GATE_CPUSET, e->ok ? GATE_PASSED : GATE_REFUSED);
}

/* The dirty limit is the node's: the zone is the next one not yet decided. */
static void collect_dirty(struct frame *f, const void *payload)
{
	const struct event_dirty_check *e = payload;

	for (uint32_t i = f->row; i < f->nr_rows; i++) {
		struct walk_row *row = &f->rows[i];

		if (row->zone->node != e->nid || row->skipped || row->check)
			continue;
		gates_before(f, row, GATE_DIRTY);
		set_gate(f, row, GATE_DIRTY,
			 e->ok ? GATE_PASSED : GATE_REFUSED);
		f->row = i;
		return;
	}
}

static void collect_check(struct frame *f, const void *payload)
{
	const struct event_watermark_check *e = payload;
	struct walk_row *row = row_at(f, e->position);

	f->check = e;
	if (!row)
		return;
	gates_before(f, row, NR_GATES);
	row->check = e;
}

static void collect_retry(struct frame *f, const void *payload)
{
	const struct event_nofragment_retry *e = payload;
	struct walk_row *row;

	if (e->retry != RETRY_locality)
		return;
	row = row_of(f, e->nid, e->zone);
	if (!row)
		return;
	gates_before(f, row, GATE_LOCAL);
	set_gate(f, row, GATE_LOCAL, GATE_REFUSED);
	row->skipped = true;
}

static void collect_empty(struct frame *f, const void *payload)
{
	const struct event_zone_empty *e = payload;
	struct walk_row *row = row_of(f, e->nid, e->zone);

	if (row)
		row->empty = true;
}

static void collect_area(struct frame *f, const void *payload)
{
	const struct event_free_area_check *e = payload;
	struct walk_row *row = row_of(f, e->nid, e->zone);

	if (row)
		row->no_block = !e->ok;
}

static void collect_try(struct frame *f, const void *payload)
{
	const struct event_zone_try *e = payload;
	struct walk_row *row = row_at(f, e->position);

	if (row)
		row->ignored = e->ignored;
}

static void collect_reclaim(struct frame *f, const void *payload)
{
	const struct event_node_reclaim *e = payload;
	struct walk_row *row = row_of(f, e->nid, e->zone);

	if (row)
		row->reclaim = (uint8_t)(e->outcome + 1);
}

static void collect_served(struct frame *f, uint32_t nid, uint32_t idx)
{
	struct walk_row *row = row_of(f, nid, idx);

	if (row)
		row->served = true;
}

static void collect_begin(struct frame *f, const void *payload)
{
	const struct event_walk_begin *e = payload;

	f->pass = e->pass;
	f->alloc_flags = e->alloc_flags;
	f->has_flags = true;
	rows_begin(f);
}

static void collect_prepared(struct frame *f, const void *payload)
{
	const struct event_prepare_alloc_pages *e = payload;

	f->prepared = e;
	f->alloc_flags = e->alloc_flags;
	f->has_flags = true;
	if (f->nr_rows && e->preferred_zone < f->m->system->nr_zone_types)
		row_of(f, e->preferred_nid, e->preferred_zone);
}

static void collect_flags(struct frame *f, const void *payload)
{
	const struct event_alloc_flags_nofragment *e = payload;

	f->alloc_flags = e->alloc_flags;
}

static void collect_request(struct frame *f, const void *payload)
{
	f->asked = payload;
	rows_begin(f);
}

static void collect_refill(struct frame *f, const void *payload)
{
	f->refill = payload;
}

static void collect_refill_done(struct frame *f, const void *payload)
{
	(void)payload;
	f->refill = NULL;
}

static void collect_fallback(struct frame *f, const void *payload)
{
	f->fallback = payload;
}

static void collect_slow(struct frame *f, const void *payload)
{
	f->slow = payload;
}

static void collect_page(struct frame *f, const void *payload)
{
	const struct event_mm_page_alloc *e = payload;

	collect_served(f, e->nid, e->zone);
}

static void collect_done(struct frame *f, const void *payload)
{
	const struct event_get_page_done *e = payload;

	if (e->ok)
		collect_served(f, e->nid, e->zone);
}

static void (*const collectors[NR_EVENTS])(struct frame *, const void *) = {
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

static void collect_one(struct frame *f, const struct event *event,
			uint32_t step)
{
	f->collect_step = step;
	if (collectors[event_id(event)])
		collectors[event_id(event)](f, event_payload(event));
	if (event_id(event) == EVENT_fallback_begin)
		f->fallback_step = step;
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

void frame_collect(struct frame *f)
{
	const struct history *h = session_history(f->session);
	uint32_t step;

	f->path_now = NR_PATH_STAGES;
	if (!f->request)
		return;
	step = f->request->first_step;
	if (f->request->kind != REQUEST_ALLOC &&
	    f->request->kind != REQUEST_GET_PAGE &&
	    f->step - step > MAX_FREE_EVENTS)
		step = f->step - MAX_FREE_EVENTS;
	for (; step <= f->step; step++) {
		const struct event *event = history_event(h, step);
		enum path_stage path = path_of(event);

		collect_one(f, event, step);
		if (path == NR_PATH_STAGES)
			continue;
		f->path[path] = 1;
		f->path_now = path;
	}
}
