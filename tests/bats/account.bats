#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# account: where the free pages are that were no help, in the texts of a
# refusal, in Lua, and in a trace.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	# parts A: the parts of an account that are not zero, in order
	parts='
		local function parts(a)
			local list = {}
			for name, nr in pairs(a) do
				if nr > 0 then list[#list + 1] = name .. " " .. nr end
			end
			table.sort(list)
			return table.concat(list, ", ")
		end'
}

@test "4096 free CMA pages, and an unmovable request of order 3" {
	cat >cma.lua <<-END
		$parts
		local m = machine { arch = "arm64", nodes = { { memory = "64M", cma = "16M" } } }
		m:fill { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		m:drain()
		expect(m:node(0):zone("DMA").nr_free[10] == 4, "four CMA blocks of order 10")
		local none, why = m:alloc { order = 3 }
		local zone = why.zones[1]
		say("refused by the " .. zone.check .. ": " .. parts(zone.account))
		say(why.text)
		none, why = m:alloc { order = 3, alloc_flags = "NO_WATERMARKS" }
		zone = why.zones[1]
		say(zone.check .. ": " .. parts(zone.account))
		say(why.text)
	END
	run -0 "$ZONEWALK" run cma.lua --trace trace.jsonl
	has "| refused by the watermark: cma 4096, free 4096
"
	has "short. 4096 pages are free, all in MIGRATE_CMA blocks, which an unmovable request may not use"
	has "| empty: cma 4096, free 4096
| the fast path found no page: Node 0 DMA: 4096 pages are free, all in MIGRATE_CMA blocks, which an unmovable request may not use"
	has_not "no free block"
	grep '"watermark_check".*"ok":false.*"account_usable":0,"account_cma":4096,"account_highatomic":0,' trace.jsonl
}

@test "CMA pages and blocks that are too small" {
	cat >both.lua <<-END
		$parts
		local m = machine { arch = "arm64", nodes = { { memory = "64M", cma = "16M" } } }
		local held = m:fill { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		local pair = {}
		for _, b in ipairs(held) do pair[b.pfn] = b end
		local nr = 0
		for pfn, b in pairs(pair) do
			if pfn % 2 == 0 then b:free() nr = nr + 1 end
		end
		m:drain()
		local none, why = m:alloc { order = 3 }
		local zone = why.zones[1]
		expect(zone.check == "free_area", "enough pages")
		expect(zone.account.cma == 4096 and zone.account.too_small == nr, "all of them")
		expect(zone.account.free == 4096 + nr, "the sum")
		say(nr .. " and " .. zone.why)
	END
	run -0 "$ZONEWALK" run both.lua
	nr=$(sed -n 's/^| \([0-9]*\) and .*/\1/p' <<<"$output")
	[ "$nr" -gt 4000 ]
	has "enough pages, but no usable block of order 3 or more. $((4096 + nr)) pages are free: 4096 in MIGRATE_CMA blocks, $nr in blocks smaller than order 3."
}

@test "all free pages are highatomic, and a request of order 0" {
	cat >highatomic.lua <<-END
		$parts
		local m = machine { nodes = { { memory = "64M" } } }
		local atomic = m:alloc { order = 1, gfp = "GFP_ATOMIC", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
		m:fill { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		m:drain()
		local none, why = m:alloc { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		say("1: " .. why.text)
		expect(parts(why.zones[1].account) == "free 510, highatomic 510", "in the reserved pageblock")
		none, why = m:alloc { gfp = "GFP_ATOMIC", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
		say("2: " .. why.zones[1].check .. ": " .. why.text)
		none, why = m:alloc()
		say("3: " .. why.zones[1].check .. ": " .. why.text)
		expect(parts(why.zones[1].account) == "free 510, highatomic 510", "as for the others")
		local zone = m:node(0):zone("DMA32")
		expect(zone.free_exact == 510 and zone.nr_reserved_highatomic == 512, "a pageblock")
	END
	run -0 "$ZONEWALK" run highatomic.lua
	where="510 pages are free, all in MIGRATE_HIGHATOMIC blocks, which this request may not use"
	has "| 1: the fast path found no page: Node 0 DMA32: $where"
	has "| 2: empty: the fast path found no page: Node 0 DMA32: $where"
	has "| 3: watermark: the fast path found no page: Node 0 DMA32: "
	[[ $output =~ "pages short. $where" ]]
	# every order of the fallback has nothing, and the summary is right
	[[ $output =~ "Order 0: no block of a fallback migratetype in node 0 DMA32."[^.]*"No fallback migratetype has"[^.]*.*"Node 0 DMA32: $where" ]]
}

@test "a second pass names the passes" {
	cat >passes.lua <<-'END'
		local function full(nodes)
			local m = machine {
				cpus = 1, nodes = nodes, zone_limits = { dma = "1M", dma32 = "2M" },
				pageblock_order = 4, max_order = 7, sysctl = { min_free_kbytes = 64 },
			}
			m:fill { gfp = "GFP_KERNEL" }
			return m
		end
		local m = full { { memory = "4M" } }
		local none, why = m:alloc { gfp = "GFP_KERNEL" }
		local first, second = {}, {}
		for _, z in ipairs(why.zones) do table.insert(z.pass == 1 and first or second, z.why) end
		expect(#first == 3 and #second == 3, "three zones, twice")
		expect(why.text == "the fast path found no page, neither in pass 1, with ALLOC_NOFRAGMENT, nor in pass 2: "
			.. table.concat(first, " "), why.text)
		m = full { { memory = "3M" }, { memory = "1M" } }
		none, why = m:alloc { gfp = "GFP_KERNEL", node = 0 }
		first, second = {}, {}
		for _, z in ipairs(why.zones) do table.insert(z.pass == 1 and first or second, z.why) end
		expect(first[#first]:find "another node", first[#first])
		expect(why.text == "the fast path found no page. Pass 1, with ALLOC_NOFRAGMENT: "
			.. table.concat(first, " ") .. " Pass 2: " .. table.concat(second, " "), why.text)
	END
	runs_silently passes.lua
}

@test "ALLOC_NOFRAGMENT: the free pages are of other migratetypes" {
	cat >nofragment.lua <<-'END'
		local m = machine {
			cpus = 1, nodes = { { memory = "4M" } }, zone_limits = { dma = "1M", dma32 = "2M" },
			pageblock_order = 4, max_order = 7, sysctl = { min_free_kbytes = 64 },
		}
		local movable = m:fill { order = 3, gfp = "GFP_HIGHUSER_MOVABLE", count = 64 }
		movable:free { every = 2 }
		m:fill { order = 4, gfp = "GFP_HIGHUSER_MOVABLE", zone = "Normal", leave = 0 }
		local b = m:alloc { order = 1, gfp = "GFP_KERNEL" }
		local normal = b.walk[1]
		expect(normal.check == "empty" and normal.verdict == "empty", normal.check)
		expect(normal.account.usable == normal.account.free, "all usable")
		say(normal.account.usable .. " of " .. normal.why)
		expect(b.walk[#b.walk].account == nil, "no account of the zone that serves")
	END
	run -0 "$ZONEWALK" run nofragment.lua
	nr=$(sed -n 's/^| \([0-9]*\) of .*/\1/p' <<<"$output")
	[ "$nr" -gt 7 ]
	has "Node 0 Normal: $nr pages are free, all in blocks of other migratetypes, but ALLOC_NOFRAGMENT rules out a fallback smaller than a pageblock. Next zone."
}

@test "a zone above highest_zoneidx, isolated pages" {
	cat >above.lua <<-'END'
		local m = machine { nodes = { { memory = "64M", movable = "16M" } } }
		local movable = m:node(0):zone("Movable")
		local b = m:alloc { order = 3, gfp = "GFP_KERNEL" }
		local skip = b.walk[1]
		expect(skip.check == "highest_zoneidx" and skip.account.above_highest_zoneidx == movable.free, skip.why)
		expect(skip.account.free == movable.free, "all of them")
		m:isolate(movable.start_pfn)
		b = m:alloc { order = 3, gfp = "GFP_KERNEL" }
		expect(b.walk[1].account.free == skip.account.free - 1024, "isolated pages are not free")
		-- a zone whose only free pages are isolated
		local dma32 = m:node(0):zone("DMA32")
		m:isolate(dma32.start_pfn + 4096)
		m:fill { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		m:drain()
		local none, why = m:alloc { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		expect(why.zones[2].account.isolated == 1024, "isolated")
		expect(why.zones[2].why:find "no page is free; 1024 pages are isolated and not counted as free", why.zones[2].why)
	END
	runs_silently above.lua
}

# step_of FILE EVENT: the last step of FILE with that event
step_of()
{
	"$ZONEWALK" run "$1" --trace - |
		sed -n "s/^{\"step\":\([0-9]*\),.*\"event\":\"$2\".*/\1/p" | tail -1
}

@test "the screen shows the account at a refusal, in the zone and in the list" {
	cat >screen.lua <<-'END'
		local m = machine { arch = "arm64", nodes = { { memory = "64M", cma = "16M" } } }
		local held = m:fill { gfp = "GFP_KERNEL", alloc_flags = "NO_WATERMARKS" }
		m:drain()
		m:alloc { order = 3 }
		for _, b in ipairs(held) do
			if b.pfn % 2 == 0 and b.pfn < 2000 then b:free() end
		end
		m:drain()
		m:alloc { order = 3 }
	END
	refused=$(step_of screen.lua free_area_check)
	for size in 80x24 120x40; do
		run -0 "$ZONEWALK" frame screen.lua --step $((refused - 1)) --size $size
		has_not " free = "
		run -0 "$ZONEWALK" frame screen.lua --step "$refused" --size $size
		has " 5095 free = 4096 CMA + 999 too small "
		run -0 "$ZONEWALK" frame screen.lua --step $((refused + 1)) --size $size
		has "✗ no usable block: 4096 CMA + 999 too small"
		has " 5095 free = 4096 CMA + 999 too small "
	done
	run -0 "$ZONEWALK" frame screen.lua --step "$refused" --size 200x50 --ascii
	has "no block: 4096 CMA + 999 too small"
	first=$("$ZONEWALK" run screen.lua --trace - | grep '"watermark_check".*"order":3' |
		head -1 | sed 's/^{"step":\([0-9]*\),.*/\1/')
	run -0 "$ZONEWALK" frame screen.lua --step "$first"
	has "4096 free = 4096 CMA "
}
