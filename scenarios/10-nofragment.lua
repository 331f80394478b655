-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 10-nofragment: first another zone, then the small steal after all.
--
-- For the teacher (ten minutes). The belief to correct: "free memory is free
-- memory". An unmovable page in a movable pageblock keeps that pageblock from
-- ever being free as a whole, so the first pass avoids it: with
-- ALLOC_NOFRAGMENT it steals whole pageblocks only, and prefers to go down to
-- zone DMA32. Draw the zonelist of both nodes and let the class show where
-- the first pass may stop.
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
	fold("Requests use up zone " .. name .. " of node 0", function()
		for order = m.max_order - 1, upto, -1 do
			for kind, gfp in pairs { movable = "|__GFP_MOVABLE", unmovable = "" } do
				while #zone(name):blocks(order, kind) > 0
						and zone(name).free - (1 << order) >= zone(name).watermark.low do
					assert(m:alloc { order = order, gfp = "GFP_" .. name .. gfp })
				end
			end
		end
	end)
end

scene "Many free pages, no free pageblock"
say "Linux 5.10. Each node has a zone Normal; node 0 also has DMA32 and DMA."
say "A pageblock has 16 pages here. On a real machine it has 512."
fold("Movable blocks of 8 pages fill Normal, half of them are freed", function()
	local held = {}
	for i = 1, 24 do held[i] = assert(m:alloc { order = 3, gfp = MOVABLE }) end
	for i = 1, #held, 2 do held[i + math.random(0, 1)]:free() end
	while zone().nr_free[4] + zone().nr_free[5] + zone().nr_free[6] > 0 do
		assert(m:alloc { order = 4, gfp = MOVABLE })
	end
end)
say(([[Node 0 Normal: %d pages are free, all movable, but no whole pageblock.
Node 0 DMA32 and node 1 Normal: all pageblocks are free and movable.]]):format(zone().free))
local b
ask {
	"Request: order 1, GFP_KERNEL (unmovable), node 0. Which zone serves it?",
	choices = {
		{ "node 0 Normal", feedback = "Its free blocks are smaller than a pageblock: a steal there would mix migratetypes." },
		"node 0 DMA32",
		{ "node 1 Normal", feedback = "Node 0 DMA32 comes before it on the zonelist of node 0." },
	},
	run = function(t)
		b = two_pages "GFP_KERNEL"
		expect(t:count "walk_begin" == 1, "one pass was enough")
		local steal = t:first "mm_page_alloc_extfrag"
		return ("node %d %s"):format(b.node, b.zone),
			("ALLOC_NOFRAGMENT excludes a steal below order %d; in DMA32 a block of order %d is free."):format(
				m.pageblock_order, steal.fallback_order), steal
	end,
}
say(("The whole pageblock of pfn %d is %s now."):format(b.pfn, m:pageblock(b.pfn)))


scene "Node 1 comes next"
say "Now DMA32 and DMA of node 0 are used up, down to their low watermarks."
local kept = m:alloc { order = 4, gfp = "GFP_DMA32|__GFP_MOVABLE" }
use_up("DMA32", 1)
use_up("DMA", 1)
local whole = param("whole", 0)
if whole > 0 then kept:free() end
say(([[Free pages: Normal %d, DMA32 %d, DMA %d. Next on the zonelist: node 1 Normal,
where whole pageblocks are free.]]):format(
	zone().free, zone("DMA32").free, zone("DMA").free))
ask {
	"The same request, now reclaimable. Which pass serves it, and from which node?",
	choices = {
		{ "the first pass, node 0", feedback = "With ALLOC_NOFRAGMENT set, node 0 has no block that may be stolen." },
		{ "the first pass, node 1", feedback = "Then a few fragments would cost every later access: remote memory is slower." },
		{ "the second pass, node 0", feedback = "A whole pageblock of DMA32 is free: no second pass is needed." },
		{ "the second pass, node 1", feedback = "The second pass begins at the first zone again, on node 0." },
	},
	run = function(t)
		b = two_pages "GFP_KERNEL|__GFP_RECLAIMABLE"
		local retry = t:first "nofragment_retry"
		return ("the %s pass, node %d"):format(retry and "second" or "first", b.node), retry
			and "Before another node is tried, the walk restarts without the flag: locality first."
			or "A whole free pageblock of DMA32 may be stolen in the first pass.", retry
	end,
}
say(("The pageblock of pfn %d is %s now. The same request again:"):format(b.pfn, m:pageblock(b.pfn)))
two_pages "GFP_KERNEL|__GFP_RECLAIMABLE"

use_up("DMA32", 1)
scene "The end of the zonelist"
say "With __GFP_THISNODE the zonelist has the zones of node 0 only."
ask {
	"GFP_KERNEL|__GFP_THISNODE, order 1, node 0. In how many passes is it served?",
	type = "number",
	feedback = {
		["1"] = "No zone of node 0 has a whole free pageblock to steal.",
		["0"] = "Node 0 has free pages; the request does not have to enter the slow path.",
	},
	run = function(t)
		b = two_pages "GFP_KERNEL|__GFP_THISNODE"
		local retry = t:first "nofragment_retry"
		expect(retry.reason == "end_of_list", "the first pass ended at the end of the list")
		return t:count "walk_begin", "At the end of the list, too, the walk restarts without the flag.", retry
	end,
}
expect(b.node == 0, "served by its own node")
local restarted, served = false, false
on.nofragment_retry(function(e) restarted = restarted or e.reason == "locality" end)
on.mm_page_alloc(function() served = served or restarted end)
-- Exercise: your requests here.
expect(m:check(), "property: every invariant holds")
takeaway [[Linux 5.10 tries another zone of the node before it mixes migratetypes in a pageblock.
But it mixes them before it goes to another node.]]
exercise {
	"Write one more request that is served in the second pass, but without __GFP_THISNODE.",
	checks = {
		{ "a walk restarted before it went to another node", restarted },
		{ "a block was allocated after that", served },
	},
	variants = { { "whole=1", "one pageblock of DMA32 is free again before the second question" } },
}
