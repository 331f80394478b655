/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_flip_known: flips of known machines: numbers, texts, sessions. */
#include "explain/flip_private.h"
#include "machine.h"
#include "requests.h"

static struct machine_description *describe_one_zone(void)
{
	struct machine_description *d = describe_small_machine();

	d->arch = ARCH_ARM64;
	d->zone_limit[ZONE_DMA] = d->zone_limit[ZONE_DMA32] = 0;
	return d;
}

static const struct flip *find(const struct flip *flips, size_t nr,
			       enum flip_id id)
{
	for (size_t i = 0; i < nr; i++)
		if (flips[i].kind == &flip_kinds[id])
			return &flips[i];
	return NULL;
}

/* Allocate order 0 until it is refused, or @most times. Returns how often. */
static uint32_t fill_order0(struct session *s, uint32_t most)
{
	const struct alloc_request order0 = { .gfp = GFP_KERNEL };
	uint32_t nr = 0;

	while (nr < most && make_alloc(s, &order0, NULL, NULL)->pfn != PFN_NONE)
		nr++;
	return nr;
}

/* A machine that boots with the value serves the request; one KiB more ... */
static void test_boot_with_it(void)
{
	struct machine m = booted(describe_one_zone());
	struct session *s = session_new(&m, true);
	const uint32_t nr = fill_order0(s, UINT32_MAX);
	struct flip flips[FLIPS_MAX];
	const struct flip *f;
	size_t nr_flips;

	nr_flips = flips_find_request(s, nr, flips, FLIPS_MAX);
	f = find(flips, nr_flips, FLIP_min_free_kbytes);
	CHECK(f);
	for (uint32_t more = 0; f && more < 2; more++) {
		struct machine_description *d = describe_one_zone();
		struct session *again;
		struct machine other;

		d->has_min_free_kbytes = true;
		d->min_free_kbytes = (uint32_t)f->to + more;
		other = booted(d);
		again = session_new(&other, false);
		CHECK_EQ(fill_order0(again, nr + 1), nr + !more);
		session_free(again);
	}
	session_free(s);
}

/* In the middle of the refused request, and from every other step. */
static void test_session(void)
{
	struct machine m = two_nodes(), before;
	struct session *s = session_new(&m, true);
	const uint32_t refused = fill_order0(s, UINT32_MAX);
	const struct request *r = session_get_request(s, refused);
	struct flip first[FLIPS_MAX], flips[FLIPS_MAX];
	const size_t nr = flips_find_request(s, refused, first, FLIPS_MAX);

	CHECK(nr > 3);
	CHECK_EQ(flips_find_request(s, 0, flips, FLIPS_MAX), 0);
	CHECK_EQ(flips_find_request(s, refused + 1, flips, FLIPS_MAX), 0);
	for (uint32_t step = r->first_step - 1; step <= r->last_step; step++) {
		session_seek(s, step);
		CHECK(arena_clone(&before, session_machine(s)));
		memset(flips, 0, sizeof(flips));
		CHECK_EQ(flips_find_request(s, refused, flips, FLIPS_MAX), nr);
		CHECK(!memcmp(flips, first, nr * sizeof(*flips)));
		CHECK_EQ(session_step(s), step);
		CHECK(arena_equal(session_machine(s), &before));
		arena_destroy(&before);
	}
	session_free(s);
}

/* Fewer than there are: the first ones. An invalid request has none. */
static void test_bounds(void)
{
	struct alloc_request r = { .gfp = GFP_KERNEL, .order = 5 };
	struct flip all[FLIPS_MAX], some[FLIPS_MAX];
	struct machine m = two_nodes();
	size_t nr;

	CHECK_EQ(flips_find(&m, &r, all, FLIPS_MAX), 0);
	for (uint32_t i = 0; i < m.system->nr_zones; i++)
		allocate_all(&m, &m.zones[i]);
	nr = flips_find(&m, &r, all, FLIPS_MAX);
	CHECK(nr > 2);
	for (size_t max = 0; max <= nr; max++) {
		CHECK_EQ(flips_find(&m, &r, some, max), max);
		for (size_t i = 0; i < max; i++)
			CHECK_STR(some[i].text, all[i].text);
	}
	r.nid = 9;
	CHECK_EQ(flips_find(&m, &r, all, FLIPS_MAX), 0);
	arena_destroy(&m);
}

/*
 * The watermarks are 63, 78 and 93, and 77 pages are free: two are missing.
 * 61 pages of min_free_kbytes, up to 247 KiB, give a low watermark of 76.
 */
static const struct {
	enum flip_id id;
	const char *text, *cost;
} expected[] = {
	{ FLIP_slow_path,
	  "the min watermark instead of low: the slow path's first attempt is "
	  "served from node 0 DMA",
	  "kswapd is woken, and 76 pages stay free, below the low watermark "
	  "78" },
	{ FLIP_free_pages, "2 more free pages in node 0 DMA: 77 -> 79",
	  "2 pages have to be reclaimed or freed; kswapd reclaims until more "
	  "than 93 are free (high 93)" },
	{ FLIP_min_free_kbytes, "min_free_kbytes 255 -> 247",
	  "the reserve for urgent requests shrinks by 2 pages: low of node 0 "
	  "DMA 78 -> 76" },
};
enum { NR_EXPECTED = sizeof(expected) / sizeof(expected[0]) };

static void test_texts(void)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL };
	struct machine m = booted(describe_one_zone());
	const struct zone *z = node_zone(&m, 0, 0);
	struct json_writer out = { .data = NULL };
	struct flip flips[FLIPS_MAX];
	size_t nr;
	char *json;

	allocate_all(&m, z);
	add_free_block(&m, z, 128, 0, U);
	state_set(&m, z->nr_free_pages, 77);
	nr = flips_find(&m, &r, flips, FLIPS_MAX);
	CHECK_EQ(nr, NR_EXPECTED);
	for (size_t i = 0; i < nr && i < NR_EXPECTED; i++) {
		CHECK_EQ(flips[i].kind - flip_kinds, expected[i].id);
		CHECK_STR(flips[i].text, expected[i].text);
		CHECK_STR(flips[i].cost, expected[i].cost);
	}
	flip_write_json(&out, &m, &flips[nr - 1]);
	json = writer_finish(&out);
	CHECK(json);
	if (json)
		CHECK_STR(json,
			  "{\"kind\":\"min_free_kbytes\",\"zone\":\"0/DMA\","
			  "\"from\":255,\"to\":247,\"unit\":\"kbytes\","
			  "\"text\":\"min_free_kbytes 255 -> 247\","
			  "\"cost\":\"the reserve for urgent requests shrinks "
			  "by 2 pages: low of node 0 DMA 78 -> 76\"}");
	free(json);
	arena_destroy(&m);
}

/* What a report prints of the zones of a small_machine(). */
struct printed {
	int32_t free, below_free; /* of Normal, of DMA32 */
	uint32_t min, gap; /* of Normal; DMA32's are 10 and 2 */
	uint32_t reserve; /* of DMA32 */
	const char *text; /* of the flip; "": there is none */
};

static struct machine reported(const struct printed *p)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m), *below = node_zone(&m, 0, DMA32);

	state_set(&m, m.system->from_report, 1);
	state_set(&m, m.system->min_free_kbytes, 1000);
	state_set(&m, node_zone(&m, 0, DMA)->nr_free_pages, 0);
	state_set(&m, z->nr_free_pages, p->free);
	state_set(&m, below->nr_free_pages, p->below_free);
	for (uint32_t i = 0; i < NR_WMARK; i++) {
		state_set(&m, z->watermark[i], p->min + i * p->gap);
		state_set(&m, below->watermark[i], 10 + 2 * i);
	}
	state_set(&m, below->lowmem_reserve[NORMAL], p->reserve);
	return m;
}

/* A report does not print sysctls: they are estimated. */
static void check_reported(const struct printed *p, enum flip_id id)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL };
	struct machine m = reported(p);
	struct flip flips[FLIPS_MAX];
	const struct flip *f;

	f = find(flips, flips_find(&m, &r, flips, FLIPS_MAX), id);
	CHECK_STR(f ? f->text : "", p->text);
	arena_destroy(&m);
}

/*
 * What is printed changes in proportion. Of 400 the gap 100 is a quarter: with
 * 399 kbytes min is 159, the gap 39, and low 198. A gap of more is due to
 * watermark_scale_factor, and stays: with 498 kbytes min is 199, and low 399. A
 * gap of less shows a boost; writing the sysctl drops it, and low is 253.
 */
static void test_report_min_free_kbytes(void)
{
	static const struct printed rows[] = {
		{ 200, 0, 400, 100, 0, "min_free_kbytes about 1000 -> 399" },
		{ 400, 0, 401, 200, 0, "min_free_kbytes about 1000 -> 498" },
		{ 254, 0, 400, 50, 0, "" },
		{ 253, 0, 400, 50, 0, "min_free_kbytes about 1000 -> 999" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_reported(&rows[i], FLIP_min_free_kbytes);
}

/*
 * DMA32 lacks one page, whatever it reserves for Normal's 768 pages. The
 * default ratio, 256, reserves 3; 4 is near enough.
 */
static void test_report_lowmem_reserve_ratio(void)
{
	static const struct printed rows[] = {
		{ 0, 15, 400, 100, 3,
		  "lowmem_reserve_ratio of DMA32 256 -> 257" },
		{ 0, 16, 400, 100, 4,
		  "lowmem_reserve_ratio of DMA32 about 256 -> 257" },
		{ 0, 17, 400, 100, 5,
		  "lowmem_reserve_ratio of DMA32 about 154 -> 155" },
		{ 0, 24, 400, 100, 12,
		  "lowmem_reserve_ratio of DMA32 about 64 -> 65" },
		{ 0, 12, 400, 100, 0, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_reported(&rows[i], FLIP_lowmem_reserve_ratio);
}

int main(void)
{
	test_boot_with_it();
	test_session();
	test_bounds();
	test_texts();
	test_report_min_free_kbytes();
	test_report_lowmem_reserve_ratio();
	return test_done();
}
