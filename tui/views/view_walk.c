/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_walk: the zonelist as a table: its zones in order, the checks that
 * each must pass, and the inequality of its watermark check.
 */
#include <string.h>

#include "model/text.h"
#include "views/requirement.h"
#include "views/view.h"

static void walk_title(const struct view_model *vm, const struct view_state *v,
		       struct view_title *t)
{
	char gfp[GFP_TEXT_MAX];

	if (!vm->requested) {
		snprintf(t->left, sizeof(t->left), TEXT_walk_title);
		return;
	}
	snprintf(t->left, sizeof(t->left), TEXT_walk_title_node,
		 vm->requested->nid);
	if (vm->pass > 1)
		snprintf(t->left, sizeof(t->left), TEXT_walk_title_retry,
			 vm->requested->nid, vm->pass - 1);
	gfp_to_text(vm->requested->gfp, gfp, sizeof(gfp));
	if (vm->prepared)
		snprintf(t->right, sizeof(t->right), TEXT_walk_request_highest,
			 vm->requested->order, gfp,
			 zone_name(vm->m, vm->highest_zoneidx));
	else
		snprintf(t->right, sizeof(t->right), TEXT_walk_request,
			 vm->requested->order, gfp);
}

static int walk_height(const struct view_model *vm, const struct view_state *v,
		       int width)
{
	return vm->nr_rows ? (int)vm->nr_rows + 1 + vm->has_flags : 2;
}

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
			 TEXT_walk_free_formula :
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
static const char *verdict_text(const struct walk_row *row, bool brief,
				char *buf, size_t size)
{
	const struct event_watermark_check *c = row->check;

	if (!c->ok && row->ignored && !brief)
		snprintf(buf, size, TEXT_walk_ignored, c->short_by);
	else if (!c->ok && row->reclaim && !brief)
		snprintf(buf, size, TEXT_walk_reclaim, c->short_by,
			 enum_name(KIND_node_reclaim_result,
				   row->reclaim - 1u));
	else if (!c->ok)
		snprintf(buf, size, brief ? "%u" : TEXT_walk_short,
			 c->short_by);
	else if (row->no_block || row->empty)
		snprintf(buf, size, SIGN_REFUSED "%s",
			 brief	       ? "" :
			 row->no_block ? TEXT_walk_no_block :
					 TEXT_walk_empty);
	else if (row->served && !brief)
		snprintf(buf, size, TEXT_walk_serves);
	else
		snprintf(buf, size, brief ? "%d" : TEXT_walk_margin, c->margin);
	return buf;
}

static void put_verdict(struct area a, int x, int y, const struct walk_row *row)
{
	const struct event_watermark_check *c = row->check;
	bool refused = !c->ok || row->no_block || row->empty;
	char text[80];

	x = put_text(a, x, y, LOOK_NORMAL,
		     check_text(c, true, text, sizeof(text))) +
	    1;
	if (x >= a.width)
		return;
	x = put_text(a, x, y, c->ok ? LOOK_PASSED : LOOK_REFUSED,
		     c->ok ? SIGN_PASSED : SIGN_REFUSED) +
	    1;
	for (int brief = 0; brief < 2; brief++) {
		verdict_text(row, brief, text, sizeof(text));
		if (x + text_width(text) > a.width)
			continue;
		put_text(a, x, y, refused ? LOOK_REFUSED : LOOK_DIM, text);
		return;
	}
}

static void put_outcome(struct area a, int x, int y, const struct walk_row *row)
{
	if (row->check)
		put_verdict(a, x, y, row);
	else if (row->checks[ZONE_CHECK_LOCALITY] == CHECK_REFUSED)
		put_text(a, x, y, LOOK_DIM, TEXT_walk_remote);
	else if (row->skipped)
		put_text(a, x, y, LOOK_DIM,
			 enum_text(KIND_skip_reason, row->skip_reason));
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
		     const struct columns *c, int i, const struct view_state *v)
{
	const struct walk_row *row = &vm->rows[i];
	bool now = (uint32_t)i == vm->row && vm->pass;
	char name[32];

	if (now)
		put_current(a, 0, y);
	if (c->numbers)
		put_format(a, 1, y, LOOK_DIM, "%3d", i + 1);
	view_model_zone_name(vm, row->zone, name, sizeof(name));
	put_text_in(a, c->name, y, 15, now ? LOOK_TITLE : LOOK_NORMAL, name);
	draw_checks(a, y, c, row, now, v);
}

/* The request's ALLOC_ flags, and the cpu it runs on. */
static void draw_flags(const struct view_model *vm, struct area a, int y)
{
	char flags[GFP_TEXT_MAX], mask[48] = "";

	if (vm->requested->has_nodemask)
		snprintf(mask, sizeof(mask), TEXT_walk_nodemask,
			 (unsigned long long)vm->requested->nodemask);
	put_format(a, 5, y, LOOK_DIM, TEXT_walk_flags,
		   alloc_flags_to_text(vm->alloc_flags, flags, sizeof(flags)),
		   vm->requested->cpu, mask);
}

static void walk_draw(const struct view_model *vm, struct area a,
		      const struct view_state *v)
{
	const struct columns *c = columns_for(a.width);
	int total = (int)vm->nr_rows, y = a.height > 2 ? 1 : 0;
	bool flags = vm->has_flags && vm->requested && c->numbers &&
		     a.height >= total + 2;
	int nr, first;

	if (!total) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_walk_none);
		return;
	}
	if (flags)
		draw_flags(vm, a, 0);
	a = area_part(a, 0, flags, a.width, a.height);
	nr = window_rows(a, total, y);
	first = window_first(total, nr, (int)vm->row, v->scroll);
	if (y)
		draw_header(a, c);
	for (int i = 0; i < nr; i++)
		draw_row(vm, a, y + i, c, first + i, v);
	for (int i = 0; c->rule && i < y + nr; i++)
		put_text(a, c->rule, i, LOOK_DIM, "│");
	window_mark(a, first, nr, total);
}

const struct view view_walk = {
	.name = "walk",
	.panel = PANEL_WALK,
	.help = TEXT_walk_help,
	.title = walk_title,
	.height = walk_height,
	.draw = walk_draw,
};
