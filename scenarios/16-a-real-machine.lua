-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 16-a-real-machine: what Linux itself did, step by step.
--
-- For the teacher (ten minutes). The belief to break: "the simulator made
-- that up". The machine is a real one: a kernel module froze a running Linux
-- 5.10, wrote down every list in its order, then made requests one by one
-- and wrote down the answers. Here the lists are loaded and the requests
-- made again. Each prediction can be read off the screen before it is made:
-- that is the exam. Whether all of it agrees, to the last list, says
-- `zonewalk replay recordings/duo-cpuset.jsonl`.
--
-- The recording is of Linux 5.10 (Debian, amd64, two nodes of 256 MiB, one
-- cpu; the task may use node 0 only). A later kernel has other lists.

lesson {
	title = "A real machine",
	goal = "Predict the page number that Linux gave.",
	minutes = 10,
}

local FILE = "recordings/duo-cpuset.jsonl"
local m = machine.load(FILE)
local function zone() return m:node(0):zone("DMA32") end
local function lane(kind) return zone():pcp(0):list(kind) end
-- Do the recording's operations up to number @op.
local done = 0
local function go_on(op)
	if op > done then m:replay(FILE, done + 1, op) end
	done = op
end
-- The answer that a run of requests ended in.
local function page(t) return t:first("mm_page_alloc").pfn end
local function text(list, nr)
	local shown = {}
	for i = 1, math.min(#list, nr) do shown[i] = list[i] end
	return table.concat(shown, " ") .. (#list > nr and " ..." or "")
end

scene "From the lane"
local which = ({ { 8, "unmovable" }, { 13, "movable" }, { 7, "movable" }, { 16, "unmovable" } })[math.random(4)]
go_on(which[1] - 1)
local list = lane(which[2])
say(("The %s pages in the lane, from its head: %s"):format(which[2], text(list, 5)))
ask {
	text = ("Operation %d asks for one %s page. Which page did Linux give?"):format(which[1], which[2]),
	hint = "The lane has pages: its head",
	run = function(t)
		go_on(which[1])
		return page(t)
	end,
}
expect(m:page(list[1]).state == "used", "the head was given")

scene "A task that may not"
go_on(22)
ask {
	text = "Operation 23 wants a page of node 1 only; the task may use node 0 only. What did Linux do?",
	choices = { "it gave a page of node 1", "it gave a page of node 0", "the SLOW PATH began" },
	hint = "The nodemask leaves node 1, the cpuset leaves node 0: no zone is left",
	run = function(t)
		go_on(23)
		local given = t:first "mm_page_alloc"
		return given and 2 - given.nid or 3
	end,
}

scene "A refill"
go_on(36)
say(("The lane of reclaimable pages has %d pages; the batch is %d."):format(
	#lane "reclaimable", zone():pcp(0).batch))
ask {
	text = "Operation 37 asks for one reclaimable page. By how much did NR_FREE_PAGES fall?",
	hint = "A whole batch was fetched",
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
	text = "Operation 46 asks for a movable block of order 1. Which block did Linux give?",
	hint = "The head of the first list that is not empty, from order 1 up",
	run = function(t)
		go_on(46)
		local smallest
		for order = 10, 1, -1 do smallest = heads[order] or smallest end
		expect(page(t) == smallest, "the head of the smallest")
		return page(t)
	end,
}

scene "Yours"
-- To change: --set upto=200, or up to 400: how many operations are done. Your
-- task: step through them and predict each page before it is given. The
-- property: whatever Linux did, the machine stays sane.
local upto = param("upto", 60)
local given, steals = 0, 0
on.mm_page_alloc(function() given = given + 1 end)
on.mm_page_alloc_extfrag(function() steals = steals + 1 end)
go_on(upto)
say(("Up to operation %d: %d requests served, %d steals."):format(upto, given, steals))
expect(m:check(), "property: the machine is sane")
