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

static void read_name(const struct args *a, struct request *r)
{
	const char *name = args_text(a, "owner");

	if (name && strlen(name) >= sizeof(r->name))
		api_error(a->L, "%s: owner \"%.60s\": at most %zu bytes",
			  a->what, name, sizeof(r->name) - 1);
	request_set_name(r, name);
}

void request_open(struct args *a, lua_State *L, const char *function,
		  const struct api_key *keys, const struct machine *m,
		  struct request *r)
{
	*r = (struct request){ .kind = REQUEST_ALLOC,
			       .alloc = { .gfp = GFP_KERNEL,
					  .nid = UINT32_MAX,
					  .alloc_flags = UINT32_MAX } };
	args_open(a, L, 2, function, keys, m, r);
	if (r->alloc.alloc_flags == UINT32_MAX)
		r->alloc.alloc_flags = 0;
	else
		r->kind = REQUEST_GET_PAGE;
	r->alloc.has_nodemask = r->alloc.nodemask != 0;
	if (r->alloc.nid == UINT32_MAX)
		r->alloc.nid = m->system->cpu_node[r->alloc.cpu];
	read_name(a, r);
}

/* -- the zones that a request tried --------------------------------------- */

/*
 * From its events: the last check of each zone, its result and its numbers.
 *
 * { node =, zone =, pass =, check =, verdict =, why =,
 *   free =, unusable =, watermark =, lowmem_reserve =, margin = }
 *
 * check    the last check of the zone: highest_zoneidx nodemask cpuset dirty
 *          dirty_before locality watermark free_area empty
 * verdict  skipped, refused, retry, empty or passed
 */
struct walk_list {
	lua_State *L;
	const struct machine *m;
	const struct event *event;
	uint32_t pass;
	lua_Integer nr; /* entries; the last is above the list */
	uint32_t nid; /* of the entry under way */
	uint32_t zone;
};

/*
 * Push the entry of that zone in this pass: the one under way when it is
 * the same zone, else a new one at the list's end.
 */
static void push_entry(struct walk_list *w, uint32_t nid, uint32_t zone)
{
	lua_State *L = w->L;

	if (w->nr && w->nid == nid && w->zone == zone) {
		lua_rawgeti(L, -1, w->nr);
		return;
	}
	lua_createtable(L, 0, 12);
	lua_pushvalue(L, -1);
	lua_rawseti(L, -3, ++w->nr);
	w->nid = nid;
	w->zone = zone;
	api_set_integer(L, "node", nid);
	api_set_integer(L, "pass", w->pass);
	api_set_string(L, "zone", zone_name(w->m, zone));
}

/* Finish the entry on top with the result of the event, and pop it. */
static void set_verdict(struct walk_list *w, const char *check,
			const char *verdict)
{
	lua_State *L = w->L;
	char why[512];

	api_set_string(L, "check", check);
	api_set_string(L, "verdict", verdict);
	lua_pushstring(L, event_text_format(w->m, w->event, why, sizeof(why)));
	lua_setfield(L, -2, "why");
	lua_pop(L, 1);
}

static void add_check(struct walk_list *w,
		      const struct event_watermark_check *check)
{
	lua_State *L = w->L;

	push_entry(w, check->nid, check->zone);
	api_set_integer(L, "free", check->free);
	api_set_integer(L, "unusable", check->unusable);
	api_set_integer(L, "watermark", check->watermark);
	api_set_integer(L, "lowmem_reserve", check->lowmem_reserve);
	api_set_integer(L, "margin", check->margin);
	set_verdict(w, "watermark", check->ok ? "passed" : "refused");
}

static void add_skip(struct walk_list *w, const struct event_zone_skip *skip)
{
	push_entry(w, skip->nid, skip->zone);
	set_verdict(w, enum_name(KIND_skip_reason, skip->reason), "skipped");
}

static void add_area(struct walk_list *w,
		     const struct event_free_area_check *area)
{
	if (area->ok)
		return; /* the watermark check has all the numbers */
	push_entry(w, area->nid, area->zone);
	set_verdict(w, "free_area", "refused");
}

static void add_retry(struct walk_list *w,
		      const struct event_nofragment_retry *retry)
{
	if (retry->reason != RETRY_locality)
		return; /* the end of the list is not a zone */
	push_entry(w, retry->nid, retry->zone);
	set_verdict(w, "locality", "retry");
}

static void add_empty(struct walk_list *w, const struct event_zone_empty *empty)
{
	push_entry(w, empty->nid, empty->zone);
	set_verdict(w, "empty", "empty");
}

static void add_event(struct walk_list *w, const struct event *event)
{
	const struct event_walk_begin *begin = event_get(event, walk_begin);

	w->event = event;
	if (begin) {
		w->pass = begin->pass;
		w->zone = UINT32_MAX; /* the same zone again is a new entry */
	}
	if (event_get(event, zone_skip))
		add_skip(w, event_get(event, zone_skip));
	if (event_get(event, watermark_check))
		add_check(w, event_get(event, watermark_check));
	if (event_get(event, free_area_check))
		add_area(w, event_get(event, free_area_check));
	if (event_get(event, nofragment_retry))
		add_retry(w, event_get(event, nofragment_retry));
	if (event_get(event, zone_empty))
		add_empty(w, event_get(event, zone_empty));
}

void request_push_walk(lua_State *L, const struct session *s, uint32_t first,
		       uint32_t last)
{
	struct walk_list w = {
		.L = L,
		.m = session_machine(s),
		.zone = UINT32_MAX,
	};

	luaL_checkstack(L, 8, "walk");
	lua_newtable(L);
	for (uint32_t step = first; session_history(s) && step <= last; step++)
		add_event(&w, history_event(session_history(s), step));
}

/* -- why a request got nothing -------------------------------------------- */

/* tostring(reason) is its text, so that assert(m:alloc{}) shows it. */
static int reason_tostring(lua_State *L)
{
	lua_getfield(L, 1, "text");
	return 1;
}

/* Did fault injection end the request? Nothing follows that event. */
static bool is_injected(const struct session *s, const struct request *r)
{
	const struct history *h = session_history(s);
	const struct event *last = h ? history_event(h, r->last_step) : NULL;

	return last && event_id(last) == EVENT_should_fail_alloc_page;
}

void request_push_reason(lua_State *L, const struct session *s,
			 const struct request *r)
{
	luaL_Buffer text;
	lua_Unsigned nr;
	int zones;

	lua_createtable(L, 0, 2);
	request_push_walk(L, s, r->first_step, r->last_step);
	zones = lua_gettop(L);
	nr = lua_rawlen(L, zones);
	luaL_buffinit(L, &text);
	luaL_addstring(&text, is_injected(s, r) ?
				      "fault injection made the request fail" :
				      "the fast path found no page");
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
static int request_alloc(lua_State *L)
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
	request_open(&a, L, "m:alloc", keys_alloc, m, &wanted);
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
static int request_free(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:free");
	struct session *s = scenario_of(L)->sessions[b->session];
	const struct machine *m = session_machine(s);
	struct source_line where = request_where(L);
	struct request wanted = { .kind = REQUEST_FREE };
	const struct request *r;
	struct args a;

	request_check_hook(L, "block:free");
	args_open(&a, L, 2, "block:free", keys_cpu, m, &wanted.free.cpu);
	block_check_used(L, b, "block:free");
	wanted.free.pfn = b->pfn;
	wanted.free.order = b->order;
	r = session_request(s, &wanted, &where);
	b->freed = r && r->error == MACHINE_ERROR_none;
	b->freed_line = where.line;
	request_done(L, s, r, "block:free");
	return 0;
}

const struct api_row request_rows[] = {
	METHOD(API_MACHINE, "alloc", request_alloc, keys_alloc,
	       "m:alloc{ order = 3, gfp = \"GFP_KERNEL\" }",
	       "(request?: zonewalk.alloc): zonewalk.block?, zonewalk.reason?",
	       "Allocate a block. Return it, or nil and the reason."),
	METHOD(API_BLOCK, "free", request_free, keys_cpu,
	       "block:free{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Free the block. A block can be freed once."),
	{ .name = NULL },
};
