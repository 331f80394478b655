-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 03-merge: which free blocks merge with their buddy, and which do not.
--
-- For the teacher (ten minutes). The belief to correct: "two adjacent free
-- blocks always merge". Draw eight adjacent blocks and write the pfn of each
-- in binary: buddies differ in exactly one bit, the bit of the block's size.
-- Let every student write down an answer before the first one is shown. The
-- second scene is about tail placement: a freed block goes to the tail of
-- its list if the buddy of the merged pair is already free. It is then
-- allocated last, and a merge becomes more likely.
--
-- This is Linux 5.10, and the rule is unchanged; 6.4 changed how MAX_ORDER
-- is counted, not which block is the buddy of which.

lesson {
	title = "Merging",
	goal = "Say which free blocks merge, and in which order they are allocated again.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local order = param("order", 1)
expect(order >= 1 and order <= 5, "choose an order from 1 to 5: order-0 pages are freed to a per-cpu list (lesson 04)")
local size = 1 << order
local function zone() return m:node(0):zone("DMA32") end
local function take() return assert(m:alloc { order = order, gfp = MOVABLE }) end
local nr_at_start = zone().nr_free[10]

-- The seed decides where the eight blocks lie: some memory is allocated first.
local rest = {}
for _ = 1, ({ 2, 1, 0, 3 })[math.random(4)] do
	rest[#rest + 1] = m:alloc { order = order + 3, gfp = MOVABLE }
end

scene "Neighbours and buddies"
local b = {}
for i = 1, 8 do b[i] = take() end
for i = 2, 8 do expect(b[i].pfn == b[1].pfn + (i - 1) * size, "the blocks are adjacent") end
say(("Eight blocks of order %d are in use, from pfn %d to pfn %d."):format(
	order, b[1].pfn, b[8].pfn + size - 1))
ask {
	text = ("The adjacent blocks %d and %d are freed. Do they merge to one block of order %d?"):format(
		b[2].pfn, b[3].pfn, order + 1),
	choices = {
		"yes: adjacent free blocks merge",
		"no: neither is the other's buddy",
		"no: the kernel merges only when memory is short",
	},
	reason = "The buddy's pfn differs in exactly one bit, the bit of the block's size.",
	run = function(t)
		b[2]:free()
		b[3]:free()
		expect(b[2].pfn ~ size == b[1].pfn and b[3].pfn ~ size == b[4].pfn, "their buddies are in use")
		return t:count "buddy_merge" == 0 and 2 or 1
	end,
}
say(("The buddy of %d is %d, and the buddy of %d is %d."):format(
	b[2].pfn, b[2].pfn ~ size, b[3].pfn, b[3].pfn ~ size))

ask {
	text = ("Now %d is freed as well. How many merges follow?"):format(b[1].pfn),
	run = function(t)
		b[1]:free()
		return t:count "buddy_merge"
	end,
}
say(("%d to %d are one free block. Its buddy %d is partly in use."):format(
	b[1].pfn, b[3].pfn - 1, b[3].pfn))

scene "Tail placement"
b[5]:free()
b[6]:free()
local merged = b[5].pfn
b[7]:free()
say(("%d and %d are free, their buddies are in use. %d was freed last."):format(
	b[3].pfn, b[7].pfn, b[7].pfn))
local list = zone():blocks(order, "movable")
expect(list[#list] == b[7].pfn, "the block freed last is at the tail")
local again
ask {
	text = ("One block of order %d is requested. Which of the two is allocated?"):format(order),
	choices = {
		("%d, which was freed first"):format(b[3].pfn),
		("%d, which was freed last"):format(b[7].pfn),
	},
	reason = "A freed block goes to the tail if the buddy of the merged pair is free: a merge is likely soon.",
	run = function()
		again = take()
		return again.pfn == b[3].pfn and 1 or 2
	end,
}
ask {
	text = ("The expected merge: %d is freed. Of which order is the merged block?"):format(b[8].pfn),
	run = function()
		b[8]:free()
		return m:page(b[8].pfn).order
	end,
}
expect(m:page(b[8].pfn).block == merged, "it begins at the pair that was free already")

scene "Exercise"
-- To change: --set order=2, or up to 5. Your task: free eight adjacent blocks
-- so that none merges before the last free. The property holds for every
-- sequence of frees; here the sequence is random.
rest[#rest + 1] = again
rest[#rest + 1] = b[4]
for _ = 1, 8 do table.insert(rest, math.random(#rest + 1), take()) end
for _, block in ipairs(rest) do block:free() end
say(("%d blocks of order 10 are free again, of %d at the start."):format(zone().nr_free[10], nr_at_start))
expect(zone().nr_free[10] == nr_at_start, "property: all blocks merge again, in whatever order they are freed")
expect(m:check(), "property: no two buddies are both free and unmerged")
