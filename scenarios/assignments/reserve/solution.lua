-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of reserve/assignment.lua.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

-- Allocate every page that a movable request can get, largest blocks first.
for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
end
-- DMA refused the last request because of lowmem_reserve[Normal]. For GFP_DMA,
-- lowmem_reserve[DMA] is 0.
local b = m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" }
expect(b and b.zone == "DMA", "the page is from the zone that refused")
