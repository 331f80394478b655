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

#include <stddef.h>

enum { HEAP_STEP = 16, HEAP_NR_SIZES = 16 };

struct heap {
	/* blocks of HEAP_STEP bytes, of twice as many ..., by their first word */
	void *free[HEAP_NR_SIZES];
	char *next; /* the unused part of the newest chunk */
	size_t left; /* its bytes */
	void *chunks; /* all, by their first word */
};

/*
 * As realloc(), of a block of @old bytes (@block NULL: a new one); @size 0
 * frees it.
 */
void *heap_resize(struct heap *heap, void *block, size_t old, size_t size);
/* Free all small blocks. */
void heap_destroy(struct heap *heap);

#endif
