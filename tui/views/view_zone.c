/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_zone: the free pages of a zone and what a request requires there, as
 * two bars on one scale, and the inequality of the watermark check.
 *
 *  free     ██████████████████████              1355 pages
 *  required L▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  > 2047
 *           ╰ low 15  ╰ lowmem_reserve[Normal] 2032  ├── short by 693 ──┤
 *
 * After the check the zone changes further: the upper bar shows the counter
 * at this step, the inequality the numbers of the check.
 */
#include "views/requirement.h"

enum { ZONE_ROWS = 7 };

void zone_describe(const struct view_model *vm, int width, struct view_title *t)
{
	char flags[GFP_TEXT_MAX];
	struct requirement r;

	t->rows = ZONE_ROWS + (vm->m->system->nr_cpus > 1);
	if (!requirement_init(vm, &r))
		return;
	print_to(t->left, "%s%s%s", vm->zone_name, r.check ? ": " : "",
		 r.check ? enum_text(KIND_watermark_step, r.check->check) : "");
	if (r.check)
		print_to(t->right, "%.90s",
			 alloc_flags_to_text(r.check->alloc_flags, flags,
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

/* 1355 > 15 + 2032  ✗ short by 693 pages */
static void draw_inequality(const struct view_model *vm,
			    const struct requirement *r, struct area a, int y)
{
	const struct event_watermark_check *c = r->check;
	int x;

	if (!c && vm->requested)
		put_format(a, 1, y, LOOK_DIM, TEXT_zone_not_checked,
			   required_text(r->base, r->reserve).s);
	else if (!c)
		put_text(a, 1, y, LOOK_DIM, TEXT_zone_no_check);
	if (!c)
		return;
	x = put_text(a, 1, y, LOOK_NORMAL, check_text(c, false).s) + 2;
	if (x >= a.width)
		return;
	if (c->ok)
		x = put_format(a, x, y, LOOK_PASSED, TEXT_zone_passed,
			       c->margin, plural(c->margin));
	else
		x = put_format(a, x, y, LOOK_REFUSED, TEXT_zone_refused,
			       c->short_by, plural(c->short_by));
	if (r->free != c->free)
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

/* The counter that the check reads, and this cpu's difference from it. */
static void draw_counter(const struct view_model *vm, struct area a, int y,
			 int64_t nr_free)
{
	int diff = zone_pcp(vm->m, vm->zone, vm->cpu)->stat_diff;
	int x = put_format(a, 1, y, LOOK_DIM, TEXT_zone_counter,
			   (long long)nr_free);

	if (diff)
		x = put_fitting(a, x, y, LOOK_NORMAL, TEXT_zone_stat_diff,
				vm->cpu, diff);
	put_fitting(a, x, y, LOOK_DIM, TEXT_zone_threshold,
		    vm->zone->stat_threshold);
}

/* The differences of all cpus, as far as there is room. */
static void draw_stat_diffs(const struct view_model *vm, struct area a, int y)
{
	int64_t sum = vm->zone->nr_free_pages;
	int x = put_text(a, 1, y, LOOK_DIM, TEXT_zone_stat_diffs);

	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++) {
		int diff = zone_pcp(vm->m, vm->zone, cpu)->stat_diff;

		sum += diff;
		if (x + 30 <= a.width)
			x = put_format(a, x, y, diff ? LOOK_NORMAL : LOOK_DIM,
				       " %u: %+d", cpu, diff);
		else if (x + 26 <= a.width)
			x = put_text(a, x, y, LOOK_DIM, " …") + 4;
	}
	put_fitting(a, x, y, LOOK_DIM, TEXT_zone_stat_total, (long long)sum);
}

/*
 * From the top down: bars, their parts, the inequality, watermarks, counters;
 * of few rows the last are left out, and the parts of the bars first.
 */
void zone_draw(const struct view_model *vm, struct area a)
{
	bool full = a.height >= 6, wide = full || a.width >= 56;
	int y = a.height > ZONE_ROWS + 1;
	struct requirement r;

	if (a.height < 1)
		return;
	if (!requirement_init(vm, &r)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_zone_no_memory);
		return;
	}
	requirement_move(vm, &r);
	if (a.height > 1) {
		requirement_bars(&r, area_part(a, 0, y, a.width, 2), wide);
		y += 2;
	}
	if (full || (wide && a.height > 3))
		requirement_labels(vm, &r, area_part(a, 0, y++, a.width, 1));
	y += a.height >= ZONE_ROWS;
	if (y < a.height)
		draw_inequality(vm, &r, a, y++);
	if (y < a.height)
		draw_watermarks(vm, a, y++);
	if (y < a.height)
		draw_counter(vm, a, y++, r.free);
	if (full && y < a.height && vm->m->system->nr_cpus > 1)
		draw_stat_diffs(vm, a, y);
}
