/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_event_hash: the bytes that are hashed, written here from the
 * description in event_hash.h, and that every number of an event counts.
 */
#include "session/event_hash.h"
#include "machine.h"
#include "requests.h"

/* A growing text of bytes. */
struct bytes {
	uint8_t data[1 << 16];
	size_t size;
};

static void add_text(struct bytes *b, const char *text)
{
	memcpy(b->data + b->size, text, strlen(text) + 1);
	b->size += strlen(text) + 1;
}

static void add_number(struct bytes *b, int64_t n)
{
	uint64_t z = n < 0 ? 2 * (uint64_t) - (n + 1) + 1 : 2 * (uint64_t)n;

	do {
		b->data[b->size++] = (uint8_t)(z % 128 + (z >= 128) * 128);
		z /= 128;
	} while (z);
}

static void hash_events(const struct session *s, uint32_t nr,
			char hex[SHA256_HEX])
{
	uint8_t digest[SHA256_BYTES];
	struct sha256 h;

	event_hash_begin(&h);
	for (uint32_t step = 1; step <= nr; step++)
		event_hash_add(&h, history_event(session_history(s), step));
	sha256_end(&h, digest);
	sha256_hex(digest, hex);
}

static void check_bytes(const struct session *s)
{
	static struct bytes b;
	char got[SHA256_HEX], expected[SHA256_HEX];

	add_text(&b, "zonewalk/events/2");
	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		const struct event *event =
			history_event(session_history(s), step);
		const struct event_type *type = event_type(event);

		add_text(&b, type->name);
		add_number(&b, event->request);
		for (unsigned int i = 0; i < type->nr_fields; i++)
			add_number(&b,
				   event_field_value(event, &type->fields[i]));
	}
	CHECK(b.size < sizeof(b.data) / 2);
	hash_events(s, session_nr_steps(s), got);
	sha256_hex_of(b.data, b.size, expected);
	CHECK_STR(got, expected);
}

/* Change each field of the last event, and its request, one after another. */
static void check_fields(const struct session *s)
{
	const uint32_t last = session_nr_steps(s);
	struct event *event = (struct event *)(uintptr_t)history_event(
		session_history(s), last);
	const struct event_type *type = event_type(event);
	char before[SHA256_HEX], after[SHA256_HEX];

	hash_events(s, last, before);
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		char *at = (char *)(uintptr_t)event_payload(event) +
			   event_field_offset(type, i);

		*at ^= 1;
		hash_events(s, last, after);
		CHECK(strcmp(before, after));
		*at ^= 1;
	}
	event->request++;
	hash_events(s, last, after);
	CHECK(strcmp(before, after));
	event->request--;
	hash_events(s, last - 1, after);
	CHECK(strcmp(before, after));
	hash_events(s, last, after);
	CHECK_STR(after, before);
}

int main(void)
{
	struct machine m = small_machine();
	struct session *s = session_new(&m, true);

	CHECK(s);
	if (!s)
		return test_done();
	MAKE(s, ALLOC, .alloc = { .order = 2, .gfp = GFP_KERNEL });
	check_fields(s);
	MAKE(s, ALLOC, .alloc = { .order = 0, .gfp = GFP_HIGHUSER_MOVABLE });
	check_fields(s);
	MAKE(s, DRAIN, .drain.cpu = 0);
	MAKE(s, FAULT, .fault = { .times = 1u << 31 });
	check_fields(s);
	check_bytes(s);
	session_free(s);
	return test_done();
}
