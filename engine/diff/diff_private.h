/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff_json: what the files behind diff.h share. */
#ifndef ENGINE_DIFF_JSON_H
#define ENGINE_DIFF_JSON_H

#include "diff/diff.h"
#include "snapshot/state_json.h"

struct trace_file;

/* A comparison under way. */
struct diff {
	const struct diff_sink *sink;
	const struct machine *a;
	const struct machine *b;
	bool whole; /* both are snapshots: blocks in use are known */
	uint32_t nr; /* differences told */
	bool failed; /* no memory: look once, at the end */

	/* where we are; DIFF_NOWHERE, NULL: nowhere */
	uint32_t nid;
	uint32_t cpu;
	const struct zone *zone_a;
	const struct zone *zone_b;
};

/* A difference at the present place goes to the sink. */
void diff_tell(struct diff *d, struct difference *found);
void diff_tell_change(struct diff *d, enum diff_part part, const char *what,
		      const char *a, const char *b);
/* The same if the two differ. */
void diff_number(struct diff *d, enum diff_part part, const char *what,
		 int64_t a, int64_t b);

/* Blocks that are being gathered. */
struct diff_pages {
	struct diff_page *pages;
	uint32_t nr;
};

bool diff_pages_add(struct diff *d, struct diff_pages *pages, uint32_t pfn,
		    uint32_t from, uint32_t to);

/* Two lists in order: what @what lost, gained, and has in another place. */
void diff_lists(struct diff *d, enum diff_part part, const char *what,
		uint32_t head_a, uint32_t head_b);

/*
 * Where frame @pfn is in @m: "in use at order 3", "free inside order 10
 * movable", "on a per-cpu list" ... and in which zone, when not in @here.
 * Returns @buf.
 */
const char *diff_whereabouts(const struct machine *m, uint32_t pfn,
			     const struct zone *here, char *buf, size_t size);

/*
 * Blocks of @pages, all of @how; one difference for those that stand side
 * by side and are at the same place in the other machine.
 */
void diff_tell_pages(struct diff *d, enum diff_part part, const char *what,
		     enum diff_how how, const struct diff_page *pages,
		     uint32_t nr);

/* Parts of a zone; d->zone_a and d->zone_b. */
void diff_free_lists(struct diff *d);
void diff_pageblocks(struct diff *d);
void diff_blocks(struct diff *d);

/* Two machines, d->a and d->b, in all their parts. */
void diff_machines(struct diff *d);
/* Two traces; false: no memory. */
bool diff_traces(struct diff *d, const struct trace_file *a,
		 const struct trace_file *b);

#endif
