-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 03-merge: frees that join with their buddy, and those that do not.
--
-- For the teacher (ten minutes). The belief to break: "two adjacent free
-- blocks always merge". Draw eight blocks side by side and write the numbers
-- of their first frames in binary: buddies differ in one bit, the one that
-- is the block's size. Let everybody write down an answer before the first
-- reveal. The second scene is about a bet that the kernel makes: a freed
-- block goes to the tail of its list when its neighbours look as if they
-- would be free soon, so that it stays there until they are.
--
-- This is Linux 5.10, and it is so today; 6.4 changed how MAX_ORDER is
-- counted, not who is whose buddy.

lesson {
	title = "Merging",
	goal = "Say which free blocks join, and in which order they are given again.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local order = param("order", 1)
expect(order >= 1 and order <= 5, "choose an order from 1 to 5: single pages wait in a lane (lesson 04)")
local size = 1 << order
local function zone() return m:node(0):zone("DMA32") end
local function take() return assert(m:alloc { order = order, gfp = MOVABLE }) end
local whole = zone().nr_free[10]

-- With another seed the eight blocks lie elsewhere: some memory is taken first.
local rest = {}
for _ = 1, ({ 2, 1, 0, 3 })[math.random(4)] do
	rest[#rest + 1] = m:alloc { order = order + 3, gfp = MOVABLE }
end

scene "Neighbours and buddies"
local b = {}
for i = 1, 8 do b[i] = take() end
for i = 2, 8 do expect(b[i].pfn == b[1].pfn + (i - 1) * size, "the blocks lie side by side") end
say(("Eight blocks of order %d are in use, from frame %d to frame %d."):format(
	order, b[1].pfn, b[8].pfn + size - 1))
ask {
	text = ("The blocks %d and %d are freed. They touch. Do they become one block of order %d?"):format(
		b[2].pfn, b[3].pfn, order + 1),
	choices = {
		"yes: two free neighbours merge",
		"no: neither is the other's buddy",
		"no: merging waits until memory is short",
	},
	hint = "A buddy's first frame differs in one bit, the bit of the block's size",
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
	text = ("Now %d is freed as well. How many merges?"):format(b[1].pfn),
	run = function(t)
		b[1]:free()
		return t:count "buddy_merge"
	end,
}
say(("%d to %d are one block now. It stops there: of %d only a part is free."):format(
	b[1].pfn, b[3].pfn - 1, b[3].pfn))

scene "A bet on the neighbours"
b[5]:free()
b[6]:free()
local joined = b[5].pfn
b[7]:free()
say(("%d and %d are free, each with its buddy in use. %d was freed last."):format(
	b[3].pfn, b[7].pfn, b[7].pfn))
local list = zone():blocks(order, "movable")
expect(list[#list] == b[7].pfn, "the last one freed stands at the tail")
local again
ask {
	text = ("One block of order %d is asked for. Which of the two is given?"):format(order),
	choices = {
		("%d, which was freed first"):format(b[3].pfn),
		("%d, which was freed last"):format(b[7].pfn),
	},
	hint = "A block goes to the tail when its pair's buddy is free already: a merge is likely soon",
	run = function()
		again = take()
		return again.pfn == b[3].pfn and 1 or 2
	end,
}
ask {
	text = ("The bet pays off: %d is freed. How large is the block that it ends in?"):format(b[8].pfn),
	run = function()
		b[8]:free()
		return "order " .. m:page(b[8].pfn).order
	end,
}
expect(m:page(b[8].pfn).block == joined, "it reaches down to the pair that was waiting")

scene "Yours"
-- To change: --set order=2, or up to 5. Your task: free eight neighbours so
-- that nothing merges before the last step. The property holds for every
-- sequence: here the frees come in an order of chance.
rest[#rest + 1] = again
rest[#rest + 1] = b[4]
for _ = 1, 8 do table.insert(rest, math.random(#rest + 1), take()) end
for _, block in ipairs(rest) do block:free() end
say(("%d blocks of order 10 are free again, of %d at the start."):format(zone().nr_free[10], whole))
expect(zone().nr_free[10] == whole, "property: in whatever order they are freed, all merge again")
expect(m:check(), "property: no two buddies are free and apart")
