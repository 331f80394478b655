/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fault: fault injection, which makes requests fail although memory is free.
 *
 * It exists to test what callers do without a page. As the kernel ships it,
 * nothing fails: probability is 0. Even with a probability, requests of order
 * 0, requests that may reclaim (GFP_KERNEL) and requests for highmem do not
 * fail by default, since too much of the kernel could not run without them.
 *
 * Kernel: mm/page_alloc.c (fail_page_alloc), lib/fault-inject.c.
 */
#ifndef ENGINE_FAULT_H
#define ENGINE_FAULT_H

#include "machine/gfp.h"
#include "state/state.h"

/* Can a request fail? False makes every other attribute irrelevant. */
static inline bool fault_injection_is_on(const struct machine *m)
{
	return m->system->fail_page_alloc.probability &&
	       m->system->fail_page_alloc.times;
}

/* A number from 0 to 99; scenarios repeat, so it follows from the seed. */
static inline int32_t fault_random_percent(struct machine *m,
					   const struct fault_attr *attr)
{
	uint32_t next = (uint32_t)attr->seed * 1103515245u + 12345u;

	state_set(m, attr->seed, (int32_t)(next & INT32_MAX));
	return (int32_t)(next >> 16 & 0x7fff) % 100;
}

/*
 * should_fail(), lib/fault-inject.c: the rules of every kind of fault
 * injection. Returns the rule that decides. @size: pages requested.
 *
 * Not modelled: conditions by task (fail_nth, task_filter) and by caller
 * (fail_stacktrace()).
 */
static inline enum fault_rule
should_fail(struct machine *m, const struct fault_attr *attr, int32_t size)
{
	if (attr->space > size) {
		state_add(m, attr->space, -size);
		return FAULT_space;
	}
	if (attr->interval > 1) {
		state_add(m, attr->count, 1);
		if (attr->count % (uint32_t)attr->interval)
			return FAULT_interval;
	}
	if (attr->probability <= fault_random_percent(m, attr))
		return FAULT_probability;
	if (attr->times > 0)
		state_add(m, attr->times, -1);
	return FAULT_fails;
}

/* The exceptions of fail_page_alloc; FAULT_fails: none of them applies. */
static inline enum fault_rule fault_exception(const struct fault_attr *attr,
					      gfp_t gfp_mask,
					      unsigned int order)
{
	if (order < (uint32_t)attr->min_order)
		return FAULT_min_order;
	if (gfp_mask & __GFP_NOFAIL)
		return FAULT_nofail;
	if (attr->ignore_gfp_highmem && (gfp_mask & __GFP_HIGHMEM))
		return FAULT_highmem;
	if (attr->ignore_gfp_reclaim && (gfp_mask & __GFP_DIRECT_RECLAIM))
		return FAULT_reclaim;
	return FAULT_fails;
}

/* __should_fail_alloc_page(), mm/page_alloc.c, while it can fail a request. */
static noinline bool __should_fail_alloc_page(struct machine *m, gfp_t gfp_mask,
					      unsigned int order)
{
	const struct fault_attr *attr = &m->system->fail_page_alloc;
	enum fault_rule rule = fault_exception(attr, gfp_mask, order);

	if (rule == FAULT_fails)
		rule = should_fail(m, attr, 1 << order);
	trace(m, should_fail_alloc_page, .order = order, .gfp = gfp_mask,
	      .rule = rule, .times_left = attr->times);
	return rule == FAULT_fails;
}

/* should_fail_alloc_page(), mm/page_alloc.c: does this request fail? */
static __always_inline bool
should_fail_alloc_page(struct machine *m, gfp_t gfp_mask, unsigned int order)
{
	return unlikely(fault_injection_is_on(m)) &&
	       __should_fail_alloc_page(m, gfp_mask, order);
}

#endif
