/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_fields: the expected value of every field of every event.
 *
 * Computed from the machine before and after the event, from the request,
 * and from the events before it, which have been checked already; without a
 * call of the allocator. EXPECT(event, .field = value, ...) defines the
 * expectation of one event. Every event of events.def needs one: without it
 * the test does not link and names the missing expect_EVENT().
 *
 * event_fields.c           the step: where in its request an event stands
 * event_fields_request.c   the request, page preparation, frees, control
 * event_fields_walk.c      zonelist walk and watermarks
 * event_fields_account.c   where a zone's free pages are
 * event_fields_lists.c     counters, per-cpu lists, free lists
 * event_fields_fallback.c  fallback and isolation
 * event_fields_order.c     which event follows which
 * event_fields_random.c    random requests
 */
#ifndef TESTS_EVENT_FIELDS_H
#define TESTS_EVENT_FIELDS_H

#include <stdlib.h>
#include <string.h>

#include "model/model_machine.h"
#include "session/session.h"

/* One step of a session, and what the steps of its request before it did. */
struct step {
	struct session *session;
	const struct machine *m; /* at this step */
	const struct machine *before; /* at the step before */
	struct changes changes;
	const struct request *r;
	const struct event *event;
	const struct event *prev; /* of the same request; NULL: none */
	uint32_t cpu; /* of the request */
	const struct zone *zone; /* that the request works on */

	/* an allocation: its alloc_context */
	gfp_t gfp; /* with __GFP_HARDWALL where cpusets are in use */
	bool has_nodemask;
	uint64_t nodemask;
	uint32_t highest_zoneidx;
	uint32_t type; /* requested migratetype */
	const struct zoneref *list; /* the zonelist */
	uint32_t nr_zones;
	const struct zoneref *preferred; /* NULL: no usable zone */
	uint32_t prepared_flags; /* alloc flags of prepare_alloc_pages() */
	uint32_t flags; /* alloc flags of this pass */

	/* the walk */
	uint32_t pass;
	uint32_t position; /* in the zonelist, from 0 */
	bool zone_is_done; /* the next check is about the next zone */
	bool is_again; /* the watermark is checked again for the same zone */
	uint32_t dirty_node; /* the last over its dirty limit */

	/* node_reclaim() */
	const struct zone *refused; /* zone that the walk has reached */
	bool is_reclaiming;
	uint32_t nr_reclaimed;

	/* isolation */
	uint32_t looked_at; /* first page of the pageblock; PFN_NONE: none */
	bool is_busy; /* it is being undone */

	/* blocks */
	uint32_t freed; /* by __free_pages() */
	uint32_t taken, taken_order; /* that left the free lists last */
	uint32_t freeing; /* that is being freed and merged */
	uint32_t drained, drained_type; /* that left a per-cpu list last */
	uint32_t stolen; /* block found by the fallback */
	uint32_t stolen_type, fallback; /* type of its pageblock; of its list */
	uint32_t pageblock, old_type; /* the last that changed its type */
	int32_t counted; /* the last change of NR_FREE_PAGES */
	bool is_prepared; /* prep_new_page() has been called */
	bool can_reserve; /* its pageblock, as MIGRATE_HIGHATOMIC */
};

/* Set up @s for its event, and note what the event, as expected, did. */
void step_begin(struct step *s);
void step_end(struct step *s, const void *expected);

/*
 * The first page whose state changed from one of @from to one of @to (bits
 * 1 << PAGE_x); 0, which is never allocated, if none did.
 */
uint32_t changed_page(const struct step *s, uint32_t from, uint32_t to);
/* The cpu's lists in the step's zone. */
const struct per_cpu_pages *step_pcp(const struct step *s);
/* The pages that node_reclaim() can free of the zone's node, now. */
uint32_t count_reclaimable(const struct step *s);
/* The range of an isolation, as far as it lies in the zone. */
uint32_t range_first(const struct step *s);
/* Do pageblocks get the type of the request: UNISOLATE, or a busy ISOLATE? */
bool is_ending_isolation(const struct step *s);
/* The zone that spans @pfn; s->zone if none does. */
const struct zone *zone_of(const struct step *s, uint32_t pfn);
/* The first page of @pfn's pageblock. */
uint32_t pageblock_of(const struct step *s, uint32_t pfn);
/* Is the watermark checked again for the same zone? */
bool is_second_watermark_check(const struct step *s);
/*
 * The account of the zone's free pages: the watermark check @refused the
 * request; or something else, NULL.
 */
struct free_account expect_account(const struct step *s,
				   const struct event_watermark_check *refused);
/* The free pages of @z that are not isolated. */
uint32_t expect_free_pages(const struct machine *m, const struct zone *z);
/* How many pages the zone reserves for MIGRATE_HIGHATOMIC at most. */
uint32_t reserve_limit(const struct step *s);

#define NR(array) (uint32_t)(sizeof(array) / sizeof((array)[0]))

/* The event before, if it is a @name of the same request; or NULL. */
#define PREV(s, name) ((s)->prev ? event_get((s)->prev, name) : NULL)

/* As zone_page_state(): a counter below zero reads as zero. */
static inline int64_t counter(int32_t value)
{
	return value > 0 ? value : 0;
}

/* "@name" compared with the fields of this struct. */
#define EXPECT(name, ...)                                                      \
	void expect_##name(const struct step *s, void *fields)                 \
	{                                                                      \
		*(struct event_##name *)fields =                               \
			(struct event_##name){ __VA_ARGS__ };                  \
	}
#define IN_ZONE(z) .nid = (z)->node, .zone = (z)->idx

#define EVENT(name, stage, function, text, ...)                                \
	void expect_##name(const struct step *s, void *fields);
#include "events/events.def"

/* May the event come after the one before? May a request end with it? */
bool is_in_order(const struct step *s);
bool may_be_last(const struct event *event);

/* @nr random requests. Returns false when memory is short. */
bool random_requests(struct session *session, struct rng *rng, uint32_t nr);

#endif
