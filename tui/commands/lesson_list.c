/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_list: read the lessons and the playlists of a folder. */
#include "commands/command.h"
#include "commands/lesson_list.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/run.h"
#include "machine/array.h"

#define PLAYLISTS "playlists"

/* A list that is being read, and the place for an error. */
struct reading {
	struct lesson_list *list;
	struct file_error *error;
};

static bool no_memory(struct reading *r)
{
	return error_set(r->error, "%s: not enough memory", r->list->folder);
}

/* -- lessons -------------------------------------------------------------- */

static int is_scenario(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 4 &&
	       !strcmp(entry->d_name + len - 4, ".lua");
}

/* By bytes: the same order in every locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* A lesson may show an expectation that fails. */
static bool is_playable(enum scenario_outcome outcome)
{
	return outcome == SCENARIO_OK || outcome == SCENARIO_EXPECT_FAILED;
}

bool lesson_read(struct lesson_file *lesson)
{
	const struct scenario_options options = { .lesson_only = true };
	struct scenario *sc;
	bool good;

	if (lesson->title)
		return true;
	sc = scenario_run(lesson->path, &options);
	if (!sc)
		return false;
	lesson->title = strdup(scenario_title(sc));
	lesson->goal = strdup(scenario_goal(sc));
	lesson->minutes = scenario_minutes(sc);
	good = lesson->title && lesson->goal;
	if (!is_playable(scenario_outcome(sc))) {
		lesson->error = strdup(scenario_message(sc));
		good = good && lesson->error;
	}
	scenario_free(sc);
	return good;
}

static bool add_lesson(struct reading *r, const char *file)
{
	struct lesson_file *lesson = &r->list->lessons[r->list->nr++];

	*lesson = (struct lesson_file){
		.name = strndup(file, strlen(file) - strlen(".lua")),
		.path = cli_path(r->list->folder, file)
	};
	return (lesson->name && lesson->path) || no_memory(r);
}

static bool find_lessons(struct reading *r)
{
	struct dirent **entries;
	int nr = scandir(r->list->folder, &entries, is_scenario, by_name);
	bool good = true;

	if (nr < 0)
		return error_set(r->error, "%s: %s", r->list->folder,
				 strerror(errno));
	if (!nr)
		error_set(r->error, "%s: no lesson (*.lua) in this folder",
			  r->list->folder);
	r->list->lessons = calloc((size_t)nr + 1, sizeof(*r->list->lessons));
	if (!r->list->lessons)
		good = no_memory(r);
	for (int i = 0; i < nr; i++) {
		good = good && add_lesson(r, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return good && nr > 0;
}

/* -- playlists ------------------------------------------------------------ */

uint64_t lesson_number(const struct lesson_file *lesson)
{
	const bool has_one = *lesson->name >= '0' && *lesson->name <= '9';

	return has_one ? strtoull(lesson->name, NULL, 10) : UINT64_MAX;
}

const char *lesson_file_name(const struct lesson_file *lesson)
{
	return strrchr(lesson->path, '/') + 1;
}

struct text lesson_label(struct lesson_file *lesson)
{
	const uint64_t number = lesson_number(lesson);
	const char *title = lesson_read(lesson) && *lesson->title ?
				    lesson->title :
				    lesson->name;

	return number == UINT64_MAX ? text_of("%s", title) :
				      text_of("%" PRIu64 " %s", number, title);
}

/* The index of a lesson; list->nr: none has that number. */
static uint32_t lesson_numbered(const struct lesson_list *list,
				const char *text)
{
	uint64_t number;
	uint32_t i = 0;

	if (!read_number(text, UINT64_MAX - 1, &number))
		return list->nr;
	while (i < list->nr && lesson_number(&list->lessons[i]) != number)
		i++;
	return i;
}

static bool playlist_add(struct playlist *playlist, uint32_t lesson)
{
	uint32_t *added = array_add(playlist->lessons, playlist->nr);

	if (added)
		*added = lesson;
	return added;
}

/* Read "lecture50 01 02", a line of the file, in place. */
static bool read_playlist(struct reading *r, char *line, unsigned int number)
{
	char *rest, *name = strtok_r(line, " \t\r\n", &rest), *word;
	struct playlist *playlist;

	if (!name || *name == '#')
		return true;
	playlist = array_add(r->list->playlists, r->list->nr_playlists);
	if (!playlist)
		return no_memory(r);
	*playlist = (struct playlist){ .name = strdup(name) };
	if (!playlist->name)
		return no_memory(r);
	while ((word = strtok_r(NULL, " \t\r\n", &rest))) {
		uint32_t lesson = lesson_numbered(r->list, word);

		if (lesson == r->list->nr)
			return error_set(
				r->error,
				"%s/%s:%u: %s: no lesson %.40s-*.lua in "
				"this folder",
				r->list->folder, PLAYLISTS, number, name, word);
		if (!playlist_add(playlist, lesson))
			return no_memory(r);
	}
	return playlist->nr ||
	       error_set(
		       r->error,
		       "%s/%s:%u: %.40s: an empty playlist; name its lessons by "
		       "their numbers, as in \"lab 03 06\"",
		       r->list->folder, PLAYLISTS, number, name);
}

static bool read_playlists(struct reading *r)
{
	char *path = cli_path(r->list->folder, PLAYLISTS), *line = NULL;
	FILE *stream = path ? fopen(path, "re") : NULL;
	unsigned int number = 0;
	bool good = true;
	size_t room = 0;

	if (!path)
		return no_memory(r);
	if (!stream && errno != ENOENT)
		good = error_set(r->error, "%s: %s", path, strerror(errno));
	while (stream && good && getline(&line, &room, stream) > 0)
		good = read_playlist(r, line, ++number);
	if (stream)
		fclose(stream);
	free(line);
	free(path);
	return good;
}

/* -- the list ------------------------------------------------------------ */

bool lesson_list_open(struct lesson_list *list, const char *folder,
		      struct file_error *error)
{
	struct reading r = { list, error };

	*list = (struct lesson_list){ .folder = folder };
	return find_lessons(&r);
}

bool lesson_list_read(struct lesson_list *list, struct file_error *error)
{
	struct reading r = { list, error };

	for (uint32_t i = 0; i < list->nr; i++)
		if (!lesson_read(&list->lessons[i]))
			return no_memory(&r);
	return read_playlists(&r);
}

void lesson_list_free(struct lesson_list *list)
{
	for (uint32_t i = 0; i < list->nr; i++) {
		free(list->lessons[i].name);
		free(list->lessons[i].path);
		free(list->lessons[i].title);
		free(list->lessons[i].goal);
		free(list->lessons[i].error);
	}
	for (uint32_t i = 0; i < list->nr_playlists; i++) {
		free(list->playlists[i].name);
		free(list->playlists[i].lessons);
	}
	free(list->lessons);
	free(list->playlists);
	*list = (struct lesson_list){ .nr = 0 };
}

uint32_t playlist_minutes(const struct lesson_list *list,
			  const struct playlist *playlist)
{
	uint32_t minutes = 0;

	for (uint32_t i = 0; i < playlist->nr; i++)
		minutes += list->lessons[playlist->lessons[i]].minutes;
	return minutes;
}
