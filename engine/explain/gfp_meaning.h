/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gfp_meaning: what the entry makes of a gfp mask, computed by the allocator
 * on a small machine of each architecture.
 */
#ifndef ENGINE_GFP_MEANING_H
#define ENGINE_GFP_MEANING_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/gfp.h"

enum { GFP_MEANING_ARCHS = 3 };

struct gfp_meaning {
	struct gfp_meaning_arch {
		const char *name; /* "amd64" */
		/* MAX_NR_ZONES: the mask's zone bits contradict each other */
		unsigned int highest_zone;
	} arch[GFP_MEANING_ARCHS];
	/* MIGRATE_TYPES: the mask has both bits of the type */
	unsigned int migratetype;
	/* alloc flags: the fast path's, the slow path's first two attempts' */
	uint32_t fast_flags, slow_flags, retry_flags;
	bool atomic_ignored; /* __GFP_ATOMIC with __GFP_DIRECT_RECLAIM */
};

/* Fill @meaning. False: no memory for the machines. */
bool gfp_meaning(gfp_t gfp, struct gfp_meaning *meaning);

enum { GFP_FACTS_MAX = 8 };

/* The same in words, a line a fact. */
struct gfp_facts {
	struct {
		const char *label;
		char text[GFP_TEXT_MAX];
	} fact[GFP_FACTS_MAX];
	uint32_t nr;
	bool error; /* the only fact: the mask contradicts itself */
};

/* Fill @facts. False: no memory. */
bool gfp_facts(gfp_t gfp, struct gfp_facts *facts);

/* For which task and machine the alloc flags are. */
#define GFP_FACTS_NOTE                                                         \
	"Fast path, slow path: the alloc flags of the first attempt of each, " \
	"for a plain task on an amd64 machine without CMA whose Normal zone "  \
	"has memory."

#endif
