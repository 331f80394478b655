/* SPDX-License-Identifier: GPL-2.0-or-later */
/* malicious_child_send: messages, and other attempts of a process. */
#include "malicious_child.h"
#include "sandbox/isolate.h"

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
	message_begin(&child->out, MESSAGE_HELLO);
	message_put_u32(&child->out, magic);
	message_put_u32(&child->out, PROTOCOL_VERSION);
	codec_report(&child->c, &child->report);
	message_end(&child->out);
}

/* A machine of @nr_pages. */
void send_machine(struct child *child, uint32_t nr_pages)
{
	struct machine_message machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = nr_pages;
	message_begin(&child->out, MESSAGE_MACHINE);
	codec_machine(&child->c, &machine);
	message_end(&child->out);
	free(machine.description);
}

void send_alloc(struct child *child, uint32_t session, uint32_t order,
		uint32_t pfn, uint32_t last_step)
{
	struct request_message r = {
		.session = session,
		.source = 1,
		.request = { .kind = REQUEST_ALLOC,
			     .alloc = { .gfp = GFP_HIGHUSER_MOVABLE,
					.order = order },
			     .pfn = pfn,
			     .last_step = last_step,
			     .where.line = 5 },
	};

	message_begin(&child->out, MESSAGE_REQUEST);
	codec_request(&child->c, &r);
	message_end(&child->out);
}

void send_note(struct child *child, uint32_t session, uint32_t step,
	       const char *text)
{
	struct note_message note = {
		.session = session,
		.note = { .step = step,
			  .text = text,
			  .size = (uint32_t)strlen(text) + 1 },
	};

	message_begin(&child->out, MESSAGE_NOTE);
	codec_note(&child->c, &note);
	message_end(&child->out);
}

void send_end(struct child *child, enum scenario_outcome outcome,
	      enum limit hit, uint32_t nr_failed)
{
	struct end_message end = { .outcome = outcome,
				   .hit = hit,
				   .nr_failed = nr_failed,
				   .message = "passed" };

	message_begin(&child->out, MESSAGE_END);
	codec_end(&child->c, &end);
	message_end(&child->out);
	message_flush(&child->out);
}

void send_bare(struct child *child, enum message_type type, uint32_t word)
{
	message_begin(&child->out, type);
	message_put_u32(&child->out, word);
	message_end(&child->out);
	message_flush(&child->out);
}

void send_imported(struct child *child, uint32_t number)
{
	message_begin(&child->out, MESSAGE_IMPORTED);
	message_put_u32(&child->out, number);
	message_put_u32(&child->out, 1); /* the line */
	message_end(&child->out);
	message_flush(&child->out);
}

void send_file(struct child *child, const char *name)
{
	message_begin(&child->out, MESSAGE_FILE);
	message_put_text(&child->out, name);
	message_end(&child->out);
	message_flush(&child->out);
}

void send_bytes(struct child *child, const void *bytes, size_t size)
{
	message_flush(&child->out);
	if (send(child->out.fd, bytes, size, MSG_NOSIGNAL) < 0)
		_exit(1);
}

void send_begin(struct child *child)
{
	send_hello(child, PROTOCOL_MAGIC);
	send_machine(child, 1 << 14);
	message_flush(&child->out);
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
	struct message_buffer buffer = { .data = NULL };
	struct answer_message answer = { .why = "" };
	struct message_reader in;
	struct codec c = { .in = &in };

	send_file(child, name);
	if (!message_receive(&buffer, child->out.fd, MESSAGE_FILE_ANSWER, &in))
		_exit(0);
	codec_answer(&c, &answer);
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
