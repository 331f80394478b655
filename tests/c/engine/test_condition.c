/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions over events: what holds, what does not, and what is wrong. */
#include "events/filter.h"
#include "test.h"

/* A made-up event, so that every field has a known value. */
#define MAKE(name, ...)                                                        \
	static struct {                                                        \
		struct event event;                                            \
		struct event_##name fields;                                    \
	} name = { .event = { .event = EVENT_##name, .request = 6 },           \
		   .fields = { __VA_ARGS__ } }

MAKE(watermark_check, .nid = 1, .zone = ZONE_NORMAL, .order = 3, .free = 100,
     .unusable = 7, .mark = 90, .reserve = 20, .slack = -17, .short_by = 18,
     .wmark = WMARK_INDEX_low, .ok = 0,
     .alloc_flags = ALLOC_WMARK_LOW | ALLOC_NOFRAGMENT);
MAKE(free_list_take, .pfn = 4096, .nid = 0, .zone = ZONE_DMA32, .low = 2,
     .order = 5, .migratetype = MIGRATE_MOVABLE, .nr_free = 3);
MAKE(alloc_request, .entry = ENTRY_alloc_pages, .order = 0, .gfp = GFP_KERNEL,
     .nid = 0, .has_nodemask = 1, .nodemask = 0x6);
MAKE(zone_skip, .nid = 0, .zone = ZONE_DMA, .gate = SKIP_cpuset);
MAKE(move_freepages, .pfn = 512, .zone = ZONE_NORMAL,
     .migratetype = MIGRATE_UNMOVABLE, .moved = 9, .movable = 4);
MAKE(mm_page_alloc, .pfn = PFN_NONE, .order = 1);

static bool holds(const struct event *event, const char *text)
{
	struct condition_error error;
	struct condition *c = condition_new(text, &error);
	bool yes = false;

	CHECK(c != NULL);
	if (c)
		yes = condition_holds(c, NULL, event, 41);
	else
		fprintf(stderr, "\"%s\": %s\n", text, error.text);
	condition_free(c);
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
	YES(watermark_check, "slack = -17");
	YES(watermark_check, "short = 18");
	YES(watermark_check, "order = 0x3");
	YES(watermark_check, "free - unusable <= mark + reserve");
	NO(watermark_check, "free - unusable > mark + reserve");
	YES(watermark_check, "mark + reserve - (free - unusable) = 17");
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
	YES(zone_skip, "gate = cpuset");
	NO(zone_skip, "gate = ceiling");
	YES(free_list_take, "migratetype = movable");
	YES(alloc_request, "gfp = GFP_KERNEL");
	YES(alloc_request, "gfp = __GFP_RECLAIM|__GFP_IO|__GFP_FS");
	YES(alloc_request, "gfp has __GFP_IO");
	NO(alloc_request, "gfp has __GFP_IO|__GFP_ZERO");
	YES(watermark_check, "alloc_flags has NOFRAGMENT");
	NO(watermark_check, "alloc_flags has HARDER");
	YES(alloc_request, "nodemask has 2");
	NO(alloc_request, "nodemask has 0");
	NO(alloc_request, "nodemask has 64");
	YES(watermark_check, "ok = false");
	YES(watermark_check, "ok = no");
	/* the same word as field and as word: the event decides */
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
	YES(watermark_check, "short");
	NO(watermark_check, "ok");
	YES(free_list_take, "free_list_take or expand");
	YES(watermark_check, "not expand");
}

/* Who has not the field answers neither yes nor no. */
static void test_absent_fields(void)
{
	NO(free_list_take, "ok");
	NO(free_list_take, "not ok");
	NO(free_list_take, "not not ok");
	NO(free_list_take, "gate = cpuset");
	NO(free_list_take, "gate != cpuset");
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
	struct condition_error error;
	struct condition *c = condition_new(text, &error);

	CHECK(c == NULL);
	if (!c) {
		CHECK_STR(error.text, message);
		CHECK_EQ(error.column, column);
	}
	condition_free(c);
}

static void test_messages(void)
{
	wrong("", 1, "it is empty; write a field, an event, or a comparison");
	wrong("oder >= 3", 1,
	      "\"oder\": no such field, event or word; did you mean order? "
	      "(zonewalk doc events)");
	wrong("waterark_check", 1,
	      "\"waterark_check\": no such field, event or word; did you mean "
	      "watermark_check? (zonewalk doc events)");
	wrong("zone = Nomal", 8,
	      "\"Nomal\": zone is never that; did you mean Normal? (zonewalk "
	      "doc events)");
	wrong("zone = movabel", 8,
	      "\"movabel\": zone is never that; did you mean Movable? "
	      "(zonewalk doc events)");
	wrong("gfp = GFP_KERNAL", 7,
	      "\"GFP_KERNAL\": gfp is never that; did you mean GFP_KERNEL? "
	      "(zonewalk doc events)");
	wrong("DMA32", 1,
	      "\"DMA32\" alone says nothing; compare it, as in zone = DMA32");
	wrong("expand = 3", 1,
	      "expand is an event; it stands alone, as in expand and order = "
	      "0");
	wrong("order = ", 9, "a field, an event or a number is expected here");
	wrong("order = 3 ok", 11, "and, or, or the end is expected here");
	wrong("(order = 3", 11, "\")\" is expected here");
	wrong("order = 3 && ok", 11, "write and, or, not");
	wrong("!ok", 1, "write and, or, not");
	wrong("order = 3.5", 9, "\"3.5\": a whole number is expected");
	wrong("order = 3x", 9, "\"3x\": a whole number is expected");
	wrong("zone = 'DMA", 8, "the quote is not closed");
	wrong("order % 2", 7,
	      "\"%\" is no part of a condition; names are compared with = != "
	      "< <= > >= has");
	wrong("(order = 3) = 4", 15,
	      "a comparison cannot be compared; write and, or");
	wrong("touches DMA", 9, "touches: the number of a frame is expected");
	wrong("order = 99999999999999999999", 9,
	      "\"99999999999999999999\": a whole number is expected");
	wrong("and", 1, "a field, an event or a number is expected here");
}

/* Whatever its size, a text is answered. */
static void test_long(void)
{
	static char text[1 << 16];
	struct condition_error error;
	struct condition *c;

	memset(text, '(', sizeof(text) - 1);
	c = condition_new(text, &error);
	CHECK(!c);
	CHECK_STR(error.text, "the parentheses are too deep");
	memset(text, '-', sizeof(text) - 1);
	CHECK(!condition_new(text, &error));
	memset(text, 'x', sizeof(text) - 1);
	CHECK(!condition_new(text, &error));
	for (size_t i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "not ", 5);
	CHECK(!condition_new(text, &error));
	for (size_t i = 0; i + 6 < sizeof(text); i += 6)
		memcpy(text + i, "ok or ", 7);
	CHECK(!condition_new(text, &error));
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
