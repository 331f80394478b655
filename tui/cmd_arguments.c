/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_arguments: numbers and pairs of the command line. */
#include "cmd_arguments.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

static bool parse_number(const char *text, unsigned long long *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end;
}

int arguments_step(struct story_arguments *a, const char *command,
		   const char *text)
{
	unsigned long long value;

	if (!parse_number(text, &value))
		return cli_usage(command,
				 "--step \"%s\": a number, from 0 on", text);
	/* beyond the end is the last step, so a large number is no mistake */
	a->has_step = true;
	a->step = errno || value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return EXIT_GOOD;
}

int arguments_seed(struct story_arguments *a, const char *command,
		   const char *text)
{
	unsigned long long value;

	if (!parse_number(text, &value) || errno || !value)
		return cli_usage(command, "--seed \"%s\": a number from 1",
				 text);
	a->seed = value;
	return EXIT_GOOD;
}

int arguments_set(struct story_arguments *a, const char *command,
		  const char *text)
{
	const char *value = strchr(text, '=');

	if (!value || value == text)
		return cli_usage(command,
				 "--set \"%s\": NAME=VALUE is expected",
				 text);
	if (a->nr_params == MAX_STORY_PARAMS)
		return cli_usage(command, "--set: at most %d are possible",
				 MAX_STORY_PARAMS);
	a->params[a->nr_params++] = text;
	return EXIT_GOOD;
}

bool arguments_ascii(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

bool arguments_color(void)
{
	const char *no_color = getenv("NO_COLOR");

	return !no_color || !no_color[0];
}
