-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of tune/assignment.lua.
machine {
	nodes = { { memory = "64M" } },
	sysctl = {
		min_free_kbytes = 256,
		lowmem_reserve_ratio = { 0, 0, 0, 0 },
		watermark_boost_factor = 0,
	},
}
