/* SPDX-License-Identifier: GPL-2.0-or-later */
/* malicious_child: what a process may send (malicious_child_send.c). */
#ifndef TESTS_MALICIOUS_CHILD_H
#define TESTS_MALICIOUS_CHILD_H

#include "sandbox/codec.h"

struct child {
	struct message_writer out;
	struct codec c;
	struct isolation_report report;
};

void send_hello(struct child *child, uint32_t magic);
void send_machine(struct child *child, uint32_t nr_pages);
void send_alloc(struct child *child, uint32_t session, uint32_t order,
		uint32_t pfn, uint32_t last_step);
void send_note(struct child *child, uint32_t session, uint32_t step,
	       const char *text);
void send_end(struct child *child, enum scenario_outcome outcome,
	      enum limit hit, uint32_t nr_failed);
void send_bare(struct child *child, enum message_type type, uint32_t word);
void send_imported(struct child *child, uint32_t number);
void send_file(struct child *child, const char *name);
void send_bytes(struct child *child, const void *bytes, size_t size);
void send_begin(struct child *child);
void send_end_ok(struct child *child);
void wait_forever(void);
void write_everywhere(void);
void read_other_submission(struct child *child, const char *name);
void use_memory(void);

#endif
