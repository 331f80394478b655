/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace: the types of events, and functions that read an event.
 *
 * events.def is the only table of events. It generates the enum, a struct
 * for each event, and the field table with which the log, JSON, Lua and
 * search read an event of any type.
 *
 * The allocator emits events: trace(m, expand, .pfn = pfn, .order = high,
 * ...). Fields are named, so that a misspelt one does not compile. In the
 * untraced build of the allocator trace() expands to nothing.
 */
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/free_account.h"
#include "machine/mmzone.h"

/* One enum per set: enum skip_reason { SKIP_cpuset, ... NR_SKIP }. */
#define ENUM(set, PREFIX, ...) enum set { __VA_ARGS__ NR_##PREFIX };
#define ENUMERATOR(PREFIX, name, text) PREFIX##_##name,
#include "events/enums.def"

enum event_id {
#define EVENT(name, stage, function, text, ...) EVENT_##name,
#include "events/events.def"
	NR_EVENTS
};

enum event_stage {
	STAGE_REQUEST,
	STAGE_WALK,
	STAGE_WATERMARK,
	STAGE_PCP,
	STAGE_BUDDY,
	STAGE_FALLBACK,
	STAGE_PREP,
	STAGE_FREE,
	STAGE_MACHINE,
	NR_STAGES
};

/*
 * The kinds of fields beside the enumerations: KIND(name, C type). Types are
 * small, because a long history is as slow as the memory that it is written to.
 */
/* clang-format off */
#define FIELD_KINDS(KIND)                                                      \
	KIND(nid, uint8_t) /* node id */                                       \
	KIND(zone, uint8_t) /* zone index; prints as the zone's name */        \
	KIND(cpu, uint8_t)                                                     \
	KIND(pfn, uint32_t)                                                    \
	KIND(order, uint8_t)                                                   \
	KIND(migratetype, uint8_t)                                             \
	KIND(gfp, uint32_t)                                                    \
	KIND(alloc_flags, uint16_t)                                            \
	KIND(nodemask, uint64_t)                                               \
	KIND(flag, uint8_t) /* 0 or 1 */                                       \
	KIND(pages, uint32_t) /* a number of pages */                          \
	KIND(count, uint32_t) /* any other number */                           \
	KIND(signed, int32_t) /* a number that may be negative */

/* The kind of a field decides its C type, its text and its JSON value. */
#define KIND(name, type) KIND_##name,
enum field_kind {
	FIELD_KINDS(KIND)
#define ENUM(set, PREFIX, ...) KIND_##set,
#include "events/enums.def"
	NR_KINDS
};
/* clang-format on */

#undef KIND
#define KIND(name, type) typedef type field_##name##_t;
FIELD_KINDS(KIND)
#undef KIND
#define ENUM(set, PREFIX, ...)                                                 \
	typedef uint8_t field_##set##_t;                                       \
	_Static_assert(NR_##PREFIX <= 256, "an enumerator is a byte");
#include "events/enums.def"

_Static_assert(MAX_NUMNODES <= 256 && NR_CPUS <= 256, "ids are bytes");
_Static_assert(ALLOC_BITS_MASK <= UINT16_MAX, "flags are two bytes");

#define EVENT(name, stage, function, text, ...)                                \
	struct event_##name {                                                  \
		__VA_ARGS__                                                    \
	} __attribute__((packed));
#define FIELD(kind, field) field_##kind##_t field;
#include "events/events.def"

struct event_field {
	const char *name;
	enum field_kind kind;
	uint16_t size; /* bytes in the event's struct: 1, 2, 4 or 8 */
};

struct event_type {
	const char *name;
	enum event_stage stage;
	const char *function; /* the kernel's */
	const char *text; /* see event_text.c */
	const struct event_field *fields;
	uint16_t nr_fields;
	uint16_t size; /* of the event's struct, bytes */
};

extern const struct event_type event_types[NR_EVENTS];

/* The place in the source that emits an event: one for each trace() call. */
struct trace_site {
	uint16_t event; /* enum event_id */
	uint16_t line;
	const char *file; /* "buddy.c" */
	const char *function;
};

/*
 * The linker collects the sites in a section of their own. An event and its
 * line identify the site: no two calls on a line emit the same event.
 */
#define TRACE_SITE                                                             \
	__attribute__((section("trace_sites"), used,                           \
		       aligned(__alignof__(struct trace_site))))

/* An event in the history: a header, followed by the event's struct. */
struct event {
	uint16_t event; /* enum event_id */
	uint16_t line; /* of the trace() call, see event_site() */
	uint32_t request; /* index of the request it belongs to */
	/* struct event_NAME follows */
};

/* The trace() call that emitted @event; NULL if a test made the event. */
const struct trace_site *event_site(const struct event *event);
/* The array of all trace() calls and, in *@nr, its length. */
const struct trace_site *trace_sites(size_t *nr);

static inline const void *event_payload(const struct event *event)
{
	return event + 1;
}

static inline enum event_id event_id(const struct event *event)
{
	return (enum event_id)event->event;
}

static inline const struct event_type *event_type(const struct event *event)
{
	return &event_types[event->event];
}

/* The event's struct, or NULL when it is another event. */
#define event_get(ev, name)                                                    \
	(event_id(ev) == EVENT_##name ?                                        \
		 (const struct event_##name *)event_payload(ev) :              \
		 NULL)

const char *event_stage_name(enum event_stage stage);
/* The enum event_id, or -1 for an unknown name. */
int event_from_name(const char *name);
/* The event name most similar to @name, for "did you mean"; may be NULL. */
const char *event_nearest(const char *name);
/* Index into fields, or -1. */
int event_field_index(const struct event_type *type, const char *name);
/* The offset of field @index in the event's struct, in bytes. */
size_t event_field_offset(const struct event_type *type, unsigned int index);
/* The value of a field; a nodemask with bit 63 set is negative. */
int64_t event_field_value(const struct event *event,
			  const struct event_field *field);

/* The enumerators of a set: enum_name(KIND_skip_reason, SKIP_dirty). */
bool kind_is_enum(enum field_kind kind);
const char *enum_name(enum field_kind kind, uint32_t value);
const char *enum_text(enum field_kind kind, uint32_t value);
unsigned int enum_size(enum field_kind kind);
const char *field_kind_name(enum field_kind kind);

/*
 * A value as text: "Normal", "movable", "GFP_KERNEL", "65996", "none" for
 * PFN_NONE, the name of an enumerator. Returns @buf.
 */
const char *field_text(const struct machine *m, enum field_kind kind,
		       int64_t value, char *buf, size_t size);

/*
 * The inverse of field_text(), for names: the enumerator, flag, migratetype,
 * mask or zone type @text as a value of @kind. False if it is none.
 */
bool field_value_from_text(enum field_kind kind, const char *text,
			   int64_t *value);

/* The value of a field by its name, or -1. */
int64_t event_number(const struct event *event, const char *name);
static inline uint32_t event_u32(const struct event *event, const char *name)
{
	return (uint32_t)event_number(event, name);
}

/*
 * The account of free pages in the fields of @event; all zero if it has none.
 * Returns whether it has any page.
 */
bool event_free_account(const struct event *event,
			struct free_account *account);

/* A value that a text names in braces. */
struct named_value {
	const char *name;
	enum field_kind kind;
	int64_t value;
	const char *text; /* not NULL: the value is this text */
};

/* At least the number of fields that an event or a request has. */
enum { MAX_NAMED_VALUES = 32 };

/* Print one value into @buf. Returns @buf. */
typedef const char *value_text_fn(const struct machine *m,
				  const struct named_value *value, char *buf,
				  size_t size);
/* The value as field_text() prints it, an enumerator by its enum_text(). */
value_text_fn named_value_text;
/* @template with @values, each printed by @value_text. Returns @buf. */
const char *text_fill(const struct machine *m, const char *template,
		      const struct named_value *values, uint32_t nr_values,
		      value_text_fn *value_text, char *buf, size_t size);

/*
 * The text of an event in events.def with the event's values, at most @size
 * bytes including the NUL. @m provides the zone names. Returns @buf.
 */
const char *event_text_format(const struct machine *m,
			      const struct event *event, char *buf,
			      size_t size);

#endif
