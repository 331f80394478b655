/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE
#include "lua/heap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_CHUNK = 1 << 16, HUGE_CHUNK = 1 << 21 };

/* AddressSanitizer checks a block only if malloc() allocated it. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_MAX = 0 };
#else
enum { SMALL_MAX = HEAP_STEP * HEAP_NR_SIZES };
#endif

static bool is_small(size_t size)
{
	return size - 1 < SMALL_MAX; /* 0 is not */
}

static size_t size_index(size_t size)
{
	return (size - 1) / HEAP_STEP;
}

/* Put a block at the head of a list that is linked by the first words. */
static void push(void **list, void *block)
{
	*(void **)block = *list;
	*list = block;
}

/*
 * A chunk; the rest of the one before stays unused. A state that needs a second
 * one gets huge pages: its objects are spread over too many others.
 */
static bool add_chunk(struct heap *heap)
{
	const size_t size = heap->chunks ? HUGE_CHUNK : FIRST_CHUNK;
	char *chunk = aligned_alloc(size, size);

	if (!chunk)
		return false;
	if (size == HUGE_CHUNK)
		madvise(chunk, size, MADV_HUGEPAGE);
	push(&heap->chunks, chunk);
	heap->next = chunk + HEAP_STEP;
	heap->left = size - HEAP_STEP;
	return true;
}

static void *heap_alloc(struct heap *heap, size_t size)
{
	void **list = &heap->free[size_index(size)], *block = *list;

	if (block) {
		*list = *(void **)block;
		return block;
	}
	size = (size_index(size) + 1) * HEAP_STEP;
	if (heap->left < size && !add_chunk(heap))
		return NULL;
	block = heap->next;
	heap->next += size;
	heap->left -= size;
	return block;
}

static void heap_free(struct heap *heap, void *block, size_t size)
{
	if (is_small(size))
		push(&heap->free[size_index(size)], block);
	else
		free(block);
}

void *heap_resize(struct heap *heap, void *block, size_t old, size_t size)
{
	void *moved;

	if (!size) {
		heap_free(heap, block, old);
		return NULL;
	}
	if (!block)
		return is_small(size) ? heap_alloc(heap, size) : malloc(size);
	if (!is_small(old) && !is_small(size))
		return realloc(block, size);
	/* Lua relies on shrinking a block to succeed */
	if (is_small(old) && size <= old)
		return block;
	moved = heap_resize(heap, NULL, 0, size);
	if (!moved)
		return NULL;
	memcpy(moved, block, old < size ? old : size);
	heap_free(heap, block, old);
	return moved;
}

void heap_destroy(struct heap *heap)
{
	while (heap->chunks) {
		void *chunk = heap->chunks;

		heap->chunks = *(void **)chunk;
		free(chunk);
	}
	*heap = (struct heap){ .next = NULL };
}
