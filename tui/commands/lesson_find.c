/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_find: the lesson that an argument names. */
#include "commands/command.h"
#include "commands/lesson_list.h"
#include "machine/gfp.h"
#include "model/exercise.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How an argument fits a lesson, the best first. */
enum match { MATCH_WHOLE, MATCH_NAME, MATCH_TITLE, MATCH_NONE };

/* -- comparing ------------------------------------------------------------ */

/* Case does not count, nor what divides words. */
static int folded(char c)
{
	return c == '-' || c == '_' ? ' ' : tolower((unsigned char)c);
}

/* How many characters at the beginning of both are the same. */
static size_t same_length(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] && folded(a[i]) == folded(b[i]))
		i++;
	return i;
}

static bool is_same(const char *a, const char *b)
{
	const size_t same = same_length(a, b);

	return !a[same] && !b[same];
}

static bool has_part(const char *text, const char *part)
{
	while (*text && part[same_length(text, part)])
		text++;
	return *text;
}

/* "split" of the name "02-split". */
static const char *name_words(const char *name)
{
	const char *words = name + strspn(name, "0123456789");

	return words > name && *words == '-' ? words + 1 : name;
}

static enum match match_of(const struct lesson_file *lesson, const char *given)
{
	const char *name = lesson->name;
	const char *title = lesson->title ? lesson->title : "";
	uint64_t number;

	if (read_number(given, UINT64_MAX - 1, &number))
		return lesson_number(lesson) == number ? MATCH_WHOLE :
							 MATCH_NONE;
	if (is_same(name, given) || is_same(name_words(name), given) ||
	    is_same(title, given) || is_same(lesson_file_name(lesson), given))
		return MATCH_WHOLE;
	return has_part(name, given)  ? MATCH_NAME :
	       has_part(title, given) ? MATCH_TITLE :
					MATCH_NONE;
}

/* -- finding -------------------------------------------------------------- */

/* The lessons that fit best. */
struct matches {
	enum match best;
	uint32_t nr;
	uint32_t first;
	char names[512]; /* "03-merge, 07-lowmem-reserve" */
};

static void find(struct matches *found, const struct lesson_list *list,
		 const char *given)
{
	*found = (struct matches){ .best = MATCH_NONE };
	for (uint32_t i = 0; i < list->nr; i++) {
		const char *name = list->lessons[i].name;
		enum match match = match_of(&list->lessons[i], given);
		size_t used;

		if (match == MATCH_NONE || match > found->best)
			continue;
		if (match < found->best)
			*found = (struct matches){ .best = match, .first = i };
		used = strlen(found->names);
		snprintf(found->names + used, sizeof(found->names) - used,
			 "%s%s", found->nr ? ", " : "", name);
		found->nr++;
	}
}

/* "; did you mean split?", or where to look. */
static struct text unknown_hint(const struct lesson_list *list,
				const char *given)
{
	const char **words = calloc(list->nr, sizeof(*words)), *near = NULL;

	for (uint32_t i = 0; words && i < list->nr; i++)
		words[i] = name_words(list->lessons[i].name);
	if (words)
		near = nearest_name(given, words, list->nr, sizeof(*words));
	free(words);
	return near ? hint_text(near) :
		      text_of("; zonewalk lessons lists the lessons");
}

/* Is it a file, or would it be one if it existed? */
static bool is_file(const char *given)
{
	struct stat status;

	return !*given || !strcmp(given, "-") || strchr(given, '/') ||
	       (!stat(given, &status) && !S_ISDIR(status.st_mode));
}

static int find_in(struct lesson_list *list, const char *command,
		   const char *given, char **path)
{
	struct file_error error;
	struct matches found;

	find(&found, list, given);
	if (!found.nr && !strchr(given, '.')) {
		if (!lesson_list_read(list, &error))
			return cli_fail(EXIT_FILE, "%s", error.text);
		find(&found, list, given);
	}
	if (found.nr > 1)
		return cli_usage(command,
				 "%s: several lessons have this name: %s; "
				 "write the number or more of the name",
				 given, found.names);
	if (found.nr) {
		*path = strdup(list->lessons[found.first].path);
		return *path ? EXIT_GOOD : cli_no_memory(command);
	}
	/* opening it as a file says that there is none */
	if (strchr(given, '.'))
		return EXIT_GOOD;
	return cli_fail(EXIT_FILE, "%s: %s: no such file or lesson%s", command,
			given, unknown_hint(list, given).s);
}

int lesson_find(const char *command, const char *given, char **path)
{
	char *folder = is_file(given) ? NULL : lessons_folder();
	struct file_error error;
	struct lesson_list list;
	int code = EXIT_GOOD;

	*path = NULL;
	if (!folder)
		return EXIT_GOOD;
	if (lesson_list_open(&list, folder, &error))
		code = find_in(&list, command, given, path);
	else
		code = cli_fail(EXIT_FILE, "%s", error.text);
	lesson_list_free(&list);
	free(folder);
	return code;
}

int lesson_refuse(const char *command, const char *given, const char *wanted)
{
	char *folder = is_file(given) ? NULL : lessons_folder();
	struct matches found = { .nr = 0 };
	struct file_error error;
	struct lesson_list list;

	if (!folder)
		return EXIT_GOOD;
	if (!strchr(given, '.') && lesson_list_open(&list, folder, &error)) {
		find(&found, &list, given);
		lesson_list_free(&list);
	}
	free(folder);
	return found.nr == 1 ?
		       cli_usage(command,
				 "%s is a lesson, not %s: zonewalk play %s",
				 given, wanted, given) :
		       EXIT_GOOD;
}

char *lesson_folder_of_copy(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	const char *suffix = strstr(base, EXERCISE_SUFFIX);
	char *folder = suffix ? lessons_folder() : NULL, *lesson = NULL;

	if (folder)
		lesson = cli_path(
			folder,
			text_of("%.*s.lua", (int)(suffix - base), base).s);
	if (!lesson || access(lesson, F_OK)) {
		free(folder);
		folder = NULL;
	}
	free(lesson);
	return folder;
}
