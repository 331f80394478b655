/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_sizing: watermarks, reserves, thresholds and zonelists are those that
 * Linux computes from sizes and sysctls.
 *
 * The test loads the first state of a recorded machine, overwrites in a copy
 * all that boot computes, computes it again and compares. Without recordings,
 * it uses the machines that this file describes.
 *
 * Two values of a running kernel are older than its zones' sizes, since boot
 * frees its init sections and the initrd last. min_free_kbytes is therefore
 * taken as recorded. A stat_threshold must be that of a size between the
 * recorded one and one that is LATE_PAGES smaller; only where a multiple of
 * 32768 pages lies between them can the two differ.
 */
#include <dirent.h>

#include "replay/recording.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"
#include "snapshot/snapshot.h"
#include "state/state.h"
#include "test.h"

/* Twice what the recorded kernels freed after they computed thresholds. */
enum { LATE_PAGES = 4096 };

#define WIPE(field) (*(uint32_t *)(uintptr_t) & (field) = UINT32_MAX)

static char message[512];

/* CHECK_EQ for a field of a machine of a file. */
#define SAME(file, got, expected)                                              \
	do {                                                                   \
		if ((got) != (expected))                                       \
			fprintf(stderr, "%s:\n", file);                        \
		CHECK_EQ(got, expected);                                       \
	} while (0)

static void wipe_zone(const struct machine *m, const struct zone *zone)
{
	for (int mark = 0; mark < NR_WMARK; mark++)
		WIPE(zone->watermark[mark]);
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		WIPE(zone->lowmem_reserve[i]);
	WIPE(zone->stat_threshold);
	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++) {
		WIPE(zone_pcp(m, zone, cpu)->high);
		WIPE(zone_pcp(m, zone, cpu)->batch);
	}
}

static void wipe(const struct machine *m)
{
	const struct system *s = m->system;

	WIPE(s->totalreserve_pages);
	for (uint32_t i = 0; i < s->nr_zones; i++)
		wipe_zone(m, &m->zones[i]);
	for (uint32_t nid = 0; nid < s->nr_nodes; nid++) {
		WIPE(m->nodes[nid].totalreserve_pages);
		for (int list = 0; list < MAX_ZONELISTS; list++) {
			WIPE(m->nodes[nid].zonelists[list].first);
			WIPE(m->nodes[nid].zonelists[list].nr);
		}
	}
	memset((void *)(uintptr_t)m->zonerefs, 0xff,
	       s->nr_zonerefs * sizeof(*m->zonerefs));
}

static void compute(struct machine *m)
{
	setup_per_zone_wmarks(m);
	setup_per_zone_lowmem_reserve(m);
	calculate_totalreserve_pages(m);
	setup_per_cpu_pageset(m);
	refresh_zone_stat_thresholds(m);
	build_all_zonelists(m);
}

/* The threshold of zone @a, had it so many pages when it was computed. */
static uint32_t threshold_of(struct machine *m, const struct zone *a,
			     uint32_t managed)
{
	const uint32_t now = a->managed;
	uint32_t threshold;

	state_set(m, a->managed, managed);
	refresh_zone_stat_thresholds(m);
	threshold = a->stat_threshold;
	state_set(m, a->managed, now);
	refresh_zone_stat_thresholds(m);
	return threshold;
}

static void compare_threshold(const char *file, struct machine *got,
			      const struct zone *a, const struct zone *b)
{
	const uint32_t late = a->managed < LATE_PAGES ? a->managed : LATE_PAGES;

	if (b->stat_threshold != threshold_of(got, a, a->managed - late))
		SAME(file, a->stat_threshold, b->stat_threshold);
}

static void compare_zone(const char *file, struct machine *got,
			 const struct machine *want, uint32_t id)
{
	const struct zone *a = &got->zones[id], *b = &want->zones[id];

	if (!populated_zone(b))
		return;
	for (int mark = 0; mark < NR_WMARK; mark++)
		SAME(file, a->watermark[mark], b->watermark[mark]);
	for (uint32_t i = 0; i < want->system->nr_zone_types; i++)
		SAME(file, a->lowmem_reserve[i], b->lowmem_reserve[i]);
	compare_threshold(file, got, a, b);
	for (uint32_t cpu = 0; cpu < want->system->nr_cpus; cpu++) {
		SAME(file, zone_pcp(got, a, cpu)->high,
		     zone_pcp(want, b, cpu)->high);
		SAME(file, zone_pcp(got, a, cpu)->batch,
		     zone_pcp(want, b, cpu)->batch);
	}
}

static void compare_zonelist(const char *file, const struct machine *got,
			     const struct machine *want, uint32_t nid, int list)
{
	const struct zonelist *a = &got->nodes[nid].zonelists[list];
	const struct zonelist *b = &want->nodes[nid].zonelists[list];

	SAME(file, a->nr, b->nr);
	for (uint32_t i = 0; i < b->nr && i < a->nr; i++)
		SAME(file, got->zonerefs[a->first + i].zone,
		     want->zonerefs[b->first + i].zone);
}

static void compare(const char *file, struct machine *got,
		    const struct machine *want)
{
	for (uint32_t id = 0; id < want->system->nr_zones; id++)
		compare_zone(file, got, want, id);
	for (uint32_t nid = 0; nid < want->system->nr_nodes; nid++) {
		SAME(file, got->nodes[nid].totalreserve_pages,
		     want->nodes[nid].totalreserve_pages);
		for (int list = 0; list < MAX_ZONELISTS; list++)
			compare_zonelist(file, got, want, nid, list);
	}
	SAME(file, got->system->totalreserve_pages,
	     want->system->totalreserve_pages);
}

static void check_recording(const char *path)
{
	struct machine recorded, computed;
	struct file_error error = { "" };

	if (!snapshot_load(path, &recorded, &error)) {
		CHECK_STR(error.text, "");
		return;
	}
	message[0] = '\0';
	CHECK(machine_check(&recorded, message, sizeof(message)));
	CHECK_STR(message, "");
	CHECK(arena_clone(&computed, &recorded));
	wipe(&computed);
	compute(&computed);
	compare(path, &computed, &recorded);
	arena_destroy(&computed);
	arena_destroy(&recorded);
}

static unsigned int check_recordings(const char *folder)
{
	char path[2048];
	struct dirent *entry;
	unsigned int nr = 0;
	DIR *dir;

	dir = opendir(folder);
	if (!dir)
		return 0;
	while ((entry = readdir(dir))) {
		const char *end = strrchr(entry->d_name, '.');

		if (!end || strcmp(end, ".jsonl"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (!recording_is(path))
			continue;
		check_recording(path);
		nr++;
	}
	closedir(dir);
	return nr;
}

static struct machine_description *describe(enum machine_arch arch,
					    uint32_t min_free_kbytes)
{
	struct machine_description *d = machine_description_new();

	if (!d)
		exit(EXIT_FAILURE);
	d->arch = arch;
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = min_free_kbytes;
	return d;
}

static void add_hole(struct node_description *n, uint32_t pfn, uint32_t nr)
{
	n->holes[n->nr_holes++] = (struct page_range){ pfn, nr };
}

static void add_reserved(struct node_description *n, uint32_t pfn, uint32_t nr)
{
	n->reserved[n->nr_reserved++] = (struct page_range){ pfn, nr };
}

static bool boot(struct machine *m, struct machine_description *d)
{
	enum boot_error error;

	message[0] = '\0';
	error = machine_boot(m, d, message, sizeof(message));
	free(d);
	CHECK_STR(message, "");
	CHECK_EQ(error, BOOT_OK);
	return !error;
}

/* What a real zone had. */
struct zone_facts {
	uint32_t nid, idx, managed, watermark[NR_WMARK], high, batch, threshold;
	uint32_t lowmem_reserve[MAX_NR_ZONES];
};

static void check_zone(const char *name, const struct machine *m,
		       const struct zone_facts *f)
{
	const struct zone *zone = node_zone(m, f->nid, f->idx);

	SAME(name, zone->managed, f->managed);
	for (int mark = 0; mark < NR_WMARK; mark++)
		SAME(name, zone->watermark[mark], f->watermark[mark]);
	SAME(name, zone_pcp(m, zone, 0)->high, f->high);
	SAME(name, zone_pcp(m, zone, 0)->batch, f->batch);
	SAME(name, zone->stat_threshold, f->threshold);
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		SAME(name, zone->lowmem_reserve[i], f->lowmem_reserve[i]);
}

/* "02 01 00 12 ...": node and zone index of each entry. */
static void check_zonelist(const char *name, const struct machine *m,
			   uint32_t nid, const char *expected)
{
	const struct zonelist *list =
		&m->nodes[nid].zonelists[ZONELIST_FALLBACK];
	char text[256] = "";
	size_t used = 0;

	for (uint32_t i = 0; i < list->nr && used + 8 < sizeof(text); i++) {
		const struct zoneref *ref = &m->zonerefs[list->first + i];

		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s%u%u", i ? " " : "", ref->nid,
					 ref->idx);
	}
	if (strcmp(text, expected))
		fprintf(stderr, "%s node %u:\n", name, nid);
	CHECK_STR(text, expected);
}

/* Four nodes, uneven distances; sizes as a real kernel saw them. */
static void test_quad(void)
{
	static const uint32_t distance[4][4] = {
		{ 10, 20, 40, 30 },
		{ 20, 10, 25, 35 },
		{ 40, 25, 10, 15 },
		{ 30, 35, 15, 10 },
	};
	static const struct zone_facts facts[] = {
		{ 0,
		  0,
		  3977,
		  { 81, 101, 121 },
		  0,
		  1,
		  2,
		  { 0, 2950, 4414, 4414, 4414 } },
		{ 0,
		  1,
		  755451,
		  { 15472, 19340, 23208 },
		  378,
		  63,
		  12,
		  { 0, 0, 1463, 1463, 1463 } },
		{ 0, 2, 374675, { 7673, 9591, 11509 }, 378, 63, 10, { 0 } },
		{ 1, 2, 258005, { 5284, 6605, 7926 }, 378, 63, 8, { 0 } },
		{ 2, 2, 128981, { 2641, 3301, 3961 }, 186, 31, 6, { 0 } },
		{ 3, 2, 128869, { 2639, 3298, 3957 }, 186, 31, 6, { 0 } },
	};
	struct machine_description *d = describe(ARCH_AMD64, 135168);
	struct machine m;

	d->nr_nodes = 4;
	d->node[0].nr_pages = 1441792;
	d->node[1].nr_pages = 262144;
	d->node[2].nr_pages = 131072;
	d->node[3].nr_pages = 131072;
	add_hole(&d->node[0], 159, 97);
	add_hole(&d->node[0], 786400, 262176);
	add_reserved(&d->node[0], 1, 21);
	add_reserved(&d->node[0], 5000, 26853);
	add_reserved(&d->node[0], 1048576, 18541);
	add_reserved(&d->node[1], 1441792, 4139);
	add_reserved(&d->node[2], 1703936, 2091);
	add_reserved(&d->node[3], 1835008, 2203);
	d->has_distance = true;
	for (int i = 0; i < 4; i++)
		memcpy(d->distance[i], distance[i], sizeof(distance[i]));
	if (!boot(&m, d))
		return;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		check_zone("quad", &m, &facts[i]);
	CHECK_EQ(m.nodes[0].totalreserve_pages, 40157);
	CHECK_EQ(m.nodes[1].totalreserve_pages, 7926);
	CHECK_EQ(m.system->totalreserve_pages, 56001);
	check_zonelist("quad", &m, 0, "02 01 00 12 32 22");
	check_zonelist("quad", &m, 1, "12 02 01 00 22 32");
	check_zonelist("quad", &m, 2, "22 32 12 02 01 00");
	check_zonelist("quad", &m, 3, "32 22 02 01 00 12");
	arena_destroy(&m);
}

/* 32-bit with HighMem: little kept there, and a gap as of its size. */
static void test_highmem(void)
{
	static const struct zone_facts facts[] = {
		{ 0,
		  0,
		  3979,
		  { 197, 246, 295 },
		  0,
		  1,
		  2,
		  { 0, 835, 1491, 1491 } },
		{ 0,
		  1,
		  213914,
		  { 10600, 13250, 15900 },
		  378,
		  63,
		  8,
		  { 0, 0, 5247, 5247 } },
		{ 0, 2, 167906, { 128, 2208, 4288 }, 186, 31, 8, { 0 } },
	};
	struct machine_description *d = describe(ARCH_I386, 43192);
	struct machine m;

	d->nr_nodes = 1;
	d->node[0].nr_pages = 393184;
	add_hole(&d->node[0], 159, 97);
	add_reserved(&d->node[0], 1, 19);
	add_reserved(&d->node[0], 5000, 7268);
	if (!boot(&m, d))
		return;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		check_zone("highmem", &m, &facts[i]);
	CHECK_EQ(m.system->totalreserve_pages, 27221);
	check_zonelist("highmem", &m, 0, "02 01 00");
	arena_destroy(&m);
}

/* arm64, two nodes with CMA areas, which count as managed. */
static void test_cma(void)
{
	static const struct zone_facts facts[] = {
		{ 0, 0, 55645, { 317, 396, 475 }, 90, 15, 4, { 0 } },
		{ 1, 0, 65264, { 372, 465, 558 }, 90, 15, 4, { 0 } },
	};
	struct machine_description *d = describe(ARCH_ARM64, 2762);
	struct machine m;

	d->nr_nodes = 2;
	d->node[0].start_pfn = 262144;
	d->node[0].nr_pages = 65536;
	d->node[1].nr_pages = 65536;
	add_reserved(&d->node[0], 262144, 9891);
	add_reserved(&d->node[1], 327680, 272);
	d->node[0].cma[0].nr_pages = 12288;
	d->node[1].cma[0].nr_pages = 24576;
	d->node[0].nr_cma = d->node[1].nr_cma = 1;
	if (!boot(&m, d))
		return;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		check_zone("cma", &m, &facts[i]);
	CHECK_EQ(node_zone(&m, 1, 0)->nr_free_cma, 24576);
	CHECK_EQ(m.system->totalreserve_pages, 1033);
	check_zonelist("cma", &m, 0, "00 10");
	arena_destroy(&m);
}

/* Nodes of equal distance are ordered by number and by load, not by cpus. */
static void test_ties(void)
{
	static const char *const expected[][4] = {
		/* a cpu on node 0 only: that makes no difference */
		{ "01 00 11 21 31", "11 21 31 01 00", "21 31 01 00 11",
		  "31 01 00 11 21" },
		/* a cpu on each, nodes 0 and 1 near each other */
		{ "01 00 11 21 31", "11 01 00 31 21", "21 31 01 00 11",
		  "31 21 01 00 11" },
		/* three nodes, a cpu on each: the higher number first */
		{ "01 00 11 21", "11 21 01 00", "21 01 00 11", NULL },
	};

	for (uint32_t i = 0; i < 3; i++) {
		struct machine_description *d = describe(ARCH_AMD64, 1024);
		struct machine m;

		d->nr_nodes = i == 2 ? 3 : 4;
		d->nr_cpus = i ? d->nr_nodes : 1;
		for (uint32_t a = 0; a < d->nr_nodes; a++) {
			d->node[a].nr_pages = 8192;
			for (uint32_t b = 0; b < d->nr_nodes; b++)
				d->distance[a][b] = a == b ? 10 : 20;
		}
		if (i == 1)
			d->distance[0][1] = d->distance[1][0] = 15;
		d->has_distance = true;
		if (!boot(&m, d))
			continue;
		for (uint32_t nid = 0; nid < m.system->nr_nodes; nid++)
			check_zonelist("ties", &m, nid, expected[i][nid]);
		arena_destroy(&m);
	}
}

int main(void)
{
	const char *recordings = getenv("ZONEWALK_RECORDINGS");
	unsigned int nr = 0;

	test_quad();
	test_highmem();
	test_cma();
	test_ties();
	if (recordings)
		nr = check_recordings(recordings);
	printf("%u recordings\n", nr);
	return test_done();
}
