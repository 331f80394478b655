/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_text: a file read into room that doubles. */
#include "lua/read_text.h"

#include <errno.h>
#include <stdlib.h>

enum { FIRST_ROOM = 65536 };

char *read_text(FILE *in, size_t max, size_t *size)
{
	char *text = NULL, *more;
	size_t room = 0;
	int error = 0;

	*size = 0;
	while (!error && *size == room) {
		room = room ? room * 2 : FIRST_ROOM;
		more = realloc(text, room + 1);
		if (!more) {
			error = ENOMEM;
			break;
		}
		text = more;
		*size += fread(text + *size, 1, room - *size, in);
		if (ferror(in))
			error = errno;
		else if (*size >= max)
			error = EFBIG;
	}
	if (error) {
		free(text);
		errno = error;
		return NULL;
	}
	text[*size] = '\0';
	return text;
}
