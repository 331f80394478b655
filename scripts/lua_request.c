/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_request: alloc, free and drain.
 *
 * A request runs to its end; then its events are told and the hooks run;
 * then it returns. Wrong use raises before anything is done. A request that
 * the machine cannot serve is not wrong: nil and the reason.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lua_api.h"

struct session *request_machine(lua_State *L, int index, const char *function)
{
	struct scenario *sc = scenario_of(L);
	struct machine_ref *ref = api_check(L, index, API_MACHINE, function);

	return sc->sessions[ref->session];
}

/* No request inside a hook: the story would not know its order. */
static void check_not_in_hook(lua_State *L, const char *function)
{
	if (scenario_of(L)->in_hook)
		api_error(L, "%s: no request inside a hook; remember what you "
			     "saw and make it afterwards",
			  function);
}

/* The engine's refusal as an error; does not return. */
static void raise_refusal(lua_State *L, const char *what,
			  enum word_refusal refusal)
{
	if (refusal == WORD_refusal_limit)
		limit_raise(L, LIMIT_EVENTS);
	api_error(L, "%s: %s (zonewalk doc errors)", what,
		  word_text(KIND_refusal, refusal));
}

/* What every request does once it has run. */
static void request_done(lua_State *L, struct session *s,
			 const struct request *r, uint32_t *first,
			 uint32_t *last)
{
	struct scenario *sc = scenario_of(L);

	if (!r) {
		sc->memory_refused = true;
		limit_raise(L, LIMIT_MEMORY);
	}
	*first = r->first_step;
	*last = r->last_step;
	if (r->refusal != WORD_refusal_none)
		raise_refusal(L, request_kind_name(r->kind), r->refusal);
	sc->latest = s;
	if (sc->options.record)
		event_tell(L, s, *first, *last);
	limit_check_events(L);
}

/* -- arguments of an alloc ------------------------------------------------ */

/* Text or a number as a mask of flags. False: absent. */
static bool read_flags(const struct args *a, const char *key,
		       const char *topic,
		       bool (*parse)(const char *, uint32_t *, char *, size_t,
				     const char **),
		       uint32_t mask, uint32_t *flags)
{
	char word[64], near_text[96];
	const char *near = NULL, *text;

	if (!args_push(a, key))
		return false;
	if (lua_type(a->L, -1) == LUA_TNUMBER) {
		*flags = (uint32_t)args_number(a->L, -1, a->what, key, 0,
					       UINT32_MAX);
		if (*flags & ~mask)
			api_error(a->L,
				  "%s 0x%" PRIx32 ": the bits 0x%" PRIx32
				  " are no flags of Linux 5.10 (zonewalk doc "
				  "%s)",
				  key, *flags, *flags & ~mask, topic);
		lua_pop(a->L, 1);
		return true;
	}
	lua_pop(a->L, 1);
	text = args_text(a, key);
	if (!parse(text, flags, word, sizeof(word), &near))
		api_error(a->L, "%s \"%.60s\": no such flag%s (zonewalk doc "
				"%s)",
			  key, word,
			  api_did_you_mean(near, near_text, sizeof(near_text)),
			  topic);
	return true;
}

/* A list of nodes as a mask. */
static void read_nodemask(const struct args *a, const struct machine *m,
			  struct alloc_request *r)
{
	lua_State *L = a->L;
	char value[80];
	lua_Unsigned nr;

	if (!args_push(a, "nodemask"))
		return;
	if (!lua_istable(L, -1))
		api_error(L, "%s: nodemask %s: a list of nodes is expected; "
			     "write nodemask = { 0, 1 }",
			  a->what, api_value_text(L, -1, value, sizeof(value)));
	nr = lua_rawlen(L, -1);
	if (!nr)
		api_error(L, "%s: nodemask: it names no node; leave it out to "
			     "allow all",
			  a->what);
	for (lua_Unsigned i = 1; i <= nr; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i);
		r->nodemask |= 1ull << args_number(L, -1, a->what, "nodemask",
						   0, m->system->nr_nodes - 1);
		lua_pop(L, 1);
	}
	r->has_nodemask = true;
	lua_pop(L, 1);
}

/* The name that the story shall give the block; "" for none. */
static const char *read_owner(const struct args *a)
{
	const size_t most = sizeof(((struct request *)0)->name) - 1;
	const char *owner = args_text(a, "owner");

	if (owner && strlen(owner) > most)
		api_error(a->L, "%s: owner \"%.60s\": at most %zu bytes",
			  a->what, owner, most);
	return owner;
}

static const char *read_alloc(lua_State *L, const struct machine *m,
			      struct alloc_request *r)
{
	static const char *const keys[] = { "order",	"gfp",
					    "node",	"cpu",
					    "nodemask", "alloc_flags",
					    "owner",	NULL };
	const char *owner;
	struct args a;

	args_open(&a, L, 2, "m:alloc", keys);
	*r = (struct alloc_request){ .gfp = GFP_KERNEL };
	args_u32(&a, "order", 0, m->max_order - 1, &r->order);
	read_flags(&a, "gfp", "gfp", gfp_from_text, __GFP_BITS_MASK, &r->gfp);
	args_u32(&a, "cpu", 0, m->system->nr_cpus - 1, &r->cpu);
	r->nid = m->system->cpu_node[r->cpu];
	args_u32(&a, "node", 0, m->system->nr_nodes - 1, &r->nid);
	read_nodemask(&a, m, r);
	r->has_alloc_flags = read_flags(&a, "alloc_flags", "gfp",
					alloc_flags_from_text,
					ALLOC_BITS_MASK, &r->alloc_flags);
	owner = read_owner(&a);
	return owner;
}

/* -- alloc, free, drain --------------------------------------------------- */

static void push_block(lua_State *L, const struct machine_ref *ref,
		       const struct machine *m, uint32_t pfn, uint32_t order)
{
	struct block *b = api_new(L, API_BLOCK, sizeof(*b), 0);
	const struct zone *zone = &m->zones[page_zone_id(m->pages[pfn])];

	*b = (struct block){
		.session = ref->session,
		.pfn = pfn,
		.order = order,
		.nid = zone->node,
		.zone = zone->idx,
		.migratetype = page_type(m->pages[pfn]),
	};
}

/* tostring(reason) is its text, so that assert(m:alloc{}) says why. */
static int reason_tostring(lua_State *L)
{
	lua_getfield(L, 1, "text");
	return 1;
}

/* Push { text =, zones = }: why a request got nothing. */
static void push_reason(lua_State *L, const struct session *s, uint32_t first,
			uint32_t last)
{
	luaL_Buffer text;
	lua_Unsigned nr;
	int zones;

	lua_createtable(L, 0, 2);
	event_push_walk(L, s, first, last);
	zones = lua_gettop(L);
	nr = lua_rawlen(L, zones);
	luaL_buffinit(L, &text);
	luaL_addstring(&text, "the fast path had no page");
	for (lua_Unsigned i = 1; i <= nr; i++) {
		luaL_addstring(&text, i == 1 ? ": " : " ");
		lua_rawgeti(L, zones, (lua_Integer)i);
		lua_getfield(L, -1, "why");
		lua_remove(L, -2);
		luaL_addvalue(&text);
	}
	luaL_pushresult(&text);
	lua_setfield(L, zones - 1, "text");
	lua_setfield(L, zones - 1, "zones");
	if (luaL_newmetatable(L, "reason")) {
		lua_pushcfunction(L, reason_tostring);
		lua_setfield(L, -2, "__tostring");
	}
	lua_setmetatable(L, zones - 1);
}

/* m:alloc{ order, gfp, node, cpu, nodemask, alloc_flags, owner } */
int request_alloc(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:alloc");
	const struct machine_ref *ref = lua_touserdata(L, 1);
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	const struct request *r;
	struct alloc_request request;
	enum word_refusal refusal;
	uint32_t first, last, pfn;
	const char *owner;
	struct block *b;

	check_not_in_hook(L, "m:alloc");
	owner = read_alloc(L, m, &request);
	refusal = machine_alloc_check(m, &request);
	if (refusal != WORD_refusal_none)
		raise_refusal(L, "m:alloc", refusal);
	r = session_alloc(s, &request, &where, owner);
	pfn = r ? r->pfn : PFN_NONE;
	if (pfn != PFN_NONE)
		push_block(L, ref, m, pfn, request.order);
	request_done(L, s, r, &first, &last);
	if (pfn == PFN_NONE) {
		lua_pushnil(L);
		push_reason(L, s, first, last);
		return 2;
	}
	b = lua_touserdata(L, -1);
	b->first_step = first;
	b->last_step = last;
	return 1;
}

/* block:free{ cpu } */
int request_free(lua_State *L)
{
	static const char *const keys[] = { "cpu", NULL };
	struct block *b = api_check(L, 1, API_BLOCK, "block:free");
	struct session *s = scenario_of(L)->sessions[b->session];
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	uint32_t cpu = 0, first, last;
	enum word_refusal refusal;
	struct args a;

	check_not_in_hook(L, "block:free");
	args_open(&a, L, 2, "block:free", keys);
	args_u32(&a, "cpu", 0, m->system->nr_cpus - 1, &cpu);
	if (b->freed)
		api_error(L,
			  "block:free: block %" PRIu32 " is free already: it "
			  "was freed in line %" PRIu32,
			  b->pfn, b->freed_line);
	refusal = machine_free_check(m, cpu, b->pfn, b->order);
	if (refusal != WORD_refusal_none)
		raise_refusal(L, "block:free", refusal);
	b->freed = true;
	b->freed_line = where.line;
	request_done(L, s, session_free_pages(s, cpu, b->pfn, b->order, &where),
		     &first, &last);
	return 0;
}

/* m:drain{ cpu } */
int request_drain(lua_State *L)
{
	static const char *const keys[] = { "cpu", NULL };
	struct session *s = request_machine(L, 1, "m:drain");
	const struct machine *m = session_machine(s);
	struct source_line where = api_where(L);
	uint32_t cpu = 0, first, last;
	struct args a;

	check_not_in_hook(L, "m:drain");
	args_open(&a, L, 2, "m:drain", keys);
	args_u32(&a, "cpu", 0, m->system->nr_cpus - 1, &cpu);
	request_done(L, s, session_drain(s, cpu, &where), &first, &last);
	return 0;
}
