/* SPDX-License-Identifier: GPL-2.0-or-later */
/* editor: a child process that has the terminal while it runs. */
#include "app/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
	snprintf(file, sizeof(file), "%s%s", path[0] == '-' ? "./" : "", path);
	snprintf(at, sizeof(at), "+%u", line ? line : 1);
	if (snprintf(command, sizeof(command), "exec %s \"$@\"",
		     editor_command()) < (int)sizeof(command))
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

enum editor_end editor_run(struct term *t, const char *path, uint32_t line)
{
	int status = 0;
	bool waited;
	pid_t child;

	term_leave(t);
	child = fork();
	if (!child) {
		term_child(t);
		exec_editor(path, line);
	}
	waited = child > 0 && wait_for(child, &status);
	term_return(t);
	if (!waited)
		return EDITOR_NOT_STARTED;
	return WIFEXITED(status) && WEXITSTATUS(status) == 127 ?
		       EDITOR_NOT_FOUND :
		       EDITOR_DONE;
}
