/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain_show: a view drawn on a canvas of its own, and dumped. */
#include "app/plain_show.h"

#include <string.h>

#include "app/app_private.h"

enum { SHOW_WIDTH = 78, SHOW_MOST_ROWS = 60 };

static const struct view *const shown[] = {
	&view_why,   &view_request, &view_walk,	      &view_zone,
	&view_lists, &view_pcp,	    &view_pageblocks, &view_machine,
	&view_map,   &view_source,  &view_timeline,
};

static void show_view(struct app *app, const struct view *view, FILE *out)
{
	struct view_title title;
	struct canvas c;
	int rows;

	view_model_build(app->view_model, app->input.session, app->input.title,
			 &app->landmarks);
	rows = view_height(view, app->view_model, &app->view, SHOW_WIDTH);
	if (rows > SHOW_MOST_ROWS)
		rows = SHOW_MOST_ROWS;
	if (canvas_init(&c, SHOW_WIDTH, rows < 1 ? 1 : rows, app->ascii)) {
		view_title(view, app->view_model, &app->view, &title);
		view->draw(app->view_model, canvas_area(&c), &app->view);
		fprintf(out, "%s  %s\n", title.left, title.right);
		canvas_dump(&c, out);
	}
	canvas_fini(&c);
}

void plain_show(struct app *app, const char *name, FILE *out)
{
	char names[200] = "";
	size_t used = 0;

	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		if (!strcmp(name, shown[i]->name)) {
			show_view(app, shown[i], out);
			return;
		}
		used += (size_t)snprintf(names + used, sizeof(names) - used,
					 "%s ", shown[i]->name);
	}
	fprintf(out, MESSAGE_show_which, name, names);
	fputc('\n', out);
}
