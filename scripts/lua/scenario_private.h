/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scenario_private: one run, as the files of the language share it. */
#ifndef SCRIPTS_SCENARIO_PRIVATE_H
#define SCRIPTS_SCENARIO_PRIVATE_H

#include <lua.h>

#include "boot/boot.h"
#include "json/folder.h"
#include "lua/heap.h"
#include "lua/keys.h"
#include "lua/scenario.h"

struct open_recording {
	char *name; /* as the script names it */
	struct recording *recording;
};

/* A text of flags that was read, and what it means. */
struct flag_text {
	const void *text; /* Lua's string, kept alive in the registry */
	uint32_t flags;
};

/* What the language has functions and fields of. */
enum api_class {
	API_GLOBAL,
	API_MACHINE,
	API_BLOCK,
	API_BLOCKS,
	API_NODE,
	API_ZONE,
	API_PCP,
	API_TRACE, /* made by language/trace.lua */
	NR_API_CLASSES
};

/*
 * Receives, in order, what a run does beside the requests and notes of its
 * sessions: the sandbox sends it to the parent process.
 */
struct scenario_reporter {
	void *context;
	/* the script runs @line, which may take long */
	void (*line)(void *context, uint32_t line);
	/* a machine was made, by a description or from the file read last */
	void (*machine)(void *context, const struct machine_description *d,
			bool poison, uint32_t line);
	/* @report: its number in that file, from 1; 0: the file is no report */
	void (*loaded)(void *context, uint32_t report, uint32_t line);
	/* @s is the session of that machine; false: no memory */
	bool (*session)(void *context, struct session *s);
	/* bytes were written at @offset from the start of page @pfn */
	void (*write)(void *context, uint32_t session, uint32_t pfn,
		      uint64_t offset, const void *bytes, size_t length);
	/* a note before there is a machine */
	void (*early_note)(void *context, const struct note *note);
	void (*lesson)(void *context, const char *title, const char *goal,
		       uint32_t minutes);
	/* the script has read parameter @i */
	void (*param)(void *context, uint32_t i);
	/* read a file of the scenario's folder, as folder_read() does */
	enum file_answer (*read)(void *context, const char *name, char **text,
				 size_t *length, const char **why);
};

/* Report @what of scenario @sc: REPORT(sc, line, 7). */
#define REPORT(sc, what, ...)                                                  \
	do {                                                                   \
		if ((sc)->reporter)                                            \
			(sc)->reporter->what((sc)->reporter->context,          \
					     __VA_ARGS__);                     \
	} while (0)

struct scenario {
	struct scenario_options options;
	char *path; /* as given, for messages */
	char *name; /* its last part: in source lines and chunk names */
	char *folder; /* where files may be read */
	struct session **sessions;
	uint32_t nr_sessions;
	struct session *latest; /* the machine used last: notes go there */
	struct note *early; /* from before the first machine */
	uint32_t nr_early;
	char *title;
	char *goal;
	uint32_t minutes; /* 0: not given */
	struct open_recording *recordings; /* that were replayed */
	uint32_t nr_recordings;
	bool *param_read; /* a flag for each of options.params */
	uint32_t nr_params;

	int class_ref[NR_API_CLASSES]; /* metatables, in the registry */
	struct flag_text last_flags[2]; /* gfp, alloc_flags */
	/* the keys of keys_alloc and keys_cpu that were met: Lua's strings */
	const void *known_keys[2][KEYS_CACHED];
	bool hooked[NR_EVENTS];
	bool any_hook;
	bool in_hook;
	uint32_t hook_step; /* of the event whose hook runs */
	uint32_t nr_failed; /* expectations */

	enum limit hit;
	bool memory_refused;
	bool string_refused;
	uint32_t refused_line; /* where that was */
	lua_State *main_state;
	size_t memory; /* bytes Lua holds */
	struct heap heap; /* where they are */
	uint64_t output; /* bytes of captions, scenes, questions */
	uint64_t random; /* the state of math.random */
	uint32_t nr_blocks; /* that were named: a block's serial number */
	uint64_t nr_requests;
	bool any_loaded; /* one came from a file (only where verified) */
	/* machine{} sets the sysctls of this machine; NULL: as described */
	const struct system *sysctls;
	uint64_t instructions;
	uint64_t next_clock; /* at how many instructions to look at it */
	uint64_t deadline_ns;

	const struct scenario_reporter *reporter; /* NULL: nothing reported */
	struct isolation_report report;

	enum scenario_outcome outcome;
	char file_error[512]; /* the last file that could not be read */
	char message[1024];
};

/* The bytes of all machines: what LIMIT_MACHINES limits. */
uint64_t scenario_memory(const struct scenario *sc);

/* The run that @L belongs to. */
static inline struct scenario *scenario_of(lua_State *L)
{
	return *(struct scenario **)lua_getextraspace(L);
}

#endif
