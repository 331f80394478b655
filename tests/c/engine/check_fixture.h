/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_fixture: a small machine in use, for the checker to find errors in. */
#ifndef TESTS_CHECK_FIXTURE_H
#define TESTS_CHECK_FIXTURE_H

#include "mm/allocator.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"

enum {
	RESERVED = 16000, /* a frame that is never allocated */
	CMA_START = 12288,
	TOP = 10, /* the largest order */
};

/* One node, two cpus, a CMA area; some blocks allocated, some pages on pcp
 * lists. */
struct fixture {
	struct machine m;
	const struct zone *zone; /* DMA32 */
	uint32_t used; /* a block in use, order 3 */
	uint32_t page; /* a page in use */
};

/* Boots it and makes some requests; exits if that fails. */
void fixture_init(struct fixture *b);
/* Allocates a block; exits if there is none. */
uint32_t fixture_alloc(struct machine *m, gfp_t gfp, uint32_t order);

#endif
