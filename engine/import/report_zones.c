/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_zones: which zone types, page size and orders the kernel that wrote a
 * report has, where the report does not say so.
 */
#include "import/report_machine.h"

#define BIT(type) (1u << (type))

/* Pages of 4 KiB below which the DMA zone of a PC lies: 16 MiB. */
#define ISA_DMA_PAGES 4096

/* The combinations of zone types that kernels have, the most common first. */
static const struct combination {
	bool is_64bit;
	uint32_t types;
} combinations[] = {
	{ true, BIT(ZONE_DMA) | BIT(ZONE_DMA32) | BIT(ZONE_NORMAL) |
			BIT(ZONE_MOVABLE) | BIT(ZONE_DEVICE) },
	{ true, BIT(ZONE_DMA) | BIT(ZONE_DMA32) | BIT(ZONE_NORMAL) |
			BIT(ZONE_MOVABLE) },
	{ false, BIT(ZONE_DMA) | BIT(ZONE_NORMAL) | BIT(ZONE_HIGHMEM) |
			 BIT(ZONE_MOVABLE) },
	{ false, BIT(ZONE_NORMAL) | BIT(ZONE_HIGHMEM) | BIT(ZONE_MOVABLE) },
	{ true, BIT(ZONE_DMA32) | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) },
	{ true, BIT(ZONE_DMA32) | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) |
			BIT(ZONE_DEVICE) },
	{ true, BIT(ZONE_DMA) | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) },
	{ true, BIT(ZONE_DMA) | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) |
			BIT(ZONE_DEVICE) },
	{ false, BIT(ZONE_DMA) | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) },
	{ false, BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) },
	{ true, BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE) | BIT(ZONE_DEVICE) },
};

enum { NR_COMBINATIONS = sizeof(combinations) / sizeof(*combinations) };

uint32_t report_page_shift(const struct report *r)
{
	return r->page_shift ? r->page_shift : PAGE_SHIFT;
}

uint32_t report_max_order(const struct report *r)
{
	return r->max_order ? r->max_order : 11;
}

/*
 * The size of a huge page, where the highest order allows it: a page of page
 * table entries maps 2 MiB, 32 MiB or 512 MiB with pages of 4, 16 or 64 KiB.
 */
uint32_t report_pageblock_order(const struct report *r)
{
	const uint32_t order = report_page_shift(r) - 3;
	const uint32_t max_order = report_max_order(r);

	if (r->pageblock_order)
		return r->pageblock_order;
	return order < max_order ? order : max_order - 1;
}

/* What a report says about its zones. */
struct seen {
	uint32_t types; /* a bit each */
	uint32_t nr_lowmem_reserve; /* 0: not printed */
	uint64_t dma_pages;
	bool has_highmem; /* also where only lower zones are printed */
};

static struct seen see_zones(const struct report *r)
{
	struct seen seen = { .has_highmem = r->highmem > 0 };

	for (uint32_t i = 0; i < r->nr_zones; i++) {
		const struct report_zone *zone = &r->zones[i];

		seen.types |= BIT(zone->type);
		if (zone->nr_lowmem_reserve > seen.nr_lowmem_reserve)
			seen.nr_lowmem_reserve = zone->nr_lowmem_reserve;
		if (zone->type == ZONE_DMA)
			seen.dma_pages +=
				(uint64_t)report_number(zone, REPORT_present);
	}
	return seen;
}

/*
 * A PC's memory above its DMA zone is DMA32 first, and Normal only beyond 4
 * GiB, so that a small DMA zone below Normal alone belongs to a 32-bit kernel.
 */
static bool is_32bit_pc(const struct seen *seen)
{
	return seen->types & BIT(ZONE_DMA) && seen->types & BIT(ZONE_NORMAL) &&
	       !(seen->types & BIT(ZONE_DMA32)) &&
	       seen->dma_pages <= ISA_DMA_PAGES;
}

static bool fits(const struct combination *c, const struct seen *seen,
		 bool length_too)
{
	const uint32_t nr = (uint32_t)__builtin_popcount(c->types);

	if (seen->types & ~c->types || (c->is_64bit && is_32bit_pc(seen)) ||
	    (seen->has_highmem && !(c->types & BIT(ZONE_HIGHMEM))))
		return false;
	return !length_too || !seen->nr_lowmem_reserve ||
	       seen->nr_lowmem_reserve == nr;
}

static const struct combination *find_combination(const struct seen *seen,
						  bool *is_certain)
{
	*is_certain = true;
	for (int i = 0; i < NR_COMBINATIONS; i++)
		if (fits(&combinations[i], seen, true))
			return &combinations[i];
	*is_certain = false;
	for (int i = 0; i < NR_COMBINATIONS; i++)
		if (fits(&combinations[i], seen, false))
			return &combinations[i];
	return NULL;
}

/* A PC's kernel has a DMA zone, of at most 16 MiB, and pages of 4 KiB. */
static const char *guess_arch(const struct report *r, const struct seen *seen,
			      uint32_t types, bool is_64bit)
{
	const bool pc = report_page_shift(r) == PAGE_SHIFT &&
			types & BIT(ZONE_DMA) &&
			seen->dma_pages <= ISA_DMA_PAGES;

	if (is_64bit)
		return pc ? "x86_64" : "aarch64";
	return pc ? "i686" : "armv7l";
}

bool report_zone_types(const struct report *r, struct report_zone_types *types)
{
	const struct seen seen = see_zones(r);
	const struct combination *c;
	uint32_t bits = seen.types | BIT(ZONE_NORMAL) | BIT(ZONE_MOVABLE);

	*types = (struct report_zone_types){ .nr = 0 };
	if (!seen.types)
		return false;
	c = find_combination(&seen, &types->is_certain);
	if (c)
		bits = c->types;
	for (uint32_t type = 0; type < MAX_NR_ZONES; type++)
		if (bits & BIT(type))
			types->type[types->nr++] = type;
	types->arch = guess_arch(r, &seen, bits, c && c->is_64bit);
	return true;
}

uint32_t report_zone_index(const struct report_zone_types *types,
			   enum zone_type type)
{
	for (uint32_t i = 0; i < types->nr; i++)
		if (types->type[i] == (uint32_t)type)
			return i;
	return PFN_NONE;
}

const struct report_zone *report_zone_of(const struct report *r,
					 const struct zone *zone)
{
	for (uint32_t i = 0; i < r->nr_zones; i++)
		if (r->zones[i].nid == zone->node &&
		    (uint32_t)r->zones[i].type == zone->type)
			return &r->zones[i];
	return NULL;
}

int64_t report_reserved_highatomic(const struct report *r,
				   const struct report_zone *zone)
{
	if (report_has(zone, REPORT_reserved_highatomic) ||
	    !zone->has_pageblocks)
		return report_number(zone, REPORT_reserved_highatomic);
	return (int64_t)(zone->pageblocks[MIGRATE_HIGHATOMIC]
			 << report_pageblock_order(r));
}

bool report_boost_is_printed(const struct report_zone *zone)
{
	return report_number(zone, REPORT_boost) > 0 &&
	       report_number(zone, REPORT_boost) <=
		       report_number(zone, REPORT_min);
}
