-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 09-migratetypes: which free list a page goes to, and how that changes.
--
-- For the teacher (ten minutes). The belief to correct: "a migratetype belongs
-- to the page". It belongs to the pageblock: a freed page goes to the list of
-- the type that its pageblock has at that moment. Look at the row of letters
-- in the map (U M R, lower case when partly free) and let the class say which
-- letter changes before each step. The machine is tiny (pageblocks of 16
-- pages; Linux has 512), so that all of it fits on the screen.
--
-- This is Linux 5.10. The order of the search is the same today; since 6.10 a
-- free block is always on the list of its pageblock's type.

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
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone() return m:node(0):zone("DMA") end
local function take(order, gfp) return assert(m:alloc { order = order, gfp = gfp }) end

local kernel_gfp = param("gfp", "GFP_KERNEL")
local kind = kernel_gfp:find "RECLAIMABLE" and "reclaimable" or "unmovable"
-- The first pageblock is unmovable; the kernel itself uses it up.
for order = 3, 0, -1 do take(order, "GFP_KERNEL") end

scene "The largest block"
for _ = 1, ({ 0, 1, 2 })[math.random(3)] do take(4, MOVABLE) end
local own = take(2, MOVABLE)
own:lru(true) -- page cache: migration could move it
say(("A movable block is in use at pfn %d. No %s block is free."):format(own.pfn, kind))
local orders = {}
for order = 0, m.max_order - 1 do
	if zone().nr_free[order] > 0 then orders[#orders + 1] = order end
end
local b, steal
ask {
	text = ("Request: order 1, %s. Movable blocks of orders %s are free. From which is it served?"):format(
		kernel_gfp, table.concat(orders, " ")),
	choices = { "the smallest sufficient block", "the largest block", "the block after the last allocated one" },
	reason = "If migratetypes have to mix, then in as few pageblocks as possible.",
	run = function(t)
		b = take(1, kernel_gfp)
		steal = assert(t:first "mm_page_alloc_extfrag")
		return steal.fallback_order == m.max_order - 1 and 2 or 1
	end,
}
ask {
	text = ("The block had order %d: %d pageblocks. What is their migratetype now?"):format(
		steal.fallback_order, 1 << (steal.fallback_order - m.pageblock_order)),
	run = function() return m:pageblock(b.pfn) end,
}
expect(m:pageblock(b.pfn + (1 << steal.fallback_order) - 1) == kind, "the last pageblock, too")

scene "The pageblock changes its type"
-- Use up what is free: the stolen pages in blocks of two, the rest in large blocks.
local pairs_of = {}
for order = m.max_order - 1, 1, -1 do
	while #zone():blocks(order, kind) > 0 do pairs_of[#pairs_of + 1] = take(1, kernel_gfp) end
	while order >= 4 and #zone():blocks(order, "movable") > 0 do take(order, MOVABLE) end
end
say(("%d pages are free, all in the pageblock of the movable block at pfn %d."):format(zone().free_exact, own.pfn))
ask {
	text = "The same request again. It must steal from that pageblock. What is its type afterwards?",
	choices = { "movable: a movable block is in use there", kind .. ": at least half of it is free or compatible" },
	reason = "Free and compatible pages must be at least half of the pageblock.",
	run = function(t)
		take(1, kernel_gfp)
		local claim = t:first "steal_claim"
		say(("%d free + %d compatible pages; at least %d required."):format(claim.free, claim.compatible, claim.required))
		return m:pageblock(own.pfn) == "movable" and 1 or 2
	end,
}
ask {
	text = ("Block %d was allocated as movable. Now it is freed. To which list does it go?"):format(own.pfn),
	reason = "The pageblock decides, not the page.",
	run = function(t)
		own:free()
		return t:first("free_list_add").migratetype
	end,
}

scene "Small fragments"
while zone().nr_free[2] + zone().nr_free[3] + zone().nr_free[4] > 0 do
	m:alloc { order = 2, gfp = kernel_gfp, alloc_flags = "NO_WATERMARKS" }
end
for i = 1, #pairs_of - 1, 2 do pairs_of[i]:free() end
say(("%d pages are free, in blocks of two, and none of them is movable."):format(zone().free_exact))
ask {
	text = "One movable page is requested. Does the pageblock that it is stolen from become movable?",
	reason = "A movable steal below order " .. m.pageblock_order // 2 .. " never changes the pageblock.",
	run = function(t)
		b = take(0, MOVABLE)
		steal = t:first "mm_page_alloc_extfrag"
		return m:pageblock(b.pfn) == "movable"
	end,
}
expect(not steal.change_ownership, "stolen, without a change of the pageblock's type")

scene "Exercise"
-- To change: --set "gfp=GFP_KERNEL|__GFP_RECLAIMABLE". Your task: free as few
-- blocks as possible so that a whole movable pageblock is free again. The
-- property: a free page is on the list of its pageblock's migratetype.
for order = 2, m.max_order - 1 do
	for _, pfn in ipairs(zone():blocks(order, kind)) do
		expect(m:pageblock(pfn) == kind, "property: the pageblock decides")
	end
end
expect(m:check(), "property: every invariant holds")
