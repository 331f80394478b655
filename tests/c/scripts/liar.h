/* SPDX-License-Identifier: GPL-2.0-or-later */
/* liar: what a process may say, true or not (liar_say.c), for test_liar. */
#ifndef TESTS_LIAR_H
#define TESTS_LIAR_H

#include "sandbox/codec.h"

struct liar {
	struct wire_out out;
	struct wire_code c;
	struct isolation_report report;
};

void say_hello(struct liar *l, uint32_t magic);
void say_machine(struct liar *l, uint32_t nr_pages);
void say_alloc(struct liar *l, uint32_t session, uint32_t order, uint32_t pfn,
	       uint32_t last_step);
void say_note(struct liar *l, uint32_t session, uint32_t step,
	      const char *text);
void say_end(struct liar *l, enum scenario_outcome outcome, enum limit hit,
	     uint32_t nr_failed);
void say_bare(struct liar *l, enum wire_type type, uint32_t word);
void say_file(struct liar *l, const char *name);
void say_bytes(struct liar *l, const void *bytes, size_t size);
void begin(struct liar *l);
void end_well(struct liar *l);
void wait_for_ever(void);
void write_everywhere(void);
void steal(struct liar *l, const char *name);
void use_memory(void);

#endif
