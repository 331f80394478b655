/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_text: an explanation, for a person. */
#include "failure/explain_private.h"

#include <inttypes.h>
#include <string.h>

#include "failure/print.h"
#include "failure/table.h"

static const char *plural(int64_t nr)
{
	return nr == 1 ? "" : "s";
}

static void put(struct print *p, int indent, const char *text)
{
	print_add(p, "%*s%s", indent, "", text);
	print_end(p, indent + (text[0] == '-' ? 2 : 0));
}

static void heading(struct print *p, const char *text)
{
	fputc('\n', p->out);
	put(p, 0, text);
}

/* -- the request ---------------------------------------------------------- */

static void put_kernel(const struct explanation *x, struct print *p)
{
	const struct release *release = &x->report->release;

	if (release->major)
		print_add(p, "kernel %s", release->text);
	else
		print_add(p, "unknown kernel: the rules of 5.10 are followed");
}

static void put_event(const struct explanation *x, struct print *p)
{
	const struct report_request *r = &x->report->request;

	if (*r->task)
		print_add(p, "%s, ", r->task);
	if (r->event == REPORT_ALLOCATION_FAILURE)
		print_add(p, "page allocation failure, ");
	if (r->event == REPORT_OOM)
		print_add(p, "out of memory%s%s, ",
			  *r->constraint ? ", constraint " : "", r->constraint);
	put_kernel(x, p);
	print_end(p, 0);
}

static void put_request(const struct explanation *x, struct print *p)
{
	const struct report_request *r = &x->report->request;
	const uint64_t pages = UINT64_C(1) << x->order;
	char nodes[256];

	print_add(p,
		  "Request: order %u (%" PRIu64 " page%s), %s; %s, zones up "
		  "to %s",
		  x->order, pages, plural((int64_t)pages), x->gfp_text,
		  migratetype_name(x->migratetype),
		  zone_name(&x->machine, x->highest_zoneidx));
	if (r->has_nodemask)
		print_add(p, ", nodes %s", explain_nodes(r->nodemask, nodes));
	if (r->has_mems_allowed && x->guesses_node)
		print_add(p, ", mems_allowed %s",
			  explain_nodes(r->mems_allowed, nodes));
	if (x->guesses_node)
		print_add(p, ", preferred node %" PRIu32 " (a guess)", x->nid);
	print_end(p, 2);
}

/* Green, yellow and red: nothing else depends on the colour. */
static void put_verdict(const struct explanation *x, struct print *p)
{
	static const char *const colors[] = {
		[EXPLAIN_certain] = "\033[32m",
		[EXPLAIN_bounded] = "\033[33m",
		[EXPLAIN_not_explained] = "\033[31m",
		[EXPLAIN_none] = "",
		[EXPLAIN_refused] = "",
	};

	fputs(p->color ? colors[x->verdict] : "", p->out);
	print_add(p, "%s: %s.",
		  x->verdict == EXPLAIN_none && x->has_request ?
			  "Served" :
			  explain_verdict_text(x->verdict),
		  x->why);
	print_end(p, 0);
	fputs(p->color ? "\033[0m" : "", p->out);
}

/* -- a zone --------------------------------------------------------------- */

/* "352 free - 15 of the block - 508 highatomic" */
static void put_free(const struct explain_zone *z, struct print *p)
{
	print_add(p, "%" PRId64 " free", z->free);
	if (z->unusable.order)
		print_add(p, " - %" PRId64 " of the block", z->unusable.order);
	if (z->unusable.highatomic)
		print_add(p, " - %" PRId64 " highatomic",
			  z->unusable.highatomic);
	if (z->unusable.cma)
		print_add(p, " - %" PRId64 " CMA", z->unusable.cma);
}

/* "> 169 (low 53 + lowmem_reserve[Normal] 116)" */
static void put_required(const struct explanation *x,
			 const struct explain_attempt *a,
			 const struct explain_zone *z, struct print *p)
{
	static const char *const wmarks[] = { "min", "low", "high" };

	if (z->no_watermark) {
		print_add(p, ", the watermark is ignored");
		return;
	}
	print_add(p, " %s %" PRId64,
		  z->margin > 0 ? ">" : "<=", z->watermark + z->reserve);
	print_add(p, " (%s %" PRId64, wmarks[a->alloc_flags & ALLOC_WMARK_MASK],
		  z->base);
	if (z->base != z->watermark)
		print_add(p, " - %" PRId64 " for an urgent request",
			  z->base - z->watermark);
	if (z->reserve)
		print_add(p, " + lowmem_reserve[%s] %" PRId64,
			  zone_name(&x->machine, a->reserve_idx), z->reserve);
	print_add(p, ")");
}

static void put_no_block(const struct explanation *x,
			 const struct explain_attempt *a,
			 const struct explain_zone *z, struct print *p)
{
	struct explain_blocks blocks;

	explain_unusable_blocks(a, z, &blocks);
	if (z->usable_orders)
		print_add(p,
			  ", but too few of them in blocks of order %u or "
			  "more",
			  x->order);
	else if (x->order)
		print_add(p,
			  ", but no block of order %u or more that it may "
			  "use",
			  x->order);
	else
		print_add(p, ", but no block that it may use");
	for (uint32_t i = 0; i < blocks.nr; i++)
		print_add(p, "%s%" PRId64 " page%s of type %s", i ? ", " : ": ",
			  blocks.pages[i], plural(blocks.pages[i]),
			  blocks.letters[i]);
}

static void put_certainty(const struct explain_zone *z, struct print *p)
{
	const char *between = "; since ";

	if (z->is_certain) {
		print_add(p, "; certain");
		return;
	}
	print_add(p, "; not certain");
	if (z->margins.least != z->margins.most)
		print_add(p, ": the margin is %" PRId64 " to %" PRId64,
			  z->margins.least, z->margins.most);
	for (unsigned int i = 0; i < NR_EXPLAIN_UNKNOWNS; i++) {
		if (!(z->unknowns >> i & 1))
			continue;
		print_add(p, "%s%s", between, explain_unknown_text(i));
		between = " and ";
	}
}

static void put_zone(const struct explanation *x,
		     const struct explain_attempt *a,
		     const struct explain_zone *z, struct print *p)
{
	print_add(p, "  %-11s %-8s ", z->name,
		  explain_zone_verdict_name(z->verdict));
	if (!z->has_numbers) {
		print_add(p, "%s", explain_check_text(z->check));
		if (z->check == EXPLAIN_CHECK_highest_zoneidx)
			print_add(p, " (%s)",
				  zone_name(&x->machine, x->highest_zoneidx));
		print_end(p, 23);
		return;
	}
	put_free(z, p);
	put_required(x, a, z, p);
	print_add(p, ", margin %" PRId64, z->margin);
	if (z->check == EXPLAIN_CHECK_no_block)
		put_no_block(x, a, z, p);
	put_certainty(z, p);
	print_end(p, 23);
}

/* ", ALLOC_HIGH, ALLOC_HARDER", by the names that its kernel has. */
static void put_flags(const struct explanation *x,
		      const struct explain_attempt *a, struct print *p)
{
	static const struct {
		uint32_t flag;
		const char *name, *since_6_3;
	} flags[] = {
		{ ALLOC_NO_WATERMARKS, "ALLOC_NO_WATERMARKS", NULL },
		{ ALLOC_HIGH, "ALLOC_HIGH", "ALLOC_MIN_RESERVE" },
		{ ALLOC_HARDER, "ALLOC_HARDER", "ALLOC_NON_BLOCK" },
		{ ALLOC_CMA, "ALLOC_CMA", NULL },
	};
	const bool since_6_3 =
		explain_rule(&x->report->release, RULE_reserve_flags);

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (a->alloc_flags & flags[i].flag)
			print_add(p, ", %s",
				  since_6_3 && flags[i].since_6_3 ?
					  flags[i].since_6_3 :
					  flags[i].name);
}

static void put_attempt(const struct explanation *x,
			enum explain_attempt_kind kind, struct print *p)
{
	static const char *const names[NR_EXPLAIN_ATTEMPTS] = {
		[EXPLAIN_FAST] = "Low watermark (the fast path",
		[EXPLAIN_SLOW] = "Min watermark (the slow path's first attempt",
		[EXPLAIN_OOM] = ("High watermark (the last attempt before the "
				 "OOM killer"),
	};
	const struct explain_attempt *a = &x->attempts[kind];

	if (!a->nr_zones)
		return;
	fputc('\n', p->out);
	print_add(p, "%s",
		  a->alloc_flags & ALLOC_NO_WATERMARKS ?
			  "No watermark (the slow path's second attempt" :
			  names[kind]);
	put_flags(x, a, p);
	print_add(p, "):");
	print_end(p, 0);
	for (uint32_t i = 0; i < a->nr_zones; i++)
		if (explain_shows(x, a->zones[i].report))
			put_zone(x, a, &a->zones[i], p);
}

/* -- what follows --------------------------------------------------------- */

/*
 * The account is that of the lists; the zone line may say otherwise. Isolated
 * pages are no part of either.
 */
static void put_account(const struct explain_zone *z, struct print *p)
{
	const uint32_t *isolated = &z->account.isolated;
	const char *between = "";

	print_add(p, "  %-11s %" PRIu32 " free = ", z->name, z->account.free);
#define ROW(name, text)                                                        \
	if (z->account.name) {                                                 \
		print_add(p, "%s%" PRIu32 " %s",                               \
			  &z->account.name == isolated ? "; " : between,       \
			  z->account.name, text);                              \
		between = " + ";                                               \
	}
	FREE_ACCOUNT(ROW)
#undef ROW
	if (z->has_numbers && z->free != z->account.free)
		print_add(p, "; the zone line says %" PRId64, z->free);
	print_end(p, 14);
}

static void put_accounts(const struct explanation *x, struct print *p)
{
	const struct explain_attempt *a = &x->attempts[EXPLAIN_SLOW];
	bool any = false;

	for (uint32_t i = 0; i < a->nr_zones; i++) {
		const struct explain_zone *z = &a->zones[i];

		if (!z->report || !explain_has_blocks(z->report) ||
		    !z->account.free || !explain_shows(x, z->report))
			continue;
		if (!any)
			heading(p, "Where the free pages on the lists are, for "
				   "the slow path:");
		any = true;
		put_account(z, p);
	}
}

static void put_flips(const struct explanation *x, struct print *p)
{
	if (x->nr_flips)
		heading(p, "What would let it be served, each alone; and what "
			   "that costs:");
	for (size_t i = 0; i < x->nr_flips; i++) {
		print_add(p, "  - %s", x->flips[i].text);
		print_end(p, 4);
		print_add(p, "    cost: %s", x->flips[i].cost);
		print_end(p, 10);
	}
}

void explain_text(const struct explanation *x, bool color, FILE *out)
{
	struct print p = { .out = out, .color = color };

	put_event(x, &p);
	if (x->has_request)
		put_request(x, &p);
	put_verdict(x, &p);
	for (int i = 0; x->has_request && i < NR_EXPLAIN_ATTEMPTS; i++)
		put_attempt(x, i, &p);
	if (x->table)
		table_text(x, out);
	put_accounts(x, &p);
	put_flips(x, &p);
	explain_facts_text(x, &p);
}
