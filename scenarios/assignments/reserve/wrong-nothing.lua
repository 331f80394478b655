-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: it only claims to have passed.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

m:alloc {}
say "P1 = pass"
say "All properties hold, 12 of 12 points."
