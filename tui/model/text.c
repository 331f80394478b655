/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text: short texts as values. */
#include "model/text.h"

#include <stdarg.h>

struct text text_of(const char *format, ...)
{
	struct text text;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text.s, sizeof(text.s), format, arguments);
	va_end(arguments);
	return text;
}
