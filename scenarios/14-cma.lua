-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 14-cma: free pages that only movable requests may use.
--
-- For the teacher (ten minutes). The belief to correct: "thousands of pages
-- are free, so it must work". A CMA area belongs to a device that will need
-- it as one contiguous range; until then movable pages may use it. The number
-- of free pages therefore has two parts. Have the class subtract before the
-- question, and let every student commit. This machine has arm64's zones.
--
-- This is Linux 5.10. The balance rule came with 5.7 and is unchanged.

lesson {
	title = "CMA",
	goal = "Say which requests may use the pages of a CMA area.",
	minutes = 10,
}

local m = machine { arch = "arm64", cpus = 1, nodes = { { memory = "64M", cma = { param("cma", "12M") } } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end
-- Exactly the free pages of the area, whatever a vm_stat_diff holds (lesson 12).
local function cma()
	local nr = 0
	for order = 0, 10 do nr = nr + (#zone():blocks(order, "cma") << order) end
	return nr
end
say(("%d pages are free, %d of them in the CMA area."):format(zone().free, zone().free_cma))

-- Allocate blocks, the smallest first, until @left() is 0.
local function take_until_none(left, gfp, flags)
	local function take(order) assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags }) end
	while left() % 2 == 1 do take(0) end
	for order = 1, 9 do
		if left() >> order & 1 == 1 then take(order) end
	end
	while left() > 0 do take(10) end
end

scene "The CMA balance rule"
local b
ask {
	text = "A movable block of two pages is requested. Is it allocated from the CMA area?",
	reason = "Only if more than half of the free pages are CMA pages.",
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		local rule = t:first "cma_balance"
		expect(rule.cma_first == (rule.free_cma > rule.free // 2), "the balance rule")
		return m:pageblock(b.pfn) == "cma"
	end,
}

scene "CMA before stealing"
-- Unmovable blocks are allocated and freed; their pageblocks stay unmovable.
-- Then a task that may not use CMA allocates all movable blocks outside CMA.
local kernel = {}
for i = 1, zone().free_cma // 1024 + 1 do kernel[i] = m:alloc { order = 10 } end
for _, block in ipairs(kernel) do block:free() end
m:task { nocma = true }
for order = 10, 0, -1 do
	while #zone():blocks(order, "movable") > 0 do m:alloc { order = order, gfp = MOVABLE } end
end
m:task {}
say(("%d pages are free, %d of them CMA. Outside CMA no movable block is free."):format(zone().free, zone().free_cma))
ask {
	text = "The same request. How is it served now?",
	choices = { "from the CMA area", "by a steal from an unmovable pageblock", "not at all: it enters the slow path" },
	reason = "A movable request tries CMA before the fallback to other migratetypes.",
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		expect(not t:first("cma_balance").cma_first, "not by the balance rule")
		return not b and 3 or t:count "mm_page_alloc_extfrag" > 0 and 2 or 1
	end,
}
expect(m:pageblock(b.pfn) == "cma", "CMA is used up before any block is stolen")

scene "Thousands of pages are free"
local cma_left = ({ 2700, 2500, 2900, 2800 })[math.random(4)]
local other_left = ({ 80, 200, 150, 100 })[math.random(4)]
take_until_none(function() return cma() - cma_left end, MOVABLE)
take_until_none(function() return zone().free_exact - cma() - other_left end, "GFP_KERNEL", "NO_WATERMARKS")
say(("%d pages are free, %d of them CMA. The low watermark is %d."):format(
	zone().free, zone().free_cma, zone().watermark.low))
local reason
ask {
	text = "One unmovable page is requested. Is it allocated?",
	reason = "The watermark check subtracts free CMA pages for a request that may not use them.",
	run = function()
		b, reason = m:alloc { gfp = "GFP_KERNEL" }
		return b ~= nil
	end }
for _, z in ipairs(reason and reason.zones or {}) do
	say(("%d free - %d unusable > %d? No."):format(z.free, z.unusable, z.watermark)) end
ask {
	text = "And a movable page?",
	reason = "A movable request has ALLOC_CMA: all free pages count.",
	run = function()
		b = m:alloc { gfp = MOVABLE }
		return b ~= nil
	end,
}

scene "Exercise"
-- To change: --set cma=16M (a multiple of 4M). Your task: the device needs its
-- area. What must happen to the page allocated just now? The property:
-- isolated pages serve no request, and all are free again afterwards.
m:drain {}
local before = zone().free_exact
ask {
	text = "The pageblock of that page is isolated for the device. By how much does NR_FREE_PAGES fall?",
	reason = "By the free pages of the pageblock; pages in use must be migrated first.",
	run = function()
		m:isolate(b, "cma")
		return before - zone().free_exact
	end,
}
m:unisolate(b, "cma")
expect(not pcall(m.unisolate, m, b), "its isolation has ended: a second call is an error")
expect(zone().free_exact == before, "property: all pages are free again")
expect(m:check(), "property: every invariant holds")
