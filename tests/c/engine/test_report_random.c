/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_random: reports of random counts, and of machines of this
 * program after random requests, whose blocks fit by construction.
 */
#include "made_report.h"

#include "boot/boot.h"
#include "mm/allocator.h"
#include "session/session.h"
#include "snapshot/snapshot.h"
#include "state/arena.h"

enum { NR_REPORTS = 200, NR_REQUESTS = 300, NR_KEPT = 64 };

static uint64_t seed = 1;

static uint32_t random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

/* Random requests, most of them freed again; the machine stays consistent. */
static void use_machine(struct machine *m)
{
	static const gfp_t masks[] = { GFP_KERNEL, GFP_HIGHUSER_MOVABLE,
				       GFP_ATOMIC, GFP_DMA32,
				       GFP_KERNEL | __GFP_RECLAIMABLE };
	struct kept {
		uint32_t pfn, order;
	} kept[NR_KEPT] = { { 0, 0 } };
	bool used[NR_KEPT] = { false };
	char message[512] = "";

	for (int i = 0; i < NR_REQUESTS; i++) {
		const uint32_t at = random_below(NR_KEPT);
		struct alloc_request request = {
			.gfp = masks[random_below(5)],
			.order = random_below(4) ? random_below(3) :
						   random_below(m->max_order),
		};

		if (used[at])
			CHECK_EQ(machine_free(m, 0, kept[at].pfn,
					      kept[at].order),
				 MACHINE_ERROR_none);
		used[at] = false;
		kept[at].order = request.order;
		if (machine_alloc(m, &request, &kept[at].pfn) ==
			    MACHINE_ERROR_none &&
		    kept[at].pfn != PFN_NONE)
			used[at] = true;
	}
	CHECK(machine_check(m, message, sizeof(message)));
	CHECK_STR(message, "");
}

/* The machine has the blocks of the report, type by type. */
static void compare_blocks(const struct report *r, const struct machine *m)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *zone = &m->zones[i];
		const struct report_zone *from = report_zone_of(r, zone);

		if (!populated_zone(zone))
			continue;
		CHECK_EQ(zone->nr_free_pages, from->number[REPORT_free]);
		for (unsigned int o = 0; o < m->max_order; o++) {
			if (from->has_lists)
				CHECK_EQ(zone->nr_free[o],
					 from->list[o].nr_blocks);
			for (unsigned int t = 0;
			     from->has_types && t < MIGRATE_TYPES; t++)
				CHECK_EQ(listed_blocks(m, zone, o, t),
					 from->by_type[t][o]);
		}
	}
}

/* A snapshot of the machine holds all of it. */
static void round_trip(const struct machine *m)
{
	struct machine clone, again;
	struct session *a, *b = NULL;
	struct file_error error = { .text = "" };
	char *before, *after = NULL;

	if (!arena_clone(&clone, m) || !(a = session_new(&clone, false)))
		exit(EXIT_FAILURE);
	before = snapshot_text(a);
	if (snapshot_load_text("snapshot", before, strlen(before), &again,
			       &error))
		b = session_new(&again, false);
	CHECK_STR(error.text, "");
	if (b) {
		CHECK_EQ(session_machine(b)->system->from_report, 1);
		CHECK_EQ(session_machine(b)->system->large_reserves,
			 m->system->large_reserves);
		CHECK_EQ(page_size(session_machine(b)), page_size(m));
		after = snapshot_text(b);
		CHECK(!strcmp(before, after));
		session_free(b);
	}
	session_free(a);
	free(before);
	free(after);
}

static void add_random_zone(struct report *r, uint32_t nid, enum zone_type type)
{
	const int64_t present = 1024 + random_below(400000);
	struct zone_row row = {
		.nid = nid,
		.type = type,
		.min = random_below(500),
		.present = present,
		.managed = present - random_below(100),
		.free_cma = random_below(2) * random_below(200),
		.reserved = random_below(3) * 512,
		.lowmem_reserve = "0 10 20 30 40",
	};
	struct report_zone *zone;
	int64_t left = row.managed / (1 + random_below(20)), free = 0;

	row.low = row.min + 10;
	row.high = row.low + 10;
	zone = report_add(r, &row);
	zone->has_lists = true;
	for (unsigned int o = r->max_order; o-- > 0;) {
		uint32_t most = (uint32_t)(left >> o >> random_below(4));

		zone->list[o].nr_blocks = random_below(most + 1);
		zone->list[o].types = random_below(64);
		left -= (int64_t)zone->list[o].nr_blocks << o;
		free += (int64_t)zone->list[o].nr_blocks << o;
	}
	zone_set(zone, REPORT_free, free + random_below(40));
}

static void random_report(void)
{
	struct machine m;
	struct report r;

	report_init(&r, 6);
	r.page_shift = 12 + 2 * random_below(3);
	r.max_order = 9 + random_below(7);
	for (uint32_t nid = 0; nid < 1 + random_below(2); nid++)
		for (uint32_t type = 0; type < 3; type++)
			if (!type || random_below(2))
				add_random_zone(&r, nid, type);
	if (make_machine(&r, &m)) {
		compare_blocks(&r, &m);
		round_trip(&m);
		use_machine(&m);
		arena_destroy(&m);
	}
	report_destroy(&r);
}

/* -- reports of machines ---------------------------------------------------- */

static void report_of_zone(struct report *r, const struct machine *m,
			   const struct zone *zone)
{
	struct report_zone *to = report_add(
		r, &(struct zone_row){ .nid = zone->node,
				       .type = zone->type,
				       .free = zone->nr_free_pages,
				       .min = zone->watermark[WMARK_MIN],
				       .low = zone->watermark[WMARK_LOW],
				       .high = zone->watermark[WMARK_HIGH],
				       .present = zone->present,
				       .managed = zone->managed,
				       .free_cma = zone->nr_free_cma });

	zone_set(to, REPORT_spanned, zone->spanned);
	zone_set(to, REPORT_start_pfn, zone->start_pfn);
	to->nr_lowmem_reserve = m->system->nr_zone_types;
	for (uint32_t i = 0; i < to->nr_lowmem_reserve; i++)
		to->lowmem_reserve[i] = zone->lowmem_reserve[i];
	to->has_types = to->has_lists = true;
	for (unsigned int o = 0; o < m->max_order; o++) {
		to->list[o].nr_blocks = zone->nr_free[o];
		for (unsigned int t = 0; t < MIGRATE_TYPES; t++)
			to->by_type[t][o] = listed_blocks(m, zone, o, t);
	}
}

static void report_of_machine(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m, made;
	char message[512] = "";
	struct report r;

	if (!d)
		exit(EXIT_FAILURE);
	d->nr_nodes = 1 + random_below(2);
	for (uint32_t nid = 0; nid < d->nr_nodes; nid++)
		d->node[nid].nr_pages = 2000 + random_below(30000);
	if (random_below(2)) {
		d->cma = 1;
		d->node[0].nr_cma = 1;
		d->node[0].cma[0].nr_pages = 1024;
	}
	CHECK_EQ(machine_boot(&m, d, message, sizeof(message)), BOOT_OK);
	free(d);
	use_machine(&m);
	report_init(&r, m.system->nr_zones);
	for (uint32_t i = 0; i < m.system->nr_zones; i++)
		if (populated_zone(&m.zones[i]))
			report_of_zone(&r, &m, &m.zones[i]);
	if (make_machine(&r, &made)) {
		compare_blocks(&r, &made);
		/* what a machine had fits where it was */
		for (uint32_t i = 0; i < m.system->nr_zones; i++)
			CHECK_EQ(made.zones[i].start_pfn, m.zones[i].start_pfn);
		use_machine(&made);
		arena_destroy(&made);
	}
	arena_destroy(&m);
	report_destroy(&r);
}

int main(void)
{
	for (int i = 0; i < NR_REPORTS; i++) {
		seed = (uint64_t)i + 1;
		if (i % 2)
			random_report();
		else
			report_of_machine();
	}
	return test_done();
}
