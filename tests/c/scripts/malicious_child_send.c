/* SPDX-License-Identifier: GPL-2.0-or-later */
/* malicious_child_send: messages, and other attempts of a process. */
#include "malicious_child.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "boot/boot.h"
#include "sandbox/isolate_private.h"

void send_hello(struct child *child, uint32_t magic)
{
	wire_begin(&child->out, WIRE_HELLO);
	wire_u32(&child->out, magic);
	wire_u32(&child->out, WIRE_VERSION);
	code_report(&child->c, &child->report);
	wire_end(&child->out);
}

/* A machine of @nr_pages. */
void send_machine(struct child *child, uint32_t nr_pages)
{
	struct wire_machine machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = nr_pages;
	wire_begin(&child->out, WIRE_MACHINE);
	code_machine(&child->c, &machine);
	wire_end(&child->out);
	free(machine.description);
}

void send_alloc(struct child *child, uint32_t session, uint32_t order,
		uint32_t pfn, uint32_t last_step)
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

	wire_begin(&child->out, WIRE_REQUEST);
	code_request(&child->c, &r);
	wire_end(&child->out);
}

void send_note(struct child *child, uint32_t session, uint32_t step,
	       const char *text)
{
	struct wire_note note = {
		.session = session,
		.note = { .step = step, .text = (char *)(uintptr_t)text },
	};

	wire_begin(&child->out, WIRE_NOTE);
	code_note(&child->c, &note);
	wire_end(&child->out);
}

void send_end(struct child *child, enum scenario_outcome outcome,
	      enum limit hit, uint32_t nr_failed)
{
	struct wire_end end = { .outcome = outcome,
				.hit = hit,
				.nr_failed = nr_failed,
				.message = "passed" };

	wire_begin(&child->out, WIRE_END);
	code_end(&child->c, &end);
	wire_end(&child->out);
	wire_flush(&child->out);
}

void send_bare(struct child *child, enum wire_type type, uint32_t word)
{
	wire_begin(&child->out, type);
	wire_u32(&child->out, word);
	wire_end(&child->out);
	wire_flush(&child->out);
}

void send_file(struct child *child, const char *name)
{
	wire_begin(&child->out, WIRE_FILE);
	wire_text(&child->out, name);
	wire_end(&child->out);
	wire_flush(&child->out);
}

void send_bytes(struct child *child, const void *bytes, size_t size)
{
	wire_flush(&child->out);
	if (send(child->out.fd, bytes, size, MSG_NOSIGNAL) < 0)
		_exit(1);
}

void send_begin(struct child *child)
{
	send_hello(child, WIRE_MAGIC);
	send_machine(child, 1 << 14);
	wire_flush(&child->out);
}

void send_end_ok(struct child *child)
{
	send_end(child, SCENARIO_OK, LIMIT_NONE, 0);
}

void wait_forever(void)
{
	for (;;)
		poll(NULL, 0, -1);
}

/* Writes a line of a report to every descriptor but the socket. */
void write_everywhere(void)
{
	static const char text[] = "10 of 10  passed\n";

	for (int fd = 0; fd < 1024; fd++)
		if (fd != ISOLATE_FD)
			syscall(SYS_sendto, fd, text, sizeof(text) - 1, 0, NULL,
				0);
}

/* Exits without a message if another submission can be read. */
void read_other_submission(struct child *child, const char *name)
{
	struct wire_buffer buffer = { .data = NULL };
	struct wire_answer answer = { .why = "" };
	struct wire_in in;
	struct wire_code c = { .in = &in };

	send_file(child, name);
	if (!wire_receive(&buffer, child->out.fd, WIRE_FILE_ANSWER, &in))
		_exit(0);
	code_answer(&c, &answer);
	if (in.bad || answer.answer == FILE_READ)
		_exit(0);
}

/* Exceeds the limit; less under a sanitizer, where there is none. */
void use_memory(void)
{
	for (int mib = 0; mib < (SANITIZED ? 200 : 7000); mib++) {
		char *p = malloc(1 << 20);

		if (p)
			*p = 1;
	}
}
