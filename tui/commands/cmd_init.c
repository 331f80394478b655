/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_init: `zonewalk init DIR` creates a folder to write scenarios in, with
 * a first scenario and settings for an editor and for luacheck. It does not
 * overwrite any file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "lua/keys.h"

static void put_scenario(FILE *out)
{
	fputs(cli_text("first.lua"), out);
}

static void put_luarc(FILE *out)
{
	fputs(cli_text("luarc.json"), out);
}

/* In the order in which they are written. */
static const struct init_file {
	const char *name;
	void (*put)(FILE *out);
	const char *help;
} init_files[] = {
	{ "first.lua", put_scenario, "a first scenario" },
	{ ".luarc.json", put_luarc, "settings for the Lua language server" },
	{ ".luacheckrc", meta_luacheck, "settings for luacheck" },
	{ "meta/zonewalk.lua", meta_luals, "the language, for the editor" },
};

enum { NR_INIT_FILES = sizeof(init_files) / sizeof(init_files[0]) };

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	return cli_fail(false, "%s: %s", path, strerror(errno));
}

static int check_is_free(char *path, const struct init_file *unused)
{
	struct stat st;

	if (lstat(path, &st))
		return EXIT_GOOD;
	cli_error("%s: the file exists; no file was written", path);
	return EXIT_FILE;
}

static int make_folder_of(char *path, const struct init_file *unused)
{
	char *slash = strrchr(path, '/');

	*slash = '\0';
	return make_folder(path) ? EXIT_GOOD : EXIT_FILE;
}

static int write_file(char *path, const struct init_file *file)
{
	struct file_error error;
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	int code = EXIT_FILE;

	if (out)
		file->put(out);
	if (!out || fclose(out)) {
		cli_no_memory(path);
	} else if (file_write(path, text, length, &error)) {
		printf("%-30s %s\n", path, file->help);
		code = EXIT_GOOD;
	} else {
		cli_error("%s", error.text);
	}
	free(text);
	return code;
}

/* Call @run for each file, with its path, as long as all is well. */
static int for_each_file(const char *dir,
			 int (*run)(char *path, const struct init_file *file))
{
	int code = EXIT_GOOD;

	for (int i = 0; code == EXIT_GOOD && i < NR_INIT_FILES; i++) {
		char *path = cli_path(dir, init_files[i].name);

		code = path ? run(path, &init_files[i]) : cli_no_memory(dir);
		free(path);
	}
	return code;
}

static int init(const char *dir)
{
	int code = for_each_file(dir, check_is_free);

	if (code == EXIT_GOOD)
		code = for_each_file(dir, make_folder_of);
	if (code == EXIT_GOOD)
		code = for_each_file(dir, write_file);
	if (code == EXIT_GOOD)
		printf("\nNext: zonewalk run %s/first.lua\n", dir);
	return code;
}

int cmd_init(const struct options *o)
{
	return cli_finish(init(o->arguments[0]));
}
