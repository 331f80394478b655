/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_fields_random: random requests, valid ones for the most part.
 *
 * Memory fills up and is freed in turn, so that watermarks refuse, lists run
 * empty and blocks merge.
 */
#include "event_fields.h"

#include "requests.h"

enum { MAX_HELD = 8192 };

struct requests {
	struct session *session;
	struct rng *rng;
	struct {
		uint32_t pfn, order;
	} held[MAX_HELD];
	uint32_t nr_held;
	bool is_filling;
	uint32_t max_order; /* of most requests */
};

static const gfp_t gfps[] = {
	GFP_KERNEL,    GFP_KERNEL | __GFP_RECLAIMABLE,
	GFP_ATOMIC,    GFP_HIGHUSER_MOVABLE,
	GFP_NOWAIT,    GFP_HIGHUSER_MOVABLE,
	GFP_DMA,       GFP_USER | __GFP_WRITE,
	GFP_DMA32,     GFP_HIGHUSER | __GFP_WRITE,
	GFP_TRANSHUGE,
};
static const gfp_t gfp_bits[] = { __GFP_ZERO,	  __GFP_COMP,
				  __GFP_THISNODE, __GFP_NOMEMALLOC,
				  __GFP_NOFAIL,	  __GFP_MEMALLOC,
				  __GFP_HARDWALL, __GFP_DIRECT_RECLAIM };
static const uint32_t alloc_flags[] = { ALLOC_NO_WATERMARKS, ALLOC_OOM,
					ALLOC_HARDER,	     ALLOC_HIGH,
					ALLOC_CPUSET,	     ALLOC_CMA,
					ALLOC_NOFRAGMENT,    ALLOC_KSWAPD };

static uint32_t random_bits(struct rng *rng, const uint32_t *bits, uint32_t nr,
			    uint32_t percent)
{
	uint32_t mask = 0;

	for (uint32_t i = 0; i < nr; i++)
		mask |= rng_chance(rng, percent) ? bits[i] : 0;
	return mask;
}

static struct request random_alloc(struct requests *q)
{
	const struct system *system = session_machine(q->session)->system;
	struct rng *rng = q->rng;
	struct request r = { .kind = REQUEST_ALLOC };
	struct alloc_request *a = &r.alloc;

	a->gfp = gfps[rng_below(rng, NR(gfps))] |
		 random_bits(rng, gfp_bits, NR(gfp_bits), 8);
	a->order = rng_chance(rng, 50) ? 0 : rng_below(rng, q->max_order);
	if (rng_chance(rng, 3))
		a->order = rng_below(rng, system->max_order + 1);
	a->nid = rng_below(rng, system->nr_nodes);
	a->cpu = rng_below(rng, system->nr_cpus);
	a->has_nodemask = rng_chance(rng, 10);
	a->nodemask = 1 + rng_below(rng, (1u << system->nr_nodes) - 1);
	if (rng_chance(rng, 40)) {
		r.kind = REQUEST_GET_PAGE;
		a->alloc_flags =
			rng_below(rng, 3) |
			random_bits(rng, alloc_flags, NR(alloc_flags), 20);
	}
	return r;
}

static struct request random_task(struct requests *q)
{
	struct rng *rng = q->rng;
	const uint32_t nodes =
		(1u << session_machine(q->session)->system->nr_nodes) - 1;
	struct request r = { .kind = REQUEST_TASK };

	r.cpusets = rng_chance(rng, 60);
	r.task.mems_allowed = 1 + rng_below(rng, nodes);
	r.task.hardwall_mems = r.task.mems_allowed | rng_below(rng, nodes + 1);
#define FLAG(name, text, help) r.task.name = rng_chance(rng, 12);
	TASK_FLAGS(FLAG)
#undef FLAG
	return r;
}

static struct request random_fault(struct rng *rng)
{
	return (struct request){
		.kind = REQUEST_FAULT,
		.fault = { .probability = (int32_t)rng_below(rng, 101),
			   .interval = (int32_t)rng_below(rng, 3),
			   .times = (int32_t)rng_below(rng, 4) - 1,
			   .space = (int32_t)rng_below(rng, 20),
			   .min_order = (int32_t)rng_below(rng, 3),
			   .ignore_gfp_highmem = rng_chance(rng, 50),
			   .ignore_gfp_reclaim = rng_chance(rng, 50),
			   .seed = (int32_t)rng_below(rng, 1000) }
	};
}

/* The other requests, a page of the machine or of a block being @pfn. */
static struct request random_control(struct requests *q, uint32_t pfn)
{
	const struct system *system = session_machine(q->session)->system;
	struct rng *rng = q->rng;
	const uint32_t cpu = rng_below(rng, system->nr_cpus);

	switch (rng_below(rng, 9)) {
	case 0:
		return random_task(q);
	case 1:
		return (struct request){ .kind = REQUEST_DRAIN,
					 .drain.cpu = cpu };
	case 2:
		return (struct request){ .kind = REQUEST_DIRTY,
					 .dirty = { rng_below(rng,
							      system->nr_nodes),
						    rng_below(rng, 200) } };
	case 3:
		return (struct request){ .kind = REQUEST_RECLAIMABLE,
					 .reclaimable.pfn = pfn };
	case 4:
		return random_fault(rng);
	case 5:
		return (struct request){
			.kind = REQUEST_ISOLATE,
			.isolate = { pfn, rng_below(rng, MIGRATE_ISOLATE), cpu }
		};
	case 6:
		return (struct request){
			.kind = REQUEST_UNISOLATE,
			.unisolate = { pfn, rng_below(rng, MIGRATE_PCPTYPES),
				       cpu }
		};
	default:
		return (struct request){ .kind = REQUEST_LRU,
					 .lru = { pfn, rng_chance(rng, 80) } };
	}
}

static struct request random_request(struct requests *q)
{
	const uint32_t max_pfn = session_machine(q->session)->max_pfn;
	struct rng *rng = q->rng;
	const uint32_t at = rng_below(rng, q->nr_held);
	uint32_t pfn = q->nr_held ? q->held[at].pfn : 1;

	if (rng_chance(rng, 10))
		return random_control(
			q, rng_chance(rng, 70) ? pfn : rng_below(rng, max_pfn));
	if (!q->nr_held || rng_chance(rng, q->is_filling ? 85 : 15))
		return random_alloc(q);
	return (struct request){
		.kind = REQUEST_FREE,
		.free = { pfn, q->held[at].order,
			  rng_below(rng, session_machine(q->session)->nr_cpus) }
	};
}

/* Remember the block that @r allocated, forget the one that it freed. */
static void note_blocks(struct requests *q, const struct request *r)
{
	if (r->kind == REQUEST_FREE) {
		for (uint32_t i = 0; i < q->nr_held; i++)
			if (q->held[i].pfn == r->free.pfn)
				q->held[i] = q->held[--q->nr_held];
		return;
	}
	if (!request_is_alloc(r))
		return;
	if (r->pfn == PFN_NONE || q->nr_held + 1 == MAX_HELD) {
		q->is_filling = rng_chance(q->rng, 70);
	} else {
		q->held[q->nr_held].pfn = r->pfn;
		q->held[q->nr_held++].order = r->alloc.order;
	}
}

bool random_requests(struct session *session, struct rng *rng, uint32_t nr)
{
	struct requests *q = calloc(1, sizeof(*q));

	if (!q)
		return false;
	q->session = session;
	q->rng = rng;
	q->is_filling = true;
	q->max_order = 1 + rng_below(rng, 5);
	for (uint32_t i = 0; i < nr; i++) {
		struct request wanted = random_request(q);
		const struct request *r =
			session_request(session, &wanted, NULL);

		if (!r)
			break;
		note_blocks(q, r);
		if (!q->nr_held || rng_below(rng, 100) == 0)
			q->is_filling = !q->is_filling;
	}
	free(q);
	return true;
}
