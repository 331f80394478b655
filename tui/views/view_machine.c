/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_machine: the zones of the machine at a glance, a row each. */
#include <stddef.h>
#include <string.h>

#include "model/text.h"
#include "views/view.h"

static void machine_title(const struct view_model *vm,
			  const struct view_state *v, struct view_title *t)
{
	const struct system *s = vm->m->system;

	snprintf(t->right, sizeof(t->right), TEXT_machine_size,
		 s->nr_online_nodes, plural(s->nr_online_nodes), s->nr_cpus,
		 plural(s->nr_cpus));
}

static int nr_populated(const struct view_model *vm)
{
	int nr = 0;

	for (uint32_t i = 0; i < vm->m->system->nr_zones; i++)
		nr += populated_zone(&vm->m->zones[i]);
	return nr;
}

static int machine_height(const struct view_model *vm,
			  const struct view_state *v, int width)
{
	return nr_populated(vm) + 1;
}

/* A column: its head, where its numbers end, and the field of a zone. */
struct column {
	const char *head;
	int end;
	size_t offset;
};

enum { NR_COLUMNS = 6 };

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

static const struct column *columns_for(const struct view_model *vm)
{
	return vm->event && event_get(vm->event, zone_statistics) ?
		       numa_columns :
		       watermark_columns;
}

static void put_field(const struct view_model *vm, struct area a, int y,
		      const struct column *c, const struct zone *z)
{
	const char *word = (const char *)z + c->offset;
	bool wrote = view_model_wrote(vm, word);
	bool is_free = c->offset == FIELD(nr_free_pages);
	enum look look = wrote	 ? LOOK_CHANGED :
			 is_free ? LOOK_FREE :
				   LOOK_NORMAL;
	uint32_t value;

	memcpy(&value, word, sizeof(value));
	put_number(a, c->end, y, look,
		   is_free ? z->nr_free_pages : (int64_t)value);
	if (wrote && c->end + 1 < a.width)
		put_text(a, c->end, y, LOOK_CHANGED, "◂");
}

static void draw_row(const struct view_model *vm, struct area a, int y,
		     const struct zone *z)
{
	const struct column *columns = columns_for(vm);
	bool now = z == vm->zone && vm->event;
	char text[40];

	if (now)
		put_current(a, 0, y);
	view_model_zone_name(vm, z, text, sizeof(text));
	put_text_in(a, 2, y, 17, now ? LOOK_TITLE : LOOK_NORMAL, text);
	for (int i = 0; i < NR_COLUMNS; i++) {
		if (columns[i].end >= a.width) {
			put_right(a, a.width, y, LOOK_DIM, "…");
			return;
		}
		put_field(vm, a, y, &columns[i], z);
	}
	if (a.width > 84)
		put_bar(a, 74, y, a.width - 76, z->nr_free_pages, z->managed,
			LOOK_FREE);
}

static void draw_header(const struct view_model *vm, struct area a)
{
	const struct column *columns = columns_for(vm);

	put_text(a, 2, 0, LOOK_DIM, TEXT_machine_zone);
	for (int i = 0; i < NR_COLUMNS; i++)
		if (columns[i].end < a.width)
			put_right(a, columns[i].end, 0, LOOK_DIM,
				  columns[i].head);
	if (a.width > 84)
		put_text_in(a, 74, 0, a.width - 75, LOOK_DIM,
			    TEXT_machine_free_of_managed);
}

static void machine_draw(const struct view_model *vm, struct area a,
			 const struct view_state *v)
{
	int total = nr_populated(vm), y = a.height > 2, focus = 0, row = 0;
	int nr = window_rows(a, total, y), first;

	for (const struct zone *z = vm->m->zones; z < vm->zone; z++)
		focus += populated_zone(z);
	first = window_first(total, nr, focus, v->scroll);
	if (y)
		draw_header(vm, a);
	for (uint32_t i = 0; i < vm->m->system->nr_zones; i++) {
		const struct zone *z = &vm->m->zones[i];

		if (!populated_zone(z))
			continue;
		if (row >= first && row < first + nr)
			draw_row(vm, a, y + row - first, z);
		row++;
	}
	window_mark(a, first, nr, total);
}

const struct view view_machine = {
	.name = "machine",
	.help = TEXT_machine_help,
	.heading = TEXT_machine_title,
	.title = machine_title,
	.height = machine_height,
	.draw = machine_draw,
};
