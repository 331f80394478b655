/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_run: draw, wait, act. It wakes up for a key, a new size, a saved file
 * and, while playing, for the next picture only.
 */
#include "app/app_run.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app_private.h"
#include "machine/clock.h"

struct screen {
	struct app *app;
	struct term *term;
	struct watch *watch; /* or NULL */
	struct canvas canvas;
};

/* Draw in the terminal's present size. False: no memory. */
static bool show(struct screen *s)
{
	int width, height;

	term_size(s->term, &width, &height);
	if (!canvas_resize(&s->canvas, width, height))
		return false;
	s->canvas.ascii = s->app->ascii;
	app_update(s->app, width, height);
	app_draw(s->app, &s->canvas);
	term_show(s->term, &s->canvas);
	return true;
}

/*
 * A file takes long to run: say so, and keep the keys. False: Esc, which
 * cancels a scenario only.
 */
static bool waiting(void *context)
{
	struct screen *s = context;

	if (!s->app->running) {
		s->app->running = true;
		show(s);
	}
	return !s->app->input.seed || !term_read_ahead(s->term);
}

/* -- the editor, which borrows the terminal ---------------------------------- */

static const char *editor_command(void)
{
	const char *editor = getenv("VISUAL");

	if (!editor || !*editor)
		editor = getenv("EDITOR");
	return editor && *editor ? editor : "vi";
}

/*
 * The path is an argument of the shell's command, never a part of its text:
 * nothing in a file's name is understood as a command.
 */
static _Noreturn void exec_editor(const char *path, uint32_t line)
{
	char command[1024], file[4096], at[32];

	/* a name that begins with - would be an option */
	print_to(file, "%s%s", path[0] == '-' ? "./" : "", path);
	print_to(at, "+%u", line ? line : 1);
	if (print_to(command, "exec %s \"$@\"", editor_command()) <
	    (int)sizeof(command))
		execl("/bin/sh", "sh", "-c", command, "sh", at, file,
		      (char *)NULL);
	_exit(127);
}

/*
 * Until it ends. When it is stopped (Ctrl-Z) this program stops too, so that
 * the shell notices; fg continues both.
 */
static bool wait_for(pid_t child, int *status)
{
	for (;;) {
		pid_t got = waitpid(child, status, WUNTRACED);

		if (got < 0 && errno == EINTR)
			continue;
		if (got != child || !WIFSTOPPED(*status))
			return got == child;
		raise(SIGSTOP);
	}
}

/*
 * Open the scenario in $VISUAL, else $EDITOR, else vi, and read it again. The
 * variable is a command for the shell, as in other programs.
 */
static enum app_effect edit(const struct screen *s, uint32_t line)
{
	struct app *app = s->app;
	int status = 0;
	bool waited;
	pid_t child;

	if (!app->input.path) {
		app_say(app, MESSAGE_no_reload);
		return APP_DRAW;
	}
	term_leave(s->term);
	child = fork();
	if (!child) {
		term_child(s->term);
		exec_editor(app->input.path, line);
	}
	waited = child > 0 && wait_for(child, &status);
	term_return(s->term);
	if (!waited) {
		app_say(app, MESSAGE_editor_failed, strerror(errno));
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
		app_say(app, MESSAGE_no_editor);
	} else {
		/* it is read again now, whether it was saved or not */
		if (s->watch)
			watch_saved(s->watch);
		app_reload(app, 0);
	}
	return APP_REDRAW;
}

/* -- the loop ---------------------------------------------------------------- */

/* Wait for what comes next, and do it. */
static enum app_effect next(const struct screen *s)
{
	struct app *app = s->app;
	uint32_t key = term_key(s->term, app_wait_ms(app, clock_now_ms()));
	enum app_effect effect;
	bool mouse = app->mouse;
	enum theme theme = app->theme;
	int x, y;

	app->early = term_is_ahead(s->term);
	/* another file of the folder */
	if (key == KEYCODE_FILE && !watch_saved(s->watch)) {
		key = KEYCODE_NONE;
	} else if (s->watch && s->watch->path && s->watch->fd < 0 &&
		   watch_saved(s->watch)) {
		/* without inotify the file is checked with each key */
		app_reload(app, 0);
		app->early = true;
	}
	term_pointer(s->term, &x, &y);
	app->link = canvas_link(&s->canvas, x, y);
	effect = app_key(app, key, clock_now_ms());
	if (app->mouse != mouse)
		term_set_mouse(s->term, app->mouse);
	if (app->theme != theme)
		term_set_theme(s->term, app->theme);
	if (effect == APP_EDIT)
		effect = edit(s, app_source_line(app));
	if (effect == APP_NOTHING)
		effect = app_tick(app, clock_now_ms());
	return effect;
}

enum app_effect app_run(struct app *app, struct term *term, struct watch *watch)
{
	enum app_effect effect = APP_DRAW;
	struct screen s = { .app = app, .term = term, .watch = watch };
	bool ok = canvas_init(&s.canvas, 1, 1, app->ascii);

	app->waiting = waiting;
	app->waiting_context = &s;
	term_watch(term, watch ? watch->fd : -1);
	term_set_theme(term, app->theme);
	if (app->edit_line)
		effect = edit(&s, app->edit_line);
	app->edit_line = 0;
	while (ok && effect < APP_BACK) {
		if (effect == APP_REDRAW)
			term_redraw(term);
		if (effect != APP_NOTHING)
			ok = show(&s);
		effect = next(&s);
	}
	term_watch(term, -1);
	app->waiting = NULL;
	canvas_fini(&s.canvas);
	return ok ? effect : APP_MEMORY;
}
