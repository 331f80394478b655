/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp_text: the text form of masks, both ways. */
#include "machine/gfp.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- printing ------------------------------------------------------------- */

struct text {
	char *buf;
	size_t size, len;
};

static void text_add(struct text *t, const char *word)
{
	int n = snprintf(t->buf + t->len, t->size - t->len, "%s%s",
			 t->len ? "|" : "", word);

	t->len += (size_t)n < t->size - t->len ? (size_t)n :
						 t->size - t->len - 1;
}

static void text_add_unnamed(struct text *t, uint32_t bits)
{
	char hex[16];

	if (bits) {
		snprintf(hex, sizeof(hex), "0x%x", bits);
		text_add(t, hex);
	}
	if (!t->len)
		text_add(t, "0");
}

const char *gfp_to_text(gfp_t gfp, char *buf, size_t size)
{
	struct text t = { .buf = buf, .size = size };

	buf[0] = '\0';
	for (size_t i = 0; i < nr_gfp_names; i++) {
		gfp_t bits = gfp_names[i].bits;

		if ((gfp & bits) != bits)
			continue;
		text_add(&t, gfp_names[i].name);
		gfp &= ~bits;
	}
	text_add_unnamed(&t, gfp);
	return buf;
}

const char *alloc_flags_to_text(uint32_t alloc_flags, char *buf, size_t size)
{
	static const char *const wmarks[] = { "WMARK_MIN", "WMARK_LOW",
					      "WMARK_HIGH", "WMARK_3" };
	struct text t = { .buf = buf, .size = size };

	buf[0] = '\0';
	text_add(&t, wmarks[alloc_flags & ALLOC_WMARK_MASK]);
	alloc_flags &= ~ALLOC_WMARK_MASK;
	for (size_t i = 0; i < nr_alloc_flag_names; i++) {
		uint32_t bits = alloc_flag_names[i].bits;

		if (bits > ALLOC_WMARK_MASK && (alloc_flags & bits)) {
			text_add(&t, alloc_flag_names[i].name);
			alloc_flags &= ~bits;
		}
	}
	text_add_unnamed(&t, alloc_flags);
	return buf;
}

/* -- the forms of a text -------------------------------------------------- */

static const char *skip_blanks(const char *at)
{
	while (isspace((unsigned char)*at))
		at++;
	return at;
}

/* Begin after "mode:" or one of its likes; @at where there is none. */
static const char *skip_key(const char *at)
{
	static const char *const keys[] = { "mode", "gfp_mask", "gfp_flags",
					    "gfp" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t length = strlen(keys[i]);
		const char *sign;

		if (strncmp(at, keys[i], length))
			continue;
		sign = skip_blanks(at + length);
		if (*sign == ':' || *sign == '=')
			return skip_blanks(sign + 1);
	}
	return at;
}

/* The number that begins at @at; its end, or NULL if there is none. */
static const char *read_number(const char *at, uint64_t *number)
{
	char *end;

	if (!isdigit((unsigned char)*at))
		return NULL;
	errno = 0;
	*number = strtoull(at, &end, 0);
	return errno ? NULL : skip_blanks(end);
}

static void copy_word(char *word, size_t size, const char *begin,
		      const char *end)
{
	if (size)
		snprintf(word, size, "%.*s", (int)(end - begin), begin);
}

bool gfp_text_split(const char *text, struct gfp_text *split, char *bad_word,
		    size_t size)
{
	const char *begin = skip_key(skip_blanks(text));
	const char *end = begin + strlen(begin), *at, *close;

	while (end > begin &&
	       (isspace((unsigned char)end[-1]) || end[-1] == ','))
		end--;
	*split = (struct gfp_text){ .words = begin, .end = end };
	at = read_number(begin, &split->number);
	split->has_number = at != NULL;
	at = at ? at : begin;
	if (at >= end && split->has_number) {
		split->words = end;
		return true;
	}
	if (*at != '(') {
		split->has_number = false;
		return true;
	}
	close = strchr(at, ')');
	if (!close || close + 1 != end) {
		copy_word(bad_word, size, close ? close + 1 : begin, end);
		return false;
	}
	split->words = at + 1;
	split->end = close;
	/* "0x0()" */
	if (split->has_number && skip_blanks(at + 1) == close)
		split->words = close;
	return true;
}

bool gfp_text_next(struct gfp_text *split, char *word)
{
	const char *begin = split->words, *end = begin;

	if (!begin)
		return false;
	while (end < split->end && *end != '|')
		end++;
	split->words = end < split->end ? end + 1 : NULL;
	while (begin < end && isspace((unsigned char)*begin))
		begin++;
	while (end > begin && isspace((unsigned char)end[-1]))
		end--;
	copy_word(word, GFP_WORD_MAX, begin, end);
	return true;
}

/* -- reading -------------------------------------------------------------- */

struct flag_table {
	const struct flag_name *names;
	size_t nr;
	uint32_t mask;
};

static bool flag_number(const struct flag_table *table, uint64_t number,
			uint32_t *bits)
{
	if (number & ~(uint64_t)table->mask)
		return false;
	*bits |= (uint32_t)number;
	return true;
}

static bool flag_word(const struct flag_table *table, const char *word,
		      uint32_t *bits)
{
	const char *end;
	uint64_t number;

	for (size_t i = 0; i < table->nr; i++) {
		if (!strcmp(word, table->names[i].name)) {
			*bits |= table->names[i].bits;
			return true;
		}
	}
	end = read_number(word, &number);
	return end && !*end && flag_number(table, number, bits);
}

static bool flags_from_words(const struct flag_table *table,
			     struct gfp_text *split, uint32_t *bits,
			     char *bad_word, size_t size, const char **near)
{
	char word[GFP_WORD_MAX];
	uint32_t sum = 0;

	while (gfp_text_next(split, word)) {
		if (flag_word(table, word, &sum))
			continue;
		copy_word(bad_word, size, word, word + strlen(word));
		if (near)
			*near = nearest_name(word, table->names, table->nr,
					     sizeof(*table->names));
		return false;
	}
	*bits = sum;
	return true;
}

bool gfp_from_text(const char *text, gfp_t *gfp, char *bad_word, size_t size,
		   const char **near)
{
	const struct flag_table table = { gfp_names, nr_gfp_names,
					  __GFP_BITS_MASK };
	struct gfp_text split;
	gfp_t sum = 0;

	if (near)
		*near = NULL;
	if (!gfp_text_split(text, &split, bad_word, size))
		return false;
	if (!split.has_number || split.words < split.end)
		return flags_from_words(&table, &split, gfp, bad_word, size,
					near);
	if (!flag_number(&table, split.number, &sum)) {
		if (bad_word)
			snprintf(bad_word, size, "0x%" PRIx64, split.number);
		return false;
	}
	*gfp = sum;
	return true;
}

bool alloc_flags_from_text(const char *text, uint32_t *alloc_flags,
			   char *bad_word, size_t size, const char **near)
{
	const struct flag_table table = { alloc_flag_names, nr_alloc_flag_names,
					  ALLOC_BITS_MASK };
	struct gfp_text split = { .words = text, .end = text + strlen(text) };

	return flags_from_words(&table, &split, alloc_flags, bad_word, size,
				near);
}
