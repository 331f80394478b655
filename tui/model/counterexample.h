/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * witness: a failed property of a grade, shown at the step that proves it.
 * The screen has it while `struct view_state` points to one.
 */
#ifndef TUI_COUNTEREXAMPLE_H
#define TUI_COUNTEREXAMPLE_H

#include <stdint.h>

struct counterexample {
	const char *property; /* its name */
	const char *text; /* what it demands, as the assignment says it */
	const char *kind; /* "always", "never", "seq" ... or NULL */
	const char *found; /* what was seen instead, or NULL */
	const char *assignment; /* file, or NULL */
	uint32_t step; /* that proves it; UINT32_MAX: it never came */
	uint32_t points; /* lost */
};

#endif
