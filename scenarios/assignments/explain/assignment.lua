-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- explain: name the check that skips a zone.
--
-- For the teacher. Three requests walk the zonelists of two nodes. The student
-- names the check that skips the first zone of each walk, as `zonewalk doc
-- lua` lists them for `check`. The submission has captions only.

assignment {
	title = "Which check skips the zone?",
	kind = "explain",
	text = "Three requests are made on a machine of two nodes of 64M: "
		.. "(a) GFP_DMA with node 1 preferred; (b) GFP_HIGHUSER_MOVABLE with "
		.. "node 0 preferred and nodemask { 1 }; (c) GFP_USER by a task with "
		.. "mems_allowed { 1 }, node 0 preferred and nodemask { 0, 1 }. Which "
		.. "check skips the first zone of each walk: highest_zoneidx, nodemask, "
		.. "cpuset, dirty, watermark, free_area or locality? Write say \"a = ...\".",
	limits = { wall_ms = 1000 },
}

given {
	machine = { nodes = { { memory = "64M" }, { memory = "64M" } } },
	allow = {},
	after = function(m)
		local function first_check(name, request)
			local block, reason = m:alloc(request)
			local walk = block and block.walk or reason.zones
			fact(name, walk[1].check)
		end
		first_check("a", { gfp = "GFP_DMA", node = 1 })
		first_check("b", { gfp = "GFP_HIGHUSER_MOVABLE", node = 0, nodemask = { 1 } })
		m:task { mems_allowed = { 1 } }
		first_check("c", { gfp = "GFP_USER", node = 0, nodemask = { 0, 1 } })
	end,
}

property { points = 6, text = "the checks", answers "all" }

property {
	points = 1,
	text = "there are no other answers",
	visibility = "after_due_date",
	requires = "P1",
	final(function(_, run)
		local nr = 0
		for _ in pairs(run.answers) do nr = nr + 1 end
		return nr <= 3, nr .. " answers", "3"
	end),
}
