/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traced: the traced build of the allocator. allocator.c is the untraced
 * one, of the same text.
 */
#define TRACED 1

#include "mm/traced.h"

#include "mm/allocator.h"
#include "mm/isolation.h"
#include "mm/request.h"

enum machine_error traced_alloc(struct machine *m,
				const struct alloc_request *r, uint32_t *pfn)
{
	return request_alloc(m, r, pfn);
}

enum machine_error traced_free(struct machine *m, uint32_t cpu, uint32_t pfn,
			       uint32_t order)
{
	return request_free(m, cpu, pfn, order);
}

void traced_drain_pages(struct machine *m, uint32_t cpu)
{
	drain_pages(m, cpu);
}

uint32_t traced_start_isolate_page_range(struct machine *m,
					 const struct zone *zone,
					 uint32_t start, uint32_t end,
					 unsigned int migratetype)
{
	return start_isolate_page_range(m, zone, start, end, migratetype);
}

void traced_undo_isolate_page_range(struct machine *m, const struct zone *zone,
				    uint32_t start, uint32_t end,
				    unsigned int migratetype)
{
	undo_isolate_page_range(m, zone, start, end, migratetype);
}

/*
 * The check itself changes nothing but the recorder, so it is made here with
 * a recorder of its own: its first record is the event.
 */
void machine_watermark_preview(const struct machine *m,
			       const struct alloc_request *r,
			       const struct zone *zone,
			       struct event_watermark_check *event)
{
	const struct watermark_check check = {
		.zone = zone,
		.order = r->order,
		.highest_zoneidx = gfp_zone(m, r->gfp),
		.alloc_flags = request_alloc_flags(m, r),
		.migratetype = gfp_migratetype(m, r->gfp),
	};
	uint64_t records[4 * RECORD_MAX / sizeof(uint64_t)];
	uint32_t offsets[8];
	struct machine copy = *m;

	copy.recorder = (struct recorder){
		.next = (char *)records,
		.end = (char *)(records + sizeof(records) / sizeof(*records)),
		.next_offset = offsets,
	};
	zone_watermark_fast(&copy, &check, r->gfp);
	memcpy(event, (struct event *)(void *)records + 1, sizeof(*event));
}
