/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_json: zonewalk/explanation/1; docs/schemas has its keys. */
#include "failure/explain_private.h"

#include <inttypes.h>

#include "failure/table.h"

static const char *const attempt_names[NR_EXPLAIN_PASSES] = {
	[EXPLAIN_FAST] = "fast",
	[EXPLAIN_SLOW] = "slow",
};

static void add_i64(struct json_writer *out, const char *key, int64_t value)
{
	writer_key(out, key);
	writer_i64(out, value);
}

static void add_range(struct json_writer *out, const char *key,
		      struct explain_range range)
{
	writer_key(out, key);
	writer_open(out, '[');
	writer_i64(out, range.least);
	writer_i64(out, range.most);
	writer_close(out, ']');
}

/* -- the request ----------------------------------------------------------- */

static void add_nodes(struct json_writer *out, const char *key, bool is_printed,
		      uint64_t nodes)
{
	char text[256];

	if (is_printed)
		writer_add_string(out, key, explain_nodes(nodes, text));
}

static void add_request(const struct explanation *x, struct json_writer *out)
{
	const struct report_request *r = &x->report->request;

	writer_key(out, "request");
	if (!x->has_request) {
		writer_null(out);
		return;
	}
	writer_open(out, '{');
	writer_add_u64(out, "order", x->order);
	writer_add_string(out, "gfp", x->gfp_text);
	writer_add_string(out, "event", explain_event_name(r->event));
	writer_add_string(out, "migratetype", migratetype_name(x->migratetype));
	writer_add_string(out, "highest_zoneidx",
			  zone_name(&x->machine, x->highest_zoneidx));
	writer_add_u64(out, "node", x->nid);
	add_nodes(out, "nodemask", r->has_nodemask, r->nodemask);
	add_nodes(out, "mems_allowed", r->has_mems_allowed, r->mems_allowed);
	if (*r->task)
		writer_add_string(out, "task", r->task);
	if (*r->constraint)
		writer_add_string(out, "constraint", r->constraint);
	writer_close(out, '}');
}

/* -- a zone --------------------------------------------------------------- */

static void add_unusable(const struct explain_zone *z, struct json_writer *out)
{
	writer_key(out, "unusable");
	writer_open(out, '{');
	add_i64(out, "order", z->unusable.order);
	add_i64(out, "highatomic", z->unusable.highatomic);
	add_i64(out, "cma", z->unusable.cma);
	add_i64(out, "sum", z->unusable.sum);
	writer_close(out, '}');
}

static void add_orders(const struct explain_zone *z, struct json_writer *out)
{
	writer_key(out, "usable_orders");
	writer_open(out, '[');
	for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
		if (z->usable_orders >> o & 1)
			writer_i64(out, o);
	writer_close(out, ']');
}

/* { "H": 352 }: pages of counts that have no type that may be used. */
static void add_unusable_blocks(const struct explain_attempt *a,
				const struct explain_zone *z,
				struct json_writer *out)
{
	struct explain_blocks blocks;

	explain_unusable_blocks(a, z, &blocks);
	writer_key(out, "unusable_blocks");
	writer_open(out, '{');
	for (uint32_t i = 0; i < blocks.nr; i++)
		add_i64(out, blocks.letters[i], blocks.pages[i]);
	writer_close(out, '}');
}

static void add_unknowns(const struct explain_zone *z, struct json_writer *out)
{
	if (z->is_certain)
		return;
	writer_key(out, "unknown");
	writer_open(out, '[');
	for (unsigned int i = 0; i < NR_EXPLAIN_UNKNOWNS; i++)
		if (z->unknowns >> i & 1)
			writer_string(out, explain_unknown_name(i));
	writer_close(out, ']');
}

void explain_zone_json(const struct explain_zone *z, struct json_writer *out)
{
	writer_open(out, '{');
	writer_add_string(out, "zone", z->name);
	writer_add_string(out, "verdict",
			  explain_zone_verdict_name(z->verdict));
	writer_add_string(out, "check", explain_check_name(z->check));
}

static void add_zone(const struct explain_attempt *a,
		     const struct explain_zone *z, struct json_writer *out)
{
	explain_zone_json(z, out);
	if (z->has_numbers) {
		add_i64(out, "free", z->free);
		add_unusable(z, out);
		add_i64(out, "watermark", z->watermark);
		add_i64(out, "reserve", z->reserve);
		add_i64(out, "margin", z->margin);
		if (z->margins.least != z->margins.most)
			add_range(out, "margin_bounds", z->margins);
		writer_add_bool(out, "certain", z->is_certain);
		add_unknowns(z, out);
		add_orders(z, out);
		add_unusable_blocks(a, z, out);
	}
	writer_close(out, '}');
}

static void add_passes(const struct explanation *x, struct json_writer *out)
{
	char flags[GFP_TEXT_MAX];

	writer_key(out, "passes");
	writer_open(out, '[');
	for (int i = 0; x->has_request && i < NR_EXPLAIN_PASSES; i++) {
		const struct explain_attempt *a = &x->attempts[i];

		writer_open(out, '{');
		writer_add_string(out, "attempt", attempt_names[i]);
		writer_add_string(out, "alloc_flags",
				  alloc_flags_to_text(a->alloc_flags, flags,
						      sizeof(flags)));
		writer_key(out, "zones");
		writer_open(out, '[');
		for (uint32_t z = 0; z < a->nr_zones; z++)
			if (explain_shows(x, a->zones[z].report))
				add_zone(a, &a->zones[z], out);
		writer_close(out, ']');
		writer_close(out, '}');
	}
	writer_close(out, ']');
}

/* -- the account, flips, facts -------------------------------------------- */

static void add_account(const struct explanation *x, struct json_writer *out)
{
	const struct explain_attempt *a = &x->attempts[EXPLAIN_SLOW];

	writer_key(out, "account");
	writer_open(out, '[');
	for (uint32_t i = 0; i < a->nr_zones; i++) {
		const struct explain_zone *z = &a->zones[i];

		if (!z->report || !explain_has_blocks(z->report) ||
		    !explain_shows(x, z->report))
			continue;
		writer_open(out, '{');
		writer_add_string(out, "zone", z->name);
		writer_add_u64(out, "free", z->account.free);
#define ROW(name, text) writer_add_u64(out, #name, z->account.name);
		FREE_ACCOUNT(ROW)
#undef ROW
		writer_close(out, '}');
	}
	writer_close(out, ']');
}

static void add_flips(const struct explanation *x, struct json_writer *out)
{
	writer_key(out, "flips");
	writer_open(out, '[');
	for (size_t i = 0; i < x->nr_flips; i++)
		flip_write_json(out, &x->machine, &x->flips[i]);
	writer_close(out, ']');
}

enum fact { HIGHATOMIC, GAP, UNBOOSTED_MIN, BOOST, NR_FACTS };

static const char *const fact_names[NR_FACTS] = {
	[HIGHATOMIC] = "reserved_highatomic_bounds",
	[GAP] = "gap",
	[UNBOOSTED_MIN] = "unboosted_min",
	[BOOST] = "boost",
};

static void add_fact(const struct explain_facts *f, enum fact fact,
		     const char *zone, struct json_writer *out)
{
	if (fact == HIGHATOMIC && f->has_highatomic)
		add_range(out, zone, f->highatomic);
	if (fact == GAP && f->has_gap)
		add_i64(out, zone, f->gap);
	if (fact == UNBOOSTED_MIN && f->has_boost)
		add_range(out, zone, f->unboosted_min);
	if (fact == BOOST && f->has_boost)
		add_range(out, zone, f->boost);
}

/* Each fact as an object, with a key for each zone that has it. */
static void add_zone_facts(const struct explanation *x, struct json_writer *out)
{
	char name[32];

	for (enum fact fact = 0; fact < NR_FACTS; fact++) {
		writer_key(out, fact_names[fact]);
		writer_open(out, '{');
		for (uint32_t i = 0; x->facts && i < x->report->nr_zones; i++)
			if (explain_shows(x, &x->report->zones[i]))
				add_fact(&x->facts[i], fact,
					 explain_zone_name(&x->report->zones[i],
							   name),
					 out);
		writer_close(out, '}');
	}
}

static void add_oom(const struct explanation *x, struct json_writer *out)
{
	const struct explain_attempt *a = &x->attempts[EXPLAIN_OOM];

	if (!a->nr_zones)
		return;
	writer_key(out, "oom_margin");
	writer_open(out, '{');
	for (uint32_t i = 0; i < a->nr_zones; i++)
		if (a->zones[i].has_numbers &&
		    explain_shows(x, a->zones[i].report))
			add_i64(out, a->zones[i].name, a->zones[i].margin);
	writer_close(out, '}');
}

static void add_facts(const struct explanation *x, struct json_writer *out)
{
	const int64_t needed = explain_highatomic_needed(x);

	writer_key(out, "facts");
	writer_open(out, '{');
	add_zone_facts(x, out);
	writer_add_bool(out, "boost_in_marks",
			x->facts && explain_boost_in_marks(x));
	if (needed)
		add_i64(out, "H_needed_to_explain", needed);
	if (x->has_min_free_kbytes)
		add_range(out, "min_free_kbytes", x->min_free_kbytes);
	add_oom(x, out);
	writer_close(out, '}');
}

/* -- the whole ------------------------------------------------------------ */

static void add_rules(const struct explanation *x, struct json_writer *out)
{
	writer_key(out, "rules");
	writer_open(out, '[');
	for (unsigned int rule = 0; rule < NR_RULES; rule++)
		if (explain_rule(&x->report->release, rule))
			writer_string(out, explain_rule_name(rule));
	writer_close(out, ']');
}

static void add_warnings(const struct report *r, struct json_writer *out)
{
	writer_key(out, "warnings");
	writer_open(out, '[');
	for (uint32_t i = 0; i < r->nr_warnings; i++)
		writer_string(out, r->warnings[i]);
	writer_close(out, ']');
}

void explain_json(const struct explanation *x, struct json_writer *out)
{
	const struct report *r = x->report;

	writer_open(out, '{');
	writer_add_string(out, "schema", "zonewalk/explanation/1");
	writer_add_string(out, "kernel",
			  *r->release.text ? r->release.text : NULL);
	add_rules(x, out);
	add_request(x, out);
	writer_add_string(out, "verdict", explain_verdict_name(x->verdict));
	writer_add_string(out, "why", x->why);
	add_passes(x, out);
	add_account(x, out);
	add_flips(x, out);
	add_facts(x, out);
	if (x->table)
		table_json(x, out);
	add_warnings(r, out);
	writer_close(out, '}');
}

void explain_refused_json(const char *message, struct json_writer *out)
{
	struct report none = { .nr_zones = 0 };
	struct explanation x = { .report = &none, .verdict = EXPLAIN_refused };

	snprintf(x.why, sizeof(x.why), "%s", message);
	explain_json(&x, out);
}
