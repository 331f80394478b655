-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- reserve: show a zone that is refused only because of lowmem_reserve.
--
-- For the teacher. A common misconception is that lowmem_reserve sets pages
-- aside. Here the student finds a watermark check in which the zone has more
-- free pages than the watermark and is still refused. The second property
-- shows the other side: a request with a lower highest_zoneidx gets them.

assignment {
	title = "Refused only because of lowmem_reserve",
	kind = "show",
	text = "Write a scenario in which a zone has more free pages than its "
		.. "watermark and is refused only because of lowmem_reserve. Then show "
		.. "that a request with a lower highest_zoneidx gets a page of that zone.",
	limits = { wall_ms = 4000, requests = 2000, events = 400000 },
}

given {
	machine = {
		nodes = { { memory = "64M" } },
		sysctl = { watermark_boost_factor = 0 },
	},
}

property {
	points = 5,
	text = "a zone is refused only because of lowmem_reserve",
	eventually {
		"watermark_check",
		where = "free - unusable > watermark and not ok",
	},
}

property {
	points = 3,
	text = "then a request with a lower highest_zoneidx gets a page of that zone",
	seq {
		{ "watermark_check", where = "free - unusable > watermark and not ok",
			nid = var "node", zone = var "zone" },
		{ "mm_page_alloc", nid = var "node", zone = var "zone" },
	},
}

property {
	points = 2,
	text = "with at most 60 requests",
	requires = "P1",
	requests { max = 60 },
}

property {
	points = 2,
	text = "the zone is DMA, and it is the highest zone of the other request",
	visibility = "hidden",
	seq {
		{ "watermark_check", zone = "DMA", where = "free - unusable > watermark and not ok" },
		{ "prepare_alloc_pages", highest_zoneidx = "DMA" },
		without { "alloc_request" },
		{ "mm_page_alloc", zone = "DMA" },
	},
}
