/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_gfp_meaning: what the entry makes of a gfp mask. */
#include "explain/gfp_meaning.h"
#include "machine/mmzone.h"
#include "test.h"

static struct gfp_meaning meaning_of(gfp_t gfp)
{
	struct gfp_meaning meaning;

	CHECK(gfp_meaning(gfp, &meaning));
	return meaning;
}

static void check_zones(gfp_t gfp, unsigned int amd64, unsigned int arm64,
			unsigned int i386)
{
	const struct gfp_meaning meaning = meaning_of(gfp);

	CHECK_STR(meaning.arch[0].name, "amd64");
	CHECK_EQ(meaning.arch[0].highest_zone, amd64);
	CHECK_STR(meaning.arch[1].name, "arm64");
	CHECK_EQ(meaning.arch[1].highest_zone, arm64);
	CHECK_STR(meaning.arch[2].name, "i386");
	CHECK_EQ(meaning.arch[2].highest_zone, i386);
}

static void test_zones(void)
{
	check_zones(GFP_KERNEL, ZONE_NORMAL, ZONE_NORMAL, ZONE_NORMAL);
	check_zones(GFP_HIGHUSER, ZONE_NORMAL, ZONE_NORMAL, ZONE_HIGHMEM);
	check_zones(GFP_HIGHUSER_MOVABLE, ZONE_MOVABLE, ZONE_MOVABLE,
		    ZONE_MOVABLE);
	check_zones(GFP_DMA, ZONE_DMA, ZONE_DMA, ZONE_DMA);
	check_zones(GFP_DMA32, ZONE_DMA32, ZONE_DMA32, ZONE_NORMAL);
	check_zones(__GFP_DMA | __GFP_HIGHMEM, MAX_NR_ZONES, MAX_NR_ZONES,
		    MAX_NR_ZONES);
}

static void check_flags(gfp_t gfp, uint32_t fast, uint32_t slow, uint32_t retry)
{
	const struct gfp_meaning meaning = meaning_of(gfp);

	CHECK_EQ(meaning.fast_flags, fast);
	CHECK_EQ(meaning.slow_flags, slow);
	CHECK_EQ(meaning.retry_flags, retry);
}

static void test_flags(void)
{
	const uint32_t low = ALLOC_WMARK_LOW, no = ALLOC_NOFRAGMENT,
		       kswapd = ALLOC_KSWAPD, cpuset = ALLOC_CPUSET,
		       high = ALLOC_HIGH, harder = ALLOC_HARDER,
		       all = ALLOC_NO_WATERMARKS;

	check_flags(GFP_KERNEL, low | no | kswapd, cpuset | kswapd,
		    cpuset | kswapd);
	check_flags(GFP_ATOMIC, low | no | kswapd, high | harder | kswapd,
		    high | harder | kswapd);
	check_flags(GFP_ATOMIC | __GFP_NOMEMALLOC, low | no | kswapd,
		    high | kswapd, high | kswapd);
	check_flags(GFP_KERNEL | __GFP_MEMALLOC, low | no | kswapd,
		    cpuset | kswapd, all);
	check_flags(GFP_DMA, low, cpuset, cpuset);
	check_flags(0, low | no, cpuset, cpuset);
	CHECK(meaning_of(GFP_ATOMIC | GFP_KERNEL).atomic_ignored);
	CHECK(!meaning_of(GFP_ATOMIC).atomic_ignored);
}

static void test_migratetypes(void)
{
	CHECK_EQ(meaning_of(GFP_KERNEL).migratetype, MIGRATE_UNMOVABLE);
	CHECK_EQ(meaning_of(__GFP_MOVABLE).migratetype, MIGRATE_MOVABLE);
	CHECK_EQ(meaning_of(__GFP_RECLAIMABLE).migratetype,
		 MIGRATE_RECLAIMABLE);
	CHECK_EQ(meaning_of(__GFP_MOVABLE | __GFP_RECLAIMABLE).migratetype,
		 MIGRATE_TYPES);
}

/* The text of fact @label; NULL: there is none. */
static const char *fact(const struct gfp_facts *facts, const char *label)
{
	for (uint32_t i = 0; i < facts->nr; i++)
		if (!strcmp(facts->fact[i].label, label))
			return facts->fact[i].text;
	return NULL;
}

static void check_fact(gfp_t gfp, const char *label, const char *expected)
{
	struct gfp_facts facts;
	const char *text;

	CHECK(gfp_facts(gfp, &facts));
	CHECK(facts.nr <= GFP_FACTS_MAX);
	text = fact(&facts, label);
	CHECK_STR(text ? text : "(none)", expected);
}

static void test_facts(void)
{
	check_fact(GFP_ATOMIC, "may sleep", "no");
	check_fact(GFP_ATOMIC, "reclaim", "wakes kswapd; no direct reclaim");
	check_fact(GFP_ATOMIC, "slow path", "WMARK_MIN|HARDER|HIGH|KSWAPD");
	check_fact(GFP_ATOMIC, "second attempt", "(none)");
	check_fact(GFP_KERNEL, "may sleep", "yes, in direct reclaim");
	check_fact(GFP_KERNEL, "reclaim",
		   "wakes kswapd; direct reclaim with I/O and file systems");
	check_fact(GFP_NOFS, "reclaim",
		   "wakes kswapd; direct reclaim with I/O, without file "
		   "systems");
	check_fact(GFP_NOIO, "reclaim",
		   "wakes kswapd; direct reclaim without I/O and file systems");
	check_fact(GFP_TRANSHUGE & ~__GFP_IO, "reclaim",
		   "does not wake kswapd; direct reclaim with file systems, "
		   "without I/O");
	check_fact(GFP_HIGHUSER, "highest_zoneidx",
		   "Normal on amd64, Normal on arm64, HighMem on i386");
	check_fact(__GFP_MEMALLOC, "second attempt", "WMARK_MIN|NO_WATERMARKS");
	check_fact(GFP_ATOMIC | GFP_KERNEL | __GFP_MEMALLOC, "warning",
		   "the slow path ignores __GFP_ATOMIC, as "
		   "__GFP_DIRECT_RECLAIM may sleep");
	check_fact(__GFP_DMA | __GFP_DMA32, "migratetype", "(none)");
	check_fact(__GFP_DMA | __GFP_DMA32, "error",
		   "the gfp mask has more than one of __GFP_DMA, __GFP_DMA32 "
		   "and __GFP_HIGHMEM; choose one");
	check_fact(__GFP_MOVABLE | __GFP_RECLAIMABLE, "error",
		   "the gfp mask has both __GFP_MOVABLE and "
		   "__GFP_RECLAIMABLE; choose one");
}

int main(void)
{
	test_zones();
	test_flags();
	test_migratetypes();
	test_facts();
	return test_done();
}
