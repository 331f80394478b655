/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json: what is JSON, what is not, and what tables of keys refuse. */
#include "json/json.h"

#include <string.h>

#include "test.h"
#include "json/writer.h"

static struct file_error error;
static const struct json_place place = { "file.json", 7, &error };

static bool parses(const char *text, size_t length)
{
	cJSON *json = json_parse(&place, text, length);
	bool ok = json != NULL;

	cJSON_Delete(json);
	return ok;
}

static void test_good(void)
{
	static const char *const good[] = {
		"null",
		" true ",
		"0",
		"-0",
		"12e3",
		"1.5E-2",
		"\"\"",
		"[]",
		"{}",
		"[1,[2,{\"a\":[]}]]",
		"{\"a\":1,\"A\":2}",
		"\"\\u00e9\\ud83d\\ude00\\n\\/\"",
		"\"\xc3\xa9\xf0\x9f\x98\x80\"",
		"\r\n\t[ 1 , 2 ]\n",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!parses(good[i], strlen(good[i])))
			fprintf(stderr, "refused: %s: %s\n", good[i],
				error.text);
		CHECK(parses(good[i], strlen(good[i])));
	}
}

static void test_bad(void)
{
	static const struct {
		const char *text;
		const char *why;
	} bad[] = {
		{ "", "unexpected end of text" },
		{ "   ", "unexpected end of text" },
		{ "[1,2", "unexpected end of text" },
		{ "{\"a\":", "unexpected end of text" },
		{ "\"abc", "unexpected end of text" },
		{ "[1]]", "after the end" },
		{ "{} {}", "after the end" },
		{ "[1,]", "a value is expected" },
		{ "{\"a\" 1}", "a colon is expected" },
		{ "{a:1}", "a string is expected" },
		{ "[1 2]", "a comma" },
		{ "01", "must not begin with 0" },
		{ "1.", "unexpected end of text" },
		{ "[.5]", "a value is expected" },
		{ "[+1]", "a value is expected" },
		{ "[NaN]", "a value is expected" },
		{ "[tru]", "a value is expected" },
		{ "{\"a\":1,\"b\":2,\"a\":3}", "duplicate key \"a\"" },
		{ "[{\"x\":{\"k\":1,\"\\u006b\":2}}]", "duplicate key \"k\"" },
		{ "\"\\x\"", "unknown escape" },
		{ "\"\\u12g4\"", "four hex digits" },
		{ "\"\\u0000\"", "a NUL" },
		{ "\"\\ud800\"", "unpaired surrogate" },
		{ "\"\\udc00\"", "unpaired surrogate" },
		{ "\"a\nb\"", "a control byte" },
		{ "\"\xff\"", "not UTF-8" },
		{ "\"\xc0\xaf\"", "not UTF-8" },
		{ "\"\xed\xa0\x80\"", "not UTF-8" },
		{ "\"\xf4\x90\x80\x80\"", "not UTF-8" },
		{ "\"\xe2\x82\"", "not UTF-8" },
		{ "\xef\xbb\xbf{}", "a value is expected" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!parses(bad[i].text, strlen(bad[i].text)));
		CHECK(!strncmp(error.text, "file.json:7: ", 13));
		if (!strstr(error.text, bad[i].why))
			fprintf(stderr, "%s: %s\n", bad[i].text, error.text);
		CHECK(strstr(error.text, bad[i].why));
	}
	CHECK(!parses("[1,\0 2]", 7));
	CHECK(!parses("\n\n[1,\n?]", 8));
	CHECK(!strncmp(error.text, "file.json:10: column 1", 22));
}

/* Depth and number of values are counted before anything recurses. */
static void test_limits(void)
{
	size_t size = (size_t)10 << 20;
	char *text = malloc(size);

	CHECK(text);
	if (!text)
		return;
	memset(text, '[', size);
	CHECK(!parses(text, size));
	CHECK(strstr(error.text, "nested too deeply"));
	for (size_t i = 0; i + 5 <= size; i += 5)
		memcpy(text + i, "{\"a\":", 5);
	CHECK(!parses(text, size));
	CHECK(strstr(error.text, "nested too deeply"));
	for (size_t i = 0; i < size; i++)
		text[i] = i % 2 ? '1' : ',';
	text[0] = '[';
	CHECK(!parses(text, size));
	CHECK(strstr(error.text, "four million values"));
	memset(text, ' ', size);
	memcpy(text, "[1]", 3);
	CHECK(parses(text, size));
	memset(text, '[', JSON_DEPTH_MAX);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	CHECK(parses(text, 2 * JSON_DEPTH_MAX));
	free(text);
}

static void test_many_keys(void)
{
	static char text[200000];
	size_t at = 0;

	text[at++] = '{';
	for (int i = 0; i < 5000; i++)
		at += (size_t)sprintf(text + at, "%s\"k%d\":0", i ? "," : "",
				      i);
	text[at] = '}';
	CHECK(parses(text, at + 1));
	at += (size_t)sprintf(text + at, ",\"k1234\":1}");
	CHECK(!parses(text, at));
	CHECK(strstr(error.text, "duplicate key \"k1234\""));
}

/* -- tables --------------------------------------------------------------- */

static const struct json_key small = { .kind = JSON_INTEGER,
				       .min = -1,
				       .max = 9 };
static const struct json_key inner[] = {
	{ .key = "n", .kind = JSON_INTEGER, .max = 9 },
	{ .key = NULL },
};
static const struct json_key an_inner = { .kind = JSON_OBJECT, .of = inner };
static const struct json_key keys[] = {
	{ .key = "whole",
	  .kind = JSON_INTEGER,
	  .min = -5,
	  .max = JSON_INTEGER_MAX },
	{ .key = "wide", .kind = JSON_UINT64 },
	{ .key = "flag", .kind = JSON_BOOL, .optional = true },
	{ .key = "text", .kind = JSON_STRING, .min = 1, .max = 3 },
	{ .key = "list", .kind = JSON_LIST, .min = 1, .max = 2, .of = &small },
	{ .key = "map", .kind = JSON_MAP, .max = 2, .of = &small },
	{ .key = "inner", .kind = JSON_LIST, .max = 2, .of = &an_inner },
	{ .key = "none", .kind = JSON_INTEGER, .nullable = true, .max = 1 },
	{ .key = "cma", .kind = JSON_BOOL, .needs = JSON_NEEDS_CMA },
	{ .key = NULL },
};
static const struct json_key table = { .kind = JSON_OBJECT, .of = keys };

#define REST                                                                   \
	"\"text\":\"abc\",\"list\":[1],\"map\":{\"x\":2},"                     \
	"\"inner\":[{\"n\":0},{\"n\":9,\"other\":1.5}],\"none\":null}"

static bool fits(const char *text, unsigned int needs)
{
	cJSON *json = json_parse(&place, text, strlen(text));
	bool ok = json && json_check(&place, json, &table, needs);

	cJSON_Delete(json);
	return ok;
}

static void test_table(void)
{
	static const struct {
		const char *text;
		const char *why;
	} bad[] = {
		{ "[]", "the line: an object" },
		{ "{\"wide\":1," REST, "the key whole is missing" },
		{ "{\"whole\":1,\"Wide\":1," REST, "the key wide is missing" },
		{ "{\"whole\":1.5,\"wide\":1," REST, "whole: not an integer" },
		{ "{\"whole\":1e300,\"wide\":1," REST,
		  "whole: not an integer" },
		{ "{\"whole\":4503599627370497,\"wide\":1," REST,
		  "whole: not an integer, or beyond 2^52" },
		{ "{\"whole\":-6,\"wide\":1," REST, "out of range; -5 to" },
		{ "{\"whole\":\"1\",\"wide\":1," REST, "whole: a number" },
		{ "{\"whole\":1,\"wide\":-1," REST, "wide: -1 is out" },
		{ "{\"whole\":1,\"wide\":\"\"," REST, "wide: a number" },
		{ "{\"whole\":1,\"wide\":\"18446744073709551616\"," REST,
		  "wide: a number below 2^64" },
		{ "{\"whole\":1,\"wide\":1,\"flag\":1," REST, "flag: true" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"\"}", "text: the" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"\\u001b\"}",
		  "text: control character" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"a\",\"list\":[]}",
		  "list: 0 values, where 1 to 2" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"a\",\"list\":[1,10]}",
		  "list[1]: 10 is out of range; -1 to 9" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"a\",\"list\":[1],"
		  "\"map\":{\"x\":null}}",
		  "map.x: a number" },
		{ "{\"whole\":1,\"wide\":1,\"text\":\"a\",\"list\":[1],"
		  "\"map\":{},\"inner\":[{\"n\":1},{}]}",
		  "the key inner[1].n is missing" },
	};

	CHECK(fits("{\"whole\":1,\"wide\":1," REST, 0));
	CHECK(fits("{\"whole\":4503599627370496,\"wide\":"
		   "\"18446744073709551615\",\"flag\":true," REST,
		   0));
	CHECK(!fits("{\"whole\":1,\"wide\":1," REST, JSON_NEEDS_CMA));
	CHECK(strstr(error.text, "the key cma is missing"));
	CHECK(fits("{\"cma\":true,\"whole\":1,\"wide\":1," REST,
		   JSON_NEEDS_CMA));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!fits(bad[i].text, 0));
		if (!strstr(error.text, bad[i].why))
			fprintf(stderr, "%s: %s\n", bad[i].text, error.text);
		CHECK(strstr(error.text, bad[i].why));
	}
}

/* -- writing -------------------------------------------------------------- */

static void test_text(void)
{
	struct json_writer out = { .data = NULL };
	char *text;

	writer_open(&out, '{');
	writer_key(&out, "a");
	writer_open(&out, '[');
	writer_i64(&out, INT64_MIN);
	writer_u64(&out, (uint64_t)JSON_INTEGER_MAX);
	writer_u64(&out, (uint64_t)JSON_INTEGER_MAX + 1);
	writer_u64(&out, UINT64_MAX);
	writer_close(&out, ']');
	writer_key(&out, "b\"");
	writer_string(&out, "x\\\n\x01\x7f\xc3\xa9");
	writer_key(&out, "c");
	writer_open(&out, '{');
	writer_close(&out, '}');
	writer_key(&out, "d");
	writer_bool(&out, false);
	writer_key(&out, "e");
	writer_null(&out);
	writer_close(&out, '}');
	text = writer_finish(&out);
	CHECK_STR(text ? text : "",
		  "{\"a\":[-9223372036854775808,4503599627370496,"
		  "\"4503599627370497\",\"18446744073709551615\"],"
		  "\"b\\\"\":\"x\\\\\\u000a\\u0001\\u007f\xc3\xa9\","
		  "\"c\":{},\"d\":false,\"e\":null}");
	CHECK(text && parses(text, strlen(text)));
	free(text);
}

static void test_lines(void)
{
	static char text[] = "a\n\nbc";
	const struct file_text file = { text, sizeof(text) - 1 };
	size_t offset = 0, length;
	const char *line;

	CHECK(file_next_line(&file, &offset, &line, &length));
	CHECK_EQ(length, 1);
	CHECK(file_next_line(&file, &offset, &line, &length));
	CHECK_EQ(length, 0);
	CHECK(file_next_line(&file, &offset, &line, &length));
	CHECK(length == 2 && !memcmp(line, "bc", 2));
	CHECK(!file_next_line(&file, &offset, &line, &length));
}

static void test_files(void)
{
	struct file_text file;

	CHECK(!file_read(&file, "/nonexistent/x\033y", 1 << 20, &error));
	CHECK(strstr(error.text, "/nonexistent/x?y: cannot be read: "));
	CHECK(!file_read(&file, "/", 1 << 20, &error));
	CHECK_STR(error.text, "/: cannot be read: Is a directory");
	CHECK(!file_read(&file, "/dev/zero", 1 << 20, &error));
	CHECK_STR(error.text,
		  "/dev/zero: cannot be read: it is larger than 1 MiB");
	CHECK(file_read(&file, "/dev/null", 1 << 20, &error));
	CHECK(!file.size && !*file.data);
	free(file.data);
	CHECK(!file_write("/nonexistent/x", "a", 1, &error));
	CHECK(strstr(error.text, "/nonexistent/x: cannot be written: "));
}

int main(void)
{
	test_good();
	test_bad();
	test_limits();
	test_many_keys();
	test_table();
	test_text();
	test_lines();
	test_files();
	return test_done();
}
