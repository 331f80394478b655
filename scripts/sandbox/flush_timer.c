/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flush_timer: a signal that sends what waits. */
#include "sandbox/flush_timer.h"

#include <signal.h>
#include <time.h>

/* How long a message may wait to be sent while a script is busy. */
enum { TICK_MS = 20 };

/* While a script is busy, messages that wait are sent all the same. */
static void on_tick(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	message_flush_now(info->si_value.sival_ptr);
}

void flush_timer_start(struct message_writer *out)
{
	const struct sigaction action = { .sa_sigaction = on_tick,
					  .sa_flags = SA_SIGINFO | SA_RESTART };
	const struct timespec tick = { .tv_nsec = TICK_MS * 1000000 };
	const struct itimerspec each = { .it_interval = tick,
					 .it_value = tick };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGALRM };
	timer_t timer;

	event.sigev_value.sival_ptr = out;
	if (!sigaction(SIGALRM, &action, NULL) &&
	    !timer_create(CLOCK_MONOTONIC, &event, &timer))
		timer_settime(timer, 0, &each, NULL);
}
