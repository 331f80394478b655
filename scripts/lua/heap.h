/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_heap: memory for one Lua state.
 *
 * Lua makes and drops small objects all the time, and says how large each
 * was. So small ones come from free lists, one for each size, that are cut
 * from chunks; they go back to their list, and the chunks to the system when
 * the state is closed. Large ones are malloc's. Who has much gets larger
 * chunks, all of whose pages come from the system at once: one by one they
 * would cost more than what is put into them.
 */
#ifndef SCRIPTS_LUA_HEAP_H
#define SCRIPTS_LUA_HEAP_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { HEAP_STEP = 16, HEAP_LARGEST = 512 };

struct heap {
	/* lists by size, linked by their first word */
	void *free[HEAP_LARGEST / HEAP_STEP];
	char *next; /* what of the latest chunk is not cut yet */
	size_t left;
	struct chunk *chunks; /* all of them, the latest first */
};

/* A sanitizer sees each block by itself only if malloc made it. */
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
	return HEAP_ON && size - 1 < HEAP_LARGEST; /* 0 is not */
}

/* The list of blocks of that size. */
static inline void **heap_list(struct heap *heap, size_t size)
{
	return &heap->free[(size - 1) / HEAP_STEP];
}

/* A new chunk; what was left of the old one stays unused. 0: no memory. */
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

/* Give @block of @old bytes another size, neither 0. NULL: no memory. */
void *heap_move(struct heap *heap, void *block, size_t old, size_t size);

/* As realloc(): @block of @old bytes (NULL: none) gets @size; 0 frees. */
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

/* Free all chunks. Large blocks must have been freed before. */
void heap_close(struct heap *heap);

#endif
