/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp: the flag tables, and their text form both ways. */
#include "machine/gfp.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Composites first, larger before smaller where one holds the other, so
 * that the printer, which takes the first row whose bits are all there,
 * prints GFP_KERNEL and not GFP_NOFS|__GFP_FS.
 */
const struct flag_name gfp_names[] = {
	{ "GFP_TRANSHUGE", GFP_TRANSHUGE,
	  "a huge page; may reclaim memory for it" },
	{ "GFP_TRANSHUGE_LIGHT", GFP_TRANSHUGE_LIGHT,
	  "a huge page, only if one is free" },
	{ "GFP_HIGHUSER_MOVABLE", GFP_HIGHUSER_MOVABLE,
	  "user memory that can be migrated" },
	{ "GFP_HIGHUSER", GFP_HIGHUSER, "user memory, HighMem allowed" },
	{ "GFP_USER", GFP_USER, "user memory that the kernel also accesses" },
	{ "GFP_KERNEL", GFP_KERNEL, "kernel memory; may sleep" },
	{ "GFP_NOFS", GFP_NOFS, "may sleep, must not call a file system" },
	{ "GFP_ATOMIC", GFP_ATOMIC, "must not sleep, may use reserves" },
	{ "GFP_NOIO", GFP_NOIO, "may sleep, must not start I/O" },
	{ "GFP_NOWAIT", GFP_NOWAIT, "must not sleep, wakes kswapd" },
	{ "GFP_DMA32", GFP_DMA32, "highest zone DMA32" },
	{ "GFP_DMA", GFP_DMA, "highest zone DMA" },
	{ "__GFP_RECLAIM", __GFP_RECLAIM, "direct reclaim and kswapd" },
	{ "__GFP_DMA", __GFP_DMA, "highest zone DMA" },
	{ "__GFP_HIGHMEM", __GFP_HIGHMEM, "highest zone HighMem" },
	{ "__GFP_DMA32", __GFP_DMA32, "highest zone DMA32" },
	{ "__GFP_MOVABLE", __GFP_MOVABLE, "migratetype movable" },
	{ "__GFP_RECLAIMABLE", __GFP_RECLAIMABLE, "migratetype reclaimable" },
	{ "__GFP_HIGH", __GFP_HIGH, "may use half of the min watermark" },
	{ "__GFP_IO", __GFP_IO, "reclaim may start I/O" },
	{ "__GFP_FS", __GFP_FS, "reclaim may call a file system" },
	{ "__GFP_ZERO", __GFP_ZERO, "the page is zeroed" },
	{ "__GFP_ATOMIC", __GFP_ATOMIC,
	  "cannot wait: ALLOC_HARDER in the slow path" },
	{ "__GFP_DIRECT_RECLAIM", __GFP_DIRECT_RECLAIM,
	  "may reclaim memory itself" },
	{ "__GFP_KSWAPD_RECLAIM", __GFP_KSWAPD_RECLAIM, "may wake kswapd" },
	{ "__GFP_WRITE", __GFP_WRITE, "will be written: spread over nodes" },
	{ "__GFP_NOWARN", __GFP_NOWARN, "no warning when it fails" },
	{ "__GFP_RETRY_MAYFAIL", __GFP_RETRY_MAYFAIL, "tries hard, may fail" },
	{ "__GFP_NOFAIL", __GFP_NOFAIL, "never fails" },
	{ "__GFP_NORETRY", __GFP_NORETRY, "fails early" },
	{ "__GFP_MEMALLOC", __GFP_MEMALLOC, "may use every reserve" },
	{ "__GFP_COMP", __GFP_COMP, "a compound page" },
	{ "__GFP_NOMEMALLOC", __GFP_NOMEMALLOC, "never uses the reserves" },
	{ "__GFP_HARDWALL", __GFP_HARDWALL,
	  "only nodes of the task's own cpuset" },
	{ "__GFP_THISNODE", __GFP_THISNODE, "only this node's zones" },
	{ "__GFP_ACCOUNT", __GFP_ACCOUNT, "charged to a control group" },
};
const size_t nr_gfp_names = sizeof(gfp_names) / sizeof(gfp_names[0]);

const struct flag_name alloc_flag_names[] = {
	{ "NO_WATERMARKS", ALLOC_NO_WATERMARKS, "ignore the watermarks" },
	{ "OOM", ALLOC_OOM, "minus half of the remaining watermark" },
	{ "HARDER", ALLOC_HARDER,
	  "minus a quarter; highatomic blocks allowed" },
	{ "HIGH", ALLOC_HIGH, "minus half of the watermark" },
	{ "CPUSET", ALLOC_CPUSET, "check the cpuset for each zone" },
	{ "CMA", ALLOC_CMA, "CMA blocks allowed" },
	{ "NOFRAGMENT", ALLOC_NOFRAGMENT,
	  "try another zone before a small steal" },
	{ "KSWAPD", ALLOC_KSWAPD, "may wake kswapd" },
	{ "WMARK_MIN", ALLOC_WMARK_MIN, "check against the min watermark" },
	{ "WMARK_LOW", ALLOC_WMARK_LOW, "check against the low watermark" },
	{ "WMARK_HIGH", ALLOC_WMARK_HIGH, "check against the high watermark" },
};
const size_t nr_alloc_flag_names =
	sizeof(alloc_flag_names) / sizeof(alloc_flag_names[0]);

const uint8_t fallbacks[MIGRATE_PCPTYPES][NR_FALLBACKS] = {
	[MIGRATE_UNMOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
};

static const struct {
	const char *name;
	char letter;
} migratetypes[MIGRATE_TYPES] = {
	[MIGRATE_UNMOVABLE] = { "unmovable", 'U' },
	[MIGRATE_MOVABLE] = { "movable", 'M' },
	[MIGRATE_RECLAIMABLE] = { "reclaimable", 'R' },
	[MIGRATE_HIGHATOMIC] = { "highatomic", 'H' },
	[MIGRATE_CMA] = { "cma", 'C' },
	[MIGRATE_ISOLATE] = { "isolate", 'I' },
};

const char *migratetype_name(unsigned int migratetype)
{
	return migratetype < MIGRATE_TYPES ? migratetypes[migratetype].name :
					     "none";
}

int migratetype_from_name(const char *name)
{
	for (int i = 0; i < MIGRATE_TYPES; i++)
		if (!strcmp(name, migratetypes[i].name))
			return i;
	return -1;
}

char migratetype_letter(unsigned int migratetype)
{
	return migratetype < MIGRATE_TYPES ? migratetypes[migratetype].letter :
					     '.';
}

int migratetype_from_letter(char letter)
{
	for (int i = 0; i < MIGRATE_TYPES; i++)
		if (letter == migratetypes[i].letter)
			return i;
	return -1;
}

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
	const gfp_t all = gfp;

	buf[0] = '\0';
	for (size_t i = 0; i < nr_gfp_names; i++) {
		gfp_t bits = gfp_names[i].bits;

		/*
		 * GFP_DMA is __GFP_DMA, GFP_NOWAIT is __GFP_KSWAPD_RECLAIM:
		 * beside other bits the single bit's name is clearer.
		 */
		if (!(bits & (bits - 1)) && bits != all &&
		    gfp_names[i].name[0] != '_')
			continue;
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

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

enum { MAX_NAME = 64 };

static bool same_letter(char a, char b)
{
	return toupper((unsigned char)a) == toupper((unsigned char)b);
}

/*
 * How many letters must be left out, put in, changed or swapped with the
 * next to make @a of @b. The usual table, of which three rows are kept.
 */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][MAX_NAME], *before = rows[0], *last = rows[1];
	size_t *row = rows[2], len = strlen(b);

	if (len >= MAX_NAME || strlen(a) >= MAX_NAME)
		return SIZE_MAX;
	for (size_t j = 0; j <= len; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *free_row = before;

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			size_t change = !same_letter(a[i - 1], b[j - 1]);
			size_t best = smaller(last[j], row[j - 1]) + 1;

			best = smaller(best, last[j - 1] + change);
			if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
			    same_letter(a[i - 2], b[j - 1]))
				best = smaller(best, before[j - 2] + 1);
			row[j] = best;
		}
		before = last;
		last = row;
		row = free_row;
	}
	return last[len];
}

const char *nearest_name(const char *word, const void *names, size_t nr,
			 size_t stride)
{
	size_t best = strlen(word) / 3 + 1;
	const char *found = NULL;

	for (size_t i = 0; i < nr; i++) {
		const char *name = *(const char *const *)((const char *)names +
							  i * stride);
		size_t d = distance(word, name);

		if (d < best) {
			best = d;
			found = name;
		}
	}
	return found;
}

struct flag_table {
	const struct flag_name *names;
	size_t nr;
	uint32_t mask;
};

static bool flag_word(const struct flag_table *table, const char *word,
		      uint32_t *bits)
{
	char *end;
	unsigned long number;

	for (size_t i = 0; i < table->nr; i++) {
		if (!strcmp(word, table->names[i].name)) {
			*bits |= table->names[i].bits;
			return true;
		}
	}
	if (!isdigit((unsigned char)word[0]))
		return false;
	errno = 0;
	number = strtoul(word, &end, 0);
	if (errno || *end || (number & ~(unsigned long)table->mask))
		return false;
	*bits |= (uint32_t)number;
	return true;
}

static bool flags_from_text(const struct flag_table *table, const char *text,
			    uint32_t *bits, char *bad_word, size_t size,
			    const char **near)
{
	uint32_t sum = 0;

	for (;;) {
		size_t len = strcspn(text, "|"), skip = 0, keep = len;
		char word[64];

		while (skip < len && isspace((unsigned char)text[skip]))
			skip++;
		while (keep > skip && isspace((unsigned char)text[keep - 1]))
			keep--;
		snprintf(word, sizeof(word), "%.*s", (int)(keep - skip),
			 text + skip);
		if (keep - skip >= sizeof(word) ||
		    !flag_word(table, word, &sum)) {
			if (bad_word)
				snprintf(bad_word, size, "%s", word);
			if (near)
				*near = nearest_name(word, table->names,
						     table->nr,
						     sizeof(*table->names));
			return false;
		}
		if (!text[len])
			break;
		text += len + 1;
	}
	*bits = sum;
	return true;
}

bool gfp_from_text(const char *text, gfp_t *gfp, char *bad_word, size_t size,
		   const char **near)
{
	const struct flag_table table = { gfp_names, nr_gfp_names,
					  __GFP_BITS_MASK };

	return flags_from_text(&table, text, gfp, bad_word, size, near);
}

bool alloc_flags_from_text(const char *text, uint32_t *alloc_flags,
			   char *bad_word, size_t size, const char **near)
{
	const struct flag_table table = { alloc_flag_names, nr_alloc_flag_names,
					  ALLOC_BITS_MASK };

	return flags_from_text(&table, text, alloc_flags, bad_word, size, near);
}
