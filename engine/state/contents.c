/* SPDX-License-Identifier: GPL-2.0-or-later */
/* contents: the contents of pages, and their poison. */
#include "state/contents.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define POISON_BYTE 0xaa

/*
 * A page whose address is not known to any caller is not written: its zeroes
 * are those of the mapping, and its poison is written when it is looked at.
 */
enum {
	CONTENTS_WRITTEN = 1, /* a caller got its address */
	CONTENTS_POISON_DUE = 2, /* poisoned, not written yet */
	CONTENTS_ARMED = 4, /* poisoned, to be checked */
};

struct node_contents {
	char *base; /* of the node's first page; NULL: not mapped yet */
	uint8_t *flags; /* CONTENTS_ flags, a byte per page */
	uint32_t start_pfn;
	uint32_t nr_pages;
	uint32_t page_size; /* bytes */
};

struct contents {
	struct node_contents node[MAX_NUMNODES];
	uint64_t nr_written; /* pages with CONTENTS_WRITTEN */
};

void *lazy_map(size_t size)
{
	void *map = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (map == MAP_FAILED)
		return NULL;
	/*
	 * Writes are spread over the mapping, and huge pages would allocate
	 * all of it. A system without huge pages returns an error here.
	 */
	(void)madvise(map, size, MADV_NOHUGEPAGE);
	return map;
}

void page_contents_free(struct machine *m)
{
	for (uint32_t nid = 0; m->contents && nid < MAX_NUMNODES; nid++) {
		struct node_contents *node = &m->contents->node[nid];

		if (!node->base)
			continue;
		munmap(node->base, (size_t)node->nr_pages * node->page_size);
		munmap(node->flags, node->nr_pages);
	}
	free(m->contents);
	m->contents = NULL;
}

/* The node's span, from its first zone's start to its last zone's end. */
static void node_span(const struct machine *m, uint32_t nid, uint32_t *start,
		      uint32_t *end)
{
	*start = UINT32_MAX;
	*end = 0;
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		const struct zone *zone = node_zone(m, nid, i);

		if (!zone->spanned)
			continue;
		if (zone->start_pfn < *start)
			*start = zone->start_pfn;
		if (zone_end_pfn(zone) > *end)
			*end = zone_end_pfn(zone);
	}
}

/* Map the node's contents unless they are mapped. NULL: no memory. */
static struct node_contents *node_contents(struct machine *m, uint32_t nid)
{
	struct node_contents *node;
	uint32_t end;

	if (!m->contents)
		m->contents = calloc(1, sizeof(*m->contents));
	if (!m->contents)
		return NULL;
	node = &m->contents->node[nid];
	if (node->base)
		return node;
	node_span(m, nid, &node->start_pfn, &end);
	node->nr_pages = end - node->start_pfn;
	node->page_size = (uint32_t)page_size(m);
	node->base = lazy_map((size_t)node->nr_pages * node->page_size);
	if (!node->base)
		return NULL;
	node->flags = lazy_map(node->nr_pages);
	if (!node->flags) {
		munmap(node->base, (size_t)node->nr_pages * node->page_size);
		node->base = NULL;
		return NULL;
	}
	return node;
}

static struct node_contents *pfn_contents(struct machine *m, uint32_t pfn)
{
	const struct zone *zone = pfn_zone(m, pfn);

	return zone ? node_contents(m, zone->node) : NULL;
}

static char *contents_address(const struct node_contents *node, uint32_t i)
{
	return node->base + (size_t)i * node->page_size;
}

void *page_address(struct machine *m, uint32_t pfn)
{
	struct node_contents *node = pfn_contents(m, pfn);
	uint32_t head = page_head(m, pfn), first = pfn, nr = 1;

	if (!node)
		return NULL;
	/* the rest of the block follows, and may be written too */
	if (head != PFN_NONE) {
		first = head;
		nr = 1u << page_order(m->pages[head]);
	}
	first -= node->start_pfn;
	for (uint32_t i = first; i < first + nr && i < node->nr_pages; i++) {
		if (node->flags[i] & CONTENTS_POISON_DUE)
			memset(contents_address(node, i), POISON_BYTE,
			       node->page_size);
		if (!(node->flags[i] & CONTENTS_WRITTEN))
			m->contents->nr_written++;
		node->flags[i] &= (uint8_t)~CONTENTS_POISON_DUE;
		node->flags[i] |= CONTENTS_WRITTEN;
	}
	return contents_address(node, pfn - node->start_pfn);
}

uint64_t page_contents_size(const struct machine *m)
{
	return m->contents ? m->contents->nr_written * page_size(m) : 0;
}

void page_contents_clear(struct machine *m, uint32_t pfn, unsigned int order)
{
	struct node_contents *node;

	/* a page whose address no caller ever got is zero */
	if (!m->contents)
		return;
	node = pfn_contents(m, pfn);
	if (!node)
		return;
	for (uint32_t n = 0; n < 1u << order; n++) {
		uint32_t i = pfn - node->start_pfn + n;
		char *page = contents_address(node, i);

		if (node->flags[i] & CONTENTS_WRITTEN) {
			m->contents->nr_written--;
			/* dropped, a page of a private mapping is zero */
			if (madvise(page, node->page_size, MADV_DONTNEED))
				memset(page, 0, node->page_size);
		}
		node->flags[i] = 0;
	}
}

void page_contents_poison(struct machine *m, uint32_t pfn, unsigned int order)
{
	struct node_contents *node = pfn_contents(m, pfn);

	if (!node)
		return;
	for (uint32_t n = 0; n < 1u << order; n++) {
		uint32_t i = pfn - node->start_pfn + n;

		if (node->flags[i] & CONTENTS_WRITTEN)
			memset(contents_address(node, i), POISON_BYTE,
			       node->page_size);
		else
			node->flags[i] |= CONTENTS_POISON_DUE;
		node->flags[i] |= CONTENTS_ARMED;
	}
}

/* The first byte of a page that is not poison; its size if there is none. */
static uint32_t first_bad_byte(const struct node_contents *node, uint32_t i)
{
	const char *page = contents_address(node, i);
	uint32_t at = 0;

	if (node->flags[i] & CONTENTS_POISON_DUE)
		return node->page_size;
	while (at < node->page_size && (uint8_t)page[at] == POISON_BYTE)
		at++;
	return at;
}

bool page_contents_check_poison(struct machine *m, uint32_t pfn,
				unsigned int order, uint32_t *bad_pfn,
				uint32_t *offset)
{
	struct node_contents *node = pfn_contents(m, pfn);
	bool ok = true;

	if (!node)
		return true;
	for (uint32_t n = 0; n < 1u << order; n++) {
		uint32_t i = pfn - node->start_pfn + n;
		uint32_t bad = node->page_size;

		if (ok && (node->flags[i] & CONTENTS_ARMED))
			bad = first_bad_byte(node, i);
		node->flags[i] &= (uint8_t)~CONTENTS_ARMED;
		if (bad == node->page_size)
			continue;
		ok = false;
		*bad_pfn = pfn + n;
		*offset = bad;
	}
	return ok;
}
