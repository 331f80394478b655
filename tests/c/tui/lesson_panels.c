/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_panels: the panels beside a question, cell by cell and as text. */
#include "lesson_panels.h"

#include <ctype.h>

#include "views/view.h"
#include "test.h"

enum { SHORTEST = 12, NR_ZONE_NAMES = 5, NR_TYPES = 6 };

static const char *const zone_names[NR_ZONE_NAMES] = { "DMA", "DMA32", "Normal",
						       "HighMem", "Movable" };
static const char *const type_names[NR_TYPES] = { "unmovable",	 "movable",
						  "reclaimable", "highatomic",
						  "cma",	 "isolate" };

bool lesson_asks(const struct lesson_screen *l, const struct question *q)
{
	const struct layout *layout = &l->app.layout;

	return q && l->app.view_model->question == q && !l->app.help &&
	       !l->app.welcome && !layout->too_small &&
	       layout->panels[0].view == VIEW_question &&
	       layout->panels[0].bordered;
}

static const struct cell *cell_at(const struct lesson_screen *l, int x, int y)
{
	return &l->canvas.cells[y * l->canvas.width + x];
}

char *lesson_panel_text(const struct lesson_screen *l, unsigned int i)
{
	const struct rect *r = &l->app.layout.panels[i].rect;
	char *text, cell[64];
	size_t size;
	FILE *out = open_memstream(&text, &size);

	CHECK(out);
	for (int y = r->y ? r->y - 1 : 0; y < r->y + r->height; y++) {
		for (int x = r->x; x < r->x + r->width; x++)
			fwrite(cell, 1, cell_encode(cell_at(l, x, y), cell),
			       out);
		fputc('\n', out);
	}
	fclose(out);
	return text;
}

/* -- panels and marks ------------------------------------------------------ */

static bool is_state(enum view_id view)
{
	return view == VIEW_machine || view == VIEW_lists ||
	       view == VIEW_zone || view == VIEW_pcp ||
	       view == VIEW_pageblocks || view == VIEW_map;
}

static bool is_of_all_zones(enum view_id view)
{
	return view == VIEW_machine || view == VIEW_pageblocks;
}

static bool is_mark(const struct cell *cell)
{
	return cell->look == LOOK_CURRENT || cell->look == LOOK_CHANGED ||
	       cell->look == LOOK_PASSED || cell->glyph == 0x25b6 /* ▶ */ ||
	       cell->glyph == 0x25c2 /* ◂ */ || cell->glyph == 0x2713 /* ✓ */ ||
	       cell->glyph == 0x2717 /* ✗ */;
}

static void check_marks(struct lesson_screen *l, unsigned int i)
{
	const struct panel *p = &l->app.layout.panels[i];

	if (!is_state(p->view))
		lesson_complain(l, "a panel of a request beside a question",
				views[p->view].name);
	for (int y = p->rect.y; y < p->rect.y + p->rect.height; y++)
		for (int x = p->rect.x; x < p->rect.x + p->rect.width; x++)
			if (is_mark(cell_at(l, x, y)))
				lesson_complain(l, "a mark beside a question",
						views[p->view].name);
}

/* -- names ----------------------------------------------------------------- */

/* Is @word in @text, not as a part of another word? */
static bool has_word(const char *text, const char *word)
{
	const size_t length = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += length)
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
		    !isalnum((unsigned char)at[length]))
			return true;
	return false;
}

/* What a text names, as bits. */
struct names {
	uint64_t nodes;
	uint64_t zones;
	uint64_t types;
};

static struct names names_in(const char *text)
{
	struct names names = { .nodes = 0 };
	char node[16];

	for (unsigned int i = 0; i < MAX_NUMNODES; i++) {
		snprintf(node, sizeof(node), "node %u", i);
		if (has_word(text, node))
			names.nodes |= 1ull << i;
	}
	for (unsigned int i = 0; i < NR_ZONE_NAMES; i++)
		if (has_word(text, zone_names[i]))
			names.zones |= 1ull << i;
	for (unsigned int i = 0; i < NR_TYPES; i++)
		if (has_word(text, type_names[i]))
			names.types |= 1ull << i;
	return names;
}

static uint32_t right_choice(const struct question *q)
{
	return (uint32_t)(q->answer->text[0] - 'a');
}

/*
 * What the answer names and other answers do not. A number that a question
 * about a node asks for is a node.
 */
static struct names names_of_answer(const struct question *q)
{
	const uint32_t nr = note_nr_choices(q->ask);
	struct names all = { .nodes = ~0ull, .zones = ~0ull, .types = ~0ull };
	struct names names, other;
	char node[64];

	if (!nr && note_form(q->ask) == FORM_number &&
	    has_word(q->ask->text, "node")) {
		snprintf(node, sizeof(node), "node %.50s", q->answer->text);
		return names_in(node);
	}
	if (!nr)
		return names_in(q->answer->text);
	for (uint32_t i = 0; i < nr; i++) {
		other = names_in(note_part(q->ask, NOTE_ASK_CHOICES + i));
		all.nodes &= other.nodes;
		all.zones &= other.zones;
		all.types &= other.types;
	}
	names = names_in(note_part(q->ask, NOTE_ASK_CHOICES + right_choice(q)));
	names.nodes &= ~all.nodes;
	names.zones &= ~all.zones;
	names.types &= ~all.types;
	return names;
}

static bool points(uint64_t named, uint64_t answer, uint64_t all)
{
	return named && !(named & ~answer) && (all & ~named);
}

static void check_names(struct lesson_screen *l, const struct question *q,
			const char *text)
{
	const struct machine *m = session_machine(l->session);
	const struct names answer = names_of_answer(q), named = names_in(text);
	struct names all = { .types = ~0ull };

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i])) {
			all.nodes |= 1ull << m->zones[i].node;
			all.zones |=
				names_in(zone_name(m, m->zones[i].idx)).zones;
		}
	if (points(named.nodes, answer.nodes, all.nodes) ||
	    points(named.zones, answer.zones, all.zones) ||
	    points(named.types, answer.types, all.types))
		lesson_complain(l, "a panel names the answer alone", text);
}

/* A panel of all zones begins with the first: it points at none. */
static void check_begin(struct lesson_screen *l, const char *text)
{
	const struct view_model *vm = l->app.view_model;
	const struct text name =
		view_model_zone_name(vm, populated_zone_at(vm, 0));

	if (!strstr(text, name.s) && !l->app.view.scroll)
		lesson_complain(l, "zones beside a question", text);
}

/* The right choice in words, and no other. */
static void check_choice(struct lesson_screen *l, const struct question *q,
			 const char *text)
{
	const uint32_t nr = note_nr_choices(q->ask);
	bool right = false, other = false;

	for (uint32_t i = 0; i < nr; i++) {
		const char *choice = note_part(q->ask, NOTE_ASK_CHOICES + i);
		const bool shown = strlen(choice) >= SHORTEST &&
				   strstr(text, choice);

		*(i == right_choice(q) ? &right : &other) |= shown;
	}
	if (right && !other)
		lesson_complain(l, "a panel has the right choice", text);
}

static void check_panels(struct lesson_screen *l, const struct question *q)
{
	if (l->app.layout.request.height)
		lesson_complain(l, "a request beside a question", "");
	for (unsigned int i = 1; i < l->app.layout.nr_panels; i++) {
		const enum view_id view = l->app.layout.panels[i].view;
		char *text;

		if (view == VIEW_map && l->app.view.map_has_cursor)
			continue; /* the learner points */
		text = lesson_panel_text(l, i);
		check_marks(l, i);
		if (is_of_all_zones(view)) {
			check_begin(l, text);
		} else {
			check_names(l, q, text);
			check_choice(l, q, text);
		}
		free(text);
	}
}

/* A message covers the last rows until the next key: look at what is below. */
void lesson_check_panels(struct lesson_screen *l, const struct question *q)
{
	char message[MAX_MESSAGE];

	if (!lesson_asks(l, q))
		return;
	memcpy(message, l->app.message, sizeof(message));
	if (message[0]) {
		l->app.message[0] = '\0';
		lesson_draw(l);
	}
	check_panels(l, q);
	if (message[0]) {
		memcpy(l->app.message, message, sizeof(message));
		lesson_draw(l);
	}
}
