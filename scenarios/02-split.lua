-- SPDX-License-Identifier: GPL-2.0-or-later
-- scenarios/02-split.lua
lesson { title = "A split", goal = "See which half expand() keeps.", minutes = 10 }
local m = machine { cpus = 1, nodes = { { memory = "64M" }, { memory = "64M" } }, distance = { { 10, 20 }, { 20, 10 } } }

on.watermark_check(function(e) if not e.ok then pause("refused, " .. e.short_by .. " pages short") end end)

local b
ask { "An order-3 block is requested and the smallest free block has order 10. How many blocks does expand() return?",
      run = function(t) b = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE", node = 0, cpu = 0 }; return t:count "expand" end,
      reason = "One block for each order from 9 down to 3." }
say "The lower half is kept; the upper half goes to the head of its list."

local function dma32() return m:node(0):zone("DMA32") end
local function request(order) return m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE", node = 0, cpu = 0 } end

-- Wrong belief: "the whole block is cut into order-3 blocks at once". Only
-- one half is split at each order; one block of each order 3 to 9 remains.
for order = 0, 9 do
	expect(dma32().nr_free[order] == (order < 3 and 0 or 1), "free blocks of order " .. order)
end
-- Wrong belief: "the upper half is allocated".
expect(b.pfn == dma32().start_pfn, "the lowest pages of the block are allocated")

scene "The buddy"
local c
ask { text = "The same request again. How many blocks does expand() return this time?",
      reason = "The buddy of the first block is at the head of the order-3 list.",
      run = function(t) c = request(3); return t:count "expand" end }
expect(c.pfn == b.pfn + 8, "the next block")

scene "Freeing both"
b:free()
say(("pfn %d is free again, but its buddy %d is in use: they cannot merge."):format(b.pfn, c.pfn))
ask { text = "Now its buddy is freed too. How many merges restore the block of order 10?",
      reason = "One merge for each order from 3 to 9.",
      run = function(t) c:free(); return t:count "buddy_merge" end }
expect(dma32().nr_free[10] == 12, "twelve blocks of order 10, as at the start")

scene "Exercise"
-- To change: zonewalk run 02-split.lua --set order=5, or another order.
-- The property holds for every order from 0 to 10. Before you run it, say
-- what you expect for order 0, and find out what is different there.
local order = param("order", ({ 3, 7, 5, 8 })[math.random(4)])
local d, splits
ask { text = ("One block of order %d. How many blocks does expand() return?"):format(order),
      run = function(t) d = request(order); splits = t:count "expand"; return splits end }
if order > 0 then
	expect(splits == 10 - order, "property: one split for each order between")
else
	expect(splits > 10, "property: an order-0 request refills the per-cpu list, page by page")
end
expect(d.pfn % 2 ^ order == 0, "property: a block's pfn is a multiple of its size")

-- For the teacher (ten minutes). Let the class write down a number before
-- the first answer: 1 and 10 are common; the answer is the number of orders
-- between. Step through the splits; before each one, ask which half goes
-- to the free list. The second question shows the benefit: the next request
-- of this order needs no split. Then step backwards over the split: every
-- word is restored. A common question: why the lower half? Either would do;
-- the kernel's expand() halves the size and leaves the page where it is.
-- This is Linux 5.10. In 6.4 MAX_ORDER became inclusive (10 where it was 11);
-- in 6.8 it was renamed MAX_PAGE_ORDER. The split has not changed.
