/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_numbers: are the numbers of a zone there, and possible? */
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
