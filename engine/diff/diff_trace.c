/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_trace: the events of a trace that are missing in another, that were
 * inserted, or that differ in a field.
 *
 * The common beginning and end are skipped; between them, Myers's algorithm
 * finds the shortest edit (the furthest point that d edits reach on each
 * diagonal, for d = 0, 1, ...). A removed event and an inserted one of the same
 * name at the same place are one event that differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff_private.h"
#include "snapshot/trace_read.h"

enum { EDITS_MAX = 2000 }; /* time and memory grow with its square */
enum { TWIN_MAX = 64 }; /* inserted events that are searched for a twin */

struct traces {
	struct diff *d;
	const struct trace_file *a;
	const struct trace_file *b;
	uint32_t first; /* steps before are the same, in both */
	uint32_t nr_a; /* steps from there that are compared */
	uint32_t nr_b;
};

/* -- reporting ------------------------------------------------------------ */

/* "zone_skip nid=0 zone=DMA reason=highest_zoneidx", for free(). */
static char *event_text(const struct trace_event *e)
{
	const struct event_type *type = &event_types[e->id];
	struct json_writer out = { .data = NULL };
	const char *value = e->values;

	writer_raw(&out, type->name, strlen(type->name));
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const char *name = type->fields[i].name;

		writer_raw(&out, " ", 1);
		writer_raw(&out, name, strlen(name));
		writer_raw(&out, "=", 1);
		writer_raw(&out, value, strlen(value));
		value += strlen(value) + 1;
	}
	return writer_finish(&out);
}

/* @step is in one of the two only. */
static void report_alone(struct traces *t, uint32_t step, bool in_a)
{
	const struct trace_event e = trace_step(in_a ? t->a : t->b, step);
	struct difference found = {
		.part = DIFF_EVENTS,
		.how = in_a ? DIFF_LOST : DIFF_GAINED,
		.step_a = in_a ? step : 0,
		.step_b = in_a ? 0 : step,
		.request = e.request,
	};
	char *text = event_text(&e);

	if (!text) {
		t->d->failed = true;
		return;
	}
	found.what = text;
	diff_report(t->d, &found);
	free(text);
}

static void report_field(struct traces *t, uint32_t step_a, uint32_t step_b,
			 const char *field, const char *a, const char *b)
{
	const struct trace_event e = trace_step(t->a, step_a);
	struct difference found = {
		.part = DIFF_EVENTS,
		.how = DIFF_CHANGED,
		.a = a,
		.b = b,
		.step_a = step_a,
		.step_b = step_b,
		.request = e.request,
	};
	char what[128];

	snprintf(what, sizeof(what), "%s %s", event_types[e.id].name, field);
	found.what = what;
	diff_report(t->d, &found);
}

/* The same event on both sides, field by field. */
static void report_changed(struct traces *t, uint32_t step_a, uint32_t step_b)
{
	const struct trace_event a = trace_step(t->a, step_a);
	const struct trace_event b = trace_step(t->b, step_b);
	const struct event_type *type = &event_types[a.id];
	const char *x = a.values, *y = b.values;
	char text[2][16];

	if (a.skipped != b.skipped) {
		snprintf(text[0], sizeof(text[0]), "%u", a.request);
		snprintf(text[1], sizeof(text[1]), "%u", b.request);
		report_field(t, step_a, step_b, "request", text[0], text[1]);
	}
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		if (strcmp(x, y))
			report_field(t, step_a, step_b, type->fields[i].name, x,
				     y);
		x += strlen(x) + 1;
		y += strlen(y) + 1;
	}
}

/*
 * Steps [a, end_a) were removed and [b, end_b) inserted: those of the same
 * name, in the same order, are pairs that differ.
 */
static void report_run(struct traces *t, uint32_t a, uint32_t end_a, uint32_t b,
		       uint32_t end_b)
{
	for (; a < end_a && !t->d->failed; a++) {
		const struct trace_event e = trace_step(t->a, a);
		uint32_t twin = b;

		while (twin < end_b && twin - b < TWIN_MAX &&
		       trace_step(t->b, twin).id != e.id)
			twin++;
		if (twin == end_b || twin - b == TWIN_MAX) {
			report_alone(t, a, true);
			continue;
		}
		for (; b < twin; b++)
			report_alone(t, b, false);
		report_changed(t, a, b++);
	}
	for (; b < end_b && !t->d->failed; b++)
		report_alone(t, b, false);
}

/* -- the shortest edit ---------------------------------------------------- */

static bool same_step(const struct traces *t, uint32_t a, uint32_t b)
{
	const struct trace_event x = trace_step(t->a, a);
	const struct trace_event y = trace_step(t->b, b);

	return trace_events_equal(&x, &y);
}

/* Of d edits, diagonal k (x - y, from -d to d in twos) reaches x. */
static int32_t *reach(int32_t *all, int32_t d, int32_t k)
{
	/* rows of 1, 2, 3 ... numbers */
	return &all[(size_t)d * (size_t)(d + 1) / 2 + (size_t)((k + d) / 2)];
}

/* Did the last of @d edits on diagonal @k insert an event? */
static bool came_down(int32_t *all, int32_t d, int32_t k)
{
	return k == -d || (k != d && *reach(all, d - 1, k - 1) <
					     *reach(all, d - 1, k + 1));
}

static int32_t start_of(int32_t *all, int32_t d, int32_t k)
{
	if (!d)
		return 0;
	return came_down(all, d, k) ? *reach(all, d - 1, k + 1) :
				      *reach(all, d - 1, k - 1) + 1;
}

/*
 * The number of edits, filling @all; -1: more than EDITS_MAX. A diagonal goes
 * on beyond the end of a trace, without equal events.
 */
static int32_t shortest_edit(const struct traces *t, int32_t *all)
{
	const int32_t nr_a = (int32_t)t->nr_a, nr_b = (int32_t)t->nr_b;

	for (int32_t d = 0; d <= EDITS_MAX; d++) {
		for (int32_t k = -d; k <= d; k += 2) {
			int32_t x = start_of(all, d, k);

			while (x < nr_a && x - k >= 0 && x - k < nr_b &&
			       same_step(t, t->first + (uint32_t)x,
					 t->first + (uint32_t)(x - k)))
				x++;
			*reach(all, d, k) = x;
			if (x >= nr_a && x - k >= nr_b && k == nr_a - nr_b)
				return d;
		}
	}
	return -1;
}

/* The edits as flags: steps of a that are removed, of b inserted. */
static void mark_edits(const struct traces *t, int32_t *all, int32_t d,
		       unsigned char *removed, unsigned char *inserted)
{
	int32_t k = (int32_t)t->nr_a - (int32_t)t->nr_b;

	for (; d > 0; d--) {
		int32_t x = start_of(all, d, k), y = x - k;

		if (came_down(all, d, k)) {
			if (y >= 1 && y <= (int32_t)t->nr_b)
				inserted[y - 1] = 1;
			k++;
		} else {
			if (x >= 1 && x <= (int32_t)t->nr_a)
				removed[x - 1] = 1;
			k--;
		}
	}
}

static void report_edits(struct traces *t, const unsigned char *removed,
			 const unsigned char *inserted)
{
	uint32_t x = 0, y = 0;

	while ((x < t->nr_a || y < t->nr_b) && !t->d->failed) {
		uint32_t end_x = x, end_y = y;

		while (end_x < t->nr_a && removed[end_x])
			end_x++;
		while (end_y < t->nr_b && inserted[end_y])
			end_y++;
		report_run(t, t->first + x, t->first + end_x, t->first + y,
			   t->first + end_y);
		x = end_x;
		y = end_y;
		/* the events that both have here */
		while (x < t->nr_a && y < t->nr_b && !removed[x] &&
		       !inserted[y]) {
			x++;
			y++;
		}
	}
}

static void diff_middle(struct traces *t)
{
	const size_t room = (size_t)(EDITS_MAX + 1) * (EDITS_MAX + 2) / 2;
	int32_t *all = malloc(room * sizeof(*all));
	unsigned char *removed = calloc((size_t)t->nr_a + t->nr_b + 1, 1);
	unsigned char *inserted = removed ? removed + t->nr_a : NULL;
	int32_t d;

	if (!all || !removed) {
		t->d->failed = true;
	} else {
		d = shortest_edit(t, all);
		if (d >= 0)
			mark_edits(t, all, d, removed, inserted);
		else /* too little in common */
			memset(removed, 1, (size_t)t->nr_a + t->nr_b);
		report_edits(t, removed, inserted);
	}
	free(removed);
	free(all);
}

bool diff_traces(struct diff *d, const struct trace_file *a,
		 const struct trace_file *b)
{
	struct traces t = { .d = d, .a = a, .b = b, .first = 1 };
	uint32_t last_a = trace_nr_steps(a), last_b = trace_nr_steps(b);

	while (t.first <= last_a && t.first <= last_b &&
	       same_step(&t, t.first, t.first))
		t.first++;
	while (last_a >= t.first && last_b >= t.first &&
	       same_step(&t, last_a, last_b)) {
		last_a--;
		last_b--;
	}
	t.nr_a = last_a + 1 - t.first;
	t.nr_b = last_b + 1 - t.first;
	if (t.nr_a || t.nr_b)
		diff_middle(&t);
	return !d->failed;
}
