/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wire_lies: what a process says that is broken, or that lies. */
#include "wire_talk.h"

struct liar {
	struct wire_out out;
	struct wire_code c;
};

static void say_hello(struct liar *l)
{
	struct isolation_report report = { .process = true };

	wire_begin(&l->out, WIRE_HELLO);
	wire_u32(&l->out, WIRE_MAGIC);
	wire_u32(&l->out, WIRE_VERSION);
	code_report(&l->c, &report);
	wire_end(&l->out);
}

static void say_machine(struct liar *l)
{
	struct wire_machine machine = { .line = 1 };

	machine.description = machine_description_new();
	machine.description->nr_nodes = 1;
	machine.description->node[0].nr_pages = 4096;
	machine.description->node[0].start_pfn = 0;
	wire_begin(&l->out, WIRE_MACHINE);
	code_machine(&l->c, &machine);
	wire_end(&l->out);
	free(machine.description);
}

static struct wire_request honest_alloc(void)
{
	return (struct wire_request){
		.source = 1,
		.request = { .kind = REQUEST_ALLOC,
			     .alloc.gfp = GFP_KERNEL,
			     .pfn = PFN_NONE,
			     .where.line = 5 },
	};
}

static void say_request(struct liar *l, struct wire_request r)
{
	wire_begin(&l->out, WIRE_REQUEST);
	code_request(&l->c, &r);
	wire_end(&l->out);
}

static void say_end(struct liar *l, enum scenario_outcome outcome,
		    uint32_t nr_failed)
{
	struct wire_end end = { .outcome = outcome,
				.nr_failed = nr_failed,
				.message = "" };

	wire_begin(&l->out, WIRE_END);
	code_end(&l->c, &end);
	wire_end(&l->out);
}

static void say_write(struct liar *l, uint32_t pfn, uint64_t offset)
{
	wire_begin(&l->out, WIRE_WRITE);
	wire_u32(&l->out, 0);
	wire_u32(&l->out, pfn);
	wire_u64(&l->out, offset);
	wire_bytes(&l->out, "x", 1);
	wire_end(&l->out);
}

static void say_note(struct liar *l, uint32_t session, uint32_t step)
{
	char text[] = "text";
	struct wire_note note = { .session = session,
				  .note = { .step = step, .text = text } };

	wire_begin(&l->out, WIRE_NOTE);
	code_note(&l->c, &note);
	wire_end(&l->out);
}

static void say_bare(struct liar *l, enum wire_type type)
{
	wire_begin(&l->out, type);
	wire_end(&l->out);
}

static void say_number(struct liar *l, enum wire_type type, uint32_t number)
{
	wire_begin(&l->out, type);
	wire_u32(&l->out, number);
	wire_end(&l->out);
}

enum lie {
	LIE_NO_HELLO,
	LIE_TWO_HELLOS,
	LIE_NO_END,
	LIE_WRONG_PAGE,
	LIE_NO_SESSION,
	LIE_NO_FLAG,
	LIE_LOADED_NOTHING,
	LIE_EXPECTATIONS,
	LIE_CRASHED,
	LIE_NOTE_STEP,
	LIE_NOTE_SESSION,
	LIE_WRITE_BEYOND,
	LIE_WRITE_OFFSET,
	LIE_OUR_MESSAGE,
	LIE_PARAM,
	LIE_EMPTY,
	NR_LIES
};

/* A request that cannot be. */
static void tell_request(struct liar *l, enum lie lie)
{
	struct wire_request r = honest_alloc();

	switch (lie) {
	case LIE_WRONG_PAGE:
		r.request.pfn = 12345;
		break;
	case LIE_NO_SESSION:
		r.session = 1;
		break;
	default:
		return;
	}
	say_request(l, r);
}

/* m:task{} with @flag for every flag: 0 and 1 are valid. */
static void say_task(struct liar *l, uint8_t flag)
{
	const struct request_type *task = &request_types[REQUEST_TASK];
	const uint32_t begin[] = { 0, 1, 5, REQUEST_TASK };
	const uint32_t end[] = { PFN_NONE, 0, 1 };

	wire_begin(&l->out, WIRE_REQUEST);
	for (int i = 0; i < 4; i++)
		wire_u32(&l->out, begin[i]);
	for (uint32_t i = 0; i < task->nr_params; i++)
		if (task->params[i].kind == KIND_flag)
			wire_u8(&l->out, flag);
		else
			wire_u64(&l->out, 1);
	for (int i = 0; i < 3; i++)
		wire_u32(&l->out, end[i]);
	wire_end(&l->out);
}

/* Another message that cannot be. */
static void tell_other(struct liar *l, enum lie lie)
{
	if (lie == LIE_NO_FLAG || lie == NR_LIES)
		say_task(l, lie == NR_LIES ? 1 : 2);
	if (lie == LIE_TWO_HELLOS)
		say_hello(l);
	if (lie == LIE_LOADED_NOTHING)
		say_number(l, WIRE_LOADED, 3);
	if (lie == LIE_NOTE_STEP)
		say_note(l, 0, 1);
	if (lie == LIE_NOTE_SESSION)
		say_note(l, WIRE_SESSION_NONE, 0);
	if (lie == LIE_WRITE_BEYOND)
		say_write(l, 4096, 0);
	if (lie == LIE_WRITE_OFFSET)
		say_write(l, 0, UINT64_MAX - 4095);
	if (lie == LIE_OUR_MESSAGE)
		say_bare(l, WIRE_JOB);
	if (lie == LIE_EMPTY)
		say_bare(l, WIRE_REQUEST);
	if (lie == LIE_PARAM)
		say_number(l, WIRE_PARAM, 0);
}

static void tell_lie(struct liar *l, enum lie lie)
{
	if (lie != LIE_NO_HELLO)
		say_hello(l);
	say_machine(l);
	tell_request(l, lie);
	tell_other(l, lie);
	if (lie != LIE_NO_END)
		say_end(l, lie == LIE_CRASHED ? SCENARIO_CRASHED : SCENARIO_OK,
			lie == LIE_EXPECTATIONS);
}

bool lies_are_noticed(void)
{
	const struct scenario_options options = { .record = true };

	for (int lie = 0; lie <= NR_LIES; lie++) {
		struct liar l;
		struct talk talk;
		struct scenario *sc;

		open_held(&l.out);
		l.c = (struct wire_code){ .out = &l.out };
		tell_lie(&l, (enum lie)lie);
		talk = (struct talk){ .data = l.out.data,
				      .size = l.out.length };
		sc = again("liar.lua", &talk, &options);
		fprintf(stderr, "lie %d: %s\n", lie, scenario_message(sc));
		if (lie == NR_LIES) /* the truth, to compare */
			CHECK_EQ(scenario_outcome(sc), SCENARIO_OK);
		else if (lie == LIE_WRITE_BEYOND)
			CHECK(scenario_outcome(sc) == SCENARIO_LIMIT ||
			      scenario_outcome(sc) == SCENARIO_CRASHED);
		else
			CHECK_EQ(scenario_outcome(sc), SCENARIO_CRASHED);
		if (lie == LIE_WRONG_PAGE)
			CHECK(strstr(scenario_message(sc),
				     "liar.lua:5: alloc: the scenario's "
				     "process says page 12345"));
		scenario_free(sc);
		wire_out_close(&l.out);
	}
	return !test_failures_;
}
