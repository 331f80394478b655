/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp_release: a gfp mask that another release printed, as a mask of 5.10. */
#include "import/gfp_release.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sum of the flags read so far. */
struct sum {
	gfp_t gfp, without;
	struct gfp_reading *reading;
};

static unsigned int release_number(const struct release *release)
{
	const unsigned int minor = release->minor < 0xff ? release->minor :
							   0xff;

	return GFP_RELEASE(release->major, minor);
}

static void drop(struct gfp_reading *reading, const char *name)
{
	size_t length = strlen(reading->dropped);

	snprintf(reading->dropped + length, sizeof(reading->dropped) - length,
		 "%s%s", length ? "|" : "", name);
}

static void add_flag(struct sum *sum, const struct gfp_release_flag *flag)
{
	sum->gfp |= flag->gfp;
	sum->without |= flag->without;
	if (!flag->gfp && !flag->without)
		drop(sum->reading, flag->name);
}

/* -- numbers -------------------------------------------------------------- */

static const struct gfp_release_flag *find_value(unsigned int release,
						 uint64_t value)
{
	for (size_t i = 0; i < nr_gfp_release_flags; i++) {
		const struct gfp_release_flag *flag = &gfp_release_flags[i];

		if (flag->value == value && flag->first <= release &&
		    flag->last >= release)
			return flag;
	}
	return NULL;
}

/* Returns the bits of @number that no flag of @release has. */
static uint64_t add_bits(struct sum *sum, unsigned int release, uint64_t number)
{
	uint64_t unknown = 0;

	for (uint64_t rest = number; rest; rest &= rest - 1) {
		uint64_t bit = rest & -rest;
		const struct gfp_release_flag *flag = find_value(release, bit);

		if (flag)
			add_flag(sum, flag);
		else
			unknown |= bit;
	}
	return unknown;
}

/*
 * Up to 4.3 a request that must not wait also wakes kswapd and uses the
 * reserve of atomic requests, unless __GFP_NO_KSWAPD forbids both.
 */
static void add_atomic(struct sum *sum, unsigned int release)
{
	if (release <= GFP_RELEASE(4, 3) && !sum->without &&
	    !(sum->gfp & __GFP_DIRECT_RECLAIM))
		sum->gfp |= __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM;
}

static bool read_number(struct sum *sum, const struct release *release,
			uint64_t number, char *message, size_t size)
{
	const unsigned int at = release_number(release);
	uint64_t unknown;

	sum->reading->from_number = true;
	if (!release->major) {
		snprintf(message, size,
			 "gfp 0x%" PRIx64 " without names: the number differs "
			 "between releases, and this one is unknown",
			 number);
		return false;
	}
	if (at < GFP_RELEASE_FIRST || at > GFP_RELEASE_LAST) {
		snprintf(message, size,
			 "gfp 0x%" PRIx64
			 " without names: the numbers of Linux "
			 "%u.%u are unknown, only those of 2.6 to 6.18 are "
			 "known",
			 number, release->major, release->minor);
		return false;
	}
	unknown = add_bits(sum, at, number);
	add_atomic(sum, at);
	if (unknown)
		snprintf(message, size,
			 "gfp 0x%" PRIx64 " without names: bits 0x%" PRIx64
			 " are unknown in Linux %u.%u",
			 number, unknown, release->major, release->minor);
	return !unknown;
}

/* -- names ---------------------------------------------------------------- */

/*
 * Up to 4.5 trace events print single flags without the underscores, as in
 * GFP_WAIT.
 */
static const struct gfp_release_flag *find_other(const char *word)
{
	const struct gfp_release_flag *flag = gfp_other_flag(word);
	char name[GFP_WORD_MAX + 2];

	if (flag || strncmp(word, "GFP_", 4))
		return flag;
	snprintf(name, sizeof(name), "__%s", word);
	return gfp_other_flag(name);
}

/*
 * A number among names, as in "GFP_KERNEL|0x8000000": bits that the kernel
 * had no names for, so most often the table has none either.
 */
static bool add_number(struct sum *sum, unsigned int release, const char *word)
{
	char *end, text[32];
	uint64_t number, unknown;

	errno = 0;
	number = strtoull(word, &end, 0);
	if (!isdigit((unsigned char)word[0]) || errno || *end)
		return false;
	unknown = add_bits(sum, release, number);
	snprintf(text, sizeof(text), "0x%" PRIx64, unknown);
	if (unknown)
		drop(sum->reading, text);
	return true;
}

static bool add_word(struct sum *sum, unsigned int release, const char *word,
		     const char **near)
{
	const struct gfp_release_flag *other = find_other(word);
	gfp_t gfp;

	*near = NULL;
	if (other)
		add_flag(sum, other);
	else if (add_number(sum, release, word))
		return true;
	else if (gfp_from_text(word, &gfp, NULL, 0, near))
		sum->gfp |= gfp;
	else
		return false;
	return true;
}

static bool read_names(struct sum *sum, unsigned int release,
		       struct gfp_text *split, char *message, size_t size)
{
	char word[GFP_WORD_MAX], error[128];
	const char *near;

	while (gfp_text_next(split, word)) {
		if (add_word(sum, release, word, &near))
			continue;
		snprintf(message, size, "gfp \"%s\": %s", word,
			 gfp_word_error(word, near, error, sizeof(error)));
		return false;
	}
	return true;
}

/* -- both ----------------------------------------------------------------- */

/*
 * From 6.3 on a request with __GFP_HIGH that must not reclaim has the rights
 * that 5.10 gives to __GFP_ATOMIC: GFP_ATOMIC stays GFP_ATOMIC.
 */
static void finish(struct sum *sum, unsigned int release)
{
	gfp_t gfp = sum->gfp & ~sum->without;

	if (release >= GFP_RELEASE(6, 3) && gfp & __GFP_HIGH &&
	    !(gfp & __GFP_DIRECT_RECLAIM))
		gfp |= __GFP_ATOMIC;
	sum->reading->gfp = gfp;
}

/* The names of @split; where one is unknown and there is a number, that. */
static bool read_split(struct sum *sum, const struct release *release,
		       struct gfp_text *split, char *message, size_t size)
{
	char ignored[256];

	if (split->words < split->end) {
		struct gfp_text names = *split;

		if (read_names(sum, release_number(release), &names, message,
			       size))
			return true;
		if (!split->has_number)
			return false;
		*sum = (struct sum){ .reading = sum->reading };
		*sum->reading = (struct gfp_reading){ 0 };
		if (read_number(sum, release, split->number, ignored,
				sizeof(ignored)))
			return true;
		sum->reading->from_number = false; /* the message is not */
		return false;
	}
	if (split->has_number)
		return read_number(sum, release, split->number, message, size);
	snprintf(message, size, "no gfp mask");
	return false;
}

static bool read_mask(const struct release *release, const char *text,
		      bool has_mode, uint64_t mode, struct gfp_reading *reading,
		      char *message, size_t size)
{
	struct sum sum = { .reading = reading };
	struct gfp_text split;
	char word[GFP_WORD_MAX], error[128];

	*reading = (struct gfp_reading){ 0 };
	if (!gfp_text_split(text, &split, word, sizeof(word))) {
		snprintf(message, size, "gfp \"%s\": %s", word,
			 gfp_word_error(word, NULL, error, sizeof(error)));
		return false;
	}
	if (!split.has_number && has_mode) {
		split.has_number = true;
		split.number = mode;
	}
	if (!read_split(&sum, release, &split, message, size))
		return false;
	finish(&sum, release_number(release));
	return true;
}

bool gfp_decode(const struct release *release, const char *text,
		struct gfp_reading *reading, char *message, size_t size)
{
	return read_mask(release, text, false, 0, reading, message, size);
}

bool gfp_read(const struct release *release, const char *names, bool has_mode,
	      uint64_t mode, struct gfp_reading *reading, char *message,
	      size_t size)
{
	char why[256];

	if (read_mask(release, names, has_mode, mode, reading, why,
		      sizeof(why)))
		return true;
	snprintf(message, size, "%s; pass --gfp", why);
	return false;
}
