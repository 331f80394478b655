/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_pool: worker processes that grade, one submission after the other.
 *
 *   master ── number ──▶ worker ── scenario's process
 *          ◀── result ──
 *
 * A worker is a copy of this process. It runs nothing of the submission by
 * itself, but the machine that a submission's requests drive is in it: if
 * that brings it down, or takes for ever, one submission has a named
 * outcome and a new worker goes on. Results are put where the submission
 * stands in the list, so their order is that of the list.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "grade/grade_private.h"
#include "machine/array.h"
#include "machine/clock.h"

enum {
	MAX_JOBS = 256,
	IDLE = -1,
	DEFAULT_WALL_MS = 8000, /* as for scenarios */
	MARGIN_MS = 20000, /* a run's machine, and the checks' own limit */
	MAX_RESULT_BYTES = 64 << 20,
};

struct worker {
	pid_t pid; /* 0: there is none */
	int fd;
	int64_t index; /* of the submission under way, or IDLE */
	uint64_t deadline_ms;
	struct packet in;
};

struct pool {
	const struct grader *g;
	const char *const *paths;
	char *const *ids;
	uint32_t nr;
	uint32_t next; /* to be given out */
	uint32_t nr_done;
	struct grade_submission *out;
	struct worker workers[MAX_JOBS];
	uint32_t nr_workers;
};

/* -- in the worker -------------------------------------------------------- */

static bool read_all(int fd, void *bytes, size_t size)
{
	char *to = bytes;

	while (size) {
		ssize_t got = read(fd, to, size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		size -= (size_t)got;
	}
	return true;
}

static bool write_all(int fd, const void *bytes, size_t size)
{
	const char *from = bytes;

	while (size) {
		ssize_t put = send(fd, from, size, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		from += put;
		size -= (size_t)put;
	}
	return true;
}

static void work(const struct pool *pool, int fd) __attribute__((noreturn));

static void work(const struct pool *pool, int fd)
{
	uint32_t i;

	while (read_all(fd, &i, sizeof(i))) {
		struct grade_submission s;
		struct packet w = { .bytes = NULL };
		uint64_t size;

		if (!grade_one(pool->g, pool->paths[i], pool->ids[i], &s, 0,
			       NULL))
			_exit(1);
		grade_pack(&w, &s);
		size = w.size;
		if (w.bad || !write_all(fd, &size, sizeof(size)) ||
		    !write_all(fd, w.bytes, w.size))
			_exit(1);
		free(w.bytes);
		grade_submission_fini(&s);
	}
	_exit(0);
}

/* -- in the master -------------------------------------------------------- */

/* Start a worker at @w. False: errno. */
static bool start(struct pool *pool, struct worker *w)
{
	int fds[2];

	*w = (struct worker){ .index = IDLE };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return false;
	w->pid = fork();
	if (!w->pid) {
		/* a master that ends must be seen by all: no copies */
		for (uint32_t i = 0; i < pool->nr_workers; i++)
			if (pool->workers[i].pid && &pool->workers[i] != w)
				close(pool->workers[i].fd);
		close(fds[0]);
		work(pool, fds[1]);
	}
	close(fds[1]);
	w->fd = fds[0];
	if (w->pid > 0)
		return true;
	close(fds[0]);
	w->pid = 0;
	return false;
}

/* End a worker; how it ended in @why. */
static void stop(struct worker *w, bool kill_it, char *why, size_t size)
{
	int status = 0;

	close(w->fd);
	if (kill_it)
		kill(w->pid, SIGKILL);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		snprintf(why, size, "signal %d", WTERMSIG(status));
	else
		snprintf(why, size, "exit status %d", WEXITSTATUS(status));
	free(w->in.bytes);
	*w = (struct worker){ .index = IDLE };
}

/* The longest that a submission may take: all its limits, and then some. */
static uint64_t patience_ms(const struct grader *g)
{
	uint64_t wall_ms = g->proto->limits.limits[LIMIT_WALL];

	if (!wall_ms)
		wall_ms = DEFAULT_WALL_MS;
	return (wall_ms + MARGIN_MS) * g->proto->nr_seeds;
}

/* The worker is lost: so is what it had under way. False: no memory. */
static bool lose(struct pool *pool, struct worker *w, bool late)
{
	uint32_t i = (uint32_t)w->index;
	char how[64], why[160];

	stop(w, late, how, sizeof(how));
	snprintf(why, sizeof(why),
		 late ? "the grader's process took too long" :
			"the grader's process ended: %s",
		 how);
	pool->nr_done++;
	return grade_blank(pool->g, pool->paths[i], pool->ids[i],
			   GRADE_INTERNAL, why, &pool->out[i]);
}

/* Give the next submission to a worker that has none; start it if needed. */
static bool feed(struct pool *pool, struct worker *w)
{
	uint32_t i = pool->next;

	if (w->index != IDLE || i == pool->nr)
		return true;
	if (!w->pid && !start(pool, w))
		return false;
	w->index = i;
	w->deadline_ms = clock_now_ms() + patience_ms(pool->g);
	pool->next++;
	if (write_all(w->fd, &i, sizeof(i)))
		return true;
	return lose(pool, w, false);
}

/* Is the whole result there? Then take it. False: it is broken. */
static bool take(struct pool *pool, struct worker *w)
{
	uint64_t size;

	if (w->in.size < sizeof(size))
		return true;
	memcpy(&size, w->in.bytes, sizeof(size));
	if (size > MAX_RESULT_BYTES || w->in.size > size + sizeof(size))
		return false;
	if (w->in.size < size + sizeof(size))
		return true;
	w->in.at = sizeof(size);
	if (!grade_unpack(&w->in, &pool->out[w->index]))
		return false;
	free(w->in.bytes);
	w->in = (struct packet){ .bytes = NULL };
	w->index = IDLE;
	pool->nr_done++;
	return true;
}

/* Something is to be read from @w. False: no memory. */
static bool hear(struct pool *pool, struct worker *w)
{
	ssize_t got;

	if (!bytes_reserve(&w->in.bytes, &w->in.room, w->in.size + 65536))
		return false;
	got = read(w->fd, w->in.bytes + w->in.size, w->in.room - w->in.size);
	if (got < 0 && errno == EINTR)
		return true;
	if (got > 0)
		w->in.size += (size_t)got;
	if (got > 0 && take(pool, w))
		return true;
	return lose(pool, w, got > 0);
}

/* Wait until a worker says something or is late. False: no memory. */
static bool attend(struct pool *pool)
{
	struct pollfd fds[MAX_JOBS];
	uint64_t now = clock_now_ms(), first = now + 60000;

	for (uint32_t i = 0; i < pool->nr_workers; i++) {
		const struct worker *w = &pool->workers[i];
		bool busy = w->pid && w->index != IDLE;

		fds[i] = (struct pollfd){
			.fd = busy ? w->fd : -1,
			.events = POLLIN,
		};
		if (busy && w->deadline_ms < first)
			first = w->deadline_ms;
	}
	if (poll(fds, pool->nr_workers, first > now ? (int)(first - now) : 0) <
	    0)
		return errno == EINTR;
	for (uint32_t i = 0; i < pool->nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		if (fds[i].fd < 0)
			continue;
		if (fds[i].revents && !hear(pool, w))
			return false;
		if (!fds[i].revents && clock_now_ms() > w->deadline_ms &&
		    !lose(pool, w, true))
			return false;
	}
	return true;
}

static bool run(struct pool *pool)
{
	while (pool->nr_done < pool->nr) {
		bool any = false;

		for (uint32_t i = 0; i < pool->nr_workers; i++) {
			struct worker *w = &pool->workers[i];

			/* one worker is enough to go on with */
			if (!feed(pool, w) && i + 1 == pool->nr_workers && !any)
				return false;
			any = any || w->index != IDLE;
		}
		if (any && !attend(pool))
			return false;
	}
	return true;
}

bool grade_pool(const struct grader *g, const char *const *paths,
		char *const *ids, uint32_t nr, struct grade_submission *out,
		char *message, size_t size)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	uint32_t nr_jobs = g->options->nr_jobs ? g->options->nr_jobs : 1;
	char how[64];
	bool good;

	if (!pool) {
		snprintf(message, size, "no memory");
		return false;
	}
	nr_jobs = nr_jobs > nr ? nr : nr_jobs;
	*pool = (struct pool){
		.g = g,
		.paths = paths,
		.ids = ids,
		.nr = nr,
		.out = out,
		.nr_workers = nr_jobs > MAX_JOBS ? MAX_JOBS : nr_jobs,
	};
	for (uint32_t i = 0; i < pool->nr_workers; i++)
		pool->workers[i].index = IDLE;
	errno = 0;
	good = run(pool);
	if (!good)
		snprintf(message, size, "the workers cannot go on: %s",
			 strerror(errno ? errno : ENOMEM));
	for (uint32_t i = 0; i < pool->nr_workers; i++)
		if (pool->workers[i].pid)
			stop(&pool->workers[i], !good, how, sizeof(how));
	free(pool);
	return good;
}
