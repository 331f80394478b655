/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_walk_future: a lesson beside one with another future. The other one
 * is the same file with a line before it that changes one call of ask(): its
 * run() makes no requests and returns another answer.
 */
#include "lesson_walk.h"

#include "test.h"

enum { MOST_PRESSES = 400 };

static const char other_ask[] =
	"do local ask_it, nr = ask, 0 function ask(q) nr = nr + 1 "
	"if nr == %u then local other = {} "
	"for k, v in pairs(q) do other[k] = v end other.answer = nil "
	"other.run = function() return %s, 'another reason' end "
	"q = other end return ask_it(q) end end ";

/* Another answer, as Lua. */
static void other_answer(const struct question *q, char *buf, size_t size)
{
	const char *answer = q->answer->text;

	switch (note_form(q->ask)) {
	case FORM_choice:
		snprintf(buf, size, "%u",
			 ((uint32_t)(*answer - 'a') + 1) %
					 note_nr_choices(q->ask) +
				 1);
		break;
	case FORM_number:
	case FORM_order:
	case FORM_pfn:
		snprintf(buf, size, "%.30s + 1", answer);
		break;
	case FORM_yesno:
		snprintf(buf, size, "%s", *answer == 'y' ? "false" : "true");
		break;
	case FORM_zone:
		snprintf(buf, size, "'%s'",
			 strstr(answer, "Normal") ? "DMA" : "node 0 Normal");
		break;
	case FORM_migratetype:
		snprintf(buf, size, "'%s'",
			 *answer == 'u' ? "movable" : "unmovable");
		break;
	default:
		snprintf(buf, size, "'another answer'");
	}
}

/* -- the same screen ------------------------------------------------------- */

/* Rows that say how long the lesson is. */
static bool is_about_length(const struct lesson_screen *l, int y)
{
	const struct layout *layout = &l->app.layout;

	return y == layout->title.y || y == layout->timeline.y ||
	       (layout->panels[0].view == VIEW_question &&
		y == layout->panels[0].rect.y - 1) ||
	       (!l->app.player.step && !l->app.asked &&
		y < layout->why.y + layout->why.height);
}

static void check_same(struct lesson_screen *l, struct lesson_screen *other)
{
	const struct canvas *a = &l->canvas, *b = &other->canvas;

	lesson_draw(l);
	lesson_draw(other);
	for (int y = 0; y < a->height; y++)
		for (int x = 0; x < a->width && !is_about_length(l, y); x++) {
			const struct cell *one = &a->cells[y * a->width + x];
			const struct cell *two = &b->cells[y * b->width + x];

			if (one->glyph == two->glyph && one->look == two->look)
				continue;
			lesson_complain(l, "the screen depends on the answer",
					other->text);
			return;
		}
}

/* -- both side by side ----------------------------------------------------- */

static void press_both(struct lesson_screen *l, struct lesson_screen *other,
		       uint32_t key)
{
	app_key(&l->app, key, 0);
	app_key(&other->app, key, 0);
	check_same(l, other);
	for (uint64_t now = 0; l->app.revealed && now < 60000; now += 50) {
		app_tick(&l->app, now);
		app_tick(&other->app, now);
		check_same(l, other);
	}
}

/* Skip what is asked before question @number, which is reached. */
static bool walk_both(struct lesson_screen *l, struct lesson_screen *other,
		      uint32_t number)
{
	static const uint32_t back[] = { KEYCODE_LEFT, '[', 's', '[', 'M' };

	check_same(l, other);
	for (int i = 0; i < MOST_PRESSES && !l->nr_bad; i++) {
		const struct question *q = l->app.asked;

		if (q && guide_number(&l->app.guide, q) == number) {
			for (size_t k = 0; k < sizeof(back) / sizeof(*back);
			     k++)
				press_both(l, other, back[k]);
			return !l->nr_bad;
		}
		press_both(l, other, q ? KEYCODE_ESC : '\r');
	}
	return false;
}

/* @text after the line that changes question @number. */
static char *other_text(const char *text, uint32_t number,
			const struct question *q)
{
	char answer[64], *other;
	size_t size;
	FILE *out = open_memstream(&other, &size);

	CHECK(out);
	other_answer(q, answer, sizeof(answer));
	fprintf(out, other_ask, number, answer);
	fputs(text, out);
	fclose(out);
	return other;
}

bool lesson_future_is_hidden(const char *path, const char *name, uint64_t seed,
			     int size)
{
	const int width = walk_sizes[size][0], height = walk_sizes[size][1];
	uint32_t nr = 1;
	bool good = true;

	for (uint32_t number = 1; number <= nr && good; number++) {
		struct lesson_screen l = { .name = name };
		struct lesson_screen other = { .name = name };
		struct scenario *sc, *other_sc;
		char *text;

		good = lesson_screen_open(&l, &sc, path, NULL, seed, width,
					  height);
		if (!good)
			return false;
		nr = l.app.guide.nr_questions;
		text = other_text(l.source, number,
				  &l.app.guide.questions[number - 1]);
		good = lesson_screen_open(&other, &other_sc, path, text, seed,
					  width, height) &&
		       walk_both(&l, &other, number);
		if (!good)
			fprintf(stderr, "%s, question %u, seed %u\n", name,
				number, (unsigned int)seed);
		free(text);
		lesson_screen_close(&l, sc);
		lesson_screen_close(&other, other_sc);
	}
	return good;
}
