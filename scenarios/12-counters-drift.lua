-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 12-counters-drift: the number that the watermark reads is not the number
-- of free pages.
--
-- For the teacher (ten minutes). The belief to break: "there is one number
-- of free pages". Each cpu keeps small changes to itself and folds them into
-- the zone's counter only when they grow past a threshold, so that the cpus
-- do not fight over one cache line. Have the class add the columns up by
-- hand: the global counter, what cpu 0 keeps, what cpu 1 keeps.
--
-- This is Linux 5.10, and it is so today. kswapd and the slow path add the
-- columns up where it matters (zone_page_state_snapshot); the fast path reads
-- the one counter.

lesson {
	title = "Counters drift",
	goal = "Say by how much the watermark can be wrong.",
	minutes = 10,
}

-- 16M are all below the limit of zone DMA: the machine has one zone.
local m = machine { cpus = param("cpus", 2), nodes = { { memory = "16M" } } }
local function zone() return m:node(0):zone("DMA") end
local function take(order, cpu) return m:alloc { order = order, cpu = cpu, gfp = "GFP_HIGHUSER_MOVABLE" } end
local function two_pages(cpu) return take(1, cpu) end

-- The property of this lesson, asked of every change of the counter.
local threshold = zone():pcp(0).stat_threshold
on.zone_counter(function(e)
	if e.diff > e.threshold or e.diff < -e.threshold then
		expect(false, "property: no cpu keeps more than its threshold to itself")
	end
end)

scene "Two pages less, and nothing moves"
say(("A cpu may keep up to %d pages to itself (stat_threshold)."):format(threshold))
local cpu = math.random(0, m.cpus - 1)
ask {
	text = ("Cpu %d takes a block of two pages. By how much does the counter fall?"):format(cpu),
	hint = "The cpu keeps the change to itself",
	run = function()
		local before = zone().free
		two_pages(cpu)
		return before - zone().free
	end,
}
expect(zone().free_exact == zone().free - 2, "two pages fewer are free, all the same")
ask {
	text = "It goes on, two pages a time. Which of its requests, the one before included, moves the counter?",
	hint = "More than the threshold must have come together",
	run = function(t)
		local nr = 1
		repeat
			two_pages(cpu)
			nr = nr + 1
		until t:count("zone_counter", function(e) return e.folded end) > 0
		return nr
	end,
}
expect(zone().free == zone().free_exact, "what was kept has been folded in")

scene "A watermark that does not know"
-- Take blocks, the smallest first, until exactly @target pages are free.
-- First what is unmovable, so that nothing is stolen (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order } end
local function leave(target)
	local function rest() return zone().free_exact - target end
	if rest() % 2 == 1 then take(0, 0) end
	for order = 1, 9 do
		if rest() >> order & 1 == 1 then take(order, 0) end
	end
	while rest() > 0 do take(10, 0) end
end
local low = zone().watermark.low
leave(low + 2)
expect(zone().free == low + 2, "the last block was large, so all is folded in")
local taken = 0
for c = 0, m.cpus - 1 do
	while 2 - zone():pcp(c).stat_diff <= threshold do
		expect(two_pages(c), "the counter stands still, so the watermark says yes")
		taken = taken + 1
	end
end
say(("%d blocks of two pages were taken, by all cpus. The counter: %d, as before."):format(taken, zone().free))
say(("The low mark is %d. Each of the requests had to leave more than that."):format(low))
ask {
	text = "How many pages are really free?",
	hint = "Add up what every cpu keeps to itself",
	run = function() return zone().free_exact end,
}
for c = 0, m.cpus - 1 do
	say(("cpu %d keeps %d to itself"):format(c, zone():pcp(c).stat_diff))
end
say(("%d pages below the mark, and nobody was refused."):format(low - zone().free_exact))
expect(zone().free - zone().free_exact <= m.cpus * threshold, "property: the error is at most cpus * threshold")

ask {
	text = "One block more, on cpu 0, and one more after it. Are they given?",
	choices = { "both", "the first only", "none" },
	hint = "The first is measured before its own pages are folded in",
	run = function()
		local first = two_pages(0)
		local second = two_pages(0)
		return second and 1 or first and 2 or 3
	end,
}

scene "Yours"
-- To change: --set cpus=1, 4 or 8. Your task: before you run it, say what the
-- threshold will be and how wrong the counter can be at most. Then reach it.
say(("%d cpus, threshold %d: at most %d pages wrong."):format(m.cpus, threshold, m.cpus * threshold))
expect(m:check(), "property: counter and differences add up to the free lists")
