/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_screens_space: blank rows, columns and rectangles. */
#include "lesson_screens_space.h"

#include "terminal/glyph.h"

enum { MAX_SIDE = 512, GAP = 5 };

/* A border is not content; a line that a view draws as such is. */
static bool is_blank(const struct canvas *c, int x, int y)
{
	const struct cell *cell = &c->cells[y * c->width + x];

	return cell->glyph == ' ' ||
	       (glyph_arms(cell->glyph) && cell->look == LOOK_DIM);
}

static int nr_blank_rows(const struct canvas *c, const struct rect *r)
{
	int nr = 0;

	for (int y = r->y, x; y < r->y + r->height; y++) {
		for (x = r->x; x < r->x + r->width && is_blank(c, x, y);)
			x++;
		nr += x == r->x + r->width;
	}
	return nr;
}

/* Up to GAP columns between those of a table are not counted. */
static int nr_blank_columns(const struct canvas *c, const struct rect *r)
{
	int nr = 0, run = 0;

	for (int x = r->x, y; x < r->x + r->width; x++) {
		for (y = r->y; y < r->y + r->height && is_blank(c, x, y);)
			y++;
		run = y == r->y + r->height ? run + 1 : 0;
		nr += run > GAP ? 1 + (run == GAP + 1) * GAP : 0;
	}
	return nr;
}

/* The largest rectangle under columns of these heights. */
static int largest_under(const int *heights, int width)
{
	int largest = 0;

	for (int x = 0; x < width; x++) {
		int from = x, to = x + 1;

		if (x && heights[x] == heights[x - 1])
			continue;
		while (from > 0 && heights[from - 1] >= heights[x])
			from--;
		while (to < width && heights[to] >= heights[x])
			to++;
		if ((to - from) * heights[x] > largest)
			largest = (to - from) * heights[x];
	}
	return largest;
}

/* The cells of the largest rectangle without content. */
static int largest_blank(const struct canvas *c, const struct rect *r)
{
	int heights[MAX_SIDE] = { 0 }, largest = 0;

	for (int y = r->y; y < r->y + r->height; y++) {
		int cells;

		for (int x = 0; x < r->width; x++)
			heights[x] = is_blank(c, r->x + x, y) ? heights[x] + 1 :
								0;
		cells = largest_under(heights, r->width);
		if (cells > largest)
			largest = cells;
	}
	return largest;
}

static bool panel_is_filled(const struct canvas *c, const struct panel *p,
			    bool print)
{
	const struct rect *r = &p->rect;
	const int rows = nr_blank_rows(c, r), columns = nr_blank_columns(c, r);
	const int cells = largest_blank(c, r);

	if (2 * rows < r->height && 2 * columns < r->width &&
	    2 * cells < r->width * r->height)
		return true;
	if (print)
		fprintf(stderr,
			"%s: %d of %d rows, %d of %d columns are blank, and a "
			"rectangle of %d of %d cells\n",
			views[p->view].name, rows, r->height, columns, r->width,
			cells, r->width * r->height);
	return false;
}

void space_count(struct space *space, const struct canvas *c,
		 const struct layout *l, const char *name, uint32_t step)
{
	const struct rect all = { 0, 0, c->width, c->height };
	bool bad = 3 * nr_blank_rows(c, &all) > c->height, print = bad;

	print = bad && !space->nr_bad_screens;
	space->nr_frames++;
	space->nr_bad_screens += bad;
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const enum view_id view = l->panels[i].view;

		space->nr_panels[view]++;
		if (panel_is_filled(c, &l->panels[i], !space->nr_bad[view]))
			continue;
		print |= !space->nr_bad[view];
		space->nr_bad[view]++;
		bad = true;
	}
	space->nr_bad_frames += bad;
	if (!print)
		return;
	fprintf(stderr, "%s, step %u at %dx%d\n", name, step, c->width,
		c->height);
	canvas_dump(c, stderr);
}

void space_report(const struct space *space, FILE *out)
{
	fprintf(out,
		"%u of %u screens have an empty half somewhere, %u too few "
		"rows with content\n",
		space->nr_bad_frames, space->nr_frames, space->nr_bad_screens);
	for (int view = 1; view < NR_VIEWS; view++)
		if (space->nr_panels[view])
			fprintf(out, "%-16s %7u of %7u\n", views[view].name,
				space->nr_bad[view], space->nr_panels[view]);
}
