/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_state: how the user looks at a step: which panel has the focus, what
 * is hidden, where the map's cursor stands, how far a movement has come.
 *
 * Plain data that does not depend on the step: the application changes it
 * through the functions below, drawing only reads it. All zero is how a
 * screen begins and what `zonewalk frame` prints.
 *
 *   struct view_state v = { .focus = 0 };
 *   view_focus_on(&v, v.focus + 1);            Tab
 *   view_map_move(&v, vm, columns, 1, 0);   an arrow key over the map
 */
#ifndef TUI_VIEW_STATE_H
#define TUI_VIEW_STATE_H

#include <stdbool.h>
#include <stdint.h>

struct guide;
struct question;
struct view_model;

/*
 * A movement is shown in NR_PHASES pictures: phases 1 to NR_PHASES - 1 are
 * on the way, phase 0 is where it ends: the step's own picture. A player
 * that animates draws 1, 2 ... NR_PHASES - 1, 0. Reduced motion is phase 0
 * always.
 */
enum { NR_PHASES = 8, PHASE_FINAL = 0 };

enum view_id {
	VIEW_none,
#define VIEW(id, name, kind, help) VIEW_##id,
#include "model/views.def"
	NR_VIEWS
};

/* What the learner sees of a lesson's notes. */
struct notes_state {
	const struct guide *guide; /* NULL: no notes */
	uint32_t note; /* of the place: notes before it have been shown */
	int skip; /* rows of its caption, which is longer than its room */
	/* its feedback is shown, or NULL: the open question, if there is one */
	const struct question *feedback;
	uint32_t choice; /* selected, from 0 */
	const char *typed; /* where there are no choices; NULL is "" */
	int cursor; /* its column in that */
};

/* A failed property of a grade. */
struct counterexample {
	const char *property; /* its name */
	const char *text; /* its text in the assignment */
	const char *assignment; /* file, or NULL */
	uint32_t step; /* the first that fails; UINT32_MAX: never */
};

struct view_state {
	unsigned int focus; /* of the panels in the box, from 0 */
	bool enlarged; /* only the focused one */
	int scroll; /* of the focused one, rows */
	uint32_t hidden; /* 1 << enum view_id */
	uint32_t shown; /* the same, for those that are hidden at first */
	bool presenter; /* few things, double spacing, caption */
	bool reduced_motion; /* phase is taken for PHASE_FINAL */
	uint8_t phase; /* 0 to NR_PHASES - 1, others are taken for it, too */

	bool map_has_cursor; /* else it follows the step */
	uint32_t map_cursor; /* pfn */
	uint8_t map_zoom; /* log2 of the pages per cell, limited when drawn */

	const char *scenario; /* text of the file that is played, or NULL */
	bool source_engine; /* the source shown is the engine's, not that */

	const char *highlight; /* in the texts of the step; NULL: nothing */
	bool highlight_any_case;

	/* shown on the timeline: ascending steps */
	const uint32_t *bookmarks;
	uint32_t nr_bookmarks;
	const uint32_t *break_steps; /* where playing would stop */
	uint32_t nr_break_steps;

	struct notes_state notes;
	const struct counterexample *counterexample; /* or NULL */
};

/* Panel @i of the layout gets the focus; scrolling starts anew. */
void view_focus_on(struct view_state *v, unsigned int i);
/* Scroll within the layout's scroll_room. */
void view_scroll(struct view_state *v, int rows, int room);
/* Hide or show a view; false: this one cannot be hidden. */
bool view_toggle(struct view_state *v, enum view_id id);
/* The same, to what @on says. */
bool view_show(struct view_state *v, enum view_id id, bool on);
bool view_is_on(const struct view_state *v, enum view_id id);
/* The view "source", "map" ... that can be hidden; VIEW_none: there is none. */
enum view_id view_from_name(const char *name);
/* 1 << enum view_id of those whose names are in "zone lists". */
uint32_t view_mask(const char *names);
/*
 * Change it as the option of `zonewalk frame --view` says: views to show or,
 * with a - before, to hide; "presenter" "enlarged" "question"; "focus=1"
 * "scroll=2" "phase=3" "zoom=4" "pfn=4096" "choice=1"; divided by commas.
 * False: *@bad is the option that is not known.
 */
bool view_from_text(struct view_state *v, const char *text, const char **bad);

/*
 * The phase for a movement that began @done_ms ago and takes @whole_ms. A
 * player asks at each tick; 0 when it is over or motion is reduced.
 */
uint8_t view_phase(const struct view_state *v, uint32_t done_ms,
		   uint32_t whole_ms);

/* Is a movement under way? */
static inline bool in_motion(const struct view_state *v)
{
	return v->phase != PHASE_FINAL && v->phase < NR_PHASES &&
	       !v->reduced_motion;
}

/* A position on the way, from @from at phase 1 to @to at phase 0. */
static inline int64_t motion_between(const struct view_state *v, int64_t from,
				     int64_t to)
{
	return in_motion(v) ?
		       from + (to - from) * (v->phase - 1) / (NR_PHASES - 1) :
		       to;
}

/* The map: zoom in (+1) or out (-1), move the cursor by cells and rows. */
void view_map_zoom(struct view_state *v, const struct view_model *vm,
		   int change);
void view_map_move(struct view_state *v, const struct view_model *vm,
		   int columns, int right, int down);
void view_map_goto(struct view_state *v, const struct view_model *vm,
		   uint32_t pfn);
/* Where the cursor is, and how many pages a cell is: 1 << zoom. */
uint32_t view_map_at(const struct view_state *v, const struct view_model *vm);
uint8_t view_map_zoom_at(const struct view_state *v,
			 const struct view_model *vm);

#endif
