/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * note: what a scenario says beside its requests: captions, scenes, pauses,
 * expectations, the lesson's title; and parameters.
 *
 * A note belongs to the machine used last. Before the first machine, a note is
 * reported at once and kept for that machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/api.h"
#include "machine/array.h"
#include "session/prediction.h"

bool note_early(struct scenario *sc, const struct note *note)
{
	struct note copy, *early;

	if (!note_copy(&copy, note))
		return false;
	early = array_add(sc->early, sc->nr_early);
	if (!early) {
		note_destroy(&copy);
		return false;
	}
	*early = copy;
	REPORT(sc, early_note, early);
	return true;
}

bool note_flush(struct scenario *sc, struct session *s)
{
	bool all = true;

	for (uint32_t i = 0; i < sc->nr_early; i++) {
		all = session_add_note(s, &sc->early[i]) && all;
		note_destroy(&sc->early[i]);
	}
	sc->nr_early = 0;
	return all;
}

static void report_note(struct scenario *sc, const struct note *note)
{
	const struct scenario_options *o = &sc->options;

	if (o->on_note)
		o->on_note(o->context, sc->latest, note);
}

/* Add a note of @size bytes; @text is copied. */
static void add_parts(lua_State *L, enum note_kind kind, const char *text,
		      size_t size)
{
	struct scenario *sc = scenario_of(L);
	struct session *s = sc->latest;
	struct note note = {
		.kind = kind,
		.where = api_where(L),
		.text = text,
		.size = (uint32_t)size,
	};
	bool kept;

	limit_check_output(L, size);
	if (s) {
		note.step = sc->in_hook ? sc->hook_step : session_nr_steps(s);
		note.request = session_nr_requests(s);
		kept = session_add_note(s, &note);
	} else {
		kept = note_early(sc, &note);
	}
	if (!kept)
		limit_raise_memory(L);
	report_note(sc, &note);
}

void note_add(lua_State *L, enum note_kind kind, const char *text)
{
	add_parts(L, kind, text, strlen(text) + 1);
}

/* Argument @index as a string; numbers are converted. */
static const char *check_text(lua_State *L, int index, const char *function)
{
	if (lua_type(L, index) == LUA_TNUMBER)
		return lua_tostring(L, index);
	return args_string(L, index, function, "a string");
}

/* say(text) */
static int note_say(lua_State *L)
{
	note_add(L, NOTE_SAY, check_text(L, 1, "say"));
	return 0;
}

/* print(...): a caption of its arguments with spaces between them. */
static int note_print(lua_State *L)
{
	int nr = lua_gettop(L);

	lua_pushliteral(L, "");
	for (int i = 1; i <= nr; i++) {
		lua_pushstring(L, i > 1 ? " " : "");
		lua_getglobal(L, "tostring");
		lua_pushvalue(L, i);
		lua_call(L, 1, 1);
		lua_concat(L, 3);
	}
	note_add(L, NOTE_SAY, lua_tostring(L, -1));
	return 0;
}

/* scene(name) */
static int note_scene(lua_State *L)
{
	note_add(L, NOTE_SCENE, check_text(L, 1, "scene"));
	return 0;
}

/* host.note(kind, text): a note of several parts, with zeros between them. */
int note_host(lua_State *L)
{
	static const char *const kinds[] = {
#define NOTE(id, least, most, help) #id,
#include "session/notes.def"
	};
	const uint32_t kind = args_choice(L, 1, "note", kinds, NR_NOTE_KINDS);
	size_t length;
	const char *text = lua_tolstring(L, 2, &length);

	add_parts(L, (enum note_kind)kind, text, length + 1);
	return 0;
}

/* host.has_form(form, text): is the text an answer of that form? */
int note_has_form(lua_State *L)
{
	const uint32_t form =
		args_choice(L, 1, "ask: type", form_names, NR_FORMS);

	lua_pushboolean(L, prediction_has_form((enum answer_form)form,
					       lua_tostring(L, 2)));
	return 1;
}

/* pause([text]) */
static int note_pause(lua_State *L)
{
	const char *text = lua_isnoneornil(L, 1) ? "" :
						   check_text(L, 1, "pause");

	note_add(L, NOTE_PAUSE, text);
	return 0;
}

static void check_panel(lua_State *L, const char *what)
{
	static const char *const panels[] = { "walk", "zone",	    "lists",
					      "pcp",  "pageblocks", "map",
					      "log",  "source",	    "machine" };

	args_choice(L, 1, what, panels, sizeof(panels) / sizeof(panels[0]));
}

/* focus(panel): the panel to look at, by its name on the screen. */
static int note_focus(lua_State *L)
{
	check_panel(L, "focus");
	note_add(L, NOTE_FOCUS, lua_tostring(L, 1));
	return 0;
}

/* host.panel(name): an error unless a panel has that name. */
int note_panel(lua_State *L)
{
	check_panel(L, "ask: hide");
	return 0;
}

/* expect(condition, text): reports a false condition; the run goes on. */
static int note_expect(lua_State *L)
{
	const char *text = "the condition does not hold";

	if (lua_isnone(L, 1))
		api_error(L,
			  "expect: expected a condition; write expect(b.pfn == "
			  "8, \"why\") (zonewalk doc lua)");
	if (!lua_isnoneornil(L, 2))
		text = check_text(L, 2, "expect");
	if (!lua_toboolean(L, 1)) {
		note_add(L, NOTE_EXPECT_FAILED, text);
		scenario_of(L)->nr_failed++;
	}
	lua_settop(L, 1);
	return 1;
}

/* Replace the text at @place. */
static void keep_text(lua_State *L, char **place, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		limit_raise_memory(L);
	free(*place);
	*place = copy;
}

/* lesson{ title, goal, author, minutes } */
static int note_lesson(lua_State *L)
{
	struct scenario *sc = scenario_of(L);
	const char *title, *goal;
	uint32_t minutes = 0;
	struct args a;

	args_open(&a, L, 1, "lesson", keys_lesson, NULL, NULL);
	title = args_text(&a, "title");
	goal = args_text(&a, "goal");
	args_text(&a, "author");
	args_u32(&a, "minutes", 1, 600, &minutes);
	if (!title)
		api_error(L, "lesson: expected a title; write lesson{ title = "
			     "\"...\", goal = \"...\" }");
	limit_check_output(L, strlen(title) + (goal ? strlen(goal) : 0));
	keep_text(L, &sc->title, title);
	keep_text(L, &sc->goal, goal ? goal : "");
	sc->minutes = minutes;
	REPORT(sc, lesson, sc->title, sc->goal, sc->minutes);
	if (sc->options.on_lesson)
		sc->options.on_lesson(sc->options.context, sc->title, sc->goal);
	return 0;
}

/* The value of --set @name=, or NULL. */
static const char *param_value(struct scenario *sc, const char *name)
{
	size_t len = strlen(name);
	const char *found = NULL;

	for (uint32_t i = 0; i < sc->nr_params; i++) {
		const char *param = sc->options.params[i];

		if (strncmp(param, name, len) || param[len] != '=')
			continue;
		sc->param_read[i] = true;
		REPORT(sc, param, i);
		found = param + len + 1; /* the last one wins */
	}
	return found;
}

/* param(name, default): the value of --set name=, as default's type. */
static int note_param(lua_State *L)
{
	const char *name = check_text(L, 1, "param");
	const char *value = param_value(scenario_of(L), name);
	int type = lua_type(L, 2);

	lua_settop(L, 2);
	if (!value)
		return 1;
	if (type == LUA_TNUMBER) {
		if (!lua_stringtonumber(L, value))
			api_error(L, "param: --set %s=%s: expected a number",
				  name, value);
	} else if (type == LUA_TBOOLEAN) {
		if (strcmp(value, "true") && strcmp(value, "false"))
			api_error(L,
				  "param: --set %s=%s: expected true or false",
				  name, value);
		lua_pushboolean(L, !strcmp(value, "true"));
	} else {
		lua_pushstring(L, value);
	}
	return 1;
}

const struct api_key keys_lesson[] = {
	KEY("title", "string", "its name"),
	KEY("goal", "string", "what the learner can do afterwards"),
	KEY("author", "string", "who wrote it"),
	KEY("minutes", "integer", "how many minutes it takes"),
	{ .name = NULL },
};

const struct api_key keys_exercise[] = {
	KEY("text", "string", "the task; may be written without text ="),
	KEY("checks", "{ [1]: string, [2]: boolean }[]",
	    "properties that solve it, each { text, condition }"),
	KEY("variants", "{ [1]: string, [2]: string }[]",
	    "other runs, each { \"NAME=VALUE\", text }: of a parameter, or of "
	    "seed"),
	{ .name = NULL },
};

const struct api_row note_rows[] = {
	GLOBAL("say", note_say, NULL, "say(text)", "(text: string|number)",
	       "Show a caption."),
	GLOBAL("print", note_print, NULL, "print(...)", "(...: any)",
	       "Show the arguments as a caption, with spaces between them."),
	GLOBAL("scene", note_scene, NULL, "scene(name)", "(name: string)",
	       "Begin a scene: a named part of the scenario."),
	GLOBAL("pause", note_pause, NULL, "pause([text])", "(text?: string)",
	       "Stop the player here."),
	GLOBAL("focus", note_focus, NULL, "focus(panel)",
	       "(panel: \"walk\"|\"zone\"|\"lists\"|\"pcp\"|"
	       "\"pageblocks\"|\"map\"|\"log\"|\"source\"|\"machine\")",
	       "Point at a panel: walk, zone, lists, pcp, pageblocks, map, log, "
	       "source or machine."),
	GLOBAL("takeaway", NULL, NULL, "takeaway(text)", "(text: string)",
	       "Say what to remember; the end of the lesson shows it."),
	GLOBAL("expect", note_expect, NULL, "expect(condition, text)",
	       "(condition: any, text?: string): any",
	       "Check a condition. If it is false or nil, report that and "
	       "continue; the exit code of the run is then 1."),
	GLOBAL("lesson", note_lesson, keys_lesson,
	       "lesson{ title = \"...\", goal = \"...\" }",
	       "(about: zonewalk.lesson)", "Describe the scenario."),
	GLOBAL("param", note_param, NULL, "param(name, default)",
	       "(name: string, default?: any): any",
	       "Return the value that --set name=value gives, with the type of "
	       "default, or default."),
	{ .name = NULL },
};
