/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_why: the text of this step's event, and the captions. */
#include <string.h>

#include "model/question.h"
#include "views/view.h"

/* The first of the notes at @step. */
static uint32_t first_note(const struct view_model *vm, uint32_t step)
{
	uint32_t i = session_nr_notes(vm->session);

	while (i && session_note_at(vm->session, i - 1)->step >= step)
		i--;
	return i;
}

/* A note's text after what is in @buf; of a question not its choices. */
static void add_note(const struct note *note, const char *sign, char *buf,
		     size_t size)
{
	size_t used = strlen(buf);
	size_t length = note->kind == NOTE_ASK ? strcspn(note->text, "\n") :
						 strlen(note->text);

	/* an answer need not end as a sentence does */
	const char *between = !used			     ? "" :
			      strchr(".?!:)", buf[used - 1]) ? " " :
							       ". ";

	snprintf(buf + used, size - used, "%s%s%.*s", between, sign,
		 (int)length, note->text);
}

/* All captions of a step, in order. */
static const char *caption_text(const struct view_model *vm, char *buf,
				size_t size)
{
	static const char *const signs[] = {
		[NOTE_SAY] = "",
		[NOTE_ASK] = "? ",
		[NOTE_ANSWER] = "= ",
	};
	uint32_t i = first_note(vm, vm->caption->step);
	const struct note *note;

	buf[0] = '\0';
	for (; (note = session_note_at(vm->session, i)) &&
	       note->step == vm->caption->step;
	     i++)
		if (note->kind < sizeof(signs) / sizeof(*signs) &&
		    signs[note->kind])
			add_note(note, signs[note->kind], buf, size);
	return buf;
}

/* The question, after the captions that belong to it. */
static void question_text(const struct view_model *vm, const struct question *q,
			  char *buf, size_t size)
{
	size_t used;

	buf[0] = '\0';
	for (uint32_t i = first_note(vm, q->step); i < q->first_note; i++) {
		const struct note *note = session_note_at(vm->session, i);

		if (note->kind == NOTE_SAY)
			add_note(note, "", buf, size);
		else
			buf[0] = '\0'; /* it belongs to another question */
	}
	used = strlen(buf);
	snprintf(buf + used, size - used, "%s%s", used ? " " : "", q->text);
}

static void begin_text(const struct view_model *vm, char *buf, size_t size)
{
	const struct system *s = vm->m->system;

	snprintf(buf, size, TEXT_why_begin, s->nr_online_nodes,
		 plural(s->nr_online_nodes), s->nr_cpus, plural(s->nr_cpus),
		 vm->nr_requests, plural(vm->nr_requests),
		 vm->nr_requests == 1 ? "s" : "", vm->nr_steps,
		 plural(vm->nr_steps));
}

/*
 * The event text has two rows even when it needs one, so that less jumps; a
 * caption has what it needs.
 */
enum { SENTENCE_ROWS = 2 };

/* The event text of this step, or the question before the next one. */
static const char *why_text(const struct view_model *vm, char *buf, size_t size)
{
	struct question q;

	if (question_shown(vm->session, vm->step, &vm->view->prediction, &q))
		question_text(vm, &q, buf, size);
	else if (vm->event)
		event_text_format(vm->m, vm->event, buf, size);
	else
		begin_text(vm, buf, size);
	return buf;
}

static int caption_rows(const struct view_model *vm, int width)
{
	char text[2048];

	return wrapped_rows(caption_text(vm, text, sizeof(text)), width - 3);
}

void why_describe(const struct view_model *vm, int width, struct view_title *t)
{
	char text[2048];

	t->rows = wrapped_rows(why_text(vm, text, sizeof(text)), width - 1);
	if (t->rows < SENTENCE_ROWS)
		t->rows = SENTENCE_ROWS;
	if (vm->caption && !vm->view->prediction.on)
		t->rows += caption_rows(vm, width);
}

static void draw_caption(const struct view_model *vm, struct area a, int y)
{
	char text[2048];

	put_text(a, 1, y, LOOK_DIM, "»");
	put_wrapped(a, 3, y, a.height - y, LOOK_DIM,
		    caption_text(vm, text, sizeof(text)));
}

/* A caption has its rows, the event text at least two, if there are so many. */
static int event_text_rows(const struct view_model *vm, struct area a,
			   bool caption)
{
	int rows = a.height;

	if (!caption)
		return rows;
	rows -= caption_rows(vm, a.width);
	if (rows < SENTENCE_ROWS)
		rows = SENTENCE_ROWS;
	return rows < a.height ? rows : a.height - 1;
}

void why_draw(const struct view_model *vm, struct area a)
{
	bool caption = vm->caption && a.height > 2 && !vm->view->presenter &&
		       !vm->view->prediction.on;
	char text[2048];
	int used;

	why_text(vm, text, sizeof(text));
	if (view_model_moves(vm)) /* the picture comes first */
		text[0] = '\0';
	/* on a small screen the event text is whole before there is a caption */
	if (a.height < 4 && wrapped_rows(text, a.width - 1) >= a.height)
		caption = false;
	used = put_wrapped(a, 1, 0, event_text_rows(vm, a, caption),
			   vm->view->presenter ? LOOK_TITLE : LOOK_NORMAL,
			   text);
	set_cursor(a, 1, 0);
	if (caption)
		draw_caption(vm, a, used);
}

/* -- the caption alone, for a presenter -------------------------------------- */

void caption_describe(const struct view_model *vm, int width,
		      struct view_title *t)
{
	t->rows = 2;
}

void caption_draw(const struct view_model *vm, struct area a)
{
	if (vm->caption && a.height > 0 && !vm->view->prediction.on)
		draw_caption(vm, a, 0);
}
