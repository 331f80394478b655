/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_view: a submission graded again, whose run stays open. */
#include "grade/grade_view.h"

#include <stdlib.h>
#include <string.h>

#include "grade/submission.h"
#include "grade/submission_text.h"

struct grade_view {
	struct grade_options options;
	struct grader g;
	struct grade_report report; /* for the properties only */
	struct grade_submission submission;
	struct kept_run kept;
	const struct grade_counterexample *counterexample; /* NULL: all passed */
	struct session *session;
	char property[32]; /* its id, or the word of a violation; "" */
	char text[1024];
};

/*
 * Choose the property to look at: @id's, or the first visible one that
 * failed and has a counterexample. False: there is no property @id.
 */
static bool choose(struct grade_view *v, const char *id)
{
	const struct grade_submission *s = &v->submission;

	v->counterexample = NULL;
	v->property[0] = '\0';
	if (s->outcome == GRADE_VIOLATION && s->counterexample.known) {
		size_t length = strcspn(s->message, ":");

		v->counterexample = &s->counterexample;
		snprintf(v->property, sizeof(v->property), "%.*s", (int)length,
			 s->message);
		snprintf(v->text, sizeof(v->text), "%s",
			 s->message + length +
				 strspn(s->message + length, ": "));
		return true;
	}
	snprintf(v->text, sizeof(v->text), "every visible property passed");
	for (uint32_t i = 0; i < s->nr_results; i++) {
		const struct grade_property *p = &v->report.properties[i];
		const struct grade_result *r = &s->results[i];

		if (grade_is_hidden(p) ||
		    (id ? strcmp(id, p->id) : r->verdict == GRADE_PASS))
			continue;
		snprintf(v->property, sizeof(v->property), "%s", p->id);
		snprintf(v->text, sizeof(v->text), "%s%s%s", p->text,
			 *r->message ? " - " : "", r->message);
		v->counterexample = &r->counterexample;
		if (r->counterexample.known || id)
			return true;
	}
	return !id;
}

static void drop_run(struct grade_view *v)
{
	kept_run_destroy(&v->kept);
	grade_submission_destroy(&v->submission);
}

/* Grade, keep run @run and hide what students may not see. */
static bool grade_run_of(struct grade_view *v, const char *path,
			 const char *student, uint32_t run)
{
	return submission_grade(&v->g, path, student, &v->submission, run,
				&v->kept) &&
	       grade_hide_submission(&v->submission, v->report.properties);
}

/* Grade, and again if the counterexample is in another run. */
static bool grade(struct grade_view *v, const char *path, const char *id,
		  char *message, size_t size)
{
	char *student = submission_id(path);
	bool good;

	snprintf(message, size, "%s: not enough memory", path);
	good = student && grade_run_of(v, path, student, 0);
	if (good && !choose(v, id)) {
		snprintf(message, size,
			 "--property %s: no visible property "
			 "has that id",
			 id);
		good = false;
	}
	if (good && v->counterexample && v->counterexample->run) {
		uint32_t run = v->counterexample->run;

		drop_run(v);
		good = grade_run_of(v, path, student, run) && choose(v, id);
	}
	free(student);
	return good;
}

/* Find the session: that of the counterexample, else the last one. */
static bool find_session(struct grade_view *v, char *message, size_t size)
{
	const struct assignment *a = v->kept.assignment;
	uint32_t nr;

	if (v->submission.outcome > GRADE_VIOLATION || !a) {
		snprintf(message, size, "%s", v->submission.message);
		return false;
	}
	nr = v->kept.scenario ? scenario_nr_sessions(v->kept.scenario) : 0;
	v->session = assignment_session(
		a, v->counterexample && v->counterexample->known ?
			   v->counterexample->machine :
		   nr ? nr - 1 :
			0);
	if (v->session)
		return true;
	snprintf(message, size,
		 "%s: nothing to show: the submission makes no machine",
		 v->submission.path);
	return false;
}

struct grade_view *grade_view_open(const char *assignment, const char *path,
				   const char *id, bool allow_no_isolation,
				   enum grade_end *end, char *message,
				   size_t size)
{
	struct grade_view *v = calloc(1, sizeof(*v));

	snprintf(message, size, "not enough memory");
	*end = GRADE_END_INTERNAL;
	if (!v)
		return NULL;
	v->options = (struct grade_options){
		.assignment = assignment,
		.allow_no_isolation = allow_no_isolation,
		.engine_version = "",
	};
	*end = grader_init(&v->g, &v->options, &v->report, message, size);
	if (*end != GRADE_END_GOOD) {
		free(v);
		return NULL;
	}
	if (grade(v, path, id, message, size) &&
	    find_session(v, message, size)) {
		session_seek(v->session, grade_view_step(v));
		return v;
	}
	if (v->submission.outcome == GRADE_ISOLATION)
		*end = GRADE_END_ISOLATION;
	grade_view_close(v);
	return NULL;
}

struct session *grade_view_session(const struct grade_view *view)
{
	return view->session;
}

uint32_t grade_view_step(const struct grade_view *view)
{
	if (view->counterexample && view->counterexample->known)
		return view->counterexample->step;
	return session_nr_steps(view->session);
}

const char *grade_view_property(const struct grade_view *view)
{
	return view->property[0] ? view->property : NULL;
}

const char *grade_view_text(const struct grade_view *view)
{
	return view->text;
}

void grade_view_close(struct grade_view *view)
{
	if (!view)
		return;
	drop_run(view);
	grader_destroy(&view->g);
	grade_report_destroy(&view->report);
	free(view);
}
