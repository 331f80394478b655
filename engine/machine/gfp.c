/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp: the flag tables, the migratetypes, and the name nearest to a word. */
#include "machine/gfp.h"

#include <ctype.h>
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
	{ "GFP_KERNEL_ACCOUNT", GFP_KERNEL_ACCOUNT,
	  "GFP_KERNEL, charged to a control group" },
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

/* Is @name the word of two letters and one more? */
static bool adds_letter(const char *name, const char *word)
{
	return strlen(word) == 2 && strlen(name) == 3 &&
	       distance(word, name) == 1;
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

		if (d < best || (!found && adds_letter(name, word))) {
			best = d;
			found = name;
		}
	}
	return found;
}
