/* SPDX-License-Identifier: GPL-2.0-or-later */
/* free_account: the account of free pages as a clause. */
#include "machine/free_account.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "machine/gfp.h"

/* A part in words: how many pages, and where they are. */
struct part {
	uint32_t nr;
	char where[64];
	const char *which; /* follows where it is the only part */
};

/* Parts in the order of FREE_ACCOUNT. */
enum {
#define INDEX(name, text) PART_##name,
	FREE_ACCOUNT(INDEX)
#undef INDEX
		NR_PARTS
};

/* In blocks of what; NULL: not a part of that kind. */
static const char *const blocks_of[NR_PARTS] = {
	[PART_cma] = "MIGRATE_CMA ",
	[PART_highatomic] = "MIGRATE_HIGHATOMIC ",
	[PART_too_small] = "",
};

/* Only movable requests may use CMA, unless their task forbids it. */
static const char *forbidden(unsigned int part, unsigned int migratetype)
{
	if (part == PART_too_small)
		return "";
	if (part != PART_cma || migratetype == MIGRATE_MOVABLE)
		return ", which this request may not use";
	return migratetype == MIGRATE_UNMOVABLE ?
		       ", which an unmovable request may not use" :
		       ", which a reclaimable request may not use";
}

/* Say of a part in blocks where it is. */
static void name_blocks(struct part *part, unsigned int index,
			unsigned int order, unsigned int migratetype)
{
	int len = snprintf(part->where, sizeof(part->where),
			   part->nr == 1 ? "in a %sblock" : "in %sblocks",
			   blocks_of[index]);

	if (index == PART_too_small)
		snprintf(part->where + len, sizeof(part->where) - (size_t)len,
			 " smaller than order %u", order);
	part->which = forbidden(index, migratetype);
}

/* The parts that are not zero, of those that are free. Returns how many. */
static unsigned int list_parts(const struct free_account *account,
			       unsigned int order, unsigned int migratetype,
			       const char *usable, struct part *parts)
{
	const struct part all[NR_PARTS] = {
#define ROW(name, text) { account->name, text, "" },
		FREE_ACCOUNT(ROW)
#undef ROW
	};
	unsigned int nr = 0;

	for (unsigned int i = 0; i < PART_isolated; i++) {
		if (!all[i].nr)
			continue;
		parts[nr] = all[i];
		if (blocks_of[i])
			name_blocks(&parts[nr], i, order, migratetype);
		else if (i == PART_usable && usable)
			snprintf(parts[nr].where, sizeof(parts[nr].where), "%s",
				 usable);
		nr++;
	}
	return nr;
}

static const char *are(uint32_t nr)
{
	return nr == 1 ? "page is" : "pages are";
}

/* Append to the text of @size bytes in @buf. */
__attribute__((format(printf, 3, 4))) static void
append(char *buf, size_t size, const char *format, ...)
{
	const size_t len = strlen(buf);
	va_list args;

	va_start(args, format);
	vsnprintf(buf + len, size - len, format, args);
	va_end(args);
}

const char *free_account_text(const struct free_account *account,
			      unsigned int order, unsigned int migratetype,
			      const char *usable, char *buf, size_t size)
{
	struct part parts[NR_PARTS];
	unsigned int nr =
		list_parts(account, order, migratetype, usable, parts);

	buf[0] = '\0';
	if (!nr)
		append(buf, size, "no page is free");
	else
		append(buf, size, "%u %s free", account->free,
		       are(account->free));
	if (nr == 1)
		append(buf, size, "%s%s%s",
		       account->free == 1 ? ", " : ", all ", parts[0].where,
		       parts[0].which);
	for (unsigned int i = 0; nr > 1 && i < nr; i++)
		append(buf, size, "%s%u %s", i ? ", " : ": ", parts[i].nr,
		       parts[i].where);
	if (account->isolated)
		append(buf, size, "; %u %s isolated and not counted as free",
		       account->isolated, are(account->isolated));
	return buf;
}
