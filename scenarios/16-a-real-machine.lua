-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 16-a-real-machine: what Linux itself did, step by step.
--
-- For the teacher (ten minutes). The belief to correct: "the simulator made
-- that up". The machine is a real one: a kernel module stopped a running
-- Linux 5.10, recorded every list in its order, then made requests one by one
-- and recorded the results. This lesson loads the lists and makes the same
-- requests. Each answer can be read off the screen before it is shown: that
-- is the exercise. `zonewalk replay recordings/duo-cpuset.jsonl` compares
-- everything, to the last list.
--
-- The recording is of Linux 5.10 (Debian, amd64, two nodes of 256 MiB, one
-- cpu; the task may use node 0 only). A later kernel has other lists.

lesson {
	title = "A real machine",
	goal = "Predict the page that Linux allocated.",
	minutes = 10,
}

local FILE = "recordings/duo-cpuset.jsonl"
local m = machine.load(FILE)
local function zone() return m:node(0):zone("DMA32") end
local function pcp_list(kind) return zone():pcp(0):list(kind) end
-- Replay the recording's operations up to number @op.
local done = 0
local function go_on(op)
	if op > done then m:replay(FILE, done + 1, op) end
	done = op
end
-- The page that the requests of @t allocated first.
local function page(t) return t:first("mm_page_alloc").pfn end
local function text(list, nr)
	local shown = {}
	for i = 1, math.min(#list, nr) do shown[i] = list[i] end
	return table.concat(shown, " ") .. (#list > nr and " ..." or "")
end

scene "From the per-cpu list"
local which = ({ { 8, "unmovable" }, { 13, "movable" }, { 7, "movable" }, { 16, "unmovable" } })[math.random(4)]
go_on(which[1] - 1)
local list = pcp_list(which[2])
say(("The %s per-cpu list, from its head: %s"):format(which[2], text(list, 5)))
ask {
	text = ("Operation %d requests one %s page. Which pfn did Linux allocate?"):format(which[1], which[2]),
	reason = "The list is not empty: its head.",
	run = function(t)
		go_on(which[1])
		return page(t)
	end,
}
expect(m:page(list[1]).state == "used", "the head is in use now")

scene "A nodemask against a cpuset"
go_on(22)
ask {
	text = "Operation 23 has nodemask { 1 }; the task may use node 0 only. What did Linux do?",
	choices = { "it allocated a page of node 1", "it allocated a page of node 0", "it entered the slow path" },
	reason = "The nodemask excludes node 0 and the cpuset excludes node 1: no zone can serve it.",
	run = function(t)
		go_on(23)
		local allocated = t:first "mm_page_alloc"
		return allocated and 2 - allocated.nid or 3
	end,
}

scene "A refill"
go_on(36)
say(("Pages on the reclaimable per-cpu list: %d; batch: %d."):format(
	#pcp_list "reclaimable", zone():pcp(0).batch))
ask {
	text = "Operation 37 requests one reclaimable page. By how much did NR_FREE_PAGES fall?",
	reason = "The refill took a whole batch.",
	run = function()
		local before = zone().free
		go_on(37)
		return before - zone().free
	end,
}

scene "From the free lists"
go_on(45)
for order = 1, 4 do
	say(("order %d, movable, from the head: %s"):format(order, text(zone():blocks(order, "movable"), 4)))
end
local heads = {}
for order = 1, 10 do heads[order] = zone():blocks(order, "movable")[1] end
ask {
	text = "Operation 46 requests a movable block of order 1. Which block did Linux allocate?",
	reason = "The head of the first non-empty list, from order 1 upwards.",
	run = function(t)
		go_on(46)
		local smallest
		for order = 10, 1, -1 do smallest = heads[order] or smallest end
		expect(page(t) == smallest, "the head of the smallest sufficient block's list")
		return page(t)
	end,
}

scene "Exercise"
-- To change: --set upto=200, or up to 400: how many operations are replayed.
-- Your task: step through them and predict each page before it is allocated.
-- The property: whatever Linux did, every invariant holds.
local upto = param("upto", 60)
local served, steals = 0, 0
on.mm_page_alloc(function() served = served + 1 end)
on.mm_page_alloc_extfrag(function() steals = steals + 1 end)
go_on(upto)
say(("Up to operation %d: requests served %d, steals %d."):format(upto, served, steals))
expect(m:check(), "property: every invariant holds")
