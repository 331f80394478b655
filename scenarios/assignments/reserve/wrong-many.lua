-- SPDX-License-Identifier: GPL-2.0-or-later
-- Partly right: shown, but with too many requests.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

for _ = 1, 40 do
	m:alloc({ gfp = "GFP_HIGHUSER_MOVABLE" }):free()
end
for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
end
m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" }
