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
local USER, WRITE = "GFP_HIGHUSER_MOVABLE", "GFP_HIGHUSER_MOVABLE|__GFP_WRITE"
local near = 0 -- the cpu's node
local far = param("far", 0)
if far == 0 then far = math.random(2) end

-- Request a page from the near node; return the check that decided on its zone, and the event.
local b
local function decided_by(t, request)
	request.gfp = request.gfp or USER
	b = assert(m:alloc(request))
	return b.walk[1].check, t and (t:first "zone_skip" or t:first "cpuset_check" or t:first "watermark_check")
end
local number = { highest_zoneidx = 1, nodemask = 2, cpuset = 3, dirty = 4, watermark = 5 }
local function checks(nodemask, cpuset)
	return {
		{ "highest_zoneidx", feedback = "GFP_HIGHUSER_MOVABLE allows every zone type." },
		{ "the nodemask", feedback = nodemask },
		{ "the cpuset, zone by zone", feedback = cpuset },
		{ "the dirty limit", feedback = "Only requests with __GFP_WRITE are checked against it." },
		{ "none: the page is allocated from node 0", feedback = "The pages of node 0 are free, but the task may not use them." },
	}
end

scene "A cpuset and no nodemask"
say "Linux 5.10. In the panel of the zonelist, look at the columns of the checks:\nzoneidx, nodemask, cpuset, dirty."
m:task { mems_allowed = { far } }
say(("The task may use node %d only. It runs on node %d, where most pages are free."):format(far, near))
ask {
	"A page is requested without a nodemask. Which check excludes node 0?",
	choices = checks("", "It would be made only if the caller had passed a nodemask."),
	run = function(t)
		local check, event = decided_by(t, {})
		expect(t:count "cpuset_check" == 0, "no cpuset check was made")
		return number[check], ("mems_allowed { %d } becomes the nodemask, so no zone needs a cpuset check."):format(far), event
	end,
}
expect(b.node == far, "the page is from the allowed node")

scene "The caller's nodemask"
say(("Now the caller passes nodemask { %d, %d }, as a memory policy does."):format(near, far))
ask {
	"Which check excludes node 0 now?",
	choices = checks("The caller's nodemask is kept, and node 0 is in it.", ""),
	run = function(t)
		local check, event = decided_by(t, { nodemask = { near, far } })
		return number[check], "The caller's nodemask is kept, so the cpuset is checked for each zone.", event
	end,
}
expect(b.node == far, "the same node, by another check")

scene "Exceptions to the cpuset"
say "An interrupt arrives while the task runs. Its handler requests a page."
m:task { mems_allowed = { far }, interrupt = true }
ask {
	"From which node is the page?",
	type = "number",
	hide = { "lists", "zone", "pcp" }, -- they are of one node
	feedback = { [tostring(far)] = "Then the task's cpuset would apply to a handler that does not act for the task." },
	run = function(t)
		local _, event = decided_by(t, { gfp = "GFP_ATOMIC|__GFP_MOVABLE" })
		local rule = t:first("cpuset_check").rule
		return b.node, "The handler does not act for the task: its cpuset check allows every node (rule " .. rule .. ").", event
	end,
}
say(("The OOM killer chooses the task, which may use node %d only."):format(far))
m:task { mems_allowed = { far }, oom_victim = true }
ask {
	"Its next request has no nodemask. From which node is the page?",
	type = "number",
	hide = { "lists", "zone", "pcp" },
	feedback = { ["0"] = "The cpuset check allows an OOM victim every node, but the nodemask is checked before." },
	run = function(t)
		local _, event = decided_by(t, {})
		return b.node, ("Without a nodemask mems_allowed { %d } becomes the nodemask, for an OOM victim, too."):format(far), event
	end,
}
say(("Once more with nodemask { %d, %d }: the cpuset is checked, and allows node 0."):format(near, far))
decided_by(nil, { nodemask = { near, far } })
expect(b.node == near, "with the caller's nodemask the cpuset is checked, and it allows an OOM victim")

scene "The dirty limit"
m:task {}
say "No cpuset any more. One page is requested to write a file (__GFP_WRITE):\nthe column dirty has a check now."
decided_by(nil, { gfp = WRITE })
local limit
for _, e in ipairs(b.events) do limit = e.event == "dirty_check" and e.limit or limit end
local dirty = limit * param("share", 100 + math.random(20)) // 100
m:dirty(near, dirty)
say(("Node %d now has %d dirty pages; its limit is about %d."):format(near, dirty, limit))
local writer, reader
ask {
	"One page is requested to write a file (__GFP_WRITE), then one to read. Which nodes are they from?",
	choices = {
		{ "writer: node 0, reader: node 0", feedback = "Over its limit, the node is skipped for a request with __GFP_WRITE." },
		{ "writer: node 1, reader: node 0", feedback = "The node is not over its limit: nothing is skipped." },
		{ "writer: node 1, reader: node 1", feedback = "A page to read does not become dirty: the limit does not concern it." },
	},
	run = function(t)
		local _, event = decided_by(t, { gfp = WRITE })
		writer = b.node
		decided_by(nil, {})
		reader = b.node
		return ("writer: node %d, reader: node %d"):format(writer, reader),
			("%d dirty pages, limit %d. Only a request with __GFP_WRITE skips a node over its limit."):format(
				dirty, t:first "dirty_check".limit), event
	end,
}
expect(reader == near, "property: a request without __GFP_WRITE stays on the near node")
expect((writer == near) == (dirty <= limit), "property: __GFP_WRITE leaves a node over its limit")

local write, found = false, false
on.alloc_request(function(e) write = e.gfp:find "WRITE" ~= nil end)
local function served(e) found = found or write and e.pfn and e.nid == near and m:node(near).file_dirty > limit end
on.mm_page_alloc(served)
on.get_page_done(served)
-- Exercise: your request here.
takeaway [[mems_allowed is the nodemask if the caller passes none; else the cpuset is checked for each zone.
A node over its dirty limit is skipped for requests with __GFP_WRITE only.]]
exercise {
	"The slow path ignores the dirty limit. Write such a request with __GFP_WRITE that gets a page of node 0.",
	checks = { { "node 0, over its dirty limit, served a request with __GFP_WRITE", found } },
	variants = { { "share=90", "node 0 is below its dirty limit" }, { "far=2", "the task may use node 2 only" } },
}
