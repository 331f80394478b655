/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_boot_exam: a machine that is built with the spans, holes and reserved
 * runs of a real one has the zones, pageblocks and free lists that a real
 * kernel had when it had just freed its boot memory (data/boot-*.json).
 */
#include "describe.h"
#include "files.h"
#include "json/json.h"

/* The runs [pfn, length] of a list. */
static uint32_t read_runs(const cJSON *list, struct page_range *ranges)
{
	const cJSON *run;
	uint32_t nr = 0;

	cJSON_ArrayForEach(run, list) ranges[nr++] =
		(struct page_range){ json_u32(cJSON_GetArrayItem(run, 0)),
				     json_u32(cJSON_GetArrayItem(run, 1)) };
	return nr;
}

static struct machine_description *describe_file(const cJSON *file)
{
	struct machine_description *d = describe(ARCH_AMD64);
	const cJSON *node;

	cJSON_ArrayForEach(node, json_get(file, "machine"))
	{
		struct node_description *n =
			add_node(d, json_member_u32(node, "pages"));

		n->start_pfn = json_member_u32(node, "start_pfn");
		n->movable = json_member_u32(node, "movable");
		n->nr_holes = read_runs(json_get(node, "holes"), n->holes);
		n->nr_reserved =
			read_runs(json_get(node, "reserved"), n->reserved);
	}
	return d;
}

static void check_pageblocks(const struct machine *m, const struct zone *zone,
			     const char *letters)
{
	const uint32_t nr = pageblock_nr_pages(m);
	uint32_t pfn = zone->start_pfn & ~(nr - 1);

	for (; pfn < zone_end_pfn(zone); pfn += nr, letters++)
		CHECK_EQ(migratetype_letter(
				 get_pageblock_migratetype(m, zone, pfn)),
			 *letters);
	CHECK_EQ(*letters, '\0');
}

static void check_free_area(const struct machine *m, const struct zone *zone,
			    unsigned int order, const cJSON *area)
{
	CHECK_EQ(zone->nr_free[order], json_member_u32(area, "nr_free"));
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		const uint32_t head = free_list(zone, order, type);
		const cJSON *pfn, *list = json_get(json_get(area, "lists"),
						   migratetype_name(type));
		uint32_t at = m->links[head].next;

		cJSON_ArrayForEach(pfn, list)
		{
			CHECK_EQ(at, json_u32(pfn));
			at = m->links[at].next;
		}
		CHECK_EQ(at, head);
	}
}

static void check_zone(const struct machine *m, uint32_t nid,
		       const cJSON *expected)
{
	const struct zone *zone =
		node_zone(m, nid, json_member_u32(expected, "zone"));
	unsigned int order = 0;
	const cJSON *area;

	CHECK_EQ(zone->start_pfn, json_member_u32(expected, "start_pfn"));
	CHECK_EQ(zone->spanned, json_member_u32(expected, "spanned"));
	CHECK_EQ(zone->present, json_member_u32(expected, "present"));
	CHECK_EQ(zone->managed, json_member_u32(expected, "managed"));
	CHECK_EQ(zone->nr_free_pages, zone->managed);
	check_pageblocks(m, zone,
			 json_get(expected, "pageblocks")->valuestring);
	cJSON_ArrayForEach(area, json_get(expected, "free_area"))
		check_free_area(m, zone, order++, area);
	CHECK_EQ(order, m->max_order);
}

static void check_file(const char *name)
{
	const char *path = data_path(name);
	struct file_error error = { "" };
	struct json_place at = { .path = path, .error = &error };
	char *text = file_text(path);
	cJSON *file = json_parse(&at, text, strlen(text));
	const cJSON *node, *zone;
	uint32_t nr = 0, populated = 0;
	struct machine m;

	CHECK_STR(error.text, "");
	if (!boot(&m, describe_file(file)))
		return;
	cJSON_ArrayForEach(node, json_get(file, "nodes"))
		cJSON_ArrayForEach(zone, json_get(node, "zones"))
	{
		check_zone(&m, json_member_u32(node, "nid"), zone);
		nr++;
	}
	for (uint32_t id = 0; id < m.system->nr_zones; id++)
		populated += populated_zone(&m.zones[id]);
	CHECK_EQ(populated, nr);
	arena_destroy(&m);
	cJSON_Delete(file);
	free(text);
}

int main(void)
{
	check_file("boot-solo.json");
	check_file("boot-duo.json");
	return test_done();
}
