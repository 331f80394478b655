/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property_names: names are checked when the assignment is read, so that a
 * misspelt field is an error and not a property that always fails.
 */
#include "grade/property_host.h"

#include <string.h>

#include "lua/scenario.h"
#include "session/prediction.h"

/* fail(message): raise it with the line of the assignment. */
static int host_fail(lua_State *L)
{
	return api_error(L, "%s", luaL_checkstring(L, 1));
}

/* args(table, what, keys): raise unless the table has only these keys. */
static int host_args(lua_State *L)
{
	const char *what = luaL_checkstring(L, 2);
	char value[80], near[96];

	if (!lua_istable(L, 1))
		api_error(L, "%s: a table of named values is expected, not %s",
			  what, api_value_text(L, 1, value, sizeof(value)));
	for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
		const char *keys[32];
		size_t nr = 0, length = lua_rawlen(L, 3);
		bool known = false;

		for (size_t i = 1; i <= length && nr < 32; i++) {
			lua_rawgeti(L, 3, (lua_Integer)i);
			keys[nr++] = lua_tostring(L, -1);
			known = known || lua_rawequal(L, -1, 4);
			lua_pop(L, 1);
		}
		if (known)
			continue;
		api_value_text(L, 4, value, sizeof(value));
		api_did_you_mean(lua_type(L, 4) != LUA_TSTRING ?
					 NULL :
					 nearest_name(lua_tostring(L, 4), keys,
						      nr, sizeof(keys[0])),
				 near, sizeof(near));
		api_error(L, "%s: no such key: %s%s", what, value, near);
	}
	return 0;
}

/* event(name): its id; raises if there is none. */
static int host_event(lua_State *L)
{
	lua_pushinteger(L, event_check(L, luaL_checkstring(L, 1)));
	return 1;
}

/* of_allocation(event): is it emitted only while a page is allocated? */
static int host_of_allocation(lua_State *L)
{
	const char *name = luaL_checkstring(L, 1);
	enum event_id id;

	if (!strcmp(name, "*"))
		return 0;
	id = event_check(L, name);
	lua_pushboolean(L, id != EVENT_request_error &&
				   (event_types[id].stage == STAGE_REQUEST ||
				    event_types[id].stage == STAGE_WALK ||
				    event_types[id].stage == STAGE_WATERMARK ||
				    event_types[id].stage == STAGE_PREP));
	return 1;
}

const struct event_field *property_check_field(lua_State *L, const char *event,
					       const char *name)
{
	const struct event_type *type;
	char near[96];
	int index;

	if (!strcmp(event, "*"))
		api_error(L, "\"*\" matches any event and has no fields: %s",
			  name);
	type = &event_types[event_check(L, event)];
	index = event_field_index(type, name);
	if (index < 0)
		api_error(L,
			  "%s has no field \"%.60s\"%s (zonewalk doc events)",
			  event, name,
			  api_did_you_mean(nearest_name(name, type->fields,
							type->nr_fields,
							sizeof(*type->fields)),
					   near, sizeof(near)));
	return &type->fields[index];
}

/* field(event, name): raises if there is none. */
static int host_field(lua_State *L)
{
	property_check_field(L, luaL_checkstring(L, 1), luaL_checkstring(L, 2));
	return 0;
}

/* The Lua type of a field of this kind (see push_field in lua/event.c). */
static int kind_type(enum field_kind kind)
{
	if (kind == KIND_flag)
		return LUA_TBOOLEAN;
	if (kind == KIND_nodemask)
		return LUA_TTABLE;
	if (kind == KIND_zone || kind == KIND_migratetype || kind == KIND_gfp ||
	    kind == KIND_alloc_flags || kind_is_enum(kind))
		return LUA_TSTRING;
	return LUA_TNUMBER;
}

static bool word_known(enum field_kind kind, const char *word)
{
	if (kind == KIND_migratetype)
		return migratetype_from_name(word) >= 0;
	if (!kind_is_enum(kind))
		return true; /* zones depend on the machine, flags may be
				combined */
	for (unsigned int i = 0; i < enum_size(kind); i++)
		if (!strcmp(word, enum_name(kind, i)))
			return true;
	return false;
}

/* value(event, field, value): raises if the field cannot have it. */
static int host_value(lua_State *L)
{
	const struct event_field *field = property_check_field(
		L, luaL_checkstring(L, 1), luaL_checkstring(L, 2));
	int type = kind_type(field->kind);
	char value[80];

	if (lua_type(L, 3) != type)
		api_error(L, "%s.%s is a %s and cannot be %s",
			  lua_tostring(L, 1), field->name,
			  lua_typename(L, type),
			  api_value_text(L, 3, value, sizeof(value)));
	if (type == LUA_TSTRING && !word_known(field->kind, lua_tostring(L, 3)))
		api_error(L, "%s.%s cannot be \"%.60s\" (zonewalk doc events)",
			  lua_tostring(L, 1), field->name, lua_tostring(L, 3));
	return 0;
}

/* request_kind(name): raises if there is none. */
static int host_request_kind(lua_State *L)
{
	const char *names[NR_REQUEST_KINDS], *name = luaL_checkstring(L, 1);
	char near[96];

	for (int i = 0; i < NR_REQUEST_KINDS; i++) {
		names[i] = request_kind_name((enum request_kind)i);
		if (!strcmp(names[i], name))
			return 0;
	}
	return api_error(L, "\"%.60s\": no such kind of request%s", name,
			 api_did_you_mean(nearest_name(name, names,
						       NR_REQUEST_KINDS,
						       sizeof(names[0])),
					  near, sizeof(near)));
}

/* is_right(answer, fact): may be spelled in another way. */
static int host_is_right(lua_State *L)
{
	lua_pushboolean(L, prediction_is_right(luaL_checkstring(L, 1),
					       luaL_checkstring(L, 2)));
	return 1;
}

/* limit(name, value): raises if there is no such limit. */
static int host_limit(lua_State *L)
{
	struct scenario_options options = { .seed = 1 };
	const char *name = luaL_checkstring(L, 1), *near;
	lua_Integer value = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
	char text[96];

	if (value < 1)
		api_error(L,
			  "assignment: limits: %s: a number from 1 is "
			  "expected",
			  name);
	if (!scenario_set_limit(&options, name, (uint64_t)value, &near))
		api_error(L, "assignment: limits: %.60s: no such limit%s", name,
			  api_did_you_mean(near, text, sizeof(text)));
	return 0;
}

void property_set_names(lua_State *L)
{
	static const luaL_Reg names[] = {
		{ "fail", host_fail },
		{ "args", host_args },
		{ "event", host_event },
		{ "of_allocation", host_of_allocation },
		{ "field", host_field },
		{ "value", host_value },
		{ "request_kind", host_request_kind },
		{ "limit", host_limit },
		{ "is_right", host_is_right },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, names, 0);
}
