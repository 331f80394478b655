-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of reserve/assignment.lua.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

-- Everything that a movable request may have, largest blocks first.
for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
end
-- The last of them was refused by DMA for its reserve. GFP_DMA has none.
local b = m:alloc { gfp = "GFP_DMA|__GFP_MOVABLE" }
expect(b and b.zone == "DMA", "a page of the zone that refused")
