/* SPDX-License-Identifier: GPL-2.0-or-later */
/* submission_text: a path walked from descriptor to descriptor. */
#define _GNU_SOURCE
#include "grade/submission_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lua/scenario.h"

/* Is this part of a path @id, or @id and an ending? */
static bool is_named(const char *part, size_t length, const char *id)
{
	const size_t id_length = strlen(id);

	return length >= id_length && !strncmp(part, id, id_length) &&
	       (length == id_length || part[id_length] == '.');
}

/* Where in @path the last part begins that ends before @end. */
static size_t part_before(const char *path, size_t *end)
{
	size_t begin;

	while (*end && path[*end - 1] == '/')
		--*end;
	for (begin = *end; begin && path[begin - 1] != '/';)
		begin--;
	return begin;
}

/*
 * How many bytes of @path are the class folder's. The file alice.lua may be
 * in a folder alice: then the class folder is above both.
 */
static size_t class_length(const char *path, const char *id)
{
	size_t end = strlen(path), begin, found;
	bool any = false;

	found = part_before(path, &end);
	for (begin = found; end; end = begin) {
		begin = part_before(path, &end);
		if (is_named(path + begin, end - begin, id)) {
			found = begin;
			any = true;
		} else if (any) {
			break;
		}
	}
	return found;
}

static const char is_folder[] = "a folder";

/* Why @name cannot be opened below @at, or is no file that can be graded. */
static const char *reason(int at, const char *name, int error)
{
	struct stat st;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW))
		return strerror(error);
	if (S_ISLNK(st.st_mode))
		return "a file is expected, not a symbolic link to one";
	if (S_ISDIR(st.st_mode)) /* of a folder, this should be its file */
		return is_folder;
	if (!S_ISREG(st.st_mode))
		return "a file is expected, not a pipe or a device";
	if (st.st_nlink > 1)
		return "a file with one name is expected, not a hard link to "
		       "another; copy it";
	return error == EAGAIN ? "another file took its name; grade it again" :
				 strerror(error);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/*
 * Has the open file one name, @name in the folder, since @before? Its number
 * of names alone does not tell: of a hard link that another file has replaced
 * since it was opened, only the name elsewhere is left.
 */
static bool has_one_name(const struct submission_text *s, const char *name,
			 const struct stat *before, int fd)
{
	struct stat file, now;

	return !fstat(fd, &file) && S_ISREG(file.st_mode) &&
	       !fstatat(s->folder_fd, name, &now, AT_SYMLINK_NOFOLLOW) &&
	       is_same_file(before, &file) && is_same_file(&file, &now) &&
	       before->st_nlink == 1 && file.st_nlink == 1 && now.st_nlink == 1;
}

/* Read @name of the folder. NULL, or what is wrong. */
static const char *read_file(struct submission_text *s, const char *name)
{
	struct stat before = { .st_nlink = 0 };
	bool exists =
		!fstatat(s->folder_fd, name, &before, AT_SYMLINK_NOFOLLOW);
	/* a pipe must not block, a terminal not become this process's */
	int fd = openat(s->folder_fd, name,
			O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
				O_NOCTTY);
	int error = fd < 0 ? errno : 0;

	if (!error && !(exists && has_one_name(s, name, &before, fd)))
		error = EAGAIN;
	if (!error)
		error = file_read_open(&s->text, fd, SCENARIO_MAX);
	if (fd >= 0)
		close(fd);
	if (error == EFBIG)
		return "it is larger than 16 MiB";
	return error ? reason(s->folder_fd, name, error) : NULL;
}

/* Move from the folder to the one called @name in it. False: errno. */
static bool enter(struct submission_text *s, const char *name)
{
	int fd = openat(s->folder_fd, name,
			O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return false;
	close(s->folder_fd);
	s->folder_fd = fd;
	return true;
}

/* Read the file at @path, which is changed, below the folder. */
static const char *walk(struct submission_text *s, char *path)
{
	char *name, *next, *rest = NULL;

	name = strtok_r(path, "/", &rest);
	for (; name; name = next) {
		next = strtok_r(NULL, "/", &rest);
		if (!next)
			return read_file(s, name);
		if (!enter(s, name))
			return reason(s->folder_fd, name, errno);
	}
	return strerror(ENOENT);
}

bool submission_text_read(struct submission_text *s, const char *path,
			  const char *id, char *message, size_t size)
{
	const size_t length = class_length(path, id);
	char *class = strndup(path, length), *below = strdup(path + length);
	const char *why = strerror(ENOMEM);
	char files[400];

	*s = (struct submission_text){ .folder_fd = -1 };
	if (class && below) {
		s->folder_fd = open(length ? class : ".",
				    O_PATH | O_DIRECTORY | O_CLOEXEC);
		why = s->folder_fd < 0 ? strerror(errno) : walk(s, below);
	}
	free(class);
	free(below);
	if (!why) {
		snprintf(s->folder, sizeof(s->folder), "/proc/self/fd/%d",
			 s->folder_fd);
		return true;
	}
	if (why == is_folder) {
		submission_folder_error(path, files, sizeof(files));
		why = files;
	}
	snprintf(message, size, "%.400s: %s", path, why);
	file_clean(message);
	submission_text_destroy(s);
	return false;
}

void submission_text_destroy(struct submission_text *s)
{
	free(s->text.data);
	if (s->folder_fd >= 0)
		close(s->folder_fd);
	*s = (struct submission_text){ .folder_fd = -1 };
}
