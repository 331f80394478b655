/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_bench: a small machine in use, to be checked and broken. */
#ifndef TESTS_CHECK_BENCH_H
#define TESTS_CHECK_BENCH_H

#include "mm/allocator.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"

enum {
	RESERVED = 16000, /* a frame that is never given out */
	CMA_START = 12288,
	TOP = 10, /* the largest order */
};

/* One node, two cpus, a CMA area; some blocks in use, some pages in pcp. */
struct bench {
	struct machine m;
	const struct zone *zone; /* DMA32 */
	uint32_t used; /* a block in use, order 3 */
	uint32_t page; /* a page in use */
};

/* Boot it and use it a little; the program ends if that does not work. */
void bench_open(struct bench *b);
/* A block that must be there. */
uint32_t bench_alloc(struct machine *m, gfp_t gfp, uint32_t order);

#endif
