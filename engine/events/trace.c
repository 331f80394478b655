/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trace: the tables generated from events.def and enums.def. */
#include "events/trace.h"

#include <string.h>

#include "machine/gfp.h"

#define EVENT(name, stage, function, text, ...)                                \
	static const struct event_field fields_##name[] = { __VA_ARGS__ };
#define FIELD(kind, name_) { #name_, KIND_##kind, sizeof(field_##kind##_t) },
#include "events/events.def"

const struct event_type event_types[NR_EVENTS] = {
#define EVENT(name_, stage_, function_, text_, ...)                            \
	[EVENT_##name_] = {                                                    \
		.name = #name_,                                                \
		.stage = STAGE_##stage_,                                       \
		.function = function_,                                         \
		.text = text_,                                                 \
		.fields = fields_##name_,                                      \
		.nr_fields =                                                   \
			sizeof(fields_##name_) / sizeof(fields_##name_[0]),    \
		.size = sizeof(struct event_##name_),                          \
	},
#include "events/events.def"
};

struct enumerator {
	const char *name;
	const char *text;
};

/* clang-format off */
#define ENUM(set, PREFIX, ...) \
	static const struct enumerator enum_##set[] = { __VA_ARGS__ };
#define ENUMERATOR(PREFIX, name, text) { #name, text },
/* clang-format on */
#include "events/enums.def"

static const struct {
	const char *name;
	const struct enumerator *enumerators; /* NULL: not an enum */
	unsigned int nr;
} kinds[NR_KINDS] = {
#define KIND(name, type) [KIND_##name] = { #name, NULL, 0 },
	FIELD_KINDS(KIND)
#undef KIND
#define ENUM(set, PREFIX, ...)                                                 \
	[KIND_##set] = { #set, enum_##set,                                     \
			 sizeof(enum_##set) / sizeof(enum_##set[0]) },
#include "events/enums.def"
};

static const char *const stage_names[NR_STAGES] = {
	[STAGE_REQUEST] = "request",	 [STAGE_WALK] = "walk",
	[STAGE_WATERMARK] = "watermark", [STAGE_PCP] = "pcp",
	[STAGE_BUDDY] = "buddy",	 [STAGE_FALLBACK] = "fallback",
	[STAGE_PREP] = "prep",		 [STAGE_FREE] = "free",
	[STAGE_MACHINE] = "machine",
};

/* The linker defines the ends of the section; NULL without any site. */
extern const struct trace_site __start_trace_sites[] __attribute__((weak));
extern const struct trace_site __stop_trace_sites[] __attribute__((weak));

const struct trace_site *trace_sites(size_t *nr)
{
	*nr = __start_trace_sites ?
		      (size_t)(__stop_trace_sites - __start_trace_sites) :
		      0;
	return __start_trace_sites;
}

const struct trace_site *event_site(const struct event *event)
{
	size_t nr;
	const struct trace_site *site = trace_sites(&nr);

	for (; nr; nr--, site++)
		if (site->event == event->event && site->line == event->line)
			return site;
	return NULL;
}

const char *event_stage_name(enum event_stage stage)
{
	return stage < NR_STAGES ? stage_names[stage] : "none";
}

int event_from_name(const char *name)
{
	for (int i = 0; i < NR_EVENTS; i++)
		if (!strcmp(name, event_types[i].name))
			return i;
	return -1;
}

const char *event_nearest(const char *name)
{
	return nearest_name(name, &event_types[0].name, NR_EVENTS,
			    sizeof(event_types[0]));
}

int event_field_index(const struct event_type *type, const char *name)
{
	for (unsigned int i = 0; i < type->nr_fields; i++)
		if (!strcmp(name, type->fields[i].name))
			return (int)i;
	return -1;
}

size_t event_field_offset(const struct event_type *type, unsigned int index)
{
	size_t at = 0;

	for (unsigned int i = 0; i < index; i++)
		at += type->fields[i].size;
	return at;
}

int64_t event_field_value(const struct event *event,
			  const struct event_field *field)
{
	const struct event_type *type = event_type(event);
	const char *at =
		(const char *)event_payload(event) +
		event_field_offset(type, (unsigned int)(field - type->fields));
	uint16_t u16;
	uint32_t u32;
	int64_t i64;

	switch (field->size) {
	case sizeof(uint8_t):
		return *(const uint8_t *)at;
	case sizeof(u16):
		memcpy(&u16, at, sizeof(u16));
		return u16;
	case sizeof(u32):
		memcpy(&u32, at, sizeof(u32));
		return field->kind == KIND_signed ? (int64_t)(int32_t)u32 :
						    (int64_t)u32;
	default:
		memcpy(&i64, at, sizeof(i64));
		return i64;
	}
}

int64_t event_number(const struct event *event, const char *name)
{
	int i = event_field_index(event_type(event), name);

	return i < 0 ? -1 :
		       event_field_value(event, &event_type(event)->fields[i]);
}

static uint32_t account_part(const struct event *event, const char *field)
{
	const int64_t nr = event_number(event, field);

	return nr < 0 ? 0 : (uint32_t)nr;
}

bool event_free_account(const struct event *event, struct free_account *account)
{
	*account = (struct free_account){
#define PART(name, text) .name = account_part(event, "account_" #name),
		FREE_ACCOUNT(PART)
#undef PART
	};
#define ADD(name, text) account->free += account->name;
	FREE_ACCOUNT(ADD)
#undef ADD
	account->free -= account->isolated;
	return account->free || account->isolated;
}

bool kind_is_enum(enum field_kind kind)
{
	return kind < NR_KINDS && kinds[kind].enumerators;
}

unsigned int enum_size(enum field_kind kind)
{
	return kind < NR_KINDS ? kinds[kind].nr : 0;
}

const char *enum_name(enum field_kind kind, uint32_t value)
{
	return value < enum_size(kind) ? kinds[kind].enumerators[value].name :
					 "none";
}

const char *enum_text(enum field_kind kind, uint32_t value)
{
	return value < enum_size(kind) ? kinds[kind].enumerators[value].text :
					 "none";
}

const char *field_kind_name(enum field_kind kind)
{
	return kind < NR_KINDS ? kinds[kind].name : "none";
}
