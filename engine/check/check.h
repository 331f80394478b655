/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check: what always holds (the invariants of a sane machine).
 *
 * Walks everything: for tests, m:check() and after loading; O(pages).
 */
#ifndef ENGINE_CHECK_H
#define ENGINE_CHECK_H

#include "machine/mmzone.h"

/*
 * True when every invariant holds. Otherwise @message (of @size bytes) names
 * the first that does not, with page, zone and order.
 */
bool machine_check(const struct machine *m, char *message, size_t size);

#endif
