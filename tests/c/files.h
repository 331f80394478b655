/* SPDX-License-Identifier: GPL-2.0-or-later */
/* files: texts in memory, edited, and written to where tests may write. */
#ifndef TESTS_FILES_H
#define TESTS_FILES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of tests/data. */
static inline const char *data_path(const char *name)
{
	static char path[1024];
	const char *source = getenv("ZONEWALK_SOURCE");

	snprintf(path, sizeof(path), "%s/tests/data/%s", source ? source : ".",
		 name);
	return path;
}

/* The whole file, terminated; exits when it cannot be read. */
static inline char *file_text(const char *path)
{
	FILE *stream = fopen(path, "rb");
	char *text = NULL;
	size_t size = 0, n;

	if (!stream) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	do {
		text = realloc(text, size + 65537);
		if (!text)
			exit(EXIT_FAILURE);
		n = fread(text + size, 1, 65536, stream);
		size += n;
	} while (n);
	fclose(stream);
	text[size] = '\0';
	return text;
}

/* A file with these bytes where TMPDIR says; remove with unlink(). */
static inline const char *temporary_file(const char *text, size_t length)
{
	static char path[1024];
	const char *folder = getenv("TMPDIR");
	int fd;

	snprintf(path, sizeof(path), "%s/zonewalk-test-XXXXXX",
		 folder ? folder : P_tmpdir);
	fd = mkstemp(path);
	if (fd < 0 || write(fd, text, length) != (ssize_t)length || close(fd)) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return path;
}

/*
 * @text with the first @old at or after the first @after replaced by @new;
 * exits when there is none, since the test would test nothing. free() it.
 */
static inline char *edited(const char *text, const char *after, const char *old,
			   const char *new)
{
	const char *at = strstr(text, after);
	size_t head;
	char *result;

	at = at ? strstr(at, old) : NULL;
	if (!at) {
		fprintf(stderr, "no \"%s\" after \"%s\"\n", old, after);
		exit(EXIT_FAILURE);
	}
	head = (size_t)(at - text);
	result = malloc(strlen(text) - strlen(old) + strlen(new) + 1);
	if (!result)
		exit(EXIT_FAILURE);
	memcpy(result, text, head);
	strcpy(result + head, new);
	strcat(result + head, at + strlen(old));
	return result;
}

/* The same for a file; remove the result with unlink(). */
static inline const char *edited_file(const char *path, const char *after,
				      const char *old, const char *new)
{
	char *text = file_text(path);
	char *result = edited(text, after, old, new);
	const char *saved = temporary_file(result, strlen(result));

	free(text);
	free(result);
	return saved;
}

#endif
