/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_why: the text of this step's event, and the captions. */
#include "model/guide.h"
#include "session/prediction.h"
#include "views/view.h"

/* The text of a caption; where questions are not asked, it may be one. */
static const char *caption_text(const struct view_model *vm, char *buf,
				size_t size)
{
	const struct guide *g = vm->view->notes.guide;
	const struct note *note = vm->caption;
	uint32_t i = 0;

	if (note->kind != NOTE_ANSWER)
		return note->text;
	while (g->questions[i].answer != note)
		i++;
	snprintf(buf, size, "= %s\n%s",
		 prediction_answer(g->questions[i].ask, note),
		 note_part(note, NOTE_ANSWER_REASON));
	return buf;
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

/* A question has its caption only: no step is shown beside it. */
static bool has_event_text(const struct view_model *vm)
{
	return !vm->question;
}

void step_text(const struct view_model *vm, uint32_t step, char *buf,
	       size_t size)
{
	const struct guide *g = vm->view->notes.guide;
	const struct fold *fold = g ? guide_fold(g, step) : NULL;

	if (fold && !fold->open && step == fold->end)
		snprintf(buf, size, TEXT_log_fold, fold->nr_requests,
			 plural(fold->nr_requests), fold->end - fold->begin,
			 plural(fold->end - fold->begin), fold->note->text);
	else
		event_text_format(vm->m,
				  history_event(session_history(vm->session),
						step),
				  buf, size);
}

const char *why_text(const struct view_model *vm, char *buf, size_t size)
{
	if (vm->event)
		step_text(vm, vm->step, buf, size);
	else
		begin_text(vm, buf, size);
	return buf;
}

enum { CAPTION_X = 3, CAPTION_ROWS = 3, PRESENTER_ROWS = 2 };

/* The rows of the caption that are shown at a time. */
static int caption_rows(const struct view_model *vm, int width)
{
	const int most = vm->view->presenter ? PRESENTER_ROWS : CAPTION_ROWS;
	char text[2048];
	int rows = wrapped_rows(caption_text(vm, text, sizeof(text)),
				width - CAPTION_X);

	return rows < most ? rows : most;
}

int caption_rows_left(const struct view_model *vm, int width)
{
	char text[2048];

	return vm->caption ?
		       wrapped_rows(caption_text(vm, text, sizeof(text)),
				    width - CAPTION_X) -
			       vm->view->notes.skip - caption_rows(vm, width) :
		       0;
}

void why_describe(const struct view_model *vm, int width, struct view_title *t)
{
	char text[2048];

	t->rows = 0;
	if (has_event_text(vm)) {
		t->rows = wrapped_rows(why_text(vm, text, sizeof(text)),
				       width - 1);
		if (t->rows < SENTENCE_ROWS)
			t->rows = SENTENCE_ROWS;
	}
	if (vm->caption)
		t->rows += caption_rows(vm, width);
}

static void draw_caption(const struct view_model *vm, struct area a, int y)
{
	char buf[2048], line[512];
	const char *text = caption_text(vm, buf, sizeof(buf));
	const int rows = caption_rows(vm, a.width);

	put_text(a, 1, y, LOOK_TITLE, SIGN_LONGER);
	for (int i = vm->view->notes.skip; i > 0; i--)
		next_line(&text, a.width - CAPTION_X, line, sizeof(line));
	if (rows > a.height - y) { /* a small screen shows less of it */
		put_wrapped(a, CAPTION_X, y, a.height - y, LOOK_TITLE, text);
		return;
	}
	for (int i = 0; i < rows; i++)
		if (next_line(&text, a.width - CAPTION_X, line, sizeof(line)))
			put_text(a, CAPTION_X, y + i, LOOK_TITLE, line);
	/* the next key forward shows the rest */
	if (*text)
		put_text(a, 1, y + rows - 1, LOOK_TITLE, SIGN_MORE);
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
	bool caption = vm->caption && a.height > 2 && !vm->view->presenter;
	char text[2048];
	int used;

	if (!has_event_text(vm)) {
		if (vm->caption)
			draw_caption(vm, a, 0);
		return;
	}

	why_text(vm, text, sizeof(text));
	/* on a small screen the event text is whole before there is a caption */
	if (a.height < 4 && wrapped_rows(text, a.width - 1) >= a.height)
		caption = false;
	used = put_wrapped(a, 1, 0, event_text_rows(vm, a, caption),
			   vm->view->presenter ? LOOK_TITLE : LOOK_NORMAL,
			   text);
	if (view_model_moves(vm)) /* the picture arrives first */
		area_clear(area_part(a, 0, 0, a.width, used));
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
	if (vm->caption && a.height > 0)
		draw_caption(vm, a, 0);
}
