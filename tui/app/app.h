/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app: keys in, pictures out. A key becomes an action, the action changes
 * the state (app_key(), app_tick()); the layout follows (app_update()), and
 * is drawn (app_draw()). app_run.h ties them to a terminal, plain.h to lines.
 *
 * Its parts: app_action.c (what keys do), app_time.c (moving), app_search.c,
 * app_prompt.c
 * (lines being typed), app_command.c, app_request.c (what `:` does),
 * app_question.c (questions), app_flips.c (what would let a request be served),
 * app_reload.c (the file again), app_message.c (the last rows).
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "app/command_line.h"
#include "explain/flip.h"
#include "model/bookmarks.h"
#include "terminal/keymap.h"
#include "terminal/term.h"
#include "screen/layout.h"
#include "screen/end_card.h"
#include "model/player.h"
#include "model/guide.h"
#include "model/progress.h"
#include "search/matches.h"

enum app_effect {
	APP_DRAW, /* the picture has changed */
	APP_NOTHING,
	APP_REDRAW, /* and the terminal may not show what it should */
	APP_EDIT, /* open the editor, at app_source_line() */
	/* what ends it: */
	APP_BACK, /* the user leaves */
	APP_QUIT, /* without returning to the menu */
	APP_NEXT, /* the user goes on to the next lesson, */
	APP_EXERCISE, /* to a copy of this one to edit, */
	APP_VARIANT, /* to this one with another parameter or seed */
	APP_MEMORY, /* there is not enough */
};

/* What is played. The caller owns it, see struct app_host. */
struct app_input {
	struct session *session;
	const char *title;
	const char *text; /* of its scenario, or NULL */
	const char *path; /* of its file; NULL: none to edit or reload */
	const char *message; /* shown at the beginning, or "" */
	const char *lesson; /* the title of lesson{}, or NULL */
	const char *next; /* of the lesson after it, or NULL */
	const char *variant; /* "NAME=VALUE" that this run differs by, or NULL */
	uint64_t seed; /* 0: it has none */
	const char *const *params; /* of --set, NULL at the end; or NULL */
	const char *assignment; /* it was graded by this, or NULL */
};

/* What the screen leaves to its caller. Any may be NULL. */
struct app_host {
	void *context;
	/*
	 * Open the file again (@seed 0: the same). False: @error says what is
	 * wrong, and the old session stays.
	 */
	bool (*reload)(void *context, uint64_t seed, struct app_input *input,
		       struct file_error *error);
	/* After a reload: the old session is no longer used. */
	void (*forget)(void *context);
	/* A question was answered: prediction.h. */
	void (*answered)(void *context, const struct note *question,
			 const char *given, const struct note *answer);
	/* A lesson is begun or done. False: @error says what went wrong. */
	bool (*progress)(void *context, const struct progress *reached,
			 struct file_error *error);
};

enum prompt_kind {
	PROMPT_NONE,
	PROMPT_COMMAND,
	PROMPT_SEARCH,
	PROMPT_BREAK,
	NR_PROMPTS
};

enum { MAX_MESSAGE = 512 };

struct app {
	struct app_input input;
	const struct app_host *host;
	enum app_effect effect; /* of the action or command being done */
	uint64_t now_ms; /* of the last key */
	struct landmarks landmarks;
	uint32_t nr_input_requests; /* those after them were typed here */

	struct player player;
	struct bookmarks bookmarks;
	struct matches matches; /* of a search, or changes of what is watched */
	int search_wait; /* a jump waits for more of them, see app_search.c */
	bool is_counting; /* the message counts them, and more may follow */
	struct breakpoints breakpoints;
	enum progress_state recorded; /* by the host */

	struct view_state view;
	struct layout layout; /* of the last app_update() */
	struct view_model *view_model; /* the same */
	bool help;
	bool welcome; /* the guide for a first start is shown */
	int help_scroll;
	int help_room;
	struct flip *flips; /* shown over the picture; NULL: not */
	size_t nr_flips;
	int flips_scroll;
	bool is_ended; /* the end card is shown */
	struct end_card end;
	uint32_t edit_line; /* app_run() begins with the editor there; or 0 */
	bool ascii;
	bool mouse;
	enum theme theme;
	struct link link; /* what a click means, before app_key() */

	enum prompt_kind prompt;
	struct line line;
	struct line_history histories[NR_PROMPTS];
	enum action letter_for; /* the next key is the letter of a bookmark */

	struct guide guide;
	const struct question *asked; /* whose answer is being given */
	struct line answer; /* where it is typed */
	const struct note *caption; /* at the last place, or NULL */
	struct question *revealed; /* steps play to where it is decided */
	uint64_t reveal_ms; /* when the next of them is due */

	char message[MAX_MESSAGE]; /* until the next key; "": none */
	char error[MAX_MESSAGE]; /* of a reload, until a good one; "": none */
	/* Called while a file is run. False: cancel. NULL: nothing to do. */
	bool (*waiting)(void *context);
	void *waiting_context;
	bool running; /* waiting() was called: the screen says so */
	bool early; /* the key was typed before the last picture */
	char show[32]; /* the panel of `:show`, or "" */
};

/* False when there is no memory. Paused at step 0. @host may be NULL. */
bool app_init(struct app *app, const struct app_input *input,
	      const struct app_host *host);
void app_fini(struct app *app);

/* To @step, if it is not 0; questions before it are skipped. */
void app_begin(struct app *app, uint32_t step);
/* A key of keymap.h was typed. */
enum app_effect app_key(struct app *app, uint32_t key, uint64_t now_ms);
/* Time has passed. */
enum app_effect app_tick(struct app *app, uint64_t now_ms);
/* How long until a tick changes something; -1: never. */
int app_wait_ms(const struct app *app, uint64_t now_ms);
/*
 * After a key or a tick: the session goes to the step, and the view model
 * and the layout of a screen of that size are made.
 */
void app_update(struct app *app, int width, int height);
/* Draw that on an empty canvas of the size. Changes nothing else. */
void app_draw(const struct app *app, struct canvas *c);

/*
 * Show a message in the last row, until the next key; behind the message that
 * is there already.
 */
void app_say(struct app *app, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Where in the file this step comes from; 0: nowhere. */
uint32_t app_source_line(const struct app *app);
/* Open the file again, see struct app_host; stays at the same request. */
enum app_effect app_reload(struct app *app, uint64_t seed);
/*
 * Do a line as typed after a colon; @app->effect is its effect. False: the
 * message says what is wrong.
 */
bool app_command(struct app *app, const char *text);

#endif
