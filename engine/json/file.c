/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine/array.h"

enum { READ_SIZE = 1 << 16 };

void file_clean(char *message)
{
	for (; *message; message++)
		if ((unsigned char)*message < 0x20 || *message == 0x7f)
			*message = '?';
}

static bool fail(struct file_error *error, const char *path, const char *what,
		 int why)
{
	snprintf(error->text, sizeof(error->text), "%.300s: %s: %s", path, what,
		 strerror(why));
	file_clean(error->text);
	return false;
}

/* -- reading -------------------------------------------------------------- */

static int read_all(struct file_text *file, int fd, size_t max)
{
	size_t room = 0;
	ssize_t n;

	do {
		if (!bytes_reserve(&file->data, &room, file->size + READ_SIZE))
			return ENOMEM;
		n = read(fd, file->data + file->size, room - file->size - 1);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0)
			file->size += (size_t)n;
		if (file->size > max)
			return EFBIG;
	} while (n);
	file->data[file->size] = '\0';
	return 0;
}

int file_read_open(struct file_text *file, int fd, size_t max)
{
	int why;

	*file = (struct file_text){ .data = NULL };
	why = read_all(file, fd, max);
	if (why) {
		free(file->data);
		*file = (struct file_text){ .data = NULL };
	}
	return why;
}

bool file_read(struct file_text *file, const char *path, size_t max,
	       struct file_error *error)
{
	const bool standard = !strcmp(path, "-");
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int why;

	if (standard)
		path = "standard input";
	if (fd < 0)
		return fail(error, path, "cannot be read", errno);
	why = file_read_open(file, fd, max);
	if (!standard)
		close(fd);
	if (why && why != EFBIG)
		return fail(error, path, "cannot be read", why);
	if (why)
		snprintf(error->text, sizeof(error->text),
			 "%.300s: cannot be read: it is larger than %zu MiB",
			 path, max >> 20);
	return !why;
}

bool file_copy(struct file_text *file, const char *name, const char *text,
	       size_t length, struct file_error *error)
{
	*file = (struct file_text){ .data = malloc(length + 1) };
	if (!file->data)
		return fail(error, name, "cannot be read", ENOMEM);
	memcpy(file->data, text, length);
	file->data[length] = '\0';
	file->size = length;
	return true;
}

bool file_next_line(const struct file_text *file, size_t *offset,
		    const char **line, size_t *length)
{
	const char *begin = file->data + *offset;
	const char *end;

	if (*offset >= file->size)
		return false;
	end = memchr(begin, '\n', file->size - *offset);
	*line = begin;
	*length = end ? (size_t)(end - begin) : file->size - *offset;
	*offset += *length + (end != NULL);
	return true;
}

/* -- writing -------------------------------------------------------------- */

static bool write_all(int fd, const char *text, size_t length)
{
	while (length) {
		ssize_t n = write(fd, text, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text += n;
		length -= (size_t)n;
	}
	return true;
}

/* For a pipe, a terminal or /dev/null, which a rename would replace. */
static bool write_directly(const char *path, const char *text, size_t length)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return false;
	ok = write_all(fd, text, length);
	return close(fd) == 0 && ok;
}

/* The mode of the old file, or the one that open() gives a new file. */
static mode_t plain_mode(const struct stat *old)
{
	mode_t mask = umask(0);

	umask(mask);
	return old ? old->st_mode & 0777 : 0666 & ~mask;
}

/* Write the text to @temporary, in the folder of @path, and rename it. */
static bool fill_and_rename(int fd, const char *temporary, const char *path,
			    mode_t mode, const char *text, size_t length)
{
	bool ok = write_all(fd, text, length) && fchmod(fd, mode) == 0 &&
		  fsync(fd) == 0;

	if (close(fd) != 0)
		ok = false;
	return ok && rename(temporary, path) == 0;
}

static bool write_by_rename(const char *path, const struct stat *old,
			    const char *text, size_t length)
{
	static const char pattern[] = ".zonewalk-XXXXXX";
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
	char *temporary = malloc(folder + sizeof(pattern));
	bool ok = false;
	int fd, saved;

	if (!temporary)
		return false;
	memcpy(temporary, path, folder);
	memcpy(temporary + folder, pattern, sizeof(pattern));
	fd = mkstemp(temporary);
	if (fd >= 0) {
		ok = fill_and_rename(fd, temporary, path, plain_mode(old), text,
				     length);
		saved = errno;
		if (!ok)
			unlink(temporary);
		errno = saved;
	}
	free(temporary);
	return ok;
}

bool file_may_replace(const char *path, const char *begin,
		      struct file_error *error)
{
	const char *slash = strrchr(path, '/');
	const size_t length = strlen(begin);
	struct file_text old;
	struct stat info;
	bool ours;
	int fd, why;

	if (stat(path, &info))
		return errno == ENOENT ||
		       fail(error, path, "cannot be written", errno);
	if (!S_ISREG(info.st_mode))
		return true;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(error, path, "cannot be read", errno);
	why = file_read_open(&old, fd, FILE_READ_MAX);
	close(fd);
	if (why)
		return fail(error, path, "cannot be read", why);
	ours = !old.size || !strncmp(old.data, begin, length);
	free(old.data);
	if (!ours) {
		/* short: the screen has one line for it */
		snprintf(error->text, sizeof(error->text),
			 "%.60s: not saved by zonewalk; choose another name",
			 slash ? slash + 1 : path);
		file_clean(error->text);
	}
	return ours;
}

bool file_write(const char *path, const char *text, size_t length,
		struct file_error *error)
{
	struct stat old;
	bool exists, ok;
	char *real;

	if (!strcmp(path, "-")) {
		ok = fwrite(text, 1, length, stdout) == length &&
		     fflush(stdout) == 0;
		return ok || fail(error, "standard output", "cannot be written",
				  errno);
	}
	exists = stat(path, &old) == 0;
	if (exists && !S_ISREG(old.st_mode)) {
		ok = write_directly(path, text, length);
		return ok || fail(error, path, "cannot be written", errno);
	}
	/* of a symbolic link, replace the file to which it leads */
	real = exists ? realpath(path, NULL) : NULL;
	ok = write_by_rename(real ? real : path, exists ? &old : NULL, text,
			     length);
	if (!ok)
		fail(error, path, "cannot be written", errno);
	free(real);
	return ok;
}
