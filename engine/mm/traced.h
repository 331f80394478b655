/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traced: functions of the traced build of the allocator, which logs every
 * write and emits every event. See state/state.h.
 */
#ifndef ENGINE_TRACED_H
#define ENGINE_TRACED_H

#include "events/trace.h"
#include "machine/mmzone.h"
#include "mm/alloc_request.h"

/* What machine_alloc() and machine_free() do, traced. */
enum machine_error traced_alloc(struct machine *m,
				const struct alloc_request *request,
				uint32_t *pfn);
enum machine_error traced_free(struct machine *m, uint32_t cpu, uint32_t pfn,
			       uint32_t order);

/* Kernel functions that only control.c calls. */
void traced_drain_pages(struct machine *m, uint32_t cpu);
uint32_t traced_start_isolate_page_range(struct machine *m,
					 const struct zone *zone,
					 uint32_t start, uint32_t end,
					 unsigned int migratetype);
void traced_undo_isolate_page_range(struct machine *m, const struct zone *zone,
				    uint32_t start, uint32_t end,
				    unsigned int migratetype);

#endif
