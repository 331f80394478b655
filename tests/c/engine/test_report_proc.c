/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/zoneinfo, buddyinfo and pagetypeinfo: alone, together, in files. */
#include "report_same.h"

#define ZONEINFO                                                               \
	"Node 0, zone      DMA\n  pages free     3840\n        min      65\n"  \
	"        low      81\n        high     97\n"

static const char *path(size_t i, const char *name)
{
	static char paths[4][1100];
	char file[128];

	snprintf(file, sizeof(file), "reports/%s", name);
	snprintf(paths[i], sizeof(paths[i]), "%s", data_path(file));
	return paths[i];
}

static const struct {
	const char *text;
	enum report_number number;
	int64_t pages;
} fields[] = {
	{ ZONEINFO, REPORT_free, 3840 },
	{ ZONEINFO, REPORT_min, 65 },
	{ ZONEINFO, REPORT_low, 81 },
	{ ZONEINFO, REPORT_high, 97 },
	{ ZONEINFO "        boost    12\n", REPORT_boost, 12 },
	{ ZONEINFO "        promo    113\n", REPORT_promo, 113 },
	{ ZONEINFO "        spanned  4095\n", REPORT_spanned, 4095 },
	{ ZONEINFO "        present  3998\n", REPORT_present, 3998 },
	{ ZONEINFO "        managed  3840\n", REPORT_managed, 3840 },
	{ ZONEINFO "        cma      512\n", REPORT_managed_cma, 512 },
	{ ZONEINFO "      nr_free_cma  7\n", REPORT_free_cma, 7 },
	{ ZONEINFO "  start_pfn:           1\n", REPORT_start_pfn, 1 },
	{ ZONEINFO "  start_pfn:         1\n", REPORT_start_pfn, 1 },
	{ ZONEINFO "  vm stats threshold: 4\n", REPORT_stat_threshold, 4 },
	{ ZONEINFO "        reserved_highatomic 512\n",
	  REPORT_reserved_highatomic, 512 },
	{ ZONEINFO "        free_highatomic 508\n", REPORT_free_highatomic,
	  508 },
	/* names that only begin like one */
	{ ZONEINFO "        high_min 3\n        free_x 4\n", REPORT_high, 97 },
	/* 2.6, and per-node stats under a node's first zone */
	{ ZONEINFO "        scanned  0 (aa: 0 ia: 0)\n        spanned  4096\n"
		   "  all_unreclaimable: 0\n  prev_priority:     12\n",
	  REPORT_spanned, 4096 },
	{ "Node 0, zone      DMA\n  per-node stats\n      nr_inactive_anon 43\n"
	  "      nr_free_cma_x 5\n  pages free     3840\n        min      65\n"
	  "        low      81\n        high     97\n",
	  REPORT_free, 3840 },
	/* between quotes and prefixes */
	{ "> Node 0, zone      DMA\n>   pages free     3840\n>  min 65\n"
	  ">         low      81\r\n>         high     97\n",
	  REPORT_high, 97 },
};

static void test_fields(void)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct report_set set;

		if (!read_one(fields[i].text, &set))
			continue;
		CHECK_EQ(set.reports->nr_zones, 1);
		CHECK_EQ(set.reports->request.event, REPORT_NO_REQUEST);
		CHECK(report_has(set.reports->zones, fields[i].number));
		CHECK_EQ(report_number(set.reports->zones, fields[i].number),
			 fields[i].pages);
		report_set_destroy(&set);
	}
}

static void test_protection(void)
{
	static const char *const texts[] = {
		ZONEINFO "        protection: (0, 2991, 15868)\n",
		ZONEINFO "        protection: (0,2991,15868)\n",
		ZONEINFO "        protection: (0, 2991,\n15868)\n",
	};

	for (size_t i = 0; i < 3; i++) {
		struct report_set set;

		if (!read_one(texts[i], &set))
			continue;
		CHECK_EQ(set.reports->zones->nr_lowmem_reserve, 3);
		CHECK_EQ(set.reports->zones->lowmem_reserve[1], 2991);
		CHECK_EQ(set.reports->zones->lowmem_reserve[2], 15868);
		report_set_destroy(&set);
	}
}

static void test_pagesets(void)
{
	static const char text[] = ZONEINFO
		"  pagesets\n    cpu: 0\n              count: 311\n"
		"              high:  4468\n              batch: 63\n"
		"              high_min: 1\n              high_max: 2\n"
		"    cpu: 3\n              count: 1\n"
		"              high:  2\n              batch: 3\n";
	struct report_set set;
	const struct report_zone *zone;

	if (!read_one(text, &set))
		return;
	zone = set.reports->zones;
	CHECK_EQ(zone->nr_cpus, 4);
	CHECK_EQ(zone->pcp[0].count, 311);
	CHECK_EQ(zone->pcp[0].high, 4468);
	CHECK_EQ(zone->pcp[0].batch, 63);
	CHECK_EQ(zone->pcp[1].batch, 0);
	CHECK_EQ(zone->pcp[3].count, 1);
	CHECK_EQ(zone->pcp[3].high, 2);
	report_set_destroy(&set);
}

/* The three files in one report. */
static void check_joined(const struct report *r)
{
	const struct report_zone *zone = &r->zones[1];

	CHECK_EQ(r->nr_zones, 5);
	CHECK_EQ(r->max_order, 11);
	CHECK_EQ(r->page_shift, 0);
	CHECK_EQ(r->pageblock_order, 9);
	CHECK_EQ(zone->type, ZONE_DMA32);
	CHECK_EQ(zone->number[REPORT_free], 101960);
	CHECK_EQ(zone->number[REPORT_boost], 2048);
	CHECK_EQ(zone->lowmem_reserve[2], 4959);
	CHECK(zone->has_lists && !zone->has_lists_total);
	CHECK_EQ(zone->list[10].nr_blocks, 50);
	CHECK_EQ(zone->list[0].types, 0);
	CHECK(zone->has_types);
	CHECK_EQ(zone->by_type[MIGRATE_UNMOVABLE][0], 200);
	CHECK_EQ(zone->by_type[MIGRATE_CMA][9], 10);
	CHECK(!zone->by_type_is_bound[MIGRATE_MOVABLE][0]);
	CHECK(r->zones[2].by_type_is_bound[MIGRATE_MOVABLE][0]);
	CHECK(!r->zones[2].by_type_is_bound[MIGRATE_MOVABLE][1]);
	CHECK_EQ(r->zones[2].by_type[MIGRATE_MOVABLE][1], 3000);
	CHECK(zone->has_pageblocks);
	CHECK_EQ(zone->pageblocks[MIGRATE_MOVABLE], 1300);
	CHECK_EQ(zone->pageblocks[MIGRATE_CMA], 32);
	CHECK_EQ(r->zones[4].type, ZONE_DEVICE);
	CHECK_EQ(r->zones[4].number[REPORT_present], 0);
}

static const char *const names[] = { "zoneinfo-6.6.txt", "buddyinfo-6.6.txt",
				     "pagetypeinfo-6.6.txt" };

/* In any order, as files and as one text. */
static void test_joined(void)
{
	for (int first = 0; first < 3; first++)
		for (int second = 0; second < 3; second++) {
			const int order[] = { first, second,
					      3 - first - second };
			struct text t = { .data = NULL };
			struct report_set set;
			struct file_error error = { .text = "" };
			char *files[3];

			if (first == second)
				continue;
			for (size_t i = 0; i < 3; i++) {
				char *text = report_file(names[order[i]]);

				files[i] = (char *)path(i, names[order[i]]);
				text_string(&t, text);
				free(text);
			}
			if (read_one(t.data, &set)) {
				check_joined(set.reports);
				report_set_destroy(&set);
			}
			if (report_read_files(files, 3, &set, &error)) {
				CHECK_EQ(set.nr, 1);
				check_joined(set.reports);
				report_set_destroy(&set);
			}
			CHECK_STR(error.text, "");
			text_free(&t);
		}
}

/* Each alone has what it has, and no zone's watermarks are guessed. */
static void test_alone(void)
{
	for (size_t i = 0; i < 3; i++) {
		struct report_set set;
		char *text = report_file(names[i]);

		if (read_one(text, &set)) {
			CHECK_EQ(set.reports->nr_zones, i ? 3 : 5);
			CHECK_EQ(report_has(set.reports->zones, REPORT_min),
				 i == 0);
			CHECK_EQ(set.reports->max_order, i ? 11 : 0);
			CHECK_EQ(set.reports->zones->has_lists, i == 1);
			CHECK_EQ(set.reports->zones->has_types, i == 2);
			report_set_destroy(&set);
		}
		free(text);
	}
}

/* "Number of mixed blocks" is another table. */
static void test_mixed_blocks(void)
{
	static const char text[] =
		"Page block order: 9\n\n"
		"Number of blocks type     Unmovable      Movable    Reserve\n"
		"Node 0, zone      DMA            1            7          2\n\n"
		"Number of mixed blocks    Unmovable      Movable    Reserve\n"
		"Node 0, zone      DMA            3            4          5\n"
		"Node 0, zone      DMA      1      2      3      4      5\n";
	struct report_set set;

	if (!read_one(text, &set))
		return;
	CHECK_EQ(set.reports->zones->pageblocks[MIGRATE_UNMOVABLE], 1);
	CHECK_EQ(set.reports->zones->pageblocks[MIGRATE_MOVABLE], 7);
	CHECK_EQ(set.reports->zones->pageblocks[MIGRATE_RECLAIMABLE], 0);
	CHECK_EQ(set.reports->max_order, 5);
	CHECK_EQ(set.reports->zones->list[4].nr_blocks, 5);
	report_set_destroy(&set);
}

/* The files again are the next report, as a log of a monitor has them. */
static void test_several(void)
{
	struct text t = { .data = NULL };
	struct report_set set;

	for (size_t i = 0; i < 6; i++) {
		char *text = report_file(names[i % 3]);

		text_string(&t, text);
		free(text);
	}
	text_string(&t,
		    "a: page allocation failure: order:0, mode:0x20\n" BODY);
	if (read_report(t.data, t.size, &set)) {
		CHECK_EQ(set.nr, 3);
		check_joined(&set.reports[0]);
		check_joined(&set.reports[1]);
		CHECK_EQ(set.reports[2].request.event,
			 REPORT_ALLOCATION_FAILURE);
		report_set_destroy(&set);
	}
	text_free(&t);
}

static const struct {
	const char *files[3];
	const char *error; /* behind the path */
} wrong[] = {
	{ { "zoneinfo-6.6.txt", "oom-two-nodes-5.4.txt" },
	  "oom-two-nodes-5.4.txt: a kernel log is a report of its own; give it "
	  "without other files" },
	{ { "zoneinfo-6.6.txt", "zoneinfo-6.6.txt" },
	  "zoneinfo-6.6.txt: it is of another moment than the files before; "
	  "give each file of /proc once" },
	{ { "zoneinfo-6.6.txt", "d4-arm64-order4-boosted.json" },
	  "d4-arm64-order4-boosted.json: no report is in it; give "
	  "/proc/zoneinfo, buddyinfo and pagetypeinfo" },
	{ { "zoneinfo-6.6.txt", "missing.txt" },
	  "missing.txt: cannot be read: No such file or directory" },
};

static void test_wrong_files(void)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct file_error error = { .text = "" };
		struct report_set set;
		char *files[3];
		size_t nr = 0;
		const char *base;

		for (; wrong[i].files[nr]; nr++)
			files[nr] = (char *)path(nr, wrong[i].files[nr]);
		CHECK(!report_read_files(files, nr, &set, &error));
		CHECK_EQ(set.nr, 0);
		base = strstr(error.text, "reports/");
		CHECK_STR(base ? base + strlen("reports/") : error.text,
			  wrong[i].error);
	}
}

int main(void)
{
	test_fields();
	test_protection();
	test_pagesets();
	test_joined();
	test_alone();
	test_mixed_blocks();
	test_several();
	test_wrong_files();
	return test_done();
}
