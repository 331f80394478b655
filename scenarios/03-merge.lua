-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 03-merge: which free blocks merge with their buddy, and which do not.

lesson { title = "Merging", goal = "Say which free blocks merge, and where the others are put.", minutes = 10 }

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local order = param("order", 1)
expect(order >= 1 and order <= 5, "choose an order from 1 to 5 (order 0: lesson 04)")
local size = 1 << order
local function take(o) return assert(m:alloc { order = o or order, gfp = "GFP_HIGHUSER_MOVABLE" }) end

local function take_eight()
	local blocks = {}
	for i = 1, 8 do blocks[i] = take() end
	expect(blocks[8].pfn == blocks[1].pfn + 7 * size, "the blocks are adjacent")
	return blocks
end

scene "Neighbours and buddies"
say [[Linux 5.10 merges a freed block with its buddy if the buddy is free,
then the merged block with its own buddy, and so on.]]
local rest = {} -- the seed decides where the eight blocks lie
local b = fold(("Eight adjacent blocks of order %d are allocated"):format(order), function()
	for _ = 1, ({ 2, 1, 0, 3 })[math.random(4)] do rest[#rest + 1] = take(order + 3) end
	return take_eight()
end)
say(("Eight blocks of order %d are in use. Their first pages:\n%d  %d  %d  %d  %d  %d  %d  %d"):format(order,
	b[1].pfn, b[2].pfn, b[3].pfn, b[4].pfn, b[5].pfn, b[6].pfn, b[7].pfn, b[8].pfn))
say "Look at the pageblocks: m is one that is partly in use."
say(("Blocks 2 and 3, %d and %d, are freed."):format(b[2].pfn, b[3].pfn))
ask {
	"Blocks 2 and 3 are adjacent, and both are free. Do they merge?",
	type = "choice",
	choices = {
		{ "yes: adjacent free blocks merge", feedback = "The merged block's pfn would be no multiple of its size." },
		"no: neither is the other's buddy",
		{ "no: memory is not short", feedback = "Every free looks for the buddy at once, however much is free." },
	},
	run = function(t)
		b[2]:free()
		b[3]:free()
		expect(b[2].pfn ~ size == b[1].pfn and b[3].pfn ~ size == b[4].pfn, "their buddies are in use")
		return t:count "buddy_merge" == 0 and 2 or 1, ("The buddy of %d is %d, that of %d is %d: both are in use."):format(
			b[2].pfn, b[1].pfn, b[3].pfn, b[4].pfn), t:first("free_list_add", "pfn == " .. b[3].pfn)
	end,
}
say "The buddy is the other half of the block of the next order."
say(("Buddies differ in one bit, the bit of the block's size: %d.\n%d = 0x%x, its buddy %d = 0x%x"):format(
	size, b[2].pfn, b[2].pfn, b[1].pfn, b[1].pfn))
ask {
	("Which pfn is the buddy of %d (0x%x, order %d)?"):format(b[7].pfn, b[7].pfn, order),
	type = "pfn",
	feedback = { [b[6].pfn] = "Adjacent, but more than one bit differs.", [b[5].pfn] = "The next higher bit differs." },
	run = function()
		return b[8].pfn, ("%d xor %d = %d."):format(b[7].pfn, size, b[7].pfn ~ size)
	end,
}
say(("Now the first block, %d, is freed as well."):format(b[1].pfn))
ask {
	"Blocks 1, 2 and 3 are free then. How many merges follow?",
	type = "number",
	feedback = { ["0"] = "Block 2 is the buddy, and it is free.", ["2"] = "The buddy of block 3 is block 4, in use." },
	run = function(t)
		b[1]:free()
		local merge = t:first "buddy_merge"
		return t:count "buddy_merge", ("%d and %d become one block of order %d. Its buddy, at %d, is partly in use."):format(
			merge.pfn, merge.buddy, merge.merged_order, b[3].pfn), t:first "free_list_add"
	end,
}

scene "Head or tail"
say "Blocks 5 and 6 are freed next."
b[5]:free()
b[6]:free()
say(("They are buddies and merge: pfn %d, order %d."):format(b[5].pfn, order + 1))
say(("Block 7, pfn %d, is next. Its buddy, block 8, is in use.\n"
	.. "The list of order %d has one block already, block 3."):format(b[7].pfn, order))
ask {
	"At which end of the list is block 7 put? (Requests take from the head.)",
	type = "choice",
	choices = {
		{ "at the head: it was freed last", feedback = "That is the rule if no larger merge is near." },
		"at the tail: a larger merge is near",
	},
	run = function(t)
		b[7]:free()
		local add = t:first "free_list_add"
		return add["end"] == "tail" and 2 or 1, ("A larger merge is likely: the buddy of the pair 7 and 8 is free, at %d. "
			.. "At the tail, %d is allocated last."):format(b[5].pfn, add.pfn), add
	end,
}
rest[#rest + 1] = take()
expect(rest[#rest].pfn == b[3].pfn, "the block at the head is allocated")
say(("A request of order %d took the head of the list: pfn %d, block 3."):format(order, b[3].pfn))
say "The other block of the list still waits for its buddy."
ask {
	("Now block 8, pfn %d, is freed. Of which order is the merged block?"):format(b[8].pfn),
	type = "order",
	feedback = { [order + 1] = "That is the pair of 7 and 8; its buddy, the pair of 5 and 6, is free too." },
	run = function(t)
		b[8]:free()
		return m:page(b[8].pfn).order, ("7 and 8 merge, then the pair with the pair at %d. The next buddy, at %d, is partly "
			.. "in use."):format(b[5].pfn, b[1].pfn), t:first "free_list_add"
	end,
}

scene "Four of eight"
b = fold("All blocks are freed, and eight are allocated again", function()
	rest[#rest + 1] = b[4]
	for _, block in ipairs(rest) do block:free() end
	return take_eight()
end)
local frees = param("frees", "1 2 3 4")
say "The eight blocks are in use again; all other memory is free."
say(("Four of them are freed, in this order: %s."):format(frees))
local merges
ask {
	"How many merges follow from the four frees?",
	type = "number",
	feedback = { ["2"] = "1 and 2 merge, and 3 and 4 merge; the two pairs are buddies too." },
	run = function(t)
		for i in frees:gmatch "%d" do b[tonumber(i)]:free() end
		merges = t:count "buddy_merge"
		return merges, ("Each merge makes one block of two. Free blocks left of the four: %d."):format(4 - merges)
	end,
}
fold("The other four are freed, in random order", function()
	local others = {}
	for i, block in ipairs(b) do
		if not frees:find(i) then table.insert(others, math.random(#others + 1), block) end
	end
	for _, block in ipairs(others) do block:free() end
end)
say(("%d blocks of order 10 are free again, as at the start."):format(m:node(0):zone("DMA32").nr_free[10]))
say "In whatever order blocks are freed: in the end all of them have merged."
expect(m:node(0):zone("DMA32").nr_free[10] == 12, "property: all blocks merge again, in whatever order they are freed")

takeaway "Only buddies merge: two free blocks of one order whose pfns differ in the bit of their size."
takeaway "A freed block goes to the tail of its list if a larger merge is likely."
exercise {
	"Change the default of param(\"frees\") to four other numbers, so that no merge follows.",
	checks = { { "no merge follows from the four frees", merges == 0 }, { "every invariant holds", m:check() } },
	variants = { { "order=3", "the same with blocks of 8 pages" }, { "frees=3 4 5 6", "two pairs that are no buddies" } },
}

-- For the teacher. The belief to correct: "two adjacent free blocks always
-- merge". Draw eight adjacent blocks and write the pfn of each in binary:
-- buddies differ in exactly one bit, the bit of the block's size.
-- Linux 5.10; the rule has not changed.
