/* SPDX-License-Identifier: GPL-2.0-or-later */
/* jumps: a list of steps and a place in it. */
#include "model/jumps.h"

#include <string.h>

void jumps_init(struct jumps *j)
{
	*j = (struct jumps){ .nr = 0 };
	for (int i = 0; i < NR_LETTERS; i++)
		j->letters[i] = NO_STEP;
}

static void add(struct jumps *j, uint32_t step)
{
	if (j->nr == MAX_JUMPS)
		memmove(j->steps, j->steps + 1, sizeof(j->steps[0]) * --j->nr);
	j->steps[j->nr++] = step;
}

void jumps_leave(struct jumps *j, uint32_t step)
{
	if (j->at < j->nr)
		j->nr = j->at;
	if (!j->nr || j->steps[j->nr - 1] != step)
		add(j, step);
	j->at = j->nr;
}

bool jumps_back(struct jumps *j, uint32_t *step)
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

bool jumps_forward(struct jumps *j, uint32_t *step)
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

bool jumps_mark(struct jumps *j, uint32_t letter, uint32_t step)
{
	int i = letter_index(letter);

	if (i < 0)
		return false;
	j->letters[i] = step;
	return true;
}

bool jumps_marked(const struct jumps *j, uint32_t letter, uint32_t *step)
{
	int i = letter_index(letter);

	if (i < 0 || j->letters[i] == NO_STEP)
		return false;
	*step = (uint32_t)j->letters[i];
	return true;
}
