-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 11-reserves: the same request again, with other alloc flags.
--
-- For the teacher (ten minutes). The belief to correct: "refused means out of
-- memory". The slow path calls get_page_from_freelist() again and again, each
-- time with flags that allow it to use more of the reserves; the first of
-- these calls serves most requests that the fast path could not. Have the
-- class write the flags below each other, each with its threshold, before
-- they are shown. The second scene says which requests have which flag.
--
-- This is Linux 5.10. 6.3 renamed HIGH and HARDER (MIN_RESERVE, NON_BLOCK,
-- HIGHATOMIC) and made the steps a little smaller; their order is the same.

lesson {
	title = "Reserves",
	goal = "Say which alloc flags let a refused request pass.",
	minutes = 10,
}

-- All 16M lie below the limit of zone DMA: the machine has one zone.
local m = machine {
	cpus = 1,
	nodes = { { memory = "16M" } },
	sysctl = { min_free_kbytes = 2048 },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end

-- Allocate blocks, the smallest first, until exactly @target pages are free.
-- First the unmovable pages, so that no block is stolen (lesson 09).
local held = {}
local function leave(target)
	for order = 8, 0, -1 do m:alloc { order = order } end
	local function take(order)
		held[#held + 1] = assert(m:alloc { order = order, gfp = MOVABLE, alloc_flags = "NO_WATERMARKS" })
	end
	local function rest() return zone().free_exact - target end
	for order = 0, 9 do
		if rest() >> order & 1 == 1 then take(order) end
	end
	while rest() > 0 do take(10) end
end

scene "Lower and lower thresholds"
local level = param("level", ({ 620, 400, 300, 200 })[math.random(4)])
leave(level)
say(("%d pages are free; watermarks: min %d, low %d. One page is requested."):format(
	zone().free, zone().watermark.min, zone().watermark.low))
local b, reason = m:alloc { gfp = MOVABLE }
expect(not b, "refused by the low watermark: the slow path follows")
local refusal = reason.zones[1]
say(("%d free > %d? No: %d pages short."):format(refusal.free, refusal.watermark, 1 - refusal.margin))
local flag_sets = {
	"WMARK_LOW",
	"WMARK_MIN",
	"WMARK_MIN|HARDER",
	"WMARK_MIN|HIGH",
	"WMARK_MIN|HIGH|HARDER",
	"WMARK_MIN|HIGH|OOM",
	"NO_WATERMARKS",
}
ask {
	text = "The same request with one set of flags after another. Which is the first that passes?",
	choices = flag_sets,
	reason = "HIGH halves the watermark; then HARDER subtracts a quarter of the rest, OOM a half.",
	run = function()
		local passed
		for _, flags in ipairs(flag_sets) do
			b, reason = m:alloc { gfp = MOVABLE, alloc_flags = flags }
			local threshold = (b and b.walk or reason.zones)[1].watermark
			say(("%-22s more than %d required: %s"):format(flags, threshold,
				not b and "refused" or flags == "NO_WATERMARKS" and "passed in any case" or "passed"))
			expect(b or not passed, "property: flags with a lower threshold pass where the others do")
			passed = passed or b and flags
			if b then b:free() end
		end
		return passed
	end,
}
expect(b, "NO_WATERMARKS passes as long as a page is free")

scene "Which requests have which flags"
say "WMARK_MIN: every request in the slow path."
say "HIGH: GFP_ATOMIC. HARDER: GFP_ATOMIC, and real-time tasks."
say "OOM: an OOM victim. NO_WATERMARKS: a task with PF_MEMALLOC."

scene "A highatomic pageblock"
for _, block in ipairs(held) do block:free() end
local ATOMIC = "WMARK_MIN|HIGH|HARDER"
ask {
	text = "All blocks are freed. A GFP_ATOMIC request takes two pages. How many pages become reserved?",
	reason = "Its whole pageblock becomes highatomic, reserved for later high-order atomic requests.",
	run = function()
		b = m:alloc { order = 1, gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = ATOMIC }
		return zone().nr_reserved_highatomic
	end,
}
expect(m:pageblock(b.pfn) == "highatomic", "the pageblock is highatomic")
local page = m:alloc { gfp = MOVABLE }
say(("Other requests subtract them: %d free - %d unusable > %d."):format(
	page.walk[1].free, page.walk[1].unusable, page.walk[1].watermark))
expect(page.walk[1].unusable == zone().nr_reserved_highatomic, "unusable without HARDER or OOM")

scene "Fault injection"
-- By default, fail_page_alloc spares order 0, highmem, and what may reclaim.
m:fault { probability = 100, min_order = 0, ignore_gfp_highmem = false, ignore_gfp_reclaim = false }
ask {
	text = ("%d pages are free, and fault injection is on (probability 100, times 1). Is a page allocated?"):format(zone().free),
	reason = "should_fail_alloc_page() refuses the request before any zone is checked.",
	run = function() return m:alloc { gfp = MOVABLE } ~= nil end,
}
expect(m:alloc { gfp = MOVABLE }, "times = 1: the next request is served")

scene "Exercise"
-- To change: --set level=260, or any number of pages from 1 to 640. Your
-- task: find the lowest level at which GFP_ATOMIC still gets a page, and
-- compute it from the min watermark. The property was tested above: what
-- passes with one set of flags passes with all that follow.
expect(m:check(), "property: every invariant holds")
