/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench: the speed of everything that has to be quick, measured.
 *
 * A suite is a few figures that are measured together; benches.def lists
 * them. Nothing here is a test: machines are noisy, figures are to be read,
 * and a ratio within one run counts more than a number of another.
 */
#ifndef TUI_BENCH_H
#define TUI_BENCH_H

enum { MAX_BENCH_RUNS = 1001, MAX_BENCH_FIGURES = 16 };

struct bench_label {
	const char *name;
	const char *unit; /* "ns", "us", "MiB" ... */
	const char *what; /* one line of help */
};

struct bench_figure {
	struct bench_label label;
	double runs[MAX_BENCH_RUNS];
	unsigned int nr_runs;
};

/* Name the first @nr figures; returns @nr. */
unsigned int bench_name(struct bench_figure *figures,
			const struct bench_label *labels, unsigned int nr);

/* Add a run's figure; more than fit are not kept. */
void bench_add(struct bench_figure *f, double value);

/* Sorted figures: the middle, the least, the most, and 99 of 100. */
double bench_median(const struct bench_figure *f);
double bench_min(const struct bench_figure *f);
double bench_max(const struct bench_figure *f);
double bench_p99(const struct bench_figure *f);

/* Now, nanoseconds of a clock that only goes forward. */
double bench_now_ns(void);

/*
 * A suite's function fills @figures (all zero, MAX_BENCH_FIGURES of them)
 * and returns how many it has; 0 and *@why when it could not run.
 */
#define BENCH(name, key, title)                                                \
	unsigned int bench_##name(struct bench_figure *figures,                \
				  unsigned int nr_runs, const char **why);
#include "benches.def"

#endif
