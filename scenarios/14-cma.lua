-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 14-cma: free pages that only movable requests may use.
--
-- For the teacher (ten minutes). The belief to correct: "thousands of pages
-- are free, so it must work". A CMA area belongs to a device that will need
-- it as one contiguous range; until then movable pages may use it. The number
-- of free pages therefore has two parts. This machine has arm64's zones. This
-- is Linux 5.10; the balance rule came with 5.7 and is unchanged.

lesson {
	title = "CMA",
	goal = "Say which requests may use the pages of a CMA area.",
	minutes = 10,
}
local m = machine { arch = "arm64", cpus = 1, nodes = { { memory = "64M", cma = { param("cma", "12M") } } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end
-- The free pages of the area, whatever a vm_stat_diff holds (lesson 12).
local function cma()
	local nr = 0
	for order = 0, 10 do nr = nr + (#zone():blocks(order, "cma") << order) end
	return nr
end
local movable, b = {}, nil
-- Allocate blocks, the smallest first, until @left() is 0.
local function take_until_none(left, gfp, flags)
	local function take(order)
		local block = assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags })
		if gfp == MOVABLE then movable[#movable + 1] = block end
	end
	while left() % 2 == 1 do take(0) end
	for order = 1, 9 do
		if left() >> order & 1 == 1 then take(order) end
	end
	while left() > 0 do take(10) end
end

scene "The CMA balance rule"
say "Linux 5.10 on arm64. In the panel pageblocks, the letter C is a CMA area."
say(("%d pages are free, %d of them in the CMA area."):format(zone().free, zone().free_cma))
ask {
	"A movable block of two pages is requested. Is it allocated from the CMA area?",
	type = "yesno",
	feedback = { yes = "CMA is tried first only if more than half of the free pages are CMA pages." },
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		local rule = t:first "cma_balance"
		expect(rule.cma_first == (rule.free_cma > rule.free // 2), "the balance rule")
		return m:pageblock(b.pfn) == "cma", ("%d CMA pages of %d free pages: %s than half."):format(
			rule.free_cma, rule.free, rule.cma_first and "more" or "not more"), rule
	end,
}

local kernel = {}
fold("Unmovable blocks are allocated and freed; their pageblocks stay unmovable", function()
	for i = 1, zone().free_cma // 1024 + 1 do kernel[i] = m:alloc { order = 10 } end
	for _, block in ipairs(kernel) do block:free() end
end)
fold("A task that may not use CMA takes all movable blocks outside the area", function()
	m:task { nocma = true }
	for order = 10, 0, -1 do
		while #zone():blocks(order, "movable") > 0 do m:alloc { order = order, gfp = MOVABLE } end
	end
	m:task {}
end)
scene "CMA and stealing"
say(("%d pages are free, %d of them CMA. The others are unmovable."):format(zone().free, zone().free_cma))
ask {
	"The same request, movable, of two pages. How is it served now?",
	choices = {
		"from the CMA area",
		{ "by a steal from an unmovable pageblock", feedback = "A steal mixes migratetypes; CMA is made for movable pages." },
		{ "not at all: it enters the slow path", feedback = "Movable requests may use CMA pages: they have ALLOC_CMA." },
	},
	run = function(t)
		b = m:alloc { order = 1, gfp = MOVABLE }
		local rule = t:first "cma_balance"
		return not b and 3 or t:count "mm_page_alloc_extfrag" > 0 and 2 or 1,
			("%d of %d free pages are CMA: they are tried %s."):format(rule.free_cma, rule.free,
				rule.cma_first and "first" or "next, before a steal from another migratetype"), rule
	end,
}
movable[1] = b
expect(m:pageblock(b.pfn) == "cma", "CMA is used up before any block is stolen")

local cma_left, other_left = ({ 2700, 2500, 2900, 2800 })[math.random(4)], ({ 80, 200, 150, 100 })[math.random(4)]
fold("Requests use up most of the other pages", function()
	take_until_none(function() return cma() - cma_left end, MOVABLE)
	take_until_none(function() return zone().free_exact - cma() - other_left end, "GFP_KERNEL", "NO_WATERMARKS")
	expect(not pcall(m.unisolate, m, movable[1].pfn), "nothing is isolated: an error")
	m:task {}
end)
scene "Thousands of pages are free"
say "Most of the pages outside the area are in use now."
say(("%d pages are free, %d of them CMA. Low watermark: %d."):format(zone().free, zone().free_cma, zone().watermark.low))
ask {
	"One unmovable page is requested. Is it allocated?",
	type = "yesno",
	feedback = { yes = "It may not use CMA pages, so they do not count for it." },
	run = function(t)
		local page, reason = m:alloc { gfp = "GFP_KERNEL" }
		local z = page and page.walk[1] or reason.zones[1]
		return page ~= nil, ("%d free - %d unusable CMA pages = %d; more than %d are required."):format(
			z.free, z.unusable, z.free - z.unusable, z.watermark), t:first "watermark_check"
	end,
}
ask {
	"And a movable page?",
	type = "yesno",
	feedback = { no = "A movable request has ALLOC_CMA: all free pages count for it." },
	run = function(t)
		b = m:alloc { gfp = MOVABLE }
		local check = t:first "watermark_check"
		return b ~= nil, ("All %d free pages count; more than %d are required."):format(check.free, check.watermark), check
	end,
}
movable[#movable + 1] = b

m:drain {}
scene "The device needs its area"
say(("The movable page %d is in use in the area."):format(b.pfn))
say "Its two pageblocks, 1024 pages, are isolated for the device."
-- Exercise: your requests here. `movable` is the list of the movable blocks.
local before, result, fell = zone().free_exact, nil, nil
ask {
	"What happens to the page?",
	choices = {
		{ "its contents move to a page outside the area", feedback = "That is migration, which comes after the isolation." },
		"it stays in use; only free pages leave the free lists",
		{ "it makes the isolation fail (-EBUSY)", feedback = "All users of a CMA pageblock are movable, so it is always isolated." },
	},
	run = function()
		result = m:isolate(b.pfn, "cma")
		fell = before - zone().free_exact
		return result and 2 or 3, ("NR_FREE_PAGES falls by %d: the pages in use must be migrated next."):format(fell)
	end,
}
expect(m:page(b.pfn).state == "used" or fell == 1024, "the isolation moved no page that is in use")
say "The isolation ends; the free pages are on the lists of the area again."
m:unisolate(b.pfn, "cma")
expect(zone().free_exact == before, "property: all pages are free again")
expect(m:check(), "property: every invariant holds")
takeaway [[Free CMA pages serve movable requests only: first if they are more than half of the free pages,
otherwise when no movable block is left. For other requests the watermark check subtracts them.]]
exercise {
	"Free what is in use in those pageblocks, so that the device can have all 1024 pages.",
	checks = { { "all 1024 pages were free when they were isolated", fell == 1024 } },
	variants = { { "cma=16M", "a larger area" }, { "cma=36M", "more than half of the free pages are CMA pages" } },
}
