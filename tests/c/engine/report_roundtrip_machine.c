/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_roundtrip: machines of random shape, in use until they refuse. */
#include "report_roundtrip.h"

#include "boot/boot.h"
#include "mm/allocator.h"
#include "mm/control.h"

enum { MAX_HELD = 8192, NR_OPERATIONS = 40000 };

/* -- the shape ------------------------------------------------------------ */

/* Pages, rounded to whole units. */
static uint32_t rounded(uint32_t pages, uint32_t unit)
{
	return pages < unit ? unit : pages - pages % unit;
}

static void random_node(struct rng *rng, struct machine_description *d,
			struct node_description *node, uint32_t area,
			uint32_t unit)
{
	node->start_pfn = PFN_NONE;
	node->nr_pages = rounded(3 * area + rng_below(rng, 12 * area), unit);
	if (rng_chance(rng, 25))
		node->movable =
			rounded(rng_below(rng, node->nr_pages / 2), unit);
	if (d->cma && rng_chance(rng, 70)) {
		node->nr_pages += area;
		node->cma[node->nr_cma++] =
			(struct page_range){ PFN_NONE, area };
	}
}

/* Below @total, or beyond it, so that the highest zones are empty. */
static void random_limits(struct rng *rng, struct machine_description *d,
			  uint32_t total, uint32_t unit)
{
	const uint32_t low = rounded(1 + rng_below(rng, total / 3), unit);
	const uint32_t middle =
		rounded(low + unit + rng_below(rng, total / 2), unit);

	d->zone_limit[ZONE_DMA] = low < 4096 ? low : 4096;
	if (d->arch == ARCH_I386)
		d->zone_limit[ZONE_NORMAL] = middle;
	else
		d->zone_limit[ZONE_DMA32] = rng_chance(rng, 25) ? total + unit :
								  middle;
}

static void random_sysctls(struct rng *rng, struct machine_description *d,
			   uint32_t most_boost)
{
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = 64 + rng_below(rng, 3000);
	d->has_watermark_boost_factor = true;
	d->watermark_boost_factor =
		rng_chance(rng, 50) ? rng_below(rng, most_boost) : 0;
	d->has_lowmem_reserve_ratio = rng_chance(rng, 40);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		d->lowmem_reserve_ratio[i] = rng_below(rng, 300);
}

/* Zones whose watermarks and reserve are set by hand. */
static void random_zones(struct rng *rng, struct machine_description *d)
{
	const uint32_t types[] = { ZONE_DMA, ZONE_NORMAL };

	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		struct zone_description *z = &d->zone[d->nr_zones];
		uint32_t mark = rng_below(rng, 400);

		if (!rng_chance(rng, 40))
			continue;
		d->nr_zones++;
		z->nid = nid;
		z->type = nid ? ZONE_NORMAL : types[rng_below(rng, 2)];
		z->has_watermark = true;
		for (int i = 0; i < NR_WMARK; i++) {
			z->watermark[i] = mark;
			mark += rng_below(rng, 200);
		}
		z->watermark_boost = rng_chance(rng, 40) ? rng_below(rng, 300) :
							   0;
	}
}

static struct machine_description *random_description(const struct printer *p,
						      const struct shape *shape,
						      struct rng *rng)
{
	struct machine_description *d = machine_description_new();
	const uint32_t what = rng_below(rng, 10);
	const uint32_t huge = p->page_shift - 3;
	uint32_t total = 0, area, unit;

	if (!d)
		exit(EXIT_FAILURE);
	d->arch = what < 5 ? ARCH_AMD64 : what < 7 ? ARCH_ARM64 : ARCH_I386;
	if (p->page_shift != 12)
		d->arch = ARCH_ARM64;
	d->nr_nodes = d->arch == ARCH_I386 ? 1 : 1 + rng_below(rng, 3);
	d->nr_cpus = 1 + rng_below(rng, 4);
	d->max_order = rng_chance(rng, 60) ? 11 : 9 + rng_below(rng, 5);
	d->pageblock_order = huge < d->max_order ? huge : d->max_order - 1;
	d->cma = rng_chance(rng, 40);
	area = 1u << (d->max_order - 1);
	unit = shape->is_aligned ? area : 1;
	for (uint32_t nid = 0; nid < d->nr_nodes; nid++) {
		random_node(rng, d, &d->node[nid], area, unit);
		total += d->node[nid].nr_pages;
	}
	d->node[0].start_pfn = 0;
	random_limits(rng, d, total, unit);
	/* bounds of a hidden boost assume the default, 15000 */
	random_sysctls(rng, d, hides_boost(p) ? 15001 : 30000);
	if (shape->by_hand)
		random_zones(rng, d);
	return d;
}

/* -- its use -------------------------------------------------------------- */

struct use {
	struct machine *m;
	struct rng *rng;
	uint32_t urgent_percent; /* of the requests */
	uint32_t nr;
	struct {
		uint32_t pfn, order;
	} held[MAX_HELD];
};

static void random_request(struct use *u, struct alloc_request *request)
{
	static const gfp_t masks[] = {
		GFP_KERNEL,
		GFP_ATOMIC,
		GFP_NOWAIT,
		GFP_HIGHUSER_MOVABLE,
		GFP_USER,
		GFP_KERNEL | __GFP_RECLAIMABLE,
		GFP_KERNEL | __GFP_DMA32,
		GFP_KERNEL | __GFP_DMA,
		GFP_KERNEL | __GFP_HIGH,
		GFP_KERNEL | __GFP_THISNODE,
		GFP_KERNEL | __GFP_MEMALLOC,
		GFP_ATOMIC | __GFP_NOMEMALLOC,
		GFP_ATOMIC | __GFP_DIRECT_RECLAIM,
		GFP_TRANSHUGE_LIGHT,
	};
	const uint64_t all = (UINT64_C(1) << u->m->system->nr_nodes) - 1;
	struct rng *rng = u->rng;

	*request = (struct alloc_request){
		.gfp = masks[rng_below(rng, sizeof(masks) / sizeof(*masks))],
		.order = rng_chance(rng, 85) ? rng_below(rng, 4) :
					       rng_below(rng, u->m->max_order),
		.nid = rng_below(rng, u->m->system->nr_nodes),
		.cpu = rng_below(rng, u->m->nr_cpus),
	};
	if (!rng_chance(rng, 10))
		return;
	request->nodemask = 1 + rng_below(rng, (uint32_t)all);
	request->has_nodemask = true;
}

/* Most blocks stay in use. Below the low watermark only urgent ones go. */
static bool operate(struct use *u, struct alloc_request *request)
{
	struct alloc_request urgent;
	uint32_t pfn = PFN_NONE, at = rng_below(u->rng, u->nr);

	if (u->nr == MAX_HELD || (u->nr && rng_chance(u->rng, 25))) {
		machine_free(u->m, rng_below(u->rng, u->m->nr_cpus),
			     u->held[at].pfn, u->held[at].order);
		u->held[at] = u->held[--u->nr];
		return true;
	}
	random_request(u, request);
	urgent = *request;
	if (rng_chance(u->rng, u->urgent_percent)) {
		urgent.has_alloc_flags = true;
		urgent.alloc_flags = ALLOC_WMARK_MIN | ALLOC_HIGH |
				     ALLOC_HARDER;
	}
	if (machine_alloc(u->m, &urgent, &pfn) != MACHINE_ERROR_none)
		return true;
	/* the report is of cpu 0, whose per-cpu list had no page either */
	if (pfn == PFN_NONE)
		return urgent.has_alloc_flags || request->cpu;
	u->held[u->nr].pfn = pfn;
	u->held[u->nr++].order = request->order;
	return true;
}

static void isolate(struct machine *m, struct rng *rng)
{
	const struct zone *zone =
		&m->zones[rng_below(rng, m->system->nr_zones)];
	uint32_t busy;

	if (managed_zone(zone))
		machine_isolate(m, 0,
				zone->start_pfn + rng_below(rng, zone->spanned),
				MIGRATE_MOVABLE, &busy);
}

static void random_task(struct machine *m, struct rng *rng)
{
	const uint32_t all = (1u << m->system->nr_nodes) - 1;
	struct task task = m->system->task;

	task.memalloc = rng_chance(rng, 5);
	if (rng_chance(rng, 25))
		task.mems_allowed = 1 + rng_below(rng, all);
	machine_set_task(m, &task, task.mems_allowed != all);
}

/* A fresh machine belongs to its maker: the one place that writes to it. */
#define draw(field, value) (*(uint32_t *)(uintptr_t) & (field) = (value))

/* Small machines have per-cpu lists of no length, and no drift. */
static void draw_cpus(struct machine *m, struct rng *rng)
{
	for (uint32_t id = 0; id < m->system->nr_zones; id++) {
		const struct zone *zone = &m->zones[id];

		if (!managed_zone(zone))
			continue;
		draw(zone->stat_threshold, rng_below(rng, 40));
		for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++) {
			const uint32_t batch = 1 + rng_below(rng, 31);

			draw(zone_pcp(m, zone, cpu)->batch, batch);
			draw(zone_pcp(m, zone, cpu)->high,
			     rng_chance(rng, 20) ? 0 : 6 * batch);
		}
	}
}

bool used_machine(struct machine *m, const struct printer *p,
		  const struct shape *shape, struct rng *rng)
{
	struct machine_description *d = random_description(p, shape, rng);
	char message[200];
	const enum boot_error error =
		machine_boot(m, d, message, sizeof(message));

	free(d);
	if (error != BOOT_OK)
		return false;
	if (shape->has_task)
		random_task(m, rng);
	if (rng_chance(rng, 70))
		draw_cpus(m, rng);
	if (rng_chance(rng, 20))
		isolate(m, rng);
	return true;
}

bool refuse_request(struct machine *m, struct alloc_request *request,
		    struct rng *rng)
{
	static struct use u;

	u = (struct use){
		.m = m,
		.rng = rng,
		.urgent_percent = rng_below(rng, 100),
	};
	for (int i = 0; i < NR_OPERATIONS; i++) {
		if (operate(&u, request))
			continue;
		/* not always the first, which is a large one */
		if (!rng_chance(rng, request->order > 3 ? 2 : 10))
			continue;
		return true;
	}
	return false;
}
