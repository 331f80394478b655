/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff_private: shared by the files of the comparison. */
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
	uint32_t format; /* of the states: JSON_NEEDS_FORMAT_2 */
	bool whole; /* both are snapshots: blocks in use are known */
	uint32_t nr; /* differences reported */
	bool failed; /* no memory: checked once, at the end */

	/* the place that is compared; DIFF_NOWHERE, NULL: none */
	uint32_t nid;
	uint32_t cpu;
	const struct zone *zone_a;
	const struct zone *zone_b;
};

/* Pass a difference at the current place to the sink. */
void diff_report(struct diff *d, struct difference *found);
void diff_report_change(struct diff *d, enum diff_part part, const char *what,
			const char *a, const char *b);
/* The same for two numbers, if they differ. */
void diff_number(struct diff *d, enum diff_part part, const char *what,
		 int64_t a, int64_t b);

/* A growing list of blocks. */
struct diff_pages {
	struct diff_page *pages;
	uint32_t nr;
};

bool diff_pages_add(struct diff *d, struct diff_pages *pages, uint32_t pfn,
		    uint32_t from, uint32_t to);

/* Compare two lists: blocks that @what lost, gained, or has moved. */
void diff_lists(struct diff *d, enum diff_part part, const char *what,
		uint32_t head_a, uint32_t head_b);

/*
 * Report the blocks @pages, all of @how: one difference for adjacent ones that
 * have the same place in the other machine.
 */
void diff_report_pages(struct diff *d, enum diff_part part, const char *what,
		       enum diff_how how, const struct diff_page *pages,
		       uint32_t nr);

/* Compare a part of d->zone_a and d->zone_b. */
void diff_free_lists(struct diff *d);
void diff_pageblocks(struct diff *d);
void diff_blocks(struct diff *d);

/* Compare all parts of the machines d->a and d->b. */
void diff_machines(struct diff *d);
/* Compare two traces. False: no memory. */
bool diff_traces(struct diff *d, const struct trace_file *a,
		 const struct trace_file *b);

#endif
