-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- What hostile submissions are graded by: small limits, and nothing in it
-- that comes true by itself.
--
-- The student may only allocate. Required are seven splits in one request, the
-- pages that are free afterwards, and that nothing else was done.

assignment {
	title = "Seven splits",
	limits = {
		wall_ms = 400, requests = 40, events = 4000, memory = 48000000,
		output = 20000, machines = 16000000, string = 300000,
		instructions = 1000000000000,
	},
	seeds = { 7 },
	params = { order = 3 },
}

given {
	machine = { nodes = { { memory = "64M" } } },
	allow = { "alloc" },
	after = function(m)
		fact("free", m:node(0):zone("DMA32").free)
	end,
}

property {
	points = 4,
	text = "seven splits in one request",
	count { "expand", exactly = 7, per = "any request" },
}

property {
	points = 3,
	text = "so many pages are free afterwards",
	answers { "free" },
}

property {
	points = 2,
	text = "with one request",
	requests { exactly = 1 },
}

property {
	points = 1,
	text = "the block has the requested order",
	visibility = "hidden",
	eventually { "mm_page_alloc", order = 3, migratetype = "movable" },
}
