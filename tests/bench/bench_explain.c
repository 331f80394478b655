/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_explain: how long until a failure report is explained: it is read, its
 * machine is made, its attempts and what would let it be served are tried, and
 * the text is written. `zonewalk-bench explain --file F` takes any report;
 * without it, one of an order-0 request that three zones refuse.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "failure/explain.h"
#include "import/report_read.h"

static const struct bench_label labels[] = {
	{ "explain", "ms", "a report, until its explanation is written" },
};

/* False: it cannot be read, or explained. */
static bool explain_file(char *file, FILE *out)
{
	const struct explain_options options = { .gfp = NULL };
	struct report_set set;
	struct file_error error;
	struct explanation x;
	char message[512];
	bool ok;

	if (!report_read_files(&file, 1, &set, &error))
		return false;
	ok = explain_report(&x, &set.reports[set.taken], &options, message,
			    sizeof(message));
	if (ok)
		explain_text(&x, false, out);
	explanation_destroy(&x);
	report_set_destroy(&set);
	return ok;
}

unsigned int bench_explain(struct bench_figure *f, unsigned int nr_runs,
			   const char **why)
{
	static char sample[] = BENCH_REPORTS
		"/d2-order0-atomic-three-zones.txt";
	char *named = getenv("ZONEWALK_BENCH_FILE");
	FILE *out = fopen("/dev/null", "w");
	bool ok = out;

	*why = "the report cannot be explained; zonewalk explain FILE says why";
	for (unsigned int i = 0; ok && i < nr_runs; i++) {
		const double start = bench_now_ns();

		ok = explain_file(named ? named : sample, out);
		bench_add(&f[0], (bench_now_ns() - start) / 1e6);
	}
	if (out)
		fclose(out);
	return ok ? bench_name(f, labels, sizeof(labels) / sizeof(labels[0])) :
		    0;
}
