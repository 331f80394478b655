/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys without a terminal: what they change, what may be typed at any
 * moment, what moves while it plays, and what a reload keeps.
 */
#include "app/app_private.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "test.h"
#include "requests.h"

enum { WIDTH = 100, HEIGHT = 30 };

static const char ask_parts[] = "Which order?\0choice\0two\0three";
static const char answer_parts[] = "b\0It is said.\0\0a\0Two is less.";
/* The question of the sessions, and its answer. */
static struct note ask = { .kind = NOTE_ASK,
			   .text = ask_parts,
			   .size = sizeof(ask_parts) };
static struct note reply = { .kind = NOTE_ANSWER,
			     .text = answer_parts,
			     .size = sizeof(answer_parts) };

static struct session *make_session(uint32_t nr_requests)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";
	struct session *s;

	if (!d)
		exit(EXIT_FAILURE);
	d->nr_nodes = 1;
	d->node[0].nr_pages = 16384;
	if (machine_boot(&m, d, message, sizeof(message)) != BOOT_OK)
		exit(EXIT_FAILURE);
	free(d);
	s = session_new(&m, true);
	for (uint32_t i = 0; i < nr_requests; i++) {
		const struct alloc_request r = { .gfp = GFP_HIGHUSER_MOVABLE,
						 .order = i % 4 };

		if (i == 2)
			session_note(s, NOTE_PAUSE, "look here");
		if (i == 3)
			session_add_note(s, &ask);
		make_alloc(s, &r, NULL, NULL);
		if (i == 3)
			session_add_note(s, &reply);
	}
	return s;
}

/* What a host would do: another session each time, or a refusal. */
struct files {
	struct session *session;
	struct session *before;
	uint32_t nr_requests; /* of the next one; 0: it is broken */
	uint32_t nr_answers;
	uint32_t nr_recorded;
	struct progress reached;
	char given[32];
};

static bool reload(void *context, uint64_t seed, struct app_input *input,
		   struct file_error *error)
{
	struct files *files = context;

	(void)seed;
	if (!files->nr_requests) {
		snprintf(error->text, sizeof(error->text),
			 "file.lua:3: it is broken");
		return false;
	}
	files->before = files->session;
	files->session = make_session(files->nr_requests);
	input->session = files->session;
	input->message = "";
	return true;
}

static void forget(void *context)
{
	struct files *files = context;

	session_free(files->before);
	files->before = NULL;
}

static void answered(void *context, const struct note *question,
		     const char *given, const struct note *answer)
{
	struct files *files = context;

	CHECK_EQ(question->kind, NOTE_ASK);
	CHECK_EQ(answer->kind, NOTE_ANSWER);
	snprintf(files->given, sizeof(files->given), "%s", given);
	files->nr_answers++;
}

static bool progress(void *context, const struct progress *reached,
		     struct file_error *error)
{
	struct files *files = context;

	files->nr_recorded++;
	files->reached = *reached;
	snprintf(error->text, sizeof(error->text), "the disk is full");
	return false;
}

struct play {
	struct files files;
	struct app_host host;
	struct app app;
	struct canvas canvas;
	enum app_effect effect; /* of the last key */
};

static struct play *begin(uint32_t nr_requests)
{
	struct play *p = calloc(1, sizeof(*p));
	struct app_input input = {
		.title = "story", .path = "file.lua", .message = "", .seed = 1
	};

	p->files.session = input.session = make_session(nr_requests);
	p->files.nr_requests = nr_requests;
	p->host = (struct app_host){ &p->files, reload, forget, answered,
				     progress };
	CHECK(app_init(&p->app, &input, &p->host));
	CHECK(canvas_init(&p->canvas, WIDTH, HEIGHT, false));
	return p;
}

static void end(struct play *p)
{
	app_fini(&p->app);
	canvas_fini(&p->canvas);
	session_free(p->files.session);
	free(p);
}

static void draw(struct play *p)
{
	canvas_clear(&p->canvas);
	app_update(&p->app, p->canvas.width, p->canvas.height);
	app_draw(&p->app, &p->canvas);
	CHECK_EQ(p->canvas.nr_lost, 0);
}

static void key(struct play *p, uint32_t k)
{
	p->effect = app_key(&p->app, k, 0);
	draw(p);
}

static void type(struct play *p, const char *text)
{
	draw(p);
	for (; *text; text++)
		key(p, (unsigned char)*text);
}

static bool says(const struct play *p, const char *text)
{
	return strstr(p->app.message, text) != NULL;
}

static bool shows(struct play *p, const char *text)
{
	char *dump = NULL;
	size_t size;
	FILE *out = open_memstream(&dump, &size);
	bool found;

	draw(p);
	canvas_dump(&p->canvas, out);
	fclose(out);
	found = strstr(dump, text);
	free(dump);
	return found;
}

static uint32_t first_step(const struct play *p, uint32_t i)
{
	return session_get_request(p->files.session, i)->first_step;
}

static void test_moving(void)
{
	struct play *p = begin(3);
	const uint32_t last = p->app.player.nr_steps;

	type(p, "lll");
	CHECK_EQ(p->app.player.step, 3);
	type(p, "h");
	CHECK_EQ(p->app.player.step, 2);
	type(p, "5l");
	CHECK_EQ(p->app.player.step, 7);
	type(p, "]");
	CHECK_EQ(p->app.player.step, first_step(p, 1));
	type(p, "]");
	CHECK_EQ(p->app.player.step, first_step(p, 2));
	type(p, "]");
	CHECK_EQ(p->app.player.step, last);
	type(p, "[");
	CHECK_EQ(p->app.player.step, first_step(p, 2));
	type(p, "[");
	CHECK_EQ(p->app.player.step, first_step(p, 1));
	type(p, "4G");
	CHECK_EQ(p->app.player.step, 4);
	type(p, "99999G");
	CHECK_EQ(p->app.player.step, last);
	CHECK(says(p, "beyond the end"));
	type(p, "u");
	CHECK_EQ(p->app.player.step, 4);
	type(p, "g");
	CHECK_EQ(p->app.player.step, 0);
	key(p, KEYCODE_LEFT);
	CHECK_EQ(p->app.player.step, 0);
	end(p);
}

/* ? explains; what is typed selects rows; Esc gives all again, then closes. */
static void test_help(void)
{
	struct play *p = begin(1);

	type(p, "?");
	CHECK(shows(p, "Move along the run"));
	CHECK(!shows(p, "Glossary"));
	type(p, "zonelist");
	CHECK(shows(p, "rows with: zonelist"));
	CHECK(shows(p, "Glossary"));
	CHECK(!shows(p, "Move along the run"));
	type(p, "qx");
	CHECK(shows(p, "no row has this text"));
	key(p, KEYCODE_BACKSPACE);
	key(p, KEYCODE_BACKSPACE);
	CHECK(shows(p, "in the order in which"));
	key(p, KEYCODE_ESC);
	CHECK(p->app.help);
	CHECK(shows(p, "Move along the run"));
	key(p, KEYCODE_PAGEDOWN);
	CHECK_EQ(p->app.help_scroll, 10);
	type(p, "watermark");
	CHECK(p->app.help_scroll == 0);
	key(p, KEYCODE_ESC);
	key(p, KEYCODE_ESC);
	CHECK(!p->app.help);
	/* signs of the panels on the screen, and of no others */
	type(p, "?new migratetype");
	CHECK(shows(p, "no row has this text"));
	key(p, KEYCODE_ESC);
	key(p, KEYCODE_ESC);
	type(p, "/expand\r?new migratetype");
	CHECK(!shows(p, "no row has this text"));
	end(p);
}

/* The guide of a first start: any key closes it, and does nothing else. */
static void test_welcome(void)
{
	struct play *p = begin(1);

	p->app.welcome = true;
	CHECK(shows(p, "any key closes this"));
	type(p, "l");
	CHECK(!shows(p, "any key closes this"));
	CHECK_EQ(p->app.player.step, 0);
	end(p);
}

/* q leaves what was opened first; Esc never leaves. */
static void test_leaving(void)
{
	struct play *p = begin(1);

	type(p, "?");
	CHECK(p->app.help);
	type(p, "q");
	CHECK(!p->app.help);
	CHECK_EQ(p->effect, APP_DRAW);
	type(p, "z");
	CHECK(p->app.view.enlarged);
	type(p, "q");
	CHECK(!p->app.view.enlarged);
	key(p, KEYCODE_ESC);
	CHECK_EQ(p->effect, APP_DRAW);
	type(p, ":go\x1b");
	CHECK_EQ(p->app.prompt, PROMPT_NONE);
	type(p, "q");
	CHECK_EQ(p->effect, APP_BACK);
	type(p, "Q");
	CHECK_EQ(p->effect, APP_QUIT);
	key(p, KEYCODE_CLOSED);
	CHECK_EQ(p->effect, APP_QUIT);
	key(p, KEYCODE_RESIZE);
	CHECK_EQ(p->effect, APP_REDRAW);
	end(p);
}

/* Does the screen show @text? */

/* Nothing goes past an open question, and nothing tells its answer. */
static void test_question(void)
{
	struct play *p = begin(5);
	const uint32_t step = first_step(p, 3) - 1;
	const struct question *q = &p->app.guide.questions[0];
	static const char forward[] = "l] nrG";

	app_begin(&p->app, step);
	draw(p);
	CHECK(p->app.asked == q);
	CHECK(shows(p, "Question"));
	for (const char *c = forward; *c; c++) {
		key(p, (uint32_t)*c);
		key(p, KEYCODE_END);
		CHECK_EQ(p->app.player.step, step);
		CHECK(!shows(p, "It is said."));
	}
	CHECK(says(p, "Esc skips the question"));
	type(p, "h"); /* not now: the step that the question hides */
	CHECK(!p->app.asked);
	CHECK_EQ(p->app.player.step, step);
	type(p, "h");
	CHECK_EQ(p->app.player.step, step - 1);
	type(p, "5l"); /* not past it */
	CHECK(p->app.asked == q);
	CHECK_EQ(p->app.player.step, step);
	type(p, ":alloc\r"); /* its steps would be */
	CHECK_EQ(p->app.player.step, step);
	CHECK(says(p, "Esc skips the question"));
	key(p, KEYCODE_ESC); /* closes the line, not the question */
	CHECK_EQ(q->state, QUESTION_OPEN);
	type(p, "b\r"); /* the steps play; any key shows the feedback */
	CHECK_EQ(q->state, QUESTION_RIGHT);
	CHECK(p->app.revealed == q);
	CHECK(app_wait_ms(&p->app, p->app.now_ms) >= 0);
	type(p, "l");
	CHECK(p->app.view.notes.feedback == q);
	CHECK_EQ(p->app.player.step, q->decides);
	CHECK(shows(p, "Correct"));
	CHECK(shows(p, "It is said."));
	CHECK_EQ(p->files.nr_answers, 1);
	CHECK_STR(p->files.given, "b");
	type(p, "lh]["); /* it stays until Enter */
	CHECK(p->app.view.notes.feedback == q);
	CHECK_EQ(p->app.player.step, q->decides);
	CHECK(says(p, "press Enter"));
	type(p, "\r");
	CHECK(!p->app.view.notes.feedback);
	type(p, "hl"); /* once */
	CHECK(!p->app.asked);
	CHECK_EQ(guide_nr_right(&p->app.guide), 1);
	end(p);
}

static void test_wrong(void)
{
	struct play *p = begin(5);
	const struct question *q = &p->app.guide.questions[0];

	key(p, KEYCODE_END);
	CHECK(p->app.asked == q);
	type(p, "a\r");
	for (uint64_t now = 0; p->app.revealed && now < 20000; now += 100)
		app_tick(&p->app, now);
	CHECK(p->app.view.notes.feedback == q);
	CHECK(shows(p, "Not correct"));
	CHECK(shows(p, "Two is less."));
	CHECK(shows(p, "b  three"));
	CHECK_EQ(guide_nr_right(&p->app.guide), 0);
	CHECK_EQ(guide_nr_answered(&p->app.guide), 1);
	end(p);
	p = begin(5);
	key(p, KEYCODE_END);
	key(p, KEYCODE_ESC);
	key(p, KEYCODE_ESC);
	CHECK(shows(p, "Skipped"));
	CHECK_EQ(guide_nr_answered(&p->app.guide), 0);
	end(p);
}

/* Some steps after what the session says. */
static void steps_of(struct play *p, uint32_t nr)
{
	while (nr--)
		MAKE(p->files.session, DRAIN, .drain.cpu = 0);
	CHECK(time_extend(&p->app));
	app_begin(&p->app, 0);
}

/* A caption longer than its rows is shown to its end, then comes a step. */
static void test_long_caption(void)
{
	struct play *p = begin(0);

	session_note(p->files.session, NOTE_SAY,
		     "one\ntwo\nthree\nfour\nfive\nsix");
	steps_of(p, 2);
	type(p, "");
	CHECK(shows(p, "three") && !shows(p, "four"));
	type(p, "l");
	CHECK(shows(p, "five") && !shows(p, "six"));
	type(p, "l");
	CHECK(shows(p, "six") && shows(p, "four"));
	CHECK_EQ(p->app.player.step, 0);
	type(p, "h");
	CHECK(shows(p, "two") && !shows(p, "five"));
	type(p, "lll");
	CHECK_EQ(p->app.player.step, 2);
	CHECK(shows(p, "six"));
	end(p);
}

/* The map takes its keys wherever it stands, not only in focus. */
static void test_map(void)
{
	struct play *p = begin(3);

	type(p, "lllzL");
	CHECK(says(p, "map is not shown"));
	type(p, "zM\t\t");
	CHECK(p->app.layout.panels[p->app.layout.focus].view != VIEW_map);
	type(p, "LL>");
	CHECK(p->app.view.map_has_cursor);
	CHECK_EQ(p->app.view.map_zoom, 1);
	type(p, "<f");
	CHECK_EQ(p->app.view.map_zoom, 0);
	CHECK(!p->app.view.map_has_cursor);
	end(p);
}

/* Click the last cell of the screen that is a link like that. */
static void click(struct play *p, enum link_kind kind, uint32_t value)
{
	const struct canvas *c = &p->canvas;
	int found = -1;

	draw(p);
	for (int i = 0; i < c->width * c->height; i++)
		if (c->cells[i].link.kind == kind &&
		    c->cells[i].link.value == value)
			found = i;
	CHECK(found >= 0);
	p->app.link = canvas_link(c, found % c->width, found / c->width);
	key(p, KEYCODE_CLICK);
}

static void test_clicks(void)
{
	struct play *p = begin(5);
	uint32_t step;

	click(p, LINK_KEY, KEYCODE_RIGHT);
	CHECK_EQ(p->app.player.step, 1);
	click(p, LINK_STEP, 0);
	CHECK_EQ(p->app.player.step, 0);
	type(p, "5l");
	click(p, LINK_STAGE, PATH_BUDDY);
	step = p->app.player.step;
	CHECK(step > 5);
	CHECK_EQ(p->app.view_model->path_current, PATH_BUDDY);
	click(p, LINK_STAGE, PATH_REQUEST);
	CHECK_EQ(p->app.player.step, 1);
	click(p, LINK_TITLE, 1); /* the focus, then alone, then all */
	CHECK_EQ(p->app.layout.focus, 1);
	click(p, LINK_TITLE, 1);
	CHECK(p->app.view.enlarged);
	click(p, LINK_TITLE, 0);
	CHECK(!p->app.view.enlarged);
	click(p, LINK_PANEL, 0);
	CHECK_EQ(p->app.layout.focus, 0);
	type(p, "M");
	step = view_map_at(&p->app.view, p->app.view_model) + 1;
	click(p, LINK_CELL, step);
	CHECK(p->app.view.map_has_cursor);
	CHECK_EQ(p->app.view.map_cursor, step);
	/* the keys of a line being typed, and of a question */
	type(p, ":goto 3");
	click(p, LINK_KEY, '\r');
	CHECK_EQ(p->app.player.step, 3);
	type(p, "]]c");
	CHECK(p->app.asked);
	click(p, LINK_KEY, 'b');
	CHECK_EQ(p->app.view.notes.choice, 1);
	click(p, LINK_KEY, KEYCODE_ESC);
	CHECK_EQ(p->app.guide.questions[0].state, QUESTION_SKIPPED);
	type(p, "l\r");
	/* where nothing is, a click does nothing */
	step = p->app.player.step;
	p->app.link = canvas_link(&p->canvas, -1, 0);
	key(p, KEYCODE_CLICK);
	CHECK_EQ(p->app.player.step, step);
	end(p);
}

static uint32_t count_current(const struct play *p, int rows)
{
	uint32_t nr = 0;

	for (int i = 0; i < rows * p->canvas.width; i++)
		nr += p->canvas.cells[i].look == LOOK_CURRENT;
	return nr;
}

static void test_search(void)
{
	struct play *p = begin(5);
	uint32_t first;

	type(p, "/added to the\r");
	CHECK(says(p, "1 of "));
	first = p->app.player.step;
	CHECK(first > 1);
	CHECK(count_current(p, 4) >= strlen("added to the"));
	type(p, "n");
	CHECK(says(p, "2 of "));
	CHECK(p->app.player.step > first);
	type(p, "N");
	CHECK_EQ(p->app.player.step, first);
	type(p, "N");
	CHECK(says(p, "no match before this step"));
	key(p, KEYCODE_ESC);
	CHECK(!p->app.matches.bits);
	draw(p);
	CHECK_EQ(count_current(p, 4), 0);
	type(p, "n");
	CHECK(says(p, "nothing to search for"));
	type(p, "g/order>=9 and expand\r");
	CHECK(says(p, "1 of "));
	type(p, "/nonesuch\r");
	CHECK(says(p, "no match: nonesuch"));
	type(p, "/zone_skp\r");
	CHECK(says(p, "did you mean zone_skip?"));
	/* nothing after an open question is counted */
	type(p, "g/Allocated\r");
	CHECK(says(p, "1 of 3 "));
	p->app.guide.no_questions = true;
	type(p, "n");
	CHECK(says(p, "2 of 5 "));
	/* more steps: they are searched too */
	type(p, ":alloc order=1\rn");
	CHECK(says(p, "6 of 6 "));
	end(p);
}

/* The steps that changed a page, a list or a counter, whichever is in focus. */
static void test_watch(void)
{
	struct play *p = begin(5);
	uint32_t step;

	p->app.guide.no_questions = true;
	key(p, KEYCODE_END);
	watch_page(&p->app, session_get_request(p->files.session, 4)->pfn);
	CHECK(says(p, "last changed by step ") || says(p, "by this step"));
	CHECK(says(p, "request 5 (alloc order 0") || says(p, "by this step"));
	type(p, "N");
	CHECK(says(p, "change "));
	step = p->app.player.step;
	CHECK(watchpoint_changed(&p->app.matches.watchpoint, p->files.session,
				 step));
	draw(p);
	type(p, "N");
	CHECK(p->app.player.step < step);
	type(p, "n");
	CHECK_EQ(p->app.player.step, step);
	/* each panel has something to watch */
	key(p, KEYCODE_HOME);
	for (unsigned int i = 0; i < p->app.layout.nr_panels; i++) {
		type(p, "w");
		CHECK(says(p, "not changed up to here"));
		CHECK(p->app.matches.watchpoint.kind != WATCHPOINT_NONE);
		key(p, '\t');
	}
	click(p, LINK_LIST, 10 * MIGRATE_TYPES + MIGRATE_MOVABLE);
	CHECK(says(p, "movable list of order 10"));
	type(p, "n");
	CHECK(says(p, "change 1 of "));
	/* another machine may be read: nothing of the old one is watched */
	key(p, KEYCODE_FILE);
	CHECK(!p->app.matches.bits);
	end(p);
}

/* s: the scenario, its lines up to an open question; the engine; neither. */
static void test_source(void)
{
	struct play *p = begin(5);

	p->app.view.scenario = "local m = machine {}\n-- b is right\n";
	type(p, "llls");
	CHECK_STR(source_state(&p->app), "scenario");
	CHECK(!shows(p, "local m"));
	CHECK(shows(p, "what follows the open question is hidden"));
	p->app.guide.no_questions = true;
	draw(p);
	CHECK(shows(p, "     1  local m = machine {}"));
	CHECK(shows(p, "     2  -- b is right"));
	type(p, "s");
	CHECK_STR(source_state(&p->app), "engine");
	CHECK(shows(p, "kernel: "));
	type(p, "s");
	CHECK_STR(source_state(&p->app), "off");
	type(p, "s");
	CHECK_STR(source_state(&p->app), "scenario");
	type(p, ":set source off\r");
	CHECK_STR(source_state(&p->app), "off");
	type(p, ":set source engine\r");
	CHECK_STR(source_state(&p->app), "engine");
	type(p, ":set source on\r");
	CHECK(says(p, "scenario, engine or off"));
	key(p, KEYCODE_ESC);
	/* without a scenario there are two states */
	p->app.view.scenario = NULL;
	type(p, "s");
	CHECK_STR(source_state(&p->app), "off");
	type(p, "s");
	CHECK_STR(source_state(&p->app), "engine");
	end(p);
}

/* Drawing is drawing: it leaves the state and the session alone. */
static void test_drawing(void)
{
	static const char *const keys[] = { "",	 "?", ":alloc ordr=1\r",
					    "M", "l", "\033" };
	struct play *p = begin(5);
	const size_t size = (size_t)WIDTH * HEIGHT * sizeof(struct cell);
	struct cell *cells = malloc(size);
	struct app before;

	p->app.guide.no_questions = true;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		uint32_t step;

		type(p, keys[i]);
		if (i + 1 == sizeof(keys) / sizeof(*keys))
			key(p, KEYCODE_END);
		memcpy(cells, p->canvas.cells, size);
		before = p->app;
		step = session_step(p->app.input.session);
		canvas_clear(&p->canvas);
		app_draw(&p->app, &p->canvas);
		CHECK(!memcmp(cells, p->canvas.cells, size));
		CHECK(!memcmp(&before, &p->app, sizeof(before)));
		CHECK_EQ(session_step(p->app.input.session), step);
	}
	CHECK_EQ(p->files.nr_recorded, 1); /* begun */
	free(cells);
	end(p);
}

/* Playing: frames of the animation, then the step; it stops at breakpoints. */
static void test_playing(void)
{
	struct play *p = begin(5);
	bool moved = false;
	uint64_t now = 0;

	draw(p);
	CHECK_EQ(app_wait_ms(&p->app, now), -1);
	app_key(&p->app, ' ', now);
	while (p->app.player.playing && now < 200000) {
		int wait = app_wait_ms(&p->app, now);

		CHECK(wait >= 0 && wait <= 4000);
		now += (uint64_t)(wait ? wait : 1);
		if (app_tick(&p->app, now) != APP_NOTHING)
			draw(p);
		moved = moved || p->app.view.phase != PHASE_FINAL;
	}
	CHECK(moved);
	/* the scenario's pause */
	CHECK(says(p, "look here"));
	CHECK_EQ(p->app.player.step, first_step(p, 2) - 1);
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	CHECK_EQ(app_wait_ms(&p->app, now), -1);
	type(p, "c");
	CHECK(p->app.asked);
	key(p, KEYCODE_ESC);
	type(p, "l\r"); /* the steps to its end, and its answer */
	type(p, "C"); /* back to the question, then to the pause */
	CHECK_EQ(p->app.player.step, first_step(p, 3) - 1);
	type(p, "C");
	CHECK_EQ(p->app.player.step, first_step(p, 2) - 1);
	CHECK(says(p, "look here"));
	type(p, "C");
	CHECK_EQ(p->app.player.step, first_step(p, 2) - 1);
	CHECK(says(p, "no earlier question"));
	type(p, "bexpand\rc");
	CHECK(says(p, "breakpoint: expand") ||
	      says(p, "no further question or breakpoint"));
	/* with reduced motion every picture is a step's own */
	type(p, ":set motion off\r");
	app_key(&p->app, 'g', now);
	app_key(&p->app, ' ', now);
	for (int i = 0; i < 20; i++) {
		now += 500;
		app_tick(&p->app, now);
		CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	}
	end(p);
}

/* A step forward by hand moves, then its text follows; a key completes it. */
static void test_manual_motion(void)
{
	struct play *p = begin(1);

	type(p, "lll");
	CHECK_EQ(p->app.view.phase, 1);
	CHECK(view_model_moves(p->app.view_model));
	CHECK(app_wait_ms(&p->app, 0) > 0);
	CHECK_EQ(app_tick(&p->app, 299), APP_DRAW);
	CHECK(p->app.view.phase > 1);
	CHECK_EQ(app_tick(&p->app, 300), APP_DRAW);
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	CHECK_EQ(app_wait_ms(&p->app, 300), -1);
	type(p, "lM");
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	type(p, "h"); /* not back, and not a jump */
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	type(p, "3l");
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	type(p, "\r");
	CHECK_EQ(p->app.view.phase, 1);
	p->app.view.reduced_motion = true;
	type(p, "l");
	CHECK_EQ(p->app.view.phase, PHASE_FINAL);
	CHECK(!view_model_moves(p->app.view_model));
	end(p);
}

/* Without lesson{} and questions there is no card: the last step is the end. */
static void test_progress(void)
{
	struct play *p = begin(2);

	draw(p);
	CHECK_EQ(p->files.nr_recorded, 0);
	key(p, KEYCODE_RIGHT);
	CHECK_EQ(p->files.nr_recorded, 1);
	CHECK_EQ(p->files.reached.state, PROGRESS_BEGUN);
	CHECK(says(p, "the disk is full"));
	key(p, KEYCODE_END);
	CHECK_EQ(p->files.nr_recorded, 2);
	CHECK_EQ(p->files.reached.state, PROGRESS_DONE);
	CHECK_EQ(p->files.reached.nr_asked, 0);
	type(p, "gG\r");
	CHECK_EQ(p->files.nr_recorded, 2);
	CHECK(!p->app.is_ended);
	end(p);
}

static void test_end_card(void)
{
	struct play *p = begin(5);

	type(p, "\x1b"); /* nothing is asked yet */
	key(p, KEYCODE_END);
	CHECK(p->app.asked);
	type(p, "\r"); /* the question comes first */
	CHECK(!p->app.is_ended);
	key(p, KEYCODE_ESC);
	type(p, "\r\r");
	key(p, KEYCODE_END);
	CHECK(!p->app.is_ended);
	CHECK_EQ(p->files.reached.state, PROGRESS_BEGUN);
	type(p, "\r");
	CHECK(p->app.is_ended);
	CHECK_EQ(p->effect, APP_DRAW);
	CHECK_EQ(p->files.reached.state, PROGRESS_DONE);
	CHECK_EQ(p->files.reached.nr_right, 0);
	CHECK_EQ(p->files.reached.nr_asked, 1);
	CHECK_EQ(p->files.nr_recorded, 2);
	/* this lesson has neither, and none follows it */
	type(p, "x");
	CHECK(says(p, "no exercise"));
	type(p, "v");
	CHECK(says(p, "no variant"));
	type(p, "\r");
	CHECK(says(p, "the last lesson"));
	CHECK_EQ(p->effect, APP_DRAW);
	p->app.input.next = "2 The second";
	p->app.early = true; /* the card was not seen yet */
	type(p, "\r");
	CHECK_EQ(p->effect, APP_DRAW);
	p->app.early = false;
	type(p, "\r");
	CHECK_EQ(p->effect, APP_NEXT);
	type(p, "\x0c");
	CHECK_EQ(p->effect, APP_REDRAW);
	CHECK(p->app.is_ended);
	/* other keys close it, and do what they do elsewhere */
	key(p, KEYCODE_LEFT);
	CHECK(!p->app.is_ended);
	CHECK_EQ(p->app.player.step, p->app.player.nr_steps - 1);
	key(p, KEYCODE_END);
	type(p, "\r");
	CHECK_EQ(p->files.nr_recorded, 3);
	type(p, "q");
	CHECK_EQ(p->effect, APP_BACK);
	end(p);
}

/* The keys of an exercise, and scrolling on a small screen. */
static void test_exercise(void)
{
	struct play *p = begin(1);
	struct note variant = { .kind = NOTE_VARIANT,
				.text = "order=9\0larger",
				.size = 15 };

	session_note(p->files.session, NOTE_EXERCISE, "Do this.");
	session_add_note(p->files.session, &variant);
	p->app.input.lesson = "Lesson";
	CHECK(canvas_resize(&p->canvas, 60, 8));
	key(p, KEYCODE_END);
	type(p, "\r");
	CHECK(p->app.is_ended);
	type(p, "k");
	CHECK_EQ(p->app.end.scroll, 0);
	for (int i = 0; i < 20; i++)
		type(p, "j");
	CHECK_EQ(p->app.end.scroll, end_card_room(&p->app.end, 60, 8));
	CHECK(p->app.is_ended);
	type(p, "v");
	CHECK_EQ(p->effect, APP_VARIANT);
	type(p, "x");
	CHECK_EQ(p->effect, APP_EXERCISE);
	p->app.input.path = "folder/file-exercise-2.lua";
	type(p, "x");
	CHECK_EQ(p->effect, APP_EDIT);
	p->app.input.path = "folder-exercise/file.lua";
	type(p, "x");
	CHECK_EQ(p->effect, APP_EXERCISE);
	p->app.input.path = NULL;
	type(p, "x");
	CHECK_EQ(p->effect, APP_DRAW);
	end(p);
}

static void test_reload(void)
{
	struct play *p = begin(5);
	uint32_t step;

	p->app.guide.no_questions = true;
	type(p, "]]]");
	step = p->app.player.step;
	CHECK_EQ(step, first_step(p, 2));
	type(p, ":alloc order=3\r");
	CHECK_EQ(session_nr_requests(p->files.session), 6);
	CHECK_EQ(p->app.player.step, first_step(p, 5));
	type(p, "u");
	/* an error keeps everything */
	p->files.nr_requests = 0;
	key(p, KEYCODE_FILE);
	CHECK_STR(p->app.error, "file.lua:3: it is broken");
	CHECK_EQ(p->app.player.step, step);
	/* typed requests are repeated after the reloaded session */
	p->files.nr_requests = 7;
	key(p, KEYCODE_FILE);
	CHECK(says(p, "1 of 1 typed"));
	CHECK_STR(p->app.error, "");
	CHECK_EQ(session_nr_requests(p->files.session), 8);
	CHECK_EQ(session_get_request(p->files.session, 7)->alloc.order, 3);
	CHECK_EQ(p->app.player.step, step);
	CHECK_EQ(p->app.player.nr_steps, session_nr_steps(p->files.session));
	/* a shorter one: its end */
	type(p, "G");
	p->files.nr_requests = 1;
	key(p, KEYCODE_FILE);
	CHECK(p->app.player.step <= p->app.player.nr_steps);
	end(p);
}

static void test_commands(void)
{
	static const char *const wrong[] = {
		"alloc order=11",
		"alloc gfp=GFP_KERNAL",
		"alloc node=1",
		"alloc cpu=1",
		"alloc nodemask=0,x",
		"alloc nodemask=",
		"alloc flags=NOPE",
		"alloc 3",
		"free",
		"free 1",
		"free x",
		"free 99999999",
		"free 4096 cpu=9",
		"drain cpu=4",
		"goto",
		"goto request",
		"goto request 99",
		"set speed 99",
		"set mouse maybe",
		"seed x",
		"find",
		"find order >",
		"snapshot",
		"save-scenario nothere/f.lua",
		"alloc gfp=GFP_DMA|__GFP_HIGHMEM",
	};
	struct play *p = begin(2);
	const uint32_t nr = session_nr_requests(p->files.session);

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		type(p, ":");
		type(p, wrong[i]);
		type(p, "\r");
		if (p->app.prompt != PROMPT_COMMAND || !p->app.message[0])
			fprintf(stderr, "taken: %s\n", wrong[i]);
		CHECK_EQ(p->app.prompt, PROMPT_COMMAND);
		CHECK_STR(p->app.line.text, wrong[i]);
		CHECK(p->app.message[0]);
		key(p, KEYCODE_ESC);
	}
	CHECK_EQ(session_nr_requests(p->files.session), nr);
	type(p, ":alloc order=2 nodemask=0 flags=WMARK_MIN owner=me\r");
	CHECK_EQ(p->app.prompt, PROMPT_NONE);
	CHECK_EQ(session_get_request(p->files.session, nr)->kind,
		 REQUEST_GET_PAGE);
	CHECK_STR(session_get_request(p->files.session, nr)->name, "me");
	end(p);
}

/* Whatever is typed, in any order: no picture is broken, no step is lost. */
static void test_storm(void)
{
	struct play *p = begin(6);
	uint32_t random = 99;

	for (int i = 0; i < 6000; i++) {
		uint32_t k;

		random = random * 1664525 + 1013904223;
		k = random >> 16;
		k = k % 5 ? k % 96 + 32 :
		    k % 3 ? KEYCODE_RIGHT + k % (KEYCODE_FILE - KEYCODE_RIGHT) :
			    k % 28;
		p->app.link = canvas_link(&p->canvas, (int)(random % WIDTH),
					  (int)(random / 7 % HEIGHT));
		/* not in the tests' folder */
		if (p->app.prompt == PROMPT_COMMAND && k == '\r')
			k = KEYCODE_ESC;
		key(p, k);
		CHECK(p->app.player.step <= p->app.player.nr_steps);
		CHECK_EQ(session_step(p->app.input.session),
			 p->app.player.step);
	}
	end(p);
}

/* q leaves a question whose answer cannot begin with it. */
static void test_typed(void)
{
	static const char number[] = "How many?\0number", text[] = "Why?\0text";
	static const char two[] = "2\0It is said.\0";
	const struct note choice = ask, letter = reply;
	struct play *p;

	ask.text = number;
	ask.size = sizeof(number);
	reply.text = two;
	reply.size = sizeof(two);
	p = begin(5);
	type(p, "cc"); /* a pause, and the question */
	CHECK(p->app.asked);
	type(p, "2q");
	CHECK_EQ(p->effect, APP_DRAW);
	CHECK_STR(p->app.answer.text, "2q");
	key(p, KEYCODE_BACKSPACE);
	key(p, KEYCODE_BACKSPACE);
	type(p, "q");
	CHECK_EQ(p->effect, APP_BACK);
	end(p);
	ask.text = text;
	ask.size = sizeof(text);
	p = begin(5);
	type(p, "ccq");
	CHECK_EQ(p->effect, APP_DRAW);
	CHECK_STR(p->app.answer.text, "q");
	end(p);
	ask = choice;
	reply = letter;
}

/* More names than a message holds: those that are shown are whole. */
static void test_many_names(void)
{
	struct play *p = begin(2);
	const char *last;

	type(p, "/\t");
	CHECK(says(p, "and  or  not  "));
	last = strrchr(p->app.message, ' ');
	CHECK_STR(last, " …");
	while (last > p->app.message && *last == ' ')
		last--;
	for (int i = 0, known = 0; i < NR_EVENTS && !known; i++) {
		const char *name = event_types[i].name;
		const size_t length = strlen(name);

		known = last - p->app.message > (int)length &&
			!memcmp(last + 1 - length, name, length) &&
			last[-(int)length] == ' ';
		CHECK(known || i + 1 < NR_EVENTS);
	}
	end(p);
}

int main(void)
{
	test_moving();
	test_leaving();
	test_help();
	test_welcome();
	test_question();
	test_wrong();
	test_typed();
	test_long_caption();
	test_map();
	test_clicks();
	test_search();
	test_source();
	test_watch();
	test_drawing();
	test_playing();
	test_manual_motion();
	test_progress();
	test_end_card();
	test_exercise();
	test_reload();
	test_commands();
	test_many_names();
	test_storm();
	return test_done();
}
