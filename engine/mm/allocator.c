/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * allocator: the entry points, and the untraced build of the allocator.
 *
 * A machine with a history goes to the traced build of the same text,
 * traced.c.
 */
#include "mm/allocator.h"

#include "mm/fast_path_cache.h"
#include "mm/request.h"
#include "mm/traced.h"

/* Any request, in the build that the machine needs now. */
static noinline enum machine_error
alloc_uncached(struct machine *m, const struct alloc_request *r, uint32_t *pfn)
{
	return m->traced ? traced_alloc(m, r, pfn) : request_alloc(m, r, pfn);
}

static noinline enum machine_error
free_uncached(struct machine *m, uint32_t cpu, uint32_t pfn, uint32_t order)
{
	return m->traced ? traced_free(m, cpu, pfn, order) :
			   request_free(m, cpu, pfn, order);
}

enum machine_error machine_alloc(struct machine *m,
				 const struct alloc_request *r, uint32_t *pfn)
{
	if (likely(fast_path_cache_alloc(m, r, pfn)))
		return MACHINE_ERROR_none;
	return alloc_uncached(m, r, pfn);
}

enum machine_error machine_free(struct machine *m, uint32_t cpu, uint32_t pfn,
				uint32_t order)
{
	if (likely(fast_path_cache_free(m, cpu, pfn, order)))
		return MACHINE_ERROR_none;
	return free_uncached(m, cpu, pfn, order);
}

enum machine_error machine_alloc_check(const struct machine *m,
				       const struct alloc_request *request)
{
	return check_alloc(m, request);
}

enum machine_error machine_free_check(const struct machine *m, uint32_t cpu,
				      uint32_t pfn, uint32_t order)
{
	return check_free(m, cpu, pfn, order);
}
