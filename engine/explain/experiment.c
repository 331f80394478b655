/* SPDX-License-Identifier: GPL-2.0-or-later */
/* experiment: a second handle of a region, with a history to rewind. */
#include "explain/experiment.h"

#include <stdio.h>
#include <stdlib.h>

#include "mm/allocator.h"
#include "mm/control.h"
#include "state/contents.h"

bool experiment_init(struct experiment *e, const struct machine *m)
{
	e->history = history_new();
	if (!e->history)
		return false;
	e->machine = *m;
	e->machine.contents = NULL;
	e->machine.recorder = (struct recorder){ .next = NULL };
	e->machine.history = NULL;
	machine_set_history(&e->machine, e->history);
	e->pfn = PFN_NONE;
	e->error = MACHINE_ERROR_none;
	return true;
}

bool experiment_alloc(struct experiment *e, const struct alloc_request *request)
{
	e->error = machine_alloc(&e->machine, request, &e->pfn);
	return e->error == MACHINE_ERROR_none && e->pfn != PFN_NONE;
}

/*
 * The history undoes whole steps. Changes that no request followed belong to
 * none yet: an invalid request makes them one.
 */
void experiment_rewind(struct experiment *e)
{
	const struct alloc_request invalid = { .order = UINT32_MAX };

	if (!e->history->nr_events)
		experiment_alloc(e, &invalid);
	if (e->history->full) {
		fputs("zonewalk: no memory to undo an experiment\n", stderr);
		abort();
	}
	history_seek(e->history, &e->machine, 0);
	history_forget(e->history);
}

void experiment_destroy(struct experiment *e)
{
	experiment_rewind(e);
	machine_set_history(&e->machine, NULL);
	page_contents_free(&e->machine);
	history_free(e->history);
}
