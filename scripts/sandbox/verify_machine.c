/* SPDX-License-Identifier: GPL-2.0-or-later */
/* verify_machine: make the machines, read the files that they come from. */
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "mm/control.h"
#include "state/arena.h"
#include "import/report_machine.h"
#include "json/folder.h"
#include "sandbox/verify.h"
#include "snapshot/snapshot.h"
#include "sandbox/codec.h"

enum {
	MACHINE_COST = 1 << 16, /* bytes of a machine, at least */
	PARSED_BYTES = 16, /* of memory while a byte of JSON is parsed */
};

/* For files and machines together: a script may drop what it has read. */
#define MAX_EFFORT (UINT64_C(8) << 30)

/* -- machines ------------------------------------------------------------- */

bool verify_machines(struct verify *r, uint64_t more)
{
	return scenario_memory(r->sc) + more <=
		       limit_value(r->sc, LIMIT_MACHINES) ||
	       verify_limit(r, LIMIT_MACHINES);
}

/* Does the limit allow one more machine of @size bytes? */
static bool machine_room(struct verify *r, uint64_t size)
{
	r->effort += MACHINE_COST;
	return (r->effort <= MAX_EFFORT || verify_limit(r, LIMIT_MACHINES)) &&
	       verify_machines(r, size);
}

/* Add machine @m to the scenario. */
static bool keep(struct verify *r, struct machine *m)
{
	struct scenario *sc = r->sc;
	struct session *s = session_new(m, sc->options.record);
	struct session **kept = s ? array_add(sc->sessions, sc->nr_sessions) :
				    NULL;

	if (!kept) {
		if (s)
			session_free(s);
		else
			arena_destroy(m);
		return verify_no_memory(r);
	}
	*kept = s;
	sc->latest = s;
	verify_report_rest(r);
	return (note_flush(sc, s) || verify_no_memory(r)) &&
	       verify_machines(r, 0);
}

static bool boot(struct verify *r, const struct machine_message *machine)
{
	struct machine m = { .region = NULL };
	char message[256];
	enum boot_error error;

	r->line = machine->line;
	if (!machine_room(r, machine_description_size(machine->description)))
		return false;
	error = machine_boot(&m, machine->description, message,
			     sizeof(message));
	if (error == BOOT_SYSTEM)
		return verify_no_memory(r);
	if (error != BOOT_OK)
		return verify_malformed(r, "a machine that cannot boot");
	machine_set_poison(&m, machine->poison);
	return keep(r, &m);
}

bool verify_machine(struct verify *r, struct message_reader *in)
{
	struct codec c = { .in = in };
	struct machine_message machine;
	bool good;

	machine.description = machine_description_new();
	if (!machine.description)
		return verify_no_memory(r);
	codec_machine(&c, &machine);
	good = message_done(in) ? boot(r, &machine) :
				  verify_malformed(r, "a machine description");
	free(machine.description);
	return good;
}

bool verify_loaded(struct verify *r, struct message_reader *in)
{
	uint32_t line = message_get_u32(in);
	struct machine m = { .region = NULL };
	struct file_error error;

	if (!message_done(in) || !r->file)
		return verify_malformed(r, "a machine without a file");
	r->line = line;
	if (!machine_room(r, 0))
		return false;
	if (!snapshot_load_text(r->file_name, r->file, r->file_size, &m,
				&error))
		return verify_malformed(
			r, "a machine from a file that holds none");
	r->sc->any_loaded = true;
	return keep(r, &m);
}

bool verify_imported(struct verify *r, struct message_reader *in)
{
	const uint32_t number = message_get_u32(in);
	const uint32_t line = message_get_u32(in);
	struct machine m = { .region = NULL };
	struct report_set set;
	struct file_error error;

	if (!message_done(in) || !r->file || !number)
		return verify_malformed(r, "a machine without a report");
	r->line = line;
	if (!machine_room(r, 0))
		return false;
	if (!report_machine_text(r->file_name, r->file, r->file_size, number,
				 &set, &m, &error))
		return verify_malformed(
			r, "a machine from a file that has no such report");
	report_set_destroy(&set);
	r->sc->any_loaded = true;
	return keep(r, &m);
}

/* -- files ---------------------------------------------------------------- */

static void forget_file(struct verify *r)
{
	free(r->file_name);
	free(r->file);
	r->file_name = NULL;
	r->file = NULL;
	r->file_size = 0;
}

/* A grader allows data files, not the scenario of another student. */
static bool may_be_read(const struct verify *r, const char *name)
{
	const char *ending = strrchr(name, '.');

	return !r->sc->options.graded ||
	       (ending &&
		(!strcmp(ending, ".json") || !strcmp(ending, ".jsonl")));
}

bool verify_file(struct verify *r, struct message_reader *in)
{
	const char *name = message_get_text(in, 4096);
	struct codec c = { .out = r->answers };
	struct answer_message answer;

	if (!message_done(in))
		return verify_malformed(r, "a file name");
	forget_file(r);
	r->effort += MACHINE_COST;
	if (r->effort > MAX_EFFORT)
		return verify_limit(r, LIMIT_MACHINES);
	r->file_name = strdup(name);
	if (!r->file_name)
		return verify_no_memory(r);
	answer.answer = FILE_UNREADABLE;
	answer.why = "graded scenarios read only .json and .jsonl files";
	if (may_be_read(r, name))
		answer.answer = folder_read(r->sc->folder, name, &r->file,
					    &r->file_size, &answer.why);
	r->effort += r->file_size;
	if (r->sc->options.graded &&
	    !verify_machines(r, r->file_size * PARSED_BYTES))
		return false;
	answer.text = r->file;
	answer.size = r->file_size;
	message_begin(r->answers, MESSAGE_FILE_ANSWER);
	codec_answer(&c, &answer);
	message_end(r->answers);
	return !r->answers->failed || verify_no_memory(r);
}

void verify_close(struct verify *r)
{
	forget_file(r);
}
