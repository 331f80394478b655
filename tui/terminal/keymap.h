/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keymap: which key does what. actions.def is the one table; the help
 * and `zonewalk doc actions` are loops over action_infos[].
 */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stdint.h>

enum action {
	ACTION_none,
#define ACTION(name, keys, help) ACTION_##name,
#define TASK(name, heading) ACTION_TASK_##name, /* no action: it has no keys */
#include "terminal/actions.def"
	NR_ACTIONS
};

/* Ctrl and a small letter. */
#define KEY_CONTROL(letter) ((uint32_t)(letter)&0x1f)
enum { KEYCODE_ESC = 27 };

/* Keys that are no characters: beyond the last code point. */
enum {
	KEYCODE_LAST_CHARACTER = 0x10ffff,
#define KEY(id, ...) KEYCODE_##id,
#include "terminal/keys.def"
	KEYCODE_CLICK, /* where: term_pointer() */
	KEYCODE_WHEELUP,
	KEYCODE_WHEELDOWN,
	KEYCODE_RESIZE, /* not a key: the terminal has another size */
	KEYCODE_FILE, /* not a key: the watched file changed */
	KEYCODE_NONE, /* nothing was typed in time */
	KEYCODE_CLOSED, /* not a key: the terminal is closed */
};

struct action_info {
	const char *name; /* "": help is the heading of a task */
	const char *keys;
	const char *help;
};

/* [NR_ACTIONS]; [ACTION_none] is empty. */
extern const struct action_info action_infos[];

/* What a key does; ACTION_none when it does nothing. */
enum action keymap_action(uint32_t key);
/* How many rows a key scrolls a list or a text; 0: it is another key. */
int keymap_rows(uint32_t key);

#endif
