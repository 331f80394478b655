/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_grade: `zonewalk grade ASSIGNMENT SUBMISSION...` grades untrusted
 * submissions in isolated processes and prints a report. `--merge REPORT...`
 * joins JSON reports, for instance of the tasks of a Slurm array.
 */
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "commands/source.h"
#include "grade/grade.h"
#include "report/report.h"

enum { MAX_JOBS = 256 };

struct grading {
	const struct options *o;
	struct grade_options options;
	enum report_format format;
};

static int parse_format(struct grading *g)
{
	const char *name = g->o->format, *near;

	g->format = g->o->json ? REPORT_JSON : REPORT_TEXT;
	if (!name)
		return EXIT_GOOD;
	g->format = report_format_from_name(name, &near);
	if (g->format != NR_REPORT_FORMATS)
		return EXIT_GOOD;
	return cli_usage("grade",
			 "--format %s: no such format%s (text, json, "
			 "gradescope, check50, tap, junit, csv)",
			 name, hint_text(near).s);
}

/*
 * A file is read by several processes and named in the report, which standard
 * input cannot be.
 */
static bool names_standard_input(const struct options *o)
{
	for (int i = 0; i < o->nr_arguments; i++)
		if (!strcmp(o->arguments[i], "-"))
			return true;
	return false;
}

/* What the number of arguments means depends on the options. */
static int parse_files(struct grading *g)
{
	const struct options *o = g->o;
	char **first = o->arguments + (o->merge ? 0 : 1);
	const int nr = o->nr_arguments - (o->merge ? 0 : 1);

	if (o->merge && (o->only || o->jobs || o->memory || o->sheet))
		return cli_usage("grade",
				 "--merge cannot be combined with --only, "
				 "--jobs, --memory or --sheet");
	if (!o->nr_arguments)
		return cli_usage("grade", "%s is missing",
				 o->merge ? "REPORT" : "ASSIGNMENT");
	if (o->sheet && nr)
		return cli_usage("grade",
				 "--sheet grades nothing: too many "
				 "arguments: \"%s\"",
				 *first);
	if (lesson_refuse("grade", o->arguments[0], "an assignment"))
		return EXIT_USAGE;
	if (!o->sheet && !nr)
		return cli_usage("grade", "SUBMISSION is missing");
	if (!o->merge && names_standard_input(o))
		return cli_usage("grade", "-: standard input cannot be graded; "
					  "name a file or a folder");
	if (o->jobs > MAX_JOBS)
		return cli_usage("grade", "--jobs: at most %d are possible",
				 MAX_JOBS);
	g->options = (struct grade_options){
		.assignment = o->arguments[0],
		.submissions = (const char *const *)first,
		.nr_submissions = (uint32_t)nr,
		.only = o->only,
		.nr_jobs = (uint32_t)o->jobs,
		.memory_mib = o->memory,
		.allow_no_isolation = o->allow_no_isolation,
		.engine_version = ZONEWALK_VERSION,
	};
	return EXIT_GOOD;
}

/* -- the report ----------------------------------------------------------- */

static int write_csv(const struct grade_report *report, const char *path)
{
	struct file_error error;
	char *text = report_text(report, REPORT_CSV);
	bool good = text && file_write(path, text, strlen(text), &error);

	if (!text)
		cli_no_memory(path);
	else if (!good)
		cli_error("%s", error.text);
	free(text);
	return good ? EXIT_GOOD : EXIT_FILE;
}

/* The exit code is that of the worst outcome. */
static int report_code(const struct grade_report *report)
{
	int code = EXIT_GOOD;

	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		enum grade_outcome o = report->submissions[i].outcome;

		if (o == GRADE_INTERNAL)
			return EXIT_INTERNAL;
		if (o == GRADE_ASSIGNMENT)
			code = EXIT_SCRIPT;
		else if (o != GRADE_PASSED && code == EXIT_GOOD)
			code = EXIT_CHECK_FAILED;
	}
	return code;
}

static int finish(const struct grading *g, struct grade_report *report)
{
	const bool shown = g->o->reveal || grade_hide(report);
	char *text = shown ? report_text(report, g->format) : NULL;
	int code = report_code(report);

	if (text && g->o->csv) {
		int csv = write_csv(report, g->o->csv);

		code = csv != EXIT_GOOD ? csv : code;
	}
	if (!text) {
		cli_no_memory("grade");
		return EXIT_INTERNAL;
	}
	fputs(text, stdout);
	free(text);
	return cli_finish(code);
}

static int merge(const struct grading *g)
{
	struct grade_report report;
	struct file_error error;
	int code;

	if (!report_merge((const char *const *)g->options.submissions,
			  g->options.nr_submissions, &report, &error))
		return cli_fail(EXIT_FILE, "%s", error.text);
	code = finish(g, &report);
	grade_report_destroy(&report);
	return code;
}

static int print_sheet(const struct grading *g)
{
	char message[1024];
	enum grade_end end;
	char *text = answer_template(g->options.assignment, g->o->sheet, &end,
				     message, sizeof(message));

	if (!text)
		return cli_fail(grade_exit_code(end), "%s", message);
	fputs(text, stdout);
	free(text);
	return cli_finish(EXIT_GOOD);
}

int cmd_grade(const struct options *o)
{
	struct grading g = { .o = o };
	struct grade_report report;
	char message[1024];
	enum grade_end end;
	int code = parse_format(&g);

	if (code == EXIT_GOOD)
		code = parse_files(&g);
	if (code != EXIT_GOOD)
		return code;
	if (o->merge)
		return merge(&g);
	if (o->sheet)
		return print_sheet(&g);
	end = grade_run(&g.options, &report, message, sizeof(message));
	if (end != GRADE_END_GOOD)
		return cli_fail(grade_exit_code(end), "%s", message);
	code = finish(&g, &report);
	grade_report_destroy(&report);
	return code;
}
