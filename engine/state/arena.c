/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arena: the mappings that hold a machine. */
#include "state/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "state/contents.h"
#include "state/list.h"
#include "state/state.h"

#define STATE_MAGIC 0x7a776c6bu /* "zwlk" */
#define STATE_VERSION 1

/* Where the parts of a region begin, bytes. */
struct arena_layout {
	size_t nodes, distance, zones, pcps, zonerefs, pageblocks, pages, links,
		size;
};

static size_t part(size_t *at, size_t nr, size_t size)
{
	size_t begin = (*at + 63) & ~(size_t)63;

	*at = begin + nr * size;
	return begin;
}

static struct arena_layout arena_layout(const struct system *s)
{
	struct arena_layout l;
	size_t at = sizeof(struct system);

	l.nodes = part(&at, s->nr_nodes, sizeof(struct pglist_data));
	l.distance =
		part(&at, (size_t)s->nr_nodes * s->nr_nodes, sizeof(uint32_t));
	l.zones = part(&at, s->nr_zones, sizeof(struct zone));
	l.pcps = part(&at, (size_t)s->nr_zones * s->nr_cpus,
		      sizeof(struct per_cpu_pages));
	l.zonerefs = part(&at, s->nr_zonerefs, sizeof(struct zoneref));
	l.pageblocks = part(&at, s->nr_pageblocks, 1);
	l.pages = part(&at, s->max_pfn, sizeof(uint32_t));
	l.links = part(&at, s->nr_links, sizeof(struct list_link));
	l.size = (at + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
	return l;
}

/* Point the handle into its region. */
static void arena_attach(struct machine *m, void *region)
{
	const struct system *s = region;
	struct arena_layout l = arena_layout(s);
	char *base = region;

	*m = (struct machine){
		.system = s,
		.nodes = (void *)(base + l.nodes),
		.distance = (void *)(base + l.distance),
		.zones = (void *)(base + l.zones),
		.pcps = (void *)(base + l.pcps),
		.zonerefs = (void *)(base + l.zonerefs),
		.pageblocks = (void *)(base + l.pageblocks),
		.pages = (void *)(base + l.pages),
		.links = (void *)(base + l.links),
		.max_pfn = s->max_pfn,
		.max_order = s->max_order,
		.pageblock_order = s->pageblock_order,
		.nr_cpus = s->nr_cpus,
		.region = region,
		.region_size = l.size,
	};
	machine_update(m);
}

static bool shape_ok(const struct arena_shape *shape)
{
	return shape->nr_nodes && shape->nr_nodes <= MAX_NUMNODES &&
	       shape->nr_cpus && shape->nr_cpus <= NR_CPUS &&
	       shape->nr_zone_types && shape->nr_zone_types <= MAX_NR_ZONES &&
	       shape->max_pfn && shape->max_pfn <= MAX_PFN_LIMIT &&
	       shape->max_order && shape->max_order <= MAX_ORDER_LIMIT &&
	       shape->pageblock_order < shape->max_order &&
	       (!shape->page_shift || shape->page_shift >= PAGE_SHIFT) &&
	       shape->page_shift <= MAX_PAGE_SHIFT &&
	       shape->nr_zonerefs <=
		       2 * MAX_NUMNODES * MAX_NUMNODES * MAX_NR_ZONES;
}

/*
 * Pages are rounded up to a block of the largest order, so that a buddy's
 * word can be read without a check that it exists.
 */
static void system_from_shape(struct system *s, const struct arena_shape *shape)
{
	uint32_t align = 1u << (shape->max_order - 1);
	uint32_t blocks;

	s->magic = STATE_MAGIC;
	s->version = STATE_VERSION;
	s->nr_nodes = shape->nr_nodes;
	s->nr_cpus = shape->nr_cpus;
	s->nr_zone_types = shape->nr_zone_types;
	s->nr_zones = shape->nr_nodes * shape->nr_zone_types;
	s->nr_zonerefs = shape->nr_zonerefs;
	s->max_order = shape->max_order;
	s->pageblock_order = shape->pageblock_order;
	s->page_shift = shape->page_shift ? shape->page_shift : PAGE_SHIFT;
	s->pageblocks_per_zone = shape->pageblocks_per_zone;
	s->max_pfn = (shape->max_pfn + align - 1) & ~(align - 1);
	blocks = s->max_pfn >> s->pageblock_order;
	s->nr_pageblocks = shape->pageblocks_per_zone ? blocks * s->nr_zones :
							blocks;
	s->lru_unused =
		s->max_pfn + s->nr_zones * s->max_order * MIGRATE_TYPES +
		s->nr_zones * s->nr_cpus * MIGRATE_PCPTYPES + s->nr_nodes;
	s->nr_links = s->lru_unused +
		      s->max_pfn / PAGES_PER_LRU_ENTRY * LRU_ENTRY_LINKS;
}

static void init_zone(struct machine *m, uint32_t id)
{
	const struct system *s = m->system;
	const struct zone *zone = &m->zones[id];
	uint32_t lists = s->max_order * MIGRATE_TYPES;
	uint32_t pcp_heads = s->max_pfn + s->nr_zones * lists;

	state_set(m, zone->node, id / s->nr_zone_types);
	state_set(m, zone->idx, id % s->nr_zone_types);
	state_set(m, zone->heads, s->max_pfn + id * lists);
	state_set(m, zone->pcps, id * s->nr_cpus);
	if (s->pageblocks_per_zone)
		state_set(m, zone->pageblock_base,
			  id * (s->max_pfn >> s->pageblock_order));
	for (uint32_t i = 0; i < lists; i++)
		INIT_LIST_HEAD(m, zone->heads + i);
	for (uint32_t cpu = 0; cpu < s->nr_cpus; cpu++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, zone, cpu);

		state_set(m, pcp->heads,
			  pcp_heads + (zone->pcps + cpu) * MIGRATE_PCPTYPES);
		for (uint32_t t = 0; t < MIGRATE_PCPTYPES; t++)
			INIT_LIST_HEAD(m, pcp->heads + t);
	}
}

static void init_node(struct machine *m, uint32_t nid)
{
	const struct pglist_data *node = &m->nodes[nid];

	state_set(m, node->lru,
		  m->system->lru_unused - m->system->nr_nodes + nid);
	INIT_LIST_HEAD(m, node->lru);
}

bool arena_create(struct machine *m, const struct arena_shape *shape)
{
	struct system *s;
	void *region;
	size_t size;

	if (!shape_ok(shape)) {
		errno = EINVAL;
		return false;
	}
	s = calloc(1, sizeof(*s));
	if (!s)
		return false;
	system_from_shape(s, shape);
	size = arena_layout(s).size;
	region = lazy_map(size);
	if (region) {
		memcpy(region, s, sizeof(*s));
		arena_attach(m, region);
		for (uint32_t id = 0; id < s->nr_zones; id++)
			init_zone(m, id);
		for (uint32_t nid = 0; nid < s->nr_nodes; nid++)
			init_node(m, nid);
	}
	free(s);
	return region != NULL;
}

void arena_destroy(struct machine *m)
{
	if (!m->region)
		return;
	page_contents_free(m);
	munmap(m->region, m->region_size);
	*m = (struct machine){ .region = NULL };
}

bool arena_clone(struct machine *m, const struct machine *from)
{
	void *region = lazy_map(from->region_size);

	if (!region)
		return false;
	memcpy(region, from->region, from->region_size);
	arena_attach(m, region);
	return true;
}

bool arena_equal(const struct machine *a, const struct machine *b)
{
	return a->region_size == b->region_size &&
	       !memcmp(a->region, b->region, a->region_size);
}
