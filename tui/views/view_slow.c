/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_slow: the end of the fast path. Every zone of the list with what
 * refused it. A zone is refused; a request goes on to the slow path.
 */
#include "model/text.h"
#include "views/view.h"

static void slow_title(const struct frame *f, const struct view_state *v,
		       struct view_title *t)
{
	(void)v;
	snprintf(t->left, sizeof(t->left), "%s",
		 f->slow ? TEXT_slow_title : TEXT_slow_no_page);
	if (f->asked)
		snprintf(t->right, sizeof(t->right), TEXT_slow_walk,
			 f->asked->nid, f->asked->order);
}

static int slow_height(const struct frame *f, const struct view_state *v,
		       int width)
{
	(void)v;
	(void)width;
	return (int)f->nr_rows + 4;
}

static const char *reason_text(const struct frame *f,
			       const struct walk_row *row, char *buf,
			       size_t size)
{
	const struct event_watermark_check *c = row->check;

	if (c && !c->ok)
		snprintf(buf, size, TEXT_slow_short, c->free - c->unusable,
			 c->mark, c->reserve, c->short_by);
	else if (c && row->no_block)
		snprintf(buf, size, TEXT_slow_no_block,
			 f->asked ? f->asked->order : 0);
	else if (row->empty)
		snprintf(buf, size, TEXT_slow_empty);
	else if (row->skipped)
		snprintf(buf, size, "%s",
			 enum_text(KIND_skip_reason, row->skip_gate));
	else
		snprintf(buf, size, TEXT_slow_not_asked);
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
		snprintf(text, sizeof(text), TEXT_slow_no_page_text);
	else
		snprintf(text, sizeof(text), TEXT_slow_next_text,
			 alloc_flags_to_text(f->slow->slow_flags, flags,
					     sizeof(flags)));
	put_wrapped(a, 1, 0, a.height, LOOK_NORMAL, text);
}

static void slow_draw(const struct frame *f, struct area a,
		      const struct view_state *v)
{
	int total = (int)f->nr_rows;
	int below = a.height >= 5 ? 3 : 0;
	struct area table = area_part(a, 0, 0, a.width, a.height - below);
	int nr = window_rows(table, total, 0);
	int first = window_first(total, nr, total - 1, v->scroll);

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
	.help = TEXT_slow_help,
	.title = slow_title,
	.height = slow_height,
	.draw = slow_draw,
};
