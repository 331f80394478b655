/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * allocator: the entry points of the allocator, for requests that may be
 * invalid.
 *
 * Each entry point checks its request first and returns an error for an
 * invalid one (order out of range, a gfp mask that contradicts itself, a
 * double free ...) without changing anything. A valid request runs to its
 * end, in the traced build of the allocator while the machine has a history
 * and in the untraced build otherwise (see state/state.h).
 *
 * Errors: enum machine_error, MACHINE_ERROR_none for a valid request;
 * enum_text(KIND_machine_error, error) tells the user what to do. A valid
 * request that the fast path cannot serve is no error: *pfn is PFN_NONE.
 */
#ifndef ENGINE_ALLOCATOR_H
#define ENGINE_ALLOCATOR_H

#include "events/trace.h"
#include "machine/mmzone.h"
#include "mm/alloc_request.h"

/* Allocate a block of 2^order pages; *pfn is its first page, or PFN_NONE. */
enum machine_error machine_alloc(struct machine *m,
				 const struct alloc_request *request,
				 uint32_t *pfn);

/* Free the block of 2^@order pages at @pfn, on cpu @cpu. */
enum machine_error machine_free(struct machine *m, uint32_t cpu, uint32_t pfn,
				uint32_t order);

/* The error that the same call of machine_alloc() or machine_free() returns. */
enum machine_error machine_alloc_check(const struct machine *m,
				       const struct alloc_request *request);
enum machine_error machine_free_check(const struct machine *m, uint32_t cpu,
				      uint32_t pfn, uint32_t order);

/*
 * The event of the watermark check that a walk for @request would make of
 * @zone first, if it came there now. The machine does not change.
 */
void machine_watermark_preview(const struct machine *m,
			       const struct alloc_request *request,
			       const struct zone *zone,
			       struct event_watermark_check *event);

#endif
