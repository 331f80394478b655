/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machine_difference: is a submission's machine the given one? */
#ifndef SCRIPTS_GRADE_MACHINE_DIFFERENCE_H
#define SCRIPTS_GRADE_MACHINE_DIFFERENCE_H

#include "session/session.h"

/*
 * How the machine of @given differs from that of @s at step 0, in @buf;
 * NULL: not at all. With @ignore_sysctls, what follows from sysctls may differ.
 */
const char *machine_difference(struct session *given, struct session *s,
			       bool ignore_sysctls, char *buf, size_t size);

#endif
