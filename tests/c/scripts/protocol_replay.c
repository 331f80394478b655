/* SPDX-License-Identifier: GPL-2.0-or-later */
/* protocol_replay: conversations recorded, mutated and replayed. */
#include "protocol_replay.h"
#include "sandbox/run.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "sandbox/verify.h"
#include "sandbox/sender.h"

void open_buffer(struct message_writer *out)
{
	CHECK(message_writer_init(out, -1));
	out->held = true;
}

struct conversation record_conversation(const char *path)
{
	struct message_buffer all = { .data = NULL };
	size_t room;
	int sockets[2];
	ssize_t n;
	pid_t pid;

	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
	pid = fork();
	if (!pid) {
		const struct scenario_options options = { .record = true };
		struct scenario *sc = host_new(path, &options);
		struct file_text text = { .data = NULL };
		struct sender *sender;

		close(sockets[0]);
		sender = sender_new(sc, sockets[1]);
		sender_hello(sender, &sc->report);
		if (host_read(sc, &text))
			host_run(sc, &text);
		sender_end(sender);
		_exit(0);
	}
	close(sockets[1]);
	do {
		CHECK(message_buffer_reserve(&all, &room));
		n = read(sockets[0], all.data + all.end, room);
		if (n > 0)
			all.end += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(sockets[0]);
	waitpid(pid, NULL, 0);
	return (struct conversation){ .data = all.data, .size = all.end };
}

struct scenario *replay_conversation(const char *path,
				     const struct conversation *messages,
				     const struct scenario_options *options)
{
	struct scenario *sc = host_new(path, options);
	struct message_buffer b = { .data = messages->data,
				    .end = messages->size };
	struct message_writer answers;
	struct verify r = { .sc = sc, .answers = &answers };
	enum message_type type;
	enum message_state state;
	struct message_reader in;
	bool more = true;

	open_buffer(&answers);
	while (more && (state = message_next(&b, MESSAGE_PAYLOAD_MAX, &type,
					     &in)) == MESSAGE_COMPLETE)
		more = verify_message(&r, type, &in);
	if (more)
		verify_malformed(&r, "it ends early");
	CHECK(r.ended || scenario_outcome(sc) != SCENARIO_OK);
	verify_close(&r);
	message_writer_destroy(&answers);
	return sc;
}

static uint32_t random_u32(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Changes a few bytes, truncates the conversation, or repeats a part. */
static void mutate(struct conversation *t, uint64_t *seed)
{
	uint32_t kind = random_u32(seed) % 8;
	size_t at = random_u32(seed) % t->size;

	if (kind == 0) {
		t->size = at;
		return;
	}
	if (kind == 1) { /* copy a part over another */
		size_t to = random_u32(seed) % t->size;
		size_t nr = random_u32(seed) % 200;

		for (size_t i = 0;
		     i < nr && at + i < t->size && to + i < t->size; i++)
			t->data[to + i] = t->data[at + i];
		return;
	}
	for (uint32_t i = 0; i < kind - 1; i++) {
		at = random_u32(seed) % t->size;
		if (random_u32(seed) & 1)
			t->data[at] ^= (uint8_t)(1u << random_u32(seed) % 8);
		else
			t->data[at] = (uint8_t)random_u32(seed);
	}
}

/* Of a processor: what others do does not count. */
static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void check_mutations(const char *path, const struct conversation *messages,
		     unsigned long nr)
{
	const struct scenario_options options = {
		.record = true,
		.limits = { [LIMIT_MACHINES] = 8 << 20,
			    [LIMIT_EVENTS] = 20000,
			    [LIMIT_OUTPUT] = 1 << 20 },
	};
	unsigned long outcomes[NR_SCENARIO_OUTCOMES] = { 0 };
	struct conversation copy = { .data = malloc(messages->size) };
	uint64_t seed = 1;
	double longest = 0;

	for (unsigned long i = 0; i < nr; i++) {
		double began = now_s();
		struct scenario *sc;

		memcpy(copy.data, messages->data, messages->size);
		copy.size = messages->size;
		mutate(&copy, &seed);
		sc = replay_conversation(path, &copy, &options);
		outcomes[scenario_outcome(sc)]++;
		scenario_free(sc);
		if (now_s() - began > longest)
			longest = now_s() - began;
	}
	free(copy.data);
	fprintf(stderr,
		"%lu mutations: %lu crashed, %lu limit, %lu completed; "
		"longest %.3f s\n",
		nr, outcomes[SCENARIO_CRASHED], outcomes[SCENARIO_LIMIT],
		outcomes[SCENARIO_OK] + outcomes[SCENARIO_EXPECT_FAILED],
		longest);
	CHECK(outcomes[SCENARIO_CRASHED] > nr / 4);
	CHECK(longest < 5);
}

void check_replay(const char *path, const struct conversation *messages)
{
	struct scenario_options options = { .record = true };
	struct log here, there;
	struct scenario *sc;
	char *a, *b;

	log_open(&there, &options);
	sc = replay_conversation(path, messages, &options);
	b = log_close(&there, sc);
	options.isolation = ISOLATION_NONE;
	log_open(&here, &options);
	sc = scenario_run(path, &options);
	a = log_close(&here, sc);
	CHECK_STR(b, a);
	free(a);
	free(b);
}

bool conversations_are_right(void)
{
	return !test_failures_;
}
