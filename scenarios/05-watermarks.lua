-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 05-watermarks: free pages that are not allocated.
--
-- For the teacher (ten minutes). The belief to correct: "a failed order-0
-- allocation means that no page was free". Have the class compute the three
-- watermarks of DMA32 from min_free_kbytes first: pages = kbytes / 4; the
-- zone's share by size is min; low and high add a quarter of min each. The
-- setup has nothing to see; skip to the scene after it. Then let every
-- student commit: the free pages are exactly the low watermark.
--
-- This is Linux 5.10. Watermarks are still computed this way; 6.3 changed how
-- far below min a request may go, not what a watermark is.

lesson {
	title = "Watermarks",
	goal = "Predict when a watermark refuses a zone that has free pages.",
	minutes = 10,
}

local m = machine {
	cpus = 1,
	nodes = { { memory = "2G" } },
	max_order = 14,
	sysctl = { min_free_kbytes = ({ 16384, 32768, 65536, 49152 })[math.random(4)] },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone(name) return m:node(0):zone(name) end

local watermark = zone("DMA32").watermark
say(("DMA32: managed %d pages; watermarks: min %d, low %d, high %d."):format(
	zone("DMA32").managed, watermark.min, watermark.low, watermark.high))
expect(watermark.low == watermark.min + watermark.min // 4, "low = min + min/4")
expect(watermark.high == watermark.min + 2 * (watermark.min // 4), "high = min + 2 * (min/4)")

-- The property of this lesson, tested on every watermark check: the usable
-- free pages must be strictly more than watermark + lowmem_reserve.
local checks = 0
on.watermark_check(function(e)
	checks = checks + 1
	if e.ok ~= (e.free - e.unusable > e.watermark + e.lowmem_reserve) then
		expect(false, "property: usable > watermark + lowmem_reserve decides")
	end
end)

-- Allocate blocks, the smallest first, until exactly @target pages are free.
-- A refill of the per-cpu list (an odd number of pages) makes the rest even.
local function leave(name, gfp, target, flags)
	local function rest() return zone(name).free_exact - target end
	local function take(order) assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags }) end
	if rest() % 2 == 1 then take(0) end
	for order = 1, m.max_order - 1 do
		if rest() >> order & 1 == 1 then take(order) end
	end
	while rest() > 0 do take(m.max_order - 1) end
end
-- What a request with a higher highest_zoneidx must leave free in DMA (lesson 07).
local function above(wmark) return zone("DMA").watermark[wmark] + zone("DMA").lowmem_reserve[3] end

scene "Setup"
say "(max_order is 14 here, not 11: few blocks use up a zone.)"
leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "low")
leave("DMA32", MOVABLE, watermark.low)

scene "At the low watermark"
say(("DMA32: %d pages are free, low watermark %d. One page is requested."):format(zone("DMA32").free, watermark.low))
ask {
	text = "What does zone_watermark_fast() return?",
	choices = {
		"true: there are free pages",
		"false: free must be greater than the watermark, not equal",
		"false: the order-0 free list is empty",
	},
	run = function()
		local b, reason = m:alloc { gfp = MOVABLE }
		if b then return 1 end
		expect(reason.zones[1].check == "watermark", "the watermark refused, not an empty list")
		say(("DMA32: short by %d page."):format(1 - reason.zones[1].margin))
		return 2
	end,
}
say(("%d pages are free, and the request enters the slow path."):format(zone("DMA32").free))

scene "What the slow path does first"
say "It wakes kswapd and calls get_page_from_freelist() with the min watermark."
local flags = param("flags", "WMARK_MIN|KSWAPD")
local b
ask {
	text = ("The same request with %s: is a page allocated?"):format(flags),
	run = function()
		b = m:alloc { gfp = MOVABLE, alloc_flags = flags }
		return b ~= nil
	end,
}
-- To change: --set flags=WMARK_HIGH, or NO_WATERMARKS, or WMARK_LOW|HARDER.
-- Before you run it, apply the property at the top of this file.
if b then b:free() end
m:drain()

scene "At the min watermark"
leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "min", "WMARK_MIN")
leave("DMA32", MOVABLE, watermark.min, "WMARK_MIN")
ask {
	text = ("Now %d pages are free, the min watermark. Does a request with WMARK_MIN get one?"):format(zone("DMA32").free),
	run = function() return m:alloc { gfp = MOVABLE, alloc_flags = "WMARK_MIN" } ~= nil end,
}
local atomic = m:alloc { gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
expect(atomic, "a GFP_ATOMIC request may go below min")
say(("GFP_ATOMIC is checked against %d: min/2 (HIGH), less a quarter (HARDER)."):format(
	atomic.walk[#atomic.walk].watermark))
say(("%d watermark checks were made, all with the same inequality."):format(checks))
