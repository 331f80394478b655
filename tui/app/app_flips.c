/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_flips: what would have let a refused request be served, over the
 * picture.
 *
 *   ╭─ What would let it be served, and what that costs ───────────────╮
 *   │ 238 more free pages in node 0 DMA32: 1024 -> 1262                │
 *   │   238 pages have to be reclaimed or freed; kswapd reclaims ...   │
 *   ╰─────────────────────────────────────────── more with ↑ and ↓ ────╯
 */
#include <stdlib.h>

#include "app/app_private.h"
#include "app/help.h"
#include "search/search.h"

enum { TEXT_X = 1, COST_X = 3, LEAST_WIDTH = 20, BORDERS = 2 };

/* -- which request --------------------------------------------------------- */

/* An open question was reached: whatever would help to answer it is hidden. */
static bool is_asked(const struct app *app)
{
	const struct question *q = guide_open_question(&app->guide);

	return q && app->guide.furthest >= q->step;
}

/* The refused request of which flips_open() can say it; UINT32_MAX: none. */
static uint32_t request_here(const struct app *app)
{
	return refused_request(app->input.session, app->player.step,
			       guide_limit(&app->guide));
}

bool flips_offered(const struct app *app)
{
	return !is_asked(app) && request_here(app) != UINT32_MAX;
}

/* -- open, close, keys ----------------------------------------------------- */

void flips_open(struct app *app, int unused)
{
	const uint32_t i = request_here(app);

	app->player.playing = false;
	if (is_asked(app)) {
		app_say(app, MESSAGE_answer_first);
		return;
	}
	if (i == UINT32_MAX) {
		app_say(app, MESSAGE_no_refusal);
		return;
	}
	flips_close(app);
	app->flips = calloc(FLIPS_MAX, sizeof(*app->flips));
	if (!app->flips) {
		app->effect = APP_MEMORY;
		return;
	}
	app->flips_scroll = 0;
	app->nr_flips = flips_find_request(app->input.session, i, app->flips,
					   FLIPS_MAX);
}

void flips_close(struct app *app)
{
	free(app->flips);
	app->flips = NULL;
	app->nr_flips = 0;
}

bool flips_key(struct app *app, uint32_t key)
{
	const int rows = keymap_rows(key);

	app->effect = APP_DRAW;
	app->flips_scroll += rows;
	if (rows)
		return true;
	if (keymap_action(key) == ACTION_redraw) {
		app->effect = APP_REDRAW;
		return true;
	}
	flips_close(app);
	return key == '\r' || key == '!' || key == 'q' || key == KEYCODE_ESC ||
	       key == KEYCODE_CLICK;
}

/* -- the picture ----------------------------------------------------------- */

/* Lines, of which a window is seen. */
struct lines {
	struct area area;
	int skip; /* above the window */
	int nr; /* so far */
};

static void add_text(struct lines *l, int x, enum look look, const char *text)
{
	char line[FLIP_TEXT_MAX];

	while (next_line(&text, l->area.width - x - 1, line, sizeof(line))) {
		const int y = l->nr++ - l->skip;

		if (y >= 0 && y < l->area.height)
			put_text(l->area, x, y, look, line);
	}
}

static void make_lines(struct lines *l, const struct app *app)
{
	if (!app->nr_flips)
		add_text(l, TEXT_X, LOOK_NORMAL, TEXT_flips_none);
	for (size_t i = 0; i < app->nr_flips; i++) {
		add_text(l, TEXT_X, LOOK_TITLE, app->flips[i].text);
		add_text(l, COST_X, LOOK_NORMAL, app->flips[i].cost);
	}
}

static int nr_lines(const struct app *app, int width)
{
	/* an area without rows: lines are counted, not drawn */
	struct lines count = { .area = { .width = overlay_width(width) -
						  BORDERS } };

	make_lines(&count, app);
	return count.nr;
}

void flips_scroll(struct app *app, int width, int height)
{
	const int room =
		app->flips ? nr_lines(app, width) - (height - 2 * BORDERS) : 0;

	if (app->flips_scroll > room)
		app->flips_scroll = room;
	if (app->flips_scroll < 0)
		app->flips_scroll = 0;
}

void flips_draw(const struct app *app, struct canvas *c)
{
	const int width = overlay_width(c->width), most = c->height - BORDERS;
	int height = nr_lines(app, c->width) + BORDERS;
	const bool more = height > most;
	struct lines shown;
	struct area box;

	if (width < LEAST_WIDTH || most <= BORDERS)
		return;
	if (more)
		height = most;
	box = overlay_box(c, width, height, TEXT_flips_title,
			  more ? TEXT_help_more : "");
	shown = (struct lines){
		.area = area_part(box, 1, 1, width - BORDERS, height - BORDERS),
		.skip = app->flips_scroll,
	};
	make_lines(&shown, app);
	set_cursor(box, 1 + TEXT_X, 1);
}

void flips_print(const struct app *app, FILE *out)
{
	fprintf(out, "%s:\n", TEXT_flips_title);
	if (!app->nr_flips)
		fprintf(out, "  %s\n", TEXT_flips_none);
	for (size_t i = 0; i < app->nr_flips; i++)
		fprintf(out, "  %s\n    %s\n", app->flips[i].text,
			app->flips[i].cost);
}
