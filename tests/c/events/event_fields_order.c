/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_order: which event may follow which. */
#include "event_fields.h"

/* -- the conditions of event_order.def ------------------------------------- */

static bool is_entry(const struct step *s)
{
	return s->r->kind == REQUEST_ALLOC;
}

static bool is_isolation(const struct step *s)
{
	return s->r->kind == REQUEST_ISOLATE || s->r->kind == REQUEST_UNISOLATE;
}

/* Does fault injection look at the request? */
static bool can_fail(const struct step *s)
{
	const struct fault_attr *attr = &s->before->system->fail_page_alloc;

	return is_entry(s) && attr->probability && attr->times;
}

/* Is each zone checked against the cpuset, against the dirty limit? */
static bool is_restricted(const struct step *s)
{
	return s->m->system->cpusets && (s->flags & ALLOC_CPUSET);
}

static bool spreads(const struct step *s)
{
	return is_entry(s) && (s->r->alloc.gfp & __GFP_WRITE);
}

/* Did that check, the event before, allow the zone? */
static bool is_allowed(const struct step *s)
{
	return PREV(s, cpuset_check) ? PREV(s, cpuset_check)->ok :
				       PREV(s, dirty_check)->ok;
}

static bool skip_needs_check(const struct step *s)
{
	const struct event_zone_skip *skip = event_get(s->event, zone_skip);

	return skip->reason == SKIP_cpuset || skip->reason == SKIP_dirty;
}

/* Did the event before, if it is about a watermark, refuse the zone? */
static bool is_refused(const struct step *s)
{
	return PREV(s, watermark_check) ? !PREV(s, watermark_check)->ok :
	       PREV(s, free_area_check) ? !PREV(s, free_area_check)->ok :
					  true;
}

/* Is the zone tried: did the last watermark check pass, or is it ignored? */
static bool is_passed(const struct step *s)
{
	return PREV(s, zone_try) ||
	       (!is_refused(s) &&
		!(PREV(s, watermark_check) && s->r->alloc.order));
}

static bool may_use_cma(const struct step *s)
{
	return s->m->system->cma && (s->flags & ALLOC_CMA);
}

/* Is the request served by the per-cpu lists? */
static bool is_pcp(const struct step *s)
{
	return !s->r->alloc.order && (!s->m->system->cma || may_use_cma(s) ||
				      s->type != MIGRATE_MOVABLE);
}

static bool reserves(const struct step *s)
{
	return s->r->alloc.order && (s->flags & ALLOC_HARDER);
}

/* Does the steal mix two types in a pageblock? */
static bool boosts_watermark(const struct step *s)
{
	return s->stolen_type != MIGRATE_HIGHATOMIC &&
	       page_order(s->m->pages[s->stolen]) < s->m->pageblock_order;
}

/* Was ZONE_BOOSTED_WATERMARK cleared in this step? */
static bool is_woken(const struct step *s)
{
	return s->before->zones[s->zone - s->m->zones].boosted &&
	       !s->zone->boosted;
}

/* -- the table ------------------------------------------------------------- */

/* Is @name a word of @words? */
static bool is_word(const char *name, const char *words)
{
	const size_t length = strlen(name);

	for (; words; words = strchr(words, ' ')) {
		words += *words == ' ';
		if (!strncmp(words, name, length) &&
		    (!words[length] || words[length] == ' '))
			return true;
	}
	return false;
}

bool is_in_order(const struct step *s)
{
	const char *previous = s->prev ? event_type(s->prev)->name : "-";

#define FOLLOWS(events, words, condition)                                      \
	if (is_word(event_type(s->event)->name, events) &&                     \
	    is_word(previous, words) && (condition))                           \
		return true;
#define LAST(words)
#include "event_order.def"
	return false;
}

bool may_be_last(const struct event *event)
{
#define FOLLOWS(events, words, condition)
#define LAST(words) return is_word(event_type(event)->name, words);
#include "event_order.def"
}
