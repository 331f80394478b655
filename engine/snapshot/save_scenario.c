/* SPDX-License-Identifier: GPL-2.0-or-later */
/* save_scenario: requests and notes as Lua. */
#include "snapshot/save_scenario.h"

#include "session/prediction.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "snapshot/snapshot.h"
#include "json/writer.h"

static const char first_line[] = "-- Saved by zonewalk";

struct writer {
	FILE *out;
	struct session *session;
	uint8_t *ours; /* by pfn: allocated by a request that was written */
	uint32_t nr_left_out;
	const struct note *ask; /* whose answer follows, or NULL */
};

static void write_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < ' ' || c == 127)
			fprintf(out, "\\%03u", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static bool needs_block(const struct request *r)
{
	return r->kind == REQUEST_FREE || r->kind == REQUEST_LRU ||
	       r->kind == REQUEST_RECLAIMABLE;
}

static void write_request(struct writer *w, const struct request *r)
{
	const char *kind = request_kind_name(r->kind);
	char lua[2 * GFP_TEXT_MAX];

	if (r->error != MACHINE_ERROR_none) {
		fprintf(w->out, "-- %s: error, nothing was done\n", kind);
		return;
	}
	if (needs_block(r) && !w->ours[request_pfn(r)]) {
		fprintf(w->out,
			"-- %s of page %" PRIu32 ", allocated before the "
			"first step: left out\n",
			kind, request_pfn(r));
		w->nr_left_out++;
		return;
	}
	if (r->pfn != PFN_NONE) {
		fprintf(w->out, "b[%" PRIu32 "] = ", r->pfn);
		w->ours[r->pfn] = 1;
	}
	if (r->kind == REQUEST_FREE)
		w->ours[r->free.pfn] = 0;
	fprintf(w->out, "%s\n", request_lua(r, lua, sizeof(lua)));
}

/* ask{ ... run = function(): its requests and its answer follow. */
static void write_ask(struct writer *w, const struct note *ask)
{
	fputs("ask{ ", w->out);
	write_text(w->out, ask->text);
	fprintf(w->out, ", type = \"%s\", ", form_names[note_form(ask)]);
	if (note_nr_choices(ask))
		fputs("choices = { ", w->out);
	for (uint32_t i = 0; i < note_nr_choices(ask); i++) {
		write_text(w->out, note_part(ask, NOTE_ASK_CHOICES + i));
		fputs(", ", w->out);
	}
	fprintf(w->out, "%srun = function()\n",
		note_nr_choices(ask) ? "}, " : "");
	w->ask = ask;
}

static void write_answer(struct writer *w, const struct note *answer)
{
	const char *part;

	if (!w->ask)
		return;
	fputs("return ", w->out);
	write_text(w->out, prediction_answer(w->ask, answer));
	fputs(", ", w->out);
	write_text(w->out, note_part(answer, NOTE_ANSWER_REASON));
	fprintf(w->out, ", %s end, feedback = { ",
		*note_part(answer, NOTE_ANSWER_STEP) ?
			note_part(answer, NOTE_ANSWER_STEP) :
			"nil");
	for (uint32_t i = NOTE_ANSWER_FEEDBACK; (part = note_part(answer, i));
	     i++) {
		fputs(i % 2 ? "[" : "] = ", w->out);
		write_text(w->out, part);
		fputs(i % 2 ? "" : ", ", w->out);
	}
	fputs("} }\n", w->out);
	w->ask = NULL;
}

/* The checks or variants of the exercise at note @i. */
static void write_pairs(struct writer *w, uint32_t i, enum note_kind kind,
			const char *name)
{
	const struct note *note;

	fprintf(w->out, ", %s = { ", name);
	while ((note = session_note_at(w->session, ++i)) &&
	       (note->kind == NOTE_CHECK || note->kind == NOTE_VARIANT)) {
		const char *second = note_part(note, 1);

		if (note->kind != kind)
			continue;
		fputs("{ ", w->out);
		write_text(w->out, note->text);
		fputs(", ", w->out);
		if (kind == NOTE_CHECK)
			fputs(strcmp(second, "yes") ? "false" : "true", w->out);
		else
			write_text(w->out, second);
		fputs(" }, ", w->out);
	}
	fputs("}", w->out);
}

static void write_exercise(struct writer *w, uint32_t i)
{
	fputs("exercise{ ", w->out);
	write_text(w->out, session_note_at(w->session, i)->text);
	write_pairs(w, i, NOTE_CHECK, "checks");
	write_pairs(w, i, NOTE_VARIANT, "variants");
	fputs(" }\n", w->out);
}

static void write_note(struct writer *w, uint32_t i)
{
	const struct note *note = session_note_at(w->session, i);

	/* the texts before and after the note's */
	static const char *const lua[NR_NOTE_KINDS][2] = {
		[NOTE_SAY] = { "say(", ")" },
		[NOTE_SCENE] = { "scene(", ")" },
		[NOTE_PAUSE] = { "pause(", ")" },
		[NOTE_FOCUS] = { "focus(", ")" },
		[NOTE_FOLD] = { "fold(", ", function()" },
		[NOTE_TAKEAWAY] = { "takeaway(", ")" },
	};

	if (note->kind == NOTE_ASK) {
		write_ask(w, note);
	} else if (note->kind == NOTE_ANSWER) {
		write_answer(w, note);
	} else if (note->kind == NOTE_EXERCISE) {
		write_exercise(w, i);
	} else if (note->kind == NOTE_FOLD_END) {
		fputs("end)\n", w->out);
	} else if (lua[note->kind][0]) {
		fputs(lua[note->kind][0], w->out);
		write_text(w->out, note->text);
		fprintf(w->out, "%s\n", lua[note->kind][1]);
	}
}

static void write_requests(struct writer *w)
{
	const struct session *s = w->session;
	uint32_t note = 0;

	for (uint32_t i = 0; i <= session_nr_requests(s); i++) {
		while (note < session_nr_notes(s) &&
		       session_note_at(s, note)->request <= i)
			write_note(w, note++);
		if (i < session_nr_requests(s))
			write_request(w, session_get_request(s, i));
	}
	/* its answer is another machine's */
	if (w->ask)
		fputs("return 1 end }\n", w->out);
}

/* "dir/f.lua" gives "dir/f.begin.json". */
static bool begin_path(const char *path, char *buf, size_t size)
{
	size_t length = strlen(path);

	if (length < 5 || strcmp(path + length - 4, ".lua"))
		return false;
	return snprintf(buf, size, "%.*s.begin.json", (int)length - 4, path) <
	       (int)size;
}

/*
 * May both files be written? The snapshot is replaced only together with the
 * scenario that loads it: one of that name alone is the user's.
 */
static bool may_replace(const char *path, const char *begin,
			struct file_error *error)
{
	const char *slash;

	if (access(path, F_OK) && !access(begin, F_OK)) {
		slash = strrchr(begin, '/');
		snprintf(error->text, sizeof(error->text),
			 "%.60s: is there without its scenario; choose another "
			 "name",
			 slash ? slash + 1 : begin);
		return false;
	}
	return file_may_replace(path, first_line, error) &&
	       file_may_replace(begin, SNAPSHOT_BEGIN, error);
}

static char *scenario_text(struct session *s, const char *begin,
			   const char *title, uint32_t *left_out)
{
	const char *base = strrchr(begin, '/');
	struct writer w = { .session = s };
	char *text = NULL;
	size_t length;

	w.ours = calloc(session_machine(s)->system->max_pfn, 1);
	w.out = open_memstream(&text, &length);
	if (w.out && w.ours) {
		fprintf(w.out, "%s: run it to repeat the same requests.\n\n",
			first_line);
		fputs("lesson { title = ", w.out);
		write_text(w.out, title);
		fputs(", goal = \"\" }\nlocal m = machine.load(", w.out);
		write_text(w.out, base ? base + 1 : begin);
		fputs(")\nlocal b = {} -- the blocks, by their first page\n\n",
		      w.out);
		write_requests(&w);
	}
	if (w.out && fclose(w.out)) {
		free(text);
		text = NULL;
	}
	free(w.ours);
	*left_out = w.nr_left_out;
	return text;
}

/* Both files or, where neither was there, none. */
static bool write_both(struct session *s, const char *path, const char *begin,
		       const char *text, struct file_error *error)
{
	const bool is_new = access(begin, F_OK);

	session_seek(s, 0);
	if (!snapshot_save(s, begin, error))
		return false;
	if (file_write(path, text, strlen(text), error))
		return true;
	if (is_new)
		unlink(begin);
	return false;
}

static bool save_both(struct session *s, const char *path, const char *title,
		      char *message, size_t size)
{
	struct file_error error;
	uint32_t left_out;
	char begin[4096];
	char *text;
	bool ok;

	if (!begin_path(path, begin, sizeof(begin))) {
		snprintf(message, size, "%.60s: not a name that ends in .lua",
			 path);
		return false;
	}
	text = scenario_text(s, begin, title, &left_out);
	if (!text) {
		snprintf(message, size, "not enough memory");
		return false;
	}
	ok = may_replace(path, begin, &error) &&
	     write_both(s, path, begin, text, &error);
	free(text);
	if (!ok)
		snprintf(message, size, "%s", error.text);
	else if (left_out)
		snprintf(message, size,
			 "saved %.60s without %u request%s, whose blocks were "
			 "allocated before the first step",
			 path, left_out, left_out == 1 ? "" : "s");
	else
		snprintf(message, size, "saved %.60s and %.60s", path, begin);
	return ok;
}

bool save_scenario(struct session *s, const char *path, const char *title,
		   char *message, size_t size)
{
	const uint32_t step = session_step(s);
	bool ok = save_both(s, path, title, message, size);

	session_seek(s, step);
	return ok;
}
