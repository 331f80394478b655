/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check: the invariants of a machine.
 *
 * Reads all of the state, O(pages): for tests, m:check(), after loading.
 */
#ifndef ENGINE_CHECK_H
#define ENGINE_CHECK_H

#include "machine/mmzone.h"

/*
 * True if every invariant holds. Otherwise @message (of @size bytes) is the
 * first that does not, with page, zone and order.
 */
bool machine_check(const struct machine *m, char *message, size_t size);

#endif
