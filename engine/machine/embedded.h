/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * embedded: the engine's own source, inside the program.
 *
 * An event knows the file and line that told it (struct trace_site). With
 * this table an installed program can show that line. The build writes the
 * table: every .c, .h and .def file of engine/, sorted by name.
 */
#ifndef ENGINE_EMBEDDED_H
#define ENGINE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name; /* "buddy.c", as in struct trace_site */
	const char *text; /* with a NUL after it */
	size_t size; /* bytes, without that NUL */
};

extern const struct embedded_file embedded_sources[];
extern const size_t nr_embedded_sources;

#endif
