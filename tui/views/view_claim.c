/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_claim: does the stolen block take its pageblock with it? At least half
 * of the pageblock must be free or compatible.
 */
#include "views/half.h"

/* What the events of the steal say about it so far. */
struct claim {
	bool can_steal; /* the whole pageblock, says fallback_look */
	uint32_t order; /* of the block */
	uint32_t pfn; /* in the block, or in its pageblock */
	uint32_t old_type; /* of the pageblock */
	bool changed;
	const struct event_move_freepages *moved;
	const struct event_steal_claim *claim;
	const struct event_steal_single *single;
};

static void collect_look(const struct view_model *vm, struct claim *c,
			 const struct event_fallback_look *look)
{
	if (!look->found)
		return;
	c->can_steal = look->can_steal;
	c->order = look->order;
	/* until a page is moved it is the head of its list */
	c->pfn = vm->m->links[free_list(vm->zone, look->order, look->fallback)]
			 .next;
}

static void collect(const struct view_model *vm, struct claim *c,
		    const struct event *event)
{
	const struct event_set_pageblock_migratetype *set =
		event_get(event, set_pageblock_migratetype);
	int64_t pfn = event_number(event, "pfn");

	/* of several pageblocks the first */
	if (pfn >= 0 && !c->changed)
		c->pfn = (uint32_t)pfn;
	if (set && !c->changed) {
		c->old_type = set->old;
		c->changed = true;
	}
	if (event_get(event, fallback_look))
		collect_look(vm, c, event_get(event, fallback_look));
	if (event_get(event, move_freepages))
		c->moved = event_get(event, move_freepages);
	c->claim = event_get(event, steal_claim);
	c->single = event_get(event, steal_single);
}

static struct claim claim_of(const struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	struct claim c = { .pfn = PFN_NONE };

	for (uint32_t step = vm->fallback_step; step && step <= vm->step;
	     step++)
		collect(vm, &c, history_event(h, step));
	if (!c.changed && c.pfn < vm->m->system->max_pfn)
		c.old_type = get_pageblock_migratetype(vm->m, vm->zone, c.pfn);
	return c;
}

/* "pageblock 1, pfn 16 … 31" */
static struct text pageblocks_text(const struct machine *m, uint32_t first,
				   uint32_t nr)
{
	uint32_t order = m->pageblock_order, nr_blocks = nr >> order;

	return text_of(nr_blocks > 1 ? TEXT_claim_pageblocks :
				       TEXT_claim_pageblock,
		       range_text(first >> order, nr_blocks).s,
		       range_text(first, nr).s);
}

/* Free, compatible and other pages; see steal_pageblock() in mm/fallback.h. */
static void count_parts(const struct view_model *vm, const struct claim *c,
			struct half *h)
{
	uint32_t start_type = vm->fallback->migratetype;
	uint32_t free = c->moved ? c->moved->moved : 0;
	uint32_t movable = c->moved ? c->moved->movable : 0;
	bool for_movable = start_type == MIGRATE_MOVABLE;
	bool in_movable = c->old_type == MIGRATE_MOVABLE;
	uint32_t compatible = for_movable ? movable :
			      in_movable  ? h->whole - free - movable :
					    0;

	h->parts[0] = (struct half_part){
		TEXT_claim_free, "█", LOOK_FREE, free,
		text_of(TEXT_claim_moved, migratetype_name(start_type))
	};
	h->parts[1] = (struct half_part){
		TEXT_claim_compatible, "▓", LOOK_NORMAL, compatible,
		text_of(for_movable ? TEXT_claim_movable :
			in_movable  ? TEXT_claim_not_movable :
				      TEXT_claim_unknown,
			migratetype_name(c->old_type))
	};
	h->parts[2] = (struct half_part){
		TEXT_claim_other, "░", LOOK_DIM, h->whole - free - compatible,
		text_of(for_movable ? TEXT_claim_not_movable :
			in_movable  ? TEXT_claim_movable :
				      TEXT_claim_not_free)
	};
	h->nr_parts = 3;
	h->nr_compared = 2;
	h->compares = true;
	h->counted = c->moved != NULL;
	h->grows = vm->event && event_get(vm->event, move_freepages);
}

/* Only the block is stolen: its place in the pageblock. */
static void place_block(const struct claim *c, uint32_t first, struct half *h)
{
	uint32_t nr = 1u << c->order;

	h->parts[0] = (struct half_part){ .glyph = "░",
					  .look = LOOK_DIM,
					  .pages = c->pfn - first };
	h->parts[1] = (struct half_part){
		TEXT_claim_block, "█", LOOK_FREE, nr,
		text_of(TEXT_claim_order, range_text(c->pfn, nr).s, c->order)
	};
	h->parts[2] = (struct half_part){ .glyph = "░",
					  .look = LOOK_DIM,
					  .pages = h->whole -
						   h->parts[0].pages - nr };
	h->nr_parts = 3;
	h->counted = true;
}

static struct text single_text(const struct view_model *vm,
			       const struct claim *c)
{
	uint32_t order = vm->m->pageblock_order;
	struct text why =
		text_of(TEXT_claim_too_small, c->order, order / 2, order);

	if (!c->single)
		return text_of(TEXT_claim_cannot, why.s);
	if (c->single->reason != STEAL_too_small)
		why = text_of("%s",
			      enum_text(KIND_steal_reason, c->single->reason));
	return text_of(TEXT_claim_single,
		       migratetype_name(vm->fallback->migratetype),
		       migratetype_name(c->old_type), why.s);
}

static struct text verdict_text(const struct view_model *vm,
				const struct claim *c, const struct half *h)
{
	uint32_t order = vm->m->pageblock_order, sum = half_sum(h);
	const char *start_type = migratetype_name(vm->fallback->migratetype);
	struct text counted = text_of(TEXT_claim_sum, h->parts[0].pages,
				      h->parts[1].pages, sum);

	if (c->order >= order)
		return text_of(TEXT_claim_whole, 1u << (c->order - order),
			       plural(1u << (c->order - order)), start_type);
	if (c->single || !c->can_steal)
		return single_text(vm, c);
	if (!c->moved)
		return text_of(TEXT_claim_rule, h->half, plural(h->half));
	if (c->changed || (c->claim && c->claim->ok))
		return text_of(c->changed ? TEXT_claim_changes :
					    TEXT_claim_unchanged,
			       counted.s, sum < h->half ? "<" : ">=", h->half,
			       c->changed ? start_type :
					    migratetype_name(c->old_type));
	return c->claim ? text_of(TEXT_claim_stays, counted.s, h->half,
				  migratetype_name(c->old_type)) :
			  text_of(TEXT_claim_compare, counted.s, h->half);
}

static enum check_result result_of(const struct claim *c)
{
	if (c->changed)
		return CHECK_PASSED;
	if (c->claim)
		return c->claim->ok ? CHECK_PASSED : CHECK_REFUSED;
	if (!c->single)
		return CHECK_UNREACHED;
	return c->single->reason == STEAL_whole_pageblocks ? CHECK_PASSED :
							     CHECK_REFUSED;
}

/* The first page of what the picture shows. False: it is not known. */
static bool claim_half(const struct view_model *vm, struct half *h,
		       uint32_t *first)
{
	struct claim c = claim_of(vm);
	uint32_t order = vm->m->pageblock_order;
	uint32_t shown = c.order > order ? c.order : order;

	if (!vm->fallback || c.pfn >= vm->m->system->max_pfn)
		return false;
	*h = (struct half){
		.name = text_of(c.changed ? TEXT_claim_change : "%s",
				migratetype_name(c.old_type),
				migratetype_name(vm->fallback->migratetype)),
		.whole = 1u << shown,
		.half = 1u << order >> 1,
		.result = result_of(&c),
	};
	*first = c.pfn >> shown << shown;
	if (c.single || !c.can_steal || c.order >= order)
		place_block(&c, *first, h);
	else
		count_parts(vm, &c, h);
	h->verdict = verdict_text(vm, &c, h);
	return true;
}

void claim_describe(const struct view_model *vm, int width,
		    struct view_title *t)
{
	const char *function = vm->event ? event_type(vm->event)->function : "";
	uint32_t first;
	struct half h;

	if (!claim_half(vm, &h, &first))
		return;
	t->rows = half_rows(&h, width);
	print_to(t->left, "%s: %.60s", function,
		 pageblocks_text(vm->m, first, h.whole).s);
	print_to(t->right, TEXT_claim_for,
		 migratetype_name(vm->fallback->migratetype));
}

void claim_draw(const struct view_model *vm, struct area a)
{
	uint32_t first;
	struct half h;

	if (claim_half(vm, &h, &first))
		half_draw(vm, a, &h);
}
