/* SPDX-License-Identifier: GPL-2.0-or-later */
/* utf8: characters out of bytes and back. */
#ifndef ENGINE_MACHINE_UTF8_H
#define ENGINE_MACHINE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The character at the beginning of @text, which has @size bytes, SIZE_MAX
 * if a NUL ends it. Returns how many bytes it has; 0 if they are not UTF-8:
 * only the shortest form counts, and no surrogates.
 */
size_t utf8_decode(const char *text, size_t size, uint32_t *character);
/* A character into @buf (room for 4). Returns the number of bytes. */
size_t utf8_encode(uint32_t character, char *buf);
/* Remove the beginning of a character at the end of a text that was cut. */
void utf8_trim(char *text);

#endif
