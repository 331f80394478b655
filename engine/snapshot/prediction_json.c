/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction_json: a prediction as a line of the log. Written key by key in
 * this order; a reader may rely on the names, not on the order.
 *
 *   schema      "zonewalk/prediction/1"
 *   scenario    its file; seed: where its random numbers began
 *   line        of the ask{} in it
 *   step        after which it was asked; request: how many came before
 *   question    its text; choices: a list of texts, left out without any
 *   prediction  what was said: a letter, a text, a number as text
 *   answer      what was computed; right: whether they agree
 */

#include "session/prediction.h"
#include "json/writer.h"

static void put_string(struct json_writer *out, const char *key,
		       const char *value)
{
	writer_key(out, key);
	writer_string(out, value);
}

static void put_number(struct json_writer *out, const char *key, uint64_t value)
{
	writer_key(out, key);
	writer_u64(out, value);
}

char *prediction_line(const struct prediction *p, const char *scenario,
		      uint64_t seed)
{
	struct json_writer out = { .data = NULL };

	writer_open(&out, '{');
	put_string(&out, "schema", "zonewalk/prediction/1");
	put_string(&out, "scenario", scenario);
	put_number(&out, "seed", seed);
	put_number(&out, "line", p->line);
	put_number(&out, "step", p->step);
	put_number(&out, "request", p->request);
	put_string(&out, "question", p->question);
	if (p->nr_choices) {
		writer_key(&out, "choices");
		writer_open(&out, '[');
		for (uint32_t i = 0; i < p->nr_choices; i++)
			writer_string(&out, p->choices[i]);
		writer_close(&out, ']');
	}
	put_string(&out, "prediction", p->given);
	put_string(&out, "answer", p->answer);
	writer_key(&out, "right");
	writer_bool(&out, p->right);
	writer_close(&out, '}');
	writer_raw(&out, "\n", 1);
	return writer_finish(&out);
}
