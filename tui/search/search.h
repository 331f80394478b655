/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search: the steps that match.
 *
 *   zone_skip                     events of that name
 *   watermark_check and not ok    a filter expression, see filter.h
 *   pfn=65996                     events that touch that page
 *   short by 1 page               events with that text, and captions; case
 *                                 counts if there is an upper-case letter
 *   "order > 3"                   the same for what is an expression too
 *
 * Breakpoints are expressions too: does this step match?
 */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "json/file.h"
#include "session/session.h"

enum { MAX_SEARCH = 200, MAX_BREAKPOINTS = 16 };

struct filter;

enum search_kind { SEARCH_NONE, SEARCH_TEXT, SEARCH_FILTER, SEARCH_PAGE };

struct search {
	enum search_kind kind;
	char text[MAX_SEARCH]; /* as it was typed; "": none */
	char words[MAX_SEARCH]; /* of SEARCH_TEXT, without quotes */
	bool ignore_case;
	uint32_t pfn; /* of SEARCH_PAGE */
	struct filter *filter; /* of SEARCH_FILTER */
};

/*
 * Parse @text. False: @error says what is wrong and what to
 * do; @search is empty then. End with search_fini() in either case.
 */
bool search_init(struct search *search, const struct machine *m,
		 const char *text, struct file_error *error);
/* The same, but the text of an event is no search: it is an error. */
bool search_init_expression(struct search *search, const struct machine *m,
			    const char *text, struct file_error *error);
void search_fini(struct search *search);

/* Does event @step (1 or later) match? Captions are not looked at. */
bool search_matches(const struct search *search, const struct session *s,
		    uint32_t step);
/* Is the text of a SEARCH_TEXT in @text? */
bool search_text_matches(const struct search *search, const char *text);

/*
 * Does event @step touch page @pfn: is it in a block of the event, or was
 * its word written?
 */
bool step_touches(const struct session *s, uint32_t step, uint32_t pfn);
/* Did a check refuse a zone or the request at @step? */
bool step_refuses(const struct session *s, uint32_t step);
/*
 * The refused request whose refusal @step shows, by its index; UINT32_MAX:
 * none. A request that ends after step @limit is none yet: a question that is
 * not answered lies between.
 */
uint32_t refused_request(const struct session *s, uint32_t step,
			 uint32_t limit);

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
