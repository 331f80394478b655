/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_hash: the hash chain over a session's events.
 *
 * The chain: H0 = SHA-256("zonewalk/events/1"); for each event in order
 * Hk = SHA-256(Hk-1 | name, NUL | request, 4 bytes | each field, 8 bytes),
 * numbers with the lowest byte first. Two chains with the same end have the
 * same events with the same numbers in the same order.
 */
#ifndef ENGINE_EVENT_HASH_H
#define ENGINE_EVENT_HASH_H

#include "machine/sha256.h"
#include "session/session.h"

/* Begin a chain; extend it by all events of @s. */
void event_chain_begin(uint8_t chain[SHA256_BYTES]);
void event_chain_add(uint8_t chain[SHA256_BYTES], const struct session *s);

#endif
