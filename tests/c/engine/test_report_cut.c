/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports that were cut short: what is whole stays, nothing is guessed, and a
 * warning says what is missing. Also the other warnings.
 */
#include "report_same.h"

static bool has_warning(const struct report *r, const char *begin)
{
	for (uint32_t i = 0; i < r->nr_warnings; i++)
		if (!strncmp(r->warnings[i], begin, strlen(begin)))
			return true;
	return false;
}

static const struct {
	const char *text, *warning; /* the beginning of a warning */
} warnings[] = {
	/* cut short */
	{ ZONE " free_pcp:30", "line 1: the line of node 0 DMA is cut short" },
	{ ZONE " free_p\n" LISTS,
	  "line 1: the line of node 0 DMA is cut short" },
	{ BODY "Node 0 Normal free:1452kB min:17\n",
	  "node 0 Normal: its watermarks are not in the report: the zone is "
	  "left out" },
	{ BODY "Node 0 Normal: 1*4kB (U) 0*8kB = 4kB\n",
	  "node 0 Normal: its watermarks are not in the report: the zone is "
	  "left out" },
	{ ZONE "\nNode 0 DMA: 13*4kB (H) 13*8",
	  "line 2: the free lists of node 0 DMA are cut short" },
	{ ZONE "\nNode 0 DMA: 13*4kB (H) 13*8kB",
	  "node 0 DMA: its free lists are not "
	  "used" },
	{ "active_anon:1 inactive_anon:2\n" BODY,
	  "line 1: the counters of the machine are cut short before free" },
	{ "Node 0, zone DMA\n pages free 9\n min 1\n low 2\n high 3\n"
	  "Node 0, zone Normal\n pages free 9\n min 1\n low 2\n",
	  "node 0 Normal: its watermarks are not in the report: the zone is "
	  "left out" },
	{ "Node 0, zone DMA\n pages free 9\n min 1\n low 2\n high 3\n"
	  "Node 0, zone Normal 1 2 3\n",
	  "node 0 Normal: its watermarks are not in the report: the zone is "
	  "left out" },
	{ "Node 0, zone DMA 1 2 3\nNode 0, zone Normal 1 2\n",
	  "line 2 is cut short: it is not used" },
	/* what is not there */
	{ "Node 0, zone DMA 1 2 3\n",
	  "the watermarks are not in the report: give /proc/zoneinfo too" },
	{ ZONE "\n", "the free lists are not in the report, and with them the "
		     "page size: 4 KiB is assumed" },
	{ ZONE "\n", "the free lists are not in the report" },
	{ "Linux version 4.1.0 (x)\n" BODY,
	  "the per-cpu lists are not in the report" },
	{ "Node 0, zone DMA\n pages free 9\n min 1\n low 2\n high 3\n",
	  "the per-cpu lists are not in the report" },
	{ BODY "Node 0 Normal free:4kB min:0kB low:0kB high:0kB\n",
	  "node 0 Normal: its free lists are not in the report" },
	/* what is not of one moment */
	{ "Node 0 DMA free:1792kB min:172kB low:212kB high:252kB\n" LISTS,
	  "node 0 DMA: the zone line says 448 free pages, the lists 363: the report "
	  "is not of one moment" },
	{ "Node 0 DMA free:1456kB min:172kB low:212kB high:252kB\n" LISTS,
	  "node 0 DMA: the zone line says 364 free pages, the lists 363: per-cpu "
	  "differences (vm_stat_diff) explain as much" },
	{ "active_anon:1 free:400 free_cma:0\n" BODY,
	  "the report says 400 free pages, its zones together 363: it is not of "
	  "one moment, or a zone is missing" },
	{ "active_anon:1 free:363 free_cma:5\n" BODY,
	  "the report says 5 free CMA pages, its zones together 0" },
	{ ZONE "\nNode 0 DMA: 1*4kB (U) 1*8kB (U) = 16kB\n",
	  "node 0 DMA: the free lists have 3 pages, their printed total is 4" },
	{ "Node 1 DMA32 free:0kB min:0kB low:0kB high:0kB\n"
	  "Node 0 DMA free:1792kB min:172kB low:212kB high:252kB\n" LISTS,
	  "node 0 DMA: the zone line says 448 free pages, the lists 363" },
	{ "Node 0, zone DMA\n pages free 9\n min 1\n low 2\n high 3\n"
	  "Node 0, zone DMA 1 2 2\n",
	  "node 0 DMA: zoneinfo says 9 free pages, the lists 13: per-cpu" },
	/* what is unusual */
	{ "Node 0 DMA free:12kB min:0kB low:0kB high:0kB\n"
	  "Node 0 DMA: 1*4kB (U) 1*8kB (U) = 12kB\n",
	  "MAX_ORDER is 2, not 11" },
	{ "a: page allocation failure: order:11, mode:0x20\n" BODY,
	  "order 11 is not below MAX_ORDER" },
};

static void test_warnings(void)
{
	for (size_t i = 0; i < sizeof(warnings) / sizeof(*warnings); i++) {
		struct report_set set;

		if (!read_one(warnings[i].text, &set))
			continue;
		if (!has_warning(set.reports, warnings[i].warning))
			fprintf(stderr, "missing: %s\n", warnings[i].warning);
		CHECK(has_warning(set.reports, warnings[i].warning));
		report_set_destroy(&set);
	}
}

/* A log since 4.2 has no per-cpu lists; if it agrees with itself, all is well */
static void test_no_warning(void)
{
	static const char *const heads[] = { "", "Linux version 4.2.0 (x)\n",
					     "Linux version 6.1.0 (x)\n" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct report_set set;
		char text[1024];

		snprintf(text, sizeof(text),
			 "%sactive_anon:1 free:363 free_pcp:0 free_cma:0\n%s",
			 heads[i], BODY);
		if (!read_one(text, &set))
			continue;
		CHECK_EQ(set.reports->nr_warnings, 0);
		report_set_destroy(&set);
	}
}

/* The page size of a report without lists is that of its totals. */
static void test_page_size_of_totals(void)
{
	for (uint32_t shift = 12; shift <= 16; shift += 2) {
		struct report_set set;
		char text[256];

		snprintf(text, sizeof(text),
			 "active_anon:1 free:1000 free_cma:0\n"
			 "Normal free:%ukB min:64kB low:128kB high:192kB\n",
			 1000u << (shift - 10));
		if (!read_one(text, &set))
			continue;
		CHECK_EQ(set.reports->page_shift, shift);
		CHECK_EQ(report_number(set.reports->zones, REPORT_free), 1000);
		CHECK_EQ(set.reports->max_order, 0);
		report_set_destroy(&set);
	}
}

/* Is all that @r says also what @whole says? */
static bool is_part_of(const struct report *r, const struct report *whole)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->nr_zones; i++, n++) {
		const struct report_zone *zone = &r->zones[i], *full;

		while (n < whole->nr_zones &&
		       (whole->zones[n].nid != zone->nid ||
			whole->zones[n].type != zone->type))
			n++;
		if (n == whole->nr_zones)
			return false;
		full = &whole->zones[n];
		for (int k = 0; k < NR_REPORT_NUMBERS; k++)
			if (report_has(zone, k) &&
			    zone->number[k] != full->number[k])
				return false;
		if (zone->has_lists && (zone->lists_total > full->lists_total ||
					r->max_order != whole->max_order))
			return false;
		for (int k = 0; zone->has_lists && k < MAX_ORDER_LIMIT; k++)
			if (zone->list[k].nr_blocks != full->list[k].nr_blocks)
				return false;
	}
	return true;
}

/*
 * Every line is cut at every byte, with the lines behind it and without. What
 * is still read is right.
 */
static void test_every_cut(const char *file, bool rest)
{
	char *text = report_file(file);
	const char *end = text + strlen(text);
	struct report_set whole, set;
	struct file_error error;
	unsigned long nr_read = 0, nr = 0;

	if (!read_report(text, strlen(text), &whole))
		return;
	for (const char *at = text; at < end; at++) {
		const char *next = strchr(at, '\n');
		struct text t = { .data = NULL };

		text_add(&t, text, (size_t)(at - text));
		if (rest && next)
			text_string(&t, next);
		nr++;
		if (report_read_text("text", t.data, t.size, &set, &error)) {
			nr_read++;
			if (!is_part_of(&set.reports[set.taken], whole.reports))
				fprintf(stderr, "%s: cut at \"%.30s\"\n", file,
					at);
			CHECK(is_part_of(&set.reports[set.taken],
					 whole.reports));
			report_set_destroy(&set);
		}
		text_free(&t);
	}
	CHECK(rest ? nr_read == nr : nr_read > nr / 4);
	report_set_destroy(&whole);
	free(text);
}

int main(void)
{
	test_warnings();
	test_no_warning();
	test_page_size_of_totals();
	test_every_cut("oom-two-nodes-5.4.txt", true);
	test_every_cut("oom-two-nodes-5.4.txt", false);
	test_every_cut("64k-pages-6.12.txt", true);
	test_every_cut("d4-arm64-order4-boosted.txt", true);
	test_every_cut("per-cpu-lists-3.18.txt", true);
	return test_done();
}
