/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_zonelist: highest_zoneidx, migratetype, zonelists, first zone. */
#include "machine.h"
#include "mm/zonelist.h"

static void test_gfp_zone_amd64(void)
{
	struct machine m = small_machine();

	CHECK_EQ(gfp_zone(&m, GFP_KERNEL), NORMAL);
	CHECK_EQ(gfp_zone(&m, GFP_KERNEL | __GFP_MOVABLE), NORMAL);
	CHECK_EQ(gfp_zone(&m, GFP_DMA), DMA);
	CHECK_EQ(gfp_zone(&m, GFP_DMA | __GFP_MOVABLE), DMA);
	CHECK_EQ(gfp_zone(&m, GFP_DMA32), DMA32);
	CHECK_EQ(gfp_zone(&m, GFP_DMA32 | __GFP_MOVABLE), DMA32);
	/* no HIGHMEM here: NORMAL. But with MOVABLE it is zone Movable */
	CHECK_EQ(gfp_zone(&m, GFP_HIGHUSER), NORMAL);
	CHECK_EQ(gfp_zone(&m, GFP_HIGHUSER_MOVABLE), MOVABLE);
	CHECK_EQ(gfp_zone(&m, __GFP_DMA | __GFP_DMA32), GFP_ZONE_BAD);
	CHECK_EQ(gfp_zone(&m, __GFP_DMA | __GFP_HIGHMEM), GFP_ZONE_BAD);
	CHECK_EQ(gfp_zone(&m, __GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE),
		 GFP_ZONE_BAD);
	arena_destroy(&m);
}

/* DMA 0, Normal 1, HighMem 2, Movable 3: indices are the machine's own. */
static void test_gfp_zone_i386(void)
{
	struct machine_description *d = describe();
	struct machine m;

	d->arch = ARCH_I386;
	d->nr_nodes = 1;
	d->node[0].nr_pages = 4096;
	m = booted(d);
	CHECK_EQ(gfp_zone(&m, GFP_KERNEL), 1);
	CHECK_EQ(gfp_zone(&m, GFP_HIGHUSER), 2);
	CHECK_EQ(gfp_zone(&m, GFP_HIGHUSER_MOVABLE), 3);
	CHECK_EQ(gfp_zone(&m, GFP_DMA32), 1); /* there is none: NORMAL */
	arena_destroy(&m);
}

static void test_gfp_migratetype(void)
{
	struct machine m = small_machine();

	CHECK_EQ(gfp_migratetype(&m, GFP_KERNEL), MIGRATE_UNMOVABLE);
	CHECK_EQ(gfp_migratetype(&m, GFP_HIGHUSER_MOVABLE), MIGRATE_MOVABLE);
	CHECK_EQ(gfp_migratetype(&m, GFP_KERNEL | __GFP_RECLAIMABLE),
		 MIGRATE_RECLAIMABLE);
	state_set(&m, m.system->mobility_grouping, 0);
	CHECK_EQ(gfp_migratetype(&m, GFP_HIGHUSER_MOVABLE), MIGRATE_UNMOVABLE);
	arena_destroy(&m);
}

/* The zones of a list as text: "node:index", in order. */
static const char *zones_of(const struct machine *m, unsigned int nid,
			    gfp_t gfp)
{
	static char text[128];
	struct alloc_context ac;
	size_t at = 0;

	text[0] = '\0';
	node_zonelist(m, nid, gfp, &ac);
	for (const struct zoneref *z = ac.first; z < ac.end; z++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%u:%u",
				       at ? " " : "", z->nid, z->idx);
	return text;
}

static void test_lists(void)
{
	struct machine m = two_nodes();
	struct machine_description *d = describe_small_machine();

	CHECK_STR(zones_of(&m, 0, GFP_KERNEL), "0:2 0:1 0:0 1:2");
	CHECK_STR(zones_of(&m, 1, GFP_KERNEL), "1:2 0:2 0:1 0:0");
	CHECK_STR(zones_of(&m, 0, GFP_KERNEL | __GFP_THISNODE), "0:2 0:1 0:0");
	CHECK_STR(zones_of(&m, 1, GFP_KERNEL | __GFP_THISNODE), "1:2");
	arena_destroy(&m);

	d->numa = 0; /* one list: THISNODE changes nothing */
	m = booted(d);
	CHECK_STR(zones_of(&m, 0, GFP_KERNEL), "0:2 0:1 0:0");
	CHECK_STR(zones_of(&m, 0, GFP_KERNEL | __GFP_THISNODE), "0:2 0:1 0:0");
	arena_destroy(&m);
}

/* The first zone for a mask: "node:index", or "none". */
static const char *first_of(const struct machine *m, unsigned int nid,
			    gfp_t gfp, const uint64_t *nodemask)
{
	static char text[32];
	struct alloc_context ac = { .has_nodemask = nodemask != NULL,
				    .nodemask = nodemask ? *nodemask : 0 };
	const struct zoneref *z;

	ac.highest_zoneidx = gfp_zone(m, gfp);
	node_zonelist(m, nid, gfp, &ac);
	z = first_zones_zonelist(&ac);
	if (!z)
		return "none";
	snprintf(text, sizeof(text), "%u:%u", z->nid, z->idx);
	return text;
}

static void test_first(void)
{
	struct machine m = two_nodes();
	const uint64_t only_1 = 1ull << 1, both = 3, neither = 0;

	CHECK_STR(first_of(&m, 0, GFP_KERNEL, NULL), "0:2");
	CHECK_STR(first_of(&m, 1, GFP_KERNEL, NULL), "1:2");
	CHECK_STR(first_of(&m, 0, GFP_DMA32, NULL), "0:1");
	/* node 1 has Normal only: highest_zoneidx leads to node 0 */
	CHECK_STR(first_of(&m, 1, GFP_DMA, NULL), "0:0");
	CHECK_STR(first_of(&m, 1, GFP_DMA | __GFP_THISNODE, NULL), "none");
	CHECK_STR(first_of(&m, 0, GFP_KERNEL, &only_1), "1:2");
	CHECK_STR(first_of(&m, 0, GFP_KERNEL, &both), "0:2");
	CHECK_STR(first_of(&m, 0, GFP_KERNEL, &neither), "none");
	CHECK_STR(first_of(&m, 0, GFP_DMA, &only_1), "none");
	/* Movable is empty here: the walk begins in the zone below */
	CHECK_STR(first_of(&m, 0, GFP_HIGHUSER_MOVABLE, NULL), "0:2");
	arena_destroy(&m);
}

static void test_visited(void)
{
	const struct zoneref z = { .idx = NORMAL, .nid = 3 };
	struct alloc_context ac = { .highest_zoneidx = NORMAL };

	CHECK(zoneref_is_usable(&ac, &z));
	ac.highest_zoneidx = MOVABLE;
	CHECK(zoneref_is_usable(&ac, &z));
	ac.highest_zoneidx = DMA32;
	CHECK(!zoneref_is_usable(&ac, &z));
	ac = (struct alloc_context){ .highest_zoneidx = NORMAL,
				     .has_nodemask = true,
				     .nodemask = 1 << 3 };
	CHECK(zoneref_is_usable(&ac, &z));
	ac.nodemask = 1 << 2;
	CHECK(!zoneref_is_usable(&ac, &z));
	CHECK(node_isset(1ull << 63, 63));
}

int main(void)
{
	test_gfp_zone_amd64();
	test_gfp_zone_i386();
	test_gfp_migratetype();
	test_lists();
	test_first();
	test_visited();
	return test_done();
}
