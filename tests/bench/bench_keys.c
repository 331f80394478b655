/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_keys: from a key to the last byte of its picture. The screen runs in
 * a process of its own on a pseudo-terminal of 120x40, as for a user; we are
 * the terminal: we write a key and read until nothing more comes.
 */
#define _XOPEN_SOURCE 700 /* pseudo-terminals */
#define _DEFAULT_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "app/app_run.h"
#include "state/arena.h"
#include "bench.h"
#include "boot/boot.h"
#include "requests.h"

enum {
	KEY_WIDTH = 120,
	KEY_HEIGHT = 40,
	KEY_REQUESTS = 400,
	MIB_PAGES = 256,
	QUIET_MS = 4, /* no byte for so long: the picture is complete */
	DEADLINE_MS = 5000,
	WARM_KEYS = 20
};

static struct session *make_session(uint32_t nr_pages)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	struct session *s = NULL;
	char message[256];

	if (!d)
		return NULL;
	d->nr_nodes = 1;
	d->node[0].nr_pages = nr_pages;
	if (machine_boot(&m, d, message, sizeof(message)) == BOOT_OK)
		s = session_new(&m, true);
	free(d);
	for (uint32_t i = 0; s && i < KEY_REQUESTS; i++) {
		const struct alloc_request r = {
			.gfp = (i & 1 ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE) |
			       __GFP_DMA32,
			.order = i % 5,
		};

		make_alloc(s, &r, NULL, "");
	}
	return s;
}

/* The other side: the program as it always runs. Does not return. */
static _Noreturn void run_screen(struct session *s, const char *tty)
{
	const struct winsize size = { .ws_row = KEY_HEIGHT,
				      .ws_col = KEY_WIDTH };
	const struct app_input input = { .session = s,
					 .title = "bench",
					 .message = "" };
	struct app *app = malloc(sizeof(*app));
	struct term *term;
	const char *why;
	int fd;

	setsid();
	fd = open(tty, O_RDWR);
	if (!app || fd < 0 || ioctl(fd, TIOCSWINSZ, &size) ||
	    dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0)
		_exit(1);
	setenv("TERM", "xterm-256color", 1);
	term = term_open(&(struct term_options){ .color = true }, &why);
	if (!term || !app_init(app, &input, NULL))
		_exit(1);
	app_run(app, term, NULL);
	term_close(term);
	_exit(0);
}

/*
 * Read what comes until nothing does for a while. Returns when the last
 * byte came; 0: none came at all.
 */
static double read_picture(int fd)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	int wait = DEADLINE_MS;
	double last = 0;
	char bytes[16384];

	while (poll(&in, 1, wait) > 0) {
		if (read(fd, bytes, sizeof(bytes)) <= 0)
			break;
		last = bench_now_ns();
		wait = QUIET_MS;
	}
	return last;
}

/* Press a key @nr times. False: no picture came. */
static bool press(int fd, const char *key, size_t length, unsigned int nr,
		  struct bench_figure *f)
{
	for (unsigned int i = 0; i < nr; i++) {
		double begin = bench_now_ns(), end;

		if (write(fd, key, length) != (ssize_t)length)
			return false;
		end = read_picture(fd);
		if (end == 0)
			return false;
		if (f)
			bench_add(f, (end - begin) / 1000);
	}
	return true;
}

/* Steps, then leaps from end to end. */
static bool press_all(int fd, struct bench_figure *f, unsigned int nr_runs)
{
	bool ok = read_picture(fd) > 0 && press(fd, "l", 1, WARM_KEYS, NULL) &&
		  press(fd, "l", 1, nr_runs, &f[0]);

	for (unsigned int i = 0; ok && i < nr_runs; i++)
		ok = press(fd, i & 1 ? "g" : "G", 1, 1, &f[1]);
	return ok && write(fd, "Q", 1) == 1;
}

static bool run(struct session *s, struct bench_figure *f, unsigned int nr_runs,
		const char **why)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY), status;
	bool ok;
	pid_t child;

	*why = "there is no pseudo-terminal";
	if (fd < 0 || grantpt(fd) || unlockpt(fd))
		return false;
	child = fork();
	if (!child)
		run_screen(s, ptsname(fd));
	*why = "the screen did not answer";
	ok = child > 0 && press_all(fd, f, nr_runs);
	if (child > 0 && !ok)
		kill(child, SIGTERM);
	close(fd);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return ok;
}

unsigned int bench_keys(struct bench_figure *f, unsigned int nr_runs,
			const char **why)
{
	static const struct bench_label labels[] = {
		{ "step-64M", "us", "one step, a machine of 64 MiB" },
		{ "leap-64M", "us",
		  "from one end of the session to the other" },
		{ "step-64G", "us", "one step, a machine of 64 GiB" },
		{ "leap-64G", "us",
		  "from one end of the session to the other" },
	};
	unsigned int nr = bench_name(f, labels, 4);

	for (unsigned int i = 0; i < 2; i++) {
		struct session *s =
			make_session((i ? 64 * 1024 : 64) * MIB_PAGES);
		bool ok;

		*why = "no memory for the machine";
		ok = s && run(s, &f[2 * i], nr_runs, why);
		session_free(s);
		if (!ok)
			return 0;
	}
	return nr;
}
