/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 8, FIRST_BYTES = 4096 };

/* Resize the block to which the pointer at @place points. */
static bool resize(void *place, size_t size)
{
	void *block;

	/* pointers to different types may not alias, their bytes may */
	memcpy(&block, place, sizeof(block));
	block = realloc(block, size);
	if (block)
		memcpy(place, &block, sizeof(block));
	return block;
}

bool array_make_room(void *array, size_t nr, size_t size)
{
	size_t room = nr < FIRST_ROOM ? FIRST_ROOM : 2 * nr;

	if (nr & (nr - 1) || (nr && nr < FIRST_ROOM))
		return true;
	/* @nr is 32 bits wide for most callers */
	return nr < UINT32_MAX / 2 && room <= SIZE_MAX / size &&
	       resize(array, room * size);
}

bool bytes_reserve(void *data, size_t *room, size_t size)
{
	size_t larger = *room < FIRST_BYTES / 2 ? FIRST_BYTES : 2 * *room;

	if (size <= *room)
		return true;
	if (larger < size)
		larger = size;
	if (size > SIZE_MAX / 2 || !resize(data, larger))
		return false;
	*room = larger;
	return true;
}
