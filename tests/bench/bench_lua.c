/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_lua: what the scenario language costs over the engine that it
 * drives: many requests at once (m:fill, blocks:free), and one by one with
 * tables of named values. Each number is the time of a request in a script,
 * less that of the same request without a script.
 *
 * A script has no clock: the times at which its notes arrive are measured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/arena.h"
#include "bench.h"
#include "boot/boot.h"
#include "sandbox/run.h"

enum { NR_QUIET = 100000, NR_RECORDED = 20000, NR_MARKS = 3 };

static const char script_bulk[] =
	"local m = machine { nodes = { { memory = '1G' } } }\n"
	"%s\n"
	"say ''\n"
	"local blocks = m:fill { gfp = 'GFP_HIGHUSER_MOVABLE', count = %d }\n"
	"say ''\n"
	"blocks:free()\n"
	"say ''\n";

static const char script_tables[] =
	"local m = machine { nodes = { { memory = '1G' } } }\n"
	"local blocks, nr = {}, %d\n"
	"for i = 1, nr do blocks[i] = 0 end\n"
	"say ''\n"
	"for i = 1, nr do\n"
	"  blocks[i] = m:alloc { order = 0, gfp = 'GFP_HIGHUSER_MOVABLE' }\n"
	"end\n"
	"say ''\n"
	"for i = 1, nr do blocks[i]:free { cpu = 0 } end\n"
	"say ''\n";

/* The times of the notes, in ns. */
struct marks {
	double at[NR_MARKS];
	unsigned int nr;
};

static void record_time(void *context, const struct session *s,
			const struct note *note)
{
	struct marks *marks = context;

	(void)s;
	(void)note;
	if (marks->nr < NR_MARKS)
		marks->at[marks->nr] = bench_now_ns();
	marks->nr++;
}

/* Run @script; a request's ns in each half. False: *@why. */
static bool run_script(const char *script, int nr, bool record, double half[2],
		       const char **why)
{
	char path[] = P_tmpdir "/zonewalk-bench-XXXXXX";
	struct marks marks = { .nr = 0 };
	const struct scenario_options options = {
		.record = record,
		.isolation = ISOLATION_NONE,
		.on_note = record_time,
		.context = &marks,
		.limits = { [LIMIT_EVENTS] = UINT32_MAX, [LIMIT_WALL] = 600000 },
	};
	struct scenario *sc = NULL;
	int fd = mkstemp(path);
	bool good = fd >= 0 && write(fd, script, strlen(script)) ==
				       (ssize_t)strlen(script);

	if (good)
		sc = scenario_run(path, &options);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	good = sc && scenario_outcome(sc) == SCENARIO_OK &&
	       marks.nr == NR_MARKS;
	*why = "a script could not run";
	for (int i = 0; good && i < 2; i++)
		half[i] = (marks.at[i + 1] - marks.at[i]) / nr;
	if (sc)
		scenario_free(sc);
	return good;
}

/* The same requests by the allocator's functions. False: no memory. */
static bool run_engine(struct machine *m, int nr, double half[2])
{
	const struct alloc_request request = { .gfp = GFP_HIGHUSER_MOVABLE };
	uint32_t *pfns = calloc((size_t)nr, sizeof(*pfns));
	double begin = bench_now_ns();
	bool good = pfns != NULL;

	for (int i = 0; good && i < nr; i++)
		good = machine_alloc(m, &request, &pfns[i]) ==
			       MACHINE_ERROR_none &&
		       pfns[i] != PFN_NONE;
	half[0] = (bench_now_ns() - begin) / nr;
	begin = bench_now_ns();
	for (int i = 0; good && i < nr; i++)
		good = machine_free(m, 0, pfns[i], 0) == MACHINE_ERROR_none;
	half[1] = (bench_now_ns() - begin) / nr;
	free(pfns);
	return good;
}

static bool boot(struct machine *m, const char **why)
{
	struct machine_description *d = machine_description_new();
	char message[256];
	bool good = d != NULL;

	*why = "no memory for a machine";
	if (!good)
		return false;
	d->nr_nodes = 1;
	d->node[0].nr_pages = 1 << 18;
	good = machine_boot(m, d, message, sizeof(message)) == BOOT_OK;
	free(d);
	return good;
}

/* What the engine takes for a request in each half. */
static bool measure_engine(int nr, double half[2], const char **why)
{
	struct machine m = { .region = NULL };
	bool good;

	if (!boot(&m, why))
		return false;
	good = run_engine(&m, nr, half);
	arena_destroy(&m);
	return good;
}

enum figure {
	FIGURE_FILL,
	FIGURE_FREE_MANY,
	FIGURE_ALLOC,
	FIGURE_FREE,
	FIGURE_OTHER_HOOK,
	FIGURE_HOOK,
	NR_FIGURES
};

static const struct bench_label labels[NR_FIGURES] = {
	{ "fill", "ns", "m:fill, a block, over the engine" },
	{ "free_many", "ns", "blocks:free, a block, over the engine" },
	{ "alloc", "ns", "m:alloc{ order, gfp }, over the engine" },
	{ "free", "ns", "block:free{ cpu }, over the engine" },
	{ "idle_hook", "ns",
	  "a recorded block, more for a hook that is never called" },
	{ "hook", "ns", "the same, more for one that is, and does nothing" },
};

/*
 * Time the script in bulk form with that hook, or that with tables (NULL), a
 * request in each half, less what @less says.
 */
static bool measure(const char *hook, bool record, const double less[2],
		    double half[2], const char **why)
{
	const int nr = record ? NR_RECORDED : NR_QUIET;
	char script[1024];

	if (hook)
		snprintf(script, sizeof(script), script_bulk, hook, nr);
	else
		snprintf(script, sizeof(script), script_tables, nr);
	if (!run_script(script, nr, record, half, why))
		return false;
	half[0] -= less[0];
	half[1] -= less[1];
	return true;
}

static void add_both(struct bench_figure *first, const double half[2])
{
	bench_add(first, half[0]);
	bench_add(first + 1, half[1]);
}

static bool measure_quiet(struct bench_figure *f, const char **why)
{
	double engine[2], half[2];

	if (!measure_engine(NR_QUIET, engine, why) ||
	    !measure("", false, engine, half, why))
		return false;
	add_both(&f[FIGURE_FILL], half);
	if (!measure(NULL, false, engine, half, why))
		return false;
	add_both(&f[FIGURE_ALLOC], half);
	return true;
}

/*
 * With a history most of the time goes into its memory, which is new to the
 * system in the first run: one without a hook goes before, uncounted, and
 * another after, so that a drift of the machine's speed does not count.
 */
static bool measure_recorded(struct bench_figure *f, const char **why)
{
	static const double nothing[2] = { 0, 0 };
	double first[2], idle[2], hook[2], last[2], plain;

	if (!measure("", true, nothing, first, why) ||
	    !measure("", true, nothing, first, why) ||
	    !measure("on.slow_path(function() end)", true, nothing, idle,
		     why) ||
	    !measure("on.mm_page_alloc(function() end)", true, nothing, hook,
		     why) ||
	    !measure("", true, nothing, last, why))
		return false;
	plain = (first[0] + last[0]) / 2;
	bench_add(&f[FIGURE_OTHER_HOOK], idle[0] - plain);
	bench_add(&f[FIGURE_HOOK], hook[0] - plain);
	return true;
}

unsigned int bench_lua(struct bench_figure *figures, unsigned int nr_runs,
		       const char **why)
{
	for (unsigned int i = 0; i < nr_runs; i++)
		if (!measure_quiet(figures, why) ||
		    !measure_recorded(figures, why))
			return 0;
	return bench_name(figures, labels, NR_FIGURES);
}
