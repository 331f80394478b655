/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table: which requests a report without one would serve: by watermark,
 * highest_zoneidx, migratetype and order.
 */
#ifndef ENGINE_FAILURE_TABLE_H
#define ENGINE_FAILURE_TABLE_H

#include "failure/explain.h"

/* One request, of GFP_KERNEL with the bits that choose zone and type. */
struct explain_cell {
	bool slow; /* the min watermark; else low, as the fast path */
	uint32_t highest_zoneidx;
	uint32_t migratetype;
	unsigned int order;
	struct explain_attempt attempt;
	const struct explain_zone *served; /* the first that serves, or NULL */
};

struct explain_table {
	uint32_t nr;
	struct explain_cell *cells; /* in the order of the fields above */
};

/* x->table, of every request; NULL without memory. */
struct explain_table *table_new(const struct explanation *x);
void table_free(struct explain_table *table);

/* The key "table" and its rows. */
void table_json(const struct explanation *x, struct json_writer *out);
/* Cells that differ only in their order and end alike are one line. */
void table_text(const struct explanation *x, FILE *out);

#endif
