/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exercise: notes of a lesson's exercise{}. */
#include "model/exercise.h"

#include <string.h>

bool exercise_is_copy(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strstr(slash ? slash : path, EXERCISE_SUFFIX);
}

const struct note *exercise_task(const struct session *s)
{
	const struct note *note;

	for (uint32_t i = 0; (note = session_note_at(s, i)); i++)
		if (note->kind == NOTE_EXERCISE)
			return note;
	return NULL;
}

const char *exercise_variant(const struct session *s, const char *now)
{
	bool is_next = !now;
	const struct note *note;

	for (uint32_t i = 0; (note = session_note_at(s, i)); i++) {
		if (note->kind != NOTE_VARIANT)
			continue;
		if (is_next)
			return note->text;
		is_next = !strcmp(note->text, now);
	}
	return NULL;
}
