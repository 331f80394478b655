-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 04-per-cpu-lists: the pages of a cpu, and why a request cannot always
-- have them.
--
-- For the teacher (ten minutes). The belief to correct: "pages on my per-cpu
-- list are always available to me". Draw the list with its head and its tail
-- on the board before you begin. Let every student commit to an answer before
-- the last question; nearly all say "it gets a page, seven are there". The
-- numbers in the captions come from the machine.
--
-- This is Linux 5.10, where only order 0 uses per-cpu lists. Since 5.14
-- orders 0 to 3 (and the huge page's order) use them, and `high` changes with
-- the load; the watermark is still checked first.

lesson {
	title = "Per-cpu lists",
	goal = "See refill, hit and bulk free; say when a per-cpu list cannot be used.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"

local function zone(name) return m:node(0):zone(name or "DMA32") end
local function pcp() return zone():pcp(0) end
local held = {}
local function take() held[#held + 1] = assert(m:alloc { gfp = MOVABLE }) end
local function put() table.remove(held):free() end

scene "Refill and hit"
ask {
	text = "The per-cpu list is empty and one page is requested. By how much does NR_FREE_PAGES fall?",
	reason = "The refill takes a whole batch and subtracts it from the counter once.",
	run = function()
		local before = zone().free
		take()
		return before - zone().free
	end,
}
expect(pcp().count == pcp().batch - 1, "the rest of the batch is on the per-cpu list")
ask {
	text = "And for the second page?",
	reason = "The page is on the per-cpu list already and was subtracted with its batch.",
	run = function()
		local before = zone().free
		take()
		return before - zone().free
	end,
}

scene "Last in, first out"
local last = held[#held]
put()
take()
expect(held[#held].pfn == last.pfn, "freed last, allocated first: it is probably still in the cpu's cache")

scene "High"
while #held < pcp().high + pcp().batch do take() end
say(("%d pages are allocated; %d are on the per-cpu lists, and high is %d."):format(#held, pcp().count, pcp().high))
ask {
	text = ("All but %d are freed, one by one. How many go from the per-cpu list to the free lists?"):format(pcp().batch),
	reason = "When the count reaches high, one batch is freed from the tail, the coldest pages first.",
	run = function(t)
		while #held > pcp().batch do put() end
		return t:count "mm_page_pcpu_drain"
	end,
}
expect(pcp().count == pcp().high - pcp().batch, "high minus one batch")
m:drain()

-- Allocate blocks until a zone's NR_FREE_PAGES is @target. Each block is larger
-- than stat_threshold, so that no per-cpu diff hides it (lesson 12).
local function fill(name, gfp, target)
	while zone(name).free - target >= 4 do
		local order = 2
		while order < 10 and zone(name).free - target >= 2 ^ (order + 1) do order = order + 1 end
		assert(m:alloc { order = order, gfp = gfp })
	end
end

scene "At the watermark"
while #held < 4 * pcp().batch do take() end
-- Zone DMA must not serve the request. Its first pageblock is unmovable, so
-- unmovable requests use it up: no block is stolen (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
local required = zone("DMA").watermark.low + zone("DMA").lowmem_reserve[3]
fill("DMA", "GFP_DMA|__GFP_MOVABLE", required)
while zone("DMA").free > required do m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" } end
fill("DMA32", MOVABLE, zone().watermark.low + 2)
take()
local freed = param("freed", ({ 3, 8, 5, 11 })[math.random(4)])
for _ = 1, freed do put() end
say(("DMA32: %d pages are free, the low watermark is %d."):format(zone().free, zone().watermark.low))
say(("Pages freed just now: %d. Pages on the per-cpu list: %d."):format(freed, pcp().count))

ask {
	text = "One more page is requested. What happens?",
	choices = { "a page of the per-cpu list is allocated", "a page of the free lists is allocated", "it enters the slow path" },
	reason = "The watermark is checked first, and pages on a per-cpu list do not count as free.",
	run = function()
		local b, reason = m:alloc { gfp = MOVABLE }
		if b then return 1 end
		local check = reason.zones[1]
		say(("%s: %d free, low watermark %d: short by %d pages."):format(check.zone, check.free, check.watermark, 1 - check.margin))
		return 3
	end,
}
expect(pcp().count == freed + pcp().batch - 1, "the per-cpu list is unchanged")

scene "Exercise"
-- To change: --set freed=1 to 12. However many pages are on the per-cpu list,
-- the answer is the same. The property: after a drain the request is served.
m:drain()
local served = m:alloc { gfp = MOVABLE }
expect(served, "property: drained pages count as free again")
