/* SPDX-License-Identifier: GPL-2.0-or-later */
/* requests: one request in one line of a test. */
#ifndef TEST_REQUESTS_H
#define TEST_REQUESTS_H

#include "session/session.h"

/* MAKE(s, DRAIN, .drain.cpu = 1): carry out a request of that kind. */
#define MAKE(s, KIND, ...)                                                     \
	session_request(                                                       \
		s, &(struct request){ .kind = REQUEST_##KIND, __VA_ARGS__ },   \
		NULL)

static inline const struct request *
make_alloc(struct session *s, const struct alloc_request *alloc,
	   const struct source_line *where, const char *name)
{
	struct request r = { .kind = alloc->has_alloc_flags ? REQUEST_GET_PAGE :
							      REQUEST_ALLOC,
			     .alloc = *alloc };

	request_set_name(&r, name);
	return session_request(s, &r, where);
}

static inline const struct request *make_free(struct session *s, uint32_t cpu,
					      uint32_t pfn, uint32_t order)
{
	return MAKE(s, FREE, .free = { pfn, order, cpu });
}

#endif
