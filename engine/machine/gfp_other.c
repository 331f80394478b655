/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gfp_other: the gfp flags of other releases, and what to say of a word that
 * is no flag of 5.10.
 */
#include "machine/gfp.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct gfp_release_flag gfp_release_flags[] = {
#define FLAG(name_, value_, first_, last_)                                     \
	{ #name_, value_, first_, last_, name_, 0, NULL },
#define OTHER(name_, value_, first_, last_, gfp_, without_)                    \
	{ #name_, value_, first_, last_, gfp_, without_, #gfp_ },
#include "machine/gfp_release.def"
#undef FLAG
#undef OTHER
};
const size_t nr_gfp_release_flags =
	sizeof(gfp_release_flags) / sizeof(gfp_release_flags[0]);

const struct gfp_release_flag *gfp_other_flag(const char *name)
{
	for (size_t i = 0; i < nr_gfp_release_flags; i++)
		if (gfp_release_flags[i].other &&
		    !strcmp(name, gfp_release_flags[i].name))
			return &gfp_release_flags[i];
	return NULL;
}

/* "up to 4.14", "4.4 to 4.9", "5.14 and later": the releases with @flag. */
static void releases_text(const struct gfp_release_flag *flag, char *buf,
			  size_t size)
{
	unsigned int first = flag->first, last = flag->last;

	for (size_t i = 0; i < nr_gfp_release_flags; i++) {
		const struct gfp_release_flag *row = &gfp_release_flags[i];

		if (strcmp(row->name, flag->name))
			continue;
		first = row->first < first ? row->first : first;
		last = row->last > last ? row->last : last;
	}
	if (first == GFP_RELEASE_FIRST)
		snprintf(buf, size, "up to %u.%u", last >> 8, last & 0xff);
	else if (last == GFP_RELEASE_LAST)
		snprintf(buf, size, "%u.%u and later", first >> 8,
			 first & 0xff);
	else
		snprintf(buf, size, "%u.%u to %u.%u", first >> 8, first & 0xff,
			 last >> 8, last & 0xff);
}

static void other_flag_text(const struct gfp_release_flag *flag, char *buf,
			    size_t size)
{
	char releases[32];

	releases_text(flag, releases, sizeof(releases));
	if (flag->gfp)
		snprintf(buf, size, "a flag of Linux %s; write %s", releases,
			 flag->other);
	else
		snprintf(buf, size, "a flag of Linux %s; leave it out",
			 releases);
}

/* The bits of a number that 5.10 has no flags for; 0: @word is no number. */
static uint64_t unknown_bits(const char *word)
{
	uint64_t number;
	char *end;

	errno = 0;
	number = strtoull(word, &end, 0);
	if (!isdigit((unsigned char)word[0]) || errno || *end)
		return 0;
	return number & ~(uint64_t)__GFP_BITS_MASK;
}

const char *gfp_word_error(const char *word, const char *near, char *buf,
			   size_t size)
{
	const struct gfp_release_flag *other = gfp_other_flag(word);
	uint64_t bits = unknown_bits(word);

	if (other)
		other_flag_text(other, buf, size);
	else if (bits)
		snprintf(buf, size, "unknown bits 0x%" PRIx64 " in Linux 5.10",
			 bits);
	else if (word[0] == ',')
		snprintf(buf, size, "text after the mask; leave it out");
	else if (strchr(word, '(') && !strchr(word, ')'))
		snprintf(buf, size, "the closing parenthesis is missing");
	else
		snprintf(buf, size, "no such flag%s%s%s",
			 near ? "; did you mean " : "", near ? near : "",
			 near ? "?" : "");
	return buf;
}
