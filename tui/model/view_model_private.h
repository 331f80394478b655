/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_model_private: what view_model.c and view_model_walk.c share. */
#ifndef TUI_VIEW_MODEL_PRIVATE_H
#define TUI_VIEW_MODEL_PRIVATE_H

#include "model/view_model.h"

/* Fill rows and pointers from the request's events up to the step. */
void view_model_collect(struct view_model *vm);

#endif
