/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * control: requests that change a machine from outside the allocator: the
 * task, dirty pages, pages on LRU lists and those that reclaim can free,
 * isolated pageblocks, fault injection, drains.
 */
#include <limits.h>

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

/*
 * m:task{...} replaces the whole task. With mems_allowed cpusets are in use;
 * without it no cpuset restricts the task.
 */
static int control_task(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:task");
	const struct machine *m = session_machine(s);
	struct request r = { .kind = REQUEST_TASK };
	struct args a;

	r.task.mems_allowed = r.task.hardwall_mems = nodes_with_memory(m);
	args_open(&a, L, 2, "m:task", keys_task, m, &r);
	r.cpusets = args_has(&a, "mems_allowed");
	return request_make(L, s, &r, "m:task");
}

/* m:dirty(node, pages) */
static int control_dirty(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:dirty");
	const uint32_t last_node = session_machine(s)->system->nr_nodes - 1;
	const struct request r = {
		.kind = REQUEST_DIRTY,
		.dirty.node = (uint32_t)args_number(L, 2, "m:dirty", "node", 0,
						    last_node),
		.dirty.pages = (uint32_t)args_number(L, 3, "m:dirty", "pages",
						     0, INT_MAX),
	};

	return request_make(L, s, &r, "m:dirty");
}

/* m:drain{ cpu } */
static int control_drain(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:drain");
	struct request r = { .kind = REQUEST_DRAIN };
	struct args a;

	args_open(&a, L, 2, "m:drain", keys_cpu, session_machine(s),
		  &r.drain.cpu);
	return request_make(L, s, &r, "m:drain");
}

/*
 * m:fault{...} replaces all attributes of fault injection; those that are
 * left out have the kernel's defaults.
 */
static int control_fault(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:fault");
#define ATTR(kind, name, otherwise, min, max, help) .name = otherwise,
	struct request r = { .kind = REQUEST_FAULT,
			     .fault = { FAULT_ATTRS(ATTR) } };
#undef ATTR
	struct args a;

	args_open(&a, L, 2, "m:fault", keys_fault, session_machine(s), &r);
	return request_make(L, s, &r, "m:fault");
}

/* The pfn of a block of this machine, or a number. */
static uint32_t check_frame(lua_State *L, const char *function)
{
	const struct machine_ref *ref = api_object(L, 1);
	const struct session *s = scenario_of(L)->sessions[ref->session];
	const struct block_ref *ref_block;
	const struct block *b;

	if (lua_type(L, 2) == LUA_TNUMBER)
		return (uint32_t)args_number(
			L, 2, function, "pfn", 0,
			session_machine(s)->system->max_pfn - 1);
	ref_block = api_test(L, 2, API_BLOCK);
	if (!ref_block)
		api_expected(L, 2, function, "a block or a pfn");
	b = ref_block->block;
	if (b->session != ref->session)
		api_error(L, "%s: the block belongs to another machine",
			  function);
	return b->pfn;
}

/* The arguments of both: (block[, type[, cpu]]). */
static struct request read_isolation(lua_State *L, const char *function,
				     enum request_kind kind)
{
	const struct session *s = request_machine(L, 1, function);
	const uint32_t last_cpu = session_machine(s)->system->nr_cpus - 1;
	struct request r = { .kind = kind,
			     .isolate = { check_frame(L, function),
					  MIGRATE_MOVABLE, 0 } };

	_Static_assert(sizeof(r.isolate) == sizeof(r.unisolate), "the same");
	if (!lua_isnoneornil(L, 3))
		r.isolate.migratetype = look_check_type(L, 3, function);
	if (!lua_isnoneornil(L, 4))
		r.isolate.cpu = (uint32_t)args_number(L, 4, function, "cpu", 0,
						      last_cpu);
	return r;
}

/*
 * m:isolate(block[, type[, cpu]]): the free pages around it cannot be
 * allocated. Returns true, or false and the pfn that cannot be moved.
 */
/*
 * Isolating as CMA is for CMA areas: elsewhere a busy page would leave a run of
 * the largest order with both kinds of pageblocks, whose free pages merge.
 */
static void check_cma_area(lua_State *L, const struct machine *m, uint32_t pfn)
{
	const uint32_t nr = 1u << (m->max_order - 1);
	const struct zone *zone = pfn_zone(m, pfn);
	const uint32_t first = pfn & ~(nr - 1);

	for (uint32_t p = first; zone && p < first + nr;
	     p += pageblock_nr_pages(m))
		if (!zone_spans_pfn(zone, p) ||
		    get_pageblock_migratetype(m, zone, p) != MIGRATE_CMA)
			api_error(L,
				  "m:isolate: type \"cma\": page %u is not in "
				  "a CMA area; leave the type out",
				  p);
}

static int control_isolate(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:isolate");
	const struct request wanted =
		read_isolation(L, "m:isolate", REQUEST_ISOLATE);
	struct source_line where = api_where(L);
	const struct request *r;
	uint32_t busy;

	request_check_hook(L, "m:isolate");
	if (wanted.isolate.migratetype == MIGRATE_CMA)
		check_cma_area(L, session_machine(s), wanted.isolate.pfn);
	r = session_request(s, &wanted, &where);
	busy = r ? r->busy : PFN_NONE;
	request_done(L, s, r, "m:isolate");
	lua_pushboolean(L, busy == PFN_NONE);
	if (busy == PFN_NONE)
		return 1;
	lua_pushinteger(L, busy);
	return 2;
}

/* m:unisolate(block[, type[, cpu]]): its pageblocks are in use again. */
static int control_unisolate(lua_State *L)
{
	const struct request r =
		read_isolation(L, "m:unisolate", REQUEST_UNISOLATE);

	return request_make(L, request_machine(L, 1, "m:unisolate"), &r,
			    "m:unisolate");
}

/* block:lru([on]): its first page goes on an LRU list, or off it. */
static int control_lru(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:lru");
	const struct request r = {
		.kind = REQUEST_LRU,
		.lru = { b->pfn,
			 args_optional_boolean(L, 2, "block:lru", true) },
	};

	block_check_used(L, b, "block:lru");
	return request_make(L, scenario_of(L)->sessions[b->session], &r,
			    "block:lru");
}

/* block:reclaimable(): node_reclaim() can free it, after those before it. */
static int control_reclaimable(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:reclaimable");
	const struct request r = { .kind = REQUEST_RECLAIMABLE,
				   .reclaimable.pfn = b->pfn };

	block_check_used(L, b, "block:reclaimable");
	return request_make(L, scenario_of(L)->sessions[b->session], &r,
			    "block:reclaimable");
}

const struct api_row control_rows[] = {
	METHOD(API_MACHINE, "drain", control_drain, keys_cpu,
	       "m:drain{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Drain the per-cpu lists of a cpu: free their pages to the "
	       "buddy allocator."),
	METHOD(API_MACHINE, "dirty", control_dirty, NULL,
	       "m:dirty(node, pages)", "(node: integer, pages: integer)",
	       "Set the number of dirty file pages of a node."),
	METHOD(API_MACHINE, "task", control_task, keys_task,
	       "m:task{ mems_allowed = { 0 } }", "(task?: zonewalk.task)",
	       "Replace the task that makes requests; keys left out get their "
	       "defaults."),
	METHOD(API_MACHINE, "fault", control_fault, keys_fault,
	       "m:fault{ probability = 100 }", "(fault?: zonewalk.fault)",
	       "Fault injection: make requests fail. Keys left out get the "
	       "kernel's defaults, with which none fails."),
	METHOD(API_MACHINE, "isolate", control_isolate, NULL,
	       "m:isolate(block[, type[, cpu]])",
	       "(block: zonewalk.block|integer, type?: zonewalk.migratetype, "
	       "cpu?: integer): boolean, integer?",
	       "Isolate the pageblocks around a block or pfn, as many as a "
	       "block of the largest order has: their free pages cannot be "
	       "allocated. Return true; or false and a pfn that cannot be "
	       "moved (-EBUSY): then the pageblocks before it have the "
	       "migratetype type, by default movable."),
	METHOD(API_MACHINE, "unisolate", control_unisolate, NULL,
	       "m:unisolate(block[, type[, cpu]])",
	       "(block: zonewalk.block|integer, type?: zonewalk.migratetype, "
	       "cpu?: integer)",
	       "End the isolation; the pageblocks get the migratetype type, by "
	       "default movable."),
	METHOD(API_BLOCK, "lru", control_lru, NULL, "block:lru([on])",
	       "(on?: boolean)",
	       "Put the block's first page on an LRU list, so that it counts "
	       "as movable, or remove it (on = false)."),
	METHOD(API_BLOCK, "reclaimable", control_reclaimable, NULL,
	       "block:reclaimable()", "()",
	       "Put the block, of order 0, on an LRU list and at the end of "
	       "the queue of what node_reclaim() can free."),
	{ .name = NULL },
};
