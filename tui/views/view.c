/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view: what several views share. */
#include "model/text.h"
#include "views/view.h"

void view_title(const struct view *view, const struct view_model *vm,
		const struct view_state *v, struct view_title *t)
{
	*t = (struct view_title){ .right = "" };
	if (view->heading)
		snprintf(t->left, sizeof(t->left), "%s", view->heading);
	if (view->title)
		view->title(vm, v, t);
}

int view_height(const struct view *view, const struct view_model *vm,
		const struct view_state *v, int width)
{
	return view->height ? view->height(vm, v, width) : view->rows;
}

int window_first(int total, int nr, int focus, int scroll)
{
	int first = focus - nr / 2;

	if (first > total - nr)
		first = total - nr;
	if (first < 0)
		first = 0;
	first += scroll;
	if (first > total - nr)
		first = total - nr;
	return first < 0 ? 0 : first;
}

int window_rows(struct area a, int total, int y)
{
	int nr = a.height - y;

	if (total <= nr)
		return total;
	return nr > 1 ? nr - 1 : nr > 0 ? nr : 0;
}

void window_mark(struct area a, int first, int nr, int total)
{
	char text[48];

	if (nr >= total || a.height < 1)
		return;
	if (nr == a.height) { /* no row is left for it */
		put_right(a, a.width, a.height - 1, LOOK_DIM, SIGN_MORE);
		return;
	}
	snprintf(text, sizeof(text), TEXT_view_window, first + 1, first + nr,
		 total);
	put_text(a, 1, a.height - 1, LOOK_DIM, text);
}

void put_current(struct area a, int x, int y)
{
	put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT);
	set_cursor(a, x, y);
}

const char *range_text(uint32_t pfn, uint32_t nr, char *buf, size_t size)
{
	if (nr == 1)
		snprintf(buf, size, "%u", pfn);
	else
		snprintf(buf, size, "%u … %u", pfn, pfn + nr - 1);
	return buf;
}

uint32_t list_read(const struct machine *m, uint32_t head, uint32_t *pfns,
		   uint32_t max)
{
	uint32_t nr = 0;

	for (uint32_t pfn = m->links[head].next; pfn != head && nr < max;
	     pfn = m->links[pfn].next)
		pfns[nr++] = pfn;
	return nr;
}
