/* SPDX-License-Identifier: GPL-2.0-or-later */
/* watch: inotify on a file's folder. */
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

bool watch_open(struct watch *watch, const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096];

	watch->fd = -1;
	if (snprintf(watch->name, sizeof(watch->name), "%s",
		     slash ? slash + 1 : path) >= (int)sizeof(watch->name) ||
	    snprintf(folder, sizeof(folder), "%.*s",
		     slash ? (int)(slash - path) + 1 : 1,
		     slash ? path : ".") >= (int)sizeof(folder)) {
		errno = ENAMETOOLONG;
		return false;
	}
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->fd < 0)
		return false;
	if (inotify_add_watch(watch->fd, folder,
			      IN_CLOSE_WRITE | IN_MOVED_TO) >= 0)
		return true;
	watch_close(watch);
	return false;
}

void watch_close(struct watch *watch)
{
	const int error = errno;

	if (watch->fd >= 0)
		close(watch->fd);
	watch->fd = -1;
	errno = error;
}

bool watch_saved(struct watch *watch)
{
	char buffer[4096]
		__attribute__((aligned(__alignof__(struct inotify_event))));
	bool saved = false;
	ssize_t got;

	while (watch->fd >= 0 &&
	       (got = read(watch->fd, buffer, sizeof(buffer))) > 0) {
		for (char *at = buffer; at < buffer + got;) {
			const struct inotify_event *event =
				(const void *)at;

			if (event->len && !strcmp(event->name, watch->name))
				saved = true;
			at += sizeof(*event) + event->len;
		}
	}
	return saved;
}
