/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_pcp: the per-cpu lists of all cpus, a row each, head first. */
#include "views/view.h"

/* Most rows that are worth taking from others: those of three cpus. */
enum {
	USUAL_ROWS = 10,
	MANY_ROWS = 5,
	PAGES_END = 12,
	BLOCKS_X = 14,
	PCP_WIDTH = 54
};

static int nr_lists(const struct view_model *vm)
{
	return (int)vm->m->system->nr_cpus * MIGRATE_PCPTYPES;
}

void pcp_describe(const struct view_model *vm, int width, struct view_title *t)
{
	t->most = 1 + nr_lists(vm);
	t->columns = PCP_WIDTH;
	t->rows = t->most < USUAL_ROWS ? t->most : USUAL_ROWS;
	print_to(t->left, TEXT_pcp_title);
	if (vm->zone)
		print_to(t->left, TEXT_pcp_title_zone, vm->zone_name);
}

/* The columns, and what this cpu's lists have together. */
static void draw_header(const struct view_model *vm, struct area a)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	int x = put_text(a, 1, 0, LOOK_DIM, TEXT_pcp_columns);
	struct text count =
		text_of(TEXT_pcp_count, vm->cpu, pcp->count, pcp->high);

	if (x + 1 + text_width(count.s) < a.width)
		put_right(a, a.width - 1, 0, LOOK_NORMAL, "%s", count.s);
}

void pcp_put_empty(const struct per_cpu_pages *pcp, struct area a, int x, int y)
{
	const struct text texts[] = {
		text_of(TEXT_pcp_empty_pages, pcp->batch, plural(pcp->batch)),
		text_of(TEXT_pcp_empty_batch, pcp->batch),
		text_of(TEXT_pcp_empty),
	};
	int i = 0;

	while (i < 2 && x + text_width(texts[i].s) >= a.width)
		i++;
	if (x < a.width)
		put_text(a, x, y, LOOK_DIM, texts[i].s);
}

/* The same at a question, which may be whether it is refilled. */
static void put_limits(const struct per_cpu_pages *pcp, struct area a, int x,
		       int y)
{
	const struct text text = text_of(TEXT_pcp_limits, pcp->batch,
					 plural(pcp->batch), pcp->high,
					 plural(pcp->high));

	if (x + text_width(text.s) < a.width)
		put_text(a, x, y, LOOK_DIM, text.s);
	else
		put_fitting(a, x, y, LOOK_DIM, TEXT_pcp_batch, pcp->batch,
			    plural(pcp->batch));
}

static void draw_list(const struct view_model *vm, struct area a, int y,
		      uint32_t cpu, uint32_t type)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, cpu);
	bool here = cpu == vm->cpu && type == vm->type;
	uint32_t pfns[MAX_LISTED];
	uint32_t nr = list_read(vm->m, pcp->heads + type, pfns, MAX_LISTED);

	put_format(a, 1, y, LOOK_DIM, "%u", cpu);
	put_format(a, 5, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c",
		   migratetype_letter(type));
	put_right(a, PAGES_END, y, nr ? LOOK_NORMAL : LOOK_DIM, "%u%s", nr,
		  nr == MAX_LISTED ? "+" : "");
	put_pfns(vm, a, BLOCKS_X, y, pfns, nr);
	if (!nr && vm->question)
		put_limits(pcp, a, BLOCKS_X, y);
	else if (!nr)
		pcp_put_empty(pcp, a, BLOCKS_X, y);
}

void pcp_draw(const struct view_model *vm, struct area a)
{
	int total = nr_lists(vm), y = a.height > MIGRATE_PCPTYPES;
	int focus = (int)vm->cpu * MIGRATE_PCPTYPES;
	bool many = a.height > MANY_ROWS;
	struct window w;

	if (!vm->zone || a.height < 1)
		return;
	/* of few rows none is for the numbers of those that are shown */
	w = many ? window_of(a, y, total, 0) :
		   (struct window){ .nr = total < a.height - y ? total :
								 a.height - y,
				    .total = total };
	/* this cpu's lists from the first on; of few rows the one in use */
	focus += w.nr < 3 && vm->type < MIGRATE_PCPTYPES ? (int)vm->type :
							   w.nr / 2;
	w.first = window_first(total, w.nr, focus, a.scroll);
	if (y)
		draw_header(vm, a);
	for (int i = 0; i < w.nr; i++)
		draw_list(vm, a, y + i,
			  (uint32_t)(w.first + i) / MIGRATE_PCPTYPES,
			  (uint32_t)(w.first + i) % MIGRATE_PCPTYPES);
	if (many)
		window_mark(a, w);
	else
		margin_mark(a, y, w);
}
