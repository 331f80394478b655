/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_trace: every event can be found by name, read field by field and
 * printed as text. Values are written through the structs, so the field
 * table is compared with the compiler's layout.
 */
#include "events/trace.h"
#include "machine/gfp.h"
#include "test.h"

#define EVENT_TEXT_MAX 2048

struct sample {
	struct event event;
	uint64_t payload[32];
};

static const struct system small_system = {
	.nr_zone_types = 3,
	.zone_type = { ZONE_DMA, ZONE_DMA32, ZONE_NORMAL },
};

static const struct machine small_machine = { .system = &small_system };

/* -- the table ---------------------------------------------------------- */

static void check_type(enum event_id id)
{
	const struct event_type *type = &event_types[id];

	CHECK_EQ(event_from_name(type->name), id);
	CHECK(type->stage < NR_STAGES);
	CHECK(*type->function);
	CHECK(type->nr_fields > 0);
	CHECK(type->size <= sizeof(((struct sample *)NULL)->payload));
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const struct event_field *field = &type->fields[i];

		CHECK(field->size == 1 || field->size == 2 ||
		      field->size == 4 || field->size == 8);
		CHECK(field->kind < NR_KINDS);
		CHECK_EQ(event_field_index(type, field->name), i);
	}
}

static void check_offsets(const struct event_type *type, const size_t *offsets,
			  size_t nr)
{
	CHECK_EQ(type->nr_fields, nr);
	for (unsigned int i = 0; i < type->nr_fields; i++)
		CHECK_EQ(event_field_offset(type, i), offsets[i]);
}

static void test_offsets(void)
{
#define EVENT(name, stage, function, text, ...)                                \
	{                                                                      \
		typedef struct event_##name this_event;                        \
		static const size_t offsets[] = { __VA_ARGS__ };               \
		check_offsets(&event_types[EVENT_##name], offsets,             \
			      sizeof(offsets) / sizeof(offsets[0]));           \
	}
#define FIELD(kind, field) offsetof(this_event, field),
#include "events/events.def"
}

static void test_names(void)
{
	const struct event_type *type = &event_types[EVENT_zone_skip];
	const char *near = event_nearest("zone_skp");

	for (int i = 0; i < NR_EVENTS; i++)
		check_type((enum event_id)i);
	CHECK_EQ(event_from_name("zone_skip"), EVENT_zone_skip);
	CHECK_EQ(event_from_name("zone_ski"), -1);
	CHECK_EQ(event_from_name(""), -1);
	CHECK_STR(near ? near : "(none)", "zone_skip");
	CHECK(!event_nearest("qqqqqqqqqqqqqqq"));
	CHECK_EQ(event_field_index(type, "reason"), 2);
	CHECK_EQ(event_field_index(type, "gat"), -1);
}

static void test_stages_and_kinds(void)
{
	for (int i = 0; i < NR_STAGES; i++)
		for (int j = 0; j < i; j++)
			CHECK(strcmp(event_stage_name((enum event_stage)i),
				     event_stage_name((enum event_stage)j)));
	CHECK_STR(event_stage_name(NR_STAGES), "none");
	for (int i = 0; i < NR_KINDS; i++)
		for (int j = 0; j < i; j++)
			CHECK(strcmp(field_kind_name((enum field_kind)i),
				     field_kind_name((enum field_kind)j)));
	CHECK_STR(field_kind_name(NR_KINDS), "none");
}

static void check_words(enum field_kind kind)
{
	for (unsigned int i = 0; i < enum_size(kind); i++) {
		CHECK(*enum_text(kind, i));
		for (unsigned int j = 0; j < i; j++)
			CHECK(strcmp(enum_name(kind, i), enum_name(kind, j)));
	}
	CHECK_STR(enum_name(kind, enum_size(kind)), "none");
	CHECK_STR(enum_text(kind, enum_size(kind)), "none");
}

static void test_words(void)
{
	for (int kind = 0; kind < NR_KINDS; kind++)
		if (kind_is_enum((enum field_kind)kind))
			check_words((enum field_kind)kind);
	CHECK(kind_is_enum(KIND_skip_reason));
	CHECK(!kind_is_enum(KIND_pfn));
	CHECK_EQ(enum_size(KIND_pfn), 0);
	CHECK_EQ(enum_size(KIND_wmark), NR_WMARK_INDEX);
	CHECK_STR(enum_name(KIND_skip_reason, SKIP_dirty), "dirty");
}

/* -- fields and text of an event ------------------------------------------ */

/* A value of the field's kind, another for each @round. */
static uint64_t sample_value(const struct event_field *field, uint32_t round)
{
	if (kind_is_enum(field->kind))
		return round % enum_size(field->kind);
	switch (field->kind) {
	case KIND_zone:
		return round % small_system.nr_zone_types;
	case KIND_migratetype:
		return round % MIGRATE_TYPES;
	case KIND_flag:
		return round & 1;
	case KIND_gfp:
		return GFP_KERNEL;
	case KIND_alloc_flags:
		return ALLOC_WMARK_LOW | ALLOC_CPUSET;
	case KIND_nid:
	case KIND_cpu:
	case KIND_order:
		return 100 + round;
	default:
		return 1000 + round;
	}
}

/* @value as a number of @size bytes. */
static void put_number(char *at, size_t size, uint64_t value)
{
	const uint32_t word = (uint32_t)value;
	const uint16_t half = (uint16_t)value;
	const uint8_t byte = (uint8_t)value;

	memcpy(at,
	       size == 8 ? (const void *)&value :
	       size == 4 ? (const void *)&word :
	       size == 2 ? (const void *)&half :
			   (const void *)&byte,
	       size);
}

static void sample_fill(struct sample *sample, enum event_id id, uint32_t round)
{
	const struct event_type *type = &event_types[id];

	memset(sample, 0, sizeof(*sample));
	sample->event.event = (uint16_t)id;
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		uint64_t value = sample_value(&type->fields[i], round + i);
		char *at =
			(char *)sample->payload + event_field_offset(type, i);

		put_number(at, type->fields[i].size, value);
		CHECK_EQ(event_field_value(&sample->event, &type->fields[i]),
			 value);
	}
}

/* Does the text print this field unconditionally? */
static bool prints_field(const char *text, const char *name)
{
	int depth = 0;
	size_t len = strlen(name);

	for (; *text; text++) {
		depth -= *text == '}';
		if (*text != '{')
			continue;
		if (!depth++ && !strncmp(text + 1, name, len) &&
		    text[len + 1] == '}')
			return true;
	}
	return false;
}

static void check_event_text(const struct sample *sample)
{
	const struct event_type *type = event_type(&sample->event);
	char text[EVENT_TEXT_MAX], word[GFP_TEXT_MAX];

	event_text_format(&small_machine, &sample->event, text, sizeof(text));
	if (strpbrk(text, "{}?") || text[strlen(text) - 1] != '.')
		fprintf(stderr, "%s: %s\n", type->name, text);
	CHECK(!strpbrk(text, "{}?"));
	CHECK_EQ(text[strlen(text) - 1], '.');
	CHECK(strlen(text) < sizeof(text) - 1);
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const struct event_field *field = &type->fields[i];
		int64_t value = event_field_value(&sample->event, field);

		if (!prints_field(type->text, field->name))
			continue;
		if (kind_is_enum(field->kind))
			snprintf(word, sizeof(word), "%s",
				 enum_text(field->kind, (uint32_t)value));
		else
			field_text(&small_machine, field->kind, value, word,
				   sizeof(word));
		CHECK(strstr(text, word));
	}
}

static void test_event_texts(void)
{
	for (int id = 0; id < NR_EVENTS; id++) {
		struct sample sample;

		for (uint32_t round = 0; round < 20; round++) {
			sample_fill(&sample, (enum event_id)id, round);
			CHECK_EQ(event_id(&sample.event), id);
			check_event_text(&sample);
		}
	}
}

static void test_cut_text(void)
{
	struct sample sample;
	char text[EVENT_TEXT_MAX], cut[40];

	sample_fill(&sample, EVENT_alloc_request, 0);
	event_text_format(&small_machine, &sample.event, text, sizeof(text));
	for (size_t size = 1; size <= sizeof(cut); size++) {
		memset(cut, '~', sizeof(cut));
		event_text_format(&small_machine, &sample.event, cut, size);
		CHECK_EQ(strlen(cut), size - 1);
		CHECK(!strncmp(cut, text, size - 1));
	}
}

static void check_text(enum field_kind kind, int64_t value,
		       const char *expected)
{
	char text[GFP_TEXT_MAX];

	CHECK_STR(field_text(&small_machine, kind, value, text, sizeof(text)),
		  expected);
}

static void test_field_text(void)
{
	check_text(KIND_zone, 0, "DMA");
	check_text(KIND_zone, 2, "Normal");
	check_text(KIND_zone, 3, "none");
	check_text(KIND_migratetype, MIGRATE_CMA, "cma");
	check_text(KIND_gfp, GFP_KERNEL | __GFP_ZERO, "GFP_KERNEL|__GFP_ZERO");
	check_text(KIND_alloc_flags, ALLOC_WMARK_HIGH | ALLOC_OOM,
		   "WMARK_HIGH|OOM");
	check_text(KIND_nodemask, 0, "none");
	check_text(KIND_nodemask, 0x5, "0,2");
	check_text(KIND_nodemask, INT64_MIN, "63");
	check_text(KIND_flag, 1, "yes");
	check_text(KIND_flag, 0, "no");
	check_text(KIND_pfn, 65996, "65996");
	check_text(KIND_pfn, PFN_NONE, "none");
	check_text(KIND_signed, -693, "-693");
	check_text(KIND_skip_reason, SKIP_highest_zoneidx, "highest_zoneidx");
}

/* What a field of ones reads as: a signed one keeps its sign. */
static int64_t all_ones(const struct event_field *field)
{
	if (field->kind == KIND_signed || field->kind == KIND_nodemask)
		return -1;
	return INT64_MAX >> (63 - 8 * field->size);
}

static void test_signed_and_wide(void)
{
	for (int id = 0; id < NR_EVENTS; id++) {
		const struct event_type *type = &event_types[id];
		struct sample sample = { .event = { .event = (uint16_t)id } };

		memset(sample.payload, 0xff, sizeof(sample.payload));
		for (unsigned int i = 0; i < type->nr_fields; i++) {
			const struct event_field *field = &type->fields[i];

			CHECK_EQ(event_field_value(&sample.event, field),
				 all_ones(field));
		}
	}
}

int main(void)
{
	test_offsets();
	test_names();
	test_stages_and_kinds();
	test_words();
	test_event_texts();
	test_cut_text();
	test_field_text();
	test_signed_and_wide();
	return test_done();
}
