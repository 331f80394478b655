/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording: the requests and results of a real kernel, as JSON Lines.
 */
#ifndef ENGINE_RECORDING_H
#define ENGINE_RECORDING_H

#include "json/file.h"
#include "session/session.h"

struct recording;

/*
 * Read and check a whole recording: header, begin state, operations, later
 * states. NULL and @error when the file cannot be read or is malformed.
 * recording_machine() checks whether the begin state is consistent; a later
 * state that is not is a difference.
 */
struct recording *recording_open(const char *path, struct file_error *error);
/* The same from memory; @name is the file in messages. */
struct recording *recording_open_text(const char *name, const char *text,
				      size_t length, struct file_error *error);
void recording_close(struct recording *r);

const char *recording_title(const struct recording *r);
uint32_t recording_nr_ops(const struct recording *r);

/* Is @path a recording (its first line a recording header)? */
bool recording_is(const char *path);

/* The machine of its begin state, in @m. */
bool recording_machine(const struct recording *r, struct machine *m,
		       struct file_error *error);

/* What runs the operations: a build of the allocator, see state/state.h. */
enum replay_build {
	REPLAY_TRACED,
	REPLAY_UNTRACED, /* without the request cache */
	REPLAY_CACHED, /* untraced, every cacheable request from the cache */
	NR_REPLAY_BUILDS
};

const char *replay_build_name(enum replay_build build);

struct replay_result {
	enum replay_build build;
	uint32_t nr_cached; /* requests that the cache served */
	uint32_t nr_ops; /* run, the differing one included */
	uint32_t nr_events; /* kernel events compared */
	uint32_t nr_states; /* compared completely */
	bool identical;
	uint32_t line; /* of the first difference, else 0 */
	uint32_t request; /* number of the request, from 1; 0: a state */
	uint32_t step; /* where to look */
	char operation[320]; /* "alloc order 3 gfp GFP_KERNEL node 0 cpu 0" */
	char what[96]; /* "pfn", "zone 0 Normal free_area[3].movable[17]" */
	char expected[160];
	char got[160];
};

/*
 * Run operations [from, to) on @s, whose machine is at operation @from,
 * without comparing. False if one has an error; those after it are not run. @r
 * must outlive @s: requests name its file.
 */
bool recording_play(const struct recording *r, struct session *s, uint32_t from,
		    uint32_t to);

/*
 * Run all operations on @build and compare every page, zone, counter and
 * state; traced, also every event. Each state must hold its invariants. False
 * if that is impossible: no memory, or the begin state contradicts itself;
 * see @error.
 */
bool recording_replay(const struct recording *r, enum replay_build build,
		      struct replay_result *result, struct file_error *error);

#endif
