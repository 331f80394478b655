/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_reload: the input's file again, after an edit or with another seed.
 * One stays at the same request; what was typed is made again.
 */
#include <string.h>

#include "app/app_private.h"

/* A step as a request and how far into it. */
struct place {
	uint32_t request; /* UINT32_MAX: before the first */
	uint32_t offset;
};

static struct place place_of(const struct session *s, uint32_t step)
{
	struct place place = { .request = session_request_at(s, step) };

	if (place.request != UINT32_MAX)
		place.offset =
			step -
			session_get_request(s, place.request)->first_step;
	return place;
}

/* The step of a place; in a shorter request its end, else the input's. */
static uint32_t step_of(const struct session *s, struct place place)
{
	const struct request *r;

	if (place.request == UINT32_MAX)
		return 0;
	r = session_get_request(s, place.request);
	if (!r)
		return session_nr_steps(s);
	if (place.offset > r->last_step - r->first_step)
		return r->last_step;
	return r->first_step + place.offset;
}

/* Take the new input in place of the old one. */
static void replace(struct app *app, const struct app_input *fresh)
{
	const struct session *old = app->input.session;
	const struct place place = place_of(old, app->player.step);
	const uint32_t nr_typed =
		session_nr_requests(old) - app->nr_input_requests;
	uint32_t nr_again;

	app->view.prediction.on = false;
	app->nr_answered = 0;
	app->nr_input_requests = session_nr_requests(fresh->session);
	nr_again = typed_again(fresh->session, old,
			       session_nr_requests(old) - nr_typed);
	app->input = *fresh;
	time_extend(app);
	player_goto(&app->player, step_of(app->input.session, place));
	if (fresh->message[0])
		app_say(app, "%s", fresh->message);
	else if (nr_typed)
		app_say(app, MESSAGE_reloaded_typed, nr_again, nr_typed);
	else
		app_say(app, MESSAGE_reloaded);
}

enum app_effect app_reload(struct app *app, uint64_t seed)
{
	struct app_input fresh = app->input;
	char message[MAX_MESSAGE];

	if (!app->host || !app->host->reload || !app->input.path) {
		app_say(app, MESSAGE_no_reload);
		return APP_DRAW;
	}
	if (!app->host->reload(app->host->context, seed, &fresh, message,
			       sizeof(message))) {
		app_say(app, "%s", message);
		return APP_DRAW;
	}
	replace(app, &fresh);
	if (app->host->forget)
		app->host->forget(app->host->context);
	return APP_REDRAW;
}

uint32_t app_source_line(const struct app *app)
{
	const struct session *s = app->input.session;
	uint32_t i = session_request_at(s, app->player.step);
	const struct request *r = session_get_request(s, i);
	const struct note *note;

	if (r && r->where.file)
		return r->where.line;
	note = session_nr_notes(s) ? session_note_at(s, 0) : NULL;
	return !r && note && note->where.file ? note->where.line : 0;
}

/* A word for a shell: quoted where it must be. */
static size_t quote(char *buf, size_t size, const char *word)
{
	const char *safe = "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,:@%-";
	size_t used = 0;

	if (*word && !word[strspn(word, safe)])
		return (size_t)snprintf(buf, size, "%s", word);
	buf[used++] = '\'';
	for (; *word && used + 6 < size; word++) {
		if (*word == '\'') {
			memcpy(buf + used, "'\\''", 4);
			used += 4;
		} else {
			buf[used++] = *word;
		}
	}
	buf[used++] = '\'';
	buf[used] = '\0';
	return used;
}

/* " --set K=V" and the like, as much as there is room for. */
static size_t add_option(char *buf, size_t size, size_t used, const char *name,
			 const char *value)
{
	char word[MAX_MESSAGE];

	quote(word, sizeof(word), value);
	if (used + strlen(name) + strlen(word) + 2 < size)
		used += (size_t)snprintf(buf + used, size - used, " %s %s",
					 name, word);
	return used;
}

const char *reload_command(const struct app *app, char *buf, size_t size)
{
	const struct app_input *input = &app->input;
	uint32_t i = session_request_at(input->session, app->player.step);
	const char *const *param = input->params;
	char number[24];
	size_t used;

	if (i != UINT32_MAX && i >= app->nr_input_requests) {
		snprintf(buf, size, MESSAGE_typed_here, i + 1);
		return buf;
	}
	used = add_option(buf, size, 0, "zonewalk play",
			  input->path ? input->path : "-");
	memmove(buf, buf + 1, used--); /* the blank before it */
	if (input->assignment)
		used = add_option(buf, size, used, "--grade",
				  input->assignment);
	for (; param && *param; param++)
		used = add_option(buf, size, used, "--set", *param);
	snprintf(number, sizeof(number), "%llu",
		 (unsigned long long)input->seed);
	if (input->seed > 1)
		used = add_option(buf, size, used, "--seed", number);
	snprintf(number, sizeof(number), "%u", app->player.step);
	add_option(buf, size, used, "--step", number);
	return buf;
}
