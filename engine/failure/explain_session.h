/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain_session: the request of a report as a session, to be looked at step
 * by step: first as the fast path makes it, then, if no zone serves it, as the
 * slow path's first attempt.
 */
#ifndef ENGINE_FAILURE_SESSION_H
#define ENGINE_FAILURE_SESSION_H

#include "failure/explain.h"
#include "session/session.h"

/*
 * A session on the machine of @r, with its request, and in *@step the step
 * at which the last attempt that refuses a zone does so first. Without a
 * request the session has no steps. NULL: @message (@size bytes) says why.
 */
struct session *explain_session(struct report *r,
				const struct explain_options *options,
				uint32_t *step, char *message, size_t size);

#endif
