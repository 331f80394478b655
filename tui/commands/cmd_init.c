/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_init: `zonewalk init DIR` makes a folder to write scenarios in: a
 * first scenario, and what an editor and luacheck need to know of the
 * language. Nothing that is there is written over.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/command.h"
#include "lua/meta.h"
#include "json/writer.h"

static void put_scenario(FILE *out)
{
	fputs("-- first.lua: a scenario to begin with.\n"
	      "--\n"
	      "--   zonewalk run first.lua        tells what happens\n"
	      "--   zonewalk play first.lua       shows it, step by step\n"
	      "--   zonewalk doc lua              what else can be written\n"
	      "\n"
	      "lesson { title = \"My first scenario\", goal = \"See where a "
	      "block comes from.\" }\n"
	      "\n"
	      "local m = machine { nodes = { { memory = \"64M\" } } }\n"
	      "\n"
	      "local block\n"
	      "ask {\n"
	      "\t\"A block of 8 pages is asked for. How often is a larger "
	      "block split?\",\n"
	      "\trun = function(trace)\n"
	      "\t\tblock = m:alloc { order = 3, gfp = "
	      "\"GFP_HIGHUSER_MOVABLE\" }\n"
	      "\t\treturn trace:count(\"expand\")\n"
	      "\tend,\n"
	      "}\n"
	      "\n"
	      "expect(block.order == 3, \"eight pages\")\n"
	      "say(\"The block begins at page \" .. block.pfn .. \".\")\n"
	      "block:free()\n"
	      "expect(m:check(), \"the machine is sound\")\n",
	      out);
}

static void put_luarc(FILE *out)
{
	fputs("{\n"
	      "  \"runtime.version\": \"Lua 5.4\",\n"
	      "  \"runtime.builtin\": {\n"
	      "    \"debug\": \"disable\",\n"
	      "    \"io\": \"disable\",\n"
	      "    \"os\": \"disable\",\n"
	      "    \"package\": \"disable\"\n"
	      "  },\n"
	      "  \"workspace.library\": [\"meta\"],\n"
	      "  \"diagnostics.libraryFiles\": \"Disable\"\n"
	      "}\n",
	      out);
}

/* In the order in which they are made. */
static const struct init_file {
	const char *name;
	void (*put)(FILE *out);
	const char *help;
} init_files[] = {
	{ "first.lua", put_scenario, "a scenario to begin with" },
	{ ".luarc.json", put_luarc, "for the Lua language server" },
	{ ".luacheckrc", meta_luacheck, "for luacheck" },
	{ "meta/zonewalk.lua", meta_luals, "the language, for the editor" },
};

enum { NR_INIT_FILES = sizeof(init_files) / sizeof(init_files[0]) };

/* "DIR/NAME"; false: no memory, told. */
static bool join(const char *dir, const char *name, char **path)
{
	size_t size = strlen(dir) + strlen(name) + 2;

	*path = malloc(size);
	if (*path)
		snprintf(*path, size, "%s/%s", dir, name);
	else
		cli_error("%s: no memory", dir);
	return *path != NULL;
}

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	cli_error("%s: %s", path, strerror(errno));
	return false;
}

/* Is there something already at @dir/@name? Then it is told. */
static bool is_taken(const char *dir, const char *name)
{
	struct stat st;
	bool taken;
	char *path;

	if (!join(dir, name, &path))
		return true;
	taken = !lstat(path, &st);
	if (taken)
		cli_error("%s is there already; nothing was written", path);
	free(path);
	return taken;
}

static bool write_file(const char *dir, const struct init_file *file)
{
	struct file_error error;
	char *path, *text = NULL;
	size_t length;
	FILE *out;
	bool good;

	if (!join(dir, file->name, &path))
		return false;
	out = open_memstream(&text, &length);
	if (out)
		file->put(out);
	good = out && !fclose(out);
	if (!good)
		cli_error("%s: no memory", path);
	else if (!(good = text_save(path, text, length, &error)))
		cli_error("%s", error.text);
	if (good)
		printf("%-30s %s\n", path, file->help);
	free(text);
	free(path);
	return good;
}

static bool make_folders(const char *dir)
{
	char *meta;
	bool good;

	if (!make_folder(dir) || !join(dir, "meta", &meta))
		return false;
	good = make_folder(meta);
	free(meta);
	return good;
}

static int init(const char *dir)
{
	for (int i = 0; i < NR_INIT_FILES; i++)
		if (is_taken(dir, init_files[i].name))
			return EXIT_FILE;
	if (!make_folders(dir))
		return EXIT_FILE;
	for (int i = 0; i < NR_INIT_FILES; i++)
		if (!write_file(dir, &init_files[i]))
			return EXIT_FILE;
	printf("\nNow: zonewalk run %s/first.lua\n", dir);
	return EXIT_GOOD;
}

int cmd_init(int argc, char **argv)
{
	static const struct option none[] = { { NULL, 0, NULL, 0 } };
	int code = cli_options(argc, argv, "init", ":", none, NULL, NULL);

	if (code != EXIT_GOOD)
		return code;
	if (optind + 1 != argc)
		return cli_usage("init", "one folder, zonewalk init DIR");
	return cli_finish(init(argv[optind]));
}
