-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 04-per-cpu-lists: a cpu's own pages, and why they are not always its own.
--
-- For the teacher (ten minutes). The belief to break: "pages in my per-cpu
-- list are always mine to take". Draw the lane on the board with its two
-- ends before you begin. Let everybody commit to an answer before the last
-- question; almost all say "it gets one, seven are there". The numbers in
-- the captions come from the machine.
--
-- This is Linux 5.10, where only single pages (order 0) have such lists.
-- Since 5.14 orders 0 to 3 (and the huge page's) have them, and `high`
-- changes with the load; the watermark is still asked first.

lesson {
	title = "Per-cpu lists",
	goal = "See refill, hit and bulk free, and why a full lane can be out of reach.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"

local function zone(name) return m:node(0):zone(name or "DMA32") end
local function lane() return zone():pcp(0) end
local held = {}
local function take() held[#held + 1] = assert(m:alloc { gfp = MOVABLE }) end
local function give() table.remove(held):free() end

scene "Refill and hit"
ask {
	text = "The lane is empty and one page is asked for. By how many pages does NR_FREE_PAGES fall?",
	hint = "A whole batch is fetched, and taken off the counter once",
	run = function()
		local before = zone().free
		take()
		return before - zone().free
	end,
}
expect(lane().count == lane().batch - 1, "the rest of the batch waits in the lane")
ask {
	text = "And for the second page?",
	run = function()
		local before = zone().free
		take()
		return before - zone().free
	end,
}

scene "Warm pages"
local last = held[#held]
give()
take()
expect(held[#held].pfn == last.pfn, "freed last, given first: it is still in the cpu's cache")

scene "High"
while #held < lane().high + lane().batch do take() end
say(("%d pages are held; the lane has %d, and its high is %d."):format(#held, lane().count, lane().high))
ask {
	text = ("All but %d are freed, one by one. How many of them leave the lane for the free lists?"):format(lane().batch),
	hint = "At high a batch goes back, from the cold end",
	run = function(t)
		while #held > lane().batch do give() end
		return t:count "mm_page_pcpu_drain"
	end,
}
expect(lane().count == lane().high - lane().batch, "high less a batch")
m:drain()

-- Take blocks until the counter of a zone reads @target. Each of them is
-- larger than what a cpu may keep to itself of the counter (lesson 12).
local function fill(name, gfp, target)
	while zone(name).free - target >= 4 do
		local order = 2
		while order < 10 and zone(name).free - target >= 2 ^ (order + 1) do order = order + 1 end
		assert(m:alloc { order = order, gfp = gfp })
	end
end

scene "A machine that is full"
while #held < 4 * lane().batch do take() end
-- DMA may not help out. Its first pageblock is unmovable, so it is taken by
-- unmovable requests: nothing needs to be stolen (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
local spare = zone("DMA").watermark.low + zone("DMA").lowmem_reserve[3]
fill("DMA", "GFP_DMA|__GFP_MOVABLE", spare)
while zone("DMA").free > spare do m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" } end
fill("DMA32", MOVABLE, zone().watermark.low + 2)
take()
local freed = param("freed", ({ 3, 8, 5, 11 })[math.random(4)])
for _ = 1, freed do give() end
say(("%d pages are free in DMA32, its low mark is %d."):format(zone().free, zone().watermark.low))
say(("%d pages were freed just now; the lane has %d."):format(freed, lane().count))

ask {
	text = "One more page is asked for. What happens?",
	choices = { "it gets a page from the lane", "it gets a page from the free lists", "the slow path begins" },
	hint = "The watermark is asked before the lane, and pages in a lane are not free",
	run = function()
		local b, reason = m:alloc { gfp = MOVABLE }
		if b then return 1 end
		local check = reason.zones[1]
		say(("%s: %d free, mark %d, short by %d."):format(check.zone, check.free, check.mark, 1 - check.slack))
		return 3
	end,
}
expect(lane().count == freed + lane().batch - 1, "the lane is untouched")

scene "Yours"
-- To change: --set freed=1 to 12. However many pages are in the lane, the
-- answer stays the same. The property: after a drain, it gets one.
m:drain()
local rescued = m:alloc { gfp = MOVABLE }
expect(rescued, "property: what was drained counts as free again")
