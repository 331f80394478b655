/* SPDX-License-Identifier: GPL-2.0-or-later */
/* keymap: key names, and the search in the table. */
#include "terminal/keymap.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "terminal/glyph.h"

const struct action_info action_infos[] = {
	[ACTION_none] = { "", "", "" },
#define ACTION(name, keys, help) [ACTION_##name] = { #name, keys, help },
#define TASK(name, heading) [ACTION_TASK_##name] = { "", "", heading },
#include "terminal/actions.def"
};

static const struct {
	const char *name;
	uint32_t key;
} key_names[] = {
#define KEY(id, name, ...) { name, KEYCODE_##id },
#include "terminal/keys.def"
	{ "Space", ' ' },
	{ "Enter", '\r' },
	{ "Tab", '\t' },
	{ "Esc", KEYCODE_ESC },
};

static bool name_is(const char *name, const char *word, size_t length)
{
	return !strncmp(name, word, length) && !name[length];
}

/* The key of a name of @length bytes. */
static uint32_t key_from_name(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(key_names) / sizeof(*key_names); i++)
		if (name_is(key_names[i].name, word, length))
			return key_names[i].key;
	if (length == 3 && word[0] == 'C' && word[1] == '-')
		return KEY_CONTROL(word[2]);
	return glyph_next(&word);
}

static bool keys_hold(const char *keys, uint32_t key)
{
	while (*keys) {
		size_t length = strcspn(keys, " ");

		if (key_from_name(keys, length) == key)
			return true;
		keys += length + !!keys[length];
	}
	return false;
}

enum action keymap_action(uint32_t key)
{
	for (int i = 1; i < NR_ACTIONS; i++)
		if (keys_hold(action_infos[i].keys, key))
			return (enum action)i;
	return ACTION_none;
}

int keymap_rows(uint32_t key)
{
	switch (keymap_action(key)) {
	case ACTION_scroll_down:
		return 1;
	case ACTION_scroll_up:
		return -1;
	case ACTION_page_down:
		return 10;
	case ACTION_page_up:
		return -10;
	default:
		return key == KEYCODE_WHEELDOWN ? 1 :
		       key == KEYCODE_WHEELUP	? -1 :
						  0;
	}
}
