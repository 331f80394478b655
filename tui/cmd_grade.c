/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_grade: `zonewalk grade ASSIGNMENT SUBMISSION...` runs untrusted
 * submissions apart, holds what their requests do to an assignment's
 * properties, and writes a report. `--merge REPORT...` joins json reports,
 * of a Slurm array's tasks for instance.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "grade.h"
#include "report.h"
#include "text_json.h"

struct grading {
	struct grade_options options;
	enum report_format format;
	const char *csv;
	const char *sheet; /* whose, or NULL */
	bool merge;
	bool reveal;
	bool help;
};

static int parse_jobs(struct grading *g, const char *text)
{
	unsigned long jobs;
	char *end;

	errno = 0;
	jobs = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || !jobs || jobs > 256)
		return cli_usage("grade", "--jobs \"%s\": a number from 1 to "
					  "256",
				 text);
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

static int parse_option(struct grading *g, int option, char **argv)
{
	switch (option) {
	case 'f':
		return parse_format(g, optarg);
	case 'j':
		return parse_jobs(g, optarg);
	case 'o':
		g->options.only = optarg;
		return EXIT_GOOD;
	case 's':
		g->sheet = optarg;
		return EXIT_GOOD;
	case 'c':
		g->csv = optarg;
		return EXIT_GOOD;
	case 'J':
		g->format = REPORT_JSON;
		return EXIT_GOOD;
	case 'm':
		g->merge = true;
		return EXIT_GOOD;
	case 'r':
		g->reveal = true;
		return EXIT_GOOD;
	case 'n':
		g->options.allow_no_isolation = true;
		return EXIT_GOOD;
	case 'h':
		g->help = true;
		return EXIT_GOOD;
	case ':':
		return cli_usage("grade", "%s: its value is missing",
				 argv[optind - 1]);
	default:
		return cli_usage("grade", "%s: no such option",
				 argv[optind - 1]);
	}
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
		return cli_usage("grade", "--sheet grades nothing: %s is too "
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
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option, code;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":j:h", options, NULL)) !=
	       -1) {
		code = parse_option(g, option, argv);
		if (code != EXIT_GOOD)
			return code;
	}
	return g->help ? EXIT_GOOD : parse_files(g, argc, argv);
}

static void print_help(void)
{
	printf("zonewalk grade ASSIGNMENT SUBMISSION... [--format F] "
	       "[--jobs N] [--only ID] [--csv F]\n"
	       "zonewalk grade --merge REPORT... [--format F] [--csv F]\n"
	       "zonewalk grade ASSIGNMENT --sheet ID\n\n"
	       "Runs each submission in a process of its own, makes its "
	       "requests again on a\n"
	       "clean machine, and holds what happened there against the "
	       "assignment.\n\n"
	       "  --format F    text, json, gradescope, check50, tap, junit, "
	       "csv\n"
	       "  --jobs N      so many at a time (also -j); the report is "
	       "the same\n"
	       "  --only ID     only the submission of that student\n"
	       "  --csv F       a line a student as CSV, to file F\n"
	       "  --sheet ID    print what that student fills in\n"
	       "  --merge       join json reports of one assignment\n"
	       "  --reveal      tell hidden properties too: not for students\n"
	       "  --allow-no-isolation\n"
	       "                grade though the system cannot isolate\n\n"
	       "A submission is a Lua file or a folder with one. The student's "
	       "id is the file's\nname without .lua, or the folder's (for "
	       "submission.lua, solution.lua, main.lua,\nscenario.lua, "
	       "answer.lua too). An answer is a caption: say \"name = value\"."
	       "\nExit codes: 0 all passed in full, 1 not all, 3 the "
	       "assignment is wrong, 5 no\nisolation; zonewalk doc errors.\n");
}

/* -- the report ----------------------------------------------------------- */

static int write_csv(const struct grade_report *report, const char *path)
{
	struct file_error error;
	char *text = report_text(report, REPORT_CSV);
	bool good = text &&
		    text_save(path, text, strlen(text), &error);

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
	char *text = grade_sheet(g->options.assignment, g->sheet, &end,
				 message, sizeof(message));

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
	if (g.help) {
		print_help();
		return cli_finish(EXIT_GOOD);
	}
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
