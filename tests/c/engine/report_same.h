/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_same: texts of reports, and the first difference of two reports. */
#ifndef TESTS_REPORT_SAME_H
#define TESTS_REPORT_SAME_H

#include "import/report_read.h"
#include "files.h"
#include "test.h"

/* The zone and the free lists of a small report. */
#define ZONE "Node 0 DMA free:1452kB min:172kB low:212kB high:252kB"
#define LISTS                                                                   \
	"Node 0 DMA: 13*4kB (H) 13*8kB (H) 17*16kB (H) 12*32kB (H) 8*64kB (H) " \
	"1*128kB (H) 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 1452kB\n"
#define BODY ZONE "\nlowmem_reserve[]: 0 116 116\n" LISTS

/* A text that grows. */
struct text {
	char *data;
	size_t size, room;
};

static inline void text_add(struct text *t, const char *data, size_t size)
{
	if (t->size + size + 1 > t->room) {
		t->room = 2 * (t->size + size + 1);
		t->data = realloc(t->data, t->room);
		if (!t->data)
			exit(EXIT_FAILURE);
	}
	memcpy(t->data + t->size, data, size);
	t->size += size;
	t->data[t->size] = '\0';
}

static inline void text_string(struct text *t, const char *string)
{
	text_add(t, string, strlen(string));
}

static inline void text_free(struct text *t)
{
	free(t->data);
	*t = (struct text){ .data = NULL };
}

/* A file of tests/data/reports. free() it. */
static inline char *report_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "reports/%s", name);
	return file_text(data_path(path));
}

/* What differs, or NULL; lines and warnings may. */
static inline const char *zone_difference(const struct report_zone *a,
					  const struct report_zone *b)
{
	if (a->nid != b->nid || a->type != b->type)
		return "zone";
	if (a->has != b->has)
		return "which numbers";
	for (int i = 0; i < NR_REPORT_NUMBERS; i++)
		if (a->number[i] != b->number[i])
			return "a number";
	if (a->nr_lowmem_reserve != b->nr_lowmem_reserve ||
	    memcmp(a->lowmem_reserve, b->lowmem_reserve,
		   sizeof(a->lowmem_reserve)))
		return "lowmem_reserve";
	if (a->has_lists != b->has_lists ||
	    a->has_lists_total != b->has_lists_total ||
	    a->lists_total != b->lists_total)
		return "has_lists";
	for (int i = 0; i < MAX_ORDER_LIMIT; i++)
		if (a->list[i].nr_blocks != b->list[i].nr_blocks ||
		    a->list[i].types != b->list[i].types)
			return "a free list";
	if (a->has_types != b->has_types ||
	    memcmp(a->by_type, b->by_type, sizeof(a->by_type)) ||
	    memcmp(a->by_type_is_bound, b->by_type_is_bound,
		   sizeof(a->by_type_is_bound)))
		return "pagetypeinfo";
	if (memcmp(a->pageblocks, b->pageblocks, sizeof(a->pageblocks)))
		return "pageblocks";
	if (a->nr_cpus != b->nr_cpus || memcmp(a->pcp, b->pcp, sizeof(a->pcp)))
		return "per-cpu lists";
	return NULL;
}

static inline const char *
report_request_difference(const struct report_request *a,
			  const struct report_request *b)
{
	if (a->event != b->event || a->order != b->order)
		return "event or order";
	if (strcmp(a->task, b->task))
		return "task";
	if (a->mode != b->mode || strcmp(a->gfp_text, b->gfp_text))
		return "gfp mask";
	if (a->has_nodemask != b->has_nodemask || a->nodemask != b->nodemask)
		return "nodemask";
	if (a->mems_allowed != b->mems_allowed || strcmp(a->cpuset, b->cpuset))
		return "cpuset";
	return strcmp(a->constraint, b->constraint) ? "constraint" : NULL;
}

static inline const char *report_difference(const struct report *a,
					    const struct report *b)
{
	const char *what = report_request_difference(&a->request, &b->request);

	if (what)
		return what;
	if (strcmp(a->release.text, b->release.text))
		return "release";
	if (a->page_shift != b->page_shift || a->max_order != b->max_order ||
	    a->pageblock_order != b->pageblock_order)
		return "page_shift, max_order or pageblock_order";
	if (a->has_totals != b->has_totals || a->total_free != b->total_free ||
	    a->total_free_pcp != b->total_free_pcp ||
	    a->total_free_cma != b->total_free_cma)
		return "totals";
	if (a->cma_reserved != b->cma_reserved)
		return "cma_reserved";
	if (a->nr_zones != b->nr_zones)
		return "nr_zones";
	for (uint32_t i = 0; i < a->nr_zones && !what; i++)
		what = zone_difference(&a->zones[i], &b->zones[i]);
	return what;
}

/* Read a text that has to be readable. */
static inline bool read_report(const char *text, size_t size,
			       struct report_set *set)
{
	struct file_error error;

	if (report_read_text("text", text, size, set, &error))
		return true;
	CHECK_STR(error.text, "");
	return false;
}

/* The same of a text with one report; false, with a failed check, if not. */
static inline bool read_one(const char *text, struct report_set *set)
{
	if (!read_report(text, strlen(text), set))
		return false;
	CHECK_EQ(set->nr, 1);
	return true;
}

/* Does @text say the same as @expected? If not, print why. */
static inline bool says_the_same(const char *text, size_t size,
				 const struct report *expected, const char *how)
{
	struct file_error error;
	struct report_set set;
	const char *what;

	if (!report_read_text("text", text, size, &set, &error)) {
		fprintf(stderr, "%s: %s\n", how, error.text);
		return false;
	}
	what = set.nr == 1 ? report_difference(set.reports, expected) :
			     "number of reports";
	if (what)
		fprintf(stderr, "%s: %s differs\n", how, what);
	report_set_destroy(&set);
	return !what;
}

#endif
