/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * note: what a scenario says between two steps, as one or more texts, its
 * parts. notes.def has the kinds and what their parts are.
 *
 *   note_part(ask, NOTE_ASK_CHOICES + 1)      the second choice, or NULL
 */
#ifndef ENGINE_NOTE_H
#define ENGINE_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/request.h"

enum { MAX_CHOICES = 9, MAX_FEEDBACK = 32 };

enum note_kind {
#define NOTE(id, least, most, help) NOTE_##id,
#include "session/notes.def"
	NR_NOTE_KINDS
};

enum answer_form {
#define FORM(id, prompt) FORM_##id,
#include "session/notes.def"
	NR_FORMS
};

/* The names of ask{ type = ... }, and what the learner types. */
extern const char *const form_names[NR_FORMS];
extern const char *const form_prompts[NR_FORMS];

/* The parts of ASK and ANSWER. */
enum { NOTE_ASK_FORM = 1, NOTE_ASK_CHOICES };
enum { NOTE_ANSWER_REASON = 1, NOTE_ANSWER_STEP, NOTE_ANSWER_FEEDBACK };

struct note {
	enum note_kind kind;
	uint32_t step; /* after which it stands */
	uint32_t request; /* number of requests made before it */
	struct source_line where;
	/*
	 * The parts, one after another, each with its final zero, @size bytes
	 * in all. Size 0: there is one.
	 */
	const char *text;
	uint32_t size;
};

/* Part @i, from 0; NULL after the last. */
const char *note_part(const struct note *note, uint32_t i);
uint32_t note_nr_parts(const struct note *note);
/* Are the parts what notes.def says? */
bool note_is_valid(const struct note *note);
/* @note with a copy of its text, for note_destroy(). False: no memory. */
bool note_copy(struct note *copy, const struct note *note);
void note_destroy(struct note *note);

/* Of an ASK: what its answer is, and how many choices it has. */
enum answer_form note_form(const struct note *ask);
uint32_t note_nr_choices(const struct note *ask);

#endif
