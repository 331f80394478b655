/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_class: alice, bob and eve. */
#include "report_class.h"

#include <stdlib.h>
#include <string.h>

/* What breaks something somewhere. */
#define EVIL                                                                   \
	"\x1b[2J\x1b]0;title\x07 \"]]></failure><x>&amp; # SKIP\nok 9 - "      \
	"forged\nBail out!\r\t\\ '\x80\xff\xc2\x9b \xe2\x80\xae end"
#define EVENTS                                                                 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void *room(size_t nr, size_t size)
{
	void *made = calloc(nr, size);

	if (!made)
		exit(EXIT_FAILURE);
	return made;
}

static char *copy(const char *text)
{
	return strcpy(room(strlen(text) + 1, 1), text);
}

static void add_properties(struct grade_report *report)
{
	static const struct grade_property properties[] = {
		{ "P1", "every request is given a page", 100, GRADE_VISIBLE,
		  GRADE_FULL },
		{ "P2", "a block is stolen # twice", 250, GRADE_VISIBLE,
		  GRADE_ACTUAL },
		{ "secret", "hidden from students", 50, GRADE_HIDDEN_ALWAYS,
		  GRADE_NONE },
	};

	report->nr_properties = 3;
	report->properties = room(3, sizeof(*report->properties));
	for (uint32_t i = 0; i < 3; i++) {
		report->properties[i] = properties[i];
		report->properties[i].id = copy(properties[i].id);
		report->properties[i].text = copy(properties[i].text);
	}
}

static void add_results(struct grade_report *report, struct grade_submission *s,
			const enum grade_verdict *verdicts, const char *text)
{
	s->nr_results = report->nr_properties;
	s->results = room(s->nr_results, sizeof(*s->results));
	for (uint32_t i = 0; i < s->nr_results; i++) {
		struct grade_result *r = &s->results[i];
		const bool pass = verdicts[i] == GRADE_PASS;

		r->verdict = verdicts[i];
		r->points = pass ? report->properties[i].max : 0;
		r->actual = copy(pass ? "" : text);
		r->expected = copy(pass ? "" : "5 times");
		r->message = copy(pass ? "" : text);
		r->command = copy(pass ? "" : "zonewalk play 'a b.lua'");
		r->missed_facts = copy(i == 1 && !pass ? "a b.pfn" : "");
		r->counterexample.known = verdicts[i] == GRADE_FAIL;
		r->counterexample.request = 3;
		r->counterexample.step = 41;
		r->has_value = i == 1;
		r->value = 1.0 / 3;
		s->points += r->points;
	}
}

static void add_submission(struct grade_report *report, const char *id,
			   enum grade_outcome outcome,
			   const enum grade_verdict *verdicts, const char *text)
{
	struct grade_submission *s =
		&report->submissions[report->nr_submissions++];

	s->id = copy(id);
	s->path = copy("sub/" EVIL ".lua");
	s->outcome = outcome;
	s->limit = copy(outcome == GRADE_LIMIT ? "wall_ms" : "");
	s->message = copy(outcome <= GRADE_FAILED ? "" : text);
	s->command = copy("");
	s->max = report->max;
	memcpy(s->scenario_hash, EVENTS, 65);
	memcpy(s->events_hash, EVENTS, outcome <= GRADE_FAILED ? 65 : 0);
	s->nr_runs = 1;
	s->runs = room(1, sizeof(*s->runs));
	s->runs->seed = UINT64_MAX;
	s->runs->params = copy("size=3");
	add_results(report, s, verdicts, text);
}

void report_class(struct grade_report *report, uint32_t first, uint32_t end)
{
	static const enum grade_verdict good[] = { GRADE_PASS, GRADE_PASS,
						   GRADE_PASS };
	static const enum grade_verdict bad[] = { GRADE_FAIL, GRADE_VACUOUS,
						  GRADE_FAIL };
	static const enum grade_verdict none[] = { GRADE_NOT_RUN, GRADE_NOT_RUN,
						   GRADE_NOT_RUN };

	*report = (struct grade_report){
		.title = copy("The <second> lesson & more"),
		.kind = copy("show"),
		.assignment = copy("a/steal.lua"),
		.assignment_hash = EVENTS,
		.engine_version = copy("0.1.0"),
		.isolation = copy("rlimits seccomp"),
		.max = 400,
	};
	add_properties(report);
	report->submissions = room(4, sizeof(*report->submissions));
	if (first <= 0 && end > 0)
		add_submission(report, "alice", GRADE_PASSED, good, "");
	if (first <= 1 && end > 1)
		add_submission(report, "bob" EVIL, GRADE_FAILED, bad, EVIL);
	if (first <= 2 && end > 2)
		add_submission(report, "eve", GRADE_LIMIT, none,
			       "wall_ms: 2000 ms are over " EVIL);
}
