/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flip: what would have let a refused request be served.
 *
 * A flip is the smallest change of one number, be it of the machine or of the
 * request, with which the engine serves the request. Each one that is found
 * was tried: with it the request is served, with one unit less it is not.
 * flips.def is the table of the kinds.
 *
 * Values are in the unit of the kind: pages, blocks, kbytes, and for some
 * kinds a mask or an index.
 */
#ifndef ENGINE_FLIP_H
#define ENGINE_FLIP_H

#include "json/writer.h"
#include "mm/alloc_request.h"
#include "session/session.h"

enum { FLIPS_MAX = 32, FLIP_TEXT_MAX = 256 };

struct flip_kind {
	const char *name; /* "min_free_kbytes" */
	const char *unit; /* "kbytes" */
	const char *help; /* what is changed */
	enum field_kind values; /* what from and to are */
};

extern const struct flip_kind flip_kinds[];
extern const size_t nr_flip_kinds;

struct flip {
	const struct flip_kind *kind;
	uint32_t zone_id; /* the zone that then serves the request */
	int64_t from;
	int64_t to;
	char text[FLIP_TEXT_MAX]; /* "min_free_kbytes 67584 -> 51200" */
	char cost[FLIP_TEXT_MAX]; /* what it costs elsewhere */
};

/*
 * What would let @request, which @m refuses as it is, be served: the likeliest
 * and smallest first, at most @max. The machine is the same before and after.
 * Returns their number; 0 also for a request that is invalid or would be
 * served, and without memory.
 */
size_t flips_find(const struct machine *m, const struct alloc_request *request,
		  struct flip *flips, size_t max);

/*
 * The same for the machine of a report. @boosts_are_estimates: its
 * watermark_boosts are not printed, and were found in its watermarks.
 */
size_t flips_find_report(const struct machine *m,
			 const struct alloc_request *request,
			 bool boosts_are_estimates, struct flip *flips,
			 size_t max);

/*
 * The same for request @i of a session, at the step before it. The session is
 * at the same step before and after. 0 too if it is no alloc.
 */
size_t flips_find_request(struct session *s, uint32_t i, struct flip *flips,
			  size_t max);

/* { "kind", "zone", "from", "to", "unit", "text", "cost" }. */
void flip_write_json(struct json_writer *out, const struct machine *m,
		     const struct flip *flip);

#endif
