/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_numbers: are the numbers of a zone there, and possible? Its sizes. */
#include <inttypes.h>

#include "import/report_layout.h"

/* Numbers of pages are signed 32-bit words in a machine. */
bool report_numbers_possible(struct report_layout *l,
			     const struct report_zone *zone)
{
	static const char *const names[] = {
#define NAME(name) #name,
		REPORT_NUMBERS(NAME)
#undef NAME
	};
	char text[ZONE_LABEL_MAX];

	zone_label(zone, text);
	for (int i = 0; i < NR_REPORT_NUMBERS; i++) {
		int64_t number = report_number(zone, (enum report_number)i);

		if (i != REPORT_start_pfn && (number < 0 || number > INT32_MAX))
			return report_layout_fail(
				l,
				"%s: %s is no number of pages: %" PRId64
				"; the report is damaged",
				text, names[i], number);
	}
	for (uint32_t i = 0; i < zone->nr_lowmem_reserve; i++)
		if (zone->lowmem_reserve[i] > INT32_MAX)
			return report_layout_fail(
				l,
				"%s: lowmem_reserve[%u] is no number of pages: "
				"%" PRIu64 "; the report is damaged",
				text, i, zone->lowmem_reserve[i]);
	return true;
}

/* What must be printed, for a zone with memory. */
bool report_numbers_printed(struct report_layout *l,
			    const struct report_zone *zone)
{
	static const struct {
		enum report_number number;
		const char *name;
	} needed[] = {
		{ REPORT_free, "free" },
		{ REPORT_min, "min" },
		{ REPORT_low, "low" },
		{ REPORT_high, "high" },
	};
	char text[ZONE_LABEL_MAX];

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!report_has(zone, needed[i].number))
			return report_layout_fail(l,
						  "%s: %s is not in the report",
						  zone_label(zone, text),
						  needed[i].name);
	return true;
}

/*
 * Without present and managed: what the other numbers need, and what it takes
 * to group pages by mobility.
 */
static uint32_t least_size(struct report_layout *l, const struct zone_layout *z)
{
	const int64_t high = report_number(z->zone, REPORT_high);
	const int64_t free = report_number(z->zone, REPORT_free);
	const uint64_t listed = free_blocks_nr_pages(&z->blocks);
	uint64_t least = (uint64_t)(MIGRATE_TYPES + 1) << (l->max_order - 1);
	char label[ZONE_LABEL_MAX];

	if (least <= (uint64_t)high)
		least = (uint64_t)high + 1;
	if (least < (uint64_t)free)
		least = (uint64_t)free;
	if (least < listed)
		least = listed;
	report_warn(l->r,
		    "%s: neither present nor managed is in the report; the "
		    "zone is made as small as its other numbers allow",
		    zone_label(z->zone, label));
	return least < MAX_PFN_LIMIT ? (uint32_t)least : MAX_PFN_LIMIT;
}

void report_zone_sizes(struct report_layout *l, struct zone_layout *z)
{
	const struct report_zone *zone = z->zone;
	char text[ZONE_LABEL_MAX];

	zone_label(zone, text);
	z->present = (uint32_t)report_number(zone, REPORT_present);
	z->managed = (uint32_t)report_number(zone, REPORT_managed);
	if (!report_has(zone, REPORT_managed) &&
	    !report_has(zone, REPORT_present)) {
		z->managed = z->present = least_size(l, z);
	} else if (!report_has(zone, REPORT_managed)) {
		z->managed = z->present;
		report_warn(l->r,
			    "managed is not in the report; present is taken");
	} else if (z->managed > z->present) {
		if (report_has(zone, REPORT_present))
			report_warn(l->r, "%s: managed is above present", text);
		z->present = z->managed;
	}
	z->spanned = (uint32_t)report_number(zone, REPORT_spanned);
	if (z->spanned < z->present)
		z->spanned = z->present;
}
