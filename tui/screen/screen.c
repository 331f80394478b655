/* SPDX-License-Identifier: GPL-2.0-or-later */
/* screen: a layout drawn: titles, borders, views, keys. */
#include "terminal/glyph.h"
#include "terminal/keymap.h"
#include "model/guide.h"
#include "screen/screen.h"

static struct area area_of(struct area all, struct rect r)
{
	return area_part(all, r.x, r.y, r.width, r.height);
}

/* What the learner is at: a question, or a step of a request. */
static struct text where_text(const struct view_model *vm)
{
	const struct guide *g = vm->view->notes.guide;

	if (vm->question)
		return text_of(TEXT_screen_where_question,
			       guide_number(g, vm->question), g->nr_questions);
	if (vm->request)
		return text_of(TEXT_screen_where_request, vm->request_index + 1,
			       vm->nr_requests, vm->step, vm->nr_steps);
	return text_of(TEXT_screen_where, vm->step, vm->nr_steps);
}

/* The same number of steps with folds closed, where that differs. */
static struct text folds_text(const struct view_model *vm)
{
	const struct guide *g = vm->view->notes.guide;
	const uint32_t nr = g ? guide_count(g, vm->nr_steps) : vm->nr_steps;

	return vm->question || nr == vm->nr_steps ?
		       text_of("%s", "") :
		       text_of(TEXT_screen_where_folds,
			       guide_count(g, vm->step), nr);
}

/* The title, and the scene. */
static struct text title_text(const struct view_model *vm)
{
	const struct guide *g = vm->view->notes.guide;
	const struct note *scene = NULL;
	uint32_t number, nr;

	if (g)
		scene = guide_scene(
			g, (struct place){ vm->step, vm->view->notes.note },
			&number, &nr);
	return scene ? text_of(TEXT_screen_scene, vm->title, number, nr,
			       scene->text) :
		       text_of("%s", vm->title);
}

/*
 * Pieces from left and right; where they would meet, the right ones are
 * left out, the last first.
 */
static void draw_title(const struct view_model *vm, struct area a,
		       const struct screen_status *status)
{
	const struct text left = title_text(vm), folds = folds_text(vm);
	const struct text mode = text_of(TEXT_screen_version, status->mode);
	struct text where = where_text(vm);
	int width = text_width(left.s) + text_width(where.s) + 5;
	/* the position comes first: the user looks for it most often */
	int x = a.width - 1;

	if (width + text_width(folds.s) <= a.width) {
		where = text_of("%s%s", where_text(vm).s, folds.s);
		width += text_width(folds.s);
	}
	if (width + text_width(mode.s) + 3 <= a.width)
		x = put_right(a, x, 0, LOOK_NORMAL, "%s", mode.s) - 3;
	x = put_right(a, x, 0, LOOK_NORMAL, "%s", where.s);
	if (x > 4)
		put_text_in(a, 1, 0, x - 3, LOOK_TITLE, left.s);
}

/*
 * Titles stand in the border: what is under them is cleared first. Returns
 * the columns used; a title that is too long is cut.
 */
static int put_in_border(struct area a, int x, int y, int room, enum look look,
			 const char *text)
{
	int width = text_width(text) + 2;

	if (width > room)
		width = room;
	if (!*text || width < 4)
		return 0;
	area_clear(area_part(a, x, y, width, 1));
	put_text_in(a, x + 1, y, width - 2, look, text);
	return width;
}

static void draw_panel_title(const struct view_model *vm, struct area all,
			     const struct panel *p, bool focus)
{
	struct view_title t;
	int x = p->rect.x + 1, y = p->rect.y - 1;
	int room = p->rect.width - 2, used;

	view_describe(p->view, vm, p->rect.width, &t);
	used = put_in_border(all, x, y, room, focus ? LOOK_TITLE : LOOK_NORMAL,
			     t.left);
	room -= used + 1;
	if (used && text_width(t.right) + 2 <= room)
		put_in_border(all,
			      p->rect.x + p->rect.width - 1 -
				      (text_width(t.right) + 2),
			      y, room, LOOK_DIM, t.right);
}

static void draw_borders(const struct layout *l, struct area all)
{
	put_box(area_of(all, l->box));
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct rect *r = &l->panels[i].rect;

		put_rule_across(all, r->x - 1, r->y - 1, r->width + 2);
		put_rule_down(all, r->x - 1, r->y - 1, r->height + 2);
	}
}

/* With room between its rows a view is drawn small, then spread out. */
static void draw_panel(const struct view_model *vm, const struct panel *p,
		       struct area a)
{
	int rows = p->spread ? (a.height + 1) / 2 : a.height;

	views[p->view].draw(vm, area_part(a, 0, 0, a.width, rows));
	if (p->spread)
		area_spread(a, rows);
}

static bool is_line(struct area a, int x, int y)
{
	uint32_t glyph = area_cell(a, x, y)->glyph;

	return glyph_arms(glyph) || glyph == '-' || glyph == '+';
}

/*
 * In the border below a panel that has fewer rows than it requests, as far
 * right as no title stands.
 */
static void draw_more(const struct view_model *vm, struct area all,
		      const struct panel *p)
{
	int x = p->rect.x + p->rect.width - 1, y = p->rect.y + p->rect.height;

	if (!p->bordered ||
	    p->rect.height >= view_height(p->view, vm, p->rect.width))
		return;
	while (x > p->rect.x && !(is_line(all, x, y) && is_line(all, x + 1, y)))
		x--;
	area_clear(area_part(all, x, y, 1, 1));
	put_text(all, x, y, LOOK_TITLE, SIGN_MORE);
}

/* A report has no page numbers; those of its machine are this program's. */
static void draw_placeholders(const struct layout *l,
			      const struct view_model *vm, struct area all)
{
	const struct rect *box = &l->box;

	if (box->height && vm->m->system->from_report)
		put_in_border(all, box->x + 1, box->y + box->height - 1,
			      box->width - 2, LOOK_DIM,
			      TEXT_screen_placeholders);
}

static void draw_panels(const struct layout *l, const struct view_model *vm,
			struct area all)
{
	/* the cursor is in the question, else in the panel in focus */
	const unsigned int cursor =
		l->panels[0].view == VIEW_question ? 0 : l->focus;

	if (l->box.height)
		draw_borders(l, all);
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct panel *p = &l->panels[i];
		struct area a = area_of(area_link(all, LINK_PANEL, i), p->rect);
		int x, y;

		if (p->bordered)
			draw_panel_title(vm, area_link(all, LINK_TITLE, i), p,
					 i == l->focus && l->nr_panels > 1);
		area_clear(a);
		if (i == l->focus)
			a.scroll = l->scroll;
		x = all.canvas->cursor_x;
		y = all.canvas->cursor_y;
		draw_panel(vm, p, a);
		if (i != cursor) {
			all.canvas->cursor_x = x;
			all.canvas->cursor_y = y;
		}
	}
	draw_placeholders(l, vm, all);
	for (unsigned int i = 0; i < l->nr_panels; i++)
		draw_more(vm, area_link(all, LINK_PANEL, i), &l->panels[i]);
}

/* A command being typed, with the cursor in it. */
static void draw_prompt(struct area a, const struct screen_status *status)
{
	/* the end that is being typed stays in sight */
	int room = a.width - 2, skip = status->prompt_cursor - room + 1;
	int skipped = 0, width;
	const char *text = status->prompt;

	for (; skipped < skip && *text; skipped += width)
		glyph_next_cell(&text, &width);
	key_bar_draw_right(a, 2 + put_text(a, 1, 0, LOOK_NORMAL, text),
			   BAR_prompt);
	set_cursor(a, 1 + status->prompt_cursor - skipped, 0);
}

/* On a projector dim text cannot be read from the last row. */
static void brighten(struct canvas *c)
{
	for (int i = 0; i < c->width * c->height; i++)
		if (c->cells[i].look == LOOK_DIM)
			c->cells[i].look = LOOK_NORMAL;
}

static enum bar_state bar_state_of(const struct view_model *vm,
				   enum bar_state otherwise)
{
	if (otherwise == BAR_help || otherwise == BAR_flips)
		return otherwise;
	if (vm->feedback)
		return BAR_feedback;
	if (vm->question)
		return note_nr_choices(vm->question->ask) ? BAR_question :
							    BAR_typed;
	return otherwise;
}

void screen_draw_layout(struct canvas *c, const struct layout *l,
			const struct view_model *vm,
			const struct screen_status *status)
{
	struct area all = canvas_area(c), last = area_of(all, l->keys);

	if (l->too_small) {
		put_format(all, 0, 0, LOOK_NORMAL, TEXT_screen_too_small,
			   SCREEN_MIN_WIDTH, SCREEN_MIN_HEIGHT);
		return;
	}
	draw_title(vm, area_of(all, l->title), status);
	why_draw(vm, area_of(all, l->why));
	if (vm->view->highlight)
		area_highlight(area_of(all, l->why), vm->view->highlight,
			       vm->view->highlight_any_case);
	draw_panels(l, vm, all); /* the cursor stays there */
	if (l->request.height)
		request_draw(vm, area_of(all, l->request));
	if (l->caption.height)
		caption_draw(vm, area_of(all, l->caption));
	timeline_draw(vm, area_of(all, l->timeline));
	if (status->prompt)
		draw_prompt(last, status);
	else
		key_bar_draw(last, bar_state_of(vm, status->bar));
	if (vm->view->presenter)
		brighten(c);
}

void screen_draw(struct canvas *c, const struct view_model *vm,
		 const struct screen_status *status)
{
	struct layout l;

	layout_make(&l, vm, c->width, c->height);
	screen_draw_layout(c, &l, vm, status);
}
