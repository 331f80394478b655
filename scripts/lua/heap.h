/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heap: the memory of one Lua state.
 *
 * Lua allocates and frees small objects all the time, and knows the size of
 * each. Small blocks therefore come from free lists, one for each size, that
 * are filled from chunks; a chunk is freed when the state is closed. Larger
 * blocks are malloc's.
 */
#ifndef SCRIPTS_LUA_HEAP_H
#define SCRIPTS_LUA_HEAP_H

#include <stdbool.h>
#include <stddef.h>

enum { HEAP_STEP = 16, HEAP_NR_SIZES = 16 };

struct heap {
	/* blocks of HEAP_STEP bytes, of twice as many ..., by their first word */
	void *free[HEAP_NR_SIZES];
	char *next; /* the unused part of the newest chunk */
	size_t left; /* its bytes */
	void *chunks; /* all, by their first word */
};

/* AddressSanitizer checks a block only if malloc() allocated it. */
#ifdef __SANITIZE_ADDRESS__
enum { HEAP_SMALL_MAX = 0 };
#else
enum { HEAP_SMALL_MAX = HEAP_STEP * HEAP_NR_SIZES };
#endif

/* Begin a new chunk. False: no memory. */
bool heap_add_chunk(struct heap *heap);
/* heap_resize() of what is not on a free list. */
void *heap_resize_slowly(struct heap *heap, void *block, size_t old,
			 size_t size);
/* Free all small blocks. */
void heap_destroy(struct heap *heap);

static inline bool heap_is_small(size_t size)
{
	return size && size <= HEAP_SMALL_MAX;
}

static inline void **heap_list(struct heap *heap, size_t size)
{
	return &heap->free[(size - 1) / HEAP_STEP];
}

/* A block of @size bytes, rounded up, from the newest chunk. */
static inline void *heap_cut(struct heap *heap, size_t size)
{
	void *block;

	size = (size + HEAP_STEP - 1) / HEAP_STEP * HEAP_STEP;
	if (heap->left < size && !heap_add_chunk(heap))
		return NULL;
	block = heap->next;
	heap->next += size;
	heap->left -= size;
	return block;
}

/*
 * As realloc(), of a block of @old bytes (@block NULL: a new one); @size 0
 * frees it.
 */
static inline void *heap_resize(struct heap *heap, void *block, size_t old,
				size_t size)
{
	void **list;

	if (!size && block && heap_is_small(old)) {
		list = heap_list(heap, old);
		*(void **)block = *list;
		*list = block;
		return NULL;
	}
	if (!block && heap_is_small(size)) {
		list = heap_list(heap, size);
		block = *list;
		if (block)
			*list = *(void **)block;
		else
			block = heap_cut(heap, size);
		return block;
	}
	return heap_resize_slowly(heap, block, old, size);
}

#endif
