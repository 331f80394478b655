/* SPDX-License-Identifier: GPL-2.0-or-later */
/* screen: a layout drawn: titles, borders, views, keys. */
#include <stdio.h>
#include <string.h>

#include "terminal/glyph.h"
#include "terminal/keymap.h"
#include "views/screen.h"
#include "model/text.h"

static struct area area_of(struct area all, struct rect r)
{
	return area_part(all, r.x, r.y, r.width, r.height);
}

/*
 * Pieces from left and right; where they would meet, the right ones are
 * left out, the last first.
 */
static void draw_title(const struct view_model *vm, struct area a,
		       const struct screen_status *status)
{
	char left[160], middle[96], right[64];
	int x;

	snprintf(left, sizeof(left), "%s", vm->title);
	if (vm->request)
		snprintf(middle, sizeof(middle), TEXT_screen_where_request,
			 vm->request_index + 1, vm->nr_requests, vm->step,
			 vm->nr_steps);
	else
		snprintf(middle, sizeof(middle), TEXT_screen_where, vm->step,
			 vm->nr_steps);
	snprintf(right, sizeof(right), TEXT_screen_version, status->mode);
	/* position first: it is what one looks for */
	x = a.width - 2 - text_width(middle);
	if (text_width(middle) + text_width(right) + 16 < a.width) {
		put_right(a, a.width - 1, 0, LOOK_NORMAL, right);
		x -= text_width(right) + 3;
		if (x > a.width * 2 / 5)
			x = a.width * 2 / 5;
	}
	put_text(a, x < 1 ? 1 : x, 0, LOOK_NORMAL, middle);
	if (x > 4)
		put_text_in(a, 1, 0, x - 2, LOOK_TITLE, left);
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

static void draw_panel_title(const struct view_model *vm,
			     const struct view_state *v, struct area all,
			     const struct panel *p, bool focus)
{
	struct view_title t;
	int x = p->rect.x + 1, y = p->rect.y - 1;
	int room = p->rect.width - 2, used;

	view_title(p->view, vm, v, &t);
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

/*
 * The same view with room between its rows: drawn small, then spread out.
 * Rules that go down go on in the rows between.
 */
static void draw_spread(const struct view_model *vm, const struct panel *p,
			struct area a, const struct view_state *v)
{
	int rows = (a.height + 1) / 2;

	p->view->draw(vm, area_part(a, 0, 0, a.width, rows), v);
	area_spread(a, rows);
}

static void draw_panel(const struct view_model *vm, const struct panel *p,
		       struct area a, const struct view_state *v)
{
	if (p->spread)
		draw_spread(vm, p, a, v);
	else
		p->view->draw(vm, a, v);
}

static void draw_panels(const struct layout *l, const struct view_model *vm,
			struct area all, const struct view_state *v)
{
	struct view_state other = *v;

	other.scroll = 0;
	if (l->box.height)
		draw_borders(l, all);
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct panel *p = &l->panels[i];

		if (p->bordered)
			draw_panel_title(vm, v, all, p,
					 i == l->focus && l->nr_panels > 1);
		draw_panel(vm, p, area_of(all, p->rect),
			   i == l->focus ? v : &other);
	}
}

/* The texts of the key bar, of which all or some fit. */
static void draw_keys(struct area a)
{
	const char *texts[NR_ACTIONS];
	int nr = 0, width = 1, x = 1;

	for (int i = 1; i < NR_ACTIONS; i++)
		if (action_infos[i].bar[0])
			texts[nr++] = action_infos[i].bar;
	for (int i = 0; i < nr; i++)
		width += text_width(texts[i]) + 2;
	/* the last two, help and quit, stay */
	while (nr > 2 && width - 2 > a.width) {
		width -= text_width(texts[nr - 3]) + 2;
		texts[nr - 3] = texts[nr - 2];
		texts[nr - 2] = texts[nr - 1];
		nr--;
	}
	for (int i = 0; i < nr; i++)
		x = put_text(a, x, 0, LOOK_DIM, texts[i]) + 2;
}

static void draw_too_small(struct area all)
{
	put_format(all, 0, 0, LOOK_NORMAL, TEXT_screen_too_small,
		   SCREEN_MIN_WIDTH, SCREEN_MIN_HEIGHT);
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
	put_text(a, 1, 0, LOOK_NORMAL, text);
	set_cursor(a, 1 + status->prompt_cursor - skipped, 0);
}

static void draw_last_row(struct area a, const struct screen_status *status)
{
	if (status->prompt)
		draw_prompt(a, status);
	else if (status->message)
		put_text(a, 1, 0, LOOK_CURRENT, status->message);
	else
		draw_keys(a);
}

void screen_draw_layout(struct canvas *c, const struct layout *l,
			const struct view_model *vm, const struct view_state *v,
			const struct screen_status *status)
{
	struct area all = canvas_area(c);
	struct view_state shown = *v;

	if (l->too_small) {
		draw_too_small(all);
		return;
	}
	view_scroll(&shown, 0, l->scroll_room);
	if (shown.reduced_motion || shown.phase >= NR_PHASES)
		shown.phase = PHASE_FINAL;
	draw_title(vm, area_of(all, l->title), status);
	view_why.draw(vm, area_of(all, l->why), &shown);
	draw_panels(l, vm, all, &shown); /* where the cursor should stay */
	if (l->request.height)
		view_request.draw(vm, area_of(all, l->request), &shown);
	if (l->caption.height)
		view_caption.draw(vm, area_of(all, l->caption), &shown);
	view_timeline.draw(vm, area_of(all, l->timeline), &shown);
	draw_last_row(area_of(all, l->keys), status);
}

void screen_draw(struct canvas *c, const struct view_model *vm,
		 const struct view_state *v, const struct screen_status *status)
{
	struct layout l;

	layout_make(&l, vm, c->width, c->height, v);
	screen_draw_layout(c, &l, vm, v, status);
}
