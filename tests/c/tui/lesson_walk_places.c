/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_walk_places: does a number beside a question follow its answer? A
 * single screen cannot tell: most small numbers stand somewhere on it. But over
 * runs with different answers, one that shows the answer always does.
 */
#include "lesson_walk.h"

#include "machine/array.h"
#include "test.h"

const int walk_sizes[NR_SIZES][2] = { { 80, 24 }, { 120, 40 }, { 200, 60 } };

static bool is_number(const struct question *q)
{
	const enum answer_form form = note_form(q->ask);

	return form == FORM_number || form == FORM_order || form == FORM_pfn;
}

/* The places of @number in the panels beside the question. */
static void find_places(const struct lesson_screen *l, const char *number,
			struct number_places *found)
{
	static const char digits[] = "0123456789";
	const size_t length = strlen(number);

	for (unsigned int i = 1; i < l->app.layout.nr_panels; i++) {
		struct number_place at = { l->app.layout.panels[i].view, 0, 0 };
		char *text = lesson_panel_text(l, i);

		for (const char *c = text; *c; c += strspn(c, digits)) {
			for (; *c && !strchr(digits, *c); c++)
				if (*c == '\n') {
					at.row++;
					at.nth = 0;
				}
			at.nth++;
			if (strspn(c, digits) == length &&
			    !strncmp(c, number, length)) {
				struct number_place *place =
					array_add(found->places, found->nr);

				CHECK(place);
				*place = at;
			}
		}
		free(text);
	}
}

static bool has_place(const struct number_places *p,
		      const struct number_place *place)
{
	for (uint32_t i = 0; i < p->nr; i++)
		if (p->places[i].view == place->view &&
		    p->places[i].row == place->row &&
		    p->places[i].nth == place->nth)
			return true;
	return false;
}

void places_add(struct lesson_places *all, struct lesson_screen *l,
		const struct question *q, int size)
{
	const uint32_t number = guide_number(&l->app.guide, q) - 1;
	struct number_places *p, found = { .nr = 0 };
	uint32_t kept = 0;

	CHECK(number < MAX_QUESTIONS);
	p = &all->of[number][size];
	if (!is_number(q) || lesson_was_said(l, q, q->answer->text))
		return;
	find_places(l, q->answer->text, &found);
	if (p->nr_runs++) {
		p->differ = p->differ || strcmp(p->answer, q->answer->text);
		for (uint32_t i = 0; i < p->nr; i++)
			if (has_place(&found, &p->places[i]))
				p->places[kept++] = p->places[i];
		p->nr = kept;
		free(found.places);
	} else {
		p->places = found.places;
		p->nr = found.nr;
	}
	snprintf(p->answer, sizeof(p->answer), "%.60s", q->answer->text);
}

bool places_check(struct lesson_places *all, const char *name,
		  uint32_t *nr_constant)
{
	bool good = true;

	for (uint32_t i = 0; i < MAX_QUESTIONS; i++) {
		bool asked = false, differ = false;

		for (int size = 0; size < NR_SIZES; size++) {
			struct number_places *p = &all->of[i][size];

			asked = asked || p->nr_runs > 1;
			differ = differ || p->differ;
			if (p->differ && p->nr) {
				fprintf(stderr,
					"%s, question %u at %dx%d: panel %s, "
					"row %d, number %d is the answer\n",
					name, i + 1, walk_sizes[size][0],
					walk_sizes[size][1],
					views[p->places->view].name,
					p->places->row, p->places->nth);
				good = false;
			}
			free(p->places);
		}
		*nr_constant += asked && !differ;
	}
	return good;
}
