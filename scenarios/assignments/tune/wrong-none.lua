-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: nothing is kept back, so urgent requests fail.
machine {
	nodes = { { memory = "64M" } },
	sysctl = {
		min_free_kbytes = 0,
		lowmem_reserve_ratio = { 0, 0, 0, 0 },
		watermark_boost_factor = 0,
	},
}
