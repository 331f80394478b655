/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view: one idea on a part of the screen. A view is a row of functions, each
 * pure: a view model in, cells out; the same model gives the same cells.
 *
 * title   the text of the panel's upper border, left and right; NULL: the
 *         heading alone
 * height  how many rows it would like at a width (the layout may give less
 *         or more, at least one); NULL: always @rows
 * draw    draws into the area, which may be of any size; what does not fit
 *         is left out with a sign. v->scroll rows are skipped, where it
 *         makes sense; v->phase says how far a movement has come.
 *
 * To add a view: a file view_NAME.c with its struct view, a line here, and
 * a place in the plans of layout_plan.c.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "terminal/canvas.h"
#include "model/view_model.h"
#include "model/view_state.h"

struct view_title {
	char left[112];
	char right[112];
};

struct view {
	const char *name;
	const char *help; /* what the panel means, for the student */
	enum panel_id panel; /* by which it is hidden */
	const char *heading;
	int rows;
	void (*title)(const struct view_model *vm, const struct view_state *v,
		      struct view_title *t);
	int (*height)(const struct view_model *vm, const struct view_state *v,
		      int width);
	void (*draw)(const struct view_model *vm, struct area a,
		     const struct view_state *v);
};

extern const struct view view_why;
extern const struct view view_request;
extern const struct view view_walk;
extern const struct view view_zone;
extern const struct view view_lists;
extern const struct view view_split;
extern const struct view view_merge;
extern const struct view view_pcp;
extern const struct view view_pcp_flow;
extern const struct view view_steal;
extern const struct view view_slow;
extern const struct view view_machine;
extern const struct view view_pageblocks;
extern const struct view view_timeline;
extern const struct view view_map;
extern const struct view view_source;
extern const struct view view_question;
extern const struct view view_counterexample;
extern const struct view view_caption;

void view_title(const struct view *view, const struct view_model *vm,
		const struct view_state *v, struct view_title *t);
int view_height(const struct view *view, const struct view_model *vm,
		const struct view_state *v, int width);

/* Signs that many views use. */
#define SIGN_PASSED "✓"
#define SIGN_REFUSED "✗"
#define SIGN_NOT_MADE "–"
#define SIGN_UNREACHED "·"
#define SIGN_CURRENT "▶"
#define SIGN_MORE "⋮"

/* The sign of what is current, with the cursor on it. */
void put_current(struct area a, int x, int y);

/*
 * A window of @nr rows over @total, such that row @focus is inside, moved by
 * @scroll. Returns the first row shown.
 */
int window_first(int total, int nr, int focus, int scroll);
/*
 * When not all of @total rows fit, the last row of @a says which do.
 * Returns how many rows are left for them.
 */
int window_rows(struct area a, int total, int y);
void window_mark(struct area a, int first, int nr, int total);

/*
 * The first pages of a list, at most @max, into @pfns. Returns how many.
 * The list at @head may be of pages or of blocks.
 */
uint32_t list_read(const struct machine *m, uint32_t head, uint32_t *pfns,
		   uint32_t max);

/* "4096 … 4607", or "4096" alone. */
const char *range_text(uint32_t pfn, uint32_t nr, char *buf, size_t size);

#endif
