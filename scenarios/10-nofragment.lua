-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 10-nofragment: first another zone, then the small steal after all.
--
-- For the teacher (ten minutes). The belief to correct: "free memory is free
-- memory". An unmovable page in a movable pageblock keeps that pageblock from
-- ever being free as a whole, so the first pass avoids it: with
-- ALLOC_NOFRAGMENT it steals whole pageblocks only, and prefers to go down to
-- zone DMA32. Draw the zonelist of both nodes and let the class show where
-- the first pass may stop. The machine is tiny (pageblocks of 16 pages; Linux
-- has 512), so that all of it fits on the screen.
--
-- This is Linux 5.10. ALLOC_NOFRAGMENT came with 5.0 and is still used; 6.10
-- reworked how a steal is made.

lesson {
	title = "ALLOC_NOFRAGMENT",
	goal = "Predict which pass allocates the page, and from which node.",
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

-- The property of this lesson, tested on every steal: while the flag is set,
-- no block smaller than a pageblock is stolen.
local nofragment = false
on.walk_begin(function(e) nofragment = e.alloc_flags:find "NOFRAGMENT" ~= nil end)
on.mm_page_alloc_extfrag(function(e)
	if nofragment and e.fallback_order < m.pageblock_order then
		expect(false, "property: with ALLOC_NOFRAGMENT only whole pageblocks are stolen")
	end
end)

-- Allocate blocks of both types as long as the low watermark allows it.
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

scene "Many free pages, no free pageblock"
local held = {}
for i = 1, 24 do held[i] = assert(m:alloc { order = 3, gfp = MOVABLE }) end
for i = 1, #held, 2 do held[i + math.random(0, 1)]:free() end
while zone().nr_free[4] + zone().nr_free[5] + zone().nr_free[6] > 0 do
	assert(m:alloc { order = 4, gfp = MOVABLE })
end
say(("Node 0 Normal: %d pages are free, but no whole pageblock."):format(zone().free))
local b
ask {
	text = "Request: order 1, GFP_KERNEL, node 0. No unmovable block is free. Which zone serves it?",
	choices = { "node 0 Normal", "node 0 DMA32", "node 1 Normal" },
	reason = "Normal could only serve it with a small steal; DMA32 has whole free pageblocks.",
	run = function(t)
		b = two_pages "GFP_KERNEL"
		expect(t:count "walk_begin" == 1, "one pass was enough")
		return ("node %d %s"):format(b.node, b.zone)
	end,
}
say(("The whole pageblock of pfn %d is %s now."):format(b.pfn, m:pageblock(b.pfn)))

scene "Node 1 comes next"
local kept = m:alloc { order = 4, gfp = "GFP_DMA32|__GFP_MOVABLE" }
use_up("DMA32", 1)
use_up("DMA", 1)
local whole = param("whole", 0)
if whole > 0 then kept:free() end
say(("Free pages: DMA32 %d, DMA %d. The next zone on the list is on node 1."):format(
	zone("DMA32").free, zone("DMA").free))
ask {
	text = "The same request, now reclaimable. Which pass serves it, and from which node?",
	choices = { "the first pass, node 0", "the first pass, node 1", "the second pass, node 0", "the second pass, node 1" },
	reason = "Before it goes to another node, it starts again without the flag: locality first.",
	run = function(t)
		-- Reclaimable: the last question needs a machine without free unmovable blocks.
		b = two_pages "GFP_KERNEL|__GFP_RECLAIMABLE"
		return ("the %s pass, node %d"):format(t:count "walk_begin" == 1 and "first" or "second", b.node)
	end,
}
say(("The pageblock of pfn %d was movable and is %s now."):format(b.pfn, m:pageblock(b.pfn)))

scene "Exercise"
-- To change: --set whole=1. One pageblock of DMA32 is then free again before
-- the second question: say first what changes. Your task: find another request
-- on this machine that needs two passes. Here is one that ends its list first.
use_up("DMA32", 1)
ask {
	text = "GFP_KERNEL|__GFP_THISNODE: no other node is on its zonelist. How many passes until it is served?",
	reason = "At the end of the list, too, it starts again without the flag.",
	run = function(t)
		b = two_pages "GFP_KERNEL|__GFP_THISNODE"
		expect(t:first "nofragment_retry".reason == "end_of_list", "the first pass ended at the end of the list")
		return t:count "walk_begin"
	end,
}
expect(b.node == 0, "served by its own node")
expect(m:check(), "property: every invariant holds")
