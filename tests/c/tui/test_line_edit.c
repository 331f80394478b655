/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line being typed: characters, words, the cursor, the history. */
#include "terminal/keymap.h"
#include "terminal/line_edit.h"
#include "test.h"

static void type(struct line *line, struct line_history *h, const char *text)
{
	for (; *text; text++)
		CHECK(line_key(line, h, (unsigned char)*text));
}

static void test_editing(void)
{
	struct line_history h = { .nr = 0 };
	struct line line = { .length = 0 };

	type(&line, &h, "order=2 gfp");
	CHECK_STR(line.text, "order=2 gfp");
	line_key(&line, &h, KEY_CONTROL('w'));
	CHECK_STR(line.text, "order=2 ");
	line_key(&line, &h, KEYCODE_LEFT);
	line_key(&line, &h, KEYCODE_BACKSPACE);
	type(&line, &h, "3");
	CHECK_STR(line.text, "order=3 ");
	line_key(&line, &h, KEYCODE_HOME);
	line_key(&line, &h, KEYCODE_DELETE);
	CHECK_STR(line.text, "rder=3 ");
	line_key(&line, &h, KEY_CONTROL('k'));
	CHECK_STR(line.text, "");
	line_key(&line, &h, KEYCODE_BACKSPACE);
	line_key(&line, &h, KEYCODE_DELETE);
	line_key(&line, &h, KEYCODE_LEFT);
	line_key(&line, &h, KEYCODE_RIGHT);
	CHECK_EQ(line.length, 0);
	type(&line, &h, "abc");
	line_key(&line, &h, KEY_CONTROL('u'));
	CHECK_STR(line.text, "");
	CHECK(!line_key(&line, &h, 27));
	CHECK(!line_key(&line, &h, KEYCODE_PAGEUP));
	/* without a history Up and Down mean something else */
	CHECK(!line_key(&line, NULL, KEYCODE_UP));
	CHECK(!line_key(&line, NULL, KEYCODE_DOWN));
	CHECK(line_key(&line, NULL, 'x'));
	CHECK_STR(line.text, "x");
}

/* A cursor never stands inside a character. */
static void test_utf8(void)
{
	struct line_history h = { .nr = 0 };
	struct line line = { .length = 0 };

	line_key(&line, &h, 0xe4);
	line_key(&line, &h, 0x4e2d);
	line_key(&line, &h, 0x1f600);
	CHECK_EQ(line.length, 2 + 3 + 4);
	CHECK_EQ(line_cursor_column(&line), 1 + 2 + 2);
	line_key(&line, &h, KEYCODE_LEFT);
	CHECK_EQ(line.cursor, 5);
	line_key(&line, &h, KEYCODE_BACKSPACE);
	CHECK_EQ(line.length, 6);
	CHECK_EQ(line.cursor, 2);
	line_key(&line, &h, KEYCODE_DELETE);
	CHECK_STR(line.text, "ä");
	/* a character goes with what is combined with it */
	line_set(&line, "漢e\u0301\u0302字");
	CHECK_EQ(line_cursor_column(&line), 5);
	line_key(&line, &h, KEYCODE_BACKSPACE);
	CHECK_STR(line.text, "漢e\u0301\u0302");
	line_key(&line, &h, KEYCODE_LEFT);
	CHECK_EQ(line.cursor, 3);
	CHECK_EQ(line_cursor_column(&line), 2);
	line_key(&line, &h, KEYCODE_DELETE);
	CHECK_STR(line.text, "漢");
	/* what has no column cannot be seen, so it cannot be typed */
	CHECK(line_key(&line, &h, 0x200d));
	CHECK_STR(line.text, "漢");
}

/* A text is cut between characters. */
static void test_cut(void)
{
	static char text[MAX_LINE + 8];
	struct line line;

	for (int i = 0; i < MAX_LINE - 1; i++)
		text[i] = 'x';
	strcpy(text + MAX_LINE - 1, "漢");
	line_set(&line, text);
	CHECK_EQ(line.length, MAX_LINE - 1);
	text[MAX_LINE - 4] = '\0';
	line_set(&line, strcat(text, "漢"));
	CHECK_EQ(line.length, MAX_LINE - 1);
	CHECK_STR(line.text + MAX_LINE - 4, "漢");
}

static void test_full(void)
{
	struct line_history h = { .nr = 0 };
	struct line line = { .length = 0 };

	for (int i = 0; i < 2 * MAX_LINE; i++)
		line_key(&line, &h, 'x');
	CHECK_EQ(line.length, MAX_LINE);
	line_key(&line, &h, 0x4e2d);
	CHECK_EQ(line.length, MAX_LINE);
	CHECK_EQ(strlen(line.text), MAX_LINE);
}

static void test_history(void)
{
	struct line_history h = { .nr = 0 };
	struct line line = { .length = 0 };

	line_key(&line, &h, KEYCODE_UP);
	CHECK_STR(line.text, "");
	line_history_add(&h, "goto 1");
	line_history_add(&h, "goto 2");
	line_history_add(&h, "goto 2");
	line_history_add(&h, "");
	CHECK_EQ(h.nr, 2);
	line_history_begin(&h);
	type(&line, &h, "new");
	line_key(&line, &h, KEYCODE_UP);
	CHECK_STR(line.text, "goto 2");
	line_key(&line, &h, KEYCODE_UP);
	line_key(&line, &h, KEYCODE_UP);
	CHECK_STR(line.text, "goto 1");
	line_key(&line, &h, KEYCODE_DOWN);
	line_key(&line, &h, KEYCODE_DOWN);
	CHECK_STR(line.text, "new"); /* what was typed is not lost */
	for (int i = 0; i < 2 * MAX_HISTORY; i++) {
		char text[24];

		snprintf(text, sizeof(text), "goto %d", i);
		line_history_add(&h, text);
	}
	CHECK_EQ(h.nr, MAX_HISTORY);
	CHECK_STR(h.lines[MAX_HISTORY - 1], "goto 99");
	CHECK_STR(h.lines[0], "goto 50");
}

int main(void)
{
	test_editing();
	test_utf8();
	test_cut();
	test_full();
	test_history();
	return test_done();
}
