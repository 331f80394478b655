/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields: where in its request an event stands. */
#include "event_fields.h"

uint32_t changed_page(const struct step *s, uint32_t from, uint32_t to)
{
	const uint32_t first =
		(uint32_t)(s->m->pages - (const uint32_t *)s->m->region);

	for (const struct change *c = s->changes.first; c < s->changes.end;
	     c++) {
		uint32_t pfn = c->word - first;

		if (c->word >= first && pfn < s->m->max_pfn &&
		    from >> page_state(s->before->pages[pfn]) & 1 &&
		    to >> page_state(s->m->pages[pfn]) & 1)
			return pfn;
	}
	return 0;
}

const struct per_cpu_pages *step_pcp(const struct step *s)
{
	return zone_pcp(s->m, s->zone, s->cpu);
}

uint32_t pageblock_of(const struct step *s, uint32_t pfn)
{
	return pfn >> s->m->pageblock_order << s->m->pageblock_order;
}

static bool is_usable(const struct step *s, const struct zoneref *z)
{
	return z->idx <= s->highest_zoneidx &&
	       (!s->has_nodemask || s->nodemask >> z->nid & 1);
}

/* ALLOC_NOFRAGMENT, or 0: see alloc_flags_nofragment(). */
static uint32_t nofragment(const struct step *s)
{
	const struct system *system = s->m->system;
	const struct zone *zone;

	if (!system->nofragment || !s->preferred)
		return 0;
	zone = &s->m->zones[s->preferred->zone];
	return zone->type == ZONE_NORMAL && zone->idx > 0 &&
			       (system->nr_online_nodes == 1 ||
				zone[-1].present) ?
		       ALLOC_NOFRAGMENT :
		       0;
}

static void begin_alloc(struct step *s)
{
	const struct alloc_request *a = &s->r->alloc;
	const struct system *system = s->m->system;
	const bool entry = s->r->kind == REQUEST_ALLOC;
	const bool cpusets = entry && system->cpusets;
	const bool masked = cpusets && !a->has_nodemask &&
			    !system->task.interrupt;
	const struct zonelist *zonelist =
		&s->m->nodes[a->nid].zonelists[!!(a->gfp & __GFP_THISNODE)];

	s->gfp = a->gfp | (cpusets ? __GFP_HARDWALL : 0);
	s->has_nodemask = a->has_nodemask || masked;
	s->nodemask = masked	      ? system->task.mems_allowed :
		      s->has_nodemask ? a->nodemask :
					0;
	s->highest_zoneidx = system->gfp_zones[a->gfp & 0xf];
	s->type = system->mobility_grouping ? a->gfp >> 3 & 3 : 0;
	s->list = s->m->zonerefs + zonelist->first;
	s->nr_zones = zonelist->nr;
	for (uint32_t i = zonelist->nr; i-- > 0;)
		if (is_usable(s, &s->list[i]))
			s->preferred = &s->list[i];
	s->flags = a->alloc_flags;
	if (entry)
		s->flags = ALLOC_WMARK_LOW |
			   (cpusets && !masked ? ALLOC_CPUSET : 0) |
			   (system->cma && !system->task.nocma &&
					    s->type == MIGRATE_MOVABLE ?
				    ALLOC_CMA :
				    0);
	s->prepared_flags = s->flags;
	if (entry)
		s->flags |= (a->gfp & __GFP_KSWAPD_RECLAIM) | nofragment(s);
}

uint32_t count_reclaimable(const struct step *s)
{
	const uint32_t queue = s->m->nodes[s->zone->node].lru;
	uint32_t nr = 0;

	for (uint32_t at = s->m->links[queue].next; at != queue;
	     at = s->m->links[at].next)
		nr++;
	return nr;
}

/* The first page on the node's queue that this request can use. */
static uint32_t next_reclaimed(const struct step *s)
{
	uint32_t at = s->m->nodes[s->zone->node].lru, pfn;

	do {
		at = s->m->links[at].next;
		pfn = lru_entry_pfn(s->m, at);
	} while (s->m->zones[page_zone_id(s->m->pages[pfn])].idx >
		 s->highest_zoneidx);
	return pfn;
}

static void begin_free(struct step *s)
{
	s->freed = s->is_reclaiming ? next_reclaimed(s) : s->r->free.pfn;
	if (!s->is_reclaiming)
		return;
	s->nr_reclaimed++;
	s->freeing = s->freed;
	s->zone = &s->m->zones[page_zone_id(s->m->pages[s->freed])];
}

uint32_t range_first(const struct step *s)
{
	uint32_t first = s->r->isolate.pfn &
			 ~((1u << (s->m->max_order - 1)) - 1);

	return first > s->zone->start_pfn ? first : s->zone->start_pfn;
}

bool is_ending_isolation(const struct step *s)
{
	return s->r->kind == REQUEST_UNISOLATE ||
	       (s->r->kind == REQUEST_ISOLATE && s->is_busy);
}

/* The next pageblock with memory is looked at; the request's cpu runs again. */
static void look_at_pageblock(struct step *s)
{
	const uint32_t size = 1u << s->m->pageblock_order;

	s->cpu = s->r->isolate.cpu;
	do
		s->looked_at = s->looked_at == PFN_NONE ?
				       range_first(s) :
				       pageblock_of(s, s->looked_at) + size;
	while (get_pageblock_migratetype(s->m, s->zone, s->looked_at) ==
	       PAGEBLOCK_NONE);
}

/* The next cpu with pages of the zone. */
static void drain_next_cpu(struct step *s)
{
	do
		s->cpu++;
	while (!step_pcp(s)->count);
}

/* The event is a zone's first, or its next one before the watermark. */
static void check_zone(struct step *s)
{
	s->position += s->zone_is_done;
	s->zone_is_done = false;
	if (s->position < s->nr_zones)
		s->zone = &s->m->zones[s->list[s->position].zone];
}

/* The next zone with pages on the cpu's lists. */
static void drain_next_zone(struct step *s)
{
	do
		s->zone = s->zone ? s->zone + 1 : s->m->zones;
	while (!step_pcp(s)->count &&
	       s->zone + 1 < s->m->zones + s->m->system->nr_zones);
}

/* The page that this step took from a per-cpu list for the free lists. */
static void find_drained(struct step *s)
{
	uint32_t pfn = changed_page(s, 1 << PAGE_PCP, ~(1u << PAGE_PCP));

	if (!pfn)
		return;
	s->freeing = s->drained = pfn;
	s->drained_type = page_type(s->before->pages[pfn]);
}

const struct zone *zone_of(const struct step *s, uint32_t pfn)
{
	for (uint32_t id = 0; id < s->m->system->nr_zones; id++)
		if (s->m->zones[id].present &&
		    zone_spans_pfn(&s->m->zones[id], pfn))
			return &s->m->zones[id];
	return s->zone;
}

static void begin_request(struct step *s)
{
	int64_t pfn = request_get(s->r, "pfn", PFN_NONE);

	s->cpu = (uint32_t)request_get(s->r, "cpu", 0);
	s->freeing = (uint32_t)pfn;
	s->looked_at = PFN_NONE;
	if (s->r->error != MACHINE_ERROR_none)
		return;
	if (request_is_alloc(s->r))
		begin_alloc(s);
	else if (pfn != PFN_NONE)
		s->zone = zone_of(s, (uint32_t)pfn);
}

void step_begin(struct step *s)
{
	if (!s->prev)
		begin_request(s);
	switch (event_id(s->event)) {
	case EVENT_walk_begin:
		if (s->pass++)
			s->flags &= ~ALLOC_NOFRAGMENT;
		s->position = 0;
		s->zone_is_done = false;
		s->dirty_node = MAX_NUMNODES;
		break;
	case EVENT_zone_skip:
	case EVENT_cpuset_check:
	case EVENT_dirty_check:
	case EVENT_nofragment_retry:
		check_zone(s);
		break;
	case EVENT_watermark_check:
		s->is_again = is_second_watermark_check(s);
		if (!s->is_again)
			check_zone(s);
		break;
	case EVENT_pcp_bulk_free:
		if (s->r->kind == REQUEST_DRAIN)
			drain_next_zone(s);
		else if (s->r->kind == REQUEST_ISOLATE)
			drain_next_cpu(s);
		break;
	case EVENT_node_reclaim_begin:
		s->refused = s->zone;
		s->is_reclaiming = true;
		s->nr_reclaimed = 0;
		break;
	case EVENT_node_reclaim:
		if (s->is_reclaiming)
			s->zone = s->refused;
		break;
	case EVENT_mm_page_free:
		begin_free(s);
		break;
	case EVENT_has_unmovable_pages:
		look_at_pageblock(s);
		break;
	case EVENT_drain_all_pages:
		s->cpu = UINT32_MAX;
		break;
	case EVENT_buddy_merge:
	case EVENT_free_list_add:
		find_drained(s);
		break;
	default:
		break;
	}
}

static void note_fallback(struct step *s, const struct event_fallback_look *e)
{
	if (!e->found)
		return;
	s->stolen = s->m->links[free_list(s->zone, e->order, e->fallback)].next;
	s->stolen_type = get_pageblock_migratetype(s->m, s->zone, s->stolen);
	s->fallback = e->fallback;
}

/* May reserve_highatomic_pageblock() have the pageblock? */
static void note_prepared(struct step *s)
{
	unsigned int type = get_pageblock_migratetype(s->m, s->zone, s->r->pfn);

	s->is_prepared = true;
	s->can_reserve = type < MIGRATE_PCPTYPES &&
			 s->zone->nr_reserved_highatomic < reserve_limit(s);
}

static void note_pageblock(struct step *s,
			   const struct event_set_pageblock_migratetype *e)
{
	s->pageblock = e->pfn;
	s->old_type = e->old;
	if (s->r->kind == REQUEST_ISOLATE || s->r->kind == REQUEST_UNISOLATE)
		s->freeing = e->pfn < s->zone->start_pfn ? s->zone->start_pfn :
							   e->pfn;
}

void step_end(struct step *s, const void *expected)
{
	switch (event_id(s->event)) {
	case EVENT_zone_skip:
	case EVENT_zone_empty:
	case EVENT_watermark_check:
	case EVENT_free_area_check:
		s->zone_is_done = true;
		break;
	case EVENT_dirty_check:
		if (!((const struct event_dirty_check *)expected)->ok)
			s->dirty_node = s->zone->node;
		break;
	case EVENT_free_list_take:
		s->taken = ((const struct event_free_list_take *)expected)->pfn;
		s->taken_order = page_order(s->before->pages[s->taken]);
		break;
	case EVENT_buddy_merge:
		s->freeing =
			((const struct event_buddy_merge *)expected)->merged;
		break;
	case EVENT_fallback_look:
		note_fallback(s, expected);
		break;
	case EVENT_set_pageblock_migratetype:
		note_pageblock(s, expected);
		break;
	case EVENT_zone_counter:
		if (((const struct event_zone_counter *)expected)->item ==
		    STAT_free_pages)
			s->counted =
				((const struct event_zone_counter *)expected)
					->delta;
		break;
	case EVENT_prep_new_page:
		note_prepared(s);
		break;
	case EVENT_node_reclaim:
		s->is_reclaiming = false;
		break;
	case EVENT_has_unmovable_pages:
		s->is_busy =
			((const struct event_has_unmovable_pages *)expected)
				->reason != UNMOVABLE_none;
		break;
	default:
		break;
	}
}
