/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_run: an app on a terminal, until the user leaves. */
#ifndef TUI_APP_RUN_H
#define TUI_APP_RUN_H

#include "app/app.h"
#include "terminal/term.h"
#include "model/watch.h"

/*
 * Returns the effect that ended it: APP_BACK or a later one. @watch: reload
 * when its file is saved; fd -1 or NULL: nothing is watched.
 */
enum app_effect app_run(struct app *app, struct term *term,
			struct watch *watch);

#endif
