/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The requests of reports, from 2.6 to 6.18, and the kernels' releases. */
#include "report_same.h"

static const struct head {
	const char *text;
	struct report_request expected;
} heads[] = {
	/* allocation failures */
	{ "swapper: page allocation failure. order:1, mode:0x20",
	  { .task = "swapper", .order = 1, .mode = 0x20 } },
	{ "kworker/u8:2: page allocation failure: order:4, mode:0x2040d0",
	  { .task = "kworker/u8:2", .order = 4, .mode = 0x2040d0 } },
	{ "writer: page allocation failure: order:0, "
	  "mode:0x2280020(GFP_ATOMIC|__GFP_NOTRACK)",
	  { .task = "writer",
	    .mode = 0x2280020,
	    .gfp_text = "GFP_ATOMIC|__GFP_NOTRACK" } },
	{ "irq/5-600c0004.: page allocation failure: order:0, "
	  "mode:0x820(GFP_ATOMIC), nodemask=(null)",
	  { .task = "irq/5-600c0004.",
	    .mode = 0x820,
	    .gfp_text = "GFP_ATOMIC" } },
	{ "Web Content: page allocation failure: order:2, "
	  "mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), "
	  "nodemask=(null),cpuset=/,mems_allowed=0-1,3",
	  { .task = "Web Content",
	    .order = 2,
	    .mode = 0x40dc0,
	    .gfp_text = "GFP_KERNEL|__GFP_COMP|__GFP_ZERO",
	    .cpuset = "/",
	    .has_mems_allowed = true,
	    .mems_allowed = 0xb } },
	{ "a: page allocation failure: order:10, mode:0x1(__GFP_DMA), "
	  "nodemask=0,cpuset=my job, night,mems_allowed=63",
	  { .task = "a",
	    .order = 10,
	    .mode = 1,
	    .gfp_text = "__GFP_DMA",
	    .has_nodemask = true,
	    .nodemask = 1,
	    .cpuset = "my job, night",
	    .has_mems_allowed = true,
	    .mems_allowed = UINT64_C(1) << 63 } },
	/* hidden digits are no number */
	{ "a: page allocation failure: order:0, mode:0x62****(GFP_KERNEL)",
	  { .task = "a", .mode = 0x62, .gfp_text = "GFP_KERNEL" } },
	/* several cpus wrote parts of lines */
	{ "a/3: \nStack : 00000000 00000000\n"
	  "page allocation failure: order:1\n 01080020\n"
	  ", mode:0x1080020(GFP_ATOMIC), nodemask=\n 80071de8 805f0000\n"
	  "(null)\n a/3 cpuset=/ mems_allowed=0",
	  { .task = "?",
	    .order = 1,
	    .mode = 0x1080020,
	    .gfp_text = "GFP_ATOMIC",
	    .cpuset = "/",
	    .has_mems_allowed = true,
	    .mems_allowed = 1 } },
	/* a mask of 0 is GFP_NOWAIT of old kernels */
	{ "a: page allocation failure: order:0, mode:0x0", { .task = "a" } },
	/* OOM kills */
	{ "sh invoked oom-killer: gfp_mask=0xd0, order=2, oomkilladj=0",
	  { .event = REPORT_OOM, .task = "sh", .order = 2, .mode = 0xd0 } },
	{ "sh invoked oom-killer: gfp_mask=0xd0, order=1, oom_adj=0, "
	  "oom_score_adj=0",
	  { .event = REPORT_OOM, .task = "sh", .order = 1, .mode = 0xd0 } },
	{ "sh invoked oom-killer: order=1, oom_score_adj=-17, "
	  "gfp_mask=0x14000c0(GFP_KERNEL)",
	  { .event = REPORT_OOM,
	    .task = "sh",
	    .order = 1,
	    .mode = 0x14000c0,
	    .gfp_text = "GFP_KERNEL" } },
	{ "sh invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), "
	  "nodemask=0-1,  order=3, oom_score_adj=0\nsh cpuset=/ "
	  "mems_allowed=0-1",
	  { .event = REPORT_OOM,
	    .task = "sh",
	    .order = 3,
	    .mode = 0x14000c0,
	    .gfp_text = "GFP_KERNEL",
	    .has_nodemask = true,
	    .nodemask = 3,
	    .cpuset = "/",
	    .has_mems_allowed = true,
	    .mems_allowed = 3 } },
	{ "oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=1,cpuset=/b,"
	  "mems_allowed=0-1,task=sh,pid=7,uid=0\n"
	  "sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, "
	  "oom_score_adj=0\n"
	  "oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=0,cpuset=/a,"
	  "mems_allowed=1,global_oom,task_memcg=/,task=sh,pid=7,uid=0",
	  { .event = REPORT_OOM,
	    .task = "sh",
	    .mode = 0xcc0,
	    .gfp_text = "GFP_KERNEL",
	    .constraint = "CPUSET",
	    .has_nodemask = true,
	    .nodemask = 1,
	    .cpuset = "/a",
	    .has_mems_allowed = true,
	    .mems_allowed = 2 } },
	/* no request: a page fault, SysRq-f, SysRq-m, no head */
	{ "sh invoked oom-killer: gfp_mask=0x0(), nodemask=(null),  order=0, "
	  "oom_score_adj=0",
	  { .event = REPORT_NO_REQUEST, .task = "sh" } },
	{ "kworker/0:1 invoked oom-killer: gfp_mask=0x24000c0(GFP_KERNEL), "
	  "order=-1, oom_score_adj=0",
	  { .event = REPORT_NO_REQUEST,
	    .task = "kworker/0:1",
	    .mode = 0x24000c0,
	    .gfp_text = "GFP_KERNEL" } },
	{ "sysrq: Show Memory\nMem-Info:", { .event = REPORT_NO_REQUEST } },
	{ "", { .event = REPORT_NO_REQUEST } },
	/* prose is no head */
	{ "I get a page allocation failure.\nWhy page allocation failure: here?",
	  { .event = REPORT_NO_REQUEST } },
};

static void test_heads(void)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct report_set set;
		const char *what;
		char text[2048];

		snprintf(text, sizeof(text), "%s\nMem-Info:\n" BODY,
			 heads[i].text);
		if (!read_one(text, &set))
			continue;
		what = report_request_difference(&set.reports->request,
						 &heads[i].expected);
		if (what)
			fprintf(stderr, "%s: ", heads[i].text);
		CHECK_STR(what ? what : "", "");
		report_set_destroy(&set);
	}
}

static const struct {
	const char *text;
	unsigned int major, minor, patch;
	const char *release;
} releases[] = {
	{ "CPU: 0 PID: 1 Comm: a Not tainted 4.9.0-0.rc8 #1", 4, 9, 0,
	  "4.9.0-0.rc8" },
	{ "CPU: 4 PID: 3000 Comm: a Tainted: G           O      5.11.4 #1", 5,
	  11, 4, "5.11.4" },
	{ "CPU: 1 UID: 0 PID: 7 Comm: a Not tainted 6.18.0-rc4 #1 PREEMPT", 6,
	  18, 0, "6.18.0-rc4" },
	{ "CPU: 1 UID: 0 PID: 7 Comm: a Tainted: G        W  6.12.0-rc3+ #1\n"
	  "Tainted: [W]=WARN",
	  6, 12, 0, "6.12.0-rc3+" },
	{ "Pid: 7812, comm: a Tainted: PF       W  O 3.8.0-29-generic #42", 3,
	  8, 0, "3.8.0-29-generic" },
	{ "CPU: 0 PID: 1 Comm: tainted 7.7 Not tainted 4.4.302 #1", 4, 4, 302,
	  "4.4.302" },
	{ "Linux version 5.10.1-x (gcc 10.2) #1\nCPU: 0 PID: 1 Comm: a", 5, 10,
	  1, "5.10.1-x" },
	{ "CPU: 0 PID: 1 Comm: a Tainted: G", 0, 0, 0, "" },
	{ "Hardware name: Example 1.2.3, not tainted 4.4", 0, 0, 0, "" },
};

static void test_releases(void)
{
	for (size_t i = 0; i < sizeof(releases) / sizeof(*releases); i++) {
		struct report_set set;
		const struct release *release;
		char text[2048];

		snprintf(text, sizeof(text),
			 "a: page allocation failure: order:0, mode:0x20\n"
			 "%s\nCall Trace:\n foo+0x4.4/0x1\n" BODY,
			 releases[i].text);
		if (!read_one(text, &set))
			continue;
		release = &set.reports->release;
		CHECK_EQ(release->major, releases[i].major);
		CHECK_EQ(release->minor, releases[i].minor);
		CHECK_EQ(release->patch, releases[i].patch);
		CHECK_STR(release->text, releases[i].release);
		report_set_destroy(&set);
	}
}

int main(void)
{
	test_heads();
	test_releases();
	return test_done();
}
