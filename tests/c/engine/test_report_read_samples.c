/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports of real systems: every number of "zones_as_read" is read. */
#include "import/report_read.h"
#include "files.h"
#include "json/json.h"
#include "test.h"

static const struct {
	const char *name;
	enum report_event event;
	const char *task;
	uint32_t max_order;
} samples[] = {
	{ "d1-atomic-only-highatomic-left", REPORT_ALLOCATION_FAILURE, "writer",
	  11 },
	{ "d2-order0-atomic-three-zones", REPORT_ALLOCATION_FAILURE,
	  "napi/eth9-1", 11 },
	{ "d3-arm32-order1-cma-highmem", REPORT_OOM, "worker/u8:2", 13 },
	{ "d4-arm64-order4-boosted", REPORT_ALLOCATION_FAILURE, "reader", 11 },
	{ "d5-zoneinfo-boosted", REPORT_NO_REQUEST, "", 0 },
};

static const char *path(const char *name, const char *extension)
{
	static char file[128];

	snprintf(file, sizeof(file), "reports/%s.%s", name, extension);
	return data_path(file);
}

static const struct {
	const char *key;
	enum report_number number;
} numbers[] = {
	{ "free", REPORT_free },
	{ "boost", REPORT_boost },
	{ "min", REPORT_min },
	{ "low", REPORT_low },
	{ "high", REPORT_high },
	{ "present", REPORT_present },
	{ "managed", REPORT_managed },
	{ "free_cma", REPORT_free_cma },
	{ "free_pcp", REPORT_free_pcp },
	{ "reserved_highatomic", REPORT_reserved_highatomic },
	{ "free_highatomic", REPORT_free_highatomic },
};

/* A number that the sample has is there; one that it lacks is not. */
static void check_numbers(const struct report_zone *zone, const cJSON *expected)
{
	const bool is_zoneinfo = !json_get(expected, "node");

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		const cJSON *value = json_get(expected, numbers[i].key);

		if (value)
			CHECK_EQ(report_number(zone, numbers[i].number),
				 json_i64(value));
		if (value || !is_zoneinfo)
			CHECK_EQ(report_has(zone, numbers[i].number),
				 value != NULL);
	}
}

static void check_lists(const struct report *r, const struct report_zone *zone,
			const cJSON *expected)
{
	static const char order_of_letters[] = "UMECHIR";
	const cJSON *lists = json_get(expected, "buddy"), *list;
	uint32_t order = 0;

	CHECK_EQ(zone->has_lists, lists != NULL);
	if (!lists)
		return;
	CHECK_EQ(r->max_order, json_length(lists));
	CHECK_EQ(1 << (r->page_shift - 10), json_member_u32(expected, "unit"));
	CHECK_EQ(zone->lists_total << (r->page_shift - 10),
		 json_member_u32(expected, "total"));
	cJSON_ArrayForEach(list, lists)
	{
		static const uint32_t types[] = {
			MIGRATE_UNMOVABLE,	MIGRATE_MOVABLE,
			MIGRATE_RECLAIMABLE,	MIGRATE_CMA,
			MIGRATE_HIGHATOMIC,	MIGRATE_ISOLATE,
			REPORT_MIGRATE_RESERVE,
		};
		const char *text = cJSON_GetArrayItem(list, 1)->valuestring;
		uint32_t bits = 0;

		for (; *text; text++)
			bits |= REPORT_TYPE_BIT(
				types[strchr(order_of_letters, *text) -
				      order_of_letters]);
		CHECK_EQ(zone->list[order].nr_blocks,
			 json_i64(cJSON_GetArrayItem(list, 0)));
		CHECK_EQ(zone->list[order].types, bits);
		order++;
	}
}

static void check_zone(const struct report *r, const struct report_zone *zone,
		       const cJSON *expected)
{
	const cJSON *reserve = json_get(expected, "reserve"), *number;
	uint32_t i = 0;

	CHECK_STR(zone_type_name(zone->type),
		  json_get(expected, "name")->valuestring);
	CHECK_EQ(zone->nid, 0);
	check_numbers(zone, expected);
	CHECK_EQ(zone->nr_lowmem_reserve, reserve ? json_length(reserve) : 0);
	cJSON_ArrayForEach(number, reserve)
		CHECK_EQ(zone->lowmem_reserve[i++], json_i64(number));
	check_lists(r, zone, expected);
}

static void check_request(const struct report *r, const cJSON *file, size_t i)
{
	const cJSON *request = json_get(file, "request");

	CHECK_EQ(r->request.event, samples[i].event);
	CHECK_STR(r->request.task, samples[i].task);
	CHECK_EQ(r->max_order, samples[i].max_order);
	if (!request)
		return;
	CHECK_EQ(r->request.order, json_member_u32(request, "order"));
	CHECK_STR(r->request.gfp_text, json_get(request, "gfp")->valuestring);
	CHECK_STR(r->release.text, json_get(file, "kernel")->valuestring);
	CHECK(!r->request.has_nodemask);
	CHECK_EQ(r->request.has_mems_allowed,
		 json_get(request, "mems_allowed") != NULL);
}

static void check_sample(size_t i)
{
	struct file_error error;
	const struct json_place at = { .path = samples[i].name,
				       .line = 1,
				       .error = &error };
	char *text = file_text(path(samples[i].name, "json"));
	cJSON *file = json_parse(&at, text, strlen(text));
	const cJSON *zones = json_get(file, "zones_as_read"), *zone;
	char *names[] = { (char *)path(samples[i].name, "txt") };
	struct report_set set;
	uint32_t nr = 0;

	if (!report_read_files(names, 1, &set, &error)) {
		CHECK_STR(error.text, "");
		return;
	}
	CHECK_EQ(set.nr, 1);
	CHECK_EQ(set.reports->nr_zones, json_length(zones));
	check_request(set.reports, file, i);
	cJSON_ArrayForEach(zone, zones)
		check_zone(set.reports, &set.reports->zones[nr++], zone);
	report_set_destroy(&set);
	cJSON_Delete(file);
	free(text);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
		check_sample(i);
	return test_done();
}
