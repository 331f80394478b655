/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain: why the zones of a report did not serve its request.
 *
 *   explain_report(&x, &report, &options, message, size)
 *   x.verdict, x.attempts[EXPLAIN_SLOW].zones[i].margin, ...
 *   explain_json(&x, &out); explain_text(&x, out);
 *   explanation_destroy(&x);
 *
 * The engine decides: the report's machine is made, the fields on which its
 * kernel differs from 5.10 are changed (rules.def), and the request is made
 * on it twice, as the fast path and as the slow path's first attempt make it.
 * What is added here is how certain the answer is: a report does not print
 * every number that the kernel's check reads.
 */
#ifndef ENGINE_FAILURE_EXPLAIN_H
#define ENGINE_FAILURE_EXPLAIN_H

#include <stdio.h>

#include "explain/flip.h"
#include "failure/rules.h"
#include "import/gfp_release.h"
#include "import/report.h"
#include "json/writer.h"
#include "machine/free_account.h"

/*
 * ROW(name, text)
 *
 * certain        no number that the report leaves out could change it
 * bounded        a number that the report leaves out, within its bounds,
 *                decides
 * not_explained  a zone would serve the request whatever that number is
 * refused        the report cannot be read
 */
#define EXPLAIN_VERDICTS(ROW)                                                  \
	ROW(none, "No request")                                                \
	ROW(certain, "Explained, certain")                                     \
	ROW(bounded, "Explained, within bounds")                               \
	ROW(not_explained, "Not explained")                                    \
	ROW(refused, "Cannot be read")

/* ROW(name, text): why a zone did not serve the request. */
#define EXPLAIN_CHECKS(ROW)                                                    \
	ROW(none, "")                                                          \
	ROW(highest_zoneidx, "above highest_zoneidx")                          \
	ROW(nodemask, "not in the nodemask")                                   \
	ROW(cpuset, "not allowed by the cpuset")                               \
	ROW(dirty, "its node is over the dirty limit")                         \
	ROW(not_in_zonelist, "not in the zonelist")                            \
	ROW(watermark, "refused by the watermark")                             \
	ROW(no_block, "no block that this request may use")

#define EXPLAIN_ZONE_VERDICTS(ROW)                                             \
	ROW(skipped, "skipped")                                                \
	ROW(refused, "refused")                                                \
	ROW(served, "served")

/* What a report may leave out, and a verdict depend on. */
#define EXPLAIN_UNKNOWNS(ROW)                                                  \
	ROW(highatomic, "nr_reserved_highatomic is not printed")               \
	ROW(boost, "the printed watermarks include an unknown boost")          \
	ROW(lists, "the zone line and the lists disagree")                     \
	ROW(types, "the migratetypes of the free blocks are not printed")      \
	ROW(pcp, "the migratetypes of pages on per-cpu lists are not printed") \
	ROW(node, "the preferred node is not printed")

#define ROW(name, text) EXPLAIN_##name,
enum explain_verdict { EXPLAIN_VERDICTS(ROW) };
#undef ROW
#define ROW(name, text) EXPLAIN_CHECK_##name,
enum explain_check { EXPLAIN_CHECKS(ROW) };
#undef ROW
#define ROW(name, text) EXPLAIN_ZONE_##name,
enum explain_zone_verdict { EXPLAIN_ZONE_VERDICTS(ROW) };
#undef ROW
#define ROW(name, text) EXPLAIN_UNKNOWN_##name,
enum explain_unknown { EXPLAIN_UNKNOWNS(ROW) NR_EXPLAIN_UNKNOWNS };
#undef ROW

const char *explain_verdict_name(enum explain_verdict verdict);
const char *explain_verdict_text(enum explain_verdict verdict);
const char *explain_check_name(enum explain_check check); /* NULL for none */
const char *explain_check_text(enum explain_check check);
const char *explain_zone_verdict_name(enum explain_zone_verdict verdict);
const char *explain_unknown_name(enum explain_unknown unknown);
const char *explain_unknown_text(enum explain_unknown unknown);

/* From the least to the most; pages. */
struct explain_range {
	int64_t least, most;
};

/* One zone in one attempt. Numbers are pages of the report's page size. */
struct explain_zone {
	const struct zone *zone; /* of the explanation's machine */
	const struct report_zone *report;
	char name[32]; /* "0/DMA32" */
	enum explain_zone_verdict verdict;
	enum explain_check check;

	/* of the watermark check; a skipped zone has none */
	bool has_numbers;
	int64_t free;
	struct {
		int64_t order, highatomic, cma, sum;
	} unusable;
	int64_t watermark, reserve;
	int64_t base; /* the watermark before reserves lowered it */
	int64_t margin; /* free - unusable - watermark - reserve */
	bool no_watermark; /* the request ignores it */
	uint32_t usable_orders; /* a bit an order */
	struct free_account account;

	/* what the report leaves out */
	struct explain_range margins; /* over all it could be */
	uint32_t unknowns; /* 1 << enum explain_unknown: they decide */
	bool is_certain;
};

/*
 * The low watermark, the slow path's first attempt with min, and the check of
 * the high watermark that an OOM kill follows, __alloc_pages_may_oom().
 */
enum explain_attempt_kind {
	EXPLAIN_FAST,
	EXPLAIN_SLOW,
	NR_EXPLAIN_PASSES, /* what explain --json prints */
	EXPLAIN_OOM = NR_EXPLAIN_PASSES,
	NR_EXPLAIN_ATTEMPTS
};

/* get_page_from_freelist(), with every zone of the report, also after one
 * that serves; in zonelist order, zones that are not in it last. */
struct explain_attempt {
	uint32_t alloc_flags; /* in the names of 5.10 */
	uint32_t usable_types; /* REPORT_TYPE_BIT()s */
	uint32_t reserve_idx; /* at which lowmem_reserve[] is read */
	bool order_too_large; /* refused before any zone is tried */
	uint32_t nr_zones;
	struct explain_zone *zones;
	/* The zone that serves the request, NULL: none. One before it serves
	   too where ALLOC_NOFRAGMENT alone made the walk leave it out. */
	const struct explain_zone *served;
};

/* What the numbers of a zone say about those that are not printed. */
struct explain_facts {
	bool has_gap; /* low - min */
	int64_t gap;
	bool has_boost; /* hidden in the watermarks, for certain */
	struct explain_range unboosted_min, boost;
	bool has_highatomic; /* not printed, and within these bounds */
	struct explain_range highatomic;
};

struct explain_options {
	const char *gfp; /* instead of the report's; NULL: the report's */
	bool has_order; /* instead of the report's */
	unsigned int order;
	bool has_node; /* preferred; otherwise a guess */
	uint32_t node;
	const char *zone; /* print only it: "Normal" "1/Normal"; NULL: all */
};

struct explanation {
	struct report *report; /* the caller's */
	const char *only_zone; /* of the options */
	struct machine machine; /* of the report */
	bool has_machine;
	bool has_request; /* otherwise there is only the table */
	unsigned int order;
	struct gfp_reading gfp;
	char gfp_text[600]; /* as printed */
	uint32_t nid;
	bool guesses_node;
	unsigned int migratetype;
	unsigned int highest_zoneidx;
	bool is_memcg; /* a memory cgroup's limit, not the zones */

	enum explain_verdict verdict;
	uint32_t unknowns; /* of the zones that decide */
	char why[512]; /* the verdict as a sentence */
	struct explain_attempt attempts[NR_EXPLAIN_ATTEMPTS];
	struct flip flips[FLIPS_MAX]; /* of the slow attempt */
	size_t nr_flips;
	struct explain_facts *facts; /* by report zone */
	bool has_min_free_kbytes; /* estimated from every zone's min */
	struct explain_range min_free_kbytes;
	uint64_t khugepaged_kbytes; /* what khugepaged would set it to */
	struct explain_table *table; /* without a request; see table.h */
};

/* Let @r be of release @text, "6.1.0-18-amd64". False: it is none. */
bool explain_set_release(struct report *r, const char *text);
/*
 * Explain @r. False if that is impossible: @message (@size bytes) says what is
 * missing, and what to do. Warnings go to @r, which must live as long as @x.
 */
bool explain_report(struct explanation *x, struct report *r,
		    const struct explain_options *options, char *message,
		    size_t size);
void explanation_destroy(struct explanation *x);

/* Is @zone to be printed? All are, unless the options name one. */
bool explain_shows(const struct explanation *x, const struct report_zone *zone);

/* The result of one zone, or NULL. */
const struct explain_zone *explain_find(const struct explain_attempt *a,
					const struct zone *zone);

/* Free pages by the letters of their counts, of no use to the request. */
struct explain_blocks {
	uint32_t nr;
	char letters[MAX_ORDER_LIMIT][MIGRATE_TYPES + 2];
	int64_t pages[MAX_ORDER_LIMIT];
};

/* Of @z, for the types that attempt @a may use. */
void explain_unusable_blocks(const struct explain_attempt *a,
			     const struct explain_zone *z,
			     struct explain_blocks *blocks);

/*
 * The highatomic reserve, in pages, from which on it explains the report; 0:
 * it has no part in it, or is printed.
 */
int64_t explain_highatomic_needed(const struct explanation *x);
/* Does a watermark of the report include a boost, printed or for certain? */
bool explain_boost_in_marks(const struct explanation *x);

/* Does the report print the free blocks of @zone? */
bool explain_has_blocks(const struct report_zone *zone);
/* How many there are of @order; 0: none, or not printed. */
uint64_t explain_nr_blocks(const struct report_zone *zone, unsigned int order);
/* The types of the free blocks of @order; 0: unknown, or there are none. */
uint32_t explain_types(const struct report_zone *zone, unsigned int order);
/* "UMH": the letters as the kernel prints them. Returns @buf. */
const char *explain_letters(uint32_t types, char buf[MIGRATE_TYPES + 2]);

/* "allocation failure" "oom" "none" */
const char *explain_event_name(enum report_event event);
/* "0/DMA32" */
const char *explain_zone_name(const struct report_zone *zone, char buf[32]);
/* "0-2,5" */
const char *explain_nodes(uint64_t nodes, char buf[256]);

/* zonewalk/explanation/1, an object. */
void explain_json(const struct explanation *x, struct json_writer *out);
/* The same for a report that cannot be read. */
void explain_refused_json(const char *message, struct json_writer *out);
/* For a person, at most 80 columns; @color: with escape sequences. */
void explain_text(const struct explanation *x, bool color, FILE *out);

#endif
