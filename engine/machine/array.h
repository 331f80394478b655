/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays and byte buffers that grow.
 *
 *	struct item *items = NULL, *item;
 *	uint32_t nr = 0;
 *
 *	item = array_add(items, nr);
 *
 * There is no capacity to store: an array has room for 8 elements or for the
 * next power of two, so that it grows exactly when its number reaches one.
 */
#ifndef ENGINE_MACHINE_ARRAY_H
#define ENGINE_MACHINE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The address of a new element at the end of @array, uninitialised and
 * counted in @nr; NULL without memory, with @array and @nr unchanged. @array
 * must have grown by array_add() only.
 */
#define array_add(array, nr)                                                   \
	(array_make_room(&(array), (nr), sizeof(*(array))) ?                   \
		 &(array)[(nr)++] :                                            \
		 NULL)

/* For array_add(): make room for element @nr of the array at *@array. */
bool array_make_room(void *array, size_t nr, size_t size);

/*
 * Let the buffer at *@data have at least @size bytes; *@room is how many it
 * has. False without memory, with both unchanged.
 */
bool bytes_reserve(void *data, size_t *room, size_t size);

#endif
