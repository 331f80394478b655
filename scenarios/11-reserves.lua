-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 11-reserves: the same request again, with other flags.
--
-- For the teacher (ten minutes). The belief to break: "refused means out of
-- memory". The slow path calls get_page_from_freelist again and again, each
-- time with flags that let it go deeper; most requests that the fast path
-- refuses are served by the first of these calls. Have the class write the
-- flags below each other, each with its own mark, before the ladder is told.
-- Who has which flag is in the second scene.
--
-- This is Linux 5.10. 6.3 renamed HIGH and HARDER (MIN_RESERVE, NON_BLOCK,
-- HIGHATOMIC) and made the steps a little smaller; the ladder is the same.

lesson {
	title = "Reserves",
	goal = "Say with which flags a refused request passes.",
	minutes = 10,
}

-- 16M are all below the limit of zone DMA: the machine has one zone.
local m = machine {
	cpus = 1,
	nodes = { { memory = "16M" } },
	sysctl = { min_free_kbytes = 2048 },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end

-- Take blocks, the smallest first, until exactly @target pages are free.
-- First what is unmovable, so that nothing is stolen (lesson 09).
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

scene "The ladder"
local level = param("level", ({ 620, 400, 300, 200 })[math.random(4)])
leave(level)
say(("%d pages are free: min %d, low %d. The fast path asks for one."):format(
	zone().free, zone().watermark.min, zone().watermark.low))
local b, reason = m:alloc { gfp = MOVABLE }
expect(not b, "refused at the low mark: the SLOW PATH begins")
say(reason.zones[1].why)
local ladder = {
	"WMARK_LOW",
	"WMARK_MIN",
	"WMARK_MIN|HARDER",
	"WMARK_MIN|HIGH",
	"WMARK_MIN|HIGH|HARDER",
	"WMARK_MIN|HIGH|OOM",
	"NO_WATERMARKS",
}
ask {
	text = "The same request, with one set of flags after the other. Which is the first that passes?",
	choices = ladder,
	hint = "HIGH halves the mark; of what is left HARDER takes a quarter off, or OOM a half",
	run = function()
		local passed
		for _, flags in ipairs(ladder) do
			b, reason = m:alloc { gfp = MOVABLE, alloc_flags = flags }
			local mark = (b and b.walk or reason.zones)[1].mark
			say(("%-22s measured at %d: %s"):format(flags, mark, b and "a page" or "refused"))
			expect(b or not passed, "property: who goes deeper passes where others do")
			passed = passed or b and flags
			if b then b:free() end
		end
		return passed
	end,
}
expect(b, "NO_WATERMARKS passes while a page is there")

scene "Who may go how far"
say "WMARK_MIN: everybody, once kswapd is awake."
say "HIGH: GFP_ATOMIC. HARDER: GFP_ATOMIC too, and real-time tasks."
say "OOM: a task that is being killed. NO_WATERMARKS: who frees memory."

scene "A pageblock for the urgent"
for _, block in ipairs(held) do block:free() end
local URGENT = "WMARK_MIN|HIGH|HARDER"
ask {
	text = "Much is free again. An urgent request takes two pages. How many pages can others no longer use?",
	hint = "Its pageblock is kept for urgent blocks: the next one will find a place",
	run = function()
		b = m:alloc { order = 1, gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = URGENT }
		return zone().nr_reserved_highatomic
	end,
}
expect(m:pageblock(b.pfn) == "highatomic", "the pageblock has changed its type")
local page = m:alloc { gfp = MOVABLE }
say(("An ordinary request counts them out: %d - %d > %d."):format(
	page.walk[1].free, page.walk[1].unusable, page.walk[1].mark))
expect(page.walk[1].unusable == zone().nr_reserved_highatomic, "unusable for it, not for the urgent")

scene "On purpose"
-- Fault injection (failslab, fail_page_alloc) tries out what rarely happens.
m:fault { times = 1 }
ask {
	text = ("%d pages are free, and a tester switched on fault injection. Is a page given?"):format(zone().free),
	run = function() return m:alloc { gfp = MOVABLE } ~= nil end,
}
expect(m:alloc { gfp = MOVABLE }, "once only: the next request is served")

scene "Yours"
-- To change: --set level=260, or any number of pages from 1 to 640. Your
-- task: find the lowest level at which GFP_ATOMIC still gets a page, and
-- compute it from the min mark. The property was asked on the ladder: what
-- passes with some flags passes with all that go deeper.
expect(m:check(), "property: the machine is sane")
