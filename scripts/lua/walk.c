/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_walk: the walk of one request as a list of zones, made from its
 * events: who was asked, which gate or check answered, with which numbers.
 *
 * { node =, zone =, pass =, gate =, verdict =, why =,
 *   free =, unusable =, mark =, reserve =, slack = }
 *
 * gate     ceiling nodemask cpuset dirty dirty_before locality watermark
 *          free_area empty: the last thing asked of that zone
 * verdict  skipped, refused, retry, empty or passed
 */
#include <string.h>

#include "lua/api.h"

struct walk_list {
	lua_State *L;
	const struct machine *m;
	const struct event *event;
	uint32_t pass;
	lua_Integer nr; /* entries; the last is above the list */
	uint32_t nid; /* of the entry under way */
	uint32_t zone;
};

static void set_integer(lua_State *L, const char *name, int64_t value)
{
	lua_pushinteger(L, value);
	lua_setfield(L, -2, name);
}

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
	set_integer(L, "node", nid);
	set_integer(L, "pass", w->pass);
	lua_pushstring(L, zone_name(w->m, zone));
	lua_setfield(L, -2, "zone");
}

/* Finish the entry on top with the answer of the event, and pop it. */
static void set_verdict(struct walk_list *w, const char *check,
			const char *verdict)
{
	lua_State *L = w->L;
	char why[512];

	lua_pushstring(L, check);
	lua_setfield(L, -2, "check");
	lua_pushstring(L, verdict);
	lua_setfield(L, -2, "verdict");
	lua_pushstring(L, event_text_format(w->m, w->event, why, sizeof(why)));
	lua_setfield(L, -2, "why");
	lua_pop(L, 1);
}

static void add_check(struct walk_list *w,
		      const struct event_watermark_check *check)
{
	lua_State *L = w->L;

	push_entry(w, check->nid, check->zone);
	set_integer(L, "free", check->free);
	set_integer(L, "unusable", check->unusable);
	set_integer(L, "watermark", check->watermark);
	set_integer(L, "lowmem_reserve", check->lowmem_reserve);
	set_integer(L, "margin", check->margin);
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
		return; /* the watermark's numbers say more */
	push_entry(w, area->nid, area->zone);
	set_verdict(w, "free_area", "refused");
}

static void add_retry(struct walk_list *w,
		      const struct event_nofragment_retry *retry)
{
	if (retry->reason != RETRY_locality)
		return; /* the end of the list is no zone */
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

void event_push_walk(lua_State *L, const struct session *s, uint32_t first,
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
