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
-- This is Linux 5.10, and the rule is unchanged.

lesson {
	title = "Counter drift",
	goal = "Say by how many pages the watermark check can be wrong.",
	minutes = 10,
}

-- All 16M lie below the limit of zone DMA: the machine has one zone.
local m = machine { cpus = param("cpus", 2), nodes = { { memory = "16M" } } }
local function zone() return m:node(0):zone("DMA") end
local function take(order, cpu) return m:alloc { order = order, cpu = cpu, gfp = "GFP_HIGHUSER_MOVABLE" } end
local blocks = {} -- of two pages
local function two_pages(cpu)
	local b = take(1, cpu)
	blocks[#blocks + 1] = b
	return b
end
local function diffs()
	local list = {}
	for c = 0, m.cpus - 1 do list[#list + 1] = zone():pcp(c).stat_diff end
	return table.concat(list, ", ")
end

-- The property of this lesson, tested on every change of the counter.
local threshold = zone():pcp(0).stat_threshold
on.zone_counter(function(e)
	if e.diff > e.threshold or e.diff < -e.threshold then
		expect(false, "property: no vm_stat_diff exceeds stat_threshold")
	end
end)

scene "The zone's counter and a vm_stat_diff for each cpu"
say "Linux 5.10. In the panel of the zone, NR_FREE_PAGES is the zone's counter."
say(("Each cpu has a vm_stat_diff of at most stat_threshold (%d) pages."):format(threshold))
local cpu = math.random(0, m.cpus - 1)
ask {
	text = ("A block of two pages is allocated on cpu %d. By how many pages does NR_FREE_PAGES fall?"):format(cpu),
	type = "number",
	feedback = { ["2"] = "Two pages fewer are on the free lists, but the counter is not exact." },
	run = function(t)
		local before = zone().free
		two_pages(cpu)
		return before - zone().free, ("The -2 stays in the vm_stat_diff of cpu %d; it does not exceed stat_threshold (%d)."):format(
			cpu, threshold), t:first "zone_counter"
	end,
}
expect(zone().free_exact == zone().free - 2, "two pages fewer are free")
say(("After one request: zone counter %d, really free %d."):format(zone().free, zone().free_exact))
ask {
	"More such requests follow. Which one changes the zone counter? The first, just made, is number 1.",
	type = "number",
	feedback = {
		[tostring(threshold // 2)] = ("The diff is then -%d, no more than stat_threshold."):format(threshold // 2 * 2),
		["1"] = "The first one left the counter as it was.",
	},
	run = function(t)
		local nr, counter = 1
		repeat
			two_pages(cpu)
			nr = nr + 1
			counter = t:first("zone_counter", "folded")
		until counter
		return nr, ("Only %d * 2 pages exceed stat_threshold (%d); a smaller sum stays in the vm_stat_diff."):format(nr, threshold),
			t:first("zone_counter", "not folded")
	end,
}
expect(zone().free == zone().free_exact, "the diff has been added to the zone counter")
say "A block of 64 pages exceeds stat_threshold alone."
take(6, cpu)

-- Allocate blocks, the smallest first, until exactly @target pages are free.
-- First the unmovable pages, so that no block is stolen (lesson 09).
local function leave(target)
	for order = 8, 0, -1 do m:alloc { order = order } end
	local function rest() return zone().free_exact - target end
	if rest() % 2 == 1 then take(0, 0) end
	for order = 1, 9 do
		if rest() >> order & 1 == 1 then take(order, 0) end
	end
	while rest() > 0 do take(10, 0) end
end
local low = zone().watermark.low
fold(("Requests until %d pages are free"):format(low + 2), function() leave(low + 2) end)
scene "The watermark check reads the zone's counter"
expect(zone().free == low + 2, "the last block was large, so no diff is left")
say(("Zone counter %d, low watermark %d. More is required."):format(zone().free, low))
say(("At first the diffs are %s: the counter is exact."):format(diffs()))
ask {
	text = ("Block after block of two pages is allocated, %d on each cpu. By how many pages is the counter then wrong?"):format(
		threshold // 2),
	type = "number",
	feedback = {
		["0"] = "No cpu's changes exceed stat_threshold: the counter keeps its old value.",
		[tostring(m.cpus > 1 and threshold // 2 * 2 or 2)] = "That is the diff of one cpu; every cpu has its own.",
	},
	run = function(t)
		for c = 0, m.cpus - 1 do
			for _ = 1, threshold // 2 do
				expect(two_pages(c), "the counter has not changed, so the check passes")
			end
		end
		return zone().free - zone().free_exact, ("The counter stays at %d while the diffs become %s: %d pages are really free."):format(
			zone().free, diffs(), zone().free_exact), t:first "zone_counter"
	end,
}
say(("%d pages are free; the low watermark is %d. Yet it refused no request."):format(zone().free_exact, low))
expect(zone().free - zone().free_exact <= m.cpus * threshold, "property: the error is at most cpus * stat_threshold")
ask {
	"Two more such requests on cpu 0. Which of them does the fast path serve?",
	choices = {
		{ "both", feedback = "With the first one the diff exceeds stat_threshold: the second check sees a lower counter." },
		"the first only",
		{ "neither", feedback = "Nothing has changed the counter before the first check." },
	},
	run = function(t)
		local first, second = take(1, 0), take(1, 0)
		return second and 1 or first and 2 or 3,
			("The first check reads %d. Its own pages are subtracted then; the second check reads %d."):format(low + 2, zone().free),
			t:first("zone_counter", "folded")
	end,
}
say(("Cpu %d frees a block that cpu %d allocated. Whose diff changes?"):format((cpu + 1) % m.cpus, cpu))
blocks[1]:free { cpu = (cpu + 1) % m.cpus }
say(("Zone counter %d, really free %d, diffs %s."):format(zone().free, zone().free_exact, diffs()))
-- Exercise: your requests here. `blocks` is the list of the last blocks of two pages.
expect(m:check(), "property: the counter plus all diffs equals the pages on the free lists")
takeaway [[A watermark check reads the zone's counter alone; it can be wrong by cpus * stat_threshold pages.
kswapd and the slow path add the diffs where it matters (zone_page_state_snapshot()).]]
exercise {
	("Make the counter wrong the other way: %d more pages are free than it says."):format(threshold * m.cpus),
	checks = {
		{ "more pages are free than the counter says", zone().free_exact > zone().free },
		{ "as many more as the cpus can keep in vm_stat_diff", zone().free_exact - zone().free == threshold * m.cpus },
	},
	variants = {
		{ "cpus=1", "one cpu: a smaller stat_threshold" }, { "cpus=4", "four cpus" }, { "cpus=8", "eight cpus: a larger error" },
	},
}
