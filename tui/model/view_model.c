/* SPDX-License-Identifier: GPL-2.0-or-later */
/* frame: what one step adds up to. The walk's rows are in frame_walk.c. */
#include "model/view_model.h"
#include "model/view_model_private.h"

#include <stdio.h>
#include <string.h>

static const uint8_t pictures[NR_EVENTS] = {
	[EVENT_alloc_request] = PICTURE_WALK,
	[EVENT_prepare_alloc_pages] = PICTURE_WALK,
	[EVENT_should_fail_alloc_page] = PICTURE_WALK,
	[EVENT_alloc_flags_nofragment] = PICTURE_WALK,
	[EVENT_mm_page_alloc] = PICTURE_WALK,
	[EVENT_slow_path] = PICTURE_SLOW,
	[EVENT_get_page_done] = PICTURE_WALK,
	[EVENT_walk_begin] = PICTURE_WALK,
	[EVENT_zone_skip] = PICTURE_WALK,
	[EVENT_cpuset_check] = PICTURE_WALK,
	[EVENT_dirty_check] = PICTURE_WALK,
	[EVENT_nofragment_retry] = PICTURE_WALK,
	[EVENT_node_reclaim] = PICTURE_WALK,
	[EVENT_zone_try] = PICTURE_WALK,
	[EVENT_zone_empty] = PICTURE_WALK,
	[EVENT_watermark_check] = PICTURE_WALK,
	[EVENT_free_area_check] = PICTURE_WALK,
	[EVENT_prep_new_page] = PICTURE_WALK,
	[EVENT_reserve_highatomic] = PICTURE_WALK,
	[EVENT_pcp_refill] = PICTURE_PCP,
	[EVENT_pcp_refill_page] = PICTURE_PCP,
	[EVENT_pcp_refill_done] = PICTURE_PCP,
	[EVENT_pcp_hit] = PICTURE_PCP,
	[EVENT_pcp_free] = PICTURE_PCP,
	[EVENT_pcp_bulk_free] = PICTURE_PCP,
	[EVENT_drain_pages] = PICTURE_PCP,
	[EVENT_free_list_take] = PICTURE_SPLIT,
	[EVENT_expand] = PICTURE_SPLIT,
	[EVENT_buddy_merge] = PICTURE_MERGE,
	[EVENT_free_list_add] = PICTURE_MERGE,
	[EVENT_fallback_begin] = PICTURE_STEAL,
	[EVENT_fallback_look] = PICTURE_STEAL,
	[EVENT_fallback_smallest] = PICTURE_STEAL,
	[EVENT_fallback_none] = PICTURE_STEAL,
	[EVENT_boost_watermark] = PICTURE_STEAL,
	[EVENT_move_freepages] = PICTURE_STEAL,
	[EVENT_steal_single] = PICTURE_STEAL,
	[EVENT_steal_claim] = PICTURE_STEAL,
	[EVENT_set_pageblock_migratetype] = PICTURE_STEAL,
	[EVENT_mm_page_alloc_extfrag] = PICTURE_STEAL,
	[EVENT_zone_statistics] = PICTURE_MACHINE,
	[EVENT_lru_add] = PICTURE_MACHINE,
	[EVENT_set_dirty] = PICTURE_MACHINE,
	[EVENT_set_task] = PICTURE_MACHINE,
	[EVENT_set_reclaim] = PICTURE_MACHINE,
	[EVENT_set_fault] = PICTURE_MACHINE,
	[EVENT_isolate_pageblock] = PICTURE_MACHINE,
	[EVENT_request_error] = PICTURE_MACHINE,
};

/* How far back an event looks for what it belongs to. */
enum { LOOK_BACK = 32 };

static const struct event *event_at(const struct view_model *vm, uint32_t step)
{
	return history_event(session_history(vm->session), step);
}

/* The request's first step. */
static uint32_t first_step(const struct view_model *vm)
{
	return vm->request ? vm->request->first_step : vm->step;
}

static enum picture find_picture(const struct view_model *vm)
{
	uint32_t step = vm->step;

	for (int i = 0; i < LOOK_BACK && step && step >= first_step(vm);
	     i++, step--) {
		enum picture p =
			(enum picture)pictures[event_id(event_at(vm, step))];

		if (p != PICTURE_INHERIT)
			return p;
	}
	return PICTURE_MACHINE;
}

/* The value of a field by its name, or -1. */
static int64_t field_of(const struct event *event, const char *name)
{
	int i = event_field_index(event_type(event), name);

	return i < 0 ? -1 :
		       event_field_value(event, &event_type(event)->fields[i]);
}

static const struct zone *zone_of_event(const struct view_model *vm,
					const struct event *event)
{
	int64_t nid = field_of(event, "nid"), idx = field_of(event, "zone");
	const struct event_nofragment_retry *retry =
		event_get(event, nofragment_retry);

	if (nid < 0 || idx < 0 || nid >= vm->m->system->nr_nodes ||
	    idx >= vm->m->system->nr_zone_types ||
	    (retry && retry->reason == RETRY_end_of_list))
		return NULL;
	return node_zone(vm->m, (unsigned int)nid, (unsigned int)idx);
}

/* The best zone of a node: the first of its zonelist. */
static const struct zone *first_zone(const struct machine *m, uint32_t nid)
{
	const struct zonelist *list;

	if (nid >= m->system->nr_nodes)
		return NULL;
	list = &m->nodes[nid].zonelists[ZONELIST_FALLBACK];
	return list->nr ? &m->zones[m->zonerefs[list->first].zone] : NULL;
}

static const struct zone *any_zone(const struct machine *m)
{
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		if (first_zone(m, nid))
			return first_zone(m, nid);
	return NULL;
}

/* The zone that this step is about. */
static const struct zone *find_zone(const struct view_model *vm)
{
	const struct event_prepare_alloc_pages *p = vm->prepared;
	const struct zone *zone = NULL;
	uint32_t step = vm->step;

	for (int i = 0;
	     !zone && i < LOOK_BACK && step && step >= first_step(vm);
	     i++, step--)
		zone = zone_of_event(vm, event_at(vm, step));
	if (!zone && vm->row < vm->nr_rows)
		zone = vm->rows[vm->row].zone;
	if (!zone && p && p->preferred_zone < vm->m->system->nr_zone_types)
		zone = node_zone(vm->m, p->preferred_nid, p->preferred_zone);
	if (!zone && vm->asked)
		zone = first_zone(vm->m, vm->asked->nid);
	return zone && populated_zone(zone) ? zone : any_zone(vm->m);
}

static void find_split(struct view_model *vm)
{
	uint32_t step = vm->step;

	for (int i = 0; i < LOOK_BACK && step && step >= first_step(vm);
	     i++, step--) {
		const struct event *event = event_at(vm, step);
		const struct event_expand *e = event_get(event, expand);
		const struct event_free_list_take *t =
			event_get(event, free_list_take);

		if (!e && !t)
			continue;
		vm->split = (struct split){
			.pfn = e ? e->pfn : t->pfn,
			.low = e ? e->low : t->low,
			.high = e ? e->high : t->order,
			.current = e ? e->order : t->order,
			.type = e ? e->migratetype : t->migratetype,
		};
		return;
	}
}

/* A merge as far as it has come, back to the block that was freed. */
static void find_merge(struct view_model *vm)
{
	struct split *l = &vm->split;
	uint32_t step = vm->step;
	bool found = false;

	for (int i = 0; i < LOOK_BACK && step && step >= first_step(vm);
	     i++, step--) {
		const struct event *event = event_at(vm, step);
		const struct event_buddy_merge *b =
			event_get(event, buddy_merge);
		const struct event_free_list_add *a =
			event_get(event, free_list_add);

		if (found && !b)
			break;
		if (!found && a)
			*l = (struct split){ .pfn = a->pfn,
					     .low = a->order,
					     .high = a->order,
					     .current = a->order,
					     .type = a->migratetype,
					     .added = a };
		if (!found && b)
			*l = (struct split){ .high = b->merged_order,
					     .current = b->merged_order,
					     .type = MIGRATE_TYPES };
		found = found || a || b;
		if (b) {
			l->pfn = b->pfn;
			l->low = b->order;
		}
	}
}

/* Frames whose word was written by this step. */
static void find_changed(struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	uint32_t pages =
		(uint32_t)(vm->m->pages - (const uint32_t *)vm->m->region);
	struct changes c = history_changes(h, vm->step);

	vm->nr_changed = 0;
	for (; c.first < c.end && vm->nr_changed < MAX_CHANGED; c.first++) {
		uint32_t word = c.first->word;

		if (word >= pages && word - pages < vm->m->system->max_pfn)
			vm->changed[vm->nr_changed++] = word - pages;
	}
}

/* What the counter of the zone in focus was before this step. */
static int32_t find_free_before(const struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	struct changes c = history_changes(h, vm->step);
	uint32_t word, value;

	if (!vm->zone)
		return 0;
	word = (uint32_t)((const uint32_t *)&vm->zone->nr_free_pages -
			  (const uint32_t *)vm->m->region);
	value = (uint32_t)vm->zone->nr_free_pages;
	for (; c.first < c.end; c.first++)
		if (c.first->word == word)
			value ^= c.first->flip;
	return (int32_t)value;
}

/* The last thing said: a caption, a question, an answer. */
static const struct note *find_caption(const struct session *s, uint32_t step)
{
	static const uint8_t kinds[] = { NOTE_SAY, NOTE_ASK, NOTE_ANSWER };
	const struct note *last = NULL;

	for (size_t i = 0; i < sizeof(kinds); i++) {
		const struct note *n =
			session_note_before(s, (enum note_kind)kinds[i], step);

		if (n && (!last || n->step > last->step))
			last = n;
	}
	return last;
}

bool view_model_changed_within(const struct view_model *vm, uint32_t first,
			       uint32_t nr)
{
	for (uint32_t i = 0; i < vm->nr_changed; i++)
		if (vm->changed[i] - first < nr)
			return true;
	return false;
}

bool view_model_changed(const struct view_model *vm, uint32_t pfn)
{
	return view_model_changed_within(vm, pfn, 1);
}

bool view_model_wrote(const struct view_model *vm, const void *word)
{
	const struct history *h = session_history(vm->session);
	uint32_t index = (uint32_t)((const uint32_t *)word -
				    (const uint32_t *)vm->m->region);
	struct changes c = history_changes(h, vm->step);

	if (c.end - c.first > MAX_CHANGED)
		c.end = c.first + MAX_CHANGED;
	for (; c.first < c.end; c.first++)
		if (c.first->word == index)
			return true;
	return false;
}

/* What the request's own row says, for steps without events of their own. */
static void use_request(struct view_model *vm)
{
	if (!vm->request)
		return;
	vm->cpu = (uint32_t)request_get(vm->request, "cpu", 0);
	if (vm->cpu >= vm->m->system->nr_cpus)
		vm->cpu = 0;
}

static uint32_t find_type(const struct view_model *vm)
{
	int64_t type = -1;

	if (vm->prepared)
		return vm->prepared->migratetype;
	if (vm->event)
		type = field_of(vm->event, "migratetype");
	return type < 0 || type > MIGRATE_TYPES ? (uint32_t)MIGRATE_TYPES :
						  (uint32_t)type;
}

/* get_page_from_freelist, called directly, found nothing. */
static bool ended_without_page(const struct view_model *vm)
{
	const struct event *event = vm->event;
	const struct event_get_page_done *done =
		event ? event_get(event, get_page_done) : NULL;

	return done && !done->ok;
}

void view_model_build(struct view_model *vm, const struct session *s,
		      const char *title, const struct landmarks *landmarks)
{
	/* all but the rows, which are filled as far as nr_rows says */
	memset(vm, 0, offsetof(struct view_model, rows));
	vm->session = s;
	vm->m = session_machine(s);
	vm->title = title;
	vm->landmarks = landmarks;
	vm->step = session_step(s);
	vm->nr_steps = session_nr_steps(s);
	vm->event = event_at(vm, vm->step);
	vm->request_index = session_request_at(s, vm->step);
	vm->nr_requests = session_nr_requests(s);
	if (vm->request_index < vm->nr_requests)
		vm->request = session_get_request(s, vm->request_index);
	vm->caption = find_caption(s, vm->step);
	use_request(vm);
	view_model_collect(vm);
	vm->picture = find_picture(vm);
	if (vm->slow || ended_without_page(vm))
		vm->picture = PICTURE_SLOW;
	if (vm->picture == PICTURE_SPLIT)
		find_split(vm);
	if (vm->picture == PICTURE_MERGE)
		find_merge(vm);
	vm->zone = find_zone(vm);
	vm->type = find_type(vm);
	vm->highest_zoneidx = vm->prepared ? vm->prepared->highest_zoneidx :
					     (uint32_t)MAX_NR_ZONES;
	find_changed(vm);
	vm->free_before = find_free_before(vm);
}

const char *view_model_zone_name(const struct view_model *vm,
				 const struct zone *zone, char *buf,
				 size_t size)
{
	const char *name = zone_name(vm->m, zone->idx);

	if (vm->m->system->numa || vm->m->system->nr_nodes > 1)
		snprintf(buf, size, "node %u %s", zone->node, name);
	else
		snprintf(buf, size, "%s", name);
	return buf;
}

uint32_t view_model_list(const struct machine *m, uint32_t head, uint32_t *pfns,
			 uint32_t max)
{
	uint32_t nr = 0;

	for (uint32_t pfn = m->links[head].next; pfn != head && nr < max;
	     pfn = m->links[pfn].next)
		pfns[nr++] = pfn;
	return nr;
}
