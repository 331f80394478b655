/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jumps: where I was before I jumped, and the steps that I gave a letter.
 * Numbers only. A step by hand is no jump; a search, a number, a click is.
 */
#ifndef TUI_BOOKMARKS_H
#define TUI_BOOKMARKS_H

#include <stdbool.h>
#include <stdint.h>

enum { MAX_JUMPS = 64, NR_LETTERS = 26, NO_STEP = -1 };

struct bookmarks {
	uint32_t steps[MAX_JUMPS]; /* the oldest first */
	unsigned int nr;
	unsigned int at; /* the one we are at; nr: at none of them */
	int64_t letters[NR_LETTERS]; /* a step, or NO_STEP */
};

void bookmarks_init(struct bookmarks *j);
/* A jump away from @step begins. What one could go forward to is gone. */
void bookmarks_leave(struct bookmarks *j, uint32_t step);
/* Back from, or forward again from @step. False: there is nothing. */
bool bookmarks_back(struct bookmarks *j, uint32_t *step);
bool bookmarks_forward(struct bookmarks *j, uint32_t *step);
/* Remember, or find, the step of a letter. False: no letter, no step. */
bool bookmarks_set(struct bookmarks *j, uint32_t letter, uint32_t step);
bool bookmarks_get(const struct bookmarks *j, uint32_t letter, uint32_t *step);

#endif
