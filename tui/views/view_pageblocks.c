/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_pageblocks: the map of memory, a letter per pageblock. Upper case: the
 * whole pageblock is free. Lower case: a part of it. █ none of it.
 *
 *   DMA     uMMMMMMM
 *   DMA32   ████████▒UURRMMMM
 *                    ^  changed by this step
 *
 * Only as many pageblocks are looked at as there are cells; on a large
 * machine each cell shows one out of many.
 */
#include "model/text.h"
#include "views/view.h"

static void pageblocks_title(const struct view_model *vm,
			     const struct view_state *v, struct view_title *t)
{
	snprintf(t->right, sizeof(t->right), TEXT_pageblocks_legend);
}

enum { MAP_X = 17, MAX_CELLS = 768 };

/* How many pageblocks a zone touches. */
static uint32_t nr_blocks(const struct view_model *vm, const struct zone *z)
{
	uint32_t order = vm->m->pageblock_order;

	return z->spanned ? ((zone_end_pfn(z) - 1) >> order) -
				    (z->start_pfn >> order) + 1 :
			    0;
}

/* Pageblocks a cell, so that the zone fits in @width cells. */
static uint32_t per_cell(const struct view_model *vm, const struct zone *z,
			 int width)
{
	uint32_t cells = width > 0 ? (uint32_t)width : 1;

	return (nr_blocks(vm, z) + cells - 1) / cells;
}

static int pageblocks_height(const struct view_model *vm,
			     const struct view_state *v, int width)
{
	int rows = 0;

	for (uint32_t i = 0; i < vm->m->system->nr_zones; i++)
		rows += populated_zone(&vm->m->zones[i]);
	return rows + 1;
}

/* Is any page of [first, end) free; are all? From the blocks' heads. */
static void free_within(const struct machine *m, uint32_t first, uint32_t end,
			bool *any, bool *all)
{
	uint32_t head = page_head(m, first);
	uint32_t pfn = first;

	*any = false;
	*all = false;
	if (head != PFN_NONE && page_state(m->pages[head]) == PAGE_BUDDY &&
	    head + (1u << page_order(m->pages[head])) >= end) {
		*any = *all = true;
		return;
	}
	while (pfn < end && !*any) {
		uint32_t page = m->pages[pfn];

		*any = page_state(page) == PAGE_BUDDY;
		pfn += page_state(page) == PAGE_NONE ? 1 :
						       1u << page_order(page);
	}
}

static void put_block(const struct view_model *vm, struct area a, int x, int y,
		      const struct zone *z, uint32_t first, bool changed)
{
	uint32_t end = first + pageblock_nr_pages(vm->m);
	unsigned int type = get_pageblock_migratetype(vm->m, z, first);
	char text[2] = { 0, 0 };
	bool any, all;

	if (first < z->start_pfn)
		first = z->start_pfn;
	if (end > zone_end_pfn(z))
		end = zone_end_pfn(z);
	if (type >= MIGRATE_TYPES) {
		put_text(a, x, y, LOOK_DIM, ".");
		return;
	}
	free_within(vm->m, first, end, &any, &all);
	text[0] = migratetype_letter(type);
	if (!all)
		text[0] = (char)(text[0] | 0x20);
	if (any)
		put_text(a, x, y, changed ? LOOK_CHANGED : LOOK_FREE, text);
	else
		put_text(a, x, y, changed ? LOOK_CHANGED : LOOK_NORMAL, "█");
}

/*
 * One zone's row, and in an area of two rows one of ^ under it when
 * something changed there. Returns the number of rows used.
 */
static int draw_zone(const struct view_model *vm, struct area a,
		     const struct zone *z)
{
	uint32_t each = per_cell(vm, z, a.width - MAP_X - 1);
	uint32_t nr = nr_blocks(vm, z), order = vm->m->pageblock_order;
	uint32_t first = z->start_pfn >> order;
	bool under = false;
	char name[32];

	view_model_zone_name(vm, z, name, sizeof(name));
	put_text_in(a, 1, 0, MAP_X - 2,
		    z == vm->zone ? LOOK_TITLE : LOOK_NORMAL, name);
	for (uint32_t i = 0; i < nr; i += each) {
		int x = MAP_X + (int)(i / each);
		uint32_t pfn = (first + i) << order;
		bool changed =
			view_model_changed_within(vm, pfn, each << order);

		put_block(vm, a, x, 0, z, pfn, changed);
		if (!changed || a.height < 2)
			continue;
		put_text(a, x, 1, LOOK_CHANGED, "^");
		under = true;
	}
	return under ? 2 : 1;
}

static int zones_before(const struct view_model *vm)
{
	int nr = 0;

	for (const struct zone *z = vm->m->zones; z < vm->zone; z++)
		nr += populated_zone(z);
	return nr;
}

/*
 * The zones from the @skip-th on, as far as there is room. Returns how many
 * of @left are still left then.
 */
static int draw_zones(const struct view_model *vm, struct area a, int skip,
		      int left, int *y)
{
	int cells = 0;

	for (uint32_t i = 0; i < vm->m->system->nr_zones; i++) {
		const struct zone *z = &vm->m->zones[i];
		int rows = a.height - *y - (left > 1); /* one for the rest */

		if (!populated_zone(z))
			continue;
		if (skip-- > 0) {
			left--;
			continue;
		}
		if (rows < 1 || cells >= MAX_CELLS)
			break;
		*y += draw_zone(
			vm, area_part(a, 0, *y, a.width, rows > 2 ? 2 : rows),
			z);
		cells += a.width - MAP_X;
		left--;
	}
	return left;
}

static void pageblocks_draw(const struct view_model *vm, struct area a,
			    const struct view_state *v)
{
	int y = 0, skip = v->scroll, left;

	if (a.width < MAP_X + 4 || a.height < 1) {
		put_text(a, 0, 0, LOOK_DIM, "…");
		return;
	}
	/* with one row, the zone in focus */
	if (a.height == 1 && vm->zone) {
		draw_zone(vm, a, vm->zone);
		return;
	}
	left = pageblocks_height(vm, v, a.width) - 1;
	if (left > a.height) /* the zone in focus is among them */
		skip += zones_before(vm);
	if (skip > left - a.height + 1)
		skip = left - a.height + 1;
	left = draw_zones(vm, a, skip, left, &y);
	if (left > 0 && y < a.height)
		put_format(a, 1, y, LOOK_DIM, TEXT_pageblocks_more_zones, left,
			   left == 1 ? "" : "s");
}

const struct view view_pageblocks = {
	.name = "pageblocks",
	.panel = PANEL_PAGEBLOCKS,
	.help = TEXT_pageblocks_help,
	.heading = TEXT_pageblocks_title,
	.title = pageblocks_title,
	.height = pageblocks_height,
	.draw = pageblocks_draw,
};
