/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fill: many blocks at once, and the list that holds them.
 *
 *   local blocks, reason = m:fill{ order = 0, count = 100 }
 *   blocks[3]:free()                  one of them
 *   blocks:free{ from = 1, every = 2 }   every second one
 *
 * Each block is one request, recorded like one of m:alloc; the player folds
 * them into one step. The list is one
 * array; the Lua objects of its blocks are made when the script reads them, so
 * that a fill costs what its requests cost.
 */
#include <string.h>

#include "lua/api.h"

enum { FIRST_ROOM = 64, CHARGE = 20 };

/* User values: 1 the memory of blocks, 2 a table of the objects made. */
struct block_list {
	struct block *blocks;
	uint32_t nr;
	uint32_t room;
	uint32_t session;
};

/* The arguments of m:fill{}. */
struct fill {
	struct request request;
	uint32_t count; /* stop after so many */
	bool has_leave;
	uint32_t leave; /* stop before fewer are free in @zone */
	const struct zone *zone;
};

/* -- the list ------------------------------------------------------------- */

/* Room for one more; @index is the list's place on the stack. */
static struct block *list_place(lua_State *L, struct block_list *list,
				int index)
{
	struct block *more;

	if (list->nr < list->room)
		return &list->blocks[list->nr];
	list->room = list->room ? list->room * 2 : FIRST_ROOM;
	more = lua_newuserdatauv(L, list->room * sizeof(*more), 0);
	if (list->nr)
		memcpy(more, list->blocks, list->nr * sizeof(*more));
	list->blocks = more;
	lua_setiuservalue(L, index, 1);
	return &more[list->nr];
}

/* Push block @i (from 0) of the list at @index: the same object each time. */
static void push_listed(lua_State *L, struct block_list *list, int index,
			uint32_t i)
{
	struct block_ref *ref;

	if (lua_getiuservalue(L, index, 2) != LUA_TTABLE) {
		lua_pop(L, 1);
		lua_newtable(L);
		lua_pushvalue(L, -1);
		lua_setiuservalue(L, index, 2);
	}
	if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TNIL) {
		lua_pop(L, 1);
		ref = api_new(L, API_BLOCK, sizeof(*ref), 1);
		ref->block = &list->blocks[i];
		lua_getiuservalue(L, index, 1);
		lua_setiuservalue(L, -2, 1);
		lua_pushvalue(L, -1);
		lua_rawseti(L, -3, (lua_Integer)i + 1);
	}
	lua_remove(L, -2);
}

int fill_index(lua_State *L)
{
	struct block_list *list = api_check(L, 1, API_BLOCKS, "blocks");
	lua_Integer i = lua_tointeger(L, 2);

	if (i >= 1 && (lua_Unsigned)i <= list->nr)
		push_listed(L, list, 1, (uint32_t)(i - 1));
	else
		lua_pushnil(L);
	return 1;
}

int fill_length(lua_State *L)
{
	const struct block_list *list = api_check(L, 1, API_BLOCKS, "blocks");

	lua_pushinteger(L, list->nr);
	return 1;
}

/* -- m:fill{...} ---------------------------------------------------------- */

/* The zone that `leave` refers to, on the request's node. */
static const struct zone *read_zone(const struct args *a,
				    const struct machine *m, uint32_t nid)
{
	const struct zone *zone;

	if (!args_push(a, "zone"))
		api_error(
			a->L,
			"m:fill: leave without zone; write leave = 100, zone = "
			"\"Normal\"");
	zone = node_zone(m, nid, look_zone_index(a->L, -1, m, "m:fill: zone"));
	lua_pop(a->L, 1);
	return zone;
}

static void read_fill(const struct args *a, const struct machine *m,
		      struct fill *f)
{
	f->count = UINT32_MAX;
	args_u32(a, "count", 0, UINT32_MAX, &f->count);
	f->has_leave = args_u32(a, "leave", 0, MAX_PFN_LIMIT, &f->leave);
	if (f->has_leave)
		f->zone = read_zone(a, m, f->request.alloc.nid);
	else if (args_has(a, "zone"))
		api_error(
			a->L,
			"m:fill: zone without leave; write how many pages stay "
			"free, leave = 100");
}

static bool fill_goes_on(const struct fill *f, uint32_t nr)
{
	const int64_t size = 1ll << f->request.alloc.order;

	return nr < f->count &&
	       (!f->has_leave || f->zone->nr_free_pages - size >= f->leave);
}

/* The requests from here to end_fold() are one step of the player. */
static void begin_fold(lua_State *L, const struct request *r)
{
	char text[2 * GFP_TEXT_MAX + 512] = "free blocks";

	if (request_is_alloc(r))
		request_text(r, text, sizeof(text));
	note_add(L, NOTE_FOLD, text);
}

static void end_fold(lua_State *L)
{
	note_add(L, NOTE_FOLD_END, "");
}

/*
 * m:fill{ as m:alloc, count, leave, zone }: the list of blocks, and the reason
 * if a request failed.
 */
static int fill_machine(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:fill");
	const struct machine_ref *ref = api_object(L, 1);
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	struct block_list *list;
	struct fill f = { .count = 0 };
	struct args a;

	request_check_hook(L, "m:fill");
	request_open(&a, L, "m:fill", keys_fill, m, &f.request);
	read_fill(&a, m, &f);
	list = api_new(L, API_BLOCKS, sizeof(*list), 2);
	*list = (struct block_list){ .session = ref->session };
	begin_fold(L, &f.request);
	while (fill_goes_on(&f, list->nr)) {
		struct block *place = list_place(L, list, lua_gettop(L));
		const struct request *r =
			session_request(s, &f.request, &where);
		struct request done;

		if (r && r->pfn != PFN_NONE) {
			block_init(scenario_of(L), place, ref->session, r);
			list->nr++;
			request_done(L, s, r, "m:fill");
			limit_charge(L, CHARGE);
			continue;
		}
		if (r)
			done = *r;
		request_done(L, s, r, "m:fill");
		end_fold(L);
		request_push_reason(L, s, &done);
		return 2;
	}
	end_fold(L);
	return 1;
}

/* -- blocks:free{...} ----------------------------------------------------- */

/*
 * blocks:free{ cpu, from, to, every }: frees the blocks that are still
 * allocated, first to last, and returns how many.
 */
static int fill_free(lua_State *L)
{
	struct block_list *list = api_check(L, 1, API_BLOCKS, "blocks:free");
	struct session *s = scenario_of(L)->sessions[list->session];
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	struct request wanted = { .kind = REQUEST_FREE };
	uint32_t from = 1, to = list->nr, every = 1, nr = 0;
	struct args a;

	request_check_hook(L, "blocks:free");
	args_open(&a, L, 2, "blocks:free", keys_free_many, m, &wanted);
	args_u32(&a, "from", 1, UINT32_MAX, &from);
	args_u32(&a, "to", 0, list->nr, &to);
	args_u32(&a, "every", 1, UINT32_MAX, &every);
	begin_fold(L, &wanted);
	for (uint64_t i = from; i <= to; i += every) {
		struct block *b = &list->blocks[i - 1];
		const struct request *r;

		if (block_is_free(scenario_of(L), b))
			continue;
		wanted.free.pfn = b->pfn;
		wanted.free.order = b->order;
		r = session_request(s, &wanted, &where);
		b->freed = r && r->error == MACHINE_ERROR_none;
		b->freed_line = where.line;
		nr++;
		request_done(L, s, r, "blocks:free");
		limit_charge(L, CHARGE);
	}
	end_fold(L);
	lua_pushinteger(L, nr);
	return 1;
}

const struct api_row fill_rows[] = {
	METHOD(API_MACHINE, "fill", fill_machine, keys_fill,
	       "m:fill{ order = 0, count = 100 }",
	       "(request?: zonewalk.fill): zonewalk.blocks, zonewalk.reason?",
	       "Allocate blocks as m:alloc does, each by a request of its own, "
	       "until a request fails, count blocks are allocated, or fewer "
	       "than leave pages would stay free in zone. Return the blocks, "
	       "and the reason if a request failed."),
	METHOD(API_BLOCKS, "free", fill_free, keys_free_many,
	       "blocks:free{ every = 2 }",
	       "(which?: zonewalk.free_many): integer",
	       "Free those of the blocks that are still allocated, first to "
	       "last. Return how many they were. blocks[i] is one block, "
	       "#blocks the number of all."),
	{ .name = NULL },
};
