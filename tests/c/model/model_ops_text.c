/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_ops_text: what a request was, in words; and the frames it gave out.
 */
#include "model_ops.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "state/arena.h"
#include "state/contents.h"

bool op_contents(struct machine *m, const struct op *op, uint32_t pfn)
{
	uint32_t nr = 1u << op->alloc.order;
	uint64_t *first, *last;

	if (op->kind != OP_ALLOC || pfn == PFN_NONE || nr > 4)
		return true;
	if (!(op->alloc.gfp & __GFP_ZERO) && op->alloc.owner % 4)
		return true;
	first = page_address(m, pfn);
	last = page_address(m, pfn + nr - 1);
	if (!first || !last)
		return false;
	last += PAGE_SIZE / sizeof(*last) - 1;
	if ((op->alloc.gfp & __GFP_ZERO) && (*first || *last))
		return false;
	*first = *last = pfn + 1;
	return true;
}

const char *op_name(enum op_kind kind)
{
	static const char *const names[NR_OPS] = {
		[OP_ALLOC] = "alloc",
		[OP_FREE] = "free",
		[OP_DRAIN] = "drain",
		[OP_LRU] = "lru",
		[OP_DIRTY] = "dirty",
		[OP_TASK] = "task",
		[OP_RECLAIMABLE] = "reclaimable",
		[OP_FAULT] = "fault",
		[OP_ISOLATE] = "isolate",
		[OP_UNISOLATE] = "unisolate",
	};

	return names[kind];
}

static void alloc_text(const struct alloc_request *a, char *text, size_t size)
{
	char gfp[GFP_TEXT_MAX];
	int at = snprintf(text, size, "alloc order %u node %u cpu %u gfp %s",
			  a->order, a->nid, a->cpu,
			  gfp_to_text(a->gfp, gfp, sizeof(gfp)));

	if (a->has_nodemask && at > 0 && (size_t)at < size)
		at += snprintf(text + at, size - (size_t)at,
			       " nodemask %" PRIx64, a->nodemask);
	if (a->has_alloc_flags && at > 0 && (size_t)at < size)
		snprintf(text + at, size - (size_t)at, " alloc_flags %s",
			 alloc_flags_to_text(a->alloc_flags, gfp, sizeof(gfp)));
}

void op_text(const struct op *op, char *text, size_t size)
{
	if (op->kind == OP_ALLOC)
		alloc_text(&op->alloc, text, size);
	else if (op->kind == OP_TASK)
		snprintf(text, size,
			 "task mems %" PRIx64 " hardwall %" PRIx64
			 " cpusets %d interrupt %u victim %u exiting %u "
			 "realtime %u nocma %u memalloc %u",
			 op->task.mems_allowed, op->task.hardwall_mems, op->on,
			 op->task.interrupt, op->task.oom_victim,
			 op->task.exiting, op->task.realtime, op->task.nocma,
			 op->task.memalloc);
	else
		snprintf(text, size,
			 "%s pfn %u order %u cpu %u value %u "
			 "pages %u on %d",
			 op_name(op->kind), op->pfn, op->order, op->cpu,
			 op->value, op->pages, op->on);
}
