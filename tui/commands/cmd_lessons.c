/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_lessons: `zonewalk lessons` lists the lessons and the playlists, which
 * are lessons in an order for a lecture or a lab.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/lesson_list.h"

#define PATH_SIZE 4096

/* -- the folder ----------------------------------------------------------- */

/*
 * The folder scenarios/ in @share, which is relative to the running program
 * unless it is absolute. For the caller to free(); NULL: there is none.
 */
static char *scenarios_in(const char *share)
{
	char path[2 * PATH_SIZE] = "", *slash;
	size_t len;

	if (share[0] != '/') {
		ssize_t n = readlink("/proc/self/exe", path, PATH_SIZE - 1);

		if (n <= 0)
			return NULL;
		path[n] = '\0';
		slash = strrchr(path, '/');
		if (!slash)
			return NULL;
		slash[1] = '\0';
	}
	len = strlen(path);
	snprintf(path + len, sizeof(path) - len, "%s/scenarios", share);
	return realpath(path, NULL);
}

static char *find_folder(void)
{
	const char *given = getenv("ZONEWALK_SCENARIOS");
	char *found;

	if (given && *given)
		return strdup(given);
	found = scenarios_in(SHARE_FROM_PROGRAM);
	if (!found)
		found = scenarios_in(".");
	return found ? found : scenarios_in(SHARE_INSTALLED);
}

char *lessons_folder(void)
{
	char cwd[PATH_SIZE], *folder = find_folder();
	size_t length;

	if (!folder || !getcwd(cwd, sizeof(cwd)))
		return folder;
	length = strlen(cwd);
	if (!strncmp(folder, cwd, length) && folder[length] == '/')
		memmove(folder, folder + length + 1, strlen(folder + length));
	return folder;
}

/* -- the list ------------------------------------------------------------- */

static void print_lesson(const struct lesson_file *lesson)
{
	printf("  ");
	cli_print_padded(lesson->name, 20);
	printf(" %s", *lesson->title ? lesson->title : "(no title)");
	if (lesson->minutes)
		printf(" (%u minutes)", lesson->minutes);
	putchar('\n');
	if (!*lesson->goal)
		return;
	printf("      ");
	cli_print_wrapped(lesson->goal, 6);
}

/* Of "02-split" the number; of a name without one all of it. */
static int number_length(const char *name)
{
	size_t digits = strspn(name, "0123456789");

	return (int)(digits ? digits : strlen(name));
}

/* Print the lessons' numbers, "01 02 04", which begin their names. */
static void print_playlist(const struct lesson_list *list,
			   const struct playlist *playlist)
{
	printf("  ");
	cli_print_padded(playlist->name, 12);
	printf(" %3u minutes:", playlist_minutes(list, playlist));
	for (uint32_t i = 0; i < playlist->nr; i++) {
		const char *name = list->lessons[playlist->lessons[i]].name;

		printf(" %.*s", number_length(name), name);
	}
	putchar('\n');
}

/* EXIT_SCRIPT if a lesson cannot be run; it is listed, too. */
static int print_list(const struct lesson_list *list)
{
	const char *first = list->lessons[0].name;
	int code = EXIT_GOOD;

	printf("Lessons in %s:\n\n", list->folder);
	for (uint32_t i = 0; i < list->nr; i++) {
		print_lesson(&list->lessons[i]);
		if (!list->lessons[i].error)
			continue;
		cli_error("%s", list->lessons[i].error);
		code = EXIT_SCRIPT;
	}
	if (list->nr_playlists)
		puts("\nPlaylists:\n");
	for (uint32_t i = 0; i < list->nr_playlists; i++)
		print_playlist(list, &list->playlists[i]);
	printf("\nOpen a lesson by its number, its name, or a part of its "
	       "name or title:\n\n"
	       "  zonewalk play %-8.*s on the screen\n"
	       "  zonewalk run %-9.*s print its log\n",
	       number_length(first), first, number_length(first), first);
	return code;
}

int cmd_lessons(const struct options *o)
{
	char *folder = lessons_folder();
	struct file_error error;
	struct lesson_list list;
	int code = EXIT_FILE;

	(void)o;
	if (!folder)
		return cli_fail(EXIT_FILE, LESSONS_MISSING);
	if (lesson_list_open(&list, folder, &error) &&
	    lesson_list_read(&list, &error))
		code = print_list(&list);
	else
		cli_error("%s", error.text);
	lesson_list_free(&list);
	free(folder);
	return code;
}
