/* SPDX-License-Identifier: GPL-2.0-or-later */
/* watch: inotify on a file's folder. */
#include "model/watch.h"

#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

static bool look(const char *path, struct timespec *saved)
{
	struct stat status;

	if (stat(path, &status))
		return false;
	*saved = status.st_mtim;
	return true;
}

/* An inotify descriptor of the file's folder, or -1. */
static int watch_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096] = ".";
	int fd;

	if (slash &&
	    snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path) + 1,
		     path) >= (int)sizeof(folder))
		return -1;
	fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd < 0 || inotify_add_watch(fd, folder,
					IN_CLOSE_WRITE | IN_MOVED_TO |
						IN_DELETE | IN_MOVED_FROM) >= 0)
		return fd;
	close(fd);
	return -1;
}

bool watch_open(struct watch *watch, const char *path)
{
	const char *slash = strrchr(path, '/');

	*watch = (struct watch){ .fd = -1 };
	if (!look(path, &watch->saved))
		return false;
	watch->path = path;
	watch->name = slash ? slash + 1 : path;
	watch->fd = watch_folder(path);
	return true;
}

void watch_close(struct watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	*watch = (struct watch){ .fd = -1 };
}

/* Without a descriptor: is the file another one than before? */
static bool looks_saved(struct watch *watch)
{
	struct timespec before = watch->saved;

	/* gone for a moment: an editor renames the new one over it */
	return watch->path && look(watch->path, &watch->saved) &&
	       (before.tv_sec != watch->saved.tv_sec ||
		before.tv_nsec != watch->saved.tv_nsec);
}

bool watch_saved(struct watch *watch)
{
	char buffer[4096]
		__attribute__((aligned(__alignof__(struct inotify_event))));
	bool saved = false;
	ssize_t got;

	if (watch->fd < 0)
		return looks_saved(watch);
	while ((got = read(watch->fd, buffer, sizeof(buffer))) > 0) {
		for (char *at = buffer; at < buffer + got;) {
			const struct inotify_event *event = (const void *)at;

			if (event->len && !strcmp(event->name, watch->name))
				saved = true;
			at += sizeof(*event) + event->len;
		}
	}
	return saved;
}
