-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- repair: a request goes to the slow path; one operation makes it succeed.
--
-- For the teacher. Enough pages have been freed, but each by itself: they
-- wait in a cpu's lists, where no buddy finds them, and NR_FREE_PAGES does not
-- count them. Freeing more blocks would do it too, and is not asked for.

assignment {
	title = "One operation",
	kind = "repair",
	text = "Begin as start.lua does. Then make one request, no block being "
		.. "freed, such that the order-2 request which follows gets its block.",
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
	text = "the order-2 request gets its block",
	eventually { "mm_page_alloc", order = 2, part = "after" },
}

property {
	points = 2,
	text = "after exactly one request",
	requests { exactly = 1 },
}

property {
	points = 2,
	text = "in which no block was freed",
	never { "mm_page_free", part = "submission" },
}
