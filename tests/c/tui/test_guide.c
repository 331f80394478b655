/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way through a lesson: no note is lost, no place lies after an open
 * question, a closed fold is one step, and back is the way forward.
 */
#include "model/guide.h"
#include "screen_session.h"
#include "test.h"

static void note(struct session *s, enum note_kind kind, const char *text)
{
	CHECK(session_note(s, kind, text));
}

static void ask(struct session *s, const char *answer)
{
	char text[16] = "";

	CHECK(session_add_note(
		s, &(struct note){ NOTE_PARTS(ASK, "How many?\0number") }));
	if (!answer)
		return;
	strcpy(text, answer);
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

/*
 * 0: "one" and "two"; step 1; a fold of steps 2 to 6 with a caption in it;
 * question 7; "three"; step 7; question 8 and 9; "four".
 */
static struct session *lesson(void)
{
	struct session *s = make_session();

	note(s, NOTE_SCENE, "first");
	note(s, NOTE_SAY, "one");
	note(s, NOTE_SAY, "two");
	steps(s, 1);
	note(s, NOTE_FOLD, "five");
	steps(s, 2);
	note(s, NOTE_SAY, "inside");
	note(s, NOTE_FOLD, "inner");
	steps(s, 3);
	note(s, NOTE_FOLD_END, "");
	note(s, NOTE_FOLD_END, "");
	ask(s, "7");
	note(s, NOTE_SCENE, "second");
	note(s, NOTE_SAY, "three");
	steps(s, 1);
	ask(s, "8");
	ask(s, "9");
	note(s, NOTE_SAY, "four");
	return s;
}

/* "0one 0two 1 ..." from the first place on, to where the way ends. */
static const char *way(const struct guide *g, char *buf, size_t size)
{
	struct place place = guide_begin(g), before;
	size_t used = 0;

	do {
		const struct note *caption = guide_caption(g, place);

		used += (size_t)snprintf(buf + used, size - used, "%u%s%s ",
					 place.step,
					 caption ? caption->text : "",
					 guide_question(g, place) ? "?" : "");
		before = place;
		place = guide_next(g, place);
		if (!place_equal(place, before))
			CHECK(place_equal(guide_back(g, place), before));
	} while (!place_equal(place, before));
	return buf;
}

static void test_way(void)
{
	struct session *s = lesson();
	struct guide g;
	char buf[400];

	CHECK(guide_init(&g, s));
	CHECK_EQ(g.nr_questions, 3);
	CHECK_EQ(g.nr_folds, 1);
	CHECK_EQ(g.folds[0].nr_requests, 5);
	CHECK_STR(way(&g, buf, sizeof(buf)),
		  "0one 0two 1two 6inside 6inside? ");
	CHECK_EQ(guide_limit(&g), 6);
	CHECK_EQ(guide_place(&g, 99).step, 6);
	guide_toggle(&g, &g.folds[0]);
	CHECK_STR(
		way(&g, buf, sizeof(buf)),
		"0one 0two 1two 2two 3inside 4inside 5inside 6inside 6inside? ");
	guide_toggle(&g, &g.folds[0]);
	CHECK_EQ(guide_answer(&g.questions[0], "seven"),
		 VERDICT_NOT_UNDERSTOOD);
	CHECK_EQ(guide_limit(&g), 6);
	CHECK_EQ(guide_answer(&g.questions[0], "7"), VERDICT_RIGHT);
	CHECK_STR(way(&g, buf, sizeof(buf)),
		  "0one 0two 1two 6inside 6three 7three 7three? ");
	/* two at one place: one after the other */
	CHECK_EQ(guide_answer(&g.questions[1], "9"), VERDICT_WRONG);
	CHECK(guide_question(&g, guide_place(&g, 7)) == &g.questions[2]);
	g.questions[2].state = QUESTION_SKIPPED;
	CHECK_STR(way(&g, buf, sizeof(buf)),
		  "0one 0two 1two 6inside 6three 7four ");
	CHECK_EQ(guide_limit(&g), 7);
	CHECK_EQ(guide_nr_right(&g), 1);
	CHECK_EQ(guide_nr_answered(&g), 2);
	guide_destroy(&g);
	session_free(s);
}

static void test_without_questions(void)
{
	struct session *s = lesson();
	struct guide g;
	char buf[400];

	CHECK(guide_init(&g, s));
	g.no_questions = true;
	CHECK_STR(way(&g, buf, sizeof(buf)),
		  "0one 0two 1two 6inside 6How many? 67 6three 7How many? 78 "
		  "7How many? 79 7four ");
	guide_destroy(&g);
	session_free(s);
}

/* Steps are counted with a closed fold as one, there and back. */
static void test_folds(void)
{
	static const uint32_t counts[] = { 0, 1, 2, 2, 2, 2, 2, 3 };
	struct session *s = lesson();
	struct guide g;

	CHECK(guide_init(&g, s));
	for (uint32_t step = 0; step < 8; step++)
		CHECK_EQ(guide_count(&g, step), counts[step]);
	CHECK_EQ(guide_step_at(&g, 0), 0);
	CHECK_EQ(guide_step_at(&g, 1), 1);
	CHECK_EQ(guide_step_at(&g, 2), 6);
	CHECK_EQ(guide_step_at(&g, 3), 7);
	CHECK(!guide_fold(&g, 1));
	CHECK(guide_fold(&g, 2) == &g.folds[0]);
	CHECK(guide_fold(&g, 6) == &g.folds[0]);
	CHECK(!guide_fold(&g, 7));
	guide_toggle(&g, &g.folds[0]);
	for (uint32_t step = 0; step < 8; step++) {
		CHECK_EQ(guide_count(&g, step), step);
		CHECK_EQ(guide_step_at(&g, step), step);
	}
	guide_destroy(&g);
	session_free(s);
}

static void test_scenes(void)
{
	struct session *s = lesson();
	uint32_t number, nr;
	struct guide g;

	CHECK(guide_init(&g, s));
	CHECK_STR(guide_scene(&g, guide_begin(&g), &number, &nr)->text,
		  "first");
	CHECK_EQ(number, 1);
	CHECK_EQ(nr, 2);
	guide_skip(&g, 7);
	CHECK_STR(guide_scene(&g, guide_place(&g, 7), &number, &nr)->text,
		  "second");
	/* a caption of the scene before is not shown in the next */
	CHECK_STR(guide_caption(&g, guide_place(&g, 7))->text, "three");
	guide_destroy(&g);
	session_free(s);
}

/* A reload keeps what was answered, as far as the questions are the same. */
static void test_reset(void)
{
	struct session *s = lesson(), *again = lesson();
	struct guide g;

	CHECK(guide_init(&g, s));
	guide_answer(&g.questions[0], "8");
	guide_toggle(&g, &g.folds[0]);
	CHECK(guide_reset(&g, again));
	CHECK_EQ(g.questions[0].state, QUESTION_WRONG);
	CHECK_STR(g.questions[0].given, "8");
	CHECK_EQ(g.questions[1].state, QUESTION_OPEN);
	CHECK(g.folds[0].open);
	guide_destroy(&g);
	session_free(s);
	session_free(again);
}

/* From note to note: every stop is a point, and so is the end. */
static void test_points(void)
{
	struct session *s = lesson();
	struct place place;
	struct guide g;

	CHECK(guide_init(&g, s));
	place = guide_point(&g, guide_begin(&g), 1);
	CHECK_STR(guide_caption(&g, place)->text, "two");
	place = guide_point(&g, place, 1);
	CHECK_EQ(place.step, 6); /* the fold */
	CHECK(!guide_question(&g, place));
	place = guide_point(&g, place, 1);
	CHECK(guide_question(&g, place) == &g.questions[0]);
	CHECK(place_equal(guide_point(&g, place, 1), place));
	place = guide_point(&g, guide_point(&g, place, -1), -1);
	CHECK_STR(guide_caption(&g, place)->text, "two");
	guide_destroy(&g);
	session_free(s);
}

int main(void)
{
	test_way();
	test_without_questions();
	test_folds();
	test_scenes();
	test_reset();
	test_points();
	return test_done();
}
