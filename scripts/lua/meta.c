/* SPDX-License-Identifier: GPL-2.0-or-later */
/* meta: the tables of the language as a manual and for editors. */
#include "lua/keys.h"

#include <string.h>

#include "lua/api.h"

/*
 * The globals of Lua that a scenario has, for luacheck: functions and values,
 * and libraries with their fields. library.c removes the others; a test
 * compares these tables with them.
 */
static const char lua_globals[] =
	"_G _VERSION assert error getmetatable ipairs load next pairs pcall "
	"rawequal rawget rawlen rawset select setmetatable tonumber tostring "
	"type xpcall";

static const struct {
	const char *name;
	const char *fields;
} lua_libraries[] = {
	{ "coroutine", "close create isyieldable resume running status wrap "
		       "yield" },
	{ "math", "abs acos asin atan ceil cos deg exp floor fmod huge log "
		  "max maxinteger min mininteger modf pi rad random randomseed "
		  "sin sqrt tan tointeger type ult" },
	{ "string", "byte char find format gmatch gsub len lower match pack "
		    "packsize rep reverse sub unpack upper" },
	{ "table", "concat insert move pack remove sort unpack" },
	{ "utf8", "char charpattern codepoint codes len offset" },
};

/* -- the manual ----------------------------------------------------------- */

enum { COLUMNS = 80 };

/* Print a text from column @indent on, broken at blanks. */
static void put_wrapped(FILE *out, int indent, const char *text)
{
	const int width = COLUMNS - indent;

	while ((int)strlen(text) > width) {
		int cut = width;

		while (cut > 0 && text[cut] != ' ')
			cut--;
		if (!cut)
			break;
		fprintf(out, "%.*s\n%*s", cut, text, indent, "");
		text += cut + 1;
	}
	fprintf(out, "%s\n", text);
}

static void put_keys(FILE *out, const struct api_key *keys)
{
	for (; keys->name; keys++) {
		fprintf(out, "          %-22s ", keys->name);
		put_wrapped(out, 33, *keys->help ? keys->help : keys->type);
	}
}

static void put_begin(FILE *out, const char *title)
{
	fprintf(out, "\n%s:\n\n", title);
}

static void put_entry(FILE *out, const char *usage, const char *help,
		      const struct api_key *keys)
{
	fprintf(out, "  ");
	put_wrapped(out, 2, usage);
	if (*help) {
		fprintf(out, "        ");
		put_wrapped(out, 8, help);
	}
	if (keys)
		put_keys(out, keys);
}

static void put_text(FILE *out, const char *text)
{
	put_wrapped(out, 0, text);
}

static void manual_tables(FILE *out, const struct meta_writer *writer,
			  int is_argument)
{
	for (size_t i = 0; i < nr_api_tables; i++)
		if (api_tables[i].is_argument == is_argument)
			writer->entry(out, api_tables[i].help, "",
				      api_tables[i].keys);
}

void meta_write(FILE *out, const struct meta_writer *writer)
{
	static const char *const headings[NR_API_CLASSES] = {
		[API_GLOBAL] = "Globals",
		[API_MACHINE] = "A machine m",
		[API_BLOCK] = "A block",
		[API_BLOCKS] = "The blocks of m:fill",
		[API_NODE] = "A node (a copy)",
		[API_ZONE] = "A zone (a copy)",
		[API_PCP] = "The per-cpu lists of a zone (a copy)",
		[API_TRACE] = "The trace that run of ask{} gets",
	};

	writer->text(out, "The scenario language (Lua 5.4). A size is \"64M\" "
			  "or a number of pages.");
	for (int class = 0; class < NR_API_CLASSES; class ++) {
		writer->begin(out, headings[class]);
		for_each_api_row(row) {
			if ((int)row->class == class)
				writer->entry(out, row->usage, row->help,
					      row->keys);
		}
	}
	writer->begin(out, "Fields of tables; those by order or zone index "
			   "begin at 0");
	manual_tables(out, writer, 0);
	writer->begin(out, "Keys of tables within tables");
	manual_tables(out, writer, 1);
}

void meta_manual(FILE *out)
{
	static const struct meta_writer writer = { put_text, put_begin,
						   put_entry };

	meta_write(out, &writer);
}

/* -- LuaLS ---------------------------------------------------------------- */

/* A type of the language server; "size" is a string or an integer. */
static void put_type(FILE *out, const char *type)
{
	static const char size[] = "size";
	const char *at;

	while ((at = strstr(type, size))) {
		fprintf(out, "%.*sstring|integer", (int)(at - type), type);
		type = at + strlen(size);
	}
	fputs(type, out);
}

static void luals_table(FILE *out, const struct api_table *table)
{
	fprintf(out, "\n---%s\n---@class %szonewalk.%s\n", table->help,
		table->is_argument ? "(exact) " : "", table->name);
	for (const struct api_key *key = table->keys; key->name; key++) {
		fprintf(out, "---@field %s%s ", key->name,
			table->is_argument ? "?" : "");
		put_type(out, key->type);
		fprintf(out, "%s%s\n", *key->help ? " " : "", key->help);
	}
}

/* The rows of a class; a table of the same name adds its fields. */
static void luals_class(FILE *out, enum api_class class)
{
	const char *name = api_class_names[class];

	fprintf(out, "\n---@class zonewalk.%s\n", name);
	if (class == API_BLOCKS)
		fprintf(out, "---@field [integer] zonewalk.block\n"
			     "---@operator len: integer\n");
	for_each_api_row(row) {
		if (row->class != class)
			continue;
		if (row->field)
			fprintf(out, "---@field %s %s %s\n", row->name,
				row->types, row->help);
		else
			fprintf(out,
				"---@field %s fun(self: zonewalk.%s%s%s "
				"%s\n",
				row->name, name,
				row->types[1] == ')' ? "" : ", ",
				row->types + 1, row->help);
	}
}

static const char *field_luals(enum field_kind kind)
{
	if (kind == KIND_flag)
		return "boolean";
	if (kind == KIND_nodemask)
		return "integer[]";
	if (kind == KIND_pfn)
		return "integer?";
	if (kind == KIND_migratetype)
		return "zonewalk.migratetype";
	if (kind == KIND_zone || kind == KIND_gfp || kind == KIND_alloc_flags ||
	    kind_is_enum(kind))
		return "string";
	return "integer";
}

static void luals_events(FILE *out)
{
	fprintf(out, "\n---@class zonewalk.event\n---@field event "
		     "zonewalk.event_name\n---@field step integer\n"
		     "---@field [string] any\n");
	for (int id = 0; id < NR_EVENTS; id++) {
		const struct event_type *type = &event_types[id];

		fprintf(out, "\n---@class zonewalk.event.%s: zonewalk.event\n",
			type->name);
		for (unsigned int i = 0; i < type->nr_fields; i++)
			fprintf(out, "---@field %s %s\n", type->fields[i].name,
				field_luals(type->fields[i].kind));
	}
	fprintf(out, "\n---@class (exact) zonewalk.on\n");
	for (int id = 0; id < NR_EVENTS; id++)
		fprintf(out,
			"---@field %s fun(hook: fun(e: "
			"zonewalk.event.%s)) %s\n",
			event_types[id].name, event_types[id].name,
			event_types[id].function);
	fprintf(out, "\n---@alias zonewalk.event_name");
	for (int id = 0; id < NR_EVENTS; id++)
		fprintf(out, "\n---| \"%s\"", event_types[id].name);
	fprintf(out, "\n");
}

static void luals_globals(FILE *out)
{
	for_each_api_row(row) {
		if (row->class != API_GLOBAL || strchr(row->name, '.'))
			continue;
		fprintf(out, "\n---%s\n", row->help);
		if (!strcmp(row->name, "on"))
			fprintf(out, "---@type zonewalk.on\non = {}\n");
		else if (!strcmp(row->name, "machine"))
			fprintf(out, "---@type zonewalk.maker\nmachine = "
				     "{}\n");
		else
			fprintf(out, "---@type fun%s\n%s = function(...) end\n",
				row->types, row->name);
	}
}

/* The name of a row's function after "machine.", or NULL. */
static const char *maker_field(const struct api_row *row)
{
	static const char prefix[] = "machine.";

	return strncmp(row->name, prefix, strlen(prefix)) ?
		       NULL :
		       row->name + strlen(prefix);
}

/* machine can be called and has fields: a class of its own. */
static void luals_maker(FILE *out)
{
	fprintf(out, "\n---@class zonewalk.maker\n");
	for_each_api_row(row) {
		if (maker_field(row))
			fprintf(out, "---@field %s fun%s\n", maker_field(row),
				row->types);
		if (!strcmp(row->name, "machine"))
			fprintf(out, "---@overload fun%s\n", row->types);
	}
}

void meta_luals(FILE *out)
{
	fprintf(out, "---@meta\n"
		     "-- The scenario language of zonewalk, for the Lua "
		     "language server. Written by\n"
		     "-- `zonewalk doc luals`; it is not executed.\n"
		     "\n---@alias zonewalk.migratetype");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		fprintf(out, "\n---| \"%s\"", migratetype_name(type));
	fprintf(out, "\n");
	for (size_t i = 0; i < nr_api_tables; i++)
		luals_table(out, &api_tables[i]);
	for (int class = API_GLOBAL + 1; class < NR_API_CLASSES; class ++)
		luals_class(out, (enum api_class) class);
	luals_events(out);
	luals_maker(out);
	luals_globals(out);
}

/* -- luacheck ------------------------------------------------------------- */

/* Print each of the words that blanks separate. */
static void put_words(FILE *out, const char *words, const char *before,
		      const char *after, const char *between)
{
	while (*words) {
		size_t length = strcspn(words, " ");

		fprintf(out, "%s%.*s%s", before, (int)length, words, after);
		words += length + strspn(words + length, " ");
		fputs(*words ? between : "", out);
	}
}

static void luacheck_maker(FILE *out)
{
	const char *comma = "";

	fprintf(out, "\tmachine = { fields = {");
	for_each_api_row(row) {
		if (!maker_field(row))
			continue;
		fprintf(out, "%s %s = {}", comma, maker_field(row));
		comma = ",";
	}
	fprintf(out, " } },\n");
}

void meta_luacheck(FILE *out)
{
	fprintf(out, "-- The scenario language of zonewalk, for luacheck. "
		     "Written by\n-- `zonewalk doc luacheck`.\n"
		     "stds.zonewalk = { read_globals = {\n");
	put_words(out, lua_globals, "\t\"", "\",\n", "");
	for (size_t i = 0; i < sizeof(lua_libraries) / sizeof(lua_libraries[0]);
	     i++) {
		fprintf(out, "\t%s = { fields = { ", lua_libraries[i].name);
		put_words(out, lua_libraries[i].fields, "", " = {}", ", ");
		fprintf(out, " } },\n");
	}
	for_each_api_row(row) {
		const char *name = row->name;

		if (row->class != API_GLOBAL || strchr(name, '.'))
			continue;
		if (!strcmp(name, "machine"))
			luacheck_maker(out);
		else if (strcmp(name, "on"))
			fprintf(out, "\t\"%s\",\n", name);
	}
	fprintf(out, "\ton = { fields = {");
	for (int id = 0; id < NR_EVENTS; id++)
		fprintf(out, "%s%s%s = {}", id ? "," : "",
			id % 3 ? " " : "\n\t\t", event_types[id].name);
	fprintf(out, "\n\t} },\n} }\nstd = \"zonewalk\"\nmax_line_length = "
		     "130\n");
}
