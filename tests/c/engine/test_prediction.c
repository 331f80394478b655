/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Predictions: what is right, and the line of the log. */
#include "session/prediction.h"
#include "test.h"

/* Ask, say, answer: is it right? */
static bool predict(struct prediction *p, const char *question,
		    const char *given, const char *answer)
{
	static char text[2][400];
	struct note ask = { .kind = NOTE_ASK,
			    .where.line = 7,
			    .step = 3,
			    .request = 2,
			    .text = text[0] };
	struct note answered = { .kind = NOTE_ANSWER, .text = text[1] };

	snprintf(text[0], sizeof(text[0]), "%s", question);
	snprintf(text[1], sizeof(text[1]), "%s", answer);
	prediction_ask(p, &ask);
	prediction_give(p, given);
	prediction_answer(p, &answered);
	return p->right;
}

static void test_values(void)
{
	struct prediction p;

	CHECK(predict(&p, "How many?", "7", "7"));
	CHECK(predict(&p, "How many?", " 7 \n", "7"));
	CHECK(predict(&p, "How many?", "07", "7. One an order."));
	CHECK(predict(&p, "How many?", "7.0", "7"));
	CHECK(predict(&p, "How many?", "-3", "-3"));
	CHECK(!predict(&p, "How many?", "70", "7"));
	CHECK(!predict(&p, "How many?", "7 or 8", "7"));
	CHECK(!predict(&p, "How many?", "", "7"));
	CHECK(!predict(&p, "How many?", "", ""));
	CHECK(predict(&p, "Half?", "3.5", "3.5. So it is"));
	CHECK_STR(p.answer, "3.5");
	CHECK_STR(p.hint, "So it is");
	CHECK(predict(&p, "Type?", "Movable", "movable"));
	CHECK(!predict(&p, "Type?", "mov", "movable"));
	CHECK_STR(p.hint, "");
}

static void test_choices(void)
{
	static const char which[] = "Which?\n  a  the lower\n  b  v. upper";
	struct prediction p;

	CHECK(predict(&p, which, "b", "b  v. upper. Of each half."));
	CHECK_EQ(p.nr_choices, 2);
	CHECK_STR(p.question, "Which?");
	CHECK_STR(p.choices[0], "the lower");
	CHECK_STR(p.choices[1], "v. upper");
	CHECK_STR(p.answer, "v. upper");
	CHECK_STR(p.hint, "Of each half.");
	CHECK(predict(&p, which, "B", "b  v. upper"));
	CHECK(predict(&p, which, "V. Upper", "b  v. upper"));
	CHECK(!predict(&p, which, "a", "b  v. upper"));
	CHECK(!predict(&p, which, "c", "b  v. upper"));
	CHECK(!predict(&p, which, "upper", "b  v. upper"));
	/* a letter that is a choice's text */
	CHECK(predict(&p, "Zone?\n  a  N\n  b  M", "M", "b  M"));
	/* an answer that is no choice's: nothing breaks */
	CHECK(!predict(&p, which, "b", "z  what"));
}

/* What a person types for an answer, and what is another answer. */
static void test_spellings(void)
{
	static const char *const right[][2] = {
		{ "3", "3" },
		{ "order 3", "3" },
		{ "Order  3", "3" },
		{ "0x10", "16" },
		{ "12 pages", "12" },
		{ "12pages", "12" },
		{ "1 page", "1" },
		{ "pfn 0X1000", "4096" },
		{ "3.0", "3" },
		{ "\xef\xbc\x93", "3" },
		{ "y", "yes" },
		{ "TRUE", "yes" },
		{ "No", "false" },
		{ " dma32\t", "DMA32" },
		{ "3", "order 3" },
		{ "node 0 normal", "Normal" },
		{ "node 1  Normal", "node 1 Normal" },
	};
	static const char *const wrong[][2] = {
		{ "", "0" },
		{ "3 or 4", "3" },
		{ "12 KiB", "12" },
		{ "3 3", "3" },
		{ "pages", "12" },
		{ "order", "3" },
		{ "nan", "nil" },
		{ "\xff", "3" },
		{ "yes", "no" },
		{ "node 1", "DMA" },
		{ "y", "x" },
		{ "node Normal", "Normal" },
		{ "Normal", "node 1 Normal" },
		{ "true", "3" },
	};

	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		if (!prediction_is_right(right[i][0], right[i][1]))
			CHECK_STR(right[i][0], right[i][1]);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		CHECK(!prediction_is_right(wrong[i][0], wrong[i][1]));
		if (prediction_is_right(wrong[i][0], wrong[i][1]))
			fprintf(stderr, "\"%s\"\n", wrong[i][0]);
	}
}

static void test_line(void)
{
	struct prediction p;
	char *line;

	predict(&p, "\"Which\"?\n  a  one\n  b  two", "a", "b  two");
	line = prediction_line(&p, "s.lua", 5);
	CHECK(line != NULL);
	if (line)
		CHECK_STR(line,
			  "{\"schema\":\"zonewalk/prediction/1\","
			  "\"scenario\":\"s.lua\",\"seed\":5,\"line\":7,"
			  "\"step\":3,\"request\":2,\"question\":"
			  "\"\\\"Which\\\"?\",\"choices\":[\"one\",\"two\"],"
			  "\"prediction\":\"a\",\"answer\":\"two\","
			  "\"right\":false}\n");
	free(line);
}

/* Longer than any place for it. */
static void test_long(void)
{
	static char text[5000], choices[5000];
	struct note note = { .text = text };
	struct prediction p;

	memset(text, 'x', sizeof(text) - 1);
	prediction_ask(&p, &note);
	prediction_give(&p, text);
	prediction_answer(&p, &note);
	CHECK_EQ(strlen(p.question), MAX_PREDICTION_TEXT - 1);
	CHECK_EQ(p.nr_choices, 0);
	for (int i = 0; i + 6 < (int)sizeof(choices); i += 6)
		memcpy(choices + i, "\na  x", 6);
	note.text = choices;
	prediction_ask(&p, &note);
	CHECK(p.nr_choices <= MAX_PREDICTION_CHOICES);
}

int main(void)
{
	test_values();
	test_choices();
	test_spellings();
	test_line();
	test_long();
	return test_done();
}
