/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_screen: a lesson played without a terminal, and what must never be on
 * its screen: anything of an answer that was not given yet.
 */
#ifndef TESTS_LESSON_SCREEN_H
#define TESTS_LESSON_SCREEN_H

#include "app/app.h"
#include "sandbox/run.h"

struct lesson_screen {
	const char *name;
	struct session *session;
	struct app app;
	struct canvas canvas;
	char *text; /* of the last screen, without line breaks */
	char *panels; /* of its panels, one after another */
	char *first; /* the first one */
	char *source; /* of the lesson */
	uint32_t nr_bad; /* complaints */
};

/*
 * Run @path, or @text in its place, and play it at @width x @height. False: it
 * cannot be run.
 */
bool lesson_screen_open(struct lesson_screen *l, struct scenario **sc,
			const char *path, const char *text, uint64_t seed,
			int width, int height);
void lesson_screen_close(struct lesson_screen *l, struct scenario *sc);
/* The first complaint is printed, all are counted. */
void lesson_complain(struct lesson_screen *l, const char *what,
		     const char *text);
/* Draw; the cells as text, without borders and with single blanks. */
void lesson_draw(struct lesson_screen *l);
/* Is @number in the question or in a caption before it? */
bool lesson_was_said(const struct lesson_screen *l, const struct question *q,
		     const char *number);
/* Draw, read what is drawn, and check that it hides what it must. */
void lesson_look(struct lesson_screen *l);
/* A sentence that says something, of which a good part is on the screen. */
bool lesson_shows(const struct lesson_screen *l, const char *text);
/* Call @visit for each lesson. Returns how many there are. */
int lesson_for_each(void (*visit)(const char *path, const char *name,
				  void *context),
		    void *context);

#endif
