/* SPDX-License-Identifier: GPL-2.0-or-later */
/* term: curses behind a few functions. */
#define _XOPEN_SOURCE_EXTENDED 1
#include "terminal/term_private.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "terminal/glyph.h"

/*
 * What a signal handler needs to give the terminal back. A handler has no
 * context argument, so this is the one place with state of the whole file.
 */
static struct {
	volatile sig_atomic_t active;
	struct termios saved;
	char text[256]; /* leaves the alternate screen, shows the cursor */
	size_t length;
	bool mouse;
} rescue;

/* Turns off what curses turned on for the mouse: both encodings. */
static const char mouse_off[] = "\033[?1000l\033[?1006l";

static const int fatal_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV,
				     SIGBUS, SIGFPE,  SIGILL, SIGABRT };

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

/* A terminfo string, without its padding $<...>. */
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

static void rescue_disarm(void)
{
	rescue.active = 0;
	for (int i = 0; i < NR_FATAL; i++)
		signal(fatal_signals[i], SIG_DFL);
}

static void rescue_prepare(void)
{
	static const char *const names[] = { "sgr0", "cnorm", "rmkx", "rmcup" };

	rescue.length = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		rescue_add(names[i]);
	rescue_arm();
}

/* Signals that are delivered only while term_key() waits. */
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
	if (t->color) {
		start_color();
		use_default_colors();
	}
	term_set_theme(t, options->theme);
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
	rescue_disarm();
	sigprocmask(SIG_SETMASK, &t->unblocked, NULL);
	free(t);
}

void term_size(const struct term *t, int *width, int *height)
{
	getmaxyx(stdscr, *height, *width);
}

void term_redraw(struct term *t)
{
	clearok(stdscr, TRUE);
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

	for (; at < end && row[at].look == look &&
	       used + MAX_CELL_BYTES < sizeof(text);
	     at++)
		used += cell_encode(&row[at], text + used);
	term_set_look(t, look);
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
	const mmask_t buttons = BUTTON1_PRESSED | BUTTON4_PRESSED |
				BUTTON5_PRESSED;

	/* report a press at once: do not wait for a second click */
	mouseinterval(0);
	rescue.mouse = mousemask(on ? buttons : 0, NULL) != 0;
}

void term_leave(struct term *t)
{
	def_prog_mode();
	endwin();
	rescue_disarm();
	/* sent to the process group: the other program handles them */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

void term_return(struct term *t)
{
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
	signal(SIGXFSZ, SIG_DFL);
	signal(SIGTSTP, SIG_DFL);
	sigprocmask(SIG_SETMASK, &t->unblocked, NULL);
}
