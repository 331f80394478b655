-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 07-lowmem-reserve: which requests a low zone serves.
--
-- For the teacher (ten minutes). The belief to correct: "the reserve is a set
-- of pages put aside". No page is put aside: each zone has an array of
-- thresholds, lowmem_reserve[], indexed by the request's highest_zoneidx. A
-- request that may use higher zones must leave more pages free in this one.
-- Write the array on the board before the first question and let every
-- student commit.
--
-- This is Linux 5.10. The array is still computed this way; /proc/zoneinfo
-- shows it as "protection".

lesson {
	title = "Lowmem reserve",
	goal = "Say which requests may use the last free pages of zone DMA.",
	minutes = 10,
}

local m = machine {
	cpus = 1,
	nodes = { { memory = "2G" } },
	zone_limits = { dma32 = param("dma32", "4G") },
	max_order = 14,
}
local function zone(name) return m:node(0):zone(name or "DMA") end
local function index(name) return zone(name).index end

-- Allocate blocks, the smallest first, until exactly @target pages are free.
-- A refill of the per-cpu list (an odd number of pages) makes the rest even.
local function leave(name, gfp, target)
	local function rest() return zone(name).free_exact - target end
	if rest() % 2 == 1 then assert(m:alloc { gfp = gfp }) end
	for order = 1, m.max_order - 1 do
		if rest() >> order & 1 == 1 then assert(m:alloc { order = order, gfp = gfp }) end
	end
	while rest() > 0 do assert(m:alloc { order = m.max_order - 1, gfp = gfp }) end
end

scene "An array of thresholds"
local dma = zone()
say(("DMA: managed %d pages, low watermark %d. By highest_zoneidx:"):format(dma.managed, dma.watermark.low))
for _, name in ipairs { "DMA", "DMA32", "Normal", "Movable" } do
	local reserve = dma.lowmem_reserve[index(name)]
	say(("%-8s more than %d + %d = %d required"):format(
		name, dma.watermark.low, reserve, dma.watermark.low + reserve))
end

-- The property of this lesson, tested on every watermark check of zone DMA.
on.watermark_check(function(e)
	if e.zone == "DMA" and (e.lowmem_reserve ~= dma.lowmem_reserve[index(e.highest_zoneidx)]
			or e.ok ~= (e.free - e.unusable > e.watermark + e.lowmem_reserve)) then
		expect(false, "property: highest_zoneidx selects the threshold")
	end
end)

scene "The higher zones are used up"
say "(max_order is 14 here, not 11: few blocks use up a zone.)"
local above = {}
for _, z in ipairs(m:zonelist(0)) do
	if z.zone ~= "DMA" then above[#above + 1] = z.zone end
end
for _, name in ipairs(above) do
	leave(name, name == "DMA32" and "GFP_DMA32|__GFP_MOVABLE" or "GFP_HIGHUSER_MOVABLE",
		zone(name).watermark.low)
end
-- DMA's first pageblock is unmovable: unmovable requests use it up (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
leave("DMA", "GFP_DMA|__GFP_MOVABLE", ({ 1203, 1476, 1355, 1640 })[math.random(4)])
say(("DMA: %d pages are free. %s is at its low watermark."):format(zone().free, above[1]))

local reason
ask {
	text = "One page is requested with GFP_KERNEL (highest_zoneidx = Normal). What happens?",
	choices = {
		"a page of DMA is allocated",
		"DMA refuses: the pages put aside are used up",
		"DMA refuses: this request must leave more pages free",
	},
	run = function()
		local b
		b, reason = m:alloc { gfp = "GFP_KERNEL" }
		return b and 1 or 3
	end,
}
local check = reason.zones[#reason.zones]
expect(check.free > check.watermark, "free is above the watermark; only lowmem_reserve refuses")
say(("%d > %d + %d is false: %d pages short. The slow path follows."):format(
	check.free, check.watermark, check.lowmem_reserve, 1 - check.margin))

ask {
	text = "Next, one page is requested with GFP_DMA. Does the same zone serve it?",
	reason = "Its highest_zoneidx is DMA, and lowmem_reserve[DMA] is 0: no higher zone could serve it.",
	run = function() return m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" } ~= nil end,
}

scene "Exercise"
-- To change: --set dma32=1G. Part of the memory is then zone Normal, and the
-- array has another value. Your task: say which requests zone DMA serves now,
-- and why. The property at the top is tested on each of them.
for _, gfp in ipairs { "GFP_DMA", "GFP_DMA32", "GFP_HIGHUSER" } do
	local b = m:alloc { gfp = gfp .. (gfp == "GFP_HIGHUSER" and "_MOVABLE" or "|__GFP_MOVABLE") }
	say(("%-12s %s"):format(gfp, b and "pfn " .. b.pfn .. " of " .. b.zone or "slow path"))
end
say "GFP_DMA requests can use zone DMA down to its low watermark:"
leave("DMA", "GFP_DMA|__GFP_MOVABLE", zone().watermark.low)
say(("%d pages are free, and none was put aside."):format(zone().free))
expect(zone().free == zone().watermark.low, "property: no page is put aside, down to the low watermark")
