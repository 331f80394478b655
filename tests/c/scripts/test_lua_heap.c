/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The memory of a Lua state: blocks keep their bytes and never overlap. */
#include <stdbool.h>
#include <stdint.h>

#include "lua/heap.h"
#include "test.h"

enum { NR_BLOCKS = 400, NR_ROUNDS = 200000, MAX_SIZE = 1500 };

struct known {
	unsigned char *bytes;
	size_t size;
	unsigned char fill;
};

static unsigned int next_random(unsigned int *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

static bool holds(const struct known *k, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (k->bytes[i] != k->fill)
			return false;
	return true;
}

/* Resize random blocks to random sizes; each holds its own byte. */
static void test_random(void)
{
	static struct known known[NR_BLOCKS];
	struct heap heap = { .next = NULL };
	unsigned int state = 1;
	bool good = true;

	for (unsigned int round = 0; round < NR_ROUNDS; round++) {
		struct known *k = &known[next_random(&state) % NR_BLOCKS];
		size_t size = next_random(&state) % 3 ?
				      next_random(&state) % 100 :
				      next_random(&state) % MAX_SIZE;
		size_t kept = size < k->size ? size : k->size;

		good = good && holds(k, k->size);
		k->bytes = heap_resize(&heap, k->bytes, k->size, size);
		good = good && (k->bytes != NULL) == (size != 0);
		good = good && holds(k, kept);
		k->size = size;
		k->fill = (unsigned char)round;
		if (size)
			memset(k->bytes, k->fill, size);
	}
	CHECK(good);
	for (int i = 0; i < NR_BLOCKS; i++)
		CHECK(heap_resize(&heap, known[i].bytes, known[i].size, 0) ==
		      NULL);
	heap_close(&heap);
	CHECK(!heap.chunks);
}

/* Many blocks, through chunks of every size: none stands in another. */
static void test_many(void)
{
	enum { NR = 100000, SIZE = 96 };
	struct heap heap = { .next = NULL };
	uint32_t **blocks = calloc(NR, sizeof(*blocks));
	bool good = blocks != NULL;

	for (uint32_t i = 0; good && i < NR; i++) {
		blocks[i] = heap_resize(&heap, NULL, 0, SIZE);
		good = blocks[i] != NULL;
		for (uint32_t j = 0; good && j < SIZE / 4; j++)
			blocks[i][j] = i;
	}
	for (uint32_t i = 0; good && i < NR; i++)
		for (uint32_t j = 0; j < SIZE / 4; j++)
			good = good && blocks[i][j] == i;
	CHECK(good);
	for (uint32_t i = 0; blocks && i < NR && blocks[i]; i++)
		heap_resize(&heap, blocks[i], SIZE, 0);
	free(blocks);
	heap_close(&heap);
	CHECK(!heap.chunks);
}

/* What was given back is given out again: memory does not grow. */
static void test_again(void)
{
	struct heap heap = { .next = NULL };
	void *first = heap_resize(&heap, NULL, 0, 40), *second;

	heap_resize(&heap, first, 40, 0);
	second = heap_resize(&heap, NULL, 0, 48);
	CHECK(!HEAP_ON || first == second);
	CHECK((size_t)second % 16 == 0);
	heap_resize(&heap, second, 48, 0);
	heap_close(&heap);
}

int main(void)
{
	test_random();
	test_again();
	test_many();
	return test_done();
}
