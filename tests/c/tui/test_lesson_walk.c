/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every lesson from its first place to its last with Enter and answers alone,
 * as a learner takes it: each question is met once, nothing of an answer is
 * on the screen before it was given, and the way is neither long nor empty.
 *
 *   test_lesson_walk [SEEDS]     check; one seed in three answers right,
 *                                one wrong, one skips
 *   test_lesson_walk print       the presses and steps of each lesson
 */
#include <dirent.h>

#include "app/app.h"
#include "sandbox/run.h"
#include "test.h"

enum { WIDTH = 80, HEIGHT = 24, MOST_PRESSES = 1000, SHORTEST = 12 };
enum { LEAST_ENTER = 30, MOST_ENTER = 80, MOST_STEPS = 60 };

enum manner { RIGHT, WRONG, SKIP, NR_MANNERS };

struct walk {
	const char *name;
	struct session *session;
	struct app app;
	struct canvas canvas;
	enum manner manner;
	char *screen; /* the last one, as text without line breaks */
	size_t size;
	uint32_t nr_presses;
	uint32_t nr_met; /* questions */
	uint32_t nr_bad;
};

static void complain(struct walk *w, const char *what, const char *text)
{
	if (!w->nr_bad++)
		fprintf(stderr, "%s, step %u: %s: %s\n", w->name,
			w->app.player.step, what, text);
}

/* -- the screen ------------------------------------------------------------ */

/* The cells as text, without borders and with single blanks. */
static void read_screen(struct walk *w)
{
	char *dump = NULL, *to;
	FILE *out;

	canvas_clear(&w->canvas);
	app_update(&w->app, WIDTH, HEIGHT);
	app_draw(&w->app, &w->canvas);
	free(w->screen);
	w->screen = NULL;
	out = open_memstream(&w->screen, &w->size);
	canvas_dump(&w->canvas, out);
	fclose(out);
	dump = to = w->screen;
	for (; *dump; dump++) {
		if (!strncmp(dump, "│", 3)) {
			dump += 2;
			continue;
		}
		*to = *dump == '\n' ? ' ' : *dump;
		to += *to != ' ' || to == w->screen || to[-1] != ' ';
	}
	*to = '\0';
}

/* A sentence that says something, of which a good part is on the screen. */
static bool shows(const struct walk *w, const char *text)
{
	char part[64];

	if (strlen(text) < SHORTEST)
		return false;
	snprintf(part, sizeof(part), "%.40s", text);
	return strstr(w->screen, part);
}

/* Was it said before note @i? */
static bool was_said(const struct walk *w, uint32_t i, const char *text)
{
	while (i-- > 0)
		if (strstr(session_note_at(w->session, i)->text, text))
			return true;
	return false;
}

/* Nothing from the open question's answer on is on the screen. */
static void check_hidden(struct walk *w)
{
	const struct question *q = guide_open_question(&w->app.guide);
	const struct note *note;
	const char *part;

	if (!q)
		return;
	if (w->app.player.step > q->step)
		complain(w, "passed a question", q->ask->text);
	for (uint32_t i = q->note + 1; (note = session_note_at(w->session, i));
	     i++) {
		if (note->kind == NOTE_ANSWER) {
			for (uint32_t k = 1; (part = note_part(note, k)); k++)
				if (shows(w, part))
					complain(w, "shown early", part);
		} else if (shows(w, note->text) &&
			   !was_said(w, q->note, note->text)) {
			complain(w, "shown early", note->text);
		}
	}
}

/* A caption is whole, and so is a question. */
static void check_whole(struct walk *w)
{
	const struct question *q = w->app.view_model->question;
	const struct note *caption = w->app.view_model->caption;

	if (caption && wrapped_rows(caption->text, WIDTH - 3) > 3)
		complain(w, "a caption of more than three rows", caption->text);
	if (q && !shows(w, q->ask->text))
		complain(w, "a question without its text", q->ask->text);
	for (uint32_t i = 0; q && i < note_nr_choices(q->ask); i++)
		if (strlen(note_part(q->ask, NOTE_ASK_CHOICES + i)) >=
			    SHORTEST &&
		    !shows(w, note_part(q->ask, NOTE_ASK_CHOICES + i)))
			complain(w, "a choice is not shown",
				 note_part(q->ask, NOTE_ASK_CHOICES + i));
}

/* -- the learner ----------------------------------------------------------- */

static void press(struct walk *w, uint32_t key)
{
	app_key(&w->app, key, 0);
	read_screen(w);
	check_hidden(w);
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
	complain(w, "no wrong answer", q->ask->text);
}

static void answer(struct walk *w)
{
	const struct question *q = w->app.asked;
	const char *text = q->answer->text;

	w->nr_met++;
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
	for (uint64_t now = 0; w->app.revealed && now < 60000; now += 50) {
		app_tick(&w->app, now);
		read_screen(w);
		check_hidden(w);
	}
	if (w->app.view.notes.feedback != q)
		complain(w, "no feedback", q->ask->text);
	if (!strstr(w->screen, w->manner == RIGHT ? "─ Correct" :
			       w->manner == WRONG ? "─ Not correct" :
						    "─ Skipped"))
		complain(w, "no verdict", q->ask->text);
	if (!shows(w, note_part(q->answer, NOTE_ANSWER_REASON)) &&
	    strlen(note_part(q->answer, NOTE_ANSWER_REASON)) >= SHORTEST)
		complain(w, "no reason", q->ask->text);
	if (w->manner == WRONG &&
	    !*prediction_feedback(q->ask, q->given, q->answer) &&
	    note_form(q->ask) == FORM_choice)
		complain(w, "no feedback to a wrong choice", q->ask->text);
	enter(w);
}

/* -- a lesson -------------------------------------------------------------- */

/* The most steps between two notes, with each fold as one. */
static uint32_t longest_way(const struct walk *w)
{
	uint32_t most = 0, last = 0;

	for (uint32_t i = 0; i <= session_nr_notes(w->session); i++) {
		const struct note *note = session_note_at(w->session, i);
		const uint32_t count = guide_count(
			&w->app.guide,
			note ? note->step : session_nr_steps(w->session));

		if (count - last > most)
			most = count - last;
		last = count;
	}
	return most;
}

static void walk(struct walk *w)
{
	struct place before;

	read_screen(w);
	do {
		before = (struct place){ w->app.player.step,
					 w->app.player.note };
		check_hidden(w);
		check_whole(w);
		if (w->app.asked)
			answer(w);
		else
			enter(w);
	} while (!w->nr_bad && w->nr_presses < MOST_PRESSES &&
		 (w->app.asked || w->app.player.step != before.step ||
		  w->app.player.note != before.note));
	if (w->nr_met != w->app.guide.nr_questions)
		complain(w, "questions were not met", "");
	if (w->app.player.step != session_nr_steps(w->session))
		complain(w, "the end was not reached", "");
}

static struct session *session_of(struct scenario *sc)
{
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		if (session_nr_steps(scenario_session(sc, i)))
			return scenario_session(sc, i);
	return NULL;
}

/* False: something was wrong. */
static bool walk_lesson(const char *path, const char *name, uint64_t seed,
			bool print)
{
	const struct scenario_options options = { .record = true,
						  .seed = seed,
						  .isolation = ISOLATION_NONE };
	struct scenario *sc = scenario_run(path, &options);
	struct walk w = { .name = name,
			  .manner = print ? RIGHT :
					    (enum manner)(seed % NR_MANNERS) };
	struct app_input input = { .title = "lesson", .message = "" };
	uint32_t most;

	CHECK(sc && scenario_outcome(sc) == SCENARIO_OK);
	w.session = input.session = session_of(sc);
	CHECK(app_init(&w.app, &input, NULL));
	CHECK(canvas_init(&w.canvas, WIDTH, HEIGHT, false));
	walk(&w);
	most = longest_way(&w);
	if (print)
		printf("%-28s %3u presses %2u questions %5u steps, at most "
		       "%3u between notes\n",
		       name, w.nr_presses, w.nr_met,
		       session_nr_steps(w.session), most);
	else if (w.nr_presses < LEAST_ENTER || w.nr_presses > MOST_ENTER)
		complain(&w, "presses of Enter", "not 30 to 80");
	else if (most > MOST_STEPS)
		complain(&w, "steps between two notes", "more than 60");
	free(w.screen);
	canvas_fini(&w.canvas);
	app_fini(&w.app);
	scenario_free(sc);
	return !w.nr_bad;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_lesson(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".lua");
}

int main(int argc, char **argv)
{
	const bool print = argc > 1 && !strcmp(argv[1], "print");
	const uint64_t nr_seeds = print || argc < 2 ? 1 :
						      (uint64_t)atoi(argv[1]);
	const char *source = getenv("ZONEWALK_SOURCE");
	struct dirent **entries;
	char folder[512], path[1024];
	int nr;

	snprintf(folder, sizeof(folder), "%s/scenarios", source ? source : ".");
	nr = scandir(folder, &entries, is_lesson, by_name);
	CHECK(nr > 15);
	for (int i = 0; i < nr; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			 entries[i]->d_name);
		for (uint64_t seed = 1; seed <= nr_seeds; seed++)
			CHECK(walk_lesson(path, entries[i]->d_name, seed,
					  print));
		free(entries[i]);
	}
	free(entries);
	return test_done();
}
