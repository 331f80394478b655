/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_property: each kind of check on small scenarios.
 *
 * A case is a check as an assignment writes it, a scenario, and what must
 * come out: verdict, a part of what was and of what was expected, where.
 */
#include <stdlib.h>
#include <unistd.h>

#include "grade/grade_json.h"
#include "grade/submission.h"
#include "test.h"

#define HEAD                                                                   \
	"local m = machine { nodes = { { memory = \"64M\" } }, "               \
	"sysctl = { watermark_boost_factor = 0 } } "
#define ALLOC "m:alloc { gfp = \"GFP_HIGHUSER_MOVABLE\" } "
#define REFUSED                                                                \
	HEAD "for o = 10, 0, -1 do while m:alloc { order = o, gfp = "          \
	     "\"GFP_HIGHUSER_MOVABLE\" } do end end "

/* The folder of this program's files. */
struct place {
	char folder[256];
	char assignment[320];
	char submission[320];
};

static void write_text(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	CHECK(out);
	if (!out)
		return;
	CHECK(fputs(text, out) >= 0);
	CHECK(!fclose(out));
}

static void place_open(struct place *p)
{
	const char *folder = getenv("TMPDIR");

	snprintf(p->folder, sizeof(p->folder), "%.200s/test_property.XXXXXX",
		 folder ? folder : P_tmpdir);
	CHECK(mkdtemp(p->folder));
	snprintf(p->assignment, sizeof(p->assignment), "%s/assignment.lua",
		 p->folder);
	snprintf(p->submission, sizeof(p->submission), "%s/student.lua",
		 p->folder);
}

static void place_close(const struct place *p)
{
	unlink(p->assignment);
	unlink(p->submission);
	CHECK(!rmdir(p->folder));
}

/* Grade @scenario by the assignment @text. False: the assignment is wrong. */
static bool grade(const struct place *p, const char *text, const char *scenario,
		  struct grade_submission *out, char *message, size_t size)
{
	const struct grade_options options = {
		.assignment = p->assignment,
		.allow_no_isolation = true,
		.engine_version = "test",
	};
	struct grade_report report;
	struct grader g;
	bool good;

	write_text(p->assignment, text);
	write_text(p->submission, scenario);
	if (grader_init(&g, &options, &report, message, size) != GRADE_END_GOOD)
		return false;
	good = submission_grade(&g, p->submission, "student", out, 0, NULL);
	CHECK(good);
	grader_destroy(&g);
	grade_report_destroy(&report);
	return good;
}

struct check_case {
	const char *check;
	const char *scenario;
	enum grade_verdict verdict;
	const char *actual; /* a part of it; NULL: anything */
	const char *expected; /* likewise */
	uint32_t request; /* of the counterexample; 0: anything */
};

static const struct check_case cases[] = {
	/* always */
	{ "always { \"watermark_check\", ok = true }", HEAD ALLOC, GRADE_PASS,
	  NULL, NULL, 0 },
	{ "always { \"watermark_check\", ok = true }", REFUSED, GRADE_FAIL,
	  "refused", "always watermark_check with ok = true", 0 },
	{ "always { \"watermark_check\", when = { zone = \"DMA\" }, "
	  "order = 0 }",
	  HEAD ALLOC, GRADE_VACUOUS, NULL, NULL, 0 },
	{ "always { \"watermark_check\", ok = true }", HEAD, GRADE_VACUOUS,
	  NULL, NULL, 0 },
	/* the machine as it was at the event */
	{ "always { \"expand\", where = function(e, machine) return "
	  "machine:page(e.upper).state == \"free\" and "
	  "machine:node(0):zone(e.zone).nr_free[e.order] == e.nr_free end }",
	  HEAD "local a = m:alloc { order = 3 } a:free() m:alloc { order = 5 }",
	  GRADE_PASS, NULL, NULL, 0 },
	/* never */
	{ "never { \"slow_path\" }", HEAD ALLOC, GRADE_PASS, NULL, NULL, 0 },
	{ "never { \"slow_path\" }", HEAD, GRADE_VACUOUS, NULL, NULL, 0 },
	{ "never { \"slow_path\" }", REFUSED, GRADE_FAIL,
	  "__alloc_pages_slowpath()", "never slow_path", 0 },
	{ "never { \"slow_path\", trigger = { \"mm_page_free\" } }", HEAD ALLOC,
	  GRADE_VACUOUS, NULL, NULL, 0 },
	/* eventually, and its nearest miss */
	{ "eventually { \"mm_page_alloc\", order = 3 }",
	  HEAD "m:alloc { order = 3 }", GRADE_PASS, NULL, NULL, 1 },
	{ "eventually { \"mm_page_alloc\", order = 3, zone = \"DMA32\", "
	  "migratetype = \"movable\" }",
	  HEAD "m:alloc { order = 3 } " ALLOC
	       "m:alloc { order = 2, gfp = \"GFP_HIGHUSER_MOVABLE\" }",
	  GRADE_FAIL, "the nearest, request 1",
	  "mm_page_alloc with migratetype = movable", 1 },
	{ "eventually { \"mm_page_free\" }", HEAD ALLOC, GRADE_FAIL,
	  "no event mm_page_free", "mm_page_free", 1 },
	{ "eventually \"mm_page_alloc and order >= 3\"",
	  HEAD "m:alloc { order = 4 }", GRADE_PASS, NULL, NULL, 1 },
	{ "eventually { \"watermark_check\", where = \"free - unusable > watermark "
	  "and not ok\" }",
	  REFUSED, GRADE_PASS, NULL, NULL, 0 },
	{ "eventually { \"watermark_check\", where = \"free - unusable > watermark "
	  "and not ok\" }",
	  HEAD ALLOC, GRADE_FAIL, "passed", "watermark_check with not ok", 1 },
	{ "eventually { \"mm_page_alloc\", order = at_least(2) }",
	  HEAD "m:alloc { order = 2 }", GRADE_PASS, NULL, NULL, 0 },
	{ "eventually { \"mm_page_alloc\", order = one_of { 1, 2 } }",
	  HEAD "m:alloc { order = 3 }", GRADE_FAIL, NULL, "one of 1, 2", 0 },
	{ "eventually { \"mm_page_alloc\", order = between(1, 4), "
	  "zone = other_than \"DMA\" }",
	  HEAD "m:alloc { order = 3 }", GRADE_PASS, NULL, NULL, 0 },
	/* count */
	{ "count { \"expand\", exactly = 7 }",
	  HEAD "m:alloc { order = 3, gfp = \"GFP_HIGHUSER_MOVABLE\" }",
	  GRADE_PASS, NULL, NULL, 0 },
	{ "count { \"expand\", max = 6 }",
	  HEAD "m:alloc { order = 3, gfp = \"GFP_HIGHUSER_MOVABLE\" }",
	  GRADE_FAIL, "7 such events", "at most 6: expand", 1 },
	{ "count { \"mm_page_alloc\", exactly = 1, per = \"request\" }",
	  HEAD ALLOC ALLOC, GRADE_PASS, NULL, NULL, 0 },
	{ "count { \"mm_page_alloc\", exactly = 1, per = \"request\" }",
	  REFUSED, GRADE_FAIL, "0 such events", "exactly 1", 0 },
	{ "count { \"slow_path\", exactly = 1, per = \"any request\" }",
	  REFUSED, GRADE_PASS, NULL, NULL, 0 },
	{ "count { \"mm_page_free\", exactly = 1, per = \"request\", "
	  "of = \"free\" }",
	  HEAD ALLOC, GRADE_VACUOUS, NULL, NULL, 0 },
	/* seq */
	{ "seq { { \"mm_page_alloc\", pfn = var \"p\" }, "
	  "{ \"mm_page_free\", pfn = var \"p\" }, "
	  "{ \"mm_page_alloc\", pfn = var \"p\" } }",
	  HEAD "local x = " ALLOC "local y = " ALLOC "y:free() " ALLOC,
	  GRADE_PASS, NULL, NULL, 4 },
	{ "seq { { \"mm_page_alloc\", pfn = var \"p\" }, "
	  "without { \"drain_pages\" }, "
	  "{ \"mm_page_free\", pfn = var \"p\" } }",
	  HEAD "local x = " ALLOC "m:drain() x:free()", GRADE_FAIL,
	  "1 of 2 events of the sequence", "then mm_page_free with pfn as p",
	  2 },
	{ "seq { { \"mm_page_alloc\", pfn = var \"p\" }, "
	  "without { \"drain_pages\" }, "
	  "{ \"mm_page_free\", pfn = var \"p\" } }",
	  HEAD "local x = " ALLOC "m:drain() local y = " ALLOC "y:free()",
	  GRADE_PASS, NULL, NULL, 4 },
	{ "seq { { \"mm_page_alloc\" }, without { \"mm_page_free\" } }",
	  HEAD "local x = " ALLOC "x:free()", GRADE_FAIL, "forbidden after",
	  NULL, 2 },
	{ "seq { { \"mm_page_free\" }, { \"mm_page_alloc\" } }", HEAD ALLOC,
	  GRADE_FAIL, "no event begins the sequence", "first mm_page_free", 1 },
	/* wholes */
	{ "requests { max = 2 }", HEAD ALLOC ALLOC, GRADE_PASS, NULL, NULL, 0 },
	{ "requests { max = 2 }", HEAD ALLOC ALLOC ALLOC, GRADE_FAIL,
	  "3 requests", "at most 2", 3 },
	{ "requests { max = 2 }", HEAD, GRADE_VACUOUS, NULL, NULL, 0 },
	{ "requests { exactly = 1, kind = \"drain\" }",
	  HEAD ALLOC "m:drain() m:drain()", GRADE_FAIL, "2 requests",
	  "of kind drain", 3 },
	{ "requests { max = 2, kind = \"drain\" }", HEAD ALLOC, GRADE_VACUOUS,
	  NULL, NULL, 0 },
	{ "requests { exactly = 0, kind = \"drain\" }", HEAD ALLOC, GRADE_PASS,
	  NULL, NULL, 0 },
	{ "never { \"slow_path\" }", HEAD "m:drain()", GRADE_VACUOUS, NULL,
	  NULL, 0 },
	{ "count { \"zone_skip\", max = 3 }", HEAD "m:drain()", GRADE_VACUOUS,
	  NULL, NULL, 0 },
	{ "never { \"slow_path\" }",
	  HEAD "m:alloc { alloc_flags = \"WMARK_MIN\" }", GRADE_PASS, NULL,
	  NULL, 0 },
	{ "never { \"request_error\" }", HEAD "m:drain()", GRADE_PASS, NULL,
	  NULL, 0 },
	{ "never { \"slow_path\", of = \"free\" }", HEAD ALLOC, GRADE_VACUOUS,
	  NULL, NULL, 0 },
	{ "measure { value = function() return 1 end, full = 1, none = 5, "
	  "of = \"free\" }",
	  HEAD ALLOC, GRADE_VACUOUS, NULL, NULL, 0 },
	{ "measure { value = function() return 1 end, full = 1, none = 5 }",
	  HEAD, GRADE_VACUOUS, "made no request", NULL, 0 },
	{ "requests { max = 2, trigger = { \"slow_path\" } }", HEAD ALLOC,
	  GRADE_VACUOUS, NULL, NULL, 0 },
	{ "final(function(machine) return "
	  "machine:node(0):zone(\"DMA32\").free == 12288 end)",
	  HEAD "m:alloc { order = 3 }:free()", GRADE_PASS, NULL, NULL, 0 },
	{ "final(function(machine) local f = "
	  "machine:node(0):zone(\"DMA32\").free return f == 12288, "
	  "f .. \" free\", \"12288\" end)",
	  HEAD "m:alloc { order = 3 }", GRADE_FAIL, "12280 free", "12288", 1 },
	{ "measure { value = function(run) return run.requests end, full = 1, "
	  "none = 5 }",
	  HEAD ALLOC ALLOC, GRADE_PARTIAL, "2", "1 or less", 2 },
	{ "measure { value = function(run) return run:count { \"expand\" } "
	  "end, full = 7, none = 0, unit = \"splits\" }",
	  HEAD "m:alloc { order = 3, gfp = \"GFP_HIGHUSER_MOVABLE\" }",
	  GRADE_PASS, NULL, NULL, 0 },
	{ "measure { value = function(run) return nil end, full = 1, "
	  "none = 2 }",
	  HEAD ALLOC, GRADE_VACUOUS, NULL, NULL, 0 },
};

static bool has(const char *text, const char *part)
{
	if (!part || strstr(text, part))
		return true;
	fprintf(stderr, "no \"%s\" in \"%s\"\n", part, text);
	return false;
}

static void check_case(const struct place *p, const struct check_case *c)
{
	struct grade_submission s;
	char text[1024], message[512];
	bool good;

	snprintf(text, sizeof(text),
		 "assignment { title = \"t\" }\n"
		 "property { points = 8, text = \"it\", %s }\n",
		 c->check);
	good = grade(p, text, c->scenario, &s, message, sizeof(message));
	CHECK(good);
	if (!good) {
		fprintf(stderr, "%s: %s\n", c->check, message);
		return;
	}
	CHECK_EQ(s.nr_results, 1);
	CHECK_STR(grade_verdict_name(s.results[0].verdict),
		  grade_verdict_name(c->verdict));
	CHECK(has(s.results[0].actual, c->actual));
	CHECK(has(s.results[0].expected, c->expected));
	if (c->request)
		CHECK_EQ(s.results[0].counterexample.request, c->request);
	if (c->verdict == GRADE_PASS)
		CHECK_EQ(s.points, 800);
	else if (c->verdict == GRADE_PARTIAL)
		CHECK_EQ(s.points, 600);
	else
		CHECK_EQ(s.points, 0);
	if (s.results[0].verdict != c->verdict)
		fprintf(stderr, "%s (%s; %s)\n", c->check, s.message,
			s.results[0].actual);
	grade_submission_destroy(&s);
}

/* Assignments that are wrong, and what is said about them. */
static const char *const wrong[][2] = {
	{ "property { points = 1, text = \"x\", never \"slow_path\" }",
	  "assignment{} is missing" },
	{ "assignment { title = \"t\" }", "property{} is missing" },
	{ "assignment { titl = \"t\" }", "did you mean title?" },
	{ "assignment { title = \"t\", limits = { wal_ms = 1 } }",
	  "did you mean wall_ms?" },
	{ "assignment { title = \"t\", kind = \"game\" }",
	  "kind: one of show" },
	{ "assignment { title = \"t\", seeds = { 0 } }", "from 1" },
	{ "never { \"slow_pth\" }", "did you mean slow_path?" },
	{ "never { \"slow_path\", ordr = 1 }", "did you mean order?" },
	{ "never { \"watermark_check\", ok = \"yes\" }", "is a boolean" },
	{ "never { \"zone_skip\", reason = \"roof\" }", "cannot be \"roof\"" },
	{ "never { \"slow_path\", where = \"ordr > 1\" }", "column 1" },
	{ "count { \"expand\" }", "min, max or exactly" },
	{ "count { \"expand\", exactly = 1, min = 1 }", "min, max or" },
	{ "measure { value = function() end, full = 1, none = 1 }",
	  "two different numbers" },
	{ "requests { max = 1, kind = \"aloc\" }", "did you mean alloc?" },
	{ "given { alow = {} }", "did you mean allow?" },
	{ "given { allow = { \"fre\" } }", "no such kind of request" },
	{ "given { setup = function() end }",
	  "given: setup: a machine is missing" },
	{ "fact(\"a\", 1)", "given.setup and given.after" },
	{ "seq {}", "a list of patterns" },
	{ "property { points = 1, text = \"x\" }", "a check is expected" },
	{ "property { points = -1, text = \"x\", never \"expand\" }",
	  "0 to 10000" },
	{ "property { points = 1, text = \"x\", visibility = \"no\", "
	  "never \"expand\" }",
	  "after_due_date" },
	{ "machine { nodes = { { memory = \"64M\" } } }",
	  "called inside a hook" },
	{ "while true do end", "limit" },
	{ "x =", "unexpected symbol" },
};

static void check_wrong(const struct place *p)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct grade_submission s;
		char message[512] = "";
		bool good = grade(p, wrong[i][0], HEAD, &s, message,
				  sizeof(message));

		CHECK(!good);
		CHECK(has(message, wrong[i][1]));
		CHECK(has(message,
			  i < 2 ? "assignment.lua: " : "assignment.lua:1: "));
		if (good)
			grade_submission_destroy(&s);
	}
}

/* An error of the assignment that only a submission causes is reported as its
 * own. */
static void check_late_mistake(const struct place *p)
{
	struct grade_submission s;
	char message[512];

	if (!grade(p,
		   "assignment { title = \"t\" }\n"
		   "property { points = 1, text = \"x\", eventually { "
		   "\"expand\", where = function(e) return e.sise > 1 end } }",
		   HEAD "m:alloc { order = 3 }", &s, message, sizeof(message)))
		return;
	CHECK_STR(grade_outcome_name(s.outcome), "assignment");
	CHECK(has(s.message, "assignment.lua:2: expand has no field"));
	CHECK_EQ(s.points, 0);
	grade_submission_destroy(&s);
}

/* What a worker sends is read back the same; every cut one is malformed. */
static void check_json(const struct place *p)
{
	const struct grade_property property = { .id = "P1" };
	struct grade_submission s, t = { .id = NULL };
	struct json_writer out = { .data = NULL };
	struct file_error error;
	char message[512], *text;
	struct document *d;

	if (!grade(p,
		   "assignment { title = \"t\", params = { a = 1, b = 2 } }\n"
		   "property { points = 1, text = \"x\", never \"expand\" }",
		   HEAD "m:alloc { order = 3 }", &s, message, sizeof(message)))
		return;
	grade_json_submission(&out, &s, &property, s.id);
	text = writer_finish(&out);
	d = document_from_text("test", text, strlen(text), &error);
	CHECK(d);
	grade_json_read_submission(d, &t, &property, 1);
	CHECK(document_close(d));
	CHECK_STR(t.id, s.id);
	CHECK_STR(t.results[0].actual, s.results[0].actual);
	CHECK_STR(t.runs[0].params, "a=1 b=2");
	CHECK_STR(t.events_hash, s.events_hash);
	CHECK_EQ(t.results[0].counterexample.step,
		 s.results[0].counterexample.step);
	grade_submission_destroy(&t);
	for (size_t size = strlen(text); size-- > 0;)
		CHECK(!document_from_text("test", text, size, &error));
	free(text);
	grade_submission_destroy(&s);
}

/* The published SHA-256 of "abc", and of a million times "a". */
static void check_hash(void)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];
	struct sha256 h;

	sha256_begin(&h);
	sha256_add(&h, "abc", 3);
	sha256_end(&h, digest);
	sha256_hex(digest, hex);
	CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223"
		       "b00361a396177a9cb410ff61f20015ad");
	sha256_begin(&h);
	for (int i = 0; i < 100000; i++)
		sha256_add(&h, "aaaaaaaaaa", 10);
	sha256_end(&h, digest);
	sha256_hex(digest, hex);
	CHECK_STR(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
		       "f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
	struct place place;

	place_open(&place);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(&place, &cases[i]);
	check_wrong(&place);
	check_late_mistake(&place);
	check_json(&place);
	check_hash();
	place_close(&place);
	return test_done();
}
