/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_data: what the JavaScript of a page gets, as JSON, and the list of
 * steps for a reader without it.
 */
#ifndef TUI_PAGE_DATA_H
#define TUI_PAGE_DATA_H

#include "export/export.h"
#include "json/writer.h"

/* False: no memory. */
bool page_data_write(struct screenshot *p, const struct places *places,
		     struct json_writer *out);
/* List items; with @reveal also the steps that answer a question. */
void page_steps_write(struct screenshot *p, const struct places *places,
		      bool reveal, FILE *out);
/*
 * The number of the place where the answer to the question of place @i is
 * shown.
 */
uint32_t page_reveal(const struct screenshot *p, const struct places *places,
		     uint32_t i);

#endif
