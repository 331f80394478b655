/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_ops: random requests, done to the engine and to the model.
 *
 * A request is drawn once (ops_draw) and then done to both: op_engine,
 * op_model. Good and bad ones are drawn; op_refusals says which.
 */
#ifndef TESTS_MODEL_OPS_H
#define TESTS_MODEL_OPS_H

#include "model.h"
#include "model_machine.h"

enum op_kind {
	OP_ALLOC,
	OP_FREE,
	OP_DRAIN,
	OP_LRU,
	OP_DIRTY,
	OP_TASK,
	OP_RECLAIMABLE,
	OP_FAULT,
	OP_ISOLATE,
	OP_UNISOLATE,
	NR_OPS
};

struct op {
	enum op_kind kind;
	struct alloc_request alloc;
	uint32_t cpu;
	uint32_t pfn;
	uint32_t order;
	uint32_t value; /* nid, outcome, or migratetype */
	uint32_t pages;
	bool on;
	struct task task;
	struct fault_attr fault;
};

enum { MAX_HELD = 16384, MAX_ISOLATED = 4 };

/* What the drawing knows: the model, blocks in use, and a mood. */
struct ops {
	struct model *model;
	struct {
		uint32_t pfn;
		uint32_t order;
	} held[MAX_HELD];
	uint32_t nr_held;
	uint32_t held_pages, managed_pages;
	uint32_t target_percent; /* of memory in use */
	uint32_t order_zero_percent;
	uint32_t direct_percent;
	uint32_t lru_percent;
	uint32_t types; /* 0 mixed, 1 mostly movable, 2 mostly unmovable */
	struct {
		uint32_t pfn;
		uint32_t type; /* before it was isolated */
	} isolated[MAX_ISOLATED];
	uint32_t nr_isolated;
};

void ops_begin(struct ops *ops, const struct machine *m, struct rng *rng);
void ops_end(struct ops *ops);
void ops_draw(struct ops *ops, struct rng *rng, struct op *op);

/* The answers that a bad request may get, a bit each; 0: it is good. */
uint32_t op_refusals(const struct ops *ops, const struct op *op);
uint32_t op_model(struct ops *ops, const struct op *op);
enum machine_error op_engine(struct machine *m, const struct op *op,
			     uint32_t *pfn);
/* Write to a new block's frames; false when they should be zero, but no. */
bool op_contents(struct machine *m, const struct op *op, uint32_t pfn);

const char *op_name(enum op_kind kind);
void op_text(const struct op *op, char *text, size_t size);

#endif
