/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_grade: reports, missing isolation, hidden properties, and the functions
 * for the screen. This program does not support being started for a scenario
 * (isolate.h), so one layer is missing: grading without it is an error.
 */
#include <stdlib.h>

#include "report/report.h"
#include "grade/grade_view.h"
#include "grade/grader.h"
#include "grade/submission_text.h"
#include "report/report.h"
#include "test.h"

/* A file of the samples. */
static const char *sample(const char *name, char *buf, size_t size)
{
	const char *source = getenv("ZONEWALK_SOURCE");

	snprintf(buf, size, "%s/scenarios/assignments/%s",
		 source ? source : ".", name);
	return buf;
}

static enum grade_end grade_sample(const char *kind, const char *submission,
				   bool allow, struct grade_report *report,
				   char *message, size_t size)
{
	char assignment[512], name[128], path[512];
	const char *const paths[] = { path };
	struct grade_options options = {
		.assignment = assignment,
		.submissions = paths,
		.nr_submissions = 1,
		.allow_no_isolation = allow,
		.engine_version = "test",
	};

	snprintf(name, sizeof(name), "%s/assignment.lua", kind);
	sample(name, assignment, sizeof(assignment));
	snprintf(name, sizeof(name), "%s/%s", kind, submission);
	sample(name, path, sizeof(path));
	return grade_run(&options, report, message, size);
}

static void check_isolation(void)
{
	struct grade_report report;
	char message[1024] = "";

	CHECK_EQ(grade_sample("explain", "solution.lua", false, &report,
			      message, sizeof(message)),
		 GRADE_END_ISOLATION);
	CHECK(strstr(message, "program"));
	CHECK_EQ(grade_sample("explain", "solution.lua", true, &report, message,
			      sizeof(message)),
		 GRADE_END_GOOD);
	CHECK(strstr(report.isolation, "without"));
	CHECK(strstr(report.isolation, "program"));
	CHECK_EQ(report.submissions[0].outcome, GRADE_PASSED);
	grade_report_destroy(&report);
}

/* A report contains what is needed to reproduce it. */
static void check_rerun(void)
{
	struct grade_report a, b;
	char message[1024];

	CHECK_EQ(grade_sample("shortest", "wrong-seed.lua", true, &a, message,
			      sizeof(message)),
		 GRADE_END_GOOD);
	CHECK_EQ(grade_sample("shortest", "wrong-seed.lua", true, &b, message,
			      sizeof(message)),
		 GRADE_END_GOOD);
	CHECK_EQ(a.submissions[0].nr_runs, 3);
	for (uint32_t i = 0; i < 3; i++) {
		CHECK_EQ(a.submissions[0].runs[i].seed, i + 1);
		CHECK_EQ(strlen(a.submissions[0].runs[i].events_hash), 64);
		CHECK_STR(a.submissions[0].runs[i].events_hash,
			  b.submissions[0].runs[i].events_hash);
	}
	CHECK_STR(a.submissions[0].scenario_hash,
		  b.submissions[0].scenario_hash);
	CHECK_EQ(strlen(a.submissions[0].scenario_hash), 64);
	CHECK_STR(a.assignment_hash, b.assignment_hash);
	grade_report_destroy(&a);
	grade_report_destroy(&b);
}

static void check_hide(void)
{
	struct grade_report report;
	char message[1024];
	const struct grade_submission *s;

	CHECK_EQ(grade_sample("reserve", "wrong-watermark.lua", true, &report,
			      message, sizeof(message)),
		 GRADE_END_GOOD);
	s = &report.submissions[0];
	CHECK_STR(report.properties[3].id, "P4");
	CHECK(s->results[3].message[0]);
	CHECK(s->results[3].counterexample.known);
	CHECK(s->results[0].expected[0]);
	grade_hide(&report);
	CHECK_STR(report.properties[3].id, "hidden 1");
	CHECK_STR(report.properties[3].text, "");
	CHECK_STR(s->results[3].message, "");
	CHECK_STR(s->results[3].actual, "");
	CHECK_STR(s->results[3].expected, "");
	CHECK_STR(s->results[3].command, "");
	CHECK(!s->results[3].counterexample.known);
	CHECK_EQ(s->results[3].verdict, GRADE_HIDDEN);
	CHECK_EQ(s->results[3].points, 0);
	CHECK_STR(report.properties[0].id, "P1");
	CHECK(s->results[0].message[0]);
	grade_report_destroy(&report);
}

/* The screen opens where the first property was missed. */
static void check_view(void)
{
	char assignment[512], path[512], message[1024];
	enum grade_end end;
	struct grade_view *v;
	const struct event *event;

	sample("reserve/assignment.lua", assignment, sizeof(assignment));
	sample("reserve/wrong-watermark.lua", path, sizeof(path));
	v = grade_view_open(assignment, path, NULL, true, &end, message,
			    sizeof(message));
	CHECK(v);
	if (!v)
		return;
	CHECK_EQ(end, GRADE_END_GOOD);
	CHECK_EQ(grade_view_step(v), 6);
	CHECK_EQ(session_step(grade_view_session(v)), 6);
	event = history_event(session_history(grade_view_session(v)), 6);
	CHECK_EQ(event_id(event), EVENT_watermark_check);
	CHECK(v && grade_view_property(v));
	CHECK_STR(grade_view_property(v), "P1");
	CHECK(strstr(grade_view_text(v), "a zone is refused only"));
	CHECK(strstr(grade_view_text(v), "the nearest, request 1, step 6"));
	grade_view_close(v);
	/* of several runs the one with the counterexample */
	sample("shortest/assignment.lua", assignment, sizeof(assignment));
	sample("shortest/wrong-seed.lua", path, sizeof(path));
	v = grade_view_open(assignment, path, "P1", true, &end, message,
			    sizeof(message));
	CHECK(v && strstr(grade_view_text(v), "cpu other than 0"));
	grade_view_close(v);
	/* what the assignment requests afterwards is there to be seen */
	sample("repair/assignment.lua", assignment, sizeof(assignment));
	sample("repair/wrong-alloc.lua", path, sizeof(path));
	v = grade_view_open(assignment, path, NULL, true, &end, message,
			    sizeof(message));
	CHECK(v);
	if (!v)
		return;
	event = history_event(session_history(grade_view_session(v)),
			      grade_view_step(v));
	CHECK_EQ(event_id(event), EVENT_slow_path);
	grade_view_close(v);
	/* a hidden property has no view */
	sample("reserve/assignment.lua", assignment, sizeof(assignment));
	CHECK(!grade_view_open(assignment, path, "P4", true, &end, message,
			       sizeof(message)));
	CHECK(strstr(message, "--property P4"));
	CHECK(!grade_view_open(assignment, "nothing.lua", NULL, true, &end,
			       message, sizeof(message)));
	CHECK(strstr(message, "nothing.lua"));
}

/* A given machine that answers is looked at when the student made none. */
static void check_view_of_answers(void)
{
	char assignment[512], path[512], message[1024];
	enum grade_end end;
	struct grade_view *v;

	sample("predict/assignment.lua", assignment, sizeof(assignment));
	sample("predict/wrong-other.lua", path, sizeof(path));
	v = grade_view_open(assignment, path, NULL, true, &end, message,
			    sizeof(message));
	CHECK(v);
	if (!v)
		return;
	CHECK(grade_view_step(v) > 0);
	CHECK(grade_view_step(v) <= session_nr_steps(grade_view_session(v)));
	CHECK(strstr(grade_view_text(v), "block2.pfn = 4128"));
	grade_view_close(v);
}

static void check_points(void)
{
	char text[16];

	CHECK_STR(grade_points_text(0, text, sizeof(text)), "0");
	CHECK_STR(grade_points_text(300, text, sizeof(text)), "3");
	CHECK_STR(grade_points_text(250, text, sizeof(text)), "2.5");
	CHECK_STR(grade_points_text(5, text, sizeof(text)), "0.05");
	CHECK_STR(grade_points_text(1000033, text, sizeof(text)), "10000.33");
}

static void check_groups(void)
{
	struct grade_submission s[5] = {
		{ .events_hash = "b" }, { .events_hash = "a" },
		{ .events_hash = "b" }, { .events_hash = "" },
		{ .events_hash = "" },
	};
	const struct grade_report report = {
		.nr_submissions = 5,
		.submissions = s,
	};
	uint32_t *group = report_groups(&report);

	CHECK(group);
	if (!group)
		return;
	CHECK_EQ(group[0], 0);
	CHECK_EQ(group[1], 1);
	CHECK_EQ(group[2], 0);
	CHECK_EQ(group[3], 3); /* without events, nothing is the same */
	CHECK_EQ(group[4], 4);
	free(group);
}

static void check_id(const char *path, const char *id)
{
	char *got = submission_id(path);

	CHECK_STR(got ? got : "no memory", id);
	free(got);
}

static void check_ids(void)
{
	check_id("ann.lua", "ann");
	check_id("class/ann.b.lua", "ann.b");
	check_id("class/ann/submission.lua", "ann");
	check_id("class/ann/solution.lua", "ann");
	check_id("/ann/main.lua", "ann");
	check_id("submission.lua", "submission");
	check_id(".hidden", ".hidden");
	check_id("ann/Submission.LUA", "ann");
}

int main(void)
{
	check_isolation();
	check_rerun();
	check_hide();
	check_view();
	check_view_of_answers();
	check_points();
	check_groups();
	check_ids();
	return test_done();
}
