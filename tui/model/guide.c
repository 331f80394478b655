/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guide: questions and folds, read from the notes of a session. */
#include "model/guide.h"

#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "model/text.h"
#include "model/view_state.h"

/* -- what is not shown beside a question ----------------------------------- */

/* What was decided before, and what the scenario does next. */
enum { ALWAYS_HIDDEN = 1 << VIEW_log | 1 << VIEW_source };
/* Where the answer is a zone, a panel of one zone points at that. */
enum { OF_ONE_ZONE = 1 << VIEW_lists | 1 << VIEW_zone | 1 << VIEW_pcp };

/* The nodes and zones that @text names, as bits. */
static uint64_t places_in(const char *text)
{
	static const char *const zones[] = { "DMA", "DMA32", "Normal",
					     "HighMem", "Movable" };
	uint64_t places = 0;

	for (size_t length; *text; text += length + !length) {
		length = strcspn(text, " ,:;.");
		for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
			if (length == strlen(zones[i]) &&
			    !strncmp(text, zones[i], length))
				places |= 1ull << i;
		if (!strncmp(text, "node ", 5))
			places |= 1ull << (8 + strtoul(text + 5, NULL, 10) %
						       MAX_NUMNODES);
	}
	return places;
}

/* Is the answer a node or a zone? Then its choices name different ones. */
static bool asks_for_place(const struct note *ask)
{
	uint64_t first = 0, places;

	for (uint32_t i = 0; i < note_nr_choices(ask); i++) {
		places = places_in(note_part(ask, NOTE_ASK_CHOICES + i));
		if (first && places && places != first)
			return true;
		first = first ? first : places;
	}
	return note_form(ask) == FORM_zone;
}

static uint32_t hidden_views(const struct note *ask, const struct note *before)
{
	uint32_t hidden = ALWAYS_HIDDEN;

	if (asks_for_place(ask))
		hidden |= OF_ONE_ZONE;
	if (before && before->kind == NOTE_HIDE)
		hidden |= view_mask(before->text);
	return hidden;
}

/* -- reading the notes ----------------------------------------------------- */

static uint32_t deciding_step(const struct question *q)
{
	const char *text = note_part(q->answer, NOTE_ANSWER_STEP);
	const unsigned long step = strtoul(text, NULL, 10);

	return *text && step >= q->step && step < q->answer->step ?
		       (uint32_t)step :
		       q->answer->step;
}

/*
 * Would the picture of its step never be shown without it? The last caption
 * at the step is the question's; an earlier one shows the step, and so does
 * the feedback to the question before.
 */
static bool hides_step(const struct guide *g, const struct question *q)
{
	const struct note *note;
	uint32_t nr = 0, i = q->note;

	while (i-- > 0 &&
	       (note = session_note_at(g->session, i))->step == q->step)
		nr += note->kind == NOTE_SAY || note->kind == NOTE_PAUSE;
	return q->step && nr < 2 &&
	       !(q > g->questions && q[-1].decides == q->step);
}

/* The question of note @i, if the session has its answer. */
static bool add_question(struct guide *g, uint32_t i)
{
	const struct note *ask = session_note_at(g->session, i), *note;
	struct question *q;
	uint32_t k = i;

	while ((note = session_note_at(g->session, ++k)) &&
	       note->kind != NOTE_ASK && note->kind != NOTE_ANSWER)
		;
	if (!note || note->kind == NOTE_ASK)
		return true;
	q = array_add(g->questions, g->nr_questions);
	if (!q)
		return false;
	*q = (struct question){
		.ask = ask, .answer = note, .note = i, .step = ask->step
	};
	q->decides = deciding_step(q);
	q->apart = hides_step(g, q);
	q->hidden = hidden_views(ask,
				 i ? session_note_at(g->session, i - 1) : NULL);
	return true;
}

/* The fold of note @i, with those inside; *@i becomes the note of its end. */
static bool add_fold(struct guide *g, uint32_t *i)
{
	const struct note *first = session_note_at(g->session, *i), *note;
	struct fold fold = { .note = first,
			     .begin = first->step,
			     .end = g->nr_steps,
			     .nr_requests = session_nr_requests(g->session) -
					    first->request };
	struct fold *kept;
	uint32_t depth = 1;

	while (depth && (note = session_note_at(g->session, ++*i))) {
		depth += note->kind == NOTE_FOLD;
		depth -= note->kind == NOTE_FOLD_END;
		if (depth)
			continue;
		fold.end = note->step;
		fold.nr_requests = note->request - first->request;
	}
	if (fold.end == fold.begin)
		return true;
	kept = array_add(g->folds, g->nr_folds);
	if (kept)
		*kept = fold;
	return kept;
}

static void count_hidden(struct guide *g)
{
	uint32_t hidden = 0;

	for (uint32_t i = 0; i < g->nr_folds; i++) {
		struct fold *fold = &g->folds[i];

		fold->hidden_before = hidden;
		if (!fold->open)
			hidden += fold->end - fold->begin - 1;
	}
}

bool guide_init(struct guide *g, const struct session *s)
{
	bool ok = true;

	*g = (struct guide){ .session = s, .nr_steps = session_nr_steps(s) };
	for (uint32_t i = 0; ok && i < session_nr_notes(s); i++)
		if (session_note_at(s, i)->kind == NOTE_ASK)
			ok = add_question(g, i);
	for (uint32_t i = 0; ok && i < session_nr_notes(s); i++)
		if (session_note_at(s, i)->kind == NOTE_FOLD)
			ok = add_fold(g, &i);
	count_hidden(g);
	if (!ok)
		guide_destroy(g);
	return ok;
}

void guide_destroy(struct guide *g)
{
	free(g->questions);
	free(g->folds);
	g->questions = NULL;
	g->folds = NULL;
	g->nr_questions = g->nr_folds = 0;
}

/* The same question of the same place in the scenario keeps its answer. */
static void keep_states(struct guide *g, const struct guide *old)
{
	for (uint32_t i = 0; i < g->nr_questions && i < old->nr_questions;
	     i++) {
		const struct question *was = &old->questions[i];
		struct question *q = &g->questions[i];

		if (was->state == QUESTION_OPEN ||
		    strcmp(was->ask->text, q->ask->text))
			break;
		q->state = was->state;
		memcpy(q->given, was->given, sizeof(q->given));
	}
	for (uint32_t i = 0; i < g->nr_folds && i < old->nr_folds; i++)
		g->folds[i].open = old->folds[i].open;
	count_hidden(g);
}

bool guide_reset(struct guide *g, const struct session *s)
{
	struct guide fresh;

	if (!guide_init(&fresh, s))
		return false;
	fresh.no_questions = g->no_questions;
	fresh.furthest = g->furthest;
	keep_states(&fresh, g);
	guide_destroy(g);
	*g = fresh;
	return true;
}

/* -- questions ------------------------------------------------------------- */

struct question *guide_open_question(const struct guide *g)
{
	for (uint32_t i = 0; !g->no_questions && i < g->nr_questions; i++)
		if (g->questions[i].state == QUESTION_OPEN)
			return &g->questions[i];
	return NULL;
}

uint32_t guide_limit(const struct guide *g)
{
	const struct question *q = guide_open_question(g);

	return q ? q->step : g->nr_steps;
}

enum verdict guide_answer(struct question *q, const char *given)
{
	const enum verdict verdict = prediction_judge(q->ask, given, q->answer);
	char letter[2] = { 0 };

	if (verdict == VERDICT_NOT_UNDERSTOOD)
		return verdict;
	if (note_form(q->ask) == FORM_choice) {
		letter[0] = (char)('a' + prediction_choice(q->ask, given));
		given = letter;
	}
	print_to(q->given, "%s", given);
	q->state = verdict == VERDICT_RIGHT ? QUESTION_RIGHT : QUESTION_WRONG;
	return verdict;
}

void guide_skip(struct guide *g, uint32_t step)
{
	for (uint32_t i = 0; i < g->nr_questions; i++)
		if (g->questions[i].step < step)
			g->questions[i].state = QUESTION_SKIPPED;
}

static uint32_t count_state(const struct guide *g, enum question_state state)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < g->nr_questions; i++)
		nr += g->questions[i].state == state;
	return nr;
}

uint32_t guide_nr_right(const struct guide *g)
{
	return count_state(g, QUESTION_RIGHT);
}

uint32_t guide_nr_answered(const struct guide *g)
{
	return guide_nr_right(g) + count_state(g, QUESTION_WRONG);
}

uint32_t guide_number(const struct guide *g, const struct question *q)
{
	return (uint32_t)(q - g->questions) + 1;
}

/* -- folds ----------------------------------------------------------------- */

/* How many folds begin before @step. */
static uint32_t folds_before(const struct guide *g, uint32_t step)
{
	uint32_t low = 0, high = g->nr_folds;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (g->folds[middle].begin < step)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct fold *guide_fold(const struct guide *g, uint32_t step)
{
	const uint32_t nr = folds_before(g, step);

	return nr && step <= g->folds[nr - 1].end ? &g->folds[nr - 1] : NULL;
}

void guide_toggle(struct guide *g, struct fold *fold)
{
	fold->open = !fold->open;
	count_hidden(g);
}

uint32_t guide_count(const struct guide *g, uint32_t step)
{
	const uint32_t nr = folds_before(g, step);
	const struct fold *fold;

	if (!nr)
		return step;
	fold = &g->folds[nr - 1];
	if (fold->open)
		return step - fold->hidden_before;
	if (step < fold->end)
		step = fold->end;
	return step - fold->hidden_before - (fold->end - fold->begin - 1);
}

uint32_t guide_step_at(const struct guide *g, uint32_t count)
{
	uint32_t low = 0, high = g->nr_folds, step;
	const struct fold *fold;

	while (low < high) { /* how many folds begin before that count */
		const uint32_t middle = low + (high - low) / 2;

		fold = &g->folds[middle];
		if (fold->begin - fold->hidden_before < count)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return count;
	fold = &g->folds[low - 1];
	step = count + fold->hidden_before;
	if (!fold->open)
		step += fold->end - fold->begin - 1;
	return step;
}
