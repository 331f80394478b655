-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 13-cpusets-and-dirty: memory that is there, near, free, and not used.
--
-- For the teacher (ten minutes). The belief to break: "a node with memory is
-- used". Before its pages are counted, a zone must pass four gates; here are
-- the ones that have to do with the task: the cpuset and the dirty limit.
-- Keep the matrix of the walk in sight and ask before each step which column
-- says no. The point of the first two scenes: mems_allowed acts in two ways,
-- as the nodemask when the caller gave none, else zone by zone.
--
-- This is Linux 5.10; the gates and their order are the same today.

lesson {
	title = "Cpusets and dirty pages",
	goal = "Name the rule that passed a node over.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" }, { memory = "64M" }, { memory = "64M" } } }
local USER = "GFP_HIGHUSER_MOVABLE"
local near = 0 -- the cpu's node
local far = param("far", 0)
if far == 0 then far = math.random(2) end

-- A page for the near node; its walk, and what the near node's zone was told.
local b
local function gate(request)
	request.gfp = request.gfp or USER
	b = assert(m:alloc(request))
	return b.walk[1].gate
end
local gates = { "the ceiling", "the nodemask", "the cpuset, zone by zone", "the dirty limit", "none: it is used" }
local number = { ceiling = 1, nodemask = 2, cpuset = 3, dirty = 4, watermark = 5 }

scene "A cpuset becomes a nodemask"
m:task { mems_allowed = { far } }
say(("The task may use node %d only. It runs on a cpu of node %d, with much free."):format(far, near))
ask {
	text = "A page is asked for, no nodemask is given. Which gate passes node 0 over?",
	choices = gates,
	hint = "The task's nodes are taken as the nodemask: one question less for each zone",
	run = function(t)
		local answer = number[gate {}]
		expect(t:count "cpuset_check" == 0, "no zone was asked about cpusets")
		return answer
	end,
}
expect(b.node == far, "the page comes from where the task may go")

scene "With a nodemask of its own"
ask {
	text = ("The same task asks with nodemask { %d, %d }, as a memory policy would. Which gate now?"):format(near, far),
	choices = gates,
	hint = "The caller's nodemask stays, so each zone must be asked",
	run = function() return number[gate { nodemask = { near, far } }] end,
}
expect(b.node == far, "the same node, by another rule")

scene "Who may leave the cpuset"
ask {
	text = "The same task is interrupted, and the interrupt's handler asks for a page. From which node?",
	hint = "An interrupt works for nobody in particular: the task's cpuset does not bind it",
	run = function(t)
		m:task { mems_allowed = { far }, interrupt = true }
		gate { gfp = "GFP_ATOMIC|__GFP_MOVABLE" }
		say("rule: " .. t:first "cpuset_check".rule)
		return b.node
	end,
}
ask {
	text = "The task is chosen to be killed: it is the OOM victim. Its next page, no nodemask: from which node?",
	hint = "It would be allowed everywhere, but its nodes are the nodemask, and that gate comes first",
	run = function()
		m:task { mems_allowed = { far }, oom_victim = true }
		gate {}
		return b.node
	end,
}
gate { nodemask = { near, far } }
expect(b.node == near, "with a nodemask each zone is asked, and the victim may")

scene "Writers are spread"
m:task {}
gate { gfp = USER .. "|__GFP_WRITE" }
local limit
for _, e in ipairs(b.events) do
	if e.event == "dirty_check" then limit = e.limit end
end
local share = param("share", 100 + math.random(20))
m:dirty(near, limit * share // 100)
say(("No cpuset any more. Node %d has %d dirty pages; its limit is about %d."):format(
	near, limit * share // 100, limit))
local writer, reader
ask {
	text = "A page is wanted for writing to a file, another one for reading. From which nodes do they come?",
	hint = "Only who will dirty the page is kept off a node with too many dirty pages",
	run = function()
		gate { gfp = USER .. "|__GFP_WRITE" }
		writer = b.node
		gate {}
		reader = b.node
		return ("writer: node %d, reader: node %d"):format(writer, reader)
	end,
}

scene "Yours"
-- To change: --set share=90 (per cent of the limit that are dirty), --set
-- far=2. Your task: a request with __GFP_WRITE that is given a page of node 0
-- all the same, while the node is over its limit. The property: the dirty
-- limit moves writers, and nobody else.
expect(reader == near, "property: the reader stays near")
expect((writer == near) == (share <= 100), "property: the writer leaves when the limit is passed")
