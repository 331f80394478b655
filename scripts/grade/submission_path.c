/* SPDX-License-Identifier: GPL-2.0-or-later */
/* submission_path: folders as learning platforms and archives make them. */
#define _GNU_SOURCE
#include "grade/submission_text.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "grade/grade_report.h"
#include "json/writer.h"

/* -- files ---------------------------------------------------------------- */

enum { MAX_LEVEL = 4, MAX_NAMES = 8 };

struct search {
	const char *root;
	bool any; /* not only Lua files */
	uint32_t nr;
	char *first; /* the path of the first file */
	struct json_writer names; /* of the first ones: "a.lua, work/b.lua" */
};

static bool is_lua(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcasecmp(name + length - 4, ".lua");
}

/* Hidden files, like those that macOS adds, are no work of a student. */
static int is_listed(const struct dirent *entry)
{
	return entry->d_name[0] != '.' &&
	       strcmp(entry->d_name, SUBMISSION_NONE) != 0;
}

static void add_file(struct search *s, const char *path)
{
	const char *name = path + strlen(s->root) + 1;

	if (!s->nr)
		s->first = strdup(path);
	if (s->nr && s->nr <= MAX_NAMES)
		writer_raw(&s->names, ", ", 2);
	if (s->nr < MAX_NAMES)
		writer_raw(&s->names, name, strlen(name));
	else if (s->nr == MAX_NAMES)
		writer_raw(&s->names, "...", 3);
	s->nr++;
}

/* Add the files that are @level folders below @folder, in order. */
static void add_level(struct search *s, const char *folder, int level)
{
	struct dirent **entries;
	int nr = scandir(folder, &entries, is_listed, alphasort);
	struct stat st;

	for (int i = 0; i < nr; i++) {
		const char *name = entries[i]->d_name;
		char *path = grade_join(folder, "/", name, NULL);

		if (path && !lstat(path, &st)) {
			if (level && S_ISDIR(st.st_mode))
				add_level(s, path, level - 1);
			else if (!level && !S_ISDIR(st.st_mode) &&
				 (s->any || is_lua(name)))
				add_file(s, path);
		}
		free(path);
		free(entries[i]);
	}
	if (nr >= 0)
		free(entries);
}

/* Add the nearest files in the folder @path. */
static void search_folder(struct search *s, const char *path, bool any)
{
	*s = (struct search){ .root = path, .any = any };
	for (int level = 0; level <= MAX_LEVEL && !s->nr; level++)
		add_level(s, path, level);
}

/* Returns the names, for the caller to free(). */
static char *search_destroy(struct search *s)
{
	free(s->first);
	return writer_finish(&s->names);
}

/* @path without slashes at its end, which would follow a symbolic link. */
static char *without_slash(const char *path)
{
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;
	return strndup(path, length);
}

char *submission_path(const char *path)
{
	char *root = without_slash(path), *found = NULL;
	struct search s;
	struct stat st;

	if (!root || lstat(root, &st) || !S_ISDIR(st.st_mode))
		return root;
	search_folder(&s, root, false);
	if (s.nr == 1 && s.first)
		found = strdup(s.first);
	free(search_destroy(&s));
	if (!found)
		return root;
	free(root);
	return found;
}

void submission_folder_error(const char *path, char *buf, size_t size)
{
	struct search s;
	const char *what = "several";
	char *names;

	search_folder(&s, path, false);
	if (!s.nr) {
		free(search_destroy(&s));
		search_folder(&s, path, true);
		what = s.nr ? "none, but" : "no file";
	}
	names = search_destroy(&s);
	snprintf(buf, size,
		 "a folder with one Lua file is expected; it has %s%s%s", what,
		 names && *names ? ": " : "", names ? names : "");
	free(names);
}

/* -- ids ------------------------------------------------------------------ */

/* With one of these file names, the folder's name is the id. */
static bool is_generic_name(const char *stem, size_t length)
{
	static const char *const names[] = { "submission", "solution",
					     "scenario", "answer", "main" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length &&
		    !strncasecmp(names[i], stem, length))
			return true;
	return false;
}

/* The last part of @path, which has @length bytes; *@nr its length. */
static const char *last_part(const char *path, size_t length, size_t *nr)
{
	size_t begin;

	while (length > 1 && path[length - 1] == '/')
		length--;
	begin = length;
	while (begin && path[begin - 1] != '/')
		begin--;
	*nr = length - begin;
	return path + begin;
}

char *submission_id(const char *path)
{
	struct stat st;
	size_t nr;
	const char *name = last_part(path, strlen(path), &nr);
	const char *dot;

	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return strndup(name, nr);
	dot = strrchr(name, '.');
	if (dot && dot != name)
		nr = (size_t)(dot - name);
	if (is_generic_name(name, nr) && name > path + 1)
		name = last_part(path, (size_t)(name - path), &nr);
	return strndup(name, nr);
}
