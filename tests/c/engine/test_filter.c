/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filter: filters that hold, that do not hold, and that are invalid. */
#include "events/filter.h"
#include "test.h"

/* An event that no allocator emitted, with known values. */
#define MAKE(name, ...)                                                        \
	static struct {                                                        \
		struct event event;                                            \
		struct event_##name fields;                                    \
	} name = { .event = { .event = EVENT_##name, .request = 6 },           \
		   .fields = { __VA_ARGS__ } }

MAKE(watermark_check, .nid = 1, .zone = ZONE_NORMAL, .order = 3, .free = 100,
     .unusable = 7, .watermark = 90, .lowmem_reserve = 20, .margin = -17,
     .short_by = 18, .wmark = WMARK_INDEX_low, .ok = 0,
     .alloc_flags = ALLOC_WMARK_LOW | ALLOC_NOFRAGMENT);
MAKE(free_list_take, .pfn = 4096, .nid = 0, .zone = ZONE_DMA32, .low = 2,
     .order = 5, .migratetype = MIGRATE_MOVABLE, .nr_free = 3);
MAKE(alloc_request, .entry = ENTRY_alloc_pages, .order = 0, .gfp = GFP_KERNEL,
     .nid = 0, .has_nodemask = 1, .nodemask = 0x6);
MAKE(zone_skip, .nid = 0, .zone = ZONE_DMA, .reason = SKIP_cpuset);
MAKE(move_freepages, .pfn = 512, .zone = ZONE_NORMAL,
     .migratetype = MIGRATE_UNMOVABLE, .moved = 9, .movable = 4);
MAKE(mm_page_alloc, .pfn = PFN_NONE, .order = 1);

static bool holds(const struct event *event, const char *text)
{
	struct filter_error error;
	struct filter *c = filter_new(text, &error);
	bool yes = false;

	CHECK(c != NULL);
	if (c)
		yes = filter_holds(c, NULL, event, 41);
	else
		fprintf(stderr, "\"%s\": %s\n", text, error.text);
	filter_free(c);
	return yes;
}

#define YES(event_, text) CHECK(holds(&event_.event, text))
#define NO(event_, text) CHECK(!holds(&event_.event, text))

static void test_comparisons(void)
{
	YES(watermark_check, "order = 3");
	YES(watermark_check, "order == 3");
	NO(watermark_check, "order != 3");
	NO(watermark_check, "order ~= 3");
	YES(watermark_check, "order>=3");
	YES(watermark_check, "order<=3");
	NO(watermark_check, "order<3");
	NO(watermark_check, "order > 3");
	YES(watermark_check, "3 = order");
	YES(watermark_check, "4 > order");
	YES(watermark_check, "margin = -17");
	YES(watermark_check, "short_by = 18");
	YES(watermark_check, "order = 0x3");
	YES(watermark_check, "free - unusable <= watermark + lowmem_reserve");
	NO(watermark_check, "free - unusable > watermark + lowmem_reserve");
	YES(watermark_check,
	    "watermark + lowmem_reserve - (free - unusable) = 17");
	YES(watermark_check, "node = 1");
	YES(watermark_check, "step = 41 and request = 7");
	YES(mm_page_alloc, "pfn = none");
	NO(mm_page_alloc, "pfn != none");
}

static void test_words(void)
{
	YES(watermark_check, "zone = Normal");
	YES(watermark_check, "Normal = zone");
	NO(watermark_check, "zone = DMA32");
	YES(watermark_check, "zone != DMA32");
	YES(watermark_check, "zone = 'Normal'");
	YES(watermark_check, "zone = \"Normal\"");
	YES(watermark_check, "wmark = low");
	YES(watermark_check, "wmark < high");
	YES(zone_skip, "reason = cpuset");
	NO(zone_skip, "reason = highest_zoneidx");
	YES(free_list_take, "migratetype = movable");
	YES(alloc_request, "gfp = GFP_KERNEL");
	YES(alloc_request, "gfp = __GFP_RECLAIM|__GFP_IO|__GFP_FS");
	YES(alloc_request, "gfp = 'mode:0xcc0(GFP_KERNEL),'");
	YES(alloc_request, "gfp = \"0x14000c0(GFP_KERNEL)\"");
	YES(alloc_request, "gfp has __GFP_IO");
	NO(alloc_request, "gfp has __GFP_IO|__GFP_ZERO");
	YES(watermark_check, "alloc_flags has NOFRAGMENT");
	NO(watermark_check, "alloc_flags has HARDER");
	YES(alloc_request, "nodemask has 2");
	NO(alloc_request, "nodemask has 0");
	NO(alloc_request, "nodemask has 64");
	YES(watermark_check, "ok = false");
	YES(watermark_check, "ok = no");
	/* a name that is a field and a value: the event decides */
	YES(free_list_take, "low = 2");
	YES(free_list_take, "order > low");
	YES(move_freepages, "movable = 4");
	NO(move_freepages, "migratetype = movable");
}

static void test_logic(void)
{
	YES(watermark_check, "watermark_check and not ok");
	NO(free_list_take, "watermark_check and not ok");
	YES(watermark_check, "zone=Normal and order>=3");
	YES(watermark_check, "zone=DMA or order=3");
	YES(watermark_check, "not zone=DMA and not (order=2 or order=4)");
	NO(watermark_check, "not (zone=DMA or order=3)");
	YES(watermark_check, "zone=DMA and order=9 or order=3");
	NO(watermark_check, "zone=DMA and (order=9 or order=3)");
	YES(watermark_check, "short_by");
	NO(watermark_check, "ok");
	YES(free_list_take, "free_list_take or expand");
	YES(watermark_check, "not expand");
}

/* Neither a comparison nor its negation holds without the field. */
static void test_absent_fields(void)
{
	NO(free_list_take, "ok");
	NO(free_list_take, "not ok");
	NO(free_list_take, "not not ok");
	NO(free_list_take, "reason = cpuset");
	NO(free_list_take, "reason != cpuset");
	NO(free_list_take, "free - unusable > 0");
	YES(free_list_take, "ok or order = 5");
	YES(free_list_take, "order = 5 or ok");
	NO(free_list_take, "ok and order = 5");
	NO(free_list_take, "not (ok and order = 5)");
	YES(free_list_take, "not (ok and order = 4)");
}

static void test_touches(void)
{
	YES(free_list_take, "touches 4096");
	YES(free_list_take, "touches 4127");
	NO(free_list_take, "touches 4128");
	NO(free_list_take, "touches 4095");
	NO(watermark_check, "touches 0");
	NO(mm_page_alloc, "touches 4294967295");
	YES(free_list_take, "touches 4100 and migratetype = movable");
}

static void wrong(const char *text, unsigned int column, const char *message)
{
	struct filter_error error;
	struct filter *c = filter_new(text, &error);

	CHECK(c == NULL);
	if (!c) {
		CHECK_STR(error.text, message);
		CHECK_EQ(error.column, column);
	}
	filter_free(c);
}

static void test_messages(void)
{
	wrong("", 1,
	      "the filter is empty; write a field, an event or a "
	      "comparison");
	wrong("oder >= 3", 1,
	      "\"oder\": unknown field, event or value; did you mean order? "
	      "(zonewalk doc events)");
	wrong("waterark_check", 1,
	      "\"waterark_check\": unknown field, event or value; did you mean "
	      "watermark_check? (zonewalk doc events)");
	wrong("zone = Nomal", 8,
	      "\"Nomal\": not a value of zone; did you mean Normal? (zonewalk "
	      "doc events)");
	wrong("zone = movabel", 8,
	      "\"movabel\": not a value of zone; did you mean Movable? "
	      "(zonewalk doc events)");
	wrong("gfp has GFP_KERNEL|__GFP_COLD", 9,
	      "\"__GFP_COLD\": a flag of Linux up to 4.14; leave it out "
	      "(zonewalk doc gfp)");
	wrong("gfp = GFP_KERNAL", 7,
	      "\"GFP_KERNAL\": not a value of gfp; did you mean GFP_KERNEL? "
	      "(zonewalk doc events)");
	wrong("DMA32", 1,
	      "\"DMA32\" is a value, not a condition; compare it, as in zone = "
	      "DMA32");
	wrong("expand = 3", 1,
	      "expand is an event and cannot be compared; write expand and "
	      "order = 0");
	wrong("order = ", 9, "expected a field, an event or a number");
	wrong("order = 3 ok", 11,
	      "expected \"and\", \"or\" or the end of the filter");
	wrong("(order = 3", 11, "expected \")\"");
	wrong("order = 3 && ok", 11, "unknown operator; write and, or, not");
	wrong("order \xe9\xa1\xb5 3", 7,
	      "\"\xe9\xa1\xb5\": unknown operator; the operators are = != < "
	      "<= > >= has");
	wrong("!ok", 1, "unknown operator; write and, or, not");
	wrong("order = 3.5", 9, "\"3.5\": expected an integer");
	wrong("order = 3x", 9, "\"3x\": expected an integer");
	wrong("zone = 'DMA", 8, "missing closing quote");
	wrong("order % 2", 7,
	      "\"%\": unknown operator; the operators are = != < <= > >= has");
	wrong("(order = 3) = 4", 15,
	      "a comparison is not a value; combine comparisons with and, or");
	wrong("touches DMA", 9, "touches: expected a page frame number");
	wrong("order = 99999999999999999999", 9,
	      "\"99999999999999999999\": expected an integer");
	wrong("and", 1, "expected a field, an event or a number");
}

/* A text of any size has a result. */
static void test_long(void)
{
	static char text[1 << 16];
	struct filter_error error;
	struct filter *c;

	memset(text, '(', sizeof(text) - 1);
	c = filter_new(text, &error);
	CHECK(!c);
	CHECK_STR(error.text, "parentheses are nested too deeply");
	memset(text, '-', sizeof(text) - 1);
	CHECK(!filter_new(text, &error));
	memset(text, 'x', sizeof(text) - 1);
	CHECK(!filter_new(text, &error));
	for (size_t i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "not ", 5);
	CHECK(!filter_new(text, &error));
	for (size_t i = 0; i + 6 < sizeof(text); i += 6)
		memcpy(text + i, "ok or ", 7);
	CHECK(!filter_new(text, &error));
}

int main(void)
{
	test_comparisons();
	test_words();
	test_logic();
	test_absent_fields();
	test_touches();
	test_messages();
	test_long();
	return test_done();
}
