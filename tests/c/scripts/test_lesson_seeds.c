/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every lesson holds with many seeds: it runs to its end and no expect()
 * fails. All runs are in this process, where one takes a few milliseconds.
 *
 *   test_lesson_seeds [SEEDS]
 */
#include <dirent.h>

#include "sandbox/run.h"
#include "test.h"

static bool is_lesson(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ".lua");
}

static bool lesson_holds(const char *path, uint64_t seed)
{
	const struct scenario_options options = { .record = true,
						  .seed = seed,
						  .isolation = ISOLATION_NONE };
	struct scenario *sc = scenario_run(path, &options);
	bool holds = sc && scenario_outcome(sc) == SCENARIO_OK;

	if (!holds)
		fprintf(stderr, "%s, seed %d: %s\n", path, (int)seed,
			sc ? scenario_message(sc) : "no memory");
	scenario_free(sc);
	return holds;
}

static int check_lessons(const char *folder, DIR *dir, int nr_seeds)
{
	const struct dirent *entry;
	int nr_lessons = 0;
	char path[1024];

	while ((entry = readdir(dir))) {
		if (!is_lesson(entry->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		for (int seed = 1; seed <= nr_seeds; seed++)
			CHECK(lesson_holds(path, (uint64_t)seed));
		nr_lessons++;
	}
	return nr_lessons;
}

int main(int argc, char **argv)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char folder[512];
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/scenarios", source ? source : ".");
	dir = opendir(folder);
	CHECK(dir);
	if (dir) {
		CHECK(check_lessons(folder, dir,
				    argc > 1 ? atoi(argv[1]) : 50) >= 17);
		closedir(dir);
	}
	return test_done();
}
