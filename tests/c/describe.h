/* SPDX-License-Identifier: GPL-2.0-or-later */
/* describe: short ways to describe a machine, boot it and look at a list. */
#ifndef TESTS_DESCRIBE_H
#define TESTS_DESCRIBE_H

#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"
#include "test.h"

static inline struct machine_description *describe(enum machine_arch arch)
{
	struct machine_description *d = machine_description_new();

	if (!d)
		exit(EXIT_FAILURE);
	d->arch = arch;
	return d;
}

static inline struct node_description *add_node(struct machine_description *d,
						uint32_t nr_pages)
{
	struct node_description *n = &d->node[d->nr_nodes++];

	n->nr_pages = nr_pages;
	return n;
}

/* Boot, check the invariants, and drop the description. */
static inline bool boot(struct machine *m, struct machine_description *d)
{
	char message[512] = "";
	enum boot_error error;

	*m = (struct machine){ .region = NULL };
	error = machine_boot(m, d, message, sizeof(message));
	free(d);
	CHECK_EQ(error, BOOT_OK);
	CHECK_STR(message, "");
	if (error)
		return false;
	CHECK(machine_check(m, message, sizeof(message)));
	CHECK_STR(message, "");
	return true;
}

/* The frames of a free list, head to tail, are these. */
static inline void check_list(const struct machine *m, const struct zone *zone,
			      unsigned int order, unsigned int type,
			      uint32_t nr, const uint32_t *pfns)
{
	uint32_t head = free_list(zone, order, type);
	uint32_t at = m->links[head].next;

	for (uint32_t i = 0; i < nr; i++, at = m->links[at].next)
		CHECK_EQ(at, pfns[i]);
	CHECK_EQ(at, head);
}

#endif
