/* SPDX-License-Identifier: GPL-2.0-or-later */
/* term: curses behind a few functions. */
#define _XOPEN_SOURCE_EXTENDED 1
#include "term.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "glyph.h"
#include "keymap.h"

struct term {
	SCREEN *screen;
	bool color;
	bool rich; /* 256 colours or more */
	sigset_t unblocked; /* the signal mask while waiting */
	int nr_empty; /* times that input was there, but no key */
	int watched; /* a descriptor to wait for too, or -1 */
	int pointer_x;
	int pointer_y;
	uint32_t pending; /* a key that was read too early, or 0 */
};

enum { MAX_EMPTY = 16 };

/*
 * What a signal handler needs to give the terminal back. A handler has no
 * argument of ours, so this is the one place with state of the whole file.
 */
static struct {
	volatile sig_atomic_t active;
	struct termios saved;
	char text[256]; /* leaves the alternate screen, shows the cursor */
	size_t length;
	bool mouse;
} rescue;

/* What curses sent to hear the mouse, undone: both ways of coordinates. */
static const char mouse_off[] = "\033[?1000l\033[?1006l";

static const int fatal_signals[] = { SIGINT,  SIGTERM, SIGHUP,
				     SIGQUIT, SIGSEGV, SIGBUS,
				     SIGFPE,  SIGILL,  SIGABRT };

enum { NR_FATAL = sizeof(fatal_signals) / sizeof(*fatal_signals) };

/* Only what is allowed in a signal handler. */
static void rescue_terminal(void)
{
	if (!rescue.active)
		return;
	rescue.active = 0;
	signal(SIGTTOU, SIG_IGN);
	if ((rescue.mouse &&
	     write(STDOUT_FILENO, mouse_off, sizeof(mouse_off) - 1) < 0) ||
	    write(STDOUT_FILENO, rescue.text, rescue.length) < 0) {
		/* the terminal is gone: there is nothing to restore */
	}
	tcsetattr(STDIN_FILENO, TCSANOW, &rescue.saved);
}

static void on_fatal_signal(int number)
{
	rescue_terminal();
	signal(number, SIG_DFL);
	raise(number);
}

/* A terminfo string, without its padding marks $<...>. */
static void rescue_add(const char *name)
{
	const char *s = tigetstr(name);

	if (!s || s == (char *)-1)
		return;
	while (*s && rescue.length < sizeof(rescue.text)) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>')) {
			s = strchr(s, '>') + 1;
			continue;
		}
		rescue.text[rescue.length++] = *s++;
	}
}

static void rescue_arm(void)
{
	struct sigaction action = { .sa_handler = on_fatal_signal,
				    .sa_flags = (int)SA_RESETHAND };

	rescue.active = 1;
	for (int i = 0; i < NR_FATAL; i++)
		sigaction(fatal_signals[i], &action, NULL);
}

static void rescue_prepare(void)
{
	rescue.length = 0;
	rescue_add("sgr0");
	rescue_add("cnorm");
	rescue_add("rmkx");
	rescue_add("rmcup");
	rescue_arm();
}

/* Signals that are heard only while term_key() waits. */
static void block_signals(struct term *t)
{
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGWINCH);
	sigaddset(&blocked, SIGTSTP);
	sigprocmask(SIG_BLOCK, &blocked, &t->unblocked);
	sigdelset(&t->unblocked, SIGWINCH);
	sigdelset(&t->unblocked, SIGTSTP);
}

/* Okabe and Ito's palette where there are colours enough for it. */
static void set_colors(struct term *t)
{
	bool rich;

	start_color();
	use_default_colors();
	rich = t->rich = COLORS >= 256;
	init_pair(LOOK_NOW, COLOR_BLACK, (short)(rich ? 220 : COLOR_YELLOW));
	init_pair(LOOK_PASSED, (short)(rich ? 29 : COLOR_GREEN), -1);
	init_pair(LOOK_REFUSED, (short)(rich ? 166 : COLOR_RED), -1);
	init_pair(LOOK_FREE, (short)(rich ? 32 : COLOR_BLUE), -1);
	init_pair(LOOK_CHANGED, (short)(rich ? 32 : COLOR_BLUE), -1);
}

struct term *term_open(const struct term_options *options, const char **why)
{
	struct term *t = calloc(1, sizeof(*t));

	*why = "not enough memory";
	if (!t)
		return NULL;
	t->watched = -1;
	*why = "TERM names a terminal that is not known here";
	if (tcgetattr(STDIN_FILENO, &rescue.saved)) {
		*why = "standard input is no terminal";
		free(t);
		return NULL;
	}
	t->screen = newterm(NULL, stdout, stdin);
	if (!t->screen) {
		free(t);
		return NULL;
	}
	rescue_prepare();
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	set_escdelay(25);
	timeout(0);
	block_signals(t);
	t->color = options->color && has_colors();
	if (t->color)
		set_colors(t);
	term_set_mouse(t, options->mouse);
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	term_set_mouse(t, false);
	endwin();
	delscreen(t->screen);
	rescue.active = 0;
	for (int i = 0; i < NR_FATAL; i++)
		signal(fatal_signals[i], SIG_DFL);
	sigprocmask(SIG_SETMASK, &t->unblocked, NULL);
	free(t);
}

void term_size(const struct term *t, int *width, int *height)
{
	(void)t;
	getmaxyx(stdscr, *height, *width);
}

void term_redraw(struct term *t)
{
	(void)t;
	clearok(stdscr, TRUE);
}

/* Without colour every look is told by sign and place; this only helps. */
static attr_t look_attributes(uint32_t look)
{
	static const attr_t attributes[NR_LOOKS] = {
		[LOOK_TITLE] = A_BOLD,	 [LOOK_NOW] = A_REVERSE,
		[LOOK_REFUSED] = A_BOLD, [LOOK_DIM] = A_DIM,
		[LOOK_CHANGED] = A_BOLD,
	};

	return look < NR_LOOKS ? attributes[look] : A_NORMAL;
}

static void set_attributes(const struct term *t, uint32_t look)
{
	bool colored = look == LOOK_NOW || look == LOOK_PASSED ||
		       look == LOOK_REFUSED || look == LOOK_FREE ||
		       look == LOOK_CHANGED;
	attr_t attributes = look_attributes(look);

	if (t->color && look == LOOK_NOW)
		attributes = A_NORMAL;
	/* the plain blue of eight colours is too dark on black */
	if (t->color && !t->rich && look == LOOK_FREE)
		attributes = A_BOLD;
	attr_set(attributes, t->color && colored ? (short)look : 0, NULL);
}

/* Cells of one look, up to @end. Returns x after them. */
static int show_run(const struct term *t, const struct canvas *c, int x,
		    int end, int y)
{
	const struct cell *row = &c->cells[y * c->width];
	uint32_t look = row[x].look;
	char text[512];
	size_t used = 0;
	int at = x;

	for (; at < end && row[at].look == look && used + 4 < sizeof(text);
	     at++)
		if (row[at].glyph)
			used += glyph_encode(row[at].glyph, text + used);
	set_attributes(t, look);
	mvaddnstr(y, x, text, (int)used);
	return at;
}

void term_show(struct term *t, const struct canvas *c)
{
	int width, height;

	term_size(t, &width, &height);
	if (width > c->width)
		width = c->width;
	if (height > c->height)
		height = c->height;
	erase();
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width;)
			x = show_run(t, c, x, width, y);
	move(c->cursor_y < height ? c->cursor_y : 0,
	     c->cursor_x < width ? c->cursor_x : 0);
	refresh();
}

void term_set_mouse(struct term *t, bool on)
{
	const mmask_t heard = BUTTON1_PRESSED | BUTTON4_PRESSED |
			      BUTTON5_PRESSED;

	(void)t;
	/* a press counts at once, whatever may follow it */
	mouseinterval(0);
	rescue.mouse = mousemask(on ? heard : 0, NULL) != 0;
}

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

static uint32_t key_from_curses(struct term *t, wint_t key)
{
	switch (key) {
	case KEY_MOUSE:
		return read_mouse(t);
	case KEY_BACKSPACE:
		return KEYCODE_BACKSPACE;
	case KEY_DC:
		return KEYCODE_DELETE;
	case KEY_BTAB:
		return KEYCODE_BACKTAB;
	case KEY_RIGHT:
		return KEYCODE_RIGHT;
	case KEY_LEFT:
		return KEYCODE_LEFT;
	case KEY_UP:
		return KEYCODE_UP;
	case KEY_DOWN:
		return KEYCODE_DOWN;
	case KEY_HOME:
		return KEYCODE_HOME;
	case KEY_END:
		return KEYCODE_END;
	case KEY_PPAGE:
		return KEYCODE_PAGEUP;
	case KEY_NPAGE:
		return KEYCODE_PAGEDOWN;
	case KEY_ENTER:
		return '\r';
	case KEY_RESIZE:
		return KEYCODE_RESIZE;
	default:
		return KEYCODE_NONE;
	}
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
	nr = pselect((t->watched > STDIN_FILENO ? t->watched : STDIN_FILENO) +
			     1,
		     &in, NULL, NULL, timeout_ms < 0 ? NULL : &time,
		     &t->unblocked);
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
 * send Home and End in more ways than one, and what nobody knows must not
 * be taken for an Esc and letters.
 */
static uint32_t read_sequence(void)
{
	static const struct {
		const char *text;
		uint32_t key;
	} known[] = {
		{ "H", KEYCODE_HOME },	  { "F", KEYCODE_END },
		{ "1~", KEYCODE_HOME },	  { "4~", KEYCODE_END },
		{ "7~", KEYCODE_HOME },	  { "8~", KEYCODE_END },
		{ "5~", KEYCODE_PAGEUP }, { "6~", KEYCODE_PAGEDOWN },
		{ "A", KEYCODE_UP },	  { "B", KEYCODE_DOWN },
		{ "C", KEYCODE_RIGHT },	  { "D", KEYCODE_LEFT },
		{ "3~", KEYCODE_DELETE }, { "Z", KEYCODE_BACKTAB },
	};
	char text[16] = "";
	size_t length = 0;
	wint_t key;

	/* parameters, then one byte from @ on ends it */
	while (length + 1 < sizeof(text) && get_wch(&key) == OK && key < 127) {
		text[length++] = (char)key;
		if (key >= '@')
			break;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(text, known[i].text))
			return known[i].key;
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

uint32_t term_key(struct term *t, int timeout_ms)
{
	uint32_t key = read_key(t);
	uint32_t end;

	if (key != KEYCODE_NONE)
		return key;
	end = wait_for_input(t, timeout_ms);
	key = read_key(t);
	return key == KEYCODE_NONE ? end : key;
}

void term_leave(struct term *t)
{
	(void)t;
	def_prog_mode();
	endwin();
	rescue.active = 0;
	for (int i = 0; i < NR_FATAL; i++)
		signal(fatal_signals[i], SIG_DFL);
	/* these go to the whole group: they are the other program's now */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

void term_return(struct term *t)
{
	(void)t;
	rescue_arm();
	reset_prog_mode();
	clearok(stdscr, TRUE);
	refresh();
}

void term_child(const struct term *t)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTSTP, SIG_DFL);
	sigprocmask(SIG_SETMASK, &t->unblocked, NULL);
}
