/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guide_place: the places of a session, one after another. */
#include "model/guide.h"

/* Is note @i the open question, and one with a place of its own? */
static bool is_apart(const struct guide *g, uint32_t i)
{
	const struct question *q = guide_open_question(g);

	return q && q->apart && q->note == i;
}

/* The first note that may not be shown. */
static uint32_t note_limit(const struct guide *g)
{
	const struct question *q = guide_open_question(g);

	return q ? q->note + q->apart : session_nr_notes(g->session);
}

/* How many notes stand up to @step and may be shown. */
static uint32_t notes_until(const struct guide *g, uint32_t step)
{
	const uint32_t nr = session_notes_until(g->session, step);
	const uint32_t limit = note_limit(g);

	return nr < limit ? nr : limit;
}

/* A closed fold is one step. */
static uint32_t step_after(const struct guide *g, uint32_t step)
{
	const struct fold *fold = guide_fold(g, step + 1);
	const uint32_t limit = guide_limit(g);

	step = fold && !fold->open ? fold->end : step + 1;
	return step < limit ? step : limit;
}

static uint32_t step_before(const struct guide *g, uint32_t step)
{
	const struct fold *fold = guide_fold(g, step);

	return fold && !fold->open ? fold->begin : step - 1;
}

static bool is_caption(const struct guide *g, const struct note *note)
{
	return note->kind == NOTE_SAY ||
	       (g->no_questions &&
		(note->kind == NOTE_ASK || note->kind == NOTE_ANSWER));
}

/* Has note @i a place of its own? */
static bool stops(const struct guide *g, uint32_t i)
{
	const struct note *note = session_note_at(g->session, i);

	return is_caption(g, note) || note->kind == NOTE_PAUSE ||
	       note->kind == NOTE_EXPECT_FAILED || is_apart(g, i);
}

/*
 * The place after the first note in [@from, @to) that stops; the one after
 * all of them if none does.
 */
static struct place stop_in(const struct guide *g, uint32_t step, uint32_t from,
			    uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (stops(g, i))
			return (struct place){ step, i + 1 };
	return (struct place){ step, to };
}

/* The first place at @step: its picture comes before a question hides it. */
static struct place enter_step(const struct guide *g, uint32_t step,
			       uint32_t from)
{
	struct place place = stop_in(g, step, from, notes_until(g, step));

	if (place.note > from && is_apart(g, place.note - 1))
		place.note--;
	return place;
}

struct place guide_begin(const struct guide *g)
{
	return enter_step(g, 0, 0);
}

struct place guide_place(const struct guide *g, uint32_t step)
{
	const uint32_t limit = guide_limit(g);
	uint32_t i, from;

	if (step > limit)
		step = limit;
	from = step ? notes_until(g, step_before(g, step)) : 0;
	for (i = notes_until(g, step); i > from; i--)
		if (stops(g, i - 1))
			return (struct place){ step, i };
	return (struct place){ step, notes_until(g, step) };
}

/* Is there a place after @place at its step? */
static bool has_more(const struct guide *g, struct place place)
{
	const uint32_t to = notes_until(g, place.step);

	for (uint32_t i = place.note; i < to; i++)
		if (stops(g, i))
			return true;
	return false;
}

struct place guide_next(const struct guide *g, struct place place)
{
	uint32_t step = place.step;

	if (has_more(g, place))
		return stop_in(g, step, place.note, notes_until(g, step));
	if (step >= guide_limit(g))
		return place;
	return enter_step(g, step_after(g, step), notes_until(g, step));
}

struct place guide_back(const struct guide *g, struct place place)
{
	const uint32_t step = place.step;
	const uint32_t from = step ? notes_until(g, step_before(g, step)) : 0;

	/* the stop before the one that this place stands after */
	for (uint32_t i = place.note; i > from + 1; i--)
		if (stops(g, i - 2))
			return (struct place){ step, i - 1 };
	if (place.note > from && is_apart(g, place.note - 1))
		return (struct place){ step, place.note - 1 };
	return step ? guide_place(g, step_before(g, step)) : place;
}

struct question *guide_question(const struct guide *g, struct place place)
{
	struct question *q = guide_open_question(g);

	return q && q->step == place.step && !has_more(g, place) ? q : NULL;
}

/* -- notes at a place ------------------------------------------------------ */

const struct note *guide_caption(const struct guide *g, struct place place)
{
	for (uint32_t i = place.note; i-- > 0;) {
		const struct note *note = session_note_at(g->session, i);

		if (is_caption(g, note))
			return note;
		if (note->kind == NOTE_SCENE)
			break;
	}
	return NULL;
}

const struct note *guide_scene(const struct guide *g, struct place place,
			       uint32_t *number, uint32_t *nr)
{
	const struct note *scene = NULL, *note;

	*number = *nr = 0;
	for (uint32_t i = 0; (note = session_note_at(g->session, i)); i++) {
		if (note->kind != NOTE_SCENE)
			continue;
		++*nr;
		if (i >= place.note)
			continue;
		scene = note;
		*number = *nr;
	}
	return scene;
}

/* The note that @place stands after, if it has a place of its own. */
static const struct note *own_note(const struct guide *g, struct place place)
{
	const uint32_t before =
		place.step ? notes_until(g, step_before(g, place.step)) : 0;

	return place.note > before && stops(g, place.note - 1) ?
		       session_note_at(g->session, place.note - 1) :
		       NULL;
}

const struct note *guide_pause(const struct guide *g, struct place place)
{
	const struct note *note = own_note(g, place);

	return note && note->kind == NOTE_PAUSE ? note : NULL;
}

/* -- points of interest ---------------------------------------------------- */

static const struct event *event_at(const struct guide *g, uint32_t step)
{
	return step && step <= g->nr_steps ?
		       history_event(session_history(g->session), step) :
		       NULL;
}

/* The last of several splits or merges, and of pages that are moved. */
static bool is_last_of_kind(const struct guide *g, uint32_t step)
{
	const struct event *next = event_at(g, step + 1);

	return !next || event_id(next) != event_id(event_at(g, step));
}

static bool is_decision(const struct guide *g, uint32_t step)
{
	const struct event *event = event_at(g, step);

	switch (event ? event_id(event) : NR_EVENTS) {
	case EVENT_zone_skip:
	case EVENT_watermark_check:
	case EVENT_pcp_refill:
	case EVENT_pcp_bulk_free:
	case EVENT_steal_claim:
	case EVENT_mm_page_alloc_extfrag:
	case EVENT_nofragment_retry:
	case EVENT_slow_path:
	case EVENT_mm_page_alloc:
	case EVENT_get_page_done:
	case EVENT_check_poison_mem:
		return true;
	case EVENT_dirty_check:
		return !event_get(event, dirty_check)->ok;
	case EVENT_free_area_check:
		return !event_get(event, free_area_check)->ok;
	case EVENT_cma_balance: /* of a refill only the first */
		return event_id(event_at(g, step - 1)) != EVENT_pcp_refill_page;
	case EVENT_expand:
	case EVENT_buddy_merge:
		return is_last_of_kind(g, step);
	default:
		return false;
	}
}

bool guide_is_point(const struct guide *g, struct place place)
{
	const struct fold *fold = guide_fold(g, place.step);

	return own_note(g, place) || guide_question(g, place) ||
	       is_decision(g, place.step) || (fold && !fold->open);
}

struct place guide_point(const struct guide *g, struct place place,
			 int direction)
{
	struct place before;

	do {
		before = place;
		place = direction > 0 ? guide_next(g, place) :
					guide_back(g, place);
	} while (!place_equal(place, before) && !guide_is_point(g, place));
	return place;
}
