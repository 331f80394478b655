/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_slow: the end of the fast path. Every zone of the list with what
 * refused it. A zone is refused; a request goes on to the slow path.
 */
#include "view.h"

static void slow_title(const struct frame *f, struct view_title *t)
{
	snprintf(t->left, sizeof(t->left), "%s",
		 f->slow ? "SLOW PATH" : "no page for these flags");
	if (f->asked)
		snprintf(t->right, sizeof(t->right),
			 "walk of node %u, order %u", f->asked->nid,
			 f->asked->order);
}

static int slow_height(const struct frame *f, int width)
{
	(void)width;
	return (int)f->nr_rows + 4;
}

static const char *reason_text(const struct frame *f,
			       const struct walk_row *row, char *buf,
			       size_t size)
{
	const struct event_watermark_check *c = row->check;

	if (c && !c->ok)
		snprintf(buf, size, "%d > %d + %u: %u short",
			 c->free - c->unusable, c->mark, c->reserve,
			 c->short_by);
	else if (c && row->no_block)
		snprintf(buf, size, "no block of order %u or more",
			 f->asked ? f->asked->order : 0);
	else if (row->empty)
		snprintf(buf, size, "no block for this type");
	else if (row->skipped)
		snprintf(buf, size, "%s",
			 word_text(KIND_gate, row->skip_gate));
	else
		snprintf(buf, size, "not asked");
	return buf;
}

static void draw_row(const struct frame *f, struct area a, int y, int i)
{
	const struct walk_row *row = &f->rows[i];
	char text[96];
	int x;

	put_format(a, 1, y, LOOK_DIM, "%2d", i + 1);
	frame_zone_name(f, row->zone, text, sizeof(text));
	put_text_in(a, 4, y, 16, LOOK_NORMAL, text);
	x = 21;
	if (x + 2 >= a.width) {
		put_right(a, a.width, y, LOOK_REFUSED, SIGN_REFUSED);
		return;
	}
	put_text(a, x, y, LOOK_REFUSED, SIGN_REFUSED);
	put_text(a, x + 2, y, row->check ? LOOK_NORMAL : LOOK_DIM,
		 reason_text(f, row, text, sizeof(text)));
}

static void draw_outcome(const struct frame *f, struct area a)
{
	char flags[GFP_TEXT_MAX], text[GFP_TEXT_MAX + 160];

	if (!f->slow)
		snprintf(text, sizeof(text),
			 "No zone had a page. With other flags the same "
			 "zones may serve.");
	else
		snprintf(text, sizeof(text),
			 "Every zone refused: the request goes on to the "
			 "slow path, which asks them again with %s.",
			 alloc_flags_to_text(f->slow->slow_flags, flags,
					     sizeof(flags)));
	put_wrapped(a, 1, 0, a.height, LOOK_NORMAL, text);
}

static void slow_draw(const struct frame *f, struct area a, int scroll)
{
	int total = (int)f->nr_rows;
	int below = a.height >= 5 ? 3 : 0;
	struct area table = area_part(a, 0, 0, a.width, a.height - below);
	int nr = window_rows(table, total, 0);
	int first = window_first(total, nr, total - 1, scroll);

	for (int i = 0; i < nr; i++)
		draw_row(f, table, i, first + i);
	window_mark(table, first, nr, total);
	if (!below)
		return;
	set_cursor(a, 1, (nr < total ? table.height : nr) + 1);
	draw_outcome(f, area_part(a, 0, (nr < total ? table.height : nr) + 1,
				  a.width, a.height));
}

const struct view view_slow = {
	.name = "slow",
	.help = "No zone could serve on the fast path, and why each could "
		"not. Most such requests succeed on the slow path.",
	.title = slow_title,
	.height = slow_height,
	.draw = slow_draw,
};
