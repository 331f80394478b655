/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_options: a view state as text, for `zonewalk frame --view`. */
#ifndef TUI_VIEW_OPTIONS_H
#define TUI_VIEW_OPTIONS_H

#include "model/view_state.h"

/*
 * Panels to show or, with a - before, to hide; "presenter" "enlarged"
 * "question"; "focus=1" "scroll=2" "phase=3" "zoom=4" "pfn=4096" "choice=1";
 * divided by commas. False: *@bad is the option that is not known.
 */
bool view_from_text(struct view_state *v, const char *text, const char **bad);

#endif
