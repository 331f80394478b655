/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_why: one or two sentences with the numbers of this step. */
#include "view.h"

static void why_title(const struct frame *f, struct view_title *t)
{
	(void)f;
	snprintf(t->left, sizeof(t->left), "why");
}

/*
 * A caption has its rows for the whole story, so that nothing jumps. The
 * layout gives them where there is room.
 */
static int why_height(const struct frame *f, int width)
{
	(void)width;
	return session_nr_notes(f->session) ? 4 : 2;
}

/* All that was said at once, in order: a question has many lines. */
static const char *caption_text(const struct frame *f, char *buf, size_t size)
{
	uint32_t i = session_nr_notes(f->session);
	const struct note *note;
	size_t used = 0;

	/* back to the first of those said at the caption's step */
	while (i && session_note_at(f->session, i - 1)->step >=
			    f->caption->step)
		i--;
	buf[0] = '\0';
	for (; (note = session_note_at(f->session, i)) &&
	       note->step == f->caption->step && used < size;
	     i++)
		if (note->kind == NOTE_SAY)
			used += (size_t)snprintf(buf + used, size - used,
						 used ? " %s" : "%s",
						 note->text);
	return buf;
}

static const char *begin_text(const struct frame *f, char *buf, size_t size)
{
	const struct system *s = f->m->system;

	snprintf(buf, size,
		 "The machine before the first request: %u node%s, %u cpu%s. "
		 "%u request%s follow%s, in %u steps.",
		 s->nr_online_nodes, s->nr_online_nodes == 1 ? "" : "s",
		 s->nr_cpus, s->nr_cpus == 1 ? "" : "s", f->nr_requests,
		 f->nr_requests == 1 ? "" : "s",
		 f->nr_requests == 1 ? "s" : "", f->nr_steps);
	return buf;
}

/* The caption has the rows that the sentence leaves, at least one. */
static void why_draw(const struct frame *f, struct area a, int scroll)
{
	char text[2048];
	int rows = a.height, used;
	bool caption = f->caption && rows > 2;

	(void)scroll;
	if (f->event)
		event_sentence(f->m, f->event, text, sizeof(text));
	else
		begin_text(f, text, sizeof(text));
	used = put_wrapped(a, 1, 0, rows - caption, LOOK_NORMAL, text);
	set_cursor(a, 1, 0);
	if (!caption)
		return;
	put_text(a, 1, used, LOOK_DIM, "»");
	put_wrapped(a, 3, used, rows - used, LOOK_DIM,
		    caption_text(f, text, sizeof(text)));
}

const struct view view_why = {
	.name = "why",
	.help = "What has just happened, with the numbers that decided it.",
	.title = why_title,
	.height = why_height,
	.draw = why_draw,
};
