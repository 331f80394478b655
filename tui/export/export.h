/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export: the formats in which screens are saved. Each function draws the
 * screens with screenshot_draw() and writes to @out, whose errors the caller
 * checks; false: no memory.
 */
#ifndef TUI_EXPORT_H
#define TUI_EXPORT_H

#include "export/screenshot.h"
#include "terminal/term.h"

/* Screens as text, with an empty line between two. */
bool export_text(struct screenshot *p, const struct places *places, FILE *out);
/* One screen as an SVG image, with a title and a description. */
bool export_svg(struct screenshot *p, const struct export_place *place,
		enum theme theme, FILE *out);
/*
 * An asciicast, version 2. A screen stays for two seconds, and longer where
 * there is a new caption to read, a question or a pause.
 */
bool export_cast(struct screenshot *p, const struct places *places,
		 enum theme theme, FILE *out);

/*
 * One HTML page that plays the screens, with its questions. The scenario's
 * text beside them may be NULL. @reveal: the list of steps for a reader without
 * JavaScript tells the answers.
 */
bool export_page(struct screenshot *p, const struct places *places,
		 enum theme theme, bool reveal, FILE *out);

/* The index of pages: begin, add each, end. */
struct index_entry {
	const char *name; /* of the file, without .html */
	const char *title, *goal; /* or "" */
	uint32_t minutes; /* 0: not known */
};

void index_begin(FILE *out);
void index_add(const struct index_entry *entry, FILE *out);
void index_end(FILE *out);

/*
 * What happens at the place drawn last, for a title and for a reader who does
 * not see the screen: "02 A split, step 12 of 90"; the event's text; the
 * caption or the question, which may be NULL.
 */
struct text screenshot_title(const struct screenshot *p);
void screenshot_event(const struct screenshot *p, char *buf, size_t size);
const char *screenshot_caption(const struct screenshot *p);

/* @text with & < > and quotes as entities, and without control characters. */
void write_escaped(const char *text, FILE *out);

#endif
