-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 16-a-real-machine: what Linux itself did, step by step.
--
-- For the teacher (ten minutes). The belief to correct: "the simulator made
-- that up". The machine is a real one: a kernel module stopped a running
-- Linux 5.10, recorded every list in its order, then made requests one by one
-- and recorded the results. This lesson loads the lists and makes the same
-- requests. Each answer can be read off the screen before it is shown.
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
local function skip_to(op) -- the last three are not folded
	fold(("Operations %d to %d of the recording"):format(done + 1, op - 3), function() go_on(op - 3) end)
	go_on(op)
end
-- The page that the requests of @t allocated first.
local function page(t) return t:first("mm_page_alloc").pfn end
local function text(list, nr)
	local shown = {}
	for i = 1, math.min(#list, nr) do shown[i] = list[i] end
	return table.concat(shown, " ") .. (#list > nr and " ..." or "")
end

scene "From the per-cpu list"
say [[This is a real machine with Linux 5.10: a kernel module recorded its lists,
made requests one by one, and recorded what Linux did.]]
local which = ({ { 8, "unmovable" }, { 13, "movable" }, { 7, "movable" }, { 16, "unmovable" } })[math.random(4)]
skip_to(which[1] - 1)
local list = pcp_list(which[2])
say(("The %s per-cpu list, from its head: %s"):format(which[2], text(list, 5)))
ask {
	text = ("Operation %d requests one %s page. Which pfn did Linux allocate?"):format(which[1], which[2]),
	type = "pfn",
	feedback = {
		[tostring(list[2])] = "That is the second page of the list.",
		[tostring(list[#list])] = "That is the tail: a bulk free takes pages from there, a request does not.",
	},
	run = function(t)
		go_on(which[1])
		return page(t), ("The list has %d pages: Linux took its head."):format(#list), t:first "pcp_hit"
	end,
}
expect(m:page(list[1]).state == "used", "the head is in use now")

scene "A nodemask against a cpuset"
say "The task of the recording may use node 0 only."
skip_to(22)
ask {
	"Operation 23 has nodemask { 1 }. What did Linux do?",
	choices = {
		{ "it allocated a page of node 1", feedback = "The caller's nodemask does not make the cpuset void." },
		{ "it allocated a page of node 0", feedback = "The nodemask is a hard limit, not a preference." },
		"it entered the slow path",
	},
	run = function(t)
		go_on(23)
		local allocated = t:first "mm_page_alloc"
		return allocated and 2 - allocated.nid or 3,
			"The nodemask excludes node 0 and the cpuset excludes node 1: no zone can serve it.", t:first "slow_path"
	end,
}

scene "A refill"
say "Look at the per-cpu lists while Linux goes on."
skip_to(36)
on.pcp_refill_page(function(e)
	if done == 36 and e.taken == 8 then say "Half of the pages are on the per-cpu list." end
end)
say(("Pages on the reclaimable per-cpu list: %d; batch: %d."):format(#pcp_list "reclaimable", zone():pcp(0).batch))
ask {
	"Operation 37 requests one reclaimable page. By how many pages did NR_FREE_PAGES fall?",
	type = "number",
	feedback = {
		["1"] = "The list is empty: before one page is taken from it, it is refilled.",
		["0"] = "It would stay the same if the list were not empty.",
	},
	run = function(t)
		local before = zone().free
		go_on(37)
		return before - zone().free, "The list was empty: the refill took a whole batch of pages.", t:first "pcp_refill_done"
	end,
}

scene "From the free lists"
say "Look at the free lists while Linux goes on."
skip_to(45)
local heads, rows = {}, {}
for order = 1, 10 do heads[order] = zone():blocks(order, "movable")[1] end
for order = 1, 3 do
	rows[order] = ("order %d, movable, from the head: %s"):format(order, text(zone():blocks(order, "movable"), 4))
end
say(table.concat(rows, "\n"))
ask {
	"Operation 46 requests a movable block of order 1. Which block did Linux allocate? Give its pfn.",
	type = "pfn",
	feedback = {
		[tostring(zone():blocks(1, "movable")[2])] = "That is the second block of order 1.",
		[tostring(heads[3])] = "A larger block is split only if no smaller one is sufficient.",
	},
	run = function(t)
		go_on(46)
		local smallest
		for order = 10, 1, -1 do smallest = heads[order] or smallest end
		local take = t:first "free_list_take"
		expect(page(t) == smallest, "the head of the smallest sufficient block's list")
		return page(t), ("The head of the first non-empty list, from order 1 upwards: order %d."):format(take.order), take
	end,
}

scene "Your predictions"
say "The operations that follow are replayed, too."
-- Exercise: your predictions, the pfn of each operation that allocates: { [47] = 4096, ... }
local predicted = {}
local upto, pfn, served, steals, right, wrong = param("upto", 60), nil, 0, 0, 0, 0
on.mm_page_alloc(function(e) served, pfn = served + 1, e.pfn end)
on.mm_page_alloc_extfrag(function() steals = steals + 1 end)
fold(("Operations 47 to %d of the recording"):format(upto), function()
	for op = 47, upto do
		pfn = nil
		go_on(op)
		if predicted[op] == pfn then right = right + (pfn and 1 or 0) elseif predicted[op] then wrong = wrong + 1 end
	end
end)
say(("Up to operation %d: requests served %d, steals %d."):format(upto, served, steals))
expect(m:check(), "property: every invariant holds")
takeaway [[Linux takes the head of the per-cpu list, or of the free list of the smallest sufficient order.
`zonewalk replay recordings/duo-cpuset.jsonl` compares everything with Linux, to the last list.]]
exercise {
	"Predict the pages of three operations from 47 on, from the lists before each, in the table `predicted`.",
	checks = { { "three predictions are right", right >= 3 }, { "none is wrong", right > 0 and wrong == 0 } },
	variants = { { "upto=200", "more operations" }, { "upto=400", "all operations" } },
}
