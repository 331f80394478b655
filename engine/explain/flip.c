/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flip: the search. Each kind offers values in steps away from what is; the
 * first that the engine serves is the flip, and the one before it was tried
 * too.
 */
#include "explain/flip_private.h"

#include "mm/zonelist.h"

const size_t nr_flip_kinds = NR_FLIPS;
const struct flip_kind flip_kinds[] = {
#define FLIP(name, scope, kind, unit, help, text, cost)                        \
	[FLIP_##name] = { #name, unit, help, KIND_##kind },
#include "explain/flips.def"
};

static const struct {
	enum flip_scope scope;
	flip_range_fn *range;
	flip_apply_fn *apply;
} rows[NR_FLIPS] = {
#define FLIP(name, scope, kind, unit, help, text, cost)                        \
	[FLIP_##name] = { FLIP_SCOPE_##scope, flip_range_##name,               \
			  flip_apply_##name },
#include "explain/flips.def"
};

/* Up to here every value is tried; above, the first is searched for. */
enum { TRY_EACH = 16 };

static int64_t value_of(const struct flip_range *range, uint64_t k)
{
	return (int64_t)((uint64_t)range->from + k * (uint64_t)range->step);
}

/* Make the request with the value; the caller rewinds. */
static bool trial_run(struct flip_trial *t, int64_t value)
{
	t->request = t->wanted;
	rows[t->id].apply(t, value);
	return experiment_alloc(&t->e, &t->request);
}

static bool trial_serves(struct flip_trial *t, uint64_t k)
{
	const bool served = trial_run(t, value_of(&t->range, k));

	experiment_rewind(&t->e);
	return served;
}

/*
 * The first k from 1 whose value lets the request be served, 0 if none does.
 * With many values, that more of the same helps more is relied on for the
 * last one only: between a value that is refused and one that is served there
 * is always a neighbouring pair of such.
 */
static uint64_t trial_search(struct flip_trial *t)
{
	uint64_t refused = 0, served = t->range.nr;

	if (t->range.nr <= TRY_EACH) {
		for (uint64_t k = 1; k <= t->range.nr; k++)
			if (trial_serves(t, k))
				return k;
		return 0;
	}
	if (!trial_serves(t, served))
		return 0;
	while (served - refused > 1) {
		const uint64_t middle = refused + (served - refused) / 2;

		if (trial_serves(t, middle))
			served = middle;
		else
			refused = middle;
	}
	return served;
}

/* Fill in @flip with the value of @k, which was found to serve the request. */
static void trial_report(struct flip_trial *t, uint64_t k, struct flip *flip)
{
	const struct machine *m = &t->e.machine;
	struct flip_measure before, after;

	*flip = (struct flip){
		.kind = &flip_kinds[t->id],
		.from = t->range.from,
		.to = value_of(&t->range, k),
	};
	trial_run(t, flip->to);
	flip->zone_id = t->zone ? zone_id(m, t->zone) :
				  page_zone_id(m->pages[t->e.pfn]);
	experiment_rewind(&t->e);
	flip_measure(t, flip->zone_id, &before);
	rows[t->id].apply(t, flip->to);
	flip_measure(t, flip->zone_id, &after);
	experiment_rewind(&t->e);
	trial_run(t, flip->to);
	flip_texts(t, &before, &after, flip);
	experiment_rewind(&t->e);
}

/*
 * A zone modifier for a higher zone also makes a request movable; where that
 * is what helps, it is not the zone.
 */
static bool is_about_zone(const struct flip_trial *t, const struct flip *flip)
{
	return t->id != FLIP_highest_zoneidx || flip->to < flip->from ||
	       t->e.machine.zones[flip->zone_id].idx > flip->from;
}

/* False: no change of this kind and in this place lets it be served. */
static bool trial_find(struct flip_trial *t, enum flip_id id, uint32_t index,
		       struct flip *flip)
{
	uint64_t k;

	t->id = id;
	t->index = index;
	t->run = PFN_NONE;
	t->about = false;
	t->zone = rows[id].scope == FLIP_SCOPE_ZONE ?
			  &t->e.machine.zones[index] :
			  NULL;
	if (t->zone && !managed_zone(t->zone))
		return false;
	/* writing the same value again may already change what follows it */
	if (!rows[id].range(t) || trial_serves(t, 0))
		return false;
	k = trial_search(t);
	if (k)
		trial_report(t, k, flip);
	return k && is_about_zone(t, flip);
}

static uint32_t nr_places(const struct machine *m, enum flip_scope scope)
{
	switch (scope) {
	case FLIP_SCOPE_ZONE:
		return m->system->nr_zones;
	case FLIP_SCOPE_ZONE_INDEX:
		return m->system->nr_zone_types;
	case FLIP_SCOPE_NODE:
		return m->system->nr_nodes;
	case FLIP_SCOPE_DIRECTION:
		return 2;
	case FLIP_SCOPE_GFP:
		return nr_flip_gfps;
	case FLIP_SCOPE_MACHINE:
		break;
	}
	return 1;
}

static uint64_t flip_size(const struct flip *flip)
{
	return flip->to > flip->from ?
		       (uint64_t)flip->to - (uint64_t)flip->from :
		       (uint64_t)flip->from - (uint64_t)flip->to;
}

/* Insert @flip among those of its kind, from @first on, the smallest first. */
static size_t flip_insert(struct flip *flips, size_t first, size_t nr,
			  size_t max, const struct flip *flip)
{
	size_t at = nr;

	while (at > first && flip_size(&flips[at - 1]) > flip_size(flip))
		at--;
	if (at == max)
		return nr;
	if (nr == max)
		nr--;
	for (size_t i = nr; i > at; i--)
		flips[i] = flips[i - 1];
	flips[at] = *flip;
	return nr + 1;
}

size_t flips_find_report(const struct machine *m,
			 const struct alloc_request *request,
			 bool boosts_are_estimates, struct flip *flips,
			 size_t max)
{
	struct flip_trial t = { .wanted = *request,
				.boosts_are_estimates = boosts_are_estimates };
	struct flip flip;
	size_t nr = 0;
	bool served;

	if (!experiment_init(&t.e, m))
		return 0;
	served = experiment_alloc(&t.e, request);
	experiment_rewind(&t.e);
	for (unsigned int id = 0;
	     !served && t.e.error == MACHINE_ERROR_none && id < NR_FLIPS;
	     id++) {
		const uint32_t places = nr_places(m, rows[id].scope);
		const size_t first = nr;

		for (uint32_t i = 0; i < places; i++)
			if (trial_find(&t, (enum flip_id)id, i, &flip))
				nr = flip_insert(flips, first, nr, max, &flip);
	}
	experiment_destroy(&t.e);
	return nr;
}

size_t flips_find(const struct machine *m, const struct alloc_request *request,
		  struct flip *flips, size_t max)
{
	return flips_find_report(m, request, false, flips, max);
}

size_t flips_find_request(struct session *s, uint32_t i, struct flip *flips,
			  size_t max)
{
	const struct request *r = session_get_request(s, i);
	const uint32_t step = session_step(s);
	size_t nr;

	if (!r || !request_is_alloc(r))
		return 0;
	session_seek(s, r->first_step - 1);
	nr = flips_find(session_machine(s), &r->alloc, flips, max);
	session_seek(s, step);
	return nr;
}

void flip_write_json(struct json_writer *out, const struct machine *m,
		     const struct flip *flip)
{
	const struct zone *zone = &m->zones[flip->zone_id];
	char text[ZONE_TEXT_MAX];

	writer_open(out, '{');
	writer_add_string(out, "kind", flip->kind->name);
	writer_add_string(out, "zone", zone_text(zone->node, zone->type, text));
	writer_key(out, "from");
	writer_i64(out, flip->from);
	writer_key(out, "to");
	writer_i64(out, flip->to);
	writer_add_string(out, "unit", flip->kind->unit);
	writer_add_string(out, "text", flip->text);
	writer_add_string(out, "cost", flip->cost);
	writer_close(out, '}');
}
