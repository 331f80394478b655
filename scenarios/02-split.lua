-- SPDX-License-Identifier: GPL-2.0-or-later
-- scenarios/02-split.lua
lesson { title = "A split", goal = "See which half expand() keeps.", minutes = 10 }
local m = machine { cpus = 1, nodes = { { memory = "64M" }, { memory = "64M" } }, distance = { { 10, 20 }, { 20, 10 } } }

on.watermark_check(function(e) if not e.ok then pause("refused, " .. e.short .. " pages short") end end)

local b
ask { "An order-3 block is asked for and the smallest free block is of order 10. How many blocks does expand() put back?",
      run = function(t) b = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE", node = 0, cpu = 0 }; return t:count "expand" end }
say "Of each half the lower is kept, the upper goes to the head of its list."

local function dma32() return m:node(0):zone("DMA32") end
local function asked(order) return m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE", node = 0, cpu = 0 } end

-- Wrong belief: "all small pieces are cut at once". Only the path down to
-- order 3 was cut; its pieces are one block of each order from 3 to 9.
for order = 0, 9 do
	expect(dma32().nr_free[order] == (order < 3 and 0 or 1), "one piece of order " .. order)
end
-- Wrong belief: "the upper half is mine".
expect(b.pfn == dma32().start_pfn, "the lowest frames of the block are ours")

scene "The neighbour"
local c
ask { text = "The same request again. How many blocks does expand() put back this time?",
      hint = "Its neighbour waits at the head of the order-3 list.",
      run = function(t) c = asked(3); return t:count "expand" end }
expect(c.pfn == b.pfn + 8, "the block beside it")

scene "And back"
b:free()
say(("%d is free again, but its buddy %d is in use: they cannot merge."):format(b.pfn, c.pfn))
ask { text = "Now its buddy is freed too. How many merges bring the block of order 10 back?",
      run = function(t) c:free(); return t:count "buddy_merge" end }
expect(dma32().nr_free[10] == 12, "twelve blocks of order 10, as at the start")

scene "Yours"
-- To change: zonewalk run 02-split.lua --set order=5, or another order.
-- The property holds for every order from 0 to 10; say first what you expect
-- for order 0, and look at what is different there.
local order = param("order", ({ 3, 7, 5, 8 })[math.random(4)])
local d, splits
ask { text = ("One block of order %d. How many blocks are put back?"):format(order),
      run = function(t) d = asked(order); splits = t:count "expand"; return splits end }
if order > 0 then
	expect(splits == 10 - order, "property: one split for each order between")
else
	expect(splits > 10, "property: order 0 is a refill, page by page")
end
expect(d.pfn % 2 ^ order == 0, "property: a block's frame is a multiple of its size")

-- For the teacher (ten minutes). Let the class write down a number before
-- the first reveal: 1 and 10 are the usual answers, it is the number of
-- orders between. Step through the ladder; ask before each rung which half
-- goes back. The second question shows why: neighbours find their pieces
-- without a search. Then step backwards over the split: nothing is lost.
-- A common question: why the lower half? Either would do; the kernel's
-- expand() moves the size down and leaves the page where it is.
-- This is Linux 5.10. In 6.4 MAX_ORDER became inclusive (10 where it was 11),
-- in 6.8 it was renamed MAX_PAGE_ORDER; the split is the same.
