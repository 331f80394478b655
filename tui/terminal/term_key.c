/* SPDX-License-Identifier: GPL-2.0-or-later */
/* term_key: input: keys, the mouse, a readable file descriptor. */
#define _XOPEN_SOURCE_EXTENDED 1
#include "terminal/term_private.h"

#include <errno.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "terminal/keymap.h"

enum { MAX_EMPTY = 16 };

static uint32_t read_mouse(struct term *t)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return KEYCODE_NONE;
	t->pointer_x = event.x;
	t->pointer_y = event.y;
	if (event.bstate & BUTTON4_PRESSED)
		return KEYCODE_WHEELUP;
	if (event.bstate & BUTTON5_PRESSED)
		return KEYCODE_WHEELDOWN;
	return event.bstate & BUTTON1_PRESSED ? KEYCODE_CLICK : KEYCODE_NONE;
}

void term_pointer(const struct term *t, int *x, int *y)
{
	*x = t->pointer_x;
	*y = t->pointer_y;
}

void term_watch(struct term *t, int fd)
{
	t->watched = fd;
}

static const struct {
	uint32_t key;
	wint_t curses;
	const char *sequences[3];
} keys[] = {
#define KEY(id, name, curses, ...) { KEYCODE_##id, curses, { __VA_ARGS__ } },
#include "terminal/keys.def"
};

enum { NR_KEYS = sizeof(keys) / sizeof(*keys) };

static uint32_t key_from_curses(struct term *t, wint_t key)
{
	if (key == KEY_MOUSE)
		return read_mouse(t);
	if (key == KEY_RESIZE)
		return KEYCODE_RESIZE;
	for (int i = 0; i < NR_KEYS; i++)
		if (keys[i].curses == key)
			return keys[i].key;
	return key == KEY_ENTER ? (uint32_t)'\r' : KEYCODE_NONE;
}

/*
 * Wait for a byte, or for a signal: a new size, or the return from a stop.
 * These two are blocked but for the wait itself, so that none slips in
 * between looking and waiting and is noticed only with the next key.
 */
static uint32_t wait_for_input(struct term *t, int timeout_ms)
{
	struct timespec time = { .tv_sec = timeout_ms / 1000,
				 .tv_nsec = timeout_ms % 1000 * 1000000l };
	fd_set in;
	int nr;

	FD_ZERO(&in);
	FD_SET(STDIN_FILENO, &in);
	if (t->watched >= 0)
		FD_SET(t->watched, &in);
	nr = pselect(
		(t->watched > STDIN_FILENO ? t->watched : STDIN_FILENO) + 1,
		&in, NULL, NULL, timeout_ms < 0 ? NULL : &time, &t->unblocked);
	if (nr < 0)
		return errno == EINTR ? KEYCODE_NONE : KEYCODE_CLOSED;
	if (nr && !FD_ISSET(STDIN_FILENO, &in))
		return KEYCODE_FILE;
	/* readable again and again without a key: the end of the file */
	t->nr_empty = nr > 0 ? t->nr_empty + 1 : 0;
	return t->nr_empty > MAX_EMPTY ? KEYCODE_CLOSED : KEYCODE_NONE;
}

/*
 * The rest of an escape sequence that terminfo does not know: terminals
 * send Home and End in more ways than one, and an unknown sequence must not
 * be taken for an Esc and letters.
 */
static uint32_t read_sequence(void)
{
	char text[16] = "";
	size_t length = 0;
	wint_t key;

	/* parameters, then one byte from @ on ends it */
	while (length + 1 < sizeof(text) && get_wch(&key) == OK && key < 127) {
		text[length++] = (char)key;
		if (key >= '@')
			break;
	}
	for (int i = 0; i < NR_KEYS; i++)
		for (int j = 0; j < 3 && keys[i].sequences[j]; j++)
			if (!strcmp(text, keys[i].sequences[j]))
				return keys[i].key;
	return KEYCODE_NONE;
}

static uint32_t key_from_character(wint_t key)
{
	if (key == 127 || key == 8)
		return KEYCODE_BACKSPACE;
	return key == '\n' ? (uint32_t)'\r' : (uint32_t)key;
}

/* An Esc came: alone, or as the beginning of something? */
static uint32_t read_escape(struct term *t)
{
	wint_t key;
	int kind = get_wch(&key);

	if (kind == OK && (key == '[' || key == 'O'))
		return read_sequence();
	if (kind == OK)
		t->pending = key_from_character(key);
	else if (kind == KEY_CODE_YES)
		t->pending = key_from_curses(t, key);
	return KEYCODE_ESC;
}

/* What is there already; get_wch also notices a new size. */
static uint32_t read_key(struct term *t)
{
	wint_t key = t->pending;
	int kind;

	t->pending = 0;
	if (key)
		return (uint32_t)key;
	kind = get_wch(&key);
	if (kind == ERR)
		return KEYCODE_NONE;
	t->nr_empty = 0;
	if (kind == KEY_CODE_YES)
		return key_from_curses(t, key);
	return key == KEYCODE_ESC ? read_escape(t) : key_from_character(key);
}

/* What does not fit waits in the terminal. */
bool term_read_ahead(struct term *t)
{
	uint32_t key;

	while (t->nr_ahead < MAX_AHEAD && (key = read_key(t)) != KEYCODE_NONE) {
		if (key == KEYCODE_ESC)
			return true;
		t->ahead[t->nr_ahead].key = key;
		t->ahead[t->nr_ahead].x = t->pointer_x;
		t->ahead[t->nr_ahead++].y = t->pointer_y;
	}
	return false;
}

bool term_is_ahead(const struct term *t)
{
	return t->is_ahead;
}

static uint32_t take_ahead(struct term *t)
{
	const uint32_t key = t->ahead[0].key;

	t->pointer_x = t->ahead[0].x;
	t->pointer_y = t->ahead[0].y;
	memmove(t->ahead, t->ahead + 1, --t->nr_ahead * sizeof(*t->ahead));
	return key;
}

uint32_t term_key(struct term *t, int timeout_ms)
{
	uint32_t key, end;

	t->is_ahead = t->nr_ahead > 0;
	if (t->is_ahead)
		return take_ahead(t);
	key = read_key(t);
	if (key != KEYCODE_NONE)
		return key;
	end = wait_for_input(t, timeout_ms);
	key = read_key(t);
	return key == KEYCODE_NONE ? end : key;
}
