/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_heap: free lists for small blocks. */
#include "lua_heap.h"

enum { CHUNK_SIZE = 1 << 16 };

/* A new chunk; what was left of the old one stays unused. */
static int heap_grow(struct heap *heap)
{
	char *chunk = malloc(CHUNK_SIZE);

	if (!chunk)
		return 0;
	memcpy(chunk, &heap->chunks, sizeof(void *));
	heap->chunks = chunk;
	heap->next = chunk + HEAP_STEP;
	heap->left = CHUNK_SIZE - HEAP_STEP;
	return 1;
}

void *heap_new_slowly(struct heap *heap, size_t size)
{
	void *block;

	size = (size + HEAP_STEP - 1) & ~(size_t)(HEAP_STEP - 1);
	if (heap->left < size && !heap_grow(heap))
		return NULL;
	block = heap->next;
	heap->next += size;
	heap->left -= size;
	return block;
}

void *heap_move(struct heap *heap, void *block, size_t old, size_t size)
{
	const int from_small = heap_is_small(old),
		  to_small = heap_is_small(size);
	void *moved;

	if (!from_small && !to_small)
		return realloc(block, size);
	if (from_small && to_small &&
	    heap_list(heap, old) == heap_list(heap, size))
		return block;
	moved = heap_resize(heap, NULL, 0, size);
	if (!moved)
		return NULL;
	memcpy(moved, block, old < size ? old : size);
	heap_resize(heap, block, old, 0);
	return moved;
}

void heap_close(struct heap *heap)
{
	while (heap->chunks) {
		void *next;

		memcpy(&next, heap->chunks, sizeof(void *));
		free(heap->chunks);
		heap->chunks = next;
	}
	*heap = (struct heap){ .next = NULL };
}
