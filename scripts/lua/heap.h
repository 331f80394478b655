/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for one Lua state.
 *
 * Lua allocates and frees many small objects and passes their size to both.
 * Small blocks come from free lists, one for each size, and are cut from
 * chunks; closing the state unmaps the chunks. Large blocks are malloc's.
 * Chunks double in size and are populated at once, since a page fault costs
 * more than what Lua writes to a page.
 */
#ifndef SCRIPTS_LUA_HEAP_H
#define SCRIPTS_LUA_HEAP_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { HEAP_STEP = 16, HEAP_LARGEST = 512 };

struct heap {
	/* by size; the first word of a block is its link */
	void *free[HEAP_LARGEST / HEAP_STEP];
	char *next; /* the uncut rest of the latest chunk */
	size_t left;
	struct chunk *chunks; /* the latest first */
};

/* A sanitizer can check only blocks that malloc made. */
#if defined(__SANITIZE_ADDRESS__)
#define HEAP_ON 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEAP_ON 0
#endif
#endif
#ifndef HEAP_ON
#define HEAP_ON 1
#endif

static inline int heap_is_small(size_t size)
{
	return HEAP_ON && size - 1 < HEAP_LARGEST; /* false for 0 */
}

/* The free list of blocks of @size bytes. */
static inline void **heap_list(struct heap *heap, size_t size)
{
	return &heap->free[(size - 1) / HEAP_STEP];
}

/* Add a chunk; the rest of the latest stays unused. 0: no memory. */
int heap_grow(struct heap *heap);

/* A new block of @size bytes; NULL: no memory. */
static inline void *heap_cut(struct heap *heap, size_t size)
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

/* Change the size of @block from @old to @size, neither 0. NULL: no memory. */
void *heap_move(struct heap *heap, void *block, size_t old, size_t size);

/* As realloc(), with the old size; a @size of 0 frees. */
static inline void *heap_resize(struct heap *heap, void *block, size_t old,
				size_t size)
{
	void **list;

	if (block && size)
		return heap_move(heap, block, old, size);
	if (!block && !size)
		return NULL;
	if (!heap_is_small(block ? old : size)) {
		if (!block)
			return malloc(size);
		free(block);
		return NULL;
	}
	list = heap_list(heap, block ? old : size);
	if (block) {
		memcpy(block, list, sizeof(void *));
		*list = block;
		return NULL;
	}
	block = *list;
	if (!block)
		return heap_cut(heap, size);
	memcpy(list, block, sizeof(void *));
	return block;
}

/* Unmap all chunks. The caller has freed the large blocks. */
void heap_close(struct heap *heap);

#endif
