/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end card: on a screen of any size nothing is drawn outside or over
 * other text, and by scrolling every row of its texts is seen.
 */
#include "model/guide.h"
#include "screen_session.h"
#include "test.h"
#include "screen/end_card.h"

/* A note of several parts, which end with \0 each. */
#define ADD(s, KIND, parts)                                                    \
	CHECK(session_add_note(s, &(struct note){ .kind = NOTE_##KIND,         \
						  .text = (parts),             \
						  .size = sizeof(parts) }))

static struct session *lesson_session(void)
{
	struct session *s = make_session();

	ADD(s, ASK,
	    "How many blocks does expand() return when the smallest free "
	    "block has order 10 and order 3 is requested?\0number");
	ADD(s, ANSWER, "7\0One for each order.\0");
	ADD(s, ASK,
	    "Which half is kept?\0choice\0the lower\0the upper, since the "
	    "other half is the head of its list and would be found first");
	ADD(s, ANSWER, "a\0\0");
	ADD(s, ASK, "最先检查哪个区?\0text");
	ADD(s, ANSWER, "低于水位线的区，因为它最先在列表中。\0\0");
	ADD(s, TAKEAWAY, "The lower half is kept; the upper half goes back.");
	ADD(s, EXERCISE, "Let expand() return no block.");
	ADD(s, CHECK, "no block is returned\0no");
	ADD(s, CHECK, "a block is allocated\0yes");
	ADD(s, VARIANT, "order=9\0A larger block.");
	ADD(s, VARIANT, "seed=7\0");
	return s;
}

/* One right, one wrong, one skipped. */
static void answer(struct guide *g)
{
	CHECK_EQ(g->nr_questions, 3);
	CHECK_EQ(guide_answer(&g->questions[0], "7 blocks"), VERDICT_RIGHT);
	CHECK_EQ(guide_answer(&g->questions[1], "b"), VERDICT_WRONG);
	g->questions[2].state = QUESTION_SKIPPED;
}

static uint32_t next_random(uint32_t *seed)
{
	return *seed = *seed * 1664525 + 1013904223;
}

static void test_sizes(struct end_card *card)
{
	uint32_t seed = 1, bad = 0;
	struct canvas c;

	CHECK(canvas_init(&c, 1, 1, false));
	for (int i = 0; i < 2000 && !bad; i++) {
		const int width = 1 + (int)(next_random(&seed) >> 16) % 140;
		const int height = 1 + (int)(next_random(&seed) >> 16) % 50;
		const int room = end_card_room(card, width, height);

		CHECK(canvas_resize(&c, width, height));
		c.ascii = i % 2;
		card->variant = i % 3 ? NULL : i % 2 ? "order=9" : "seed=7";
		card->next = i % 5 ? "2 The second" : NULL;
		card->scroll =
			room ? (int)(next_random(&seed) >> 16) % (room + 1) : 0;
		end_card_draw(&c, card);
		if (!c.nr_lost && !c.nr_overdrawn)
			continue;
		fprintf(stderr, "at %dx%d, scroll %d: %u lost, %u over\n",
			width, height, card->scroll, c.nr_lost, c.nr_overdrawn);
		canvas_dump(&c, stderr);
		bad = 1;
	}
	CHECK_EQ(bad, 0);
	canvas_fini(&c);
	*card = (struct end_card){ .guide = card->guide, .title = "07 Title" };
}

/* The texts of the card in @width columns, for free(). */
static char *texts_of(const struct end_card *card, int width)
{
	struct canvas c;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	CHECK(canvas_init(&c, width, end_card_rows(card, width), false));
	end_card_print(card, canvas_area(&c));
	canvas_dump(&c, out);
	canvas_fini(&c);
	fclose(out);
	return text;
}

static void test_texts(const struct end_card *card)
{
	char *text = texts_of(card, 76);

	CHECK(strstr(text, "1  How many blocks does expand() return"));
	CHECK(strstr(text, "   ✓ Your answer:  7"));
	CHECK(strstr(text, "   ✗ Your answer:  the upper, since"));
	CHECK(strstr(text, "     The answer:   the lower\n"));
	CHECK(strstr(text, "   – skipped\n"));
	CHECK(strstr(text, "     The answer:   低于水位线的区，"));
	CHECK(strstr(text, "\nRemember\n– The lower half is kept"));
	CHECK(strstr(text, "\nExercise\nLet expand() return no block.\n"));
	CHECK(strstr(text, "   ✗ no block is returned\n"
			   "   ✓ a block is allocated\n"
			   "   v order=9  A larger block.\n"
			   "     seed=7\n"));
	CHECK(!strstr(text, "…"));
	free(text);
}

/* The rows of the box at each scroll, one after another. */
static void test_scroll(struct end_card *card)
{
	enum { WIDTH = 40, HEIGHT = 12, ROWS = HEIGHT - 4 };
	const int room = end_card_room(card, WIDTH, HEIGHT);
	const int rows = end_card_rows(card, WIDTH - 4);
	struct canvas all, c;

	CHECK_EQ(room, rows - ROWS);
	CHECK(room > 0);
	CHECK(canvas_init(&all, WIDTH - 4, rows, false));
	CHECK(canvas_init(&c, WIDTH, HEIGHT, false));
	end_card_print(card, canvas_area(&all));
	for (card->scroll = 0; card->scroll <= room; card->scroll++) {
		canvas_clear(&c);
		end_card_draw(&c, card);
		for (int y = 0; y < ROWS; y++)
			for (int x = 0; x < WIDTH - 4; x++)
				CHECK_EQ(area_cell(canvas_area(&c), x + 2,
						   y + 2)
						 ->glyph,
					 area_cell(canvas_area(&all), x,
						   y + card->scroll)
						 ->glyph);
	}
	canvas_fini(&c);
	canvas_fini(&all);
	card->scroll = 0;
}

int main(void)
{
	struct session *s = lesson_session();
	struct guide guide;
	struct end_card card = { .guide = &guide, .title = "07 Title" };

	CHECK(guide_init(&guide, s));
	answer(&guide);
	test_texts(&card);
	test_scroll(&card);
	test_sizes(&card);
	guide_destroy(&guide);
	session_free(s);
	return test_done();
}
