-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 05-watermarks: free pages that are not given.
--
-- For the teacher (ten minutes). The belief to break: "a failed order-0
-- allocation means that no page was free". Have the class compute the three
-- marks of DMA32 from min_free_kbytes first: pages = kbytes / 4, the zone's
-- share of them by size, then a quarter more for each next mark. The fill is
-- dull; go on to the scene after it. Then let everybody commit: exactly as
-- many pages are free as the low mark says.
--
-- This is Linux 5.10. The marks are computed so to this day; 6.3 changed
-- which requests may go how far below min, not what a mark is.

lesson {
	title = "Watermarks",
	goal = "Find out when a free page is refused, and who may have it all the same.",
	minutes = 10,
}

-- With max_order 14 a few large blocks fill the machine; Linux has 11 on
-- most machines, and the marks are the same.
local m = machine {
	cpus = 1,
	nodes = { { memory = "2G" } },
	max_order = 14,
	sysctl = { min_free_kbytes = ({ 16384, 32768, 65536, 49152 })[math.random(4)] },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone(name) return m:node(0):zone(name) end

local mark = zone("DMA32").watermark
say(("DMA32 manages %d pages. Its marks: min %d, low %d, high %d."):format(
	zone("DMA32").managed, mark.min, mark.low, mark.high))
expect(mark.low == mark.min + mark.min // 4, "low is a quarter above min")
expect(mark.high == mark.min + 2 * (mark.min // 4), "high is two quarters above min")

-- The property of this lesson, asked of every check that is made: strictly
-- more than mark and reserve must be left.
local checks = 0
on.watermark_check(function(e)
	checks = checks + 1
	if e.ok ~= (e.free - e.unusable > e.mark + e.reserve) then
		expect(false, "property: usable > mark + reserve decides")
	end
end)

-- Take blocks, the smallest first, until exactly @target pages are free.
-- A refill of the lane (an odd number of pages) makes the rest even.
local function leave(name, gfp, target, flags)
	local function rest() return zone(name).free_exact - target end
	local function take(order) assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags }) end
	if rest() % 2 == 1 then take(0) end
	for order = 1, m.max_order - 1 do
		if rest() >> order & 1 == 1 then take(order) end
	end
	while rest() > 0 do take(m.max_order - 1) end
end
-- What a request that could use higher zones must leave in DMA (lesson 07).
local function above(wmark) return zone("DMA").watermark[wmark] + zone("DMA").lowmem_reserve[3] end

scene "The fill"
leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "low")
leave("DMA32", MOVABLE, mark.low)

scene "At the low mark"
say(("%d pages are free in DMA32, its low mark is %d. One page is asked for."):format(zone("DMA32").free, mark.low))
ask {
	text = "What will zone_watermark_fast say?",
	choices = {
		"passes: there are pages",
		"refused: free must be greater than the mark, not equal",
		"refused: the order-0 list is empty",
	},
	run = function()
		local b, reason = m:alloc { gfp = MOVABLE }
		if b then return 1 end
		expect(reason.zones[1].gate == "watermark", "it was the mark, not a list")
		say(("DMA32 was short by %d page."):format(1 - reason.zones[1].slack))
		return 2
	end,
}
say(("%d pages are free, and the request goes to the SLOW PATH."):format(zone("DMA32").free))

scene "What the slow path does first"
say "It wakes kswapd and calls the same function again, measured at the min mark."
local flags = param("flags", "WMARK_MIN|KSWAPD")
local b
ask {
	text = ("The same request with %s: is a page given?"):format(flags),
	run = function()
		b = m:alloc { gfp = MOVABLE, alloc_flags = flags }
		return b ~= nil
	end,
}
-- To change: --set flags=WMARK_HIGH, or NO_WATERMARKS, or WMARK_LOW|HARDER.
-- Say first what the property at the top of this file makes of it.
if b then b:free() end
m:drain()

scene "At the min mark"
leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "min", "WMARK_MIN")
leave("DMA32", MOVABLE, mark.min, "WMARK_MIN")
ask {
	text = ("Now %d pages are left, the min mark. Does WMARK_MIN still get one?"):format(zone("DMA32").free),
	run = function() return m:alloc { gfp = MOVABLE, alloc_flags = "WMARK_MIN" } ~= nil end,
}
local urgent = m:alloc { gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
expect(urgent, "an urgent request may go below min")
say(("An urgent request is measured at %d: half of min, and a quarter less."):format(
	urgent.walk[#urgent.walk].mark))
say(("%d checks were made, and each went by the same inequality."):format(checks))
