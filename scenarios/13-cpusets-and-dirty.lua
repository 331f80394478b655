-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 13-cpusets-and-dirty: memory that is near and free, and not used.
--
-- For the teacher (ten minutes). The belief to correct: "a node with memory
-- is used". Before its watermark a zone must pass four checks; this lesson is
-- about those that depend on the task: the cpuset and the dirty limit. Keep
-- the table of the zonelist walk in sight and ask before each step which
-- column refuses. The point of the first two scenes: mems_allowed acts in two
-- ways, as the nodemask if the caller passed none, else as a check per zone.
--
-- This is Linux 5.10; the checks and their order are unchanged.

lesson {
	title = "Cpusets and dirty pages",
	goal = "Name the check that excludes a node.",
	minutes = 10,
}

local m = machine { cpus = 1, nodes = { { memory = "64M" }, { memory = "64M" }, { memory = "64M" } } }
local USER = "GFP_HIGHUSER_MOVABLE"
local near = 0 -- the cpu's node
local far = param("far", 0)
if far == 0 then far = math.random(2) end

-- Request a page from the near node; return the check that decided on its zone.
local b
local function decided_by(request)
	request.gfp = request.gfp or USER
	b = assert(m:alloc(request))
	return b.walk[1].check
end
local checks = { "highest_zoneidx", "the nodemask", "the cpuset, per zone", "the dirty limit", "none: it is used" }
local number = { highest_zoneidx = 1, nodemask = 2, cpuset = 3, dirty = 4, watermark = 5 }

scene "A cpuset becomes a nodemask"
m:task { mems_allowed = { far } }
say(("The task may use node %d only. It runs on node %d, where most pages are free."):format(far, near))
ask {
	text = "A page is requested without a nodemask. Which check excludes node 0?",
	choices = checks,
	reason = "mems_allowed becomes the nodemask, so no zone needs a cpuset check.",
	run = function(t)
		local answer = number[decided_by {}]
		expect(t:count "cpuset_check" == 0, "no cpuset check was made")
		return answer
	end,
}
expect(b.node == far, "the page is from the allowed node")

scene "With the caller's nodemask"
ask {
	text = ("The same request with nodemask { %d, %d }, as from a memory policy. Which check now?"):format(near, far),
	choices = checks,
	reason = "The caller's nodemask is kept, so the cpuset is checked for each zone.",
	run = function() return number[decided_by { nodemask = { near, far } }] end,
}
expect(b.node == far, "the same node, by another check")

scene "Exceptions to the cpuset"
ask {
	text = "An interrupt arrives while the task runs; its handler requests a page. From which node is it?",
	reason = "An interrupt does not act for the task, so the task's cpuset does not apply.",
	run = function(t)
		m:task { mems_allowed = { far }, interrupt = true }
		decided_by { gfp = "GFP_ATOMIC|__GFP_MOVABLE" }
		say("rule: " .. t:first "cpuset_check".rule)
		return b.node
	end,
}
ask {
	text = "The task becomes the OOM victim. Its next request has no nodemask. From which node is the page?",
	reason = "The cpuset check would allow every node, but mems_allowed is the nodemask, checked first.",
	run = function()
		m:task { mems_allowed = { far }, oom_victim = true }
		decided_by {}
		return b.node
	end,
}
decided_by { nodemask = { near, far } }
expect(b.node == near, "with the caller's nodemask the cpuset is checked, and it allows an OOM victim")

scene "The dirty limit"
m:task {}
decided_by { gfp = USER .. "|__GFP_WRITE" }
local limit
for _, e in ipairs(b.events) do
	if e.event == "dirty_check" then limit = e.limit end
end
local share = param("share", 100 + math.random(20))
m:dirty(near, limit * share // 100)
say(("Without a cpuset. Node %d has %d dirty pages; its limit is about %d."):format(
	near, limit * share // 100, limit))
local writer, reader
ask {
	text = "One page is requested to write a file (__GFP_WRITE), one to read. From which nodes are they?",
	choices = {
		"writer: node 0, reader: node 0",
		"writer: node 1, reader: node 0",
		"writer: node 1, reader: node 1",
	},
	reason = "Only requests with __GFP_WRITE are kept away from a node over its dirty limit.",
	run = function()
		decided_by { gfp = USER .. "|__GFP_WRITE" }
		writer = b.node
		decided_by {}
		reader = b.node
		return ("writer: node %d, reader: node %d"):format(writer, reader)
	end,
}

scene "Exercise"
-- To change: --set share=90 (dirty pages in percent of the limit), --set
-- far=2. Your task: write a request with __GFP_WRITE that gets a page of node
-- 0 although the node is over its limit. The property: the dirty limit moves
-- requests with __GFP_WRITE, and no others.
expect(reader == near, "property: a request without __GFP_WRITE stays on the near node")
expect((writer == near) == (share <= 100), "property: __GFP_WRITE leaves a node over its limit")
