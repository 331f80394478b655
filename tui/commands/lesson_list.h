/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_list: the lessons of a folder, and its playlists.
 *
 *   struct lesson_list list;
 *
 *   if (lesson_list_open(&list, folder, &error) &&
 *       lesson_list_read(&list, &error))
 *           ... list.lessons[i].title ...
 *   lesson_list_free(&list);
 *
 * A lesson is a NN-name.lua in the folder. The script sets its title, goal
 * and minutes: lesson_list_read() runs each one as far as lesson{}. The file
 * `playlists`, if it exists, has a line for each playlist: its name, then
 * numbers of lessons; a line that begins with # is a comment.
 */
#ifndef TUI_LESSON_LIST_H
#define TUI_LESSON_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"
#include "model/text.h"

struct lesson_file {
	char *name; /* "02-split", without .lua */
	char *path;
	/* read by lesson_list_read() */
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
	const char *folder; /* the caller's */
	struct lesson_file *lessons; /* in the order of their names */
	uint32_t nr;
	struct playlist *playlists; /* in the order of the file */
	uint32_t nr_playlists;
};

/*
 * The names and paths of the lessons in @folder, which the caller keeps.
 * False: @error says why; lesson_list_free() is due in any case.
 */
bool lesson_list_open(struct lesson_list *list, const char *folder,
		      struct file_error *error);
/*
 * Read what the lessons are, and the playlists. False: @error says why. A
 * lesson that cannot be run is no error: it has its own.
 */
bool lesson_list_read(struct lesson_list *list, struct file_error *error);
void lesson_list_free(struct lesson_list *list);

/* The number that begins the lesson's name; UINT64_MAX: none. */
uint64_t lesson_number(const struct lesson_file *lesson);
/* Run it as far as lesson{}, unless that is done. False: no memory. */
bool lesson_read(struct lesson_file *lesson);
/* "2 A split", the title being read for it; of untitled ones the name. */
struct text lesson_label(struct lesson_file *lesson);
/* "02-split.lua": progress is recorded by it. */
const char *lesson_file_name(const struct lesson_file *lesson);
/* The duration of a playlist. */
uint32_t playlist_minutes(const struct lesson_list *list,
			  const struct playlist *playlist);

/*
 * The folder of the lessons: $ZONEWALK_SCENARIOS, else share/ beside the
 * installed program (which may have been moved), else the source folder,
 * else where the build installs them. Relative if it lies in the working
 * directory. For the caller to free(); NULL: none.
 */
char *lessons_folder(void);
#define LESSONS_MISSING                                                        \
	"no folder of lessons found; set ZONEWALK_SCENARIOS to one"

/*
 * The folder of a lesson of which @path is a copy for its exercise: the copy
 * reads the lesson's data files. For the caller to free(); NULL: it is none.
 */
char *lesson_folder_of_copy(const char *path);

/*
 * The lesson that @given names: by its number (7, 07), its name, with or
 * without the number, or its title; else by a part of the name, else of the
 * title. Case does not matter, nor whether words are divided by blanks or
 * hyphens. *@path is its file, to free(), or NULL if @given is a file itself:
 * an existing file comes first. Returns EXIT_GOOD, or the exit code after a
 * message that begins with @command.
 */
int lesson_find(const char *command, const char *given, char **path);
/*
 * For a command that takes no lesson: EXIT_USAGE after a message if @given is
 * no file but names one, else EXIT_GOOD. @wanted: "a recording".
 */
int lesson_refuse(const char *command, const char *given, const char *wanted);

#endif
