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
#include "view.h"
#include "view_balance.h"

static void zone_title(const struct frame *f, struct view_title *t)
{
	char name[32], flags[GFP_TEXT_MAX];
	struct balance b;

	if (!balance_make(f, &b)) {
		snprintf(t->left, sizeof(t->left), "zone");
		return;
	}
	frame_zone_name(f, f->zone, name, sizeof(name));
	snprintf(t->left, sizeof(t->left), "%s%s%s", name,
		 b.check ? ": " : "",
		 b.check ? word_text(KIND_check, b.check->check) : "");
	if (b.check)
		snprintf(t->right, sizeof(t->right), "%.90s",
			 alloc_flags_to_text(b.check->alloc_flags, flags,
					     sizeof(flags)));
}

enum { ZONE_ROWS = 7 };

static int zone_height(const struct frame *f, int width)
{
	(void)f;
	(void)width;
	return ZONE_ROWS;
}

/* What of the free pages the request could not use. */
static const char *unusable_text(const struct event_watermark_check *c,
				 char *buf, size_t size)
{
	int block = c->unusable - (int)c->highatomic - (int)c->cma, used;

	if (!c->unusable) {
		snprintf(buf, size, "nothing is unusable");
		return buf;
	}
	used = snprintf(buf, size, "unusable:");
	if (block > 0)
		used += snprintf(buf + used, size - (size_t)used,
				 " %d of the block", block);
	if (c->highatomic)
		used += snprintf(buf + used, size - (size_t)used,
				 " %u highatomic", c->highatomic);
	if (c->cma)
		snprintf(buf + used, size - (size_t)used, " %u cma", c->cma);
	return buf;
}

/* 1355 − 0 > 15 + 2032  ✗ 693 short */
static void draw_inequality(const struct frame *f, const struct balance *b,
			    struct area a, int y)
{
	const struct event_watermark_check *c = b->check;
	char text[96];
	int x;

	if (!c) {
		put_format(a, 1, y, LOOK_DIM,
			   f->asked ? "not asked yet: > %u + %u" :
				      "this request asks no zone",
			   b->base, b->reserve);
		return;
	}
	x = put_format(a, 1, y, LOOK_NORMAL, "%d − %d > %d + %u  ", c->free,
		       c->unusable, c->mark, c->reserve);
	if (x >= a.width)
		return;
	x = put_format(a, x, y, c->ok ? LOOK_PASSED : LOOK_REFUSED,
		       c->ok ? SIGN_PASSED " %d to spare" :
			       SIGN_REFUSED " %d pages short",
		       c->ok ? c->slack : (int)c->short_by) +
	    3;
	unusable_text(c, text, sizeof(text));
	if (b->have != c->free)
		snprintf(text, sizeof(text), "when it was asked");
	if (x + text_width(text) < a.width)
		put_text(a, x, y, LOOK_DIM, text);
}

static void draw_marks(const struct frame *f, struct area a, int y)
{
	const struct zone *z = f->zone;

	int x = put_format(a, 1, y, LOOK_DIM,
			   "min %u  low %u  high %u  boost %u",
			   z->watermark[WMARK_MIN], z->watermark[WMARK_LOW],
			   z->watermark[WMARK_HIGH], z->watermark_boost);

	if (z->nr_reserved_highatomic && x < a.width)
		put_format(a, x, y, LOOK_DIM, "  highatomic %u",
			   z->nr_reserved_highatomic);
}

/* The counter that the check reads, and what this cpu keeps to itself. */
static void draw_drift(const struct frame *f, struct area a, int y)
{
	const struct per_cpu_pages *pcp = zone_pcp(f->m, f->zone, f->cpu);
	int x = put_format(a, 1, y, LOOK_DIM, "NR_FREE_PAGES %d",
			   f->zone->nr_free_pages);

	if (x + 30 < a.width)
		put_format(a, x, y, pcp->stat_diff ? LOOK_NORMAL : LOOK_DIM,
			   pcp->stat_diff ?
				   "  cpu %u keeps %+d to itself, at most %u" :
				   "  cpu %u keeps %d to itself, at most %u",
			   f->cpu, pcp->stat_diff, f->zone->stat_threshold);
}

/* The rows of an area of at least six rows. */
static void draw_full(const struct frame *f, const struct balance *b,
		      struct area a)
{
	int y = a.height > ZONE_ROWS;

	balance_bars(b, area_part(a, 0, y, a.width, 2), true);
	balance_labels(f, b, area_part(a, 0, y + 2, a.width, 1));
	y += a.height >= ZONE_ROWS ? 4 : 3;
	draw_inequality(f, b, a, y);
	draw_marks(f, a, y + 1);
	if (y + 2 < a.height)
		draw_drift(f, a, y + 2);
}

static void zone_draw(const struct frame *f, struct area a, int scroll)
{
	struct balance b;

	(void)scroll;
	if (a.height < 1)
		return;
	if (!balance_make(f, &b)) {
		put_text(a, 1, 0, LOOK_DIM, "the machine has no memory");
		return;
	}
	if (a.height >= 6) {
		draw_full(f, &b, a);
		return;
	}
	if (a.height == 1) {
		draw_inequality(f, &b, a, 0);
		return;
	}
	balance_bars(&b, area_part(a, 0, 0, a.width, 2), a.width >= 56);
	if (a.height > 2)
		draw_inequality(f, &b, a, 2);
	if (a.height > 3)
		draw_marks(f, a, 3);
	if (a.height > 4)
		draw_drift(f, a, 4);
}

const struct view view_zone = {
	.name = "zone",
	.help = "The watermark check: what is usable must be more than the "
		"mark and the reserve for this ceiling together.",
	.title = zone_title,
	.height = zone_height,
	.draw = zone_draw,
};
