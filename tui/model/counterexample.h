/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * counterexample: a failed property of a grade, shown at the first failing
 * step while `struct view_state` points to it.
 */
#ifndef TUI_COUNTEREXAMPLE_H
#define TUI_COUNTEREXAMPLE_H

#include <stdint.h>

struct counterexample {
	const char *property; /* its name */
	const char *text; /* its text in the assignment */
	const char *kind; /* "always", "never", "seq" ... or NULL */
	const char *found; /* what was seen instead, or NULL */
	const char *assignment; /* file, or NULL */
	uint32_t step; /* the first that fails; UINT32_MAX: never */
	uint32_t points; /* lost */
};

#endif
