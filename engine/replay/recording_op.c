/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_op: the operations of a recording: their keys, how they are read
 * and run.
 */
#include "replay/recording_private.h"

#include <string.h>

/* -- what an operation's line must have ----------------------------------- */

#define SLOTS_MAX (1 << 24)

#define NUMBER(name, most)                                                     \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .max = most                 \
	}
#define CPU NUMBER("cpu", NR_CPUS - 1)
#define ORDER NUMBER("order", MAX_ORDER_LIMIT - 1)
#define SLOT NUMBER("slot", SLOTS_MAX - 1)
#define NID NUMBER("nid", MAX_NUMNODES - 1)
#define GFP NUMBER("gfp", UINT32_MAX)
#define PFN(may_be_null)                                                       \
	{                                                                      \
		.key = "pfn", .kind = JSON_INTEGER, .nullable = may_be_null,   \
		.max = MAX_PFN_LIMIT - 1                                       \
	}
#define NODEMASK                                                               \
	{                                                                      \
		.key = "nodemask", .kind = JSON_UINT64, .optional = true       \
	}
#define RECLAIMED                                                              \
	{                                                                      \
		.key = "reclaimed", .kind = JSON_LIST, .optional = true,       \
		.needs = JSON_NEEDS_FORMAT_2, .max = JSON_VALUES_MAX,          \
		.of = a_slot                                                   \
	}
#define FLAG(name)                                                             \
	{                                                                      \
		.key = name, .kind = JSON_BOOL                                 \
	}
#define NODES(name)                                                            \
	{                                                                      \
		.key = name, .kind = JSON_UINT64                               \
	}
#define TYPE                                                                   \
	{                                                                      \
		.key = "migratetype", .kind = JSON_STRING, .max = 31           \
	}
#define SLOW                                                                   \
	{                                                                      \
		.key = "slow", .kind = JSON_BOOL, .optional = true             \
	}
#define COUNTER(name, needed)                                                  \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .min = INT32_MIN,           \
		.max = INT32_MAX, .needs = needed                              \
	}
#define END                                                                    \
	{                                                                      \
		.key = NULL                                                    \
	}

static const struct json_key a_zone_number[] = { { .kind = JSON_INTEGER,
						   .max = MAX_NUMNODES - 1 } };

static const struct json_key a_slot[] = { { .kind = JSON_INTEGER,
					    .max = SLOTS_MAX - 1 } };

static const struct json_key alloc_keys[] = {
	CPU, ORDER, NID, GFP, NODEMASK, SLOT, PFN(true), RECLAIMED, SLOW, END
};
static const struct json_key get_page_keys[] = {
	CPU,	   ORDER,     NID,
	GFP,	   NODEMASK,  NUMBER("alloc_flags", UINT32_MAX),
	SLOT,	   PFN(true), SLOW,
	RECLAIMED, END
};
static const struct json_key free_keys[] = { CPU, SLOT, PFN(false), ORDER,
					     END };
static const struct json_key slot_keys[] = { SLOT, END };
static const struct json_key dirty_keys[] = { NID,
					      NUMBER("file_dirty", UINT32_MAX),
					      END };
static const struct json_key drain_keys[] = { CPU, END };
static const struct json_key mems_keys[] = { NODES("mask"), END };
static const struct json_key nocma_keys[] = { FLAG("on"), END };
static const struct json_key task_keys[] = {
#define TASK_FLAG(name, text, help) FLAG(#name),
	FORMAT_2_TASK_FLAGS(TASK_FLAG)
#undef TASK_FLAG
		NODES("mems_allowed"),
	NODES("hardwall_mems"), END
};
static const struct json_key isolate_keys[] = { CPU, PFN(false), TYPE,
						FLAG("isolated"), END };
static const struct json_key unisolate_keys[] = { CPU, PFN(false), TYPE, END };

/* Further keys of an operation that has a page. */
static const struct json_key page_keys[] = { { .key = "zone",
					       .kind = JSON_LIST,
					       .min = 2,
					       .max = 2,
					       .of = a_zone_number },
					     COUNTER("nr_free_pages", 0),
					     NUMBER("pcp_count", UINT32_MAX),
					     COUNTER("nr_free_cma",
						     JSON_NEEDS_CMA),
					     END };

static const struct {
	const char *name;
	const struct json_key *keys;
	bool has_page;
} op_kinds[NR_OP_KINDS] = {
	[OP_ALLOC] = { "alloc", alloc_keys, true },
	[OP_GET_PAGE] = { "get_page_from_freelist", get_page_keys, true },
	[OP_FREE] = { "free", free_keys, true },
	[OP_LRU] = { "lru", slot_keys, false },
	[OP_DIRTY] = { "dirty", dirty_keys, false },
	[OP_DRAIN] = { "drain", drain_keys, false },
	[OP_MEMS_ALLOWED] = { "mems_allowed", mems_keys, false },
	[OP_NOCMA] = { "nocma", nocma_keys, false },
	[OP_TASK] = { "task", task_keys, false },
	[OP_RECLAIMABLE] = { "reclaimable", slot_keys, false },
	[OP_ISOLATE] = { "isolate", isolate_keys, true },
	[OP_UNISOLATE] = { "unisolate", unisolate_keys, true },
};

const char *op_kind_name(enum op_kind kind)
{
	return op_kinds[kind].name;
}

/* -- reading -------------------------------------------------------------- */

/* Of an isolation; NULL: the operation has none. */
static bool check_migratetype(const struct json_place *at, const cJSON *value)
{
	return !value || migratetype_from_name(value->valuestring) >= 0 ||
	       json_fail(at, "migratetype: no such migratetype: \"%.40s\"",
			 value->valuestring);
}

bool op_check(const struct json_place *at, const cJSON *json,
	      unsigned int needs, enum op_kind *kind)
{
	const cJSON *name = json_get(json, "op");
	struct json_key shape = { .kind = JSON_OBJECT };
	const cJSON *pfn;

	*kind = OP_ALLOC;
	while (cJSON_IsString(name) && *kind < NR_OP_KINDS &&
	       strcmp(name->valuestring, op_kinds[*kind].name))
		++*kind;
	if (!cJSON_IsString(name) || *kind == NR_OP_KINDS)
		return json_fail(at, "op: no such operation");
	if (*kind >= OP_TASK && !(needs & JSON_NEEDS_FORMAT_2))
		return json_fail(at,
				 "op: \"%s\" is an operation of version 2; the "
				 "header says 1",
				 op_kinds[*kind].name);
	shape.of = op_kinds[*kind].keys;
	if (!json_check(at, json, &shape, needs))
		return false;
	if (!check_migratetype(at, json_get(json, "migratetype")))
		return false;
	pfn = json_get(json, "pfn");
	shape.of = page_keys;
	if (op_kinds[*kind].has_page && !cJSON_IsNull(pfn) &&
	    !json_check(at, json, &shape, needs))
		return false;
	return op_check_events(at, json_get(json, "events"));
}

static void read_request(const cJSON *json, struct op *op)
{
	const cJSON *nodemask = json_get(json, "nodemask");

	op->request.nid = json_member_u32(json, "nid");
	op->request.gfp = json_member_u32(json, "gfp");
	op->request.has_nodemask = nodemask != NULL;
	op->request.nodemask = nodemask ? json_u64(nodemask) : 0;
	op->slow = cJSON_IsTrue(json_get(json, "slow"));
	op->reclaimed = json_get(json, "reclaimed");
	if (op->kind != OP_GET_PAGE)
		return;
	op->request.has_alloc_flags = true;
	op->request.alloc_flags = json_member_u32(json, "alloc_flags");
}

static void read_answer(const cJSON *json, struct op *op)
{
	const cJSON *pfn = json_get(json, "pfn"), *zone, *cma;

	op->pfn = PFN_NONE;
	if (!pfn || cJSON_IsNull(pfn))
		return;
	zone = json_get(json, "zone")->child;
	cma = json_get(json, "nr_free_cma");
	op->pfn = json_u32(pfn);
	op->zone_nid = json_u32(zone);
	op->zone_idx = json_u32(zone->next);
	op->nr_free_pages = (int32_t)json_i64(json_get(json, "nr_free_pages"));
	op->pcp_count = json_member_u32(json, "pcp_count");
	op->nr_free_cma = cJSON_IsNumber(cma) ? (int32_t)json_i64(cma) : 0;
}

static void read_task(struct task *task, const cJSON *json)
{
#define TASK_FLAG(name, text, help)                                            \
	task->name = cJSON_IsTrue(json_get(json, #name));
	FORMAT_2_TASK_FLAGS(TASK_FLAG)
#undef TASK_FLAG
	task->mems_allowed = json_u64(json_get(json, "mems_allowed"));
	task->hardwall_mems = json_u64(json_get(json, "hardwall_mems"));
}

/* The keys of several operations; not all have them. */
static void read_shared(struct op *op, const cJSON *json)
{
	const cJSON *slot = json_get(json, "slot");
	const cJSON *cpu = json_get(json, "cpu");
	const cJSON *order = json_get(json, "order");

	op->slot = slot ? json_u32(slot) : 0;
	op->request.cpu = cpu ? json_u32(cpu) : 0;
	op->request.order = order ? json_u32(order) : 0;
	op->events = json_get(json, "events");
	read_answer(json, op);
}

void op_read(struct op *op, const cJSON *json)
{
	read_shared(op, json);
	switch (op->kind) {
	case OP_ALLOC:
	case OP_GET_PAGE:
		read_request(json, op);
		break;
	case OP_DIRTY:
		op->nid = json_member_u32(json, "nid");
		op->file_dirty = json_member_u32(json, "file_dirty");
		break;
	case OP_MEMS_ALLOWED:
		op->mems_allowed = json_u64(json_get(json, "mask"));
		break;
	case OP_NOCMA:
		op->nocma = cJSON_IsTrue(json_get(json, "on"));
		break;
	case OP_TASK:
		read_task(&op->task, json);
		break;
	case OP_ISOLATE:
	case OP_UNISOLATE:
		op->isolated = cJSON_IsTrue(json_get(json, "isolated"));
		op->migratetype = (uint32_t)migratetype_from_name(
			json_get(json, "migratetype")->valuestring);
		break;
	case OP_FREE:
	case OP_DRAIN:
	case OP_RECLAIMABLE:
	case OP_LRU:
	case NR_OP_KINDS:
		break;
	}
}

void op_release(struct op *op)
{
	cJSON_Delete(op->json);
	op->json = NULL;
}

/* -- running -------------------------------------------------------------- */

/* The task of @system, in what @op changes of it. */
static struct task changed_task(const struct op *op,
				const struct system *system)
{
	struct task task = system->task;

	if (op->kind == OP_NOCMA) {
		task.nocma = op->nocma;
	} else if (op->kind == OP_MEMS_ALLOWED) {
		task.mems_allowed = op->mems_allowed;
	} else {
		task = op->task;
		task.realtime = system->task.realtime;
		task.nocma = system->task.nocma;
	}
	return task;
}

/* The request that @op, which is no allocation, makes on @system. */
static struct request control_request(const struct op *op,
				      const struct system *system)
{
	switch (op->kind) {
	case OP_FREE:
		return (struct request){
			.kind = REQUEST_FREE,
			.free = { op->block.pfn, op->block.order,
				  op->request.cpu },
		};
	case OP_LRU:
		return (struct request){ .kind = REQUEST_LRU,
					 .lru = { op->block.pfn, true } };
	case OP_RECLAIMABLE:
		return (struct request){ .kind = REQUEST_RECLAIMABLE,
					 .reclaimable.pfn = op->block.pfn };
	case OP_ISOLATE:
		return (struct request){
			.kind = REQUEST_ISOLATE,
			.isolate = { op->pfn, op->migratetype,
				     op->request.cpu },
		};
	case OP_UNISOLATE:
		return (struct request){
			.kind = REQUEST_UNISOLATE,
			.unisolate = { op->pfn, op->migratetype,
				       op->request.cpu },
		};
	case OP_DIRTY:
		return (struct request){ .kind = REQUEST_DIRTY,
					 .dirty = { op->nid, op->file_dirty } };
	case OP_DRAIN:
		return (struct request){ .kind = REQUEST_DRAIN,
					 .drain.cpu = op->request.cpu };
	default:
		return (struct request){ .kind = REQUEST_TASK,
					 .task = changed_task(op, system),
					 .cpusets = system->cpusets };
	}
}

const struct request *op_run(const struct op *op, struct session *s,
			     const struct source_line *where)
{
	struct request r;

	if (op->kind == OP_ALLOC || op->kind == OP_GET_PAGE)
		r = (struct request){ .kind = op->kind == OP_ALLOC ?
						      REQUEST_ALLOC :
						      REQUEST_GET_PAGE,
				      .alloc = op->request };
	else
		r = control_request(op, session_machine(s)->system);
	return session_request(s, &r, where);
}
