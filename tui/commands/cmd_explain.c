/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_explain: `zonewalk explain REPORT` says why the zones of a failure
 * report did not serve its request; of /proc files, which requests they would
 * serve. What it prints is made by engine/failure. `zonewalk import REPORT`
 * makes the machine of a report: as a snapshot (-o), or as a scenario that
 * loads it and repeats the request (--lua).
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "commands/command.h"
#include "failure/explain_session.h"
#include "import/gfp_release.h"
#include "import/report_read.h"
#include "snapshot/save_scenario.h"
#include "snapshot/snapshot.h"

/* -- what is read --------------------------------------------------------- */

/* The files of this computer, the first of which has to be readable. */
static char proc_zoneinfo[] = "/proc/zoneinfo";
static char proc_buddyinfo[] = "/proc/buddyinfo";
static char proc_pagetypeinfo[] = "/proc/pagetypeinfo";
static char *const live_files[] = { proc_zoneinfo, proc_buddyinfo,
				    proc_pagetypeinfo };
enum { NR_LIVE_FILES = sizeof(live_files) / sizeof(live_files[0]) };

static bool read_live(struct report_set *set, struct file_error *error)
{
	char *files[NR_LIVE_FILES];
	size_t nr = 0;

	for (int i = 0; i < NR_LIVE_FILES; i++) {
		if (i && access(live_files[i], R_OK))
			cli_error("%s: %s; continuing without it",
				  live_files[i], strerror(errno));
		else
			files[nr++] = live_files[i];
	}
	return report_read_files(files, nr, set, error);
}

static bool read_reports(const struct options *o, struct report_set *set,
			 struct file_error *error)
{
	static char standard_input[] = "-";
	char *const standard[] = { standard_input };

	if (o->live)
		return read_live(set, error);
	if (!o->nr_arguments)
		return report_read_files(standard, 1, set, error);
	return report_read_files(o->arguments, (size_t)o->nr_arguments, set,
				 error);
}

/* The kernel of files that do not name it. */
static void choose_release(const struct options *o, struct report *r)
{
	struct utsname name;

	if (o->kernel)
		explain_set_release(r, o->kernel);
	else if (o->live && !uname(&name))
		explain_set_release(r, name.release);
}

/* -- what is printed ------------------------------------------------------ */

static int exit_code_of(enum explain_verdict verdict)
{
	return verdict == EXPLAIN_not_explained ? EXIT_CHECK_FAILED : EXIT_GOOD;
}

static int refuse(const struct options *o, const char *message)
{
	struct json_writer out = { .data = NULL };

	cli_error("%s", message);
	if (!o->json)
		return EXIT_FILE;
	explain_refused_json(message, &out);
	return cli_print_json(&out) ? EXIT_FILE : cli_no_memory("explain");
}

static int print_explanation(const struct options *o,
			     const struct explanation *x)
{
	struct json_writer out = { .data = NULL };

	if (!o->json) {
		explain_text(
			x, !o->no_color && cli_color() && isatty(STDOUT_FILENO),
			stdout);
		return exit_code_of(x->verdict);
	}
	explain_json(x, &out);
	return cli_print_json(&out) ? exit_code_of(x->verdict) :
				      cli_no_memory("explain");
}

/* -- the command ---------------------------------------------------------- */

static struct explain_options explain_options_of(const struct options *o)
{
	return (struct explain_options){
		.gfp = o->gfp,
		.has_order = o->order != STEP_ABSENT,
		.order = o->order,
		.has_node = o->node != STEP_ABSENT,
		.node = o->node,
		.zone = o->zone,
	};
}

/* EXIT_GOOD, or EXIT_USAGE after a message. */
static int check_options(const struct options *o, const char *command)
{
	struct report unused = { .nr_zones = 0 };
	struct gfp_reading gfp;
	char message[256];

	if (o->order != STEP_ABSENT && o->order >= MAX_ORDER_LIMIT)
		return cli_usage(command,
				 "--order: a number from 0 to %d is expected: "
				 "\"%u\"",
				 MAX_ORDER_LIMIT - 1, o->order);
	if (o->kernel && !explain_set_release(&unused, o->kernel))
		return cli_usage(command,
				 "--kernel: a release such as 5.10 is "
				 "expected: \"%s\"",
				 o->kernel);
	/* what a number means depends on the report's release */
	if (o->gfp && !isdigit((unsigned char)*o->gfp) &&
	    !gfp_decode(&unused.release, o->gfp, &gfp, message,
			sizeof(message)))
		return cli_usage(command, "--gfp: %s", message);
	return EXIT_GOOD;
}

/* What the report was read from, for messages about the whole of it. */
static const char *report_name(const struct options *o)
{
	if (o->live)
		return proc_zoneinfo;
	return o->nr_arguments && strcmp(o->arguments[0], "-") ?
		       o->arguments[0] :
		       "standard input";
}

static int explain_one(const struct options *o, struct report_set *set)
{
	struct report *r = &set->reports[set->taken];
	const struct explain_options options = explain_options_of(o);
	char message[512];
	struct explanation x;
	int code;

	choose_release(o, r);
	if (set->nr > 1)
		report_warn(r,
			    "this is report %u of %u; --report N takes "
			    "another",
			    set->taken + 1, set->nr);
	if (explain_report(&x, r, &options, message, sizeof(message)))
		code = print_explanation(o, &x);
	else
		code = refuse(
			o,
			text_of("%.100s: %.200s", report_name(o), message).s);
	explanation_destroy(&x);
	return code;
}

static int explain(const struct options *o)
{
	struct report_set set;
	struct file_error error;
	int code;

	if (!read_reports(o, &set, &error))
		return refuse(o, error.text);
	if (o->report &&
	    !report_set_take(&set, report_name(o), (uint32_t)o->report, &error))
		code = refuse(o, error.text);
	else
		code = explain_one(o, &set);
	report_set_destroy(&set);
	return code;
}

int cmd_explain(const struct options *o)
{
	const int code = check_options(o, "explain");

	if (o->live && o->nr_arguments)
		return cli_usage("explain", "--live reads /proc: it takes no "
					    "REPORT");
	if (!o->live && !o->nr_arguments && isatty(STDIN_FILENO))
		return cli_usage("explain", "REPORT is missing");
	return cli_finish(code == EXIT_GOOD ? explain(o) : code);
}

/* -- import --------------------------------------------------------------- */

static int save_state(const struct options *o, struct session *s)
{
	const bool is_standard = !strcmp(o->output, "-");
	struct file_error error;

	session_seek(s, 0);
	if (!(o->force || is_standard ||
	      file_may_replace(o->output, SNAPSHOT_BEGIN, &error)) ||
	    !snapshot_save(s, o->output, &error))
		return cli_fail(EXIT_FILE, "%s", error.text);
	if (!is_standard)
		printf("saved %s\n", o->output);
	return EXIT_GOOD;
}

static int save_lua(const struct options *o, struct session *s)
{
	char message[512];

	/* save_scenario() overwrites an empty file */
	if (o->force && truncate(o->lua, 0) && errno != ENOENT)
		return cli_fail(EXIT_FILE, "%s: %s", o->lua, strerror(errno));
	if (!save_scenario(s, o->lua, "the request of a report", message,
			   sizeof(message)))
		return cli_fail(EXIT_FILE, "%s", message);
	if (!o->output || strcmp(o->output, "-"))
		printf("%s\n", message);
	return EXIT_GOOD;
}

static int save(const struct options *o, struct session *s)
{
	int code = o->output ? save_state(o, s) : EXIT_GOOD;

	if (code == EXIT_GOOD && o->lua)
		code = save_lua(o, s);
	return code;
}

static void print_warnings(const struct report *r)
{
	for (uint32_t i = 0; i < r->nr_warnings; i++)
		cli_error("warning: %s", r->warnings[i]);
}

static int import_one(const struct options *o, struct report *r)
{
	const struct explain_options options = explain_options_of(o);
	char message[512];
	uint32_t step;
	struct session *s;
	int code;

	choose_release(o, r);
	s = explain_session(r, &options, &step, message, sizeof(message));
	if (!s)
		return cli_fail(EXIT_FILE, "%s: %s", report_name(o), message);
	print_warnings(r);
	code = save(o, s);
	session_free(s);
	return code;
}

static int import(const struct options *o)
{
	struct report_set set;
	struct file_error error;
	int code;

	if (!report_read_files(o->arguments, (size_t)o->nr_arguments, &set,
			       &error))
		return cli_fail(EXIT_FILE, "%s", error.text);
	if (o->report &&
	    !report_set_take(&set, report_name(o), (uint32_t)o->report, &error))
		code = cli_fail(EXIT_FILE, "%s", error.text);
	else
		code = import_one(o, &set.reports[set.taken]);
	report_set_destroy(&set);
	return code;
}

int cmd_import(const struct options *o)
{
	const int code = check_options(o, "import");

	if (!o->output && !o->lua)
		return cli_usage("import", "-o STATE.json or --lua FILE is "
					   "missing");
	return cli_finish(code == EXIT_GOOD ? import(o) : code);
}
