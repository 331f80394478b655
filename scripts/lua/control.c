/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_owner: what is done to a machine from outside the allocator: the task
 * that asks, dirty pages, what reclaim would answer, isolated pageblocks,
 * pages on LRU lists, refusals by fault injection. Each is a request.
 */
#include <limits.h>
#include <string.h>

#include "lua/api.h"

/* The nodes that have memory. */
static uint64_t nodes_with_memory(const struct machine *m)
{
	uint64_t nodes = 0;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		if (m->nodes[nid].has_memory)
			nodes |= 1ull << nid;
	return nodes;
}

static void read_flag(const struct args *a, const char *key, uint32_t *flag)
{
	bool on = false;

	args_boolean(a, key, &on);
	*flag = on;
}

/*
 * m:task{...} replaces the whole task. Naming mems_allowed puts cpusets in
 * use; without it every node is allowed and nobody asks.
 */
int owner_task(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:task");
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	struct task task = { .mems_allowed = 0 };
	bool cpusets;
	struct args a;

	request_check_hook(L, "m:task");
	args_open(&a, L, 2, "m:task", keys_task);
	cpusets = request_read_nodes(&a, "mems_allowed", m, &task.mems_allowed);
	if (!cpusets)
		task.mems_allowed = nodes_with_memory(m);
	if (!request_read_nodes(&a, "hardwall_mems", m, &task.hardwall_mems))
		task.hardwall_mems = nodes_with_memory(m);
	read_flag(&a, "interrupt", &task.interrupt);
	read_flag(&a, "oom_victim", &task.oom_victim);
	read_flag(&a, "exiting", &task.exiting);
	read_flag(&a, "realtime", &task.realtime);
	read_flag(&a, "nocma", &task.nocma);
	read_flag(&a, "memalloc", &task.memalloc);
	request_done(L, s, session_set_task(s, &task, cpusets, &where),
		     "m:task");
	return 0;
}

/* m:dirty(node, pages) */
int owner_dirty(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:dirty");
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	uint32_t nid = (uint32_t)args_number(L, 2, "m:dirty", "node", 0,
					     m->system->nr_nodes - 1);
	uint32_t pages =
		(uint32_t)args_number(L, 3, "m:dirty", "pages", 0, INT_MAX);

	request_check_hook(L, "m:dirty");
	request_done(L, s, session_set_dirty(s, nid, pages, &where), "m:dirty");
	return 0;
}

/* A word of @kind at @index; raises and lists them when it is none. */
static uint32_t check_word(lua_State *L, int index, const char *function,
			   enum field_kind kind)
{
	const char *words[16], *text = lua_type(L, index) == LUA_TSTRING ?
					       lua_tostring(L, index) :
					       NULL;
	char all[160] = "", value[80], near[64];
	unsigned int nr = enum_size(kind);

	for (unsigned int i = 0; i < nr && i < 16; i++) {
		words[i] = enum_name(kind, i);
		if (text && !strcmp(text, words[i]))
			return i;
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s",
			 !i	    ? "" :
			 i + 1 < nr ? ", " :
				      " or ",
			 words[i]);
	}
	api_did_you_mean(
		text ? nearest_name(text, words, nr, sizeof(words[0])) : NULL,
		near, sizeof(near));
	api_error(L, "%s: %s is expected, not %s%s (zonewalk doc lua)",
		  function, all, api_value_text(L, index, value, sizeof(value)),
		  near);
}

/* m:reclaim(outcome): what node_reclaim would answer from here on. */
int owner_reclaim(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:reclaim");
	struct source_line where = api_where(L);
	uint32_t outcome =
		check_word(L, 2, "m:reclaim", KIND_node_reclaim_result);

	request_check_hook(L, "m:reclaim");
	request_done(L, s, session_set_reclaim(s, outcome, &where),
		     "m:reclaim");
	return 0;
}

/* m:fault{ times, min_order }: the next requests are refused. */
int owner_fault(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:fault");
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	struct fault_attr attr = { .times = 1 };
	struct args a;

	request_check_hook(L, "m:fault");
	args_open(&a, L, 2, "m:fault", keys_fault);
	args_u32(&a, "times", 0, INT_MAX, &attr.times);
	args_u32(&a, "min_order", 0, m->max_order - 1, &attr.min_order);
	read_flag(&a, "ignore_gfp_highmem", &attr.ignore_gfp_highmem);
	read_flag(&a, "ignore_gfp_reclaim", &attr.ignore_gfp_reclaim);
	request_done(L, s, session_set_fault(s, &attr, &where), "m:fault");
	return 0;
}

/* A block of this machine, or a number: the frame. */
static uint32_t check_frame(lua_State *L, const char *function)
{
	const struct machine_ref *ref = api_object(L, 1);
	const struct session *s = scenario_of(L)->sessions[ref->session];
	const struct block_ref *ref_block;
	const struct block *b;
	char value[80];

	if (lua_type(L, 2) == LUA_TNUMBER)
		return (uint32_t)args_number(
			L, 2, function, "pfn", 0,
			session_machine(s)->system->max_pfn - 1);
	ref_block = api_test(L, 2, API_BLOCK);
	if (!ref_block)
		api_error(L,
			  "%s: a block or the number of a frame is "
			  "expected, not %s",
			  function, api_value_text(L, 2, value, sizeof(value)));
	b = ref_block->block;
	if (b->session != ref->session)
		api_error(L, "%s: the block is of another machine", function);
	return b->pfn;
}

/* m:isolate(block): nobody gets the free pages around it. */
int owner_isolate(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:isolate");
	struct source_line where = api_where(L);
	uint32_t pfn = check_frame(L, "m:isolate");

	request_check_hook(L, "m:isolate");
	request_done(L, s, session_isolate(s, pfn, &where), "m:isolate");
	return 0;
}

/* m:unisolate(block[, type]): its pageblocks are in use again. */
int owner_unisolate(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:unisolate");
	struct source_line where = api_where(L);
	uint32_t pfn = check_frame(L, "m:unisolate");
	unsigned int type = MIGRATE_MOVABLE;

	request_check_hook(L, "m:unisolate");
	if (!lua_isnoneornil(L, 3))
		type = look_check_type(L, 3, "m:unisolate");
	request_done(L, s, session_unisolate(s, pfn, type, &where),
		     "m:unisolate");
	return 0;
}

/* block:lru([on]): its first page goes on an LRU list, or off it. */
int owner_lru(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:lru");
	struct session *s = scenario_of(L)->sessions[b->session];
	struct source_line where = api_where(L);
	char value[80];
	bool on = true;

	request_check_hook(L, "block:lru");
	if (!lua_isnoneornil(L, 2)) {
		if (!lua_isboolean(L, 2))
			api_error(L,
				  "block:lru: true or false is expected, "
				  "not %s",
				  api_value_text(L, 2, value, sizeof(value)));
		on = lua_toboolean(L, 2);
	}
	block_check_used(L, b, "block:lru");
	request_done(L, s, session_set_lru(s, b->pfn, on, &where), "block:lru");
	return 0;
}
