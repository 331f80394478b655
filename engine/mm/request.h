/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request: check a request that comes from outside, then run it.
 *
 * The kernel trusts its callers and has nothing like this file. Here the
 * callers are students' scripts, so every argument is checked first, and an
 * error leaves the machine as it was.
 *
 * Part of both builds of the allocator; allocator.c and traced.c put the
 * names of the entry points to it.
 */
#ifndef ENGINE_REQUEST_H
#define ENGINE_REQUEST_H

#include "mm/alloc_request.h"
#include "mm/page_alloc.h"

static inline enum machine_error check_gfp(const struct machine *m, gfp_t gfp)
{
	if (unlikely(gfp & ~__GFP_BITS_MASK))
		return MACHINE_ERROR_gfp_bits;
	if (unlikely(gfp_zone(m, gfp) == GFP_ZONE_BAD))
		return MACHINE_ERROR_gfp_zone;
	if (unlikely((gfp & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK))
		return MACHINE_ERROR_gfp_type;
	return MACHINE_ERROR_none;
}

static inline bool alloc_flags_are_valid(uint32_t alloc_flags)
{
	return !(alloc_flags & ~ALLOC_BITS_MASK) &&
	       (alloc_flags & ALLOC_WMARK_MASK) <= ALLOC_WMARK_HIGH;
}

static inline enum machine_error check_alloc(const struct machine *m,
					     const struct alloc_request *r)
{
	enum machine_error error = check_gfp(m, r->gfp);

	if (error != MACHINE_ERROR_none)
		return error;
	if (unlikely(r->order >= m->max_order))
		return MACHINE_ERROR_order_range;
	if (unlikely(!node_online(m, r->nid)))
		return MACHINE_ERROR_node_absent;
	if (unlikely(r->cpu >= m->system->nr_cpus))
		return MACHINE_ERROR_cpu_absent;
	if (r->has_nodemask && !nodemask_is_online(m, r->nodemask))
		return MACHINE_ERROR_nodemask;
	if (r->has_alloc_flags && !alloc_flags_are_valid(r->alloc_flags))
		return MACHINE_ERROR_alloc_flags;
	return MACHINE_ERROR_none;
}

/* Is the block at @pfn allocated, of @order? Most frees end here. */
static inline bool free_is_valid(const struct machine *m, uint32_t cpu,
				 uint32_t pfn, uint32_t order)
{
	const uint32_t used = (uint32_t)PAGE_USED << PAGE_STATE_SHIFT;

	return pfn < m->max_pfn && cpu < m->nr_cpus &&
	       order <= PAGE_ORDER_MASK &&
	       (m->pages[pfn] & (PAGE_STATE_MASK | PAGE_ORDER_MASK)) ==
		       (used | order);
}

/* The error of a free; MACHINE_ERROR_none if it is valid. */
static inline enum machine_error
check_free(const struct machine *m, uint32_t cpu, uint32_t pfn, uint32_t order)
{
	uint32_t head;

	if (cpu >= m->system->nr_cpus)
		return MACHINE_ERROR_cpu_absent;
	head = page_head(m, pfn);
	if (pfn >= m->system->max_pfn)
		return MACHINE_ERROR_pfn_absent;
	if (head == PFN_NONE)
		return MACHINE_ERROR_never_allocated;
	if (page_state(m->pages[head]) != PAGE_USED)
		return MACHINE_ERROR_double_free;
	if (head != pfn)
		return MACHINE_ERROR_inside_block;
	return page_order(m->pages[pfn]) == order ? MACHINE_ERROR_none :
						    MACHINE_ERROR_wrong_order;
}

/* The alloc flags of a request, as far as a watermark check depends on them. */
static inline uint32_t request_alloc_flags(const struct machine *m,
					   const struct alloc_request *r)
{
	return r->has_alloc_flags ?
		       r->alloc_flags :
		       ALLOC_WMARK_LOW | current_alloc_flags(
						 m, gfp_migratetype(m, r->gfp));
}

static inline enum machine_error request_error(struct machine *m,
					       enum machine_error error)
{
	trace(m, request_error, .error = error);
	state_commit(m);
	return error;
}

/* machine_alloc() of one build. */
static inline enum machine_error
request_alloc(struct machine *m, const struct alloc_request *r, uint32_t *pfn)
{
	const uint64_t *nodemask = r->has_nodemask ? &r->nodemask : NULL;
	enum machine_error error = check_alloc(m, r);

	*pfn = PFN_NONE;
	if (error != MACHINE_ERROR_none)
		return request_error(m, error);
	m->cpu = r->cpu;
	m->owner = r->owner;
	*pfn = r->has_alloc_flags ?
		       get_page_with_flags(m, r->gfp, r->order, r->alloc_flags,
					   r->nid, nodemask) :
		       __alloc_pages_nodemask(m, r->gfp, r->order, r->nid,
					      nodemask);
	state_commit(m);
	return MACHINE_ERROR_none;
}

/* machine_free() of one build. */
static inline enum machine_error request_free(struct machine *m, uint32_t cpu,
					      uint32_t pfn, uint32_t order)
{
	if (unlikely(!free_is_valid(m, cpu, pfn, order)))
		return request_error(m, check_free(m, cpu, pfn, order));
	m->cpu = cpu;
	__free_pages(m, pfn, order);
	state_commit(m);
	return MACHINE_ERROR_none;
}

#endif
