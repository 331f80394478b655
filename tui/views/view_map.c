/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_map: memory page by page, or many pages per cell, with a cursor.
 *
 *     pfn type +0              +16             +32             +48
 *    4096 M  ██████oo3───────4───────────────5──────────────────────
 *    4160 M  6──────────────────────────────────────────────────────
 *   pfn 4098: in use, in 4096 … 4103 of order 3
 *   node 0 DMA32, pageblock 8: movable; allocated by request 1, ...
 *
 * A row begins at a multiple of its cells, so a pageblock is a row, or a
 * part of one. Each cell looks at a few blocks at most, whatever it covers:
 * a map costs its cells, not the machine.
 */
#include "views/view_map.h"

enum { MARGIN = 14, TYPES_X = 9, MAX_TYPES = 4, MAX_HOPS = 12 };
enum { SEVERAL_ROWS = 4, WIDEST_CELL = 4 };
/* Under the rows: what is said about a page, and the legend. */
enum { DETAIL_ROWS = 2, LEGEND_ROWS = 2, BESIDE_WIDTH = 34, RULER = 16 };

/* The cells of a row, and the columns of a cell. */
struct grid {
	int columns;
	int cell;
};

static int nr_rows(const struct view_model *vm, int columns)
{
	const uint32_t row = (uint32_t)columns
			     << view_map_zoom_at(vm->view, vm);
	const uint32_t rows = (vm->m->system->max_pfn + row - 1) / row;

	return rows < ANY_ROWS ? (int)rows : ANY_ROWS;
}

/* Of a small memory a high map has rows of fewer cells, which are wider. */
static struct grid grid_of(const struct view_model *vm, int width, int height)
{
	const uint32_t most = vm->m->system->max_pfn / SEVERAL_ROWS;
	struct grid grid = { 8, 1 };

	while (grid.columns * 2 + MARGIN <= width &&
	       (grid.columns == 8 || (uint32_t)grid.columns * 2 <= most))
		grid.columns *= 2;
	while (grid.columns > 8 && grid.cell < WIDEST_CELL &&
	       nr_rows(vm, grid.columns / 2) < height) {
		grid.columns /= 2;
		grid.cell *= 2;
	}
	while (grid.cell > 1 && grid.cell < 2 * WIDEST_CELL &&
	       2 * grid.columns * grid.cell + MARGIN + BESIDE_WIDTH <= width)
		grid.cell *= 2;
	return grid;
}

int map_columns(const struct view_model *vm, int width, int height)
{
	return grid_of(vm, width, height).columns;
}

void map_describe(const struct view_model *vm, int width, struct view_title *t)
{
	const uint32_t pages = 1u << view_map_zoom_at(vm->view, vm);
	const uint32_t kib = pages << (vm->m->system->page_shift - 10);
	const int rows = nr_rows(vm, map_columns(vm, width, 0));
	const int most = nr_rows(vm, map_columns(vm, width, ANY_ROWS));

	/* more rows are not needed: the window follows the cursor */
	t->rows = 1 + (rows < 9 ? rows : 9) + DETAIL_ROWS;
	t->most = 1 + most + DETAIL_ROWS + LEGEND_ROWS;
	print_to(t->left, TEXT_map_title);
	if (pages == 1)
		print_to(t->right, TEXT_map_cell_one);
	else if (kib < 1024)
		print_to(t->right, TEXT_map_cell_pages, pages, kib);
	else
		print_to(t->right, TEXT_map_cell_mib, pages, kib / 1024);
}

/* What the pages of a cell have in common. */
struct map_cell {
	bool present;
	bool free; /* all of it */
	bool some_free;
	bool pcp; /* only pages of per-cpu lists */
	bool reserved; /* only reserved pages */
	bool inside; /* of a free block that began before */
	bool mine; /* in the block under the cursor */
	uint32_t order; /* of the free block, where free */
	uint32_t type; /* of the pageblock */
};

/* From block to block, a few of them. */
static void cell_blocks(const struct view_model *vm, uint32_t pfn, uint32_t end,
			struct map_cell *c)
{
	bool used = false, pcp = false, known = false;

	for (int hops = 0; pfn < end && hops < MAX_HOPS; hops++) {
		uint32_t head = page_head(vm->m, pfn);
		uint32_t page = head == PFN_NONE ? 0 : vm->m->pages[head];

		if (head == PFN_NONE) {
			used = true;
			/* reserved pages come in runs: skip some */
			pfn += hops < 4 ? 1 : 1 + (end - pfn) / 4;
			continue;
		}
		known = true;
		if (page_state(page) == PAGE_BUDDY) {
			c->inside = !c->some_free && head < pfn;
			c->some_free = true;
			c->order = page_order(page);
		} else {
			pcp = pcp || page_state(page) == PAGE_PCP;
			used = used || page_state(page) == PAGE_USED;
		}
		pfn = head + (1u << page_order(page));
	}
	c->free = c->some_free && !used && !pcp && pfn >= end;
	c->pcp = pcp && !used && !c->some_free;
	c->reserved = !known;
}

static struct map_cell look_at(const struct view_model *vm,
			       const struct zone *z, uint32_t pfn, uint32_t nr,
			       uint32_t mine)
{
	const struct machine *m = vm->m;
	struct map_cell c = { .present = z != NULL };
	uint32_t end = pfn + nr;

	if (!z)
		return c;
	c.type = get_pageblock_migratetype(m, z, pfn);
	cell_blocks(vm, pfn, end < zone_end_pfn(z) ? end : zone_end_pfn(z), &c);
	c.mine = mine != PFN_NONE && mine < pfn + nr &&
		 mine + (1u << page_order(m->pages[mine])) > pfn;
	return c;
}

/* The rest of a cell of several columns. */
static void fill_cell(struct area a, int x, int y, int width,
		      const struct map_cell *c, enum look look)
{
	if (c->reserved || c->pcp || (c->some_free && !c->free))
		return;
	put_repeat(a, x, y, width, look,
		   c->free ? "─" :
		   c->mine ? SIGN_UNDER_CURSOR :
			     SIGN_IN_USE);
}

static void put_cell(struct area a, int x, int y, int width,
		     const struct map_cell *c, bool changed)
{
	enum look look = c->mine			   ? LOOK_CURRENT :
			 c->free || c->some_free || c->pcp ? LOOK_FREE :
			 c->reserved			   ? LOOK_DIM :
							     LOOK_NORMAL;

	if (!c->present)
		return;
	fill_cell(a, x + 1, y, width - 1, c, look);
	if (changed)
		put_text(a, x, y, LOOK_CHANGED, SIGN_MAP_WRITTEN);
	else if (c->reserved)
		put_text(a, x, y, LOOK_DIM, SIGN_UNREACHED);
	else if (c->free && c->inside)
		put_text(a, x, y, look, "─");
	else if (c->free)
		put_format(a, x, y, look, "%X", c->order & 15);
	else if (c->some_free)
		put_format(a, x, y, look, "%c",
			   migratetype_letter(c->type) | 0x20);
	else if (c->pcp)
		put_text(a, x, y, LOOK_FREE, "o");
	else
		put_text(a, x, y, look,
			 c->mine ? SIGN_UNDER_CURSOR : SIGN_IN_USE);
}

/* The types of the pageblocks that a row touches, the first few. */
static void put_types(const struct view_model *vm, struct area a, int y,
		      uint32_t first, uint32_t nr)
{
	uint32_t each = pageblock_nr_pages(vm->m), end = first + nr;
	const struct zone *z = NULL;

	for (int i = 0; i < MAX_TYPES && first < end; i++) {
		first = (first & ~(each - 1)) + each;
		/* its last page: page 0 of the first block is reserved */
		z = zone_of_pfn(vm->m, first - 1, z);
		if (i + 1 == MAX_TYPES && first < end)
			put_text(a, TYPES_X + i, y, LOOK_DIM, SIGN_CUT);
		else if (z)
			put_format(a, TYPES_X + i, y, LOOK_TITLE, "%c",
				   migratetype_letter(get_pageblock_migratetype(
					   vm->m, z, first - 1)));
	}
}

/* Beside a question only the user points at a page. */
static bool points(const struct view_model *vm)
{
	return !vm->question || vm->view->map_has_cursor;
}

struct map {
	struct grid grid;
	uint8_t zoom;
	uint32_t cursor;
	uint32_t mine; /* the block under it; PFN_NONE */
};

static void draw_row(const struct view_model *vm, struct area a, int y,
		     const struct map *map, uint32_t row)
{
	uint32_t each = 1u << map->zoom;
	uint32_t first = row * ((uint32_t)map->grid.columns << map->zoom);
	const struct zone *z = NULL;

	put_number(a, 8, y, LOOK_DIM, first);
	put_types(vm, a, y, first, (uint32_t)map->grid.columns << map->zoom);
	for (int i = 0; i < map->grid.columns; i++) {
		uint32_t pfn = first + ((uint32_t)i << map->zoom);
		const int x = MARGIN + i * map->grid.cell;
		struct map_cell c;

		z = zone_of_pfn(vm->m, pfn, z);
		c = look_at(vm, z, pfn, each, map->mine);
		put_cell(area_link(a, LINK_CELL, pfn), x, y, map->grid.cell, &c,
			 c.present && view_model_changed_within(vm, pfn, each));
		if (map->cursor - pfn >= each || !points(vm))
			continue;
		set_cursor(a, x, y);
		put_text(a, MARGIN - 1, y, LOOK_CURRENT, SIGN_CURRENT);
	}
}

/* Above the rows: what the columns are, and the cells' distance. */
static void draw_header(struct area a, const struct map *map)
{
	put_right(a, TYPES_X - 1, 0, LOOK_DIM, TEXT_map_pfn);
	put_text_in(a, TYPES_X, 0, MAX_TYPES, LOOK_DIM, TEXT_map_type);
	for (int x = 0; x < map->grid.columns * map->grid.cell; x += RULER)
		put_format(a, MARGIN + x, 0, LOOK_DIM, TEXT_map_offset,
			   (uint32_t)(x / map->grid.cell) << map->zoom);
}

/* The page under the cursor, then the legend as far as there is room. */
static void draw_texts(const struct map_detail *d, struct area a)
{
	static const char *const legend[] = { TEXT_map_legend,
					      TEXT_map_legend_more };
	int y = put_wrapped(a, 0, 0, a.height, LOOK_NORMAL, d->what);

	if (y < a.height && d->where[0])
		y += put_wrapped(a, 0, y, a.height - y, LOOK_DIM, d->where);
	for (int i = 0; i < 2; i++)
		if (y + wrapped_rows(legend[i], a.width) <= a.height)
			y += put_wrapped(a, 0, y, a.height - y, LOOK_DIM,
					 legend[i]);
}

/* How many rows the texts get when they are below the map. */
static int rows_below(const struct map_detail *d, struct area a, int total)
{
	int text = wrapped_rows(d->what, a.width - 2) +
		   wrapped_rows(d->where, a.width - 2);
	int spare = a.height - 1 - total;
	int least = a.height > 6 ? a.height / 3 : a.height > 4 ? 2 : 1;

	/* a third of the area, or what the map leaves */
	if (a.height < 3)
		return a.height - 1;
	text = text < least ? text : least;
	return spare > text ? spare : text;
}

void map_draw(const struct view_model *vm, struct area a)
{
	struct map map = { .grid = grid_of(vm, a.width, a.height),
			   .zoom = view_map_zoom_at(vm->view, vm),
			   .cursor = view_map_at(vm->view, vm) };
	uint32_t per_row = (uint32_t)map.grid.columns << map.zoom;
	int total = (int)((vm->m->system->max_pfn + per_row - 1) / per_row);
	int nr, first, beside_x = MARGIN + map.grid.columns * map.grid.cell + 2,
		       y, below;
	bool beside = a.width - beside_x >= BESIDE_WIDTH && a.height >= 4;
	struct map_detail detail;

	if (a.width < MARGIN + 8 || a.height < 1 || !total) {
		put_text(a, 0, 0, LOOK_DIM, SIGN_CUT);
		return;
	}
	map.mine = points(vm) ? page_head(vm->m, map.cursor) : PFN_NONE;
	if (points(vm))
		map_detail_init(&detail, vm, map.cursor);
	else
		detail.what[0] = detail.where[0] = '\0';
	below = beside ? 0 : rows_below(&detail, a, total);
	y = a.height - below > 3;
	nr = a.height - below - y < total ? a.height - below - y : total;
	first = window_first(total, nr, (int)(map.cursor / per_row), a.scroll);
	if (y)
		draw_header(a, &map);
	for (int i = 0; i < nr; i++)
		draw_row(vm, a, y + i, &map, (uint32_t)(first + i));
	draw_texts(&detail,
		   beside ? area_part(a, beside_x, 0, a.width - beside_x - 1,
				      a.height) :
			    area_part(a, 1, y + nr, a.width - 2, below));
}
