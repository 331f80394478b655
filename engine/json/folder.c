/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE
#include "json/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "json/file.h"

static enum file_answer answer_errno(int why)
{
	if (why == EXDEV || why == ELOOP)
		return FILE_OUTSIDE;
	if (why == ENOENT || why == ENOTDIR)
		return FILE_MISSING;
	return FILE_UNREADABLE;
}

/*
 * For kernels before 5.6: the resolved path must begin with the folder.
 * -1: errno.
 */
static int open_checked(const char *folder, const char *name)
{
	char path[PATH_MAX], full[PATH_MAX], real[PATH_MAX];
	size_t len;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (!realpath(folder, real) || !realpath(path, full))
		return -1;
	len = strlen(real);
	if (strncmp(full, real, len) ||
	    (full[len] != '/' && real[len - 1] != '/')) {
		errno = EXDEV;
		return -1;
	}
	return open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
}

/* -1: errno */
static int open_below(const char *folder, const char *name)
{
	const struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), fd, error;

	if (at < 0)
		return -1;
	fd = (int)syscall(SYS_openat2, at, name, &how, sizeof(how));
	error = errno;
	close(at);
	if (fd < 0 && (error == ENOSYS || error == EPERM))
		return open_checked(folder, name);
	errno = error;
	return fd;
}

/* NULL, or what is wrong with the open file. */
static const char *read_regular(int fd, struct file_text *file)
{
	struct stat stat;
	int error;

	if (fstat(fd, &stat))
		return strerror(errno);
	if (!S_ISREG(stat.st_mode)) /* a pipe would wait forever */
		return "it is no file";
	error = file_read_open(file, fd, FILE_READ_MAX);
	if (error == EFBIG)
		return "it is larger than 256 MiB";
	return error ? strerror(error) : NULL;
}

enum file_answer folder_read(const char *folder, const char *name, char **text,
			     size_t *length, const char **why)
{
	struct file_text file = { .data = NULL };
	int fd;

	*text = NULL;
	*length = 0;
	*why = "";
	if (*name == '/' || !*name)
		return FILE_NAME_WRONG;
	fd = open_below(folder, name);
	if (fd < 0) {
		*why = strerror(errno);
		return answer_errno(errno);
	}
	*why = read_regular(fd, &file);
	close(fd);
	if (*why)
		return FILE_UNREADABLE;
	*text = file.data;
	*length = file.size;
	*why = "";
	return FILE_READ;
}
