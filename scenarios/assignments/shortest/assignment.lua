-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- shortest: the shortest scenario in which something happens.
--
-- For the teacher. A freed page is the next one to be allocated, because it
-- is at the head of the per-cpu list: three requests show it. The other
-- properties count only if it is shown.

assignment {
	title = "The same page again",
	kind = "shortest",
	text = "Show a page that is allocated, freed, and allocated again before "
		.. "any other page is allocated, with as few requests as possible. A "
		.. "cpu other than 0 must free it.",
	limits = { wall_ms = 1000, requests = 100 },
	seeds = { 1, 2, 3 },
}

given { machine = { cpus = 2, nodes = { { memory = "64M" } } } }

property {
	points = 4,
	text = "the page is allocated again",
	seq {
		{ "mm_page_alloc", pfn = var "page" },
		without { "mm_page_alloc" },
		{ "mm_page_free", pfn = var "page", cpu = other_than(0) },
		without { "mm_page_alloc" },
		{ "mm_page_alloc", pfn = var "page" },
	},
}

property {
	points = 4,
	text = "with three requests",
	requires = "P1",
	measure {
		value = function(run) return run.requests end,
		full = 3, none = 11, unit = "requests",
	},
}

property {
	points = 2,
	text = "each allocation succeeds",
	requires = "P1",
	count { "mm_page_alloc", exactly = 1, per = "request", of = "alloc" },
}
