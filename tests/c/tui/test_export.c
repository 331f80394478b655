/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which screens are exported, and that each can be drawn at any time. */
#include "export/colors.h"
#include "export/export.h"
#include "export/rows.h"
#include "screen_session.h"
#include "test.h"

static void note(struct session *s, enum note_kind kind, const char *text)
{
	CHECK(session_note(s, kind, text));
}

static void ask(struct session *s, const char *answer)
{
	char text[16] = "";

	strcpy(text, answer);
	CHECK(session_add_note(
		s, &(struct note){ NOTE_PARTS(ASK, "How many?\0number") }));
	CHECK(session_add_note(
		s, &(struct note){ .kind = NOTE_ANSWER,
				   .text = text,
				   .size = (uint32_t)strlen(answer) + 3 }));
}

/* Each request makes one step. */
static void steps(struct session *s, uint32_t nr)
{
	while (nr--)
		MAKE(s, DRAIN, .drain.cpu = 0);
}

/* Two captions; step 1; a fold of 2 to 4; two questions; step 5. */
static struct session *lesson(void)
{
	struct session *s = make_session();

	note(s, NOTE_SAY, "one");
	note(s, NOTE_SAY, "two");
	steps(s, 1);
	note(s, NOTE_FOLD, "three");
	steps(s, 3);
	note(s, NOTE_FOLD_END, "");
	ask(s, "7");
	ask(s, "8");
	steps(s, 1);
	return s;
}

/* "0 0 1 4 4?0 4=0 ...": steps, open questions, answers. */
static const char *list(const struct places *places, char *buf, size_t size)
{
	size_t used = 0;

	*buf = '\0';
	for (uint32_t i = 0; i < places->nr; i++) {
		const struct export_place *at = &places->at[i];

		used += (size_t)snprintf(buf + used, size - used, "%s%u",
					 i ? " " : "", at->place.step);
		if (at->asks)
			used += (size_t)snprintf(buf + used, size - used, "?%u",
						 at->nr_asked);
		if (at->feedback != NO_QUESTION)
			used += (size_t)snprintf(buf + used, size - used, "=%u",
						 at->feedback);
	}
	return buf;
}

static void check_places(const struct place_range *range, const char *expected)
{
	struct session *s = lesson();
	struct places places;
	struct guide g;
	char buf[200];

	CHECK(guide_init(&g, s));
	CHECK(places_read(&places, &g, range));
	CHECK_STR(list(&places, buf, sizeof(buf)), expected);
	/* the guide is as before */
	CHECK_EQ(g.folds[0].open, false);
	CHECK(guide_open_question(&g) == &g.questions[0]);
	places_destroy(&places);
	guide_destroy(&g);
	session_free(s);
}

static void test_places(void)
{
	struct place_range range = { .last = UINT32_MAX };

	check_places(&range, "0 0 1 4 4?0 4?1 5");
	range.unfold = true;
	check_places(&range, "0 0 1 2 3 4 4?0 4?1 5");
	range.answers = true;
	check_places(&range, "0 0 1 2 3 4 4?0 4=0 4?1 4=1 5");
	range = (struct place_range){ .first = 1, .last = 4 };
	check_places(&range, "1 4 4?0 4?1");
	range = (struct place_range){ .last = UINT32_MAX, .points = true };
	check_places(&range, "0 0 4 4?0 4?1");
	range = (struct place_range){ .first = 6, .last = UINT32_MAX };
	check_places(&range, "");
}

static void test_range(void)
{
	static const char *const wrong[] = {
		"",	 "-",	"--", "x",	    "3-2",
		"1-2-3", "1-x", " 1", "4294967296", "12345678901234567890"
	};
	struct place_range range = { .points = true };

	CHECK(place_range_parse(&range, "12-40"));
	CHECK_EQ(range.first, 12);
	CHECK_EQ(range.last, 40);
	CHECK(range.points);
	CHECK(place_range_parse(&range, "7"));
	CHECK_EQ(range.first, 7);
	CHECK_EQ(range.last, 7);
	CHECK(place_range_parse(&range, "7-"));
	CHECK_EQ(range.last, UINT32_MAX);
	CHECK(place_range_parse(&range, "-9"));
	CHECK_EQ(range.first, 0);
	CHECK_EQ(range.last, 9);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK(!place_range_parse(&range, wrong[i]));
	CHECK_EQ(range.last, 9);
}

/* The screen at a place; free() it. */
static char *screen(struct screenshot *p, const struct export_place *place)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	screenshot_draw(p, place);
	canvas_dump(&p->canvas, out);
	fclose(out);
	return text;
}

/* Which screens were drawn before does not change a screen. */
static void test_screens(void)
{
	const struct place_range range = { .last = UINT32_MAX,
					   .unfold = true,
					   .answers = true };
	const struct screenshot_options options = { .width = 80, .height = 24 };
	struct screenshot p = { .session = lesson(), .title = "a <lesson>" };
	struct places places;
	char *forth[32] = { NULL };

	CHECK(screenshot_init(&p, &options));
	CHECK(places_read(&places, &p.guide, &range));
	CHECK_EQ(places.nr, 11);
	for (uint32_t i = 0; i < places.nr; i++)
		forth[i] = screen(&p, &places.at[i]);
	CHECK(strstr(forth[6], "How many?"));
	CHECK(!strstr(forth[6], "The answer is  7"));
	CHECK(strstr(forth[7], "The answer is  7"));
	for (uint32_t i = places.nr; i-- > 0;) {
		char *back = screen(&p, &places.at[i]);

		CHECK_STR(back, forth[i]);
		free(back);
		free(forth[i]);
	}
	places_destroy(&places);
	screenshot_destroy(&p);
	session_free(p.session);
}

static void test_escapes(void)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	write_escaped("<a href=\"x\">Tom's & \x1b[1m\n</a>", out);
	fclose(out);
	CHECK_STR(text, "&lt;a href=&quot;x&quot;&gt;Tom&#39;s &amp;  [1m\n"
			"&lt;/a&gt;");
	free(text);
}

static void test_colors(void)
{
	struct canvas c;
	char *text = NULL;
	size_t size;
	FILE *out;

	CHECK(canvas_init(&c, 10, 2, false));
	put_text(canvas_area(&c), 0, 0, LOOK_REFUSED, "no");
	put_text(canvas_area(&c), 3, 0, LOOK_NORMAL, "ok");
	put_text(canvas_area(&c), 1, 1, LOOK_CURRENT, "x ");
	out = open_memstream(&text, &size);
	canvas_dump_ansi(&c, THEME_dark, "\r\n", out);
	fclose(out);
	CHECK_STR(text, "\033[0;1;38;5;209mno\033[0m ok\r\n"
			" \033[0;38;5;16;48;5;220mx \033[0m");
	free(text);
	CHECK_EQ(row_run(&c, 0, 0), 2);
	CHECK_EQ(row_run(&c, 2, 0), 10);
	canvas_fini(&c);
	out = open_memstream(&text, &size);
	colors_write_css(THEME_light, true, out);
	fclose(out);
	/* 130 of the 256 colours is af5f00, 241 a grey */
	CHECK(strstr(text, ".refused{fill:#af5f00;font-weight:bold}\n"));
	CHECK(strstr(text, ".dim{fill:#626262;font-weight:normal}\n"));
	CHECK(!strstr(text, "@media"));
	free(text);
}

/* A row with the same text and another look is another row. */
static void test_rows(void)
{
	struct rows rows = { .nr = 0 };
	struct json_writer out = { .data = NULL };
	struct canvas c;
	char *text;

	CHECK(canvas_init(&c, 10, 5, false));
	put_text(canvas_area(&c), 0, 0, LOOK_NORMAL, "a\xcc\x81 b");
	put_text(canvas_area(&c), 3, 0, LOOK_DIM, "c");
	put_text(canvas_area(&c), 0, 1, LOOK_TITLE, "\xe9\xa1\xb5 x");
	put_text(canvas_area(&c), 0, 2, LOOK_NORMAL, "\xe9\xa1\xb5 x");
	put_text(canvas_area(&c), 0, 3, LOOK_NORMAL, "\xe9\xa1\xb5 x");
	CHECK_EQ(rows_add(&rows, &c, 0), 0);
	CHECK_EQ(rows_add(&rows, &c, 1), 1);
	CHECK_EQ(rows_add(&rows, &c, 2), 2);
	CHECK_EQ(rows_add(&rows, &c, 3), 2);
	CHECK_EQ(rows_add(&rows, &c, 4), 3);
	rows_write(&rows, &out);
	text = writer_finish(&out);
	CHECK_STR(text, "[[\"a\xcc\x81 bc\",4,1,6],"
			"[\"\xe9\xa1\xb5 x\",0,3,1],"
			"[\"\xe9\xa1\xb5 x\"],[\"\"]]");
	free(text);
	for (int i = 0; i < 3000; i++) {
		canvas_clear(&c);
		put_format(canvas_area(&c), 0, 0, LOOK_NORMAL, "%d", i);
		CHECK_EQ(rows_add(&rows, &c, 0), 4 + i);
	}
	CHECK_EQ(rows_add(&rows, &c, 0), 3003);
	rows_destroy(&rows);
	canvas_fini(&c);
}

int main(void)
{
	test_places();
	test_range();
	test_screens();
	test_escapes();
	test_colors();
	test_rows();
	return test_done();
}
