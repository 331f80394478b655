/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_predictions: read answers from a file, write the log of predictions. */
#include "commands/cmd_predictions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"

static FILE *open_file(const char *name, const char *mode, FILE *standard)
{
	FILE *file = strcmp(name, "-") ? fopen(name, mode) : standard;

	if (!file)
		cli_error("%s: %s", name, strerror(errno));
	return file;
}

static void close_file(FILE *file)
{
	if (file && file != stdin && file != stdout)
		fclose(file);
}

bool predictions_open(struct predictions *p)
{
	if (p->answers) {
		p->answers_file = open_file(p->answers, "r", stdin);
		if (!p->answers_file)
			return false;
	}
	if (p->log) {
		p->log_file = open_file(p->log, "a", stdout);
		if (!p->log_file) {
			close_file(p->answers_file);
			return false;
		}
	}
	return true;
}

/* The next line that is not a comment, in *@line; false: none. */
static bool next_answer(struct predictions *p, char **line)
{
	size_t room = 0;

	*line = NULL;
	while (p->answers_file && getline(line, &room, p->answers_file) >= 0)
		if (**line != '#')
			return true;
	free(*line);
	*line = NULL;
	return false;
}

static void ask(struct predictions *p, const struct note *note)
{
	char *line;

	prediction_ask(&p->now, note);
	p->asked = true;
	p->nr_asked++;
	if (!next_answer(p, &line))
		return;
	prediction_give(&p->now, line);
	free(line);
}

static void write_log(struct predictions *p)
{
	char *line;

	if (!p->log_file)
		return;
	line = prediction_line(&p->now, p->scenario, p->seed);
	if (!line || fputs(line, p->log_file) == EOF || fflush(p->log_file))
		p->failed = true;
	free(line);
}

static void answer(struct predictions *p, const struct note *note)
{
	if (!p->asked)
		return;
	p->asked = false;
	prediction_answer(&p->now, note);
	if (!p->now.given[0])
		return; /* skipped: not scored */
	p->nr_given++;
	p->nr_right += p->now.right;
	if (p->out)
		fprintf(p->out, "> %s: %s\n", p->now.given,
			p->now.right ? "right" : "wrong");
	write_log(p);
}

void predictions_note(struct predictions *p, const struct note *note)
{
	if (note->kind == NOTE_ASK)
		ask(p, note);
	else if (note->kind == NOTE_ANSWER)
		answer(p, note);
}

bool predictions_close(struct predictions *p)
{
	uint32_t nr_left = 0;
	char *line;

	for (; next_answer(p, &line); free(line))
		nr_left++;
	if (nr_left)
		cli_error(
			"%s: too many answers: %u left after the last of %u question%s",
			p->answers, nr_left, p->nr_asked, plural(p->nr_asked));
	if (p->out && p->answers)
		fprintf(p->out, "%u of %u prediction%s right, %u question%s\n",
			p->nr_right, p->nr_given, plural(p->nr_given),
			p->nr_asked, plural(p->nr_asked));
	if (p->failed)
		cli_error("%s: the log cannot be written", p->log);
	close_file(p->answers_file);
	close_file(p->log_file);
	return !p->failed;
}
