/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_machine: the zones of the machine at a glance, a row each. */
#include "view.h"

static void machine_title(const struct frame *f, struct view_title *t)
{
	const struct system *s = f->m->system;

	snprintf(t->left, sizeof(t->left), "machine");
	snprintf(t->right, sizeof(t->right), "%u node%s  %u cpu%s",
		 s->nr_online_nodes, s->nr_online_nodes == 1 ? "" : "s",
		 s->nr_cpus, s->nr_cpus == 1 ? "" : "s");
}

static int nr_populated(const struct frame *f)
{
	int nr = 0;

	for (uint32_t i = 0; i < f->m->system->nr_zones; i++)
		nr += populated_zone(&f->m->zones[i]);
	return nr;
}

static int machine_height(const struct frame *f, int width)
{
	(void)width;
	return nr_populated(f) + 1;
}

static const struct {
	const char *head;
	int end; /* column after the number */
} columns[] = {
	{ "managed", 28 }, { "free", 38 }, { "min", 46 },
	{ "low", 54 },	   { "high", 62 }, { "boost", 70 },
};

enum { NR_COLUMNS = sizeof(columns) / sizeof(*columns) };

static int64_t column_value(const struct zone *z, int column)
{
	switch (column) {
	case 0:
		return z->managed;
	case 1:
		return z->nr_free_pages;
	case 2:
	case 3:
	case 4:
		return z->watermark[WMARK_MIN + column - 2];
	default:
		return z->watermark_boost;
	}
}

static void draw_row(const struct frame *f, struct area a, int y,
		     const struct zone *z)
{
	bool now = z == f->zone && f->event;
	char text[40];

	if (now) {
		put_text(a, 0, y, LOOK_NOW, SIGN_NOW);
		set_cursor(a, 0, y);
	}
	frame_zone_name(f, z, text, sizeof(text));
	put_text_in(a, 2, y, 17, now ? LOOK_TITLE : LOOK_NORMAL, text);
	for (int i = 0; i < NR_COLUMNS; i++) {
		if (columns[i].end >= a.width) {
			put_right(a, a.width, y, LOOK_DIM, "…");
			return;
		}
		snprintf(text, sizeof(text), "%lld",
			 (long long)column_value(z, i));
		put_right(a, columns[i].end, y,
			  i == 1 ? LOOK_FREE : LOOK_NORMAL, text);
	}
	if (a.width > 84)
		put_bar(a, 73, y, a.width - 75, z->nr_free_pages, z->managed,
			LOOK_FREE);
}

static void draw_header(struct area a)
{
	put_text(a, 2, 0, LOOK_DIM, "zone");
	for (int i = 0; i < NR_COLUMNS; i++)
		if (columns[i].end < a.width)
			put_right(a, columns[i].end, 0, LOOK_DIM,
				  columns[i].head);
	if (a.width > 84)
		put_text_in(a, 73, 0, a.width - 74, LOOK_DIM,
			    "free of managed");
}

static void machine_draw(const struct frame *f, struct area a, int scroll)
{
	int total = nr_populated(f), y = a.height > 2, focus = 0, row = 0;
	int nr = window_rows(a, total, y), first;

	for (const struct zone *z = f->m->zones; z < f->zone; z++)
		focus += populated_zone(z);
	first = window_first(total, nr, focus, scroll);
	if (y)
		draw_header(a);
	for (uint32_t i = 0; i < f->m->system->nr_zones; i++) {
		const struct zone *z = &f->m->zones[i];

		if (!populated_zone(z))
			continue;
		if (row >= first && row < first + nr)
			draw_row(f, a, y + row - first, z);
		row++;
	}
	window_mark(a, first, nr, total);
}

const struct view view_machine = {
	.name = "machine",
	.help = "All zones: managed pages, the free counter, the watermarks.",
	.title = machine_title,
	.height = machine_height,
	.draw = machine_draw,
};
