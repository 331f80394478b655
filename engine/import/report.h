/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: what a kernel printed about its zones, as data.
 *
 * A report comes from the kernel's log (an allocation failure, an OOM kill),
 * or from /proc/zoneinfo, buddyinfo and pagetypeinfo. report_read.h fills it,
 * report_machine.h makes a machine of it, engine/explain says what it means.
 *
 * Numbers are pages of the report's page size, as printed: nothing here is
 * computed. What a report does not print is absent: a zone has it only if its
 * bit is set in zone->has.
 */
#ifndef ENGINE_REPORT_H
#define ENGINE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/mmzone.h"

/*
 * ROW(name): the numbers of a zone that are read, named as the kernel prints
 * them. min, low and high are its watermarks; free_cma is zoneinfo's
 * nr_free_cma, managed_cma its cma.
 */
#define REPORT_NUMBERS(ROW)                                                    \
	ROW(free)                                                              \
	ROW(boost)                                                             \
	ROW(min)                                                               \
	ROW(low)                                                               \
	ROW(high)                                                              \
	ROW(promo)                                                             \
	ROW(reserved_highatomic)                                               \
	ROW(free_highatomic)                                                   \
	ROW(spanned)                                                           \
	ROW(present)                                                           \
	ROW(managed)                                                           \
	ROW(managed_cma)                                                       \
	ROW(free_cma)                                                          \
	ROW(free_pcp)                                                          \
	ROW(local_pcp)                                                         \
	ROW(start_pfn)                                                         \
	ROW(stat_threshold)

enum report_number {
#define NUMBER(name) REPORT_##name,
	REPORT_NUMBERS(NUMBER)
#undef NUMBER
		NR_REPORT_NUMBERS
};

/* The letters of a free list's count, a bit each. */
#define REPORT_TYPE_BIT(migratetype) (1u << (migratetype))
/* MIGRATE_RESERVE, up to 4.3; not a type of this program's machines. */
#define REPORT_MIGRATE_RESERVE MIGRATE_TYPES

/* One free list count: blocks of one order. */
struct report_list {
	uint64_t nr_blocks;
	uint32_t types; /* REPORT_TYPE_BIT()s; 0: not printed */
};

struct report_zone {
	uint32_t nid;
	enum zone_type type;
	uint32_t line; /* of the zone's line in the file, from 1 */
	uint32_t has; /* 1 << enum report_number */
	int64_t number[NR_REPORT_NUMBERS];

	uint32_t nr_lowmem_reserve; /* 0: not printed */
	uint64_t lowmem_reserve[MAX_NR_ZONES];

	bool has_lists; /* a count for each order */
	uint32_t lists_line;
	struct report_list list[MAX_ORDER_LIMIT];
	bool has_lists_total; /* "= N kB", in pages */
	uint64_t lists_total;

	/* of pagetypeinfo: blocks by type and order; ">100000" is a bound */
	bool has_types;
	uint64_t by_type[MIGRATE_TYPES][MAX_ORDER_LIMIT];
	bool by_type_is_bound[MIGRATE_TYPES][MAX_ORDER_LIMIT];
	bool has_pageblocks;
	uint64_t pageblocks[MIGRATE_TYPES];

	/* of zoneinfo or of "per-cpu:" lines; 0 cpus: not printed */
	uint32_t nr_cpus;
	struct report_pcp {
		uint32_t count, high, batch;
	} pcp[NR_CPUS];
};

enum report_event {
	REPORT_ALLOCATION_FAILURE,
	REPORT_OOM,
	REPORT_NO_REQUEST, /* files of /proc, or an OOM without a mask */
};

struct report_request {
	enum report_event event;
	uint32_t line; /* of the head */
	char task[64]; /* "kworker/0:1" */
	unsigned int order;
	uint64_t mode; /* the number */
	bool has_mode;
	char gfp_text[512]; /* names as printed, without parentheses; "" */
	bool has_nodemask; /* false for "(null)" and where it is absent */
	uint64_t nodemask; /* a bit a node */
	bool has_mems_allowed;
	uint64_t mems_allowed;
	char cpuset[128];
	char constraint[32]; /* of an OOM: "NONE", "MEMCG", ...; "" */
};

/* A kernel's release; major 0: unknown. */
struct release {
	unsigned int major, minor, patch;
	char text[64]; /* "4.9.0-0.rc8" */
};

/* The release "4.14" or "4.9.0-0.rc8". False: @text is none. */
bool release_from_text(const char *text, struct release *release);

enum { REPORT_MAX_WARNINGS = 64 };

struct report {
	struct report_request request;
	struct release release;
	uint32_t page_shift; /* from the lists; 0: not printed */
	uint32_t max_order; /* exclusive; 0: not printed */
	uint32_t pageblock_order; /* of pagetypeinfo; 0: not printed */
	bool has_totals; /* "free:N free_pcp:N free_cma:N" */
	uint64_t total_free, total_free_pcp, total_free_cma;
	bool has_cma_reserved;
	uint64_t cma_reserved; /* "N pages cma reserved" */
	uint64_t highmem; /* "N pages HighMem/MovableOnly"; 0: 64-bit, or none */

	/* by node, then by type, ascending; of zoneinfo also the empty ones */
	uint32_t nr_zones;
	struct report_zone *zones;

	char *refused; /* why it cannot be used, as an error; NULL: it can */

	uint32_t nr_warnings; /* sentences about what was read */
	char *warnings[REPORT_MAX_WARNINGS];
};

static inline bool report_has(const struct report_zone *zone,
			      enum report_number number)
{
	return zone->has & 1u << number;
}

/* The number, or 0 where it is not printed. */
static inline int64_t report_number(const struct report_zone *zone,
				    enum report_number number)
{
	return report_has(zone, number) ? zone->number[number] : 0;
}

/* "node 0 DMA", as messages name a zone, in @buf. Returns @buf. */
enum { ZONE_LABEL_MAX = 32 };
const char *zone_label(const struct report_zone *zone,
		       char buf[ZONE_LABEL_MAX]);

/*
 * Add a warning, a sentence without a full stop. The same one twice counts
 * once; what is beyond REPORT_MAX_WARNINGS is dropped.
 */
__attribute__((format(printf, 2, 3))) void report_warn(struct report *r,
						       const char *format, ...);

/* Free what @r holds, not @r itself. */
void report_destroy(struct report *r);

#endif
