/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * end_card: a screen of texts that scrolls.
 *
 *  07 Lowmem reserve
 *  ╭─ Lesson complete ───────────────────────────── 1 of 2 right ─╮
 *  │ 1  One page is requested with GFP_DMA. Is it allocated?       │
 *  │    ✗ Your answer:  no                                         │
 *  │      The answer:   yes                                        │
 *  │ ...                                                           │
 *  │ Exercise                                                      │
 *  │ Let zone DMA serve the request.                               │
 *  │    ✗ zone DMA serves it                                       │
 *  ╰───────────────────────────────────────────────────────────────╯
 *   Enter next: 8 Zonelist   x exercise   v dma32=1G   q back
 */
#include "screen/end_card.h"

#include <string.h>

#include "model/exercise.h"
#include "terminal/keymap.h"
#include "views/view.h"

/* Longer lines are hard to read. */
enum { MOST_COLUMNS = 100 };
enum { BOX_Y = 1, TEXT_X = 3, ANSWER_X = TEXT_X + 16, LEAST_COLUMNS = 12 };

/* Lines, of which a window is seen. */
struct lines {
	struct area area;
	int skip; /* above the window */
	int nr; /* so far */
};

/* A text over as many lines as it needs, from column @x on. */
static void add_text(struct lines *l, int x, enum look look, const char *text)
{
	char line[1024];

	if (l->area.width - x < LEAST_COLUMNS)
		x = 0;
	while (next_line(&text, l->area.width - x, line, sizeof(line))) {
		const int y = l->nr++ - l->skip;

		if (y >= 0 && y < l->area.height)
			put_text(l->area, x, y, look, line);
	}
}

/* @head at column @x, and the text beside it from column @text_x on. */
static void add_item(struct lines *l, int x, const char *head, int text_x,
		     enum look look, const char *text)
{
	const int y = l->nr - l->skip;

	/* not enough columns: below it */
	if (!*text || l->area.width - text_x < LEAST_COLUMNS) {
		add_text(l, x, look, head);
		add_text(l, x, look, text);
		return;
	}
	if (y >= 0 && y < l->area.height)
		put_text(l->area, x, y, look, head);
	add_text(l, text_x, look, text);
}

static void add_blank(struct lines *l)
{
	l->nr += l->nr > 0;
}

/* -- parts ----------------------------------------------------------------- */

/* The learner's answer in words: of choices the text. */
static const char *given_text(const struct question *q)
{
	const int choice = note_form(q->ask) == FORM_choice ?
				   prediction_choice(q->ask, q->given) :
				   -1;

	return choice < 0 ?
		       q->given :
		       note_part(q->ask, NOTE_ASK_CHOICES + (uint32_t)choice);
}

static void add_answer(struct lines *l, const char *sign, const char *whose,
		       enum look look, const char *text)
{
	add_item(l, TEXT_X, text_of("%s %s", sign, whose).s, ANSWER_X, look,
		 text);
}

static void add_question(struct lines *l, uint32_t number,
			 const struct question *q)
{
	add_item(l, 0, text_of("%u", number).s, TEXT_X, LOOK_NORMAL,
		 q->ask->text);
	if (q->state == QUESTION_RIGHT)
		add_answer(l, SIGN_PASSED, TEXT_end_given, LOOK_PASSED,
			   given_text(q));
	else if (q->state == QUESTION_WRONG)
		add_answer(l, SIGN_REFUSED, TEXT_end_given, LOOK_REFUSED,
			   given_text(q));
	else
		add_answer(l, SIGN_NOT_MADE, TEXT_end_skipped, LOOK_DIM, "");
	if (q->state != QUESTION_RIGHT)
		add_answer(l, " ", TEXT_end_answer, LOOK_NORMAL,
			   prediction_answer(q->ask, q->answer));
}

static void add_questions(struct lines *l, const struct guide *g)
{
	for (uint32_t i = 0; !g->no_questions && i < g->nr_questions; i++)
		add_question(l, i + 1, &g->questions[i]);
}

/* The variant being played has a sign, the one that v plays next the key. */
static void add_variant(struct lines *l, const struct end_card *card,
			const struct note *note)
{
	const char *next =
		exercise_variant(card->guide->session, card->variant);
	const bool is_played = card->variant &&
			       !strcmp(card->variant, note->text);
	const struct text head = text_of("%s %.300s",
					 is_played	    ? SIGN_CURRENT :
					 next == note->text ? "v" :
							      " ",
					 note->text);

	add_item(l, TEXT_X, head.s, TEXT_X + text_width(head.s) + 2,
		 LOOK_NORMAL, note_part(note, 1));
}

static void add_check(struct lines *l, const struct note *note)
{
	const bool holds = !strcmp(note_part(note, 1), "yes");

	add_item(l, TEXT_X, holds ? SIGN_PASSED : SIGN_REFUSED, TEXT_X + 2,
		 holds ? LOOK_PASSED : LOOK_REFUSED, note->text);
}

static void add_exercise(struct lines *l, const struct end_card *card)
{
	const struct note *note;

	for (uint32_t i = 0; (note = session_note_at(card->guide->session, i));
	     i++) {
		if (note->kind == NOTE_CHECK)
			add_check(l, note);
		else if (note->kind == NOTE_VARIANT)
			add_variant(l, card, note);
		if (note->kind != NOTE_EXERCISE)
			continue;
		add_blank(l);
		add_text(l, 0, LOOK_TITLE, TEXT_end_exercise);
		add_text(l, 0, LOOK_NORMAL, note->text);
	}
}

static void add_takeaways(struct lines *l, const struct session *s)
{
	const struct note *note;
	bool any = false;

	for (uint32_t i = 0; (note = session_note_at(s, i)); i++) {
		if (note->kind != NOTE_TAKEAWAY)
			continue;
		if (!any) {
			add_blank(l);
			add_text(l, 0, LOOK_TITLE, TEXT_end_takeaways);
		}
		any = true;
		add_item(l, 0, SIGN_NOT_MADE, 2, LOOK_NORMAL, note->text);
	}
}

static void add_all(struct lines *l, const struct end_card *card)
{
	add_questions(l, card->guide);
	add_takeaways(l, card->guide->session);
	add_exercise(l, card);
	if (!l->nr)
		add_text(l, 0, LOOK_NORMAL, TEXT_end_all);
	if (!card->next)
		return;
	add_blank(l);
	add_item(l, 0, TEXT_end_next, text_width(TEXT_end_next) + 1,
		 LOOK_NORMAL, card->next);
}

/* -- the card -------------------------------------------------------------- */

void end_card_print(const struct end_card *card, struct area a)
{
	struct lines shown = { .area = a, .skip = card->scroll };

	add_all(&shown, card);
}

int end_card_rows(const struct end_card *card, int width)
{
	/* an area without rows: lines are counted, not drawn */
	struct lines count = { .area = { .width = width } };

	add_all(&count, card);
	return count.nr;
}

static int box_width(int width)
{
	return width < MOST_COLUMNS ? width : MOST_COLUMNS;
}

int end_card_room(const struct end_card *card, int width, int height)
{
	const int rows = height - BOX_Y - 3;
	const int more = end_card_rows(card, box_width(width) - 4) - rows;

	return rows < 1 || more < 0 ? 0 : more;
}

static struct text score_text(const struct guide *g)
{
	const uint32_t right = guide_nr_right(g);
	const uint32_t skipped = g->nr_questions - guide_nr_answered(g);

	if (g->no_questions || !g->nr_questions)
		return text_of("%s", "");
	return skipped ? text_of(TEXT_end_score_skipped, right, g->nr_questions,
				 skipped) :
			 text_of(TEXT_end_score, right, g->nr_questions);
}

/* In the border, or nothing where it does not fit. */
static void put_border(struct area box, int end, int y, enum look look,
		       const char *text)
{
	const int width = text_width(text) + 2;

	if (!*text || end - width < 1)
		return;
	area_clear(area_part(box, end - width, y, width, 1));
	put_text(box, end - width + 1, y, look, text);
}

/* A key, and what it does. Returns the column after it. */
static int put_key(struct area a, int x, uint32_t key, const char *text)
{
	if (x + text_width(text) > a.width - 1)
		return x;
	return 3 + put_text(area_link(a, LINK_KEY, key), x, 0, LOOK_DIM, text);
}

static void draw_keys(struct area a, const struct end_card *card, int room)
{
	const struct session *s = card->guide->session;
	const char *variant = exercise_variant(s, card->variant);
	int x = 1;

	if (card->next)
		x = put_key(a, x, '\r', TEXT_end_key_next);
	if (exercise_task(s))
		x = put_key(a, x, 'x', TEXT_end_key_exercise);
	if (variant || card->variant)
		x = put_key(a, x, 'v',
			    text_of(TEXT_end_key_variant,
				    variant ? variant : TEXT_end_original)
				    .s);
	if (room)
		x = put_key(a, x, KEYCODE_DOWN, TEXT_end_key_scroll);
	put_key(a, x, 'q', TEXT_end_key_back);
}

void end_card_draw(struct canvas *c, const struct end_card *card)
{
	const int room = end_card_room(card, c->width, c->height);
	const int width = box_width(c->width);
	struct area all = canvas_area(c), box;
	int height = c->height - BOX_Y - 1;

	if (c->height < BOX_Y + 4 || c->width < 20) {
		put_text(all, 0, 0, LOOK_TITLE, TEXT_end_title);
		return;
	}
	if (!room)
		height = end_card_rows(card, width - 4) + 2;
	put_text_in(all, 1, 0, c->width - 2, LOOK_TITLE, card->title);
	box = area_part(all, 0, BOX_Y, width, height);
	put_box(box);
	put_border(box, 2 + text_width(TEXT_end_title) + 2, 0, LOOK_TITLE,
		   TEXT_end_title);
	if (width > 60)
		put_border(box, width - 2, 0, LOOK_NORMAL,
			   score_text(card->guide).s);
	end_card_print(card, area_part(box, 2, 1, width - 4, height - 2));
	set_cursor(box, 2, 1);
	if (room)
		put_border(box, width - 2, height - 1, LOOK_DIM,
			   TEXT_help_more);
	draw_keys(area_part(all, 0, c->height - 1, c->width, 1), card, room);
}
