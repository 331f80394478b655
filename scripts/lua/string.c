/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_string: the functions of `string` that could take for ever, make a
 * text without end, or depend on the locale, written anew. The others are
 * Lua's own.
 */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "lua/api.h"
#include "lua/pattern.h"

/* A position counted from 1, or from the end when negative; at least 0. */
static size_t check_begin(lua_State *L, int index, size_t length)
{
	lua_Integer at = luaL_optinteger(L, index, 1);

	if (at > 0)
		return (size_t)at - 1;
	if (!at || at < -(lua_Integer)length)
		return 0;
	return length - (size_t)-at;
}

static bool has_specials(const char *pattern, size_t length)
{
	static const char specials[] = "^$*+?.([%-";

	for (size_t i = 0; i < length; i++)
		if (pattern[i] && strchr(specials, pattern[i]))
			return true;
	return false;
}

static int find_plain(lua_State *L, const char *text, size_t length,
		      size_t begin)
{
	size_t size;
	const char *part = luaL_checklstring(L, 2, &size);
	const char *found = memmem(text + begin, length - begin, part, size);

	limit_charge(L, (length - begin) / 16);
	if (!found) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushinteger(L, found - text + 1);
	lua_pushinteger(L, found - text + (lua_Integer)size);
	return 2;
}

/* string.find and string.match */
static int search(lua_State *L, bool find)
{
	size_t length, size, begin;
	const char *text = luaL_checklstring(L, 1, &length);
	const char *pattern = luaL_checklstring(L, 2, &size);
	struct match m;

	begin = check_begin(L, 3, length);
	if (begin > length) {
		lua_pushnil(L);
		return 1;
	}
	if (find && (lua_toboolean(L, 4) || !has_specials(pattern, size)))
		return find_plain(L, text, length, begin);
	match_open(&m, L, pattern_push(L, 2, true), text, length);
	if (!match_find(&m, text + begin)) {
		lua_pushnil(L);
		return 1;
	}
	if (!find)
		return match_push(&m, true);
	lua_pushinteger(L, m.from - text + 1);
	lua_pushinteger(L, m.to - text);
	return match_push(&m, false) + 2;
}

static int string_find(lua_State *L)
{
	return search(L, true);
}

static int string_match(lua_State *L)
{
	return search(L, false);
}

/*
 * The iterator of gmatch. Upvalues: the text, the compiled pattern, where to
 * go on, where the last match ended (an empty one there is no new match).
 */
static int gmatch_next(lua_State *L)
{
	size_t length;
	const char *text = lua_tolstring(L, lua_upvalueindex(1), &length);
	lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
	lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
	struct match m;

	match_open(&m, L, lua_touserdata(L, lua_upvalueindex(2)), text, length);
	for (; at <= (lua_Integer)length; at++) {
		if (!match_at(&m, text + at) || m.to - text == last)
			continue;
		lua_pushinteger(L, m.to - text);
		lua_copy(L, -1, lua_upvalueindex(3));
		lua_replace(L, lua_upvalueindex(4));
		return match_push(&m, true);
	}
	return 0;
}

static int string_gmatch(lua_State *L)
{
	size_t length, begin;

	luaL_checklstring(L, 1, &length);
	luaL_checkstring(L, 2);
	begin = check_begin(L, 3, length);
	lua_settop(L, 2);
	lua_pushvalue(L, 1);
	pattern_push(L, 2, false);
	lua_pushinteger(L, (lua_Integer)(begin > length ? length + 1 : begin));
	lua_pushinteger(L, -1);
	lua_pushcclosure(L, gmatch_next, 4);
	return 1;
}

/* -- gsub ----------------------------------------------------------------- */

struct replacing {
	luaL_Buffer out;
	struct match m;
	lua_State *L;
};

static void add_bytes(struct replacing *r, const char *bytes, size_t size)
{
	limit_check_string(r->L, luaL_bufflen(&r->out) + size);
	luaL_addlstring(&r->out, bytes, size);
}

/* The value on top of the stack, as a text; popped. */
static void add_top(struct replacing *r)
{
	limit_check_string(r->L, luaL_bufflen(&r->out) + lua_rawlen(r->L, -1));
	luaL_addvalue(&r->out);
}

/* A replacement text: %0 is the match, %1 a capture, %% a per cent sign. */
static void add_text(struct replacing *r)
{
	size_t size;
	const char *text = lua_tolstring(r->L, 3, &size);

	for (const char *end = text + size; text < end; text++) {
		const char *percent = memchr(text, '%', (size_t)(end - text));

		add_bytes(r, text, (size_t)((percent ? percent : end) - text));
		if (!percent)
			return;
		text = percent + 1;
		if (text < end && *text == '%') {
			add_bytes(r, "%", 1);
		} else if (text < end && *text >= '0' && *text <= '9') {
			unsigned int i = (unsigned int)(*text - '0');

			match_push_one(&r->m,
				       i == 1 && !r->m.nr_captures ? 0 : i);
			lua_tolstring(r->L, -1, NULL);
			add_top(r);
		} else {
			luaL_error(r->L, "invalid use of '%%' in replacement "
					 "string");
		}
	}
}

/* What stands for the match: a text's, a table's, a function's answer. */
static void add_replacement(struct replacing *r)
{
	lua_State *L = r->L;
	int type = lua_type(L, 3);

	if (type == LUA_TFUNCTION) {
		lua_pushvalue(L, 3);
		lua_call(L, match_push(&r->m, true), 1);
	} else if (type == LUA_TTABLE) {
		match_push_one(&r->m, r->m.nr_captures ? 1 : 0);
		lua_gettable(L, 3);
	} else {
		add_text(r);
		return;
	}
	if (!lua_toboolean(L, -1)) {
		lua_pop(L, 1);
		add_bytes(r, r->m.from, (size_t)(r->m.to - r->m.from));
		return;
	}
	if (!lua_isstring(L, -1))
		luaL_error(L, "invalid replacement value (a %s)",
			   luaL_typename(L, -1));
	lua_tolstring(L, -1, NULL);
	add_top(r);
}

/* string.gsub(s, pattern, replacement, n) */
static int string_gsub(lua_State *L)
{
	size_t length;
	const char *text = luaL_checklstring(L, 1, &length);
	const char *at = text, *last = NULL;
	int type = lua_type(L, 3);
	lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
	lua_Integer nr = 0;
	const struct pattern *pattern;
	struct replacing r = { .L = L };

	luaL_argexpected(L,
			 type == LUA_TNUMBER || type == LUA_TSTRING ||
				 type == LUA_TFUNCTION || type == LUA_TTABLE,
			 3, "string/function/table");
	luaL_checkstring(L, 2);
	lua_settop(L, 3);
	pattern = pattern_push(L, 2, true);
	match_open(&r.m, L, pattern, text, length);
	luaL_buffinit(L, &r.out);
	while (nr < most) {
		if (match_at(&r.m, at) && r.m.to != last) {
			nr++;
			add_replacement(&r);
			at = last = r.m.to;
		} else if (at < r.m.end) {
			add_bytes(&r, at++, 1);
		} else {
			break;
		}
		if (pattern_is_anchored(pattern))
			break;
	}
	add_bytes(&r, at, (size_t)(r.m.end - at));
	luaL_pushresult(&r.out);
	lua_pushinteger(L, nr);
	return 2;
}

/* -- sizes, letters ------------------------------------------------------- */

/* string.rep(s, n, separator) */
static int string_rep(lua_State *L)
{
	size_t length, between;
	const char *text = luaL_checklstring(L, 1, &length);
	lua_Integer n = luaL_checkinteger(L, 2);
	const char *separator = luaL_optlstring(L, 3, "", &between);
	size_t total, done;
	luaL_Buffer out;
	char *copy;

	if (n < 1 || !(length + between)) {
		lua_pushliteral(L, "");
		return 1;
	}
	if ((lua_Unsigned)n > UINT64_MAX / 2 / (length + between))
		limit_check_string(L, UINT64_MAX);
	total = (size_t)n * (length + between) - between;
	limit_check_string(L, total);
	limit_charge(L, total / 64);
	copy = luaL_buffinitsize(L, &out, total + between);
	memcpy(copy, text, length);
	memcpy(copy + length, separator, between);
	/* what is there already is doubled */
	for (done = length + between; done < total; done *= 2)
		memcpy(copy + done, copy,
		       done < total - done ? done : total - done);
	luaL_pushresultsize(&out, total);
	return 1;
}

/* string.lower and string.upper: the letters of ASCII, everywhere. */
static int change_case(lua_State *L, char first, char last)
{
	size_t length;
	const char *text = luaL_checklstring(L, 1, &length);
	luaL_Buffer out;
	char *copy = luaL_buffinitsize(L, &out, length);

	limit_charge(L, length / 8);
	for (size_t i = 0; i < length; i++)
		copy[i] = text[i] >= first && text[i] <= last ?
				  (char)(text[i] ^ 0x20) :
				  text[i];
	luaL_pushresultsize(&out, length);
	return 1;
}

static int string_lower(lua_State *L)
{
	return change_case(L, 'A', 'Z');
}

static int string_upper(lua_State *L)
{
	return change_case(L, 'a', 'z');
}

void string_open(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "find", string_find },     { "match", string_match },
		{ "gmatch", string_gmatch }, { "gsub", string_gsub },
		{ "rep", string_rep },	     { "lower", string_lower },
		{ "upper", string_upper },   { NULL, NULL },
	};

	lua_getglobal(L, "string");
	luaL_setfuncs(L, functions, 0);
	lua_pop(L, 1);
}
