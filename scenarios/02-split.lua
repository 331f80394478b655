-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 02-split: how a large block becomes a small one.

lesson { title = "A split", goal = "See which half expand() keeps.", minutes = 10 }

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local function request(order) return m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } end

scene "Order 10 to order 3"
say [[A block of order n is 2^n contiguous pages. Linux 5.10 keeps free blocks on
lists: one for each order from 0 to 10 and each migratetype.]]
say "Look at the free lists of DMA32: which orders have blocks?"
say [[A task needs a block of order 3, that is 8 pages. The blocks are larger:
expand() splits one of them.]]
local b
ask {
	"How many blocks does expand() return to the free lists?",
	type = "number",
	feedback = {
		["1"] = "The rest, 1016 pages, is no power of two: it cannot be one block.",
		["2"] = "Each split leaves one free half, and more than two splits lie between order 10 and order 3.",
		["8"] = "Orders 10 to 3 are eight, but order 10 itself is not free afterwards: only halves are returned.",
		["127"] = "That would be the whole block cut into pieces of order 3 at once; only one half is split further.",
	},
	run = function(t)
		b = request(3)
		local taken = t:first "free_list_take"
		return t:count "expand", ("Each split returns one half: one block for each order from %d down to %d."):format(
			taken.order - 1, taken.low), t:first("expand", "order == low")
	end,
}
for order = 0, 9 do
	expect(m:node(0):zone("DMA32").nr_free[order] == (order < 3 and 0 or 1), "free blocks of order " .. order)
end
expect(b.pfn == m:node(0):zone("DMA32").start_pfn, "the lowest pages of the block are allocated")
say(([[The lower half is kept each time: pfn %d has not moved. The upper half
goes to the head of the list of its order.]]):format(b.pfn))
say "8 pages are allocated; 1016 are free, in one block each of orders 3 to 9."

scene "The same request again"
say [[A second block of order 3 is requested. Look back at the splits: which free
blocks did they leave?]]
local c
ask {
	"How many blocks does expand() return this time?",
	type = "number",
	feedback = {
		["7"] = "A block of order 10 is split only if no smaller block is large enough.",
		["1"] = "One split would be needed if order 4 were the smallest order that has a block.",
	},
	run = function(t)
		c = request(3)
		local taken = t:first "free_list_take"
		return t:count "expand", ("pfn %d has order %d, the right size: it is the upper half of the last split."):format(
			taken.pfn, taken.order), taken
	end,
}
say [[The search begins at the list of the requested order and goes upwards. The
block was on the first list: __rmqueue_smallest() had nothing to split.]]
say "A third block of order 3 is requested."
local d
ask {
	"How many blocks does expand() return now?",
	type = "number",
	feedback = {
		["0"] = "The only block of order 3 has just been allocated.",
		["7"] = "The search goes upwards from order 3: it finds a smaller block before it reaches order 10.",
	},
	run = function(t)
		d = request(3)
		local taken = t:first "free_list_take"
		return t:count "expand", ("The list of order 3 was empty; order %d had a block, pfn %d. Its upper half is free."):format(
			taken.order, taken.pfn), t:first "expand"
	end,
}

scene "Freeing"
say(("In use: the blocks at pfn %d, %d and %d."):format(b.pfn, c.pfn, d.pfn))
say "They are freed again, one by one."
d:free()
say(("pfn %d is freed. Its buddy %d was free: they are one block again."):format(d.pfn, d.pfn + 8))
b:free()
say(("pfn %d is freed as well. Its buddy %d is in use, so they cannot merge."):format(b.pfn, c.pfn))
ask {
	("Now the buddy, pfn %d, is freed. How many merges follow?"):format(c.pfn),
	type = "number",
	feedback = {
		["1"] = "The merged block of order 4 has a free buddy too, and so have the larger ones.",
		["0"] = "Both buddies are free then: they merge at once, not when memory is short.",
		["8"] = "Each merge raises the order by one, from 3 to 10.",
	},
	run = function(t)
		c:free()
		local last = t:first("buddy_merge", "merged_order == 10")
		return t:count "buddy_merge", ("Each order from 3 to 9 had a free buddy: pfn %d has order %d again."):format(
			last.merged, last.merged_order), last
	end,
}
expect(m:node(0):zone("DMA32").nr_free[10] == 12, "twelve blocks of order 10, as at the start")
say "Merging undoes the splits in reverse order. Memory is as at the beginning."

scene "Another order"
local order = param("order", ({ 4, 7, 5, 8 })[math.random(4)])
say(("A block of order %d is requested: 2^%d pages. Look at the free lists."):format(order, order))
local splits, block
ask {
	("How many blocks does expand() return for order %d?"):format(order),
	type = "number",
	feedback = { ["7"] = "That was order 3.", [order] = "The orders above the request count, not those below it." },
	run = function(t)
		block = request(order)
		splits = t:count "expand"
		expect(block.pfn % 2 ^ order == 0, "property: a block's pfn is a multiple of its size")
		expect(order == 0 and splits > 10 or splits == 10 - order, "property: one split for each order between")
		return splits, ("One for each order from 9 down to %d."):format(order), t:first("expand", "order == low")
	end,
}
if order > 0 and order < 10 then
	say(("The block begins at pfn %d; %d blocks were split off."):format(block.pfn, splits))
	say(("A second block of order %d is requested."):format(order))
	ask {
		("At which pfn does the second block of order %d begin?"):format(order),
		type = "pfn",
		hide = { "lists", "zone", "pcp" }, -- the block is the first of its list
		feedback = { [block.pfn] = "The lower half is allocated already.", ["5120"] = "A smaller block than this one is free." },
		run = function(t)
			local next_block, taken = request(order), t:first "free_list_take"
			return next_block.pfn, ("The last split returned pfn %d, the buddy of %d, to the list of order %d."):format(
				next_block.pfn, block.pfn, taken.order), taken
		end,
	}
end
say "Buddies: the two halves of one block. Lesson 03 is about how they merge."

takeaway "expand() splits the smallest sufficient block, keeps the lower half and returns one upper half per order."
takeaway "The next request of that order needs no split."
exercise {
	"Change the default of param(\"order\") so that expand() returns exactly one block.",
	checks = { { "expand() returned one block", splits == 1 }, { "every invariant holds", m:check() } },
	variants = { { "order=10", "no split" }, { "order=0", "one page: the per-cpu list is refilled with several" } },
}

-- For the teacher. Two beliefs to correct: "the block is cut into small pieces
-- at once" and "the upper half is allocated". Afterwards step backwards over
-- the splits. Why the lower half? Either would do: expand() halves the size
-- and leaves the page where it is.
--
-- Linux 5.10. In 6.4 MAX_ORDER became inclusive (10 where it was 11); in 6.8
-- it was renamed MAX_PAGE_ORDER. The split has not changed.
