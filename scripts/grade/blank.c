/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_blank: a submission of which nothing is known, and its texts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grade/grade_private.h"

/* -- texts ---------------------------------------------------------------- */

bool grade_set_message(struct grade_result *r, enum grade_feedback feedback)
{
	const char *actual = feedback == GRADE_NONE ? "" : r->actual;
	const char *expected = feedback == GRADE_FULL ? r->expected : "";
	const char *between = *actual && *expected ? "; expected: " :
			      *expected		   ? "expected: " :
						     "";
	size_t size = strlen(actual) + strlen(between) + strlen(expected) + 1;

	free(r->message);
	r->message = malloc(size);
	if (!r->message)
		return false;
	snprintf(r->message, size, "%s%s%s",
		 r->verdict == GRADE_PASS ? "" : actual,
		 r->verdict == GRADE_PASS ? "" : between,
		 r->verdict == GRADE_PASS ? "" : expected);
	return true;
}

/* Quote @text for a shell; returns where it ended. */
static char *quote(char *to, const char *text)
{
	*to++ = '\'';
	for (; *text; text++) {
		if (*text == '\'') {
			memcpy(to, "'\\''", 4);
			to += 4;
		} else {
			*to++ = *text;
		}
	}
	*to++ = '\'';
	*to = '\0';
	return to;
}

char *grade_command(const struct grader *g, const char *path,
		    const char *property)
{
	size_t size = 64 + 4 * (strlen(path) + strlen(g->file.path) +
				(property ? strlen(property) : 0));
	char *command = malloc(size), *to = command;

	if (!command)
		return NULL;
	to += sprintf(to, "zonewalk play ");
	to = quote(to, path);
	to += sprintf(to, " --grade ");
	to = quote(to, g->file.path);
	if (!property)
		return command;
	to += sprintf(to, " --property ");
	quote(to, property);
	return command;
}

/* -- an empty one --------------------------------------------------------- */

bool grade_results_init(const struct grader *g, struct grade_result *results)
{
	bool good = true;

	for (uint32_t i = 0; i < g->nr_properties; i++) {
		results[i].verdict = GRADE_NOT_RUN;
		results[i].actual = strdup("");
		results[i].expected = strdup("");
		results[i].message = strdup("");
		results[i].command = strdup("");
		good = good && results[i].actual && results[i].expected &&
		       results[i].message && results[i].command;
	}
	return good;
}

void grade_results_fini(struct grade_result *results, uint32_t nr)
{
	for (uint32_t i = 0; results && i < nr; i++) {
		free(results[i].actual);
		free(results[i].expected);
		free(results[i].message);
		free(results[i].command);
	}
	free(results);
}

bool grade_blank(const struct grader *g, const char *path, const char *id,
		 enum grade_outcome outcome, const char *message,
		 struct grade_submission *out)
{
	*out = (struct grade_submission){
		.id = strdup(id),
		.path = strdup(path),
		.outcome = outcome,
		.limit = strdup(""),
		.message = strdup(message),
		.command = strdup(""),
		.max = g->max,
		.nr_results = g->nr_properties,
		.results = calloc(g->nr_properties, sizeof(*out->results)),
	};
	if (out->id && out->path && out->limit && out->message &&
	    out->command && out->results && grade_results_init(g, out->results))
		return true;
	grade_submission_fini(out);
	return false;
}

bool grade_replace(char **place, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return false;
	free(*place);
	*place = copy;
	return true;
}
