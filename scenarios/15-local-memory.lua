-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 15-local-memory: who got local memory, and what the counters say of it.
--
-- For the teacher (ten minutes). The belief to break: "miss means slow". Two
-- questions hide in six counters: did the page come from the node that was
-- preferred (hit, else miss there and foreign here), and did it come from
-- the node of the cpu (local, else other)? Let the class fill in a table of
-- two by two before the second question. The counters are those of
-- /sys/devices/system/node/node0/numastat.
--
-- This is Linux 5.10. Since 5.14 they are counted for each cpu first; what
-- they mean is the same.

lesson {
	title = "Local memory",
	goal = "Say which counters move, and on which node.",
	minutes = 10,
}

local m = machine {
	cpus = 2,
	cpu_nodes = { 0, 1 },
	nodes = { { memory = "32M" }, { memory = "32M" } },
	sysctl = { node_reclaim_mode = 1 },
}
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local KINDS = { "hit", "miss", "foreign", "local", "other" }

-- The sum of a counter over a node's zones.
local function numa(node, kind)
	local sum = 0
	for _, z in ipairs(m:zonelist(node)) do
		if z.node == node then sum = sum + m:node(node):zone(z.zone).numa[kind] end
	end
	return sum
end
local function total(kind) return numa(0, kind) + numa(1, kind) end
-- What moves while @request is made: "node 0: hit local".
local function moved(request)
	local before, text = {}, {}
	for i = 0, 9 do before[i] = numa(i // 5, KINDS[i % 5 + 1]) end
	expect(m:alloc(request), "it is served")
	for i = 0, 9 do
		local node, kind = i // 5, KINDS[i % 5 + 1]
		if numa(node, kind) > before[i] then
			text[node + 1] = (text[node + 1] or ("node %d:"):format(node)) .. " " .. kind
		end
	end
	return (text[1] and text[2]) and text[1] .. "; " .. text[2] or text[1] or text[2]
end

scene "Two questions, asked apart"
local choices = {
	"node 0: hit local",
	"node 0: hit other",
	"node 1: miss local",
	"node 0: foreign; node 1: miss local",
	"node 0: foreign; node 1: miss other",
}
ask {
	text = "Cpu 1, on node 1, asks for a page of node 0 and gets one. Which counters move?",
	choices = choices,
	hint = "A hit: the preferred node gave it. Not local: the cpu that asked is elsewhere",
	run = function() return moved { gfp = MOVABLE, cpu = 1, node = 0 } end,
}

scene "Node 0 is used up"
local filled = {}
for _, order in ipairs { 8, 4, 1, 0 } do
	filled[#filled + 1] = m:fill { order = order, gfp = MOVABLE .. "|__GFP_THISNODE" }
end
say("node_reclaim_mode is 1, so before another node is asked node 0 may reclaim.")
m:reclaim(param("reclaim", "full"))
ask {
	text = "The same request: cpu 1 asks for a page of node 0. Which counters move now?",
	choices = choices,
	hint = "A miss, and yet the page is local to the cpu that asked: a miss is not slow by itself",
	run = function(t)
		local answer = moved { gfp = MOVABLE, cpu = 1, node = 0 }
		say("node_reclaim answered: " .. t:first("node_reclaim").outcome)
		return answer
	end,
}
ask {
	text = "Cpu 0, on node 0, asks for a page of node 0. Which counters move?",
	choices = choices,
	hint = "Only this one is slow: the page lies on another node than the cpu that asked",
	run = function() return moved { gfp = MOVABLE, cpu = 0, node = 0 } end,
}
for _, list in ipairs(filled) do list:free() end

scene "Many requests"
local nr = param("requests", ({ 70, 80, 75, 90 })[math.random(4)])
local TYPES = { MOVABLE, "GFP_KERNEL", "GFP_KERNEL|__GFP_RECLAIMABLE" }
local requests, changed, held = 0, 0, {}
on.zone_statistics(function() requests = requests + 1 end)
on.set_pageblock_migratetype(function() changed = changed + 1 end)
local given = total "hit" + total "miss"
ask {
	text = ("%d requests of three types, on both cpus, half of them freed. How many pageblocks change their type?"):format(nr),
	hint = "The first of each type on each node; the others find a place beside them",
	run = function()
		for i = 1, nr do
			held[#held + 1] = m:alloc { gfp = TYPES[math.random(3)], order = math.random(0, 3), cpu = i % 2 }
			if math.random(2) == 1 then table.remove(held, math.random(#held)):free() end
		end
		return changed
	end,
}
for _, kind in ipairs(KINDS) do say(("%-8s %d"):format(kind, total(kind))) end

scene "Yours"
-- To change: --set requests=160; --set reclaim=some (noscan, success): what
-- node_reclaim would answer. Your task: requests that are all hits and none
-- of them local. The properties hold for every story.
expect(total "hit" + total "miss" == given + requests, "property: every request is a hit or a miss")
expect(total "hit" + total "miss" == total "local" + total "other", "property: every request is local or other")
expect(total "miss" == total "foreign", "property: a miss here is foreign there")
expect(m:check(), "property: the machine is sane")
