/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli: how a command reads its line, says that something is wrong, and ends.
 */
#include "commands/command.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void message(const char *command, const char *format, va_list arguments)
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

bool cli_number(const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return !errno && !*end && *number <= most;
}

/* Is @given "--NAME=VALUE", of an option that takes no value? */
static bool has_needless_value(const char *given, const struct option *names)
{
	const char *value = strchr(given, '=');

	if (strncmp(given, "--", 2) || !value)
		return false;
	given += 2;
	for (; names->name; names++)
		if (names->has_arg == no_argument &&
		    !strncmp(names->name, given, (size_t)(value - given)))
			return true;
	return false;
}

/* getopt said '?'; optopt is then the letter, 0 for an unknown long one. */
static int wrong_option(char **argv, const char *command,
			const struct option *names)
{
	const char *given = argv[optind - 1];

	if (optopt && has_needless_value(given, names))
		return cli_usage(command, "%s: it takes no value", given);
	/* of several letters behind one - it may be any */
	if (optopt > ' ' && optopt <= '~')
		return cli_usage(command, "-%c: no such option", optopt);
	if (optopt && !(given[0] == '-' && strchr(given, optopt)))
		given = argv[optind];
	return cli_usage(command, "%s: no such option", given);
}

int cli_options(int argc, char **argv, const char *command, const char *letters,
		const struct option *names,
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
			code = wrong_option(argv, command, names);
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
		cli_error("standard output: %s",
			  error ? strerror(error) : "could not be written");
	/* What is still in the buffer is lost, and was told: not again. */
	if (!freopen("/dev/null", "w", stdout))
		clearerr(stdout);
	return exit_code == EXIT_GOOD ? EXIT_FILE : exit_code;
}
