/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_grade: `zonewalk grade ASSIGNMENT SUBMISSION...` runs untrusted
 * submissions apart, holds what their requests do to an assignment's
 * properties, and writes a report. `--merge REPORT...` joins json reports,
 * of a Slurm array's tasks for instance.
 */
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "grade/grade.h"
#include "report/report.h"
#include "json/writer.h"

enum { MAX_JOBS = 256 };

struct grading {
	struct grade_options options;
	enum report_format format;
	const char *csv;
	const char *sheet; /* whose, or NULL */
	bool merge;
	bool reveal;
};

static int parse_jobs(struct grading *g, const char *text)
{
	uint64_t jobs;

	if (!cli_number(text, MAX_JOBS, &jobs) || !jobs)
		return cli_usage("grade",
				 "--jobs \"%s\": a number from 1 to "
				 "%d",
				 text, MAX_JOBS);
	g->options.nr_jobs = (uint32_t)jobs;
	return EXIT_GOOD;
}

static int parse_format(struct grading *g, const char *text)
{
	const char *near;

	g->format = report_format_from_name(text, &near);
	if (g->format != NR_REPORT_FORMATS)
		return EXIT_GOOD;
	return cli_usage("grade",
			 "--format %s: no such format%s%s%s (text, json, "
			 "gradescope, check50, tap, junit, csv)",
			 text, near ? "; did you mean " : "", near ? near : "",
			 near ? "?" : "");
}

static int parse_option(void *context, int option, const char *value)
{
	struct grading *g = context;

	switch (option) {
	case 'f':
		return parse_format(g, value);
	case 'j':
		return parse_jobs(g, value);
	case 'o':
		g->options.only = value;
		break;
	case 's':
		g->sheet = value;
		break;
	case 'c':
		g->csv = value;
		break;
	case 'J':
		g->format = REPORT_JSON;
		break;
	case 'm':
		g->merge = true;
		break;
	case 'r':
		g->reveal = true;
		break;
	case 'n':
		g->options.allow_no_isolation = true;
		break;
	}
	return EXIT_GOOD;
}

/* What stands behind the options. */
static int parse_files(struct grading *g, int argc, char **argv)
{
	int first = g->merge ? optind : optind + 1;

	if (g->merge && (g->options.only || g->options.nr_jobs || g->sheet))
		return cli_usage("grade", "--merge grades nothing: --only, "
					  "--jobs and --sheet do not go with "
					  "it");
	if (optind >= argc && g->merge)
		return cli_usage("grade", "--merge: which reports?");
	if (optind >= argc)
		return cli_usage("grade", "which assignment? zonewalk grade "
					  "ASSIGNMENT SUBMISSION...");
	if (g->sheet && first < argc)
		return cli_usage("grade",
				 "--sheet grades nothing: %s is too "
				 "much",
				 argv[first]);
	if (!g->sheet && first >= argc)
		return cli_usage("grade", "%s: which submissions?",
				 argv[optind]);
	g->options.assignment = argv[optind];
	g->options.submissions = (const char *const *)argv + first;
	g->options.nr_submissions = (uint32_t)(argc - first);
	return EXIT_GOOD;
}

static int parse(struct grading *g, int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "only", required_argument, NULL, 'o' },
		{ "csv", required_argument, NULL, 'c' },
		{ "sheet", required_argument, NULL, 's' },
		{ "json", no_argument, NULL, 'J' },
		{ "merge", no_argument, NULL, 'm' },
		{ "reveal", no_argument, NULL, 'r' },
		{ "allow-no-isolation", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int code = cli_options(argc, argv, "grade", ":j:", options,
			       parse_option, g);

	return code == EXIT_GOOD ? parse_files(g, argc, argv) : code;
}

/* -- the report ----------------------------------------------------------- */

static int write_csv(const struct grade_report *report, const char *path)
{
	struct file_error error;
	char *text = report_text(report, REPORT_CSV);
	bool good = text && text_save(path, text, strlen(text), &error);

	if (!text)
		cli_error("%s: no memory", path);
	else if (!good)
		cli_error("%s", error.text);
	free(text);
	return good ? EXIT_GOOD : EXIT_FILE;
}

/* The exit code says what became of the worst. */
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
	int code = report_code(report);
	char *text = NULL;

	if (g->csv) {
		int csv = write_csv(report, g->csv);

		code = csv != EXIT_GOOD ? csv : code;
	}
	if (g->reveal || report_format_hides(g->format) || grade_hide(report))
		text = report_text(report, g->format);
	if (!text) {
		cli_error("no memory for the report");
		return EXIT_INTERNAL;
	}
	fputs(text, stdout);
	free(text);
	return cli_finish(code);
}

static int end_code(enum grade_end end)
{
	switch (end) {
	case GRADE_END_GOOD:
		return EXIT_GOOD;
	case GRADE_END_ASSIGNMENT:
		return EXIT_SCRIPT;
	case GRADE_END_FILE:
		return EXIT_FILE;
	case GRADE_END_ONLY:
		return EXIT_USAGE;
	case GRADE_END_ISOLATION:
		return EXIT_ISOLATION;
	case GRADE_END_INTERNAL:
		break;
	}
	return EXIT_INTERNAL;
}

static int merge(const struct grading *g)
{
	struct grade_report report;
	struct file_error error;
	int code;

	if (!report_merge((const char *const *)g->options.submissions,
			  g->options.nr_submissions, &report, &error)) {
		cli_error("%s", error.text);
		return EXIT_FILE;
	}
	code = finish(g, &report);
	grade_report_fini(&report);
	return code;
}

static int print_sheet(const struct grading *g)
{
	char message[1024];
	enum grade_end end;
	char *text = grade_sheet(g->options.assignment, g->sheet, &end, message,
				 sizeof(message));

	if (!text) {
		cli_error("%s", message);
		return end_code(end);
	}
	fputs(text, stdout);
	free(text);
	return cli_finish(EXIT_GOOD);
}

int cmd_grade(int argc, char **argv)
{
	struct grading g = { .options.engine_version = ZONEWALK_VERSION };
	struct grade_report report;
	char message[1024];
	enum grade_end end;
	int code = parse(&g, argc, argv);

	if (code != EXIT_GOOD)
		return code;
	if (g.merge)
		return merge(&g);
	if (g.sheet)
		return print_sheet(&g);
	end = grade_run(&g.options, &report, message, sizeof(message));
	if (end != GRADE_END_GOOD) {
		cli_error("%s", message);
		return end_code(end);
	}
	code = finish(&g, &report);
	grade_report_fini(&report);
	return code;
}
