/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * folder: files of a scenario's folder, and none outside it, whatever links
 * and ".." say.
 */
#ifndef SCRIPTS_FOLDER_H
#define SCRIPTS_FOLDER_H

#include "json/file.h"
#include "lua/api.h"

/*
 * All of file @name of @folder in *@text, to be freed, with a NUL behind its
 * end. FILE_UNREADABLE: *@why says why.
 */
enum file_answer folder_read(const char *folder, const char *name, char **text,
			     size_t *length, const char **why);

#endif
