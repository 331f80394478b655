-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 15-local-memory: where memory is local, and what the NUMA counters say.
--
-- For the teacher (ten minutes). The belief to correct: "numa_miss means
-- slow". The counters answer two questions: is the page from the preferred
-- node (numa_hit, else numa_miss there and numa_foreign on the preferred
-- node), and is it from the cpu's node (local, else other)? Let the class
-- fill in a two-by-two table before the second question.
--
-- This is Linux 5.10. Since 5.14 they are counted per cpu first.

lesson {
	title = "Local memory",
	goal = "Say which NUMA counters increase, and on which node.",
	minutes = 10,
}

local m = machine {
	cpus = 2, cpu_nodes = { 0, 1 },
	nodes = { { memory = "32M" }, { memory = "32M" } },
	sysctl = { node_reclaim_mode = 1, min_unmapped_ratio = 0 },
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
-- The counters that @request increases: "node 0: hit local".
local function increased(request)
	local before, text = {}, {}
	for i = 0, 9 do before[i] = numa(i // 5, KINDS[i % 5 + 1]) end
	expect(m:alloc(request), "the request is served")
	for i = 0, 9 do
		local node, kind = i // 5, KINDS[i % 5 + 1]
		if numa(node, kind) > before[i] then
			text[node + 1] = (text[node + 1] or ("node %d:"):format(node)) .. " " .. kind
		end
	end
	return (text[1] and text[2]) and text[1] .. "; " .. text[2] or text[1] or text[2]
end

scene "Two questions"
local choices = {
	"node 0: hit local", "node 0: hit other", "node 1: miss local",
	"node 0: foreign; node 1: miss local", "node 0: foreign; node 1: miss other",
}
ask {
	text = "Cpu 1 (node 1) requests a page of node 0 and gets one. Which counters increase?",
	choices = choices,
	reason = "A hit: the page is from the preferred node. Not local: the cpu is on node 1.",
	run = function() return increased { gfp = MOVABLE, cpu = 1, node = 0 } end,
}

scene "Node 0 is used up"
local filled = { m:fill { count = 36, gfp = MOVABLE .. "|__GFP_THISNODE" } }
for _, order in ipairs { 8, 4, 1, 0 } do
	filled[#filled + 1] = m:fill { order = order, gfp = MOVABLE .. "|__GFP_THISNODE" }
end
say("node_reclaim_mode is 1: node 0 may reclaim before the next node is tried.")
ask {
	text = "The same request on cpu 1, for a page of node 0. Which counters increase now?",
	choices = choices,
	reason = "A miss, and yet the page is local to cpu 1: a miss does not mean remote memory.",
	run = function(t)
		local answer = increased { gfp = MOVABLE, cpu = 1, node = 0 }
		say("node_reclaim() returned " .. t:first("node_reclaim").result)
		return answer
	end,
}
ask {
	text = "Cpu 0 (node 0) requests a page of node 0. Which counters increase?",
	choices = choices,
	reason = "Only this page is remote: it is on another node than the cpu.",
	run = function() return increased { gfp = MOVABLE, cpu = 0, node = 0 } end,
}
for i = 1, math.min(param("cache", 36), 36) do filled[1][i]:reclaimable() end
ask {
	text = "Some pages of node 0 are page cache now. Cpu 0 requests a page of node 0 once more.",
	choices = choices,
	reason = "node_reclaim() frees 32 pages to the per-cpu list; a bulk free lets the watermark see them.",
	run = function() return increased { gfp = MOVABLE, cpu = 0, node = 0 } end,
}
for _, list in ipairs(filled) do list:free() end

scene "Many requests"
local nr = param("requests", ({ 70, 80, 75, 90 })[math.random(4)])
local TYPES = { MOVABLE, "GFP_KERNEL", "GFP_KERNEL|__GFP_RECLAIMABLE" }
local requests, changed, held = 0, 0, {}
on.zone_statistics(function() requests = requests + 1 end)
on.set_pageblock_migratetype(function() changed = changed + 1 end)
local before = total "hit" + total "miss"
ask {
	text = ("%d requests of three migratetypes, half of them freed. How many pageblocks change their type?"):format(nr),
	reason = "Those of the first steal of each type on each node; later requests use the same ones.",
	run = function()
		for i = 1, nr do
			held[#held + 1] = m:alloc { gfp = TYPES[math.random(3)], order = math.random(0, 3), cpu = i % 2 }
			if math.random(2) == 1 then table.remove(held, math.random(#held)):free() end
		end
		return changed
	end,
}
for _, kind in ipairs(KINDS) do say(("%-8s %d"):format(kind, total(kind))) end

scene "Exercise"
-- To change: --set requests=160; --set cache=8, the pages that node_reclaim()
-- can free. Your task: write requests that are all hits, and none of them
-- local. The properties hold for every sequence of requests.
expect(total "hit" + total "miss" == before + requests, "property: every request is a hit or a miss")
expect(total "hit" + total "miss" == total "local" + total "other", "property: every request is local or other")
expect(total "miss" == total "foreign", "property: each miss is foreign on the preferred node")
expect(m:check(), "property: every invariant holds")
