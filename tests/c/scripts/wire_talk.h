/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wire_talk: what the files of test_wire share. */
#ifndef TESTS_WIRE_TALK_H
#define TESTS_WIRE_TALK_H

#include "apart.h"
#include "sandbox/codec.h"

/* All that one process said. */
struct talk {
	uint8_t *data;
	size_t size;
};

/* Messages are kept in memory, and sent to nobody. */
void open_held(struct wire_out *out);
/* Run @path in a process, without isolation, and keep what it said. */
struct talk record(const char *path);
/* Do again what @talk says; the scenario that it makes. */
struct scenario *again(const char *path, const struct talk *talk,
		       const struct scenario_options *options);
/* The recorded conversation, done again, is as if it had run here. */
void check_unchanged(const char *path, const struct talk *talk);
/* @nr times: change it and do it again. */
void check_changed(const char *path, const struct talk *talk, unsigned long nr);
/* Did all of these find what they expected? */
bool talks_are_good(void);
/* Conversations that no honest process has. True: all were noticed. */
bool lies_are_noticed(void);

#endif
