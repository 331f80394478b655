/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine: machine{...}, read key by key into a machine_description.
 *
 * Lua owns the description, so that an error leaks nothing. machine_boot()
 * checks what the description means.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mm/allocator.h"
#include "mm/control.h"
#include "boot/boot.h"
#include "lua/api.h"

/* Push list @key of @a; returns its length. Raises if it is not a list. */
static uint32_t push_list(const struct args *a, const char *key, uint32_t max,
			  const char *of)
{
	char value[80];
	lua_Unsigned nr;

	if (!lua_istable(a->L, -1))
		api_error(a->L, "%s: %s %s: expected a list of %s", a->what,
			  key, api_value_text(a->L, -1, value, sizeof(value)),
			  of);
	nr = lua_rawlen(a->L, -1);
	if (nr > max)
		api_error(a->L, "%s: %s: at most %u %s are allowed", a->what,
			  key, max, of);
	return (uint32_t)nr;
}

static void read_arch(const struct args *a, struct machine_description *d)
{
	static const char *const names[] = {
		[ARCH_AMD64] = "amd64",
		[ARCH_ARM64] = "arm64",
		[ARCH_I386] = "i386",
	};

	if (!args_push(a, "arch"))
		return;
	d->arch = (enum machine_arch)args_choice(
		a->L, -1, "machine: arch", names,
		sizeof(names) / sizeof(names[0]));
	lua_pop(a->L, 1);
}

/* The size at the top of the stack as a range; popped. */
static void read_area(const struct args *a, const char *key,
		      struct page_range *range)
{
	struct args area;

	*range = (struct page_range){ .start_pfn = PFN_NONE };
	if (!lua_istable(a->L, -1)) {
		range->nr_pages = args_size_value(a, key);
		return;
	}
	args_open(&area, a->L, -1, a->what, keys_area, NULL, range);
	if (!args_has(&area, "pages"))
		api_error(
			a->L,
			"%s: %s: pages is missing; write { pfn = 256, pages = "
			"\"1M\" }",
			a->what, key);
}

/*
 * "16M" or { pfn =, pages = }, or a list of these. Returns the number of
 * ranges; an area without a place has PFN_NONE.
 */
static uint32_t read_areas(const struct args *a, const char *key,
			   struct page_range *ranges)
{
	uint32_t nr;

	if (!args_push(a, key))
		return 0;
	if (!lua_istable(a->L, -1) || !lua_rawlen(a->L, -1)) {
		read_area(a, key, &ranges[0]);
		lua_pop(a->L, 1);
		return ranges[0].nr_pages ? 1 : 0;
	}
	nr = push_list(a, key, MAX_NODE_RANGES, "areas");
	for (uint32_t i = 0; i < nr; i++) {
		lua_rawgeti(a->L, -1, (lua_Integer)i + 1);
		read_area(a, key, &ranges[i]);
		lua_pop(a->L, 1);
	}
	lua_pop(a->L, 1);
	return nr;
}

/* The node's table is at the top of the stack. @start: its first page. */
static void read_node(lua_State *L, struct machine_description *d, uint32_t nid,
		      uint32_t start)
{
	struct node_description *node = &d->node[nid];
	char what[32];
	struct args a;

	snprintf(what, sizeof(what), "machine: node %u", nid);
	args_open(&a, L, -1, what, keys_node_given, NULL, node);
	if (!args_has(&a, "memory"))
		api_error(L,
			  "%s: memory is missing; write { memory = \"64M\" }",
			  what);
	node->absent = !node->nr_pages;
	node->start_pfn = PFN_NONE;
	node->nr_holes = read_areas(&a, "holes", node->holes);
	for (uint32_t i = 0; i < node->nr_holes; i++)
		if (node->holes[i].start_pfn == PFN_NONE)
			api_error(L,
				  "%s: holes: pfn is missing; write { pfn = "
				  "159, pages = 97 }",
				  what);
	node->nr_cma = read_areas(&a, "cma", node->cma);
	node->nr_reserved = read_areas(&a, "reserved", node->reserved);
	if (node->nr_cma)
		d->cma = 1;
	/* reserved memory without a place is low, where the kernel's image is */
	for (uint32_t i = 0; i < node->nr_reserved; i++) {
		if (node->reserved[i].start_pfn != PFN_NONE)
			continue;
		node->reserved[i].start_pfn = start;
		start += node->reserved[i].nr_pages;
	}
}

static void read_nodes(const struct args *a, struct machine_description *d)
{
	lua_State *L = a->L;
	uint64_t start = 0;

	if (args_push(a, "nodes")) {
		d->nr_nodes = push_list(a, "nodes", MAX_NUMNODES, "nodes");
		for (uint32_t i = 0; i < d->nr_nodes; i++) {
			char value[80];

			lua_rawgeti(L, -1, (lua_Integer)i + 1);
			if (!lua_istable(L, -1))
				api_error(
					L,
					"machine: node %u: expected { memory = "
					"\"64M\" }, not %s",
					i,
					api_value_text(L, -1, value,
						       sizeof(value)));
			read_node(L, d, i, (uint32_t)start);
			start += d->node[i].nr_pages;
			lua_pop(L, 1);
			if (start > MAX_PFN_LIMIT)
				api_error(L,
					  "machine: nodes: more than 4096G of "
					  "memory");
		}
		lua_pop(L, 1);
	}
	if (!d->nr_nodes || !start)
		api_error(L, "machine: no memory; write nodes = { { memory = "
			     "\"64M\" } } (zonewalk doc lua)");
}

/* The list @key on top as numbers; returns how many. */
static uint32_t read_numbers(const struct args *a, const char *key,
			     uint32_t max, const char *of, uint32_t *numbers,
			     uint32_t least, uint32_t most)
{
	const uint32_t nr = push_list(a, key, max, of);

	for (uint32_t i = 0; i < nr; i++) {
		lua_rawgeti(a->L, -1, (lua_Integer)i + 1);
		numbers[i] = (uint32_t)args_number(a->L, -1, a->what, key,
						   least, most);
		lua_pop(a->L, 1);
	}
	return nr;
}

static void read_cpus(const struct args *a, struct machine_description *d)
{
	bool given = args_u32(a, "cpus", 1, NR_CPUS, &d->nr_cpus);
	uint32_t nr;

	if (!args_push(a, "cpu_nodes"))
		return;
	nr = read_numbers(a, "cpu_nodes", NR_CPUS, "cpus", d->cpu_node, 0,
			  d->nr_nodes - 1);
	if (given && nr != d->nr_cpus)
		api_error(a->L,
			  "machine: cpu_nodes names %u nodes for %u cpus; name "
			  "one for each cpu",
			  nr, d->nr_cpus);
	d->nr_cpus = nr;
	d->has_cpu_node = true;
	lua_pop(a->L, 1);
}

static void read_distance(const struct args *a, struct machine_description *d)
{
	lua_State *L = a->L;

	if (!args_push(a, "distance"))
		return;
	if (push_list(a, "distance", MAX_NUMNODES, "rows") != d->nr_nodes)
		api_error(L,
			  "machine: distance: expected %u rows, one for each "
			  "node",
			  d->nr_nodes);
	for (uint32_t i = 0; i < d->nr_nodes; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i + 1);
		if (read_numbers(a, "distance", MAX_NUMNODES, "numbers",
				 d->distance[i], 1, 255) != d->nr_nodes)
			api_error(L,
				  "machine: distance: row %u: expected %u "
				  "numbers, one for each node",
				  i + 1, d->nr_nodes);
		lua_pop(L, 1);
	}
	d->has_distance = true;
	lua_pop(L, 1);
}

static void read_zone_limits(const struct args *a,
			     struct machine_description *d)
{
	struct args limits;

	if (!args_push(a, "zone_limits"))
		return;
	args_open(&limits, a->L, -1, "machine: zone_limits", keys_zone_limits,
		  NULL, d);
	lua_pop(a->L, 1);
}

static void read_sysctls(const struct args *a, struct machine_description *d)
{
	struct args s;
	int64_t bytes;

	if (!args_push(a, "sysctl"))
		return;
	args_open(&s, a->L, -1, "machine: sysctl", keys_sysctl, NULL, d);
	d->has_min_free_kbytes = args_has(&s, "min_free_kbytes");
	d->has_watermark_boost_factor = args_has(&s, "watermark_boost_factor");
	d->has_watermark_scale_factor = args_has(&s, "watermark_scale_factor");
	d->has_dirty_ratio = args_has(&s, "dirty_ratio");
	d->has_min_unmapped_ratio = args_has(&s, "min_unmapped_ratio");
	if (args_integer(&s, "dirty_bytes", 0, INT64_MAX, &bytes))
		d->dirty_bytes = (uint64_t)bytes;
	d->has_lowmem_reserve_ratio = args_push(&s, "lowmem_reserve_ratio");
	if (d->has_lowmem_reserve_ratio) {
		read_numbers(&s, "lowmem_reserve_ratio", MAX_NR_ZONES,
			     "numbers (one for each zone index, from the "
			     "lowest)",
			     d->lowmem_reserve_ratio, 0, INT_MAX);
		lua_pop(a->L, 1);
	}
	lua_pop(a->L, 1);
}

/* The sysctls of a machine instead of the described ones. */
static void copy_sysctls(struct machine_description *d, const struct system *s)
{
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = s->min_free_kbytes;
	d->has_watermark_boost_factor = true;
	d->watermark_boost_factor = s->watermark_boost_factor;
	d->has_watermark_scale_factor = true;
	d->watermark_scale_factor = s->watermark_scale_factor;
	d->has_lowmem_reserve_ratio = true;
	memcpy(d->lowmem_reserve_ratio, s->lowmem_reserve_ratio,
	       sizeof(d->lowmem_reserve_ratio));
	d->node_reclaim_mode = s->node_reclaim_mode;
	d->node_reclaim_distance = s->node_reclaim_distance;
	d->has_dirty_ratio = true;
	d->dirty_ratio = s->dirty_ratio;
	d->dirty_bytes = s->dirty_bytes;
	d->highmem_is_dirtyable = s->highmem_is_dirtyable;
}

/* Boot @d and push the machine; @function for messages. */
int machine_boot_described(lua_State *L, const char *function,
			   const struct machine_description *d, bool poison)
{
	const uint32_t line = api_where(L).line;
	struct machine m = { .region = NULL };
	char message[256];
	enum boot_error refused;

	REPORT(scenario_of(L), line, line);
	limit_check_machines(L, machine_description_size(d));
	refused = machine_boot(&m, d, message, sizeof(message));
	if (refused == BOOT_SYSTEM)
		limit_raise_text(L, LIMIT_MACHINES, message);
	if (refused != BOOT_OK)
		api_error(L, "%s: %s", function, message);
	machine_set_poison(&m, poison);
	REPORT(scenario_of(L), machine, d, poison, line);
	machine_keep(L, &m);
	return 1;
}

/* machine{...}: __call of the table `machine`, so argument 2. */
int machine_new(lua_State *L)
{
	struct machine_description *d;
	bool poison = false;
	struct args a;

	if (scenario_of(L)->in_hook)
		api_error(L, "machine: called inside a hook; make the machine "
			     "before");
	d = machine_push_description(L);
	args_open(&a, L, 2, "machine", keys_machine, NULL, d);
	read_arch(&a, d);
	read_nodes(&a, d);
	read_cpus(&a, d);
	read_distance(&a, d);
	read_zone_limits(&a, d);
	args_boolean(&a, "transparent_hugepage", &d->transparent_hugepage);
	args_boolean(&a, "poison", &poison);
	read_sysctls(&a, d);
	zones_read(&a, d);
	if (scenario_of(L)->sysctls)
		copy_sysctls(d, scenario_of(L)->sysctls);
	return machine_boot_described(L, "machine", d, poison);
}

const struct api_row machine_rows[] = {
	GLOBAL("machine", machine_new, keys_machine,
	       "machine{ nodes = {{ memory = \"64M\" }} }",
	       "(given: zonewalk.machine_given): zonewalk.machine",
	       "Boot a machine as Linux does."),
	{ .name = NULL },
};
