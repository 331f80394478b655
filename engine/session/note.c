/* SPDX-License-Identifier: GPL-2.0-or-later */
/* note: its parts, counted and copied. */
#include "session/note.h"

#include <stdlib.h>
#include <string.h>

const char *const form_names[NR_FORMS] = {
#define FORM(id, prompt) #id,
#include "session/notes.def"
};

const char *const form_prompts[NR_FORMS] = {
#define FORM(id, prompt) prompt,
#include "session/notes.def"
};

/* How many parts a kind has. */
static const struct {
	uint32_t least, most;
} note_parts[NR_NOTE_KINDS] = {
#define NOTE(id, least, most, help) { least, most },
#include "session/notes.def"
};

static uint32_t note_size(const struct note *note)
{
	return note->size ? note->size : (uint32_t)strlen(note->text) + 1;
}

const char *note_part(const struct note *note, uint32_t i)
{
	const char *end = note->text + note_size(note);
	const char *part = note->text;

	while (i-- && part < end)
		part += strlen(part) + 1;
	return part < end ? part : NULL;
}

uint32_t note_nr_parts(const struct note *note)
{
	const char *end = note->text + note_size(note);
	uint32_t nr = 0;

	for (const char *part = note->text; part < end;
	     part += strlen(part) + 1)
		nr++;
	return nr;
}

enum answer_form note_form(const struct note *ask)
{
	const char *name = note_part(ask, NOTE_ASK_FORM);
	uint32_t form = 0;

	while (name && form < FORM_text && strcmp(name, form_names[form]))
		form++;
	return name ? (enum answer_form)form : FORM_text;
}

uint32_t note_nr_choices(const struct note *ask)
{
	const uint32_t nr = note_nr_parts(ask);

	return nr > NOTE_ASK_CHOICES ? nr - NOTE_ASK_CHOICES : 0;
}

static bool ask_is_valid(const struct note *ask)
{
	const enum answer_form form = note_form(ask);
	const uint32_t nr = note_nr_choices(ask);

	return !strcmp(note_part(ask, NOTE_ASK_FORM), form_names[form]) &&
	       (form == FORM_choice ? nr >= 2 : !nr);
}

static bool answer_is_valid(const struct note *answer)
{
	const char *step = note_part(answer, NOTE_ANSWER_STEP);

	return strspn(step, "0123456789") == strlen(step) &&
	       (note_nr_parts(answer) - NOTE_ANSWER_FEEDBACK) % 2 == 0;
}

bool note_is_valid(const struct note *note)
{
	const uint32_t nr = note_nr_parts(note);

	if (note->kind >= NR_NOTE_KINDS || note->text[note_size(note) - 1] ||
	    nr < note_parts[note->kind].least ||
	    nr > note_parts[note->kind].most)
		return false;
	if (note->kind == NOTE_ASK)
		return ask_is_valid(note);
	return note->kind != NOTE_ANSWER || answer_is_valid(note);
}

bool note_copy(struct note *copy, const struct note *note)
{
	const uint32_t size = note_size(note);
	char *text = malloc(size);

	if (!text)
		return false;
	memcpy(text, note->text, size);
	*copy = *note;
	copy->text = text;
	copy->size = size;
	return true;
}

void note_destroy(struct note *note)
{
	free((char *)(uintptr_t)note->text);
	note->text = NULL;
}
