-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- tune: choose sysctls for a given workload, with as few unused pages as
-- possible.
--
-- For the teacher. The workload allocates movable pages until the fast path
-- fails, then makes forty GFP_ATOMIC requests. With a high min_free_kbytes
-- all of them succeed, but pages stay unused; with a low one they fail.

assignment {
	title = "As many pages as needed, as few as possible",
	kind = "tune",
	text = "Choose sysctls for the machine so that all forty GFP_ATOMIC "
		.. "requests succeed and as few pages as possible stay unused.",
	limits = { wall_ms = 2000 },
}

local NR_ATOMIC = 40

given {
	machine = { nodes = { { memory = "64M" } } },
	allow = { "sysctl" },
	after = function(m)
		for order = 10, 0, -1 do
			while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
		end
		local waste = m:node(0):zone("DMA").free + m:node(0):zone("DMA32").free
		local served = 0
		for _ = 1, NR_ATOMIC do
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
	text = "all forty GFP_ATOMIC requests succeed",
	final(function(_, run)
		return run.facts.served == NR_ATOMIC,
			run.facts.served .. " of 40 succeeded", "40"
	end),
}

property {
	points = 10,
	text = "few pages stay unused (counts only if all forty requests succeed)",
	requires = "P1",
	measure {
		value = function(run) return run.facts.waste end,
		full = 60, none = 300, unit = "pages",
	},
}
