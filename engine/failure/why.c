/* SPDX-License-Identifier: GPL-2.0-or-later */
/* why: the verdict of an explanation as a sentence. */
#include "failure/explain_private.h"

#include <inttypes.h>

#define SAY(x, ...) snprintf((x)->why, sizeof((x)->why), __VA_ARGS__)

static uint32_t nr_with(const struct explain_attempt *a,
			enum explain_check check)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < a->nr_zones; i++)
		nr += a->zones[i].check == check;
	return nr;
}

/* Up to 4.3: are there blocks, although a zone is refused for its blocks? */
static bool has_few_blocks(const struct explain_attempt *a)
{
	for (uint32_t i = 0; i < a->nr_zones; i++)
		if (a->zones[i].check == EXPLAIN_CHECK_no_block &&
		    a->zones[i].usable_orders)
			return true;
	return false;
}

static void say_certain(struct explanation *x)
{
	const struct explain_attempt *slow = &x->attempts[EXPLAIN_SLOW];
	const uint32_t watermark = nr_with(slow, EXPLAIN_CHECK_watermark);
	const uint32_t no_block = nr_with(slow, EXPLAIN_CHECK_no_block);

	if (slow->order_too_large)
		SAY(x,
		    "order %u is not below MAX_ORDER (%u): refused before any "
		    "zone is tried",
		    x->order, x->machine.max_order);
	else if (!watermark && !no_block)
		SAY(x, "every zone is skipped: none is in reach of this "
		       "request");
	else if (!no_block)
		SAY(x,
		    "no zone in reach has more free pages than min and "
		    "lowmem_reserve require%s",
		    slow->alloc_flags & (ALLOC_HIGH | ALLOC_HARDER) ?
			    ", although this request may go below min" :
			    "");
	else if (!watermark)
		SAY(x, "every zone in reach has enough free pages, but %s",
		    has_few_blocks(slow) ?
			    "too few of them in blocks of its order or more" :
			    "no block that this request may use");
	else
		SAY(x, "every zone in reach refuses it: some by the min "
		       "watermark, some because they have no block that this "
		       "request may use");
}

/* The first zone whose result is @certain, and served if @served. */
static const struct explain_zone *first_zone(const struct explain_attempt *a,
					     bool certain, bool served)
{
	for (uint32_t i = 0; i < a->nr_zones; i++) {
		const struct explain_zone *z = &a->zones[i];

		if (z->is_certain == certain &&
		    (z->verdict == EXPLAIN_ZONE_served) == served)
			return z;
	}
	return NULL;
}

static void say_highatomic(struct explanation *x, const struct explain_zone *z)
{
	const struct explain_facts *f = facts_of(x, z->report);

	SAY(x,
	    "%s passes with a margin of %" PRId64 " page%s on the printed "
	    "numbers, but this kernel also subtracts a highatomic reserve that "
	    "it does not print: %" PRId64 " to %" PRId64 " pages, of which "
	    "%" PRId64 " are enough for a refusal",
	    z->name, z->margin, z->margin == 1 ? "" : "s", f->highatomic.least,
	    f->highatomic.most, z->margin);
}

/* A zone refuses on the printed numbers, but not for certain. */
static void say_may_serve(struct explanation *x, const struct explain_zone *z)
{
	if (z->check == EXPLAIN_CHECK_no_block)
		SAY(x,
		    "%s has enough free pages, and the report does not print "
		    "the migratetypes of %s",
		    z->name,
		    z->unknowns & 1u << EXPLAIN_UNKNOWN_types ?
			    "its blocks" :
			    "the pages on its per-cpu lists");
	else
		SAY(x,
		    "%s refuses it on the printed numbers, but its margin may "
		    "be %" PRId64 " to %" PRId64 " pages",
		    z->name, z->margins.least, z->margins.most);
}

static void say_bounded(struct explanation *x)
{
	const struct explain_attempt *slow = &x->attempts[EXPLAIN_SLOW];
	const struct explain_zone *served = first_zone(slow, false, true);
	const struct explain_zone *refused = first_zone(slow, false, false);

	if (x->unknowns & 1u << EXPLAIN_UNKNOWN_node)
		SAY(x,
		    "the request insists on one node, which the report does "
		    "not name: node %u refuses it",
		    x->nid);
	else if (served && served->unknowns & 1u << EXPLAIN_UNKNOWN_highatomic)
		say_highatomic(x, served);
	else if (served && served->unknowns & 1u << EXPLAIN_UNKNOWN_types)
		SAY(x,
		    "%s passes its watermark, with a margin of %" PRId64
		    " pages, but the report does not print %s",
		    served->name, served->margin,
		    explain_has_blocks(served->report) ?
			    "the migratetypes of its free blocks" :
			    "its free lists");
	else if (served)
		SAY(x,
		    "%s passes on the printed numbers, but with a margin of "
		    "%" PRId64 " to %" PRId64 " pages",
		    served->name, served->margins.least, served->margins.most);
	else if (refused)
		say_may_serve(x, refused);
}

static void say_not_explained(struct explanation *x)
{
	const struct explain_attempt *slow = &x->attempts[EXPLAIN_SLOW];
	const struct explain_zone *z = first_zone(slow, true, true);

	if (x->is_memcg)
		SAY(x, "a memory cgroup reached its limit: the zones did not "
		       "refuse this request");
	else if (z)
		SAY(x,
		    "at the moment of the dump this request would have been "
		    "served from %s, with a margin of %" PRId64 " page%s; the "
		    "report is written after the failure",
		    z->name, z->margin, z->margin == 1 ? "" : "s");
}

/* Without a report of a failure: the table, or a request of the options. */
static void say_served(struct explanation *x)
{
	const struct explain_zone *z =
		first_zone(&x->attempts[EXPLAIN_SLOW], true, true);

	if (x->has_request && z)
		SAY(x,
		    "this request would be served from %s, with a margin of "
		    "%" PRId64 " page%s",
		    z->name, z->margin, z->margin == 1 ? "" : "s");
	else
		SAY(x, "by highest_zoneidx, migratetype and order, the zone "
		       "that would serve it, or why none would");
}

void why_find(struct explanation *x)
{
	switch (x->verdict) {
	case EXPLAIN_certain:
		say_certain(x);
		break;
	case EXPLAIN_bounded:
		say_bounded(x);
		break;
	case EXPLAIN_not_explained:
		say_not_explained(x);
		break;
	case EXPLAIN_none:
		say_served(x);
		break;
	case EXPLAIN_refused:
		break;
	}
}
