/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_printer: the report of a refused request. */
#include "report_printer.h"

#include <inttypes.h>
#include <stdarg.h>

const struct printer kernels[NR_KERNELS] = {
	{ .release = "5.10.0-8-amd64", .version = 510 },
	{ .release = "5.10.46", .version = 510 },
	{ .release = "4.9.0-0.rc8", .version = 409 },
	{ .release = "4.14.151", .version = 414 },
	{ .release = "5.4.0-42-generic", .version = 504 },
	{ .release = "5.15.74-v8+", .version = 515 },
	{ .release = "6.1.0-18-amd64", .version = 601 },
	{ .release = "6.13.4-200.fc41.x86_64", .version = 613 },
};

void put(struct text *t, const char *format, ...)
{
	char line[2048];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	text_string(t, line);
}

/* -- the request ---------------------------------------------------------- */

/* "0-1,3" */
static void put_nodes(struct text *t, const struct machine *m, uint64_t nodes)
{
	const char *between = "";

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		if (!(nodes >> nid & 1))
			continue;
		put(t, "%s%u", between, nid);
		between = ",";
	}
}

static void put_cpuset(struct text *t, const struct machine *m,
		       const char *between)
{
	put(t, "cpuset=%s%smems_allowed=", m->system->cpusets ? "/batch" : "/",
	    between);
	put_nodes(t, m, m->system->task.mems_allowed);
}

static void put_head(struct text *t, const struct machine *m,
		     const struct alloc_request *request,
		     const struct printer *p)
{
	char names[GFP_TEXT_MAX];

	put(t, "%s: page allocation failure%c order:%u, mode:0x%x(%s)",
	    m->system->task.memalloc ? "kswapd0" : "kworker/0:1",
	    p->version < 409 ? '.' : ':', request->order, request->gfp,
	    gfp_to_text(request->gfp, names, sizeof(names)));
	/* 4.9 prints no nodemask */
	if (p->version >= 410) {
		put(t, ", nodemask=");
		if (request->has_nodemask)
			put_nodes(t, m, request->nodemask);
		else
			put(t, "(null)");
	}
	if (p->version >= 419) {
		put(t, ",");
		put_cpuset(t, m, ",");
	} else {
		put(t, "\nkworker/0:1 ");
		put_cpuset(t, m, " ");
	}
	put(t, "\nCPU: 0 PID: 212 Comm: kworker/0:1 Not tainted %s #1\n",
	    p->release);
	put(t, "Hardware name: Example Machine/0X0000, BIOS 1.0 01/02/2020\n"
	       "Call Trace:\n dump_stack+0x6d/0x9a\n warn_alloc+0xf8/0x160\n");
}

/* -- the zones ------------------------------------------------------------ */

static uint32_t pcp_pages(const struct machine *m, const struct zone *zone)
{
	uint32_t pages = 0;

	for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++)
		pages += zone_pcp(m, zone, cpu)->count;
	return pages;
}

static void put_totals(struct text *t, const struct machine *m)
{
	uint64_t free_pages = 0, pcp = 0, cma = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		free_pages += (uint64_t)zone_page_state_free(&m->zones[i]);
		pcp += pcp_pages(m, &m->zones[i]);
		cma += (uint64_t)zone_page_state_cma(&m->zones[i]);
	}
	put(t, "Mem-Info:\n"
	       "active_anon:8390 inactive_anon:8478 isolated_anon:32\n"
	       " active_file:25 inactive_file:30 isolated_file:0\n"
	       " unevictable:0 dirty:0 writeback:151 unstable:0\n"
	       " slab_reclaimable:5304 slab_unreclaimable:9678\n"
	       " mapped:24 shmem:0 pagetables:3012 bounce:0\n");
	put(t, " free:%" PRIu64 " free_pcp:%" PRIu64 " free_cma:%" PRIu64 "\n",
	    free_pages, pcp, cma);
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		if (m->nodes[nid].has_memory)
			put(t,
			    "Node %u active_anon:33560kB "
			    "inactive_anon:33912kB mapped:96kB dirty:0kB "
			    "writeback_tmp:0kB all_unreclaimable? no\n",
			    nid);
}

static void put_reserve(struct text *t, const struct machine *m,
			const struct zone *zone)
{
	put(t, "\nlowmem_reserve[]:");
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		put(t, " %u", zone->lowmem_reserve[i]);
	put(t, "\n");
}

static void put_zone(struct text *t, const struct machine *m,
		     const struct zone *zone, const struct printer *p)
{
	static const char *const marks[NR_WMARK] = { "min", "low", "high" };
	const uint32_t kb = p->page_shift - 10;

	put(t, "Node %u %s free:%ukB", zone->node, zone_type_name(zone->type),
	    (uint32_t)zone_page_state_free(zone) << kb);
	if (prints_boost(p))
		put(t, " boost:%ukB", zone->watermark_boost << kb);
	for (int i = 0; i < NR_WMARK; i++)
		put(t, " %s:%ukB", marks[i],
		    (zone->watermark[i] + zone->watermark_boost) << kb);
	if (prints_highatomic(p))
		put(t, " reserved_highatomic:%uKB",
		    zone->nr_reserved_highatomic << kb);
	if (prints_free_highatomic(p))
		put(t, " free_highatomic:%uKB",
		    (uint32_t)listed_pages(m, zone, MIGRATE_HIGHATOMIC) << kb);
	put(t,
	    " active_anon:3296kB inactive_anon:3768kB active_file:12kB "
	    "writepending:24kB present:%ukB managed:%ukB mlocked:0kB",
	    zone->present << kb, zone->managed << kb);
	put(t, " bounce:0kB free_pcp:%ukB local_pcp:%ukB free_cma:%ukB",
	    pcp_pages(m, zone) << kb, zone_pcp(m, zone, 0)->count << kb,
	    (uint32_t)zone_page_state_cma(zone) << kb);
	put_reserve(t, m, zone);
}

static void put_letters(struct text *t, const struct machine *m,
			const struct zone *zone, unsigned int order)
{
	static const char letters[] = "UMEHCI";
	const char *between = " (";

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		if (list_is_empty(m, free_list(zone, order, type)))
			continue;
		put(t, "%s%c", between, letters[type]);
		between = "";
	}
	put(t, ")");
}

static void put_lists(struct text *t, const struct machine *m,
		      const struct zone *zone, const struct printer *p)
{
	const uint32_t kb = p->page_shift - 10;
	uint64_t total = 0;

	put(t, "Node %u %s:", zone->node, zone_type_name(zone->type));
	for (unsigned int o = 0; o < m->max_order; o++) {
		total += (uint64_t)zone->nr_free[o] << o;
		put(t, " %u*%ukB", zone->nr_free[o], 1u << o << kb);
		if (zone->nr_free[o])
			put_letters(t, m, zone, o);
	}
	put(t, " = %" PRIu64 "kB\n", total << kb);
}

void print_failure(struct text *t, const struct machine *m,
		   const struct alloc_request *request, const struct printer *p)
{
	uint32_t cma = 0;

	put_head(t, m, request, p);
	put_totals(t, m);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]))
			put_zone(t, m, &m->zones[i], p);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]))
			put_lists(t, m, &m->zones[i], p);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		cma += m->zones[i].managed_cma;
	put(t, "480 total pagecache pages\n0 pages in swap cache\n"
	       "49018 pages RAM\n10288 pages reserved\n");
	if (m->system->cma)
		put(t, "%u pages cma reserved\n", cma);
}
