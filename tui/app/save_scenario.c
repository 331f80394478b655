/* SPDX-License-Identifier: GPL-2.0-or-later */
/* save_scenario: requests and notes as Lua. */
#include "app/save_scenario.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/message.h"
#include "snapshot/snapshot.h"
#include "json/writer.h"

static const char first_line[] = "-- Saved by zonewalk";

struct writer {
	FILE *out;
	struct session *session;
	uint8_t *ours; /* by pfn: given out by a request that was written */
	uint32_t nr_written;
	uint32_t nr_left_out;
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

static void write_nodes(FILE *out, uint64_t nodes)
{
	const char *comma = " ";

	fputc('{', out);
	for (unsigned int nid = 0; nid < 64; nid++) {
		if (!(nodes >> nid & 1))
			continue;
		fprintf(out, "%s%u", comma, nid);
		comma = ", ";
	}
	fputs(" }", out);
}

static void write_alloc(struct writer *w, const struct request *r)
{
	const struct alloc_request *a = &r->alloc;
	char text[GFP_TEXT_MAX];

	if (r->pfn != PFN_NONE) {
		fprintf(w->out, "b[%" PRIu32 "] = ", r->pfn);
		w->ours[r->pfn] = 1;
	}
	fprintf(w->out,
		"m:alloc { order = %" PRIu32 ", gfp = \"%s\", node = %" PRIu32
		", cpu = %" PRIu32,
		r->order, gfp_to_text(a->gfp, text, sizeof(text)), a->nid,
		a->cpu);
	if (a->has_nodemask) {
		fputs(", nodemask = ", w->out);
		write_nodes(w->out, a->nodemask);
	}
	if (a->has_alloc_flags)
		fprintf(w->out, ", alloc_flags = \"%s\"",
			alloc_flags_to_text(a->alloc_flags, text,
					    sizeof(text)));
	if (r->name[0]) {
		fputs(", owner = ", w->out);
		write_text(w->out, r->name);
	}
	fputs(" }\n", w->out);
}

/* The machine just after a request, which holds what that request set. */
static const struct system *system_after(struct writer *w,
					 const struct request *r)
{
	session_seek(w->session, r->last_step);
	return session_machine(w->session)->system;
}

static void write_task(struct writer *w, const struct request *r)
{
	const struct system *system = system_after(w, r);
	const struct task *t = &system->task;
	const struct {
		const char *name;
		uint32_t on;
	} flags[] = {
		{ "interrupt", t->interrupt }, { "oom_victim", t->oom_victim },
		{ "exiting", t->exiting },     { "realtime", t->realtime },
		{ "nocma", t->nocma },	       { "memalloc", t->memalloc },
	};

	fputs("m:task { ", w->out);
	if (system->cpusets) {
		fputs("mems_allowed = ", w->out);
		write_nodes(w->out, t->mems_allowed);
		fputs(", hardwall_mems = ", w->out);
		write_nodes(w->out, t->hardwall_mems);
		fputs(", ", w->out);
	}
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (flags[i].on)
			fprintf(w->out, "%s = true, ", flags[i].name);
	fputs("}\n", w->out);
}

static void write_fault(struct writer *w, const struct request *r)
{
	const struct fault_attr *f = &system_after(w, r)->fail_page_alloc;

	fprintf(w->out,
		"m:fault { times = %" PRIu32 ", min_order = %" PRIu32
		", ignore_gfp_highmem = %s, ignore_gfp_reclaim = %s }\n",
		f->times, f->min_order,
		f->ignore_gfp_highmem ? "true" : "false",
		f->ignore_gfp_reclaim ? "true" : "false");
}

/* What is done to a block that the script has in its hands. */
static void write_block(struct writer *w, const struct request *r)
{
	if (r->kind == REQUEST_FREE) {
		fprintf(w->out, "b[%" PRIu32 "]:free { cpu = %" PRIu32 " }\n",
			r->pfn, r->alloc.cpu);
		w->ours[r->pfn] = 0;
		return;
	}
	fprintf(w->out, "b[%" PRIu32 "]:lru(%s)\n", r->pfn,
		r->value ? "true" : "false");
}

static bool needs_block(const struct request *r)
{
	return r->kind == REQUEST_FREE || r->kind == REQUEST_LRU;
}

static void write_rest(struct writer *w, const struct request *r)
{
	switch (r->kind) {
	case REQUEST_DRAIN:
		fprintf(w->out, "m:drain { cpu = %" PRIu32 " }\n",
			r->alloc.cpu);
		return;
	case REQUEST_DIRTY:
		fprintf(w->out, "m:dirty(%" PRIu32 ", %" PRIu64 ")\n", r->nid,
			r->value);
		return;
	case REQUEST_RECLAIM:
		fprintf(w->out, "m:reclaim \"%s\"\n",
			enum_name(KIND_node_reclaim_result,
				  (uint32_t)r->value));
		return;
	case REQUEST_ISOLATE:
		fprintf(w->out, "m:isolate(%" PRIu32 ")\n", r->pfn);
		return;
	case REQUEST_UNISOLATE:
		fprintf(w->out, "m:unisolate(%" PRIu32 ", \"%s\")\n", r->pfn,
			migratetype_name((unsigned int)r->value));
		return;
	default:
		return;
	}
}

static void write_request(struct writer *w, const struct request *r)
{
	if (r->refusal != MACHINE_ERROR_none) {
		fprintf(w->out, "-- %s: refused, nothing was done\n",
			request_kind_name(r->kind));
		return;
	}
	w->nr_written++;
	if (r->kind == REQUEST_ALLOC || r->kind == REQUEST_GET_PAGE) {
		write_alloc(w, r);
	} else if (r->kind == REQUEST_TASK) {
		write_task(w, r);
	} else if (r->kind == REQUEST_FAULT) {
		write_fault(w, r);
	} else if (!needs_block(r)) {
		write_rest(w, r);
	} else if (w->ours[r->pfn]) {
		write_block(w, r);
	} else {
		fprintf(w->out,
			"-- %s of page %" PRIu32 ", which was in use before "
			"the story began: no scenario has it\n",
			request_kind_name(r->kind), r->pfn);
		w->nr_written--;
		w->nr_left_out++;
	}
}

static void write_note(struct writer *w, const struct note *note)
{
	static const char *const functions[NR_NOTE_KINDS] = {
		[NOTE_SAY] = "say",	[NOTE_SCENE] = "scene",
		[NOTE_PAUSE] = "pause", [NOTE_ASK] = "say",
		[NOTE_ANSWER] = "say",
	};

	if (!functions[note->kind])
		return;
	fprintf(w->out, "%s(", functions[note->kind]);
	write_text(w->out, note->text);
	fputs(")\n", w->out);
}

static void write_story(struct writer *w)
{
	const struct session *s = w->session;
	uint32_t note = 0;

	for (uint32_t i = 0; i <= session_nr_requests(s); i++) {
		while (note < session_nr_notes(s) &&
		       session_note_at(s, note)->request <= i)
			write_note(w, session_note_at(s, note++));
		if (i < session_nr_requests(s))
			write_request(w, session_request(s, i));
	}
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

/* Is there a file that we did not write? */
static bool is_foreign(const char *path)
{
	char line[sizeof(first_line)] = "";
	FILE *in = fopen(path, "re");
	bool foreign;

	if (!in)
		return false;
	foreign = fgets(line, sizeof(line), in) && strcmp(line, first_line);
	fclose(in);
	return foreign;
}

static char *story_text(struct session *s, const char *begin, const char *title,
			uint32_t *left_out)
{
	const char *base = strrchr(begin, '/');
	struct writer w = { .session = s };
	char *text = NULL;
	size_t length;

	w.ours = calloc(session_machine(s)->system->max_pfn, 1);
	w.out = open_memstream(&text, &length);
	if (w.out && w.ours) {
		fprintf(w.out, "%s: run it, and the same happens again.\n\n",
			first_line);
		fputs("lesson { title = ", w.out);
		write_text(w.out, title);
		fputs(", goal = \"\" }\nlocal m = machine.load(", w.out);
		write_text(w.out, base ? base + 1 : begin);
		fputs(")\nlocal b = {} -- the blocks, by their first frame\n\n",
		      w.out);
		write_story(&w);
	}
	if (w.out && fclose(w.out)) {
		free(text);
		text = NULL;
	}
	free(w.ours);
	*left_out = w.nr_left_out;
	return text;
}

static bool save_begin(struct session *s, const char *path, char *message,
		       size_t size)
{
	struct file_error error;

	session_seek(s, 0);
	if (snapshot_save(s, path, &error))
		return true;
	snprintf(message, size, "%s", error.text);
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
		snprintf(message, size, MESSAGE_save_name, path);
		return false;
	}
	if (is_foreign(path)) {
		snprintf(message, size, MESSAGE_save_foreign, path);
		return false;
	}
	text = story_text(s, begin, title, &left_out);
	if (!text) {
		snprintf(message, size, MESSAGE_no_memory);
		return false;
	}
	ok = save_begin(s, begin, message, size);
	if (ok) {
		ok = text_save(path, text, strlen(text), &error);
		snprintf(message, size, "%s", error.text);
	}
	free(text);
	if (ok && left_out)
		snprintf(message, size, MESSAGE_save_partly, path, left_out);
	else if (ok)
		snprintf(message, size, MESSAGE_saved, path, begin);
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
