-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 09-migratetypes: which free list a page goes to, and how that changes.
--
-- For the teacher (ten minutes). The belief to correct: "a migratetype belongs
-- to the page". It belongs to the pageblock: a freed page goes to the list of
-- the type that its pageblock has. Let the class say before each step which
-- letter of the panel pageblocks changes.
-- This is Linux 5.10. The order of the search is the same today.

lesson {
	title = "Migratetypes",
	goal = "Predict which block is stolen and what its pageblock becomes.",
	minutes = 10,
}
local m = machine {
	cpus = 1,
	nodes = { { memory = "1M" } },
	pageblock_order = 4,
	max_order = 7,
	sysctl = { min_free_kbytes = 16 },
}
local function zone() return m:node(0):zone("DMA") end
local function take(order, gfp) return assert(m:alloc { order = order, gfp = gfp }) end
local MOVABLE, kernel_gfp = "GFP_HIGHUSER_MOVABLE", param("gfp", "GFP_KERNEL")
local kind = kernel_gfp:find "RECLAIMABLE" and "reclaimable" or "unmovable"

scene "The largest block"
say [[Linux 5.10, with pageblocks of 16 pages; a real machine has 512. The panel
pageblocks has a letter for the migratetype of each: U, M or R.]]
local movable, small = {}, {}
fold("The kernel uses the unmovable pageblock, a process some movable ones", function()
	for order = 3, 0, -1 do take(order, "GFP_KERNEL") end
	for i = 1, ({ 0, 1, 2 })[math.random(3)] do movable[i] = take(4, MOVABLE) end
end)
say "One movable block is requested. Its letter becomes a small one: partly free."
local own = take(2, MOVABLE)
own:lru(true)
say(("The movable block is at pfn %d, on an LRU list: migration could move it."):format(own.pfn))
say(("No %s block is free; free movable blocks have order 2 and more."):format(kind))
local steal
ask {
	text = ("Request: order 1, %s. Which block serves it, and what do the block's pageblocks become?"):format(kernel_gfp),
	choices = {
		{ "the smallest sufficient block; its pageblock stays movable",
			feedback = "Then each such request would put pages that cannot move into another movable pageblock." },
		{ "the largest block; its pageblocks stay movable", feedback = "Then the next such request would steal again." },
		"the largest block; its pageblocks become " .. kind,
	},
	run = function(t)
		take(1, kernel_gfp)
		steal = t:first "mm_page_alloc_extfrag"
		return steal.fallback_order < m.max_order - 1 and 1 or m:pageblock(steal.pfn) == kind and 3 or 2,
			("If types have to mix, then in as few pageblocks as possible. The block of order %d has %d of them."):format(
				steal.fallback_order, 1 << (steal.fallback_order - m.pageblock_order)), steal
	end,
}
expect(m:pageblock(steal.pfn + (1 << steal.fallback_order) - 1) == kind, "the last pageblock, too")
say(("The pageblocks of pfn %d to %d are %s now."):format(steal.pfn, steal.pfn + (1 << steal.fallback_order) - 1, kind))
ask {
	"The same request again. Is a block stolen again?",
	type = "yesno",
	feedback = { yes = "The stolen block was split, and its upper halves are on the lists of its new type." },
	run = function(t)
		take(1, kernel_gfp)
		local from = t:first "free_list_take"
		return t:count "mm_page_alloc_extfrag" > 0,
			("The %s list of order %d has a block, from the split of the stolen one."):format(from.migratetype, from.order), from
	end,
}

fold("Other requests use up every other free block", function()
	for order = m.max_order - 1, 1, -1 do
		while #zone():blocks(order, kind) > 0 do small[#small + 1] = take(1, kernel_gfp) end
		while order > 3 and #zone():blocks(order, "movable") > 0 do movable[#movable + 1] = take(order, MOVABLE) end
	end
end)
scene "The pageblock changes its type"
say(("%d pages are free, all in the pageblock of the movable block at pfn %d."):format(zone().free_exact, own.pfn))
ask {
	"The same request must now steal from that pageblock. What is the pageblock's type afterwards?",
	choices = {
		{ "movable: a movable block is in use there", feedback = "A block in use prevents nothing: pages are counted." },
		kind .. ": at least half of it is free or compatible",
	},
	run = function(t)
		take(1, kernel_gfp)
		local claim = t:first "steal_claim"
		return claim.ok and 2 or 1, ("%d free + %d compatible pages; at least %d required, half of the pageblock."):format(
			claim.free, claim.compatible, claim.required), claim
	end,
}
say(("Block %d, allocated as movable, is still in use in that pageblock."):format(own.pfn))
ask {
	text = ("Block %d is freed. To the list of which migratetype does it go?"):format(own.pfn),
	type = "migratetype",
	feedback = { movable = "It was allocated from a movable pageblock, but no page keeps the type of its request." },
	run = function(t)
		own:free()
		local add = t:first "free_list_add"
		return add.migratetype, "The pageblock decides, not the page: its type is " .. m:pageblock(own.pfn) .. " now.", add
	end,
}
say "Now a request of order 2 can use these pages. It ignores the watermarks."
expect(m:alloc { order = 2, gfp = kernel_gfp, alloc_flags = "NO_WATERMARKS" }, "served from the freed pages")

fold("Requests use up the larger blocks; every other small block is freed", function()
	while zone().nr_free[2] + zone().nr_free[3] + zone().nr_free[4] > 0 do
		m:alloc { order = 2, gfp = kernel_gfp, alloc_flags = "NO_WATERMARKS" }
	end
	for i = 1, #small - 1, 2 do small[i]:free() end
end)
scene "Small fragments"
say(("%d pages are free, in blocks of two, and none of them is movable."):format(zone().free_exact))
ask {
	text = "One movable page is requested. Does the pageblock that it is stolen from become movable?",
	type = "yesno",
	feedback = { yes = "Only a large movable steal claims a pageblock; a small one takes the block alone." },
	run = function(t)
		local b = take(0, MOVABLE)
		steal = t:first "mm_page_alloc_extfrag"
		expect(not steal.change_ownership, "stolen, without a change of the pageblock's type")
		return m:pageblock(b.pfn) == "movable",
			("A movable steal below order %d never changes the pageblock; this one has order %d."):format(
				m.pageblock_order // 2, steal.fallback_order), steal
	end,
}
say(("The movable page now lies in a pageblock that is %s."):format(m:pageblock(steal.pfn)))
say "Since Linux 6.10 a free block is always on the list of its pageblock's type."

local freed = 0
on.mm_page_free(function() freed = freed + 1 end)
-- Exercise: your requests here. `movable` is the list of the large movable blocks.
for order = 2, m.max_order - 1 do
	for _, pfn in ipairs(zone():blocks(order, kind)) do
		expect(m:pageblock(pfn) == kind, "property: the pageblock decides")
	end
end
expect(m:check(), "property: every invariant holds")
local function is_free(order) return #zone():blocks(order, "movable") > 0 end
takeaway [[A migratetype belongs to the pageblock: a freed page goes to the list of that type.
A steal takes the largest block and, if at least half of the pageblock is free or compatible, the pageblock with it.]]
exercise {
	"Free one block so that a whole movable pageblock is free again.",
	checks = {
		{ "a movable block of a whole pageblock is free", is_free(4) or is_free(5) or is_free(6) },
		{ "one block was freed", freed == 1 },
	},
	variants = { { "gfp=GFP_KERNEL|__GFP_RECLAIMABLE", "reclaimable requests steal in the same way" } },
}
