/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash: SHA-256, and the hash chain over a session's events.
 *
 *   struct sha256 h;
 *   sha256_begin(&h); sha256_add(&h, bytes, size); sha256_end(&h, digest);
 *
 * The chain: H0 = SHA-256("zonewalk/events/1"); for each event in order
 * Hk = SHA-256(Hk-1 | name, NUL | request, 4 bytes | each field, 8 bytes),
 * numbers with the lowest byte first. Two chains with the same end have the
 * same events with the same numbers in the same order.
 */
#ifndef SCRIPTS_GRADE_HASH_H
#define SCRIPTS_GRADE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "session/session.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 65 };

struct sha256 {
	uint32_t state[8];
	uint64_t size; /* bytes so far */
	uint8_t block[64];
};

void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t size);
void sha256_end(struct sha256 *h, uint8_t digest[SHA256_BYTES]);
/* A digest in lower case, with a NUL. */
void sha256_hex(const uint8_t digest[SHA256_BYTES], char hex[SHA256_HEX]);
/* The digest of @size bytes, as sha256_hex(). */
void sha256_hex_of(const void *bytes, size_t size, char hex[SHA256_HEX]);

/* Begin a chain; extend it by all events of @s. */
void event_chain_begin(uint8_t chain[SHA256_BYTES]);
void event_chain_add(uint8_t chain[SHA256_BYTES], const struct session *s);

#endif
