-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 08-zonelist: in which order zones are checked, and how the gfp mask limits
-- them.

lesson { title = "The zonelist", goal = "Predict which zone is checked next.", minutes = 10 }

local far = param("far", ({ 15, 25, 30, 35 })[math.random(4)])
local distance = { { 10, far, 20 }, { far, 10, 40 }, { 20, 40, 10 } }
local m = machine {
	cpus = 3,
	nodes = { { memory = "128M" }, { memory = "128M" }, { memory = "128M" } },
	zone_limits = { dma = "16M", dma32 = "64M" }, -- small, so that node 0 has three zones
	distance = distance,
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"

-- Requests use up Normal of a node, down to its low watermark.
local function use_up(node, gfp)
	local page = m:alloc { gfp = gfp, node = node }
	for order = 10, 0, -1 do
		m:fill { order = order, gfp = gfp, node = node, zone = "Normal",
			leave = m:node(node):zone("Normal").watermark.low }
	end
	page:free()
end

local function zone_of(b) return ("node %d %s"):format(b.node, b.zone) end

scene "Which zone comes second"
say "The machine has three nodes, each with a cpu (Linux 5.10).\nLook at the zones of each node."
say(("Distances from node 0, as the firmware reports them: node 1 %d, node 2 20."):format(far))
say "A request tries the zones one after another, in the order of a zonelist."
fold("Requests use up node 0 Normal", function() use_up(0, MOVABLE) end)
say "Node 0 Normal is at its low watermark; the other zones have many free pages."
say "One page is requested on cpu 0 with GFP_KERNEL|__GFP_MOVABLE."
say "highest_zoneidx is Normal: node 0 Normal is tried first and refuses."
ask {
	"Which zone is tried second?",
	choices = {
		{ "node 1 Normal", feedback = "Another node is tried only after all zones of this one, and by distance." },
		{ "node 2 Normal", feedback = "Even the nearest other node comes after all zones of this one." },
		"node 0 DMA32",
		{ "node 0 DMA", feedback = "Within a node the walk goes downwards, from the highest zone to the next lower one." },
	},
	run = function(t)
		local b = m:alloc { gfp = "GFP_KERNEL|__GFP_MOVABLE", node = 0 }
		local first, second = t:first "watermark_check", t:first("watermark_check", "ok")
		expect(b.zone == "DMA32" and b.node == 0, "DMA32 of the same node serves the request")
		return zone_of(b.walk[2]), ("%s: %d free, required more than %d. Then %s: %d free, required more than %d."):format(
			zone_of(b.walk[1]), first.free, first.watermark + first.lowmem_reserve, zone_of(b.walk[2]), second.free,
			second.watermark + second.lowmem_reserve), second
	end,
}

scene "The highest zone"
say "Next, a request on cpu 2, which belongs to node 2."
say "Its mask is GFP_HIGHUSER_MOVABLE: highest_zoneidx is Movable."
say "No node has a zone Movable."
local b
ask {
	"GFP_HIGHUSER_MOVABLE on cpu 2: what happens?",
	choices = {
		{ "no zone is tried: it enters the slow path",
			feedback = "The mask does not name the one zone to use, but the highest one." },
		"node 2 Normal serves it",
		{ "node 0 DMA32 serves it", feedback = "The walk begins on the cpu's own node, and Normal is below Movable." },
	},
	run = function(t)
		b = m:alloc { gfp = MOVABLE, cpu = 2 }
		return b and zone_of(b) == "node 2 Normal" and 2 or 1, ("%s is the first zone of the list that is not above %s."):format(
			zone_of(b), t:first("prepare_alloc_pages").highest_zoneidx), t:first "watermark_check"
	end,
}
say "A zone is skipped only if it is above highest_zoneidx; lower ones are not."
say "Next, a request on cpu 2 with GFP_DMA32. Node 2 has no zone DMA32."
ask {
	"GFP_DMA32 on cpu 2: which zone serves it?",
	type = "zone",
	feedback = {
		["2 Normal"] = "Normal is above highest_zoneidx (DMA32): it is skipped, however near it is.",
		["0 Normal"] = "Normal is above highest_zoneidx (DMA32), on each node.",
		["0 DMA"] = "DMA may be used as well, but DMA32 comes first.",
	},
	run = function(t)
		b = m:alloc { gfp = "GFP_DMA32|__GFP_MOVABLE", cpu = 2 }
		return zone_of(b), ("highest_zoneidx is %s: %d zones were skipped before %s."):format(
			t:first("prepare_alloc_pages").highest_zoneidx, t:count "zone_skip", zone_of(b)), t:first "watermark_check"
	end,
}

scene "The nearest node"
say(("Node 1 has one zone, Normal. Distances from node 1: node 0 %d, node 2 40."):format(far))
fold("Requests use up node 1 Normal", function() use_up(1, MOVABLE .. "|__GFP_THISNODE") end)
say "Node 1 Normal is at its low watermark as well."
say "Next, a request on cpu 1 with __GFP_THISNODE."
ask {
	"__GFP_THISNODE on cpu 1: does another node serve it?",
	type = "yesno",
	feedback = { yes = "__GFP_THISNODE selects another zonelist, NOFALLBACK, which has no other node." },
	run = function(t)
		local none, reason = m:alloc { gfp = MOVABLE .. "|__GFP_THISNODE", cpu = 1 }
		for _, z in ipairs(reason.zones) do expect(z.node == 1, "no other node is checked") end
		return none ~= nil, ("The NOFALLBACK zonelist of node 1 has %d zone, and it refused."):format(#reason.zones),
			t:first "watermark_check"
	end,
}
say "The same request follows without __GFP_THISNODE."
ask {
	"Without __GFP_THISNODE on cpu 1: which zone serves it?",
	type = "zone",
	feedback = {
		["2 Normal"] = "Node 2 is farther from node 1 than node 0 is.",
		["0 Normal"] = "It is tried, but it is still at its low watermark.",
		["1 Normal"] = "It is still at its low watermark.",
		["0 DMA"] = "Within the node DMA32 comes first.",
	},
	run = function(t)
		b = m:alloc { gfp = MOVABLE, cpu = 1 }
		return zone_of(b), ("Zones checked: %d. Node %d is nearest, at distance %d; the last of the zones is %s."):format(
			t:count "watermark_check", b.node, distance[2][b.node + 1], zone_of(b)), t:first("watermark_check", "ok")
	end,
}
say(("%s: the first zone on the way that is above its watermark."):format(zone_of(b)))
expect(distance[2][b.node + 1] == math.min(far, 40), "property: the nearest node served the request")

takeaway "The gfp mask sets the highest zone, not the only one."
takeaway "The zonelist has all zones of the nearest node, from the highest down, then those of the next node."
exercise {
	"Change the default of param(\"far\") so that node 2 serves the last request.",
	checks = { { "node 2 serves the last request", b.node == 2 }, { "every invariant holds", m:check() } },
	variants = { { "far=15", "node 1 is nearer to node 0 than node 2 is" } },
}

-- For the teacher. Two beliefs to correct: "GFP_DMA32 names a zone" (it sets
-- highest_zoneidx, the highest zone allowed) and "when a zone is full, the
-- next node follows". Draw the three nodes with their distances.
--
-- Linux 5.10. 5.16 changed how nodes at equal distances share the load; within
-- a node, zones still follow from the highest to the lowest.
