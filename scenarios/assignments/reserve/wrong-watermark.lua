-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the watermark refuses DMA; for GFP_DMA, lowmem_reserve is 0.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_DMA|__GFP_MOVABLE" } do end
end
