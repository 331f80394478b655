-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 17-a-real-report: what a failure report of the kernel says, and what not.
--
-- For the teacher (ten minutes). The belief to correct: "212 MB are free, so
-- it must work". Three reports, as users send them to a mailing list: free
-- pages that the request may not use, a single page too few, and a watermark
-- that is higher than it looks. Have the class read each report first: the
-- request in its first line, then free, min and lowmem_reserve[] of each zone.
-- Outside the lesson, zonewalk explain FILE says the same of any report.
--
-- The reports are of Linux 5.10. Their page numbers are placeholders.

lesson {
	title = "A real report",
	goal = "Say which check refused a request, and by how many pages.",
	minutes = 10,
}

-- The flags of the slow path's first attempt.
local ATOMIC, NOWAIT = "WMARK_MIN|HIGH|HARDER", "WMARK_MIN"
local m
local function zone(name) return m:node(0):zone(name) end

scene "212 MB are free"
say "A user's wireless card loses packets. The kernel's log says:"
say "napi/wlan0-12: page allocation failure: order:0, mode:0xa20(GFP_ATOMIC)"
m = machine.import("reports/highatomic.txt")
local normal = zone "Normal"
say(("Node 0 Normal free:%dkB min:%dkB: %d MiB are free."):format(normal.free * 4, normal.watermark.min * 4,
	normal.free // 256))
say "The machine on the screen is made from it; its page numbers are placeholders."
local half = normal.watermark.min - normal.watermark.min // 2
say(("GFP_ATOMIC may go below min, to %d pages. Look at its free lists."):format(half - half // 4))
local served, reason
ask {
	"The slow path tries again with WMARK_MIN, HIGH and HARDER. Why does zone Normal not serve one page?",
	choices = {
		{ "too few pages are free", feedback = "free is far above min, and HARDER does not subtract the reserve." },
		{ "lowmem_reserve[] protects it", feedback = "Normal is the highest zone here: its own reserve is 0." },
		"no free block has a type that the request may use",
		{ "the card needs contiguous pages", feedback = "order:0 is one page: each free page would do." },
	},
	run = function(t)
		served, reason = m:alloc { gfp = "GFP_ATOMIC", alloc_flags = ATOMIC }
		local empty = t:first "zone_empty"
		return empty.account_highatomic == empty.free and 3 or 1,
			("All %d free pages are in highatomic blocks. Only requests of order 1 or more take them."):format(
				empty.free), empty
	end,
}
expect(reason.zones[1].account.highatomic == normal.free, "every free page of Normal is highatomic")
local step = reason.zones[2]
ask {
	("Zone DMA32 has %d free pages, of all types. What refused it?"):format(step.free),
	choices = {
		{ "its min watermark", feedback = ("The watermark was only %d for this request."):format(step.watermark) },
		"lowmem_reserve[Normal]",
		{ "highest_zoneidx", feedback = "GFP_ATOMIC may use Normal and every zone below it." },
	},
	answer = 2,
	reason = ("Required more than %d + lowmem_reserve[Normal] %d."):format(step.watermark, step.lowmem_reserve),
}
local order = param("order", math.random(3))
say(("The same driver could request order %d (%d pages), with GFP_ATOMIC."):format(order, 1 << order))
ask {
	("Is a GFP_ATOMIC request of order %d served, at the same moment?"):format(order),
	type = "yesno",
	feedback = { no = "The reserve is for this: urgent requests of order 1 or more." },
	run = function(t)
		local b = m:alloc { order = order, gfp = "GFP_ATOMIC", alloc_flags = ATOMIC }
		return b ~= nil, "HARDER lets a request of order 1 or more take highatomic blocks.", t:first("get_page_done", "ok")
	end,
}

scene "A single page"
say "kworker/u2:1: page allocation failure: order:2, mode:0x40800(GFP_NOWAIT|__GFP_COMP)"
m = machine.import("reports/one-page.txt")
say(("In DMA32 %d pages are free, and min is %d."):format(zone("DMA32").free, zone("DMA32").watermark.min))
say "GFP_NOWAIT has no reserves: the slow path checks min as it is."
ask {
	"DMA32 has more free pages than min. How many more would have to be free for order 2?",
	type = "number",
	feedback = {
		["0"] = "The check first subtracts the block, all but one of its pages.",
		["3"] = "3 are subtracted; compare what remains with min.",
		["4"] = "4 is the block; some of it is there.",
	},
	run = function(t)
		served, reason = m:alloc { order = 2, gfp = "GFP_NOWAIT|__GFP_COMP", alloc_flags = NOWAIT }
		local c = t:first("watermark_check", "zone == DMA32")
		return c.short_by, ("%d free - %d of the block = %d, required more than %d."):format(c.free, c.unusable,
			c.free - c.unusable, c.watermark), c
	end,
}
expect(reason.flips[1].to - reason.flips[1].from == 1, "one more free page flips it")
ask {
	"The caller could take two blocks of order 1 instead. Is the first one served?",
	type = "yesno",
	feedback = { no = "A smaller block leaves more: two pages make the difference here." },
	run = function(t)
		local b = m:alloc { order = 1, gfp = "GFP_NOWAIT|__GFP_COMP", alloc_flags = NOWAIT }
		return b ~= nil, "For order 1 the check subtracts only one page.", t:first("watermark_check", "zone == DMA32")
	end,
}

scene "A hidden boost"
say "dd: page allocation failure: order:2, mode:0x40800(GFP_NOWAIT|__GFP_COMP)"
m = machine.import("reports/boost.txt")
normal = zone "Normal"
local mark = normal.watermark
say(("Node 0 Normal min:%dkB low:%dkB high:%dkB."):format(mark.min * 4, mark.low * 4, mark.high * 4))
say(("In pages: %d, %d, %d. Boot sets low = min + min / 4."):format(mark.min, mark.low, mark.high))
local unboosted = (mark.low - mark.min) * 4
ask {
	"From low - min, about how large was min when boot computed it?",
	choices = {
		("%d pages"):format(unboosted),
		{ ("%d pages"):format(mark.min), feedback = "A quarter of it would be more than low - min." },
		{ ("%d pages"):format(mark.low - mark.min), feedback = "That is a quarter of it." },
	},
	answer = 1,
	reason = ("%d - %d = %d is a quarter of %d. The rest of min, about %d pages, is a watermark_boost."):format(mark.low,
		mark.min, mark.low - mark.min, unboosted, mark.min - unboosted),
}
say [[A steal of a pageblock boosts the watermarks, until kswapd has run.
Linux 5.0 to 5.15 print the sum only; 5.16 prints the boost, too.]]
ask {
	("%d pages of Normal are free. Did the boost decide that the request was refused?"):format(normal.free),
	type = "yesno",
	feedback = { no = "Compare the free pages with min as boot computed it." },
	run = function(t)
		served, reason = m:alloc { order = 2, gfp = "GFP_NOWAIT|__GFP_COMP", alloc_flags = NOWAIT }
		local c = t:first("watermark_check", "zone == Normal")
		return not c.ok and c.free - c.unusable > unboosted, ("%d free - %d of the block > %d, but not > %d."):format(
			c.free, c.unusable, unboosted, c.watermark), c
	end,
}
expect(not served, "property: no zone of the report serves the request")
expect(m:check(), "property: every invariant holds")

takeaway [[The number of free pages alone says little: which of them may this request use, and how many must stay?
A report has what the check reads: order, gfp mask, free, min, lowmem_reserve[], the lists with their types.]]
exercise {
	"Find the highest order that the GFP_ATOMIC request of the first scene can have. Set the parameter order to it.",
	checks = {
		{ "the report's highatomic blocks have that order", order <= 10 },
		{ "they have none of a larger order", order >= 10 },
	},
	variants = { { "order=3", "eight pages" }, { "order=10", "the largest block" } },
}
