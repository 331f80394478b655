-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- predict: page frame numbers and counters after each request.
--
-- For the teacher. Each student has other requests (own_seed):
--
--   zonewalk grade assignment.lua --sheet ID
--
-- prints the answer template of student ID: the requests, and a question mark
-- for each answer. The completed template is the submission. It may contain
-- only captions: the grader makes the requests.

assignment {
	title = "Which page is allocated?",
	kind = "predict",
	text = "Fill in the page frame numbers (pfn) and the number of free pages of "
		.. "zone DMA32.",
	own_seed = true,
	limits = { wall_ms = 1000 },
}

given {
	machine = { nodes = { { memory = "64M" } } },
	allow = {},
	after = function(m)
		local function free() return m:node(0):zone("DMA32").free end
		local blocks = {}
		for i = 1, 3 do
			blocks[i] = m:alloc {
				order = math.random(2, 6),
				gfp = "GFP_HIGHUSER_MOVABLE",
				owner = "block" .. i,
			}
			fact("block" .. i .. ".pfn", blocks[i].pfn)
			fact("free.after" .. i, free())
		end
		blocks[math.random(1, 3)]:free()
		fact("free.at.end", free())
	end,
}

property {
	points = 6,
	text = "the page frame numbers",
	answers { "block1.pfn", "block2.pfn", "block3.pfn" },
}

property {
	points = 4,
	text = "the numbers of free pages",
	feedback = "actual",
	answers { "free.after1", "free.after2", "free.after3", "free.at.end" },
}
