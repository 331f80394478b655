/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_walk: checks that compare several runs of a lesson. */
#ifndef TESTS_LESSON_WALK_H
#define TESTS_LESSON_WALK_H

#include "lesson_panels.h"

enum { NR_SIZES = 3, MAX_QUESTIONS = 16 };

/* Terminals that a lesson is walked on. */
extern const int walk_sizes[NR_SIZES][2];

/* A number beside a question: of panel @view the @nth of row @row. */
struct number_place {
	enum view_id view;
	int row;
	int nth;
};

/*
 * Of a question, the numbers beside it that were the answer in every run. What
 * the lesson has said itself does not count.
 */
struct number_places {
	struct number_place *places;
	uint32_t nr;
	uint32_t nr_runs;
	bool differ; /* there were different answers */
	char answer[64]; /* of the last run */
};

/* Of each question and size. Zero it before the first run. */
struct lesson_places {
	struct number_places of[MAX_QUESTIONS][NR_SIZES];
};

/* The screen asks @q: keep the numbers beside it that are the answer. */
void places_add(struct lesson_places *all, struct lesson_screen *l,
		const struct question *q, int size);
/*
 * After the last run. False, with a complaint: a number beside a question
 * follows the answer. *@nr_constant: questions with the same number each time.
 */
bool places_check(struct lesson_places *all, const char *name,
		  uint32_t *nr_constant);

/*
 * Play the lesson beside one that is the same up to a question, has another
 * answer to it, and goes on without the requests that it makes. Every screen up
 * to the question must be the same, for each question: then no panel knows
 * what follows. False: complained.
 */
bool lesson_future_is_hidden(const char *path, const char *name, uint64_t seed,
			     int size);

#endif
