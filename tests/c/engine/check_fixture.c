/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_fixture: a small machine in use, for the checker to find errors in. */
#include "check_fixture.h"

#include <stdio.h>
#include <stdlib.h>

__attribute__((noreturn)) static void fixture_fail(const char *why)
{
	fprintf(stderr, "%s\n", why);
	exit(EXIT_FAILURE);
}

uint32_t fixture_alloc(struct machine *m, gfp_t gfp, uint32_t order)
{
	const struct alloc_request request = { .gfp = gfp, .order = order };
	uint32_t pfn;

	if (machine_alloc(m, &request, &pfn) || pfn == PFN_NONE)
		fixture_fail("a request that must be served was not");
	return pfn;
}

void fixture_init(struct fixture *b)
{
	struct machine_description *d = machine_description_new();
	char message[512];
	uint32_t kept;

	if (!d)
		fixture_fail("no memory");
	d->nr_nodes = 1;
	d->node[0].nr_pages = 16384;
	d->node[0].reserved[0] = (struct page_range){ RESERVED, 1 };
	d->node[0].nr_reserved = 1;
	d->node[0].cma[0] = (struct page_range){ CMA_START, 1024 };
	d->node[0].nr_cma = 1;
	d->nr_cpus = 2;
	if (machine_boot(&b->m, d, message, sizeof(message)))
		fixture_fail(message);
	free(d);
	b->zone = node_zone(&b->m, 0, 1);
	b->used = fixture_alloc(&b->m, GFP_HIGHUSER_MOVABLE, 3);
	kept = fixture_alloc(&b->m, GFP_HIGHUSER_MOVABLE, 0);
	b->page = fixture_alloc(&b->m, GFP_HIGHUSER_MOVABLE, 0);
	if (machine_free(&b->m, 0, kept, 0))
		fixture_fail("a block in use was not freed");
}
