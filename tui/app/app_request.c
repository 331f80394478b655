/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_request: requests typed after a colon, made at the end of the
 * timeline. An invalid one is an error and not made.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"

/* A number from 0 to @max; absent: *value stays. False: an error. */
static bool read_number(struct app *app, const char *key, const char *text,
			uint32_t max, uint32_t *value)
{
	unsigned long long number;
	char *end;

	if (!text)
		return true;
	errno = 0;
	number = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || number > max) {
		app_say(app, MESSAGE_argument, key, text, 0u, max);
		return false;
	}
	*value = (uint32_t)number;
	return true;
}

static bool read_flags(struct app *app, const char *key, const char *text,
		       bool (*parse)(const char *, uint32_t *, char *, size_t,
				     const char **),
		       uint32_t *flags)
{
	char word[64], hint[80];
	const char *near;

	if (!text || parse(text, flags, word, sizeof(word), &near))
		return true;
	app_say(app, MESSAGE_bad_flag, key, word,
		hint_text(near, hint, sizeof(hint)));
	return false;
}

/* "0,1" */
static bool read_nodemask(struct app *app, const char *text,
			  const struct machine *m, struct alloc_request *r)
{
	const char *at = text;

	if (!text)
		return true;
	r->has_nodemask = true;
	for (;;) {
		char *end;
		unsigned long nid = strtoul(at, &end, 10);

		if (end == at || nid >= m->system->nr_nodes || nid >= 64) {
			app_say(app, MESSAGE_bad_nodemask, text);
			return false;
		}
		r->nodemask |= 1ull << nid;
		if (!*end)
			return true;
		if (*end != ',') {
			app_say(app, MESSAGE_bad_nodemask, text);
			return false;
		}
		at = end + 1;
	}
}

static bool read_cpu(struct app *app, const struct typed_command *c,
		     const struct machine *m, uint32_t *cpu)
{
	return read_number(app, "cpu", command_value(c, "cpu"),
			   m->system->nr_cpus - 1, cpu);
}

static bool read_alloc(struct app *app, const struct typed_command *c,
		       const struct machine *m, struct alloc_request *r)
{
	*r = (struct alloc_request){ .gfp = GFP_KERNEL };
	if (!read_number(app, "order", command_value(c, "order"),
			 m->max_order - 1, &r->order) ||
	    !read_flags(app, "gfp", command_value(c, "gfp"), gfp_from_text,
			&r->gfp) ||
	    !read_cpu(app, c, m, &r->cpu))
		return false;
	r->nid = m->system->cpu_node[r->cpu];
	r->has_alloc_flags = command_value(c, "flags");
	return read_number(app, "node", command_value(c, "node"),
			   m->system->nr_nodes - 1, &r->nid) &&
	       read_nodemask(app, command_value(c, "nodemask"), m, r) &&
	       read_flags(app, "flags", command_value(c, "flags"),
			  alloc_flags_from_text, &r->alloc_flags);
}

static bool is_error(struct app *app, const char *what,
		     enum machine_error refusal)
{
	if (refusal == MACHINE_ERROR_none)
		return false;
	app_say(app, MESSAGE_request_error, what,
		enum_text(KIND_machine_error, refusal));
	return true;
}

/* Show the new request's first step. */
static bool show_request(struct app *app, const struct request *r,
			 const char *what)
{
	uint32_t step;

	if (!r) {
		app_say(app, MESSAGE_no_memory);
		return false;
	}
	if (is_error(app, what, r->error))
		return false;
	step = r->first_step;
	time_extend(app);
	app->finished = true; /* what is typed does not belong to the lesson */
	time_jump(app, step);
	return true;
}

bool typed_alloc(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	const struct machine *m = session_machine(s);
	struct request wanted = { .kind = REQUEST_ALLOC };
	const struct request *r;
	uint32_t number;

	if (command_word(c, 0)) {
		app_say(app, MESSAGE_alloc_usage, command_word(c, 0));
		return false;
	}
	if (!read_alloc(app, c, m, &wanted.alloc) ||
	    is_error(app, "alloc", machine_alloc_check(m, &wanted.alloc)))
		return false;
	if (wanted.alloc.has_alloc_flags)
		wanted.kind = REQUEST_GET_PAGE;
	request_set_name(&wanted, command_value(c, "owner"));
	r = session_request(s, &wanted, NULL);
	if (!show_request(app, r, "alloc"))
		return false;
	number = session_nr_requests(s);
	r = session_get_request(s, number - 1);
	if (r->pfn == PFN_NONE)
		app_say(app, MESSAGE_no_page, number);
	else
		app_say(app, MESSAGE_allocated, number, r->pfn, r->alloc.order);
	return true;
}

bool typed_free(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	const struct machine *m = session_machine(s);
	struct request wanted = { .kind = REQUEST_FREE };
	uint32_t pfn = PFN_NONE, head;

	if (!command_word(c, 0)) {
		app_say(app, MESSAGE_free_usage);
		return false;
	}
	if (!read_number(app, "free", command_word(c, 0),
			 m->system->max_pfn - 1, &pfn) ||
	    !read_cpu(app, c, m, &wanted.free.cpu))
		return false;
	session_seek(s, session_nr_steps(s));
	head = page_head(m, pfn);
	if (head == PFN_NONE || page_state(m->pages[head]) != PAGE_USED) {
		app_say(app, MESSAGE_not_in_use, pfn);
		return false;
	}
	wanted.free.pfn = head;
	wanted.free.order = page_order(m->pages[head]);
	if (is_error(app, "free",
		     machine_free_check(m, wanted.free.cpu, head,
					wanted.free.order)) ||
	    !show_request(app, session_request(s, &wanted, NULL), "free"))
		return false;
	app_say(app, MESSAGE_done, session_nr_requests(s), "free");
	return true;
}

bool typed_drain(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	struct request wanted = { .kind = REQUEST_DRAIN };

	if (!read_cpu(app, c, session_machine(s), &wanted.drain.cpu) ||
	    !show_request(app, session_request(s, &wanted, NULL), "drain"))
		return false;
	app_say(app, MESSAGE_done, session_nr_requests(s), "drain");
	return true;
}

/* Would the machine take @r, which the user typed on another one? */
static bool can_make_again(struct session *s, const struct request *r)
{
	const struct machine *m = session_machine(s);

	session_seek(s, session_nr_steps(s));
	switch (r->kind) {
	case REQUEST_ALLOC:
	case REQUEST_GET_PAGE:
		return machine_alloc_check(m, &r->alloc) == MACHINE_ERROR_none;
	case REQUEST_FREE:
		return r->free.pfn < m->system->max_pfn &&
		       machine_free_check(m, r->free.cpu, r->free.pfn,
					  r->free.order) == MACHINE_ERROR_none;
	case REQUEST_DRAIN:
		return r->drain.cpu < m->system->nr_cpus;
	default:
		return false;
	}
}

uint32_t typed_again(struct session *s, const struct session *from,
		     uint32_t first)
{
	uint32_t nr = 0;

	for (; first < session_nr_requests(from); first++) {
		const struct request *r = session_get_request(from, first);

		if (can_make_again(s, r) && session_request(s, r, NULL))
			nr++;
	}
	return nr;
}
