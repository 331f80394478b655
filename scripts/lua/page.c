/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page: read one page, a pageblock, a zonelist, as plain tables: copies of
 * the current state.
 */

#include "lua/api.h"

static uint32_t check_pfn(lua_State *L, const struct machine *m,
			  const char *function)
{
	return (uint32_t)args_number(L, 2, function, "pfn", 0,
				     m->system->max_pfn - 1);
}

/* The name of the block, or "request N". */
static void set_owner(lua_State *L, const struct session *s, uint32_t head)
{
	const struct machine *m = session_machine(s);
	uint32_t owner = page_owner(m, head);
	const struct request *r = session_get_request(s, owner);

	if (r && r->name[0])
		lua_pushstring(L, r->name);
	else if (r)
		lua_pushfstring(L, "request %d", (int)owner + 1);
	else
		lua_pushliteral(L, "");
	lua_setfield(L, -2, "owner");
}

/* m:page(pfn): its state and the block that it is part of. */
static int look_page(lua_State *L)
{
	static const char *const states[] = {
		[PAGE_NONE] = "reserved",
		[PAGE_USED] = "used",
		[PAGE_BUDDY] = "free",
		[PAGE_PCP] = "pcp",
	};
	const struct session *s = request_machine(L, 1, "m:page");
	const struct machine *m = session_machine(s);
	uint32_t pfn = check_pfn(L, m, "m:page");
	uint32_t head = page_head(m, pfn);

	lua_createtable(L, 0, 6);
	api_set_integer(L, "pfn", pfn);
	if (head == PFN_NONE) {
		api_set_string(L, "state", states[PAGE_NONE]);
		return 1;
	}
	api_set_string(L, "state", states[page_state(m->pages[head])]);
	api_set_integer(L, "block", head);
	api_set_integer(L, "order", page_order(m->pages[head]));
	api_set_string(L, "migratetype",
		       migratetype_name(page_type(m->pages[head])));
	if (page_state(m->pages[head]) == PAGE_USED)
		set_owner(L, s, head);
	return 1;
}

/* The populated zone that spans @pfn, or NULL. */
static const struct zone *frame_zone(const struct machine *m, uint32_t pfn)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]) &&
		    zone_spans_pfn(&m->zones[i], pfn))
			return &m->zones[i];
	return NULL;
}

/* m:pageblock(pfn): the migratetype of the pageblock that pfn is in. */
static int look_pageblock(lua_State *L)
{
	const struct session *s = request_machine(L, 1, "m:pageblock");
	const struct machine *m = session_machine(s);
	uint32_t pfn = check_pfn(L, m, "m:pageblock");
	const struct zone *zone = frame_zone(m, pfn);
	unsigned int type = zone ? get_pageblock_migratetype(m, zone, pfn) :
				   PAGEBLOCK_NONE;

	if (type == PAGEBLOCK_NONE)
		api_error(L,
			  "m:pageblock: pfn %d is in no pageblock: there is no "
			  "memory",
			  (int)pfn);
	lua_pushstring(L, migratetype_name(type));
	return 1;
}

/* m:zonelist(node): the order in which a request tries the zones. */
static int look_zonelist(lua_State *L)
{
	const struct session *s = request_machine(L, 1, "m:zonelist");
	const struct machine *m = session_machine(s);
	uint32_t nid = (uint32_t)args_number(L, 2, "m:zonelist", "node", 0,
					     m->system->nr_nodes - 1);
	const struct zonelist *list =
		&m->nodes[nid].zonelists[ZONELIST_FALLBACK];

	lua_createtable(L, (int)list->nr, 0);
	for (uint32_t i = 0; i < list->nr; i++) {
		const struct zoneref *z = &m->zonerefs[list->first + i];

		lua_createtable(L, 0, 2);
		api_set_integer(L, "node", z->nid);
		api_set_string(L, "zone", zone_name(m, z->idx));
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	return 1;
}

const struct api_row page_rows[] = {
	METHOD(API_MACHINE, "page", look_page, NULL, "m:page(pfn)",
	       "(pfn: integer): zonewalk.page",
	       "Return the state of a page and the block that it is part of."),
	METHOD(API_MACHINE, "pageblock", look_pageblock, NULL,
	       "m:pageblock(pfn)", "(pfn: integer): zonewalk.migratetype",
	       "Return the migratetype of the pageblock that a page is in."),
	METHOD(API_MACHINE, "zonelist", look_zonelist, NULL, "m:zonelist(node)",
	       "(node: integer): zonewalk.place[]",
	       "Return the zonelist of a node: a list of { node =, zone = } in "
	       "the order in which a request tries the zones."),
	{ .name = NULL },
};
