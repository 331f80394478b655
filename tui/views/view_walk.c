/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_walk: the zonelist as a table: its zones in order, the checks that
 * each must pass, and the inequality of its watermark check.
 */
#include <string.h>

#include "views/requirement.h"

/* Where things stand in a row, by the width there is. */
struct columns {
	bool numbers; /* of the rows, before the names */
	int name;
	int check_x[NR_ZONE_CHECKS]; /* of the sign; 0: checks are left out */
	bool heads; /* of the checks: names, else letters */
	int rule; /* 0: none */
	int verdict;
};

static const struct columns columns[] = {
	{ true, 5, { 24, 33, 42, 49, 57 }, true, 62, 64 },
	{ false, 1, { 19, 28, 36, 42, 50 }, true, 54, 56 },
	{ false, 2, { 18, 20, 22, 24, 26 }, false, 0, 29 },
	{ false, 2, { 0 }, false, 0, 17 },
};

static const struct columns *columns_for(int width)
{
	return &columns[width >= 98 ? 0 :
			width >= 72 ? 1 :
			width >= 48 ? 2 :
				      3];
}

/* A row for the alloc flags, where they are not cut anyway. */
static bool shows_flags(const struct view_model *vm, const struct columns *c)
{
	return vm->has_flags && vm->requested && c->numbers;
}

void walk_describe(const struct view_model *vm, int width, struct view_title *t)
{
	const struct event_alloc_request *r = vm->requested;
	char gfp[GFP_TEXT_MAX];
	struct text highest;
	int used;

	t->rows = 1 + (int)vm->nr_rows + shows_flags(vm, columns_for(width));
	print_to(t->left, TEXT_walk_title);
	if (!r)
		return;
	print_to(t->left, TEXT_walk_title_node, r->nid);
	if (vm->pass > 1)
		print_to(t->left, TEXT_walk_title_retry, r->nid, vm->pass - 1);
	gfp_to_text(r->gfp, gfp, sizeof(gfp));
	print_to(t->right, TEXT_walk_request, r->order, gfp);
	highest = text_of(TEXT_walk_highest,
			  zone_name(vm->m, vm->highest_zoneidx));
	used = text_width(t->left) + text_width(t->right) + 7;
	if (vm->prepared && used + text_width(highest.s) <= width)
		strcat(t->right, highest.s);
}

static void draw_header(struct area a, const struct columns *c)
{
	static const char *const names[] = { TEXT_walk_check_zoneidx,
					     TEXT_walk_check_nodemask,
					     TEXT_walk_check_cpuset,
					     TEXT_walk_check_dirty,
					     TEXT_walk_check_locality };
	static const char *const letters[] = { "z", "n", "c", "d", "l" };

	put_text_in(a, c->name, 0, 13, LOOK_DIM, TEXT_walk_zone);
	for (int i = 0; c->check_x[0] && i < NR_ZONE_CHECKS; i++) {
		const char *head = c->heads ? names[i] : letters[i];

		put_text(a, c->check_x[i] - text_width(head) / 2, 0, LOOK_DIM,
			 head);
	}
	put_text(a, c->verdict, 0, LOOK_DIM,
		 a.width - c->verdict <
				 text_width(TEXT_walk_usable_formula) + 1 ?
			 TEXT_walk_brief_formula :
			 TEXT_walk_usable_formula);
}

static void put_check(struct area a, int x, int y, uint8_t result)
{
	static const struct {
		const char *sign;
		enum look look;
	} signs[] = {
		[CHECK_UNREACHED] = { SIGN_UNREACHED, LOOK_DIM },
		[CHECK_NOT_MADE] = { SIGN_NOT_MADE, LOOK_DIM },
		[CHECK_PASSED] = { SIGN_PASSED, LOOK_PASSED },
		[CHECK_REFUSED] = { SIGN_REFUSED, LOOK_REFUSED },
	};

	put_text(a, x, y, signs[result].look, signs[result].sign);
}

/* The verdict in words, or in fewer where there is no room. */
static struct text row_verdict(const struct walk_row *row, bool brief)
{
	const struct event_watermark_check *c = row->check;

	if (brief && !c->ok)
		return text_of("%u", c->short_by);
	if (!c->ok && row->ignored)
		return text_of(TEXT_walk_ignored, c->short_by);
	if (!c->ok && row->reclaim)
		return text_of(TEXT_walk_reclaim, c->short_by,
			       enum_name(KIND_node_reclaim_result,
					 row->reclaim - 1u));
	if (!c->ok)
		return text_of(TEXT_walk_short, c->short_by);
	if (row->no_block || row->empty)
		return text_of("%s%s", SIGN_REFUSED,
			       brief	     ? "" :
			       row->no_block ? TEXT_walk_no_block :
					       TEXT_walk_empty);
	if (row->served && !brief)
		return text_of(TEXT_walk_serves);
	return text_of(brief ? "%d" : TEXT_walk_margin, c->margin);
}

/* The same, and where the free pages are if the check does not say that. */
static struct text verdict_and_account(const struct walk_row *row)
{
	struct text account = account_text(row, row->no_block || row->empty);

	return text_of(*account.s ? "%s: %s" : "%s", row_verdict(row, false).s,
		       account.s);
}

static void put_verdict(struct area a, int x, int y, const struct walk_row *row)
{
	const struct event_watermark_check *c = row->check;
	bool refused = !c->ok || row->no_block || row->empty;

	x = put_text(a, x, y, LOOK_NORMAL, check_text(c, true).s) + 1;
	if (x >= a.width)
		return;
	x = put_text(a, x, y, c->ok ? LOOK_PASSED : LOOK_REFUSED,
		     c->ok ? SIGN_PASSED : SIGN_REFUSED) +
	    1;
	for (int brief = 0; brief < 3; brief++) {
		struct text text = brief ? row_verdict(row, brief == 2) :
					   verdict_and_account(row);

		if (x + text_width(text.s) > a.width)
			continue;
		put_text(a, x, y, refused ? LOOK_REFUSED : LOOK_DIM, text.s);
		return;
	}
}

static void put_outcome(struct area a, int x, int y, const struct walk_row *row)
{
	static const char *const skips[NR_SKIP] = {
		[SKIP_highest_zoneidx] = TEXT_walk_above,
		[SKIP_nodemask] = TEXT_walk_no_node,
		[SKIP_cpuset] = TEXT_walk_no_cpuset,
		[SKIP_dirty] = TEXT_walk_dirty,
		[SKIP_dirty_before] = TEXT_walk_dirty_before,
	};

	if (row->check)
		put_verdict(a, x, y, row);
	else if (row->checks[ZONE_CHECK_LOCALITY] == CHECK_REFUSED)
		put_text(a, x, y, LOOK_DIM, TEXT_walk_remote);
	else if (row->skipped)
		put_text(a, x, y, LOOK_DIM, skips[row->skip_reason]);
}

/*
 * In a movement the cursor goes from check to check: those that this step
 * decided appear one after the other, and then the inequality.
 */
static void draw_checks(struct area a, int y, const struct columns *c,
			const struct walk_row *row, bool now,
			const struct view_state *v)
{
	int reached = in_motion(v) && now ? v->phase - 1 : NR_ZONE_CHECKS;

	for (int i = 0; c->check_x[0] && i < NR_ZONE_CHECKS; i++) {
		bool hidden = row->fresh >> i & 1 && i >= reached;

		put_check(a, c->check_x[i], y,
			  hidden ? CHECK_UNREACHED : row->checks[i]);
		if (now && in_motion(v) && i == reached)
			set_cursor(a, c->check_x[i], y);
	}
	if (!now || !in_motion(v) || reached >= NR_ZONE_CHECKS) {
		put_outcome(a, c->verdict, y, row);
		return;
	}
	if (c->check_x[0] && row->fresh >> reached & 1)
		put_text(a, c->check_x[reached] - 1, y, LOOK_CURRENT,
			 SIGN_CURRENT);
	if (!row->fresh)
		put_outcome(a, c->verdict, y, row);
}

static void draw_row(const struct view_model *vm, struct area a, int y,
		     const struct columns *c, int i)
{
	const struct walk_row *row = &vm->rows[i];
	bool now = (uint32_t)i == vm->row && vm->pass;

	if (now)
		put_current(a, 0, y);
	if (c->numbers)
		put_format(a, 1, y, LOOK_DIM, "%3d", i + 1);
	put_text_in(a, c->name, y, 15, now ? LOOK_TITLE : LOOK_NORMAL,
		    view_model_zone_name(vm, row->zone).s);
	draw_checks(a, y, c, row, now, vm->view);
}

void walk_draw(const struct view_model *vm, struct area a)
{
	const struct columns *c = columns_for(a.width);
	int total = (int)vm->nr_rows, y = a.height > 2 || a.height > total;
	char flags[GFP_TEXT_MAX];
	struct window w;

	if (!total) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_walk_none);
		return;
	}
	if (shows_flags(vm, c) && a.height >= total + 2) {
		put_format(a, 5, 0, LOOK_DIM, TEXT_walk_flags,
			   alloc_flags_to_text(vm->alloc_flags, flags,
					       sizeof(flags)),
			   vm->requested->cpu);
		a = area_part(a, 0, 1, a.width, a.height);
	}
	w = window_of(a, y, total, (int)vm->row);
	if (y)
		draw_header(a, c);
	for (int i = 0; i < w.nr; i++)
		draw_row(vm, a, y + i, c, w.first + i);
	for (int i = 0; c->rule && i < y + w.nr; i++)
		put_text(a, c->rule, i, LOOK_DIM, "│");
	window_mark(a, w);
}
