-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- The two rules that compare with half: the CMA balance, which says yes and
-- then no, and a steal that leaves a pageblock and one that takes it along.
-- Pageblocks have 16 pages, so that a picture shows them page by page.
lesson { title = "Half", goal = "Visit the pictures of both rules." }

local m = machine {
	cpus = 1,
	nodes = { { memory = "1M", cma = { "512K" } } },
	pageblock_order = 4,
	max_order = 7,
	sysctl = { min_free_kbytes = 16 },
}
local page_cache = "GFP_HIGHUSER_MOVABLE|__GFP_COMP"

say "More than half of the free pages are CMA, until one block is gone."
m:alloc { order = 4, gfp = page_cache }
m:alloc { order = 4, gfp = page_cache }

say "Page cache fills the rest, a quarter of two pageblocks is free again."
m:task { nocma = true }
local blocks = {}
while true do
	local block = m:alloc { order = 2, gfp = page_cache, alloc_flags = "NO_WATERMARKS" }
	if not block then break end
	block:lru(block.pfn // 16 % 2 == 0)
	blocks[#blocks + 1] = block
end
m:task {}
for _, block in ipairs(blocks) do
	if block.pfn % 16 == 8 and block.pfn >= 64 and block.pfn < 96 then block:free() end
end

say "An unmovable page: which of the two pageblocks follows its block?"
m:alloc { order = 2, gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
m:alloc { order = 2, gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
