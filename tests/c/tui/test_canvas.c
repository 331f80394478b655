/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grid of cells: clipping, marks, widths, lines, ASCII. */
#define _XOPEN_SOURCE 700 /* wcwidth */
#include "terminal/canvas.h"
#include "machine/utf8.h"
#include "terminal/glyph.h"
#include "test.h"

#include <locale.h>
#include <wchar.h>

static char row_[512];

static const char *row(const struct canvas *c, int y)
{
	char *at = row_;

	for (int x = 0; x < c->width; x++)
		at += cell_encode(&c->cells[y * c->width + x], at);
	*at = '\0';
	return row_;
}

static void test_text(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 10, 3, false));
	a = canvas_area(&c);
	CHECK_EQ(put_text(a, 1, 0, LOOK_NORMAL, "abc"), 4);
	CHECK_STR(row(&c, 0), " abc      ");
	CHECK_EQ(put_text(a, 6, 1, LOOK_NORMAL, "abcdef"), 10);
	CHECK_STR(row(&c, 1), "      abc…");
	/* beginning beyond the edge leaves a mark too */
	CHECK_EQ(put_text(a, 12, 2, LOOK_NORMAL, "abc"), 10);
	CHECK_STR(row(&c, 2), "         …");
	CHECK_EQ(c.nr_lost, 0);
	put_text(a, 0, 3, LOOK_NORMAL, "below");
	CHECK_EQ(c.nr_lost, 1);
	CHECK_EQ(c.nr_overdrawn, 0);
	put_text(a, 2, 0, LOOK_NORMAL, "x");
	CHECK_EQ(c.nr_overdrawn, 1);
	canvas_fini(&c);
}

/* A part clips to itself, wherever it lies. */
static void test_parts(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 10, 3, false));
	a = area_part(canvas_area(&c), 2, 1, 4, 5);
	CHECK_EQ(a.height, 2);
	put_text(a, 0, 0, LOOK_NORMAL, "abcdefgh");
	CHECK_STR(row(&c, 1), "  abc…    ");
	CHECK_EQ(area_part(a, -3, 0, 5, 1).width, 2);
	CHECK_EQ(area_part(a, 9, 9, 5, 5).width, 0);
	put_right(a, 4, 1, LOOK_NORMAL, "12");
	CHECK_STR(row(&c, 2), "    12    ");
	CHECK_STR(row(&c, 0), "          ");
	canvas_fini(&c);
}

static void test_wide(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 6, 4, false));
	a = canvas_area(&c);
	CHECK_EQ(put_text(a, 0, 0, LOOK_NORMAL, "a漢b"), 4);
	CHECK_STR(row(&c, 0), "a漢b  ");
	/* half a character is none */
	put_text(a, 0, 1, LOOK_NORMAL, "abcd漢漢");
	CHECK_STR(row(&c, 1), "abcd …");
	put_text(a, 0, 2, LOOK_NORMAL, "漢字漢字");
	CHECK_STR(row(&c, 2), "漢字 …");
	/* what is cleared takes the other half along */
	put_text(a, 0, 3, LOOK_NORMAL, "漢字漢");
	area_clear(area_part(a, 1, 3, 4, 1));
	CHECK_STR(row(&c, 3), "      ");
	/* what joins the letter before has no column of its own */
	CHECK_EQ(text_width("e\xcc\x81"), 1);
	put_text(a, 0, 3, LOOK_NORMAL, "\xff\xc3(\x01");
	CHECK_STR(row(&c, 3), "��(�  ");
	canvas_fini(&c);
}

/* The columns that the C library gives each character, in any locale. */
static void test_widths(void)
{
	static const struct {
		const char *text;
		int width;
	} samples[] = {
		{ "✅", 2 }, { "🚀", 2 }, { "⚡", 2 }, { "漢", 2 },
		{ "é", 1 }, { "─", 1 }, { "█", 1 }, { "नमस्ते", 4 },
	};
	struct canvas c;
	struct area a;

	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
		CHECK_EQ(text_width(samples[i].text), samples[i].width);
	CHECK(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	for (uint32_t glyph = 0x300; glyph < 0x30000; glyph++) {
		char text[5] = "";
		int width = wcwidth((wchar_t)glyph);

		utf8_encode(glyph, text);
		if (glyph >= 0xd800 && glyph < 0xe000)
			width = 3; /* a surrogate is three bytes, not UTF-8 */
		if (text_width(text) != (width < 0 ? 1 : width))
			CHECK_EQ(glyph, 0);
	}
	CHECK(setlocale(LC_CTYPE, "C") != NULL);
	CHECK(canvas_init(&c, 8, 2, false));
	a = canvas_area(&c);
	/* combining characters stay on theirs, as far as a cell has room */
	put_text(a, 0, 0, LOOK_NORMAL, "e\u0301नमस्ते!");
	CHECK_STR(row(&c, 0), "e\u0301नमस्ते!  ");
	put_text(a, 0, 1, LOOK_NORMAL, "\u0301a\u0301\u0302\u0303漢\u0301");
	CHECK_STR(row(&c, 1), "a\u0301\u0302漢\u0301     ");
	canvas_clear(&c);
	/* direction marks and variation selectors are not for a grid */
	put_text(a, 0, 0, LOOK_NORMAL, "a\u202eb\ufe0fc");
	CHECK_STR(row(&c, 0), "abc     ");
	canvas_fini(&c);
}

static void test_wrap(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 10, 3, false));
	a = canvas_area(&c);
	CHECK_EQ(put_wrapped(a, 0, 0, 3, LOOK_NORMAL, "one two three four"), 2);
	CHECK_STR(row(&c, 0), "one two   ");
	CHECK_STR(row(&c, 1), "three four");
	canvas_clear(&c);
	CHECK_EQ(put_wrapped(a, 0, 0, 2, LOOK_NORMAL,
			     "one two three four five"),
		 2);
	CHECK_STR(row(&c, 1), "three fou…");
	canvas_clear(&c);
	CHECK_EQ(put_wrapped(a, 0, 0, 3, LOOK_NORMAL, "abcdefghijklm"), 2);
	CHECK_STR(row(&c, 0), "abcdefghij");
	CHECK_STR(row(&c, 1), "klm       ");
	CHECK_EQ(c.nr_lost, 0);
	canvas_fini(&c);
}

/* Checks the lines of @text in @width columns, which @lines has, ended by |. */
static void check_lines(const char *text, int width, const char *lines)
{
	char line[128], all[512] = "";

	CHECK(strlen(text) < 256);
	for (int rows = wrapped_rows(text, width); rows; rows--) {
		CHECK(next_line(&text, width, line, sizeof(line)));
		strcat(strcat(all, line), "|");
	}
	CHECK(!next_line(&text, width, line, sizeof(line)));
	CHECK_STR(all, lines);
}

/* Chinese breaks between any two characters, but not before closing ones. */
static void test_wide_wrap(void)
{
	check_lines("内存分配器从空闲链表中取出一块", 10,
		    "内存分配器|从空闲链表|中取出一块|");
	check_lines("内存分配器，从空闲", 10, "内存分配|器，从空闲|");
	check_lines("内存分配器。」从空闲", 10, "内存分配|器。」从空|闲|");
	check_lines("内存分配（从空闲）", 10, "内存分配|（从空闲）|");
	check_lines("内存分《从》空", 8, "内存分|《从》空|");
	check_lines("页号 4096 的伙伴是 4097。", 10,
		    "页号 4096|的伙伴是|4097。|");
	check_lines("伙伴是4097页", 7, "伙伴是|4097页|");
	check_lines("用GFP_KERNEL请求一页", 10, "用|GFP_KERNEL|请求一页|");
	check_lines("“空闲”的页……", 7, "“空闲”|的页……|");
	check_lines("一二三四五六，", 5, "一二|三四|五|六，|");
	/* nothing but what may not begin a line: it is broken all the same */
	check_lines("。。。。", 4, "。。|。。|");
	check_lines("漢", 1, "漢|");
}

static void test_newlines(void)
{
	check_lines("one\ntwo three\n\n  four\n", 9, "one|two three||  four|");
	check_lines("one  two \nthree", 4, "one|two|thre|e|");
	check_lines("  word-too-long", 8, "  word-t|oo-long|");
	check_lines("\n", 8, "|");
	check_lines("", 8, "");
	check_lines("a\ufe0f\nb", 8, "a|b|");
	check_lines("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301|");
}

/* The last row of a cut text says so, also where its line is short. */
static void test_cut_lines(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 10, 3, false));
	a = canvas_area(&c);
	CHECK_EQ(put_wrapped(a, 0, 0, 1, LOOK_NORMAL, "one\ntwo"), 1);
	CHECK_STR(row(&c, 0), "one…      ");
	CHECK_EQ(put_wrapped(a, 0, 1, 1, LOOK_NORMAL, "内存分配器，从"), 1);
	CHECK_STR(row(&c, 1), "内存分配 …");
	CHECK_EQ(put_wrapped(a, 0, 2, 1, LOOK_NORMAL, "one\n"), 1);
	CHECK_STR(row(&c, 2), "one       ");
	canvas_fini(&c);
}

/* Lines join where they meet, in either order. */
static void test_lines(bool ascii, const char *top, const char *middle,
		       const char *bottom)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 7, 5, ascii));
	a = canvas_area(&c);
	put_rule_down(a, 3, 0, 5);
	put_box(a);
	put_rule_across(a, 0, 2, 7);
	CHECK_STR(row(&c, 0), top);
	CHECK_STR(row(&c, 2), middle);
	CHECK_STR(row(&c, 4), bottom);
	canvas_fini(&c);
}

static void test_bars(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 8, 3, false));
	a = canvas_area(&c);
	put_bar(a, 0, 0, 8, 1, 2, LOOK_FREE);
	CHECK_STR(row(&c, 0), "████    ");
	put_bar(a, 0, 1, 8, 1000, 1, LOOK_FREE);
	CHECK_STR(row(&c, 1), "████████");
	/* something is never nothing */
	put_bar(a, 0, 2, 8, 1, 1000000, LOOK_FREE);
	CHECK_STR(row(&c, 2), "▏       ");
	canvas_fini(&c);
}

/* Every code point becomes one ASCII character per column. */
static void test_ascii(void)
{
	struct canvas c;
	struct area a;
	bool all = true;

	CHECK(canvas_init(&c, 12, 1, true));
	a = canvas_area(&c);
	put_text(a, 0, 0, LOOK_NORMAL, "Ünï ✓ ✗▶ 漢");
	CHECK_STR(row(&c, 0), "Uni v x> ?"
			      "? ");
	for (uint32_t glyph = 0x80; glyph < 0x30000; glyph++) {
		char ascii = glyph_ascii(glyph);

		all = all && ascii >= ' ' && ascii < 0x7f;
	}
	CHECK(all);
	canvas_fini(&c);
}

static void test_encoding(void)
{
	bool same = true;

	for (uint32_t glyph = 0xa0; glyph < 0x110000; glyph++) {
		char text[5] = "";
		const char *at = text;

		if (glyph >= 0xd800 && glyph < 0xe000)
			continue;
		text[utf8_encode(glyph, text)] = '\0';
		same = same && glyph_next(&at) == glyph && !*at;
	}
	CHECK(same);
}

/* Rules and bars go on through the blank rows, a sign under a bar does not. */
static void test_spread(void)
{
	struct canvas c;
	struct area a;

	CHECK(canvas_init(&c, 4, 7, false));
	a = canvas_area(&c);
	for (int y = 0; y < 2; y++)
		put_text(a, 0, y, LOOK_NORMAL, "██░│");
	put_text(a, 0, 2, LOOK_NORMAL, "█ a│");
	area_spread(a, 4);
	CHECK_STR(row(&c, 0), "██░│");
	CHECK_STR(row(&c, 1), "██ │");
	CHECK_STR(row(&c, 2), "██░│");
	CHECK_STR(row(&c, 3), "   │");
	CHECK_STR(row(&c, 4), "█ a│");
	CHECK_STR(row(&c, 5), "    ");
	canvas_fini(&c);
}

int main(void)
{
	test_spread();
	test_text();
	test_parts();
	test_wide();
	test_widths();
	test_wrap();
	test_wide_wrap();
	test_newlines();
	test_cut_lines();
	test_lines(false, "╭──┬──╮", "├──┼──┤", "╰──┴──╯");
	test_lines(true, "+--+--+", "+--+--+", "+--+--+");
	test_bars();
	test_ascii();
	test_encoding();
	return test_done();
}
