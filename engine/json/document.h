/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * doc_json: a JSON file, read by who need not know a JSON library.
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

/* @path "-" is standard input. NULL and @error: it cannot be read. */
struct document *document_open(const char *path, struct file_error *error);
/* The same of @size bytes at @text; @name stands for the path in errors. */
struct document *document_from_text(const char *name, const char *text,
				    size_t size, struct file_error *error);
/* Was all well? Then it was; the document is gone either way. */
bool document_close(struct document *d);
/* Something is wrong with @key of the present object. */
void document_fail(struct document *d, const char *key, const char *what);

/*
 * Values of the present object's @key. A string has at most @max bytes,
 * free() it; "" when something is wrong, NULL when memory is short.
 */
char *document_string(struct document *d, const char *key, uint32_t max);
int64_t document_i64(struct document *d, const char *key, int64_t min,
		     int64_t max);
uint64_t document_u64(struct document *d, const char *key);
bool document_bool(struct document *d, const char *key);
/* A number with a fraction, from @min to @max. */
double document_number(struct document *d, const char *key, double min,
		       double max);
/* Is it null? It must be there. */
bool document_is_null(struct document *d, const char *key);
/* The place of a string among @nr names; 0 when something is wrong. */
uint32_t document_enum(struct document *d, const char *key,
		       const char *(*name)(uint32_t i), uint32_t nr);

/* Into the object at @key, until document_leave(). False: it is none. */
bool document_enter(struct document *d, const char *key);
/*
 * Into the first of a list of at most @max objects, then with document_next()
 * to the others; behind the last one the cursor is where it was. False: there
 * is none (any more).
 */
bool document_list(struct document *d, const char *key, uint32_t max);
bool document_next(struct document *d);
void document_leave(struct document *d);
/* How long the list at @key is; 0 when something is wrong. */
uint32_t document_length(struct document *d, const char *key, uint32_t max);

#endif
