/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_data: places, questions and rows. page/screen.js reads them. */
#include "export/page_data.h"

#include <stdlib.h>
#include <string.h>

#include "export/colors.h"
#include "export/rows.h"
#include "session/prediction.h"

struct page {
	struct screenshot *shot;
	const struct places *places;
	struct rows rows;
	struct json_writer *out;
	bool failed;
};

uint32_t page_reveal(const struct screenshot *p, const struct places *places,
		     uint32_t i)
{
	const uint32_t decides =
		p->guide.questions[places->at[i].nr_asked].decides;
	uint32_t to = i;

	/* the first place of that step, before another question */
	while (to + 1 < places->nr && places->at[to].place.step < decides &&
	       places->at[to + 1].place.step <= decides &&
	       (to == i || !places->at[to].asks))
		to++;
	return to;
}

/* The numbers of the rows of the screen drawn last. */
static void put_rows(struct page *page)
{
	const struct canvas *c = &page->shot->canvas;

	writer_open(page->out, '[');
	for (int y = 0; y < c->height; y++) {
		const uint32_t row = rows_add(&page->rows, c, y);

		page->failed |= row == UINT32_MAX;
		writer_i64(page->out, row);
	}
	writer_close(page->out, ']');
}

/* The screen at a question that was answered or skipped. */
static void put_answered(struct page *page, const struct export_place *asked)
{
	struct export_place place = *asked;

	place.nr_asked++;
	place.asks = false;
	screenshot_draw(page->shot, &place);
	writer_key(page->out, "d");
	put_rows(page);
}

static void put_place(struct page *page, uint32_t i)
{
	const struct export_place *place = &page->places->at[i];
	struct json_writer *out = page->out;
	const struct view_model *vm = page->shot->vm;
	char event[1024];

	screenshot_draw(page->shot, place);
	screenshot_event(page->shot, event, sizeof(event));
	writer_open(out, '{');
	writer_add_u64(out, "s", place->place.step);
	writer_key(out, "q");
	writer_i64(out, place->asks ? (int64_t)place->nr_asked : -1);
	writer_add_u64(out, "n", vm->request ? vm->request_index + 1 : 0);
	writer_add_bool(out, "p", place->is_point);
	writer_add_string(out, "t", event);
	writer_add_string(out, "c", vm->caption ? vm->caption->text : "");
	writer_add_u64(out, "l",
		       vm->request && vm->request->where.file ?
			       vm->request->where.line :
			       0);
	writer_key(out, "r");
	put_rows(page);
	if (place->asks)
		put_answered(page, place);
	writer_close(out, '}');
}

/* -- questions ------------------------------------------------------------- */

static void put_list(struct json_writer *out, const char *key,
		     const struct note *note, uint32_t from, bool pairs)
{
	const char *part;

	writer_key(out, key);
	writer_open(out, '[');
	for (uint32_t i = from; (part = note_part(note, i)); i++) {
		if (pairs)
			writer_open(out, '[');
		writer_string(out, part);
		if (!pairs)
			continue;
		writer_string(out, note_part(note, ++i));
		writer_close(out, ']');
	}
	writer_close(out, ']');
}

/* The screen with each choice selected. */
static void put_screens(struct page *page, const struct export_place *at,
			uint32_t nr)
{
	struct export_place place = *at;

	writer_key(page->out, "screens");
	writer_open(page->out, '[');
	for (place.choice = 0; place.choice < nr; place.choice++) {
		screenshot_draw(page->shot, &place);
		put_rows(page);
	}
	writer_close(page->out, ']');
}

static void put_question(struct page *page, uint32_t i)
{
	const struct export_place *place = &page->places->at[i];
	const struct question *q =
		&page->shot->guide.questions[place->nr_asked];
	const enum answer_form form = note_form(q->ask);
	struct json_writer *out = page->out;

	writer_open(out, '{');
	writer_add_string(out, "ask", q->ask->text);
	writer_add_string(out, "form", form_names[form]);
	writer_add_string(out, "prompt", form_prompts[form]);
	put_list(out, "choices", q->ask, NOTE_ASK_CHOICES, false);
	writer_add_string(out, "answer", q->answer->text);
	writer_add_string(out, "reason",
			  note_part(q->answer, NOTE_ANSWER_REASON));
	put_list(out, "feedback", q->answer, NOTE_ANSWER_FEEDBACK, true);
	writer_add_u64(out, "line", q->ask->where.line);
	writer_add_u64(out, "reveal", page_reveal(page->shot, page->places, i));
	put_screens(page, place, note_nr_choices(q->ask));
	writer_close(out, '}');
}

/* -- the rest -------------------------------------------------------------- */

static void put_source(struct page *page)
{
	const char *text = page->shot->view.scenario;
	struct json_writer *out = page->out;

	writer_key(out, "source");
	writer_open(out, '[');
	while (text && *text) {
		const size_t length = strcspn(text, "\r\n");
		char *line = strndup(text, length);

		page->failed |= !line;
		if (line)
			writer_string(out, line);
		free(line);
		text += length;
		text += *text == '\r';
		text += *text == '\n';
	}
	writer_close(out, ']');
}

static void put_head(struct page *page)
{
	const struct screenshot *p = page->shot;
	struct json_writer *out = page->out;

	writer_add_string(out, "title", p->title);
	writer_add_u64(out, "width", (uint64_t)p->canvas.width);
	writer_add_u64(out, "height", (uint64_t)p->canvas.height);
	writer_add_u64(out, "steps", p->guide.nr_steps);
	writer_key(out, "looks");
	writer_open(out, '[');
	for (int i = 0; i < NR_LOOKS; i++)
		writer_string(out, look_classes[i]);
	writer_close(out, ']');
	put_source(page);
}

bool page_data_write(struct screenshot *p, const struct places *places,
		     struct json_writer *out)
{
	struct page page = { .shot = p, .places = places, .out = out };

	writer_open(out, '{');
	put_head(&page);
	writer_key(out, "places");
	writer_open(out, '[');
	for (uint32_t i = 0; i < places->nr; i++)
		put_place(&page, i);
	writer_close(out, ']');
	writer_key(out, "questions");
	writer_open(out, '[');
	for (uint32_t i = 0; i < places->nr; i++)
		if (places->at[i].asks)
			put_question(&page, i);
	writer_close(out, ']');
	writer_key(out, "rows");
	rows_write(&page.rows, out);
	writer_close(out, '}');
	rows_destroy(&page.rows);
	return !page.failed;
}

/* -- without JavaScript ---------------------------------------------------- */

/* @before: the caption shown before it. */
static void write_question_item(const struct screenshot *p,
				const struct note *before, FILE *out)
{
	const struct note *ask = p->vm->question->ask;
	const char *choice;

	fputs("<li>", out);
	if (p->vm->caption && p->vm->caption != before) {
		fputs("<p>", out);
		write_escaped(p->vm->caption->text, out);
		fputs("</p>", out);
	}
	fputs("<strong>Question.</strong> ", out);
	write_escaped(ask->text, out);
	for (uint32_t i = 0; (choice = note_part(ask, NOTE_ASK_CHOICES + i));
	     i++) {
		fprintf(out, "<br>%c  ", 'a' + (int)i);
		write_escaped(choice, out);
	}
	fputs("</li>\n", out);
}

void page_steps_write(struct screenshot *p, const struct places *places,
		      bool reveal, FILE *out)
{
	uint32_t shown_from = 0, step = UINT32_MAX;
	const struct note *caption = NULL;
	char event[1024];

	for (uint32_t i = 0; i < places->nr; i++) {
		const struct export_place *place = &places->at[i];

		screenshot_draw(p, place);
		if (place->asks) {
			write_question_item(p, caption, out);
			caption = p->vm->caption;
			shown_from = reveal ? 0 : page_reveal(p, places, i) + 1;
		}
		if (place->asks || i < shown_from)
			continue;
		screenshot_event(p, event, sizeof(event));
		fprintf(out, "<li>Step %u. ", place->place.step);
		if (place->place.step != step)
			write_escaped(event, out);
		if (p->vm->caption && p->vm->caption != caption) {
			fputs("<p>", out);
			write_escaped(p->vm->caption->text, out);
			fputs("</p>", out);
		}
		fputs("</li>\n", out);
		step = place->place.step;
		caption = p->vm->caption;
	}
}
