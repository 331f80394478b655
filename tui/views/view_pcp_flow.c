/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_pcp_flow: the per-cpu lists of a cpu, the head on the left. Pages
 * enter and leave at the end that the kernel uses, step by step in a motion.
 *
 *            head: taken first, freed to         tail: refilled, drained
 *  U    0
 *  M    2   4096 ◀─  [4097] [4098]
 */
#include "views/view.h"

/* Headings, three lists, and two counters. */
enum { LIST_X = 20, TAIL_WIDTH = 22, FLOW_ROWS = 6 };

/* What this step does to a list. */
struct movement {
	enum event_id event;
	bool head; /* at the head, else at the tail */
	bool enters;
	uint32_t pfn; /* PFN_NONE: no single page, a batch begins or ends */
	uint32_t type; /* of the list, MIGRATE_TYPES: none */
};

static struct movement movement_of(const struct view_model *vm)
{
	static const struct movement movements[] = {
		{ .event = EVENT_pcp_refill, .enters = true },
		{ .event = EVENT_pcp_refill_page, .enters = true },
		{ .event = EVENT_pcp_hit, .head = true },
		{ .event = EVENT_pcp_free, .head = true, .enters = true },
		{ .event = EVENT_mm_page_pcpu_drain },
	};
	struct movement move = { .pfn = PFN_NONE, .type = MIGRATE_TYPES };
	int64_t list;

	for (size_t i = 0; i < sizeof(movements) / sizeof(*movements); i++) {
		if (!vm->event || event_id(vm->event) != movements[i].event)
			continue;
		move = movements[i];
		move.pfn = event_u32(vm->event, "pfn");
		list = event_number(vm->event, "list");
		if (list < 0)
			list = event_number(vm->event, "migratetype");
		/* a drained page may have changed its migratetype */
		move.type = list < MIGRATE_PCPTYPES ? (uint32_t)list :
						      (uint32_t)MIGRATE_MOVABLE;
	}
	return move;
}

void pcp_flow_describe(const struct view_model *vm, int width,
		       struct view_title *t)
{
	const struct per_cpu_pages *pcp;

	t->rows = FLOW_ROWS;
	if (!vm->zone)
		return;
	pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	print_to(t->left, "%s",
		 vm->event ? event_type(vm->event)->function : "");
	if (vm->refill)
		print_to(t->left, TEXT_pcp_flow_refill, pcp->batch);
	print_to(t->right, TEXT_pcp_flow_lists, vm->cpu, vm->zone_name,
		 pcp->count, pcp->high, pcp->batch);
}

static struct text page_text(uint32_t pfn)
{
	return text_of("[%u] ", pfn);
}

static int page_width(uint32_t pfn)
{
	return text_width(page_text(pfn).s);
}

static int put_page(const struct view_model *vm, struct area a, int x, int y,
		    uint32_t pfn)
{
	enum look look = view_model_changed(vm, pfn) ? LOOK_CHANGED : LOOK_FREE;

	return put_format(a, x, y, look, "[%u]", pfn) + 1;
}

/* The pages of a list without @except, which is still on its way. */
static uint32_t list_pages(const struct view_model *vm, uint32_t head,
			   uint32_t except, uint32_t *pfns)
{
	uint32_t nr = list_read(vm->m, head, pfns, MAX_LISTED), kept = 0;

	for (uint32_t i = 0; i < nr; i++)
		if (pfns[i] != except)
			pfns[kept++] = pfns[i];
	return kept;
}

/*
 * The pages of a list between @x and @end: all of them, or the first ones,
 * a gap, and the last. Returns x after them.
 */
static int put_pages(const struct view_model *vm, struct area a, int x, int end,
		     int y, uint32_t head, uint32_t except)
{
	uint32_t pfns[MAX_LISTED];
	uint32_t nr = list_pages(vm, head, except, pfns);
	uint32_t last = vm->m->links[head].prev == except ?
				vm->m->links[except].prev :
				vm->m->links[head].prev;
	int gap = page_width(last == head ? 0 : last) + 6, need = 0;

	for (uint32_t i = 0; i < nr; i++)
		need += page_width(pfns[i]);
	if (nr < MAX_LISTED && x + need <= end)
		gap = 0;
	for (uint32_t i = 0; i < nr; i++) {
		if (x + page_width(pfns[i]) + gap > end)
			break;
		x = put_page(vm, a, x, y, pfns[i]);
	}
	if (!gap)
		return x;
	if (x + gap > end)
		return put_text_in(a, x, y, end > x ? end - x : 1, LOOK_DIM,
				   SIGN_CUT);
	x = put_text(a, x, y, LOOK_DIM, "····") + 1;
	return put_page(vm, a, x, y, last);
}

static void put_tail_movement(const struct view_model *vm, struct area a, int x,
			      int y, const struct movement *move)
{
	const struct event_pcp_refill_page *page =
		event_get(vm->event, pcp_refill_page);

	if (x >= a.width)
		return;
	if (page)
		put_format(a, x, y, LOOK_CURRENT, TEXT_pcp_flow_page_of_batch,
			   page->pfn, page->taken, page->batch);
	else if (move->pfn == PFN_NONE)
		put_text(a, x, y, LOOK_CURRENT, TEXT_pcp_flow_empty);
	else
		put_format(a, x, y, LOOK_CURRENT, "─▶ %u", move->pfn);
}

/*
 * A page on its way, between the list, which ends at column @x, and where
 * it comes from or goes to.
 */
static void put_moving_page(const struct view_state *v, struct area a, int x,
			    int y, const struct movement *move)
{
	int width = page_width(move->pfn), at;
	int list = move->head ? LIST_X : x;
	int outside = move->head ? LIST_X - width - 1 : a.width - width - 1;

	at = (int)(move->enters ? motion_between(v, outside, list) :
				  motion_between(v, list, outside));
	if (at >= (move->head ? outside : x) && at + width <= a.width)
		put_format(a, at, y, LOOK_CURRENT, "[%u]", move->pfn);
}

static void flow_row(const struct view_model *vm, struct area a, int y,
		     uint32_t type, const struct movement *move)
{
	uint32_t head = zone_pcp(vm->m, vm->zone, vm->cpu)->heads + type;
	bool here = move->type == type;
	bool moving = here && in_motion(vm->view) && move->pfn != PFN_NONE;
	uint32_t except = moving && move->enters ? move->pfn : PFN_NONE;
	uint32_t pfns[MAX_LISTED], nr = list_pages(vm, head, except, pfns);
	int end = a.width - 1, x = LIST_X;

	if (here)
		put_current(a, 0, y);
	put_format(a, 2, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c %4u%s",
		   migratetype_letter(type), nr, nr == MAX_LISTED ? "+" : "");
	if (here && move->head && !moving)
		put_right(a, LIST_X - 1, y, LOOK_CURRENT,
			  move->enters ? "%u ─▶" : "%u ◀─", move->pfn);
	if (here && !move->head)
		end -= TAIL_WIDTH;
	if (moving && move->head) /* its place stays free while it moves */
		x += page_width(move->pfn);
	if (!nr && !here)
		pcp_put_empty(zone_pcp(vm->m, vm->zone, vm->cpu), a, x, y);
	x = put_pages(vm, a, x, end, y, head, except);
	if (moving)
		put_moving_page(vm->view, a, x, y, move);
	else if (here && !move->head)
		put_tail_movement(vm, a, x, y, move);
}

/* The counter that the watermark check reads, and why it is unchanged. */
static void put_counter(const struct view_model *vm, struct area a, int y)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	int x = put_format(a, 2, y, LOOK_NORMAL, TEXT_pcp_flow_counter,
			   (int)motion_between(vm->view, vm->free_before,
					       vm->zone->nr_free_pages));

	if (pcp->stat_diff && x < a.width)
		x = put_format(a, x, y, LOOK_NORMAL, TEXT_pcp_flow_stat_diff,
			       vm->cpu, pcp->stat_diff);
	if (vm->refill)
		put_fitting(a, x, y, LOOK_DIM, TEXT_pcp_flow_once);
	else if (vm->event && event_get(vm->event, pcp_hit))
		put_fitting(a, x, y, LOOK_DIM, TEXT_pcp_flow_unchanged);
}

/* All three lists together, and how far that is from a bulk free. */
static void put_count(const struct view_model *vm, struct area a, int y)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	struct text high = text_of(TEXT_pcp_flow_high, pcp->high);
	int room = a.width - LIST_X - text_width(high.s) - 2;

	put_format(a, 2, y, LOOK_NORMAL, TEXT_pcp_flow_count, pcp->count,
		   plural(pcp->count));
	if (!pcp->high || room < 8)
		return;
	put_bar(a, LIST_X, y, room, pcp->count, pcp->high, LOOK_FREE);
	put_text(a, LIST_X + room, y, LOOK_DIM, "▏");
	put_text(a, LIST_X + room + 1, y, LOOK_DIM, high.s);
}

void pcp_flow_draw(const struct view_model *vm, struct area a)
{
	struct movement move = movement_of(vm);
	int y = 0;

	if (!vm->zone || a.height < 1)
		return;
	if (a.height >= 4) {
		put_right(a, 9, y, LOOK_DIM, TEXT_pcp_flow_pages);
		put_text_in(a, LIST_X, y, TAIL_WIDTH, LOOK_DIM,
			    TEXT_pcp_flow_head);
		if (a.width > LIST_X + 40)
			put_right(a, a.width - 1, y, LOOK_DIM,
				  TEXT_pcp_flow_tail);
		y++;
	}
	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		if (y < a.height && (a.height >= 3 || type == move.type))
			flow_row(vm, a, y++, type, &move);
	if (a.height >= FLOW_ROWS)
		put_count(vm, a, y++);
	if (y < a.height)
		put_counter(vm, a, y);
}
