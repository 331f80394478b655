/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine_difference: both machines are booted by this program, so the same
 * description gives the same bytes. From there on only requests and writes
 * into pages change them, so those are all that a setup can do.
 */
#include "grade/machine_difference.h"

#include <stdio.h>
#include <string.h>

#include "state/arena.h"

/* The shape, which does not depend on sysctls. */
static const char *shape_difference(const struct machine *a,
				    const struct machine *b, char *buf,
				    size_t size)
{
	const struct system *s = a->system, *t = b->system;

	if (strcmp(s->arch, t->arch))
		return "arch differs";
	if (s->nr_nodes != t->nr_nodes)
		snprintf(buf, size, "%u nodes instead of %u", t->nr_nodes,
			 s->nr_nodes);
	else if (s->nr_cpus != t->nr_cpus)
		snprintf(buf, size, "%u cpus instead of %u", t->nr_cpus,
			 s->nr_cpus);
	else if (memcmp(s->cpu_node, t->cpu_node, sizeof(s->cpu_node)))
		return "cpu_nodes differ";
	else if (s->max_order != t->max_order)
		snprintf(buf, size, "max_order %u instead of %u", t->max_order,
			 s->max_order);
	else if (s->pageblock_order != t->pageblock_order)
		snprintf(buf, size, "pageblock_order %u instead of %u",
			 t->pageblock_order, s->pageblock_order);
	else if (memcmp(a->distance, b->distance,
			sizeof(*a->distance) * s->nr_nodes * s->nr_nodes))
		return "distances differ";
	else if (s->nr_zones != t->nr_zones)
		return "the number of zones differs";
	else
		return NULL;
	return buf;
}

static const char *zones_difference(const struct machine *a,
				    const struct machine *b, char *buf,
				    size_t size)
{
	for (uint32_t i = 0; i < a->system->nr_zones; i++) {
		const struct zone *y = &a->zones[i], *z = &b->zones[i];

		if (y->managed == z->managed && y->present == z->present &&
		    y->spanned == z->spanned && y->start_pfn == z->start_pfn &&
		    y->managed_cma == z->managed_cma && y->type == z->type)
			continue;
		if (y->managed != z->managed)
			snprintf(buf, size,
				 "%s of node %u manages %u pages instead of %u",
				 zone_name(b, z->idx), z->node, z->managed,
				 y->managed);
		else
			snprintf(buf, size,
				 "%s of node %u has another place, holes or "
				 "CMA areas",
				 zone_name(b, z->idx), z->node);
		return buf;
	}
	return NULL;
}

/* What machine{ zones } says of a zone. */
static const char *by_hand_difference(const struct machine *a,
				      const struct machine *b)
{
	for (uint32_t i = 0; i < a->system->nr_zones; i++) {
		const struct zone *y = &a->zones[i], *z = &b->zones[i];

		if (memcmp(y->watermark, z->watermark, sizeof(y->watermark)) ||
		    y->watermark_boost != z->watermark_boost)
			return "the watermarks of a zone differ";
		if (memcmp(y->lowmem_reserve, z->lowmem_reserve,
			   sizeof(y->lowmem_reserve)))
			return "lowmem_reserve differs";
		if (y->nr_reserved_highatomic != z->nr_reserved_highatomic)
			return "nr_reserved_highatomic differs";
	}
	return "its state differs";
}

/* Why the states differ: a sysctl, if one explains it. */
static const char *state_difference(const struct machine *a,
				    const struct machine *b)
{
	const struct system *s = a->system, *t = b->system;

	if (s->buddy_only != t->buddy_only)
		return "one is made by machine.arena()";
	if (s->min_free_kbytes != t->min_free_kbytes)
		return "min_free_kbytes differs";
	if (s->watermark_scale_factor != t->watermark_scale_factor)
		return "watermark_scale_factor differs";
	if (s->watermark_boost_factor != t->watermark_boost_factor)
		return "watermark_boost_factor differs";
	if (memcmp(s->lowmem_reserve_ratio, t->lowmem_reserve_ratio,
		   sizeof(s->lowmem_reserve_ratio)))
		return "lowmem_reserve_ratio differs";
	if (s->dirty_ratio != t->dirty_ratio ||
	    s->dirty_bytes != t->dirty_bytes ||
	    s->highmem_is_dirtyable != t->highmem_is_dirtyable)
		return "the dirty limit differs";
	if (s->node_reclaim_mode != t->node_reclaim_mode)
		return "node_reclaim_mode differs";
	if (s->node_reclaim_distance != t->node_reclaim_distance)
		return "node_reclaim_distance differs";
	if (s->min_unmapped_ratio != t->min_unmapped_ratio)
		return "min_unmapped_ratio differs";
	if (s->poison != t->poison)
		return "poison differs";
	return by_hand_difference(a, b);
}

const char *machine_difference(struct session *a, struct session *b, char *buf,
			       size_t size)
{
	const struct machine *ma = session_machine(a);
	const struct machine *mb = session_machine(b);
	const char *why;

	session_seek(a, 0);
	session_seek(b, 0);
	why = shape_difference(ma, mb, buf, size);
	if (!why)
		why = zones_difference(ma, mb, buf, size);
	if (!why && !arena_equal(ma, mb))
		why = state_difference(ma, mb);
	session_seek(a, session_nr_steps(a));
	session_seek(b, session_nr_steps(b));
	return why;
}

/* The first parameter or result that differs, or NULL. */
static const char *effect_difference(const struct request *a,
				     const struct request *b)
{
	const char *what = request_difference(a, b);

	/* on equal machines, equal requests have equal results */
	if (!what && (a->error != b->error || a->pfn != b->pfn ||
		      a->last_step != b->last_step))
		what = "result";
	return what;
}

/*
 * Does @b begin with the writes of @a? Another write of @b comes after the
 * @nr_requests of @a. The last hash is over all writes before.
 */
static bool same_writes(const struct session *a, const struct session *b,
			uint32_t nr_requests)
{
	const struct page_write *last = NULL, *w;
	uint32_t nr = 0;

	while ((w = session_write_at(a, nr))) {
		last = w;
		nr++;
	}
	w = nr ? session_write_at(b, nr - 1) : NULL;
	if (last && (!w || memcmp(w->hash, last->hash, sizeof(w->hash))))
		return false;
	w = session_write_at(b, nr);
	return !w || w->nr_requests >= nr_requests;
}

const char *setup_difference(const struct session *a, const struct session *b,
			     uint32_t *step, char *buf, size_t size)
{
	const uint32_t nr = session_nr_requests(a);

	for (uint32_t i = 0; i < nr; i++) {
		const struct request *want = session_get_request(a, i);
		const struct request *made = session_get_request(b, i);
		const char *what;

		if (!made) {
			snprintf(
				buf, size,
				"only %u of the %u requests of the given setup",
				i, nr);
			return buf;
		}
		*step = made->first_step;
		what = effect_difference(want, made);
		if (what) {
			snprintf(buf, size,
				 "request %u (%s) differs from the given setup "
				 "in its %s",
				 i + 1, request_kind_name(made->kind), what);
			return buf;
		}
	}
	return same_writes(a, b, nr) ?
		       NULL :
		       "the contents written into pages differ from the given "
		       "setup";
}
