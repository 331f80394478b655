-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- An assignment whose machine and setup use all that there is. The student
-- repeats both (setup_honest.lua) and allocates one block.

assignment { title = "A setup", seeds = { 1 } }

given {
	machine = {
		nodes = {
			{ memory = "64M", movable = "8M", cma = "8M" },
			{ memory = "64M", reserved = { { pfn = 20000, pages = 64 } },
				holes = { { pfn = 24576, pages = 1024 } } },
		},
		cpus = 2, cpu_nodes = { 0, 1 },
		distance = { { 10, 20 }, { 20, 10 } },
		zone_limits = { dma = "8M", dma32 = "24M" },
		max_order = 10, pageblock_order = 8, poison = true,
		sysctl = {
			min_free_kbytes = 1000, watermark_boost_factor = 14000,
			watermark_scale_factor = 20,
			lowmem_reserve_ratio = { 256, 256, 32, 0 },
			dirty_ratio = 30, node_reclaim_mode = 1,
			node_reclaim_distance = 25,
		},
	},
	setup = function(m)
		local a = m:alloc { order = 2, gfp = "GFP_KERNEL", node = 0, cpu = 0,
			owner = "first" }
		local b = m:alloc { order = 0, gfp = "GFP_HIGHUSER_MOVABLE", node = 1,
			cpu = 1, nodemask = { 1 } }
		local c = m:alloc { order = 1, gfp = "GFP_KERNEL", node = 1,
			alloc_flags = "WMARK_LOW" }
		b:lru(true)
		a:write("contents", 16)
		a:free { cpu = 0 }
		m:scribble(a.pfn, "stray", 8)
		m:drain { cpu = 1 }
		m:dirty(0, 10)
		local d = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", node = 0, cpu = 0 }
		d:reclaimable()
		m:isolate(12288)
		m:unisolate(12288, "movable")
		m:task { mems_allowed = { 0, 1 }, hardwall_mems = { 0, 1 },
			realtime = true }
		m:fault { times = 3, min_order = 5, ignore_gfp_highmem = true,
			ignore_gfp_reclaim = true }
	end,
	allow = { "alloc" },
}

property {
	points = 10, text = "a block is allocated",
	eventually { "mm_page_alloc", order = 3 },
}
