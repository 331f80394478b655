/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bookmarks: the steps that the user jumped from, and those with a letter.
 * A single step is no jump; a search, a number, a click is.
 */
#ifndef TUI_BOOKMARKS_H
#define TUI_BOOKMARKS_H

#include <stdbool.h>
#include <stdint.h>

enum { MAX_JUMPS = 64, NR_LETTERS = 26, NO_STEP = -1 };

struct bookmarks {
	uint32_t steps[MAX_JUMPS]; /* the oldest first */
	unsigned int nr;
	unsigned int at; /* the current one; nr: none of them */
	int64_t letters[NR_LETTERS]; /* a step, or NO_STEP */
};

void bookmarks_init(struct bookmarks *j);
/* A jump away from @step begins: there is nothing to go forward to. */
void bookmarks_leave(struct bookmarks *j, uint32_t step);
/* Back from, or forward again from *@step. False: nowhere to go. */
bool bookmarks_back(struct bookmarks *j, uint32_t *step);
bool bookmarks_forward(struct bookmarks *j, uint32_t *step);
/* Set, or get, the step of a letter. False: no letter, or no step. */
bool bookmarks_set(struct bookmarks *j, uint32_t letter, uint32_t step);
bool bookmarks_get(const struct bookmarks *j, uint32_t letter, uint32_t *step);

#endif
