/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_arguments: what the commands that open a story understand alike:
 * --step N, --seed N, --set K=V and the environment.
 */
#ifndef TUI_CMD_ARGUMENTS_H
#define TUI_CMD_ARGUMENTS_H

#include <stdbool.h>

#include "commands/source.h"

enum { MAX_STORY_PARAMS = 64 };

struct story_arguments {
	uint32_t step;
	bool has_step; /* it was given */
	uint64_t seed; /* 0: not given */
	const char *params[MAX_STORY_PARAMS + 1];
	unsigned int nr_params;
};

/* Each returns an exit code; what is wrong was told for @command. */
int arguments_step(struct story_arguments *a, const char *command,
		   const char *text);
int arguments_seed(struct story_arguments *a, const char *command,
		   const char *text);
int arguments_set(struct story_arguments *a, const char *command,
		  const char *text);

/* Is the locale's text ASCII only? */
bool arguments_ascii(void);
/* Does NO_COLOR ask for none? */
bool arguments_color(void);

#endif
