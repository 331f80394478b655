/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help: an overlay of lines, which are made first and then shown as far as
 * there is room.
 */
#include "app/help.h"

#include "terminal/keymap.h"
#include "model/text.h"

enum { KEY_WIDTH = 16, MARGIN = 2 };

/* A place to draw lines of which only a window is seen. */
struct lines {
	struct area area;
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

/* A text over as many lines as it needs. */
static void add_text(struct lines *l, enum look look, const char *head,
		     const char *text)
{
	char line[256];

	while (next_line(&text, l->area.width - KEY_WIDTH - 2, line,
			 sizeof(line))) {
		add_line(l, look, head, line);
		head = "";
	}
}

static const char *const sign_lines[][2] = {
	{ "✓ ✗", TEXT_help_passed }, { "– ·", TEXT_help_not_made },
	{ "▶", TEXT_help_current },  { "»×73", TEXT_help_factor },
	{ "… ⋮", TEXT_help_cut },
};

/* The focused panel, the signs, the keys, then the other panels. */
static void make_lines(struct lines *l, const struct layout *layout)
{
	enum view_id focus = layout->nr_panels ?
				     layout->panels[layout->focus].view :
				     VIEW_why;

	add_text(l, LOOK_CURRENT, views[focus].name, views[focus].help);
	add_line(l, LOOK_NORMAL, "", "");
	for (size_t i = 0; i < sizeof(sign_lines) / sizeof(*sign_lines); i++)
		add_text(l, LOOK_TITLE, sign_lines[i][0], sign_lines[i][1]);
	add_line(l, LOOK_NORMAL, "", "");
	for (int i = 1; i < NR_ACTIONS; i++)
		add_text(l, LOOK_TITLE, action_infos[i].keys,
			 action_infos[i].help);
	add_line(l, LOOK_NORMAL, "", "");
	for (int i = 1; i < VIEW_caption; i++) /* which only a presenter sees */
		if (i != (int)focus)
			add_text(l, LOOK_TITLE, views[i].name, views[i].help);
}

static int box_width(int width)
{
	return width > 84 ? 80 : width - MARGIN * 2;
}

static int nr_lines(const struct layout *l, int width)
{
	/* an area without rows: lines are counted, not drawn */
	struct lines count = { .area = { .width = box_width(width) - 2 } };

	make_lines(&count, l);
	return count.nr;
}

int help_scroll_room(const struct layout *l, int width, int height)
{
	int room = nr_lines(l, width) - (height - 4);

	return room > 0 && box_width(width) >= 20 && height > 4 ? room : 0;
}

void help_draw(struct canvas *c, const struct layout *l, int scroll)
{
	struct area all = canvas_area(c), box;
	int width = box_width(all.width), rows = nr_lines(l, all.width);
	int height = rows + 2 < all.height - 2 ? rows + 2 : all.height - 2;
	int room = help_scroll_room(l, all.width, all.height);
	struct lines shown;

	if (width < 20 || height < 3)
		return;
	box = area_part(all, (all.width - width) / 2, (all.height - height) / 2,
			width, height);
	area_clear(box);
	put_box(box);
	area_clear(area_part(box, 2, 0, text_width(TEXT_help_title) + 2, 1));
	put_text(box, 3, 0, LOOK_TITLE, TEXT_help_title);
	shown = (struct lines){
		.area = area_part(box, 1, 1, width - 2, height - 2),
		.skip = scroll < 0    ? 0 :
			scroll < room ? scroll :
					room,
	};
	make_lines(&shown, l);
	set_cursor(box, 2, 1);
	if (!room)
		return;
	area_clear(area_part(box, width - text_width(TEXT_help_more) - 4,
			     height - 1, text_width(TEXT_help_more) + 2, 1));
	put_right(box, width - 3, height - 1, LOOK_DIM, TEXT_help_more);
}
