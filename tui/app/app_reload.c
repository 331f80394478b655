/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_reload: the file again, after an edit or with another seed. The
 * current request stays, requests typed here are repeated.
 */
#include "app/app_private.h"

/* A step as a request and how far into it. */
struct request_place {
	uint32_t request; /* UINT32_MAX: before the first */
	uint32_t offset;
};

static struct request_place place_of(const struct session *s, uint32_t step)
{
	struct request_place place = { .request = session_request_at(s, step) };

	if (place.request != UINT32_MAX)
		place.offset =
			step -
			session_get_request(s, place.request)->first_step;
	return place;
}

/* The step of a place; in a shorter request its end, else the session's. */
static uint32_t step_of(const struct session *s, struct request_place place)
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

/* Replace the old session by the new one. */
static void replace(struct app *app, const struct app_input *fresh)
{
	const struct session *old = app->input.session;
	const struct request_place place = place_of(old, app->player.step);
	const uint32_t nr_typed =
		session_nr_requests(old) - app->nr_input_requests;
	uint32_t nr_again;

	app->nr_input_requests = session_nr_requests(fresh->session);
	nr_again = requests_repeat(fresh->session, old,
				   session_nr_requests(old) - nr_typed);
	flips_close(app);
	app->input = *fresh;
	app->view.scenario = fresh->text;
	if (app->matches.watchpoint.kind) /* it may be of another machine */
		search_forget(app);
	time_extend(app);
	time_go(app,
		guide_place(&app->guide, step_of(app->input.session, place)));
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
	struct file_error error;
	bool ok;

	if (!app->host || !app->host->reload || !app->input.path) {
		app_say(app, MESSAGE_no_reload);
		return APP_DRAW;
	}
	/* what has no seed is not a scenario, which calls waiting() itself */
	if (app->waiting && !app->input.seed)
		app->waiting(app->waiting_context);
	ok = app->host->reload(app->host->context, seed, &fresh, &error);
	app->running = false;
	print_to(app->error, "%s", ok ? "" : error.text);
	if (!ok)
		return APP_DRAW;
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

static void write_option(FILE *out, const char *option, const char *word)
{
	fprintf(out, "%s ", option);
	shell_print(out, "", word);
}

const char *reload_command(const struct app *app, char *buf, size_t size)
{
	const struct app_input *input = &app->input;
	uint32_t i = session_request_at(input->session, app->player.step);
	FILE *out = NULL;

	if (i != UINT32_MAX && i >= app->nr_input_requests) {
		snprintf(buf, size, MESSAGE_typed_here, i + 1);
		return buf;
	}
	out = fmemopen(buf, size, "w");
	if (!out)
		return MESSAGE_no_memory;
	write_option(out, "zonewalk play", input->path ? input->path : "-");
	if (input->assignment)
		write_option(out, " --grade", input->assignment);
	for (const char *const *p = input->params; p && *p; p++)
		write_option(out, " --set", *p);
	if (app->guide.no_questions)
		fputs(" --no-questions", out);
	if (input->seed > 1)
		fprintf(out, " --seed %llu", (unsigned long long)input->seed);
	fprintf(out, "%s --step %u",
		app->guide.no_questions ? " --no-questions" : "",
		app->player.step);
	fclose(out);
	return buf;
}
