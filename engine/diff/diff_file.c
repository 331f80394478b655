/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff_file: the files that can be compared, and the names of differences. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/arena.h"
#include "diff/diff_private.h"
#include "snapshot/snapshot.h"
#include "snapshot/trace_read.h"

const char *diff_part_name(enum diff_part part)
{
	static const char *const names[NR_DIFF_PARTS] = {
		[DIFF_MACHINE] = "machine",	  [DIFF_ZONES] = "zones",
		[DIFF_FREE_LISTS] = "free_lists", [DIFF_PER_CPU] = "per_cpu",
		[DIFF_PAGEBLOCKS] = "pageblocks", [DIFF_BLOCKS] = "blocks",
		[DIFF_EVENTS] = "events",
	};

	return names[part];
}

const char *diff_how_name(enum diff_how how)
{
	static const char *const names[NR_DIFF_HOWS] = {
		[DIFF_CHANGED] = "changed",
		[DIFF_LOST] = "lost",
		[DIFF_GAINED] = "gained",
		[DIFF_MOVED] = "moved",
	};

	return names[how];
}

const char *diff_kind_name(enum diff_kind kind)
{
	return kind == DIFF_OF_TRACE	 ? "trace" :
	       kind == DIFF_OF_RECORDING ? "recording" :
					   "snapshot";
}

/* -- files ---------------------------------------------------------------- */

bool diff_open(struct diff_file *file, const char *path,
	       struct file_error *error)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	struct file_text text;
	bool ok;

	*file = (struct diff_file){ .kind = DIFF_OF_SNAPSHOT };
	if (!file_read(&text, path, FILE_READ_MAX, error))
		return false;
	if (trace_is(text.data, text.size)) {
		file->kind = DIFF_OF_TRACE;
		file->trace = trace_read(text.data, text.size, name, error);
		ok = file->trace != NULL;
	} else {
		if (json_header_has(text.data, text.size, "recording"))
			file->kind = DIFF_OF_RECORDING;
		ok = snapshot_load_text(name, text.data, text.size,
					&file->machine, error);
	}
	free(text.data);
	return ok;
}

void diff_close(struct diff_file *file)
{
	if (file->machine.region)
		arena_destroy(&file->machine);
	trace_file_free(file->trace);
	*file = (struct diff_file){ .kind = DIFF_OF_SNAPSHOT };
}

bool diff_states(const struct machine *a, const struct machine *b,
		 uint32_t format, const struct diff_sink *sink)
{
	struct diff d = {
		.sink = sink,
		.a = a,
		.b = b,
		.format = format,
		.nid = DIFF_NOWHERE,
		.cpu = DIFF_NOWHERE,
	};

	diff_machines(&d);
	return !d.failed;
}

bool diff_files(const struct diff_file *a, const struct diff_file *b,
		const struct diff_sink *sink, uint32_t *nr,
		struct file_error *error)
{
	const bool whole = a->kind == DIFF_OF_SNAPSHOT &&
			   b->kind == DIFF_OF_SNAPSHOT;
	struct diff d = {
		.sink = sink,
		.a = &a->machine,
		.b = &b->machine,
		.format = whole ? STATE_FORMAT : 1,
		.whole = whole,
		.nid = DIFF_NOWHERE,
		.cpu = DIFF_NOWHERE,
	};

	if ((a->kind == DIFF_OF_TRACE) != (b->kind == DIFF_OF_TRACE)) {
		snprintf(error->text, sizeof(error->text),
			 "a state and a trace cannot be compared: the first "
			 "file is a %s, the second a %s",
			 diff_kind_name(a->kind), diff_kind_name(b->kind));
		return false;
	}
	if (a->trace)
		d.failed = !diff_traces(&d, a->trace, b->trace);
	else
		diff_machines(&d);
	*nr = d.nr;
	if (d.failed)
		snprintf(error->text, sizeof(error->text), "no memory");
	return !d.failed;
}
