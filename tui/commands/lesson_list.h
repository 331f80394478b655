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
 * A lesson is a NN-name.lua in the folder. Title, goal and minutes are its
 * own, so each is run once, to its end. The file `playlists`, if there is
 * one, has a line for each playlist: its name, then numbers of lessons; a
 * line that begins with # is a comment.
 */
#ifndef TUI_LESSON_LIST_H
#define TUI_LESSON_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lesson {
	char *name; /* of its file: "02-split.lua" */
	char *path;
	char *title; /* "" when it gives none */
	char *goal;
	uint32_t minutes; /* 0: not given */
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
 * Read @folder. False: @message (of @size bytes) says why, and there is
 * nothing to free. A lesson that is broken is on the list all the same.
 */
bool lesson_list_read(struct lesson_list *list, const char *folder,
		      char *message, size_t size);
void lesson_list_free(struct lesson_list *list);

/* What a playlist takes, in minutes. */
uint32_t playlist_minutes(const struct lesson_list *list,
			  const struct playlist *playlist);

/*
 * The folder of the lessons: $ZONEWALK_SCENARIOS, else in share/ beside an
 * installed program (wherever it was moved to), else in the source folder,
 * else where they were to be installed. To free; NULL: there is none.
 */
char *lessons_folder(void);

#endif
