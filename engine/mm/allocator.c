/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * door: requests are checked here, then run. Part of both builds of the
 * allocator; DOOR(alloc) is machine_alloc in the quiet one, listening_alloc
 * in the other.
 */
#include "mm/allocator.h"
#include "mm/fast_path_cache.c"
#include "mm/page_alloc.c"

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

static inline bool node_usable(const struct machine *m, uint32_t nid)
{
	return nid < m->system->nr_nodes && m->nodes[nid].has_memory;
}

/* Every node of the mask has memory, and there is one. */
cold_path bool nodemask_ok(const struct machine *m, uint64_t nodemask)
{
	if (!nodemask)
		return false;
	for (; nodemask; nodemask &= nodemask - 1)
		if (!node_usable(m, (uint32_t)__builtin_ctzll(nodemask)))
			return false;
	return true;
}

static bool alloc_flags_ok(uint32_t alloc_flags)
{
	return !(alloc_flags & ~ALLOC_BITS_MASK) &&
	       (alloc_flags & ALLOC_WMARK_MASK) <= ALLOC_WMARK_HIGH;
}

static inline enum machine_error check_alloc(const struct machine *m,
					     const struct alloc_request *r)
{
	enum machine_error refusal = check_gfp(m, r->gfp);

	if (refusal != MACHINE_ERROR_none)
		return refusal;
	if (unlikely(r->order >= m->max_order))
		return MACHINE_ERROR_order_range;
	if (unlikely(!node_usable(m, r->nid)))
		return MACHINE_ERROR_node_absent;
	if (unlikely(r->cpu >= m->system->nr_cpus))
		return MACHINE_ERROR_cpu_absent;
	if (r->has_nodemask && !nodemask_ok(m, r->nodemask))
		return MACHINE_ERROR_nodemask;
	if (r->has_alloc_flags && !alloc_flags_ok(r->alloc_flags))
		return MACHINE_ERROR_alloc_flags;
	return MACHINE_ERROR_none;
}

/* Why a free that is not of a block in use, of its order, is refused. */
cold_path enum machine_error explain_bad_free(const struct machine *m,
					      uint32_t cpu, uint32_t pfn,
					      uint32_t order)
{
	uint32_t head;

	if (cpu >= m->system->nr_cpus)
		return MACHINE_ERROR_cpu_absent;
	head = page_head(m, pfn);
	if (pfn >= m->system->max_pfn)
		return MACHINE_ERROR_no_frame;
	if (head == PFN_NONE)
		return MACHINE_ERROR_never_given;
	if (page_state(m->pages[head]) != PAGE_USED)
		return MACHINE_ERROR_double_free;
	if (head != pfn)
		return MACHINE_ERROR_not_first;
	return page_order(m->pages[pfn]) == order ? MACHINE_ERROR_none :
						    MACHINE_ERROR_wrong_order;
}

/* A block in use, of this order? While somebody listens the quiet door
 * says no to everything: quiet_cpus is 0. */
static inline bool free_passes(const struct machine *m, uint32_t cpu,
			       uint32_t pfn, uint32_t order)
{
	const uint32_t used = (uint32_t)PAGE_USED << PAGE_STATE_SHIFT;

	return pfn < m->max_pfn &&
	       cpu < (LISTENING ? m->system->nr_cpus : m->quiet_cpus) &&
	       order <= PAGE_ORDER_MASK &&
	       (m->pages[pfn] & (PAGE_STATE_MASK | PAGE_ORDER_MASK)) ==
		       (used | order);
}

/* Any request at all. */
cold_path uint32_t alloc_general(struct machine *m,
				 const struct alloc_request *r)
{
	const uint64_t *nodemask = r->has_nodemask ? &r->nodemask : NULL;

	if (r->has_alloc_flags)
		return get_page_with_flags(m, r->gfp, r->order, r->alloc_flags,
					   r->nid, nodemask);
	return __alloc_pages_nodemask(m, r->gfp, r->order, r->nid, nodemask);
}

/* Any request at all: checked, and answered. */
cold_path enum machine_error
alloc_checked(struct machine *m, const struct alloc_request *r, uint32_t *pfn)
{
	enum machine_error refusal;

	*pfn = PFN_NONE;
	refusal = check_alloc(m, r);
	if (refusal != MACHINE_ERROR_none) {
		trace(m, request_refused, .refusal = refusal);
		settle(m);
		return refusal;
	}
	m->cpu = r->cpu;
	m->owner = r->owner;
	*pfn = alloc_general(m, r);
	if (!LISTENING)
		prepare_request(m, r);
	settle(m);
	return refusal;
}

enum machine_error DOOR(alloc)(struct machine *m, const struct alloc_request *r,
			       uint32_t *pfn)
{
	if (LISTENING)
		return alloc_checked(m, r, pfn);
	if (unlikely(!is_prepared(m, r)))
		return m->attention ? listening_alloc(m, r, pfn) :
				      alloc_checked(m, r, pfn);
	if (unlikely(r->order || !take_single_page(m, r, pfn)))
		return alloc_prepared(m, r, pfn);
	return MACHINE_ERROR_none;
}

/* Any free at all: checked, and done. */
cold_path enum machine_error free_checked(struct machine *m, uint32_t cpu,
					  uint32_t pfn, uint32_t order)
{
	enum machine_error refusal;

	if (unlikely(!free_passes(m, cpu, pfn, order))) {
		refusal = explain_bad_free(m, cpu, pfn, order);
		trace(m, request_refused, .refusal = refusal);
		settle(m);
		return refusal;
	}
	m->cpu = cpu;
	__free_pages(m, pfn, order);
	settle(m);
	return MACHINE_ERROR_none;
}

enum machine_error DOOR(free)(struct machine *m, uint32_t cpu, uint32_t pfn,
			      uint32_t order)
{
	if (LISTENING)
		return free_checked(m, cpu, pfn, order);
	if (order || unlikely(!free_passes(m, cpu, pfn, 0)))
		return m->attention ? listening_free(m, cpu, pfn, order) :
				      free_checked(m, cpu, pfn, order);
	m->cpu = cpu;
	__free_pages(m, pfn, 0);
	return MACHINE_ERROR_none;
}
