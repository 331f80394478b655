/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rows: the rows of many screens, each distinct one once.
 *
 *   struct rows rows = { .nr = 0 };
 *
 *   n = rows_add(&rows, &canvas, y)          its number, from 0
 *   rows_write(&rows, &json)                 all of them
 *   rows_destroy(&rows)
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "json/writer.h"
#include "terminal/canvas.h"

struct rows {
	char **text; /* JSON of each: ["text", begin, length, look, ...] */
	uint32_t nr;
	uint32_t *table; /* of hashes: number + 1; 0: free */
	uint32_t room; /* a power of 2 */
};

/* The number of row @y of @c. UINT32_MAX: no memory. */
uint32_t rows_add(struct rows *rows, const struct canvas *c, int y);
/* A list of lists. */
void rows_write(const struct rows *rows, struct json_writer *out);
void rows_destroy(struct rows *rows);

#endif
