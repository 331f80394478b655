/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_units: the page size of a log, and its numbers in pages. */
#include "import/reader.h"

#include <inttypes.h>

static const enum report_number in_kb[] = {
	REPORT_free,
	REPORT_boost,
	REPORT_min,
	REPORT_low,
	REPORT_high,
	REPORT_promo,
	REPORT_reserved_highatomic,
	REPORT_free_highatomic,
	REPORT_spanned,
	REPORT_present,
	REPORT_managed,
	REPORT_free_cma,
	REPORT_free_pcp,
	REPORT_local_pcp,
};

/* The shift with which the zones together have about the printed pages. */
static uint32_t shift_of_totals(const struct report *r)
{
	uint64_t kb = 0;

	for (uint32_t i = 0; i < r->nr_zones; i++)
		kb += (uint64_t)report_number(&r->zones[i], REPORT_free);
	for (uint32_t shift = 12; shift <= 16; shift += 2) {
		const uint64_t pages = kb >> (shift - 10);

		if (r->has_totals && pages && pages <= r->total_free * 5 / 4 &&
		    pages >= r->total_free * 3 / 4)
			return shift;
	}
	return 0;
}

static void guess_page_size(struct report *r)
{
	if (r->page_shift)
		return;
	r->page_shift = shift_of_totals(r);
	if (r->page_shift)
		return;
	r->page_shift = 12;
	report_warn(r, "the free lists are not in the report, and with them "
		       "the page size: 4 KiB is assumed");
}

/* kB to pages. False: not whole pages, and the report is refused. */
static bool convert_number(struct reader *rd, struct report_zone *zone,
			   enum report_number number, uint32_t page_shift)
{
	const int64_t kb = zone->number[number];
	const int64_t page_kb = (int64_t)1 << (page_shift - 10);
	char label[ZONE_LABEL_MAX];

	if (kb % page_kb)
		return reader_refuse(rd, zone->line,
				     "%s: %s is not a multiple of the page "
				     "size, %" PRId64 " kB: %" PRId64 " kB; "
				     "copy the line again",
				     zone_label(zone, label),
				     report_number_names[number], page_kb, kb);
	zone->number[number] = kb / page_kb;
	return true;
}

bool report_convert(struct reader *rd, struct report *r)
{
	guess_page_size(r);
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		struct report_zone *zone = &r->zones[i];

		for (size_t k = 0; k < sizeof(in_kb) / sizeof(*in_kb); k++)
			if (!convert_number(rd, zone, in_kb[k], r->page_shift))
				return false;
		zone->lists_total >>= r->page_shift - 10;
	}
	return true;
}
