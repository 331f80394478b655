/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_part: what the app_*.c files know of each other. Not for others. */
#ifndef TUI_APP_PART_H
#define TUI_APP_PART_H

#include "app/app.h"
#include "terminal/keymap.h"
#include "model/message.h"

/* Say something in the last line, until the next key. */
void app_say(struct app *app, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The host hears once that the last step was reached. */
void app_finish(struct app *app);

/* -- app_time ------------------------------------------------------------- */

/* What moves in time. False: the action is another. */
bool time_action(struct app *app, enum action action, uint64_t now_ms);
/* A jump: one can come back from it. */
void time_jump(struct app *app, uint32_t step);
/* Forwards, but not past a question that was not answered. */
void time_forward(struct app *app, uint32_t step);
/* To the next (1) or last (-1) event that the search means. */
void time_search(struct app *app, int direction);
/* The step at which request @i begins; @otherwise when none has steps. */
uint32_t time_request_step(const struct session *s, uint32_t i,
			   uint32_t otherwise);
/* The end of time has moved. */
void time_extend(struct app *app);
/* Playing came to this step: does something stop here? Says so. */
bool time_stops_here(struct app *app);
/* The letter that mark or to_mark waits for. */
void time_letter(struct app *app, uint32_t key);

/* -- app_look ------------------------------------------------------------- */

/* What changes how one looks. False: the action is another. */
bool look_action(struct app *app, enum action action);

/* -- app_prompt ----------------------------------------------------------- */

void prompt_open(struct app *app, enum prompt_kind kind);
enum app_effect prompt_key(struct app *app, uint32_t key);
/* What is done with the text after / and b. False: said what is wrong. */
bool prompt_search(struct app *app, const char *text);
bool prompt_break(struct app *app, const char *text);
/* The line as it is shown, with its sign. Returns @buf. */
const char *prompt_text(const struct app *app, char *buf, size_t size,
			int *cursor);

/* -- app_predict ---------------------------------------------------------- */

/* The first open question in steps [from, to). False: there is none. */
bool question_find_open(const struct app *app, uint32_t from, uint32_t to,
			struct question *q);
/* Ask it: the screen stands at its step now. */
void question_open(struct app *app, const struct question *q);
enum app_effect question_key(struct app *app, uint32_t key, uint64_t now_ms);

/* -- app_request ---------------------------------------------------------- */

bool typed_alloc(struct app *app, const struct typed_command *c);
bool typed_free(struct app *app, const struct typed_command *c);
bool typed_drain(struct app *app, const struct typed_command *c);
/* Make the requests [first, ...) of @from again. Returns how many went. */
uint32_t typed_again(struct session *s, const struct session *from,
		     uint32_t first);

/* -- app_reload ----------------------------------------------------------- */

/* "zonewalk play FILE --step N" for a shell. Returns @buf. */
const char *reload_command(const struct app *app, char *buf, size_t size);

/* -- app_setting ---------------------------------------------------------- */

bool setting_command(struct app *app, const struct typed_command *c);

#endif
