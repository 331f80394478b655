/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_question: an open question with its choices; after an answer what it
 * was, what is right, and why. Texts are wrapped, and what does not fit
 * scrolls.
 */
#include "model/guide.h"
#include "session/prediction.h"
#include "views/view.h"

/* Columns of a question's text that are enough. */
enum { TEXT_WIDTH = 44 };

/* Lines one below the other; those above @y 0 and below the area are not
 * drawn. */
struct flow {
	struct area a;
	int y;
	int width; /* of the widest line so far */
};

/* @text from column @x on. */
static void put_flow(struct flow *f, int x, enum look look, const char *text)
{
	char line[512];

	while (next_line(&text, f->a.width - x - 1, line, sizeof(line))) {
		if (f->y >= 0 && f->y < f->a.height)
			put_text(f->a, x, f->y, look, line);
		if (x + text_width(line) > f->width)
			f->width = x + text_width(line);
		f->y++;
	}
}

static void put_flow_right(struct flow *f, const char *text)
{
	if (f->y >= 0 && f->y < f->a.height)
		put_right(f->a, f->a.width - 1, f->y, LOOK_NORMAL, "%s", text);
}

/* -- a question ------------------------------------------------------------ */

static void put_choices(struct flow *f, const struct view_model *vm)
{
	const struct note *ask = vm->question->ask;
	const struct area a = f->a;

	for (uint32_t i = 0; i < note_nr_choices(ask); i++) {
		const bool selected = i == vm->view->notes.choice;
		const char letter[2] = { (char)('a' + i) };
		const int y = f->y;

		f->a = area_link(a, LINK_KEY, 'a' + i);
		if (selected && y >= 0 && y < a.height)
			put_current(f->a, 1, y);
		put_flow(f, 3, LOOK_TITLE, letter);
		f->y = y;
		put_flow(f, 6, selected ? LOOK_TITLE : LOOK_NORMAL,
			 note_part(ask, NOTE_ASK_CHOICES + i));
	}
	f->a = a;
}

static void put_typed(struct flow *f, const struct view_model *vm)
{
	const struct notes_state *notes = &vm->view->notes;

	if (f->y >= 0 && f->y < f->a.height) {
		put_current(f->a, 1, f->y);
		put_text(f->a, 3, f->y, LOOK_TITLE,
			 notes->typed ? notes->typed : "");
		set_cursor(f->a, 3 + notes->cursor, f->y);
	}
	f->y++;
}

static void put_question(struct flow *f, const struct view_model *vm)
{
	const struct note *ask = vm->question->ask;
	const bool choice = note_form(ask) == FORM_choice;
	struct text hint;

	put_flow(f, 1, LOOK_TITLE, ask->text);
	/* a long question may have more rows than one */
	f->width = f->width < TEXT_WIDTH ? f->width : TEXT_WIDTH;
	(choice ? put_choices : put_typed)(f, vm);
	hint = choice ? text_of("%s", TEXT_question_choose) :
			text_of(TEXT_question_type,
				form_prompts[note_form(ask)]);
	/* beside each other, if there is room */
	if (3 + text_width(hint.s) + 2 + text_width(TEXT_question_skip) <
	    f->a.width)
		put_flow_right(f, TEXT_question_skip);
	put_flow(f, 3, LOOK_NORMAL, hint.s);
}

/* -- feedback -------------------------------------------------------------- */

const char *feedback_title(const struct question *q)
{
	return q->state == QUESTION_RIGHT ? TEXT_question_correct :
	       q->state == QUESTION_WRONG ? TEXT_question_wrong :
					    TEXT_question_skipped;
}

/* "b  refused", or a typed answer. */
static struct text answer_text(const struct question *q, const char *value)
{
	const struct note given = { .kind = NOTE_ANSWER, .text = value };

	if (note_form(q->ask) != FORM_choice)
		return text_of("%s", value);
	return text_of("%s  %s", value, prediction_answer(q->ask, &given));
}

static void put_feedback(struct flow *f, const struct question *q)
{
	const enum look look = q->state == QUESTION_RIGHT ? LOOK_PASSED :
							    LOOK_REFUSED;
	const char *feedback = "";

	if (q->state != QUESTION_SKIPPED)
		put_flow(f, 1, look,
			 text_of(TEXT_question_given,
				 answer_text(q, q->given).s)
				 .s);
	if (q->state == QUESTION_WRONG)
		feedback = prediction_feedback(q->ask, q->given, q->answer);
	put_flow(f, 1, LOOK_NORMAL, feedback);
	if (q->state != QUESTION_RIGHT)
		put_flow(f, 1, LOOK_TITLE,
			 text_of(TEXT_question_answer,
				 answer_text(q, q->answer->text).s)
				 .s);
	put_flow(f, 1, LOOK_NORMAL, note_part(q->answer, NOTE_ANSWER_REASON));
	put_flow_right(f, TEXT_question_go_on);
	f->y++;
}

/* -- the panel ------------------------------------------------------------- */

/* Returns the rows and columns that it takes. */
static struct flow put_all(const struct view_model *vm, struct area a)
{
	struct flow f = { .a = a, .y = -a.scroll };

	if (vm->feedback)
		put_feedback(&f, vm->feedback);
	else if (vm->question)
		put_question(&f, vm);
	f.y += a.scroll;
	return f;
}

void question_describe(const struct view_model *vm, int width,
		       struct view_title *t)
{
	const struct guide *g = vm->view->notes.guide;
	/* nothing is drawn into no rows */
	const struct area none = { .width = width };
	struct flow flow;

	if (!vm->feedback && !vm->question)
		return;
	flow = put_all(vm, none);
	t->rows = flow.y;
	t->columns = flow.width + 2;
	print_to(t->left, "%s",
		 vm->feedback ? feedback_title(vm->feedback) :
				TEXT_question_title);
	if (!vm->feedback)
		print_to(t->right, TEXT_question_number,
			 guide_number(g, vm->question), g->nr_questions);
	else if (guide_nr_answered(g)) /* all skipped: no score */
		print_to(t->right, TEXT_question_number, guide_nr_right(g),
			 guide_nr_answered(g));
}

void question_draw(const struct view_model *vm, struct area a)
{
	if (!vm->feedback && !vm->question)
		return;
	put_all(vm, a);
}
