/* SPDX-License-Identifier: GPL-2.0-or-later */
/* watchpoint: candidates by the words that a step wrote, then a comparison. */
#include "search/watchpoint.h"

#include "model/text.h"

struct watchpoint watchpoint_page(uint32_t pfn)
{
	struct watchpoint w = { .kind = WATCHPOINT_PAGE, .pfn = pfn };

	print_to(w.name, TEXT_watch_page, pfn);
	return w;
}

struct watchpoint watchpoint_list(const struct machine *m,
				  const struct zone *zone, uint32_t order,
				  uint32_t type)
{
	struct watchpoint w = { .kind = WATCHPOINT_LIST,
				.zone = zone_id(m, zone),
				.order = order,
				.type = type };

	print_to(w.name, TEXT_watch_list, migratetype_name(type), order,
		 zone->node, zone_name(m, zone->idx));
	return w;
}

static uint32_t word_of(const struct machine *m, const void *address)
{
	return (uint32_t)((const uint32_t *)address -
			  (const uint32_t *)m->region);
}

struct watchpoint watchpoint_counter(const struct machine *m,
				     const void *counter, const char *name)
{
	struct watchpoint w = { .kind = WATCHPOINT_COUNTER,
				.word = word_of(m, counter) };

	print_to(w.name, "%s", name);
	return w;
}

static uint64_t hash(uint64_t before, uint64_t value)
{
	return (before ^ value) * 1099511628211u;
}

/* What is watched as a number: the machine's present state. */
static uint64_t state_of(const struct watchpoint *w, const struct machine *m)
{
	uint64_t state = 14695981039346656037u;
	uint32_t head;

	if (w->kind == WATCHPOINT_COUNTER)
		return ((const uint32_t *)m->region)[w->word];
	if (w->kind == WATCHPOINT_PAGE) {
		head = page_head(m, w->pfn);
		return hash(hash(state, head),
			    m->pages[head == PFN_NONE ? w->pfn : head]);
	}
	head = free_list(&m->zones[w->zone], w->order, w->type);
	for (uint32_t pfn = m->links[head].next; pfn != head;
	     pfn = m->links[pfn].next)
		state = hash(state, pfn);
	return state;
}

/* Can a write of the word change what is watched? */
static bool is_candidate(const struct watchpoint *w, const struct machine *m,
			 uint32_t word)
{
	const uint32_t page = word - word_of(m, m->pages);
	const struct zone *zone = &m->zones[w->zone];
	uint32_t head;

	switch (w->kind) {
	case WATCHPOINT_COUNTER:
		return word == w->word;
	case WATCHPOINT_PAGE:
		/* the first page of a block that can contain it */
		for (uint32_t order = 0; order < m->max_order; order++)
			if (page == (w->pfn & ~((1u << order) - 1)))
				return true;
		return false;
	case WATCHPOINT_LIST:
		head = word_of(m,
			       &m->links[free_list(zone, w->order, w->type)]);
		return word == head || word == head + 1 ||
		       word == word_of(m, &zone->nr_free[w->order]);
	default:
		return false;
	}
}

bool watchpoint_changed(const struct watchpoint *w, struct session *s,
			uint32_t step)
{
	const struct history *h = session_history(s);
	const struct machine *m = session_machine(s);
	const struct event *event = history_event(h, step);
	/* blocks that change their migratetype leave the middle of a list */
	bool candidate = event && w->kind == WATCHPOINT_LIST &&
			 (event_type(event)->stage == STAGE_FALLBACK ||
			  event_type(event)->stage == STAGE_MACHINE);
	uint64_t before;

	for (struct changes c = history_changes(h, step);
	     c.first < c.end && !candidate; c.first++)
		candidate = is_candidate(w, m, c.first->word);
	if (!candidate || w->kind == WATCHPOINT_COUNTER)
		return candidate;
	session_seek(s, step - 1);
	before = state_of(w, m);
	session_seek(s, step);
	return state_of(w, m) != before;
}
