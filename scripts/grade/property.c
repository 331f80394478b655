/* SPDX-License-Identifier: GPL-2.0-or-later */
/* property: run the Lua files of the assignment language, read results. */
#include "grade/property.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grade/property_host.h"

extern const struct embedded_file grade_files[];
extern const size_t nr_grade_files;

static const char describe_key[] = "grade.describe";
static const char evaluate_key[] = "grade.evaluate";
static const char fact_names_key[] = "grade.fact_names";

/*
 * Run one file with the tables at indices 1 and 2, `host` and the one that
 * the files share. Its results stay on top.
 */
static void load_file(lua_State *L, const char *name, int nr_results)
{
	for (size_t i = 0; i < nr_grade_files; i++) {
		const struct embedded_file *file = &grade_files[i];

		if (strcmp(file->name, name))
			continue;
		library_push_file(L, file);
		lua_pushvalue(L, 1);
		lua_pushvalue(L, 2);
		lua_call(L, 2, nr_results);
		return;
	}
	luaL_error(L, "%s is not built in", name);
}

void property_open(lua_State *L)
{
	lua_settop(L, 0);
	property_push_host(L);
	lua_newtable(L);
	load_file(L, "pattern.lua", 0);
	load_file(L, "check.lua", 0);
	load_file(L, "seq.lua", 0);
	load_file(L, "whole.lua", 0);
	load_file(L, "given.lua", 0);
	load_file(L, "prelude.lua", 3);
	lua_setfield(L, LUA_REGISTRYINDEX, fact_names_key);
	lua_setfield(L, LUA_REGISTRYINDEX, evaluate_key);
	lua_setfield(L, LUA_REGISTRYINDEX, describe_key);
	lua_settop(L, 0);
	/* only given.setup and given.after may make requests */
	scenario_of(L)->in_hook = true;
}

void property_describe(lua_State *L)
{
	lua_getfield(L, LUA_REGISTRYINDEX, describe_key);
	lua_call(L, 0, 2);
}

void property_fact_names(lua_State *L)
{
	lua_getfield(L, LUA_REGISTRYINDEX, fact_names_key);
	lua_call(L, 0, 1);
}

/* -- results from Lua ----------------------------------------------------- */

/* Copy field @name of the table on top, or "", to @place. */
static void take_text(lua_State *L, const char *name, char **place)
{
	const char *text;

	lua_getfield(L, -1, name);
	text = lua_tostring(L, -1);
	if (!grade_replace(place, text ? text : ""))
		luaL_error(L, "not enough memory");
	lua_pop(L, 1);
}

/* The fields machine and step of the table on top. */
static void take_counterexample(lua_State *L, struct grade_counterexample *w)
{
	const struct scenario *sc = scenario_of(L);
	lua_Integer machine, step;
	int known;

	lua_getfield(L, -1, "machine");
	machine = lua_tointegerx(L, -1, &known);
	lua_getfield(L, -2, "step");
	step = lua_tointeger(L, -1);
	lua_pop(L, 2);
	if (!known || machine < 0 || machine >= (lua_Integer)sc->nr_sessions ||
	    step < 0)
		return;
	*w = (struct grade_counterexample){
		.known = true,
		.machine = (uint32_t)machine,
		.step = (uint32_t)step,
	};
	if (w->step > session_nr_steps(sc->sessions[machine]))
		w->step = session_nr_steps(sc->sessions[machine]);
	w->request = property_request_at(sc->sessions[machine], w->step);
}

static enum grade_verdict take_verdict(lua_State *L)
{
	enum grade_verdict verdict = GRADE_FAIL;
	const char *word;

	lua_getfield(L, -1, "verdict");
	word = lua_tostring(L, -1);
	for (int v = 0; word && v < NR_GRADE_VERDICTS; v++)
		if (!strcmp(word, grade_verdict_name((enum grade_verdict)v)))
			verdict = (enum grade_verdict)v;
	lua_pop(L, 1);
	return verdict;
}

/* The part of the points: by the verdict, or of a measure. */
static double take_fraction(lua_State *L, enum grade_verdict verdict)
{
	double fraction = verdict == GRADE_PASS ? 1.0 : 0.0;

	lua_getfield(L, -1, "fraction");
	if (verdict == GRADE_PARTIAL && lua_isnumber(L, -1))
		fraction = lua_tonumber(L, -1);
	lua_pop(L, 1);
	return fraction;
}

/* Read the result on top of the stack. */
static void take_result(lua_State *L, struct grade_result *r, double *fraction)
{
	r->verdict = take_verdict(L);
	*fraction = take_fraction(L, r->verdict);
	take_text(L, "actual", &r->actual);
	take_text(L, "expected", &r->expected);
	take_text(L, "missed", &r->missed_facts);
	take_counterexample(L, &r->counterexample);
	lua_getfield(L, -1, "value");
	r->has_value = lua_isnumber(L, -1);
	r->value = r->has_value ? lua_tonumber(L, -1) : 0;
	lua_pop(L, 1);
}

static void take_violation(lua_State *L, struct property_violation *v)
{
	lua_getfield(L, -1, "word");
	snprintf(v->word, sizeof(v->word), "%s",
		 lua_isstring(L, -1) ? lua_tostring(L, -1) : "request");
	lua_pop(L, 1);
	take_text(L, "text", &v->text);
	take_counterexample(L, &v->counterexample);
}

/* -- a run ---------------------------------------------------------------- */

static void push_input(lua_State *L, const struct property_input *input)
{
	lua_createtable(L, 0, 4);
	api_set_string(L, "id", input->id);
	api_set_integer(L, "seed", (lua_Integer)input->seed);
	lua_pushboolean(L, input->any_loaded);
	lua_setfield(L, -2, "any_loaded");
	lua_newtable(L);
	for (uint32_t i = 0; i < input->nr_answers; i++) {
		lua_pushstring(L, input->answers[i].value);
		lua_setfield(L, -2, input->answers[i].name);
	}
	lua_setfield(L, -2, "answers");
}

void property_evaluate(lua_State *L, const struct property_input *input,
		       struct evaluation *out)
{
	int base = lua_gettop(L);

	lua_getfield(L, LUA_REGISTRYINDEX, evaluate_key);
	push_input(L, input);
	lua_pushinteger(L, input->nr_machines);
	lua_call(L, 2, 2);
	if (!lua_isnil(L, base + 1)) {
		lua_pop(L, 1);
		take_violation(L, &out->violation);
		lua_settop(L, base);
		return;
	}
	for (int hidden = 0; hidden < 2; hidden++) {
		out->visible_done = hidden;
		for (uint32_t i = 0; i < out->nr_properties; i++) {
			if (grade_is_hidden(&out->properties[i]) != hidden)
				continue;
			lua_pushvalue(L, base + 2);
			lua_pushinteger(L, (lua_Integer)i + 1);
			lua_call(L, 1, 1);
			take_result(L, &out->results[i], &out->fractions[i]);
			lua_pop(L, 1);
		}
	}
	lua_settop(L, base);
}
