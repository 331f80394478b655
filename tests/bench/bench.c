/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench: figures, and the clock. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double bench_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

unsigned int bench_name(struct bench_figure *figures,
			const struct bench_label *labels, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		figures[i].label = labels[i];
	return nr;
}

void bench_add(struct bench_figure *f, double value)
{
	if (f->nr_runs < MAX_BENCH_RUNS)
		f->runs[f->nr_runs++] = value;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The run that @share of all runs do not exceed. */
static double nth_run(const struct bench_figure *f, double share)
{
	double sorted[MAX_BENCH_RUNS];

	if (!f->nr_runs)
		return 0;
	memcpy(sorted, f->runs, f->nr_runs * sizeof(sorted[0]));
	qsort(sorted, f->nr_runs, sizeof(sorted[0]), by_value);
	return sorted[(unsigned int)(share * (f->nr_runs - 1) + 0.999999)];
}

double bench_median(const struct bench_figure *f)
{
	return nth_run(f, 0.5);
}

double bench_min(const struct bench_figure *f)
{
	return nth_run(f, 0);
}

double bench_max(const struct bench_figure *f)
{
	return nth_run(f, 1);
}

double bench_p99(const struct bench_figure *f)
{
	return nth_run(f, 0.99);
}
