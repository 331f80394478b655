-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 09-migratetypes: whose list a page belongs to, and how that changes.
--
-- For the teacher (ten minutes). The belief to break: "a type belongs to the
-- page". It belongs to the pageblock: a page goes back to the list of the
-- type that its pageblock has by then. Look at the row of letters in the map
-- (U M R, lower case when partly free) and let the class say which letter
-- changes before each step. The machine is tiny (pageblocks of 16 pages;
-- Linux has 512), so that all of it stands on the screen.
--
-- This is Linux 5.10. The order of the search is the same today; 6.10 made
-- sure that a free block is on its pageblock's own list.

lesson {
	title = "Migratetypes",
	goal = "Say which block is stolen, and what its pageblock is afterwards.",
	minutes = 10,
}

local m = machine {
	cpus = 1,
	nodes = { { memory = "1M" } },
	pageblock_order = 4,
	max_order = 7,
	sysctl = { min_free_kbytes = 16 },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end
local function take(order, gfp) return assert(m:alloc { order = order, gfp = gfp }) end

local thief = param("thief", "GFP_KERNEL")
local kind = thief:find "RECLAIMABLE" and "reclaimable" or "unmovable"
-- The first pageblock is unmovable; the kernel itself uses it.
for order = 3, 0, -1 do take(order, "GFP_KERNEL") end

scene "The largest"
for _ = 1, ({ 0, 1, 2 })[math.random(3)] do take(4, MOVABLE) end
local own = take(2, MOVABLE)
own:lru(true) -- a page of a file: it could be moved
say(("A movable block is in use at %d. Nothing %s is free."):format(own.pfn, kind))
local orders = {}
for order = 0, m.max_order - 1 do
	if zone().nr_free[order] > 0 then orders[#orders + 1] = order end
end
local b, steal
ask {
	text = ("%s asks for two pages. Movable blocks of the orders %s are free. Which is taken from?"):format(
		thief, table.concat(orders, " ")),
	choices = { "the smallest that is large enough", "the largest", "the one beside the last" },
	hint = "If types must mix at all, then in as few pageblocks as possible",
	run = function(t)
		b = take(1, thief)
		steal = assert(t:first "mm_page_alloc_extfrag")
		return steal.fallback_order == m.max_order - 1 and 2 or 1
	end,
}
ask {
	text = ("The block was of order %d, %d pageblocks. What type have they now?"):format(
		steal.fallback_order, 1 << (steal.fallback_order - m.pageblock_order)),
	run = function() return m:pageblock(b.pfn) end,
}
expect(m:pageblock(b.pfn + (1 << steal.fallback_order) - 1) == kind, "the last one, too")

scene "The pageblock changes, the page stays"
-- What is left is used up: the stolen pages two by two, the rest in large blocks.
local pairs_of = {}
for order = m.max_order - 1, 1, -1 do
	while #zone():blocks(order, kind) > 0 do pairs_of[#pairs_of + 1] = take(1, thief) end
	while order >= 4 and #zone():blocks(order, "movable") > 0 do take(order, MOVABLE) end
end
say(("%d pages are free, all beside the movable block at %d."):format(zone().free_exact, own.pfn))
ask {
	text = "Two pages again. They must come from that pageblock. Whose is it afterwards?",
	choices = { "movable: a movable block lies in it", kind .. ": most of it is free or alike" },
	hint = "Free pages and pages of the new type must be half of it or more",
	run = function(t)
		take(1, thief)
		local claim = t:first "steal_claim"
		say(("%d free + %d alike, %d are needed."):format(claim.free, claim.alike, claim.needed))
		return m:pageblock(own.pfn) == "movable" and 1 or 2
	end,
}
ask {
	text = ("Block %d was given out as movable. It is freed now. On which list does it go?"):format(own.pfn),
	hint = "The pageblock decides, not the page",
	run = function(t)
		own:free()
		return t:first("free_list_add").migratetype
	end,
}

scene "Crumbs"
while zone().nr_free[2] + zone().nr_free[3] + zone().nr_free[4] > 0 do
	m:alloc { order = 2, gfp = thief, alloc_flags = "NO_WATERMARKS" }
end
for i = 1, #pairs_of - 1, 2 do pairs_of[i]:free() end
say(("%d pages are free: two here, two there, and none of them movable."):format(zone().free_exact))
ask {
	text = "A movable page is asked for. Does the pageblock that it comes from become movable?",
	hint = "A block smaller than order " .. m.pageblock_order // 2 .. " takes no pageblock with it",
	run = function(t)
		b = take(0, MOVABLE)
		steal = t:first "mm_page_alloc_extfrag"
		return m:pageblock(b.pfn) == "movable"
	end,
}
expect(not steal.change_ownership, "stolen, and the owner stays")

scene "Yours"
-- To change: --set "thief=GFP_KERNEL|__GFP_RECLAIMABLE". Your task: free as
-- few blocks as you can so that a whole movable pageblock comes back. The
-- property: a free page is on the list of its pageblock's type.
for order = 2, m.max_order - 1 do
	for _, pfn in ipairs(zone():blocks(order, kind)) do
		expect(m:pageblock(pfn) == kind, "property: the pageblock decides")
	end
end
expect(m:check(), "property: the machine is sane")
