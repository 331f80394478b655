-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 14-cma: free pages that only movable requests may have.
--
-- For the teacher (ten minutes). The belief to break: "thousands are free,
-- so it must work". A CMA area belongs to a device that needs it in one
-- piece, later; until then pages that can be moved away may live there. So
-- one number of free pages hides two. Have the class subtract before the
-- question, and let everybody commit. Phones and small boards are such
-- machines: this one has arm64's zones.
--
-- This is Linux 5.10. The rule of the half came with 5.7; it is so today.

lesson {
	title = "CMA",
	goal = "Say who may have a page of a CMA area, and who must not.",
	minutes = 10,
}

local m = machine { arch = "arm64", cpus = 1, nodes = { { memory = "64M", cma = { param("cma", "12M") } } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end
-- What is really free in the area, whatever the cpu keeps to itself (lesson 12).
local function cma()
	local nr = 0
	for order = 0, 10 do nr = nr + (#zone():blocks(order, "cma") << order) end
	return nr
end
say(("%d pages are free, %d of them in the CMA area."):format(zone().free, zone().free_cma))

-- Take blocks, the smallest first, until @left() is 0.
local function take_until_none(left, gfp, flags)
	local function take(order) assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags }) end
	while left() % 2 == 1 do take(0) end
	for order = 1, 9 do
		if left() >> order & 1 == 1 then take(order) end
	end
	while left() > 0 do take(10) end
end

scene "The rule of the half"
local b
ask {
	text = "A movable block of two pages is asked for. Does it come from the CMA area?",
	hint = "Only when more than half of the free pages are there",
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		local rule = t:first "cma_balance"
		expect(rule.cma_first == (rule.free_cma > rule.free // 2), "the rule of the half")
		return m:pageblock(b.pfn) == "cma"
	end,
}

scene "CMA before stealing"
-- Unmovable blocks are taken and freed again: their pageblocks stay unmovable
-- (lesson 09). Then all movable blocks outside CMA are taken by a task that
-- may not use CMA, since it pins its pages.
local kernel = {}
for i = 1, zone().free_cma // 1024 + 1 do kernel[i] = m:alloc { order = 10 } end
for _, block in ipairs(kernel) do block:free() end
m:task { nocma = true }
for order = 10, 0, -1 do
	while #zone():blocks(order, "movable") > 0 do m:alloc { order = order, gfp = MOVABLE } end
end
m:task {}
say(("%d pages are free, %d of them CMA. No movable block is free elsewhere."):format(zone().free, zone().free_cma))
ask {
	text = "The same request. From where does it come now?",
	choices = { "from the CMA area", "an unmovable block is stolen", "from nowhere: the SLOW PATH" },
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		expect(not t:first("cma_balance").cma_first, "not by the rule of the half")
		return not b and 3 or t:count "mm_page_alloc_extfrag" > 0 and 2 or 1
	end,
}
expect(m:pageblock(b.pfn) == "cma", "CMA is used up before anything is stolen")

scene "Thousands are free"
local cma_left = ({ 2700, 2500, 2900, 2800 })[math.random(4)]
local other_left = ({ 80, 200, 150, 100 })[math.random(4)]
take_until_none(function() return cma() - cma_left end, MOVABLE)
take_until_none(function() return zone().free_exact - cma() - other_left end, "GFP_KERNEL", "NO_WATERMARKS")
say(("%d pages are free, %d of them CMA. The low mark is %d."):format(
	zone().free, zone().free_cma, zone().watermark.low))
local reason
ask {
	text = "An unmovable page is asked for. Yes or no?",
	hint = "For who may not use them, CMA pages are not free",
	run = function()
		b, reason = m:alloc { gfp = "GFP_KERNEL" }
		return b ~= nil
	end,
}
if reason then say(reason.zones[1].why) end
ask {
	text = "And a movable page?",
	run = function()
		b = m:alloc { gfp = MOVABLE }
		return b ~= nil
	end,
}

scene "Yours"
-- To change: --set cma=16M (a multiple of 4M). Your task: the device wants
-- its area. What must happen to the page that was just given? The property:
-- isolated pages are given to nobody, and all come back.
local before = zone().free
ask {
	text = "The area around that page is isolated, for the device. By how much does the counter fall?",
	hint = "By what is free there; pages in use must be moved away first",
	run = function()
		m:isolate(b)
		return before - zone().free
	end,
}
expect(not pcall(function() m:isolate(b) end), "once only: it is refused, and nothing changes")
m:unisolate(b, "cma")
expect(zone().free == before, "property: all come back")
expect(m:check(), "property: the machine is sane")
