-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: without a reserve, GFP_ATOMIC requests fail.
machine {
	nodes = { { memory = "64M" } },
	sysctl = {
		min_free_kbytes = 0,
		lowmem_reserve_ratio = { 0, 0, 0, 0 },
		watermark_boost_factor = 0,
	},
}
