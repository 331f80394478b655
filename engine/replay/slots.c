/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots: which block each slot names. */
#include <stdlib.h>

#include "json/json.h"
#include "machine/array.h"
#include "replay/recording_private.h"

static struct op_block *slot_block(struct slots *slots, uint32_t slot)
{
	while (slot >= slots->nr) {
		struct op_block *block = array_add(slots->blocks, slots->nr);

		if (!block)
			return NULL;
		*block = (struct op_block){ .pfn = PFN_NONE };
	}
	return &slots->blocks[slot];
}

/* The blocks of "reclaimed": their slots are empty from now on. */
static bool follow_reclaimed(struct slots *slots, const struct op *op,
			     struct op_line *line)
{
	line->first_reclaimed = slots->nr_reclaimed;
	for (const cJSON *v = op->reclaimed ? op->reclaimed->child : NULL; v;
	     v = v->next) {
		struct op_block *block = slot_block(slots, json_u32(v));
		struct op_block *added =
			array_add(slots->reclaimed, slots->nr_reclaimed);

		if (!block || !added)
			return false;
		*added = *block;
		*block = (struct op_block){ .pfn = PFN_NONE };
	}
	line->nr_reclaimed = slots->nr_reclaimed - line->first_reclaimed;
	return true;
}

bool slots_follow(struct slots *slots, const struct op *op,
		  struct op_line *line)
{
	struct op_block *block;

	if (!follow_reclaimed(slots, op, line))
		return false;
	block = slot_block(slots, op->slot);
	if (!block)
		return false;
	line->block = *block;
	if (op->kind == OP_FREE)
		*block = (struct op_block){ .pfn = PFN_NONE };
	else if (op->kind == OP_ALLOC || op->kind == OP_GET_PAGE)
		*block = (struct op_block){ .pfn = op->pfn,
					    .order = op->request.order };
	return true;
}

void slots_destroy(struct slots *slots)
{
	free(slots->blocks);
	free(slots->reclaimed);
}
