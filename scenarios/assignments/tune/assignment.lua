-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- tune: choose sysctls for a given workload; the least waste wins.
--
-- For the teacher. The workload takes movable pages until the fast path has
-- none, then forty pages that cannot wait. A high min_free_kbytes serves all
-- of those and wastes the rest; a low one wastes nothing and fails them.

assignment {
	title = "As little as possible, as much as needed",
	kind = "tune",
	text = "Choose sysctls for the machine so that all forty urgent requests "
		.. "are served, and as few pages as possible stay unused.",
	limits = { wall_ms = 2000 },
}

local URGENT = 40

given {
	machine = { nodes = { { memory = "64M" } } },
	allow = { "sysctl" },
	after = function(m)
		for order = 10, 0, -1 do
			while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
		end
		local waste = m:node(0):zone("DMA").free + m:node(0):zone("DMA32").free
		local served = 0
		for _ = 1, URGENT do
			if m:alloc { gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = "WMARK_MIN|HIGH|HARDER" } then
				served = served + 1
			end
		end
		fact("waste", waste - served)
		fact("served", served)
	end,
}

property {
	points = 5,
	text = "all forty urgent requests are served",
	final(function(_, run)
		return run.facts.served == URGENT,
			run.facts.served .. " of 40 were served", "40"
	end),
}

property {
	points = 10,
	text = "few pages stay unused (they count only when all are served)",
	measure {
		value = function(run)
			return run.facts.served == URGENT and run.facts.waste or nil
		end,
		full = 60, none = 300, unit = "pages",
	},
}
