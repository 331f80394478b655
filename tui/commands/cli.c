/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cli: what all commands share: messages, numbers, wrapped text, the end. */
#include "commands/command.h"
#include "machine/embedded.h"
#include "terminal/canvas.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void message(const char *command, const char *format, va_list arguments)
{
	/* On a terminal, the data printed so far stands before the message. */
	fflush(stdout);
	fputs("zonewalk: ", stderr);
	if (command)
		fprintf(stderr, "%s: ", command);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
}

void cli_error(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	message(NULL, format, arguments);
	va_end(arguments);
}

int cli_usage(const char *command, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	message(command, format, arguments);
	va_end(arguments);
	return cli_fail(EXIT_USAGE, "see: zonewalk help%s%s",
			command ? " " : "", command ? command : "");
}

int cli_no_memory(const char *what)
{
	return cli_fail(EXIT_LIMIT, "%s: not enough memory", what);
}

extern const struct embedded_file command_texts[];

const char *cli_text(const char *name)
{
	const struct embedded_file *file = command_texts;

	while (strcmp(file->name, name))
		file++;
	return file->text;
}

char *cli_path(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);

	if (path)
		snprintf(path, size, "%s/%s", folder, name);
	return path;
}

bool cli_print_json(struct json_writer *out)
{
	char *text = writer_finish(out);

	if (text)
		puts(text);
	free(text);
	return text;
}

void cli_print_padded(const char *text, int width)
{
	const int used = text_width(text);

	printf("%s%*s", text, used < width ? width - used : 0, "");
}

const char *cli_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *locale = getenv(names[i]);

		if (locale && *locale)
			return locale;
	}
	return "C";
}

bool cli_ascii(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

struct text cli_ascii_note(const struct options *o)
{
	if (o->ascii || !cli_ascii())
		return text_of("%s", "");
	return text_of(MESSAGE_no_utf8, cli_locale());
}

bool cli_color(void)
{
	const char *no_color = getenv("NO_COLOR");

	return !no_color || !no_color[0];
}

int cli_check_output(const char *path, bool force)
{
	struct stat old;

	if (force || !strcmp(path, "-") || stat(path, &old) ||
	    !S_ISREG(old.st_mode) || !old.st_size)
		return EXIT_GOOD;
	return cli_fail(EXIT_FILE,
			"%s: exists; choose another name or use --force", path);
}

/* Has the process that reads our output (head, less) ended? */
static bool stdout_reader_ended(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

int cli_finish(int exit_code)
{
	int error;

	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return exit_code;
	error = errno;
	if (error != EPIPE && !stdout_reader_ended())
		cli_error("standard output: %s",
			  error ? strerror(error) : "cannot be written");
	/* What is still buffered is lost; exit() must not report it again. */
	if (!freopen("/dev/null", "w", stdout))
		clearerr(stdout);
	return exit_code == EXIT_GOOD ? EXIT_FILE : exit_code;
}
