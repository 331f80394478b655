/* SPDX-License-Identifier: GPL-2.0-or-later */
/* alloc_request: what a caller of the allocator requests. */
#ifndef ENGINE_ALLOC_REQUEST_H
#define ENGINE_ALLOC_REQUEST_H

#include "machine/gfp.h"

struct alloc_request {
	gfp_t gfp;
	uint32_t order;
	uint32_t nid; /* preferred node */
	uint32_t cpu; /* on which the request runs */
	uint64_t nodemask; /* bit i: node i */
	uint32_t alloc_flags;
	bool has_nodemask;
	bool has_alloc_flags; /* call get_page_from_freelist() directly */
	uint32_t owner; /* stored with the block; see page_owner() */
};

#endif
