-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 06-high-order: why a large block is refused although enough pages are free.
--
-- For the teacher (ten minutes). The belief to correct: "the sum of the free
-- pages decides". __zone_watermark_ok() makes two checks, one after the
-- other: are enough pages free, and is a large enough block free? Let the
-- class find an example for each before you show it. The machine is small on
-- purpose: watch the map of page frames while one block of each pair is freed.
--
-- This is Linux 5.10; the two checks and their order are unchanged. Since
-- 5.14 blocks up to order 3 may be on the per-cpu lists; they are then on no
-- free list, and the second check does not see them.

lesson {
	title = "High order",
	goal = "Distinguish the two refusals: too few free pages, or no free block.",
	minutes = 10,
}

-- All 16M lie below the limit of zone DMA: the machine has one zone.
local m = machine { cpus = 1, nodes = { { memory = "16M" } } }
local function zone() return m:node(0):zone("DMA") end
local function take(order) return m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } end

local order = param("order", 6)
expect(order >= 6 and order <= 9, "choose an order from 6 to 9")
local size = 1 << order
local function has_block()
	for o = order, m.max_order - 1 do
		if zone().nr_free[o] > 0 then return true end
	end
	return false
end

scene "Rounding"
local pages = ({ 11, 6, 5, 7 })[math.random(4)]
ask {
	text = ("A driver needs %d contiguous pages. How many are allocated?"):format(pages),
	reason = "A block has 1, 2, 4, 8 ... pages; the driver also gets those that it does not need.",
	run = function()
		local before, rounded = zone().free, 0
		while 1 << rounded < pages do rounded = rounded + 1 end
		local b = take(rounded)
		local taken = before - zone().free
		expect(taken == 1 << b.order and taken >= pages, "a whole block is allocated")
		b:free()
		return taken
	end,
}

scene "A free block, but too few free pages"
say(("Blocks of order %d are allocated in pairs until few pages are free."):format(order - 1))
-- First the unmovable pages, so that no block is stolen later (lesson 09).
for o = 8, 5, -1 do m:alloc { order = o } end
local held = {}
while zone().free - (size - 1) > zone().watermark.low do
	held[#held + 1] = take(order - 1)
	held[#held + 1] = take(order - 1)
end
expect(has_block(), "a large enough block is free")
say(("%d pages are free, low watermark %d, and a block of order %d is free."):format(
	zone().free, zone().watermark.low, order))

-- One request of that order: which of the two checks refuses it?
local why
local function refusing_check(t)
	local b, reason = take(order)
	if b then return 3 end
	why = reason.zones[1]
	expect(t:first("watermark_check").ok == (why.check == "free_area"), "the second check is made only after the first has passed")
	return why.check == "watermark" and 1 or 2
end
local choices = { "the first: too few free pages", "the second: no free block", "neither: a block is allocated" }
say "First check: are enough pages free? Second: is a large enough block free?"
ask {
	text = ("A block of order %d is requested. Which check refuses it?"):format(order),
	choices = choices,
	reason = "The check subtracts the whole block first; what remains must exceed the watermark.",
	run = refusing_check,
}
say(("%d free - %d unusable > %d? No: %d pages short."):format(
	why.free, why.unusable, why.watermark, 1 - why.margin))

scene "Enough free pages, but no free block"
local halves = {}
for i = 1, #held - 1, 2 do
	local free = i + math.random(0, 1)
	held[free]:free()
	halves[#halves + 1] = held[2 * i + 1 - free]
end
while has_block() do take(order) end
say(("%d pages are free now, and the largest free block has order %d."):format(zone().free, order - 1))
ask {
	text = "The same request once more. Which check refuses it?",
	reason = "One block of each pair is free, and its buddy is in use: none can merge.",
	choices = choices,
	run = refusing_check,
}
say(why.why)

scene "Exercise"
-- To change: --set order=7, 8 or 9. Your task: free one block so that the
-- request is served, and say beforehand which block it must be. The property:
-- not the number of freed pages decides, but whether two buddies are free.
local buddy = halves[math.random(#halves)]
say(("Block %d is freed; its buddy is already free."):format(buddy.pfn))
buddy:free()
local b = take(order)
expect(b and b.pfn == buddy.pfn & ~(size - 1), "property: two buddies form the block")
expect(m:check(), "property: every invariant holds")
