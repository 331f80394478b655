/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pool: worker processes that grade, one submission after another.
 *
 *   pool ── index ──▶ worker ── the scenario's process
 *        ◀── JSON ──
 *
 * A worker is a copy of this process. It does not run the submission itself,
 * but it holds the machine on which the submission's requests are executed.
 * If that ends or stops the worker, this one submission gets an outcome that
 * says so, and a new worker goes on. A result is stored at the submission's
 * index, so the order of the report does not depend on the workers.
 */
#include "grade/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "grade/grade_json.h"
#include "grade/submission.h"
#include "machine/clock.h"

enum {
	MAX_JOBS = 256,
	IDLE = -1,
	MARGIN_MS = 20000, /* the given machine, and the end of the checks */
	MAX_RESULT_BYTES = 64 << 20,
	READ_BYTES = 65536,
};

struct worker {
	pid_t pid; /* 0: not running */
	int fd;
	int64_t index; /* of the submission that it grades, or IDLE */
	uint64_t start_ns;
	uint64_t deadline_ms;
	struct json_writer in; /* its result so far: one line of JSON */
};

struct pool {
	const struct grader *g;
	char *const *paths;
	char *const *ids;
	uint32_t nr;
	uint32_t next; /* the first submission that no worker has got */
	uint32_t nr_done;
	struct grade_submission *out;
	struct worker workers[MAX_JOBS];
	uint32_t nr_workers;
};

/* -- in the worker -------------------------------------------------------- */

static bool send_all(int fd, const void *bytes, size_t size)
{
	const char *from = bytes;

	while (size) {
		ssize_t sent = send(fd, from, size, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		from += sent;
		size -= (size_t)sent;
	}
	return true;
}

/* The next submission to grade. False: the pool has no more. */
static bool receive_index(int fd, uint32_t *index)
{
	ssize_t got = recv(fd, index, sizeof(*index), MSG_WAITALL);

	if (got < 0 && errno == EINTR)
		return receive_index(fd, index);
	return got == sizeof(*index);
}

static void work(const struct pool *pool, int fd) __attribute__((noreturn));

static void work(const struct pool *pool, int fd)
{
	uint32_t i;

	while (receive_index(fd, &i)) {
		struct json_writer out = { .data = NULL };
		struct grade_submission s;
		char *text;

		if (!submission_grade(pool->g, pool->paths[i], pool->ids[i], &s,
				      0, NULL))
			_exit(1);
		grade_json_submission(&out, &s, pool->g->properties, s.id);
		writer_raw(&out, "\n", 1);
		text = writer_finish(&out);
		if (!text || !send_all(fd, text, strlen(text)))
			_exit(1);
		free(text);
		grade_submission_destroy(&s);
	}
	_exit(0);
}

/* -- starting and stopping workers ---------------------------------------- */

/* Start a worker at @w. False: errno. */
static bool start(struct pool *pool, struct worker *w)
{
	int fds[2];

	*w = (struct worker){ .index = IDLE };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return false;
	w->pid = fork();
	if (!w->pid) {
		/* workers see the end of the pool only without copies of fds */
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

/* Stop a worker; @why says how it ended. */
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
	free(w->in.data);
	*w = (struct worker){ .index = IDLE };
}

/* The longest time of a submission: all its limits and a margin. */
static uint64_t timeout_ms(const struct grader *g)
{
	uint64_t wall_ms = scenario_limit(&g->description->limits, LIMIT_WALL);

	return (wall_ms + MARGIN_MS) * g->description->nr_seeds;
}

/* The worker failed, and with it its submission. False: no memory. */
static bool fail_worker(struct pool *pool, struct worker *w, bool late)
{
	uint32_t i = (uint32_t)w->index;
	char how[64], why[160];

	stop(w, late, how, sizeof(how));
	snprintf(why, sizeof(why),
		 late ? "the grader's process took too long" :
			"the grader's process ended: %s",
		 how);
	pool->nr_done++;
	if (!grade_submission_init(&pool->out[i], pool->paths[i], pool->ids[i],
				   pool->g->nr_properties))
		return false;
	pool->out[i].outcome = GRADE_INTERNAL;
	pool->out[i].max = pool->g->max;
	return grade_replace(&pool->out[i].message, why);
}

/* -- submissions to workers, results back --------------------------------- */

/* Send the next submission to an idle worker, starting it if necessary. */
static bool dispatch(struct pool *pool, struct worker *w)
{
	uint32_t i = pool->next;

	if (w->index != IDLE || i == pool->nr)
		return true;
	if (!w->pid && !start(pool, w))
		return false;
	w->index = i;
	w->start_ns = clock_now_ns();
	w->deadline_ms = clock_now_ms() + timeout_ms(pool->g);
	pool->next++;
	if (send_all(w->fd, &i, sizeof(i)))
		return true;
	return fail_worker(pool, w, false);
}

/* Read the worker's JSON. False: it is malformed, and @s is empty. */
static bool read_submission(const struct pool *pool, const struct worker *w,
			    struct grade_submission *s)
{
	struct file_error error;
	struct document *d =
		document_from_text("worker", w->in.data, w->in.length, &error);

	*s = (struct grade_submission){ .id = NULL };
	if (!d)
		return false;
	grade_json_read_submission(d, s, pool->g->properties,
				   pool->g->nr_properties);
	if (document_close(d) && grade_replace(&s->id, pool->ids[w->index]) &&
	    grade_replace(&s->path, pool->paths[w->index])) {
		s->elapsed_ns = clock_now_ns() - w->start_ns;
		return true;
	}
	grade_submission_destroy(s);
	return false;
}

/* Store the worker's result if it is complete. False: it is malformed. */
static bool store_result(struct pool *pool, struct worker *w)
{
	if (w->in.failed || w->in.length > MAX_RESULT_BYTES)
		return false;
	if (w->in.data[w->in.length - 1] != '\n')
		return true;
	if (!read_submission(pool, w, &pool->out[w->index]))
		return false;
	free(w->in.data);
	w->in = (struct json_writer){ .data = NULL };
	w->index = IDLE;
	pool->nr_done++;
	return true;
}

/* Receive from a worker that sent something. False: no memory. */
static bool receive(struct pool *pool, struct worker *w)
{
	char bytes[READ_BYTES];
	ssize_t got = read(w->fd, bytes, sizeof(bytes));

	if (got < 0 && errno == EINTR)
		return true;
	if (got > 0) {
		writer_raw(&w->in, bytes, (size_t)got);
		if (store_result(pool, w))
			return true;
	}
	return fail_worker(pool, w, got > 0);
}

/* Wait until a worker sends something or is late. False: no memory. */
static bool wait_for_workers(struct pool *pool)
{
	struct pollfd fds[MAX_JOBS];
	uint64_t now = clock_now_ms(), first = now + 60000;

	for (uint32_t i = 0; i < pool->nr_workers; i++) {
		const struct worker *w = &pool->workers[i];
		bool busy = w->pid && w->index != IDLE;

		fds[i] = (struct pollfd){ busy ? w->fd : -1, POLLIN, 0 };
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
		if (fds[i].revents && !receive(pool, w))
			return false;
		if (!fds[i].revents && clock_now_ms() > w->deadline_ms &&
		    !fail_worker(pool, w, true))
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

			/* as long as one worker runs, grading goes on */
			if (!dispatch(pool, w) && i + 1 == pool->nr_workers &&
			    !any)
				return false;
			any = any || w->index != IDLE;
		}
		if (any && !wait_for_workers(pool))
			return false;
	}
	return true;
}

bool pool_grade(const struct grader *g, char *const *paths, char *const *ids,
		uint32_t nr, struct grade_submission *out, char *message,
		size_t size)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	uint32_t nr_jobs = grader_nr_jobs(g);
	char how[64];
	bool good;

	snprintf(message, size, "not enough memory");
	if (!pool)
		return false;
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
		snprintf(message, size, "the worker processes failed: %s",
			 strerror(errno ? errno : ENOMEM));
	for (uint32_t i = 0; i < pool->nr_workers; i++)
		if (pool->workers[i].pid)
			stop(&pool->workers[i], !good, how, sizeof(how));
	free(pool);
	return good;
}
