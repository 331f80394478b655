/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_machine: the zones of the machine at a glance, a row each. */
#include "model/text.h"
#include "views/view.h"

static void machine_title(const struct view_model *vm,
			  const struct view_state *v, struct view_title *t)
{
	const struct system *s = vm->m->system;

	snprintf(t->left, sizeof(t->left), TEXT_machine_title);
	snprintf(t->right, sizeof(t->right), TEXT_machine_size,
		 s->nr_online_nodes, s->nr_online_nodes == 1 ? "" : "s",
		 s->nr_cpus, s->nr_cpus == 1 ? "" : "s");
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

/* A column: its head, where its numbers end, and a zone's number. */
struct column {
	const char *head;
	int end;
	const uint32_t *(*word)(const struct zone *z);
};

static const uint32_t *word_managed(const struct zone *z)
{
	return &z->managed;
}

static const uint32_t *word_free(const struct zone *z)
{
	return (const uint32_t *)&z->nr_free_pages;
}

static const uint32_t *word_min(const struct zone *z)
{
	return &z->watermark[WMARK_MIN];
}

static const uint32_t *word_low(const struct zone *z)
{
	return &z->watermark[WMARK_LOW];
}

static const uint32_t *word_high(const struct zone *z)
{
	return &z->watermark[WMARK_HIGH];
}

static const uint32_t *word_boost(const struct zone *z)
{
	return &z->watermark_boost;
}

/* The low halves: nobody counts to four thousand million here. */
static const uint32_t *word_hit(const struct zone *z)
{
	return (const uint32_t *)&z->numa[NUMA_HIT];
}

static const uint32_t *word_miss(const struct zone *z)
{
	return (const uint32_t *)&z->numa[NUMA_MISS];
}

static const uint32_t *word_foreign(const struct zone *z)
{
	return (const uint32_t *)&z->numa[NUMA_FOREIGN];
}

static const uint32_t *word_local(const struct zone *z)
{
	return (const uint32_t *)&z->numa[NUMA_LOCAL];
}

static const uint32_t *word_other(const struct zone *z)
{
	return (const uint32_t *)&z->numa[NUMA_OTHER];
}

enum { NR_COLUMNS = 6 };

static const struct column mark_columns[NR_COLUMNS] = {
	{ TEXT_machine_managed, 28, word_managed },
	{ TEXT_machine_free, 38, word_free },
	{ TEXT_machine_min, 46, word_min },
	{ TEXT_machine_low, 54, word_low },
	{ TEXT_machine_high, 62, word_high },
	{ TEXT_machine_boost, 70, word_boost },
};

/* Shown when one of them has just counted a page. */
static const struct column numa_columns[NR_COLUMNS] = {
	{ TEXT_machine_free, 28, word_free },
	{ TEXT_machine_hit, 38, word_hit },
	{ TEXT_machine_miss, 46, word_miss },
	{ TEXT_machine_foreign, 55, word_foreign },
	{ TEXT_machine_local, 63, word_local },
	{ TEXT_machine_other, 71, word_other },
};

static const struct column *columns_for(const struct view_model *vm)
{
	return vm->event && event_get(vm->event, zone_statistics) ?
		       numa_columns :
		       mark_columns;
}

static void put_number(const struct view_model *vm, struct area a, int y,
		       const struct column *c, const struct zone *z)
{
	const uint32_t *word = c->word(z);
	bool wrote = view_model_wrote(vm, word);
	char text[16];

	if (c->word == word_free)
		snprintf(text, sizeof(text), "%d", z->nr_free_pages);
	else
		snprintf(text, sizeof(text), "%u", *word);
	put_right(a, c->end, y,
		  wrote		       ? LOOK_CHANGED :
		  c->word == word_free ? LOOK_FREE :
					 LOOK_NORMAL,
		  text);
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
		put_number(vm, a, y, &columns[i], z);
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
	.title = machine_title,
	.height = machine_height,
	.draw = machine_draw,
};
