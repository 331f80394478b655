/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zones: machines whose zones boot does not compute: machine{ zones = ... },
 * machine.arena(size), machine.import(file).
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "boot/boot.h"
#include "import/report_machine.h"
#include "lua/api.h"

#define STORED(name_, type_, help_, kind_, object, member, least, most)        \
	{                                                                      \
		.name = name_, .type = type_, .help = help_,                   \
		.kind = KEY_##kind_, .min = least, .max = most,                \
		.offset = offsetof(struct object, member)                      \
	}

const struct api_key keys_zone_given[] = {
	KEY("zone", "string", "\"Normal\""),
	STORED("node", "integer", "its node; 0", NUMBER, zone_description, nid,
	       0, MAX_NUMNODES - 1),
	KEY("watermark", "zonewalk.watermark_given", "min, low and high"),
	STORED("boost", "integer", "what is added to each watermark; 0", NUMBER,
	       zone_description, watermark_boost, 0, INT_MAX),
	KEY("lowmem_reserve", "integer[]",
	    "by zone index, from the lowest, as lowmem_reserve[] is printed"),
	STORED("nr_reserved_highatomic", "integer",
	       "pages in MIGRATE_HIGHATOMIC pageblocks; 0", NUMBER,
	       zone_description, nr_reserved_highatomic, 0, INT_MAX),
	KEY("free", "zonewalk.free_given[]",
	    "its free blocks; all other pages are in use"),
	{ .name = NULL },
};

/* Of an array of NR_WMARK. */
struct watermarks {
	uint32_t mark[NR_WMARK];
};

const struct api_key keys_watermark_given[] = {
	STORED("min", "integer", "pages", NUMBER, watermarks, mark[WMARK_MIN],
	       0, INT_MAX),
	STORED("low", "integer", "pages", NUMBER, watermarks, mark[WMARK_LOW],
	       0, INT_MAX),
	STORED("high", "integer", "pages", NUMBER, watermarks, mark[WMARK_HIGH],
	       0, INT_MAX),
	{ .name = NULL },
};

struct free_given {
	uint32_t order;
	uint32_t count;
};

const struct api_key keys_free_given[] = {
	STORED("order", "integer", "blocks of 2^order pages; 0", NUMBER,
	       free_given, order, 0, MAX_ORDER_LIMIT - 1),
	KEY("type", "zonewalk.migratetype", "their migratetype; movable"),
	STORED("count", "integer", "how many; 1", NUMBER, free_given, count, 0,
	       MAX_PFN_LIMIT),
	{ .name = NULL },
};

/* The length of the list @key on top; raises if it is none. */
static uint32_t list_length(const struct args *a, const char *key,
			    uint32_t most, const char *of)
{
	char value[80];
	lua_Unsigned nr;

	if (!lua_istable(a->L, -1))
		api_error(a->L, "%s: %s %s: expected a list of %s", a->what,
			  key, api_value_text(a->L, -1, value, sizeof(value)),
			  of);
	nr = lua_rawlen(a->L, -1);
	if (nr > most)
		api_error(a->L, "%s: %s: at most %d %s are allowed", a->what,
			  key, (int)most, of);
	lua_pushnil(a->L);
	if (!nr && lua_next(a->L, -2))
		api_error(a->L,
			  "%s: %s: expected a list of %s; write { { ... } }",
			  a->what, key, of);
	lua_settop(a->L, lua_gettop(a->L) - (nr ? 1 : 0));
	return (uint32_t)nr;
}

static void read_free(const struct args *zone, struct zone_description *d)
{
	lua_State *L = zone->L;
	char what[64];
	uint32_t nr;

	d->has_free = args_push(zone, "free");
	if (!d->has_free)
		return;
	nr = list_length(zone, "free", 1024, "blocks");
	for (uint32_t i = 1; i <= nr; i++) {
		struct free_given given = { .count = 1 };
		unsigned int type = MIGRATE_MOVABLE;
		struct args a;

		snprintf(what, sizeof(what), "%s: free[%u]", zone->what, i);
		lua_rawgeti(L, -1, (lua_Integer)i);
		args_open(&a, L, -1, what, keys_free_given, NULL, &given);
		if (args_push(&a, "type")) {
			type = look_check_type(L, -1, what);
			lua_pop(L, 1);
		}
		lua_pop(L, 1);
		if (given.count > UINT32_MAX - d->free.nr[type][given.order])
			api_error(L, "%s: count: too many blocks", what);
		d->free.nr[type][given.order] += given.count;
	}
	lua_pop(L, 1);
}

static void read_watermark(const struct args *zone, struct zone_description *d)
{
	struct watermarks given = { { 0, 0, 0 } };
	char what[64];
	struct args a;

	d->has_watermark = args_push(zone, "watermark");
	if (!d->has_watermark)
		return;
	snprintf(what, sizeof(what), "%s: watermark", zone->what);
	args_open(&a, zone->L, -1, what, keys_watermark_given, NULL, &given);
	for (const struct api_key *key = keys_watermark_given; key->name; key++)
		if (!args_has(&a, key->name))
			api_error(zone->L,
				  "%s: %s is missing; write watermark = { min "
				  "= 100, low = 125, high = 150 }",
				  what, key->name);
	for (int i = 0; i < NR_WMARK; i++)
		d->watermark[i] = given.mark[i];
	lua_pop(zone->L, 1);
}

static void read_lowmem_reserve(const struct args *zone,
				struct zone_description *d)
{
	lua_State *L = zone->L;

	if (!args_push(zone, "lowmem_reserve"))
		return;
	d->nr_lowmem_reserve =
		list_length(zone, "lowmem_reserve", MAX_NR_ZONES, "numbers");
	for (uint32_t i = 0; i < d->nr_lowmem_reserve; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i + 1);
		d->lowmem_reserve[i] = (uint32_t)args_number(
			L, -1, zone->what, "lowmem_reserve", 0, INT_MAX);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* The zone's table is on top. */
static void read_zone(lua_State *L, struct zone_description *d, uint32_t i)
{
	const char *name;
	char what[40];
	struct args a;
	int type;

	snprintf(what, sizeof(what), "machine: zones[%u]", i);
	args_open(&a, L, -1, what, keys_zone_given, NULL, d);
	name = args_text(&a, "zone");
	if (!name)
		api_error(L, "%s: zone is missing; write { zone = \"DMA32\" }",
			  what);
	type = zone_type_from_name(name);
	if (type < 0)
		api_error(L,
			  "%s: zone \"%.40s\": no such zone; write \"DMA\", "
			  "\"DMA32\", \"Normal\", \"HighMem\" or \"Movable\"",
			  what, name);
	d->type = (uint32_t)type;
	read_watermark(&a, d);
	read_lowmem_reserve(&a, d);
	read_free(&a, d);
}

void zones_read(const struct args *a, struct machine_description *d)
{
	if (!args_push(a, "zones"))
		return;
	d->nr_zones = list_length(a, "zones", MAX_ZONE_DESCRIPTIONS, "zones");
	for (uint32_t i = 0; i < d->nr_zones; i++) {
		lua_rawgeti(a->L, -1, (lua_Integer)i + 1);
		read_zone(a->L, &d->zone[i], i + 1);
		lua_pop(a->L, 1);
	}
	lua_pop(a->L, 1);
}

struct machine_description *machine_push_description(lua_State *L)
{
	struct machine_description *d = lua_newuserdatauv(L, sizeof(*d), 0);
	struct machine_description *defaults = machine_description_new();

	if (!defaults)
		limit_raise_memory(L);
	*d = *defaults;
	free(defaults);
	return d;
}

/* machine.arena(size) */
int machine_arena(lua_State *L)
{
	const struct args a = { .L = L, .what = "machine.arena" };
	struct machine_description *d;

	if (scenario_of(L)->in_hook)
		api_error(L, "machine.arena: called inside a hook; make it "
			     "before");
	lua_settop(L, 1);
	d = machine_push_description(L);
	lua_pushvalue(L, 1);
	d->arena = args_size_value(&a, "size");
	if (!d->arena)
		api_error(L, "machine.arena: size 0: expected at least one "
			     "page; write machine.arena(\"1M\")");
	return machine_boot_described(L, "machine.arena", d, false);
}

/* -- reports --------------------------------------------------------------- */

/* Stored in a uint32_t. */
const struct api_key keys_import[] = {
	{ .name = "report",
	  .type = "integer",
	  .help = "its number in the file, from 1; by default the first that "
		  "can be read",
	  .kind = KEY_NUMBER,
	  .min = 1,
	  .max = REPORT_MAX_REPORTS },
	{ .name = NULL },
};

/* Copies, since an error of Lua would leak the report. */
struct warnings {
	uint32_t nr;
	char text[REPORT_MAX_WARNINGS][256];
};

static void copy_warnings(struct warnings *w, const struct report *r)
{
	w->nr = r->nr_warnings;
	for (uint32_t i = 0; i < w->nr; i++)
		snprintf(w->text[i], sizeof(w->text[i]), "%s", r->warnings[i]);
}

/* machine.import(file[, { report = 2 }]) */
int machine_import(lua_State *L)
{
	static const char function[] = "machine.import";
	struct machine m = { .region = NULL };
	struct warnings warnings;
	struct file_error error;
	struct report_set set;
	uint32_t number = 0;
	size_t length;
	struct args a;
	char *text;
	bool good;

	if (scenario_of(L)->in_hook)
		api_error(L, "machine.import: called inside a hook; import it "
			     "before");
	lua_settop(L, 2);
	args_open(&a, L, 2, function, keys_import, NULL, &number);
	lua_settop(L, 1);
	text = load_read_file(L, 1, function, &length);
	good = report_machine_text(load_push_path(L, 1), text, length, number,
				   &set, &m, &error);
	free(text);
	if (!good)
		load_raise(L, function, error.text);
	number = set.taken + 1;
	copy_warnings(&warnings, &set.reports[set.taken]);
	report_set_destroy(&set);
	REPORT(scenario_of(L), loaded, number, api_where(L).line);
	machine_keep(L, &m);
	for (uint32_t i = 0; i < warnings.nr; i++)
		note_add(L, NOTE_WARNING, warnings.text[i]);
	return 1;
}

const struct api_row zones_rows[] = {
	GLOBAL("machine.arena", NULL, NULL, "machine.arena(\"1M\")",
	       "(size: string|integer): zonewalk.machine",
	       "Make memory for the buddy algorithm alone, from page 0 on: one "
	       "zone without watermarks, migratetypes and per-cpu lists."),
	GLOBAL("machine.import", NULL, keys_import,
	       "machine.import(\"dmesg.txt\"[, { report = 2 }])",
	       "(file: string, given?: zonewalk.import): zonewalk.machine",
	       "Make the machine of a failure report or of /proc/zoneinfo and "
	       "its like, from a file in the scenario's folder. Warn about what "
	       "the report does not say."),
	{ .name = NULL },
};
