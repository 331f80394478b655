/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bookmarks: a list of steps and a place in it. */
#include "model/bookmarks.h"

#include <string.h>

void bookmarks_init(struct bookmarks *j)
{
	*j = (struct bookmarks){ .nr = 0 };
	for (int i = 0; i < NR_LETTERS; i++)
		j->letters[i] = NO_STEP;
}

static void add(struct bookmarks *j, uint32_t step)
{
	if (j->nr == MAX_JUMPS)
		memmove(j->steps, j->steps + 1, sizeof(j->steps[0]) * --j->nr);
	j->steps[j->nr++] = step;
}

void bookmarks_leave(struct bookmarks *j, uint32_t step)
{
	if (j->at < j->nr)
		j->nr = j->at;
	if (!j->nr || j->steps[j->nr - 1] != step)
		add(j, step);
	j->at = j->nr;
}

bool bookmarks_back(struct bookmarks *j, uint32_t *step)
{
	if (!j->nr)
		return false;
	if (j->at == j->nr) {
		/* where forward will lead to */
		if (j->steps[j->nr - 1] != *step)
			add(j, *step);
		j->at = j->nr - 1;
	}
	if (!j->at)
		return false;
	*step = j->steps[--j->at];
	return true;
}

bool bookmarks_forward(struct bookmarks *j, uint32_t *step)
{
	if (j->at + 1 >= j->nr)
		return false;
	*step = j->steps[++j->at];
	return true;
}

static int letter_index(uint32_t letter)
{
	return letter >= 'a' && letter <= 'z' ? (int)(letter - 'a') : -1;
}

bool bookmarks_set(struct bookmarks *j, uint32_t letter, uint32_t step)
{
	int i = letter_index(letter);

	if (i < 0)
		return false;
	j->letters[i] = step;
	return true;
}

bool bookmarks_get(const struct bookmarks *j, uint32_t letter, uint32_t *step)
{
	int i = letter_index(letter);

	if (i < 0 || j->letters[i] == NO_STEP)
		return false;
	*step = (uint32_t)j->letters[i];
	return true;
}
