/* SPDX-License-Identifier: GPL-2.0-or-later */
/* control: what can be done to a machine besides requests; always traced. */
#define TRACED 1

#include "mm/control.h"

#include "mm/lru.h"
#include "mm/traced.h"
#include "mm/zonelist.h"
#include "state/state.h"

static enum machine_error reject(struct machine *m, enum machine_error error)
{
	trace(m, request_error, .error = error);
	state_commit(m);
	return error;
}

static enum machine_error accept(struct machine *m)
{
	state_commit(m);
	return MACHINE_ERROR_none;
}

enum machine_error machine_drain(struct machine *m, uint32_t cpu)
{
	if (cpu >= m->system->nr_cpus)
		return reject(m, MACHINE_ERROR_cpu_absent);
	traced_drain_pages(m, cpu);
	return accept(m);
}

enum machine_error machine_set_lru(struct machine *m, uint32_t pfn, bool on)
{
	uint32_t page;

	if (pfn >= m->system->max_pfn)
		return reject(m, MACHINE_ERROR_pfn_absent);
	page = m->pages[pfn];
	if (page_state(page) != PAGE_USED)
		return reject(m, MACHINE_ERROR_not_allocated);
	if (!on && (page & PAGE_RECLAIMABLE))
		del_page_from_lru_list(m, pfn);
	else
		state_set(m, m->pages[pfn],
			  on ? page | PAGE_LRU : page & ~PAGE_LRU);
	trace(m, lru_add, .pfn = pfn, .on = on);
	return accept(m);
}

enum machine_error machine_set_reclaimable(struct machine *m, uint32_t pfn)
{
	uint32_t page;

	if (pfn >= m->system->max_pfn)
		return reject(m, MACHINE_ERROR_pfn_absent);
	page = m->pages[pfn];
	if (page_state(page) != PAGE_USED)
		return reject(m, MACHINE_ERROR_not_allocated);
	if (page_order(page) || (page & PAGE_RECLAIMABLE) ||
	    !add_page_to_lru_list(m, pfn))
		return reject(m, MACHINE_ERROR_reclaimable);
	trace_zone(m, reclaimable_add, page_zone(m, pfn), .pfn = pfn,
		   .nr_reclaimable =
			   m->nodes[page_zone(m, pfn)->node].nr_reclaimable);
	return accept(m);
}

enum machine_error machine_set_dirty(struct machine *m, uint32_t nid,
				     uint32_t file_dirty)
{
	if (!node_online(m, nid))
		return reject(m, MACHINE_ERROR_node_absent);
	state_set(m, m->nodes[nid].file_dirty, file_dirty);
	trace(m, set_dirty, .nid = nid, .file_dirty = file_dirty);
	return accept(m);
}

enum machine_error machine_set_task(struct machine *m, const struct task *task,
				    bool cpusets)
{
	const struct system *system = m->system;

	if (cpusets && !nodemask_is_online(m, task->mems_allowed))
		return reject(m, MACHINE_ERROR_nodemask);
	state_set(m, system->task.mems_allowed, task->mems_allowed);
	state_set(m, system->task.hardwall_mems, task->hardwall_mems);
#define FLAG(name, text, help) state_set(m, system->task.name, task->name);
	TASK_FLAGS(FLAG)
#undef FLAG
	state_set(m, system->cpusets, cpusets);
	machine_update(m);
#define FLAG(name, text, help) , .name = !!task->name
	trace(m, set_task, .mems_allowed = task->mems_allowed,
	      .hardwall_mems = task->hardwall_mems,
	      .cpusets = cpusets TASK_FLAGS(FLAG));
#undef FLAG
	return accept(m);
}

enum machine_error machine_set_fault(struct machine *m,
				     const struct fault_attr *attr)
{
	const struct fault_attr *fault = &m->system->fail_page_alloc;

#define ATTR(kind, name, otherwise, min, max, help)                            \
	if (attr->name < (min) || attr->name > (max))                          \
		return reject(m, MACHINE_ERROR_value);
	FAULT_ATTRS(ATTR)
#undef ATTR
#define ATTR(kind, name, otherwise, min, max, help)                            \
	state_set(m, fault->name, attr->name);
	FAULT_ATTRS(ATTR)
#undef ATTR
	state_set(m, fault->count, 0);
	machine_update(m);
#define ATTR(kind, name, otherwise, min, max, help) .name = attr->name,
	trace(m, set_fault, FAULT_ATTRS(ATTR));
#undef ATTR
	return accept(m);
}

/*
 * The part of @zone in the aligned range of 2^(max_order - 1) pages around
 * @pfn. Linux isolates such ranges as a whole (alloc_contig_range): no block
 * reaches beyond one, so none is isolated in part.
 */
static void isolation_range(const struct machine *m, const struct zone *zone,
			    uint32_t pfn, uint32_t *first, uint32_t *end)
{
	const uint32_t nr = 1u << (m->max_order - 1);

	*first = pfn & ~(nr - 1);
	*end = *first + nr;
	if (*first < zone->start_pfn)
		*first = zone->start_pfn;
	if (*end > zone_end_pfn(zone))
		*end = zone_end_pfn(zone);
}

/* Does another zone have pages in [first, end)? */
static bool is_shared(const struct machine *m, const struct zone *zone,
		      uint32_t first, uint32_t end)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *other = &m->zones[i];

		if (other != zone && populated_zone(other) &&
		    other->start_pfn < end && zone_end_pfn(other) > first)
			return true;
	}
	return false;
}

/*
 * May the range be isolated? Not if its last pageblock is cut off by the
 * zone's end, nor if its first one has pages of other zones, whose type would
 * change with it.
 */
static bool can_isolate(const struct machine *m, const struct zone *zone,
			uint32_t first, uint32_t end)
{
	const uint32_t block = first & ~(pageblock_nr_pages(m) - 1);
	bool shared = !m->system->pageblocks_per_zone &&
		      is_shared(m, zone, block, first);

	return !shared && !(end & (pageblock_nr_pages(m) - 1));
}

/* Is one of the range's pageblocks isolated, or (@any) has one memory? */
static bool has_pageblock(const struct machine *m, const struct zone *zone,
			  uint32_t first, uint32_t end, bool any)
{
	for (uint32_t p = first; p < end;
	     p = (p | (pageblock_nr_pages(m) - 1)) + 1) {
		unsigned int type = get_pageblock_migratetype(m, zone, p);

		if (type != PAGEBLOCK_NONE && (any || is_migrate_isolate(type)))
			return true;
	}
	return false;
}

/* The pageblocks to isolate, or to bring back; the error if they cannot be. */
static enum machine_error isolation(const struct machine *m, uint32_t cpu,
				    uint32_t pfn, unsigned int migratetype,
				    bool begins, uint32_t *first, uint32_t *end)
{
	const struct zone *zone = pfn_zone(m, pfn);

	if (cpu >= m->system->nr_cpus)
		return MACHINE_ERROR_cpu_absent;
	if (!zone)
		return MACHINE_ERROR_pfn_absent;
	isolation_range(m, zone, pfn, first, end);
	if (migratetype >= MIGRATE_ISOLATE ||
	    (migratetype == MIGRATE_CMA && !m->system->cma) ||
	    (begins && !can_isolate(m, zone, *first, *end)) ||
	    !has_pageblock(m, zone, *first, *end, begins))
		return MACHINE_ERROR_pageblock;
	return MACHINE_ERROR_none;
}

enum machine_error machine_isolate(struct machine *m, uint32_t cpu,
				   uint32_t pfn, unsigned int migratetype,
				   uint32_t *busy)
{
	uint32_t first, end;
	enum machine_error error =
		isolation(m, cpu, pfn, migratetype, true, &first, &end);

	*busy = PFN_NONE;
	if (error != MACHINE_ERROR_none)
		return reject(m, error);
	m->cpu = cpu;
	*busy = traced_start_isolate_page_range(m, pfn_zone(m, pfn), first, end,
						migratetype);
	return accept(m);
}

enum machine_error machine_unisolate(struct machine *m, uint32_t cpu,
				     uint32_t pfn, unsigned int migratetype)
{
	uint32_t first, end;
	enum machine_error error =
		isolation(m, cpu, pfn, migratetype, false, &first, &end);

	if (error != MACHINE_ERROR_none)
		return reject(m, error);
	m->cpu = cpu;
	traced_undo_isolate_page_range(m, pfn_zone(m, pfn), first, end,
				       migratetype);
	return accept(m);
}

void machine_set_history(struct machine *m, struct history *history)
{
	if (m->history)
		history_stop(m->history);
	m->history = history;
	machine_update(m);
}

void machine_set_poison(struct machine *m, bool on)
{
	state_set(m, m->system->poison, on);
	state_commit(m);
	machine_update(m);
}

void machine_set_cache(struct machine *m, bool on)
{
	m->uncached = !on;
	machine_update(m);
}
