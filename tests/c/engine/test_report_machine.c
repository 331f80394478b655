/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_machine: the machines of reports. */
#include "made_report.h"

#include "state/arena.h"

/* What is missing or impossible is said; nothing is made. */
static void check_error(struct report *r, const char *expected)
{
	struct machine m = { .region = NULL };
	char message[512] = "";

	CHECK(!report_machine(r, &m, message, sizeof(message)));
	CHECK_STR(message, expected);
	CHECK(!m.region);
	report_destroy(r);
}

static const struct zone_row good = { .type = ZONE_NORMAL,
				      .free = 100,
				      .min = 10,
				      .low = 20,
				      .high = 30,
				      .present = 4096,
				      .managed = 4000,
				      .lowmem_reserve = "0 0 0 0 0",
				      .lists = "100U 0 0 0 0 0 0 0 0 0 0" };

static void test_errors(void)
{
	struct zone_row row = good;
	struct report r;

	report_init(&r, 1);
	check_error(&r, "the report has no zones");
	report_init(&r, 1);
	row.present = row.managed = 0;
	report_add(&r, &row);
	check_error(&r, "no zone of the report has memory");
	report_init(&r, 1);
	row = good;
	row.lists = "0 0 0 0 0 0 0 0 0 0 4M";
	report_add(&r, &row);
	check_error(&r, "node 0 Normal: the free lists have 4096 pages, "
			"but only 4000 are managed; the report is damaged");
	report_init(&r, 1);
	report_add(&r, &good)->has &= ~(1u << REPORT_low);
	check_error(&r, "node 0 Normal: low is not in the report");
	report_init(&r, 1);
	row = good;
	row.free = 4611686018427387904;
	report_add(&r, &row);
	check_error(&r, "node 0 Normal: free is no number of pages: "
			"4611686018427387904; the report is damaged");
	report_init(&r, 2);
	report_add(&r, &good)->line = 5;
	report_add(&r, &good)->line = 9;
	check_error(&r, "node 0 Normal is in the report twice, lines 5 "
			"and 9");
	report_init(&r, 1);
	report_add(&r, &good)->nid = 64;
	check_error(&r, "node 64 is beyond the last, 63");
}

/* The zone types that kernels have. */
static void test_zone_types(void)
{
	static const struct {
		uint32_t seen, nr_lowmem_reserve, dma_pages, page_shift, nr;
		const char *arch;
		uint32_t normal;
		bool is_certain;
	} rows[] = {
		{ 1 << ZONE_DMA | 1 << ZONE_DMA32, 5, 3998, 12, 5, "x86_64", 2,
		  true },
		{ 1 << ZONE_DMA | 1 << ZONE_DMA32, 4, 3998, 12, 4, "x86_64", 2,
		  true },
		{ 1 << ZONE_DMA | 1 << ZONE_NORMAL, 4, 3998, 12, 4, "i686", 1,
		  true },
		{ 1 << ZONE_DMA | 1 << ZONE_NORMAL, 4, 500000, 12, 4, "aarch64",
		  2, true },
		{ 1 << ZONE_DMA | 1 << ZONE_HIGHMEM, 4, 114688, 12, 4, "armv7l",
		  1, true },
		{ 1 << ZONE_NORMAL | 1 << ZONE_HIGHMEM, 3, 0, 12, 3, "armv7l",
		  0, true },
		{ 1 << ZONE_DMA32, 3, 0, 12, 3, "aarch64", 1, true },
		{ 1 << ZONE_DMA, 3, 250000, 16, 3, "aarch64", 1, true },
		{ 1 << ZONE_NORMAL, 2, 0, 12, 2, "armv7l", 0, true },
		{ 1 << ZONE_NORMAL, 0, 0, 12, 5, "x86_64", 2, true },
		{ 1 << ZONE_DMA32, 9, 0, 12, 5, "x86_64", 2, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct report_zone_types types;
		struct report r;

		report_init(&r, MAX_NR_ZONES);
		r.page_shift = rows[i].page_shift;
		for (uint32_t type = 0; type < MAX_NR_ZONES; type++) {
			struct zone_row row = good;

			row.type = type;
			if (type == ZONE_DMA)
				row.present = rows[i].dma_pages;
			if (rows[i].seen >> type & 1)
				report_add(&r, &row)->nr_lowmem_reserve =
					rows[i].nr_lowmem_reserve;
		}
		CHECK(report_zone_types(&r, &types));
		CHECK_EQ(types.nr, rows[i].nr);
		CHECK_STR(types.arch, rows[i].arch);
		CHECK_EQ(report_zone_index(&types, ZONE_NORMAL),
			 rows[i].normal);
		CHECK_EQ(types.is_certain, rows[i].is_certain);
		report_destroy(&r);
	}
}

/* Pages of 16 and 64 KiB, up to 15 orders. */
static void test_page_sizes(void)
{
	static const struct {
		uint32_t page_shift, max_order, pageblock_order;
		const char *lists;
	} rows[] = {
		{ 12, 11, 9, "5U 4M 3E 2H 1U 0 0 0 0 0 0" },
		{ 14, 12, 11, "5U 4M 3E 2H 1U 0 0 0 0 0 0 0" },
		{ 16, 14, 13, "5U 4M 3E 2H 1U 0 0 0 0 0 0 0 0 0" },
		{ 16, 9, 8, "5U 4M 3E 2H 1U 0 0 0 0" },
		{ 12, 15, 9, "5U 4M 3E 2H 1U 0 0 0 0 0 0 0 0 0 1M" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zone_row row = good;
		struct machine m;
		struct report r;

		report_init(&r, 1);
		r.page_shift = rows[i].page_shift;
		r.max_order = rows[i].max_order;
		row.lists = rows[i].lists;
		row.present = 100000;
		row.managed = 99000;
		row.free = 57 + (rows[i].max_order == 15) * 16384;
		report_add(&r, &row);
		if (!make_machine(&r, &m))
			return;
		CHECK_EQ(page_size(&m), 1 << rows[i].page_shift);
		CHECK_EQ(m.max_order, rows[i].max_order);
		CHECK_EQ(m.pageblock_order, rows[i].pageblock_order);
		CHECK_EQ(listed_blocks(&m, node_zone(&m, 0, 2), 2,
				       MIGRATE_RECLAIMABLE),
			 3);
		CHECK_EQ(r.nr_warnings, 0);
		arena_destroy(&m);
		report_destroy(&r);
	}
}

/* zoneinfo: real page numbers, counts and thresholds of cpus, pagetypeinfo. */
static void test_proc(void)
{
	struct machine m;
	struct report r;
	const struct zone *zone;
	struct report_zone *from;

	report_init(&r, 1);
	from = report_add(&r, &good);
	zone_set(from, REPORT_start_pfn, 0x100001);
	zone_set(from, REPORT_spanned, 8191);
	zone_set(from, REPORT_stat_threshold, 7);
	from->nr_cpus = 2;
	from->pcp[0].high = 42;
	from->pcp[1].count = 3;
	from->pcp[1].batch = 7;
	from->has_types = from->has_pageblocks = true;
	from->by_type[MIGRATE_MOVABLE][0] = 60;
	from->by_type[MIGRATE_RECLAIMABLE][0] = 50;
	from->pageblocks[MIGRATE_UNMOVABLE] = 4;
	from->pageblocks[MIGRATE_MOVABLE] = 8;
	from->pageblocks[MIGRATE_RECLAIMABLE] = 3;
	if (!make_machine(&r, &m))
		return;
	zone = node_zone(&m, 0, 2);
	CHECK_EQ(zone->start_pfn, 0x100001);
	CHECK_EQ(zone->spanned, 8191);
	CHECK_EQ(zone->stat_threshold, 7);
	CHECK_EQ(m.nr_cpus, 2);
	CHECK_EQ(zone_pcp(&m, zone, 0)->high, 42);
	CHECK_EQ(zone_pcp(&m, zone, 1)->batch, 7);
	CHECK_EQ(zone_pcp(&m, zone, 1)->count, 0);
	/* 110 listed, 100 counted: the cpus have 7 and 3 more */
	CHECK_EQ(zone_pcp(&m, zone, 0)->stat_diff, 7);
	CHECK_EQ(zone_pcp(&m, zone, 1)->stat_diff, 3);
	CHECK_EQ(listed_blocks(&m, zone, 0, MIGRATE_MOVABLE), 60);
	CHECK_EQ(listed_blocks(&m, zone, 0, MIGRATE_RECLAIMABLE), 50);
	for (uint32_t pfn = 0x100001, left[MIGRATE_TYPES] = { 4, 9, 3 };
	     pfn < zone_end_pfn(zone); pfn += 512)
		CHECK(left[get_pageblock_migratetype(&m, zone, pfn)]-- > 0);
	CHECK_EQ(r.nr_warnings, 2); /* moments differ; per-cpu pages */
	arena_destroy(&m);
	report_destroy(&r);
}

/* A memoryless node, and one that is not there. */
static void test_nodes(void)
{
	struct zone_row row = good, empty = { .nid = 1, .type = ZONE_NORMAL };
	struct machine m;
	struct report r;

	report_init(&r, 3);
	report_add(&r, &good);
	report_add(&r, &empty);
	row.nid = 3;
	report_add(&r, &row);
	if (!make_machine(&r, &m))
		return;
	CHECK_EQ(m.system->nr_nodes, 4);
	CHECK_EQ(m.system->nr_online_nodes, 3);
	CHECK(m.nodes[1].online && !m.nodes[1].has_memory);
	CHECK(!m.nodes[2].online);
	CHECK_EQ(m.system->task.mems_allowed, 9);
	CHECK_EQ(m.nodes[1].zonelists[ZONELIST_FALLBACK].nr, 2);
	CHECK_EQ(m.nodes[3].zonelists[ZONELIST_NOFALLBACK].nr, 1);
	arena_destroy(&m);
	report_destroy(&r);
}

/* Six migratetypes in two pageblocks: some share, but not CMA. */
static void test_mixed(void)
{
	struct zone_row row = good;
	struct machine m;
	struct report r;
	const struct zone *zone;

	report_init(&r, 1);
	row.present = row.managed = 1024;
	row.free = 60;
	row.lists = "20UMEC 20UEHC 0 0 0 0 0 0 0 0 0";
	report_add(&r, &row);
	if (!make_machine(&r, &m))
		return;
	zone = node_zone(&m, 0, 2);
	CHECK_EQ(zone->spanned, 1024);
	CHECK_EQ(listed_blocks(&m, zone, 0, MIGRATE_CMA), 1);
	CHECK_EQ(listed_blocks(&m, zone, 1, MIGRATE_HIGHATOMIC), 1);
	CHECK_EQ(listed_blocks(&m, zone, 0, MIGRATE_UNMOVABLE), 17);
	CHECK(r.nr_warnings >= 2);
	arena_destroy(&m);
	report_destroy(&r);
}

int main(void)
{
	test_errors();
	test_zone_types();
	test_page_sizes();
	test_proc();
	test_nodes();
	test_mixed();
	return test_done();
}
