/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_fallback: fallback and isolation. */
#include "event_fields.h"

#define ORDER s->r->alloc.order
#define B (1u << s->m->pageblock_order)
#define NOFRAGMENT (s->flags & ALLOC_NOFRAGMENT)
#define STOLEN s->stolen
#define STOLEN_ORDER page_order(s->m->pages[s->stolen])

/* -- the search ------------------------------------------------------------- */

EXPECT(fallback_begin, IN_ZONE(s->zone), .order = ORDER,
       .max_order = s->m->max_order - 1,
       .min_order = NOFRAGMENT ? s->m->pageblock_order : ORDER,
       .migratetype = s->type, .nofragment = !!NOFRAGMENT)

/* From which types a type steals, the first choice first. */
static const uint8_t choices[MIGRATE_PCPTYPES][2] = {
	[MIGRATE_UNMOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
};

static uint32_t fallback_type(const struct step *s, uint32_t order)
{
	for (int i = 0; i < 2; i++)
		if (!list_is_empty(s->m, free_list(s->zone, order,
						   choices[s->type][i])))
			return choices[s->type][i];
	return MIGRATE_TYPES;
}

void expect_fallback_look(const struct step *s, void *fields)
{
	const struct event_fallback_look *last = PREV(s, fallback_look);
	struct event_fallback_look e = {
		IN_ZONE(s->zone),
		.order = PREV(s, fallback_begin) ? s->m->max_order - 1 : ORDER,
		.search = last ? last->search :
			  PREV(s, fallback_smallest) ?
				 FALLBACK_SEARCH_smallest :
				 FALLBACK_SEARCH_largest,
	};

	if (last)
		e.order = last->order +
			  (e.search == FALLBACK_SEARCH_smallest ? 1 : -1);
	e.fallback = fallback_type(s, e.order);
	e.found = e.fallback != MIGRATE_TYPES;
	e.can_steal = e.found && (e.order >= s->m->pageblock_order / 2 ||
				  s->type != MIGRATE_MOVABLE ||
				  !s->m->system->mobility_grouping);
	*(struct event_fallback_look *)fields = e;
}

EXPECT(fallback_smallest, IN_ZONE(s->zone), .order = ORDER,
       .found_order = STOLEN_ORDER)

EXPECT(fallback_none, IN_ZONE(s->zone), .order = ORDER, .migratetype = s->type)

/* -- the steal ------------------------------------------------------------- */

void expect_boost_watermark(const struct step *s, void *fields)
{
	const uint64_t max = (uint64_t)s->zone->watermark[WMARK_HIGH] *
			     s->m->system->watermark_boost_factor / 10000;
	const bool boosted = max && s->zone->managed / 4 >= B;

	*(struct event_boost_watermark *)fields =
		(struct event_boost_watermark){
			IN_ZONE(s->zone),
			.boost = s->zone->watermark_boost,
			.max = (uint32_t)(boosted && max < B ? B : max),
			.boosted = boosted,
		};
}

EXPECT(steal_single, IN_ZONE(s->zone), .pfn = STOLEN, .order = STOLEN_ORDER,
       .migratetype = s->type,
       .reason = s->stolen_type == MIGRATE_HIGHATOMIC ? STEAL_highatomic :
		 STOLEN_ORDER >= s->m->pageblock_order ?
							STEAL_whole_pageblocks :
		 PREV(s, move_freepages) ? STEAL_none_moved :
					   STEAL_too_small)

/*
 * Does an allocated page count as movable? On 64-bit machines the second page
 * of a compound block of order 1 always does.
 */
static bool is_movable(const struct step *s, uint32_t pfn)
{
	const uint32_t found = page_head(s->m, pfn);
	const uint32_t head = found == PFN_NONE ? pfn : found;
	const uint32_t page = s->m->pages[head];

	if (pfn != head && !(page & PAGE_COMPOUND))
		return false;
	return (page & PAGE_LRU) || (pfn != head && page_order(page) == 1 &&
				     strstr(s->m->system->arch, "64"));
}

/* What move_freepages_block() finds in a pageblock. */
struct pageblock_pages {
	uint32_t free, movable;
};

static struct pageblock_pages count_pages(const struct step *s, uint32_t pfn)
{
	const uint32_t first = pageblock_of(s, pfn), end = first + B;
	struct pageblock_pages nr = { 0, 0 };
	uint32_t p = zone_spans_pfn(s->zone, first) ? first : pfn;

	if (!zone_spans_pfn(s->zone, end - 1))
		return nr;
	while (p < end) {
		bool is_free = page_state(s->m->pages[p]) == PAGE_BUDDY;
		uint32_t pages = is_free ? 1u << page_order(s->m->pages[p]) : 1;

		if (is_free)
			nr.free += pages;
		else
			nr.movable += is_movable(s, p);
		p += pages;
	}
	return nr;
}

/* The first page of the range whose pageblock is isolated. */
static uint32_t isolated_page(const struct step *s)
{
	uint32_t pfn = range_first(s);

	while (get_pageblock_migratetype(s->m, s->zone, pfn) != MIGRATE_ISOLATE)
		pfn++;
	return pfn;
}

/* The page whose pageblock is being moved, and the type that it gets. */
static uint32_t moved_page(const struct step *s)
{
	if (is_ending_isolation(s))
		return isolated_page(s);
	if (s->r->kind == REQUEST_ISOLATE)
		return s->freeing;
	return s->is_prepared ? s->r->pfn : s->stolen;
}

static uint32_t moved_type(const struct step *s)
{
	if (is_ending_isolation(s))
		return s->r->isolate.migratetype;
	if (s->r->kind == REQUEST_ISOLATE)
		return MIGRATE_ISOLATE;
	return s->is_prepared ? MIGRATE_HIGHATOMIC : s->type;
}

EXPECT(move_freepages, IN_ZONE(s->zone), .pfn = pageblock_of(s, moved_page(s)),
       .migratetype = moved_type(s),
       .moved = count_pages(s, moved_page(s)).free,
       .movable = count_pages(s, moved_page(s)).movable)

static uint32_t compatible(const struct step *s)
{
	struct pageblock_pages nr = count_pages(s, STOLEN);

	return s->type == MIGRATE_MOVABLE	 ? nr.movable :
	       s->stolen_type == MIGRATE_MOVABLE ? B - nr.free - nr.movable :
						   0;
}

EXPECT(steal_claim, IN_ZONE(s->zone), .pfn = pageblock_of(s, STOLEN),
       .free = count_pages(s, STOLEN).free, .compatible = compatible(s),
       .required = B / 2, .migratetype = s->type,
       .ok = count_pages(s, STOLEN).free + compatible(s) >= B / 2 ||
	     !s->m->system->mobility_grouping)

/* The pageblock whose type differs from the one before. */
static uint32_t changed_pageblock(const struct step *s)
{
	uint32_t index = 0;

	while (s->m->pageblocks[index] == s->before->pageblocks[index])
		index++;
	return index;
}

#define INDEX changed_pageblock(s)
EXPECT(set_pageblock_migratetype, IN_ZONE(s->zone),
       .pfn = (INDEX - s->zone->pageblock_base) << s->m->pageblock_order,
       .old = s->before->pageblocks[INDEX],
       .migratetype = s->m->pageblocks[INDEX])

EXPECT(mm_page_alloc_extfrag, .pfn = STOLEN, .alloc_order = ORDER,
       .fallback_order = STOLEN_ORDER, .alloc_migratetype = s->type,
       .fallback_migratetype = s->fallback,
       .change_ownership = get_pageblock_migratetype(s->m, s->zone, STOLEN) ==
			   s->type)

/* -- the highatomic reserve, and isolation -------------------------------- */

uint32_t reserve_limit(const struct step *s)
{
	return s->zone->managed / 100 + B;
}

EXPECT(reserve_highatomic, IN_ZONE(s->zone), .pfn = pageblock_of(s, s->r->pfn),
       .nr_reserved = s->zone->nr_reserved_highatomic,
       .limit = reserve_limit(s), .reserved = s->can_reserve)

/* Why the page cannot be moved away, page by page. */
static enum unmovable_reason unmovable(const struct step *s, uint32_t pfn)
{
	const uint32_t head = page_head(s->m, pfn);
	const uint32_t page = s->m->pages[head == PFN_NONE ? pfn : head];
	const bool is_known = page & (PAGE_KERNEL | PAGE_LRU);

	if (head == PFN_NONE && !is_known)
		return UNMOVABLE_reserved;
	if (s->zone->type == ZONE_MOVABLE || (page & PAGE_LRU) ||
	    page_state(page) > PAGE_USED)
		return UNMOVABLE_none;
	if (page & PAGE_COMPOUND)
		return UNMOVABLE_compound;
	return head == PFN_NONE || head == pfn ? UNMOVABLE_in_use :
						 UNMOVABLE_none;
}

void expect_has_unmovable_pages(const struct step *s, void *fields)
{
	const uint32_t end = pageblock_of(s, s->looked_at) + B;
	const uint32_t type =
		get_pageblock_migratetype(s->m, s->zone, s->looked_at);
	struct event_has_unmovable_pages e = { IN_ZONE(s->zone), .pfn = end - B,
					       .page = s->looked_at,
					       .migratetype = type };

	if (type == MIGRATE_ISOLATE)
		e.reason = UNMOVABLE_isolated;
	else if (type == MIGRATE_CMA)
		e.reason = s->r->isolate.migratetype == MIGRATE_CMA ?
				   UNMOVABLE_none :
				   UNMOVABLE_cma;
	else
		for (uint32_t pfn = e.page; pfn < end && !e.reason; pfn++) {
			e.reason = unmovable(s, pfn);
			e.page = e.reason ? pfn : e.page;
		}
	*(struct event_has_unmovable_pages *)fields = e;
}

EXPECT(drain_all_pages, IN_ZONE(s->zone), .nr_cpus = s->m->system->nr_cpus)

EXPECT(isolate_pageblock, IN_ZONE(s->zone), .pfn = s->pageblock,
       .on = !is_ending_isolation(s),
       .migratetype = is_ending_isolation(s) ? s->r->isolate.migratetype :
					       s->old_type,
       .moved = (uint32_t)abs(s->counted))
