/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flip_verify: carry out a flip on a copy of the machine, by the means that a
 * user has: free pages, write a sysctl, boot, make another request.
 */
#ifndef TESTS_FLIP_VERIFY_H
#define TESTS_FLIP_VERIFY_H

#include "explain/flip.h"

enum verdict { REFUSED, SERVED, UNKNOWN };

/*
 * What becomes of @request on a copy of @m once value @value of the flip is
 * carried out. UNKNOWN where this machine cannot do it: it has no blocks to
 * free that add up to so many pages.
 */
enum verdict flip_carry_out(const struct machine *m,
			    const struct alloc_request *request,
			    const struct flip *flip, int64_t value);

/* The alloc flags of the slow path's attempts for @request. */
struct event_slow_path slow_path_of(const struct machine *m,
				    const struct alloc_request *request);

#endif
