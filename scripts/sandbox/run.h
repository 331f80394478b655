/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run: run a scenario in a sandbox. */
#ifndef SCRIPTS_RUN_H
#define SCRIPTS_RUN_H

#include "json/file.h"
#include "lua/scenario.h"

/*
 * Run the scenario at @path ("-" reads stdin), or @text as if it were that
 * file's. Returns a scenario, whose
 * outcome says how it ended; NULL: no memory. A script that failed keeps the
 * sessions made until then.
 */
struct scenario *scenario_run(const char *path,
			      const struct scenario_options *options);
struct scenario *scenario_run_text(const char *path,
				   const struct file_text *text,
				   const struct scenario_options *options);

#endif
