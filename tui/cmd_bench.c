/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk bench: how fast the allocator is on this machine. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "command.h"

static void print_json(const struct bench_figure *figures, unsigned int nr)
{
	printf("{\"workloads\":[");
	for (unsigned int i = 0; i < nr; i++)
		printf("%s{\"name\":\"%s\",\"median\":%.3f,\"min\":%.3f,"
		       "\"max\":%.3f}",
		       i ? "," : "", figures[i].name,
		       bench_median(&figures[i]), bench_min(&figures[i]),
		       bench_max(&figures[i]));
	printf("]}\n");
}

static void print_table(const struct bench_figure *figures, unsigned int nr)
{
	printf("%-10s %8s %8s %8s   ns, of %u runs\n", "", "median", "min",
	       "max", figures[0].nr_runs);
	for (unsigned int i = 0; i < nr; i++)
		printf("%-10s %8.2f %8.2f %8.2f   %s\n", figures[i].name,
		       bench_median(&figures[i]), bench_min(&figures[i]),
		       bench_max(&figures[i]), figures[i].what);
}

int cmd_bench(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "runs", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct bench_figure figures[NR_BENCH_FIGURES];
	unsigned long nr_runs = 11;
	const char *why;
	bool json = false;
	char *end;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
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
		case 'h':
			printf("zonewalk bench [--json] [--runs N]\n\n"
			       "Times the allocator on a machine of 1 GiB "
			       "with one cpu, ns for a single\nalloc or "
			       "free. Build with "
			       "-DCMAKE_BUILD_TYPE=Release.\n");
			return cli_finish(EXIT_GOOD);
		default:
			return cli_usage("bench", "wrong option");
		}
	}
	if (optind < argc)
		return cli_usage("bench", "\"%s\": it takes no arguments",
				 argv[optind]);
	if (!bench_allocator(figures, (unsigned int)nr_runs, &why)) {
		cli_error("bench: %s", why);
		return EXIT_LIMIT;
	}
	if (json)
		print_json(figures, NR_BENCH_FIGURES);
	else
		print_table(figures, NR_BENCH_FIGURES);
	return cli_finish(EXIT_GOOD);
}
