-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 08-zonelist-and-ceiling: in which order zones are asked, and what a gfp
-- mask says about it.
--
-- For the teacher (ten minutes). Two beliefs to break: "GFP_DMA32 names a
-- zone" (it names the highest zone that is allowed) and "when a zone is full
-- the next node comes". Draw the three nodes with their distances; node 2 is
-- nearer to node 0 than node 1 is. The zones are small (zone_limits), so
-- that each node of 128M can have more than one.
--
-- This is Linux 5.10. In 5.16 nodes at the same distance came to share the
-- load better; that zones go downwards within a node is as before.

lesson {
	title = "Zonelist and ceiling",
	goal = "Predict which zone is asked next.",
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
expect(names[1] == "0 Normal", "the list begins at home, at the top")

scene "A ceiling, not a name"
local b
ask {
	text = "GFP_HIGHUSER_MOVABLE: from which zone does the page come? (No node has a zone Movable.)",
	hint = "Its ceiling is Movable; the first zone below that has memory is taken",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0 }
		return b.zone
	end,
}
ask {
	text = "GFP_DMA32 on cpu 2: node 2 has only Normal memory. From which node does the page come?",
	hint = "Above the ceiling nothing is asked, however near it is",
	run = function()
		b = m:alloc { gfp = "GFP_DMA32|__GFP_MOVABLE", cpu = 2 }
		return b.node
	end,
}
expect(b.zone == "DMA32", "at the ceiling, and far away")

-- Take blocks, largest first, as long as @want() gets one.
local function take_all(want)
	for order = 10, 0, -1 do
		while want(order) do end
	end
end

scene "The second zone"
say "Normal of node 0 is used up to its low mark."
while m:node(0):zone("Normal").free > m:node(0):zone("Normal").watermark.low do
	local spare = m:node(0):zone("Normal").free - m:node(0):zone("Normal").watermark.low
	local order = 0
	while order < 10 and spare >= 2 ^ (order + 1) do order = order + 1 end
	m:alloc { order = order, gfp = MOVABLE, node = 0 }
end
m:drain()
while m:node(0):zone("Normal").free > m:node(0):zone("Normal").watermark.low do
	m:alloc { order = 1, gfp = MOVABLE, node = 0 }
end
ask {
	text = "Normal of node 0 is at its low mark. Which zone is asked second?",
	choices = { "node 1 Normal", "node 2 Normal", "node 0 DMA32" },
	hint = "All zones of a node, downwards, before the next node",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0, order = 2 }
		return ("node %d %s"):format(b.walk[2].node, b.walk[2].zone)
	end,
}
expect(b.zone == "DMA32" and b.node == 0, "and it gives the page")

scene "Another list"
say "THISNODE uses a list of its own that has no other node on it."
-- DMA's first pageblock is unmovable: taken by unmovable requests, so that
-- nothing needs to be stolen (lesson 09).
for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA", node = 0 } end
take_all(function(order) return m:alloc { order = order, gfp = MOVABLE .. "|__GFP_THISNODE", node = 0 } end)
local none, reason = m:alloc { gfp = MOVABLE .. "|__GFP_THISNODE", node = 0 }
expect(not none, "no zone is left: the SLOW PATH")
for _, z in ipairs(reason.zones) do
	expect(z.node == 0, "no other node is asked")
end
ask {
	text = "The same request without THISNODE. Which node gives the page?",
	hint = "The nearest, not the next number",
	run = function()
		b = m:alloc { gfp = MOVABLE, node = 0 }
		return b.node
	end,
}

scene "Yours"
-- To change: --set far=15, the distance between the nodes 0 and 1. The
-- property: of the other nodes the nearest gave the page.
local nearest = math.min(distance[1][2], distance[1][3])
expect(distance[1][b.node + 1] == nearest, "property: the nearest node gave the page")
-- GFP_DMA32 may go nearer to the marks than HIGHUSER (lesson 07), and when
-- DMA32 has no more for it, it goes down like everybody else.
local low
repeat
	low = m:alloc { order = 3, gfp = "GFP_DMA32|__GFP_MOVABLE", node = 0 }
until not low or low.zone ~= "DMA32"
expect(low and low.zone == "DMA", "property: GFP_DMA32 may take a page of DMA: a ceiling, not a name")
