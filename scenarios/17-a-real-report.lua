-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 17-a-real-report: what a failure report of the kernel says, and what not.
--
-- For the teacher (ten minutes). The belief to correct: "212 MiB are free, so
-- it must work". Three things mislead in this report: free pages that the
-- request may not use, a single page too few, and a watermark that is higher
-- than at boot. Have the class read reports/highatomic.txt first: the request,
-- then free, min and lowmem_reserve[] of each zone. Lessons 07 and 11 help.

lesson { title = "A real report", goal = "Say which check refused a request, and by how many pages.", minutes = 10 }

local m = machine.import "reports/highatomic.txt"
local ATOMIC, NOWAIT = "WMARK_MIN|HIGH|HARDER", "WMARK_MIN" -- the slow path's first attempt
local MASK = "GFP_NOWAIT|GFP_DMA32|__GFP_COMP"
local function zone(name) return m:node(0):zone(name) end
local normal, dma32 = zone "Normal", zone "DMA32"
local min, normal_min, reserve = dma32.watermark.min, normal.watermark.min, dma32.lowmem_reserve[2]

scene "212 MiB are free"
say [[A wireless card loses packets. The kernel's log has a report; it begins:
napi/wlan0-12: page allocation failure: order:0, mode:0xa20(GFP_ATOMIC)]]
say [[order:0 is one page. GFP_ATOMIC is for code that cannot sleep, here while
a packet is received: no reclaim, but it may go below the min watermark.]]
say(("A line for each zone follows: Node 0 Normal free:%dkB min:%dkB ..."):format(normal.free * 4, normal_min * 4))
say(("A page has 4 kB. So %d pages (%d MiB) are free, and min is %d."):format(normal.free, normal.free // 256, normal_min))
say [[This machine was made from the report (Linux 5.10): zones, watermarks, free
lists. A report has no page numbers; those on the screen are placeholders.]]
say [[The slow path prints it. Its first attempt for GFP_ATOMIC checks min, with
HIGH and HARDER (lesson 11); the request that follows has the same flags.]]
say(([[The next zone is DMA32. %d pages are free there, and the report says
"lowmem_reserve[]: 0 0 %d ...", for requests up to DMA, DMA32, Normal ...]]):format(dma32.free, reserve))
ask {
	"The request may use Normal and all zones below it. If Normal refuses it, what does DMA32 do?",
	choices = {
		{ "it serves it: thousands of pages are free", feedback = "They would have to exceed lowmem_reserve[], too." },
		"it refuses it because of lowmem_reserve[]",
		{ "it is skipped: highest_zoneidx is Normal", feedback = "DMA32 is below Normal, so it is checked." },
	},
	answer = 2,
	reason = ("A request that could use Normal has to leave %d pages; %d are free."):format(reserve, dma32.free),
}
say(("DMA does so, too. In Normal %d pages are free, and min is %d."):format(normal.free, normal_min))
local served, reason
ask {
	"Normal refused it, too. Why? Look at its free lists.",
	choices = {
		{ "too few pages are free", feedback = "Far more than min are free, and this request may go below min." },
		{ "lowmem_reserve[Normal]", feedback = "Normal is the highest zone here: its lowmem_reserve[Normal] is 0." },
		"no free block is of a type that the request may use",
		{ "no free block is large enough", feedback = "order:0 is one page, and every free block has at least one." },
	},
	run = function(t)
		served, reason = m:alloc { gfp = "GFP_ATOMIC", alloc_flags = ATOMIC }
		local empty = t:first "zone_empty"
		return empty.account_highatomic == empty.free and 3 or 1,
			("All %d free pages are highatomic (H), kept for urgent requests of order 1 or more."):format(empty.free), empty
	end,
}
expect(not served, "property: no zone of the report serves the request")
expect(reason.zones[1].account.highatomic == normal.free, "every free page of Normal is highatomic")
expect(reason.zones[2].lowmem_reserve == reserve, "DMA32 refuses by its lowmem_reserve")
say [[The report has the types after each count: Node 0 Normal: 2*4kB (H) ...
U is unmovable, M movable, E reclaimable, H highatomic, C CMA.]]
local order, block = param("order", math.random(3)), nil
ask {
	("Had the driver requested order %d (%d pages) with GFP_ATOMIC: would Normal have served it?"):format(order, 1 << order),
	type = "yesno",
	feedback = { no = "More pages, but the highatomic reserve is for this: urgent requests of order 1 or more." },
	run = function(t)
		block = m:alloc { order = order, gfp = "GFP_ATOMIC", alloc_flags = ATOMIC }
		return block ~= nil, "With HARDER a request of order 1 or more takes highatomic blocks.", t:first("get_page_done", "ok")
	end,
}

scene "A single page"
say [[At the same moment: the driver of a device that has 32-bit addresses.
order:2, mode:0x40804(GFP_NOWAIT|GFP_DMA32|__GFP_COMP)]]
say(([[GFP_DMA32: highest_zoneidx is DMA32, and its lowmem_reserve[DMA32] is %d.
GFP_NOWAIT is not urgent: the slow path checks min as it is.]]):format(dma32.lowmem_reserve[1]))
say(("DMA32: %d pages are free, and min is %d. Blocks of 4 pages are free."):format(dma32.free, min))
ask {
	"DMA32 refused this request for 4 pages. How many more pages would have to be free?",
	type = "number",
	feedback = {
		["0"] = "Before it compares, the check subtracts the block, all but one of its pages.",
		["3"] = "3 pages are subtracted; compare what remains with min.",
		["4"] = "4 is the block, but more than min are free already.",
	},
	run = function(t)
		expect(not m:alloc { order = 2, gfp = MASK, alloc_flags = NOWAIT }, "no zone serves the 4 pages")
		local c = t:first("watermark_check", "zone == DMA32")
		return c.short_by, ("%d free - %d of the block = %d; more than %d are required."):format(c.free, c.unusable,
			c.free - c.unusable, c.watermark), c
	end,
}
ask {
	"The driver could use two blocks of 2 pages. Would DMA32 have served the first one?",
	type = "yesno",
	feedback = { no = "For order 1 the check subtracts 1 page, not 3." },
	run = function(t)
		local two = m:alloc { order = 1, gfp = MASK, alloc_flags = NOWAIT }
		local c = t:first("watermark_check", "zone == DMA32")
		if two then two:free() end
		return two ~= nil, ("%d free - %d of the block = %d, more than %d."):format(c.free, c.unusable, c.free - c.unusable,
			c.watermark), c
	end,
}

scene "A hidden boost"
say(([[Boot gives each zone a min in proportion to its managed pages. Normal has
%d and min %d; DMA32 has %d, and the report says min:%dkB.]]):format(
	normal.managed, normal_min, dma32.managed, min * 4))
local boot = dma32.managed * normal_min // normal.managed
ask {
	"Which min did boot compute for DMA32?",
	choices = {
		{ ("%d pages, as printed"):format(min),
			feedback = ("In proportion, Normal would have %d."):format(normal.managed * min // dma32.managed) },
		("%d pages"):format(boot),
		{ ("%d pages"):format(dma32.watermark.low - min), feedback = "That is low - min, the distance between the watermarks." },
	},
	answer = 2,
	reason = ("%d * %d / %d = %d. The other %d pages of min are a watermark_boost."):format(
		dma32.managed, normal_min, normal.managed, boot, min - boot),
}
say [[When types mix in a pageblock (lesson 09), the zone's watermarks are boosted
until kswapd has run. Linux 5.0 to 5.15 print the sum only, as min.]]
ask {
	"Without the boost, would the driver have got its 4 pages?",
	type = "yesno",
	feedback = { no = ("Compare the free pages with %d, the min that boot computed."):format(boot) },
	run = function(t)
		expect(not m:alloc { order = 2, gfp = MASK, alloc_flags = NOWAIT }, "no zone serves the 4 pages")
		local c = t:first("watermark_check", "zone == DMA32")
		return not c.ok and c.free - c.unusable > boot, ("%d free - %d of the block = %d: more than %d, but not more than %d."):format(
			c.free, c.unusable, c.free - c.unusable, boot, c.watermark), c
	end,
}
expect(m:check(), "property: every invariant holds")

takeaway [[The number of free pages alone says little: which of them may this request use, and how many must stay?
`zonewalk explain FILE` reads any report; scenarios/reports has two more of them.]]
local largest = m.max_order - 1
while #normal:blocks(largest, "highatomic") == 0 do largest = largest - 1 end
exercise {
	"Find the highest order with which Normal serves a GFP_ATOMIC request. Set the parameter order to it.",
	checks = { { "the request is served", block ~= nil }, { "no free block has a higher order", order >= largest } },
	variants = { { "order=3", "eight pages" }, { "order=10", "the largest block" } },
}
