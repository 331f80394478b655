/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench: the speed of the allocator and of its recorder, measured.
 *
 * Each workload runs on a machine of its own of 1 GiB with one cpu. Times
 * are nanoseconds for a single alloc or free, through the checked doors.
 * Nothing here is a test: machines are noisy, figures are to be read.
 */
#ifndef TUI_BENCH_H
#define TUI_BENCH_H

#include <stdbool.h>
#include <stddef.h>

enum { MAX_BENCH_RUNS = 101 };

struct bench_figure {
	const char *name;
	const char *what; /* one line of help */
	double runs[MAX_BENCH_RUNS];
	unsigned int nr_runs;
};

/* Sorted figures: middle, least, most. */
double bench_median(const struct bench_figure *f);
double bench_min(const struct bench_figure *f);
double bench_max(const struct bench_figure *f);

/*
 * Run every workload @nr_runs times and fill @figures (room for at least
 * NR_BENCH_FIGURES). False and *@why when a workload could not run.
 */
enum { NR_BENCH_FIGURES = 12 };
bool bench_allocator(struct bench_figure *figures, unsigned int nr_runs,
		     const char **why);

/* Now, nanoseconds of a clock that only goes forward. */
double bench_now_ns(void);

#endif
