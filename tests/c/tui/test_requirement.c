/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a request requires of a zone is shown before the zone is checked: it
 * has to be what the check then reports. For every lesson, and for requests
 * with flags of every kind.
 */
#include <dirent.h>

#include "boot/boot.h"
#include "requests.h"
#include "sandbox/run.h"
#include "test.h"
#include "views/requirement.h"

/* Of the alloc flags, those that a watermark check depends on. */
#define WATERMARK_FLAGS                                                        \
	(ALLOC_WMARK_MASK | ALLOC_NO_WATERMARKS | ALLOC_HARDER | ALLOC_HIGH |  \
	 ALLOC_OOM | ALLOC_CMA)

/* How many checks were shown before they were made, by what they depend on. */
static struct {
	uint32_t all, min, high, lowered, cma, highatomic, boost, reserve,
		block, refused;
} shown;

static void count(const struct event_watermark_check *c)
{
	shown.all++;
	shown.min += c->wmark == WMARK_MIN;
	shown.high += c->wmark == WMARK_HIGH;
	shown.lowered += c->watermark < (int32_t)(c->base + c->boost);
	shown.cma += c->cma != 0;
	shown.highatomic += c->highatomic != 0;
	shown.boost += c->boost != 0;
	shown.reserve += c->lowmem_reserve != 0;
	shown.block += c->order != 0;
	shown.refused += !c->ok;
}

/* The first check of a zone after a step of its request; NULL: none. */
static const struct event_watermark_check *next_check(const struct session *s,
						      const struct request *r,
						      uint32_t step,
						      const struct zone *zone)
{
	while (++step <= r->last_step) {
		const struct event_watermark_check *c =
			event_get(history_event(session_history(s), step),
				  watermark_check);

		if (c && c->nid == zone->node && c->zone == zone->idx)
			return c;
	}
	return NULL;
}

/* Is what is shown the same as @c, apart from the place in the zonelist? */
static bool agrees(const struct view_model *vm, struct requirement *r,
		   const struct event_watermark_check *c, const char *name)
{
	count(c);
	/* the walk has its flags, until it restarts without one of them */
	if (vm->pass && event_id(vm->event) != EVENT_nofragment_retry &&
	    r->check.alloc_flags != c->alloc_flags)
		r->check.free = -1;
	r->check.position = c->position;
	r->check.alloc_flags = (r->check.alloc_flags & WATERMARK_FLAGS) |
			       (c->alloc_flags & ~(uint32_t)WATERMARK_FLAGS);
	if (!memcmp(&r->check, c, sizeof(*c)))
		return true;
	fprintf(stderr,
		"%s, step %u, node %u zone %u: %d - %d > %d + %u is shown, "
		"%d - %d > %d + %u checked\n",
		name, vm->step, c->nid, c->zone, r->check.free,
		r->check.unusable, r->check.watermark, r->check.lowmem_reserve,
		c->free, c->unusable, c->watermark, c->lowmem_reserve);
	return false;
}

/*
 * The picture of each step shows what the next check of its zone reports; and
 * so would the step before each check, with that zone in focus.
 */
static bool step_agrees(struct view_model *vm, const char *name)
{
	const struct event_watermark_check *c;
	struct requirement r;
	bool ok = true;

	if (!vm->requested || !requirement_init(vm, &r))
		return true;
	c = next_check(vm->session, vm->request, vm->step, vm->zone);
	if (c && !r.made)
		ok = agrees(vm, &r, c, name);
	c = vm->step < vm->request->last_step ?
		    event_get(history_event(session_history(vm->session),
					    vm->step + 1),
			      watermark_check) :
		    NULL;
	if (!c || c->check == WATERMARK_STEP_unboosted ||
	    c->check == WATERMARK_STEP_after_reclaim)
		return ok;
	vm->zone = node_zone(vm->m, c->nid, c->zone);
	vm->check = NULL;
	return requirement_init(vm, &r) && agrees(vm, &r, c, name) && ok;
}

static void check_session(struct session *s, const char *name)
{
	static const struct view_state v = { .focus = 0 };
	static struct view_model vm;
	uint32_t nr_bad = 0;

	for (uint32_t step = 0; step <= session_nr_steps(s); step++) {
		session_seek(s, step);
		vm.view = &v;
		view_model_build(&vm, s, name, NULL);
		nr_bad += !step_agrees(&vm, name);
	}
	CHECK_EQ(nr_bad, 0);
}

static void check_lesson(const char *folder, const char *name)
{
	const struct scenario_options options = { .record = true,
						  .isolation = ISOLATION_NONE };
	struct scenario *sc;
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	sc = scenario_run(path, &options);
	CHECK(sc);
	for (uint32_t i = 0; sc && i < scenario_nr_sessions(sc); i++)
		check_session(scenario_session(sc, i), name);
	scenario_free(sc);
}

static void check_lessons(void)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char folder[512];
	struct dirent *entry;
	DIR *d;

	snprintf(folder, sizeof(folder), "%s/scenarios", source ? source : ".");
	d = opendir(folder);
	CHECK(d);
	while (d && (entry = readdir(d)))
		if (strstr(entry->d_name, ".lua"))
			check_lesson(folder, entry->d_name);
	if (d)
		closedir(d);
}

/* 64 MiB of arm64 on two nodes, one with a CMA area. */
static struct session *cma_session(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";

	CHECK(d);
	d->arch = ARCH_ARM64;
	d->nr_nodes = 2;
	d->node[0].nr_pages = d->node[1].nr_pages = 8192;
	d->node[0].nr_cma = 1;
	d->node[0].cma[0] = (struct page_range){ 4096, 1024 };
	CHECK_EQ(machine_boot(&m, d, message, sizeof(message)), BOOT_OK);
	free(d);
	return session_new(&m, true);
}

/*
 * Flags of every kind, order 0 and more, until the zones refuse: the full
 * check, which lowers the watermark, and the short cut, which does not.
 */
static void check_flags(void)
{
	static const uint32_t flags[] = {
		ALLOC_WMARK_MIN,
		ALLOC_WMARK_LOW,
		ALLOC_WMARK_HIGH,
		ALLOC_WMARK_MIN | ALLOC_HIGH,
		ALLOC_WMARK_MIN | ALLOC_HARDER,
		ALLOC_WMARK_MIN | ALLOC_HIGH | ALLOC_HARDER,
		ALLOC_WMARK_MIN | ALLOC_HIGH | ALLOC_OOM,
		ALLOC_WMARK_LOW | ALLOC_CMA,
		ALLOC_NO_WATERMARKS,
	};
	static const gfp_t masks[] = { GFP_KERNEL, GFP_HIGHUSER_MOVABLE,
				       GFP_ATOMIC, GFP_KERNEL | __GFP_DMA };
	enum { NR_FLAGS = sizeof(flags) / sizeof(*flags) };
	struct session *s = cma_session();

	for (uint32_t i = 0; i < 40 * (NR_FLAGS + 1); i++) {
		uint32_t flag = i % (NR_FLAGS + 1);
		const struct alloc_request r = {
			.gfp = masks[i / (NR_FLAGS + 1) % 4],
			.order = i % 3 ? i % 9 : 0,
			.nid = i % 2,
			.has_alloc_flags = flag < NR_FLAGS,
			.alloc_flags = flag < NR_FLAGS ? flags[flag] : 0,
		};

		make_alloc(s, &r, NULL, "");
	}
	check_session(s, "flags");
	session_free(s);
}

int main(void)
{
	check_flags();
	CHECK(shown.min && shown.high && shown.lowered && shown.cma);
	CHECK(shown.highatomic && shown.boost && shown.block && shown.refused);
	check_lessons();
	CHECK(shown.reserve);
	printf("%u checks shown before, %u refuse\n", shown.all, shown.refused);
	return test_done();
}
