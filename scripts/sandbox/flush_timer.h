/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCRIPTS_FLUSH_TIMER_H
#define SCRIPTS_FLUSH_TIMER_H

#include "sandbox/protocol.h"

/*
 * Send the messages of @out at the latest after some milliseconds, also while
 * a script is busy. @out must live as long as the process. Where there are no
 * timers, messages are only sent later.
 */
void flush_timer_start(struct message_writer *out);

#endif
