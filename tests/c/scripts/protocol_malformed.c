/* SPDX-License-Identifier: GPL-2.0-or-later */
/* protocol_malformed: conversations that no correct process has. */
#include "protocol_replay.h"

struct sender {
	struct message_writer out;
	struct codec c;
};

static void send_hello(struct sender *sender)
{
	struct isolation_report report = { .process = true };

	message_begin(&sender->out, MESSAGE_HELLO);
	message_put_u32(&sender->out, PROTOCOL_MAGIC);
	message_put_u32(&sender->out, PROTOCOL_VERSION);
	codec_report(&sender->c, &report);
	message_end(&sender->out);
}

static void send_machine(struct sender *sender)
{
	struct machine_message machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = 4096;
	machine.description->node[0].start_pfn = 0;
	message_begin(&sender->out, MESSAGE_MACHINE);
	codec_machine(&sender->c, &machine);
	message_end(&sender->out);
	free(machine.description);
}

static struct request_message valid_alloc(void)
{
	return (struct request_message){
		.source = 1,
		.request = { .kind = REQUEST_ALLOC,
			     .alloc.gfp = GFP_KERNEL,
			     .pfn = PFN_NONE,
			     .where.line = 5 },
	};
}

static void send_request(struct sender *sender, struct request_message r)
{
	message_begin(&sender->out, MESSAGE_REQUEST);
	codec_request(&sender->c, &r);
	message_end(&sender->out);
}

static void send_end(struct sender *sender, enum scenario_outcome outcome,
		     uint32_t nr_failed)
{
	struct end_message end = { .outcome = outcome,
				   .nr_failed = nr_failed,
				   .message = "" };

	message_begin(&sender->out, MESSAGE_END);
	codec_end(&sender->c, &end);
	message_end(&sender->out);
}

static void send_write(struct sender *sender, uint32_t pfn, uint64_t offset)
{
	message_begin(&sender->out, MESSAGE_WRITE);
	message_put_u32(&sender->out, 0);
	message_put_u32(&sender->out, pfn);
	message_put_u64(&sender->out, offset);
	message_put_bytes(&sender->out, "x", 1);
	message_end(&sender->out);
}

static void send_note(struct sender *sender, uint32_t session, uint32_t step)
{
	char text[] = "text";
	struct note_message note = {
		.session = session,
		.note = { .step = step, .text = text, .size = sizeof(text) }
	};

	message_begin(&sender->out, MESSAGE_NOTE);
	codec_note(&sender->c, &note);
	message_end(&sender->out);
}

static void send_bare(struct sender *sender, enum message_type type)
{
	message_begin(&sender->out, type);
	message_end(&sender->out);
}

static void send_number(struct sender *sender, enum message_type type,
			uint32_t number)
{
	message_begin(&sender->out, type);
	message_put_u32(&sender->out, number);
	message_end(&sender->out);
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
	struct request_message r = valid_alloc();

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
	const uint32_t begin[] = { 0, 1, 5, 5, REQUEST_TASK };
	const uint32_t end[] = { PFN_NONE, 0, 1 };

	message_begin(&sender->out, MESSAGE_REQUEST);
	for (int i = 0; i < 5; i++)
		message_put_u32(&sender->out, begin[i]);
	for (uint32_t i = 0; i < task->nr_params; i++)
		if (task->params[i].kind == KIND_flag)
			message_put_u8(&sender->out, flag);
		else
			message_put_u64(&sender->out, 1);
	for (int i = 0; i < 3; i++)
		message_put_u32(&sender->out, end[i]);
	message_end(&sender->out);
}

/* The same for other messages. */
static void send_invalid_message(struct sender *sender, enum malformed kind)
{
	if (kind == MALFORMED_NO_FLAG || kind == NR_MALFORMED)
		send_task(sender, kind == NR_MALFORMED ? 1 : 2);
	if (kind == MALFORMED_TWO_HELLOS)
		send_hello(sender);
	if (kind == MALFORMED_LOADED_NOTHING)
		send_number(sender, MESSAGE_LOADED, 3);
	if (kind == MALFORMED_NOTE_STEP)
		send_note(sender, 0, 1);
	if (kind == MALFORMED_NOTE_SESSION)
		send_note(sender, MESSAGE_SESSION_NONE, 0);
	if (kind == MALFORMED_WRITE_BEYOND)
		send_write(sender, 4096, 0);
	if (kind == MALFORMED_WRITE_OFFSET)
		send_write(sender, 0, UINT64_MAX - 4095);
	if (kind == MALFORMED_PARENTS_MESSAGE)
		send_bare(sender, MESSAGE_JOB);
	if (kind == MALFORMED_EMPTY)
		send_bare(sender, MESSAGE_REQUEST);
	if (kind == MALFORMED_PARAM)
		send_number(sender, MESSAGE_PARAM, 0);
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
		sender.c = (struct codec){ .out = &sender.out };
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
				     "process reports pfn 12345"));
		scenario_free(sc);
		message_writer_destroy(&sender.out);
	}
	return !test_failures_;
}
