/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_model: one step; the rows of the walk are in view_model_walk.c. */
#include "model/view_model.h"

#include <string.h>

#include "model/guide.h"
#include "model/view_state.h"

/* How far back an event looks for what it belongs to. */
#define LOOK_BACK 32u

static const struct event *event_at(const struct view_model *vm, uint32_t step)
{
	return history_event(session_history(vm->session), step);
}

/* The first step to look at for what this one belongs to, from 1. */
static uint32_t earliest_step(const struct view_model *vm)
{
	uint32_t first = vm->request ? vm->request->first_step : vm->step;

	if (vm->step >= LOOK_BACK && first <= vm->step - LOOK_BACK)
		first = vm->step - LOOK_BACK + 1;
	return first ? first : 1;
}

static enum picture find_picture(const struct view_model *vm)
{
	for (uint32_t step = vm->step; step >= earliest_step(vm); step--) {
		enum picture p = picture_of_event(event_at(vm, step));

		if (p != PICTURE_INHERIT)
			return p;
	}
	return PICTURE_MACHINE;
}

static const struct zone *zone_of_event(const struct view_model *vm,
					const struct event *event)
{
	int64_t nid = event_number(event, "nid"),
		idx = event_number(event, "zone");

	if (nid < 0 || idx < 0 || nid >= vm->m->system->nr_nodes ||
	    idx >= vm->m->system->nr_zone_types)
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

	for (uint32_t step = vm->step; !zone && step >= earliest_step(vm);
	     step--) {
		const struct event *event = event_at(vm, step);

		/* a row that no zone event has reached yet */
		if (event_id(event) == EVENT_dirty_check ||
		    event_id(event) == EVENT_walk_begin)
			break;
		zone = zone_of_event(vm, event);
	}
	if (!zone && vm->row < vm->nr_rows)
		zone = vm->rows[vm->row].zone;
	if (!zone && p && p->preferred_zone < vm->m->system->nr_zone_types)
		zone = node_zone(vm->m, p->preferred_nid, p->preferred_zone);
	if (!zone && vm->requested)
		zone = first_zone(vm->m, vm->requested->nid);
	return zone && populated_zone(zone) ? zone : any_zone(vm->m);
}

static void find_split(struct view_model *vm)
{
	for (uint32_t step = vm->step; step >= earliest_step(vm); step--) {
		const struct event *event = event_at(vm, step);
		const struct event_expand *e = event_get(event, expand);

		if (!e && !event_get(event, free_list_take))
			continue;
		vm->split = (struct split){
			.pfn = event_u32(event, "pfn"),
			.low = event_u32(event, "low"),
			.high = event_u32(event, e ? "high" : "order"),
			.current = event_u32(event, "order"),
			.type = event_u32(event, "migratetype"),
		};
		return;
	}
}

/* A merge as far as it has come, back to the block that was freed. */
static void find_merge(struct view_model *vm)
{
	struct split *l = &vm->split;
	bool found = false;

	for (uint32_t step = vm->step; step >= earliest_step(vm); step--) {
		const struct event *event = event_at(vm, step);
		const struct event_buddy_merge *b =
			event_get(event, buddy_merge);
		const struct event_free_list_add *a =
			event_get(event, free_list_add);

		if (found && !b)
			break;
		if (!found && (a || b))
			*l = (struct split){
				.high = a ? a->order : b->merged_order,
				.type = a ? a->migratetype : MIGRATE_TYPES,
				.added = a,
			};
		if (a || b) {
			l->pfn = event_u32(event, "pfn");
			l->low = event_u32(event, "order");
		}
		found = found || a || b;
		l->current = l->high;
	}
}

/* The index of a word of the machine's state. */
static uint32_t word_index(const struct view_model *vm, const void *word)
{
	return (uint32_t)((const uint32_t *)word -
			  (const uint32_t *)vm->m->region);
}

/* What this step wrote; nothing at a question, where no step is shown. */
static struct changes changes_of(const struct view_model *vm)
{
	if (vm->question)
		return (struct changes){ NULL, NULL };
	return history_changes(session_history(vm->session), vm->step);
}

/* The pages whose word this step wrote. */
static void find_changed(struct view_model *vm)
{
	struct changes c = changes_of(vm);

	vm->nr_changed = 0;
	for (; c.first < c.end && vm->nr_changed < MAX_CHANGED; c.first++) {
		uint32_t pfn = c.first->word - word_index(vm, vm->m->pages);

		if (pfn < vm->m->system->max_pfn)
			vm->changed[vm->nr_changed++] = pfn;
	}
}

/* The bits that the first @max writes of this step changed in a word. */
static uint32_t changed_bits(const struct view_model *vm, const void *word,
			     ptrdiff_t max)
{
	struct changes c = changes_of(vm);
	uint32_t bits = 0;

	for (; c.first < c.end && max > 0; c.first++, max--)
		if (c.first->word == word_index(vm, word))
			bits ^= c.first->flip;
	return bits;
}

bool view_model_moves(const struct view_model *vm)
{
	return in_motion(vm->view) && vm->picture != PICTURE_MACHINE &&
	       vm->picture != PICTURE_SLOW && !vm->question;
}

bool view_model_wrote(const struct view_model *vm, const void *word)
{
	return changed_bits(vm, word, MAX_CHANGED) != 0;
}

/* nr_free_pages of the zone in focus before this step. */
static int32_t find_free_before(const struct view_model *vm)
{
	const int32_t *nr_free = vm->zone ? &vm->zone->nr_free_pages : NULL;

	return nr_free ? (int32_t)((uint32_t)*nr_free ^
				   changed_bits(vm, nr_free, PTRDIFF_MAX)) :
			 0;
}

/* What the lesson says at this place. */
static void find_notes(struct view_model *vm)
{
	const struct notes_state *notes = &vm->view->notes;
	const struct place place = { vm->step, notes->note };

	vm->caption = NULL;
	vm->question = NULL;
	vm->feedback = notes->feedback;
	vm->nr_visible_steps = vm->nr_steps;
	if (!notes->guide)
		return;
	vm->caption = guide_caption(notes->guide, place);
	if (guide_open_question(notes->guide))
		vm->nr_visible_steps = vm->step > notes->guide->furthest ?
					       vm->step :
					       notes->guide->furthest;
	if (!vm->feedback)
		vm->question = guide_question(notes->guide, place);
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

/* The cpu of a request, for steps without an event. */
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
		type = event_number(vm->event, "migratetype");
	return type < 0 || type > MIGRATE_TYPES ? (uint32_t)MIGRATE_TYPES :
						  (uint32_t)type;
}

/* get_page_from_freelist, called directly, found nothing. */
static bool ended_without_page(const struct view_model *vm)
{
	return vm->event && event_id(vm->event) == EVENT_get_page_done &&
	       !event_get(vm->event, get_page_done)->ok;
}

/* The picture, with what it shows beside the walk. */
static void use_picture(struct view_model *vm)
{
	vm->picture = find_picture(vm);
	/* pageblocks also change for a reserve, and by a scenario */
	if (vm->picture == PICTURE_CLAIM && !vm->fallback)
		vm->picture = vm->requested ? PICTURE_WALK : PICTURE_MACHINE;
	if (vm->slow || ended_without_page(vm))
		vm->picture = PICTURE_SLOW;
	if (vm->picture == PICTURE_SPLIT)
		find_split(vm);
	if (vm->picture == PICTURE_MERGE)
		find_merge(vm);
}

/* A question keeps of the last request only the zone and the cpu. */
static void forget_request(struct view_model *vm)
{
	vm->event = NULL;
	vm->request = NULL;
	memset(&vm->requested, 0,
	       (size_t)((char *)&vm->nr_changed - (char *)&vm->requested));
	vm->path_current = NR_PATH_STAGES;
	vm->picture = PICTURE_MACHINE;
}

void view_model_build(struct view_model *vm, const struct session *s,
		      const char *title, const struct landmarks *landmarks)
{
	/* all but the view, and the rows, which are filled up to nr_rows */
	memset(&vm->session, 0,
	       offsetof(struct view_model, rows) -
		       offsetof(struct view_model, session));
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
	find_notes(vm);
	use_request(vm);
	view_model_collect(vm);
	use_picture(vm);
	vm->zone = find_zone(vm);
	if (vm->zone)
		print_to(vm->zone_name, "%.31s",
			 view_model_zone_name(vm, vm->zone).s);
	if (vm->question)
		forget_request(vm);
	vm->type = find_type(vm);
	vm->highest_zoneidx = vm->prepared ? vm->prepared->highest_zoneidx :
					     (uint32_t)MAX_NR_ZONES;
	find_changed(vm);
	vm->free_before = find_free_before(vm);
}

struct text view_model_zone_name(const struct view_model *vm,
				 const struct zone *zone)
{
	const char *name = zone_name(vm->m, zone->idx);

	if (vm->m->system->numa || vm->m->system->nr_nodes > 1)
		return text_of("node %u %s", zone->node, name);
	return text_of("%s", name);
}
