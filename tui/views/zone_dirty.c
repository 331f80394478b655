/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_dirty: node_dirty_ok(): the dirty pages of each node that the walk has
 * checked, on a scale on which every node's limit is at the same column.
 *
 *                                   limit
 *  ▶node 0 ██████████████████████▒▒▒▒▒│▒▒▒    2500 + 900 <= 3000  ✗ 400 over
 *   node 1 ████████                   │       820 <= 3276  ✓ 2456 left
 */
#include "views/view.h"

enum { BAR_X = 9, TEXT_WIDTH = 34, LEAST_ROWS = 6, MIN_LIMIT = 6 };

bool is_about_dirty(const struct view_model *vm)
{
	const struct event_zone_skip *skip;

	if (!vm->event || !vm->zone)
		return false;
	skip = event_get(vm->event, zone_skip);
	return skip ? skip->reason == SKIP_dirty ||
			       skip->reason == SKIP_dirty_before :
		      event_id(vm->event) == EVENT_dirty_check;
}

static int online_before(const struct machine *m, uint32_t end)
{
	int nr = 0;

	for (uint32_t nid = 0; nid < end; nid++)
		nr += node_online(m, nid);
	return nr;
}

/* A heading, the nodes, where the limit comes from and what is dirtyable. */
void dirty_describe(const struct view_model *vm, struct view_title *t)
{
	t->least = LEAST_ROWS;
	t->rows = 3 + online_before(vm->m, vm->m->system->nr_nodes);
	print_to(t->left, TEXT_dirty_title, vm->zone_name);
	print_to(t->right, TEXT_dirty_legend);
}

static uint64_t dirty_of(const struct event_dirty_check *e)
{
	return (uint64_t)e->file_dirty + e->writeback;
}

/* Columns of a bar that reaches from the left to its limit. */
static int limit_column(int width)
{
	return (width - BAR_X - TEXT_WIDTH) * 3 / 4;
}

/* Columns @from to @to of a bar, around the line of the limit. */
static void put_pages(struct area a, int y, int from, int to, int limit,
		      enum look look, const char *glyph)
{
	int end = to < limit ? to : limit;

	if (from < end)
		put_repeat(a, BAR_X + from, y, end - from, look, glyph);
	if (from < limit)
		from = limit;
	if (from < to)
		put_repeat(a, BAR_X + 1 + from, y, to - from, LOOK_REFUSED,
			   glyph);
}

/* Where @pages end; over the limit by a page is beyond its column. */
static int column_of(const struct event_dirty_check *e, uint64_t pages,
		     int limit)
{
	uint64_t column, most = (uint64_t)limit * 4 / 3;

	if (!e->limit)
		return pages ? (int)most : 0;
	column = pages * (uint64_t)limit / e->limit;
	column += pages > e->limit && column <= (uint64_t)limit;
	return (int)(column < most ? column : most);
}

static void put_verdict(struct area a, int x, int y,
			const struct event_dirty_check *e)
{
	int64_t left = (int64_t)e->limit - (int64_t)dirty_of(e);

	x = e->writeback ? put_format(a, x, y, LOOK_NORMAL, TEXT_dirty_both,
				      e->file_dirty, e->writeback, e->limit) :
			   put_format(a, x, y, LOOK_NORMAL, TEXT_dirty_one,
				      e->file_dirty, e->limit);
	if (x < a.width)
		put_format(a, x, y, e->ok ? LOOK_PASSED : LOOK_REFUSED,
			   e->ok ? TEXT_dirty_left : TEXT_dirty_over,
			   (long long)(left < 0 ? -left : left));
}

/* In a movement the bar of the node that this step checks grows. */
static void draw_bar(const struct view_model *vm, struct area a, int y,
		     const struct event_dirty_check *e, int limit)
{
	const bool grows = event_get(vm->event, dirty_check) == e;
	const int most = limit * 4 / 3;
	int dirty = column_of(e, e->file_dirty, limit);
	int all = column_of(e, dirty_of(e), limit);

	if (grows) {
		all = (int)motion_between(vm->view, 0, all);
		dirty = dirty < all ? dirty : all;
	}
	put_pages(a, y, 0, dirty, limit, LOOK_NORMAL, "█");
	put_pages(a, y, dirty, all, limit, LOOK_NORMAL, "▒");
	if (all == most && dirty_of(e) * 3 > (uint64_t)e->limit * 4)
		put_text(a, BAR_X + 1 + most, y, LOOK_REFUSED, "»");
}

static void draw_node(const struct view_model *vm, struct area a, int y,
		      uint32_t nid)
{
	const struct event_dirty_check *e = vm->dirty[nid];
	int limit = limit_column(a.width), x = BAR_X;

	if (nid == vm->zone->node)
		put_current(a, 0, y);
	put_format(a, 1, y, nid == vm->zone->node ? LOOK_TITLE : LOOK_NORMAL,
		   TEXT_nodes_node, nid);
	if (limit >= MIN_LIMIT) {
		x = BAR_X + limit * 4 / 3 + 3;
		put_text(a, BAR_X + limit, y, LOOK_TITLE, "│");
	}
	if (e && limit >= MIN_LIMIT)
		draw_bar(vm, a, y, e, limit);
	if (!e)
		put_text(a, x, y, LOOK_DIM, TEXT_dirty_unchecked);
	else if (!in_motion(vm->view) || nid != vm->zone->node)
		put_verdict(a, x, y, e);
}

/* Where the limit of the node in focus comes from. */
static void draw_limit(const struct view_model *vm, struct area a, int y,
		       const struct event_dirty_check *e)
{
	const struct system *system = vm->m->system;

	if (system->dirty_bytes)
		put_format(a, 1, y, LOOK_NORMAL, TEXT_dirty_bytes, e->limit,
			   (unsigned long long)system->dirty_bytes,
			   e->dirtyable);
	else
		put_format(a, 1, y, LOOK_NORMAL, TEXT_dirty_ratio, e->limit,
			   system->dirty_ratio, e->dirtyable);
}

static const char *note_text(const struct view_model *vm)
{
	if (vm->rows[vm->row].skip_reason == SKIP_dirty_before)
		return TEXT_dirty_before;
	return vm->m->system->task.realtime ? TEXT_dirty_realtime :
					      TEXT_dirty_dirtyable;
}

void dirty_draw(const struct view_model *vm, struct area a)
{
	const struct machine *m = vm->m;
	const struct event_dirty_check *e = vm->dirty[vm->zone->node];
	int total = online_before(m, m->system->nr_nodes);
	int limit = limit_column(a.width);
	int y = a.height > 2 && limit >= MIN_LIMIT;
	int notes = a.height - y - total;
	int few = a.height >= LEAST_ROWS - 1;
	struct window w;
	struct area table;
	uint32_t nid = 0;

	notes = notes < few ? few : notes > 2 ? 2 : notes;
	if (y)
		put_text(a, BAR_X + limit - text_width(TEXT_dirty_limit) / 2, 0,
			 LOOK_TITLE, TEXT_dirty_limit);
	table = area_part(a, 0, 0, a.width, a.height - notes);
	w = window_of(table, y, total, online_before(m, vm->zone->node));
	for (int i = 0; i < w.first + w.nr; nid++) {
		if (!node_online(m, nid))
			continue;
		if (i >= w.first)
			draw_node(vm, a, y + i - w.first, nid);
		i++;
	}
	window_mark(table, w);
	if (notes && e)
		draw_limit(vm, a, a.height - notes, e);
	if (notes > 1)
		put_text(a, 1, a.height - 1, LOOK_DIM, note_text(vm));
}
