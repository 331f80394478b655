/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_list: the lessons of a folder, and its playlists.
 *
 *   struct lesson_list list;
 *
 *   if (lesson_list_read(&list, folder, message, sizeof(message)))
 *           ... list.lessons[i].title ...
 *   lesson_list_free(&list);
 *
 * A lesson is a NN-name.lua in the folder. Each is run once, to its end,
 * because the script sets its title, goal and minutes. The file `playlists`,
 * if it exists, has a line for each playlist: its name, then numbers of
 * lessons; a line that begins with # is a comment.
 */
#ifndef TUI_LESSON_LIST_H
#define TUI_LESSON_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"

struct lesson {
	char *name; /* file name: "02-split.lua" */
	char *path;
	char *title; /* "" if absent */
	char *goal;
	uint32_t minutes; /* 0 if absent */
	char *error; /* why it cannot be run, or NULL */
};

struct playlist {
	char *name;
	uint32_t *lessons; /* indices into the list's lessons */
	uint32_t nr;
};

struct lesson_list {
	struct lesson *lessons; /* in the order of their names */
	uint32_t nr;
	struct playlist *playlists; /* in the order of the file */
	uint32_t nr_playlists;
};

/*
 * Read @folder. False: @error says why, and there is nothing to free. A
 * lesson that fails is on the list, with its error.
 */
bool lesson_list_read(struct lesson_list *list, const char *folder,
		      struct file_error *error);
void lesson_list_free(struct lesson_list *list);

/* The duration of a playlist. */
uint32_t playlist_minutes(const struct lesson_list *list,
			  const struct playlist *playlist);

/*
 * The folder of the lessons: $ZONEWALK_SCENARIOS, else share/ beside the
 * installed program (which may have been moved), else the source folder,
 * else where the build installs them. For the caller to free(); NULL: none.
 */
char *lessons_folder(void);
#define LESSONS_MISSING                                                        \
	"no folder of lessons found; set ZONEWALK_SCENARIOS to one"

#endif
