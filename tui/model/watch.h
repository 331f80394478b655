/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch: has a file been saved? inotify reports it, so the program sleeps
 * until then. Editors write in place or rename a new file over the old one:
 * the folder is watched, and both are noticed. Without inotify each call of
 * watch_saved() compares the file's time; call it with each key then.
 */
#ifndef TUI_WATCH_H
#define TUI_WATCH_H

#include <stdbool.h>
#include <time.h>

struct watch {
	int fd; /* to wait for; -1: there is none */
	const char *path; /* NULL: nothing is watched */
	const char *name; /* of the file in its folder */
	struct timespec saved; /* when, as far as was seen */
};

/* @path is kept. False and errno when there is no such file. */
bool watch_open(struct watch *watch, const char *path);
void watch_close(struct watch *watch);
/* Was the file saved or removed since the last call? Never waits. */
bool watch_saved(struct watch *watch);

#endif
