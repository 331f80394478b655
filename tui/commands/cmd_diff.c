/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_diff: `zonewalk diff A B` prints the differences between two snapshots
 * (or the first states of recordings), or between two traces.
 *
 * The text has a line per difference, in groups, of which long ones are cut;
 * the JSON (zonewalk/diff/1) has every difference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "diff/diff.h"

enum {
	LINES_MAX = 20, /* of a group */
	PAGES_MAX = 16, /* of a line */
};

struct diffing {
	const struct options *options;
	uint32_t part; /* the present group; NR_DIFF_PARTS: none */
	uint32_t nr_lines; /* printed of it */
	uint32_t nr_left_out; /* cut from it */
	uint32_t nr_hidden; /* of all groups */
	struct json_writer out;
};

/* -- text ----------------------------------------------------------------- */

static void print_place(const struct difference *d)
{
	if (d->nid == DIFF_NOWHERE)
		return; /* the heading says it */
	if (d->zone)
		printf("zone %s of ", d->zone);
	printf("node %u", d->nid);
	if (d->cpu != DIFF_NOWHERE)
		printf(", cpu %u", d->cpu);
	printf(": ");
}

static void print_pages(const struct diffing *diffing,
			const struct difference *d)
{
	uint32_t nr = d->nr_pages;

	if (nr > PAGES_MAX && !diffing->options->all)
		nr = PAGES_MAX;
	for (uint32_t i = 0; i < nr; i++) {
		const struct diff_page *page = &d->pages[i];

		printf("%s%u", i ? ", " : " ", page->pfn);
		if (d->how == DIFF_MOVED)
			printf(" (place %u -> %u)", page->from, page->to);
	}
	if (nr < d->nr_pages)
		printf(" and %u more", d->nr_pages - nr);
	if (d->now)
		printf(" (%s %s)", d->how == DIFF_LOST ? "now" : "before",
		       d->now);
}

/* Print " (-1024)" after two numbers. */
static void print_change(const char *a, const char *b)
{
	char *end_a, *end_b;
	long long x = strtoll(a, &end_a, 10), y = strtoll(b, &end_b, 10);

	if (*a && *b && !*end_a && !*end_b && x > -(1ll << 60) &&
	    x < 1ll << 60 && y > -(1ll << 60) && y < 1ll << 60)
		printf(" (%+lld)", y - x);
}

static void print_values(const struct difference *d)
{
	const char *a = d->a ? d->a : "nothing", *b = d->b ? d->b : "nothing";

	printf("%s %s -> %s", d->what, a, b);
	if (d->part != DIFF_EVENTS)
		print_change(a, b);
}

static void print_event(const struct difference *d)
{
	if (d->how == DIFF_GAINED)
		printf("step %u of the second", d->step_b);
	else
		printf("step %u", d->step_a);
	if (d->how == DIFF_CHANGED && d->step_b != d->step_a)
		printf(" (%u of the second)", d->step_b);
	printf(", request %u: ", d->request);
	if (d->how == DIFF_CHANGED)
		print_values(d);
	else
		printf("%s: %s", d->how == DIFF_LOST ? "missing" : "inserted",
		       d->what);
}

static void print_difference(const struct diffing *diffing,
			     const struct difference *d)
{
	printf("  ");
	if (d->part == DIFF_EVENTS) {
		print_event(d);
	} else if (d->how == DIFF_CHANGED) {
		print_place(d);
		print_values(d);
	} else {
		print_place(d);
		printf("%s %s", d->what, diff_how_name(d->how));
		print_pages(diffing, d);
	}
	putchar('\n');
}

static void end_group(struct diffing *diffing)
{
	if (diffing->nr_left_out)
		printf("  and %u more\n", diffing->nr_left_out);
	diffing->nr_hidden += diffing->nr_left_out;
	diffing->nr_left_out = 0;
	diffing->nr_lines = 0;
}

static void begin_group(struct diffing *diffing, const struct difference *d)
{
	static const char *const headings[NR_DIFF_PARTS] = {
		[DIFF_MACHINE] = "the machine",
		[DIFF_ZONES] = "counters and watermarks",
		[DIFF_FREE_LISTS] = "free lists",
		[DIFF_PER_CPU] = "per-cpu lists",
		[DIFF_PAGEBLOCKS] = "pageblocks",
		[DIFF_BLOCKS] = "blocks in use",
		[DIFF_EVENTS] = "events",
	};

	end_group(diffing);
	diffing->part = d->part;
	printf("%s", headings[d->part]);
	if (d->part == DIFF_EVENTS)
		printf(", the first at step %u, request %u",
		       d->step_a ? d->step_a : d->step_b, d->request);
	putchar('\n');
}

static void found_text(void *context, const struct difference *d)
{
	struct diffing *diffing = context;

	if (diffing->options->quiet)
		return;
	if (diffing->part != d->part)
		begin_group(diffing, d);
	if (diffing->nr_lines == LINES_MAX && !diffing->options->all) {
		diffing->nr_left_out++;
		return;
	}
	diffing->nr_lines++;
	print_difference(diffing, d);
}

/* -- JSON ----------------------------------------------------------------- */

/* A member that is left out if it is 0. */
static void add_number(struct json_writer *out, const char *key, uint32_t value)
{
	if (value)
		writer_add_u64(out, key, value);
}

static void add_pages(struct json_writer *out, const struct difference *d)
{
	writer_key(out, "pages");
	writer_open(out, '[');
	for (uint32_t i = 0; i < d->nr_pages; i++) {
		writer_open(out, '{');
		writer_add_u64(out, "pfn", d->pages[i].pfn);
		add_number(out, "from", d->pages[i].from);
		add_number(out, "to", d->pages[i].to);
		writer_close(out, '}');
	}
	writer_close(out, ']');
}

static void add_where(struct json_writer *out, const struct difference *d)
{
	if (d->nid != DIFF_NOWHERE)
		writer_add_u64(out, "node", d->nid);
	if (d->zone)
		writer_add_string(out, "zone", d->zone);
	if (d->cpu != DIFF_NOWHERE)
		writer_add_u64(out, "cpu", d->cpu);
	add_number(out, "step_a", d->step_a);
	add_number(out, "step_b", d->step_b);
	add_number(out, "request", d->request);
}

static void found_json(void *context, const struct difference *d)
{
	struct json_writer *out = &((struct diffing *)context)->out;

	writer_open(out, '{');
	writer_add_string(out, "part", diff_part_name(d->part));
	writer_add_string(out, "how", diff_how_name(d->how));
	add_where(out, d);
	writer_add_string(out, "what", d->what);
	if (d->how == DIFF_CHANGED) {
		writer_add_string(out, "a", d->a);
		writer_add_string(out, "b", d->b);
	}
	if (d->now)
		writer_add_string(out, d->how == DIFF_LOST ? "now" : "before",
				  d->now);
	if (d->pages)
		add_pages(out, d);
	writer_close(out, '}');
}

static void begin_json(struct diffing *diffing, const struct diff_file *files)
{
	struct json_writer *out = &diffing->out;

	writer_open(out, '{');
	writer_add_string(out, "schema", "zonewalk/diff/1");
	for (int i = 0; i < 2; i++) {
		writer_key(out, i ? "b" : "a");
		writer_open(out, '{');
		writer_add_string(out, "file", diffing->options->arguments[i]);
		writer_add_string(out, "kind", diff_kind_name(files[i].kind));
		writer_close(out, '}');
	}
	writer_key(out, "differences");
	writer_open(out, '[');
}

static void end_json(struct diffing *diffing, bool same)
{
	writer_close(&diffing->out, ']');
	writer_add_bool(&diffing->out, "same", same);
	writer_close(&diffing->out, '}');
}

/* -- the command ---------------------------------------------------------- */

static void print_number(struct diffing *diffing, uint32_t nr)
{
	end_group(diffing);
	if (!nr || diffing->options->quiet)
		return;
	printf("%u difference%s", nr, plural(nr));
	if (diffing->nr_hidden)
		printf(", %u of them not shown; --all shows them",
		       diffing->nr_hidden);
	putchar('\n');
}

static int compare(struct diffing *diffing, const struct diff_file *files)
{
	const bool json = diffing->options->json;
	const struct diff_sink sink = { .found = json ? found_json : found_text,
					.context = diffing };
	struct file_error error;
	uint32_t nr;
	bool done;

	if (json)
		begin_json(diffing, files);
	done = diff_files(&files[0], &files[1], &sink, &nr, &error);
	if (json) {
		end_json(diffing, !nr);
		done = cli_print_json(&diffing->out) && done;
	}
	if (!done)
		return cli_no_memory("diff");
	if (!json)
		print_number(diffing, nr);
	return nr ? EXIT_CHECK_FAILED : EXIT_GOOD;
}

static int open_and_compare(struct diffing *diffing, struct diff_file *files)
{
	struct file_error error;

	for (int i = 0; i < 2; i++) {
		const int code = lesson_refuse("diff",
					       diffing->options->arguments[i],
					       "a snapshot or a trace");

		if (code != EXIT_GOOD)
			return code;
		if (diff_open(&files[i], diffing->options->arguments[i],
			      &error))
			continue;
		return cli_fail(EXIT_FILE, "%s", error.text);
	}
	if ((files[0].kind == DIFF_OF_TRACE) !=
	    (files[1].kind == DIFF_OF_TRACE))
		return cli_usage("diff",
				 "a snapshot and a trace cannot be compared: "
				 "the first file is a %s, the second a %s",
				 diff_kind_name(files[0].kind),
				 diff_kind_name(files[1].kind));
	return compare(diffing, files);
}

int cmd_diff(const struct options *o)
{
	struct diffing diffing = { .options = o, .part = NR_DIFF_PARTS };
	struct diff_file files[2] = { { .kind = DIFF_OF_SNAPSHOT } };
	int code;

	if (!strcmp(o->arguments[0], "-") && !strcmp(o->arguments[1], "-"))
		return cli_usage("diff", "only one of the two files can be "
					 "standard input");
	code = open_and_compare(&diffing, files);
	diff_close(&files[0]);
	diff_close(&files[1]);
	return cli_finish(code);
}
