/* SPDX-License-Identifier: GPL-2.0-or-later */
/* question: notes read as a question, its choices and its answer. */
#include "model/question.h"

#include <stdio.h>
#include <string.h>

static bool begins_question(const struct note *n)
{
	return n->kind == NOTE_ASK ||
	       (n->kind == NOTE_SAY && !strncmp(n->text, "? ", 2));
}

static bool is_answer(const struct note *n)
{
	return n->kind == NOTE_ANSWER ||
	       (n->kind == NOTE_SAY && !strncmp(n->text, "= ", 2));
}

/* "  a  passes" is a choice: its text, else NULL. */
static const char *choice_text(const char *line)
{
	line += strspn(line, " ");
	if (*line < 'a' || *line > 'i' || strncmp(line + 1, "  ", 2))
		return NULL;
	return line + 3;
}

static void add_text(struct question *q, const char *line, size_t length)
{
	size_t used = strlen(q->text);

	if (used && used + 1 < sizeof(q->text))
		q->text[used++] = ' ';
	snprintf(q->text + used, sizeof(q->text) - used, "%.*s", (int)length,
		 line);
}

/* The lines of a note: text first, then choices. */
static void add_lines(struct question *q, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		const char *choice = choice_text(text);

		if (choice && choice < text + length &&
		    q->nr_choices < MAX_CHOICES)
			snprintf(q->choices[q->nr_choices++], MAX_CHOICE,
				 "%.*s", (int)(text + length - choice), choice);
		else if (length)
			add_text(q, text, length);
		text += length + (text[length] == '\n');
	}
}

static void find_answer(struct question *q, const struct session *s, uint32_t i)
{
	const struct note *n;

	for (; (n = session_note_at(s, i)); i++) {
		if (begins_question(n))
			return;
		if (!is_answer(n))
			continue;
		q->answer = n->text + (n->kind == NOTE_SAY ? 2 : 0);
		if (!strncmp(q->answer, "= ", 2))
			q->answer += 2;
		q->answer_step = n->step;
		return;
	}
}

static void read_question(struct question *q, const struct session *s,
			  uint32_t i)
{
	const struct note *n = session_note_at(s, i);
	const char *text = n->text;

	*q = (struct question){ .first_note = i, .step = n->step };
	if (!strncmp(text, "? ", 2))
		text += 2;
	add_lines(q, text);
	while ((n = session_note_at(s, ++i)) && n->step == q->step &&
	       choice_text(n->text) && !is_answer(n))
		add_lines(q, n->text);
	q->answer_step = q->step;
	find_answer(q, s, i);
}

bool question_from(const struct session *s, uint32_t step, struct question *q)
{
	for (uint32_t i = 0; i < session_nr_notes(s); i++) {
		const struct note *n = session_note_at(s, i);

		if (n->step < step || !begins_question(n))
			continue;
		read_question(q, s, i);
		return true;
	}
	return false;
}

bool question_after(const struct session *s, uint32_t step, struct question *q)
{
	return question_from(s, step, q) && q->step == step;
}

bool question_shown(const struct session *s, uint32_t step,
		    const struct prediction_state *p, struct question *q)
{
	if (!p->on)
		return false;
	if (!p->question)
		return question_after(s, step, q);
	*q = *p->question;
	return q->step == step;
}
