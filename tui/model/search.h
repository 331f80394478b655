/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search: the steps that match a text.
 *
 *   zone_skip                     events of that kind
 *   watermark_check and not ok    a filter expression, see filter.h
 *   pfn=65996                     events that touch that page
 *
 * Breakpoints are searches too: does this step match?
 */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "json/file.h"
#include "session/session.h"

enum { MAX_SEARCH = 200, MAX_BREAKPOINTS = 16 };
#define NOWHERE UINT32_MAX

struct filter;

struct search {
	char text[MAX_SEARCH]; /* as it was typed; "": none */
	bool by_pfn; /* one page is searched for, else the filter */
	uint32_t pfn;
	struct filter *filter;
};

/*
 * Parse @text. False: @error says what is wrong and what to
 * do; @search is empty then. End with search_fini() in either case.
 */
bool search_init(struct search *search, const struct machine *m,
		 const char *text, struct file_error *error);
void search_fini(struct search *search);

/* Does event @step (1 or later) match? */
bool search_matches(const struct search *search, const struct session *s,
		    uint32_t step);
/*
 * The nearest match after (@direction 1) or before (-1) @step, or NOWHERE.
 */
uint32_t search_from(const struct search *search, const struct session *s,
		     uint32_t step, int direction);

/*
 * Does event @step touch page @pfn: is it in a block of the event, or was
 * its word written?
 */
bool step_touches(const struct session *s, uint32_t step, uint32_t pfn);
/* Did a check refuse a zone or the request at @step? */
bool step_refuses(const struct session *s, uint32_t step);

struct breakpoints {
	struct search at[MAX_BREAKPOINTS];
	unsigned int nr;
};

void breakpoints_fini(struct breakpoints *b);
/*
 * Set a breakpoint, or remove the one with the same text; *@set says which.
 * False: @error says what is wrong.
 */
bool breakpoints_toggle(struct breakpoints *b, const struct machine *m,
			const char *text, bool *set, struct file_error *error);
/* The one that stops at @step, or NULL. */
const struct search *breakpoints_at(const struct breakpoints *b,
				    const struct session *s, uint32_t step);

#endif
