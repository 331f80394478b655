/* SPDX-License-Identifier: GPL-2.0-or-later */
/* protocol_replay: conversations recorded, mutated and replayed. */
#ifndef TESTS_PROTOCOL_REPLAY_H
#define TESTS_PROTOCOL_REPLAY_H

#include "isolated.h"
#include "sandbox/codec.h"

/* All messages of one process. */
struct conversation {
	uint8_t *data;
	size_t size;
};

/* Keeps messages in memory instead of sending them. */
void open_buffer(struct message_writer *out);
/* Runs @path in a process without isolation and keeps its messages. */
struct conversation record_conversation(const char *path);
/* Re-executes @messages; returns the scenario. */
struct scenario *replay_conversation(const char *path,
				     const struct conversation *messages,
				     const struct scenario_options *options);
/* Re-executed, @messages leaves the same log as a run in this process. */
void check_replay(const char *path, const struct conversation *messages);
/* Mutates and re-executes @messages @nr times. */
void check_mutations(const char *path, const struct conversation *messages,
		     unsigned long nr);
/* Have all checks until now passed? */
bool conversations_are_right(void);
/* Conversations that no correct process has: is each rejected? */
bool malformed_messages_are_rejected(void);

#endif
