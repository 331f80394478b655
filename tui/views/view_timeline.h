/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_timeline: the whole run in one row. */
#ifndef TUI_VIEW_TIMELINE_H
#define TUI_VIEW_TIMELINE_H

#include "views/view.h"

/* The step that column @x of a timeline of @width stands for. */
uint32_t timeline_step_at(const struct view_model *vm,
			  const struct view_state *v, int x, int width);

#endif
