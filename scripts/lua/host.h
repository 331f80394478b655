/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host: one run of a scenario, in the process that runs it.
 *
 *   sc = host_new(path, options)
 *   host_read(sc, &text)     the file, in memory
 *   host_run(sc, &text)      Lua runs it, here, to its end
 */
#ifndef SCRIPTS_HOST_H
#define SCRIPTS_HOST_H

#include "json/file.h"
#include "lua/api.h"

/* NULL: no memory. */
struct scenario *host_new(const char *path,
			  const struct scenario_options *options);
/* False: the outcome says why. */
bool host_read(struct scenario *sc, struct file_text *text);
void host_run(struct scenario *sc, const struct file_text *text);
/*
 * Inside a protected call: run the text of a scenario or an assignment
 * (@what, for the message that compiled Lua gets), named as @L's scenario is.
 */
void host_run_text(lua_State *L, const char *bytes, size_t size,
		   const char *what);
/* The script has ended: set the outcome by its expectations. */
void host_finish(struct scenario *sc);
/* "NAME:LINE: what" is the message, with the folder before it. */
void host_message(struct scenario *sc, const char *text);

#endif
