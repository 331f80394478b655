/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machine_difference: does a submission begin with what is given? */
#ifndef SCRIPTS_GRADE_MACHINE_DIFFERENCE_H
#define SCRIPTS_GRADE_MACHINE_DIFFERENCE_H

#include "session/session.h"

/*
 * How the machine of @s differs from that of @given at step 0: a text, in
 * @buf; NULL: not at all.
 */
const char *machine_difference(struct session *given, struct session *s,
			       char *buf, size_t size);
/*
 * How the first requests of @s, and its writes into pages until then, differ
 * from all those of @given, likewise. *@step: where.
 */
const char *setup_difference(const struct session *given,
			     const struct session *s, uint32_t *step, char *buf,
			     size_t size);

#endif
