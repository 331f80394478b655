/* SPDX-License-Identifier: GPL-2.0-or-later */
/* progress: a file with a line for each lesson. */
#include "model/progress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/text.h"

enum { PATH_SIZE = 4096, MAX_FILE = 1 << 20, MAX_QUESTIONS = 10000 };

static const char *const state_words[] = { "none", "begun", "done" };

/* The file as it is read, line by line. */
struct state_file {
	char path[PATH_SIZE];
	struct file_text text;
	size_t offset; /* of the next line */
	unsigned int line; /* the number of this one */
	bool malformed; /* it is */
};

/* A line of the file. */
struct entry {
	const char *text; /* not terminated, and how long it is */
	size_t length;
	size_t name_length; /* the name comes first */
	struct progress progress;
};

/* -- the file ------------------------------------------------------------- */

/* False: there is no home to keep it in. */
static bool state_path(char path[PATH_SIZE])
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME"), *below = "";

	/* the specification: a path that is not absolute does not count */
	if (!state || state[0] != '/') {
		state = home;
		below = "/.local/state";
	}
	return state && state[0] == '/' &&
	       snprintf(path, PATH_SIZE, "%s%s/zonewalk/lessons-done", state,
			below) < PATH_SIZE;
}

/* A file that does not exist yet is empty. */
static bool read_state(struct state_file *file, struct file_error *error)
{
	return access(file->path, F_OK) ?
		       file_copy(&file->text, file->path, "", 0, error) :
		       file_read(&file->text, file->path, MAX_FILE, error);
}

/* Make the folders of a path. */
static bool make_folders(char *path, struct file_error *error)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/'));) {
		bool made;

		*slash = '\0';
		made = !mkdir(path, 0700) || errno == EEXIST;
		if (!made)
			print_to(error->text, "%.400s: %s", path,
				 strerror(errno));
		*slash++ = '/';
		if (!made)
			return false;
	}
	return true;
}

/* -- lines ---------------------------------------------------------------- */

/* What stands behind the name: false if it is malformed. */
static bool read_fields(const char *text, struct progress *p)
{
	char word[8] = "";
	int end = 0;

	if (sscanf(text, "%7s %u %u%n", word, &p->nr_right, &p->nr_asked,
		   &end) != 3 ||
	    text[end])
		return false;
	while (p->state < NR_PROGRESS_STATES &&
	       strcmp(word, state_words[p->state]))
		p->state++;
	return p->state < NR_PROGRESS_STATES && p->nr_right <= p->nr_asked &&
	       p->nr_asked <= MAX_QUESTIONS;
}

static bool read_entry(struct entry *e)
{
	const char *tab = memchr(e->text, '\t', e->length);
	char fields[64];

	e->name_length = tab ? (size_t)(tab - e->text) : e->length;
	e->progress = (struct progress){ .state = PROGRESS_DONE };
	if (memchr(e->text, '\0', e->length))
		return false;
	if (!tab)
		return true;
	e->progress.state = PROGRESS_NONE;
	return print_to(fields, "%.*s", (int)(e->length - e->name_length),
			tab) < (int)sizeof(fields) &&
	       read_fields(fields, &e->progress);
}

/* False: at the end, or at a malformed line. */
static bool next_entry(struct state_file *file, struct entry *e)
{
	if (!file_next_line(&file->text, &file->offset, &e->text, &e->length))
		return false;
	file->line++;
	file->malformed = !read_entry(e);
	return !file->malformed;
}

static bool is_of(const struct entry *e, const char *name)
{
	return strlen(name) == e->name_length &&
	       !memcmp(name, e->text, e->name_length);
}

/* After the last line: was each of them good? */
static bool is_good(const struct state_file *file, struct file_error *error)
{
	return !file->malformed ||
	       error_set(error, MESSAGE_progress_line, file->path, file->line);
}

bool progress_get(const char *name, struct progress *progress,
		  struct file_error *error)
{
	struct state_file file = { .offset = 0 };
	struct entry e;

	*progress = (struct progress){ .state = PROGRESS_NONE };
	if (!state_path(file.path))
		return true;
	if (!read_state(&file, error))
		return false;
	while (next_entry(&file, &e))
		if (is_of(&e, name))
			*progress = e.progress;
	free(file.text.data);
	return is_good(&file, error);
}

/* -- recording ------------------------------------------------------------ */

/* Is @p the better score? */
static bool is_better(const struct progress *p, const struct progress *old)
{
	return (uint64_t)p->nr_right * old->nr_asked >
		       (uint64_t)old->nr_right * p->nr_asked ||
	       (p->nr_asked && !old->nr_asked);
}

/* @old with what is better in @reached. */
static struct progress improved(struct progress old,
				const struct progress *reached)
{
	const struct progress *best = is_better(reached, &old) ? reached : &old;

	return (struct progress){ .state = reached->state > old.state ?
						   reached->state :
						   old.state,
				  .nr_right = best->nr_right,
				  .nr_asked = best->nr_asked };
}

static void print_entry(FILE *out, const char *name, struct progress p)
{
	fprintf(out, "%s\t%s\t%u\t%u\n", name, state_words[p.state], p.nr_right,
		p.nr_asked);
}

/* The new text: the other lines stay as they are. */
static void print_state(struct state_file *file, FILE *out, const char *name,
			const struct progress *reached)
{
	struct progress old = { .state = PROGRESS_NONE };
	struct entry e;
	bool found = false;

	while (next_entry(file, &e)) {
		found |= is_of(&e, name);
		if (is_of(&e, name))
			print_entry(out, name, improved(e.progress, reached));
		else
			fprintf(out, "%.*s\n", (int)e.length, e.text);
	}
	if (!found)
		print_entry(out, name, improved(old, reached));
}

static bool replace(struct state_file *file, const char *name,
		    const struct progress *reached, struct file_error *error)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool ok = out;

	if (out) {
		print_state(file, out, name, reached);
		ok = !fclose(out);
	}
	if (!ok)
		error_set(error, MESSAGE_no_memory);
	ok = ok && is_good(file, error);
	if (ok &&
	    (size != file->text.size || memcmp(text, file->text.data, size)))
		ok = make_folders(file->path, error) &&
		     file_write(file->path, text, size, error);
	free(text);
	return ok;
}

bool progress_record(const char *name, const struct progress *reached,
		     struct file_error *error)
{
	struct state_file file = { .offset = 0 };
	struct file_error why = { "" };
	bool ok;

	if (!state_path(file.path))
		return error_set(error, MESSAGE_progress_no_home);
	ok = !strpbrk(name, "\t\n") ||
	     error_set(&why, MESSAGE_progress_name, name);
	ok = ok && read_state(&file, &why);
	ok = ok && replace(&file, name, reached, &why);
	free(file.text.data);
	return ok || error_set(error, MESSAGE_progress_file, why.text);
}

bool progress_exists(void)
{
	char path[PATH_SIZE];

	return !state_path(path) || !access(path, F_OK) || errno != ENOENT;
}
