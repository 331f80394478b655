-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the assignment does not allow `task`.
local m = machine {
	nodes = { { memory = "64M" } },
	sysctl = { watermark_boost_factor = 0 },
}

local pages = {}
for i = 1, 16 do
	pages[i] = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
end
for order = 10, 0, -1 do
	while m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } do end
end
for i = 1, 16 do pages[i]:free() end

m:task { oom_victim = true }
