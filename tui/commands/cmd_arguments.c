/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_arguments: numbers and pairs of the command line. */
#include "commands/cmd_arguments.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"

int arguments_step(struct story_arguments *a, const char *command,
		   const char *text)
{
	uint64_t value;

	if (!*text || text[strspn(text, "0123456789")])
		return cli_usage(command, "--step \"%s\": a number, from 0 on",
				 text);
	/* beyond the end is the last step, so a large number is no mistake */
	a->has_step = true;
	a->step = cli_number(text, UINT32_MAX, &value) ? (uint32_t)value :
							 UINT32_MAX;
	return EXIT_GOOD;
}

int arguments_seed(struct story_arguments *a, const char *command,
		   const char *text)
{
	uint64_t value;

	if (!cli_number(text, UINT64_MAX, &value) || !value)
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
				 "--set \"%s\": NAME=VALUE is expected", text);
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
