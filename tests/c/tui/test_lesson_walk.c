/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every lesson from its first place to its last with Enter and answers alone,
 * as a learner takes it, at three sizes: each question is met once, nothing of
 * an answer is on the screen before it was given, and the way is neither long
 * nor empty. What must not be on the screen:
 *
 *  - what the lesson says later: captions, reasons, feedback (lesson_screen.h);
 *  - in any panel, what depends on what follows: the same lesson with another
 *    answer and other requests from there on has the same screens
 *    (lesson_walk_future.c);
 *  - beside the question, what points at its answer (lesson_panels.h);
 *  - beside the question, a number that is the answer in every run, if that
 *    differs between runs (lesson_walk_places.c).
 *
 * No lesson is an exception.
 *
 *   test_lesson_walk [SEEDS]     check; one seed in three answers right,
 *                                one wrong, one skips
 *   test_lesson_walk print       the presses and steps of each lesson
 *   test_lesson_walk questions N the screens of its questions at size N
 */
#include "lesson_walk.h"
#include "test.h"

enum { MOST_PRESSES = 1000, SHORTEST = 12, FUTURE_SEEDS = 3 };
enum { LEAST_ENTER = 30, MOST_ENTER = 80, MOST_STEPS = 60 };

enum manner { RIGHT, WRONG, SKIP, NR_MANNERS };

struct walk {
	struct lesson_screen l;
	enum manner manner;
	uint32_t nr_presses;
	uint32_t nr_met; /* questions */
	int size;
	bool dump; /* the screen of each question */
	struct lesson_places *places;
};

/* A caption is whole, and so is a question. */
static void check_whole(struct walk *w)
{
	const struct question *q = w->l.app.view_model->question;
	const struct note *caption = w->l.app.view_model->caption;

	if (caption && wrapped_rows(caption->text, w->l.canvas.width - 3) > 3)
		lesson_complain(&w->l, "a caption of more than three rows",
				caption->text);
	if (q && !lesson_shows(&w->l, q->ask->text))
		lesson_complain(&w->l, "a question without its text",
				q->ask->text);
	for (uint32_t i = 0; q && i < note_nr_choices(q->ask); i++)
		if (strlen(note_part(q->ask, NOTE_ASK_CHOICES + i)) >=
			    SHORTEST &&
		    !lesson_shows(&w->l,
				  note_part(q->ask, NOTE_ASK_CHOICES + i)))
			lesson_complain(&w->l, "a choice is not shown",
					note_part(q->ask,
						  NOTE_ASK_CHOICES + i));
}

/* -- the learner ----------------------------------------------------------- */

static void press(struct walk *w, uint32_t key)
{
	app_key(&w->l.app, key, 0);
	lesson_look(&w->l);
}

static void enter(struct walk *w)
{
	w->nr_presses++;
	press(w, '\r');
}

/* A wrong answer that is understood. */
static void type_wrong(struct walk *w, const struct question *q)
{
	static const char *const tries[] = {
		"a",   "b",	     "no",	"yes",	    "77777",
		"DMA", "node 9 DMA", "movable", "unmovable"
	};

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		if (prediction_judge(q->ask, tries[i], q->answer) !=
		    VERDICT_WRONG)
			continue;
		for (const char *c = tries[i]; *c; c++)
			press(w, (unsigned char)*c);
		return;
	}
	lesson_complain(&w->l, "no wrong answer", q->ask->text);
}

/* Beside the verdict: right answers of all given, or nothing if none is. */
static void check_score(struct walk *w)
{
	char score[32];

	snprintf(score, sizeof(score), "─ %u of %u ─",
		 w->manner == RIGHT ? w->nr_met : 0,
		 w->manner == SKIP ? 0 : w->nr_met);
	if (!strstr(w->l.text, score) != (w->manner == SKIP))
		lesson_complain(&w->l, "not the score", score);
}

static void answer(struct walk *w)
{
	const struct question *q = w->l.app.asked;
	const char *text = q->answer->text;

	w->nr_met++;
	places_add(w->places, &w->l, q, w->size);
	if (w->dump)
		canvas_dump(&w->l.canvas, stdout);
	if (w->manner == SKIP) {
		w->nr_presses++;
		press(w, KEYCODE_ESC);
	} else if (w->manner == WRONG) {
		type_wrong(w, q);
		enter(w);
	} else {
		for (; *text; text++)
			press(w, (unsigned char)*text);
		enter(w);
	}
	for (uint64_t now = 0; w->l.app.revealed && now < 60000; now += 50) {
		app_tick(&w->l.app, now);
		lesson_look(&w->l);
	}
	if (w->l.app.view.notes.feedback != q)
		lesson_complain(&w->l, "no feedback", q->ask->text);
	if (!strstr(w->l.text, w->manner == RIGHT ? "─ Correct" :
			       w->manner == WRONG ? "─ Not correct" :
						    "─ Skipped"))
		lesson_complain(&w->l, "no verdict", q->ask->text);
	check_score(w);
	if (!lesson_shows(&w->l, note_part(q->answer, NOTE_ANSWER_REASON)) &&
	    strlen(note_part(q->answer, NOTE_ANSWER_REASON)) >= SHORTEST)
		lesson_complain(&w->l, "no reason", q->ask->text);
	if (w->manner == WRONG &&
	    !*prediction_feedback(q->ask, q->given, q->answer) &&
	    note_form(q->ask) == FORM_choice)
		lesson_complain(&w->l, "no feedback to a wrong choice",
				q->ask->text);
	enter(w);
}

/* -- a lesson -------------------------------------------------------------- */

/* The most steps between two notes, with each fold as one. */
static uint32_t longest_way(const struct walk *w)
{
	uint32_t most = 0, last = 0;

	for (uint32_t i = 0; i <= session_nr_notes(w->l.session); i++) {
		const struct note *note = session_note_at(w->l.session, i);
		const uint32_t count = guide_count(
			&w->l.app.guide,
			note ? note->step : session_nr_steps(w->l.session));

		if (count - last > most)
			most = count - last;
		last = count;
	}
	return most;
}

static void walk(struct walk *w)
{
	struct place before;

	lesson_look(&w->l);
	do {
		before = (struct place){ w->l.app.player.step,
					 w->l.app.player.note };
		check_whole(w);
		if (w->l.app.asked)
			answer(w);
		else
			enter(w);
	} while (!w->l.nr_bad && w->nr_presses < MOST_PRESSES &&
		 (w->l.app.asked || w->l.app.player.step != before.step ||
		  w->l.app.player.note != before.note));
	if (w->nr_met != w->l.app.guide.nr_questions)
		lesson_complain(&w->l, "questions were not met", "");
	if (w->l.app.player.step != session_nr_steps(w->l.session))
		lesson_complain(&w->l, "the end was not reached", "");
}

struct plan {
	uint64_t nr; /* seeds */
	bool print;
	bool dump;
	int size; /* of what is printed */
	uint32_t nr_constant; /* questions with one number as their answer */
};

static void check_length(struct walk *w, uint32_t most)
{
	if (w->nr_presses < LEAST_ENTER || w->nr_presses > MOST_ENTER)
		lesson_complain(&w->l, "presses of Enter", "not 30 to 80");
	else if (most > MOST_STEPS)
		lesson_complain(&w->l, "steps between two notes",
				"more than 60");
}

/* False: something was wrong. */
static bool walk_lesson(const char *path, const char *name, uint64_t seed,
			const struct plan *plan, struct lesson_places *places)
{
	struct walk w = { .l = { .name = name },
			  .dump = plan->dump,
			  .places = places };
	struct scenario *sc;
	uint32_t most;

	w.size = plan->print || plan->dump ? plan->size :
					     (int)(seed % NR_SIZES);
	if (!plan->print && !plan->dump)
		w.manner = (enum manner)(seed / NR_SIZES % NR_MANNERS);
	if (!lesson_screen_open(&w.l, &sc, path, NULL, seed,
				walk_sizes[w.size][0], walk_sizes[w.size][1]))
		return false;
	walk(&w);
	most = longest_way(&w);
	if (plan->print)
		printf("%-28s %3u presses %2u questions %5u steps, at most "
		       "%3u between notes\n",
		       name, w.nr_presses, w.nr_met,
		       session_nr_steps(w.l.session), most);
	else
		check_length(&w, most);
	lesson_screen_close(&w.l, sc);
	return !w.l.nr_bad;
}

static void visit(const char *path, const char *name, void *context)
{
	struct lesson_places places = { 0 };
	struct plan *plan = context;

	for (uint64_t seed = 1; seed <= plan->nr; seed++) {
		CHECK(walk_lesson(path, name, seed, plan, &places));
		if (seed <= FUTURE_SEEDS && !plan->print && !plan->dump)
			CHECK(lesson_future_is_hidden(path, name, seed,
						      (int)(seed % NR_SIZES)));
	}
	CHECK(places_check(&places, name, &plan->nr_constant));
}

int main(int argc, char **argv)
{
	struct plan plan = { .nr = 1 };

	plan.print = argc > 1 && !strcmp(argv[1], "print");
	plan.dump = argc > 2 && !strcmp(argv[1], "questions");
	if (plan.dump)
		plan.size = atoi(argv[2]) % NR_SIZES;
	else if (argc > 1 && !plan.print)
		plan.nr = (uint64_t)atoi(argv[1]);
	CHECK(lesson_for_each(visit, &plan) > 15);
	if (plan.nr > 1)
		printf("%u questions have the same number in every run\n",
		       plan.nr_constant);
	return test_done();
}
