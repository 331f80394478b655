/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc: /proc/buddyinfo and /proc/pagetypeinfo, a row a zone. */
#include "import/reader.h"

/* The migratetypes as the kernel prints them here. */
static const struct {
	const char *name;
	int migratetype; /* -1: not a type of this program's machines */
} types[] = {
	{ "Unmovable", MIGRATE_UNMOVABLE },
	{ "Movable", MIGRATE_MOVABLE },
	{ "Reclaimable", MIGRATE_RECLAIMABLE },
	{ "HighAtomic", MIGRATE_HIGHATOMIC },
	{ "CMA", MIGRATE_CMA },
	{ "Isolate", MIGRATE_ISOLATE },
	{ "Reserve", -1 },
};

static int find_type(struct span name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (span_is(name, types[i].name))
			return types[i].migratetype;
	return -1;
}

/* The numbers of a row. */
struct row {
	uint32_t nr;
	uint64_t number[MAX_ORDER_LIMIT];
	bool is_bound[MAX_ORDER_LIMIT]; /* ">100000" */
};

static bool read_numbers(struct reader *rd, struct span rest, uint32_t line,
			 struct row *row)
{
	*row = (struct row){ .nr = 0 };
	while (rest.at < rest.end) {
		struct span word = span_word(&rest);
		const struct span whole = word;
		const bool is_bound = span_take(&word, ">");
		struct amount amount;

		if (whole.at == whole.end)
			break;
		if (!span_amount(&word, &amount) || word.at != word.end ||
		    amount.wrapped || amount.value >> 36)
			return reader_refuse(rd, line,
					     "not a number of blocks: %.*s; "
					     "copy the line again",
					     span_width(whole), whole.at);
		if (row->nr == MAX_ORDER_LIMIT)
			return reader_refuse(rd, line,
					     "more than %u orders: %.*s; copy "
					     "the line again",
					     MAX_ORDER_LIMIT, span_width(whole),
					     whole.at);
		row->is_bound[row->nr] = is_bound;
		row->number[row->nr++] = amount.value;
	}
	return true;
}

/* Rows have a number for each order, all the same. False: it is cut short. */
static bool is_whole(struct reader *rd, uint32_t line, const struct row *row)
{
	struct report *r = reader_report(rd);

	if (!r->max_order)
		r->max_order = row->nr;
	if (row->nr > r->max_order)
		return reader_refuse(rd, line,
				     "%u orders, but %u in the rows before; "
				     "give files of one moment",
				     row->nr, r->max_order);
	if (row->nr < r->max_order)
		report_warn(r, "line %u is cut short: it is not used", line);
	return row->nr == r->max_order;
}

/* Is this the report's first zone, so that another table begins? */
static bool is_first(const struct report *r, const struct report_zone *zone)
{
	return zone == r->zones;
}

/* A row that is there already: the next report, or a wrong one. */
static struct report_zone *zone_again(struct reader *rd, uint32_t line,
				      const struct zone_id *id, bool again)
{
	struct report *r = reader_report(rd);
	struct report_zone *zone = &r->zones[rd->zone];
	char label[ZONE_LABEL_MAX];

	if (!again)
		return zone;
	if (is_first(r, zone) && reader_begin(rd, true))
		return reader_zone(rd, line, id);
	reader_refuse(rd, line,
		      "%s has this row twice; give files of one moment",
		      zone_label(zone, label));
	return NULL;
}

/* "Node 0, zone DMA 1 0 2 ...": /proc/buddyinfo */
static void read_buddyinfo(struct reader *rd, const struct zone_id *id,
			   const struct row *row, uint32_t line)
{
	struct report_zone *zone = reader_zone(rd, line, id);

	zone = zone ? zone_again(rd, line, id, zone->has_lists) : NULL;
	if (!zone || !is_whole(rd, line, row))
		return;
	zone->has_lists = true;
	zone->lists_line = line;
	for (uint32_t i = 0; i < row->nr; i++)
		zone->list[i].nr_blocks = row->number[i];
}

/* The same under "Number of blocks type": pageblocks by migratetype. */
static void read_pageblocks(struct reader *rd, const struct zone_id *id,
			    const struct row *row, uint32_t line)
{
	struct report_zone *zone = reader_zone(rd, line, id);

	if (!zone)
		return;
	zone->has_pageblocks = true;
	for (uint32_t i = 0; i < row->nr; i++)
		if (rd->columns[i] >= 0)
			zone->pageblocks[rd->columns[i]] = row->number[i];
}

void read_row(struct reader *rd, struct span text, uint32_t line)
{
	struct zone_id id;
	struct row row;

	if (!reader_need(rd, true) || !zone_id_take(&text, &id) ||
	    !read_numbers(rd, text, line, &row))
		return;
	if (row.nr != rd->nr_columns)
		read_buddyinfo(rd, &id, &row, line);
	else if (!rd->in_mixed)
		read_pageblocks(rd, &id, &row, line);
}

/* "Node 0, zone DMA, type Unmovable 1 0 >100000 ..." */
void read_type_row(struct reader *rd, struct span text, uint32_t line)
{
	struct report_zone *zone;
	struct zone_id id;
	struct row row;
	int type;

	if (!reader_need(rd, true) || !zone_id_take(&text, &id) ||
	    !span_take(&text, ", type "))
		return;
	type = find_type(span_word(&text));
	zone = reader_zone(rd, line, &id);
	if (!zone || type < 0 || !read_numbers(rd, text, line, &row))
		return;
	zone = zone_again(rd, line, &id,
			  reader_seen(rd, zone)->types & REPORT_TYPE_BIT(type));
	if (!zone || !is_whole(rd, line, &row))
		return;
	reader_seen(rd, zone)->types |= REPORT_TYPE_BIT(type);
	zone->has_types = true;
	for (uint32_t i = 0; i < row.nr; i++) {
		zone->by_type[type][i] = row.number[i];
		zone->by_type_is_bound[type][i] = row.is_bound[i];
	}
}

/* "Page block order: 9" */
void read_block_order(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, true);
	uint32_t order;

	span_take(&text, "Page block order:");
	span_take(&text, " ");
	if (r && span_below(&text, MAX_ORDER_LIMIT, &order))
		r->pageblock_order = order;
}

/* The migratetypes of a table's columns. */
static void read_columns(struct reader *rd, struct span rest)
{
	const uint32_t room = sizeof(rd->columns) / sizeof(*rd->columns);

	rd->nr_columns = 0;
	while (rest.at < rest.end && rd->nr_columns < room)
		rd->columns[rd->nr_columns++] = find_type(span_word(&rest));
}

void read_blocks(struct reader *rd, struct span text, uint32_t line)
{
	rd->in_mixed = false;
	span_take(&text, "Number of blocks type ");
	read_columns(rd, text);
}

void read_mixed(struct reader *rd, struct span text, uint32_t line)
{
	rd->in_mixed = true;
	span_take(&text, "Number of mixed blocks ");
	read_columns(rd, text);
}
