/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_machine: the zones of the machine at a glance, a row each. */
#include <stddef.h>
#include <string.h>

#include "views/view.h"

enum { NR_COLUMNS = 6, BAR_X = 74, BAR_FROM = 84, BAR_WIDTH = 40 };

void machine_describe(const struct view_model *vm, int width,
		      struct view_title *t)
{
	const struct system *s = vm->m->system;

	t->rows = count_zones(vm, NULL) + 1;
	t->columns = BAR_X + BAR_WIDTH;
	print_to(t->right, TEXT_machine_size, s->nr_online_nodes,
		 plural(s->nr_online_nodes), s->nr_cpus, plural(s->nr_cpus));
}

/* A column: its head, where its numbers end, and the field of a zone. */
struct column {
	const char *head;
	int end;
	size_t offset;
};

/* Of a counter of 64 bits the low half, which no session exceeds. */
#define FIELD(field) offsetof(struct zone, field)

static const struct column watermark_columns[NR_COLUMNS] = {
	{ TEXT_machine_managed, 28, FIELD(managed) },
	{ TEXT_machine_free, 38, FIELD(nr_free_pages) },
	{ TEXT_machine_min, 46, FIELD(watermark[WMARK_MIN]) },
	{ TEXT_machine_low, 54, FIELD(watermark[WMARK_LOW]) },
	{ TEXT_machine_high, 62, FIELD(watermark[WMARK_HIGH]) },
	{ TEXT_machine_boost, 70, FIELD(watermark_boost) },
};

/* Shown when one of them has just counted a page. */
static const struct column numa_columns[NR_COLUMNS] = {
	{ TEXT_machine_free, 28, FIELD(nr_free_pages) },
	{ TEXT_machine_hit, 38, FIELD(numa[NUMA_HIT]) },
	{ TEXT_machine_miss, 46, FIELD(numa[NUMA_MISS]) },
	{ TEXT_machine_foreign, 55, FIELD(numa[NUMA_FOREIGN]) },
	{ TEXT_machine_local, 63, FIELD(numa[NUMA_LOCAL]) },
	{ TEXT_machine_other, 71, FIELD(numa[NUMA_OTHER]) },
};

static void put_field(const struct view_model *vm, struct area a, int y,
		      const struct column *c, const struct zone *z)
{
	const char *word = (const char *)z + c->offset;
	bool wrote = view_model_wrote(vm, word);
	bool is_free = c->offset == FIELD(nr_free_pages);
	uint32_t value;

	memcpy(&value, word, sizeof(value));
	put_number(a, c->end, y,
		   wrote   ? LOOK_CHANGED :
		   is_free ? LOOK_FREE :
			     LOOK_NORMAL,
		   is_free ? z->nr_free_pages : (int64_t)value);
	if (wrote && c->end + 1 < a.width)
		put_text(a, c->end, y, LOOK_CHANGED, SIGN_WRITTEN);
}

/* The free pages as a bar on a scale of those managed. */
static void put_free(struct area a, int y, int64_t nr_free, int64_t managed)
{
	const int width = a.width - BAR_X - 2;
	const int used =
		managed && nr_free > 0 ?
			(int)((nr_free * width + managed - 1) / managed) :
			0;

	put_bar(a, BAR_X, y, width, nr_free, managed, LOOK_FREE);
	put_repeat(a, BAR_X + used, y, width - used, LOOK_DIM, SIGN_UNREACHED);
}

static void draw_row(const struct view_model *vm, struct area a, int y,
		     const struct column *columns, const struct zone *z)
{
	bool now = z == vm->zone && vm->event;

	if (now)
		put_current(a, 0, y);
	put_text_in(a, 2, y, 17, now ? LOOK_TITLE : LOOK_NORMAL,
		    view_model_zone_name(vm, z).s);
	for (int i = 0; i < NR_COLUMNS; i++) {
		if (columns[i].end >= a.width) {
			put_right(a, a.width, y, LOOK_DIM, SIGN_CUT);
			return;
		}
		put_field(vm, a, y, &columns[i], z);
	}
	if (a.width > BAR_FROM)
		put_free(a, y, z->nr_free_pages, z->managed);
}

static void draw_header(struct area a, const struct column *columns)
{
	put_text(a, 2, 0, LOOK_DIM, TEXT_machine_zone);
	for (int i = 0; i < NR_COLUMNS; i++)
		if (columns[i].end < a.width)
			put_right(a, columns[i].end, 0, LOOK_DIM, "%s",
				  columns[i].head);
	if (a.width > BAR_FROM)
		put_text_in(a, BAR_X, 0, a.width - BAR_X - 1, LOOK_DIM,
			    TEXT_machine_free_of_managed);
}

void machine_draw(const struct view_model *vm, struct area a)
{
	const struct column *columns =
		vm->event && event_get(vm->event, zone_statistics) ?
			numa_columns :
			watermark_columns;
	int total = count_zones(vm, NULL);
	int y = a.height > 2 || a.height > total;
	struct window w = window_of(a, y, total, zone_in_focus(vm));

	if (y)
		draw_header(a, columns);
	for (int i = 0; i < w.nr; i++)
		draw_row(vm, a, y + i, columns,
			 populated_zone_at(vm, w.first + i));
	window_mark(a, w);
}
