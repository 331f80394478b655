/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gfp_release: a gfp mask that another release printed, as a mask of 5.10.
 *
 * A mask's number means something else in each release, its names hardly
 * ever do; so names count more than the number.
 */
#ifndef ENGINE_GFP_RELEASE_H
#define ENGINE_GFP_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "import/report.h"
#include "machine/gfp.h"

struct gfp_reading {
	gfp_t gfp;
	/* the names that 5.10 has nothing for, joined by "|" */
	char dropped[256];
	bool from_number; /* no names, or one that no release has */
};

/*
 * The mask of @text, in any form that gfp_from_text() takes. Its number, which
 * is one of @release, counts only without names, or where one is in no
 * release.
 *
 * False if it cannot be read: then @message (@size bytes) says why.
 */
bool gfp_decode(const struct release *release, const char *text,
		struct gfp_reading *reading, char *message, size_t size);

/*
 * The same for the mask of a report: @names, and with @has_mode the number
 * @mode beside them. Its message also says what to do.
 */
bool gfp_read(const struct release *release, const char *names, bool has_mode,
	      uint64_t mode, struct gfp_reading *reading, char *message,
	      size_t size);

#endif
