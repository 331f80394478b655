/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view: one idea on a part of the screen. A view is a row of views.def and
 * two functions, both pure: a view model in, texts or cells out; the same
 * model gives the same.
 *
 * NAME_describe   the texts of the panel's upper border, and how many rows
 *                 it requests at a width (the layout may give less or more,
 *                 at least one)
 * NAME_draw       draws into the area, which may be of any size; what does
 *                 not fit is left out with a sign. a.scroll rows are
 *                 skipped, where it makes sense; vm->view->phase says how far
 *                 a movement has come.
 *
 * To add a view: a row, its two functions in view_NAME.c, and a place in the
 * plans of screen/layout_picture.c.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "terminal/canvas.h"
#include "model/text.h"
#include "model/view_model.h"
#include "model/view_state.h"

/* More rows than any screen has. */
enum { ANY_ROWS = 10000 };

struct view_title {
	char left[112]; /* at first the view's name */
	char right[112]; /* "" */
	int rows; /* 1 */
	int most; /* rows that it can fill; 0: no more than it requests */
	int columns; /* that it can fill; 0: any number */
	int least; /* rows below which another panel has to go; 0: a few */
};

struct view {
	const char *name;
	const char *help; /* what the panel means, for the student */
	void (*describe)(const struct view_model *vm, int width,
			 struct view_title *t);
	void (*draw)(const struct view_model *vm, struct area a);
};

extern const struct view views[NR_VIEWS]; /* [VIEW_none] is empty */

#define VIEW(id, name, kind, help)                                             \
	void id##_describe(const struct view_model *vm, int width,             \
			   struct view_title *t);                              \
	void id##_draw(const struct view_model *vm, struct area a);
#include "model/views.def"

void view_describe(enum view_id id, const struct view_model *vm, int width,
		   struct view_title *t);
int view_height(enum view_id id, const struct view_model *vm, int width);

/* How many rows of the caption are still to be shown at a width. */
int caption_rows_left(const struct view_model *vm, int width);
/* The event text of @step; of a closed fold its name. */
void step_text(const struct view_model *vm, uint32_t step, char *buf,
	       size_t size);
/* The text of the step shown; before the first one of the machine. @buf. */
const char *why_text(const struct view_model *vm, char *buf, size_t size);
/* "Correct", "Not correct" or "Skipped" */
const char *feedback_title(const struct question *q);

/* Signs, of signs.def. */
#define SIGN(id, glyph, views, meaning)                                        \
	static const char SIGN_##id[] __attribute__((unused)) = glyph;
#include "model/signs.def"

struct sign_info {
	const char *glyph;
	const char *views; /* names, divided by commas; "": all */
	const char *meaning;
};

enum { MAX_SIGNS = 32 };
/* An empty row ends it. */
extern const struct sign_info sign_infos[MAX_SIGNS];

/* The sign of what is current, with the cursor on it. */
void put_current(struct area a, int x, int y);

/* Of @total rows those that are shown: @nr from @first on. */
struct window {
	int first;
	int nr;
	int total;
};

/* The first of @nr rows, such that row @focus is shown, moved by @scroll. */
int window_first(int total, int nr, int focus, int scroll);
/*
 * The rows of a table that begins at row @y of @a. When not all fit, its
 * last row is for window_mark(), which says which do.
 */
struct window window_of(struct area a, int y, int total, int focus);
void window_mark(struct area a, struct window w);
/* The same as signs in the margin of a table from row @y on, to save a row. */
void margin_mark(struct area a, int y, struct window w);

/*
 * The first pages of a list, at most @max, into @pfns. Returns how many.
 * The list at @head may be of pages or of blocks.
 */
uint32_t list_read(const struct machine *m, uint32_t head, uint32_t *pfns,
		   uint32_t max);
enum { MAX_LISTED = 48 };
/*
 * These, as far as there is room, whole numbers only. Returns x after them;
 * the width when some are cut.
 */
int put_pfns(const struct view_model *vm, struct area a, int x, int y,
	     const uint32_t *pfns, uint32_t nr);
/* Instead of the pages of an empty per-cpu list: what a refill adds. */
void pcp_put_empty(const struct per_cpu_pages *pcp, struct area a, int x,
		   int y);
/* "4096 … 4607", or "4096" alone. */
struct text range_text(uint32_t pfn, uint32_t nr);
/* "0,2": the nodes of a mask. */
struct text nodemask_text(uint64_t mask);

/* How many zones before @end have memory; all with @end NULL. */
int count_zones(const struct view_model *vm, const struct zone *end);
/* The number of the zone in focus, from 0; beside a question the first. */
int zone_in_focus(const struct view_model *vm);
/* Zone @i of these. */
const struct zone *populated_zone_at(const struct view_model *vm, int i);

/* How many blocks each free list of an order of the zone in focus has. */
struct order_counts {
	uint32_t nr[MIGRATE_TYPES];
	bool more[MIGRATE_TYPES]; /* nr or more */
};

/* Looks at a few blocks of each list at most. */
void count_order(const struct view_model *vm, unsigned int order,
		 struct order_counts *counts);
/* "12", "48+", or "·" for none. */
struct text count_text(const struct order_counts *counts, uint32_t type);

/*
 * "3000 CMA + 1096 too small": where the free pages are of a zone that refused,
 * parts of 0 left out; "" if it did not refuse. Without @all, only where that
 * is not what the watermark check compares.
 */
struct text account_text(const struct walk_row *row, bool all);
/* One row: "4096 free = 3000 CMA + 1096 too small". */
int account_width(const struct walk_row *row);
void account_draw(const struct walk_row *row, struct area a);
/* The zone's row in the walk, if the zone refused; or NULL. */
const struct walk_row *refusing_row(const struct view_model *vm,
				    const struct zone *zone);

/* The zone's panel at a step that decides by something else than free pages. */

/* Does this step decide by highest_zoneidx or by a rule about nodes? */
bool is_about_nodes(const struct view_model *vm);
void nodes_describe(const struct view_model *vm, struct view_title *t);
void nodes_draw(const struct view_model *vm, struct area a);

/* Does this step compare a node's dirty pages with their limit? */
bool is_about_dirty(const struct view_model *vm);
void dirty_describe(const struct view_model *vm, struct view_title *t);
void dirty_draw(const struct view_model *vm, struct area a);

#endif
