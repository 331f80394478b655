/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_api: the scenario language as a table, and what the files behind it
 * share.
 *
 * One row of api_rows is one function or field of the language: the binding
 * and `zonewalk doc lua` are loops over it. To add a function, write it in
 * one of the files below, declare it here and add its row in lua_api.c.
 *
 *   lua_host     one run: reads the file, runs it, says how it ended
 *   lua_scenario what is left of a run, for its caller
 *   lua_limit    instructions, memory, events, time; pcall that lets go
 *   lua_library  the standard library without what could reach outside
 *   lua_args     reading arguments, and errors with a suggestion
 *   lua_note     say, scene, expect, pause, lesson, param
 *   lua_machine  machine{...}
 *   lua_load     machine.load(file)
 *   lua_request  alloc, free, drain; hooks run when the request is done
 *   lua_block    what a block says
 *   lua_look     copies of nodes, zones, per-cpu lists
 *   lua_page     copies of one frame, a pageblock, a zonelist
 *   lua_event    events as tables, on.EVENT
 *   lua_walk     the walk of a request, zone by zone
 *
 * Every function checks all its arguments before it does anything, and
 * holds nothing that an error would lose: errors are longjmps.
 */
#ifndef SCRIPTS_LUA_API_H
#define SCRIPTS_LUA_API_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "lua_host.h"

/* -- one run -------------------------------------------------------------- */

enum limit {
	LIMIT_NONE,
	LIMIT_INSTRUCTIONS,
	LIMIT_MEMORY,
	LIMIT_EVENTS,
	LIMIT_WALL,
	NR_LIMITS
};

/* A note said before there was a machine to remember it. */
struct early_note {
	enum note_kind kind;
	struct source_line where;
	char *text;
};

struct scenario {
	struct scenario_options options;
	char *path; /* as given, for messages */
	char *name; /* its last part: in source lines and chunk names */
	char *folder; /* where files may be read */
	struct session **sessions;
	uint32_t nr_sessions;
	uint32_t max_sessions;
	struct session *latest; /* the machine used last: notes go there */
	struct early_note *early;
	uint32_t nr_early;
	uint32_t max_early;
	char *title;
	char *goal;
	bool *param_asked; /* a flag for each of options.params */
	uint32_t nr_params;

	bool hooked[NR_EVENTS];
	bool in_hook;
	uint32_t hook_step; /* of the event whose hook runs */
	uint32_t nr_failed; /* expectations */

	enum limit hit;
	bool memory_refused;
	size_t memory; /* bytes Lua holds */
	uint64_t instructions;
	uint64_t deadline_ns;

	enum scenario_outcome outcome;
	char file_error[512]; /* the last file that could not be read */
	char message[1024];
};

/* The run that @L belongs to. */
static inline struct scenario *scenario_of(lua_State *L)
{
	return *(struct scenario **)lua_getextraspace(L);
}

/* -- the table of the language -------------------------------------------- */

enum api_class {
	API_GLOBAL,
	API_MACHINE,
	API_BLOCK,
	API_NODE,
	API_ZONE,
	API_PCP,
	NR_API_CLASSES
};

struct api_row {
	const char *name; /* first, for nearest_name() */
	enum api_class class;
	bool field; /* x.name, not x:name() */
	lua_CFunction function; /* NULL: prelude.lua defines it */
	const char *usage;
	const char *help; /* one sentence */
};

extern const struct api_row api_rows[];
extern const size_t nr_api_rows;

/* Make the classes and set the globals. */
void api_open(lua_State *L);
/* A new object of @class: @size bytes, @nr_values user values. */
void *api_new(lua_State *L, enum api_class class, size_t size, int nr_values);
/* Argument @index as an object of @class; raises when it is not. */
void *api_check(lua_State *L, int index, enum api_class class,
		const char *function);

/* -- lua_limit ------------------------------------------------------------ */

void *limit_alloc(void *context, void *block, size_t old, size_t size);
/* Start counting; replaces pcall and its like. */
void limit_open(lua_State *L);
/* Raise that a limit was hit; nothing in the script can catch it. */
int limit_raise(lua_State *L, enum limit limit);
/* Raise when there are more events than allowed. */
void limit_check_events(lua_State *L);
/* Was that error a limit? Remembers it. */
bool limit_was_hit(lua_State *L, int status, int index);
const char *limit_name(enum limit limit);

/* -- lua_library ---------------------------------------------------------- */

void library_open(lua_State *L);

/* -- lua_args ------------------------------------------------------------- */

/* The scenario's line that is being run; file NULL when there is none. */
struct source_line api_where(lua_State *L);
/* Raise "FILE:LINE: ..." with the scenario's line. Does not return. */
int api_error(lua_State *L, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* "; did you mean X?" or "", in @buf. Returns @buf. */
const char *api_did_you_mean(const char *near, char *buf, size_t size);
/* A value as a message shows it: 12, "text", true, a table. Returns @buf. */
const char *api_value_text(lua_State *L, int index, char *buf, size_t size);

/* A table of named arguments, checked to have no other keys. */
struct args {
	lua_State *L;
	int index; /* of the table; 0: none was given */
	char what[64]; /* "m:alloc", "node 0": begins each message */
};

/*
 * Argument @index is a table of named arguments out of @keys (NULL at the
 * end), or absent. Raises when it is something else.
 */
void args_open(struct args *a, lua_State *L, int index, const char *what,
	       const char *const *keys);
/* Push the value of @key; false (and nothing pushed) when there is none. */
bool args_push(const struct args *a, const char *key);
/* A whole number from @min to @max. False: absent. */
bool args_integer(const struct args *a, const char *key, int64_t min,
		  int64_t max, int64_t *value);
/* The same into 32 bits. */
bool args_u32(const struct args *a, const char *key, uint32_t min,
	      uint32_t max, uint32_t *value);
bool args_boolean(const struct args *a, const char *key, bool *value);
/* A text, kept alive by the table; NULL: absent. */
const char *args_text(const struct args *a, const char *key);
/* "64M" or a number of pages, in pages. False: absent. */
bool args_size(const struct args *a, const char *key, uint32_t *nr_pages);
/* The size at the top of the stack, called @key in messages. */
uint32_t args_size_value(const struct args *a, const char *key);
/* The whole number at @index, called @name in messages. */
int64_t args_number(lua_State *L, int index, const char *what,
		    const char *name, int64_t min, int64_t max);

/* -- lua_note ------------------------------------------------------------- */

/* Say something; @text is copied. */
void note_add(lua_State *L, enum note_kind kind, const char *text);
/* Give @s what was said before there was a machine. False: no memory. */
bool note_flush(struct scenario *sc, struct session *s);
int note_say(lua_State *L);
int note_print(lua_State *L);
int note_scene(lua_State *L);
int note_expect(lua_State *L);
int note_pause(lua_State *L);
int note_lesson(lua_State *L);
int note_param(lua_State *L);

/* -- lua_machine ---------------------------------------------------------- */

struct machine_ref {
	uint32_t session;
};

int machine_new(lua_State *L);

/* -- lua_load ------------------------------------------------------------- */

/* Keep machine @m as a new session and push its object. */
int machine_keep(lua_State *L, struct machine *m);
int machine_load(lua_State *L);

/* -- lua_request ---------------------------------------------------------- */

struct block {
	uint32_t session;
	uint32_t pfn;
	uint32_t order;
	uint32_t nid;
	uint32_t zone; /* zone index */
	uint32_t migratetype;
	uint32_t first_step;
	uint32_t last_step;
	uint32_t freed_line;
	bool freed;
};

/* The session of the machine at @index, for looking. */
struct session *request_machine(lua_State *L, int index, const char *function);
int request_alloc(lua_State *L);
int request_free(lua_State *L);
int request_drain(lua_State *L);

/* -- lua_block ------------------------------------------------------------ */

int block_pfn(lua_State *L);
int block_order(lua_State *L);
int block_node(lua_State *L);
int block_zone(lua_State *L);
int block_migratetype(lua_State *L);
int block_address(lua_State *L);
int block_walk(lua_State *L);
int block_events(lua_State *L);
int block_tostring(lua_State *L);

/* -- lua_event ------------------------------------------------------------ */

/* on.EVENT: a function that takes the hook. */
int event_on(lua_State *L);
/* Push event @step of @s as a table. */
void event_push(lua_State *L, const struct session *s, uint32_t step);
/* The event of that name; raises and names the nearest. */
enum event_id event_check(lua_State *L, const char *name);
/* Tell the listener steps [first, last] and run the hooks set for them. */
void event_tell(lua_State *L, struct session *s, uint32_t first,
		uint32_t last);
/* Push a list of the events in steps [first, last]. */
void event_push_list(lua_State *L, const struct session *s, uint32_t first,
		     uint32_t last);
/* For prelude.lua: where every machine stands, and events since then. */
int event_marks(lua_State *L);
int event_since(lua_State *L);

/* -- lua_walk ------------------------------------------------------------- */

/* Push what the walk met in steps [first, last]: a list of zones. */
void event_push_walk(lua_State *L, const struct session *s, uint32_t first,
		     uint32_t last);

/* -- lua_look ------------------------------------------------------------- */

int look_node(lua_State *L);
int look_zone(lua_State *L);
int look_blocks(lua_State *L);
int look_pcp(lua_State *L);
int look_pcp_list(lua_State *L);
int look_check(lua_State *L);
int look_nr_nodes(lua_State *L);
int look_nr_cpus(lua_State *L);
int look_max_order(lua_State *L);
int look_pageblock_order(lua_State *L);

/* -- lua_page ------------------------------------------------------------- */

int look_page(lua_State *L);
int look_pageblock(lua_State *L);
int look_zonelist(lua_State *L);

#endif
