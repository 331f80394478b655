-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- predict: page numbers and counts after each operation.
--
-- For the teacher. Each student has operations of his own (own_seed):
--
--   zonewalk grade assignment.lua --sheet ID
--
-- prints the sheet of student ID: the operations, and the answers with
-- question marks. The sheet, filled in, is the submission. Nothing is
-- allowed in it but captions: the machine is run here.

assignment {
	title = "Where is the page?",
	kind = "predict",
	text = "Fill in the page numbers, and how many pages are free in DMA32.",
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
	text = "the page numbers",
	answers { "block1.pfn", "block2.pfn", "block3.pfn" },
}

property {
	points = 4,
	text = "how many pages are free",
	feedback = "actual",
	answers { "free.after1", "free.after2", "free.after3", "free.at.end" },
}
