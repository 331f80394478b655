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

/* Draw in the terminal's present size. False: no memory. */
static bool show(struct app *app, struct term *term, struct canvas *c)
{
	int width, height;

	term_size(term, &width, &height);
	if (!canvas_resize(c, width, height))
		return false;
	c->ascii = app->ascii;
	app_update(app, width, height);
	app_draw(app, c);
	term_show(term, c);
	return true;
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
static enum app_effect edit(struct app *app, struct term *term,
			    struct watch *watch)
{
	int status = 0;
	bool waited;
	pid_t child;

	if (!app->input.path) {
		app_say(app, MESSAGE_no_reload);
		return APP_DRAW;
	}
	term_leave(term);
	child = fork();
	if (!child) {
		term_child(term);
		exec_editor(app->input.path, app_source_line(app));
	}
	waited = child > 0 && wait_for(child, &status);
	term_return(term);
	if (!waited) {
		app_say(app, MESSAGE_editor_failed, strerror(errno));
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
		app_say(app, MESSAGE_no_editor);
	} else {
		app_reload(app, 0);
		/* that save was seen just now */
		if (watch)
			watch_saved(watch);
	}
	return APP_REDRAW;
}

/* -- the loop ---------------------------------------------------------------- */

/* Wait for what comes next, and do it. */
static enum app_effect next(struct app *app, struct term *term,
			    struct watch *watch, const struct canvas *c)
{
	uint32_t key = term_key(term, app_wait_ms(app, clock_now_ms()));
	enum app_effect effect;
	bool mouse = app->mouse;
	int x, y;

	/* another file of the folder */
	if (key == KEYCODE_FILE && !watch_saved(watch))
		key = KEYCODE_NONE;
	/* without inotify the file is checked with each key */
	else if (watch && watch->path && watch->fd < 0 && watch_saved(watch))
		app_reload(app, 0);
	term_pointer(term, &x, &y);
	app->link = canvas_link(c, x, y);
	effect = app_key(app, key, clock_now_ms());
	if (app->mouse != mouse)
		term_set_mouse(term, app->mouse);
	if (effect == APP_EDIT)
		effect = edit(app, term, watch);
	if (effect == APP_NOTHING)
		effect = app_tick(app, clock_now_ms());
	return effect;
}

enum app_end app_run(struct app *app, struct term *term, struct watch *watch)
{
	enum app_effect effect = APP_DRAW;
	struct canvas c;
	bool ok = canvas_init(&c, 1, 1, app->ascii);

	term_watch(term, watch ? watch->fd : -1);
	while (ok && effect != APP_QUIT && effect != APP_BACK) {
		if (effect == APP_REDRAW)
			term_redraw(term);
		if (effect != APP_NOTHING)
			ok = show(app, term, &c);
		effect = next(app, term, watch, &c);
	}
	term_watch(term, -1);
	canvas_fini(&c);
	return !ok		  ? APP_END_MEMORY :
	       effect == APP_QUIT ? APP_END_QUIT :
				    APP_END_BACK;
}
