/* SPDX-License-Identifier: GPL-2.0-or-later */
/* liar_say: messages of the wire, and what else a process may try. */
#include "liar.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "boot/boot.h"
#include "sandbox/isolate_private.h"

void say_hello(struct liar *l, uint32_t magic)
{
	wire_begin(&l->out, WIRE_HELLO);
	wire_u32(&l->out, magic);
	wire_u32(&l->out, WIRE_VERSION);
	code_report(&l->c, &l->report);
	wire_end(&l->out);
}

/* The given machine, or one of @nr_pages. */
void say_machine(struct liar *l, uint32_t nr_pages)
{
	struct wire_machine machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = nr_pages;
	wire_begin(&l->out, WIRE_MACHINE);
	code_machine(&l->c, &machine);
	wire_end(&l->out);
	free(machine.description);
}

void say_alloc(struct liar *l, uint32_t session, uint32_t order, uint32_t pfn,
	       uint32_t last_step)
{
	struct wire_request r = {
		.session = session,
		.source = 1,
		.request = { .kind = REQUEST_ALLOC,
			     .alloc = { .gfp = GFP_HIGHUSER_MOVABLE,
					.order = order },
			     .pfn = pfn,
			     .last_step = last_step,
			     .where.line = 5 },
	};

	wire_begin(&l->out, WIRE_REQUEST);
	code_request(&l->c, &r);
	wire_end(&l->out);
}

void say_note(struct liar *l, uint32_t session, uint32_t step, const char *text)
{
	struct wire_note note = {
		.session = session,
		.note = { .step = step, .text = (char *)(uintptr_t)text },
	};

	wire_begin(&l->out, WIRE_NOTE);
	code_note(&l->c, &note);
	wire_end(&l->out);
}

void say_end(struct liar *l, enum scenario_outcome outcome, enum limit hit,
	     uint32_t nr_failed)
{
	struct wire_end end = { .outcome = outcome,
				.hit = hit,
				.nr_failed = nr_failed,
				.message = "passed" };

	wire_begin(&l->out, WIRE_END);
	code_end(&l->c, &end);
	wire_end(&l->out);
	wire_flush(&l->out);
}

void say_bare(struct liar *l, enum wire_type type, uint32_t word)
{
	wire_begin(&l->out, type);
	wire_u32(&l->out, word);
	wire_end(&l->out);
	wire_flush(&l->out);
}

void say_file(struct liar *l, const char *name)
{
	wire_begin(&l->out, WIRE_FILE);
	wire_text(&l->out, name);
	wire_end(&l->out);
	wire_flush(&l->out);
}

void say_bytes(struct liar *l, const void *bytes, size_t size)
{
	wire_flush(&l->out);
	if (send(l->out.fd, bytes, size, MSG_NOSIGNAL) < 0)
		_exit(1);
}

void begin(struct liar *l)
{
	say_hello(l, WIRE_MAGIC);
	say_machine(l, 1 << 14);
	wire_flush(&l->out);
}

void end_well(struct liar *l)
{
	say_end(l, SCENARIO_OK, LIMIT_NONE, 0);
}

void wait_for_ever(void)
{
	for (;;)
		poll(NULL, 0, -1);
}

/* What the report could look like, on every descriptor but our own. */
void write_everywhere(void)
{
	static const char text[] = "10 of 10  passed\n";

	for (int fd = 0; fd < 1024; fd++)
		if (fd != ISOLATE_FD)
			syscall(SYS_sendto, fd, text, sizeof(text) - 1, 0, NULL,
				0);
}

/* Is the file of somebody else given out? Then it ends without a word. */
void steal(struct liar *l, const char *name)
{
	struct wire_buffer buffer = { .data = NULL };
	struct wire_answer answer = { .why = "" };
	struct wire_in in;
	struct wire_code c = { .in = &in };

	say_file(l, name);
	if (!wire_receive(&buffer, l->out.fd, WIRE_FILE_ANSWER, &in))
		_exit(0);
	code_answer(&c, &answer);
	if (in.bad || answer.answer == FILE_READ)
		_exit(0);
}

/* More than there is; less under a sanitizer, which limits nothing. */
void use_memory(void)
{
	for (int mib = 0; mib < (SANITIZED ? 200 : 7000); mib++) {
		char *p = malloc(1 << 20);

		if (p)
			*p = 1;
	}
}
