/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_private: what the app_*.c files share. */
#ifndef TUI_APP_PRIVATE_H
#define TUI_APP_PRIVATE_H

#include "app/app.h"
#include "terminal/keymap.h"
#include "model/text.h"

/* The same for an error: always false, for the caller to return. */
#define app_fail(app, ...) (app_say(app, __VA_ARGS__), false)
/* Add to the message, as far as there is room. */
void app_say_more(struct app *app, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* What follows from the place: its question, the machine, the end. */
void app_settle(struct app *app);

/* "scenario", "engine" or "off": what the source panel shows. */
const char *source_state(const struct app *app);
/* Do an action. */
enum app_effect app_action(struct app *app, enum action action);

/* -- app_time: actions ---------------------------------------------------- */

/* Forward (1) or back (-1) by the number of steps typed, or by one. */
void time_step(struct app *app, int direction);
void time_request(struct app *app, int direction);
void time_play(struct app *app, int unused);
void time_speed(struct app *app, int change);
/* To the end (1) or the beginning (-1). */
void time_end(struct app *app, int direction);
/* To the step typed as a number. */
void time_typed(struct app *app, int unused);
/* To the next (1) or previous (-1) refusal. */
void time_refused(struct app *app, int direction);
/* To the next (1) or previous (-1) question or place where playing stops. */
void time_stop(struct app *app, int direction);
/* To the next (1) or previous (-1) point of interest. */
void time_point(struct app *app, int direction);
/* Open or close the fold at this step. */
void time_fold(struct app *app, int unused);
/* The next key is the letter of a bookmark. */
void time_ask_letter(struct app *app, int action);
void time_jump_along(struct app *app, int direction);

/* -- app_search: actions --------------------------------------------------- */

/* To the next (1) or previous (-1) match, or change of what is watched. */
void time_search(struct app *app, int direction);
/* Watch what the panel in focus is about: a page, a list or a counter. */
void watch_focus(struct app *app, int unused);

/* -- app_search ------------------------------------------------------------ */

/* To the next match of a text. False: the message says what is wrong. */
bool search_for(struct app *app, const char *text);
void watch_page(struct app *app, uint32_t pfn);
/* The free list of the zone in focus. */
void watch_list(struct app *app, uint32_t order, uint32_t type);
/* Nothing is searched for or watched. */
void search_forget(struct app *app);
/* The session has other steps: search them anew. */
void search_again(struct app *app);
/*
 * Are there steps that were not searched yet? search_tick() does some; the
 * session may be at another step afterwards, until app_update().
 */
bool search_is_busy(const struct app *app);
enum app_effect search_tick(struct app *app);

/* -- app_time ------------------------------------------------------------- */

/* A jump, to return from with ACTION_jump_back. */
void time_jump(struct app *app, uint32_t step);
/* Where the player is. */
struct place time_place(const struct app *app);
/* To a place of the guide; playing and feedback end. */
void time_go(struct app *app, struct place place);
/* The step at which request @i begins; @otherwise when none has steps. */
uint32_t time_request_step(const struct session *s, uint32_t i,
			   uint32_t otherwise);
/* The session has more steps, or is another one. False: no memory. */
bool time_extend(struct app *app);
/* Does playing stop at this step? Shows why. */
bool time_stops_here(struct app *app);
/* The letter of a bookmark. */
enum app_effect time_letter(struct app *app, uint32_t key);

/* -- app_prompt ----------------------------------------------------------- */

void prompt_open(struct app *app, enum prompt_kind kind);
enum app_effect prompt_key(struct app *app, uint32_t key);
/* The text after b. False: the message says what is wrong. */
bool prompt_break(struct app *app, const char *text);
/* The line as it is shown, with its sign. Returns @buf. */
const char *prompt_text(const struct app *app, char *buf, size_t size,
			int *cursor);

/* -- app_question --------------------------------------------------------- */

/* After a move: a question that stands here is asked. */
void question_settle(struct app *app);
/*
 * A key while a question is asked, its steps are played, or its feedback is
 * shown. False: the key is none of these.
 */
bool question_key(struct app *app, uint32_t key);
/* Answer the question that is asked. False: it is no answer to that. */
bool question_answer(struct app *app, const char *given);
void question_skip(struct app *app);
/* Steps to where a question is decided, as far as they are due. */
enum app_effect question_tick(struct app *app, uint64_t now_ms);
/* How long until question_tick(); -1: never. */
int question_wait_ms(const struct app *app, uint64_t now_ms);

/* -- app_flips ------------------------------------------------------------- */

/* The action: what would have let the refused request of this step be served. */
void flips_open(struct app *app, int unused);
void flips_close(struct app *app);
/* Does this step show a refusal of which flips_open() can say that? */
bool flips_offered(const struct app *app);
/*
 * A key over the flips; @app->effect is its effect. False: they are closed, and
 * the key means what it means elsewhere.
 */
bool flips_key(struct app *app, uint32_t key);
/* Keep them, scrolled, within a screen of this size. */
void flips_scroll(struct app *app, int width, int height);
/* Over the picture, and as lines. */
void flips_draw(const struct app *app, struct canvas *c);
void flips_print(const struct app *app, FILE *out);

/* -- app_end --------------------------------------------------------------- */

/* After the last step: show the end card. False: this is no lesson. */
bool end_open(struct app *app);
/*
 * A key over the end card; @app->effect is its effect. False: the card is
 * closed, and the key means what it means elsewhere.
 */
bool end_key(struct app *app, uint32_t key);
/* Let the host record progress, if there is some. */
void end_record(struct app *app);
/* Keep the scrolled card within a screen of this size. */
void end_scroll(struct app *app, int width, int height);

/* -- app_request: commands ------------------------------------------------ */

bool do_alloc(struct app *app, const struct typed_command *c);
bool do_free(struct app *app, const struct typed_command *c);
bool do_drain(struct app *app, const struct typed_command *c);
/* Make the requests [first, ...) of @from again. Returns how many worked. */
uint32_t requests_repeat(struct session *s, const struct session *from,
			 uint32_t first);

/* -- app_message ---------------------------------------------------------- */

/* The rows of the screen that are left for a layout. */
int message_height_left(const struct app *app, int width, int height);
/* Draw the message and the error over the last rows. */
void message_draw(const struct app *app, struct canvas *c);

/* -- app_reload ----------------------------------------------------------- */

/* "zonewalk play FILE --step N" for a shell. Returns @buf. */
const char *reload_command(const struct app *app, char *buf, size_t size);

#endif
