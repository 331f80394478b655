/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * end_card: the end card of a lesson, after its last step: the score, each
 * question with the learner's answer and the right one, what to remember,
 * the exercise with its checks and variants.
 */
#ifndef TUI_END_CARD_H
#define TUI_END_CARD_H

#include "model/guide.h"
#include "terminal/canvas.h"

struct end_card {
	const struct guide *guide;
	const char *title; /* of the lesson */
	const char *next; /* the title of the lesson after it, or NULL */
	const char *variant; /* that is played, or NULL */
	int scroll; /* rows */
};

/* Its texts, without a border, in an area of any size. */
void end_card_print(const struct end_card *card, struct area a);
/* How many rows they take. */
int end_card_rows(const struct end_card *card, int width);

/* How many rows more there are than fit on a screen of this size. */
int end_card_room(const struct end_card *card, int width, int height);
/* Draw it on a whole screen, with its keys. */
void end_card_draw(struct canvas *c, const struct end_card *card);

#endif
