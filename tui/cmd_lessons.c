/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_lessons: `zonewalk lessons` lists the lessons there are.
 *
 * They are the scenarios in $ZONEWALK_SCENARIOS, else in share/ beside an
 * installed program (wherever it was moved to), else in the source folder,
 * else where they were to be installed. Title and goal are the lesson's
 * own, so each is run once, to its end.
 */
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "lua_host.h"

#define PATH_SIZE 4096

/*
 * The folder scenarios/ in @share, or in the folder @share of the running
 * program when it is relative; NULL when there is none. The path is
 * the caller's to free.
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

/* The folder of the lessons, to free; NULL: there is none. */
static char *lessons_folder(void)
{
	const char *given = getenv("ZONEWALK_SCENARIOS");
	char *found;

	if (given && *given)
		return strdup(given);
	found = scenarios_in(SHARE_FROM_PROGRAM);
	if (!found)
		found = scenarios_in(SHARE_SOURCE);
	return found ? found : scenarios_in(SHARE_INSTALLED);
}

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

/* The short path for somebody who stands above or in the folder. */
static const char *shown_path(const char *path)
{
	char cwd[PATH_SIZE];
	size_t len;

	if (!getcwd(cwd, sizeof(cwd)))
		return path;
	len = strlen(cwd);
	if (!strncmp(path, cwd, len) && path[len] == '/')
		return path + len + 1;
	return path;
}

/* An expectation that fails may be what a lesson shows. */
static bool runs(enum scenario_outcome outcome)
{
	return outcome == SCENARIO_OK || outcome == SCENARIO_EXPECT_FAILED;
}

/* EXIT_SCRIPT when the lesson cannot be run; it is listed all the same. */
static int list_lesson(const char *folder, const char *name)
{
	const struct scenario_options options = { .record = true };
	char path[PATH_SIZE + 256];
	struct scenario *sc;
	int code = EXIT_GOOD;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	sc = scenario_run(path, &options);
	if (!sc) {
		cli_error("%s: no memory", path);
		return EXIT_INTERNAL;
	}
	if (!runs(scenario_outcome(sc))) {
		cli_error("%s", scenario_message(sc));
		code = EXIT_SCRIPT;
	}
	printf("  %-28s %s\n", name,
	       *scenario_title(sc) ? scenario_title(sc) : "(no title)");
	if (*scenario_goal(sc))
		printf("  %-28s %s\n", "", scenario_goal(sc));
	scenario_free(sc);
	return code;
}

static int list_lessons(const char *folder)
{
	struct dirent **names;
	int nr = scandir(folder, &names, is_scenario, by_name);
	int code = EXIT_GOOD;

	if (nr < 0) {
		cli_error("%s: %s", folder, strerror(errno));
		return EXIT_FILE;
	}
	if (!nr) {
		cli_error("%s: no lesson (*.lua) in this folder", folder);
		free(names);
		return EXIT_FILE;
	}
	printf("Lessons in %s:\n\n", shown_path(folder));
	for (int i = 0; i < nr; i++) {
		int lesson_code = list_lesson(folder, names[i]->d_name);

		if (lesson_code != EXIT_GOOD)
			code = lesson_code;
	}
	printf("\nOpen one:  zonewalk play %s/%s\n"
	       "Its story: zonewalk run %s/%s\n",
	       shown_path(folder), names[0]->d_name, shown_path(folder),
	       names[0]->d_name);
	for (int i = 0; i < nr; i++)
		free(names[i]);
	free(names);
	return code;
}

int cmd_lessons(int argc, char **argv)
{
	static const struct option none[] = { { NULL, 0, NULL, 0 } };
	char *folder;
	int code;

	opterr = 0;
	if (getopt_long(argc, argv, "", none, NULL) != -1)
		return cli_usage("lessons", "lessons: %s: no such option",
				 argv[optind - 1]);
	if (optind < argc)
		return cli_usage("lessons", "lessons: takes no argument: %s",
				 argv[optind]);
	folder = lessons_folder();
	if (!folder) {
		cli_error("no folder of lessons was found; set "
			  "ZONEWALK_SCENARIOS to one");
		return EXIT_FILE;
	}
	code = list_lessons(folder);
	free(folder);
	return code;
}
