/* SPDX-License-Identifier: GPL-2.0-or-later */
/* search: filters of events, and pages that events touch. */
#include "model/search.h"

#include <string.h>

#include "events/filter.h"
#include "model/text.h"

/* "pfn=65996", "pfn = 65996", "pfn==65996": one page. */
static bool reads_pfn(const char *text, uint32_t *pfn)
{
	char digits[24], after;
	uint64_t value;

	if (sscanf(text, " pfn =%*1[=] %23[0-9] %c", digits, &after) != 1 &&
	    sscanf(text, " pfn = %23[0-9] %c", digits, &after) != 1)
		return false;
	read_number(digits, UINT64_MAX, &value);
	*pfn = value < PFN_NONE ? (uint32_t)value : PFN_NONE;
	return true;
}

bool search_init(struct search *search, const struct machine *m,
		 const char *text, struct file_error *error)
{
	struct filter_error wrong;

	memset(search, 0, sizeof(*search));
	if (strlen(text) >= sizeof(search->text))
		return error_set(error, MESSAGE_too_long,
				 sizeof(search->text) - 1);
	search->by_pfn = reads_pfn(text, &search->pfn);
	if (search->by_pfn && search->pfn >= m->system->max_pfn)
		return error_set(error, MESSAGE_no_such_pfn, search->pfn,
				 m->system->max_pfn - 1);
	if (!search->by_pfn)
		search->filter = filter_new(text, &wrong);
	if (!search->by_pfn && !search->filter)
		return error_set(error, "%s", wrong.text);
	print_to(search->text, "%s", text);
	return true;
}

void search_fini(struct search *search)
{
	filter_free(search->filter);
	memset(search, 0, sizeof(*search));
}

/* The order of the block whose pfn is field @i of an event. */
static uint32_t block_order(const struct event *event, unsigned int i)
{
	const struct event_type *type = event_type(event);

	/* the order of a block follows its pfn */
	for (unsigned int f = i + 1; f < type->nr_fields; f++)
		if (type->fields[f].kind == KIND_order)
			return (uint32_t)event_field_value(event,
							   &type->fields[f]);
	return 0;
}

static bool event_touches(const struct event *event, uint32_t pfn)
{
	const struct event_type *type = event_type(event);

	for (unsigned int f = 0; f < type->nr_fields; f++) {
		int64_t first;

		if (type->fields[f].kind != KIND_pfn)
			continue;
		first = event_field_value(event, &type->fields[f]);
		if (pfn >= first &&
		    pfn < first + (INT64_C(1) << block_order(event, f)))
			return true;
	}
	return false;
}

static bool word_written(const struct session *s, uint32_t step, uint32_t pfn)
{
	const struct history *h = session_history(s);
	const struct machine *m = session_machine(s);
	const uint32_t pages =
		(uint32_t)(m->pages - (const uint32_t *)m->region);
	struct changes c = history_changes(h, step);

	for (; c.first < c.end; c.first++)
		if (c.first->word == pages + pfn)
			return true;
	return false;
}

bool step_touches(const struct session *s, uint32_t step, uint32_t pfn)
{
	const struct event *event = history_event(session_history(s), step);

	return event &&
	       (event_touches(event, pfn) || word_written(s, step, pfn));
}

bool search_matches(const struct search *search, const struct session *s,
		    uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);

	if (!event || !search->text[0])
		return false;
	if (search->by_pfn)
		return step_touches(s, step, search->pfn);
	return filter_holds(search->filter, session_machine(s), event, step);
}

uint32_t search_from(const struct search *search, const struct session *s,
		     uint32_t step, int direction)
{
	const uint32_t nr = session_nr_steps(s);

	while (direction > 0 ? step < nr : step > 1) {
		step += (uint32_t)direction;
		if (search_matches(search, s, step))
			return step;
	}
	return NOWHERE;
}

bool step_refuses(const struct session *s, uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	const struct event_should_fail_alloc_page *fault;
	const struct event_watermark_check *check;
	const struct event_free_area_check *area;

	if (!event)
		return false;
	switch (event_id(event)) {
	case EVENT_zone_skip:
	case EVENT_zone_empty:
	case EVENT_slow_path:
		return true;
	case EVENT_should_fail_alloc_page:
		fault = event_get(event, should_fail_alloc_page);
		return fault->rule == FAULT_fails;
	case EVENT_watermark_check:
		check = event_get(event, watermark_check);
		return !check->ok;
	case EVENT_free_area_check:
		area = event_get(event, free_area_check);
		return !area->ok;
	default:
		return false;
	}
}

void breakpoints_fini(struct breakpoints *b)
{
	for (unsigned int i = 0; i < b->nr; i++)
		search_fini(&b->at[i]);
	b->nr = 0;
}

bool breakpoints_toggle(struct breakpoints *b, const struct machine *m,
			const char *text, bool *set, struct file_error *error)
{
	*set = false;
	for (unsigned int i = 0; i < b->nr; i++) {
		if (strcmp(b->at[i].text, text))
			continue;
		search_fini(&b->at[i]);
		b->nr--;
		memmove(&b->at[i], &b->at[i + 1],
			(b->nr - i) * sizeof(b->at[0]));
		return true;
	}
	if (b->nr == MAX_BREAKPOINTS)
		return error_set(error, MESSAGE_too_many_breakpoints,
				 MAX_BREAKPOINTS);
	if (!search_init(&b->at[b->nr], m, text, error)) {
		search_fini(&b->at[b->nr]);
		return false;
	}
	b->nr++;
	*set = true;
	return true;
}

const struct search *breakpoints_at(const struct breakpoints *b,
				    const struct session *s, uint32_t step)
{
	for (unsigned int i = 0; i < b->nr; i++)
		if (search_matches(&b->at[i], s, step))
			return &b->at[i];
	return NULL;
}
