/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch: has a file been saved? The kernel tells (inotify), so nothing wakes
 * up while nobody saves. Editors write in place or rename a new file over
 * the old one: the folder is watched, and both are noticed.
 */
#ifndef TUI_WATCH_H
#define TUI_WATCH_H

#include <stdbool.h>

struct watch {
	int fd; /* to wait for; -1: nothing is watched */
	char name[256]; /* of the file in its folder */
};

/* False and errno when the file cannot be watched. */
bool watch_open(struct watch *watch, const char *path);
void watch_close(struct watch *watch);
/* Read what the descriptor has. True when our file was saved. */
bool watch_saved(struct watch *watch);

#endif
