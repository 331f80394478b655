/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_samples: machines of reports of real systems. */
#include "made_report.h"

#include "state/arena.h"

/* 4.9, amd64: all free blocks are highatomic. */
static void test_highatomic(void)
{
	struct machine m;
	struct report r;
	const struct zone *dma, *dma32;

	report_init(&r, 2);
	report_add(&r, &(struct zone_row){
			       .type = ZONE_DMA,
			       .free = 363,
			       .min = 43,
			       .low = 53,
			       .high = 63,
			       .present = 3998,
			       .managed = 3977,
			       .lowmem_reserve = "0 116 116 116 116",
			       .lists = "13H 13H 17H 12H 8H 1H 0 0 0 0 0" });
	report_add(&r, &(struct zone_row){
			       .type = ZONE_DMA32,
			       .free = 352,
			       .min = 324,
			       .low = 405,
			       .high = 486,
			       .present = 45020,
			       .managed = 34753,
			       .lowmem_reserve = "0 0 0 0 0",
			       .lists = "16H 6H 5H 8H 5H 5H 0 0 0 0 0" });
	if (!make_machine(&r, &m))
		return;
	dma = node_zone(&m, 0, 0);
	dma32 = node_zone(&m, 0, 1);
	CHECK_STR(m.system->arch, "x86_64");
	CHECK_EQ(m.system->nr_zone_types, 5);
	CHECK_EQ(m.system->gfp_zones[0], 2); /* Normal, though it is empty */
	CHECK_EQ(m.system->from_report, 1);
	CHECK_EQ(m.system->cma, 0);
	CHECK_EQ(m.nr_cpus, 1);
	CHECK_EQ(dma->nr_free_pages, 363);
	CHECK_EQ(listed_pages(&m, dma, MIGRATE_HIGHATOMIC), 363);
	CHECK_EQ(listed_blocks(&m, dma, 2, MIGRATE_HIGHATOMIC), 17);
	CHECK_EQ(listed_pages(&m, dma32, MIGRATE_HIGHATOMIC), 352);
	CHECK_EQ(dma->lowmem_reserve[2], 116);
	CHECK_EQ(dma32->watermark[WMARK_LOW], 405);
	CHECK_EQ(dma32->managed, 34753);
	CHECK_EQ(dma32->spanned, 45020);
	CHECK_EQ(r.nr_warnings, 0);
	/* managed_zone()s alone: DMA32, then DMA */
	CHECK_EQ(m.nodes[0].zonelists[ZONELIST_FALLBACK].nr, 2);
	CHECK(report_zone_of(&r, dma32) == &r.zones[1]);
	CHECK(!report_zone_of(&r, node_zone(&m, 0, 2)));
	arena_destroy(&m);
	report_destroy(&r);
}

/* 5.11, amd64: reserve above its bound, lists of another moment. */
static void test_large_reserve(void)
{
	struct machine m;
	struct report r;
	const struct zone *dma32, *normal;

	report_init(&r, 2);
	report_add(&r, &(struct zone_row){
			       .type = ZONE_DMA32,
			       .free = 13612,
			       .min = 2445,
			       .low = 2890,
			       .high = 3335,
			       .present = 491281,
			       .managed = 474897,
			       .reserved = 6144,
			       .lowmem_reserve = "0 0 13985 13985",
			       .lists = "12500UMEH 553MH 0 0 0 0 0 0 0 0 0" });
	report_add(&r,
		   &(struct zone_row){ .type = ZONE_NORMAL,
				       .free = 572,
				       .min = 19652,
				       .low = 23232,
				       .high = 26812,
				       .present = 3670016,
				       .managed = 3581655,
				       .reserved = 8192,
				       .lowmem_reserve = "0 0 0 0",
				       .lists = "0 25H 0 5H 1H 0 0 0 0 0 0" });
	if (!make_machine(&r, &m))
		return;
	dma32 = node_zone(&m, 0, 1);
	normal = node_zone(&m, 0, 2);
	CHECK_EQ(dma32->nr_reserved_highatomic, 6144);
	CHECK_EQ(m.system->large_reserves, 1);
	/* one block for each letter, the rest for the first */
	CHECK_EQ(listed_blocks(&m, dma32, 0, MIGRATE_UNMOVABLE), 12497);
	CHECK_EQ(listed_blocks(&m, dma32, 0, MIGRATE_HIGHATOMIC), 1);
	CHECK_EQ(listed_blocks(&m, dma32, 1, MIGRATE_MOVABLE), 552);
	/* 572 free, 106 on the lists: one cpu has to keep as much */
	CHECK_EQ(normal->nr_free_pages, 572);
	CHECK_EQ(zone_pcp(&m, normal, 0)->stat_diff, 106 - 572);
	CHECK_EQ(normal->stat_threshold, 572 - 106);
	CHECK_EQ(r.nr_warnings, 2); /* the reserve, the shares */
	arena_destroy(&m);
	report_destroy(&r);
}

/* 4.14, 32-bit Arm: 13 orders, HighMem all CMA. */
static void test_arm(void)
{
	struct machine m;
	struct report r;
	const struct zone *dma, *high;

	report_init(&r, 2);
	r.max_order = 13;
	r.has_cma_reserved = true;
	r.cma_reserved = 233472;
	report_add(&r, &(struct zone_row){
			       .type = ZONE_DMA,
			       .free = 4490,
			       .min = 4096,
			       .low = 6416,
			       .high = 7440,
			       .present = 114688,
			       .managed = 105724,
			       .lowmem_reserve = "0 0 579 579",
			       .lists = "71EH 113UH 207UMH 103UMH 70UMH 27UMH "
					"5UMH 1H 0 0 0 0 0" });
	report_add(&r,
		   &(struct zone_row){
			   .type = ZONE_HIGHMEM,
			   .free = 138368,
			   .min = 128,
			   .low = 8506,
			   .high = 12202,
			   .present = 381696,
			   .managed = 381696,
			   .free_cma = 138397,
			   .lowmem_reserve = "0 0 0 0",
			   .lists = "8121C 7772C 4391C 2354C 1335C 514C 162C "
				    "76C 27C 12C 2C 2C 0" });
	if (!make_machine(&r, &m))
		return;
	dma = node_zone(&m, 0, 0);
	high = node_zone(&m, 0, 2);
	CHECK_STR(m.system->arch, "armv7l");
	CHECK_EQ(m.max_order, 13);
	CHECK_EQ(m.pageblock_order, 9);
	CHECK_EQ(m.system->gfp_zones[0], 1);
	CHECK_EQ(m.system->cma, 1);
	CHECK(high->highmem && !dma->highmem);
	CHECK_EQ(high->managed_cma, 233472);
	CHECK_EQ(listed_pages(&m, high, MIGRATE_CMA), 137165);
	CHECK_EQ(high->nr_free_cma, 138397);
	CHECK_EQ(dma->lowmem_reserve[2], 579);
	CHECK_EQ(zone_pcp(&m, dma, 0)->stat_diff, 4381 - 4490);
	arena_destroy(&m);
	report_destroy(&r);
}

/* 6.18, arm64: the printed watermarks include the boost. */
static void test_boost(void)
{
	struct machine m;
	struct report r;
	const struct zone *dma;

	report_init(&r, 2);
	r.release = (struct release){ 6, 18, 0, "6.18.0-rc4" };
	report_add(&r, &(struct zone_row){
			       .type = ZONE_DMA,
			       .free = 12084,
			       .min = 4923,
			       .low = 5385,
			       .high = 5847,
			       .boost = 3072,
			       .reserved = 512,
			       .present = 242688,
			       .managed = 220003,
			       .free_cma = 15,
			       .lowmem_reserve = "0 3008 6962 6962",
			       .lists = "12UM 11UM 53UMEH 40UMH 18UMH 47UMH "
					"34UMH 39UMH 10UMH 0 0" });
	report_add(&r, &(struct zone_row){ .type = ZONE_DMA32,
					   .lowmem_reserve = "0 0 3954 3954" });
	if (!make_machine(&r, &m))
		return;
	dma = node_zone(&m, 0, 0);
	CHECK_STR(m.system->arch, "aarch64");
	CHECK_STR(m.system->release, "6.18.0-rc4");
	CHECK_EQ(m.system->nr_zone_types, 4);
	CHECK_EQ(dma->watermark_boost, 3072);
	CHECK_EQ(dma->watermark[WMARK_MIN], 4923 - 3072);
	CHECK_EQ(dma->watermark[WMARK_HIGH], 5847 - 3072);
	CHECK_EQ(dma->nr_free_cma, 15);
	CHECK(!populated_zone(node_zone(&m, 0, 1)));
	CHECK_EQ(m.nodes[0].zonelists[ZONELIST_FALLBACK].nr, 1);
	arena_destroy(&m);
	report_destroy(&r);
}

/* zoneinfo alone, cut: no lists, no lowmem_reserve, no page size. */
static void test_zoneinfo(void)
{
	struct machine m;
	struct report r;
	const struct zone *normal;
	struct report_zone *zone;

	report_init(&r, 3);
	r.page_shift = r.max_order = 0;
	zone = report_add(&r, &(struct zone_row){ .type = ZONE_DMA,
						  .free = 3961,
						  .min = 33,
						  .low = 41,
						  .high = 49,
						  .present = 3996,
						  .managed = 3961 });
	zone_set(zone, REPORT_spanned, 4095);
	zone = report_add(&r, &(struct zone_row){ .type = ZONE_DMA32,
						  .free = 139960,
						  .min = 7184,
						  .low = 8980,
						  .high = 10776,
						  .present = 888973,
						  .managed = 866327 });
	zone_set(zone, REPORT_spanned, 1044480);
	zone = report_add(&r, &(struct zone_row){ .type = ZONE_NORMAL,
						  .free = 33907,
						  .min = 31449,
						  .low = 33868,
						  .high = 36287,
						  .present = 1173504,
						  .managed = 1140349 });
	zone_set(zone, REPORT_spanned, 1173504);
	if (!make_machine(&r, &m))
		return;
	normal = node_zone(&m, 0, 2);
	CHECK_EQ(normal->watermark[WMARK_MIN], 31449);
	CHECK_EQ(normal->watermark_boost, 0);
	CHECK_EQ(listed_pages(&m, normal, MIGRATE_MOVABLE), 33907);
	CHECK_EQ(normal->nr_free[10], 33);
	CHECK_EQ(m.zones[0].spanned, 4095);
	CHECK_EQ(r.nr_warnings, 2);
	arena_destroy(&m);
	report_destroy(&r);
}

int main(void)
{
	test_highatomic();
	test_large_reserve();
	test_arm();
	test_boost();
	test_zoneinfo();
	return test_done();
}
