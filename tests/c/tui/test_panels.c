/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of lists, pageblocks and pages: what does not fit has a mark,
 * headings stay, and what stands side by side agrees.
 */
#include "screen_session.h"
#include "test.h"
#include "views/view_map.h"

enum { MAX_WIDTH = 120 };

static char buf[MAX_CELL_BYTES * MAX_WIDTH + 1];

static const char *row(const struct canvas *c, int y)
{
	char *at = buf;

	for (int x = 0; x < c->width; x++)
		at += cell_encode(&c->cells[y * c->width + x], at);
	*at = '\0';
	return buf;
}

static const struct view_state at_rest = { .focus = 0 };

static bool begins_with_mark(const struct canvas *c, int y)
{
	return !strncmp(row(c, y), SIGN_MORE, strlen(SIGN_MORE));
}

static bool has(const struct canvas *c, const char *text)
{
	for (int y = 0; y < c->height; y++)
		if (strstr(row(c, y), text))
			return true;
	return false;
}

/* A view alone, at a size, scrolled by some rows. */
static void draw(struct canvas *c, struct view_model *vm, enum view_id view,
		 int width, int height, int scroll)
{
	struct area a;

	CHECK(canvas_resize(c, width, height));
	canvas_clear(c);
	a = canvas_area(c);
	a.scroll = scroll;
	vm->view = &at_rest;
	views[view].draw(vm, a);
	CHECK_EQ(c->nr_lost + c->nr_overdrawn, 0);
}

static void seek(struct session *s, struct view_model *vm, uint32_t step)
{
	session_seek(s, step);
	vm->view = &at_rest;
	view_model_build(vm, s, "", NULL);
}

/* "empty" stands beside no list that has a block, at no phase of a motion. */
static void check_split(struct canvas *c, struct view_model *vm)
{
	struct view_state v = { .focus = 0 };

	CHECK(canvas_resize(c, 80, 14));
	for (v.phase = 0; v.phase < NR_PHASES; v.phase++) {
		canvas_clear(c);
		vm->view = &v;
		split_draw(vm, canvas_area(c));
		for (int y = 1; y < c->height; y++) {
			const char *text = row(c, y);
			uint32_t order;

			if (!strstr(text, TEXT_split_empty))
				continue;
			text += strcspn(text, "0123456789");
			order = (uint32_t)strtoul(text, NULL, 10);
			CHECK(list_is_empty(vm->m, free_list(vm->zone, order,
							     vm->split.type)));
		}
	}
}

static void test_splits(struct session *s, struct view_model *vm,
			struct canvas *c)
{
	int nr = 0;

	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		seek(s, vm, step);
		if (vm->picture != PICTURE_SPLIT)
			continue;
		check_split(c, vm);
		nr++;
	}
	CHECK(nr > 100);
}

/* Orders that have a row however little room there is. */
static int nr_needed(const struct view_model *vm)
{
	uint32_t order, type;
	int nr = 0;

	view_model_list(vm, &order, &type);
	for (uint32_t o = 0; o < vm->m->max_order; o++)
		nr += vm->zone->nr_free[o] || o == order;
	return nr;
}

/* The heading is the first row; a mark says which ends are hidden. */
static void test_lists(struct session *s, struct view_model *vm,
		       struct canvas *c)
{
	int total;

	seek(s, vm, session_nr_steps(s) / 4);
	total = nr_needed(vm);
	CHECK(total > 4);
	for (int height = 3; height <= total + 1; height++)
		for (int scroll = -total; scroll <= total; scroll += total) {
			bool hides = height < total + 1;

			draw(c, vm, VIEW_lists, 38, height, scroll);
			CHECK(strstr(row(c, 0), TEXT_lists_order));
			CHECK_EQ(has(c, SIGN_MORE), hides);
			if (!hides || !scroll)
				continue;
			CHECK_EQ(begins_with_mark(c, 1), scroll > 0);
			CHECK_EQ(begins_with_mark(c, height - 1), scroll < 0);
		}
}

/* All columns of a machine with CMA are there, where panels are narrow too. */
static void test_list_columns(struct session *s, struct view_model *vm,
			      struct canvas *c)
{
	seek(s, vm, 0);
	vm->zone = node_zone(vm->m, 1, ZONE_DMA32);
	draw(c, vm, VIEW_lists, 38, 12, 0);
	CHECK(strstr(row(c, 0), "C"));
	CHECK(!has(c, SIGN_CUT));
	draw(c, vm, VIEW_lists, 78, 12, 0);
	CHECK(strstr(row(c, 0),
		     "unmovable     movable reclaimable         cma"));
}

static void test_pcp(struct session *s, struct view_model *vm, struct canvas *c)
{
	const struct per_cpu_pages *pcp;
	char text[64];

	seek(s, vm, session_nr_steps(s) / 2);
	for (int height = 4; height <= 7; height++)
		for (int scroll = -6; scroll <= 6; scroll++) {
			draw(c, vm, VIEW_pcp, 38, height, scroll);
			CHECK(strstr(row(c, 0), TEXT_pcp_columns));
			CHECK_EQ(has(c, SIGN_MORE), height < 7);
		}
	pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	snprintf(text, sizeof(text), "cpu %u: %u, high %u", vm->cpu, pcp->count,
		 pcp->high);
	CHECK(strstr(row(c, 0), text));
}

static struct session *large_session(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";

	if (!d)
		return NULL;
	d->nr_nodes = 4;
	for (int i = 0; i < 4; i++)
		d->node[i].nr_pages = 64 * 512;
	CHECK_EQ(machine_boot(&m, d, message, sizeof(message)), BOOT_OK);
	free(d);
	return session_new(&m, true);
}

/* Letters and █ in the cells of a canvas. */
static int nr_cells(const struct canvas *c)
{
	int nr = 0;

	for (int i = 0; i < c->width * c->height; i++) {
		uint32_t glyph = c->cells[i].glyph;

		nr += i % c->width > 16 && (glyph == 'M' || glyph == 'm' ||
					    glyph == 'u' || glyph == 0x2588);
	}
	return nr;
}

/* Four zones of 64 pageblocks, the first of which is two zones. */
static void test_pageblocks(struct view_model *vm, struct canvas *c)
{
	struct session *s = large_session();

	if (!s)
		return;
	seek(s, vm, 0);
	CHECK_EQ(count_zones(vm, NULL), 5);
	draw(c, vm, VIEW_pageblocks, 100, 5, 0);
	CHECK_EQ(nr_cells(c), 4 * 64);
	CHECK(!has(c, SIGN_MORE) && !has(c, "1 of"));
	draw(c, vm, VIEW_pageblocks, 100, 3, 0);
	CHECK(has(c, "⋮ 1 to 2 of 5"));
	draw(c, vm, VIEW_pageblocks, 100, 3, 9);
	CHECK(has(c, "⋮ 4 to 5 of 5"));
	/* one cell of two; with more rows all of them */
	draw(c, vm, VIEW_pageblocks, 66, 5, 0);
	CHECK(has(c, "1 of 2"));
	draw(c, vm, VIEW_pageblocks, 66, 9, 0);
	CHECK(!has(c, "1 of"));
	CHECK_EQ(nr_cells(c), 4 * 64);
	session_free(s);
}

/* An LRU page, a page that node_reclaim() frees, and one of neither. */
static void test_map_detail(struct session *s, struct view_model *vm)
{
	const struct alloc_request r = { .gfp = GFP_HIGHUSER_MOVABLE };
	uint32_t pfns[3];
	struct map_detail d;

	for (int i = 0; i < 3; i++)
		pfns[i] = make_alloc(s, &r, NULL, "page")->pfn;
	MAKE(s, LRU, .lru = { pfns[0], true });
	MAKE(s, RECLAIMABLE, .reclaimable.pfn = pfns[1]);
	seek(s, vm, session_nr_steps(s));
	map_detail_init(&d, vm, pfns[0]);
	CHECK(strstr(d.what, "on an LRU list") && !strstr(d.what, "reclaim"));
	map_detail_init(&d, vm, pfns[1]);
	CHECK(strstr(d.what, "reclaimable by node_reclaim()"));
	map_detail_init(&d, vm, pfns[2]);
	CHECK(!strstr(d.what, "LRU") && !strstr(d.what, "reclaim"));
	map_detail_init(&d, vm, 0); /* DMA begins behind it */
	CHECK(strstr(d.what, "no memory there"));
}

/* The headings stay wherever the map is scrolled; texts are not cut. */
static void test_map(struct session *s, struct view_model *vm, struct canvas *c)
{
	struct map_detail d;

	seek(s, vm, session_nr_steps(s) / 2);
	map_detail_init(&d, vm, view_map_at(vm->view, vm));
	CHECK(strlen(d.where) > 30);
	for (int scroll = -100; scroll <= 100; scroll += 50) {
		draw(c, vm, VIEW_map, 78, 12, scroll);
		CHECK(strstr(row(c, 0), "pfn type +0 "));
		CHECK(has(c, d.where + strlen(d.where) - 6));
	}
}

int main(void)
{
	struct view_model *vm = malloc(sizeof(*vm));
	struct session *s = make_session();
	struct canvas c;

	CHECK(s && vm && canvas_init(&c, 80, 24, false));
	if (!s || !vm)
		return test_done();
	make_requests(s);
	seek(s, vm, 0);
	test_splits(s, vm, &c);
	test_lists(s, vm, &c);
	test_list_columns(s, vm, &c);
	test_pcp(s, vm, &c);
	test_pageblocks(vm, &c);
	test_map(s, vm, &c);
	test_map_detail(s, vm);
	canvas_fini(&c);
	session_free(s);
	free(vm);
	return test_done();
}
