/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cli: how a command says that something is wrong, and how it ends. */
#include "command.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void message(const char *command, const char *format,
		    va_list arguments)
{
	/* Data first, so that on a terminal the order is that of the work. */
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
	cli_error("see: zonewalk help%s%s", command ? " " : "",
		  command ? command : "");
	return EXIT_USAGE;
}

int cli_options(int argc, char **argv, const char *command,
		const char *letters, const struct option *names,
		int (*take)(void *context, int option, const char *value),
		void *context)
{
	int option, code = EXIT_GOOD;

	opterr = 0;
	while (code == EXIT_GOOD &&
	       (option = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		if (option == ':')
			code = cli_usage(command, "%s: its value is missing",
					 argv[optind - 1]);
		else if (option == '?')
			code = cli_usage(command, "%s: no such option",
					 argv[optind - 1]);
		else
			code = take(context, option, optarg);
	}
	return code;
}

/* Whoever read our output (head, less) has seen enough and went away. */
static bool stdout_reader_left(void)
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
	if (error != EPIPE && !stdout_reader_left())
		cli_error("standard output: %s", error ?
			  strerror(error) : "could not be written");
	/* What is still in the buffer is lost, and was told: not again. */
	if (!freopen("/dev/null", "w", stdout))
		clearerr(stdout);
	return exit_code == EXIT_GOOD ? EXIT_FILE : exit_code;
}
