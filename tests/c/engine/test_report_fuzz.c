/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports that were damaged at random: nothing crashes, what is read keeps its
 * promises, and it is explained or a message says why not.
 *
 *   test_report_fuzz [TEXTS [SEED]]
 *
 * Compiled with -DREPORT_LIBFUZZER -fsanitize=fuzzer it is a target for
 * libFuzzer, with tests/data/reports as its corpus.
 */
#include "report_mutate.h"

#include "failure/explain.h"

static const char *const files[] = {
	"64k-pages-6.12.txt",
	"buddyinfo-6.6.txt",
	"d1-atomic-only-highatomic-left.txt",
	"d2-order0-atomic-three-zones.txt",
	"d3-arm32-order1-cma-highmem.txt",
	"d4-arm64-order4-boosted.txt",
	"d5-zoneinfo-boosted.txt",
	"mail-quoted-printable.txt",
	"oom-two-nodes-5.4.txt",
	"pagetypeinfo-6.6.txt",
	"per-cpu-lists-3.18.txt",
	"zoneinfo-6.6.txt",
};

static unsigned long nr_explained;

enum { NR_FILES = sizeof(files) / sizeof(*files), MAX_CHANGES = 12 };

/* Numbers are in the ranges that users of a report rely on. */
static bool zone_is_sane(const struct report *r, const struct report_zone *zone)
{
	if (zone->nid >= MAX_NUMNODES || zone->type > ZONE_DEVICE ||
	    zone->nr_lowmem_reserve > MAX_NR_ZONES || zone->nr_cpus > NR_CPUS)
		return false;
	for (int i = 0; i < NR_REPORT_NUMBERS; i++)
		if (zone->number[i] < 0 || zone->number[i] >> 52)
			return false;
	for (uint32_t i = 0; i < MAX_NR_ZONES; i++)
		if (zone->lowmem_reserve[i] >> 52)
			return false;
	for (uint32_t i = 0; zone->has_lists && i < MAX_ORDER_LIMIT; i++)
		if (zone->list[i].nr_blocks >> 36 ||
		    (i >= r->max_order && zone->list[i].nr_blocks))
			return false;
	return zone->number[REPORT_min] <= zone->number[REPORT_low] ||
	       !report_has(zone, REPORT_low);
}

static bool report_is_sane(const struct report *r)
{
	const struct report_zone *zones = r->zones;

	if (r->refused)
		return !r->nr_zones && !zones;
	if (!r->nr_zones || r->max_order > MAX_ORDER_LIMIT ||
	    r->request.order > 31 || r->page_shift > 17)
		return false;
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		if (!zone_is_sane(r, &zones[i]))
			return false;
		if (i && zones[i - 1].nid * MAX_NR_ZONES + zones[i - 1].type >=
				 zones[i].nid * MAX_NR_ZONES + zones[i].type)
			return false;
	}
	return true;
}

/* What `zonewalk explain` prints, as text and as JSON. */
static void print_explanation(const struct explanation *x)
{
	struct json_writer out = { .data = NULL };
	FILE *file = fopen("/dev/null", "w");
	char *text;

	if (!file)
		abort();
	explain_text(x, false, file);
	fclose(file);
	explain_json(x, &out);
	text = writer_finish(&out);
	if (!text || *text != '{')
		abort();
	free(text);
}

/* Explain it, or get a message. Returns whether it was explained. */
static bool explain(struct report *r)
{
	const struct explain_options options = { .gfp = NULL };
	char message[512] = "";
	struct explanation x;
	const bool ok =
		explain_report(&x, r, &options, message, sizeof(message));

	if (ok == (*message != '\0') || (ok && x.verdict == EXPLAIN_refused))
		abort();
	if (ok)
		print_explanation(&x);
	explanation_destroy(&x);
	return ok;
}

/*
 * Read it and explain it; abort if a promise is broken. Returns the number of
 * reports.
 */
static uint32_t try(const char *text, size_t size)
{
	struct file_error error = { .text = "" };
	struct report_set set;
	uint32_t nr;
	bool ok = true;

	if (!report_read_text("text", text, size, &set, &error)) {
		if (!strncmp(error.text, "text:", 5) && !set.nr)
			return 0;
		abort();
	}
	for (uint32_t i = 0; i < set.nr; i++)
		ok = ok && report_is_sane(&set.reports[i]);
	if (!ok || set.taken >= set.nr || set.reports[set.taken].refused)
		abort();
	nr_explained += explain(&set.reports[set.taken]);
	nr = set.nr;
	report_set_destroy(&set);
	return nr;
}

#ifdef REPORT_LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try((const char *)data, size);
	return 0;
}
#else
int main(int argc, char **argv)
{
	const unsigned long texts = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
	uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
	unsigned long nr_read = 0;
	char *corpus[NR_FILES];

	for (size_t i = 0; i < NR_FILES; i++)
		corpus[i] = report_file(files[i]);
	for (unsigned long n = 0; n < texts; n++) {
		const char *text = corpus[n % NR_FILES];
		struct text t = { .data = NULL };

		text_string(&t, text);
		for (size_t i = random_below(&seed, MAX_CHANGES) + 1; i; i--)
			mutate(&t, corpus[random_below(&seed, NR_FILES)],
			       &seed);
		nr_read += try(t.data, t.size) > 0;
		text_free(&t);
	}
	printf("%lu of %lu texts had a report, %lu were explained\n", nr_read,
	       texts, nr_explained);
	/* most damage leaves a report, and some does not */
	CHECK(nr_read > texts / 4);
	CHECK(nr_read < texts);
	CHECK(nr_explained > nr_read / 2);
	for (size_t i = 0; i < NR_FILES; i++)
		free(corpus[i]);
	return test_done();
}
#endif
