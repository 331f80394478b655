/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * block: the fields of a block and the contents of its pages. The fields of a
 * freed block stay readable, its contents do not.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lua/api.h"

/* The block of a getter: its object is known to be one. */
static const struct block *block_of(lua_State *L)
{
	return ((const struct block_ref *)api_object(L, 1))->block;
}

struct block *block_check(lua_State *L, int index, const char *function)
{
	struct block_ref *ref = api_check(L, index, API_BLOCK, function);

	return ref->block;
}

bool block_is_free(const struct scenario *sc, const struct block *b)
{
	const struct machine *m = session_machine(sc->sessions[b->session]);

	/* reclaimed, and perhaps allocated again by a later request */
	return b->freed || page_state(m->pages[b->pfn]) != PAGE_USED ||
	       page_owner(m, b->pfn) != b->owner;
}

void block_check_used(lua_State *L, const struct block *b, const char *function)
{
	char where[48] = "";

	if (!block_is_free(scenario_of(L), b))
		return;
	if (!b->freed)
		snprintf(where, sizeof(where), ": node_reclaim() freed it");
	else if (b->freed_line)
		snprintf(where, sizeof(where),
			 ": it was freed in line %" PRIu32, b->freed_line);
	api_error(L, "%s: block %" PRIu32 " is already free%s", function,
		  b->pfn, where);
}

int block_order_key(lua_State *L)
{
	const struct block_ref *ref = api_test(L, 1, API_BLOCK);

	if (ref)
		lua_pushinteger(L, ref->block->serial);
	else
		lua_pushnil(L);
	return 1;
}

void block_init(struct scenario *sc, struct block *b, uint32_t session,
		const struct request *r)
{
	const struct machine *m = session_machine(sc->sessions[session]);
	const uint32_t page = m->pages[r->pfn];
	const struct zone *zone = &m->zones[page_zone_id(page)];

	*b = (struct block){
		.session = session,
		.pfn = r->pfn,
		.order = (uint8_t)r->alloc.order,
		.nid = (uint8_t)zone->node,
		.zone = (uint8_t)zone->idx,
		.migratetype = page_type(page) & 0x7f,
		.first_step = r->first_step,
		.last_step = r->last_step,
		.serial = ++sc->nr_blocks,
		.owner = r->alloc.owner,
	};
}

static const struct machine *block_machine(lua_State *L, const struct block *b)
{
	return session_machine(scenario_of(L)->sessions[b->session]);
}

#define NUMBER(name, member)                                                   \
	static int name(lua_State *L)                                          \
	{                                                                      \
		lua_pushinteger(L, block_of(L)->member);                       \
		return 1;                                                      \
	}
NUMBER(block_pfn, pfn)
NUMBER(block_order, order)
NUMBER(block_node, nid)

static int block_zone(lua_State *L)
{
	const struct block *b = block_of(L);

	lua_pushstring(L, zone_name(block_machine(L, b), b->zone));
	return 1;
}

static int block_migratetype(lua_State *L)
{
	lua_pushstring(L, migratetype_name(block_of(L)->migratetype));
	return 1;
}

/* The physical address in the machine: the same on every run. */
static int block_address(lua_State *L)
{
	const struct block *b = block_of(L);
	char text[32];

	snprintf(text, sizeof(text), "0x%" PRIx64,
		 (uint64_t)b->pfn * page_size(block_machine(L, b)));
	lua_pushstring(L, text);
	return 1;
}

static int block_walk(lua_State *L)
{
	const struct block *b = block_of(L);

	walk_push(L, scenario_of(L)->sessions[b->session], b->first_step,
		  b->last_step);
	return 1;
}

static int block_events(lua_State *L)
{
	const struct block *b = block_of(L);

	event_push_list(L, scenario_of(L)->sessions[b->session], b->first_step,
			b->last_step);
	return 1;
}

int block_tostring(lua_State *L)
{
	const struct block *b = block_check(L, 1, "tostring");

	lua_pushfstring(L, "block %d of order %d, node %d %s%s", (int)b->pfn,
			(int)b->order, (int)b->nid,
			zone_name(block_machine(L, b), b->zone),
			block_is_free(scenario_of(L), b) ? ", freed" : "");
	return 1;
}

/* -- contents ------------------------------------------------------------- */

/* An offset at @index, 0 when it is absent. */
static uint64_t check_offset(lua_State *L, int index, const char *function,
			     uint64_t size)
{
	if (lua_isnoneornil(L, index))
		return 0;
	return (uint64_t)args_number(L, index, function, "offset", 0,
				     (int64_t)size);
}

/* Write @text into the pages from @pfn on. Raises if there is no memory. */
static int write_contents(lua_State *L, uint32_t session, uint32_t pfn,
			  uint64_t offset, const char *text, size_t size)
{
	struct scenario *sc = scenario_of(L);

	if (!session_write(sc->sessions[session], pfn, offset, text, size))
		return limit_raise_memory(L);
	limit_check_machines(L, 0);
	REPORT(sc, write, session, pfn, offset, text, size);
	return 0;
}

/* block:write(text[, offset]) */
static int block_write(lua_State *L)
{
	const struct block *b = block_check(L, 1, "block:write");
	const uint64_t room = page_size(block_machine(L, b)) << b->order;
	const char *text;
	uint64_t offset;
	size_t size;

	request_check_hook(L, "block:write");
	text = args_string(L, 2, "block:write", "a string");
	size = lua_rawlen(L, 2);
	offset = check_offset(L, 3, "block:write", room);
	block_check_used(L, b, "block:write");
	if (size > room - offset)
		api_error(L,
			  "block:write: %zu bytes at offset %" PRIu64
			  " reach beyond the block, which has %" PRIu64
			  " bytes",
			  size, offset, room);
	return write_contents(L, b->session, b->pfn, offset, text, size);
}

/* block:read(n[, offset]) */
static int block_read(lua_State *L)
{
	const struct block *b = block_check(L, 1, "block:read");
	const uint64_t room = page_size(block_machine(L, b)) << b->order;
	const uint64_t offset = check_offset(L, 3, "block:read", room);
	const uint64_t size = (uint64_t)args_number(L, 2, "block:read", "n", 0,
						    (int64_t)(room - offset));
	const char *contents;

	request_check_hook(L, "block:read");
	block_check_used(L, b, "block:read");
	limit_charge(L, size / 16);
	contents = session_page_address(scenario_of(L)->sessions[b->session],
					b->pfn);
	if (!contents)
		return limit_raise_memory(L);
	limit_check_machines(L, 0);
	lua_pushlstring(L, contents + offset, (size_t)size);
	return 1;
}

/*
 * m:scribble(pfn, text[, offset]): a write through a stray pointer, into any
 * page. A machine that poisons free pages detects it.
 */
static int block_scribble(lua_State *L)
{
	const struct session *s = request_machine(L, 1, "m:scribble");
	const struct machine_ref *ref = api_object(L, 1);
	uint32_t pfn;
	uint64_t offset, room;
	const char *text;
	size_t size;

	request_check_hook(L, "m:scribble");
	pfn = (uint32_t)args_number(L, 2, "m:scribble", "pfn", 0,
				    session_machine(s)->system->max_pfn - 1);
	text = args_string(L, 3, "m:scribble", "a string");
	size = lua_rawlen(L, 3);
	room = page_size(session_machine(s));
	offset = check_offset(L, 4, "m:scribble", room);
	if (size > room - offset)
		api_error(L,
			  "m:scribble: %zu bytes at offset %" PRIu64
			  " reach beyond the page of %" PRIu64 " bytes",
			  size, offset, room);
	if (page_head(session_machine(s), pfn) == PFN_NONE)
		api_error(L,
			  "m:scribble: pfn %" PRIu32 " is reserved or a hole",
			  pfn);
	return write_contents(L, ref->session, pfn, offset, text, size);
}

const struct api_row block_rows[] = {
	METHOD(API_MACHINE, "scribble", block_scribble, NULL,
	       "m:scribble(pfn, text[, offset])",
	       "(pfn: integer, text: string, offset?: integer)",
	       "Write into a page as a stray pointer does, whether it is "
	       "allocated or not; machine{ poison = true } detects that when "
	       "the page was free."),
	METHOD(API_BLOCK, "write", block_write, NULL,
	       "block:write(text[, offset])",
	       "(text: string, offset?: integer)",
	       "Write into the block's memory at byte offset (0)."),
	METHOD(API_BLOCK, "read", block_read, NULL, "block:read(n[, offset])",
	       "(n: integer, offset?: integer): string",
	       "Return n bytes of the block's memory at byte offset (0)."),
	FIELD(API_BLOCK, "pfn", block_pfn, "block.pfn", "integer",
	      "The page frame number of its first page."),
	FIELD(API_BLOCK, "order", block_order, "block.order", "integer",
	      "It has 2^order pages."),
	FIELD(API_BLOCK, "node", block_node, "block.node", "integer",
	      "The number of its node."),
	FIELD(API_BLOCK, "zone", block_zone, "block.zone", "string",
	      "The name of its zone."),
	FIELD(API_BLOCK, "migratetype", block_migratetype, "block.migratetype",
	      "zonewalk.migratetype", "The migratetype it was allocated as."),
	FIELD(API_BLOCK, "address", block_address, "block.address", "string",
	      "The physical address of its first page, as a string."),
	FIELD(API_BLOCK, "walk", block_walk, "block.walk", "zonewalk.step[]",
	      "The zones that its request tried, as in reason.zones."),
	FIELD(API_BLOCK, "events", block_events, "block.events",
	      "zonewalk.event[]", "The events of its request."),
	{ .name = NULL },
};
