/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_printer: what a kernel would print about a machine, as text: the
 * report of a refused request, and the files of /proc.
 *
 *   struct text t = { .data = NULL };
 *
 *   print_failure(&t, &m, &request, &kernels[i]);
 *   spell(&t, &rng);
 */
#ifndef TESTS_REPORT_PRINTER_H
#define TESTS_REPORT_PRINTER_H

#include "model/model_machine.h"
#include "mm/alloc_request.h"
#include "mm/vmstat.h"
#include "made_report.h"
#include "report_same.h"

/* How releases differ in what they print. */
struct printer {
	const char *release; /* "5.10.0-8-amd64" */
	unsigned int version; /* 510: 5.10 */
	uint32_t page_shift; /* of the pages, however large they are here */
	bool is_proc; /* prints the files of /proc, not a log */
	bool has_pagetypeinfo; /* of them */
};

enum { NR_KERNELS = 8 };
extern const struct printer kernels[NR_KERNELS]; /* without page_shift */

/* What a kernel prints. */
static inline bool hides_boost(const struct printer *p)
{
	return p->version >= 500 && p->version < 516;
}

static inline bool prints_boost(const struct printer *p)
{
	return p->version >= 516;
}

static inline bool prints_highatomic(const struct printer *p)
{
	return p->version >= 505 && !p->is_proc;
}

static inline bool prints_free_highatomic(const struct printer *p)
{
	return p->version >= 613 && (!p->is_proc || p->has_pagetypeinfo);
}

/* The reserve as its pageblocks show it, in pages; 0: unknown. */
uint32_t printed_reserve(const struct machine *m, const struct zone *zone,
			 const struct printer *p);

/* warn_alloc(), from its first line to "pages cma reserved". */
void print_failure(struct text *t, const struct machine *m,
		   const struct alloc_request *request,
		   const struct printer *p);
/*
 * /proc/zoneinfo, buddyinfo and pagetypeinfo, which only root may read, one
 * after the other.
 */
void print_proc(struct text *t, const struct machine *m,
		const struct printer *p);

/* What a log goes through: prefixes, wrapped lines, quoting, line ends. */
void spell(struct text *t, struct rng *rng);

__attribute__((format(printf, 2, 3))) void put(struct text *t,
					       const char *format, ...);

#endif
