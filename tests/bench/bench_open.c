/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_bench_open: how long until a file can be played: it is read, its
 * requests are made, its landmarks found. `zonewalk bench open --file F`
 * takes any scenario or recording; without it, the recording of the last
 * lesson.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "commands/lesson_list.h"
#include "commands/source.h"

static const struct bench_label labels[] = {
	{ "open", "ms", "a file, until its first picture can be drawn" },
	{ "steps", "", "steps in it" },
};

unsigned int bench_open(struct bench_figure *f, unsigned int nr_runs,
			const char **why)
{
	const char *file = getenv("ZONEWALK_BENCH_FILE");
	char path[4096];

	*why = "no lessons' folder, and no --file";
	if (!file) {
		char *folder = lessons_folder();

		if (!folder)
			return 0;
		snprintf(path, sizeof(path), "%s/recordings/duo-cpuset.jsonl",
			 folder);
		free(folder);
		file = path;
	}
	*why = "the file cannot be played; zonewalk frame FILE says why";
	for (unsigned int i = 0; i < nr_runs; i++) {
		const struct options options = { .grade = NULL };
		struct file_error error;
		double start = bench_now_ns();
		struct source source;

		if (source_open(&source, file, 0, &options, NULL, &error) !=
		    EXIT_GOOD)
			return 0;
		bench_add(&f[0], (bench_now_ns() - start) / 1e6);
		bench_add(&f[1], session_nr_steps(source.session));
		source_close(&source);
	}
	return bench_name(f, labels, sizeof(labels) / sizeof(labels[0]));
}
