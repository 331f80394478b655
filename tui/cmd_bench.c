/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk bench: how fast the allocator is on this machine. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"

/* A suite: what it measures, and where it stands in --json. */
struct suite {
	const char *name;
	const char *key;
	const char *title;
	unsigned int (*run)(struct bench_figure *figures,
			    unsigned int nr_runs, const char **why);
};

static const struct suite suites[] = {
#define BENCH(name, key, title) { #name, key, title, bench_##name },
#include "benches.def"
};

enum { NR_SUITES = sizeof(suites) / sizeof(suites[0]) };

static void print_json(const struct suite *suite, bool first,
		       const struct bench_figure *figures, unsigned int nr)
{
	printf("%s\"%s\":[", first ? "{" : ",", suite->key);
	for (unsigned int i = 0; i < nr; i++)
		printf("%s{\"name\":\"%s\",\"median\":%.3f,\"min\":%.3f,"
		       "\"max\":%.3f,\"p99\":%.3f,\"unit\":\"%s\"}",
		       i ? "," : "", figures[i].label.name,
		       bench_median(&figures[i]), bench_min(&figures[i]),
		       bench_max(&figures[i]), bench_p99(&figures[i]),
		       figures[i].label.unit);
	printf("]");
}

static void print_table(const struct suite *suite, bool first,
			const struct bench_figure *figures, unsigned int nr)
{
	printf("%s%s\n%-16s %9s %9s %9s\n", first ? "" : "\n", suite->title,
	       "", "median", "min", "max");
	for (unsigned int i = 0; i < nr; i++)
		printf("%-16s %9.2f %9.2f %9.2f %-4s %s\n", figures[i].label.name,
		       bench_median(&figures[i]), bench_min(&figures[i]),
		       bench_max(&figures[i]), figures[i].label.unit,
		       figures[i].label.what);
}

/* Is suite @i asked for? All are when none is named. */
static bool suite_wanted(unsigned int i, char **names, int nr_names)
{
	for (int n = 0; n < nr_names; n++)
		if (!strcmp(names[n], suites[i].name))
			return true;
	return !nr_names;
}

static bool suite_exists(const char *name)
{
	for (unsigned int i = 0; i < NR_SUITES; i++)
		if (!strcmp(name, suites[i].name))
			return true;
	return false;
}

static int run_suites(char **names, int nr_names, unsigned int nr_runs,
		      bool json)
{
	bool first = true;

	for (unsigned int i = 0; i < NR_SUITES; i++) {
		struct bench_figure *figures;
		const char *why = "no memory";
		unsigned int nr = 0;

		if (!suite_wanted(i, names, nr_names))
			continue;
		figures = calloc(MAX_BENCH_FIGURES, sizeof(*figures));
		if (figures)
			nr = suites[i].run(figures, nr_runs, &why);
		if (!nr) {
			free(figures);
			cli_error("bench: %s: %s", suites[i].name, why);
			return EXIT_LIMIT;
		}
		(json ? print_json : print_table)(&suites[i], first, figures,
						  nr);
		first = false;
		free(figures);
		fflush(stdout);
	}
	if (json)
		printf("}\n");
	return EXIT_GOOD;
}

int cmd_bench(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "runs", required_argument, NULL, 'r' },
		{ "file", required_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	unsigned long nr_runs = 11;
	bool json = false;
	char *end;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 'r':
			nr_runs = strtoul(optarg, &end, 10);
			if (*end || !nr_runs || nr_runs > MAX_BENCH_RUNS)
				return cli_usage("bench",
						 "--runs \"%s\": a number "
						 "from 1 to %d",
						 optarg, MAX_BENCH_RUNS);
			break;
		case 'f':
			/* the suites know of options by their environment */
			if (setenv("ZONEWALK_BENCH_FILE", optarg, 1))
				return cli_usage("bench", "--file: no memory");
			break;
		default:
			return cli_usage("bench", "wrong option");
		}
	}
	for (int i = optind; i < argc; i++)
		if (!suite_exists(argv[i]))
			return cli_usage("bench", "\"%s\": no such suite",
					 argv[i]);
	return cli_finish(run_suites(argv + optind, argc - optind,
				     (unsigned int)nr_runs, json));
}
