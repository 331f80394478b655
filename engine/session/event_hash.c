/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_hash: the chain over events. */
#include "session/event_hash.h"

#include <string.h>

void event_chain_begin(uint8_t chain[SHA256_BYTES])
{
	static const char begin[] = "zonewalk/events/1";
	struct sha256 h;

	sha256_begin(&h);
	sha256_add(&h, begin, sizeof(begin) - 1);
	sha256_end(&h, chain);
}

static void add_number(struct sha256 *h, uint64_t number, unsigned int size)
{
	uint8_t bytes[8];

	for (unsigned int i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	sha256_add(h, bytes, size);
}

static void add_event(uint8_t chain[SHA256_BYTES], const struct event *event)
{
	const struct event_type *type = event_type(event);
	struct sha256 h;

	sha256_begin(&h);
	sha256_add(&h, chain, SHA256_BYTES);
	sha256_add(&h, type->name, strlen(type->name) + 1);
	add_number(&h, event->request, 4);
	for (unsigned int i = 0; i < type->nr_fields; i++)
		add_number(&h,
			   (uint64_t)event_field_value(event, &type->fields[i]),
			   8);
	sha256_end(&h, chain);
}

void event_chain_add(uint8_t chain[SHA256_BYTES], const struct session *s)
{
	const struct history *history = session_history(s);

	for (uint32_t step = 1; step <= session_nr_steps(s); step++)
		add_event(chain, history_event(history, step));
}
