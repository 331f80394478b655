/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arena: the mappings that hold a machine. */
#include "state/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "state/list.h"
#include "state/state.h"

#define STATE_MAGIC 0x7a776c6bu /* "zwlk" */
#define STATE_VERSION 1
#define POISON_BYTE 0xaa

/*
 * What is known of a frame's contents. A frame that nobody ever had the
 * address of is not written, only remembered: its zeroes are those of the
 * mapping, its poison is laid when somebody looks.
 */
enum {
	FRAME_WRITTEN = 1, /* somebody had its address */
	FRAME_POISON_DUE = 2, /* its contents are poison, not yet laid */
	FRAME_ARMED = 4, /* poisoned, and to be checked */
};

struct node_frames {
	char *base; /* of the node's first frame; NULL: not mapped yet */
	uint8_t *known; /* FRAME_ flags, a byte a frame */
	uint32_t start_pfn;
	uint32_t nr_pages;
};

struct frames {
	struct node_frames node[MAX_NUMNODES];
};

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
	       shape->nr_zonerefs <=
		       2 * MAX_NUMNODES * MAX_NUMNODES * MAX_NR_ZONES;
}

/*
 * Frames are rounded up to a block of the largest order, so that a buddy's
 * word can be looked at without asking whether it is there.
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
	s->pageblocks_per_zone = shape->pageblocks_per_zone;
	s->max_pfn = (shape->max_pfn + align - 1) & ~(align - 1);
	blocks = s->max_pfn >> s->pageblock_order;
	s->nr_pageblocks = shape->pageblocks_per_zone ? blocks * s->nr_zones :
							blocks;
	s->nr_links = s->max_pfn + s->nr_zones * s->max_order * MIGRATE_TYPES +
		      s->nr_zones * s->nr_cpus * MIGRATE_PCPTYPES;
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

/*
 * Memory that is there once it is touched, OS page by OS page: both regions
 * are written here and there, and huge pages would bring all of it.
 */
static void *map_region(size_t size)
{
	void *region = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (region == MAP_FAILED)
		return NULL;
	/* a system without huge pages refuses, and needs no advice */
	(void)madvise(region, size, MADV_NOHUGEPAGE);
	return region;
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
	region = map_region(size);
	if (region) {
		memcpy(region, s, sizeof(*s));
		arena_attach(m, region);
		for (uint32_t id = 0; id < s->nr_zones; id++)
			init_zone(m, id);
	}
	free(s);
	return region != NULL;
}

static void frames_unmap(struct frames *frames)
{
	for (uint32_t nid = 0; frames && nid < MAX_NUMNODES; nid++) {
		struct node_frames *node = &frames->node[nid];

		if (!node->base)
			continue;
		munmap(node->base, (size_t)node->nr_pages * PAGE_SIZE);
		munmap(node->known, node->nr_pages);
	}
	free(frames);
}

void arena_destroy(struct machine *m)
{
	if (!m->region)
		return;
	frames_unmap(m->frames);
	munmap(m->region, m->region_size);
	*m = (struct machine){ .region = NULL };
}

bool arena_clone(struct machine *m, const struct machine *from)
{
	void *region = map_region(from->region_size);

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

/* The span of a node's zones. */
static void node_span(const struct machine *m, uint32_t nid, uint32_t *start,
		      uint32_t *end)
{
	*start = UINT32_MAX;
	*end = 0;
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		const struct zone *zone = node_zone(m, nid, i);

		if (!zone->spanned)
			continue;
		if (zone->start_pfn < *start)
			*start = zone->start_pfn;
		if (zone_end_pfn(zone) > *end)
			*end = zone_end_pfn(zone);
	}
}

/* The node's frames, mapped now if this is the first touch. */
static struct node_frames *node_frames(struct machine *m, uint32_t nid)
{
	struct node_frames *node;
	uint32_t end;

	if (!m->frames)
		m->frames = calloc(1, sizeof(*m->frames));
	if (!m->frames)
		return NULL;
	node = &m->frames->node[nid];
	if (node->base)
		return node;
	node_span(m, nid, &node->start_pfn, &end);
	node->nr_pages = end - node->start_pfn;
	node->base = map_region((size_t)node->nr_pages * PAGE_SIZE);
	if (!node->base)
		return NULL;
	node->known = map_region(node->nr_pages);
	if (!node->known) {
		munmap(node->base, (size_t)node->nr_pages * PAGE_SIZE);
		node->base = NULL;
		return NULL;
	}
	return node;
}

/* The node whose zones have this frame, or -1. */
static int pfn_to_nid(const struct machine *m, uint32_t pfn)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (m->zones[i].spanned && zone_spans_pfn(&m->zones[i], pfn))
			return (int)m->zones[i].node;
	return -1;
}

static struct node_frames *pfn_frames(struct machine *m, uint32_t pfn)
{
	int nid = pfn_to_nid(m, pfn);

	return nid < 0 ? NULL : node_frames(m, (uint32_t)nid);
}

/* Lay what is due, since the frame's address is about to be known. */
static void frame_show(struct node_frames *node, uint32_t i)
{
	if (node->known[i] & FRAME_POISON_DUE)
		memset(node->base + (size_t)i * PAGE_SIZE, POISON_BYTE,
		       PAGE_SIZE);
	node->known[i] &= (uint8_t)~FRAME_POISON_DUE;
	node->known[i] |= FRAME_WRITTEN;
}

void *page_address(struct machine *m, uint32_t pfn)
{
	struct node_frames *node = pfn_frames(m, pfn);
	uint32_t head, first, nr = 1;

	if (!node)
		return NULL;
	/* the rest of the block follows, and may be written too */
	head = page_head(m, pfn);
	first = head == PFN_NONE ? pfn : head;
	if (head != PFN_NONE)
		nr = 1u << page_order(m->pages[head]);
	first -= node->start_pfn;
	for (uint32_t i = first; i < first + nr && i < node->nr_pages; i++)
		frame_show(node, i);
	return node->base + (size_t)(pfn - node->start_pfn) * PAGE_SIZE;
}

/*
 * A frame that was written is dropped rather than overwritten: a private
 * mapping gives zeroes for what was dropped.
 */
static void frame_clear(struct node_frames *node, uint32_t i)
{
	char *frame = node->base + (size_t)i * PAGE_SIZE;

	if ((node->known[i] & FRAME_WRITTEN) &&
	    madvise(frame, PAGE_SIZE, MADV_DONTNEED))
		memset(frame, 0, PAGE_SIZE);
	node->known[i] = 0;
}

void frames_clear(struct machine *m, uint32_t pfn, unsigned int order)
{
	struct node_frames *node;

	/* frames that nobody ever looked at are zero */
	if (!m->frames)
		return;
	node = pfn_frames(m, pfn);
	if (!node)
		return;
	for (uint32_t i = 0; i < 1u << order; i++)
		frame_clear(node, pfn - node->start_pfn + i);
}

void frames_poison(struct machine *m, uint32_t pfn, unsigned int order)
{
	struct node_frames *node = pfn_frames(m, pfn);

	if (!node)
		return;
	for (uint32_t n = 0; n < 1u << order; n++) {
		uint32_t i = pfn - node->start_pfn + n;

		if (node->known[i] & FRAME_WRITTEN)
			memset(node->base + (size_t)i * PAGE_SIZE, POISON_BYTE,
			       PAGE_SIZE);
		else
			node->known[i] |= FRAME_POISON_DUE;
		node->known[i] |= FRAME_ARMED;
	}
}

/* The first byte of a frame that is not poison; PAGE_SIZE when all are. */
static uint32_t first_bad_byte(const struct node_frames *node, uint32_t i)
{
	const char *frame = node->base + (size_t)i * PAGE_SIZE;
	uint32_t at = 0;

	if (node->known[i] & FRAME_POISON_DUE)
		return PAGE_SIZE;
	while (at < PAGE_SIZE && (uint8_t)frame[at] == POISON_BYTE)
		at++;
	return at;
}

bool frames_check_poison(struct machine *m, uint32_t pfn, unsigned int order,
			 uint32_t *bad_pfn, uint32_t *offset)
{
	struct node_frames *node = pfn_frames(m, pfn);
	bool ok = true;

	if (!node)
		return true;
	for (uint32_t n = 0; n < 1u << order; n++) {
		uint32_t i = pfn - node->start_pfn + n;
		uint32_t bad = PAGE_SIZE;

		if (ok && (node->known[i] & FRAME_ARMED))
			bad = first_bad_byte(node, i);
		node->known[i] &= (uint8_t)~FRAME_ARMED;
		if (bad == PAGE_SIZE)
			continue;
		ok = false;
		*bad_pfn = pfn + n;
		*offset = bad;
	}
	return ok;
}
