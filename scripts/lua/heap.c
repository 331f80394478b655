/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory for one Lua state: free lists for small blocks. */
#include "lua/heap.h"

#include <stdint.h>
#include <sys/mman.h>

/* The largest chunk is one huge page. */
enum { CHUNK_SIZE = 1 << 16, CHUNK_LARGEST = 1 << 21 };

/* At the beginning of a chunk. */
struct chunk {
	struct chunk *next;
	size_t size;
};

_Static_assert(sizeof(struct chunk) == HEAP_STEP, "keeps blocks aligned");

static void *map(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return pages == MAP_FAILED ? NULL : pages;
}

/* Map a chunk of the largest size, aligned to it. NULL: no memory. */
static void *map_largest(void)
{
	const size_t size = CHUNK_LARGEST;
	char *pages = map(2 * size);
	size_t before;

	if (!pages)
		return map(size);
	before = -(uintptr_t)pages & (size - 1);
	if (before)
		munmap(pages, before);
	munmap(pages + before + size, size - before);
#ifdef MADV_HUGEPAGE
	(void)madvise(pages + before, size, MADV_HUGEPAGE);
#endif
	return pages + before;
}

/* Map a chunk and, where the kernel can, populate all its pages at once. */
static struct chunk *new_chunk(size_t size)
{
	void *pages = size < CHUNK_LARGEST ? map(size) : map_largest();

#ifdef MADV_POPULATE_WRITE
	if (pages)
		(void)madvise(pages, size, MADV_POPULATE_WRITE);
#endif
	return pages;
}

int heap_grow(struct heap *heap)
{
	size_t size = heap->chunks ? heap->chunks->size * 2 : CHUNK_SIZE;
	struct chunk *chunk;

	if (size > CHUNK_LARGEST)
		size = CHUNK_LARGEST;
	chunk = new_chunk(size);
	if (!chunk)
		return 0;
	*chunk = (struct chunk){ .next = heap->chunks, .size = size };
	heap->chunks = chunk;
	heap->next = (char *)(chunk + 1);
	heap->left = size - sizeof(*chunk);
	return 1;
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
		struct chunk *chunk = heap->chunks;

		heap->chunks = chunk->next;
		munmap(chunk, chunk->size);
	}
	*heap = (struct heap){ .next = NULL };
}
