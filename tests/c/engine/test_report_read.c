/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the zones of a report have, from 2.6 to 6.18: each form, one by one. */
#include "report_same.h"

/* The zone line of a text of one zone, and what it has. */
static const struct {
	const char *text;
	enum report_number number;
	int64_t pages;
} zones[] = {
	{ BODY, REPORT_free, 363 },
	{ BODY, REPORT_high, 63 },
	{ ZONE " boost:0kB\n" LISTS, REPORT_boost, 0 },
	{ "Node 0 DMA free:1452kB boost:48kB min:172kB low:212kB high:252kB "
	  "reserved_highatomic:2048KB free_highatomic:1452KB\n" LISTS,
	  REPORT_boost, 12 },
	{ ZONE " reserved_highatomic:2048KB\n" LISTS,
	  REPORT_reserved_highatomic, 512 },
	{ ZONE " free_highatomic:1452KB\n" LISTS, REPORT_free_highatomic, 363 },
	{ ZONE " free_pcp:308kB local_pcp:152kB free_cma:8kB\n" LISTS,
	  REPORT_free_pcp, 77 },
	{ ZONE " free_pcp:308kB local_pcp:152kB free_cma:8kB\n" LISTS,
	  REPORT_local_pcp, 38 },
	{ ZONE " free_cma:8kB\n" LISTS, REPORT_free_cma, 2 },
	{ ZONE " present:15992kB managed:15908kB\n" LISTS, REPORT_managed,
	  3977 },
	/* unknown keys, also without a unit, and words with a blank */
	{ ZONE " new_key:-3kB pages_scanned:0 all_unreclaimable? no\n" LISTS,
	  REPORT_low, 53 },
	{ ZONE " all_unreclaimable? yes\n" LISTS, REPORT_min, 43 },
	{ ZONE " isolated(anon):0kB present:15992kB\n" LISTS, REPORT_present,
	  3998 },
	/* a prefix that is not known */
	{ "c0 1234 " ZONE " present:15992kB\nc0 1234 " LISTS, REPORT_present,
	  3998 },
};

static void test_zones(void)
{
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		struct report_set set;

		if (!read_one(zones[i].text, &set))
			continue;
		CHECK_EQ(set.reports->nr_zones, 1);
		CHECK(report_has(set.reports->zones, zones[i].number));
		CHECK_EQ(report_number(set.reports->zones, zones[i].number),
			 zones[i].pages);
		CHECK(set.reports->zones->has_lists);
		report_set_destroy(&set);
	}
}

static const struct {
	const char *text;
	uint32_t nr;
	uint64_t number[MAX_NR_ZONES];
} reserves[] = {
	{ ZONE "\nlowmem_reserve[]: 0 116 117\n", 3, { 0, 116, 117 } },
	{ ZONE " lowmem_reserve[]: 0 116 117\n", 3, { 0, 116, 117 } },
	{ ZONE "\nlowmem_reserve[]:\n 0\n 116\n 117\n", 3, { 0, 116, 117 } },
	{ ZONE "\nlowmem_reserve[]:\n[   12.345678]  0\n[   12.345678]  116\n",
	  2,
	  { 0, 116 } },
	{ ZONE "\nlowmem_reserve[]: 0 1 2 3 4 5\n", 6, { 0, 1, 2, 3, 4, 5 } },
	{ ZONE "\n", 0, { 0 } },
};

static void test_reserves(void)
{
	for (size_t i = 0; i < sizeof(reserves) / sizeof(*reserves); i++) {
		struct report_set set;
		char text[1024];

		snprintf(text, sizeof(text), "%s" LISTS, reserves[i].text);
		if (!read_one(text, &set))
			continue;
		CHECK_EQ(set.reports->zones->nr_lowmem_reserve, reserves[i].nr);
		for (uint32_t n = 0; n < MAX_NR_ZONES; n++)
			CHECK_EQ(set.reports->zones->lowmem_reserve[n],
				 reserves[i].number[n]);
		report_set_destroy(&set);
	}
}

/* Lists of @nr orders whose smallest blocks have @kb, one block of each. */
static void lists_text(char *buf, size_t size, uint32_t nr, uint64_t kb)
{
	int n = snprintf(buf, size, "Normal: ");

	for (uint32_t i = 0; i < nr; i++)
		n += snprintf(buf + n, size - (size_t)n, "1*%llukB (U) ",
			      (unsigned long long)kb << i);
	snprintf(buf + n, size - (size_t)n, "= %llukB\n",
		 (unsigned long long)kb * ((1ull << nr) - 1));
}

static void test_page_sizes(void)
{
	for (uint32_t shift = 12; shift <= 16; shift += 2)
		for (uint32_t nr = 7; nr <= 16; nr++) {
			const uint64_t kb = 1u << (shift - 10);
			struct report_set set;
			char lists[1024], text[2048];

			lists_text(lists, sizeof(lists), nr, kb);
			snprintf(text, sizeof(text),
				 "Normal free:%llukB min:0kB low:0kB "
				 "high:0kB\n%s",
				 (unsigned long long)kb * ((1ull << nr) - 1),
				 lists);
			if (!read_one(text, &set))
				continue;
			CHECK_EQ(set.reports->page_shift, shift);
			CHECK_EQ(set.reports->max_order, nr);
			CHECK_EQ(report_number(set.reports->zones, REPORT_free),
				 (1 << nr) - 1);
			CHECK_EQ(set.reports->zones->lists_total,
				 (1 << nr) - 1);
			CHECK_EQ(set.reports->nr_warnings, nr != 11);
			report_set_destroy(&set);
		}
}

static void test_lists(void)
{
	struct report_set set;
	const struct report_zone *zone;

	/* all letters, one unknown; a list without blocks; no blank */
	if (read_one("Normal free:16kB min:0kB low:0kB high:0kB\n"
		     "HighMem free:0kB min:0kB low:0kB high:0kB\n"
		     "Normal: 2*4kB (UMECHIR) 1*8kB(QU) = 16kB\n"
		     "HighMem: empty\n",
		     &set)) {
		zone = set.reports->zones;
		CHECK_EQ(zone->list[0].types,
			 REPORT_TYPE_BIT(MIGRATE_TYPES + 1) - 1);
		CHECK_EQ(zone->list[1].types,
			 REPORT_TYPE_BIT(MIGRATE_UNMOVABLE));
		CHECK(zone[1].has_lists);
		CHECK_EQ(zone[1].list[0].nr_blocks, 0);
		CHECK_EQ(zone[1].lists_total, 0);
		report_set_destroy(&set);
	}
}

static void test_totals(void)
{
	static const char *const texts[] = {
		"active_anon:1 inactive_anon:2 isolated_anon:3\n"
		" free:363 free_pcp:77 free_cma:5\n",
		"active_anon:1 inactive_anon:2\n active_file:3\n"
		" unevictable:0\n slab_reclaimable:4\n mapped:5\n"
		" sec_pagetables:0 bounce:0\n kernel_misc_reclaimable:0\n"
		" free:363 free_pcp:77 free_cma:5\n",
		"Active_anon:1 active_file:2#012 free:363 free_pcp:77"
		"#012 free_cma:5\n",
	};

	for (size_t i = 0; i < 3; i++) {
		struct report_set set;
		char text[1024];

		snprintf(text, sizeof(text),
			 "%s" BODY "16384 pages cma reserved\n", texts[i]);
		if (!read_one(text, &set))
			continue;
		CHECK(set.reports->has_totals);
		CHECK_EQ(set.reports->total_free, 363);
		CHECK_EQ(set.reports->total_free_pcp, 77);
		CHECK_EQ(set.reports->total_free_cma, 5);
		CHECK(set.reports->has_cma_reserved);
		CHECK_EQ(set.reports->cma_reserved, 16384);
		report_set_destroy(&set);
	}
}

/* Per-cpu lists of 4.1 and before, also with cold lists as in 2.6. */
static void test_per_cpu(void)
{
	static const char text[] =
		"Mem-Info:\nNode 0 DMA per-cpu:\n"
		"CPU    0: hi:    0, btch:   1 usd:   0\n"
		"CPU  255: hi:  186, btch:  31 usd: 152\n" BODY
		"Node 1 Normal per-cpu:\n"
		"CPU    0: Hot: hi:  186, btch:  31 usd:  30   "
		"Cold: hi:   62, btch:  15 usd:  14\n"
		"Node 1 Normal free:0kB min:0kB low:0kB high:0kB\n";
	struct report_set set;
	const struct report_zone *zone;

	if (!read_one(text, &set))
		return;
	CHECK_EQ(set.reports->nr_zones, 2);
	zone = set.reports->zones;
	CHECK_EQ(zone->nr_cpus, 256);
	CHECK_EQ(zone->pcp[0].batch, 1);
	CHECK_EQ(zone->pcp[255].count, 152);
	CHECK_EQ(zone->pcp[255].high, 186);
	CHECK_EQ(zone->pcp[255].batch, 31);
	CHECK_EQ(zone[1].nid, 1);
	CHECK_EQ(zone[1].nr_cpus, 1);
	CHECK_EQ(zone[1].pcp[0].count, 30);
	report_set_destroy(&set);
}

int main(void)
{
	test_zones();
	test_reserves();
	test_page_sizes();
	test_lists();
	test_totals();
	test_per_cpu();
	return test_done();
}
