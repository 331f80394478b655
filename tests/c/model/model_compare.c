/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_compare: a model from a machine's bytes, and what differs between
 * the two. Only here the engine's links are followed.
 */
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- reading -------------------------------------------------------------- */

static void *copy_of(const void *from, size_t nr, size_t size)
{
	void *to = malloc(nr * size + 1);

	if (!to)
		abort();
	return memcpy(to, from, nr * size);
}

static void *zeroes(size_t nr, size_t size)
{
	void *room = calloc(nr + 1, size);

	if (!room)
		abort();
	return room;
}

static void read_list(struct model *model, const struct machine *m,
		      uint32_t zone, struct model_list *list, uint32_t head,
		      unsigned int type)
{
	for (uint32_t at = m->links[head].next; at != head;
	     at = m->links[at].next) {
		uint32_t page = m->pages[at];
		bool free = page_state(page) == PAGE_BUDDY;

		model_list_put(list, at, true);
		model_block_set(model, zone, at, page_order(page),
				free ? FREE : ON_CPU,
				free ? type : page_type(page));
	}
}

static void read_zone(struct model *model, const struct machine *m, uint32_t id)
{
	struct model_zone *zone = &model->zones[id];

	zone->fixed = m->zones[id];
	zone->id = id;
	zone->counter[MODEL_FREE_PAGES] = zone->fixed.nr_free_pages;
	zone->counter[MODEL_FREE_CMA] = zone->fixed.nr_free_cma;
	zone->boost = zone->fixed.watermark_boost;
	zone->boosted = zone->fixed.boosted;
	zone->highatomic = zone->fixed.nr_reserved_highatomic;
	zone->nr_isolate = zone->fixed.nr_isolate_pageblock;
	memcpy(zone->numa, zone->fixed.numa, sizeof(zone->numa));
	zone->pgalloc = zone->fixed.pgalloc;
	zone->pgfree = zone->fixed.pgfree;
	for (unsigned int o = 0; o < m->max_order; o++)
		for (unsigned int t = 0; t < MIGRATE_TYPES; t++)
			read_list(model, m, id, &zone->lists[o][t],
				  free_list(&m->zones[id], o, t), t);
	for (uint32_t i = 0; i < m->system->nr_cpus; i++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, &m->zones[id], i);
		struct model_cpu *cpu = &zone->cpus[i];

		cpu->high = pcp->high;
		cpu->batch = pcp->batch;
		cpu->diff[MODEL_FREE_PAGES] = pcp->stat_diff;
		cpu->diff[MODEL_FREE_CMA] = pcp->cma_diff;
		for (unsigned int t = 0; t < MIGRATE_PCPTYPES; t++)
			read_list(model, m, id, &cpu->lists[t], pcp->heads + t,
				  t);
	}
}

static void read_used(struct model *model, const struct machine *m,
		      uint32_t pfn)
{
	const struct model_zone *zone = model_zone_of(model, pfn);
	uint32_t page = m->pages[pfn];

	model->frames[pfn].lru = page & PAGE_LRU;
	if (!zone || page_state(page) != PAGE_USED)
		return;
	model_block_set(model, page_zone_id(page), pfn, page_order(page), USED,
			0);
	model->frames[pfn].compound = page & PAGE_COMPOUND;
	model->frames[pfn].pfmemalloc = page & PAGE_PFMEMALLOC;
	model->frames[pfn].owner = page_owner(m, pfn);
}

struct model *model_new(const struct machine *m)
{
	const struct system *system = m->system;
	struct model *model = zeroes(1, sizeof(*model));

	if (system->nr_cpus > MODEL_CPUS)
		abort();
	model->system = *system;
	model->nodes = copy_of(m->nodes, system->nr_nodes, sizeof(*m->nodes));
	model->zonerefs =
		copy_of(m->zonerefs, system->nr_zonerefs, sizeof(*m->zonerefs));
	model->distance = copy_of(m->distance,
				  system->nr_nodes * system->nr_nodes,
				  sizeof(*m->distance));
	model->pageblocks = copy_of(m->pageblocks, system->nr_pageblocks, 1);
	model->frames = zeroes(system->max_pfn, sizeof(*model->frames));
	model->zones = zeroes(system->nr_zones, sizeof(*model->zones));
	for (uint32_t id = 0; id < system->nr_zones; id++)
		read_zone(model, m, id);
	for (uint32_t pfn = 0; pfn < system->max_pfn; pfn++)
		read_used(model, m, pfn);
	return model;
}

static void free_zone(struct model_zone *zone)
{
	for (int o = 0; o < MAX_ORDER_LIMIT; o++)
		for (int t = 0; t < MIGRATE_TYPES; t++)
			free(zone->lists[o][t].pfn);
	for (int i = 0; i < MODEL_CPUS; i++)
		for (int t = 0; t < MIGRATE_PCPTYPES; t++)
			free(zone->cpus[i].lists[t].pfn);
}

void model_free(struct model *model)
{
	for (uint32_t id = 0; id < model->system.nr_zones; id++)
		free_zone(&model->zones[id]);
	free(model->nodes);
	free(model->zonerefs);
	free(model->distance);
	free(model->pageblocks);
	free(model->frames);
	free(model->zones);
	free(model->events);
	free(model->queue.pfn);
	free(model->reclaimed.pfn);
	free(model);
}

struct model_zone *model_zone_of(const struct model *model, uint32_t pfn)
{
	for (uint32_t id = 0; id < model->system.nr_zones; id++) {
		struct model_zone *zone = &model->zones[id];

		if (pfn >= zone->fixed.start_pfn &&
		    pfn - zone->fixed.start_pfn < zone->fixed.spanned)
			return zone;
	}
	return NULL;
}

/* -- comparing ------------------------------------------------------------ */

struct report {
	char *message;
	size_t size;
};

static bool __attribute__((format(printf, 2, 3)))
differs(const struct report *report, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(report->message, report->size, format, args);
	va_end(args);
	return false;
}

static bool same_list(const struct report *report, const struct machine *m,
		      const struct model_list *list, uint32_t head,
		      const char *what, const struct model_zone *zone,
		      unsigned int order, unsigned int type)
{
	uint32_t at = head;

	for (uint32_t i = 0; i <= list->nr; i++) {
		uint32_t next = m->links[at].next;
		uint32_t want = i < list->nr ? list->pfn[i] : head;

		if (next != want || m->links[next].prev != at)
			return differs(report,
				       "zone id %u %s[%u].%s, place %u of %u: "
				       "link to %u, model %u (list end %u)",
				       zone->id, what, order,
				       migratetype_name(type), i, list->nr,
				       next, want, head);
		at = next;
	}
	return true;
}

static bool same_cpus(const struct report *report, const struct model *model,
		      const struct machine *m, const struct model_zone *zone)
{
	for (uint32_t i = 0; i < model->system.nr_cpus; i++) {
		const struct per_cpu_pages *pcp =
			zone_pcp(m, &m->zones[zone->id], i);
		const struct model_cpu *cpu = &zone->cpus[i];
		uint32_t count = 0;

		for (unsigned int t = 0; t < MIGRATE_PCPTYPES; t++) {
			count += cpu->lists[t].nr;
			if (!same_list(report, m, &cpu->lists[t],
				       pcp->heads + t, "cpu", zone, i, t))
				return false;
		}
		if (pcp->count != count || pcp->high != cpu->high ||
		    pcp->batch != cpu->batch ||
		    pcp->stat_diff != cpu->diff[MODEL_FREE_PAGES] ||
		    pcp->cma_diff != cpu->diff[MODEL_FREE_CMA])
			return differs(report,
				       "zone id %u cpu %u: count %u diffs %d "
				       "%d, model %u %ld %ld",
				       zone->id, i, pcp->count, pcp->stat_diff,
				       pcp->cma_diff, count, cpu->diff[0],
				       cpu->diff[1]);
	}
	return true;
}

static const char *word_of_zone(size_t offset)
{
	static const struct {
		size_t offset;
		const char *name;
	} words[] = {
#define WORD_OF(field) { offsetof(struct zone, field), #field }
		WORD_OF(watermark),
		WORD_OF(watermark_boost),
		WORD_OF(nr_free_pages),
		WORD_OF(nr_free_cma),
		WORD_OF(nr_reserved_highatomic),
		WORD_OF(boosted),
		WORD_OF(lowmem_reserve),
		WORD_OF(nr_isolate_pageblock),
		WORD_OF(stat_threshold),
		WORD_OF(nr_free),
		WORD_OF(numa),
		WORD_OF(pgalloc),
		WORD_OF(pgfree),
	};
	const char *name = "?";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].offset <= offset)
			name = words[i].name;
	return name;
}

static bool same_numbers(const struct report *report, const struct model *model,
			 const struct machine *m, const struct model_zone *zone)
{
	struct zone want = zone->fixed;
	uint32_t got[sizeof(want) / 4], expected[sizeof(want) / 4];

	want.nr_free_pages = (int32_t)zone->counter[MODEL_FREE_PAGES];
	want.nr_free_cma = (int32_t)zone->counter[MODEL_FREE_CMA];
	want.watermark_boost = (uint32_t)zone->boost;
	want.boosted = zone->boosted;
	want.nr_reserved_highatomic = (uint32_t)zone->highatomic;
	want.nr_isolate_pageblock = zone->nr_isolate;
	for (unsigned int o = 0; o < model->system.max_order; o++)
		want.nr_free[o] = model_blocks(zone, o);
	memcpy(want.numa, zone->numa, sizeof(want.numa));
	want.pgalloc = zone->pgalloc;
	want.pgfree = zone->pgfree;
	if (!memcmp(&want, &m->zones[zone->id], sizeof(want)))
		return true;
	memcpy(got, &m->zones[zone->id], sizeof(got));
	memcpy(expected, &want, sizeof(expected));
	for (size_t i = 0; i < sizeof(want) / 4; i++)
		if (got[i] != expected[i])
			return differs(report,
				       "zone id %u: word %zu from %s on is %d, "
				       "model %d",
				       zone->id, i, word_of_zone(i * 4),
				       (int)got[i], (int)expected[i]);
	return true;
}

static bool same_zone(const struct report *report, const struct model *model,
		      const struct machine *m, const struct model_zone *zone)
{
	for (unsigned int o = 0; o < model->system.max_order; o++)
		for (unsigned int t = 0; t < MIGRATE_TYPES; t++)
			if (!same_list(report, m, &zone->lists[o][t],
				       free_list(&m->zones[zone->id], o, t),
				       "free", zone, o, t))
				return false;
	return same_cpus(report, model, m, zone) &&
	       same_numbers(report, model, m, zone);
}

/* What the engine's word for this frame must be; *mask: which bits count. */
static uint32_t word_of(const struct model_frame *frame, uint32_t pfn,
			uint32_t *mask)
{
	static const uint32_t state[] = {
		[IDLE] = PAGE_NONE,
		[FREE] = PAGE_BUDDY,
		[ON_CPU] = PAGE_PCP,
		[USED] = PAGE_USED,
	};
	uint32_t lru = (frame->lru ? PAGE_LRU : 0) |
		       (frame->queued ? PAGE_RECLAIMABLE : 0);

	*mask = UINT32_MAX;
	if (frame->state == IDLE || frame->head != pfn)
		return lru;
	if (frame->state == USED)
		*mask = ~PAGE_TYPE_MASK;
	return frame->order | state[frame->state] << PAGE_STATE_SHIFT |
	       (frame->state == USED ?
			0 :
			(uint32_t)frame->type << PAGE_TYPE_SHIFT) |
	       lru | (frame->compound ? PAGE_COMPOUND : 0) |
	       (frame->pfmemalloc ? PAGE_PFMEMALLOC : 0) |
	       (uint32_t)frame->zone << PAGE_ZONE_SHIFT;
}

/* The engine's queue of a node: the model's, less those of other nodes. */
static bool same_queue(const struct report *report, const struct model *model,
		       const struct machine *m, uint32_t nid)
{
	uint32_t at = m->nodes[nid].lru;

	for (uint32_t i = 0; i < model->queue.nr; i++) {
		uint32_t pfn = model->queue.pfn[i];

		if (m->zones[model->frames[pfn].zone].node != nid)
			continue;
		at = m->links[at].next;
		if (lru_entry_pfn(m, at) != pfn)
			return differs(report,
				       "node %u reclaims page %u, model page "
				       "%u",
				       nid, lru_entry_pfn(m, at), pfn);
	}
	return m->links[at].next == m->nodes[nid].lru ||
	       differs(report, "node %u: more is reclaimable than in the model",
		       nid);
}

static bool same_frames(const struct report *report, const struct model *model,
			const struct machine *m)
{
	for (uint32_t pfn = 0; pfn < model->system.max_pfn; pfn++) {
		const struct model_frame *frame = &model->frames[pfn];
		uint32_t mask, want = word_of(frame, pfn, &mask);

		if ((m->pages[pfn] ^ want) & mask)
			return differs(report,
				       "frame %u: word %08x, model %08x (of "
				       "%08x)",
				       pfn, m->pages[pfn], want, mask);
		if (frame->state == USED && frame->head == pfn &&
		    page_owner(m, pfn) != frame->owner)
			return differs(report, "frame %u: owner %u, model %u",
				       pfn, page_owner(m, pfn), frame->owner);
	}
	return true;
}

bool model_compare(const struct model *model, const struct machine *m,
		   bool frames, char *message, size_t size)
{
	const struct report report = { message, size };
	const struct system *system = &model->system;
	struct system want = *system;

	if (model->corrupt)
		return differs(&report, "the model contradicts itself");
	for (uint32_t id = 0; id < system->nr_zones; id++)
		if (!same_zone(&report, model, m, &model->zones[id]))
			return false;
	for (uint32_t i = 0; i < system->nr_pageblocks; i++)
		if (m->pageblocks[i] != model->pageblocks[i])
			return differs(&report, "pageblock %u: %u, model %u", i,
				       m->pageblocks[i], model->pageblocks[i]);
	if (memcmp(m->nodes, model->nodes,
		   system->nr_nodes * sizeof(*m->nodes)))
		return differs(&report, "the nodes' numbers differ");
	/* which entries the queues use is the engine's choice */
	want.lru_free = m->system->lru_free;
	want.lru_unused = m->system->lru_unused;
	if (memcmp(m->system, &want, sizeof(want)))
		return differs(&report, "task, sysctls or owner's choices "
					"differ");
	for (uint32_t nid = 0; nid < model->system.nr_nodes; nid++)
		if (!same_queue(&report, model, m, nid))
			return false;
	return !frames || same_frames(&report, model, m);
}
