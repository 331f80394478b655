/* SPDX-License-Identifier: GPL-2.0-or-later */
/* busy: how busy the system is, for tests of what must end in time. */
#ifndef TESTS_BUSY_H
#define TESTS_BUSY_H

#include <stdint.h>
#include <time.h>

static inline uint64_t busy_clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* How long 50 ms of a processor take here, in times of 50 ms: 1 or more. */
static inline uint64_t busy_times(void)
{
	const uint64_t begin = busy_clock_ns(CLOCK_MONOTONIC);
	const uint64_t used = busy_clock_ns(CLOCK_PROCESS_CPUTIME_ID);

	while (busy_clock_ns(CLOCK_PROCESS_CPUTIME_ID) - used < 50000000)
		;
	return (busy_clock_ns(CLOCK_MONOTONIC) - begin) / 50000000;
}

#endif
