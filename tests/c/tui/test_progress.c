/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of progress: what is recorded comes back and only improves; the
 * old form is read; a malformed file is named and stays.
 */
#include <sys/stat.h>

#include "files.h"
#include "model/progress.h"
#include "model/text.h"
#include "test.h"

static char folder[512], path[600];

static void write_state(const char *text, size_t length)
{
	FILE *out = fopen(path, "wb");

	CHECK(out && fwrite(text, 1, length, out) == length);
	CHECK(out && !fclose(out));
}

static void record(const char *name, enum progress_state state, uint32_t right,
		   uint32_t asked)
{
	const struct progress reached = { state, right, asked };
	struct file_error error = { "" };

	CHECK(progress_record(name, &reached, &error));
	CHECK_STR(error.text, "");
}

static void check(const char *name, enum progress_state state, uint32_t right,
		  uint32_t asked)
{
	struct file_error error = { "" };
	struct progress p;

	CHECK(progress_get(name, &p, &error));
	CHECK_STR(error.text, "");
	CHECK_EQ(p.state, state);
	CHECK_EQ(p.nr_right, right);
	CHECK_EQ(p.nr_asked, asked);
}

static void check_file(const char *expected)
{
	char *text = file_text(path);

	CHECK_STR(text, expected);
	free(text);
}

static void test_improves(void)
{
	check("a.lua", PROGRESS_NONE, 0, 0);
	record("a.lua", PROGRESS_BEGUN, 0, 0);
	check("a.lua", PROGRESS_BEGUN, 0, 0);
	record("b c.lua", PROGRESS_DONE, 2, 3);
	record("a.lua", PROGRESS_DONE, 1, 4);
	record("b c.lua", PROGRESS_BEGUN, 0, 0);
	check("a.lua", PROGRESS_DONE, 1, 4);
	check("b c.lua", PROGRESS_DONE, 2, 3);
	/* 3 of 6 are fewer than 2 of 3, 3 of 4 are more */
	record("b c.lua", PROGRESS_DONE, 3, 6);
	check("b c.lua", PROGRESS_DONE, 2, 3);
	record("b c.lua", PROGRESS_DONE, 3, 4);
	check("b c.lua", PROGRESS_DONE, 3, 4);
	/* a run in which every question was wrong is better than none */
	record("c.lua", PROGRESS_DONE, 0, 5);
	record("c.lua", PROGRESS_DONE, 0, 0);
	check("c.lua", PROGRESS_DONE, 0, 5);
	check_file("a.lua\tdone\t1\t4\n"
		   "b c.lua\tdone\t3\t4\n"
		   "c.lua\tdone\t0\t5\n");
}

/* Names alone, perhaps without the last newline. */
static void test_old_form(void)
{
	const char old[] = "01-tour.lua\nmine.lua\n02-split.lua";

	write_state(old, strlen(old));
	check("01-tour.lua", PROGRESS_DONE, 0, 0);
	check("02-split.lua", PROGRESS_DONE, 0, 0);
	check("02-split", PROGRESS_NONE, 0, 0);
	check("tour.lua", PROGRESS_NONE, 0, 0);
	record("02-split.lua", PROGRESS_DONE, 4, 4);
	check_file("01-tour.lua\nmine.lua\n02-split.lua\tdone\t4\t4\n");
	write_state("", 0);
	check("01-tour.lua", PROGRESS_NONE, 0, 0);
}

static void test_malformed(void)
{
	static const struct {
		const char *line;
		size_t length; /* 0: that of the text */
	} lines[] = {
		{ "a.lua\tdone", 0 },
		{ "a.lua\tdone\t1", 0 },
		{ "a.lua\tdone\t5\t4", 0 },
		{ "a.lua\tdone\t-1\t4", 0 },
		{ "a.lua\tdone\t1\t4\tmore", 0 },
		{ "a.lua\tdone\t1\t10001", 0 },
		{ "a.lua\tdone\t1\t99999999999999999999", 0 },
		{ "a.lua\tfinished\t1\t4", 0 },
		{ "a.lua\t", 0 },
		{ "a.lua\tdone\t1\t                                          "
		  "                               4",
		  0 },
		{ "a\0.lua", 6 },
	};
	const struct progress reached = { PROGRESS_DONE, 1, 1 };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct file_error error = { "" };
		struct progress p;
		char text[256];
		size_t length = lines[i].length ? lines[i].length :
						  strlen(lines[i].line);
		struct stat before, after;

		memcpy(text, "good.lua\n", 9);
		memcpy(text + 9, lines[i].line, length);
		memcpy(text + 9 + length, "\nb.lua\n", 7);
		write_state(text, length + 16);
		CHECK(!progress_get("good.lua", &p, &error));
		CHECK(strstr(error.text, "lessons-done:2: not a line of"));
		CHECK(!stat(path, &before));
		error.text[0] = '\0';
		CHECK(!progress_record("good.lua", &reached, &error));
		CHECK(strstr(error.text, "progress is not recorded: "));
		CHECK(strstr(error.text, "lessons-done:2: not a line of"));
		CHECK(!stat(path, &after));
		CHECK_EQ(before.st_ino, after.st_ino);
		CHECK_EQ(after.st_size, length + 16);
	}
	unlink(path);
}

static void test_no_place(void)
{
	const struct progress reached = { PROGRESS_BEGUN, 0, 0 };
	struct file_error error = { "" };
	char elsewhere[600];
	struct progress p;

	CHECK(!progress_record("a\tb.lua", &reached, &error));
	CHECK(strstr(error.text, "a\tb.lua: the name contains a tab"));
	/* a file where a folder would be */
	write_state("", 0);
	print_to(elsewhere, "%s/zonewalk/lessons-done", folder);
	setenv("XDG_STATE_HOME", elsewhere, 1);
	check("a.lua", PROGRESS_NONE, 0, 0);
	CHECK(!progress_record("a.lua", &reached, &error));
	CHECK(strstr(error.text, "progress is not recorded: "));
	/* a relative path does not count, and there is no home */
	setenv("XDG_STATE_HOME", "state", 1);
	unsetenv("HOME");
	CHECK(progress_get("a.lua", &p, &error));
	CHECK_EQ(p.state, PROGRESS_NONE);
	CHECK(!progress_record("a.lua", &reached, &error));
	CHECK(strstr(error.text, "neither XDG_STATE_HOME nor HOME is set"));
}

int main(void)
{
	const char *temporary = getenv("TMPDIR");

	print_to(folder, "%s/zonewalk-progress-XXXXXX",
		 temporary ? temporary : "/tmp");
	CHECK(mkdtemp(folder));
	print_to(path, "%s/zonewalk/lessons-done", folder);
	setenv("XDG_STATE_HOME", folder, 1);
	test_improves();
	test_old_form();
	test_malformed();
	test_no_place();
	unlink(path);
	print_to(path, "%s/zonewalk", folder);
	CHECK(!rmdir(path));
	CHECK(!rmdir(folder));
	return test_done();
}
