/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff: the differences between two states, or between two traces.
 *
 *   diff_open(&file, "a.json", &error)     a snapshot, a recording's begin
 *                                          state, or a trace
 *   diff_files(&a, &b, &sink, &nr, &error) pass each difference to the sink
 *
 * A state's differences come in the order of the parts below, zone by zone
 * and list by list; a trace's in the order of its steps. Text and JSON of
 * `zonewalk diff` are made from the same struct difference.
 */
#ifndef ENGINE_DIFF_H
#define ENGINE_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "json/file.h"
#include "machine/mmzone.h"

/* What a difference is about; also the headings of the text. */
enum diff_part {
	DIFF_MACHINE, /* shape, sysctls, task, nodes */
	DIFF_ZONES, /* counters and watermarks */
	DIFF_FREE_LISTS,
	DIFF_PER_CPU,
	DIFF_PAGEBLOCKS,
	DIFF_BLOCKS, /* in use, and pages on the LRU lists */
	DIFF_EVENTS, /* of a trace */
	NR_DIFF_PARTS
};

/* "machine" "zones" "free_lists" ... */
const char *diff_part_name(enum diff_part part);

enum diff_how {
	DIFF_CHANGED, /* a became b */
	DIFF_LOST, /* only the first has it */
	DIFF_GAINED, /* only the second has it */
	DIFF_MOVED, /* both have it, at another place of the list */
	NR_DIFF_HOWS
};

/* "changed" "lost" "gained" "moved" */
const char *diff_how_name(enum diff_how how);

#define DIFF_NOWHERE UINT32_MAX

/* A block of a list, and its place there from 1 on; 0: not there. */
struct diff_page {
	uint32_t pfn;
	uint32_t from; /* in the first file */
	uint32_t to; /* in the second */
};

/* One difference. Its strings are valid during the call of the sink. */
struct difference {
	enum diff_part part;
	enum diff_how how;

	/* the place; DIFF_NOWHERE and NULL if it does not apply */
	uint32_t nid;
	const char *zone;
	uint32_t cpu;

	const char *what; /* "nr_free_pages", "order 3 movable" */
	const char *a; /* CHANGED: both values; NULL: none */
	const char *b;
	const char *now; /* LOST, GAINED: its place in the other; NULL: none */
	const struct diff_page *pages; /* blocks, NULL: not about blocks */
	uint32_t nr_pages;

	/* DIFF_EVENTS; 0 where that file has no such event */
	uint32_t step_a;
	uint32_t step_b;
	uint32_t request; /* the first file's, else the second's */
};

struct diff_sink {
	void (*found)(void *context, const struct difference *d);
	void *context;
};

enum diff_kind { DIFF_OF_SNAPSHOT, DIFF_OF_RECORDING, DIFF_OF_TRACE };

/* "snapshot" "recording" "trace" */
const char *diff_kind_name(enum diff_kind kind);

/* A valid file. */
struct diff_file {
	enum diff_kind kind;
	struct machine machine; /* of a snapshot or recording */
	struct trace_file *trace; /* of a trace */
};

/* Read @path, "-" for standard input. False: @error. */
bool diff_open(struct diff_file *file, const char *path,
	       struct file_error *error);
void diff_close(struct diff_file *file);

/*
 * Pass each difference to @sink; *@nr is their number. False, with @error set:
 * no memory, or a state compared with a trace. If one file is a recording, what
 * recordings lack is not compared: blocks in use, and what a snapshot keeps
 * under "zonewalk".
 */
bool diff_files(const struct diff_file *a, const struct diff_file *b,
		const struct diff_sink *sink, uint32_t *nr,
		struct file_error *error);
/*
 * The same for two machines, without what recordings of @format lack. False: no
 * memory.
 */
bool diff_states(const struct machine *a, const struct machine *b,
		 uint32_t format, const struct diff_sink *sink);

#endif
