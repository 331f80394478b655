/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rows: a hash table of rows in JSON. */
#include "export/rows.h"

#include <stdlib.h>
#include <string.h>

#include "export/colors.h"
#include "machine/array.h"

/* Characters and not columns: how many a cell has. */
static int64_t nr_characters(const struct cell *cell)
{
	int64_t nr = cell->glyph != 0;

	for (int i = 0; i < MAX_COMBINING && cell->combining[i]; i++)
		nr++;
	return nr;
}

static void put_runs(const struct canvas *c, int y, int end,
		     struct json_writer *out)
{
	const struct cell *row = &c->cells[y * c->width];
	int64_t at = 0;

	for (int x = 0; x < end;) {
		const uint32_t look = row[x].look;
		const int64_t begin = at;

		for (; x < end && row[x].look == look; x++)
			at += nr_characters(&row[x]);
		if (look == LOOK_NORMAL)
			continue;
		writer_i64(out, begin);
		writer_i64(out, at - begin);
		writer_i64(out, look);
	}
}

/* Without the blanks at its end. NULL: no memory. */
static char *row_json(const struct canvas *c, int y)
{
	const struct cell *row = &c->cells[y * c->width];
	struct json_writer out = { .data = NULL };
	int end = c->width;
	size_t used = 0;
	char *text;

	while (end && row[end - 1].glyph == ' ' &&
	       row[end - 1].look != LOOK_CURRENT)
		end--;
	text = malloc((size_t)end * MAX_CELL_BYTES + 1);
	if (!text)
		return NULL;
	for (int x = 0; x < end; x++)
		used += cell_encode(&row[x], text + used);
	text[used] = '\0';
	writer_open(&out, '[');
	writer_string(&out, text);
	put_runs(c, y, end, &out);
	writer_close(&out, ']');
	free(text);
	return writer_finish(&out);
}

/* The place in the table of @text, or the free one for it. */
static uint32_t *find(const struct rows *rows, const char *text)
{
	uint32_t hash = 2166136261u;

	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	for (;; hash++) {
		uint32_t *place = &rows->table[hash & (rows->room - 1)];

		if (!*place || !strcmp(rows->text[*place - 1], text))
			return place;
	}
}

/* Keep half of the table free. */
static bool grow(struct rows *rows)
{
	uint32_t *table;

	if (rows->nr < rows->room / 2)
		return true;
	rows->room = rows->room ? 2 * rows->room : 1024;
	table = calloc(rows->room, sizeof(*table));
	free(rows->table);
	rows->table = table;
	for (uint32_t i = 0; table && i < rows->nr; i++)
		*find(rows, rows->text[i]) = i + 1;
	return table;
}

uint32_t rows_add(struct rows *rows, const struct canvas *c, int y)
{
	char *text = row_json(c, y);
	uint32_t *place;
	char **kept;

	if (!text || !grow(rows)) {
		free(text);
		return UINT32_MAX;
	}
	place = find(rows, text);
	if (*place) {
		free(text);
		return *place - 1;
	}
	kept = array_add(rows->text, rows->nr);
	if (!kept) {
		free(text);
		return UINT32_MAX;
	}
	*kept = text;
	*place = rows->nr;
	return rows->nr - 1;
}

void rows_write(const struct rows *rows, struct json_writer *out)
{
	writer_open(out, '[');
	for (uint32_t i = 0; i < rows->nr; i++) {
		writer_raw(out, ",", i > 0);
		writer_raw(out, rows->text[i], strlen(rows->text[i]));
	}
	writer_close(out, ']');
}

void rows_destroy(struct rows *rows)
{
	for (uint32_t i = 0; i < rows->nr; i++)
		free(rows->text[i]);
	free(rows->text);
	free(rows->table);
	*rows = (struct rows){ .nr = 0 };
}
