/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * look: read a machine. Everything is a copy of the current state; it does
 * not change with the machine.
 *
 * A copy is an object with a table of fields (its user value). To read an
 * unknown field is an error: nil would pass for a missing number.
 */
#include <string.h>

#include "check/check.h"
#include "lua/api.h"

/* A copy of a node, a zone or a cpu's lists. */
struct copy {
	uint32_t session;
	uint32_t nid;
	uint32_t zone; /* zone id */
};

static const struct machine *copy_machine(lua_State *L, const struct copy *c)
{
	return session_machine(scenario_of(L)->sessions[c->session]);
}

/* A new copy with an empty table of fields on top of it. */
static struct copy *push_copy(lua_State *L, enum api_class class,
			      const struct copy *from)
{
	struct copy *c = api_new(L, class, sizeof(*c), 1);

	*c = *from;
	lua_newtable(L);
	lua_pushvalue(L, -1);
	lua_setiuservalue(L, -3, 1);
	return c;
}

/* -- a machine's shape ---------------------------------------------------- */

/* A number that is the same as long as the machine exists. */
#define SHAPE(name, member)                                                    \
	static int name(lua_State *L)                                          \
	{                                                                      \
		const struct session *s = request_machine(L, 1, "machine");    \
                                                                               \
		lua_pushinteger(L, session_machine(s)->member);                \
		return 1;                                                      \
	}
SHAPE(look_nr_nodes, system->nr_nodes)
SHAPE(look_nr_cpus, system->nr_cpus)
SHAPE(look_max_order, max_order)
SHAPE(look_pageblock_order, pageblock_order)

/* m:check(): true, or false and the violated invariant. */
static int look_check(lua_State *L)
{
	const struct session *s = request_machine(L, 1, "m:check");
	char message[256];

	if (machine_check(session_machine(s), message, sizeof(message))) {
		lua_pushboolean(L, 1);
		return 1;
	}
	lua_pushboolean(L, 0);
	lua_pushstring(L, message);
	return 2;
}

/* -- nodes and zones ------------------------------------------------------ */

/* m:node(n) */
static int look_node(lua_State *L)
{
	const struct session *s = request_machine(L, 1, "m:node");
	const struct machine *m = session_machine(s);
	const struct machine_ref *ref = api_object(L, 1);
	const struct copy copy = {
		.session = ref->session,
		.nid = (uint32_t)args_number(L, 2, "m:node", "node", 0,
					     m->system->nr_nodes - 1),
	};
	const struct pglist_data *node = &m->nodes[copy.nid];

	push_copy(L, API_NODE, &copy);
	api_set_integer(L, "node", copy.nid);
	api_set_integer(L, "totalreserve_pages", node->totalreserve_pages);
	api_set_integer(L, "file_dirty", node->file_dirty);
	lua_pop(L, 1);
	return 1;
}

/* Has a node memory in zone @index? */
static bool has_memory(const struct machine *m, uint32_t index)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (m->zones[i].idx == index && populated_zone(&m->zones[i]))
			return true;
	return false;
}

uint32_t look_zone_index(lua_State *L, int index, const struct machine *m,
			 const char *function)
{
	const char *name =
		args_string(L, index, function, "the name of a zone");
	char names[128];
	size_t length = 0;

	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		if (!strcmp(name, zone_name(m, i)))
			return i;
		if (has_memory(m, i))
			length += (size_t)snprintf(names + length,
						   sizeof(names) - length,
						   "%s%s", length ? ", " : "",
						   zone_name(m, i));
	}
	api_error(L, "%s: \"%.60s\": no such zone; this machine has %s",
		  function, name, names);
}

static void set_watermarks(lua_State *L, const struct zone *z)
{
	lua_createtable(L, 0, NR_WMARK);
	for (uint32_t i = 0; i < NR_WMARK; i++)
		api_set_integer(L, enum_name(KIND_wmark, i), z->watermark[i]);
	lua_setfield(L, -2, "watermark");
}

/* Tables indexed by zone index or order begin at 0. */
static void push_numbers(lua_State *L, const uint32_t *numbers, uint32_t nr)
{
	lua_createtable(L, (int)nr, 1);
	for (uint32_t i = 0; i < nr; i++) {
		lua_pushinteger(L, numbers[i]);
		lua_rawseti(L, -2, i);
	}
}

static void set_numa(lua_State *L, const struct machine *m,
		     const struct zone *z)
{
	if (m->system->numa) {
		lua_createtable(L, 0, NR_NUMA_STATS);
		for (int i = 0; i < NR_NUMA_STATS; i++)
			api_set_integer(L, numa_stat_names[i],
					(int64_t)z->numa[i]);
	} else {
		lua_pushlightuserdata(L, NULL); /* reads as nil */
	}
	lua_setfield(L, -2, "numa");
}

/* The counter plus vm_stat_diff of every cpu. */
static int64_t free_exact(const struct machine *m, const struct zone *z)
{
	int64_t exact = z->nr_free_pages;

	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++)
		exact += zone_pcp(m, z, cpu)->stat_diff;
	return exact;
}

static void set_zone_fields(lua_State *L, const struct machine *m,
			    const struct zone *z)
{
	const uint32_t nr_zones = m->system->nr_zone_types;

	api_set_string(L, "name", zone_name(m, z->idx));
	api_set_integer(L, "node", z->node);
	api_set_integer(L, "index", z->idx);
	api_set_integer(L, "start_pfn", z->start_pfn);
	api_set_integer(L, "spanned", z->spanned);
	api_set_integer(L, "present", z->present);
	api_set_integer(L, "managed", z->managed);
	api_set_integer(L, "free", z->nr_free_pages);
	api_set_integer(L, "nr_free_pages", z->nr_free_pages);
	api_set_integer(L, "free_exact", free_exact(m, z));
	api_set_integer(L, "free_cma", z->nr_free_cma);
	set_watermarks(L, z);
	api_set_integer(L, "watermark_boost", z->watermark_boost);
	push_numbers(L, z->lowmem_reserve, nr_zones);
	lua_setfield(L, -2, "lowmem_reserve");
	push_numbers(L, z->lowmem_reserve, nr_zones);
	lua_setfield(L, -2, "protection");
	push_numbers(L, z->nr_free, m->max_order);
	lua_setfield(L, -2, "nr_free");
	api_set_integer(L, "nr_reserved_highatomic", z->nr_reserved_highatomic);
	set_numa(L, m, z);
}

/* node:zone(name) */
static int look_zone(lua_State *L)
{
	const struct copy *node = api_check(L, 1, API_NODE, "node:zone");
	const struct machine *m = copy_machine(L, node);
	struct copy copy = *node;
	const struct zone *z =
		node_zone(m, node->nid, look_zone_index(L, 2, m, "node:zone"));

	copy.zone = zone_id(m, z);
	push_copy(L, API_ZONE, &copy);
	set_zone_fields(L, m, z);
	lua_pop(L, 1);
	return 1;
}

/* -- lists ---------------------------------------------------------------- */

unsigned int look_check_type(lua_State *L, int index, const char *function)
{
	const char *names[MIGRATE_TYPES];

	for (unsigned int i = 0; i < MIGRATE_TYPES; i++)
		names[i] = migratetype_name(i);
	return args_choice(L, index, function, names, MIGRATE_TYPES);
}

/* Push the pages of the list at @head, from head to tail. */
static void push_list(lua_State *L, const struct machine *m, uint32_t head)
{
	lua_Integer nr = 0;

	lua_newtable(L);
	for (uint32_t pfn = m->links[head].next; pfn != head;
	     pfn = m->links[pfn].next) {
		lua_pushinteger(L, pfn);
		lua_rawseti(L, -2, ++nr);
	}
}

/* zone:blocks(order, type) */
static int look_blocks(lua_State *L)
{
	const struct copy *c = api_check(L, 1, API_ZONE, "zone:blocks");
	const struct machine *m = copy_machine(L, c);
	uint32_t order = (uint32_t)args_number(L, 2, "zone:blocks", "order", 0,
					       m->max_order - 1);
	unsigned int type = look_check_type(L, 3, "zone:blocks");
	const struct zone *z = &m->zones[c->zone];

	if (populated_zone(z))
		push_list(L, m, free_list(z, order, type));
	else
		lua_newtable(L);
	return 1;
}

/* zone:pcp(cpu) */
static int look_pcp(lua_State *L)
{
	const struct copy *c = api_check(L, 1, API_ZONE, "zone:pcp");
	const struct machine *m = copy_machine(L, c);
	const struct zone *z = &m->zones[c->zone];
	uint32_t cpu = (uint32_t)args_number(L, 2, "zone:pcp", "cpu", 0,
					     m->system->nr_cpus - 1);
	const struct per_cpu_pages *pcp = zone_pcp(m, z, cpu);

	push_copy(L, API_PCP, c);
	api_set_integer(L, "cpu", cpu);
	api_set_integer(L, "count", pcp->count);
	api_set_integer(L, "high", pcp->high);
	api_set_integer(L, "batch", pcp->batch);
	api_set_integer(L, "stat_diff", pcp->stat_diff);
	api_set_integer(L, "stat_threshold", z->stat_threshold);
	lua_createtable(L, 0, MIGRATE_PCPTYPES);
	for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++) {
		if (populated_zone(z))
			push_list(L, m, pcp->heads + type);
		else
			lua_newtable(L);
		lua_setfield(L, -2, migratetype_name(type));
	}
	lua_setfield(L, -2, "lists");
	lua_pop(L, 1);
	return 1;
}

/* pcp:list(type) */
static int look_pcp_list(lua_State *L)
{
	unsigned int type;

	api_check(L, 1, API_PCP, "pcp:list");
	type = look_check_type(L, 2, "pcp:list");
	if (type >= MIGRATE_PCPTYPES)
		api_error(
			L,
			"pcp:list: there is no per-cpu list for %s pages; they "
			"are on the movable one",
			migratetype_name(type));
	lua_getiuservalue(L, 1, 1);
	lua_getfield(L, -1, "lists");
	lua_getfield(L, -1, migratetype_name(type));
	return 1;
}

const struct api_row look_rows[] = {
	METHOD(API_MACHINE, "node", look_node, NULL, "m:node(n)",
	       "(n: integer): zonewalk.node",
	       "Return a copy of a node; node:zone(name) returns a zone of "
	       "it."),
	METHOD(API_MACHINE, "check", look_check, NULL, "m:check()",
	       "(): boolean, string?",
	       "Check every invariant. Return true, or false and the violated "
	       "one."),
	FIELD(API_MACHINE, "nodes", look_nr_nodes, "m.nodes", "integer",
	      "The number of nodes."),
	FIELD(API_MACHINE, "cpus", look_nr_cpus, "m.cpus", "integer",
	      "The number of cpus."),
	FIELD(API_MACHINE, "max_order", look_max_order, "m.max_order",
	      "integer", "Orders are less than this."),
	FIELD(API_MACHINE, "pageblock_order", look_pageblock_order,
	      "m.pageblock_order", "integer",
	      "A pageblock has 2^pageblock_order pages."),
	METHOD(API_NODE, "zone", look_zone, NULL, "node:zone(name)",
	       "(name: string): zonewalk.zone", "Return a copy of a zone."),
	METHOD(API_ZONE, "blocks", look_blocks, NULL,
	       "zone:blocks(order, type)",
	       "(order: integer, type: zonewalk.migratetype): integer[]",
	       "Return the free blocks of an order and a migratetype, from the "
	       "head of the list to its tail."),
	METHOD(API_ZONE, "pcp", look_pcp, NULL, "zone:pcp(cpu)",
	       "(cpu: integer): zonewalk.pcp",
	       "Return a copy of a cpu's lists."),
	METHOD(API_PCP, "list", look_pcp_list, NULL, "pcp:list(type)",
	       "(type: zonewalk.migratetype): integer[]",
	       "Return the pages of one of the lists, from its head to its "
	       "tail."),
	{ .name = NULL },
};
