/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_request: requests typed after a colon, made at the end of the
 * timeline. An invalid one is an error and not made.
 */
#include <stdlib.h>

#include "app/app_private.h"
#include "machine/gfp.h"

/* A number from 0 to @max; absent: *value stays. False: an error. */
static bool read_argument(struct app *app, const char *key, const char *text,
			  uint32_t max, uint32_t *value)
{
	uint64_t number;

	if (!text)
		return true;
	if (!read_number(text, max, &number))
		return app_fail(app, MESSAGE_argument, key, text, 0u, max);
	*value = (uint32_t)number;
	return true;
}

/* The number of argument @key of a command. */
static bool read_key(struct app *app, const struct typed_command *c,
		     const char *key, uint32_t max, uint32_t *value)
{
	return read_argument(app, key, command_value(c, key), max, value);
}

static bool read_flags(struct app *app, const struct typed_command *c,
		       const char *key,
		       bool (*parse)(const char *, uint32_t *, char *, size_t,
				     const char **),
		       uint32_t *flags)
{
	const char *text = command_value(c, key), *near = NULL;
	char word[GFP_WORD_MAX], error[160];

	if (!text || parse(text, flags, word, sizeof(word), &near))
		return true;
	return app_fail(app, MESSAGE_bad_flag, key, word,
			gfp_word_error(word, near, error, sizeof(error)));
}

/* "0,1" */
static bool read_nodemask(struct app *app, const char *text,
			  const struct machine *m, struct alloc_request *r)
{
	const char *at = text;

	r->has_nodemask = text != NULL;
	while (at) {
		char *end;
		unsigned long nid = strtoul(at, &end, 10);

		if (end == at || nid >= m->system->nr_nodes || nid >= 64 ||
		    (*end && *end != ','))
			return app_fail(app, MESSAGE_bad_nodemask, text);
		r->nodemask |= 1ull << nid;
		at = *end ? end + 1 : NULL;
	}
	return true;
}

static bool read_alloc(struct app *app, const struct typed_command *c,
		       const struct machine *m, struct alloc_request *r)
{
	*r = (struct alloc_request){ .gfp = GFP_KERNEL };
	if (!read_key(app, c, "order", m->max_order - 1, &r->order) ||
	    !read_flags(app, c, "gfp", gfp_from_text, &r->gfp) ||
	    !read_key(app, c, "cpu", m->system->nr_cpus - 1, &r->cpu))
		return false;
	r->nid = m->system->cpu_node[r->cpu];
	r->has_alloc_flags = command_value(c, "flags");
	return read_key(app, c, "node", m->system->nr_nodes - 1, &r->nid) &&
	       read_nodemask(app, command_value(c, "nodemask"), m, r) &&
	       read_flags(app, c, "flags", alloc_flags_from_text,
			  &r->alloc_flags);
}

static bool is_error(struct app *app, const char *what,
		     enum machine_error error)
{
	if (error == MACHINE_ERROR_none)
		return false;
	app_say(app, MESSAGE_request_error, what,
		enum_text(KIND_machine_error, error));
	return true;
}

/*
 * Make a request, and show its first step. Returns its number; 0: it was not
 * made, the message says why.
 */
static uint32_t make(struct app *app, const char *what,
		     const struct request *wanted)
{
	const struct request *r;

	/* its steps are after the question's */
	if (guide_open_question(&app->guide)) {
		app_say(app, MESSAGE_answer_first);
		return 0;
	}
	r = session_request(app->input.session, wanted, NULL);
	if (!r)
		app_say(app, MESSAGE_no_memory);
	if (!r || is_error(app, what, r->error) || !time_extend(app))
		return 0;
	time_jump(app, r->first_step);
	app_say(app, MESSAGE_done, session_nr_requests(app->input.session),
		what);
	return session_nr_requests(app->input.session);
}

bool do_alloc(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	const struct machine *m = session_machine(s);
	struct request wanted = { .kind = REQUEST_ALLOC };
	const struct request *r;
	uint32_t number;

	if (command_word(c, 0))
		return app_fail(app, MESSAGE_alloc_usage, command_word(c, 0));
	if (!read_alloc(app, c, m, &wanted.alloc) ||
	    is_error(app, "alloc", machine_alloc_check(m, &wanted.alloc)))
		return false;
	if (wanted.alloc.has_alloc_flags)
		wanted.kind = REQUEST_GET_PAGE;
	request_set_name(&wanted, command_value(c, "owner"));
	number = make(app, "alloc", &wanted);
	if (!number)
		return false;
	r = session_get_request(s, number - 1);
	if (r->pfn == PFN_NONE)
		app_say(app, MESSAGE_no_page, number);
	else
		app_say(app, MESSAGE_allocated, number, r->pfn, r->alloc.order);
	return true;
}

bool do_free(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	const struct machine *m = session_machine(s);
	struct request wanted = { .kind = REQUEST_FREE };
	uint32_t pfn = PFN_NONE, head;

	if (!command_word(c, 0))
		return app_fail(app, MESSAGE_free_usage);
	if (!read_argument(app, "free", command_word(c, 0),
			   m->system->max_pfn - 1, &pfn) ||
	    !read_key(app, c, "cpu", m->system->nr_cpus - 1, &wanted.free.cpu))
		return false;
	session_seek(s, session_nr_steps(s));
	head = page_head(m, pfn);
	if (head == PFN_NONE || page_state(m->pages[head]) != PAGE_USED)
		return app_fail(app, MESSAGE_not_in_use, pfn);
	wanted.free.pfn = head;
	wanted.free.order = page_order(m->pages[head]);
	return !is_error(app, "free",
			 machine_free_check(m, wanted.free.cpu, head,
					    wanted.free.order)) &&
	       make(app, "free", &wanted);
}

bool do_drain(struct app *app, const struct typed_command *c)
{
	const struct machine *m = session_machine(app->input.session);
	struct request wanted = { .kind = REQUEST_DRAIN };

	return read_key(app, c, "cpu", m->system->nr_cpus - 1,
			&wanted.drain.cpu) &&
	       make(app, "drain", &wanted);
}

uint32_t requests_repeat(struct session *s, const struct session *from,
			 uint32_t first)
{
	uint32_t nr = 0;

	for (; first < session_nr_requests(from); first++) {
		const struct request *r = session_request(
			s, session_get_request(from, first), NULL);

		nr += r && r->error == MACHINE_ERROR_none;
	}
	return nr;
}
