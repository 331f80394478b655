-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 10-nofragment: another zone first, then the small steal after all.
--
-- For the teacher (ten minutes). The belief to break: "free memory is free
-- memory". An unmovable page in a movable pageblock keeps that pageblock
-- from ever being whole again, so the first walk avoids it: it may only
-- steal whole pageblocks, and rather goes down to zone DMA32. Draw the list
-- of zones of both nodes and let the class mark where the first walk may
-- stop. The machine is tiny (pageblocks of 16 pages; Linux has 512), so that
-- all of it stands on the screen.
--
-- This is Linux 5.10. ALLOC_NOFRAGMENT came with 5.0 and is there today; how
-- a steal is made was reworked in 6.10.

lesson {
	title = "No fragmentation, if it can be had",
	goal = "Predict which walk takes the page, and from which node.",
	minutes = 10,
}

local m = machine {
	cpus = 2,
	nodes = { { memory = "3M" }, { memory = "1M" } },
	zone_limits = { dma = "1M", dma32 = "2M" },
	pageblock_order = 4,
	max_order = 7,
	sysctl = { min_free_kbytes = 64 },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone(name) return m:node(0):zone(name or "Normal") end
local function two_pages(gfp) return assert(m:alloc { order = 1, gfp = gfp }) end

-- The property of this lesson, asked of every steal: as long as the flag is
-- set nothing smaller than a pageblock is stolen.
local nofragment = false
on.walk_begin(function(e) nofragment = e.alloc_flags:find "NOFRAGMENT" ~= nil end)
on.mm_page_alloc_extfrag(function(e)
	if nofragment and e.fallback_order < m.pageblock_order then
		expect(false, "property: with NOFRAGMENT only whole pageblocks are stolen")
	end
end)

-- Take blocks of both types while the low mark is kept.
local function use_up(name, upto)
	for order = m.max_order - 1, upto, -1 do
		for kind, gfp in pairs { movable = "|__GFP_MOVABLE", unmovable = "" } do
			while #zone(name):blocks(order, kind) > 0
					and zone(name).free - (1 << order) >= zone(name).watermark.low do
				assert(m:alloc { order = order, gfp = "GFP_" .. name .. gfp })
			end
		end
	end
end

scene "Many free pages, no whole pageblock"
local held = {}
for i = 1, 24 do held[i] = assert(m:alloc { order = 3, gfp = MOVABLE }) end
for i = 1, #held, 2 do held[i + math.random(0, 1)]:free() end
while zone().nr_free[4] + zone().nr_free[5] + zone().nr_free[6] > 0 do
	assert(m:alloc { order = 4, gfp = MOVABLE })
end
say(("Normal of node 0 has %d pages free, but no whole pageblock."):format(zone().free))
local b
ask {
	text = "GFP_KERNEL asks for two pages on node 0; no unmovable block is free. Which zone gives them?",
	choices = { "node 0 Normal", "node 0 DMA32", "node 1 Normal" },
	hint = "Normal could only give a part of a movable pageblock; DMA32 has whole ones",
	run = function(t)
		b = two_pages "GFP_KERNEL"
		expect(t:count "walk_begin" == 1, "one walk was enough")
		return ("node %d %s"):format(b.node, b.zone)
	end,
}
say(("The pageblock of page %d is %s now, all of it."):format(b.pfn, m:pageblock(b.pfn)))

scene "Node 1 comes next"
local spare = m:alloc { order = 4, gfp = "GFP_DMA32|__GFP_MOVABLE" }
use_up("DMA32", 1)
use_up("DMA", 1)
local whole = param("whole", 0)
if whole > 0 then spare:free() end
say(("DMA32 and DMA have %d and %d pages left. Next on the list is node 1."):format(
	zone("DMA32").free, zone("DMA").free))
ask {
	text = "GFP_KERNEL again, two pages for node 0. Which walk takes the page, and from which node?",
	choices = { "the first, node 0", "the first, node 1", "the second, node 0", "the second, node 1" },
	hint = "Before it leaves the node it begins again without the flag: locality beats fragmentation",
	run = function(t)
		-- What is unmovable already was given to others.
		b = two_pages "GFP_KERNEL|__GFP_RECLAIMABLE"
		return ("the %s, node %d"):format(t:count "walk_begin" == 1 and "first" or "second", b.node)
	end,
}
say(("The pageblock of page %d was movable and is %s now."):format(b.pfn, m:pageblock(b.pfn)))

scene "Yours"
-- To change: --set whole=1. One pageblock of DMA32 is free again before the
-- second question: say first what changes. Your task: find another request
-- of this machine that needs two walks. Here is one whose list ends first.
use_up("DMA32", 1)
ask {
	text = "GFP_KERNEL with THISNODE: no other node is on its list. How many walks until it gets its pages?",
	hint = "At the end of the list, too, it begins again without the flag",
	run = function(t)
		b = two_pages "GFP_KERNEL|__GFP_THISNODE"
		expect(t:first "nofragment_retry".retry == "end_of_list", "the list was at its end")
		return t:count "walk_begin"
	end,
}
expect(b.node == 0, "and it stays on its node")
expect(m:check(), "property: the machine is sane")
