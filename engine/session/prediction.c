/* SPDX-License-Identifier: GPL-2.0-or-later */
/* prediction: notes read as a question and its answer; what is right. */
#include "session/prediction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Copy @length bytes of @text into @buf, shortened when it is too small. */
static void copy_text(char *buf, size_t size, const char *text, size_t length)
{
	snprintf(buf, size, "%.*s", (int)length, text);
}

/* The choice in "  a  none", or NULL. */
static const char *choice_of(const char *line)
{
	line += strspn(line, " ");
	if (*line < 'a' || *line > 'i' || strncmp(line + 1, "  ", 2))
		return NULL;
	return line + 3;
}

void prediction_ask(struct prediction *p, const struct note *note)
{
	const char *text = note->text;
	size_t length = strcspn(text, "\n");

	*p = (struct prediction){
		.line = note->where.line,
		.step = note->step,
		.request = note->request,
	};
	copy_text(p->question, sizeof(p->question), text, length);
	for (text += length; *text; text += length) {
		const char *choice;

		text++;
		length = strcspn(text, "\n");
		choice = choice_of(text);
		if (choice && p->nr_choices < MAX_PREDICTION_CHOICES)
			copy_text(p->choices[p->nr_choices++],
				  MAX_PREDICTION_CHOICE, choice,
				  (size_t)(text + length - choice));
	}
}

void prediction_give(struct prediction *p, const char *given)
{
	size_t length;

	given += strspn(given, " \t");
	length = strlen(given);
	while (length && strchr(" \t\r\n", given[length - 1]))
		length--;
	copy_text(p->given, sizeof(p->given), given, length);
}

/* Is @given the choice with the letter at @answer, or its text? */
static bool choice_is_right(const struct prediction *p, char letter)
{
	const uint32_t i = (uint32_t)(letter - 'a');

	if (i >= p->nr_choices)
		return false;
	if (p->given[0] && !p->given[1])
		return (p->given[0] | 0x20) == letter ||
		       !strcasecmp(p->given, p->choices[i]);
	return !strcasecmp(p->given, p->choices[i]);
}

static bool text_is_right(const char *given, const char *answer)
{
	char *end_given, *end_answer;
	double a = strtod(given, &end_given);
	double b = strtod(answer, &end_answer);

	if (end_given != given && !*end_given && end_answer != answer &&
	    !*end_answer)
		return a == b;
	return !strcasecmp(given, answer);
}

void prediction_answer(struct prediction *p, const struct note *note)
{
	const char *text = note->text, *hint;
	char letter = p->nr_choices ? *text : '\0';

	hint = strstr(text, ". ");
	if (letter && choice_of(text) &&
	    (uint32_t)(letter - 'a') < p->nr_choices) {
		const char *choice = p->choices[letter - 'a'];

		snprintf(p->answer, sizeof(p->answer), "%s", choice);
		text += 3;
		hint = strncmp(text, choice, strlen(choice)) ?
			       NULL :
			       text + strlen(choice);
		p->right = choice_is_right(p, letter);
	} else {
		copy_text(p->answer, sizeof(p->answer), text,
			  hint ? (size_t)(hint - text) : strlen(text));
		p->right = text_is_right(p->given, p->answer);
	}
	if (hint && !strncmp(hint, ". ", 2))
		snprintf(p->hint, sizeof(p->hint), "%s", hint + 2);
	if (!p->given[0])
		p->right = false;
}
