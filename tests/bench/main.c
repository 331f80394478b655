/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zonewalk-bench: run the benchmarks.
 *
 *   zonewalk-bench [SUITE...] [--json] [--runs N] [--file F]
 */
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "commands/command.h"
#include "lua/scenario.h"
#include "machine/gfp.h"
#include "sandbox/child.h"
#include "sandbox/isolate.h"

ISOLATE_PROGRAM;

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

/* False after an error, which is printed. */
static bool measure(const struct benching *b, const struct suite *suite,
		    struct measured *m)
{
	const char *why = "no memory";

	m->figures = calloc(MAX_BENCH_FIGURES, sizeof(*m->figures));
	if (m->figures)
		m->nr = suite->run(m->figures, b->nr_runs, &why);
	if (!m->nr)
		fprintf(stderr, "zonewalk-bench: %s: %s\n", suite->name, why);
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

static int help(void)
{
	puts("usage: zonewalk-bench [SUITE...] [--json] [--runs N] [--file F]\n\n"
	     "run the benchmarks\n\n"
	     "Without SUITE, run all of them. Each figure is the median of its "
	     "runs, with the\nsmallest and the largest. Machines are noisy: "
	     "compare figures of one run only.\n\n"
	     "Options:\n"
	     "  --json    print the figures as JSON\n"
	     "  --runs N  repeat each workload N times (11)\n"
	     "  --file F  the file that \"open\" opens, or \"explain\" explains\n\n"
	     "Suites:");
	for (unsigned int i = 0; i < NR_SUITES; i++)
		printf("  %-13s %s\n", suites[i].name, suites[i].title);
	return EXIT_GOOD;
}

/* A wrong call: "zonewalk-bench: MESSAGE". */
__attribute__((format(printf, 1, 2))) static int usage(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("zonewalk-bench: ", stderr);
	vfprintf(stderr, format, arguments);
	fputs("\nzonewalk-bench: see: zonewalk-bench --help\n", stderr);
	va_end(arguments);
	return EXIT_USAGE;
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
			return usage("\"%s\": no such suite%s%s%s", names[n],
				     near ? "; did you mean " : "",
				     near ? near : "", near ? "?" : "");
	}
	return EXIT_GOOD;
}

static int parse_runs(struct benching *b, const char *text)
{
	uint64_t nr_runs;

	if (!read_number(text, MAX_BENCH_RUNS, &nr_runs) || !nr_runs)
		return usage("--runs \"%s\": a number from 1 to %d", text,
			     MAX_BENCH_RUNS);
	b->nr_runs = (unsigned int)nr_runs;
	return EXIT_GOOD;
}

/* EXIT_GOOD, an exit code, or HELP_ASKED. */
enum { HELP_ASKED = -1 };

static int take_option(struct benching *b, int option)
{
	switch (option) {
	case 'j':
		b->json = true;
		return EXIT_GOOD;
	case 'r':
		return parse_runs(b, optarg);
	case 'f':
		/* the suites receive options in their environment */
		return setenv("ZONEWALK_BENCH_FILE", optarg, 1) ? EXIT_LIMIT :
								  EXIT_GOOD;
	case 'h':
		return HELP_ASKED;
	default: /* getopt has printed what is wrong */
		return EXIT_USAGE;
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "runs", required_argument, NULL, 'r' },
		{ "file", required_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct measured measured[NR_SUITES] = { { NULL, 0 } };
	struct benching b = { .nr_runs = 11 };
	int option, code = EXIT_GOOD;

	scenario_child(argc, argv); /* returns unless started to run one */
	setlocale(LC_CTYPE, "");
	while (code == EXIT_GOOD &&
	       (option = getopt_long(argc, argv, "h", options, NULL)) != -1)
		code = take_option(&b, option);
	if (code != EXIT_GOOD)
		return code < 0 ? help() : code;
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
