-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 06-high-order: why a large block is refused although enough pages are free.
--
-- For the teacher (ten minutes). The belief to break: "the sum of the free
-- pages decides". Two questions are asked of a zone, one after the other:
-- are enough pages left, and is there a block? Let the class find an example
-- for each of the two before you show it. The machine is small on purpose:
-- look at the map of frames while one block of each pair is freed.
--
-- This is Linux 5.10; the two questions and their order are the same today.
-- Since 5.14 blocks up to order 3 may wait on the per-cpu lists; they are on
-- no free list then, and the second question does not see them.

lesson {
	title = "High order",
	goal = "Tell the two refusals apart: too few pages, or no block.",
	minutes = 10,
}

-- 16M are all below the limit of zone DMA: the machine has one zone.
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
	text = ("A driver needs %d pages in a row. How many are taken from the zone?"):format(pages),
	hint = "A block has 1, 2, 4, 8 ... pages; the rest is the driver's too, used or not",
	run = function()
		local before, rounded = zone().free, 0
		while 1 << rounded < pages do rounded = rounded + 1 end
		local b = take(rounded)
		local taken = before - zone().free
		expect(taken == 1 << b.order and taken >= pages, "a whole block")
		b:free()
		return taken
	end,
}

scene "A block, but too few pages"
say(("Blocks of order %d are taken, two by two, until little is left."):format(order - 1))
-- First what is unmovable, so that nothing is stolen later (lesson 09).
for o = 8, 5, -1 do m:alloc { order = o } end
local held = {}
while zone().free - (size - 1) > zone().watermark.low do
	held[#held + 1] = take(order - 1)
	held[#held + 1] = take(order - 1)
end
expect(has_block(), "a block is there")
say(("%d pages are free, the low mark is %d, and a block of order %d is there."):format(
	zone().free, zone().watermark.low, order))

-- One request of the order in question; which question said no?
local why
local function who_says_no(t)
	local b, reason = take(order)
	if b then return 3 end
	why = reason.zones[1]
	expect(t:first("watermark_check").ok == (why.gate == "free_area"), "the second is asked after a yes only")
	return why.gate == "watermark" and 1 or 2
end
local choices = { "the first: too few pages", "the second: no block", "none: it is given" }
say "Asked first: are enough pages left? Asked second: is there a block?"
ask {
	text = ("A block of order %d is asked for. Which question says no?"):format(order),
	choices = choices,
	hint = "The whole block is thought away first: what would be left must be more than the mark",
	run = who_says_no,
}
say(why.why)

scene "Enough pages, but no block"
local halves = {}
for i = 1, #held - 1, 2 do
	local free = i + math.random(0, 1)
	held[free]:free()
	halves[#halves + 1] = held[2 * i + 1 - free]
end
while has_block() do take(order) end
say(("%d pages are free now, and the largest block is of order %d."):format(zone().free, order - 1))
ask {
	text = "The same request once more. Which question says no?",
	choices = choices,
	run = who_says_no,
}
say(why.why)

scene "Yours"
-- To change: --set order=7, 8 or 9. Your task: free one block so that the
-- request passes, and say before which one it must be. The property: what
-- counts is not how many pages are freed, it is whose buddy they are.
local buddy = halves[math.random(#halves)]
say(("Block %d is freed: the one beside it is free already."):format(buddy.pfn))
buddy:free()
local b = take(order)
expect(b and b.pfn == buddy.pfn & ~(size - 1), "property: two buddies make the block")
expect(m:check(), "property: the machine is sane")
