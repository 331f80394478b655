-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 15-local-memory: where memory is local, and what the NUMA counters say.
--
-- For the teacher (ten minutes). The belief to correct: "numa_miss means
-- slow". The counters answer two questions: is the page from the preferred
-- node (numa_hit, else numa_miss there and numa_foreign on the preferred
-- node), and is it from the cpu's node (local, else other)? Let the class
-- fill in a two-by-two table before the second question.
---- This is Linux 5.10.

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
	{ "node 0: hit local", feedback = "That is a page of the preferred node 0, requested by a cpu of node 0." },
	{ "node 0: hit other", feedback = "That is a page of the preferred node 0, requested by a cpu of node 1." },
	{ "node 1: miss local", feedback = "A miss is always counted as foreign on the preferred node, too." },
	{ "node 0: foreign; node 1: miss local", feedback = "That is a page of node 1, not 0, requested by a cpu of node 1." },
	{ "node 0: foreign; node 1: miss other", feedback = "That is a page of node 1, not 0, requested by a cpu of node 0." },
}
say "Linux 5.10. Cpu 0 is on node 0, cpu 1 on node 1. All pages are free."
say "Cpu 0 requests a page of node 0. Look at its NUMA counters before it ends."
m:alloc { gfp = MOVABLE }
ask {
	"Cpu 1 (node 1) requests a page of node 0 and gets one. Which counters increase?",
	choices = choices,
	run = function(t)
		return increased { gfp = MOVABLE, cpu = 1, node = 0 },
			"A hit: the page is from the preferred node. Not local: the cpu is on node 1.", t:first "zone_statistics"
	end,
}

local filled = { m:fill { count = 36, gfp = MOVABLE .. "|__GFP_THISNODE" } }
for _, order in ipairs { 8, 4, 1, 0 } do
	filled[#filled + 1] = m:fill { order = order, gfp = MOVABLE .. "|__GFP_THISNODE" }
end
scene "Node 0 is used up"
say "node_reclaim_mode is 1: node 0 may reclaim before the next node is tried."
ask {
	"The same request on cpu 1, for a page of node 0. Which counters increase now?",
	choices = choices,
	run = function(t)
		return increased { gfp = MOVABLE, cpu = 1, node = 0 },
			"A miss, and yet the page is local to cpu 1. A miss does not mean remote memory.", t:first "zone_statistics"
	end,
}
ask {
	"Cpu 0 (node 0) requests a page of node 0. Which counters increase?",
	choices = choices,
	run = function(t)
		return increased { gfp = MOVABLE, cpu = 0, node = 0 },
			"Only this page is remote: it is on another node than the cpu.", t:first "zone_statistics"
	end,
}
local cache = math.min(param("cache", 6), 36)
fold("Pages of node 0 become page cache", function()
	for i = 1, cache do filled[1][i]:reclaimable() end
end)
say(("%d pages of node 0 are page cache now, which node_reclaim() can free."):format(cache))
ask {
	"Cpu 0 requests a page of node 0 once more. Which counters increase?",
	choices = choices,
	run = function(t)
		local answer = increased { gfp = MOVABLE, cpu = 0, node = 0 }
		local reclaim = t:first "node_reclaim"
		return answer, ("node_reclaim() freed %d pages; then the watermark was checked again."):format(reclaim.nr_reclaimed), reclaim
	end,
}

fold("The pages of node 0 are freed", function()
	for _, list in ipairs(filled) do list:free() end
end)
scene "Many requests"
local nr = param("requests", ({ 60, 70, 65, 75 })[math.random(4)])
local TYPES = { MOVABLE, "GFP_KERNEL", "GFP_KERNEL|__GFP_RECLAIMABLE" }
local requests, changed, before, held = 0, 0, total "hit" + total "miss", {}
on.zone_statistics(function() requests = requests + 1 end)
on.set_pageblock_migratetype(function() changed = changed + 1 end)
say "Nearly all pageblocks are movable; most pages are free."
say(("%d requests of three migratetypes follow, and half of the blocks are freed."):format(nr))
ask {
	"How many of the requests change the migratetype of a pageblock?",
	choices = {
		{ "none", feedback = "No block of the other types is free at first: they must be stolen." },
		"fewer than half",
		{ "half or more", feedback = "Only the first ones steal; later requests use the pageblocks that have changed." },
	},
	run = function()
		fold(("%d requests"):format(nr), function()
			for i = 1, nr do
				held[#held + 1] = m:alloc { gfp = TYPES[math.random(3)], order = math.random(0, 3), cpu = i % 2 }
				if math.random(2) == 1 then table.remove(held, math.random(#held)):free() end
			end
		end)
		return changed == 0 and 1 or changed < nr // 2 and 2 or 3,
			("%d of %d, in the first steals of each type on each node."):format(changed, nr)
	end,
}
say(("Both nodes: hit %d, miss %d, foreign %d; local %d, other %d."):format(
	total "hit", total "miss", total "foreign", total "local", total "other"))
expect(total "hit" + total "miss" == before + requests, "property: every request is a hit or a miss")
expect(total "hit" + total "miss" == total "local" + total "other", "property: every request is local or other")
expect(total "miss" == total "foreign", "property: each miss is foreign on the preferred node")
local hits, misses, near = total "hit", total "miss", total "local"
-- Exercise: your requests here.
expect(m:check(), "property: every invariant holds")
takeaway [[A hit means: a page of the preferred node. Local means: a page of the cpu's node.
A miss may be local, and a hit may be remote. Linux 5.14 and later count them per cpu first.]]
exercise {
	"Write requests that are all hits, and none of them local.",
	checks = {
		{ "at least one hit and no miss", total "hit" > hits and total "miss" == misses },
		{ "none is local", total "hit" > hits and total "local" == near },
	},
	variants = { { "requests=160", "more requests, hardly more changes" }, { "cache=4", "4 pages stay in vm_stat_diff" } },
}
