/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sha256: the hash function.
 *
 *   struct sha256 h;
 *   sha256_begin(&h); sha256_add(&h, bytes, size); sha256_end(&h, digest);
 */
#ifndef ENGINE_MACHINE_SHA256_H
#define ENGINE_MACHINE_SHA256_H

#include <stddef.h>
#include <stdint.h>

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

#endif
