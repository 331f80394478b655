/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grader: read an assignment, and how a submission ends. */
#include "grade/grader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MIB = 1 << 20, PROGRAMS_MIB = 64 };

/* -- the assignment ------------------------------------------------------- */

void grader_destroy(struct grader *g)
{
	if (g->description)
		assignment_close(g->description);
	assignment_file_destroy(&g->file);
}

static bool read_properties(struct grader *g, struct grade_report *report)
{
	const struct assignment *a = g->description;

	report->title = strdup(a->title);
	report->kind = strdup(a->kind);
	report->assignment = strdup(grade_base_name(g->file.path));
	report->engine_version = strdup(g->options->engine_version);
	report->isolation = strdup("");
	memcpy(report->assignment_hash, g->file.hash, sizeof(g->file.hash));
	report->properties =
		calloc(a->nr_properties, sizeof(*report->properties));
	if (!report->title || !report->kind || !report->assignment ||
	    !report->engine_version || !report->isolation ||
	    !report->properties)
		return false;
	report->nr_properties = a->nr_properties;
	for (uint32_t i = 0; i < a->nr_properties; i++) {
		if (!assignment_property(a, i, &report->properties[i]))
			return false;
		report->max += report->properties[i].max;
	}
	g->nr_properties = report->nr_properties;
	g->properties = report->properties;
	g->max = report->max;
	return true;
}

/*
 * The memory that grading a submission may take: its machines in both
 * processes and the given one, Lua in both, and the programs.
 */
static uint64_t job_mib(const struct grader *g)
{
	const struct scenario_options *limits = &g->description->limits;
	const struct scenario_options own = { .graded = false };
	uint64_t machines = scenario_limit(limits, LIMIT_MACHINES);
	uint64_t lua = scenario_limit(limits, LIMIT_MEMORY);

	return (machines / MIB) * 3 + (lua / MIB) * 2 +
	       scenario_limit(&own, LIMIT_MEMORY) / MIB + PROGRAMS_MIB;
}

uint32_t grader_nr_jobs(const struct grader *g)
{
	const uint32_t nr = g->options->nr_jobs ? g->options->nr_jobs : 1;
	uint64_t memory = g->options->memory_mib, most;

	if (!memory)
		memory = (uint64_t)sysconf(_SC_PHYS_PAGES) *
			 (uint64_t)sysconf(_SC_PAGESIZE) / MIB;
	most = memory / job_mib(g);
	if (!most && !g->options->memory_mib)
		most = 1; /* the system may not need so much */
	return most < nr ? (uint32_t)most : nr;
}

static bool check_memory(const struct grader *g, char *message, size_t size)
{
	if (grader_nr_jobs(g))
		return true;
	snprintf(
		message, size,
		"--memory %llu: a submission may take %llu MiB; allow more, or "
		"lower the limits machines and memory of the assignment",
		(unsigned long long)g->options->memory_mib,
		(unsigned long long)job_mib(g));
	return false;
}

enum grade_end grader_init(struct grader *g,
			   const struct grade_options *options,
			   struct grade_report *report, char *message,
			   size_t size)
{
	*g = (struct grader){ .options = options };
	*report = (struct grade_report){ .title = NULL };
	if (!assignment_read(&g->file, options->assignment, message, size))
		return GRADE_END_FILE;
	g->description = assignment_open(&g->file, 1, message, size);
	if (g->description && read_properties(g, report)) {
		if (check_memory(g, message, size))
			return GRADE_END_GOOD;
		grader_destroy(g);
		grade_report_destroy(report);
		return GRADE_END_ONLY;
	}
	if (g->description) {
		snprintf(message, size, "not enough memory");
		grader_destroy(g);
		grade_report_destroy(report);
		return GRADE_END_INTERNAL;
	}
	grader_destroy(g);
	return GRADE_END_ASSIGNMENT;
}

/* -- outcomes ------------------------------------------------------------- */

bool grader_set_outcome(struct grade_submission *out, const struct scenario *sc)
{
	static const enum grade_outcome outcomes[] = {
		[SCENARIO_OK] = GRADE_PASSED,
		[SCENARIO_EXPECT_FAILED] = GRADE_PASSED,
		[SCENARIO_WRONG] = GRADE_WRONG,
		[SCENARIO_LIMIT] = GRADE_LIMIT,
		[SCENARIO_FILE] = GRADE_FILE,
		[SCENARIO_INTERNAL] = GRADE_INTERNAL,
		[SCENARIO_CRASHED] = GRADE_CRASHED,
		[SCENARIO_ISOLATION] = GRADE_ISOLATION,
		[SCENARIO_KILLED] = GRADE_KILLED,
	};

	out->outcome = outcomes[scenario_outcome(sc)];
	if (out->outcome == GRADE_PASSED)
		return true;
	if (out->outcome == GRADE_LIMIT &&
	    !grade_replace(&out->limit, limit_name(sc->hit)))
		return false;
	return grade_replace(&out->message, scenario_message(sc));
}

bool grader_set_end(struct grade_submission *out, enum assignment_end end,
		    const char *message)
{
	out->outcome = end == ASSIGNMENT_LIMIT ? GRADE_LIMIT : GRADE_ASSIGNMENT;
	return grade_replace(&out->message, message) &&
	       (end != ASSIGNMENT_LIMIT ||
		grade_replace(&out->limit, "grading"));
}
