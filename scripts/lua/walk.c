/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk: the zones that one request tried, from its events: the last check of
 * each zone, its result and its numbers.
 *
 * { node =, zone =, pass =, check =, verdict =, why =,
 *   free =, unusable =, watermark =, lowmem_reserve =, margin =, account = }
 *
 * check    the last check of the zone: highest_zoneidx nodemask cpuset dirty
 *          dirty_before locality watermark free_area empty
 * verdict  skipped, refused, retry, empty or passed
 * account  where the zone's free pages are that were no help, by the rows of
 *          FREE_ACCOUNT; nil if the zone passed, or was not counted
 */
#include <string.h>

#include "lua/api.h"
#include "lua/keys.h"

const struct api_key keys_account[] = {
	KEY("free", "integer", "pages, without the isolated ones"),
#define PART(name, text) KEY(#name, "integer", text),
	FREE_ACCOUNT(PART)
#undef PART
		{ .name = NULL },
};

const struct api_key keys_step[] = {
	KEY("node", "integer", "the zone's node"),
	KEY("zone", "string", "the zone's name"),
	KEY("pass", "integer", "1, or 2 after a restart of the walk"),
	KEY("check", "string",
	    "the last check of the zone: highest_zoneidx, nodemask, cpuset, "
	    "dirty, dirty_before, locality, watermark, free_area, empty"),
	KEY("verdict", "\"skipped\"|\"refused\"|\"retry\"|\"empty\"|\"passed\"",
	    "the result"),
	KEY("why", "string", "the text of the event"),
	KEY("free", "integer?", "if the watermark was checked: free pages"),
	KEY("unusable", "integer?", "those that the request may not use"),
	KEY("watermark", "integer?", "the watermark, boost included"),
	KEY("lowmem_reserve", "integer?", "lowmem_reserve[highest_zoneidx]"),
	KEY("margin", "integer?",
	    "free - unusable - (watermark + lowmem_reserve); the check passes "
	    "above 0"),
	KEY("account", "zonewalk.account?",
	    "if the zone was no help: where its free pages are"),
	{ .name = NULL },
};

const struct api_key keys_reason[] = {
	KEY("text", "string", "the whole reason as a string"),
	KEY("zones", "zonewalk.step[]", "the zones that the request tried"),
	KEY("flips", "zonewalk.flip[]",
	    "what would have let it be served, found when it is first read"),
	KEY("request", "integer", "its number on this machine, from 1"),
	{ .name = NULL },
};

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

/* Set the account of the entry on top to that of the event. */
static void set_account(struct walk_list *w)
{
	lua_State *L = w->L;
	struct free_account account;

	if (event_free_account(w->event, &account)) {
		lua_newtable(L);
		api_set_integer(L, "free", account.free);
#define SET_PART(name, text) api_set_integer(L, #name, account.name);
		FREE_ACCOUNT(SET_PART)
#undef SET_PART
	} else {
		lua_pushnil(L);
	}
	lua_setfield(L, -2, "account");
}

/* Finish the entry on top with the result of the event, and pop it. */
static void set_verdict(struct walk_list *w, const char *check,
			const char *verdict)
{
	lua_State *L = w->L;
	char why[512];

	api_set_string(L, "check", check);
	api_set_string(L, "verdict", verdict);
	set_account(w);
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

void walk_push(lua_State *L, const struct session *s, uint32_t first,
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
