/* SPDX-License-Identifier: GPL-2.0-or-later */
/* key_bar: the table, and how much of it fits. */
#include "terminal/key_bar.h"

#include "terminal/keymap.h"

const struct bar_key bar_keys[] = {
#define KEY(state, key, text) { BAR_##state, key, text },
#include "terminal/key_bar.def"
};

enum { NR_BAR_KEYS = sizeof(bar_keys) / sizeof(*bar_keys), STAY = 2 };

const unsigned int nr_bar_keys = NR_BAR_KEYS;

/* The keys of a state that fit, and their width. */
struct bar {
	const struct bar_key *keys[NR_BAR_KEYS];
	int nr;
	int width;
};

static struct bar bar_of(enum bar_state state, int room)
{
	struct bar bar = { .nr = 0 };

	for (int i = 0; i < NR_BAR_KEYS; i++) {
		if (bar_keys[i].state != state)
			continue;
		bar.keys[bar.nr++] = &bar_keys[i];
		bar.width += text_width(bar_keys[i].text) + 2;
	}
	while (bar.nr > STAY && bar.width > room) {
		bar.nr--;
		bar.width -= text_width(bar.keys[bar.nr - STAY]->text) + 2;
		for (int i = bar.nr - STAY; i < bar.nr; i++)
			bar.keys[i] = bar.keys[i + 1];
	}
	return bar;
}

static void draw(struct area a, int x, const struct bar *bar)
{
	for (int i = 0; i < bar->nr; i++)
		x = 2 + put_text(area_link(a, LINK_KEY, bar->keys[i]->key), x,
				 0, LOOK_DIM, bar->keys[i]->text);
}

void key_bar_draw(struct area a, enum bar_state state)
{
	const struct bar bar = bar_of(state, a.width);

	draw(a, 1, &bar);
}

void key_bar_draw_right(struct area a, int x, enum bar_state state)
{
	const struct bar bar = bar_of(state, a.width - x);

	if (bar.width <= a.width - x)
		draw(a, a.width - bar.width, &bar);
}
