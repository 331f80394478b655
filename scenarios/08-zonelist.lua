-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 08-zonelist: in which order zones are checked, and how the gfp mask limits
-- them.
--
-- For the teacher (ten minutes). Two beliefs to correct: "GFP_DMA32 names a
-- zone" (it sets highest_zoneidx, the highest zone allowed) and "when a zone
-- is full, the next node follows". Draw the three nodes with their distances;
-- node 2 is nearer to node 0 than node 1 is. The zones are small
-- (zone_limits), so that each node of 128M can have more than one.
--
-- This is Linux 5.10. 5.16 changed how nodes at equal distances share the
-- load; within a node, zones still follow from the highest to the lowest.

lesson {
	title = "Zonelist and highest_zoneidx",
	goal = "Predict which zone is checked next.",
	minutes = 10,
}

local far = param("far", ({ 15, 25, 30, 40 })[math.random(4)])
local distance = { { 10, far, 20 }, { far, 10, 40 }, { 20, 40, 10 } }
local m = machine {
	cpus = 3,
	nodes = { { memory = "128M" }, { memory = "128M" }, { memory = "128M" } },
	zone_limits = { dma = "16M", dma32 = "64M" },
	distance = distance,
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"

local names = {}
for i, z in ipairs(m:zonelist(0)) do names[i] = z.node .. " " .. z.zone end
expect(names[1] == "0 Normal", "the list begins with the local node's highest zone")

scene "The highest zone, not the only one"
local b
ask {
	text = "GFP_HIGHUSER_MOVABLE: from which zone is the page? (No node has a zone Movable.)",
	reason = "highest_zoneidx is Movable; the first populated zone at or below it is Normal.",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0 }
		return b.zone
	end,
}
ask {
	text = "GFP_DMA32 on cpu 2: node 2 has only a zone Normal. From which node is the page?",
	reason = "A zone above highest_zoneidx is skipped, however near it is.",
	run = function()
		b = m:alloc { gfp = "GFP_DMA32|__GFP_MOVABLE", cpu = 2 }
		return b.node
	end,
}
expect(b.zone == "DMA32", "the highest allowed zone, on another node")

-- Allocate blocks, the largest first, as long as @want() gets one.
local function take_all(want)
	for order = 10, 0, -1 do
		while want(order) do end
	end
end

scene "The second zone"
say "Requests use up node 0 Normal, down to its low watermark."
while m:node(0):zone("Normal").free > m:node(0):zone("Normal").watermark.low do
	local margin = m:node(0):zone("Normal").free - m:node(0):zone("Normal").watermark.low
	local order = 0
	while order < 10 and margin >= 2 ^ (order + 1) do order = order + 1 end
	m:alloc { order = order, gfp = MOVABLE, node = 0 }
end
m:drain()
while m:node(0):zone("Normal").free > m:node(0):zone("Normal").watermark.low do
	m:alloc { order = 1, gfp = MOVABLE, node = 0 }
end
ask {
	text = "Node 0 Normal is at its low watermark. Which zone is checked second?",
	choices = { "node 1 Normal", "node 2 Normal", "node 0 DMA32" },
	reason = "All zones of a node, from the highest to the lowest, come before the next node.",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0, order = 2 }
		return ("node %d %s"):format(b.walk[2].node, b.walk[2].zone)
	end,
}
expect(b.zone == "DMA32" and b.node == 0, "DMA32 of the same node serves the request")

scene "The NOFALLBACK list"
say "__GFP_THISNODE selects the NOFALLBACK zonelist, which has no other node."
-- DMA's first pageblock is unmovable: unmovable requests use it up, so that
-- no block is stolen (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA", node = 0 } end
take_all(function(order) return m:alloc { order = order, gfp = MOVABLE .. "|__GFP_THISNODE", node = 0 } end)
local none, reason = m:alloc { gfp = MOVABLE .. "|__GFP_THISNODE", node = 0 }
expect(not none, "no zone can serve it: the slow path")
for _, z in ipairs(reason.zones) do
	expect(z.node == 0, "no other node is checked")
end
ask {
	text = "The same request without __GFP_THISNODE. Which node serves it?",
	reason = "The nearest node, not the next number.",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0 }
		return b.node
	end,
}

scene "Exercise"
-- To change: --set far=15, the distance between nodes 0 and 1. The property:
-- of the other nodes, the nearest served the request.
local nearest = math.min(distance[1][2], distance[1][3])
expect(distance[1][b.node + 1] == nearest, "property: the nearest node served the request")
-- GFP_DMA32 has to leave fewer pages free in DMA32 than HIGHUSER (lesson 07);
-- when DMA32 can serve it no longer, it falls back to DMA like any request.
local low
repeat
	low = m:alloc { order = 3, gfp = "GFP_DMA32|__GFP_MOVABLE", node = 0 }
until not low or low.zone ~= "DMA32"
expect(low and low.zone == "DMA", "property: GFP_DMA32 may use DMA: it sets the highest zone, not the only one")
