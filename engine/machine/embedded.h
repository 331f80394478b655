/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * embedded: the source of the allocator, inside the program.
 *
 * An event knows the file and line that emitted it (struct trace_site). With
 * this table an installed program can show that line. The build generates it
 * from the files of engine/mm, sorted by name.
 */
#ifndef ENGINE_EMBEDDED_H
#define ENGINE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name; /* "buddy.h", as in struct trace_site */
	const char *text; /* followed by a NUL */
	size_t size; /* bytes, without that NUL */
};

extern const struct embedded_file embedded_sources[];
extern const size_t nr_embedded_sources;

#endif
