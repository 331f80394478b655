/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sha256: SHA-256 as FIPS 180-4 defines it. */
#include "machine/sha256.h"

#include <string.h>

/* The first 32 bits of the fractions of the cube roots of 64 primes. */
static const uint32_t round_words[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned int bits)
{
	return word >> bits | word << (32 - bits);
}

/* The block's 16 words, and 48 more made from them. */
static void schedule(const uint8_t *block, uint32_t w[64])
{
	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 |
		       (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (int i = 16; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		a = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3;
		b = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10;
		w[i] = w[i - 16] + a + w[i - 7] + b;
	}
}

/*
 * Round @j of eight. FIPS 180-4 moves each of the words a to h to the next
 * one; here they stay, and their names move: word a is at -@j.
 */
static inline void one_round(uint32_t s[8], int j, uint32_t word)
{
	const uint32_t a = s[-j & 7], b = s[(1 - j) & 7], c = s[(2 - j) & 7];
	const uint32_t e = s[(4 - j) & 7], f = s[(5 - j) & 7];
	const uint32_t g = s[(6 - j) & 7], h = s[(7 - j) & 7];
	uint32_t up = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
	uint32_t one = h + up + ((e & f) ^ (~e & g)) + word;
	uint32_t down = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);

	s[(3 - j) & 7] += one;
	s[(7 - j) & 7] = one + down + ((a & b) ^ (a & c) ^ (b & c));
}

static void compress(uint32_t state[8], const uint8_t *block)
{
	uint32_t w[64], s[8];

	schedule(block, w);
	memcpy(s, state, sizeof(s));
	for (int i = 0; i < 64; i += 8)
#pragma GCC unroll 8
		for (int j = 0; j < 8; j++)
			one_round(s, j, round_words[i + j] + w[i + j]);
	for (int i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha256_begin(struct sha256 *h)
{
	*h = (struct sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
					 0xa54ff53a, 0x510e527f, 0x9b05688c,
					 0x1f83d9ab, 0x5be0cd19 } };
}

void sha256_add(struct sha256 *h, const void *bytes, size_t size)
{
	const uint8_t *from = bytes;

	while (size) {
		size_t used = h->size % 64, room = 64 - used;
		size_t take = size < room ? size : room;

		if (take < 64)
			memcpy(h->block + used, from, take);
		if (take == room)
			compress(h->state, take < 64 ? h->block : from);
		h->size += take;
		from += take;
		size -= take;
	}
}

void sha256_end(struct sha256 *h, uint8_t digest[SHA256_BYTES])
{
	/* 0x80, zeros up to 8 bytes before the end of a block, the length */
	uint8_t end[72] = { 0x80 };
	size_t size = 64 - (h->size + 8) % 64;
	uint64_t bits = h->size * 8;

	for (int i = 0; i < 8; i++)
		end[size++] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_add(h, end, size);
	for (int i = 0; i < SHA256_BYTES; i++)
		digest[i] = (uint8_t)(h->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(const uint8_t digest[SHA256_BYTES], char hex[SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < SHA256_BYTES; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * SHA256_BYTES] = '\0';
}

void sha256_hex_of(const void *bytes, size_t size, char hex[SHA256_HEX])
{
	uint8_t digest[SHA256_BYTES];
	struct sha256 h;

	sha256_begin(&h);
	sha256_add(&h, bytes, size);
	sha256_end(&h, digest);
	sha256_hex(digest, hex);
}
