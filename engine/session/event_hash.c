/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "session/event_hash.h"

#include <string.h>

enum { NUMBER_BYTES = 10 }; /* at most, of 64 bits */

void event_hash_begin(struct sha256 *h)
{
	static const char begin[] = "zonewalk/events/2";

	sha256_begin(h);
	sha256_add(h, begin, sizeof(begin));
}

/* Write the number at @to. Returns where the next one goes. */
static uint8_t *put_number(uint8_t *to, int64_t number)
{
	uint64_t rest = (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);

	for (; rest > 0x7f; rest >>= 7)
		*to++ = (uint8_t)(rest | 0x80);
	*to++ = (uint8_t)rest;
	return to;
}

void event_hash_add(struct sha256 *h, const struct event *event)
{
	const struct event_type *type = event_type(event);
	uint8_t bytes[(MAX_NAMED_VALUES + 1) * NUMBER_BYTES];
	uint8_t *end = put_number(bytes, event->request);

	for (unsigned int i = 0; i < type->nr_fields; i++)
		end = put_number(end,
				 event_field_value(event, &type->fields[i]));
	sha256_add(h, type->name, strlen(type->name) + 1);
	sha256_add(h, bytes, (size_t)(end - bytes));
}
