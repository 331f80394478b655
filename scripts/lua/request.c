/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request: alloc and free, and what every request has in common.
 *
 * A request runs to its end; then its events are reported and the hooks run;
 * then it returns. An invalid argument raises an error and changes nothing;
 * if the engine finds it, the request leaves one event, request_refused. A
 * valid request that finds no page is no error: nil and the reason.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lua/api.h"

struct session *request_machine(lua_State *L, int index, const char *function)
{
	struct scenario *sc = scenario_of(L);
	struct machine_ref *ref = api_check(L, index, API_MACHINE, function);

	return sc->sessions[ref->session];
}

void request_check_hook(lua_State *L, const char *function)
{
	if (scenario_of(L)->in_hook)
		api_error(
			L,
			"%s: called inside a hook; note what the hook saw and "
			"make the request afterwards",
			function);
}

void request_done(lua_State *L, struct session *s, const struct request *r,
		  const char *function)
{
	struct scenario *sc = scenario_of(L);
	enum machine_error error;

	if (!r) {
		sc->memory_refused = true;
		limit_raise(L, LIMIT_MEMORY);
	}
	sc->latest = s;
	error = r->error;
	if (sc->options.record)
		event_report(L, s, r->first_step, r->last_step);
	if (error == MACHINE_ERROR_limit)
		limit_raise(L, LIMIT_EVENTS);
	if (error != MACHINE_ERROR_none)
		api_error(L, "%s: %s (zonewalk doc errors)", function,
			  enum_text(KIND_machine_error, error));
	limit_check_request(L);
}

int request_make(lua_State *L, struct session *s, const struct request *r,
		 const char *function)
{
	struct source_line where = api_where(L);

	request_check_hook(L, function);
	request_done(L, s, session_request(s, r, &where), function);
	return 0;
}

/* -- arguments of an alloc ------------------------------------------------ */

/* How the text of a mask is read: gfp_from_text(), alloc_flags_from_text(). */
typedef bool parse_flags(const char *text, uint32_t *flags, char *bad_word,
			 size_t size, const char **near);

static uint32_t flags_from_number(const struct args *a, const char *key,
				  uint32_t mask)
{
	uint32_t flags =
		(uint32_t)args_number(a->L, -1, a->what, key, 0, UINT32_MAX);

	if (flags & ~mask)
		api_error(a->L,
			  "%s 0x%" PRIx32 ": unknown bits 0x%" PRIx32
			  " in Linux 5.10 (zonewalk doc gfp)",
			  key, flags, flags & ~mask);
	return flags;
}

/* The flags that @text names; raises at an unknown one. */
static uint32_t flags_from_text(const struct args *a, const char *key,
				const char *text, parse_flags *parse)
{
	char word[64], near_text[96];
	const char *near = NULL;
	uint32_t flags;

	if (!parse(text, &flags, word, sizeof(word), &near))
		api_error(a->L,
			  "%s \"%.60s\": no such flag%s (zonewalk doc gfp)",
			  key, word,
			  api_did_you_mean(near, near_text, sizeof(near_text)));
	return flags;
}

/*
 * Scripts use few masks, but often: the last string of each kind is cached,
 * and kept alive so that no other string gets its address.
 */
static uint32_t flags_from_known(const struct args *a, const char *key,
				 const char *text, parse_flags *parse)
{
	struct flag_text *last =
		&scenario_of(a->L)->last_flags[parse == alloc_flags_from_text];
	uint32_t flags;

	if (text == last->text)
		return last->flags;
	flags = flags_from_text(a, key, text, parse);
	lua_pushstring(a->L, key);
	lua_rawget(a->L, a->index);
	lua_rawsetp(a->L, LUA_REGISTRYINDEX, last);
	*last = (struct flag_text){ .text = text, .flags = flags };
	return flags;
}

/* A string or an integer as a mask of flags. False: absent. */
static bool read_flags(const struct args *a, enum alloc_key place,
		       parse_flags *parse, uint32_t mask, uint32_t *flags)
{
	const char *text = args_text_at(a, (int)place);
	const char *key = keys_alloc[place].name;
	lua_State *L = a->L;
	char value[80];

	if (text) {
		*flags = flags_from_known(a, key, text, parse);
		return true;
	}
	if (!args_push(a, key))
		return false;
	if (lua_type(L, -1) != LUA_TNUMBER)
		api_error(L,
			  "%s: %s %s: expected a string or a number (zonewalk "
			  "doc gfp)",
			  a->what, key,
			  api_value_text(L, -1, value, sizeof(value)));
	*flags = flags_from_number(a, key, mask);
	lua_pop(L, 1);
	return true;
}

bool request_read_nodes(const struct args *a, const char *key,
			const struct machine *m, uint64_t *nodes)
{
	lua_State *L = a->L;
	char value[80];
	lua_Unsigned nr;

	if (!args_push(a, key))
		return false;
	if (!lua_istable(L, -1))
		api_error(
			L,
			"%s: %s %s: expected a list of nodes; write %s = { 0, "
			"1 }",
			a->what, key,
			api_value_text(L, -1, value, sizeof(value)), key);
	nr = lua_rawlen(L, -1);
	if (!nr)
		api_error(L,
			  "%s: %s: an empty list; leave it out to allow all "
			  "nodes",
			  a->what, key);
	for (lua_Unsigned i = 1; i <= nr && i <= MAX_NUMNODES; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i);
		*nodes |= 1ull << args_number(L, -1, a->what, key, 0,
					      m->system->nr_nodes - 1);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	return true;
}

static void read_name(const struct args *a, struct request *r)
{
	const char *name = args_text(a, "owner");

	if (name && strlen(name) >= sizeof(r->name))
		api_error(a->L, "%s: owner \"%.60s\": at most %zu bytes",
			  a->what, name, sizeof(r->name) - 1);
	request_set_name(r, name);
}

/* Read the key at place @key of keys_alloc. */
static void read_key(const struct args *a, enum alloc_key key,
		     const struct machine *m, struct request *r)
{
	struct alloc_request *alloc = &r->alloc;

	switch (key) {
	case ALLOC_ORDER:
		args_u32_at(a, (int)key, 0, m->max_order - 1, &alloc->order);
		break;
	case ALLOC_GFP:
		read_flags(a, key, gfp_from_text, __GFP_BITS_MASK, &alloc->gfp);
		break;
	case ALLOC_NODE:
		args_u32_at(a, (int)key, 0, m->system->nr_nodes - 1,
			    &alloc->nid);
		break;
	case ALLOC_CPU:
		args_u32_at(a, (int)key, 0, m->system->nr_cpus - 1,
			    &alloc->cpu);
		break;
	case ALLOC_NODEMASK:
		alloc->has_nodemask =
			request_read_nodes(a, "nodemask", m, &alloc->nodemask);
		break;
	case ALLOC_FLAGS:
		if (read_flags(a, key, alloc_flags_from_text, ALLOC_BITS_MASK,
			       &alloc->alloc_flags))
			r->kind = REQUEST_GET_PAGE;
		break;
	case ALLOC_OWNER:
		read_name(a, r);
		break;
	case NR_ALLOC_KEYS:
		break;
	}
}

void request_read(const struct args *a, const struct machine *m,
		  struct request *r)
{
	const uint64_t alloc_keys = (1ull << NR_ALLOC_KEYS) - 1;

	*r = (struct request){ .kind = REQUEST_ALLOC, .alloc.gfp = GFP_KERNEL };
	for (uint64_t given = a->given & alloc_keys; given; given &= given - 1)
		read_key(a, (enum alloc_key)__builtin_ctzll(given), m, r);
	if (!(a->given >> ALLOC_NODE & 1))
		r->alloc.nid = m->system->cpu_node[r->alloc.cpu];
}

/* -- why a request got nothing -------------------------------------------- */

/* tostring(reason) is its text, so that assert(m:alloc{}) shows it. */
static int reason_tostring(lua_State *L)
{
	lua_getfield(L, 1, "text");
	return 1;
}

void request_push_reason(lua_State *L, const struct session *s,
			 const struct request *r)
{
	luaL_Buffer text;
	lua_Unsigned nr;
	int zones;

	lua_createtable(L, 0, 2);
	event_push_walk(L, s, r->first_step, r->last_step);
	zones = lua_gettop(L);
	nr = lua_rawlen(L, zones);
	luaL_buffinit(L, &text);
	luaL_addstring(&text, "the fast path found no page");
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

/* -- alloc, free ---------------------------------------------------------- */

/* What m:alloc returns for a request that failed: nil and the reason. */
static int push_failure(lua_State *L, struct session *s,
			const struct request *r)
{
	struct request done;

	if (r)
		done = *r; /* the session's requests move when it has more */
	request_done(L, s, r, "m:alloc");
	lua_pushnil(L);
	request_push_reason(L, s, &done);
	return 2;
}

/* The line of a request; not needed when nothing is recorded. */
static struct source_line request_where(lua_State *L)
{
	if (scenario_of(L)->options.record)
		return api_where(L);
	return (struct source_line){ .file = NULL };
}

/* m:alloc{ order, gfp, node, cpu, nodemask, alloc_flags, owner } */
int request_alloc(lua_State *L)
{
	const struct machine_ref *ref = api_check(L, 1, API_MACHINE, "m:alloc");
	struct session *s = scenario_of(L)->sessions[ref->session];
	const struct machine *m = session_machine(s);
	struct source_line where = request_where(L);
	struct request wanted;
	const struct request *r;
	struct block_ref *b;
	struct args a;

	request_check_hook(L, "m:alloc");
	args_open(&a, L, 2, "m:alloc", keys_alloc);
	request_read(&a, m, &wanted);
	r = session_request(s, &wanted, &where);
	if (!r || r->pfn == PFN_NONE)
		return push_failure(L, s, r);
	b = api_new(L, API_BLOCK, sizeof(*b), 0);
	b->block = &b->own;
	block_init(scenario_of(L), &b->own, ref->session, r);
	request_done(L, s, r, "m:alloc");
	return 1;
}

/* block:free{ cpu } */
int request_free(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:free");
	struct session *s = scenario_of(L)->sessions[b->session];
	const struct machine *m = session_machine(s);
	struct source_line where = request_where(L);
	struct request wanted = { .kind = REQUEST_FREE };
	const struct request *r;
	struct args a;

	request_check_hook(L, "block:free");
	args_open(&a, L, 2, "block:free", keys_cpu);
	args_u32_at(&a, 0, 0, m->system->nr_cpus - 1, &wanted.free.cpu);
	block_check_used(L, b, "block:free");
	wanted.free.pfn = b->pfn;
	wanted.free.order = b->order;
	r = session_request(s, &wanted, &where);
	b->freed = r && r->error == MACHINE_ERROR_none;
	b->freed_line = where.line;
	request_done(L, s, r, "block:free");
	return 0;
}
