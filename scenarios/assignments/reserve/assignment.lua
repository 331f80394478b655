-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- reserve: show a zone that is refused only because of its reserve.
--
-- For the teacher. The wrong belief is that lowmem_reserve are pages set
-- aside: here the student finds a check in which the zone has more pages than
-- its mark asks for, and is refused all the same. The second property asks
-- for the other side: somebody whose ceiling is lower may have those pages.

assignment {
	title = "Refused only because of the reserve",
	kind = "show",
	text = "Write a scenario in which a zone has more free pages than its mark "
		.. "asks for, and is refused all the same because of its reserve. Then "
		.. "show that a request with a lower ceiling gets a page of that zone.",
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
	text = "a zone is refused only because of its reserve",
	eventually {
		"watermark_check",
		where = "free - unusable > watermark and not ok",
	},
}

property {
	points = 3,
	text = "afterwards a request with a lower ceiling gets a page of that zone",
	seq {
		{ "watermark_check", where = "free - unusable > watermark and not ok",
			nid = var "node", zone = var "zone" },
		{ "mm_page_alloc", nid = var "node", zone = var "zone" },
	},
}

property {
	points = 2,
	text = "with at most 60 requests",
	requests {
		max = 60,
		trigger = { "watermark_check", where = "free - unusable > watermark and not ok" },
	},
}

property {
	points = 2,
	text = "the reserve was DMA's, and DMA itself was the ceiling of the other request",
	visibility = "hidden",
	seq {
		{ "watermark_check", zone = "DMA", where = "free - unusable > watermark and not ok" },
		{ "prepare_alloc_pages", highest_zoneidx = "DMA" },
		without { "alloc_request" },
		{ "mm_page_alloc", zone = "DMA" },
	},
}
