/* SPDX-License-Identifier: GPL-2.0-or-later */
/* file: read and write complete files. "-" is standard input and output. */
#ifndef ENGINE_JSON_FILE_H
#define ENGINE_JSON_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* "FILE:LINE: what is wrong: the value; what to do". */
struct file_error {
	char text[512];
};

/* The contents of a file. */
struct file_text {
	char *data; /* for free(); a NUL follows the last byte */
	size_t size;
};

#define FILE_READ_MAX ((size_t)256 << 20) /* bytes */

/* A file of at most @max bytes, a multiple of 1 MiB. False: @error is set. */
bool file_read(struct file_text *file, const char *path, size_t max,
	       struct file_error *error);
/* The same from an open descriptor. 0, or an errno: EFBIG beyond @max. */
int file_read_open(struct file_text *file, int fd, size_t max);
/* The same from a text in memory, which is copied. */
bool file_copy(struct file_text *file, const char *name, const char *text,
	       size_t length, struct file_error *error);

/*
 * The line that begins at *@offset, without its newline; *@offset moves to
 * the next line. False at the end of the file.
 */
bool file_next_line(const struct file_text *file, size_t *offset,
		    const char **line, size_t *length);

/*
 * Write a file atomically: a temporary file in the same folder,
 * fsync, rename. What is not a regular file (a pipe) is written to directly.
 * False: @error is set.
 */
bool file_write(const char *path, const char *text, size_t length,
		struct file_error *error);

/*
 * May @path be replaced by a file that begins with @begin? Yes if it is not
 * there, is empty or begins so itself: then this program wrote it. What is not
 * a regular file is not replaced. False: @error is set; a file that cannot be
 * read may be anything.
 */
bool file_may_replace(const char *path, const char *begin,
		      struct file_error *error);

/* File names come from outside: replace control bytes in a message by "?". */
void file_clean(char *message);

#endif
