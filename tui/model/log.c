/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log: steps, requests and notes as lines. */
#include "model/log.h"

#include <string.h>

#include "model/text.h"
#include "session/prediction.h"

static const int stage_depth[NR_STAGES] = {
	[STAGE_REQUEST] = 0, [STAGE_WALK] = 1,	[STAGE_WATERMARK] = 2,
	[STAGE_PCP] = 2,     [STAGE_BUDDY] = 3, [STAGE_FALLBACK] = 3,
	[STAGE_PREP] = 1,    [STAGE_FREE] = 0,	[STAGE_MACHINE] = 2,
};

void log_lesson(struct run_log *t, const char *title, const char *goal)
{
	fprintf(t->out, "%s\n", title);
	if (*goal)
		fprintf(t->out, "%s\n", goal);
}

/* The number of a machine, from 1, in order of appearance. */
static uint32_t machine_number(struct run_log *t, const struct session *s)
{
	for (uint32_t i = 0; i < t->nr_machines; i++)
		if (t->machines[i] == s)
			return i + 1;
	if (t->nr_machines == MAX_LOG_MACHINES)
		return MAX_LOG_MACHINES;
	t->machines[t->nr_machines] = s;
	return ++t->nr_machines;
}

static void headline(struct run_log *t, const struct session *s,
		     const struct request *r, uint32_t index)
{
	uint32_t machine = machine_number(t, s);
	char text[2 * GFP_TEXT_MAX + 512];

	fputc('\n', t->out);
	if (machine > 1)
		fprintf(t->out, "machine %u, ", machine);
	fprintf(t->out, "request %u", index + 1);
	if (r->where.file)
		fprintf(t->out, ", line %u", r->where.line);
	fprintf(t->out, ": %s\n", request_text(r, text, sizeof(text)));
}

void log_step(struct run_log *t, const struct session *s, uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	const struct request *r = session_get_request(s, event->request);
	char text[1024];

	if (t->captions || (t->depth && !t->unfold))
		return;
	if (r && r->first_step == step)
		headline(t, s, r, event->request);
	fprintf(t->out, "%6u  %*s%s\n", step,
		2 * stage_depth[event_type(event)->stage], "",
		event_text_format(session_machine(s), event, text,
				  sizeof(text)));
}

/* @text, its later lines indented as the first. */
static void put_lines(FILE *out, const char *sign, const char *text)
{
	size_t length;

	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		fprintf(out, "%s%.*s\n", sign, (int)length, text);
	}
}

static void log_ask(FILE *out, const struct note *ask)
{
	fprintf(out, "? %s\n", ask->text);
	for (uint32_t i = 0; i < note_nr_choices(ask); i++)
		fprintf(out, "  %c  %s\n", (char)('a' + i),
			note_part(ask, NOTE_ASK_CHOICES + i));
}

static void log_answer(struct run_log *t, const struct note *ask,
		       const struct note *answer)
{
	fputs("= ", t->out);
	if (ask && note_form(ask) == FORM_choice)
		fprintf(t->out, "%s  ", answer->text);
	fprintf(t->out, "%s\n",
		ask ? prediction_answer(ask, answer) : answer->text);
	put_lines(t->out, "  ", note_part(answer, NOTE_ANSWER_REASON));
}

void log_fold(struct run_log *t, uint32_t nr_requests, uint32_t begin,
	      uint32_t end, const char *text)
{
	fprintf(t->out, "\n+ %u request%s, steps %u to %u: %s\n", nr_requests,
		plural(nr_requests), begin + 1, end, text);
}

/* The beginning and the end of folds, of which the outermost counts. */
static void enter_fold(struct run_log *t, const struct note *note)
{
	if (note->kind == NOTE_FOLD) {
		if (t->depth++)
			return;
		t->fold_begin = note->step;
		t->fold_request = note->request;
		print_to(t->fold_text, "%s", note->text);
	} else if (note->kind == NOTE_FOLD_END && t->depth && !--t->depth &&
		   note->step > t->fold_begin && !t->captions && !t->unfold) {
		log_fold(t, note->request - t->fold_request, t->fold_begin,
			 note->step, t->fold_text);
	}
}

/* What the end of a lesson shows: what to remember, and the exercise. */
static void log_ending(FILE *out, const struct note *note)
{
	const char *second = note_part(note, 1);

	switch (note->kind) {
	case NOTE_TAKEAWAY:
		fprintf(out, "\nRemember: %s\n", note->text);
		break;
	case NOTE_EXERCISE:
		fprintf(out, "\nExercise: %s\n", note->text);
		break;
	case NOTE_CHECK:
		fprintf(out, "  %s: %s\n",
			strcmp(second, "yes") ? "not yet" : "done", note->text);
		break;
	case NOTE_VARIANT:
		fprintf(out, "  --%s%s: %s\n",
			strncmp(note->text, "seed=", 5) ? "set " : "",
			note->text, second);
		break;
	default: /* there are no panels to focus or to hide */
		break;
	}
}

void log_note(struct run_log *t, const struct session *s, uint32_t i,
	      const struct note *note)
{
	switch (note->kind) {
	case NOTE_SAY:
		put_lines(t->out, "| ", note->text);
		break;
	case NOTE_SCENE:
		fprintf(t->out, "\n== %s ==\n", note->text);
		break;
	case NOTE_PAUSE:
		fprintf(t->out, "|| %s\n", *note->text ? note->text : "pause");
		break;
	case NOTE_ASK:
		log_ask(t->out, note);
		break;
	case NOTE_ANSWER:
		log_answer(t, s ? session_question_before(s, i) : NULL, note);
		break;
	case NOTE_EXPECT_FAILED:
		fprintf(t->out, "!! line %u: expectation failed: %s\n",
			note->where.line, note->text);
		break;
	case NOTE_FOLD:
	case NOTE_FOLD_END:
		enter_fold(t, note);
		break;
	default:
		log_ending(t->out, note);
		break;
	}
}
