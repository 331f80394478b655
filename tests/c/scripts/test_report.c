/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: every format of a grade report in which students wrote what they
 * could, and reports merged.
 *
 *   test_report                  the checks
 *   test_report FORMAT [hide]    prints the report, for readers of formats
 */
#include "report_class.h"

#include <unistd.h>

#include "files.h"
#include "json/json.h"
#include "test.h"

static char *written(const struct grade_report *report,
		     enum report_format format)
{
	char *text = report_text(report, format);

	if (!text)
		exit(EXIT_FAILURE);
	return text;
}

/* -- every format --------------------------------------------------------- */

/* Does it act: escapes, C1 controls, returns, overrides, no UTF-8? */
static bool acts(const char *text)
{
	static const char *const active[] = {
		"\x1b",	    "\r",	    "\x07", "\x7f",
		"\xc2\x9b", "\xe2\x80\xae", "\xff", "'\x80",
	};

	for (size_t i = 0; i < sizeof(active) / sizeof(active[0]); i++)
		if (strstr(text, active[i]))
			return true;
	return false;
}

static void test_names(void)
{
	const char *near;

	for (int i = 0; i < NR_REPORT_FORMATS; i++)
		CHECK_EQ(report_format_from_name(
				 report_format_name((enum report_format)i),
				 &near),
			 i);
	CHECK_EQ(report_format_from_name("junt", &near), NR_REPORT_FORMATS);
	CHECK(near && !strcmp(near, "junit"));
	CHECK_EQ(report_format_from_name("", &near), NR_REPORT_FORMATS);
}

static void test_nothing_acts(void)
{
	struct grade_report report;

	report_class(&report, 0, 3);
	for (int i = REPORT_JSON; i < NR_REPORT_FORMATS; i++) {
		char *text = written(&report, (enum report_format)i);

		if (acts(text))
			fprintf(stderr, "in %s\n",
				report_format_name((enum report_format)i));
		CHECK(!acts(text));
		CHECK(text[strlen(text) - 1] == '\n');
		free(text);
	}
	grade_report_destroy(&report);
}

static cJSON *tree_of(const char *text)
{
	struct file_error error;
	const struct json_place at = { "report", 1, &error };
	cJSON *tree = json_parse(&at, text, strlen(text));

	CHECK(tree);
	if (!tree) {
		fprintf(stderr, "%s\n", error.text);
		exit(EXIT_FAILURE);
	}
	return tree;
}

static const char *string_at(const cJSON *object, const char *key)
{
	const cJSON *value = json_get(object, key);

	return cJSON_IsString(value) ? value->valuestring : "(no string)";
}

static void test_gradescope(void)
{
	struct grade_report report;
	char *text;
	cJSON *tree;
	const cJSON *test;

	report_class(&report, 0, 1);
	text = written(&report, REPORT_GRADESCOPE);
	tree = tree_of(text);
	CHECK(!json_get(tree, "score")); /* the platform adds the scores */
	CHECK_EQ(json_length(json_get(tree, "tests")), 3);
	test = json_get(tree, "tests")->child;
	CHECK_STR(string_at(test, "name"), "P1: every request is given a page");
	CHECK_STR(string_at(test, "status"), "passed");
	CHECK_STR(string_at(test, "output_format"), "text");
	CHECK(json_get(test->next, "score")->valuedouble == 2.5);
	CHECK(json_get(test->next, "max_score")->valuedouble == 2.5);
	CHECK_STR(string_at(test->next->next, "visibility"), "hidden");
	CHECK(json_get(test->next->next, "score")->valuedouble == 0.5);
	cJSON_Delete(tree);
	free(text);
	CHECK(grade_hide(&report));
	text = written(&report, REPORT_GRADESCOPE);
	tree = tree_of(text);
	CHECK(json_get(tree, "score")->valuedouble == 3.5);
	test = json_get(tree, "tests")->child->next->next;
	CHECK_STR(string_at(test, "visibility"), "hidden");
	CHECK(json_get(test, "score")->valuedouble == 0);
	CHECK(!json_get(test, "status"));
	cJSON_Delete(tree);
	free(text);
	grade_report_destroy(&report);

	report_class(&report, 0, 3);
	text = written(&report, REPORT_GRADESCOPE);
	tree = tree_of(text);
	CHECK_EQ(json_length(tree), 3);
	CHECK_STR(string_at(tree->child, "id"), "alice");
	CHECK(strstr(string_at(json_get(tree->child->next, "results"),
			       "output"),
		     ": 0 of 3.5 in the visible tests"));
	cJSON_Delete(tree);
	free(text);
	grade_report_destroy(&report);
}

static void test_check50(void)
{
	struct grade_report report;
	const cJSON *results;
	char *text;
	cJSON *tree;

	report_class(&report, 1, 2);
	text = written(&report, REPORT_CHECK50);
	tree = tree_of(text);
	CHECK_STR(string_at(tree, "slug"), "a/steal.lua");
	results = json_get(tree, "results");
	CHECK_EQ(json_length(results), 3);
	CHECK(cJSON_IsFalse(json_get(results->child, "passed")));
	CHECK(strstr(string_at(json_get(results->child, "cause"), "rationale"),
		     "forged"));
	CHECK(cJSON_IsArray(json_get(results->child, "log")));
	cJSON_Delete(tree);
	free(text);
	grade_report_destroy(&report);

	report_class(&report, 2, 3);
	text = written(&report, REPORT_CHECK50);
	tree = tree_of(text);
	results = json_get(tree, "results");
	CHECK(cJSON_IsNull(json_get(results->child, "passed")));
	cJSON_Delete(tree);
	free(text);
	grade_report_destroy(&report);
}

/* How often a line of @text begins with @begin. */
static unsigned int lines_with(const char *text, const char *begin)
{
	unsigned int nr = 0;

	for (; text; text = strchr(text, '\n'), text = text ? text + 1 : NULL)
		nr += !strncmp(text, begin, strlen(begin));
	return nr;
}

static void test_tap(void)
{
	struct grade_report report;
	char *text;

	report_class(&report, 0, 3);
	text = written(&report, REPORT_TAP);
	CHECK_EQ(lines_with(text, "1..12\n"), 1);
	CHECK_EQ(lines_with(text, "ok "), 5);
	CHECK_EQ(lines_with(text, "not ok "), 7);
	CHECK_EQ(lines_with(text, "Bail out!"), 0);
	CHECK(strstr(text, "alice P2: a block is stolen \\# twice\n"));
	free(text);
	CHECK(grade_hide(&report));
	text = written(&report, REPORT_TAP);
	CHECK_EQ(lines_with(text, "ok "), 7);
	CHECK(strstr(text, "# SKIP hidden\n"));
	CHECK(!strstr(text, "hidden from students"));
	CHECK(!strstr(text, "secret"));
	free(text);
	grade_report_destroy(&report);
}

static void test_junit(void)
{
	struct grade_report report;
	char *text;

	report_class(&report, 0, 3);
	text = written(&report, REPORT_JUNIT);
	CHECK(strstr(text, "name=\"The &lt;second&gt; lesson &amp; more\""));
	CHECK(strstr(text, "tests=\"12\" failures=\"3\" errors=\"1\" time"));
	CHECK(strstr(text, "tests=\"4\" failures=\"0\" errors=\"1\" "
			   "time=\"0\" skipped=\"3\""));
	CHECK(!strstr(text, "<x>"));
	CHECK(!strstr(text, "]]></"));
	free(text);
	grade_report_destroy(&report);
}

static void test_own(void)
{
	struct grade_report report;
	const cJSON *s;
	char *text;
	cJSON *tree;

	report_class(&report, 0, 3);
	text = written(&report, REPORT_JSON);
	tree = tree_of(text);
	CHECK_STR(string_at(tree, "schema"), "zonewalk/grade/1");
	s = json_get(tree, "submissions")->child;
	CHECK_STR(string_at(json_get(s, "runs")->child, "seed"),
		  "18446744073709551615");
	s = s->next;
	CHECK(!strncmp(string_at(s, "id"), "bob\x1b[2J", 7));
	CHECK_STR(string_at(s, "same_as"), "alice");
	CHECK_EQ(json_member_u32(json_get(tree, "properties")->child, "missed"),
		 2);
	cJSON_Delete(tree);
	free(text);
	grade_report_destroy(&report);
}

/* -- merging -------------------------------------------------------------- */

/* A file with the report of submissions [first, end); unlink() it. */
static char *report_file(uint32_t first, uint32_t end, const char *old,
			 const char *new)
{
	struct grade_report report;
	const char *path;
	char *text;

	report_class(&report, first, end);
	text = written(&report, REPORT_JSON);
	if (old) {
		char *changed = edited(text, "", old, new);

		free(text);
		text = changed;
	}
	path = temporary_file(text, strlen(text));
	free(text);
	grade_report_destroy(&report);
	return strdup(path);
}

static bool merges(char *const *paths, uint32_t nr, struct grade_report *report,
		   struct file_error *error)
{
	bool ok = report_merge((const char *const *)paths, nr, report, error);

	for (uint32_t i = 0; i < nr; i++)
		unlink(paths[i]);
	return ok;
}

static void test_merge(void)
{
	char *paths[] = { report_file(0, 1, NULL, NULL),
			  report_file(1, 3, NULL, NULL) };
	struct grade_report whole, merged;
	struct file_error error = { "" };
	char *text[2];

	CHECK(merges(paths, 2, &merged, &error));
	CHECK_STR(error.text, "");
	report_class(&whole, 0, 3);
	/* bytes that are no UTF-8 do not survive: compare what was written */
	for (int i = REPORT_JSON; i < REPORT_CSV; i++) {
		text[0] = written(&whole, (enum report_format)i);
		text[1] = written(&merged, (enum report_format)i);
		CHECK_STR(text[1], text[0]);
		free(text[0]);
		free(text[1]);
	}
	grade_report_destroy(&whole);
	grade_report_destroy(&merged);
	free(paths[0]);
	free(paths[1]);
}

/* The second report, with @old changed to @new, is refused for @why. */
static void refused(uint32_t first, uint32_t end, const char *old,
		    const char *new, const char *why)
{
	char *paths[] = { report_file(0, 1, NULL, NULL),
			  report_file(first, end, old, new) };
	struct grade_report merged;
	struct file_error error = { "" };

	CHECK(!merges(paths, 2, &merged, &error));
	if (!strstr(error.text, why))
		fprintf(stderr, "%s\n", error.text);
	CHECK(strstr(error.text, why));
	free(paths[0]);
	free(paths[1]);
}

static void test_merge_refusals(void)
{
	refused(0, 1, NULL, NULL, "\"alice\" is in these reports twice");
	refused(1, 3, "zonewalk/grade/1", "zonewalk/grade/2",
		":1: schema: \"zonewalk/grade/1\" is expected");
	refused(1, 3, "\"assignment_hash\":\"0", "\"assignment_hash\":\"1",
		"another assignment");
	refused(1, 3, "\"assignment_hash\":\"0", "\"assignment_hash\":\"x",
		":1: assignment_hash: 64 hex digits");
	refused(1, 3, "\"engine\":\"0.1.0\"", "\"engine\":\"0.1.1\"",
		"another version");
	refused(1, 3, "\"isolation\":\"rlimits", "\"isolation\":\"other",
		"another isolation");
	refused(1, 3, "\"verdict\":\"fail\"", "\"verdict\":\"failed\"",
		":1: submissions[0].results[0].verdict: \"failed\" is not an allowed value");
	refused(1, 3, "\"outcome\":", "\"outcom\":",
		":1: submissions[0].outcome: the key is missing");
	refused(1, 3, "\"property\":\"P2\"", "\"property\":\"P3\"",
		":1: submissions[0].results[1].property: the properties are "
		"not in order");
	refused(1, 3, "\"step\":41", "\"step\":4503599627370497",
		":1: submissions[0].results[0].counterexample.step: not an integer");
	refused(1, 3, "\"step\":41", "\"step\":-1",
		":1: submissions[0].results[0].counterexample.step: -1 is out");
	refused(1, 3, "\"seed\":\"18446744073709551615\"",
		"\"seed\":\"18446744073709551616\"",
		":1: submissions[0].runs[0].seed: a number below 2^64");
	refused(1, 3, "\"max\":4", "\"max\":1e300",
		":1: max: the number is out of range");
	refused(1, 3, "\"hidden\":false", "\"hidden\":true",
		"only one of this and the first report hides");
	refused(1, 3, "\"hidden\":false", "\"hidden\":0",
		":1: hidden: true or false");
	refused(1, 3, "\"title\":\"", "\"title\":\"\xff", "not UTF-8");
	refused(1, 3, "\"title\":", "\"kind\":null,\"title\":",
		"duplicate key \"kind\"");
	refused(1, 3, "\"submissions\":[", "\"submissions\":[7,",
		":1: submissions[0]: an object is expected");
	refused(1, 3, "\"properties\":[", "\"properties\":{},\"x\":[",
		":1: properties: a list is expected");
	refused(1, 3, "{\"schema\"", "[{\"schema\"", "");
}

static int print(const char *name, bool hide)
{
	const char *near;
	enum report_format format = report_format_from_name(name, &near);
	struct grade_report report;
	char *text;

	if (format == NR_REPORT_FORMATS)
		return EXIT_FAILURE;
	report_class(&report, 0, 3);
	if (hide && !grade_hide(&report))
		return EXIT_FAILURE;
	text = written(&report, format);
	fputs(text, stdout);
	free(text);
	grade_report_destroy(&report);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return print(argv[1], argc > 2);
	test_names();
	test_nothing_acts();
	test_gradescope();
	test_check50();
	test_tap();
	test_junit();
	test_own();
	test_merge();
	test_merge_refusals();
	return test_done();
}
