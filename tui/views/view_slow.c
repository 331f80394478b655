/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_slow: the end of the fast path: every zone of the zonelist with the
 * check that refused it.
 */
#include "views/requirement.h"

/* What follows, below the zones. */
static const char *outcome_text(const struct view_model *vm, char *text,
				size_t size)
{
	const struct event_slow_path *slow = vm->slow;
	char first[GFP_TEXT_MAX], retry[GFP_TEXT_MAX] = "";

	if (!slow) {
		snprintf(text, size, TEXT_slow_no_page_text);
		return text;
	}
	alloc_flags_to_text(slow->slow_flags, first, sizeof(first));
	if (slow->retry_flags != slow->slow_flags)
		alloc_flags_to_text(slow->retry_flags, retry, sizeof(retry));
	snprintf(text, size, TEXT_slow_next_text, first,
		 *retry ? TEXT_slow_then : "", retry);
	return text;
}

enum { MAX_OUTCOME = 2 * GFP_TEXT_MAX + 160, SLOW_WIDTH = 62 };

void slow_describe(const struct view_model *vm, int width, struct view_title *t)
{
	char text[MAX_OUTCOME];

	t->columns = SLOW_WIDTH;
	t->rows = (int)vm->nr_rows + 1 +
		  wrapped_rows(outcome_text(vm, text, sizeof(text)), width - 1);
	print_to(t->left, "%s", vm->slow ? TEXT_slow_title : TEXT_slow_no_page);
	if (vm->requested)
		print_to(t->right, TEXT_slow_walk, vm->requested->nid,
			 vm->requested->order);
}

static struct text reason_text(const struct walk_row *row)
{
	const struct event_watermark_check *c = row->check;

	if (c && !c->ok)
		return text_of(TEXT_slow_short, check_text(c, true).s,
			       c->short_by, plural(c->short_by));
	if (c && row->no_block)
		return text_of(TEXT_slow_no_block);
	if (row->empty)
		return text_of(TEXT_slow_empty);
	if (row->skipped)
		return text_of("%s",
			       enum_text(KIND_skip_reason, row->skip_reason));
	return text_of(TEXT_slow_not_checked);
}

enum { NAME_X = 4, REASON_X = 21 };

static void draw_row(const struct view_model *vm, struct area a, int y, int i)
{
	const struct walk_row *row = &vm->rows[i];
	struct text account;
	int x;

	put_format(a, 1, y, LOOK_DIM, "%2d", i + 1);
	put_text_in(a, NAME_X, y, REASON_X - NAME_X - 1, LOOK_NORMAL,
		    view_model_zone_name(vm, row->zone).s);
	if (REASON_X + 2 >= a.width) {
		put_right(a, a.width, y, LOOK_REFUSED, SIGN_REFUSED);
		return;
	}
	put_text(a, REASON_X, y, LOOK_REFUSED, SIGN_REFUSED);
	x = put_text(a, REASON_X + 2, y, row->check ? LOOK_NORMAL : LOOK_DIM,
		     reason_text(row).s);
	account = account_text(row, row->no_block || row->empty);
	if (*account.s && x + 2 + text_width(account.s) < a.width)
		put_format(a, x, y, LOOK_REFUSED, ": %s", account.s);
}

void slow_draw(const struct view_model *vm, struct area a)
{
	char text[MAX_OUTCOME];
	int rows =
		wrapped_rows(outcome_text(vm, text, sizeof(text)), a.width - 1);
	int total = (int)vm->nr_rows,
	    below = a.height > rows + 1 + (total > 1) ? rows + 1 : 0;
	struct area table = area_part(a, 0, 0, a.width, a.height - below);
	struct window w = window_of(table, 0, total, total - 1);
	int y = (w.nr < total ? table.height : w.nr) + 1;

	for (int i = 0; i < w.nr; i++)
		draw_row(vm, table, i, w.first + i);
	window_mark(table, w);
	if (!below)
		return;
	set_cursor(a, 1, y);
	put_wrapped(a, 1, y, rows, LOOK_NORMAL, text);
}
