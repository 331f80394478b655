/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_pcp_flow: the per-cpu lists of a cpu, the head on the left. Pages
 * enter and leave at the end that the kernel uses, step by step in a motion.
 *
 *            head: taken first, freed to         tail: refilled, drained
 *  U    0
 *  M    2   4096 ◀─  [4097] [4098]
 */
#include <string.h>

#include "model/text.h"
#include "views/view.h"

enum { MAX_LISTED = 48 };

/* What this step does to a list. */
struct movement {
	uint32_t pfn;
	uint32_t type; /* of the list, MIGRATE_TYPES: none */
	bool head; /* at the head, else at the tail */
	bool enters;
	bool whole; /* no single page: a batch begins or ends */
};

static struct movement movement_of(const struct view_model *vm)
{
	const void *payload = vm->event ? event_payload(vm->event) : NULL;
	const struct event_pcp_refill *refill = payload;
	const struct event_pcp_refill_page *page = payload;
	const struct event_pcp_hit *hit = payload;
	const struct event_pcp_free *freed = payload;
	const struct event_mm_page_pcpu_drain *drain = payload;
	struct movement move = { .pfn = PFN_NONE, .type = MIGRATE_TYPES };

	switch (vm->event ? event_id(vm->event) : NR_EVENTS) {
	case EVENT_pcp_refill:
		move.type = refill->migratetype;
		move.enters = move.whole = true;
		break;
	case EVENT_pcp_refill_page:
		move.pfn = page->pfn;
		move.type = page->migratetype;
		move.enters = true;
		break;
	case EVENT_pcp_hit:
		move.pfn = hit->pfn;
		move.type = hit->migratetype;
		move.head = true;
		break;
	case EVENT_pcp_free:
		move.pfn = freed->pfn;
		move.type = freed->list;
		move.head = move.enters = true;
		break;
	case EVENT_mm_page_pcpu_drain:
		move.pfn = drain->pfn;
		move.type = drain->migratetype < MIGRATE_PCPTYPES ?
				    drain->migratetype :
				    (uint32_t)MIGRATE_MOVABLE;
		break;
	default:
		break;
	}
	return move;
}

static void flow_title(const struct view_model *vm, const struct view_state *v,
		       struct view_title *t)
{
	const struct per_cpu_pages *pcp;

	if (!vm->zone)
		return;
	pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	snprintf(t->left, sizeof(t->left), "%s",
		 vm->event ? event_type(vm->event)->function : "");
	if (vm->refill)
		snprintf(t->left, sizeof(t->left), TEXT_pcp_flow_refill,
			 pcp->batch);
	snprintf(t->right, sizeof(t->right), TEXT_pcp_flow_lists, vm->cpu,
		 vm->zone_name, pcp->count, pcp->high, pcp->batch);
}

enum { LIST_X = 20 };

static int page_width(uint32_t pfn)
{
	char text[16];

	return snprintf(text, sizeof(text), "[%u] ", pfn);
}

static int put_page(const struct view_model *vm, struct area a, int x, int y,
		    uint32_t pfn)
{
	char text[16];

	snprintf(text, sizeof(text), "[%u]", pfn);
	return put_text(a, x, y,
			view_model_changed(vm, pfn) ? LOOK_CHANGED : LOOK_FREE,
			text) +
	       1;
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
	if (nr < MAX_LISTED && x + need <= end) {
		for (uint32_t i = 0; i < nr; i++)
			x = put_page(vm, a, x, y, pfns[i]);
		return x;
	}
	for (uint32_t i = 0; i < nr; i++) {
		if (x + page_width(pfns[i]) + gap > end)
			break;
		x = put_page(vm, a, x, y, pfns[i]);
	}
	if (x + gap > end)
		return put_text_in(a, x, y, end > x ? end - x : 1, LOOK_DIM,
				   "…");
	x = put_text(a, x, y, LOOK_DIM, "····") + 1;
	return put_page(vm, a, x, y, last);
}

static void put_head_movement(struct area a, int y, const struct movement *move)
{
	char text[24];

	snprintf(text, sizeof(text), move->enters ? "%u ─▶" : "%u ◀─",
		 move->pfn);
	put_right(a, LIST_X - 1, y, LOOK_CURRENT, text);
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
	else if (move->whole)
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
	int width = page_width(move->pfn), from, to, at;
	char text[16];

	snprintf(text, sizeof(text), "[%u]", move->pfn);
	if (move->head) {
		from = LIST_X;
		to = LIST_X - width - 1;
	} else {
		from = x;
		to = a.width - width - 1;
	}
	at = (int)(move->enters ? motion_between(v, to, from) :
				  motion_between(v, from, to));
	if (at < (move->head ? LIST_X - width - 1 : x) || at + width > a.width)
		return;
	put_text(a, at, y, LOOK_CURRENT, text);
}

static bool is_moving(const struct view_state *v, const struct movement *move,
		      uint32_t type)
{
	return in_motion(v) && move->type == type && !move->whole &&
	       move->pfn != PFN_NONE;
}

static void put_list_head(struct area a, int y, uint32_t type, bool here,
			  uint32_t nr)
{
	if (here)
		put_current(a, 0, y);
	put_format(a, 2, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c %4u%s",
		   migratetype_letter(type), nr, nr == MAX_LISTED ? "+" : "");
}

static void flow_row(const struct view_model *vm, struct area a, int y,
		     uint32_t type, const struct movement *move,
		     const struct view_state *v)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	bool here = move->type == type, moving = is_moving(v, move, type);
	uint32_t except = moving && move->enters ? move->pfn : PFN_NONE;
	uint32_t pfns[MAX_LISTED], nr;
	int end = a.width - 1, begin = LIST_X, x;

	nr = list_pages(vm, pcp->heads + type, except, pfns);
	put_list_head(a, y, type, here, nr);
	if (here && move->head && !moving)
		put_head_movement(a, y, move);
	if (here && !move->head)
		end -= 22;
	if (moving && move->head) /* its place is not closed up yet */
		begin += page_width(move->pfn);
	x = put_pages(vm, a, begin, end, y, pcp->heads + type, except);
	if (moving)
		put_moving_page(v, a, x, y, move);
	else if (here && !move->head)
		put_tail_movement(vm, a, x, y, move);
}

/* The counter that the watermark check reads, and why it is unchanged. */
static void put_counter(const struct view_model *vm, struct area a, int y,
			const struct view_state *v)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	int x = put_format(a, 2, y, LOOK_NORMAL, TEXT_pcp_flow_counter,
			   (int)motion_between(v, vm->free_before,
					       vm->zone->nr_free_pages));
	const char *why = vm->refill ? TEXT_pcp_flow_once :
			  vm->event && event_get(vm->event, pcp_hit) ?
				       TEXT_pcp_flow_unchanged :
				       "";

	if (pcp->stat_diff && x < a.width)
		x = put_format(a, x, y, LOOK_NORMAL, TEXT_pcp_flow_stat_diff,
			       vm->cpu, pcp->stat_diff);
	if (x + text_width(why) < a.width)
		put_text(a, x, y, LOOK_DIM, why);
}

static void flow_draw(const struct view_model *vm, struct area a,
		      const struct view_state *v)
{
	struct movement move = movement_of(vm);
	int y = a.height >= 8 ? 1 : 0;

	if (!vm->zone || a.height < 1)
		return;
	if (a.height >= 4) {
		put_text_in(a, LIST_X, y, 22, LOOK_DIM, TEXT_pcp_flow_head);
		if (a.width > LIST_X + 40)
			put_right(a, a.width - 1, y, LOOK_DIM,
				  TEXT_pcp_flow_tail);
		y++;
	}
	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		if (y < a.height && (a.height >= 3 || type == move.type))
			flow_row(vm, a, y++, type, &move, v);
	y += a.height >= 7;
	if (y < a.height)
		put_counter(vm, a, y, v);
}

const struct view view_pcp_flow = {
	.name = "pcp flow",
	.help = TEXT_pcp_flow_help,
	.title = flow_title,
	.rows = 8,
	.draw = flow_draw,
};
