/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks, in nanoseconds or milliseconds since a moment in the past. */
#ifndef ENGINE_MACHINE_CLOCK_H
#define ENGINE_MACHINE_CLOCK_H

#include <stdint.h>

enum { NS_PER_MS = 1000000 };

/* The time that passes (CLOCK_MONOTONIC). */
uint64_t clock_now_ns(void);
uint64_t clock_now_ms(void);
/* The cpu time that this process has used. */
uint64_t clock_cpu_ns(void);

#endif
