/* SPDX-License-Identifier: GPL-2.0-or-later */
/* redo_machine: machines made again, and the files that they come from. */
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "mm/control.h"
#include "state/arena.h"
#include "json/folder.h"
#include "sandbox/verify.h"
#include "snapshot/snapshot.h"
#include "sandbox/codec.h"

enum {
	FRAME_BYTES = 12, /* of state a frame */
	MACHINE_COST = 1 << 16, /* of state beside its frames, at least */
};

/* Files and machines that were asked for; an honest script reads some. */
#define MAX_EFFORT (UINT64_C(8) << 30)

/* -- machines ------------------------------------------------------------- */

/* Is there room for one more machine of that many bytes? */
static bool machine_room(struct redo *r, uint64_t size)
{
	uint64_t most = limit_value(r->sc, LIMIT_MACHINES);

	if (r->sc->machines > most || size > most - r->sc->machines)
		return redo_limit(r, LIMIT_MACHINES);
	r->effort += MACHINE_COST;
	if (r->effort > MAX_EFFORT)
		return redo_limit(r, LIMIT_MACHINES);
	return true;
}

/* Machine @m is one of the scenario's from now on. */
static bool keep(struct redo *r, struct machine *m)
{
	struct scenario *sc = r->sc;
	const size_t size = m->region_size;
	struct session *s = session_new(m, sc->options.record);
	struct session **kept = s ? array_add(sc->sessions, sc->nr_sessions) :
				    NULL;

	if (!kept) {
		if (s)
			session_free(s);
		else
			arena_destroy(m);
		return redo_no_memory(r);
	}
	*kept = s;
	sc->latest = s;
	sc->machines += size;
	redo_tell_rest(r);
	return note_flush(sc, s) || redo_no_memory(r);
}

/* A bound of the region's size, before it is made. */
static uint64_t description_size(const struct machine_description *d)
{
	uint64_t end = 0;

	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		const struct node_description *n = &d->node[nid];

		if (n->start_pfn != PFN_NONE && n->start_pfn > end)
			end = n->start_pfn;
		end += n->nr_pages;
	}
	return end * FRAME_BYTES;
}

static bool boot(struct redo *r, const struct wire_machine *machine)
{
	struct machine m = { .region = NULL };
	char message[256];
	enum boot_error error;

	r->line = machine->line;
	if (!machine_room(r, description_size(machine->description)))
		return false;
	error = machine_boot(&m, machine->description, message,
			     sizeof(message));
	if (error == BOOT_SYSTEM)
		return redo_no_memory(r);
	if (error != BOOT_OK)
		return redo_nonsense(r, "a machine that cannot be made");
	machine_set_poison(&m, machine->poison);
	return keep(r, &m);
}

bool redo_machine(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct wire_machine machine;
	bool good;

	machine.description = machine_description_new();
	if (!machine.description)
		return redo_no_memory(r);
	code_machine(&c, &machine);
	good = wire_done(in) ? boot(r, &machine) :
			       redo_nonsense(r, "a broken description");
	free(machine.description);
	return good;
}

bool redo_loaded(struct redo *r, struct wire_in *in)
{
	uint32_t line = wire_get_u32(in);
	struct machine m = { .region = NULL };
	struct file_error error;

	if (!wire_done(in) || !r->file)
		return redo_nonsense(r, "a machine from no file");
	r->line = line;
	if (!machine_room(r, 0))
		return false;
	if (!snapshot_load_text(r->file_name, r->file, r->file_size, &m,
				&error))
		return redo_nonsense(r, "a machine from a file without one");
	r->sc->any_loaded = true;
	return keep(r, &m);
}

/* -- files ---------------------------------------------------------------- */

static void forget_file(struct redo *r)
{
	free(r->file_name);
	free(r->file);
	r->file_name = NULL;
	r->file = NULL;
	r->file_size = 0;
}

/* Data, and not, beside it, the scenario of another student? */
static bool may_be_read(const struct redo *r, const char *name)
{
	const char *ending = strrchr(name, '.');

	return !r->sc->options.graded ||
	       (ending &&
		(!strcmp(ending, ".json") || !strcmp(ending, ".jsonl")));
}

bool redo_file(struct redo *r, struct wire_in *in)
{
	const char *name = wire_get_text(in, 4096);
	struct wire_code c = { .out = r->answers };
	struct wire_answer answer;

	if (!wire_done(in))
		return redo_nonsense(r, "a file without a name");
	forget_file(r);
	r->effort += MACHINE_COST;
	if (r->effort > MAX_EFFORT)
		return redo_limit(r, LIMIT_MACHINES);
	r->file_name = strdup(name);
	if (!r->file_name)
		return redo_no_memory(r);
	answer.answer = FILE_UNREADABLE;
	answer.why = "in grading only .json and .jsonl are read";
	if (may_be_read(r, name))
		answer.answer = folder_read(r->sc->folder, name, &r->file,
					    &r->file_size, &answer.why);
	r->effort += r->file_size;
	answer.text = r->file;
	answer.size = r->file_size;
	wire_begin(r->answers, WIRE_FILE_ANSWER);
	code_answer(&c, &answer);
	wire_end(r->answers);
	return !r->answers->failed || redo_no_memory(r);
}

void redo_close(struct redo *r)
{
	forget_file(r);
}
