-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: another machine, with other sysctls.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0, lowmem_reserve_ratio = { 1, 1, 1, 1 } },
}

for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
end
m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" }
