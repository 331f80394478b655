/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snapshot: the complete state of a machine as one JSON object.
 *
 * The recordings' `state` format (same keys, same order) plus "schema":
 * "zonewalk/snapshot/1" and "blocks", the blocks in use. Same machine, same
 * bytes: nothing in it depends on the computer or the moment.
 */
#ifndef ENGINE_SNAPSHOT_H
#define ENGINE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "json/file.h"
#include "session/session.h"

/* How a file that snapshot_save() wrote begins, of any version. */
#define SNAPSHOT_BEGIN "{\"schema\":\"zonewalk/snapshot/"

/*
 * The text of a snapshot of @s's machine at its present step, one line with
 * a newline at its end; free() it. NULL: no memory.
 */
char *snapshot_text(const struct session *s);

/* Write it atomically; path "-" is stdout. False: @error. */
bool snapshot_save(const struct session *s, const char *path,
		   struct file_error *error);

/*
 * The machine of a snapshot file, or of a recording's begin state, in @m.
 * False and @error ("FILE:LINE: ...") otherwise.
 */
bool snapshot_load(const char *path, struct machine *m,
		   struct file_error *error);
/* The same from memory; @name stands for the file in messages. */
bool snapshot_load_text(const char *name, const char *text, size_t length,
			struct machine *m, struct file_error *error);

/* The request that allocated a block: its number and line, from 1; 0: none. */
struct block_owner {
	uint32_t request;
	uint32_t line;
};

/* Of a block in use of a machine that was loaded from a snapshot. */
struct block_owner snapshot_owner(const struct machine *m, uint32_t pfn);

/* An event as a line of a trace: one JSON object, without newline. */
char *trace_line(const struct session *s, uint32_t step);
/* Write all events as JSON Lines, atomically; "-" is stdout. */
bool trace_save(const struct session *s, const char *path,
		struct file_error *error);

#endif
