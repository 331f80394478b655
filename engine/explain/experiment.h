/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * experiment: make a request on a machine with some changes, look at what
 * happened, and leave no trace.
 *
 *   experiment_init(&e, m)
 *   state_set(&e.machine, ...)          any changes, in a file with TRACED 1
 *   experiment_alloc(&e, &request)      was it served?
 *   history_event(e.history, step)      its events, from step 1
 *   experiment_rewind(&e)               and again
 *   experiment_destroy(&e)
 *
 * An experiment has a handle and a history of its own for the region of @m,
 * which may have a session: neither the session nor its history notices. It
 * costs as much as it changes, whatever the size of the machine. Contents of
 * pages are not touched.
 */
#ifndef ENGINE_EXPERIMENT_H
#define ENGINE_EXPERIMENT_H

#include "mm/alloc_request.h"
#include "state/history.h"

struct experiment {
	struct machine machine; /* the region of the machine, traced */
	struct history *history; /* step 0: without changes */
	uint32_t pfn; /* that the request got; PFN_NONE: refused */
	enum machine_error error; /* not none: the request is invalid */
};

/*
 * Begin experiments on @m, which must not change until they end. False: no
 * memory. @e must not be moved.
 */
bool experiment_init(struct experiment *e, const struct machine *m);

/*
 * Make @request, on top of what was changed since the last rewind. Returns
 * whether it is valid and was served.
 */
bool experiment_alloc(struct experiment *e,
		      const struct alloc_request *request);

/* Undo everything: the region is as it was, byte for byte. */
void experiment_rewind(struct experiment *e);

/* Rewind, and free what @e holds. */
void experiment_destroy(struct experiment *e);

#endif
