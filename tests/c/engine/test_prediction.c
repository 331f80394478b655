/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes and predictions: their parts, what is right, the line of the log. */
#include "session/prediction.h"
#include "test.h"

/* A note of these parts. */
#define NOTE_OF(id, parts)                                                     \
	{                                                                      \
		.kind = NOTE_##id, .text = (parts), .size = sizeof(parts)      \
	}

static const struct note which = {
	.kind = NOTE_ASK,
	.where.line = 7,
	.step = 3,
	.request = 2,
	.text = "\"Which\"?\0choice\0the lower\0v. upper\0N",
	.size = sizeof("\"Which\"?\0choice\0the lower\0v. upper\0N"),
};
static const struct note upper =
	NOTE_OF(ANSWER, "b\0Of each half.\0\0a\0The lower half is kept.");

static void test_parts(void)
{
	static const struct note good[] = {
		NOTE_OF(SAY, "x"),
		NOTE_OF(ASK, "How many?\0number"),
		NOTE_OF(ANSWER, "7\0\0"),
		NOTE_OF(ANSWER, "7\0reason\0"
				"12\0x\0y"),
		NOTE_OF(CHECK, "it holds\0yes"),
	};
	static const struct note bad[] = {
		NOTE_OF(SAY, "x\0y"),
		NOTE_OF(ASK, "How many?"),
		NOTE_OF(ASK, "How many?\0banana"),
		NOTE_OF(ASK, "How many?\0number\0one\0two"),
		NOTE_OF(ASK, "How many?\0choice\0one"),
		NOTE_OF(ASK, "?\0choice\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j"),
		NOTE_OF(ANSWER, "7"),
		NOTE_OF(ANSWER, "7\0\0x"),
		NOTE_OF(ANSWER, "7\0\0-1"),
		NOTE_OF(CHECK, "it holds"),
		{ .kind = NOTE_SAY, .text = "xy", .size = 2 },
	};

	CHECK_EQ(note_nr_parts(&which), 5);
	CHECK_EQ(note_nr_choices(&which), 3);
	CHECK_EQ(note_form(&which), FORM_choice);
	CHECK_STR(note_part(&which, NOTE_ASK_CHOICES + 1), "v. upper");
	CHECK(note_part(&which, 5) == NULL);
	CHECK(note_is_valid(&which));
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		CHECK(note_is_valid(&good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!note_is_valid(&bad[i]));
}

static void test_choices(void)
{
	CHECK_EQ(prediction_judge(&which, "b", &upper), VERDICT_RIGHT);
	CHECK_EQ(prediction_judge(&which, " B) ", &upper), VERDICT_RIGHT);
	CHECK_EQ(prediction_judge(&which, "V. Upper", &upper), VERDICT_RIGHT);
	CHECK_EQ(prediction_judge(&which, "\xef\xbd\x82", &upper),
		 VERDICT_RIGHT);
	CHECK_EQ(prediction_judge(&which, "a", &upper), VERDICT_WRONG);
	CHECK_EQ(prediction_judge(&which, "n", &upper), VERDICT_WRONG);
	CHECK_EQ(prediction_judge(&which, "d", &upper), VERDICT_NOT_UNDERSTOOD);
	CHECK_EQ(prediction_judge(&which, "upper", &upper),
		 VERDICT_NOT_UNDERSTOOD);
	CHECK_EQ(prediction_judge(&which, "", &upper), VERDICT_NOT_UNDERSTOOD);
	CHECK_STR(prediction_answer(&which, &upper), "v. upper");
	CHECK_STR(prediction_feedback(&which, "A", &upper),
		  "The lower half is kept.");
	CHECK_STR(prediction_feedback(&which, "c", &upper), "");
}

/* What a person types for an answer, and what is another answer. */
static void test_spellings(void)
{
	static const struct {
		enum answer_form form;
		const char *given, *answer;
		enum verdict verdict;
	} cases[] = {
		{ FORM_text, "3", "3", VERDICT_RIGHT },
		{ FORM_text, " 07 \n", "7", VERDICT_RIGHT },
		{ FORM_text, "-3", "-3", VERDICT_RIGHT },
		{ FORM_text, "order 3", "3", VERDICT_RIGHT },
		{ FORM_order, "Order  3", "3", VERDICT_RIGHT },
		{ FORM_number, "0x10", "16", VERDICT_RIGHT },
		{ FORM_number, "12 pages", "12", VERDICT_RIGHT },
		{ FORM_number, "12pages", "12", VERDICT_RIGHT },
		{ FORM_pfn, "pfn 0X1000", "4096", VERDICT_RIGHT },
		{ FORM_number, "3.0", "3", VERDICT_RIGHT },
		{ FORM_number, "\xef\xbc\x93", "3", VERDICT_RIGHT },
		{ FORM_yesno, "y", "yes", VERDICT_RIGHT },
		{ FORM_yesno, "TRUE", "yes", VERDICT_RIGHT },
		{ FORM_yesno, "\xe6\x98\xaf", "yes", VERDICT_RIGHT },
		{ FORM_text, "No", "false", VERDICT_RIGHT },
		{ FORM_zone, " dma32\t", "DMA32", VERDICT_RIGHT },
		{ FORM_zone, "zone DMA32", "DMA32", VERDICT_RIGHT },
		{ FORM_zone, "node 0 normal", "Normal", VERDICT_RIGHT },
		{ FORM_text, "node 1  Normal", "node 1 Normal", VERDICT_RIGHT },
		{ FORM_zone, "1 Normal", "node 1 Normal", VERDICT_RIGHT },
		{ FORM_migratetype, "U", "unmovable", VERDICT_RIGHT },
		{ FORM_list, "4096,4098", "4096 4098", VERDICT_RIGHT },
		{ FORM_list, "4096\xe3\x80\x81 4098", "4096, 4098",
		  VERDICT_RIGHT },
		{ FORM_text, "Tail", "tail", VERDICT_RIGHT },
		{ FORM_number, "70", "7", VERDICT_WRONG },
		{ FORM_yesno, "no", "yes", VERDICT_WRONG },
		{ FORM_zone, "node 0 Normal", "node 1 Normal", VERDICT_WRONG },
		{ FORM_list, "4098, 4096", "4096 4098", VERDICT_WRONG },
		{ FORM_migratetype, "movable", "unmovable", VERDICT_WRONG },
		{ FORM_text, "head", "tail", VERDICT_WRONG },
		{ FORM_number, "", "0", VERDICT_NOT_UNDERSTOOD },
		{ FORM_number, "3 or 4", "3", VERDICT_NOT_UNDERSTOOD },
		{ FORM_text, "banana", "3", VERDICT_NOT_UNDERSTOOD },
		{ FORM_number, "12 KiB", "12", VERDICT_NOT_UNDERSTOOD },
		{ FORM_number, "pages", "12", VERDICT_NOT_UNDERSTOOD },
		{ FORM_number, "nan", "12", VERDICT_NOT_UNDERSTOOD },
		{ FORM_number, "\xff", "3", VERDICT_NOT_UNDERSTOOD },
		{ FORM_yesno, "maybe", "yes", VERDICT_NOT_UNDERSTOOD },
		{ FORM_zone, "node 1", "DMA", VERDICT_NOT_UNDERSTOOD },
		{ FORM_zone, "node Normal", "Normal", VERDICT_NOT_UNDERSTOOD },
		{ FORM_zone, "Normal", "node 1 Normal",
		  VERDICT_NOT_UNDERSTOOD },
		{ FORM_migratetype, "moveable", "movable",
		  VERDICT_NOT_UNDERSTOOD },
		{ FORM_list, " , ", "1", VERDICT_NOT_UNDERSTOOD },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char ask[64] = "?", answer[64] = "";
		struct note a = { .kind = NOTE_ASK, .text = ask };
		struct note b = { .kind = NOTE_ANSWER, .text = answer };

		strcpy(ask + 2, form_names[cases[i].form]);
		a.size = (uint32_t)strlen(ask + 2) + 3;
		strcpy(answer, cases[i].answer);
		b.size = (uint32_t)strlen(answer) + 3;
		CHECK_EQ(prediction_judge(&a, cases[i].given, &b),
			 cases[i].verdict);
		if (prediction_judge(&a, cases[i].given, &b) !=
		    cases[i].verdict)
			fprintf(stderr, "\"%s\" for \"%s\"\n", cases[i].given,
				cases[i].answer);
	}
}

/* A zone is asked for with its node if the answer needs one. */
static void test_prompt(void)
{
	static const struct note zone = NOTE_OF(ASK, "Which zone?\0zone");
	static const struct note order = NOTE_OF(ASK, "Which order?\0order");
	static const struct note local = NOTE_OF(ANSWER, "node 1 DMA32\0\0");
	static const struct note any = NOTE_OF(ANSWER, "DMA32\0\0");
	static const struct note three = NOTE_OF(ANSWER, "3\0\0");

	CHECK_STR(prediction_prompt(&zone, &local),
		  "a node and a zone: node 0 Normal");
	CHECK_STR(prediction_prompt(&zone, &any),
		  "a zone: Normal, or node 0 Normal");
	CHECK_STR(prediction_prompt(&order, &three), "an order");
}

/* Feedback to a typed answer, in any spelling of it. */
static void test_feedback(void)
{
	static const struct note ask = NOTE_OF(ASK, "Which order?\0order");
	static const struct note answer =
		NOTE_OF(ANSWER, "3\0\0\0"
				"10\0That is the block taken.");

	CHECK_STR(prediction_feedback(&ask, "order 10", &answer),
		  "That is the block taken.");
	CHECK_STR(prediction_feedback(&ask, "9", &answer), "");
	CHECK_STR(prediction_feedback(&ask, "banana", &answer), "");
}

static void test_line(void)
{
	char *line = prediction_line(&which, "a", &upper, "s.lua", 5);

	CHECK(line != NULL);
	if (line)
		CHECK_STR(line,
			  "{\"schema\":\"zonewalk/prediction/1\","
			  "\"scenario\":\"s.lua\",\"seed\":5,\"line\":7,"
			  "\"step\":3,\"request\":2,\"question\":"
			  "\"\\\"Which\\\"?\",\"form\":\"choice\","
			  "\"choices\":[\"the lower\",\"v. upper\",\"N\"],"
			  "\"prediction\":\"a\",\"answer\":\"v. upper\","
			  "\"right\":false}\n");
	free(line);
}

/* Longer than any place for it. */
static void test_long(void)
{
	static char text[5000];
	const struct note ask = NOTE_OF(ASK, "?\0text");
	struct note answer = { .kind = NOTE_ANSWER, .text = text };

	memset(text, 'x', sizeof(text) - 1);
	CHECK_EQ(prediction_judge(&ask, text, &answer), VERDICT_RIGHT);
	CHECK_STR(prediction_answer(&ask, &answer), text);
}

int main(void)
{
	test_parts();
	test_choices();
	test_spellings();
	test_prompt();
	test_feedback();
	test_line();
	test_long();
	return test_done();
}
