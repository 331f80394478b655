/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * doc_json: a JSON file, read by who need not know a JSON library.
 *
 *   struct doc *d = doc_open("report.json", &error);
 *   title = doc_string(d, "title", 200);
 *   for (bool more = doc_list(d, "runs", 100); more; more = doc_next(d))
 *           seed = doc_wide(d, "seed");
 *   ok = doc_close(d);
 *
 * A cursor stands in an object; doc_enter(), doc_list() and doc_next() move
 * it, doc_leave() brings it back. The first thing that is wrong is kept in
 * the error, with the key's path; from then on every value reads as 0 or "",
 * lists are empty, and doc_close() returns false: check it once, at the end.
 */
#ifndef ENGINE_DOC_JSON_H
#define ENGINE_DOC_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "json/file.h"

struct doc;

/* @path "-" is standard input. NULL and @error: it cannot be read. */
struct doc *doc_open(const char *path, struct file_error *error);
/* The same of @size bytes at @text; @name stands for the path in errors. */
struct doc *doc_from_text(const char *name, const char *text, size_t size,
			  struct file_error *error);
/* Was all well? Then it was; the document is gone either way. */
bool doc_close(struct doc *d);
/* Something is wrong with @key of the present object. */
void doc_fail(struct doc *d, const char *key, const char *what);

/*
 * Values of the present object's @key. A string has at most @max bytes,
 * free() it; "" when something is wrong, NULL when memory is short.
 */
char *doc_string(struct doc *d, const char *key, uint32_t max);
int64_t doc_whole(struct doc *d, const char *key, int64_t min, int64_t max);
uint64_t doc_wide(struct doc *d, const char *key);
bool doc_flag(struct doc *d, const char *key);
/* A number with a fraction, from @min to @max. */
double doc_number(struct doc *d, const char *key, double min, double max);
/* Is it null? It must be there. */
bool doc_is_null(struct doc *d, const char *key);
/* The place of a string among @nr names; 0 when something is wrong. */
uint32_t doc_word(struct doc *d, const char *key,
		  const char *(*name)(uint32_t i), uint32_t nr);

/* Into the object at @key, until doc_leave(). False: it is none. */
bool doc_enter(struct doc *d, const char *key);
/*
 * Into the first of a list of at most @max objects, then with doc_next() to
 * the others; behind the last one the cursor is where it was. False: there
 * is none (any more).
 */
bool doc_list(struct doc *d, const char *key, uint32_t max);
bool doc_next(struct doc *d);
void doc_leave(struct doc *d);
/* How long the list at @key is; 0 when something is wrong. */
uint32_t doc_length(struct doc *d, const char *key, uint32_t max);

#endif
