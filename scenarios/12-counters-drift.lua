-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 12-counters-drift: the counter that the watermark check reads is not the
-- number of free pages.
--
-- For the teacher (ten minutes). The belief to correct: "there is one number
-- of free pages". Each cpu accumulates small changes in its own vm_stat_diff
-- and adds them to the zone's counter only when they exceed stat_threshold,
-- so that the cpus do not contend for one cache line. Have the class add up
-- by hand: the zone's counter, the diff of cpu 0, the diff of cpu 1.
--
-- This is Linux 5.10, and the rule is unchanged. kswapd and the slow path add
-- up all diffs where it matters (zone_page_state_snapshot()); the fast path
-- reads the zone's counter alone.

lesson {
	title = "Counter drift",
	goal = "Say by how many pages the watermark check can be wrong.",
	minutes = 10,
}

-- All 16M lie below the limit of zone DMA: the machine has one zone.
local m = machine { cpus = param("cpus", 2), nodes = { { memory = "16M" } } }
local function zone() return m:node(0):zone("DMA") end
local function take(order, cpu) return m:alloc { order = order, cpu = cpu, gfp = "GFP_HIGHUSER_MOVABLE" } end
local function two_pages(cpu) return take(1, cpu) end

-- The property of this lesson, tested on every change of the counter.
local threshold = zone():pcp(0).stat_threshold
on.zone_counter(function(e)
	if e.diff > e.threshold or e.diff < -e.threshold then
		expect(false, "property: no vm_stat_diff exceeds stat_threshold")
	end
end)

scene "Two pages fewer, and the counter does not change"
say(("stat_threshold is %d: no cpu's vm_stat_diff exceeds it."):format(threshold))
local cpu = math.random(0, m.cpus - 1)
ask {
	text = ("A block of two pages is allocated on cpu %d. By how much does the zone counter fall?"):format(cpu),
	reason = "The change stays in the vm_stat_diff of the cpu.",
	run = function()
		local before = zone().free
		two_pages(cpu)
		return before - zone().free
	end,
}
expect(zone().free_exact == zone().free - 2, "two pages fewer are free")
ask {
	text = "More such requests follow. Which one changes the zone counter, the first being number 1?",
	reason = "The sum of the changes must exceed stat_threshold.",
	run = function(t)
		local nr = 1
		repeat
			two_pages(cpu)
			nr = nr + 1
		until t:count("zone_counter", function(e) return e.folded end) > 0
		return nr
	end,
}
expect(zone().free == zone().free_exact, "the diff has been added to the zone counter")

scene "A watermark check with an old number"
-- Allocate blocks, the smallest first, until exactly @target pages are free.
-- First the unmovable pages, so that no block is stolen (lesson 09).
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
expect(zone().free == low + 2, "the last block was large, so no diff is left")
local taken = 0
for c = 0, m.cpus - 1 do
	while 2 - zone():pcp(c).stat_diff <= threshold do
		expect(two_pages(c), "the counter has not changed, so the check passes")
		taken = taken + 1
	end
end
say(("Blocks of two pages allocated: %d, on all cpus. Zone counter: %d, as before."):format(taken, zone().free))
say(("Low watermark: %d. Each request had to leave more than that free."):format(low))
ask {
	text = "How many pages are really free?",
	reason = "The zone counter plus the diffs of all cpus.",
	run = function() return zone().free_exact end,
}
local diffs = {}
for c = 0, m.cpus - 1 do diffs[#diffs + 1] = zone():pcp(c).stat_diff end
say("The diffs: " .. table.concat(diffs, ", "))
say(("%d pages below the watermark, and no request was refused."):format(low - zone().free_exact))
expect(zone().free - zone().free_exact <= m.cpus * threshold, "property: the error is at most cpus * stat_threshold")

ask {
	text = "Two more such requests on cpu 0: which are served?",
	choices = { "both", "the first only", "neither" },
	reason = "The first is checked before its own pages are subtracted from the zone counter.",
	run = function()
		local first = two_pages(0)
		local second = two_pages(0)
		return second and 1 or first and 2 or 3
	end,
}

scene "Exercise"
-- To change: --set cpus=1, 4 or 8. Your task: before you run it, compute the
-- threshold and the largest possible error. Then write requests that reach it.
say(("cpus %d, stat_threshold %d: the error is at most %d pages."):format(m.cpus, threshold, m.cpus * threshold))
expect(m:check(), "property: the counter plus all diffs equals the pages on the free lists")
