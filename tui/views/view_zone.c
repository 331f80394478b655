/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_zone: the free pages of a zone and what a request requires there, as
 * two bars on one scale, and the inequality of the watermark check.
 *
 *  free     ██████████████████████              1355 pages
 *  required L▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  > 2047
 *           ╰ low 15  ╰ lowmem_reserve[Normal] 2032  ├── short by 693 ──┤
 *
 *  1355 > 15 + 2032  ✗ short by 693 pages   1355 free = 1355 behind lowm...
 *
 * The account of the free pages is there once the zone has refused, in a row
 * of its own if it is longer.
 *
 * After the check the zone changes further: the upper bar shows the counter
 * at this step, the inequality the numbers of the check. Below it are the
 * counter that the check reads and each cpu's vm_stat_diff.
 *
 * A step that decides by a rule about nodes or by the dirty limit shows that
 * instead: zone_nodes.c, zone_dirty.c.
 */
#include "views/requirement.h"

/*
 * Without the counters: bars, labels, a blank row, inequality, watermarks. A
 * question has the zone's pages for the inequality, and needs less.
 */
enum { ZONE_ROWS = 6, ASKS_ROWS = 3, MAX_CPU_ROWS = 4, ZONE_WIDTH = 60 };

/* This step changed the zone counter or a vm_stat_diff. */
static bool is_counted(const struct view_model *vm)
{
	return vm->event && event_id(vm->event) == EVENT_zone_counter;
}

/* The counter, a row per cpu and their sum. */
static int counter_rows(const struct view_model *vm)
{
	const uint32_t nr = vm->m->system->nr_cpus;

	return 2 + (int)(nr < MAX_CPU_ROWS ? nr : MAX_CPU_ROWS);
}

/* These rows are needed: cpus differ from the counter, or this step counts. */
static bool counters_matter(const struct view_model *vm)
{
	const uint32_t nr = vm->m->system->nr_cpus;
	bool differs = is_counted(vm);

	for (uint32_t cpu = 0; nr > 1 && cpu < nr && vm->zone; cpu++)
		differs |= zone_pcp(vm->m, vm->zone, cpu)->stat_diff != 0;
	return differs;
}

/* Of @height: the rows, where they matter or have room, or one. */
static int counter_rows_in(const struct view_model *vm, int height)
{
	return counters_matter(vm) || height >= ZONE_ROWS + counter_rows(vm) ?
		       counter_rows(vm) :
		       1;
}

void zone_describe(const struct view_model *vm, int width, struct view_title *t)
{
	char flags[GFP_TEXT_MAX];
	struct requirement r;

	t->columns = ZONE_WIDTH;
	if (is_about_nodes(vm)) {
		nodes_describe(vm, t);
		return;
	}
	if (is_about_dirty(vm)) {
		dirty_describe(vm, t);
		return;
	}
	t->rows =
		(vm->question ? ASKS_ROWS : ZONE_ROWS) + counter_rows_in(vm, 0);
	t->most = ZONE_ROWS + counter_rows(vm);
	if (!requirement_init(vm, &r))
		return;
	if (account_below(vm, &r, width)) {
		t->rows++;
		t->most++;
	}
	if (is_counted(vm)) {
		print_to(t->left, TEXT_zone_counter_of, vm->zone_name);
		print_to(t->right, TEXT_zone_threshold,
			 vm->zone->stat_threshold);
		return;
	}
	print_to(t->left, "%s%s%s", vm->zone_name, r.made ? ": " : "",
		 r.made ? enum_text(KIND_watermark_step, r.check.check) : "");
	if (vm->requested)
		print_to(t->right, "%.90s",
			 alloc_flags_to_text(r.check.alloc_flags, flags,
					     sizeof(flags)));
}

/* The free pages that the request may not use, by reason. */
static void put_unusable(const struct event_watermark_check *c, struct area a,
			 int x, int y)
{
	int block = c->unusable - (int)c->highatomic - (int)c->cma;

	if (!c->unusable)
		return;
	x = put_fitting(a, x, y, LOOK_DIM, TEXT_zone_unusable);
	if (block > 0)
		x = put_fitting(a, x, y, LOOK_DIM, TEXT_zone_of_block, block);
	if (c->highatomic)
		x = put_fitting(a, x, y, LOOK_DIM,
				TEXT_zone_unusable_highatomic, c->highatomic);
	if (c->cma)
		put_fitting(a, x, y, LOOK_DIM, TEXT_zone_unusable_cma, c->cma);
}

static void draw_unchecked(const struct view_model *vm,
			   const struct event_watermark_check *c, struct area a,
			   int y)
{
	const struct walk_row *row = &vm->rows[vm->row];
	int x;

	if (!vm->requested) {
		put_text(a, 1, y, LOOK_DIM,
			 vm->request ? TEXT_zone_no_check :
				       TEXT_zone_no_request);
	} else if (row->zone == vm->zone && row->skipped) {
		put_format(a, 1, y, LOOK_DIM, TEXT_zone_skipped,
			   enum_text(KIND_skip_reason, row->skip_reason));
	} else {
		x = put_format(a, 1, y, LOOK_NORMAL, TEXT_zone_unchecked,
			       required_text(c).s);
		put_unusable(c, a, x + 2, y);
	}
}

/* 1355 > 15 + 2032  ✗ short by 693 pages */
static void draw_inequality(const struct view_model *vm,
			    const struct requirement *r, struct area a, int y)
{
	const struct event_watermark_check *c = &r->check;
	const struct walk_row *row = refusing_row(vm, vm->zone);
	int x;

	if (vm->question) {
		put_format(a, 1, y, LOOK_NORMAL, TEXT_zone_pages,
			   vm->zone->start_pfn, zone_end_pfn(vm->zone) - 1,
			   vm->zone->managed);
		return;
	}
	if (!r->made) {
		draw_unchecked(vm, c, a, y);
		return;
	}
	x = put_text(a, 1, y, LOOK_NORMAL, check_text(c, false).s) + 2;
	if (x >= a.width)
		return;
	x = put_text(a, x, y, c->ok ? LOOK_PASSED : LOOK_REFUSED,
		     verdict_text(c).s);
	if (row && !account_below(vm, r, a.width))
		account_draw(row, area_part(a, x + 2, y, a.width, 1));
	else if (r->free != c->free)
		put_fitting(a, x + 3, y, LOOK_DIM, TEXT_zone_at_check);
	else
		put_unusable(c, a, x + 3, y);
}

static void draw_watermarks(const struct view_model *vm, struct area a, int y)
{
	const struct zone *z = vm->zone;
	int x = put_format(a, 1, y, LOOK_DIM, TEXT_zone_watermarks,
			   z->watermark[WMARK_MIN], z->watermark[WMARK_LOW],
			   z->watermark[WMARK_HIGH]);

	if (z->watermark_boost)
		x = put_fitting(a, x, y, LOOK_DIM, TEXT_zone_boost,
				z->watermark_boost);
	if (z->nr_reserved_highatomic)
		put_fitting(a, x, y, LOOK_DIM, TEXT_zone_highatomic,
			    z->nr_reserved_highatomic);
}

enum { NUMBER_END = 25, BAR_X = 26, NOTED_WIDTH = 56 };

/* A cpu's vm_stat_diff within -stat_threshold to stat_threshold. */
static void put_diff(struct area a, int y, int diff, int threshold)
{
	bool noted = a.width >= NOTED_WIDTH;
	int nr = diff < 0 ? -diff : diff, cells;
	int half = (a.width - BAR_X - (noted ? 23 : 4)) / 2;

	half = half > 12 ? 12 : half;
	if (half < 2)
		return;
	cells = threshold ? (nr * half + threshold - 1) / threshold : 0;
	cells = cells > half ? half : cells;
	put_text(a, BAR_X, y, LOOK_DIM, "▕");
	put_text(a, BAR_X + 1 + half, y, LOOK_DIM, "│");
	put_repeat(a, BAR_X + 1 + half + (diff < 0 ? -cells : 1), y, cells,
		   LOOK_NORMAL, "█");
	put_text(a, BAR_X + 2 + 2 * half, y, LOOK_DIM, "▏");
	if (noted)
		put_fitting(a, BAR_X + 4 + 2 * half, y, LOOK_DIM,
			    TEXT_zone_threshold, threshold);
}

/* The counter, each cpu's difference from it, and their sum, in one row. */
static void draw_counter(const struct view_model *vm,
			 const struct requirement *r, struct area a, int y)
{
	int x = put_format(a, 1, y, LOOK_NORMAL, TEXT_zone_counter,
			   (long long)r->free);

	if (r->exact != vm->zone->nr_free_pages) {
		x = put_fitting(a, x, y, LOOK_NORMAL, TEXT_zone_exact,
				(long long)r->exact);
		x = put_fitting(a, x, y, LOOK_DIM, TEXT_zone_diffs);
	}
	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++) {
		int diff = zone_pcp(vm->m, vm->zone, cpu)->stat_diff;

		if (diff)
			x = put_fitting(a, x, y, LOOK_NORMAL,
					TEXT_zone_stat_diff, cpu, diff);
	}
	if (x < a.width)
		put_fitting(a, x + 2, y, LOOK_DIM, TEXT_zone_threshold,
			    vm->zone->stat_threshold);
}

/* What all cpus have counted, and whether that decides otherwise. */
static void draw_exact(const struct view_model *vm, const struct requirement *r,
		       struct area a, int y)
{
	int64_t margin = r->exact - r->check.unusable - r->check.watermark -
			 r->check.lowmem_reserve;
	bool ok = r->free - r->exact + margin > 0;

	put_text(a, 1, y, LOOK_NORMAL, TEXT_zone_sum);
	put_number(a, NUMBER_END, y, LOOK_FREE, r->exact);
	if (a.width < NOTED_WIDTH)
		return;
	if (!vm->requested || ok == (margin > 0))
		put_format(a, BAR_X, y, LOOK_DIM, TEXT_zone_sum_of,
			   vm->m->system->nr_cpus,
			   plural(vm->m->system->nr_cpus));
	else if (ok)
		put_format(a, BAR_X, y, LOOK_REFUSED, TEXT_zone_sum_refuses,
			   (long long)(1 - margin));
	else
		put_text(a, BAR_X, y, LOOK_PASSED, TEXT_zone_sum_passes);
}

/* The same from row @y to the end, with @in_rows a row for each. */
static void draw_counters(const struct view_model *vm,
			  const struct requirement *r, struct area a, int y,
			  bool in_rows)
{
	const uint32_t nr_cpus = vm->m->system->nr_cpus;
	const int rows = a.height - y - 2;
	uint32_t first = 0;

	if (!in_rows || rows < 1) {
		draw_counter(vm, r, a, y);
		return;
	}
	put_text(a, 1, y, LOOK_NORMAL, "NR_FREE_PAGES");
	put_number(a, NUMBER_END, y, LOOK_FREE, r->free);
	if (a.width >= NOTED_WIDTH)
		put_text(a, BAR_X, y, LOOK_DIM, TEXT_zone_read_by_check);
	y++;
	if (nr_cpus > (uint32_t)rows)
		first = (uint32_t)window_first((int)nr_cpus, rows, (int)vm->cpu,
					       0);
	for (uint32_t cpu = first;
	     cpu < nr_cpus && cpu - first < (uint32_t)rows; cpu++, y++) {
		int diff = zone_pcp(vm->m, vm->zone, cpu)->stat_diff;

		if (is_counted(vm) && cpu == vm->cpu)
			put_current(a, 0, y);
		put_format(a, 1, y, LOOK_NORMAL, TEXT_zone_cpu, cpu);
		put_right(a, NUMBER_END, y, diff ? LOOK_NORMAL : LOOK_DIM,
			  "%+d", diff);
		put_diff(a, y, diff, (int)vm->zone->stat_threshold);
	}
	draw_exact(vm, r, a, y);
}

/*
 * The check of the watermark, with the counters it read. From the top down:
 * bars, their parts, the inequality, the account, watermarks, counters; of few
 * rows the last are left out, and the parts of the bars first. A step that
 * counts leaves out what is between bars and counters.
 */
static void draw_check(const struct view_model *vm, struct area a)
{
	bool full = a.height >= ZONE_ROWS, wide = full || a.width >= 56;
	bool only_bars;
	const struct walk_row *refused;
	int y, spare, counters;
	struct requirement r;

	if (!requirement_init(vm, &r)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_zone_no_memory);
		return;
	}
	refused = account_below(vm, &r, a.width);
	counters = counter_rows_in(vm, a.height - (refused != NULL));
	spare = a.height - ZONE_ROWS - (refused != NULL) - counters;
	requirement_move(vm, &r);
	only_bars = is_counted(vm) && spare < -1;
	y = spare > 0;
	if (a.height > 1 + only_bars * counters) {
		requirement_bars(&r, area_part(a, 0, y, a.width, 2), wide);
		y += 2;
	}
	if (only_bars) {
		draw_counters(vm, &r, a, y, counters > 1);
		return;
	}
	if (vm->question ? spare >= 0 : full || (wide && a.height > 3))
		requirement_labels(vm, &r, area_part(a, 0, y++, a.width, 1));
	y += spare >= 0;
	if (y < a.height && (!vm->question || spare >= 0))
		draw_inequality(vm, &r, a, y++);
	if (refused && y < a.height)
		account_draw(refused, area_part(a, 0, y++, a.width, 1));
	if (y < a.height)
		draw_watermarks(vm, a, y++);
	if (y < a.height)
		draw_counters(vm, &r, a, y, counters > 1);
}

void zone_draw(const struct view_model *vm, struct area a)
{
	if (a.height < 1)
		return;
	if (is_about_nodes(vm))
		nodes_draw(vm, a);
	else if (is_about_dirty(vm))
		dirty_draw(vm, a);
	else
		draw_check(vm, a);
}
