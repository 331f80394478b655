/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * api: the scenario language as a table, and what its files share.
 *
 * Each of the files below ends with rows, one for each function or field of the
 * language that it defines: the binding and `zonewalk doc lua` loop over them.
 * To add a function, write it in one of the files and add its row there.
 *
 *   keys      the named values of the language
 *   meta      rows and keys as a manual, and for editors
 *   host      one run, from the file to its outcome
 *   limit     instructions, memory, events, time; a pcall that limits end
 *   library   Lua's libraries without what reaches outside; repeatable: sort,
 *             random
 *   heap      the memory of Lua
 *   args      read arguments; errors with a suggestion; args_table: tables
 *   note      say, scene, expect, pause, lesson, param
 *   machine   machine{...}; load: machine.load(file), m:replay(file)
 *   zones     machine{ zones }, machine.arena(size), machine.import(file)
 *   request   alloc, free, and what every request has in common
 *   walk      the zones that a request tried
 *   fill      many blocks at once, and the list that holds them
 *   control   requests from outside the allocator: the task, dirty pages
 *   block     the fields of a block and the contents of its pages
 *   look      copies of nodes, zones, per-cpu lists
 *   page      copies of a page, a pageblock, a zonelist
 *   event     events as tables, on.EVENT
 *
 * Errors are longjmps. So every function checks all its arguments before it
 * changes anything, and holds nothing that an error would leak.
 */
#ifndef SCRIPTS_LUA_API_H
#define SCRIPTS_LUA_API_H

#include <lauxlib.h>
#include <lualib.h>

#include "lua/args.h"
#include "lua/scenario_private.h"
#include "machine/embedded.h"

/* -- the table of the language -------------------------------------------- */

struct api_row {
	const char *name; /* first, for nearest_name() */
	enum api_class class;
	bool field; /* x.name, not x:name() */
	lua_CFunction function; /* NULL: a file of language/ defines it */
	const char *usage;
	const char *help; /* a sentence or two */
	const char *types; /* as LuaLS writes them: "(n: integer): string" */
	const struct api_key *keys; /* of its table, or NULL */
};

/* The rows of a module end with one without a name. */
extern const struct api_row machine_rows[], zones_rows[], request_rows[],
	fill_rows[], control_rows[], load_rows[], block_rows[], look_rows[],
	page_rows[], event_rows[], note_rows[];
/* All modules, in the order of the manual; NULL at the end. */
extern const struct api_row *const api_modules[];
#define for_each_api_row(row)                                                  \
	for (const struct api_row *const *module = api_modules; *module;       \
	     module++)                                                         \
		for (const struct api_row *row = *module; row->name; row++)

/* Rows; Lua's function is NULL if language/ or a metatable has it. */
#define GLOBAL(name_, function_, keys_, usage_, types_, help_)                 \
	METHOD(API_GLOBAL, name_, function_, keys_, usage_, types_, help_)
#define METHOD(class_, name_, function_, keys_, usage_, types_, help_)         \
	{                                                                      \
		.name = name_, .class = class_, .function = function_,         \
		.usage = usage_, .help = help_, .types = types_, .keys = keys_ \
	}
#define FIELD(class_, name_, function_, usage_, types_, help_)                 \
	{                                                                      \
		.name = name_, .class = class_, .function = function_,         \
		.field = true, .usage = usage_, .help = help_, .types = types_ \
	}

extern const char *const api_class_names[NR_API_CLASSES];

/* Make the classes and set the globals. */
void api_open(lua_State *L);
/* The header before the bytes of each object: its class. */
enum { API_HEADER = 8, API_MAGIC = 0x7a776c6b };

/* A new object of @class: @size bytes, @nr_values user values. */
void *api_new(lua_State *L, enum api_class class, size_t size, int nr_values);
/* Give the machine on top of the stack a table of its own members. */
void api_own_members(lua_State *L);
/* The bytes of the object at @index, which is known to be one. */
static inline void *api_object(lua_State *L, int index)
{
	return (char *)lua_touserdata(L, index) + API_HEADER;
}
/* Set a field of the table on top of the stack. */
static inline void api_set_integer(lua_State *L, const char *name,
				   int64_t value)
{
	lua_pushinteger(L, value);
	lua_setfield(L, -2, name);
}

static inline void api_set_string(lua_State *L, const char *name,
				  const char *value)
{
	lua_pushstring(L, value);
	lua_setfield(L, -2, name);
}

/* Argument @index as an object of @class, or NULL. */
void *api_test(lua_State *L, int index, enum api_class class);
/* Argument @index as an object of @class; raises when it is not. */
void *api_check(lua_State *L, int index, enum api_class class,
		const char *function);

/* -- limit ---------------------------------------------------------------- */

/* A Lua state that allocates up to the memory limit of @sc, or NULL. */
lua_State *limit_new_state(struct scenario *sc);
void limit_close_state(lua_State *L);
/* Install the hook and the functions that do not return a limit's error. */
void limit_open(lua_State *L);
/* Raise that a limit was exceeded; the script cannot catch this error. */
int limit_raise(lua_State *L, enum limit limit);
/* The same when the system has no memory. */
int limit_raise_memory(lua_State *L);
/* The same with a text of its own, where the system is the limit. */
int limit_raise_text(lua_State *L, enum limit limit, const char *text);
/* Count a request; check the limits on requests, events and machines. */
void limit_check_request(lua_State *L);
/* Check the limit on machines, before they need @more bytes. */
void limit_check_machines(lua_State *L, uint64_t more);
/* Count work outside Lua as so many instructions; check the wall clock. */
void limit_charge(lua_State *L, uint64_t instructions);
/*
 * Was the error at @index, with which a call returned @status, a limit? Keeps
 * it in the scenario.
 */
bool limit_was_hit(lua_State *L, int status, int index);
const char *limit_name(enum limit limit);
uint64_t limit_value(const struct scenario *sc, enum limit limit);
/* "more than 400 (--limit wall_ms=N allows more)" in @buf. Returns @buf. */
const char *limit_text(const struct scenario *sc, enum limit limit, char *buf,
		       size_t size);
/* Count @size bytes of output. */
void limit_check_output(lua_State *L, uint64_t size);

/* -- library -------------------------------------------------------------- */

void library_open(lua_State *L);
/* Push the function of a file of Lua that is built in. */
void library_push_file(lua_State *L, const struct embedded_file *file);
/* The globals that scenarios lack; NULL at the end. */
extern const char *const library_absent[];
/* Parts of it. */
int sort_table(lua_State *L);
void random_open(lua_State *L);

/* -- language/ ------------------------------------------------------------- */

/* Run the files of language/, the part that is written in Lua. */
void language_open(lua_State *L);

/* -- note ----------------------------------------------------------------- */

/* Keep a note for the first machine. False: no memory. */
bool note_early(struct scenario *sc, const struct note *note);
/* Add the notes from before the first machine to @s. False: no memory. */
bool note_flush(struct scenario *sc, struct session *s);
/* Add a note of one part, which is copied. */
void note_add(lua_State *L, enum note_kind kind, const char *text);
/* For language/. */
int note_host(lua_State *L);
int note_has_form(lua_State *L);
int note_panel(lua_State *L);

/* -- machine, load -------------------------------------------------------- */

/* A machine's object; its user value is the file it was loaded from. */
struct machine_ref {
	uint32_t session;
	uint32_t nr_replayed; /* operations of that recording */
};

int machine_new(lua_State *L);
int machine_arena(lua_State *L);
/* A description with the defaults, held by Lua, at the top of the stack. */
struct machine_description *machine_push_description(lua_State *L);
/* Boot @d and push the machine; @function begins the messages. */
int machine_boot_described(lua_State *L, const char *function,
			   const struct machine_description *d, bool poison);
/* Read zones = { ... } of machine{}, if it is there. */
void zones_read(const struct args *a, struct machine_description *d);
/* Keep machine @m as a new session and push its object. */
struct machine_ref *machine_keep(lua_State *L, struct machine *m);
int machine_load(lua_State *L);
/*
 * The contents of the file that argument @index of @function names; the caller
 * frees them. Raises if it cannot be read.
 */
char *load_read_file(lua_State *L, int index, const char *function,
		     size_t *length);
/* Push the path that messages show for the file of argument @index. */
const char *load_push_path(lua_State *L, int index);
/* Raise an error of a file: this text leads to exit code 6. */
void load_raise(lua_State *L, const char *function, const char *text)
	__attribute__((noreturn));
int machine_import(lua_State *L);

/* -- request -------------------------------------------------------------- */

/* The session of the machine at @index. */
struct session *request_machine(lua_State *L, int index, const char *function);
/* Raises inside a hook, where a request would have no place in the order. */
void request_check_hook(lua_State *L, const char *function);
/*
 * Finish a request that has run: report its events, call the hooks, raise its
 * error if it has one. @r NULL: no memory.
 */
void request_done(lua_State *L, struct session *s, const struct request *r,
		  const char *function);
/* Carry out @r, as request_done() says. Returns 0: no results for Lua. */
int request_make(lua_State *L, struct session *s, const struct request *r,
		 const char *function);
/* Read the arguments of m:alloc{}, among others in @keys, as @r. */
void request_open(struct args *a, lua_State *L, const char *function,
		  const struct api_key *keys, const struct machine *m,
		  struct request *r);
/* Push { text =, zones = }: why a request failed. */
void request_push_reason(lua_State *L, const struct session *s,
			 const struct request *r);

/* -- fill ----------------------------------------------------------------- */

/* blocks[i]: pushes the block, or nil after the last. */
int fill_index(lua_State *L);
int fill_length(lua_State *L);

/* -- block ---------------------------------------------------------------- */

struct block {
	uint32_t session;
	uint32_t pfn;
	uint32_t first_step;
	uint32_t last_step;
	uint32_t freed_line;
	uint32_t serial; /* the order of blocks as keys of a table */
	uint32_t owner; /* the request that allocated it; see page_owner() */
	uint8_t order;
	uint8_t nid;
	uint8_t zone; /* zone index */
	uint8_t migratetype : 7;
	uint8_t freed : 1;
};

_Static_assert(MAX_NUMNODES <= 256 && MIGRATE_TYPES <= 128, "they fit");

/* A block's object: its own block, or one of a list that it keeps alive. */
struct block_ref {
	struct block *block;
	struct block own;
};

/* The block that @r allocated on the machine of session number @session. */
void block_init(struct scenario *sc, struct block *b, uint32_t session,
		const struct request *r);
/* For language/: order(value), a block's serial number, else nil. */
int block_order_key(lua_State *L);
struct block *block_check(lua_State *L, int index, const char *function);
/* Is the block free: by the script, or by node_reclaim()? */
bool block_is_free(const struct scenario *sc, const struct block *b);
/* Raises if the block is free. */
void block_check_used(lua_State *L, const struct block *b,
		      const char *function);
int block_tostring(lua_State *L);

/* -- walk ----------------------------------------------------------------- */

/* Push the zones that steps [first, last] tried, as a list. */
void walk_push(lua_State *L, const struct session *s, uint32_t first,
	       uint32_t last);

/* -- event ---------------------------------------------------------------- */

/* on.EVENT: a function that takes the hook. */
int event_on(lua_State *L);
/* Push event @step of @s as a table. */
void event_push(lua_State *L, const struct session *s, uint32_t step);
/* The event of that name; raises and names the nearest. */
enum event_id event_check(lua_State *L, const char *name);
/* Report steps [first, last] and call the hooks set for their events. */
void event_report(lua_State *L, struct session *s, uint32_t first,
		  uint32_t last);
/* Push a list of the events in steps [first, last]. */
void event_push_list(lua_State *L, const struct session *s, uint32_t first,
		     uint32_t last);
/*
 * For language/: where every machine stands, and events since then, of a
 * name and a filter's text or nil.
 */
int event_steps(lua_State *L);
int event_since(lua_State *L);

/* -- look ----------------------------------------------------------------- */

/* The index of the zone that the string at @index names. */
uint32_t look_zone_index(lua_State *L, int index, const struct machine *m,
			 const char *function);
/* The migratetype that the string at @index names. */
unsigned int look_check_type(lua_State *L, int index, const char *function);

#endif
