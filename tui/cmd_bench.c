/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk bench: how fast the allocator is on this machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "gfp.h"

/* A suite: what it measures, and where it stands in --json. */
struct suite {
	const char *name;
	const char *key;
	const char *title;
	unsigned int (*run)(struct bench_figure *figures, unsigned int nr_runs,
			    const char **why);
};

static const struct suite suites[] = {
#define BENCH(name, key, title) { #name, key, title, bench_##name },
#include "benches.def"
};

enum { NR_SUITES = sizeof(suites) / sizeof(suites[0]) };

struct benching {
	char **names; /* of the suites that are wanted */
	int nr_names; /* 0: all are */
	unsigned int nr_runs;
	bool json;
};

/* What a suite measured; nr is 0 until then. */
struct measured {
	struct bench_figure *figures;
	unsigned int nr;
};

/* Its figures as a member of an object. */
static void print_json(const struct suite *suite, const struct measured *m)
{
	printf("\"%s\":[", suite->key);
	for (unsigned int i = 0; i < m->nr; i++)
		printf("%s{\"name\":\"%s\",\"median\":%.3f,\"min\":%.3f,"
		       "\"max\":%.3f,\"p99\":%.3f,\"unit\":\"%s\"}",
		       i ? "," : "", m->figures[i].label.name,
		       bench_median(&m->figures[i]), bench_min(&m->figures[i]),
		       bench_max(&m->figures[i]), bench_p99(&m->figures[i]),
		       m->figures[i].label.unit);
	printf("]");
}

static void print_table(const struct suite *suite, const struct measured *m)
{
	printf("%s\n%-16s %9s %9s %9s\n", suite->title, "", "median", "min",
	       "max");
	for (unsigned int i = 0; i < m->nr; i++)
		printf("%-16s %9.2f %9.2f %9.2f %-4s %s\n",
		       m->figures[i].label.name, bench_median(&m->figures[i]),
		       bench_min(&m->figures[i]), bench_max(&m->figures[i]),
		       m->figures[i].label.unit, m->figures[i].label.what);
	fflush(stdout);
}

static bool suite_wanted(const struct benching *b, const struct suite *suite)
{
	for (int n = 0; n < b->nr_names; n++)
		if (!strcmp(b->names[n], suite->name))
			return true;
	return !b->nr_names;
}

/* False, and why is told: it could not. */
static bool measure(const struct benching *b, const struct suite *suite,
		    struct measured *m)
{
	const char *why = "no memory";

	m->figures = calloc(MAX_BENCH_FIGURES, sizeof(*m->figures));
	if (m->figures)
		m->nr = suite->run(m->figures, b->nr_runs, &why);
	if (!m->nr)
		cli_error("bench: %s: %s", suite->name, why);
	return m->nr;
}

/* A table at a time as they come; JSON whole, or none. */
static bool run_suites(const struct benching *b, struct measured *measured)
{
	bool first = true;

	for (unsigned int i = 0; i < NR_SUITES; i++) {
		if (!suite_wanted(b, &suites[i]))
			continue;
		if (!measure(b, &suites[i], &measured[i]))
			return false;
		if (b->json)
			continue;
		if (!first)
			putchar('\n');
		first = false;
		print_table(&suites[i], &measured[i]);
	}
	for (unsigned int i = 0; b->json && i < NR_SUITES; i++) {
		if (!measured[i].nr)
			continue;
		putchar(first ? '{' : ',');
		first = false;
		print_json(&suites[i], &measured[i]);
	}
	if (b->json)
		puts("}");
	return true;
}

void cmd_bench_suites(void)
{
	printf("Suites:\n");
	for (unsigned int i = 0; i < NR_SUITES; i++)
		printf("  %-13s %s\n", suites[i].name, suites[i].title);
}

static int check_suites(char **names, int nr_names)
{
	for (int n = 0; n < nr_names; n++) {
		const char *near = nearest_name(names[n], suites, NR_SUITES,
						sizeof(suites[0]));
		bool found = false;

		for (unsigned int i = 0; i < NR_SUITES; i++)
			found |= !strcmp(names[n], suites[i].name);
		if (!found)
			return cli_usage("bench", "\"%s\": no such suite%s%s%s",
					 names[n],
					 near ? "; did you mean " : "",
					 near ? near : "", near ? "?" : "");
	}
	return EXIT_GOOD;
}

static int parse_runs(struct benching *b, const char *text)
{
	uint64_t nr_runs;

	if (!cli_number(text, MAX_BENCH_RUNS, &nr_runs) || !nr_runs)
		return cli_usage("bench",
				 "--runs \"%s\": a number from 1 to %d", text,
				 MAX_BENCH_RUNS);
	b->nr_runs = (unsigned int)nr_runs;
	return EXIT_GOOD;
}

static int parse_option(void *context, int option, const char *value)
{
	struct benching *b = context;

	switch (option) {
	case 'j':
		b->json = true;
		break;
	case 'r':
		return parse_runs(b, value);
	case 'f':
		/* the suites know of options by their environment */
		if (setenv("ZONEWALK_BENCH_FILE", value, 1))
			return cli_usage("bench", "--file: no memory");
		break;
	}
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
	struct measured measured[NR_SUITES] = { { NULL, 0 } };
	struct benching b = { .nr_runs = 11 };
	int code = cli_options(argc, argv, "bench", ":", options, parse_option,
			       &b);

	if (code != EXIT_GOOD)
		return code;
	b.names = argv + optind;
	b.nr_names = argc - optind;
	code = check_suites(b.names, b.nr_names);
	if (code != EXIT_GOOD)
		return code;
	code = run_suites(&b, measured) ? EXIT_GOOD : EXIT_LIMIT;
	for (unsigned int i = 0; i < NR_SUITES; i++)
		free(measured[i].figures);
	return cli_finish(code);
}
