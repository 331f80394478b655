/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is typed after a colon: names, arguments, completion. */
#include "app/command_line.h"
#include "test.h"

static struct file_error error;

static bool parse(struct typed_command *c, const char *text)
{
	return command_parse(c, text, &error);
}

static void test_names(void)
{
	struct typed_command c;

	CHECK(parse(&c, "goto 12"));
	CHECK_EQ(c.id, COLON_goto);
	CHECK_STR(command_word(&c, 0), "12");
	CHECK(command_word(&c, 1) == NULL);
	CHECK(parse(&c, "  :quit  "));
	CHECK_EQ(c.id, COLON_quit);
	CHECK_STR(c.rest, "");
	/* shortened, as long as it is the only one */
	CHECK(parse(&c, "al"));
	CHECK_EQ(c.id, COLON_alloc);
	CHECK(!parse(&c, "s"));
	/* one name is the beginning of another */
	CHECK(parse(&c, "break order>3"));
	CHECK_EQ(c.id, COLON_break);
	CHECK(parse(&c, "save-scenario my file.lua "));
	CHECK_EQ(c.id, COLON_save_scenario);
	CHECK_STR(c.rest, "my file.lua");
	CHECK(!parse(&c, "gotto 3"));
	CHECK(strstr(error.text, "did you mean goto?"));
	CHECK(!parse(&c, ""));
	/* every command is found by its own name */
	for (int i = 0; i < NR_COLONS; i++) {
		CHECK(parse(&c, colon_infos[i].name));
		CHECK_EQ(c.id, i);
		CHECK(colon_infos[i].help[0]);
	}
}

static void test_arguments(void)
{
	struct typed_command c;

	CHECK(parse(&c, "alloc order=2 gfp=GFP_KERNEL|__GFP_ZERO node=1"));
	CHECK_STR(command_value(&c, "order"), "2");
	CHECK_STR(command_value(&c, "gfp"), "GFP_KERNEL|__GFP_ZERO");
	CHECK(command_value(&c, "cpu") == NULL);
	CHECK(command_word(&c, 0) == NULL);
	CHECK(parse(&c, "free 4096 cpu=1"));
	CHECK_STR(command_word(&c, 0), "4096");
	CHECK_STR(command_value(&c, "cpu"), "1");
	CHECK(!parse(&c, "alloc ordre=2"));
	CHECK(strstr(error.text, "ordre=: no such argument"));
	CHECK(strstr(error.text, "nodemask"));
	/* a filter has = of its own */
	CHECK(parse(&c, "find zone=Normal and order>=3"));
	CHECK_STR(c.rest, "zone=Normal and order>=3");
	CHECK(!parse(&c, "goto 1 2 3 4 5 6 7 8 9 10 11 12 13 14"));
}

/* Complete @text at its end; returns what it is then. */
static const char *completed(struct line *line, const char *text,
			     enum line_kind kind, struct completion *c)
{
	line_set(line, text);
	command_complete(line, kind, c);
	completion_apply(c, line);
	return line->text;
}

static void test_completion(void)
{
	struct completion c;
	struct line line;

	CHECK_STR(completed(&line, "al", LINE_COMMAND, &c), "alloc ");
	CHECK_STR(completed(&line, "sa", LINE_COMMAND, &c), "save-scenario ");
	CHECK_STR(completed(&line, "se", LINE_COMMAND, &c), "se");
	CHECK_EQ(c.nr, 2);
	CHECK_STR(completed(&line, "alloc or", LINE_COMMAND, &c),
		  "alloc order=");
	CHECK_STR(completed(&line, "alloc gfp=GFP_NOW", LINE_COMMAND, &c),
		  "alloc gfp=GFP_NOWAIT ");
	CHECK_STR(completed(&line, "alloc gfp=GFP_KERNEL|__GFP_THIS",
			    LINE_COMMAND, &c),
		  "alloc gfp=GFP_KERNEL|__GFP_THISNODE ");
	CHECK_STR(completed(&line, "alloc flags=NO_W", LINE_COMMAND, &c),
		  "alloc flags=NO_WATERMARKS ");
	CHECK_STR(completed(&line, "set mo", LINE_COMMAND, &c), "set mo");
	CHECK_EQ(c.nr, 2);
	CHECK_STR(completed(&line, "set mouse of", LINE_COMMAND, &c),
		  "set mouse off ");
	CHECK_STR(completed(&line, "help sn", LINE_COMMAND, &c),
		  "help snapshot ");
	CHECK_STR(completed(&line, "watermark_ch", LINE_FILTER, &c),
		  "watermark_check ");
	CHECK_STR(completed(&line, "watermark_check and unus", LINE_FILTER, &c),
		  "watermark_check and unusable ");
	CHECK_STR(completed(&line, "find zone_sk", LINE_COMMAND, &c),
		  "find zone_skip ");
	CHECK_STR(completed(&line, "nonesuch x", LINE_COMMAND, &c),
		  "nonesuch x");
	CHECK_EQ(c.nr, 0);
}

/* In the middle of a line only what stands before the cursor counts. */
static void test_completion_inside(void)
{
	struct completion c;
	struct line line;

	line_set(&line, "alloc or node=1");
	line.cursor = strlen("alloc or");
	command_complete(&line, LINE_COMMAND, &c);
	CHECK(completion_apply(&c, &line));
	CHECK_STR(line.text, "alloc order= node=1");
	CHECK_EQ(line.cursor, strlen("alloc order="));
}

int main(void)
{
	test_names();
	test_arguments();
	test_completion();
	test_completion_inside();
	return test_done();
}
