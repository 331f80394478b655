/* SPDX-License-Identifier: GPL-2.0-or-later */
/* progress: a file of names. */
#include "model/progress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/file.h"
#include "model/text.h"

enum { PATH_SIZE = 4096, MAX_STATE = 1 << 20 };

/* The file; false: there is no home to keep it in. */
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

/* The file's text, to free; "" when there is none yet, NULL: @error. */
static char *read_state(const char *path, struct file_error *error)
{
	struct file_text file;

	if (access(path, F_OK))
		return strdup("");
	return file_read(&file, path, MAX_STATE, error) ? file.data : NULL;
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

bool progress_is_done(const char *name)
{
	struct file_error error;
	char path[PATH_SIZE];
	char *text = state_path(path) ? read_state(path, &error) : NULL;
	bool done = text && words_contain(text, '\n', name);

	free(text);
	return done;
}

static bool add_name(char *path, const char *text, const char *name,
		     struct file_error *error)
{
	size_t length = strlen(text), size = length + strlen(name) + 3;
	char *fresh = malloc(size);
	bool ok = fresh != NULL;

	if (!ok)
		print_to(error->text, MESSAGE_no_memory);
	else
		snprintf(fresh, size, "%s%s%s\n", text,
			 length && text[length - 1] != '\n' ? "\n" : "", name);
	ok = ok && make_folders(path, error) &&
	     file_write(path, fresh, strlen(fresh), error);
	free(fresh);
	return ok;
}

bool progress_set_done(const char *name, struct file_error *error)
{
	struct file_error why = { "not enough memory" };
	char path[PATH_SIZE], *text;
	bool ok;

	if (!state_path(path))
		return error_set(error, MESSAGE_done_no_home);
	text = read_state(path, &why);
	ok = text && (words_contain(text, '\n', name) ||
		      add_name(path, text, name, &why));
	free(text);
	return ok || error_set(error, MESSAGE_done_file, why.text);
}
