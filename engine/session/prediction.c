/* SPDX-License-Identifier: GPL-2.0-or-later */
/* prediction: notes read as a question and its answer; what is right. */
#include "session/prediction.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "machine/utf8.h"

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

/* @text in lower case and ASCII, with single blanks. */
static void simplify(const char *text, char *buf, size_t size)
{
	size_t length = 0, nr;
	uint32_t c;

	for (; *text && length + 4 < size; text += nr) {
		nr = utf8_decode(text, SIZE_MAX, &c);
		if (!nr) /* not UTF-8: as it is */
			c = (unsigned char)text[nr++];
		if (c > 0xff00 && c < 0xff5f) /* full width */
			c -= 0xff00 - 0x20;
		if (c == '\t' || c == '\n' || c == '\r' || c == 0xa0 ||
		    c == 0x3000)
			c = ' ';
		if (c == ' ' && (!length || buf[length - 1] == ' '))
			continue;
		length += utf8_encode(c < 0x80 ? (uint32_t)tolower((int)c) : c,
				      buf + length);
	}
	length -= length && buf[length - 1] == ' ';
	buf[length] = '\0';
}

static bool is_one_of(const char *text, size_t length, const char *words)
{
	for (size_t n; *words; words += n + !!words[n]) {
		n = strcspn(words, " ");
		if (n == length && !strncmp(text, words, n))
			return true;
	}
	return false;
}

/* A number, perhaps with the name of what it counts. */
static bool read_number(const char *text, double *value)
{
	static const char names[] = "order pfn page node cpu step request zone";
	static const char units[] = "page pages block blocks step steps "
				    "request requests split splits time times";
	const size_t word = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	char *end;

	if (word && text[word] == ' ' && is_one_of(text, word, names))
		text += word + 1;
	*value = strtod(text, &end);
	if (end == text)
		return false;
	end += *end == ' ';
	return !*end || is_one_of(end, strlen(end), units);
}

bool prediction_is_right(const char *given, const char *answer)
{
	char a[MAX_PREDICTION_TEXT], b[MAX_PREDICTION_TEXT];
	static const char yes[] = "y yes true", no[] = "n no false";
	double x, y;

	simplify(given, a, sizeof(a));
	simplify(answer, b, sizeof(b));
	if (!strcmp(a, b))
		return true;
	if (read_number(b, &y))
		return read_number(a, &x) && x == y;
	/* "node 0 Normal" contains the answer "Normal" */
	if (!strncmp(a, "node ", 5) && strncmp(b, "node ", 5)) {
		const char *zone = a + 5 + strspn(a + 5, "0123456789");

		return *zone == ' ' && !strcmp(zone + 1, b);
	}
	return (is_one_of(a, strlen(a), yes) && is_one_of(b, strlen(b), yes)) ||
	       (is_one_of(a, strlen(a), no) && is_one_of(b, strlen(b), no));
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
		p->right = prediction_is_right(p->given, p->answer);
	}
	if (hint && !strncmp(hint, ". ", 2))
		snprintf(p->hint, sizeof(p->hint), "%s", hint + 2);
	if (!p->given[0])
		p->right = false;
}
