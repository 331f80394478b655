/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: from the names on the command line to a report. */
#include "grade/grade.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "grade/grade_private.h"
#include "sandbox/run.h"
#include "sandbox/isolate.h"

/* -- who is graded -------------------------------------------------------- */

/* File names that say nothing about who wrote it: the folder does. */
static bool is_anybody(const char *stem, size_t length)
{
	static const char *const names[] = { "submission", "solution",
					     "scenario", "answer", "main" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length &&
		    !strncmp(names[i], stem, length))
			return true;
	return false;
}

/* The last part of @path, which has @length bytes; *@nr its length. */
static const char *last_part(const char *path, size_t length, size_t *nr)
{
	size_t begin;

	while (length > 1 && path[length - 1] == '/')
		length--;
	begin = length;
	while (begin && path[begin - 1] != '/')
		begin--;
	*nr = length - begin;
	return path + begin;
}

char *grade_id(const char *path)
{
	struct stat st;
	size_t nr;
	const char *name = last_part(path, strlen(path), &nr);
	const char *dot;

	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return strndup(name, nr);
	dot = strrchr(name, '.');
	if (dot && dot != name)
		nr = (size_t)(dot - name);
	if (is_anybody(name, nr) && name > path + 1)
		name = last_part(path, (size_t)(name - path), &nr);
	return strndup(name, nr);
}

static bool is_lua(const char *name)
{
	size_t length = strlen(name);

	return *name != '.' && length > 4 && !strcmp(name + length - 4, ".lua");
}

/* Is @path a link, whatever it leads to? Then without a slash at its end. */
static char *link_itself(const char *path)
{
	size_t length = strlen(path);
	struct stat st;
	char *name;

	while (length > 1 && path[length - 1] == '/')
		length--;
	name = strndup(path, length);
	if (name && !lstat(name, &st) && S_ISLNK(st.st_mode))
		return name;
	free(name);
	return NULL;
}

/* A folder stands for the one Lua file in it; free()able. */
static char *submission_file(const char *path)
{
	char *found = link_itself(path);
	struct dirent *entry;
	unsigned int nr = 0;
	DIR *folder;

	if (found)
		return found; /* refused when it is graded */
	folder = opendir(path);
	if (!folder)
		return strdup(path);
	while ((entry = readdir(folder))) {
		size_t size = strlen(path) + strlen(entry->d_name) + 2;

		if (!is_lua(entry->d_name) || nr++)
			continue;
		found = malloc(size);
		if (found)
			snprintf(found, size, "%s/%s", path, entry->d_name);
	}
	closedir(folder);
	if (nr == 1)
		return found;
	free(found);
	return strdup(path); /* cannot be read, and that is said */
}

struct class
{
	char **paths;
	char **ids;
	uint32_t nr;
};

static void class_fini(struct class *c)
{
	for (uint32_t i = 0; i < c->nr; i++) {
		free(c->paths[i]);
		free(c->ids[i]);
	}
	free(c->paths);
	free(c->ids);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* An id that two have, or NULL. */
static const char *id_twice(const struct class *c)
{
	const char **ids = calloc(c->nr + 1, sizeof(*ids)), *twice = NULL;

	if (!ids)
		return NULL;
	for (uint32_t i = 0; i < c->nr; i++)
		ids[i] = c->ids[i];
	qsort(ids, c->nr, sizeof(*ids), compare_texts);
	for (uint32_t i = 1; i < c->nr && !twice; i++)
		if (!strcmp(ids[i], ids[i - 1]))
			twice = ids[i];
	free(ids);
	return twice;
}

static enum grade_end class_open(struct class *c, const struct grade_options *o,
				 char *message, size_t size)
{
	const char *twice;

	c->paths = calloc(o->nr_submissions + 1, sizeof(char *));
	c->ids = calloc(o->nr_submissions + 1, sizeof(char *));
	snprintf(message, size, "no memory");
	if (!c->paths || !c->ids)
		return GRADE_END_INTERNAL;
	for (uint32_t i = 0; i < o->nr_submissions; i++) {
		char *id = grade_id(o->submissions[i]);

		if (id && o->only && strcmp(id, o->only)) {
			free(id);
			continue;
		}
		c->ids[c->nr] = id;
		c->paths[c->nr] = submission_file(o->submissions[i]);
		c->nr++;
		if (!id || !c->paths[c->nr - 1])
			return GRADE_END_INTERNAL;
	}
	if (!c->nr) {
		snprintf(message, size, "--only %s: no submission has that id",
			 o->only ? o->only : "");
		return GRADE_END_ONLY;
	}
	twice = id_twice(c);
	if (!twice)
		return GRADE_END_GOOD;
	snprintf(message, size,
		 "two submissions have the id \"%s\"; the id is the file's "
		 "name without its ending, or the folder's name",
		 twice);
	return GRADE_END_ONLY;
}

/* -- the assignment ------------------------------------------------------- */

void grader_close(struct grader *g)
{
	if (g->proto)
		assignment_close(g->proto);
	assignment_file_fini(&g->file);
}

static bool read_properties(struct grader *g, struct grade_report *report)
{
	const struct assignment *a = g->proto;

	report->title = strdup(a->title);
	report->kind = strdup(a->kind);
	report->assignment = strdup(g->file.path);
	report->engine_version = strdup(g->options->engine_version);
	report->isolation = strdup("");
	memcpy(report->assignment_hash, g->file.hash, sizeof(g->file.hash));
	report->properties =
		calloc(a->nr_properties, sizeof(*report->properties));
	if (!report->title || !report->kind || !report->assignment ||
	    !report->engine_version || !report->isolation ||
	    !report->properties)
		return false;
	report->nr_properties = a->nr_properties;
	for (uint32_t i = 0; i < a->nr_properties; i++) {
		if (!assignment_property(a, i, &report->properties[i]))
			return false;
		report->max += report->properties[i].max;
	}
	g->nr_properties = report->nr_properties;
	g->properties = report->properties;
	g->max = report->max;
	return true;
}

enum grade_end grader_open(struct grader *g,
			   const struct grade_options *options,
			   struct grade_report *report, char *message,
			   size_t size)
{
	*g = (struct grader){ .options = options };
	*report = (struct grade_report){ .title = NULL };
	if (!assignment_read(&g->file, options->assignment, message, size))
		return GRADE_END_FILE;
	g->proto = assignment_open(&g->file, 1, message, size);
	if (g->proto && read_properties(g, report))
		return GRADE_END_GOOD;
	if (g->proto) {
		snprintf(message, size, "no memory");
		grader_close(g);
		grade_report_fini(report);
		return GRADE_END_INTERNAL;
	}
	grader_close(g);
	return GRADE_END_ASSIGNMENT;
}

/* -- isolation ------------------------------------------------------------ */

/*
 * An empty scenario is run as a submission is: what holds for it holds for
 * all, and what is missing is seen before any is run.
 */
static enum grade_end probe_isolation(const struct grade_options *o,
				      struct grade_report *report,
				      char *message, size_t size)
{
	const struct scenario_options options = {
		.record = true,
		.seed = 1,
		.isolation = o->allow_no_isolation ? ISOLATION_BEST :
						     ISOLATION_REQUIRED,
	};
	struct scenario *sc = scenario_run("/dev/null", &options);
	enum grade_end end = GRADE_END_INTERNAL;
	char text[160];

	snprintf(message, size, "%s", sc ? scenario_message(sc) : "no memory");
	if (sc && scenario_outcome(sc) == SCENARIO_ISOLATION)
		end = GRADE_END_ISOLATION;
	if (sc && scenario_outcome(sc) == SCENARIO_OK &&
	    grade_replace(&report->isolation,
			  isolation_text(&sc->report, text, sizeof(text))))
		end = GRADE_END_GOOD;
	scenario_free(sc);
	return end;
}

/* -- grading -------------------------------------------------------------- */

static enum grade_end grade_class(struct grader *g, struct grade_report *report,
				  char *message, size_t size)
{
	struct class class = { .nr = 0 };
	enum grade_end end = class_open(&class, g->options, message, size);

	if (end == GRADE_END_GOOD)
		end = probe_isolation(g->options, report, message, size);
	if (end == GRADE_END_GOOD) {
		report->submissions =
			calloc(class.nr, sizeof(*report->submissions));
		if (!report->submissions)
			end = GRADE_END_INTERNAL;
	}
	if (end == GRADE_END_GOOD) {
		report->nr_submissions = class.nr;
		if (!grade_pool(g, (const char *const *)class.paths, class.ids,
				class.nr, report->submissions, message, size))
			end = GRADE_END_INTERNAL;
	}
	class_fini(&class);
	return end;
}

enum grade_end grade_run(const struct grade_options *options,
			 struct grade_report *report, char *message,
			 size_t size)
{
	struct grader g;
	enum grade_end end = grader_open(&g, options, report, message, size);

	if (end != GRADE_END_GOOD)
		return end;
	end = grade_class(&g, report, message, size);
	grader_close(&g);
	if (end != GRADE_END_GOOD)
		grade_report_fini(report);
	return end;
}
