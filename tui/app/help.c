/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help: an overlay of lines, which are made first and then shown as far as
 * there is room.
 */
#define _GNU_SOURCE /* strcasestr */
#include "app/help.h"

#include <string.h>

#include "terminal/keymap.h"
#include "model/text.h"

enum { KEY_WIDTH = 16, MARGIN = 2 };

const struct term_text terms[] = {
#define TERM(name, meaning) { name, meaning },
#include "app/glossary.def"
};

const unsigned int nr_terms = sizeof(terms) / sizeof(*terms);

/* A place to draw lines of which only a window is seen. */
struct lines {
	struct area area;
	const char *filter;
	const char *heading; /* above the next line, or NULL */
	int skip; /* lines above the window */
	int nr; /* lines made so far */
};

static void add_line(struct lines *l, enum look look, const char *head,
		     const char *text)
{
	int y = l->nr++ - l->skip;

	if (y < 0 || y >= l->area.height)
		return;
	put_text_in(l->area, 1, y, KEY_WIDTH - 1, look, head);
	if (l->area.width > KEY_WIDTH + 2)
		put_text(l->area, KEY_WIDTH + 1, y, LOOK_NORMAL, text);
}

/* A heading stands above its first row, if there is one. */
static void add_heading(struct lines *l)
{
	int y;

	if (!l->heading)
		return;
	if (l->nr)
		l->nr++;
	y = l->nr++ - l->skip;
	if (y >= 0 && y < l->area.height)
		put_text(l->area, 1, y, LOOK_TITLE, l->heading);
	l->heading = NULL;
}

/* A row of the help over as many lines as it needs, if it is selected. */
static void add_text(struct lines *l, const char *head, const char *text)
{
	char line[256];

	if (!strcasestr(head, l->filter) && !strcasestr(text, l->filter))
		return;
	add_heading(l);
	while (next_line(&text, l->area.width - KEY_WIDTH - 2, line,
			 sizeof(line))) {
		add_line(l, LOOK_TITLE, head, line);
		head = "";
	}
}

/* Does the screen show one of the views, divided by commas? */
static bool shows_view(const struct layout *layout, const char *names)
{
	if (!*names || words_contain(names, ',', views[VIEW_why].name) ||
	    words_contain(names, ',', views[VIEW_timeline].name) ||
	    words_contain(names, ',', views[VIEW_request].name))
		return true;
	for (unsigned int i = 0; i < layout->nr_panels; i++)
		if (words_contain(names, ',',
				  views[layout->panels[i].view].name))
			return true;
	return false;
}

static void add_signs(struct lines *l, const struct layout *layout)
{
	l->heading = TEXT_help_signs;
	for (int i = 0; sign_infos[i].glyph; i++)
		if (shows_view(layout, sign_infos[i].views))
			add_text(l, sign_infos[i].glyph, sign_infos[i].meaning);
}

/* The panels on the screen, that in focus first, or the others. */
static void add_views(struct lines *l, const struct layout *layout, bool shown)
{
	const int focus = layout->nr_panels ?
				  (int)layout->panels[layout->focus].view :
				  VIEW_none;

	l->heading = shown ? TEXT_help_panels : TEXT_help_other_panels;
	if (shown && focus)
		add_text(l, views[focus].name, views[focus].help);
	for (int i = 1; i < VIEW_caption; i++) /* which only a presenter sees */
		if (i != focus && shows_view(layout, views[i].name) == shown)
			add_text(l, views[i].name, views[i].help);
}

static void add_actions(struct lines *l)
{
	for (int i = 1; i < NR_ACTIONS; i++)
		if (action_infos[i].name[0])
			add_text(l, action_infos[i].keys, action_infos[i].help);
		else
			l->heading = action_infos[i].help;
}

static void make_lines(struct lines *l, const struct layout *layout)
{
	add_actions(l);
	add_signs(l, layout);
	add_views(l, layout, true);
	add_views(l, layout, false);
	l->heading = TEXT_help_glossary;
	for (unsigned int i = 0; i < nr_terms; i++)
		add_text(l, terms[i].name, terms[i].meaning);
	l->heading = NULL;
	if (!l->nr)
		add_line(l, LOOK_NORMAL, "", TEXT_help_nothing);
}

int overlay_width(int width)
{
	return width > 84 ? 80 : width - MARGIN * 2;
}

static int nr_lines(const struct layout *l, int width, const char *filter)
{
	/* an area without rows: lines are counted, not drawn */
	struct lines count = { .area = { .width = overlay_width(width) - 2 },
			       .filter = filter };

	make_lines(&count, l);
	return count.nr;
}

int help_scroll_room(const struct layout *l, int width, int height,
		     const char *filter)
{
	int room = nr_lines(l, width, filter) - (height - 4);

	return room > 0 && overlay_width(width) >= 20 && height > 4 ? room : 0;
}

/* A text in the border of a box that ends at column @end; 0: begins at 2. */
static void put_in_border(struct area box, int y, bool right, enum look look,
			  const char *text)
{
	const int width = text_width(text) + 2;
	const int x = right ? box.width - 2 - width : 2;

	if (!*text || x < 2 || x + width > box.width - 1)
		return;
	area_clear(area_part(box, x, y, width, 1));
	put_text(box, x + 1, y, look, text);
}

struct area overlay_box(struct canvas *c, int width, int height,
			const char *title, const char *below)
{
	struct area all = canvas_area(c), box;

	box = area_part(all, (all.width - width) / 2, (all.height - height) / 2,
			width, height);
	area_clear(box);
	put_box(box);
	put_in_border(box, 0, false, LOOK_TITLE, title);
	put_in_border(box, height - 1, true, LOOK_DIM, below);
	return box;
}

void help_draw(struct canvas *c, const struct layout *l, int scroll,
	       const char *filter)
{
	int width = overlay_width(c->width);
	int room = help_scroll_room(l, c->width, c->height, filter);
	int height = c->height - 2;
	struct lines shown;
	struct area box;

	if (width < 20 || height < 3)
		return;
	box = overlay_box(c, width, height, TEXT_help_title,
			  room ? TEXT_help_more : "");
	put_in_border(box, 0, true, LOOK_NORMAL,
		      *filter ? text_of(TEXT_help_filter, filter).s :
				TEXT_help_type);
	shown = (struct lines){
		.area = area_part(box, 1, 1, width - 2, height - 2),
		.filter = filter,
		.skip = scroll < 0    ? 0 :
			scroll < room ? scroll :
					room,
	};
	make_lines(&shown, l);
	set_cursor(box, 2, 1);
}

void welcome_draw(struct canvas *c)
{
	static const char *const lines[] = { TEXT_welcome_go, TEXT_welcome_look,
					     TEXT_welcome_help };
	const int width = overlay_width(c->width);
	struct area box, inside;
	int rows = 0, y = 0;

	for (int i = 0; i < 3; i++)
		rows += wrapped_rows(lines[i], width - 4);
	if (width < 20 || rows + 2 > c->height)
		return;
	box = overlay_box(c, width, rows + 2, TEXT_welcome_title,
			  TEXT_welcome_close);
	inside = area_part(box, 2, 1, width - 4, rows);
	for (int i = 0; i < 3; i++)
		y += put_wrapped(inside, 0, y, rows - y, LOOK_NORMAL, lines[i]);
}
