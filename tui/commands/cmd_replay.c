/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zonewalk replay: do what a real kernel did, and compare everything.
 *
 * A line per recording; at the first difference a few more, with the
 * command that shows that step. Every file is done, whatever the others
 * gave; the worst exit code wins.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "replay/recording.h"
#include "json/writer.h"

enum form { FORM_TEXT, FORM_JSON, FORM_QUIET };

/* -- the command that shows a step ---------------------------------------- */

static bool needs_quotes(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_./:=@%+,-";

	return !*path || path[strspn(path, plain)];
}

/* @path as one word of a shell; one that begins with '-' is no option. */
static void add_path(struct json_text *out, const char *path)
{
	bool quotes = needs_quotes(path);

	if (quotes)
		text_raw(out, "'", 1);
	if (*path == '-')
		text_raw(out, "./", 2);
	for (; *path; path++) {
		if (*path == '\'')
			text_raw(out, "'\\''", 4);
		else
			text_raw(out, path, 1);
	}
	if (quotes)
		text_raw(out, "'", 1);
}

/* For the caller to free(); NULL: no memory. */
static char *show_command(const char *path, uint32_t step)
{
	static const char command[] = "zonewalk frame ";
	struct json_text out = { .data = NULL };
	char tail[32];

	snprintf(tail, sizeof(tail), " --step %u", step);
	text_raw(&out, command, strlen(command));
	add_path(&out, path);
	text_raw(&out, tail, strlen(tail));
	return text_finish(&out);
}

/* -- results -------------------------------------------------------------- */

static void print_difference(const char *path,
			     const struct replay_result *result,
			     const char *command)
{
	printf("  where      %s:%u", path, result->line);
	if (result->request)
		printf(", operation %u", result->request);
	printf("\n  operation  %s\n", result->operation);
	printf("  differs    %s\n", result->what);
	printf("  expected   %s\n", result->expected);
	printf("  got        %s\n", result->got);
	printf("  to see it  %s\n", command);
}

static void print_text(const char *path, const struct recording *r,
		       const struct replay_result *result, const char *command)
{
	printf("%s: %u operations, %u events, %u states: %s\n",
	       recording_title(r), result->nr_ops, result->nr_events,
	       result->nr_states,
	       result->identical ? "identical" : "different");
	if (!result->identical)
		print_difference(path, result, command);
}

static void add_string(struct json_text *out, const char *key,
		       const char *value)
{
	text_key(out, key);
	text_string(out, value);
}

static void add_number(struct json_text *out, const char *key, uint32_t value)
{
	text_key(out, key);
	text_i64(out, value);
}

static void add_difference(struct json_text *out,
			   const struct replay_result *result,
			   const char *command)
{
	text_key(out, "difference");
	text_open(out, '{');
	add_number(out, "line", result->line);
	text_key(out, "request");
	if (result->request)
		text_i64(out, result->request);
	else
		text_null(out);
	add_number(out, "step", result->step);
	add_string(out, "operation", result->operation);
	add_string(out, "what", result->what);
	add_string(out, "expected", result->expected);
	add_string(out, "got", result->got);
	add_string(out, "command", command);
	text_close(out, '}');
}

static void add_result(struct json_text *out, const char *path,
		       const struct recording *r,
		       const struct replay_result *result, const char *command)
{
	text_open(out, '{');
	add_string(out, "file", path);
	add_string(out, "title", recording_title(r));
	add_number(out, "operations", result->nr_ops);
	add_number(out, "events", result->nr_events);
	add_number(out, "states", result->nr_states);
	text_key(out, "identical");
	text_flag(out, result->identical);
	if (!result->identical)
		add_difference(out, result, command);
	text_close(out, '}');
}

static void add_error(struct json_text *out, const char *path,
		      const char *error)
{
	text_open(out, '{');
	add_string(out, "file", path);
	add_string(out, "error", error);
	text_close(out, '}');
}

/* -- the command ---------------------------------------------------------- */

static int replay_opened(const char *path, const struct recording *r,
			 enum form form, struct json_text *out,
			 struct file_error *error)
{
	struct replay_result result;
	char *command;

	if (!recording_replay(r, &result, error))
		return EXIT_FILE;
	command = show_command(path, result.step);
	if (!command) {
		snprintf(error->text, sizeof(error->text), "no memory");
		return EXIT_FILE;
	}
	if (form == FORM_TEXT)
		print_text(path, r, &result, command);
	if (form == FORM_JSON)
		add_result(out, path, r, &result, command);
	free(command);
	return result.identical ? EXIT_GOOD : EXIT_CHECK_FAILED;
}

static int replay_file(const char *path, enum form form, struct json_text *out)
{
	struct file_error error;
	struct recording *r = recording_open(path, &error);
	int code = EXIT_FILE;

	if (r)
		code = replay_opened(path, r, form, out, &error);
	recording_close(r);
	if (code != EXIT_FILE)
		return code;
	cli_error("%s", error.text);
	if (form == FORM_JSON)
		add_error(out, path, error.text);
	return code;
}

static int replay_files(char **paths, int nr, enum form form)
{
	struct json_text out = { .data = NULL };
	int worst = EXIT_GOOD;
	char *text;

	text_open(&out, '{');
	text_key(&out, "recordings");
	text_open(&out, '[');
	for (int i = 0; i < nr; i++) {
		int code = replay_file(paths[i], form, &out);

		if (code > worst)
			worst = code;
	}
	text_close(&out, ']');
	text_close(&out, '}');
	text = text_finish(&out);
	if (!text)
		cli_error("no memory");
	else if (form == FORM_JSON)
		puts(text);
	free(text);
	return text ? worst : EXIT_FILE;
}

int cmd_replay(const struct options *o)
{
	if (o->quiet && o->json)
		return cli_usage("replay", "--quiet and --json exclude each "
					   "other");
	return cli_finish(replay_files(o->arguments, o->nr_arguments,
				       o->json	? FORM_JSON :
				       o->quiet ? FORM_QUIET :
						  FORM_TEXT));
}
