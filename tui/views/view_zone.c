/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_zone: what a zone has and what a request needs there, as two bars on
 * one scale, and the inequality between them.
 *
 *  have  ██████████████████████              1355 free
 *  need  L▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  > 2047
 *        ╰ low 15  ╰ reserve[Normal] 2032   ├── 693 short ──┤
 *
 * After the check the zone goes on living: the have bar shows the counter at
 * this step, the inequality the numbers of the check.
 */
#include "model/text.h"
#include "views/view.h"
#include "views/requirement.h"

static void zone_title(const struct view_model *vm, const struct view_state *v,
		       struct view_title *t)
{
	char name[32], flags[GFP_TEXT_MAX];
	struct requirement b;

	if (!requirement_make(vm, &b)) {
		snprintf(t->left, sizeof(t->left), TEXT_zone_title);
		return;
	}
	view_model_zone_name(vm, vm->zone, name, sizeof(name));
	snprintf(t->left, sizeof(t->left), "%s%s%s", name, b.check ? ": " : "",
		 b.check ? enum_text(KIND_watermark_step, b.check->check) : "");
	if (b.check)
		snprintf(t->right, sizeof(t->right), "%.90s",
			 alloc_flags_to_text(b.check->alloc_flags, flags,
					     sizeof(flags)));
}

enum { ZONE_ROWS = 7 };

static int zone_height(const struct view_model *vm, const struct view_state *v,
		       int width)
{
	return ZONE_ROWS + (vm->m->system->nr_cpus > 1);
}

/* What of the free pages the request could not use. */
static const char *unusable_text(const struct event_watermark_check *c,
				 char *buf, size_t size)
{
	int block = c->unusable - (int)c->highatomic - (int)c->cma, used;

	if (!c->unusable) {
		snprintf(buf, size, TEXT_zone_all_usable);
		return buf;
	}
	used = snprintf(buf, size, TEXT_zone_unusable);
	if (block > 0)
		used += snprintf(buf + used, size - (size_t)used,
				 TEXT_zone_of_block, block);
	if (c->highatomic)
		used += snprintf(buf + used, size - (size_t)used,
				 TEXT_zone_unusable_highatomic, c->highatomic);
	if (c->cma)
		snprintf(buf + used, size - (size_t)used,
			 TEXT_zone_unusable_cma, c->cma);
	return buf;
}

/* 1355 − 0 > 15 + 2032  ✗ 693 short */
static void draw_inequality(const struct view_model *vm,
			    const struct requirement *b, struct area a, int y)
{
	const struct event_watermark_check *c = b->check;
	char text[96];
	int x;

	if (!c) {
		put_format(a, 1, y, LOOK_DIM,
			   vm->asked ? TEXT_zone_not_asked :
				       TEXT_zone_none_asked,
			   b->base, b->reserve);
		return;
	}
	x = put_format(a, 1, y, LOOK_NORMAL, "%d − %d > %d + %u  ", c->free,
		       c->unusable, c->watermark, c->lowmem_reserve);
	if (x >= a.width)
		return;
	x = put_format(a, x, y, c->ok ? LOOK_PASSED : LOOK_REFUSED,
		       c->ok		? TEXT_zone_passed :
		       c->short_by == 1 ? TEXT_zone_refused_by_one :
					  TEXT_zone_refused,
		       c->ok ? c->margin : (int)c->short_by) +
	    3;
	unusable_text(c, text, sizeof(text));
	if (b->have != c->free)
		snprintf(text, sizeof(text), TEXT_zone_then);
	if (x + text_width(text) < a.width)
		put_text(a, x, y, LOOK_DIM, text);
}

static void draw_marks(const struct view_model *vm, struct area a, int y)
{
	const struct zone *z = vm->zone;

	int x = put_format(a, 1, y, LOOK_DIM, TEXT_zone_marks,
			   z->watermark[WMARK_MIN], z->watermark[WMARK_LOW],
			   z->watermark[WMARK_HIGH], z->watermark_boost);

	if (z->nr_reserved_highatomic && x < a.width)
		put_format(a, x, y, LOOK_DIM, TEXT_zone_highatomic,
			   z->nr_reserved_highatomic);
}

/* The counter that the check reads, and what this cpu keeps to itself. */
static void draw_drift(const struct view_model *vm, struct area a, int y,
		       int64_t have)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	int x = put_format(a, 1, y, LOOK_DIM, TEXT_zone_counter,
			   (long long)have);

	if (x + 30 < a.width)
		put_format(a, x, y, pcp->stat_diff ? LOOK_NORMAL : LOOK_DIM,
			   pcp->stat_diff ? TEXT_zone_drift :
					    TEXT_zone_no_drift,
			   vm->cpu, pcp->stat_diff, vm->zone->stat_threshold);
}

/* What every cpu keeps to itself, as far as there is room. */
static void draw_drifts(const struct view_model *vm, struct area a, int y)
{
	int64_t sum = vm->zone->nr_free_pages;
	int x = put_text(a, 1, y, LOOK_DIM, TEXT_zone_drifts);

	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++)
		sum += zone_pcp(vm->m, vm->zone, cpu)->stat_diff;
	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++) {
		int diff = zone_pcp(vm->m, vm->zone, cpu)->stat_diff;

		if (x + 30 > a.width) {
			x = put_text(a, x, y, LOOK_DIM, " …");
			break;
		}
		x = put_format(a, x, y, diff ? LOOK_NORMAL : LOOK_DIM,
			       " %u: %+d", cpu, diff);
	}
	if (x + 18 < a.width)
		put_format(a, x, y, LOOK_DIM, TEXT_zone_drift_sum,
			   (long long)sum);
}

/* The rows of an area of at least six rows. */
static void draw_full(const struct view_model *vm, const struct requirement *b,
		      struct area a)
{
	int y = a.height > ZONE_ROWS + 1;

	requirement_bars(b, area_part(a, 0, y, a.width, 2), true);
	requirement_labels(vm, b, area_part(a, 0, y + 2, a.width, 1));
	y += a.height >= ZONE_ROWS ? 4 : 3;
	draw_inequality(vm, b, a, y);
	draw_marks(vm, a, y + 1);
	if (y + 2 < a.height)
		draw_drift(vm, a, y + 2, b->have);
	if (y + 3 < a.height && vm->m->system->nr_cpus > 1)
		draw_drifts(vm, a, y + 3);
}

/* Few rows: the bars, the inequality, the parts of need, then the marks. */
static void draw_brief(const struct view_model *vm, const struct requirement *b,
		       struct area a)
{
	bool wide = a.width >= 56, labels = wide && a.height > 3;
	int y = 2;

	requirement_bars(b, area_part(a, 0, 0, a.width, 2), wide);
	if (labels)
		requirement_labels(vm, b, area_part(a, 0, y++, a.width, 1));
	if (y < a.height)
		draw_inequality(vm, b, a, y++);
	if (y < a.height)
		draw_marks(vm, a, y++);
	if (y < a.height)
		draw_drift(vm, a, y, b->have);
}

static void zone_draw(const struct view_model *vm, struct area a,
		      const struct view_state *v)
{
	struct requirement b;

	if (a.height < 1)
		return;
	if (!requirement_make(vm, &b)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_zone_no_memory);
		return;
	}
	requirement_move(vm, &b, v);
	if (a.height >= 6) {
		draw_full(vm, &b, a);
		return;
	}
	if (a.height == 1) {
		draw_inequality(vm, &b, a, 0);
		return;
	}
	draw_brief(vm, &b, a);
}

const struct view view_zone = {
	.name = "zone",
	.panel = PANEL_ZONE,
	.help = TEXT_zone_help,
	.title = zone_title,
	.height = zone_height,
	.draw = zone_draw,
};
