/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction: an answer is reduced to one spelling of its form, and two
 * answers agree if that is the same.
 */
#include "session/prediction.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/utf8.h"

enum { MAX_SPELLING = 1024 };

/* @text in lower case and ASCII, with single blanks. */
static void simplify(const char *text, char *buf)
{
	size_t length = 0, nr;
	uint32_t c;

	for (; *text && length + 4 < MAX_SPELLING; text += nr) {
		nr = utf8_decode(text, SIZE_MAX, &c);
		if (!nr) /* not UTF-8: as it is */
			c = (unsigned char)text[nr++];
		if (c > 0xff00 && c < 0xff5f) /* full width */
			c -= 0xff00 - 0x20;
		if (c == 0x3001 || c == ';') /* ideographic comma */
			c = ',';
		if (c < ' ' || c == 0xa0 || c == 0x3000)
			c = ' ';
		if (c == ' ' && (!length || buf[length - 1] == ' '))
			continue;
		length += utf8_encode(c < 0x80 ? (uint32_t)tolower((int)c) : c,
				      buf + length);
	}
	length -= length && buf[length - 1] == ' ';
	buf[length] = '\0';
}

/* -- forms: each spells @text in place; false: it is not of the form ------- */

/* Which of the @words, "a b c", is the @length bytes at @text; -1: none. */
static int find_word(const char *text, size_t length, const char *words)
{
	for (int i = 0; *words; i++) {
		const size_t n = strcspn(words, " ");

		if (n == length && !strncmp(text, words, n))
			return i;
		words += n + !!words[n];
	}
	return -1;
}

/* A number, perhaps with the name of what it counts. */
static bool spell_number(char *text)
{
	static const char names[] = "order pfn page node cpu step request";
	static const char units[] = "page pages block blocks step steps "
				    "request requests split splits time times "
				    "order pageblock pageblocks";
	const size_t word = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	const char *from = text;
	double value;
	char *end;

	if (word && text[word] == ' ' && find_word(text, word, names) >= 0)
		from += word + 1;
	value = strtod(from, &end);
	if (end == from || value != value)
		return false;
	end += *end == ' ';
	if (*end && find_word(end, strlen(end), units) < 0)
		return false;
	snprintf(text, MAX_SPELLING, "%.17g", value);
	return true;
}

static bool spell_yesno(char *text)
{
	static const char yes[] = "y yes true \xe6\x98\xaf \xe5\xaf\xb9";
	static const char no[] = "n no false \xe5\x90\xa6 \xe9\x94\x99";
	const size_t length = strlen(text);

	if (find_word(text, length, yes) >= 0)
		strcpy(text, "yes");
	else if (find_word(text, length, no) >= 0)
		strcpy(text, "no");
	else
		return false;
	return true;
}

/* "zone dma", "node 1 dma" or "1 dma" */
static bool spell_zone(char *text)
{
	static const char zones[] = "dma dma32 normal highmem movable device";
	const char *zone = text;
	unsigned int node = 0;
	bool has_node;
	char name[16];

	if (!strncmp(zone, "node ", 5))
		zone += 5;
	has_node = isdigit((unsigned char)*zone);
	if (has_node)
		node = (unsigned int)strtoul(zone, (char **)&zone, 10);
	if (zone != text && *zone++ != ' ')
		return false;
	if (!strncmp(zone, "zone ", 5))
		zone += 5;
	if (find_word(zone, strlen(zone), zones) < 0)
		return false;
	snprintf(name, sizeof(name), "%s", zone);
	if (has_node)
		snprintf(text, MAX_SPELLING, "node %u %s", node, name);
	else
		snprintf(text, MAX_SPELLING, "%s", name);
	return true;
}

/* Its name, or the letter that stands for it on the screen. */
static bool spell_migratetype(char *text)
{
	static const char *const names[] = { "unmovable",   "movable",
					     "reclaimable", "highatomic",
					     "cma",	    "isolate" };
	static const char letters[] = "u m r h c i";
	const int letter = find_word(text, strlen(text), letters);

	if (letter >= 0)
		strcpy(text, names[letter]);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(text, names[i]))
			return true;
	return false;
}

/* Elements with commas or blanks between them. */
static bool spell_list(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		const char c = *from == ',' ? ' ' : *from;

		if (c != ' ' || (to > text && to[-1] != ' '))
			*to++ = c;
	}
	to -= to > text && to[-1] == ' ';
	*to = '\0';
	return *text;
}

static bool spell_text(char *text)
{
	return *text;
}

static bool (*const spell[NR_FORMS])(char *text) = {
	[FORM_choice] = spell_text, [FORM_number] = spell_number,
	[FORM_yesno] = spell_yesno, [FORM_order] = spell_number,
	[FORM_zone] = spell_zone,   [FORM_pfn] = spell_number,
	[FORM_list] = spell_list,   [FORM_migratetype] = spell_migratetype,
	[FORM_text] = spell_text,
};

bool prediction_has_form(enum answer_form form, const char *text)
{
	char buf[MAX_SPELLING];

	simplify(text, buf);
	return spell[form](buf);
}

/* -- right or wrong -------------------------------------------------------- */

/* A text may be of a stricter form: that of the answer. */
static enum answer_form form_of(enum answer_form form, const char *answer)
{
	static const enum answer_form strict[] = { FORM_number, FORM_yesno,
						   FORM_zone };

	for (int i = 0; form == FORM_text && i < 3; i++)
		if (prediction_has_form(strict[i], answer))
			return strict[i];
	return form;
}

int prediction_choice(const struct note *ask, const char *given)
{
	const uint32_t nr = note_nr_choices(ask);
	char text[MAX_SPELLING], choice[MAX_SPELLING];

	simplify(given, text);
	for (uint32_t i = 0; i < nr; i++) {
		simplify(note_part(ask, NOTE_ASK_CHOICES + i), choice);
		if (!strcmp(text, choice))
			return (int)i;
	}
	if (text[0] >= 'a' && (uint32_t)(text[0] - 'a') < nr &&
	    (!text[1] || !strcmp(text + 1, ")") || !strcmp(text + 1, ".")))
		return text[0] - 'a';
	return -1;
}

static enum verdict judge_choice(const struct note *ask, const char *given,
				 const struct note *answer)
{
	const int choice = prediction_choice(ask, given);

	if (choice < 0)
		return VERDICT_NOT_UNDERSTOOD;
	return choice == note_part(answer, 0)[0] - 'a' ? VERDICT_RIGHT :
							 VERDICT_WRONG;
}

/* Without its node, if the answer has none. */
static const char *zone_only(const char *zone)
{
	const char *name = strrchr(zone, ' ');

	return name ? name + 1 : zone;
}

const char *prediction_prompt(const struct note *ask, const struct note *answer)
{
	const enum answer_form form = note_form(ask);
	char zone[MAX_SPELLING];

	simplify(note_part(answer, 0), zone);
	if (form == FORM_zone && spell_zone(zone) && zone_only(zone) != zone)
		return "a node and a zone: node 0 Normal";
	return form_prompts[form];
}

static enum verdict judge_value(enum answer_form form, const char *given,
				const char *answer)
{
	char text[MAX_SPELLING], right[MAX_SPELLING];
	const char *said = text;

	form = form_of(form, answer);
	simplify(given, text);
	simplify(answer, right);
	if (!spell[form](text))
		return VERDICT_NOT_UNDERSTOOD;
	spell[form](right);
	if (form == FORM_zone) {
		if (zone_only(right) == right)
			said = zone_only(text);
		else if (zone_only(text) == text)
			return VERDICT_NOT_UNDERSTOOD; /* which node's? */
	}
	return strcmp(said, right) ? VERDICT_WRONG : VERDICT_RIGHT;
}

enum verdict prediction_judge(const struct note *ask, const char *given,
			      const struct note *answer)
{
	const enum answer_form form = note_form(ask);

	return form == FORM_choice ?
		       judge_choice(ask, given, answer) :
		       judge_value(form, given, note_part(answer, 0));
}

bool prediction_is_right(const char *given, const char *answer)
{
	return judge_value(FORM_text, given, answer) == VERDICT_RIGHT;
}

/* -- texts ----------------------------------------------------------------- */

const char *prediction_answer(const struct note *ask, const struct note *answer)
{
	const char *value = note_part(answer, 0);
	const char *choice = NULL;

	if (note_form(ask) == FORM_choice && *value >= 'a')
		choice = note_part(ask,
				   NOTE_ASK_CHOICES + (uint32_t)(*value - 'a'));
	return choice ? choice : value;
}

const char *prediction_feedback(const struct note *ask, const char *given,
				const struct note *answer)
{
	const int choice = prediction_choice(ask, given);
	const char letter[2] = { (char)('a' + choice) };
	const char *wrong;

	for (uint32_t i = NOTE_ANSWER_FEEDBACK; (wrong = note_part(answer, i));
	     i += 2) {
		/* compare as answers: the wrong one stands for the right one */
		const struct note as_right = { .kind = NOTE_ANSWER,
					       .text = wrong };

		if (choice >= 0 ? !strcmp(wrong, letter) :
				  prediction_judge(ask, given, &as_right) ==
					  VERDICT_RIGHT)
			return note_part(answer, i + 1);
	}
	return "";
}
