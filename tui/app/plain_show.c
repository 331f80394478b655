/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain_show: a panel or the end card as lines. */
#include "app/plain_show.h"

#include <string.h>

#include "app/app_private.h"
#include "model/text.h"

enum { SHOW_WIDTH = 78, SHOW_MOST_ROWS = 60 };

static const enum view_id shown[] = {
	VIEW_why,   VIEW_request, VIEW_walk,	   VIEW_zone,
	VIEW_lists, VIEW_pcp,	  VIEW_pageblocks, VIEW_machine,
	VIEW_map,   VIEW_source,  VIEW_log,	   VIEW_timeline,
};

static void show_view(struct app *app, enum view_id id, FILE *out)
{
	struct view_title title;
	struct canvas c;
	int rows;

	view_model_build(app->view_model, app->input.session, app->input.title,
			 &app->landmarks);
	view_describe(id, app->view_model, SHOW_WIDTH, &title);
	rows = title.rows > SHOW_MOST_ROWS ? SHOW_MOST_ROWS : title.rows;
	if (canvas_init(&c, SHOW_WIDTH, rows, app->ascii)) {
		views[id].draw(app->view_model, canvas_area(&c));
		fprintf(out, "%s  %s\n", title.left, title.right);
		canvas_dump(&c, out);
	}
	canvas_fini(&c);
}

/* The end card, without its border. */
void plain_show_card(struct app *app, FILE *out)
{
	struct canvas c;

	fprintf(out, "-- %s\n", TEXT_end_title);
	if (canvas_init(&c, SHOW_WIDTH, end_card_rows(&app->end, SHOW_WIDTH),
			app->ascii)) {
		end_card_print(&app->end, canvas_area(&c));
		canvas_dump(&c, out);
	}
	canvas_fini(&c);
}

void plain_show_panel(struct app *app, const char *name, FILE *out)
{
	char names[200] = "";

	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		if (!strcmp(name, views[shown[i]].name)) {
			show_view(app, shown[i], out);
			return;
		}
		strcat(strcat(names, views[shown[i]].name), " ");
	}
	fprintf(out, MESSAGE_show_which, name, names);
	fputc('\n', out);
}
