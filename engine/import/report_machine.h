/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_machine: the machine that a report describes.
 *
 * Watermarks, boost, lowmem_reserve[], reserves and counters are what the
 * report says; nothing is computed that it prints. Free blocks have the
 * printed orders and migratetypes, in pageblocks of their type, and none of
 * them can merge. Their page numbers are placeholders: no report has them.
 * What else a report does not say: per-cpu lists are empty, and pages in use
 * belong to no block.
 *
 * system.from_report says of the machine that it was made here.
 */
#ifndef ENGINE_REPORT_MACHINE_H
#define ENGINE_REPORT_MACHINE_H

#include "import/report.h"
#include "import/report_read.h"

/* The zone types of the kernel that wrote a report, by zone index. */
struct report_zone_types {
	uint32_t nr;
	uint32_t type[MAX_NR_ZONES]; /* enum zone_type, ascending */
	const char *arch; /* a guess: "x86_64" "aarch64" "i686" "armv7l" */
	/* has a lowmem_reserve[] of this length, or none is printed */
	bool is_certain;
};

/*
 * The zone types of @r: of the combinations that kernels have, the first with
 * all zones that @r names and as many as its lowmem_reserve[] has values.
 * Kernels that differ in zones that are empty here cannot be told apart. False
 * if @r names no zones.
 */
bool report_zone_types(const struct report *r, struct report_zone_types *types);

/* The zone index of @type, or PFN_NONE if that kernel does not have it. */
uint32_t report_zone_index(const struct report_zone_types *types,
			   enum zone_type type);

/* Printed, or of the kernel's defaults for the report's page size. */
uint32_t report_page_shift(const struct report *r); /* 12 to 16 */
uint32_t report_max_order(const struct report *r); /* exclusive */
uint32_t report_pageblock_order(const struct report *r);

/* What @r says about @zone of its machine; NULL: nothing. */
const struct report_zone *report_zone_of(const struct report *r,
					 const struct zone *zone);

/*
 * The highatomic reserve of @zone in pages, printed or, by pagetypeinfo, that
 * of its highatomic pageblocks; 0: unknown.
 */
int64_t report_reserved_highatomic(const struct report *r,
				   const struct report_zone *zone);

/*
 * Do the printed min, low and high of @zone include its boost? They do since
 * 5.16, which prints the boost too.
 */
bool report_boost_is_printed(const struct report_zone *zone);

/*
 * The machine of @r in @m: zones, watermarks, reserves, and free blocks as
 * printed. False: @message (of @size bytes) says what is missing or impossible.
 * Warnings go to @r.
 */
bool report_machine(struct report *r, struct machine *m, char *message,
		    size_t size);

/*
 * The same of report @number of a text, from 1; 0: of the first that is not
 * refused. True: the caller destroys @set, whose report taken has the
 * warnings. False: @error.
 */
bool report_machine_text(const char *name, const char *text, size_t size,
			 uint32_t number, struct report_set *set,
			 struct machine *m, struct file_error *error);

#endif
