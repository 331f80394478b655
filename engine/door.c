/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * door: requests are checked here, then run. Part of both builds of the
 * allocator; DOOR(alloc) is machine_alloc in the quiet one, listening_alloc
 * in the other.
 */
#include "allocator.h"
#include "page_alloc.c"

#define ALLOC_FLAGS_KNOWN ALLOC_BITS_MASK

static inline enum word_refusal check_gfp(const struct machine *m, gfp_t gfp)
{
	if (unlikely(gfp & ~__GFP_BITS_MASK))
		return WORD_refusal_gfp_bits;
	if (unlikely(gfp_zone(m, gfp) == GFP_ZONE_BAD))
		return WORD_refusal_gfp_zone;
	if (unlikely((gfp & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK))
		return WORD_refusal_gfp_type;
	return WORD_refusal_none;
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
	return !(alloc_flags & ~ALLOC_FLAGS_KNOWN) &&
	       (alloc_flags & ALLOC_WMARK_MASK) <= ALLOC_WMARK_HIGH;
}

static inline enum word_refusal check_alloc(const struct machine *m,
					    const struct alloc_request *r)
{
	enum word_refusal refusal = check_gfp(m, r->gfp);

	if (refusal != WORD_refusal_none)
		return refusal;
	if (unlikely(r->order >= m->max_order))
		return WORD_refusal_order_range;
	if (unlikely(!node_usable(m, r->nid)))
		return WORD_refusal_node_absent;
	if (unlikely(r->cpu >= m->system->nr_cpus))
		return WORD_refusal_cpu_absent;
	if (r->has_nodemask && !nodemask_ok(m, r->nodemask))
		return WORD_refusal_nodemask;
	if (r->has_alloc_flags && !alloc_flags_ok(r->alloc_flags))
		return WORD_refusal_alloc_flags;
	return WORD_refusal_none;
}

/* Why a free that is not of a block in use, of its order, is refused. */
cold_path enum word_refusal explain_bad_free(const struct machine *m,
					  uint32_t cpu, uint32_t pfn,
					  uint32_t order)
{
	uint32_t head;

	if (cpu >= m->system->nr_cpus)
		return WORD_refusal_cpu_absent;
	head = page_head(m, pfn);
	if (pfn >= m->system->max_pfn)
		return WORD_refusal_no_frame;
	if (head == PFN_NONE)
		return WORD_refusal_never_given;
	if (page_state(m->pages[head]) != PAGE_USED)
		return WORD_refusal_double_free;
	if (head != pfn)
		return WORD_refusal_not_first;
	return page_order(m->pages[pfn]) == order ? WORD_refusal_none :
						    WORD_refusal_wrong_order;
}

/* A block in use, of this order? While somebody listens the quiet door
 * says no to everything: quiet_cpus is 0. */
static inline bool free_passes(const struct machine *m, uint32_t cpu,
			       uint32_t pfn, uint32_t order)
{
	const uint32_t used = (uint32_t)PAGE_USED << PAGE_STATE_SHIFT;

	return pfn < m->system->max_pfn &&
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
		return get_page_with_flags(m, r->gfp, r->order,
					   r->alloc_flags, r->nid, nodemask);
	return __alloc_pages_nodemask(m, r->gfp, r->order, r->nid, nodemask);
}

/* No nodemask, no flags of its own, no fault injection. */
static inline bool is_everyday(const struct machine *m,
			       const struct alloc_request *r)
{
	return !r->has_nodemask && !r->has_alloc_flags &&
	       !m->system->fail_page_alloc.times;
}

#define PLAIN_ALLOC_FLAGS (ALLOC_KSWAPD | ALLOC_CMA | ALLOC_NOFRAGMENT)

/*
 * Has a request of this meaning only the low mark to pass at its first zone,
 * and a single page this cpu's list to come from?
 */
static inline bool is_plain(const struct machine *m,
			    const struct prepared_request *p)
{
	return p->ac.preferred && !p->ac.spread_dirty_pages &&
	       !p->ac.has_nodemask &&
	       (p->alloc_flags & ~PLAIN_ALLOC_FLAGS) == ALLOC_WMARK_LOW &&
	       order0_by_pcp(m, p->alloc_flags, p->ac.migratetype);
}

/* What an everyday request means, for this one and those like it. */
cold_path void prepare_request(struct machine *m,
			       const struct alloc_request *r)
{
	struct prepared_request *p = &m->prepared;
	gfp_t mask = r->gfp;

	p->alloc_flags = ALLOC_WMARK_LOW;
	prepare_alloc_pages(m, r->gfp, 0, r->nid, NULL, &p->ac, &mask,
			    &p->alloc_flags);
	p->alloc_flags |= alloc_flags_nofragment(m, p->ac.preferred, r->gfp);
	p->gfp = is_plain(m, p) ? r->gfp : GFP_NOT_PREPARED;
	p->nid = r->nid;
}

/* Any request at all: checked, and sent to where it is answered. */
cold_path enum word_refusal alloc_checked(struct machine *m,
					  const struct alloc_request *r,
					  uint32_t *pfn)
{
	enum word_refusal refusal;

	if (!LISTENING && m->attention)
		return listening_alloc(m, r, pfn);
	*pfn = PFN_NONE;
	refusal = check_alloc(m, r);
	if (refusal != WORD_refusal_none) {
		trace(m, request_refused, .refusal = refusal);
		settle(m);
		return refusal;
	}
	m->cpu = r->cpu;
	m->owner = r->owner;
	*pfn = alloc_general(m, r);
	if (!LISTENING && is_everyday(m, r) && !cpusets_enabled(m))
		prepare_request(m, r);
	settle(m);
	return refusal;
}

/*
 * The prepared request's walk. What is_plain() found is said once more in
 * words that the compiler understands.
 */
hot_path uint32_t alloc_prepared(struct machine *m,
				 const struct alloc_request *r,
				 unsigned int order)
{
	const struct prepared_request *p = &m->prepared;
	struct alloc_context ac = p->ac;

	ac.spread_dirty_pages = false;
	ac.has_nodemask = false;
	m->cpu = r->cpu;
	m->owner = r->owner;
	return get_page_from_freelist(m, p->gfp, order,
				      ALLOC_WMARK_LOW |
					      (p->alloc_flags &
					       PLAIN_ALLOC_FLAGS),
				      &ac);
}

cold_path enum word_refusal alloc_prepared_block(struct machine *m,
						 const struct alloc_request *r,
						 uint32_t *pfn)
{
	if (unlikely(r->order >= m->max_order))
		return alloc_checked(m, r, pfn);
	*pfn = alloc_prepared(m, r, r->order);
	return WORD_refusal_none;
}

/*
 * Nearly all requests are like the one before, but for the order: the same
 * mask and node. What these mean is known already, and only the walk is
 * left. A single page, most of all, has a copy of the path to itself.
 */
enum word_refusal DOOR(alloc)(struct machine *m, const struct alloc_request *r,
			      uint32_t *pfn)
{
	const struct prepared_request *p = &m->prepared;

	if (LISTENING ||
	    unlikely(r->gfp != p->gfp || r->nid != p->nid ||
		     r->cpu >= m->quiet_cpus || !is_everyday(m, r)))
		return alloc_checked(m, r, pfn);
	if (r->order)
		return alloc_prepared_block(m, r, pfn);
	*pfn = alloc_prepared(m, r, 0);
	return WORD_refusal_none;
}

enum word_refusal DOOR(free)(struct machine *m, uint32_t cpu, uint32_t pfn,
			     uint32_t order)
{
	enum word_refusal refusal;

	if (unlikely(!free_passes(m, cpu, pfn, order))) {
		if (!LISTENING && m->attention)
			return listening_free(m, cpu, pfn, order);
		refusal = explain_bad_free(m, cpu, pfn, order);
		trace(m, request_refused, .refusal = refusal);
		settle(m);
		return refusal;
	}
	m->cpu = cpu;
	__free_pages(m, pfn, order);
	settle(m);
	return WORD_refusal_none;
}
