/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sender: sends what a scenario does to the parent process.
 *
 * Implements struct scenario_reporter and a tap on each session of the
 * scenario.
 */
#ifndef SCRIPTS_SENDER_H
#define SCRIPTS_SENDER_H

#include "sandbox/codec.h"

struct sender;

/* Send what @sc does through @fd; sets its reporter. NULL: no memory. */
struct sender *sender_new(struct scenario *sc, int fd);

/* The first message: which layers of isolation are in force. */
void sender_hello(struct sender *sender, const struct isolation_report *report);
/* The last message: how the scenario ended. */
void sender_end(struct sender *sender);

#endif
