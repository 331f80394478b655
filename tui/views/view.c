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

int zone_in_focus(const struct view_model *vm)
{
	return vm->question ? 0 : count_zones(vm, vm->zone);
}

const struct zone *populated_zone_at(const struct view_model *vm, int i)
{
	const struct zone *z = vm->m->zones;

	while (!populated_zone(z) || i--)
		z++;
	return z;
}

/* -- the account of free pages ---------------------------------------------- */

/* "4096 free = ", then parts with a number and a name, then ", 16 isolated". */
struct account {
	struct text head, tail;
	struct {
		uint32_t nr;
		const char *name;
	} parts[sizeof(struct free_account) / sizeof(uint32_t)];
	int nr;
};

static void account_init(struct account *a, const struct walk_row *row)
{
	struct free_account pages;

	*a = (struct account){ .nr = 0 };
	event_free_account(row->refusal, &pages);
	a->head = pages.free ? text_of(TEXT_account_free, pages.free) :
			       text_of(TEXT_account_none);
	if (pages.isolated)
		a->tail = text_of(TEXT_account_isolated, pages.isolated);
	pages.isolated = 0; /* it is not one of the free parts */
#define PART(name_, text)                                                      \
	if (pages.name_) {                                                     \
		a->parts[a->nr].nr = pages.name_;                              \
		a->parts[a->nr++].name = TEXT_account_##name_;                 \
	}
	FREE_ACCOUNT(PART)
#undef PART
}

struct text account_text(const struct walk_row *row, bool all)
{
	struct text text = { "" };
	struct account a = { .nr = 0 };

	if (row->refusal &&
	    (all || event_number(row->refusal, "account_cma") > 0 ||
	     event_number(row->refusal, "account_highatomic") > 0))
		account_init(&a, row);
	for (int i = 0; i < a.nr; i++)
		text = text_of("%s%s%u %s", text.s, i ? " + " : "",
			       a.parts[i].nr, a.parts[i].name);
	return text;
}

int account_width(const struct walk_row *row)
{
	struct account a;

	account_init(&a, row);
	return 1 + text_width(a.head.s) +
	       text_width(account_text(row, true).s) + text_width(a.tail.s);
}

void account_draw(const struct walk_row *row, struct area area)
{
	struct account a;
	int x;

	account_init(&a, row);
	x = put_fitting(area, 1, 0, LOOK_NORMAL, "%s", a.head.s);
	for (int i = 0; i < a.nr; i++)
		x = put_fitting(area, x, 0,
				a.parts[i].name == TEXT_account_usable ?
					LOOK_FREE :
					LOOK_REFUSED,
				"%s%u %s", i ? " + " : "", a.parts[i].nr,
				a.parts[i].name);
	put_fitting(area, x, 0, LOOK_DIM, "%s", a.tail.s);
}

const struct walk_row *refusing_row(const struct view_model *vm,
				    const struct zone *zone)
{
	for (uint32_t i = 0; i < vm->nr_rows; i++)
		if (vm->rows[i].zone == zone)
			return vm->rows[i].refusal ? &vm->rows[i] : NULL;
	return NULL;
}
