/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_json: a machine's whole state as JSON, the recordings' `state`.
 *
 *   state_check()    does a tree have the keys of a state?
 *   state_load()     the machine of such a tree
 *   state_save()     the tree's text of a machine, as members
 *
 * A state is of a format, 1 or 2, as the recording that it stands in; snapshots
 * have format 2. A key of format 2 needs JSON_NEEDS_FORMAT_2.
 *
 * One table for each kind of object (state_keys.c) names its keys in the order
 * of the recordings, with where each is stored. Checking, loading and saving
 * are loops over it; a value that is not one field has a `part`.
 */
#ifndef ENGINE_STATE_JSON_H
#define ENGINE_STATE_JSON_H

#include "json/json.h"
#include "machine/mmzone.h"
#include "json/writer.h"

enum { STATE_FORMAT = 2 }; /* the latest */

/* How a row's value is stored in its C object, at row->offset. */
enum state_store {
	STORE_NONE,
	STORE_U32,
	STORE_I32,
	STORE_U64,
	STORE_FLAG, /* a word, 0 or 1 */
	STORE_CHARS, /* an array of row->max + 1 */
	STORE_U32S, /* an array; its length is part->count or row->max */
	STORE_U64S,
	STORE_OBJECT, /* a struct within the struct */
};

/* A state that is being loaded. */
struct state_load {
	const struct json_place *at;
	struct machine *m;
	const cJSON *json; /* the whole state */
	unsigned int needs; /* JSON_NEEDS_*: the keys that it has */
	uint32_t nr_zonerefs; /* used so far */
	uint32_t nr_lru;
	const struct zone *zone; /* whose parts are being read; NULL: none */
	uint32_t cpu; /* valid if in_pcp */
	bool in_pcp;
};

/* A state that is being written. */
struct state_save {
	struct json_writer *out;
	const struct machine *m;
	unsigned int needs; /* JSON_NEEDS_*: the keys to write */
	const struct zone *zone;
	uint32_t cpu;
	uint32_t nid;
};

/* How a key is read and written that is not one field of @object. */
struct state_part {
	bool (*load)(struct state_load *l, const cJSON *value,
		     const void *object);
	void (*save)(struct state_save *s, const void *object);
	/* an array's length in this machine */
	uint32_t (*count)(const struct machine *m);
	/* an optional key is written only where this holds */
	bool (*wanted)(const struct state_save *s, const void *object);
};

/* Of struct system: "system", "cpus"; then "nodes". */
extern const struct json_key state_machine_keys[];
extern const struct json_key state_nodes_keys[];
extern const struct json_key state_node_keys[];
extern const struct json_key state_zone_keys[];
extern const struct json_key state_pcp_keys[];
/* Of struct system, beyond what a recording has. */
extern const struct json_key state_more_keys[];

extern const struct state_part state_part_page_size,
	state_part_lowmem_reserve_ratio, state_part_zone_names,
	state_part_gfp_zones, state_part_migratetypes, state_part_cpus,
	state_part_nodes, state_part_nid, state_part_distance,
	state_part_zonelists, state_part_zones, state_part_zone,
	state_part_name, state_part_lowmem_reserve, state_part_pageblocks,
	state_part_free_area, state_part_pcp, state_part_lru,
	state_part_reserved, state_part_cpu, state_part_stat_threshold,
	state_part_lists, state_part_page_types;

/* An error at the zone and cpu that are being read. Returns false. */
bool state_fail(const struct state_load *l, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Half of a state each: nodes make sense of what the system says. */
enum state_half { STATE_SYSTEM, STATE_NODES };

bool state_load_keys(struct state_load *l, const cJSON *json,
		     enum state_half half);

/* The loops over a table; also for objects of other files. */
bool state_load_object(struct state_load *l, const cJSON *json,
		       const struct json_key *keys, const void *object);
void state_save_object(struct state_save *s, const struct json_key *keys,
		       const void *object);

/*
 * The format of a recording, from its header in @header: "recording". False
 * and the error if it is none that this program knows.
 */
bool state_format(const struct json_place *at, const cJSON *header,
		  uint32_t *format);

/* Are the keys there, and the values of their kinds and ranges? */
bool state_check(const struct json_place *at, const cJSON *json,
		 uint32_t format);

/*
 * The machine of a checked state, in @m. What contradicts itself is refused:
 * a page on two lists, a block outside its zone, a count that is not the
 * lists'. @more (may be NULL) is asked at the end, before the invariants of
 * the whole are checked.
 */
bool state_load(const struct json_place *at, const cJSON *json, uint32_t format,
		struct machine *m,
		bool (*more)(struct state_load *l, const cJSON *json));

/* The members of a state's object, "state":@name first. */
void state_save(struct json_writer *out, const struct machine *m,
		const char *name, uint32_t format);

/* All JSON_NEEDS_* of machine @m in that format. */
unsigned int state_needs(const struct machine *m, uint32_t format);

/*
 * The frames of a checked state that are in no block: all but the reserved ones
 * are in use, and stay so. Comes after all blocks.
 */
bool state_load_kernel_pages(struct state_load *l);

/*
 * One block of a state joins the machine: the word of its first frame is
 * written. False: it is not aligned, outside its zone, or overlaps another.
 * @place names it in messages. Blocks of a larger order come first, but for
 * PAGE_USED, which may come in any order.
 */
bool state_place_block(struct state_load *l, const struct zone *zone,
		       uint32_t pfn, unsigned int order,
		       unsigned int migratetype, enum page_state state,
		       const char *place);

/* The pages of one list, head to tail; each is placed and linked. */
bool state_load_list(struct state_load *l, const cJSON *list, uint32_t head,
		     unsigned int order, enum page_state state,
		     unsigned int migratetype, const char *place);
/* "name":[pages], or nothing when the list is empty. */
void state_save_list(struct state_save *s, uint32_t head, const char *name);

/* The migratetype of that name, if this machine has it, else -1. */
int state_migratetype(const struct machine *m, const char *name);

#endif
