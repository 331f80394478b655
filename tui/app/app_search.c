/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_search: searching and watching. Both lead along the steps that match,
 * which are found in slices: a jump may have to wait for a few of them.
 */
#include "app/app_private.h"

/* A jump that waits until more matches are known; the directions are +-1. */
enum { WAIT_NOTHING, WAIT_LAST_CHANGE = 2 };

static const struct request *request_of(const struct app *app, uint32_t step)
{
	return session_get_request(app->input.session,
				   session_request_at(app->input.session,
						      step));
}

/* "request 3 (alloc order 2 ...)" of a step. */
static const char *request_text_at(const struct app *app, uint32_t step,
				   char *buf, size_t size)
{
	const struct request *r = request_of(app, step);
	char text[GFP_TEXT_MAX + 128];

	if (!r)
		return "";
	snprintf(buf, size, MESSAGE_of_request,
		 session_request_at(app->input.session, step) + 1,
		 request_text(r, text, sizeof(text)));
	return buf;
}

/* Which match the current step is, of how many. */
static void say_match(struct app *app)
{
	const struct matches *m = &app->matches;
	const uint32_t step = app->player.step,
		       limit = guide_limit(&app->guide);
	const uint32_t nr = matches_count(m, step);
	const uint32_t total = matches_count(m, limit);
	char text[MAX_MESSAGE];

	app->message[0] = '\0';
	app->is_counting = m->scanned < limit;
	if (m->search.kind)
		app_say(app, MESSAGE_found, nr, total,
			app->is_counting ? "+" : "", matches_name(m));
	else
		app_say(app, MESSAGE_changed, matches_name(m), nr, total,
			app->is_counting ? "+" : "", step,
			request_text_at(app, step, text, sizeof(text)));
}

static void say_none(struct app *app, int direction)
{
	const struct matches *m = &app->matches;
	const char *name = matches_name(m);

	if (!m->search.kind)
		app_say(app,
			direction > 0 ? MESSAGE_no_change_after :
					MESSAGE_no_change_before,
			name);
	else if (matches_count(m, guide_limit(&app->guide)))
		app_say(app,
			direction > 0 ? MESSAGE_none_after :
					MESSAGE_none_before,
			name);
	else
		app_say(app, MESSAGE_none, name,
			hint_text(event_nearest(name)).s);
}

static void say_last_change(struct app *app, uint32_t step)
{
	const char *name = matches_name(&app->matches);
	char text[MAX_MESSAGE];

	if (step == NOWHERE)
		app_say(app, MESSAGE_watch_never, name);
	else if (step == app->player.step)
		app_say(app, MESSAGE_watch_here, name);
	else
		app_say(app, MESSAGE_watch_last, name, step,
			request_text_at(app, step, text, sizeof(text)));
}

/* The jump, if enough is known. */
static bool try_jump(struct app *app)
{
	const int wait = app->search_wait;
	const uint32_t from = app->player.step;
	const uint32_t step = wait == WAIT_LAST_CHANGE ?
				      matches_find(&app->matches, from + 1, -1,
						   guide_limit(&app->guide)) :
				      matches_find(&app->matches, from, wait,
						   guide_limit(&app->guide));

	if (step == NOT_KNOWN_YET)
		return false;
	app->message[0] = '\0'; /* of the progress */
	app->search_wait = WAIT_NOTHING;
	if (wait == WAIT_LAST_CHANGE) {
		say_last_change(app, step);
	} else if (step == NOWHERE) {
		say_none(app, wait);
	} else {
		time_jump(app, step);
		say_match(app);
	}
	return true;
}

/* Captions after an open question are not found, as steps after it. */
static uint32_t notes_limit(const struct app *app)
{
	const struct question *q = guide_open_question(&app->guide);

	return q ? q->note : session_nr_notes(app->input.session);
}

bool search_is_busy(const struct app *app)
{
	return app->matches.bits &&
	       (app->matches.scanned < guide_limit(&app->guide) ||
		app->matches.scanned_notes < notes_limit(app));
}

static unsigned int percent_done(const struct app *app)
{
	return (unsigned int)(100ull * app->matches.scanned /
			      (guide_limit(&app->guide) + 1));
}

static void say_progress(struct app *app)
{
	app->message[0] = '\0';
	app_say(app, MESSAGE_searching, percent_done(app),
		matches_name(&app->matches));
}

enum app_effect search_tick(struct app *app)
{
	const unsigned int before = percent_done(app);
	bool done;

	if (!search_is_busy(app))
		return APP_NOTHING;
	done = matches_scan(&app->matches, app->input.session,
			    guide_limit(&app->guide), notes_limit(app));
	if (app->search_wait) {
		if (try_jump(app))
			return APP_DRAW;
		if (percent_done(app) == before)
			return APP_NOTHING;
		say_progress(app);
		return APP_DRAW;
	}
	if (!done || !app->is_counting || !app->message[0])
		return APP_NOTHING;
	say_match(app);
	return APP_DRAW;
}

/* Look for a match; most are found at once. */
static void jump(struct app *app, int wait)
{
	app->search_wait = wait;
	search_tick(app);
	if (app->search_wait && !try_jump(app))
		say_progress(app);
}

void search_forget(struct app *app)
{
	matches_fini(&app->matches);
	app->search_wait = WAIT_NOTHING;
}

void search_again(struct app *app)
{
	if (app->matches.bits &&
	    !matches_begin(&app->matches, app->input.session))
		app_say(app, MESSAGE_no_memory);
}

/* -- searching ------------------------------------------------------------- */

bool search_for(struct app *app, const char *text)
{
	const struct session *s = app->input.session;
	struct search search;
	struct file_error error;

	if (!*text) {
		time_search(app, 1);
		return app->matches.bits;
	}
	if (!search_init(&search, session_machine(s), text, &error)) {
		search_fini(&search);
		return app_fail(app, "%s", error.text);
	}
	search_forget(app);
	app->matches.search = search;
	if (!matches_begin(&app->matches, s))
		return app_fail(app, MESSAGE_no_memory);
	jump(app, 1);
	return true;
}

void time_search(struct app *app, int direction)
{
	if (app->matches.bits)
		jump(app, direction);
	else
		app_say(app, MESSAGE_no_search);
}

/* -- watching -------------------------------------------------------------- */

static void watch(struct app *app, struct watchpoint w)
{
	search_forget(app);
	app->matches.watchpoint = w;
	if (matches_begin(&app->matches, app->input.session))
		jump(app, WAIT_LAST_CHANGE);
	else
		app_say(app, MESSAGE_no_memory);
}

void watch_page(struct app *app, uint32_t pfn)
{
	watch(app, watchpoint_page(pfn));
}

void watch_list(struct app *app, uint32_t order, uint32_t type)
{
	watch(app, watchpoint_list(app->view_model->m, app->view_model->zone,
				   order, type));
}

static void watch_pcp(struct app *app)
{
	const struct view_model *vm = app->view_model;

	watch(app, watchpoint_counter(
			   vm->m, &zone_pcp(vm->m, vm->zone, vm->cpu)->count,
			   text_of(TEXT_watch_pcp, vm->cpu, vm->zone_name).s));
}

static void watch_free(struct app *app)
{
	const struct view_model *vm = app->view_model;

	watch(app,
	      watchpoint_counter(vm->m, &vm->zone->nr_free_pages,
				 text_of(TEXT_watch_free, vm->zone_name).s));
}

void watch_focus(struct app *app, int unused)
{
	const struct view_model *vm = app->view_model;
	const struct layout *l = &app->layout;
	uint32_t order, type;
	enum view_id view = l->nr_panels ? l->panels[l->focus].view : VIEW_none;

	if (!vm->zone)
		return;
	switch (view) {
	case VIEW_map:
	case VIEW_pageblocks:
		watch_page(app, view_map_at(&app->view, vm));
		break;
	case VIEW_split:
	case VIEW_merge:
		watch_page(app, vm->split.pfn);
		break;
	case VIEW_lists:
	case VIEW_steal:
		view_model_list(vm, &order, &type);
		watch_list(app, order,
			   type < MIGRATE_TYPES ? type : MIGRATE_MOVABLE);
		break;
	case VIEW_pcp:
	case VIEW_pcp_flow:
		watch_pcp(app);
		break;
	default:
		watch_free(app);
	}
}
