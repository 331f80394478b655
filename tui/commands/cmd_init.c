/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_init: `zonewalk init DIR` creates a folder to write scenarios in, with
 * a first scenario and settings for an editor and for luacheck. It does not
 * overwrite any file.
 */
#define _GNU_SOURCE /* asprintf */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "lua/meta.h"
#include "json/writer.h"

static const char first_lua[] =
	"-- first.lua: a first scenario.\n"
	"--\n"
	"--   zonewalk run first.lua        prints the log\n"
	"--   zonewalk play first.lua       shows it step by step\n"
	"--   zonewalk doc lua              lists the functions\n"
	"\n"
	"lesson { title = \"My first scenario\", goal = \"See where a block "
	"comes from.\" }\n"
	"\n"
	"local m = machine { nodes = { { memory = \"64M\" } } }\n"
	"\n"
	"local block\n"
	"ask {\n"
	"\t\"A block of 8 pages is requested. How many times does the allocator "
	"split a block?\",\n"
	"\trun = function(trace)\n"
	"\t\tblock = m:alloc { order = 3, gfp = \"GFP_HIGHUSER_MOVABLE\" }\n"
	"\t\treturn trace:count(\"expand\")\n"
	"\tend,\n"
	"}\n"
	"\n"
	"expect(block.order == 3, \"the block has 8 pages\")\n"
	"say(\"The block begins at pfn \" .. block.pfn .. \".\")\n"
	"block:free()\n"
	"expect(m:check(), \"the machine is consistent\")\n";

static const char luarc_json[] = "{\n"
				 "  \"runtime.version\": \"Lua 5.4\",\n"
				 "  \"runtime.builtin\": {\n"
				 "    \"debug\": \"disable\",\n"
				 "    \"io\": \"disable\",\n"
				 "    \"os\": \"disable\",\n"
				 "    \"package\": \"disable\"\n"
				 "  },\n"
				 "  \"workspace.library\": [\"meta\"],\n"
				 "  \"diagnostics.libraryFiles\": \"Disable\"\n"
				 "}\n";

static void put_scenario(FILE *out)
{
	fputs(first_lua, out);
}

static void put_luarc(FILE *out)
{
	fputs(luarc_json, out);
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

/* "DIR/NAME", for the caller to free(); NULL after a message: no memory. */
static char *join(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir, name) >= 0)
		return path;
	cli_no_memory(dir);
	return NULL;
}

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	cli_error("%s: %s", path, strerror(errno));
	return false;
}

/* True and a message if @dir/@name exists. */
static bool is_taken(const char *dir, const char *name)
{
	char *path = join(dir, name);
	bool taken = true;
	struct stat st;

	if (path)
		taken = !lstat(path, &st);
	if (path && taken)
		cli_error("%s: the file exists; no file was written", path);
	free(path);
	return taken;
}

static bool write_file(const char *dir, const struct init_file *file)
{
	char *path = join(dir, file->name), *text = NULL;
	struct file_error error;
	size_t length;
	FILE *out = path ? open_memstream(&text, &length) : NULL;
	bool good = false;

	if (out)
		file->put(out);
	if (!path) {
		return false;
	} else if (!out || fclose(out)) {
		cli_no_memory(path);
	} else if (file_write(path, text, length, &error)) {
		printf("%-30s %s\n", path, file->help);
		good = true;
	} else {
		cli_error("%s", error.text);
	}
	free(text);
	free(path);
	return good;
}

static bool make_folders(const char *dir)
{
	char *meta = join(dir, "meta");
	bool good = meta && make_folder(dir) && make_folder(meta);

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
	printf("\nNext: zonewalk run %s/first.lua\n", dir);
	return EXIT_GOOD;
}

int cmd_init(const struct options *o)
{
	return cli_finish(init(o->arguments[0]));
}
