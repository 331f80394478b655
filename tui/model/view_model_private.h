/* SPDX-License-Identifier: GPL-2.0-or-later */
/* frame_walk: what a request's events up to a step add up to. */
#ifndef TUI_FRAME_WALK_H
#define TUI_FRAME_WALK_H

#include "model/view_model.h"

/* Fill the frame's rows and pointers from the request's events. */
void view_model_collect(struct view_model *vm);

#endif
