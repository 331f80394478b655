/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * save_scenario: a session as a Lua file that repeats it.
 *
 * The state it began with is written beside it as a snapshot, NAME.begin.json
 * for NAME.lua, and loaded by the script; then come all requests in their
 * order, and the captions between them. Running it makes the same steps.
 */
#ifndef ENGINE_SAVE_SCENARIO_H
#define ENGINE_SAVE_SCENARIO_H

#include "session/session.h"

/*
 * Write both, each whole or not at all; a file that this function did not
 * write is not overwritten. @message (@size bytes) says what was written, or
 * what went wrong when the result is false. The session stands at its step
 * again afterwards.
 */
bool save_scenario(struct session *s, const char *path, const char *title,
		   char *message, size_t size);

#endif
