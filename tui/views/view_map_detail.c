/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_map_detail: one page in words. */
#include <stdarg.h>
#include <string.h>

#include "model/text.h"
#include "views/view_map.h"

/* How far a list is followed to find the place of a block. */
enum { MAX_PLACE = 4096 };

static void append(char *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void append(char *buf, const char *format, ...)
{
	size_t used = strlen(buf);
	va_list args;

	va_start(args, format);
	vsnprintf(buf + used, MAP_DETAIL_SIZE - used, format, args);
	va_end(args);
}

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

static void add_free(const struct view_model *vm, const struct zone *z,
		     uint32_t pfn, uint32_t head, char *what)
{
	uint32_t page = vm->m->pages[head], order = page_order(page);
	uint32_t type = page_type(page), place;
	char range[40];

	append(what, TEXT_map_free, pfn,
	       range_text(head, 1u << order, range, sizeof(range)), order,
	       migratetype_name(type));
	place = place_in(vm->m, free_list(z, order, type), head);
	if (place)
		append(what, TEXT_map_free_at, place, ordinal(place));
	else
		append(what, TEXT_map_free_far);
}

static void add_pcp(const struct view_model *vm, const struct zone *z,
		    uint32_t pfn, char *what)
{
	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++)
		for (uint32_t t = 0; t < MIGRATE_PCPTYPES; t++) {
			uint32_t place = place_in(
				vm->m, zone_pcp(vm->m, z, cpu)->heads + t, pfn);

			if (!place)
				continue;
			append(what, TEXT_map_pcp, pfn, cpu,
			       migratetype_name(t), place, ordinal(place));
			return;
		}
	append(what, TEXT_map_pcp_far, pfn);
}

static void add_used(const struct view_model *vm, uint32_t pfn, uint32_t head,
		     char *what)
{
	uint32_t page = vm->m->pages[head], order = page_order(page);
	char range[40];

	append(what, TEXT_map_used, pfn,
	       range_text(head, 1u << order, range, sizeof(range)), order);
	if (page & PAGE_LRU)
		append(what, TEXT_map_lru);
	if (page & PAGE_COMPOUND)
		append(what, TEXT_map_compound);
	if (page & PAGE_PFMEMALLOC)
		append(what, TEXT_map_pfmemalloc);
}

/* The request that allocated a block, or NULL. */
static const struct request *request_of(const struct view_model *vm,
					uint32_t head)
{
	uint32_t i = page_owner(vm->m, head);
	const struct request *r;

	if (i >= vm->nr_requests)
		return NULL;
	r = session_get_request(vm->session, i);
	return r->pfn == head && r->first_step <= vm->step &&
			       request_is_alloc(r) ?
		       r :
		       NULL;
}

static void add_request(const struct view_model *vm, uint32_t head, char *where)
{
	const struct request *r = request_of(vm, head);
	uint32_t i = page_owner(vm->m, head) + 1;
	char gfp[GFP_TEXT_MAX];

	if (!r) {
		append(where, TEXT_map_request_none);
		return;
	}
	gfp_to_text(r->alloc.gfp, gfp, sizeof(gfp));
	if (r->where.file)
		append(where, TEXT_map_request_line, i, r->where.file,
		       r->where.line, r->alloc.order, gfp);
	else
		append(where, TEXT_map_request, i, r->alloc.order, gfp);
	if (r->name[0])
		append(where, TEXT_map_request_name, r->name);
}

void map_detail(const struct view_model *vm, uint32_t pfn, char *what,
		char *where)
{
	const struct machine *m = vm->m;
	uint32_t head = page_head(m, pfn);
	const struct zone *z = zone_of_pfn(m, pfn, NULL);
	char name[32];

	what[0] = where[0] = '\0';
	if (!z) {
		append(what, TEXT_map_absent, pfn);
		return;
	}
	append(where, TEXT_map_where,
	       view_model_zone_name(vm, z, name, sizeof(name)),
	       pfn >> m->pageblock_order,
	       migratetype_name(get_pageblock_migratetype(m, z, pfn)));
	if (head == PFN_NONE) {
		append(what, TEXT_map_reserved, pfn);
	} else if (page_state(m->pages[head]) == PAGE_BUDDY) {
		add_free(vm, z, pfn, head, what);
	} else if (page_state(m->pages[head]) == PAGE_PCP) {
		add_pcp(vm, z, pfn, what);
	} else {
		add_used(vm, pfn, head, what);
		append(where, "; ");
		add_request(vm, head, where);
	}
}
