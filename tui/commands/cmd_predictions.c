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

/* Without blanks around it; NULL: an empty line. */
static char *trim(char *line)
{
	const char *from = line + strspn(line, " \t");
	size_t length = strlen(from);
	char *text;

	while (length && strchr(" \t\r\n", from[length - 1]))
		length--;
	text = length ? strndup(from, length) : NULL;
	free(line);
	return text;
}

static void ask(struct predictions *p)
{
	char *line;

	p->nr_asked++;
	free(p->given);
	p->given = next_answer(p, &line) ? trim(line) : NULL;
}

static void write_log(struct predictions *p, const struct note *ask,
		      const char *given, const struct note *answer)
{
	char *line;

	if (!p->log_file)
		return;
	line = prediction_line(ask, given, answer, p->scenario, p->seed);
	if (!line || fputs(line, p->log_file) == EOF || fflush(p->log_file))
		p->failed = true;
	free(line);
}

void predictions_answer(struct predictions *p, const struct note *ask,
			const char *given, const struct note *answer)
{
	static const char *const verdicts[] = {
		[VERDICT_NOT_UNDERSTOOD] = "not understood, not scored: type",
		[VERDICT_WRONG] = "wrong",
		[VERDICT_RIGHT] = "right",
	};
	const enum verdict verdict = prediction_judge(ask, given, answer);
	const char *feedback = prediction_feedback(ask, given, answer);

	if (p->out)
		fprintf(p->out, "> %s: %s%s%s\n", given, verdicts[verdict],
			verdict ? "" : " ",
			verdict ? "" : prediction_prompt(ask, answer));
	if (verdict == VERDICT_NOT_UNDERSTOOD)
		return;
	if (p->out && verdict == VERDICT_WRONG && *feedback)
		fprintf(p->out, "  %s\n", feedback);
	p->nr_given++;
	p->nr_right += verdict == VERDICT_RIGHT;
	write_log(p, ask, given, answer);
}

void predictions_note(struct predictions *p, const struct note *question,
		      const struct note *note)
{
	if (note->kind == NOTE_ASK)
		ask(p);
	if (note->kind != NOTE_ANSWER || !p->given || !question)
		return;
	predictions_answer(p, question, p->given, note);
	free(p->given);
	p->given = NULL;
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
	free(p->given);
	return !p->failed;
}
