/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zonewalk replay: make a real kernel's requests again, on each build of the
 * allocator, and compare every result.
 *
 * Prints one line per recording, and after the first difference some more,
 * with the command that shows that step. Every file is replayed, whatever
 * the others gave; the worst exit code wins.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "replay/recording.h"

enum { ALL_BUILDS = (1 << NR_REPLAY_BUILDS) - 1 };

/* What to replay, and where the results go. */
struct replay_job {
	const struct options *o;
	const char *path; /* of the recording */
	unsigned int builds; /* bit i: enum replay_build i */
	struct json_writer out; /* all recordings, as JSON */
};

/* The command that shows a step, for the caller to free(); NULL: no memory. */
static char *show_command(const char *path, uint32_t step)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return NULL;
	fputs("zonewalk frame ", out);
	/* a path that begins with - would be an option */
	shell_print(out, *path == '-' ? "./" : "", path);
	fprintf(out, " --step %u", step);
	if (!fclose(out))
		return text;
	free(text);
	return NULL;
}

/* -- results -------------------------------------------------------------- */

static void print_difference(const char *path,
			     const struct replay_result *result,
			     const char *command)
{
	printf("  build      %s\n", replay_build_name(result->build));
	printf("  where      %s:%u", path, result->line);
	if (result->request)
		printf(", operation %u", result->request);
	printf("\n  operation  %s\n", result->operation);
	printf("  differs    %s\n", result->what);
	printf("  expected   %s\n", result->expected);
	printf("  got        %s\n", result->got);
	printf("  to see it  %s\n", command);
}

static void print_text(const struct replay_job *job, const struct recording *r,
		       const struct replay_result *result, const char *command)
{
	printf("%s: %u operations, %u events, %u states: %s",
	       recording_title(r), result->nr_ops, result->nr_events,
	       result->nr_states,
	       result->identical ? "identical" : "different");
	if (job->builds != ALL_BUILDS)
		printf(" (%s build)", job->builds & 1 << REPLAY_TRACED ?
					      "traced" :
					      "untraced");
	printf("\n");
	if (!result->identical)
		print_difference(job->path, result, command);
}

static void add_difference(struct json_writer *out,
			   const struct replay_result *result,
			   const char *command)
{
	writer_key(out, "difference");
	writer_open(out, '{');
	writer_add_string(out, "build", replay_build_name(result->build));
	writer_add_u64(out, "line", result->line);
	if (result->request)
		writer_add_u64(out, "request", result->request);
	else
		writer_add_string(out, "request", NULL);
	writer_add_u64(out, "step", result->step);
	writer_add_string(out, "operation", result->operation);
	writer_add_string(out, "what", result->what);
	writer_add_string(out, "expected", result->expected);
	writer_add_string(out, "got", result->got);
	writer_add_string(out, "command", command);
	writer_close(out, '}');
}

static void add_result(struct replay_job *job, const struct recording *r,
		       const struct replay_result *result, const char *command)
{
	struct json_writer *out = &job->out;

	writer_open(out, '{');
	writer_add_string(out, "file", job->path);
	writer_add_string(out, "title", recording_title(r));
	writer_add_u64(out, "operations", result->nr_ops);
	writer_add_u64(out, "events", result->nr_events);
	writer_add_u64(out, "states", result->nr_states);
	writer_key(out, "builds");
	writer_open(out, '[');
	for (enum replay_build b = 0; b < NR_REPLAY_BUILDS; b++)
		if (job->builds & 1 << b)
			writer_string(out, replay_build_name(b));
	writer_close(out, ']');
	writer_add_u64(out, "cached_requests", result->nr_cached);
	writer_add_bool(out, "identical", result->identical);
	if (!result->identical)
		add_difference(out, result, command);
	writer_close(out, '}');
}

/* -- the command ---------------------------------------------------------- */

/*
 * Replay @r on each build of the job, up to the first difference. @result is
 * that of the build that differs; if none does, that of the first build, with
 * the number of requests that the cache served.
 */
static bool replay_builds(const struct replay_job *job,
			  const struct recording *r,
			  struct replay_result *result,
			  struct file_error *error)
{
	bool first = true;

	for (enum replay_build b = 0; b < NR_REPLAY_BUILDS; b++) {
		struct replay_result one;

		if (!(job->builds & 1 << b))
			continue;
		if (!recording_replay(r, b, &one, error))
			return false;
		if (first || !one.identical)
			*result = one;
		result->nr_cached = one.nr_cached;
		if (!one.identical)
			break;
		first = false;
	}
	return true;
}

static int replay_opened(struct replay_job *job, const struct recording *r,
			 struct file_error *error)
{
	struct replay_result result;
	char *command;

	if (!replay_builds(job, r, &result, error))
		return EXIT_FILE;
	command = show_command(job->path, result.step);
	if (!command) {
		print_to(error->text, "no memory");
		return EXIT_FILE;
	}
	if (job->o->json)
		add_result(job, r, &result, command);
	else if (!job->o->quiet)
		print_text(job, r, &result, command);
	free(command);
	return result.identical ? EXIT_GOOD : EXIT_CHECK_FAILED;
}

static int replay_file(struct replay_job *job)
{
	struct file_error error;
	struct recording *r = recording_open(job->path, &error);
	int code = EXIT_FILE;

	if (r)
		code = replay_opened(job, r, &error);
	recording_close(r);
	if (code != EXIT_FILE)
		return code;
	cli_error("%s", error.text);
	if (job->o->json) {
		writer_open(&job->out, '{');
		writer_add_string(&job->out, "file", job->path);
		writer_add_string(&job->out, "error", error.text);
		writer_close(&job->out, '}');
	}
	return code;
}

static int replay_files(struct replay_job *job)
{
	int worst = EXIT_GOOD;

	writer_open(&job->out, '{');
	writer_key(&job->out, "recordings");
	writer_open(&job->out, '[');
	for (int i = 0; i < job->o->nr_arguments; i++) {
		int code;

		job->path = job->o->arguments[i];
		code = lesson_refuse("replay", job->path, "a recording");
		if (code == EXIT_GOOD)
			code = replay_file(job);
		if (code > worst)
			worst = code;
	}
	writer_close(&job->out, ']');
	writer_close(&job->out, '}');
	if (!job->o->json || cli_print_json(&job->out))
		return worst;
	return cli_fail(EXIT_FILE, "no memory");
}

/* The builds that --build names; 0: none. */
static unsigned int named_builds(const char *name)
{
	if (!name || !strcmp(name, "both"))
		return ALL_BUILDS;
	if (!strcmp(name, "traced"))
		return 1 << REPLAY_TRACED;
	if (!strcmp(name, "untraced"))
		return ALL_BUILDS & ~(1 << REPLAY_TRACED);
	return 0;
}

int cmd_replay(const struct options *o)
{
	struct replay_job job = { .o = o, .builds = named_builds(o->build) };
	int code;

	if (!job.builds)
		return cli_usage("replay",
				 "--build %s: no such build (traced, "
				 "untraced, both)",
				 o->build);
	code = replay_files(&job);
	free(job.out.data);
	return cli_finish(code);
}
