/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log: steps, requests and notes as lines. */
#include "model/log.h"

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

	if (r && r->first_step == step)
		headline(t, s, r, event->request);
	fprintf(t->out, "%6u  %*s%s\n", step,
		2 * stage_depth[event_type(event)->stage], "",
		event_text_format(session_machine(s), event, text,
				  sizeof(text)));
}

void log_note(struct run_log *t, const struct note *note)
{
	static const struct {
		const char *before;
		const char *after;
	} signs[NR_NOTE_KINDS] = {
		[NOTE_SAY] = { "| ", "" },    [NOTE_SCENE] = { "\n== ", " ==" },
		[NOTE_PAUSE] = { "|| ", "" }, [NOTE_ASK] = { "? ", "" },
		[NOTE_ANSWER] = { "= ", "" },
	};

	if (note->kind == NOTE_EXPECT_FAILED)
		fprintf(t->out, "!! line %u: expectation failed: %s\n",
			note->where.line, note->text);
	else if (signs[note->kind].before) /* there are no panels to focus */
		fprintf(t->out, "%s%s%s\n", signs[note->kind].before,
			note->kind == NOTE_PAUSE && !*note->text ? "pause" :
								   note->text,
			signs[note->kind].after);
}
