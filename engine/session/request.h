/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request: what a session can do to its machine, as data.
 *
 * struct request is a union tagged by its kind: the parameters of that kind,
 * and beside them the result. requests.def is the table of the kinds.
 */
#ifndef ENGINE_REQUEST_H
#define ENGINE_REQUEST_H

#include "mm/allocator.h"

enum request_kind {
#define REQUEST(KIND, name, run, text, lua) REQUEST_##KIND,
#define MEMBER(kind, path, name)
#define REQUEST_END(member)
#include "session/requests.def"
	NR_REQUEST_KINDS
};

/* Where in a scenario a request or note stands; file NULL: nowhere. */
struct source_line {
	const char *file; /* kept by the caller for the session's life */
	uint32_t line;
	/*
	 * The statement that called the function with @line; @line itself, or
	 * 0, if that is in no function.
	 */
	uint32_t statement;
};

static inline uint32_t source_statement(const struct source_line *where)
{
	return where->statement ? where->statement : where->line;
}

struct request {
	enum request_kind kind;

	/* the result; session_request() fills these in */
	enum machine_error error; /* not none: refused, nothing was changed */
	uint32_t pfn; /* that was allocated; PFN_NONE: none */
	uint32_t busy; /* why an isolation failed; PFN_NONE: it did not */
	uint32_t first_step; /* its first event's; last_step + 1 if none */
	uint32_t last_step;

	struct source_line where;
	char name[24]; /* the scenario's name for the block, or "" */

	/* the parameters, by kind */
	union {
		struct alloc_request alloc; /* ALLOC, GET_PAGE */
		struct {
			struct task task;
			uint32_t cpusets; /* mems_allowed counts */
		};
		struct fault_attr fault;
/* clang-format off */
#define REQUEST(KIND, name, run, text, lua) struct {
#define REQUEST_OF(KIND, name, run, text, lua)
#define REQUEST_OF_END
#define PARAM(member, kind, name) uint32_t name;
#define MEMBER(kind, path, name)
#define REQUEST_END(member) } member;
#include "session/requests.def"
		/* clang-format on */
	};
};

/* A parameter: where in struct request it is, 1, 4 or 8 bytes. */
struct request_param {
	const char *name;
	enum field_kind kind;
	uint16_t offset;
	uint16_t size;
};

struct request_type {
	const char *name; /* "alloc" "get_page_from_freelist" "free" ... */
	const char *text;
	const char *lua;
	const struct request_param *params;
	uint32_t nr_params;
};

extern const struct request_type request_types[NR_REQUEST_KINDS];

const char *request_kind_name(enum request_kind kind);
/* A parameter's value. A nodemask with bit 63 reads as negative. */
int64_t request_param_value(const struct request *r,
			    const struct request_param *param);

/* The parameter called @name; @otherwise when the kind has none. */
int64_t request_get(const struct request *r, const char *name,
		    int64_t otherwise);

static inline bool request_is_alloc(const struct request *r)
{
	return r->kind == REQUEST_ALLOC || r->kind == REQUEST_GET_PAGE;
}

/* The block that @r allocated or names; PFN_NONE: none. */
uint32_t request_pfn(const struct request *r);
/* The first that differs: "kind", a parameter's name, "owner"; or NULL. */
const char *request_difference(const struct request *a,
			       const struct request *b);
/* Name the block, at most 23 bytes; NULL: no name. */
void request_set_name(struct request *r, const char *name);

/* "alloc order 3 GFP_KERNEL, node 0, cpu 0", in @buf. Returns @buf. */
const char *request_text(const struct request *r, char *buf, size_t size);
/* The statement of a scenario that makes it again. Returns @buf. */
const char *request_lua(const struct request *r, char *buf, size_t size);

#endif
