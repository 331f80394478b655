/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_protocol: values are read as they were written, truncated and changed
 * messages are rejected, and re-executing any conversation ends within a
 * limited time.
 *
 *   test_protocol [N]   N mutated conversations
 */
#include "protocol_replay.h"

/* -- values --------------------------------------------------------------- */

/* The payload of the only message of @out. */
static struct message_reader payload_of(const struct message_writer *out,
					enum message_type wanted)
{
	struct message_buffer buffer = { .data = out->data,
					 .end = out->length };
	struct message_reader in = { .bad = true };
	enum message_type type = NR_MESSAGE_TYPES;

	CHECK_EQ(message_next(&buffer, MESSAGE_PAYLOAD_MAX, &type, &in),
		 MESSAGE_COMPLETE);
	CHECK_EQ(type, wanted);
	return in;
}

static void check_values(void)
{
	struct message_writer out;
	struct message_reader in;
	size_t length;

	open_buffer(&out);
	message_begin(&out, MESSAGE_NOTE);
	message_put_u8(&out, 200);
	message_put_u32(&out, 0xdeadbeef);
	message_put_u64(&out, UINT64_MAX - 5);
	message_put_text(&out, "a text");
	message_put_bytes(&out, "\0\1", 2);
	message_put_u8(&out, 1);
	message_put_u32(&out, 7);
	message_end(&out);
	in = payload_of(&out, MESSAGE_NOTE);
	CHECK_EQ(message_get_u8(&in), 200);
	CHECK_EQ(message_get_u32(&in), 0xdeadbeef);
	CHECK(message_get_u64(&in) == UINT64_MAX - 5);
	CHECK_STR(message_get_text(&in, 6), "a text");
	CHECK(!memcmp(message_get_bytes(&in, 2, &length), "\0\1", 2));
	CHECK_EQ(length, 2);
	CHECK(message_get_flag(&in));
	CHECK(!message_done(&in)); /* two values remain */
	CHECK_EQ(message_get_most(&in, 7), 7);
	CHECK(message_done(&in));
	CHECK_EQ(message_get_u8(&in), 0);
	CHECK(!message_done(&in));
	message_writer_destroy(&out);
}

static struct message_reader bytes(const uint8_t *data, size_t size)
{
	return (struct message_reader){ .at = data, .end = data + size };
}

static void check_malformed_values(void)
{
	static const uint8_t flag[] = { 2 }, number[] = { 9, 0, 0, 0 };
	static const uint8_t long_text[] = { 3, 0, 0, 0, 'a', 'b', 'c', 0 };
	static const uint8_t nul_text[] = { 3, 0, 0, 0, 'a', 0, 'c', 0 };
	static const uint8_t open_text[] = { 3, 0, 0, 0, 'a', 'b', 'c', 1 };
	static const uint8_t large[] = { 255, 255, 255, 255, 'a', 0 };
	struct message_reader in = bytes(flag, sizeof(flag));
	size_t length;

	message_get_flag(&in);
	CHECK(in.bad);
	in = bytes(number, sizeof(number));
	CHECK_EQ(message_get_most(&in, 8), 0);
	CHECK(in.bad);
	in = bytes(long_text, sizeof(long_text));
	CHECK_STR(message_get_text(&in, 2), "");
	CHECK(in.bad);
	in = bytes(nul_text, sizeof(nul_text));
	CHECK_STR(message_get_text(&in, 9), "");
	CHECK(in.bad);
	in = bytes(open_text, sizeof(open_text));
	CHECK_STR(message_get_text(&in, 9), "");
	CHECK(in.bad);
	in = bytes(large, sizeof(large));
	message_get_bytes(&in, SIZE_MAX, &length);
	CHECK(in.bad);
	CHECK_EQ(length, 0);
	in = bytes(number, 3);
	CHECK_EQ(message_get_u32(&in), 0);
	CHECK(in.bad);
}

static void check_framing(void)
{
	static uint8_t cut[] = { 9, 0, 0, 0, MESSAGE_NOTE, 1, 2 };
	static uint8_t type[] = { 0, 0, 0, 0, NR_MESSAGE_TYPES };
	static uint8_t zero[] = { 0, 0, 0, 0, 0 };
	static uint8_t large[] = { 0, 0, 0, 2, MESSAGE_NOTE };
	struct message_buffer b = { .data = cut, .end = sizeof(cut) };
	enum message_type t;
	struct message_reader in;

	CHECK_EQ(message_next(&b, MESSAGE_PAYLOAD_MAX, &t, &in),
		 MESSAGE_PARTIAL);
	CHECK_EQ(message_next(&b, 8, &t, &in), MESSAGE_MALFORMED);
	b = (struct message_buffer){ .data = cut, .end = 4 };
	CHECK_EQ(message_next(&b, MESSAGE_PAYLOAD_MAX, &t, &in),
		 MESSAGE_PARTIAL);
	b = (struct message_buffer){ .data = type, .end = sizeof(type) };
	CHECK_EQ(message_next(&b, MESSAGE_PAYLOAD_MAX, &t, &in),
		 MESSAGE_MALFORMED);
	b = (struct message_buffer){ .data = zero, .end = sizeof(zero) };
	CHECK_EQ(message_next(&b, MESSAGE_PAYLOAD_MAX, &t, &in),
		 MESSAGE_MALFORMED);
	b = (struct message_buffer){ .data = large, .end = sizeof(large) };
	CHECK_EQ(message_next(&b, MESSAGE_PAYLOAD_MAX, &t, &in),
		 MESSAGE_MALFORMED);
}

/* -- structures ----------------------------------------------------------- */

typedef void codec_fn(struct codec *c, void *value);

static void codec_machine_(struct codec *c, void *value)
{
	codec_machine(c, value);
}

static void codec_request_(struct codec *c, void *value)
{
	codec_request(c, value);
}

static void codec_report_(struct codec *c, void *value)
{
	codec_report(c, value);
}

static void encode(struct message_writer *out, codec_fn *code, void *value)
{
	struct codec c = { .out = out };

	open_buffer(out);
	message_begin(out, MESSAGE_MACHINE);
	code(&c, value);
	message_end(out);
}

/*
 * Encodes @from, decodes it to @to, encodes @to and compares the bytes; every
 * shorter payload is rejected.
 */
static void check_round_trip(codec_fn *code, void *from, void *to)
{
	struct message_writer out, copy;
	struct codec c;
	struct message_reader in;

	encode(&out, code, from);
	for (size_t size = 0; size + MESSAGE_HEADER < out.length; size++) {
		in = bytes(out.data + MESSAGE_HEADER, size);
		c = (struct codec){ .in = &in };
		code(&c, to);
		CHECK(!message_done(&in));
	}
	in = payload_of(&out, MESSAGE_MACHINE);
	c = (struct codec){ .in = &in };
	code(&c, to);
	CHECK(message_done(&in));
	encode(&copy, code, to);
	CHECK_EQ(copy.length, out.length);
	CHECK(!memcmp(copy.data, out.data, out.length));
	message_writer_destroy(&out);
	message_writer_destroy(&copy);
}

static void fill_description(struct machine_description *d)
{
	d->arch = ARCH_ARM64;
	d->nr_nodes = 3;
	d->node[0] = (struct node_description){
		.nr_pages = 100,
		.movable = 5,
		.nr_holes = 1,
		.holes = { { 1, 2 } },
		.nr_cma = 2,
		.cma = { { 3, 4 }, { 5, 6 } },
	};
	d->node[2].absent = true;
	d->nr_cpus = 2;
	d->has_cpu_node = true;
	d->cpu_node[1] = 2;
	d->has_distance = true;
	d->distance[2][1] = 77;
	d->zone_limit[ZONE_NORMAL] = 88;
	d->cma = 1;
	d->numa = -1;
	d->nofragment = 0;
	d->dirty_bytes = UINT64_MAX;
	d->highmem_is_dirtyable = 1;
	d->has_lowmem_reserve_ratio = true;
	d->lowmem_reserve_ratio[1] = 32;
}

static void check_description(void)
{
	struct machine_message from = { .line = 9, .poison = true }, to;

	from.description = machine_description_new();
	to.description = machine_description_new();
	fill_description(from.description);
	check_round_trip(codec_machine_, &from, &to);
	CHECK_EQ(to.line, 9);
	CHECK(to.poison);
	CHECK_EQ(to.description->node[0].cma[1].nr_pages, 6);
	CHECK_EQ(to.description->distance[2][1], 77);
	CHECK_EQ(to.description->numa, -1);
	free(from.description);
	free(to.description);
}

/* Every parameter of every kind arrives, each with a value of its own. */
static void check_requests(void)
{
	for (int kind = 0; kind < NR_REQUEST_KINDS; kind++) {
		const struct request_type *type = &request_types[kind];
		struct request_message to = { .session = 0 }, from = {
			.session = 3,
			.source = 2,
			.request = { .kind = (enum request_kind)kind,
				     .pfn = 99,
				     .last_step = 12,
				     .where.line = 42,
				     .name = "twenty-three characters" },
		};

		for (uint32_t i = 0; i < type->nr_params; i++) {
			const struct request_param *param = &type->params[i];
			char *at = (char *)&from.request + param->offset;

			if (param->kind == KIND_flag)
				*at = 1;
			else
				memset(at, (int)(0x80 + i), param->size);
		}
		check_round_trip(codec_request_, &from, &to);
		CHECK_EQ(to.request.kind, kind);
		CHECK_EQ(to.request.pfn, 99);
		CHECK_EQ(to.request.last_step, 12);
		CHECK_EQ(to.request.where.line, 42);
		if (!request_is_alloc(&from.request))
			from.request.name[0] = '\0'; /* only blocks have one */
		CHECK(!request_difference(&to.request, &from.request));
	}
}

static void check_report(void)
{
	struct isolation_report from = { .process = true, .landlock = true };
	struct isolation_report to;

	check_round_trip(codec_report_, &from, &to);
	CHECK(!memcmp(&from, &to, sizeof(to)));
}

int main(int argc, char **argv)
{
	unsigned long nr = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
	char *path = write_scenario(scenario_lua);
	struct conversation messages;

	check_values();
	check_malformed_values();
	check_framing();
	check_description();
	check_requests();
	check_report();
	CHECK(malformed_messages_are_rejected());
	messages = record_conversation(path);
	CHECK(messages.size > 3900);
	check_replay(path, &messages);
	check_mutations(path, &messages, nr);
	CHECK(conversations_are_right());
	free(messages.data);
	unlink(path);
	free(path);
	return test_done();
}
