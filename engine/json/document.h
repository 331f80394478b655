/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * document: read a JSON file without knowledge of the JSON library.
 *
 *   struct document *d = document_open("report.json", &error);
 *   title = document_string(d, "title", 200);
 *   for (bool more = document_list(d, "runs", 100); more; more =
 * document_next(d)) seed = document_u64(d, "seed"); ok = document_close(d);
 *
 * A cursor stands in an object; document_enter(), document_list() and
 * document_next() move it, document_leave() brings it back. The first thing
 * that is wrong is kept in the error, with the key's path; from then on every
 * value reads as 0 or "", lists are empty, and document_close() returns false:
 * check it once, at the end.
 */
#ifndef ENGINE_DOC_JSON_H
#define ENGINE_DOC_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "json/file.h"

struct document;

/* @path "-" is standard input. NULL, with @error set, on failure. */
struct document *document_open(const char *path, struct file_error *error);
/* The same of @size bytes at @text; @name stands for the path in errors. */
struct document *document_from_text(const char *name, const char *text,
				    size_t size, struct file_error *error);
/* Free the document. False if an error occurred. */
bool document_close(struct document *d);
/* Report an error at @key of the current object. */
void document_fail(struct document *d, const char *key, const char *what);

/*
 * The value of @key in the current object. A string has at most @max bytes,
 * and the caller frees it; it is "" after an error, NULL without memory.
 */
char *document_string(struct document *d, const char *key, uint32_t max);
int64_t document_i64(struct document *d, const char *key, int64_t min,
		     int64_t max);
uint64_t document_u64(struct document *d, const char *key);
bool document_bool(struct document *d, const char *key);
/* A number from @min to @max that may have a fraction. */
double document_number(struct document *d, const char *key, double min,
		       double max);
/* Is the value null? A missing key is an error. */
bool document_is_null(struct document *d, const char *key);
/* The index of a string among @nr names; 0 after an error. */
uint32_t document_enum(struct document *d, const char *key,
		       const char *(*name)(uint32_t i), uint32_t nr);

/* Move into the object at @key, until document_leave(). False on error. */
bool document_enter(struct document *d, const char *key);
/*
 * Into the first of a list of at most @max objects, then with document_next()
 * to the others; behind the last one the cursor is where it was. False: there
 * is none (any more).
 */
bool document_list(struct document *d, const char *key, uint32_t max);
bool document_next(struct document *d);
void document_leave(struct document *d);
/* The length of the list at @key; 0 after an error. */
uint32_t document_length(struct document *d, const char *key, uint32_t max);

#endif
