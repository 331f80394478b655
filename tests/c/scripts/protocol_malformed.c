/* SPDX-License-Identifier: GPL-2.0-or-later */
/* protocol_malformed: conversations that no correct process has. */
#include "protocol_replay.h"

struct sender {
	struct wire_out out;
	struct wire_code c;
};

static void send_hello(struct sender *sender)
{
	struct isolation_report report = { .process = true };

	wire_begin(&sender->out, WIRE_HELLO);
	wire_u32(&sender->out, WIRE_MAGIC);
	wire_u32(&sender->out, WIRE_VERSION);
	code_report(&sender->c, &report);
	wire_end(&sender->out);
}

static void send_machine(struct sender *sender)
{
	struct wire_machine machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = 4096;
	machine.description->node[0].start_pfn = 0;
	wire_begin(&sender->out, WIRE_MACHINE);
	code_machine(&sender->c, &machine);
	wire_end(&sender->out);
	free(machine.description);
}

static struct wire_request valid_alloc(void)
{
	return (struct wire_request){
		.source = 1,
		.request = { .kind = REQUEST_ALLOC,
			     .alloc.gfp = GFP_KERNEL,
			     .pfn = PFN_NONE,
			     .where.line = 5 },
	};
}

static void send_request(struct sender *sender, struct wire_request r)
{
	wire_begin(&sender->out, WIRE_REQUEST);
	code_request(&sender->c, &r);
	wire_end(&sender->out);
}

static void send_end(struct sender *sender, enum scenario_outcome outcome,
		     uint32_t nr_failed)
{
	struct wire_end end = { .outcome = outcome,
				.nr_failed = nr_failed,
				.message = "" };

	wire_begin(&sender->out, WIRE_END);
	code_end(&sender->c, &end);
	wire_end(&sender->out);
}

static void send_write(struct sender *sender, uint32_t pfn, uint64_t offset)
{
	wire_begin(&sender->out, WIRE_WRITE);
	wire_u32(&sender->out, 0);
	wire_u32(&sender->out, pfn);
	wire_u64(&sender->out, offset);
	wire_bytes(&sender->out, "x", 1);
	wire_end(&sender->out);
}

static void send_note(struct sender *sender, uint32_t session, uint32_t step)
{
	char text[] = "text";
	struct wire_note note = { .session = session,
				  .note = { .step = step, .text = text } };

	wire_begin(&sender->out, WIRE_NOTE);
	code_note(&sender->c, &note);
	wire_end(&sender->out);
}

static void send_bare(struct sender *sender, enum wire_type type)
{
	wire_begin(&sender->out, type);
	wire_end(&sender->out);
}

static void send_number(struct sender *sender, enum wire_type type,
			uint32_t number)
{
	wire_begin(&sender->out, type);
	wire_u32(&sender->out, number);
	wire_end(&sender->out);
}

enum malformed {
	MALFORMED_NO_HELLO,
	MALFORMED_TWO_HELLOS,
	MALFORMED_NO_END,
	MALFORMED_WRONG_PAGE,
	MALFORMED_NO_SESSION,
	MALFORMED_NO_FLAG,
	MALFORMED_LOADED_NOTHING,
	MALFORMED_EXPECTATIONS,
	MALFORMED_CRASHED,
	MALFORMED_NOTE_STEP,
	MALFORMED_NOTE_SESSION,
	MALFORMED_WRITE_BEYOND,
	MALFORMED_WRITE_OFFSET,
	MALFORMED_PARENTS_MESSAGE,
	MALFORMED_PARAM,
	MALFORMED_EMPTY,
	NR_MALFORMED
};

/* Sends the request that makes the conversation invalid, if it is one. */
static void send_invalid_request(struct sender *sender, enum malformed kind)
{
	struct wire_request r = valid_alloc();

	switch (kind) {
	case MALFORMED_WRONG_PAGE:
		r.request.pfn = 12345;
		break;
	case MALFORMED_NO_SESSION:
		r.session = 1;
		break;
	default:
		return;
	}
	send_request(sender, r);
}

/* m:task{} with @flag for every flag: 0 and 1 are valid. */
static void send_task(struct sender *sender, uint8_t flag)
{
	const struct request_type *task = &request_types[REQUEST_TASK];
	const uint32_t begin[] = { 0, 1, 5, REQUEST_TASK };
	const uint32_t end[] = { PFN_NONE, 0, 1 };

	wire_begin(&sender->out, WIRE_REQUEST);
	for (int i = 0; i < 4; i++)
		wire_u32(&sender->out, begin[i]);
	for (uint32_t i = 0; i < task->nr_params; i++)
		if (task->params[i].kind == KIND_flag)
			wire_u8(&sender->out, flag);
		else
			wire_u64(&sender->out, 1);
	for (int i = 0; i < 3; i++)
		wire_u32(&sender->out, end[i]);
	wire_end(&sender->out);
}

/* The same for other messages. */
static void send_invalid_message(struct sender *sender, enum malformed kind)
{
	if (kind == MALFORMED_NO_FLAG || kind == NR_MALFORMED)
		send_task(sender, kind == NR_MALFORMED ? 1 : 2);
	if (kind == MALFORMED_TWO_HELLOS)
		send_hello(sender);
	if (kind == MALFORMED_LOADED_NOTHING)
		send_number(sender, WIRE_LOADED, 3);
	if (kind == MALFORMED_NOTE_STEP)
		send_note(sender, 0, 1);
	if (kind == MALFORMED_NOTE_SESSION)
		send_note(sender, WIRE_SESSION_NONE, 0);
	if (kind == MALFORMED_WRITE_BEYOND)
		send_write(sender, 4096, 0);
	if (kind == MALFORMED_WRITE_OFFSET)
		send_write(sender, 0, UINT64_MAX - 4095);
	if (kind == MALFORMED_PARENTS_MESSAGE)
		send_bare(sender, WIRE_JOB);
	if (kind == MALFORMED_EMPTY)
		send_bare(sender, WIRE_REQUEST);
	if (kind == MALFORMED_PARAM)
		send_number(sender, WIRE_PARAM, 0);
}

static void send_conversation(struct sender *sender, enum malformed kind)
{
	if (kind != MALFORMED_NO_HELLO)
		send_hello(sender);
	send_machine(sender);
	send_invalid_request(sender, kind);
	send_invalid_message(sender, kind);
	if (kind != MALFORMED_NO_END)
		send_end(sender,
			 kind == MALFORMED_CRASHED ? SCENARIO_CRASHED :
						     SCENARIO_OK,
			 kind == MALFORMED_EXPECTATIONS);
}

bool malformed_messages_are_rejected(void)
{
	const struct scenario_options options = { .record = true };

	for (int kind = 0; kind <= NR_MALFORMED; kind++) {
		struct sender sender;
		struct conversation messages;
		struct scenario *sc;

		open_buffer(&sender.out);
		sender.c = (struct wire_code){ .out = &sender.out };
		send_conversation(&sender, (enum malformed)kind);
		messages = (struct conversation){ .data = sender.out.data,
						  .size = sender.out.length };
		sc = replay_conversation("malformed.lua", &messages, &options);
		fprintf(stderr, "conversation %d: %s\n", kind,
			scenario_message(sc));
		if (kind == NR_MALFORMED) /* the valid conversation */
			CHECK_EQ(scenario_outcome(sc), SCENARIO_OK);
		else if (kind == MALFORMED_WRITE_BEYOND)
			CHECK(scenario_outcome(sc) == SCENARIO_LIMIT ||
			      scenario_outcome(sc) == SCENARIO_CRASHED);
		else
			CHECK_EQ(scenario_outcome(sc), SCENARIO_CRASHED);
		if (kind == MALFORMED_WRONG_PAGE)
			CHECK(strstr(scenario_message(sc),
				     "malformed.lua:5: alloc: the scenario's "
				     "process says page 12345"));
		scenario_free(sc);
		wire_out_close(&sender.out);
	}
	return !test_failures_;
}
