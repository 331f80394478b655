/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdoc: texts as lines of a man page in the language of mdoc(7).
 *
 * Lines of text and arguments of macros are escaped, so any text can be
 * given. Write every text by these functions.
 */
#ifndef TUI_MDOC_H
#define TUI_MDOC_H

#include <stdio.h>

/* Print @text as lines of text, a line for each sentence. */
void mdoc_text(FILE *out, const char *text);
/* The same, with the marks of Markdown: `literal`, *emphasis*, **strong**. */
void mdoc_marked(FILE *out, const char *text);
/* ".MACRO ARGUMENT", the argument being one word. */
void mdoc_macro(FILE *out, const char *macro, const char *argument);
/* ".It MACRO ARGUMENT", the tag of a list's item. */
void mdoc_item(FILE *out, const char *macro, const char *argument);
/* Print lines of a block that is shown as it is, each after another. */
void mdoc_literal(FILE *out, const char *lines);
/* Begin and end a list of items with a tag. */
void mdoc_list_begin(FILE *out);
void mdoc_list_end(FILE *out);

/*
 * Print the body of a page: a text in Markdown with headings, paragraphs,
 * lists, tables and blocks of code. Its title, "# ...", is left out.
 */
void mdoc_markdown(FILE *out, const char *text);

#endif
