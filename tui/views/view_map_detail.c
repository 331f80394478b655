/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_map_detail: one page in words. */
#include <string.h>

#include "views/view_map.h"

/* How far a list is followed to find the place of a block. */
enum { MAX_PLACE = 4096 };

/* Print behind what is in an array, cut at its end. */
#define append(array, ...)                                                     \
	snprintf((array) + strlen(array), sizeof(array) - strlen(array),       \
		 __VA_ARGS__)

static bool zone_has(const struct machine *m, const struct zone *z,
		     uint32_t pfn)
{
	return z && zone_spans_pfn(z, pfn) &&
	       get_pageblock_migratetype(m, z, pfn) < MIGRATE_TYPES;
}

/* Only a block's first page names its zone, so the spans are searched. */
const struct zone *zone_of_pfn(const struct machine *m, uint32_t pfn,
			       const struct zone *near)
{
	if (pfn >= m->system->max_pfn)
		return NULL;
	if (zone_has(m, near, pfn))
		return near;
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (zone_has(m, &m->zones[i], pfn))
			return &m->zones[i];
	return NULL;
}

/* "st" "nd" "rd" "th" */
static const char *ordinal(uint32_t n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };

	return n % 10 < 4 && n / 10 % 10 != 1 ? ends[n % 10] : ends[0];
}

/* The place of @pfn in the list at @head, from 1; 0: not near the head. */
static uint32_t place_in(const struct machine *m, uint32_t head, uint32_t pfn)
{
	uint32_t place = 1;

	for (uint32_t i = m->links[head].next; i != head && place < MAX_PLACE;
	     i = m->links[i].next, place++)
		if (i == pfn)
			return place;
	return 0;
}

static void add_free(struct map_detail *d, const struct view_model *vm,
		     const struct zone *z, uint32_t pfn, uint32_t head)
{
	uint32_t page = vm->m->pages[head], order = page_order(page);
	uint32_t type = page_type(page);
	uint32_t place = place_in(vm->m, free_list(z, order, type), head);

	append(d->what, TEXT_map_free, pfn, range_text(head, 1u << order).s,
	       order, migratetype_name(type));
	if (place)
		append(d->what, TEXT_map_free_at, place, ordinal(place));
	else
		append(d->what, TEXT_map_free_far);
}

static void add_pcp(struct map_detail *d, const struct view_model *vm,
		    const struct zone *z, uint32_t pfn)
{
	for (uint32_t i = 0; i < vm->m->system->nr_cpus * MIGRATE_PCPTYPES;
	     i++) {
		uint32_t cpu = i / MIGRATE_PCPTYPES, t = i % MIGRATE_PCPTYPES;
		uint32_t place = place_in(
			vm->m, zone_pcp(vm->m, z, cpu)->heads + t, pfn);

		if (!place)
			continue;
		append(d->what, TEXT_map_pcp, pfn, cpu, migratetype_name(t),
		       place, ordinal(place));
		return;
	}
	append(d->what, TEXT_map_pcp_far, pfn);
}

static void add_used(struct map_detail *d, const struct view_model *vm,
		     uint32_t pfn, uint32_t head)
{
	uint32_t page = vm->m->pages[head], order = page_order(page);

	append(d->what, TEXT_map_used, pfn, range_text(head, 1u << order).s,
	       order);
	if (page & PAGE_RECLAIMABLE)
		append(d->what, TEXT_map_reclaimable);
	else if (page & PAGE_LRU)
		append(d->what, TEXT_map_lru);
	if (page & PAGE_COMPOUND)
		append(d->what, TEXT_map_compound);
	if (page & PAGE_PFMEMALLOC)
		append(d->what, TEXT_map_pfmemalloc);
}

/* The request that allocated a block, or NULL. */
static const struct request *request_of(const struct view_model *vm,
					uint32_t head)
{
	const struct request *r =
		session_get_request(vm->session, page_owner(vm->m, head));

	return r && r->pfn == head && r->first_step <= vm->step &&
			       request_is_alloc(r) ?
		       r :
		       NULL;
}

static void add_request(struct map_detail *d, const struct view_model *vm,
			uint32_t head)
{
	const struct request *r = request_of(vm, head);
	uint32_t i = page_owner(vm->m, head) + 1;
	char gfp[GFP_TEXT_MAX];

	if (!r) {
		append(d->where, TEXT_map_request_none);
		return;
	}
	gfp_to_text(r->alloc.gfp, gfp, sizeof(gfp));
	if (r->where.file)
		append(d->where, TEXT_map_request_line, i, r->where.file,
		       r->where.line, r->alloc.order, gfp);
	else
		append(d->where, TEXT_map_request, i, r->alloc.order, gfp);
	if (r->name[0])
		append(d->what, TEXT_map_request_name, r->name);
}

void map_detail_init(struct map_detail *d, const struct view_model *vm,
		     uint32_t pfn)
{
	const struct machine *m = vm->m;
	uint32_t head = page_head(m, pfn);
	const struct zone *z = zone_of_pfn(m, pfn, NULL);

	d->what[0] = d->where[0] = '\0';
	if (!z) {
		append(d->what, TEXT_map_absent, pfn);
		return;
	}
	append(d->where, TEXT_map_where, view_model_zone_name(vm, z).s,
	       pfn >> m->pageblock_order,
	       migratetype_name(get_pageblock_migratetype(m, z, pfn)));
	if (head == PFN_NONE) {
		append(d->what,
		       m->pages[pfn] & PAGE_KERNEL ? TEXT_map_kernel :
						     TEXT_map_reserved,
		       pfn);
	} else if (page_state(m->pages[head]) == PAGE_BUDDY) {
		add_free(d, vm, z, pfn, head);
	} else if (page_state(m->pages[head]) == PAGE_PCP) {
		add_pcp(d, vm, z, pfn);
	} else {
		add_used(d, vm, pfn, head);
		append(d->where, "; ");
		add_request(d, vm, head);
	}
}
