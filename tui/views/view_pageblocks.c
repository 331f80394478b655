/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_pageblocks: the map of memory, a letter per pageblock. Upper case: the
 * whole pageblock is free. Lower case: a part of it. █ none of it.
 *
 *   DMA     uMMMMMMM
 *   DMA32   ████████▒UURRMMMM
 *                    ^  what this step is about
 *
 * Only as many pageblocks are looked at as there are cells: on a large
 * machine each cell shows one of several, and the zone's rows end in "1 of 8".
 */
#include "views/view.h"

/* Else it is the last row, where there is one. */
static bool legend_is_in_title(int width)
{
	return width >= text_width(TEXT_pageblocks_legend) + 20;
}

enum { MAP_X = 17, MAX_CELLS = 768, SAMPLE_WIDTH = 10 };
enum { MAX_LETTER_WIDTH = 4 };

/* How many pageblocks a zone touches. */
static uint32_t nr_blocks(const struct view_model *vm, const struct zone *z)
{
	uint32_t order = vm->m->pageblock_order;

	return z->spanned ? ((zone_end_pfn(z) - 1) >> order) -
				    (z->start_pfn >> order) + 1 :
			    0;
}

/* The cells of a row, and the rows that show each pageblock of a zone. */
static int cells_in(int width)
{
	return width > MAP_X + 1 ? width - MAP_X - 1 : 1;
}

static int rows_for(const struct view_model *vm, const struct zone *z,
		    int width)
{
	int most = MAX_CELLS / cells_in(width) + 1;
	int rows =
		((int)nr_blocks(vm, z) + cells_in(width) - 1) / cells_in(width);

	return rows < most ? rows : most;
}

void pageblocks_describe(const struct view_model *vm, int width,
			 struct view_title *t)
{
	int nr = count_zones(vm, NULL);

	t->rows = nr + 1;
	t->most = 1;
	for (int i = 0; i < nr; i++) {
		const struct zone *z = populated_zone_at(vm, i);
		const int columns = MAP_X + 1 + (int)nr_blocks(vm, z);

		t->most += rows_for(vm, z, width);
		t->columns = columns > t->columns ? columns : t->columns;
	}
	if (legend_is_in_title(width))
		print_to(t->right, TEXT_pageblocks_legend);
}

/* The columns of a letter: where all zones fit in a row each, a few. */
static int letter_width(const struct view_model *vm, int width)
{
	int most = 1, letter;

	for (int i = 0; i < count_zones(vm, NULL); i++) {
		int nr = (int)nr_blocks(vm, populated_zone_at(vm, i));

		most = nr > most ? nr : most;
	}
	letter = cells_in(width) / most;
	return letter < 1		 ? 1 :
	       letter < MAX_LETTER_WIDTH ? letter :
					   MAX_LETTER_WIDTH;
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
	if (any)
		put_format(a, x, y, changed ? LOOK_CHANGED : LOOK_FREE, "%c",
			   migratetype_letter(type) | (all ? 0 : 0x20));
	else
		put_text(a, x, y, changed ? LOOK_CHANGED : LOOK_NORMAL,
			 SIGN_IN_USE);
}

/* Did this step write a page of the pageblocks, or is a steal about them? */
static bool is_changed(const struct view_model *vm, uint32_t first, uint32_t nr)
{
	bool steal = vm->event &&
		     event_type(vm->event)->stage == STAGE_FALLBACK;

	return view_model_changed_within(vm, first, nr) ||
	       (steal && event_u32(vm->event, "pfn") - first < nr);
}

/* The zone's pages, at the end of its first row if that has room from @x on. */
static void put_range(const struct zone *z, struct area a, int x)
{
	const struct text text = text_of(
		TEXT_pageblocks_range, range_text(z->start_pfn, z->spanned).s);

	if (x + text_width(text.s) + 1 <= a.width)
		put_right(a, a.width - 1, 0, LOOK_DIM, "%s", text.s);
}

/*
 * A zone's rows, as many as there are, and a row of ^ under them when something
 * changed there. Returns the number of rows used.
 */
static int draw_zone(const struct view_model *vm, struct area a,
		     const struct zone *z)
{
	int need = rows_for(vm, z, a.width), cells = cells_in(a.width);
	int rows = need < a.height ? need : a.height, shown = rows * cells;
	uint32_t nr = nr_blocks(vm, z), order = vm->m->pageblock_order;
	uint32_t first = z->start_pfn >> order, each = 1;
	const int letter = letter_width(vm, a.width);
	bool under = false;

	if (nr > (uint32_t)shown) {
		bool sample = cells > 2 * SAMPLE_WIDTH;

		shown -= sample ? SAMPLE_WIDTH : 2;
		each = nr / (uint32_t)shown + 1;
		put_right(a, a.width - 1, rows - 1, LOOK_DIM, "%s",
			  sample ? text_of(TEXT_pageblocks_sample, each).s :
				   SIGN_CUT);
	}
	put_text_in(a, 1, 0, MAP_X - 2,
		    z == vm->zone && !vm->question ? LOOK_TITLE : LOOK_NORMAL,
		    view_model_zone_name(vm, z).s);
	for (uint32_t i = 0; i < nr; i += each) {
		int cell = (int)(i / each), x = MAP_X + cell % cells * letter;
		uint32_t pfn = (first + i) << order;
		bool changed = is_changed(vm, pfn, each << order);

		put_block(vm, a, x, cell / cells, z, pfn, changed);
		if (!changed || rows == a.height)
			continue;
		put_text(a, x, rows, LOOK_CHANGED, "^");
		under = true;
	}
	put_range(z, a, MAP_X + (int)nr * letter + 2);
	return rows + under;
}

void pageblocks_draw(const struct view_model *vm, struct area a)
{
	int total = count_zones(vm, NULL), y = 0, nr = 0;
	int most = MAX_CELLS / cells_in(a.width), last;
	struct window w;

	if (a.width < MAP_X + 4 || a.height < 1) {
		put_text(a, 0, 0, LOOK_DIM, SIGN_CUT);
		return;
	}
	w = window_of(area_part(a, 0, 0, a.width,
				a.height < most ? a.height : most),
		      0, total, zone_in_focus(vm));
	/* the last row is for the mark, or for the legend where it has room */
	last = w.nr < total ||
	       (a.height > total && !legend_is_in_title(a.width));
	for (; nr < w.nr; nr++) {
		int rows = a.height - y - (w.nr - nr - 1) - last;

		y += draw_zone(vm,
			       area_part(a, 0, y, a.width, rows > 1 ? rows : 1),
			       populated_zone_at(vm, w.first + nr));
	}
	if (w.nr == total && !last && y < a.height)
		put_format(a, 1, a.height - 1, LOOK_DIM, TEXT_pageblocks_size,
			   pageblock_nr_pages(vm->m),
			   pageblock_nr_pages(vm->m) * 4,
			   vm->m->pageblock_order);
	if (w.nr < total)
		window_mark(a, w);
	else if (last)
		put_text(a, 1, a.height - 1, LOOK_DIM, TEXT_pageblocks_legend);
}
