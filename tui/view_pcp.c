/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_pcp: per-cpu lists as lanes, the head on the left. view_pcp is the
 * glance, view_lane the big picture: pages enter and leave at their real
 * end.
 *
 *            head: taken first, freed to         tail: refilled, drained
 *  U    0
 *  M    2   4096 ◀─  [4097] [4098]
 */
#include "view.h"

#include <string.h>

/* -- the glance ------------------------------------------------------------ */

static void pcp_title(const struct frame *f, struct view_title *t)
{
	const struct per_cpu_pages *pcp;
	char name[32];

	snprintf(t->left, sizeof(t->left), "lanes");
	if (!f->zone)
		return;
	pcp = zone_pcp(f->m, f->zone, f->cpu);
	snprintf(t->left, sizeof(t->left), "lanes, cpu %u, %s", f->cpu,
		 frame_zone_name(f, f->zone, name, sizeof(name)));
	snprintf(t->right, sizeof(t->right), "%u of %u", pcp->count,
		 pcp->high);
}

static int pcp_height(const struct frame *f, int width)
{
	(void)width;
	return f->m->system->nr_cpus > 3 ? 9 :
					   3 * (int)f->m->system->nr_cpus;
}

enum { LANE_MAX = 48 };

static void pcp_row(const struct frame *f, struct area a, int y, uint32_t cpu,
		    uint32_t type)
{
	const struct per_cpu_pages *pcp = zone_pcp(f->m, f->zone, cpu);
	bool here = cpu == f->cpu && type == f->type;
	uint32_t pfns[LANE_MAX];
	uint32_t nr = frame_list(f->m, pcp->heads + type, pfns, LANE_MAX);
	int x = 1;

	if (f->m->system->nr_cpus > 1)
		x = put_format(a, x, y, LOOK_DIM, "%-3u", cpu);
	x = put_format(a, x, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c",
		       migratetype_letter(type));
	x = put_format(a, x, y, nr ? LOOK_NORMAL : LOOK_DIM, "%4u%s  ", nr,
		       nr == LANE_MAX ? "+" : "");
	for (uint32_t i = 0; i < nr && x < a.width; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u ", pfns[i]);
		if (x + text_width(text) + 1 > a.width) {
			put_text(a, x, y, LOOK_DIM, "…");
			return;
		}
		x = put_text(a, x, y,
			     frame_changed(f, pfns[i]) ? LOOK_CHANGED :
							 LOOK_FREE,
			     text);
	}
}

static void pcp_draw(const struct frame *f, struct area a, int scroll)
{
	int total, nr, first;

	if (!f->zone || a.height < 1)
		return;
	total = (int)f->m->system->nr_cpus * MIGRATE_PCPTYPES;
	nr = window_rows(a, total, 0);
	first = window_first(total, nr, (int)f->cpu * 3 + nr / 2, scroll);
	if (nr < 3 && f->type < MIGRATE_PCPTYPES)
		first = window_first(total, nr,
				     (int)(f->cpu * 3 + f->type), scroll);
	for (int i = 0; i < nr; i++)
		pcp_row(f, a, i, (uint32_t)(first + i) / 3,
			(uint32_t)(first + i) % 3);
	window_mark(a, first, nr, total);
}

const struct view view_pcp = {
	.name = "pcp",
	.help = "Pages that a cpu keeps for itself, by type; the head is "
		"given out first. count of high in the title.",
	.title = pcp_title,
	.height = pcp_height,
	.draw = pcp_draw,
};

/* -- the big picture ------------------------------------------------------- */

/* What this step does to a lane. */
struct movement {
	uint32_t pfn;
	uint32_t type; /* of the lane, MIGRATE_TYPES: none */
	bool head; /* at the head, else at the tail */
	bool enters;
	bool whole; /* no single page: a batch begins or ends */
};

static struct movement movement_of(const struct frame *f)
{
	const struct event *event = f->event;
	const struct event_pcp_refill *refill;
	const struct event_pcp_refill_page *page;
	const struct event_pcp_hit *hit;
	const struct event_pcp_free *freed;
	const struct event_mm_page_pcpu_drain *drain;
	struct movement move = { .pfn = PFN_NONE, .type = MIGRATE_TYPES };

	if (!event)
		return move;
	refill = event_get(event, pcp_refill);
	page = event_get(event, pcp_refill_page);
	hit = event_get(event, pcp_hit);
	freed = event_get(event, pcp_free);
	drain = event_get(event, mm_page_pcpu_drain);
	if (refill)
		return (struct movement){ .type = refill->migratetype,
					  .pfn = PFN_NONE,
					  .enters = true,
					  .whole = true };
	if (page)
		return (struct movement){ .pfn = page->pfn,
					  .type = page->migratetype,
					  .enters = true };
	if (hit)
		return (struct movement){ .pfn = hit->pfn,
					  .type = hit->migratetype,
					  .head = true };
	if (freed)
		return (struct movement){ .pfn = freed->pfn,
					  .type = freed->list,
					  .head = true,
					  .enters = true };
	if (drain)
		return (struct movement){
			.pfn = drain->pfn,
			.type = drain->migratetype < MIGRATE_PCPTYPES ?
					drain->migratetype :
					(uint32_t)MIGRATE_MOVABLE
		};
	return move;
}

static void lane_title(const struct frame *f, struct view_title *t)
{
	const struct per_cpu_pages *pcp;
	char name[32];

	if (!f->zone)
		return;
	pcp = zone_pcp(f->m, f->zone, f->cpu);
	snprintf(t->left, sizeof(t->left), "%s",
		 f->event ? event_type(f->event)->function : "");
	if (f->refill)
		snprintf(t->left, sizeof(t->left),
			 "refill: rmqueue_bulk, batch %u", pcp->batch);
	snprintf(t->right, sizeof(t->right),
		 "cpu %u, %s: %u of high %u, batch %u", f->cpu,
		 frame_zone_name(f, f->zone, name, sizeof(name)), pcp->count,
		 pcp->high, pcp->batch);
}

static int lane_height(const struct frame *f, int width)
{
	(void)f;
	(void)width;
	return 8;
}

enum { LANE_X = 20 };

static int page_width(uint32_t pfn)
{
	char text[16];

	return snprintf(text, sizeof(text), "[%u] ", pfn);
}

static int put_page(const struct frame *f, struct area a, int x, int y,
		    uint32_t pfn)
{
	char text[16];

	snprintf(text, sizeof(text), "[%u]", pfn);
	return put_text(a, x, y,
			frame_changed(f, pfn) ? LOOK_CHANGED : LOOK_FREE,
			text) +
	       1;
}

/*
 * The pages of a lane between @x and @end: all of them, or the first ones,
 * a gap, and the last. Returns x after them.
 */
static int put_pages(const struct frame *f, struct area a, int x, int end,
		     int y, uint32_t head)
{
	uint32_t pfns[LANE_MAX];
	uint32_t nr = frame_list(f->m, head, pfns, LANE_MAX);
	uint32_t last = f->m->links[head].prev;
	int gap = page_width(last == head ? 0 : last) + 6, need = 0;

	for (uint32_t i = 0; i < nr; i++)
		need += page_width(pfns[i]);
	if (nr < LANE_MAX && x + need <= end) {
		for (uint32_t i = 0; i < nr; i++)
			x = put_page(f, a, x, y, pfns[i]);
		return x;
	}
	for (uint32_t i = 0; i < nr; i++) {
		if (x + page_width(pfns[i]) + gap > end)
			break;
		x = put_page(f, a, x, y, pfns[i]);
	}
	if (x + gap > end)
		return put_text_in(a, x, y, end > x ? end - x : 1, LOOK_DIM,
				   "…");
	x = put_text(a, x, y, LOOK_DIM, "····") + 1;
	return put_page(f, a, x, y, last);
}

static void put_head_movement(struct area a, int y,
			      const struct movement *move)
{
	char text[24];

	snprintf(text, sizeof(text), move->enters ? "%u ─▶" : "%u ◀─",
		 move->pfn);
	put_right(a, LANE_X - 1, y, LOOK_NOW, text);
}

static void put_tail_movement(const struct frame *f, struct area a, int x,
			      int y, const struct movement *move)
{
	const struct event *event = f->event;
	const struct event_pcp_refill_page *page =
		event_get(event, pcp_refill_page);

	if (x >= a.width)
		return;
	if (page)
		put_format(a, x, y, LOOK_NOW, "◀─ %u, %u of batch %u",
			   page->pfn, page->taken, page->batch);
	else if (move->whole)
		put_format(a, x, y, LOOK_NOW, "◀─ empty: a batch");
	else
		put_format(a, x, y, LOOK_NOW, "─▶ %u", move->pfn);
}

static void lane_row(const struct frame *f, struct area a, int y,
		     uint32_t type, const struct movement *move)
{
	const struct per_cpu_pages *pcp = zone_pcp(f->m, f->zone, f->cpu);
	uint32_t pfns[LANE_MAX];
	uint32_t nr = frame_list(f->m, pcp->heads + type, pfns, LANE_MAX);
	bool here = move->type == type;
	int end = a.width - 1, x;

	if (here) {
		put_text(a, 0, y, LOOK_NOW, SIGN_NOW);
		set_cursor(a, 0, y);
	}
	put_format(a, 2, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c %4u%s",
		   migratetype_letter(type), nr, nr == LANE_MAX ? "+" : "");
	if (here && move->head)
		put_head_movement(a, y, move);
	if (here && !move->head)
		end -= 22;
	x = put_pages(f, a, LANE_X, end, y, pcp->heads + type);
	if (here && !move->head)
		put_tail_movement(f, a, x, y, move);
}

static void put_counter(const struct frame *f, struct area a, int y)
{
	const struct per_cpu_pages *pcp = zone_pcp(f->m, f->zone, f->cpu);
	int x = put_format(a, 2, y, LOOK_NORMAL, "NR_FREE_PAGES %d",
			   f->zone->nr_free_pages);

	if (pcp->stat_diff && x < a.width)
		x = put_format(a, x, y, LOOK_NORMAL,
			       "  (cpu %u keeps %+d to itself)", f->cpu,
			       pcp->stat_diff);
	if (x + 20 < a.width && f->refill)
		put_text(a, x, y, LOOK_DIM,
			 "  falls once, when the batch is complete");
}

static void lane_draw(const struct frame *f, struct area a, int scroll)
{
	struct movement move = movement_of(f);
	int y = a.height >= 8 ? 1 : 0;

	(void)scroll;
	if (!f->zone || a.height < 1)
		return;
	if (a.height >= 4) {
		put_text_in(a, LANE_X, y, 22, LOOK_DIM, "head: taken first");
		if (a.width > LANE_X + 40)
			put_right(a, a.width - 1, y, LOOK_DIM,
				  "tail: refilled, drained");
		y++;
	}
	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		if (y < a.height && (a.height >= 3 || type == move.type))
			lane_row(f, a, y++, type, &move);
	y += a.height >= 7;
	if (y < a.height)
		put_counter(f, a, y);
}

const struct view view_lane = {
	.name = "lane",
	.help = "This cpu's lists: a refill joins at the tail, a hit takes "
		"the head, a freed page becomes the head, a drain takes the "
		"tail.",
	.title = lane_title,
	.height = lane_height,
	.draw = lane_draw,
};
