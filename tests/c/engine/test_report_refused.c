/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports that would mislead are refused, by what is wrong in which line. */
#include "report_same.h"

#define HEAD "a: page allocation failure: order:0, mode:0x20\n"
#define DMA32 "Node 0 DMA32 free:1408kB min:1296kB low:1620kB high:1944kB\n"

static const struct {
	const char *text, *error;
} refused[] = {
	/* nothing to read */
	{ "", "text: no report is in it; give a kernel log with the lines "
	      "after Mem-Info:, or /proc/zoneinfo and /proc/buddyinfo" },
	{ "Dear list,\nit does not work: page allocation failure\n",
	  "text: no report is in it; give a kernel log with the lines after "
	  "Mem-Info:, or /proc/zoneinfo and /proc/buddyinfo" },
	{ "\n" HEAD "CPU: 0 PID: 1 Comm: a Not tainted 4.9.0 #1\n",
	  "text:2: the report has no zone lines; give the log up to the free "
	  "lists" },
	{ HEAD LISTS, "text:1: the report has no zone lines; give the log up "
		      "to the free lists" },
	{ "sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"
	  "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,"
	  "mems_allowed=0,oom_memcg=/a,task_memcg=/a,task=sh,pid=7,uid=0\n",
	  "text:1: the report has no zone lines: a memory cgroup reached its "
	  "limit; give a report of the whole machine" },
	/* counters that wrapped */
	{ "Node 0 DMA free:18446744073709551612kB min:172kB low:212kB "
	  "high:252kB\n",
	  "text:1: node 0 DMA: free has wrapped below 0: "
	  "18446744073709551612; use another report" },
	{ HEAD "Node 0 DMA free:-4kB min:172kB low:212kB high:252kB\n",
	  "text:2: node 0 DMA: free has wrapped below 0: -4; use another "
	  "report" },
	{ ZONE " free_cma:9223372036854775804kB\n" LISTS,
	  "text:1: node 0 DMA: free_cma has wrapped below 0: "
	  "9223372036854775804; use another report" },
	{ ZONE " free_pcp:99999999999999999999999kB\n" LISTS,
	  "text:1: node 0 DMA: free_pcp has wrapped below 0: "
	  "99999999999999999999999; use another report" },
	{ "Normal free:4294967292kB min:0kB low:0kB high:0kB "
	  "present:131072kB\n",
	  "text:1: node 0 Normal: more pages are free than the zone has: "
	  "1073741823 of 32768; a counter has wrapped below 0, use another "
	  "report" },
	{ ZONE "\nlowmem_reserve[]: 0 -1\n",
	  "text:2: lowmem_reserve[] has wrapped below 0: -1; use another "
	  "report" },
	{ ZONE "\nNode 0 DMA: 18446744073709551615*4kB (U) 0*8kB = 4kB\n",
	  "text:2: a free list has wrapped below 0: "
	  "18446744073709551615*4kB; use another report" },
	{ ZONE "\nNode 0 DMA: -1*4kB (U) 0*8kB = 4kB\n",
	  "text:2: a free list has wrapped below 0: -1*4kB; use another "
	  "report" },
	{ "active_anon:1\n free:18446744073709551612 free_cma:0\n" BODY,
	  "text:1: free:18446744073709551612 has wrapped below 0; use another "
	  "report" },
	{ "Node 0, zone DMA\n pages free -1\n min 1\n low 2\n high 3\n",
	  "text:2: node 0 DMA: free has wrapped below 0: -1; use another "
	  "report" },
	/* lines of two cpus */
	{ HEAD "Node 0 DMA free:1452kB min:172kB low:Node 0 DMA32 free:1kB\n",
	  "text:2: this line is interleaved with other text: low:Node; give "
	  "the lines of one cpu" },
	{ HEAD "Node 0 DMA free:1452kB usb 1-1: min:172kB low:212kB "
	       "high:252kB\n",
	  "text:2: this line is interleaved with other text: usb; give the "
	  "lines of one cpu" },
	{ HEAD "Node 0 DMA free:1452kB\nNode 0 DMA32 free:1408kB\n"
	       "min:172kB low:212kB high:252kB\n"
	       "min:1296kB low:1620kB high:1944kB\n" LISTS,
	  "text:3: node 0 DMA32: min is in one line twice: 1296; the lines of "
	  "two zones are interleaved: give the lines of one cpu" },
	{ BODY "Node 0 DMA: 13*4kB (H) Node 0 DMA32: 1*4kB (U) 1*8kB = 12kB\n",
	  "text:4: these free lists are interleaved with other text: Node; "
	  "give the lines of one cpu" },
	{ ZONE "\nNode 0 DMA: 13*4kB (H) 17*16kB (H) 1*8kB = 12kB\n",
	  "text:2: these free lists are interleaved with other text: "
	  "17*16kB; give the lines of one cpu" },
	{ HEAD HEAD BODY DMA32
	  "Node 0 DMA free:1456kB min:172kB low:212kB high:252kB\n",
	  "text:7: node 0 DMA is in the report twice with different numbers: "
	  "lines 3 and 7; give one report" },
	{ BODY "Node 0 DMA: 1*4kB (U) 0*8kB 0*16kB 0*32kB = 4kB\n",
	  "text:4: the free lists of node 0 DMA are in the report twice with "
	  "different counts: lines 3 and 4; give one report" },
	{ HEAD ZONE "\nlowmem_reserve[]: 0 1 usb 1-1\n",
	  "text:3: this line is interleaved with other text: usb; give the "
	  "lines of one cpu" },
	{ HEAD "Node 0 DMA free:1452kB min:172kB low:21\n" DMA32
	       "2kB high:252kB active_anon:3296kB\n" LISTS,
	  "text:4: a part of a zone line stands alone: 2kB high:252kB "
	  "active_anon:3296kB; the lines are interleaved: give the lines of "
	  "one cpu" },
	{ HEAD DMA32 "usb 1-1: Node 0 DMA freNode 1 e:1kB min:172kB low:1kB\n",
	  "text:3: a part of a zone line stands alone: usb 1-1: Node 0 DMA "
	  "freNode 1 e:1kB min:; the lines are interleaved: give the lines of "
	  "one cpu" },
	/* numbers that cannot be */
	{ "Node 0 DMA free:1452kB min:216kB low:212kB high:252kB\n" LISTS,
	  "text:1: node 0 DMA: min, low and high do not ascend: 54, 53, 63 "
	  "pages; copy the line again" },
	{ "Node 0 DMA free:1452kB min:172kB low:260kB high:252kB\n" LISTS,
	  "text:1: node 0 DMA: min, low and high do not ascend: 43, 65, 63 "
	  "pages; copy the line again" },
	{ "Node 0 DMA free:1452kB min:171kB low:212kB high:252kB\n" LISTS,
	  "text:1: node 0 DMA: min is not a multiple of the page size, 4 kB: "
	  "171 kB; copy the line again" },
	{ ZONE "\nNode 0 DMA: 1*3kB (U) 0*6kB = 3kB\n",
	  "text:2: the smallest block has 3 kB, which is not the page size; "
	  "copy the line again" },
	{ BODY DMA32 "Node 0 DMA32: 1*64kB (U) 0*128kB = 64kB\n",
	  "text:5: the smallest block has 64 kB, which is not the page size; "
	  "copy the line again" },
	{ BODY DMA32 "Node 0 DMA32: 1*4kB (U) 0*8kB = 4kB\n",
	  "text:5: node 0 DMA32 has 2 free lists, another zone 11; copy the "
	  "lines again" },
	{ "a: page allocation failure: order:77, mode:0x20\n" BODY,
	  "text:1: order 77 is out of range; copy the line again" },
	/* what is larger than this program's machines */
	{ "Node 64 DMA free:1452kB min:172kB low:212kB high:252kB\n",
	  "text:1: node 64: node ids are at most 63; use a report of a smaller "
	  "machine" },
	{ "Node 0 Foo free:1452kB min:172kB low:212kB high:252kB\n",
	  "text:1: unknown zone: Foo; a zone is DMA, DMA32, Normal, HighMem, "
	  "Movable or Device" },
	{ ZONE "\nlowmem_reserve[]: 0 1 2 3 4 5 6\n",
	  "text:2: lowmem_reserve[] has more than 6 numbers; copy the line "
	  "again" },
	{ "DMA per-cpu:\nCPU  256: hi: 1, btch: 1 usd: 1\n" BODY,
	  "text:2: cpu 256: cpus are numbered up to "
	  "255; use a report of a smaller machine" },
	{ "a: page allocation failure: order:0, mode:0x20, nodemask=0-64\n" BODY,
	  "text:1: nodemask or mems_allowed: node ids are at most 63; use a "
	  "report of a smaller machine" },
	{ ZONE "\nNode 0 DMA: 0*4kB 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB "
	       "0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB 0*8192kB "
	       "0*16384kB 0*32768kB 0*65536kB 0*131072kB 0*262144kB = 0kB\n",
	  "text:2: free lists of more than 16 orders; copy the line again" },
	/* /proc */
	{ "Node 0, zone DMA\n pages free 9\n min 1\n low 2\n",
	  "text:1: no zone has its watermarks; give all of /proc/zoneinfo" },
	{ "Node 0, zone DMA\n pages free 9\n min 3\n low 2\n high 3\n",
	  "text:1: node 0 DMA: min, low and high do not ascend: 3, 2, 3 "
	  "pages; copy the line again" },
	/* by more than a cpu's vm_stat_diff */
	{ "Node 0, zone DMA\n pages free 134\n min 3\n low 4\n high 5\n"
	  " present 8\n",
	  "text:1: node 0 DMA: more pages are free than the zone has: 134 of 8; "
	  "a counter has wrapped below 0, use another report" },
	{ "Node 0, zone DMA 1 2 3\nNode 0, zone Normal 1 2 3 4\n",
	  "text:2: 4 orders, but 3 in the rows before; give files of one "
	  "moment" },
	{ "Node 0, zone DMA 1 2 3\nNode 0, zone Normal 1 2 x\n",
	  "text:2: not a number of blocks: x; copy the line again" },
	{ "Node 0, zone DMA 1 2 3\nNode 0, zone Normal 1 -2 3\n",
	  "text:2: not a number of blocks: -2; copy the line again" },
	{ "Node 0, zone DMA 1 2\nNode 1, zone DMA 1 2\nNode 1, zone DMA 1 2\n",
	  "text:3: node 1 DMA has this row twice; give files of one moment" },
};

static void test_refused(void)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		const char *text = refused[i].text;
		struct file_error error = { .text = "" };
		struct report_set set = { .nr = 1 };

		CHECK(!report_read_text("text", text, strlen(text), &set,
					&error));
		CHECK_STR(error.text, refused[i].error);
		CHECK_EQ(set.nr, 0);
		CHECK(!set.reports);
	}
}

/* One report that is refused leaves the others. */
static void test_several(void)
{
	static const char text[] =
		"a: page allocation failure: order:1, mode:0x20\n" BODY
		"b: page allocation failure: order:2, mode:0x20\n"
		"Node 0 DMA free:-4kB min:172kB low:212kB high:252kB\n"
		"c invoked oom-killer: gfp_mask=0xd0, order=3, oom_adj=0\n" BODY
		"sysrq: Show Memory\nMem-Info:\n" BODY "Mem-Info:\n" BODY;
	struct file_error error;
	struct report_set set;

	if (!read_report(text, strlen(text), &set))
		return;
	CHECK_EQ(set.nr, 5);
	CHECK_EQ(set.taken, 0);
	CHECK_STR(set.reports[0].request.task, "a");
	CHECK_STR(set.reports[1].refused,
		  "text:6: node 0 DMA: free has wrapped below 0: -4; use "
		  "another report");
	CHECK_EQ(set.reports[1].nr_zones, 0);
	CHECK_EQ(set.reports[2].request.order, 3);
	CHECK_EQ(set.reports[2].request.line, 7);
	CHECK_EQ(set.reports[3].request.event, REPORT_NO_REQUEST);
	CHECK_EQ(set.reports[4].nr_zones, 1);
	CHECK(report_set_take(&set, "text", 3, &error));
	CHECK_EQ(set.taken, 2);
	CHECK(!report_set_take(&set, "text", 2, &error));
	CHECK_STR(error.text, set.reports[1].refused);
	CHECK(!report_set_take(&set, "text", 6, &error));
	CHECK_STR(error.text, "text: it has 5 reports, but no report 6; choose "
			      "one of them");
	CHECK(!report_set_take(&set, "text", 0, &error));
	CHECK_EQ(set.taken, 2);
	report_set_destroy(&set);
}

/* The first that can be used is taken, and it says what was not. */
static void test_first_refused(void)
{
	static const char text[] =
		"a: page allocation failure: order:1, mode:0x20\n"
		"b: page allocation failure: order:2, mode:0x20\n" BODY;
	struct report_set set;

	if (!read_report(text, strlen(text), &set))
		return;
	CHECK_EQ(set.nr, 2);
	CHECK_EQ(set.taken, 1);
	CHECK_STR(
		set.reports[1].warnings[set.reports[1].nr_warnings - 1],
		"report 1 is refused: text:1: the report has no zone lines; give the log up to the free "
		"lists");
	report_set_destroy(&set);
}

/* The same report through two loggers is one. */
static void test_twice(void)
{
	static const char text[] =
		"a: page allocation failure: order:1, mode:0x20\n"
		"a: page allocation failure: order:1, mode:0x20\n"
		"Mem-Info:\nMem-Info:\n" ZONE "\n" ZONE "\n" LISTS LISTS;
	struct report_set set;

	if (!read_one(text, &set))
		return;
	CHECK_EQ(set.reports->nr_zones, 1);
	report_set_destroy(&set);
}

int main(void)
{
	test_refused();
	test_several();
	test_first_refused();
	test_twice();
	return test_done();
}
