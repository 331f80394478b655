/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_slow: the end of the fast path: every zone of the zonelist with the
 * check that refused it.
 */
#include "model/text.h"
#include "views/requirement.h"
#include "views/view.h"

static void slow_title(const struct view_model *vm, const struct view_state *v,
		       struct view_title *t)
{
	snprintf(t->left, sizeof(t->left), "%s",
		 vm->slow ? TEXT_slow_title : TEXT_slow_no_page);
	if (vm->requested)
		snprintf(t->right, sizeof(t->right), TEXT_slow_walk,
			 vm->requested->nid, vm->requested->order);
}

static int slow_height(const struct view_model *vm, const struct view_state *v,
		       int width)
{
	return (int)vm->nr_rows + 4;
}

static const char *reason_text(const struct view_model *vm,
			       const struct walk_row *row, char *buf,
			       size_t size)
{
	const struct event_watermark_check *c = row->check;
	char check[64];

	if (c && !c->ok)
		snprintf(buf, size, TEXT_slow_short,
			 check_text(c, true, check, sizeof(check)),
			 c->short_by);
	else if (c && row->no_block)
		snprintf(buf, size, TEXT_slow_no_block,
			 vm->requested ? vm->requested->order : 0);
	else if (row->empty)
		snprintf(buf, size, TEXT_slow_empty);
	else if (row->skipped)
		snprintf(buf, size, "%s",
			 enum_text(KIND_skip_reason, row->skip_reason));
	else
		snprintf(buf, size, TEXT_slow_not_checked);
	return buf;
}

static void draw_row(const struct view_model *vm, struct area a, int y, int i)
{
	const struct walk_row *row = &vm->rows[i];
	char text[96];
	int x;

	put_format(a, 1, y, LOOK_DIM, "%2d", i + 1);
	view_model_zone_name(vm, row->zone, text, sizeof(text));
	put_text_in(a, 4, y, 16, LOOK_NORMAL, text);
	x = 21;
	if (x + 2 >= a.width) {
		put_right(a, a.width, y, LOOK_REFUSED, SIGN_REFUSED);
		return;
	}
	put_text(a, x, y, LOOK_REFUSED, SIGN_REFUSED);
	put_text(a, x + 2, y, row->check ? LOOK_NORMAL : LOOK_DIM,
		 reason_text(vm, row, text, sizeof(text)));
}

static void draw_outcome(const struct view_model *vm, struct area a)
{
	const struct event_slow_path *slow = vm->slow;
	char first[GFP_TEXT_MAX], retry[GFP_TEXT_MAX] = "";
	char text[2 * GFP_TEXT_MAX + 160];

	if (!slow) {
		snprintf(text, sizeof(text), TEXT_slow_no_page_text);
	} else {
		alloc_flags_to_text(slow->slow_flags, first, sizeof(first));
		if (slow->retry_flags != slow->slow_flags)
			alloc_flags_to_text(slow->retry_flags, retry,
					    sizeof(retry));
		snprintf(text, sizeof(text), TEXT_slow_next_text, first,
			 *retry ? TEXT_slow_then : "", retry);
	}
	put_wrapped(a, 1, 0, a.height, LOOK_NORMAL, text);
}

static void slow_draw(const struct view_model *vm, struct area a,
		      const struct view_state *v)
{
	int total = (int)vm->nr_rows;
	int below = a.height >= 5 ? 3 : 0;
	struct area table = area_part(a, 0, 0, a.width, a.height - below);
	int nr = window_rows(table, total, 0);
	int first = window_first(total, nr, total - 1, v->scroll);

	for (int i = 0; i < nr; i++)
		draw_row(vm, table, i, first + i);
	window_mark(table, first, nr, total);
	if (!below)
		return;
	set_cursor(a, 1, (nr < total ? table.height : nr) + 1);
	draw_outcome(vm, area_part(a, 0, (nr < total ? table.height : nr) + 1,
				   a.width, a.height));
}

const struct view view_slow = {
	.name = "slow",
	.help = TEXT_slow_help,
	.title = slow_title,
	.height = slow_height,
	.draw = slow_draw,
};
