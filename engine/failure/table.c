/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table: one attempt for each request. */
#include "failure/table.h"

#include <inttypes.h>
#include <stdlib.h>

#include "failure/explain_private.h"
#include "failure/print.h"
#include "mm/zonelist.h"

/* -- the requests --------------------------------------------------------- */

/* The zone bits of a mask, from the lowest zone to the highest. */
static const gfp_t zone_bits[] = {
	__GFP_DMA, __GFP_DMA32, 0, __GFP_HIGHMEM, __GFP_HIGHMEM | __GFP_MOVABLE,
};
enum { NR_ZONE_BITS = sizeof(zone_bits) / sizeof(zone_bits[0]) };

static const gfp_t type_bits[MIGRATE_PCPTYPES] = {
	[MIGRATE_MOVABLE] = __GFP_MOVABLE,
	[MIGRATE_RECLAIMABLE] = __GFP_RECLAIMABLE,
};

/* The mask of zone bits @i and type @type; false: a row before has it. */
static bool find_gfp(const struct machine *m, int i, uint32_t type, gfp_t *gfp)
{
	const gfp_t bits = zone_bits[i] | type_bits[type];

	*gfp = GFP_KERNEL | bits;
	if ((zone_bits[i] & __GFP_MOVABLE) && type != MIGRATE_MOVABLE)
		return false;
	if (gfp_migratetype(m, *gfp) != type ||
	    gfp_zone(m, *gfp) == GFP_ZONE_BAD)
		return false;
	for (int before = 0; before < i; before++)
		if (gfp_zone(m, zone_bits[before] | type_bits[type]) ==
		    gfp_zone(m, *gfp))
			return false;
	return true;
}

static bool add_cell(const struct explanation *x, struct explain_table *t,
		     gfp_t gfp, unsigned int order, bool slow)
{
	struct explain_cell *cell = &t->cells[t->nr];
	struct explain_attempt *a = &cell->attempt;

	*cell = (struct explain_cell){
		.slow = slow,
		.highest_zoneidx = gfp_zone(&x->machine, gfp),
		.migratetype = gfp_migratetype(&x->machine, gfp),
		.order = order,
	};
	t->nr++;
	if (!attempt_make(x, a, gfp, order, slow ? EXPLAIN_SLOW : EXPLAIN_FAST))
		return false;
	bounds_find(x, a, order);
	cell->served = a->served;
	return true;
}

static bool add_cells(const struct explanation *x, struct explain_table *t,
		      bool slow)
{
	const struct machine *m = &x->machine;
	gfp_t gfp;

	for (int i = 0; i < NR_ZONE_BITS; i++) {
		for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++) {
			if (!find_gfp(m, i, type, &gfp))
				continue;
			for (unsigned int o = 0; o < m->max_order; o++)
				if (!add_cell(x, t, gfp, o, slow))
					return false;
		}
	}
	return true;
}

struct explain_table *table_new(const struct explanation *x)
{
	struct explain_table *t = calloc(1, sizeof(*t));
	const size_t most =
		2 * NR_ZONE_BITS * MIGRATE_PCPTYPES * x->machine.max_order;

	if (!t)
		return NULL;
	t->cells = calloc(most, sizeof(*t->cells));
	if (t->cells && add_cells(x, t, false) && add_cells(x, t, true))
		return t;
	table_free(t);
	return NULL;
}

void table_free(struct explain_table *t)
{
	if (!t)
		return;
	for (uint32_t i = 0; i < t->nr; i++)
		attempt_destroy(&t->cells[i].attempt);
	free(t->cells);
	free(t);
}

/* -- JSON ----------------------------------------------------------------- */

static void add_refusals(const struct explain_cell *cell,
			 struct json_writer *out)
{
	writer_key(out, "zones");
	writer_open(out, '[');
	for (uint32_t i = 0; i < cell->attempt.nr_zones; i++) {
		const struct explain_zone *z = &cell->attempt.zones[i];

		explain_zone_json(z, out);
		if (z->has_numbers) {
			writer_key(out, "margin");
			writer_i64(out, z->margin);
			writer_add_bool(out, "certain", z->is_certain);
		}
		writer_close(out, '}');
	}
	writer_close(out, ']');
}

void table_json(const struct explanation *x, struct json_writer *out)
{
	writer_key(out, "table");
	writer_open(out, '[');
	for (uint32_t i = 0; i < x->table->nr; i++) {
		const struct explain_cell *cell = &x->table->cells[i];

		writer_open(out, '{');
		writer_add_string(out, "watermark", cell->slow ? "min" : "low");
		writer_add_string(out, "highest_zoneidx",
				  zone_name(&x->machine,
					    cell->highest_zoneidx));
		writer_add_string(out, "migratetype",
				  migratetype_name(cell->migratetype));
		writer_add_u64(out, "order", cell->order);
		writer_add_string(out, "served",
				  cell->served ? cell->served->name : NULL);
		add_refusals(cell, out);
		writer_close(out, '}');
	}
	writer_close(out, ']');
}

/* -- text ----------------------------------------------------------------- */

/* The cells of one watermark, highest_zoneidx and migratetype, by order. */
static uint32_t nr_orders(const struct explanation *x)
{
	return x->machine.max_order;
}

/* Do two cells have the same end: the zone that serves, or the same checks? */
static bool ends_alike(const struct explain_cell *a,
		       const struct explain_cell *b)
{
	if (!a->served != !b->served)
		return false;
	if (a->served)
		return a->served->zone == b->served->zone &&
		       a->served->is_certain == b->served->is_certain;
	for (uint32_t i = 0; i < a->attempt.nr_zones; i++)
		if (a->attempt.zones[i].check != b->attempt.zones[i].check)
			return false;
	return true;
}

/* How many migratetypes, from that of cell @at on, have the same row? */
static uint32_t nr_types_alike(const struct explanation *x, uint32_t at)
{
	const struct explain_table *t = x->table;
	const uint32_t nr = nr_orders(x);
	uint32_t types = 1;

	for (uint32_t i = at + nr; i < t->nr; i += nr, types++) {
		const struct explain_cell *a = &t->cells[at], *b = &t->cells[i];

		if (a->slow != b->slow ||
		    a->highest_zoneidx != b->highest_zoneidx)
			break;
		for (uint32_t o = 0; o < nr; o++)
			if (!ends_alike(&a[o], &b[o]))
				return types;
	}
	return types;
}

/* "0/Normal margin -53 to -62; 0/DMA no block" for the cells @a to @b. */
static void put_refusals(struct print *p, const struct explain_cell *a,
			 const struct explain_cell *b)
{
	const char *between = "refused: ";

	for (uint32_t i = 0; i < a->attempt.nr_zones; i++) {
		const struct explain_zone *z = &a->attempt.zones[i];
		const struct explain_zone *last = &b->attempt.zones[i];

		if (!z->has_numbers)
			continue;
		print_add(p, "%s%s ", between, z->name);
		between = "; ";
		if (z->check == EXPLAIN_CHECK_no_block)
			print_add(p, "has no block");
		else if (z->margin == last->margin)
			print_add(p, "margin %" PRId64, z->margin);
		else
			print_add(p, "margin %" PRId64 " to %" PRId64,
				  z->margin, last->margin);
	}
	if (*between == 'r')
		print_add(p, "refused: no zone is in reach");
}

/* ... by the lists of the zone, if there are any and they have types. */
static void put_served(struct print *p, const struct explain_zone *z,
		       unsigned int order)
{
	print_add(p, "served from %s", z->name);
	if (!explain_has_blocks(z->report) && order)
		print_add(p, ", if it has such a block");
	else if (explain_has_blocks(z->report) && !z->usable_orders)
		print_add(p, ", if the type of its blocks allows");
}

static void put_orders(struct print *p, const struct explain_cell *a,
		       const struct explain_cell *b)
{
	char orders[24];

	snprintf(orders, sizeof(orders), a == b ? "order %u" : "orders %u-%u",
		 a->order, b->order);
	print_add(p, "%-12s", orders);
	if (!a->served)
		put_refusals(p, a, b);
	else
		put_served(p, a->served, b->order);
	print_end(p, 36);
}

/* A line for each run of orders that end alike, from cell @at on. */
static void put_row(const struct explanation *x, uint32_t at, const char *types,
		    struct print *p)
{
	const struct explain_cell *cells = &x->table->cells[at];
	const uint32_t nr = nr_orders(x);

	for (uint32_t first = 0, last; first < nr; first = last + 1) {
		last = first;
		while (last + 1 < nr &&
		       ends_alike(&cells[first], &cells[last + 1]))
			last++;
		print_add(p, "  %-8s %-12s",
			  first ? "" :
				  zone_name(&x->machine,
					    cells->highest_zoneidx),
			  first ? "" : types);
		put_orders(p, &cells[first], &cells[last]);
	}
}

void table_text(const struct explanation *x, FILE *out)
{
	const struct explain_table *t = x->table;
	const uint32_t nr = nr_orders(x);
	struct print p = { .out = out };

	for (uint32_t i = 0, types; i < t->nr; i += types * nr) {
		const struct explain_cell *a = &t->cells[i];

		if (!i || a[-1].slow != a->slow)
			fprintf(out, "\n%s\n",
				a->slow ? "Min watermark (the slow path's "
					  "first attempt, without reserves):" :
					  "Low watermark (the fast path):");
		types = nr_types_alike(x, i);
		if (types < MIGRATE_PCPTYPES)
			types = 1;
		put_row(x, i,
			types > 1 ? "any type" :
				    migratetype_name(a->migratetype),
			&p);
	}
}
