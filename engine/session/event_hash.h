/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_hash: SHA-256 over events.
 *
 *   struct sha256 h;
 *   event_hash_begin(&h);
 *   event_hash_add(&h, event);     in the order in which they are emitted
 *   sha256_end(&h, digest);
 *
 * Hashed are "zonewalk/events/2" and a NUL; then of each event its name and a
 * NUL, the number of its request and each field. A number n is zigzag encoded
 * (2n, or -2n - 1 if it is negative) and written seven bits at a time, the
 * lowest first; all bytes but the last have the high bit set. With the same
 * digest, events are the same, with the same numbers, in the same order.
 */
#ifndef ENGINE_EVENT_HASH_H
#define ENGINE_EVENT_HASH_H

#include "events/trace.h"
#include "machine/sha256.h"

void event_hash_begin(struct sha256 *h);
void event_hash_add(struct sha256 *h, const struct event *event);

#endif
