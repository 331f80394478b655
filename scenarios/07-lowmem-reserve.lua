-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 07-lowmem-reserve: who may have the pages of a low zone.
--
-- For the teacher (ten minutes). The belief to break: "the reserve is pages
-- that are set aside". Nothing is set aside: each zone has a row of
-- thresholds, one for each ceiling a request can have, and a request that
-- could have been served higher up must leave more behind. Write the row on
-- the board before the first question and let everybody commit.
--
-- This is Linux 5.10. The row is computed so to this day; it is shown as
-- "protection" in /proc/zoneinfo.

lesson {
	title = "Lowmem reserve",
	goal = "Say which requests may have the last pages of zone DMA.",
	minutes = 10,
}

-- With max_order 14 a few large blocks fill the machine; Linux has 11 on
-- most machines, and the marks and reserves are the same.
local m = machine {
	cpus = 1,
	nodes = { { memory = "2G" } },
	zone_limits = { dma32 = param("dma32", "4G") },
	max_order = 14,
}
local function zone(name) return m:node(0):zone(name or "DMA") end
local function index(name) return zone(name).index end

-- Take blocks, the smallest first, until exactly @target pages are free.
-- A refill of the lane (an odd number of pages) makes the rest even.
local function leave(name, gfp, target)
	local function rest() return zone(name).free_exact - target end
	if rest() % 2 == 1 then assert(m:alloc { gfp = gfp }) end
	for order = 1, m.max_order - 1 do
		if rest() >> order & 1 == 1 then assert(m:alloc { order = order, gfp = gfp }) end
	end
	while rest() > 0 do assert(m:alloc { order = m.max_order - 1, gfp = gfp }) end
end

scene "The row of thresholds"
local dma = zone()
say(("DMA manages %d pages, its low mark is %d. The row, by ceiling:"):format(dma.managed, dma.watermark.low))
for _, name in ipairs { "DMA", "DMA32", "Normal", "Movable" } do
	local reserve = dma.lowmem_reserve[index(name)]
	say(("ceiling %-8s more than %d + %d = %d must be free"):format(
		name, dma.watermark.low, reserve, dma.watermark.low + reserve))
end

-- The property of this lesson, asked of every check of zone DMA.
on.watermark_check(function(e)
	if e.zone == "DMA" and (e.reserve ~= dma.lowmem_reserve[index(e.ceiling)]
			or e.ok ~= (e.free - e.unusable > e.mark + e.reserve)) then
		expect(false, "property: the ceiling chooses the threshold")
	end
end)

scene "The zones above are used up"
local above = {}
for _, z in ipairs(m:zonelist(0)) do
	if z.zone ~= "DMA" then above[#above + 1] = z.zone end
end
for _, name in ipairs(above) do
	leave(name, name == "DMA32" and "GFP_DMA32|__GFP_MOVABLE" or "GFP_HIGHUSER_MOVABLE",
		zone(name).watermark.low)
end
-- DMA's first pageblock is unmovable: unmovable requests take it (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
leave("DMA", "GFP_DMA|__GFP_MOVABLE", ({ 1203, 1476, 1355, 1640 })[math.random(4)])
say(("%d pages are free in DMA. %s is at its low mark."):format(zone().free, above[1]))

local reason
ask {
	text = "GFP_KERNEL asks for one page; its ceiling is Normal. What happens?",
	choices = {
		"a page of DMA is given",
		"DMA is refused: the pages that are set aside are used up",
		"DMA is refused: such a request must leave more behind",
	},
	run = function()
		local b
		b, reason = m:alloc { gfp = "GFP_KERNEL" }
		return b and 1 or 3
	end,
}
local check = reason.zones[#reason.zones]
expect(check.free > check.mark, "more than the mark is there; only the ceiling is too high")
say(("%d > %d + %d? No: %d pages short. The SLOW PATH would begin."):format(
	check.free, check.mark, check.reserve, 1 - check.slack))

ask {
	text = "GFP_DMA asks for one page of the same zone, a moment later. Is it given?",
	hint = "Its ceiling is DMA: it could not have been served higher up",
	run = function() return m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" } ~= nil end,
}

scene "Yours"
-- To change: --set dma32=1G. A part of the memory is zone Normal then, and
-- the row has another number in it. Your task: say who may have a page of
-- DMA now, and why. The property at the top holds for each of them.
for _, gfp in ipairs { "GFP_DMA", "GFP_DMA32", "GFP_HIGHUSER" } do
	local b = m:alloc { gfp = gfp .. (gfp == "GFP_HIGHUSER" and "_MOVABLE" or "|__GFP_MOVABLE") }
	say(("%-12s %s"):format(gfp, b and "page " .. b.pfn .. " of " .. b.zone or "SLOW PATH"))
end
say "Is anything set aside? GFP_DMA takes what it may."
leave("DMA", "GFP_DMA|__GFP_MOVABLE", zone().watermark.low)
expect(zone().free == zone().watermark.low, "property: nothing is set aside, down to the low mark")
