/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction_json: a prediction as a line of the log. Written key by key in
 * this order; a reader may rely on the names, not on the order.
 *
 *   schema      "zonewalk/prediction/1"
 *   scenario    its file; seed: where its random numbers began
 *   line        of the ask{} in it
 *   step        after which it was asked; request: how many came before
 *   question    its text; form: of its answer, notes.def; choices: a list of
 *               texts, left out without any
 *   prediction  what was said: a letter, a text, a number as text
 *   answer      what was computed; right: whether they agree
 */

#include "session/prediction.h"
#include "json/writer.h"

char *prediction_line(const struct note *ask, const char *given,
		      const struct note *answer, const char *scenario,
		      uint64_t seed)
{
	const uint32_t nr_choices = note_nr_choices(ask);
	struct json_writer out = { .data = NULL };

	writer_open(&out, '{');
	writer_add_string(&out, "schema", "zonewalk/prediction/1");
	writer_add_string(&out, "scenario", scenario);
	writer_add_u64(&out, "seed", seed);
	writer_add_u64(&out, "line", ask->where.line);
	writer_add_u64(&out, "step", ask->step);
	writer_add_u64(&out, "request", ask->request);
	writer_add_string(&out, "question", ask->text);
	writer_add_string(&out, "form", form_names[note_form(ask)]);
	if (nr_choices) {
		writer_key(&out, "choices");
		writer_open(&out, '[');
		for (uint32_t i = 0; i < nr_choices; i++)
			writer_string(&out,
				      note_part(ask, NOTE_ASK_CHOICES + i));
		writer_close(&out, ']');
	}
	writer_add_string(&out, "prediction", given);
	writer_add_string(&out, "answer", prediction_answer(ask, answer));
	writer_add_bool(&out, "right",
			prediction_judge(ask, given, answer) == VERDICT_RIGHT);
	writer_close(&out, '}');
	writer_raw(&out, "\n", 1);
	return writer_finish(&out);
}
