/* SPDX-License-Identifier: GPL-2.0-or-later */
/* search: what a text means, and whether a step matches it. */
#define _GNU_SOURCE /* strcasestr */
#include "search/search.h"

#include <ctype.h>
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

/* One word that names no event: no expression, even if a field is called so. */
static bool is_plain_word(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_')
			return false;
	return event_from_name(text) < 0;
}

/* The text between quotes, or of what is no expression. */
static bool search_text(struct search *search, const char *text)
{
	const size_t length = strlen(text);
	const bool quoted = length > 2 && text[0] == '"' &&
			    text[length - 1] == '"';

	print_to(search->words, "%.*s", (int)length - (quoted ? 2 : 0),
		 text + quoted);
	search->kind = SEARCH_TEXT;
	search->ignore_case = true;
	for (const char *c = search->words; *c; c++)
		search->ignore_case &= !isupper((unsigned char)*c);
	return true;
}

bool search_init_expression(struct search *search, const struct machine *m,
			    const char *text, struct file_error *error)
{
	struct filter_error wrong;

	memset(search, 0, sizeof(*search));
	if (strlen(text) >= sizeof(search->text))
		return error_set(error, MESSAGE_too_long,
				 sizeof(search->text) - 1);
	print_to(search->text, "%s", text);
	if (reads_pfn(text, &search->pfn)) {
		search->kind = SEARCH_PAGE;
		return search->pfn < m->system->max_pfn ||
		       error_set(error, MESSAGE_no_such_pfn, search->pfn,
				 m->system->max_pfn - 1);
	}
	search->kind = SEARCH_FILTER;
	search->filter = filter_new(text, &wrong);
	return search->filter || error_set(error, "%s", wrong.text);
}

bool search_init(struct search *search, const struct machine *m,
		 const char *text, struct file_error *error)
{
	struct file_error wrong;

	if (text[0] != '"' && !is_plain_word(text)) {
		if (search_init_expression(search, m, text, &wrong))
			return true;
		if (strpbrk(text, "=<>"))
			return error_set(error, "%s", wrong.text);
	}
	if (strlen(text) >= sizeof(search->text))
		return error_set(error, MESSAGE_too_long,
				 sizeof(search->text) - 1);
	memset(search, 0, sizeof(*search));
	print_to(search->text, "%s", text);
	return search_text(search, text);
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

bool search_text_matches(const struct search *search, const char *text)
{
	return search->ignore_case ? strcasestr(text, search->words) :
				     strstr(text, search->words);
}

bool search_matches(const struct search *search, const struct session *s,
		    uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	const struct machine *m = session_machine(s);
	char text[1024];

	switch (event ? search->kind : SEARCH_NONE) {
	case SEARCH_TEXT:
		return search_text_matches(search,
					   event_text_format(m, event, text,
							     sizeof(text)));
	case SEARCH_FILTER:
		return filter_holds(search->filter, m, event, step);
	case SEARCH_PAGE:
		return step_touches(s, step, search->pfn);
	default:
		return false;
	}
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

uint32_t refused_request(const struct session *s, uint32_t step, uint32_t limit)
{
	const uint32_t i = session_request_at(s, step);
	const struct request *r = session_get_request(s, i);

	if (!r || !request_is_alloc(r) || r->error != MACHINE_ERROR_none ||
	    r->pfn != PFN_NONE || r->last_step > limit)
		return UINT32_MAX;
	return step == r->last_step || step_refuses(s, step) ? i : UINT32_MAX;
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
	if (!search_init_expression(&b->at[b->nr], m, text, error)) {
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
