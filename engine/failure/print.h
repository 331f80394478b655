/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print: text for a person, wrapped at 80 columns.
 *
 *	print_add(&p, "%s: ", name);
 *	print_add(&p, "%d pages", nr);
 *	print_end(&p, 4);		lines after the first are indented by 4
 */
#ifndef ENGINE_FAILURE_PRINT_H
#define ENGINE_FAILURE_PRINT_H

#include <stdbool.h>
#include <stdio.h>

struct print {
	FILE *out;
	bool color;
	char line[2048]; /* what was added; what is beyond is dropped */
	size_t length;
};

__attribute__((format(printf, 2, 3))) void print_add(struct print *p,
						     const char *format, ...);
/* Print what was added, and a newline. */
void print_end(struct print *p, int indent);

#endif
