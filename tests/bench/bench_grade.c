/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_bench_grade: how fast a class is graded, each submission in an isolated
 * process of its own: started, run, verified, checked for the properties.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "grade/grade.h"

enum { NR_SUBMISSIONS = 200, FOLDER_BYTES = 32, NAME_BYTES = 64 };

static const char assignment_text[] =
	"assignment { title = 'bench' }\n"
	"given { machine = { nodes = { { memory = '64M' } } } }\n"
	"property { points = 1, text = 'seven splits',\n"
	"  count { 'expand', exactly = 7, per = 'any request' } }\n";

static const char submission_text[] =
	"local m = machine { nodes = { { memory = '64M' } } }\n"
	"m:alloc { order = 3, gfp = 'GFP_HIGHUSER_MOVABLE' }\n";

/* A folder of files; [0] is the assignment. */
struct class_files {
	char folder[FOLDER_BYTES];
	char names[NR_SUBMISSIONS + 1][NAME_BYTES];
	const char *paths[NR_SUBMISSIONS];
	unsigned int nr;
};

static bool save(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	bool good = out && fputs(text, out) >= 0;

	return out && !fclose(out) && good;
}

static bool class_make(struct class_files *c)
{
	char folder[FOLDER_BYTES] = "/tmp/zonewalk-bench-XXXXXX";

	if (!mkdtemp(folder))
		return false;
	memcpy(c->folder, folder, sizeof(folder));
	for (; c->nr <= NR_SUBMISSIONS; c->nr++) {
		char *name = c->names[c->nr];

		snprintf(name, NAME_BYTES, "%s/%u.lua", folder, c->nr);
		if (!save(name, c->nr ? submission_text : assignment_text))
			return false;
		if (c->nr)
			c->paths[c->nr - 1] = name;
	}
	return true;
}

static void class_remove(struct class_files *c)
{
	for (unsigned int i = 0; i < c->nr; i++)
		unlink(c->names[i]);
	if (*c->folder)
		rmdir(c->folder);
}

/* Grade them all; the ns that it took. False: *@why. */
static bool measure(const struct class_files *c, uint32_t nr_jobs, double *ns,
		    const char **why)
{
	const struct grade_options options = {
		.assignment = c->names[0],
		.submissions = c->paths,
		.nr_submissions = NR_SUBMISSIONS,
		.nr_jobs = nr_jobs,
		.engine_version = "bench",
	};
	struct grade_report report;
	double began = bench_now_ns();
	char message[1024];
	bool good;

	if (grade_run(&options, &report, message, sizeof(message)) !=
	    GRADE_END_GOOD) {
		*why = "nothing can be graded here; try zonewalk grade";
		return false;
	}
	*ns = bench_now_ns() - began;
	good = true;
	for (uint32_t i = 0; i < report.nr_submissions; i++)
		good = good && report.submissions[i].outcome == GRADE_PASSED;
	grade_report_destroy(&report);
	*why = "a submission did not pass";
	return good;
}

enum figure { FIGURE_ONE, FIGURE_RATE_ONE, FIGURE_RATE_TWO, NR_FIGURES };

static const struct bench_label labels[NR_FIGURES] = {
	{ "submission", "ms", "one submission, isolated, from start to end" },
	{ "one_job", "1/s", "submissions a second, one at a time" },
	{ "two_jobs", "1/s", "submissions a second, two at a time" },
};

static bool measure_all(const struct class_files *c, struct bench_figure *f,
			const char **why)
{
	double ns;

	if (!measure(c, 1, &ns, why))
		return false;
	bench_add(&f[FIGURE_ONE], ns / NR_SUBMISSIONS / 1e6);
	bench_add(&f[FIGURE_RATE_ONE], NR_SUBMISSIONS / (ns / 1e9));
	if (!measure(c, 2, &ns, why))
		return false;
	bench_add(&f[FIGURE_RATE_TWO], NR_SUBMISSIONS / (ns / 1e9));
	return true;
}

unsigned int bench_grade(struct bench_figure *figures, unsigned int nr_runs,
			 const char **why)
{
	struct class_files *c = calloc(1, sizeof(*c));
	bool good = c && class_make(c);

	*why = "the files to grade cannot be written";
	for (unsigned int i = 0; good && i < nr_runs; i++)
		good = measure_all(c, figures, why);
	if (c)
		class_remove(c);
	free(c);
	return good ? bench_name(figures, labels, NR_FIGURES) : 0;
}
