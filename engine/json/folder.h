/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files below a folder, and none outside it, whatever links and ".." say. */
#ifndef ENGINE_JSON_FOLDER_H
#define ENGINE_JSON_FOLDER_H

#include <stddef.h>

enum file_answer {
	FILE_READ,
	FILE_NAME_WRONG, /* not a relative path */
	FILE_OUTSIDE, /* a link or ".." leads out of the folder */
	FILE_MISSING,
	FILE_UNREADABLE,
};

/*
 * Read file @name of @folder into *@text, for free(); a NUL follows its
 * *@length bytes. FILE_UNREADABLE: *@why is the reason.
 */
enum file_answer folder_read(const char *folder, const char *name, char **text,
			     size_t *length, const char **why);

#endif
