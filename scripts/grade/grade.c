/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: the paths on the command line become a report. */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>

#include "grade/pool.h"
#include "grade/submission_text.h"
#include "sandbox/isolate.h"
#include "sandbox/run.h"

/* -- the class ------------------------------------------------------------- */

struct class
{
	char **paths;
	char **ids;
	uint32_t nr;
};

static void class_destroy(struct class *c)
{
	for (uint32_t i = 0; i < c->nr; i++) {
		free(c->paths[i]);
		free(c->ids[i]);
	}
	free(c->paths);
	free(c->ids);
}

/* Take those submissions that are to be graded. False: no memory. */
static bool class_fill(struct class *c, const struct grade_options *o)
{
	c->paths = calloc(o->nr_submissions + 1, sizeof(char *));
	c->ids = calloc(o->nr_submissions + 1, sizeof(char *));
	if (!c->paths || !c->ids)
		return false;
	for (uint32_t i = 0; i < o->nr_submissions; i++) {
		char *id = submission_id(o->submissions[i]);

		if (id && (!strcmp(id, SUBMISSION_NONE) ||
			   (o->only && strcmp(id, o->only)))) {
			free(id);
			continue;
		}
		c->ids[c->nr] = id;
		c->paths[c->nr] = submission_path(o->submissions[i]);
		c->nr++;
		if (!id || !c->paths[c->nr - 1])
			return false;
	}
	return true;
}

static enum grade_end class_init(struct class *c, const struct grade_options *o,
				 char *message, size_t size)
{
	const char *twice, **ids;

	snprintf(message, size, "not enough memory");
	if (!class_fill(c, o))
		return GRADE_END_INTERNAL;
	if (!c->nr) {
		snprintf(message, size,
			 o->only ? "--only %s: no submission has that id" :
				   "%s: not a submission",
			 o->only ? o->only : SUBMISSION_NONE);
		return GRADE_END_ONLY;
	}
	ids = calloc(c->nr, sizeof(*ids));
	if (!ids)
		return GRADE_END_INTERNAL;
	memcpy(ids, c->ids, c->nr * sizeof(*ids));
	twice = grade_sort_ids(ids, c->nr);
	free(ids);
	if (!twice)
		return GRADE_END_GOOD;
	snprintf(message, size,
		 "two submissions have the id \"%s\"; the id is the file's "
		 "name without .lua, or the folder's name",
		 twice);
	return GRADE_END_ONLY;
}

/* -- isolation ------------------------------------------------------------ */

/*
 * Run an empty scenario as a submission is run: its isolation is that of
 * all, and missing isolation is reported before any submission runs.
 */
static enum grade_end probe_isolation(const struct grade_options *o,
				      struct grade_report *report,
				      char *message, size_t size)
{
	const struct scenario_options options = {
		.record = true,
		.seed = 1,
		.isolation = o->allow_no_isolation ? ISOLATION_BEST :
						     ISOLATION_REQUIRED,
	};
	struct scenario *sc = scenario_run("/dev/null", &options);
	enum grade_end end = GRADE_END_INTERNAL;
	char text[160];

	snprintf(message, size, "%s",
		 sc ? scenario_message(sc) : "not enough memory");
	if (sc && scenario_outcome(sc) == SCENARIO_ISOLATION)
		end = GRADE_END_ISOLATION;
	if (sc && scenario_outcome(sc) == SCENARIO_OK &&
	    grade_replace(&report->isolation,
			  isolation_text(&sc->report, text, sizeof(text))))
		end = GRADE_END_GOOD;
	scenario_free(sc);
	return end;
}

/* -- grading -------------------------------------------------------------- */

static enum grade_end grade_class(struct grader *g, struct grade_report *report,
				  char *message, size_t size)
{
	struct class class = { .nr = 0 };
	enum grade_end end = class_init(&class, g->options, message, size);

	if (end == GRADE_END_GOOD)
		end = probe_isolation(g->options, report, message, size);
	if (end == GRADE_END_GOOD) {
		report->submissions =
			calloc(class.nr, sizeof(*report->submissions));
		if (!report->submissions)
			end = GRADE_END_INTERNAL;
	}
	if (end == GRADE_END_GOOD) {
		report->nr_submissions = class.nr;
		if (!pool_grade(g, class.paths, class.ids, class.nr,
				report->submissions, message, size))
			end = GRADE_END_INTERNAL;
	}
	class_destroy(&class);
	return end;
}

enum grade_end grade_run(const struct grade_options *options,
			 struct grade_report *report, char *message,
			 size_t size)
{
	struct grader g;
	enum grade_end end = grader_init(&g, options, report, message, size);

	if (end != GRADE_END_GOOD)
		return end;
	end = grade_class(&g, report, message, size);
	grader_destroy(&g);
	if (end != GRADE_END_GOOD)
		grade_report_destroy(report);
	return end;
}
