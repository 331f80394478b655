/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_cma: the balance rule of __rmqueue(): while more than half of a zone's
 * free pages are CMA pages, a movable request takes those first.
 */
#include "views/half.h"

/* The lists that a search tries, in order. */
enum { LIST_CMA, LIST_OWN, LIST_STEAL, NR_LISTS };

struct balance {
	const struct event_cma_balance *event; /* NULL: none before this step */
	bool missed[NR_LISTS]; /* had no block */
};

static struct balance balance_of(const struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	struct balance b = { .event = NULL };

	const struct event *event = vm->event;
	const struct event_smallest_miss *miss;

	for (uint32_t step = vm->step;
	     event && (miss = event_get(event, smallest_miss));
	     event = history_event(h, --step))
		b.missed[miss->migratetype == MIGRATE_CMA ? LIST_CMA :
							    LIST_OWN] = true;
	if (event)
		b.event = event_get(event, cma_balance);
	return b;
}

/* 1 CMA  2 movable  3 another migratetype (steal): what is tried, in order */
static void put_lists(const struct view_model *vm, struct area a, int y,
		      const struct balance *b)
{
	const char *names[] = { [LIST_CMA] = TEXT_cma_cma,
				[LIST_OWN] = migratetype_name(vm->type),
				[LIST_STEAL] = TEXT_cma_steal };
	int first = b->event->cma_first ? LIST_CMA : LIST_OWN;
	int order[NR_LISTS] = { first, !first, LIST_STEAL };
	int x = put_text(a, 1, y, LOOK_NORMAL, TEXT_cma_lists);
	bool current = true;

	for (int i = 0; i < NR_LISTS; i++) {
		bool missed = b->missed[order[i]];

		x = put_fitting(a, x + 2, y,
				missed	? LOOK_DIM :
				current ? LOOK_CURRENT :
					  LOOK_NORMAL,
				TEXT_cma_list,
				missed	? SIGN_REFUSED :
				current ? SIGN_CURRENT :
					  SIGN_UNREACHED,
				i + 1, names[order[i]]);
		current = current && missed;
	}
}

static struct half half_of(const struct view_model *vm,
			   const struct event_cma_balance *e)
{
	struct half h = {
		.name = text_of(TEXT_cma_free, vm->zone_name),
		.whole = e->free,
		.parts = { { TEXT_cma_cma, "█", LOOK_FREE, e->free_cma,
			     text_of(TEXT_cma_movable_only) },
			   { TEXT_cma_other, "░", LOOK_DIM,
			     e->free > e->free_cma ? e->free - e->free_cma : 0,
			     text_of(TEXT_cma_any) } },
		.nr_parts = 2,
		.counted = true,
		.grows = event_get(vm->event, cma_balance) != NULL,
		.compares = true,
		.half = e->free / 2,
		.nr_compared = 1,
		.above = true,
		.result = e->cma_first ? CHECK_PASSED : CHECK_REFUSED,
	};

	h.verdict = text_of(e->cma_first ? TEXT_cma_first : TEXT_cma_second,
			    e->free_cma, h.half, migratetype_name(vm->type));
	return h;
}

void cma_describe(const struct view_model *vm, int width, struct view_title *t)
{
	struct balance b = balance_of(vm);
	struct half h;

	print_to(t->left, TEXT_cma_title, vm->zone_name);
	if (!b.event)
		return;
	h = half_of(vm, b.event);
	t->rows = half_rows(&h, width) + 1;
	if (vm->requested)
		print_to(t->right, TEXT_cma_request, migratetype_name(vm->type),
			 vm->requested->order);
}

void cma_draw(const struct view_model *vm, struct area a)
{
	struct balance b = balance_of(vm);
	struct half h;
	int y;

	if (!b.event || a.height < 1)
		return;
	h = half_of(vm, b.event);
	y = half_draw(vm, area_part(a, 0, 0, a.width, a.height - 1), &h);
	if (!h.grows || !in_motion(vm->view))
		put_lists(vm, a, y, &b);
}
