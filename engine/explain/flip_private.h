/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_private: the search for flips, as its files share it. */
#ifndef ENGINE_FLIP_PRIVATE_H
#define ENGINE_FLIP_PRIVATE_H

#include "explain/experiment.h"
#include "explain/flip.h"

enum flip_id {
#define FLIP(name, scope, kind, unit, help, text, cost) FLIP_##name,
#include "explain/flips.def"
	NR_FLIPS
};

/* Which flips a kind can have. */
enum flip_scope {
	FLIP_SCOPE_MACHINE,
	FLIP_SCOPE_ZONE,
	FLIP_SCOPE_ZONE_INDEX,
	FLIP_SCOPE_NODE,
	FLIP_SCOPE_DIRECTION,
	FLIP_SCOPE_GFP,
};

/* A change of the gfp mask. */
struct flip_gfp {
	gfp_t set, clear;
	const char *cost;
};
enum { MAX_FLIP_GFP = 16 };
extern const struct flip_gfp flip_gfps[];
extern const uint32_t nr_flip_gfps;

/* The values to try: from + k * step, k from 1 to nr; @from is refused. */
struct flip_range {
	int64_t from, step;
	uint64_t nr;
};

/* One kind in one place, and what is tried there. */
struct flip_trial {
	struct experiment e;
	struct alloc_request wanted; /* that was refused */
	struct alloc_request request; /* the same with the change */
	enum flip_id id;
	uint32_t index; /* of the zone, zone index, node ... */
	const struct zone *zone; /* for FLIP_SCOPE_ZONE */
	struct flip_range range;
	uint32_t run; /* pfn of the pages that would be free; PFN_NONE */
	bool boosts_are_estimates;
	bool about; /* range.from is an estimate */
};

/*
 * Fill t->range with what can be tried. False: the kind does not matter here.
 * Then apply one of these values to t->e.machine and t->request.
 */
typedef bool flip_range_fn(struct flip_trial *t);
typedef void flip_apply_fn(struct flip_trial *t, int64_t value);
#define FLIP(name, scope, kind, unit, help, text, cost)                        \
	flip_range_fn flip_range_##name;                                       \
	flip_apply_fn flip_apply_##name;
#include "explain/flips.def"

/* What the costs are made of, before and after the change. */
struct flip_measure {
	uint32_t min; /* of all zones */
	uint32_t low, high; /* of the zone, with its boost */
	uint32_t reserve; /* of the zone */
	uint32_t unusable; /* free pages of the zone that kswapd leaves out */
};
void flip_measure(const struct flip_trial *t, uint32_t zone_id,
		  struct flip_measure *measure);

/*
 * Text and cost of @flip, whose change is applied and whose request was just
 * served in the experiment; measured without the change, and with it before
 * the request, which may boost the watermarks.
 */
void flip_texts(const struct flip_trial *t, const struct flip_measure *before,
		const struct flip_measure *after, struct flip *flip);

/*
 * The mask whose highest_zoneidx is @idx and that differs least from @gfp;
 * false: there is none.
 */
bool flip_zone_gfp(const struct machine *m, gfp_t gfp, uint32_t idx,
		   gfp_t *changed);

#endif
