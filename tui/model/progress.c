/* SPDX-License-Identifier: GPL-2.0-or-later */
/* progress: a file of names. */
#include "model/progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/text.h"
#include "json/writer.h"

enum { PATH_SIZE = 4096, MAX_STATE = 65536 };

/* Its folder; false: there is no home to keep it in. */
static bool state_folder(char *buf, size_t size)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int length;

	/* the specification: a path that is not absolute does not count */
	if (state && state[0] == '/')
		length = snprintf(buf, size, "%s/zonewalk", state);
	else if (home && home[0] == '/')
		length = snprintf(buf, size, "%s/.local/state/zonewalk", home);
	else
		return false;
	return length < (int)size;
}

static bool state_path(char *buf, size_t size)
{
	size_t length;

	if (!state_folder(buf, size))
		return false;
	length = strlen(buf);
	return snprintf(buf + length, size - length, "/lessons-done") <
	       (int)(size - length);
}

/* The folder and those above it. False: errno. */
static bool make_folders(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0700) && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return !mkdir(path, 0700) || errno == EEXIST;
}

/* The file's text, to free; "" when there is none yet, NULL: no memory. */
static char *read_state(void)
{
	char *text = calloc(1, MAX_STATE + 1), path[PATH_SIZE];
	FILE *in;

	if (!text || !state_path(path, sizeof(path)))
		return text;
	in = fopen(path, "re");
	if (in) {
		text[fread(text, 1, MAX_STATE, in)] = '\0';
		fclose(in);
	}
	return text;
}

static bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	while (*text) {
		size_t next = strcspn(text, "\n");

		if (next == length && !strncmp(text, line, length))
			return true;
		text += next + !!text[next];
	}
	return false;
}

bool progress_is_done(const char *name)
{
	char *text = read_state();
	bool done = text && has_line(text, name);

	free(text);
	return done;
}

static bool write_state(const char *text, char *message, size_t size)
{
	struct file_error error;
	char path[PATH_SIZE];

	if (!state_folder(path, sizeof(path))) {
		snprintf(message, size, MESSAGE_done_no_home);
		return false;
	}
	if (!make_folders(path)) {
		snprintf(message, size, MESSAGE_done_folder, path,
			 strerror(errno));
		return false;
	}
	state_path(path, sizeof(path));
	if (file_write(path, text, strlen(text), &error))
		return true;
	snprintf(message, size, MESSAGE_done_file, error.text);
	return false;
}

bool progress_set_done(const char *name, char *message, size_t size)
{
	char *text = read_state();
	size_t length, room;
	bool ok = true;

	if (!text) {
		snprintf(message, size, MESSAGE_no_memory);
		return false;
	}
	length = strlen(text);
	room = MAX_STATE - length;
	if (!has_line(text, name)) {
		ok = snprintf(text + length, room, "%s%s\n",
			      length && text[length - 1] != '\n' ? "\n" : "",
			      name) < (int)room;
		if (!ok)
			snprintf(message, size, MESSAGE_done_full);
		ok = ok && write_state(text, message, size);
	}
	free(text);
	return ok;
}
