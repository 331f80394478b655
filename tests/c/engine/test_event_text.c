/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_event_text: the notation of event texts, and known texts. */
#include "events/trace.h"
#include "machine/gfp.h"
#include "test.h"

#define EVENT_TEXT_MAX 2048

struct sample {
	struct event event;
	uint64_t payload[32];
};

static const struct system small_system = {
	.nr_zone_types = 3,
	.zone_type = { ZONE_DMA, ZONE_DMA32, ZONE_NORMAL },
};

static const struct machine small_machine = { .system = &small_system };

/* A field of the event, or what stands for the fields of its account. */
static bool is_value(const struct event_type *type, const char *name)
{
	if (!strcmp(name, "account"))
		name = "account_usable";
	return event_field_index(type, name) >= 0;
}

/* Does an expression such as "base+boost-watermark" name values only? */
static void check_expression(const struct event_type *type, const char *text)
{
	for (;; text++) {
		size_t length;
		char name[64];

		if (*text == '+') /* a number with its sign */
			text++;
		if (!strncmp(text, "2^", 2))
			text += 2;
		length = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
		snprintf(name, sizeof(name), "%.*s", (int)length, text);
		if (!is_value(type, name))
			fprintf(stderr, "%s: {%s}\n", type->name, name);
		CHECK(is_value(type, name));
		text += length;
		if (*text != '+' && *text != '-')
			break;
	}
	CHECK(strchr("?#}", *text));
}

static void test_field_names(void)
{
	for (int id = 0; id < NR_EVENTS; id++) {
		const char *at = event_types[id].text;

		while ((at = strchr(at, '{')))
			check_expression(&event_types[id], ++at);
	}
}

/* The text of an event whose struct is @fields. */
#define CHECK_EVENT_TEXT(name, expected, ...)                                  \
	do {                                                                   \
		const struct event_##name fields = { __VA_ARGS__ };            \
		struct sample sample = { .event = { .event = EVENT_##name } }; \
		char text[EVENT_TEXT_MAX];                                     \
                                                                               \
		memcpy(sample.payload, &fields, sizeof(fields));               \
		CHECK_STR(event_text_format(&small_machine, &sample.event,     \
					    text, sizeof(text)),               \
			  expected);                                           \
	} while (0)

static void test_known_texts(void)
{
	CHECK_EVENT_TEXT(alloc_request,
			 "Request: order 0 (1 page), GFP_USER, cpu 0, "
			 "preferred node 0.",
			 .gfp = GFP_USER);
	CHECK_EVENT_TEXT(alloc_request,
			 "Request: order 3 (8 pages), GFP_USER, cpu 1, "
			 "preferred node 2, nodemask 0,2.",
			 .gfp = GFP_USER, .order = 3, .cpu = 1, .nid = 2,
			 .has_nodemask = 1, .nodemask = 5);
	CHECK_EVENT_TEXT(zone_skip,
			 "Node 1 Normal skipped: not in the nodemask.",
			 .nid = 1, .zone = 2, .reason = SKIP_nodemask);
	CHECK_EVENT_TEXT(zone_skip,
			 "Node 0 Normal skipped: above highest_zoneidx "
			 "(DMA32).",
			 .zone = 2, .reason = SKIP_highest_zoneidx,
			 .highest_zoneidx = 1);
	CHECK_EVENT_TEXT(steal_claim,
			 "300 free + 12 compatible >= 256 (half of the "
			 "pageblock): the pageblock becomes movable.",
			 .free = 300, .compatible = 12, .required = 256,
			 .migratetype = MIGRATE_MOVABLE, .ok = 1);
	CHECK_EVENT_TEXT(zone_counter,
			 "NR_FREE_PAGES -8: per-cpu diff folded into the zone "
			 "counter, now 12280.",
			 .delta = -8, .global = 12280, .folded = 1,
			 .threshold = 4);
	CHECK_EVENT_TEXT(zone_counter,
			 "NR_FREE_PAGES +1: vm_stat_diff of cpu 2 = -3 "
			 "(stat_threshold 4), the zone counter stays at 16.",
			 .delta = 1, .cpu = 2, .diff = -3, .threshold = 4,
			 .global = 16);
	CHECK_EVENT_TEXT(set_fault,
			 "Fault injection: 50 % of the requests of order 2 or "
			 "more fail, not with __GFP_DIRECT_RECLAIM; times -1, "
			 "interval 1, space 0.",
			 .probability = 50, .interval = 1, .times = -1,
			 .min_order = 2, .ignore_gfp_reclaim = 1);
	CHECK_EVENT_TEXT(set_fault,
			 "Fault injection: no request fails (probability 0).",
			 .times = 3);
	CHECK_EVENT_TEXT(should_fail_alloc_page,
			 "Fault injection spares this request, since its order "
			 "is below min_order.",
			 .rule = FAULT_min_order, .times_left = 1);
	CHECK_EVENT_TEXT(should_fail_alloc_page,
			 "Fault injection makes this request fail; times is "
			 "now 0.",
			 .rule = FAULT_fails);
}

/* Where free pages are: one part, several, none; one page. */
static void test_account_texts(void)
{
	CHECK_EVENT_TEXT(zone_empty,
			 "Node 0 DMA32: 352 pages are free, all in "
			 "MIGRATE_HIGHATOMIC blocks, which this request may "
			 "not use. Next zone.",
			 .zone = 1, .free = 352, .account_highatomic = 352);
	CHECK_EVENT_TEXT(zone_empty,
			 "Node 0 DMA32: 40 pages are free: 32 in blocks of "
			 "other migratetypes, 8 in MIGRATE_CMA blocks, but "
			 "ALLOC_NOFRAGMENT rules out a fallback smaller than "
			 "a pageblock. Next zone.",
			 .zone = 1, .free = 40, .account_usable = 32,
			 .account_cma = 8, .reason = EMPTY_nofragment);
	CHECK_EVENT_TEXT(zone_empty,
			 "Node 0 DMA32: no page is free; 512 pages are "
			 "isolated and not counted as free. Next zone.",
			 .zone = 1, .account_isolated = 512);
	CHECK_EVENT_TEXT(zone_empty,
			 "Node 0 DMA32: 3 pages are free, all in MIGRATE_CMA "
			 "blocks, which an unmovable request may not use; the "
			 "zone counter is at 7. Next zone.",
			 .zone = 1, .free = 7, .account_cma = 3);
	CHECK_EVENT_TEXT(watermark_check,
			 "Node 0 DMA32: 4200 free - 4103 unusable, required "
			 "more than 105 (the low watermark): refused, 9 pages "
			 "short. 4200 pages are free: 4096 in MIGRATE_CMA "
			 "blocks, 104 behind the watermark.",
			 .zone = 1, .order = 3, .wmark = WMARK_INDEX_low,
			 .free = 4200, .unusable = 4103, .cma = 4096,
			 .watermark = 105, .base = 105, .margin = -8,
			 .short_by = 9, .account_cma = 4096,
			 .account_behind_watermark = 104);
	CHECK_EVENT_TEXT(free_area_check,
			 "Node 0 DMA32: enough pages, but no free block of "
			 "order 3 or more.",
			 .zone = 1, .order = 3, .account_too_small = 1096);
	CHECK_EVENT_TEXT(free_area_check,
			 "Node 0 DMA32: enough pages, but no usable block of "
			 "order 3 or more. 4096 pages are free: 3000 in "
			 "MIGRATE_CMA blocks, 1096 in blocks smaller than "
			 "order 3.",
			 .zone = 1, .order = 3, .account_cma = 3000,
			 .account_too_small = 1096);
	CHECK_EVENT_TEXT(free_area_check,
			 "Node 0 DMA: enough pages, but no usable block of "
			 "order 1 or more. 1 page is free, in a MIGRATE_CMA "
			 "block, which a reclaimable request may not use; 1 "
			 "page is isolated and not counted as free.",
			 .order = 1, .migratetype = MIGRATE_RECLAIMABLE,
			 .account_cma = 1, .account_isolated = 1);
}

/* Terms that are zero are left out. */
static void test_watermark_texts(void)
{
	CHECK_EVENT_TEXT(watermark_check,
			 "Node 0 DMA32: 8192 free, required more than 105 (the "
			 "low watermark): passed, margin 8087 pages.",
			 .zone = 1, .wmark = WMARK_INDEX_low, .free = 8192,
			 .watermark = 105, .base = 105, .margin = 8087,
			 .ok = 1);
	CHECK_EVENT_TEXT(watermark_check,
			 "Node 0 DMA: 1355 free, required more than 2047 (low "
			 "15 + lowmem_reserve[Normal] 2032): refused, 693 "
			 "pages short.",
			 .wmark = WMARK_INDEX_low, .free = 1355,
			 .watermark = 15, .base = 15, .lowmem_reserve = 2032,
			 .highest_zoneidx = 2, .margin = -692, .short_by = 693);
	CHECK_EVENT_TEXT(watermark_check,
			 "Node 0 DMA: 100 free - 7 unusable, required more "
			 "than 92 (min 80 + boost 60 - 48 for an urgent "
			 "request): passed, margin 1 page.",
			 .wmark = WMARK_INDEX_min, .free = 100, .unusable = 7,
			 .watermark = 92, .base = 80, .boost = 60, .margin = 1,
			 .ok = 1);
	CHECK_EVENT_TEXT(watermark_check,
			 "Node 0 DMA: 80 free, required more than 80 (the min "
			 "watermark): refused, 1 page short.",
			 .wmark = WMARK_INDEX_min, .free = 80, .watermark = 80,
			 .base = 80, .short_by = 1);
}

int main(void)
{
	test_field_names();
	test_known_texts();
	test_account_texts();
	test_watermark_texts();
	return test_done();
}
