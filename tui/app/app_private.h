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

/* Call the host when the last step is reached for the first time. */
void app_finish(struct app *app);

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
/* To the next (1) or previous (-1) match of the search, or refusal. */
void time_search(struct app *app, int direction);
void time_refused(struct app *app, int direction);
/* To the next (1) or previous (-1) question or place where playing stops. */
void time_stop(struct app *app, int direction);
/* To the next (1) or previous (-1) point of interest. */
void time_point(struct app *app, int direction);
/* The next key is the letter of a bookmark. */
void time_ask_letter(struct app *app, int action);
void time_jump_along(struct app *app, int direction);

/* -- app_time ------------------------------------------------------------- */

/* A jump, to return from with ACTION_jump_back. */
void time_jump(struct app *app, uint32_t step);
/* Forwards, but not past an open question. */
void time_forward(struct app *app, uint32_t step);
/* The step at which request @i begins; @otherwise when none has steps. */
uint32_t time_request_step(const struct session *s, uint32_t i,
			   uint32_t otherwise);
/* The session has more steps. */
void time_extend(struct app *app);
/* Does playing stop at this step? Shows why. */
bool time_stops_here(struct app *app);
/* The letter of a bookmark. */
enum app_effect time_letter(struct app *app, uint32_t key);

/* -- app_prompt ----------------------------------------------------------- */

void prompt_open(struct app *app, enum prompt_kind kind);
enum app_effect prompt_key(struct app *app, uint32_t key);
/* The texts after / and b. False: the message says what is wrong. */
bool prompt_search(struct app *app, const char *text);
bool prompt_break(struct app *app, const char *text);
/* The line as it is shown, with its sign. Returns @buf. */
const char *prompt_text(const struct app *app, char *buf, size_t size,
			int *cursor);

/* -- app_question --------------------------------------------------------- */

/* The first open question in steps [from, to). False: there is none. */
bool question_find_open(const struct app *app, uint32_t from, uint32_t to,
			struct question *q);
/* Show it, at its step. */
void question_open(struct app *app, const struct question *q);
enum app_effect question_key(struct app *app, uint32_t key);

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
