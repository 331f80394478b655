/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view: the table of views, and what several of them share. */
#include "views/view.h"

const struct view views[NR_VIEWS] = {
#define VIEW(id, name, kind, help)                                             \
	[VIEW_##id] = { name, help, id##_describe, id##_draw },
#include "model/views.def"
};

const struct sign_info sign_infos[MAX_SIGNS] = {
#define SIGN(id, glyph, views, meaning) { glyph, views, meaning },
#include "model/signs.def"
};

void view_describe(enum view_id id, const struct view_model *vm, int width,
		   struct view_title *t)
{
	*t = (struct view_title){ .rows = 1 };
	print_to(t->left, "%s", views[id].name);
	views[id].describe(vm, width, t);
	if (t->most < t->rows)
		t->most = t->rows;
}

int view_height(enum view_id id, const struct view_model *vm, int width)
{
	struct view_title t;

	view_describe(id, vm, width, &t);
	return t.rows;
}

static int clamp(int value, int high)
{
	value = value > high ? high : value;
	return value < 0 ? 0 : value;
}

int window_first(int total, int nr, int focus, int scroll)
{
	return clamp(clamp(focus - nr / 2, total - nr) + scroll, total - nr);
}

struct window window_of(struct area a, int y, int total, int focus)
{
	int nr = a.height - y;

	if (total <= nr)
		nr = total;
	else
		nr = nr > 1 ? nr - 1 : nr > 0 ? nr : 0;
	return (struct window){ window_first(total, nr, focus, a.scroll), nr,
				total };
}

void window_mark(struct area a, struct window w)
{
	if (w.nr >= w.total || a.height < 1)
		return;
	if (w.nr == a.height) /* no row is left for it */
		put_right(a, a.width, a.height - 1, LOOK_DIM, SIGN_MORE);
	else if (w.nr == 1)
		put_format(a, 1, a.height - 1, LOOK_DIM, TEXT_view_window_row,
			   w.first + 1, w.total);
	else
		put_format(a, 1, a.height - 1, LOOK_DIM, TEXT_view_window,
			   w.first + 1, w.first + w.nr, w.total);
}

void margin_mark(struct area a, int y, struct window w)
{
	if (w.first)
		put_text(a, 0, y, LOOK_DIM, SIGN_MORE);
	if (w.first + w.nr < w.total && (w.nr > 1 || !w.first))
		put_text(a, 0, y + w.nr - 1, LOOK_DIM, SIGN_MORE);
}

void put_current(struct area a, int x, int y)
{
	put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT);
	set_cursor(a, x, y);
}

struct text range_text(uint32_t pfn, uint32_t nr)
{
	return nr == 1 ? text_of("%u", pfn) :
			 text_of("%u … %u", pfn, pfn + nr - 1);
}

struct text nodemask_text(uint64_t mask)
{
	struct text text;

	field_text(NULL, KIND_nodemask, (int64_t)mask, text.s, sizeof(text.s));
	return text;
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

int put_pfns(const struct view_model *vm, struct area a, int x, int y,
	     const uint32_t *pfns, uint32_t nr)
{
	for (uint32_t i = 0; i < nr && x < a.width; i++) {
		const struct text text = text_of("%u", pfns[i]);

		if (x + text_width(text.s) + 2 > a.width) {
			put_text(a, x, y, LOOK_DIM, SIGN_CUT);
			return a.width;
		}
		x = 1 + put_text(area_link(a, LINK_PAGE, pfns[i]), x, y,
				 view_model_changed(vm, pfns[i]) ?
					 LOOK_CHANGED :
					 LOOK_FREE,
				 text.s);
	}
	return x;
}

int count_zones(const struct view_model *vm, const struct zone *end)
{
	const struct zone *z = vm->m->zones;
	int nr = 0;

	if (!end)
		end = z + vm->m->system->nr_zones;
	for (; z < end; z++)
		nr += populated_zone(z);
	return nr;
}

const struct zone *populated_zone_at(const struct view_model *vm, int i)
{
	const struct zone *z = vm->m->zones;

	while (!populated_zone(z) || i--)
		z++;
	return z;
}
