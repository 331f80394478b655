-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- repair: a request enters the slow path; one operation lets it succeed.
--
-- For the teacher. Enough pages have been freed, but they are on a per-cpu
-- list, where they do not merge with their buddies and NR_FREE_PAGES does not
-- count them. drain returns them to the free lists. Freeing more blocks would
-- help, too, and is not the solution.

assignment {
	title = "One operation",
	kind = "repair",
	text = "Begin with the requests of start.lua. Then make one request that "
		.. "frees no block, so that the order-2 request after it succeeds.",
	limits = { wall_ms = 4000, requests = 2000 },
}

given {
	machine = {
		nodes = { { memory = "64M" } },
		sysctl = { watermark_boost_factor = 0 },
	},
	setup = function(m)
		local pages = {}
		for i = 1, 16 do
			pages[i] = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
		end
		for order = 10, 0, -1 do
			while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
		end
		for i = 1, 16 do pages[i]:free() end
	end,
	allow = { "alloc", "free", "drain", "lru" },
	after = function(m)
		m:alloc { order = 2, gfp = "GFP_HIGHUSER_MOVABLE" }
	end,
}

property {
	points = 6,
	text = "the order-2 request succeeds",
	eventually { "mm_page_alloc", order = 2, part = "after" },
}

property {
	points = 2,
	text = "after exactly one request",
	requires = "P1",
	requests { exactly = 1 },
}

property {
	points = 2,
	text = "that frees no block",
	requires = "P1",
	never { "mm_page_free", part = "submission" },
}
