-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 11-reserves: the same request again, with other alloc flags.
--
-- For the teacher (ten minutes). The belief to correct: "refused means out of
-- memory". The slow path calls get_page_from_freelist() again and again; the
-- first of these calls serves most requests that the fast path could not. Have
-- the class write the flags below each other, each with its threshold, before
-- they are shown.
--
-- This is Linux 5.10; scene 2 says what 6.3 changed.

lesson {
	title = "Reserves",
	goal = "Say with which alloc flags a request may use the reserves.",
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
say "Linux 5.10. Requests use up most of the memory first."
local level = param("level", ({ 620, 400, 300, 200 })[math.random(4)])
fold(("Requests until %d pages are free"):format(level), function() leave(level) end)
local min = zone().watermark.min
say(([[%d pages are free; watermarks: min %d, low %d.
One movable page is requested: look at the watermark panel.]]):format(zone().free, min, zone().watermark.low))
local b = m:alloc { gfp = MOVABLE }
expect(not b, "refused by the low watermark: the slow path follows")
say [[The slow path calls get_page_from_freelist() again, with WMARK_MIN and flags
that lower the threshold further. Seven sets of flags are tried now.]]
local flag_sets = {
	{ "WMARK_LOW", zone().watermark.low },
	{ "WMARK_MIN", min },
	{ "WMARK_MIN|HARDER", min - min // 4 },
	{ "WMARK_MIN|HIGH", min // 2 },
	{ "WMARK_MIN|HIGH|HARDER", min // 2 - min // 8 },
	{ "WMARK_MIN|HIGH|OOM", min // 4 },
	{ "NO_WATERMARKS", 0 },
}
local choices = {}
for i, set in ipairs(flag_sets) do
	choices[i] = { "ALLOC_" .. set[1]:gsub("|", "|ALLOC_"), feedback = level > set[2] and "It passes, but so does a set before it."
		or ("With these flags more than %d free pages are required."):format(set[2]) }
end
ask {
	"With which of these flags does the request pass first?",
	choices = choices,
	run = function(t)
		local passed
		for i, set in ipairs(flag_sets) do
			b = m:alloc { gfp = MOVABLE, alloc_flags = set[1] }
			expect((b ~= nil) == (level > set[2]), "the threshold of " .. set[1])
			expect(b or not passed, "property: flags with a lower threshold pass where the others do")
			passed = passed or b and i
			say(("%s, more than %d required: %s."):format(set[1], set[2], b and "passed" or "refused"))
			if b then b:free() end
		end
		return passed, ("HIGH halves min (%d); HARDER subtracts a quarter of what is left, OOM a half. %d are free."):format(
			min, level), t:first("get_page_done", "ok")
	end,
}
expect(b, "NO_WATERMARKS passes as long as a page is free")

scene "Which requests have which flags"
say [[WMARK_MIN      every request in the slow path
HIGH, HARDER   GFP_ATOMIC; HARDER: real-time tasks, too
OOM            an OOM victim; NO_WATERMARKS: a task with PF_MEMALLOC]]
say [[Linux 6.3 renamed HIGH and HARDER (MIN_RESERVE, NON_BLOCK, HIGHATOMIC)
and made the steps a little smaller. Their order is the same.]]

fold("All blocks are freed", function()
	for _, block in ipairs(held) do block:free() end
end)
scene "A highatomic pageblock"
say "All blocks are freed. Each letter of the panel pageblocks stands for 2 MiB."
ask {
	"A GFP_ATOMIC request takes two pages. How many pages become reserved for such requests?",
	type = "number",
	feedback = {
		["2"] = "A migratetype belongs to a pageblock, not to a block: all of it is reserved.",
		["0"] = "That is so for order 0; this request has order 1.",
	},
	run = function(t)
		b = m:alloc { order = 1, gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
		return zone().nr_reserved_highatomic, "Its pageblock becomes highatomic, for later high-order atomic requests.",
			t:first "reserve_highatomic"
	end,
}
expect(m:pageblock(b.pfn) == "highatomic", "the pageblock is highatomic")
say "The watermark check of other requests subtracts these pages. An example:"
local page = m:alloc { gfp = MOVABLE }
expect(page.walk[1].unusable == zone().nr_reserved_highatomic, "unusable without HARDER or OOM")

scene "Fault injection"
say(("%d pages are free. Fault injection is set for one request, the next one."):format(zone().free))
-- By default, fail_page_alloc spares order 0, highmem, and what may reclaim.
m:fault { probability = 100, min_order = 0, ignore_gfp_highmem = false, ignore_gfp_reclaim = false }
ask {
	"One page is requested. Which zones does the fast path check?",
	choices = {
		{ "all; each of them refuses", feedback = "No watermark has changed: a zone that is checked would serve it." },
		{ "the first one, which serves it", feedback = "Fault injection is on for requests of every order." },
		"none",
	},
	run = function(t)
		local served = m:alloc { gfp = MOVABLE }
		return served and 2 or t:count "watermark_check" > 0 and 1 or 3,
			"should_fail_alloc_page() ends the request before any zone is checked.", t:first "should_fail_alloc_page"
	end,
}
expect(m:alloc { gfp = MOVABLE }, "times = 1: the next request is served")
expect(m:check(), "property: every invariant holds")

takeaway [[A request in the slow path is not out of memory: with other flags it may use the reserves.
HIGH halves the min watermark, HARDER and OOM subtract a part of the rest.]]
local atomic = flag_sets[5][2]
exercise {
	"Compute from min the lowest level at which GFP_ATOMIC still gets a page. Set the parameter level to it.",
	checks = {
		{ "with WMARK_MIN|HIGH|HARDER the request passes", level > atomic },
		{ "with one free page fewer it does not", level - 1 <= atomic },
	},
	variants = {
		{ "level=400", "HARDER is enough" }, { "level=130", "only an OOM victim gets a page" },
		{ "level=100", "only NO_WATERMARKS passes" },
	},
}
