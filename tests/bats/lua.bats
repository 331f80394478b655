#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lua: the scenario language. Scripts with an error are tests/lua/*.lua, each
# with its exit code in line 2 and its complete message in NAME.txt.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
}

@test "each error has its message with file and line" {
	cd "$ZONEWALK_SOURCE/tests/lua"
	local failed=0 number=0
	for script in *.lua; do
		name=${script%.lua}
		code=$(sed -n '2s/^-- exit: //p' "$script")
		run --separate-stderr "$ZONEWALK" run -q \
			--limit instructions=20000000 --limit wall_ms=60000 \
			"$script"
		if [ "$status" != "$code" ] || [ -n "$output" ] ||
			[ "$stderr" != "$(cat "$name.txt")" ]; then
			echo "$script: exit $status, not $code"
			diff <(echo "$stderr") "$name.txt" || :
			failed=1
		fi
		number=$((number + 1))
	done
	[ "$number" -ge 100 ]
	[ "$failed" = 0 ]
}

@test "functions that replace Lua's own have its results" {
	local script=$ZONEWALK_SOURCE/tests/data/stock.lua

	# stock Lua shows addresses
	lua5.4 "$script" | sed 's/: 0x[0-9a-f]*//g' >stock.txt
	run -0 "$ZONEWALK" run "$script"
	diff stock.txt <(sed 's/^| //' <<<"$output")
	[ "$(wc -l <stock.txt)" -gt 1000 ]
}

@test "a message names the file as the command line does" {
	mkdir deep
	echo 'say(nil)' >deep/wrong.lua
	run -3 "$ZONEWALK" run deep/wrong.lua
	has "deep/wrong.lua:1: say: expected a string"
	run -3 "$ZONEWALK" run "$PWD/deep/wrong.lua"
	has "$PWD/deep/wrong.lua:1: say: expected a string"
}

@test "defaults: order 0, GFP_KERNEL, cpu 0, the node of the cpu" {
	cat >s.lua <<-'END'
		local m = machine { cpus = 2, nodes = { { memory = "64M" }, { memory = "64M" } } }
		local asked
		on.alloc_request(function(e) asked = e end)
		local b = m:alloc()
		expect(asked.order == 0 and asked.gfp == "GFP_KERNEL", "order and gfp")
		expect(asked.cpu == 0 and asked.nid == 0, "cpu and node")
		expect(asked.has_nodemask == false, "no nodemask")
		local c = m:alloc { cpu = 1 }
		expect(asked.cpu == 1 and asked.nid == 1 and c.node == 1, "cpu 1's node")
		m:alloc { gfp = 0xcc0 }
		expect(asked.gfp == "GFP_KERNEL", "a number is a mask too")
		for _, gfp in ipairs { "mode:0x40a20(GFP_ATOMIC|__GFP_COMP),", "gfp_mask=0x1(GFP_ATOMIC|__GFP_COMP)",
			" GFP_ATOMIC | __GFP_COMP ", "0x40a20" } do
			m:alloc { gfp = gfp }
			expect(asked.gfp == "GFP_ATOMIC|__GFP_COMP", gfp)
		end
		m:alloc { gfp = "GFP_KERNEL|__GFP_ACCOUNT" }
		expect(asked.gfp == "GFP_KERNEL_ACCOUNT", "its name")
	END
	runs_silently s.lua
}

@test "fault injection spares what the kernel's defaults spare" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } } }
		m:fault {}
		expect(m:alloc { order = 1, gfp = "GFP_ATOMIC" }, "probability is 0")
		m:fault { probability = 100 }
		expect(m:alloc { gfp = "GFP_ATOMIC" }, "min_order is 1")
		expect(m:alloc { order = 1 }, "ignore_gfp_reclaim")
		expect(m:alloc { order = 1, gfp = "__GFP_HIGHMEM" }, "ignore_gfp_highmem")
		expect(not m:alloc { order = 1, gfp = "GFP_ATOMIC" }, "none of them")
		expect(m:alloc { order = 1, gfp = "GFP_ATOMIC" }, "times is 1")
		local failed, rules = 0, {}
		on.should_fail_alloc_page(function(e) rules[#rules + 1] = e.rule end)
		m:fault { probability = 100, times = -1, interval = 3, space = 2, min_order = 0, ignore_gfp_reclaim = false }
		for i = 1, 8 do failed = failed + (m:alloc() and 0 or 1) end
		expect(failed == 2 and rules[1] == "space" and rules[2] == "interval" and rules[4] == "fails", table.concat(rules, " "))
	END
	runs_silently s.lua
	printf 'local m = machine { nodes = { { memory = "64M" } } }\nm:fault { %s }\n' \
		'probability = 101' >s.lua
	run -3 "$ZONEWALK" run s.lua
	has "s.lua:2: m:fault: probability 101: expected an integer from 0 to 100"
}

@test "holes and reserved pages are one area or a list; a snapshot keeps them" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M", holes = { pfn = 8000, pages = 300 },
			reserved = { "1M", { pfn = 4096, pages = "8M" } } }, { memory = "16M" } } }
		local z = m:node(0):zone("DMA32")
		expect(z.present == 12288 - 300 and z.managed == z.present - 2048, z.managed)
		expect(m:page(8150).state == "reserved" and m:page(255).state == "reserved")
		expect(m:pageblock(7680) == "movable" and m:pageblock(8192) == "unmovable")
		expect(m:node(0):zone("DMA").managed == 4095 - 255, "frame 0 never exists")
		expect(m:node(1):zone("DMA32").start_pfn == 16384 and m:check())
	END
	"$ZONEWALK" run -q s.lua --snapshot m.json
	sed 's/machine {.*,$/machine.load("m.json")/; /reserved = /d' s.lua >again.lua
	[ "$(wc -l <again.lua)" = 7 ]
	runs_silently again.lua
}

@test "a key that is not a name is an error, also after valid keys" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } } }
		local function message(f, t)
			return select(2, pcall(f, t))
		end
		local function wrong(t)
			return message(function(x) m:alloc(x) end, t)
		end
		for _ = 1, 2 do
			expect(wrong { 5 }:find("the value 5 has no key", 1, true), "a list")
			expect(wrong { [true] = 3 }:find("the value 3 has no key", 1, true), "true")
			expect(wrong { [m] = 4 }:find("the value 4 has no key", 1, true), "a machine")
			expect(wrong { ordr = 1 }:find("did you mean order?", 1, true), "a name")
			expect(wrong { order = "1" }:find('order "1": expected an integer', 1, true), "a text")
			local b = m:alloc { order = 0, gfp = "GFP_KERNEL", cpu = 0 }
			local free = function(t) b:free(t) end
			expect(message(free, { 7 }):find("the value 7 has no key", 1, true), "free")
			expect(message(free, { cpu = 9 }):find("cpu 9: ", 1, true), "cpu")
			b:free { cpu = 0 }
		end
	END
	runs_silently s.lua
}

@test "a block has fields, which stay readable after a free" {
	scenario <<-'END'
		local b = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		expect(b.pfn == 4096 and b.order == 3 and b.node == 0, "place")
		expect(b.zone == "DMA32" and b.migratetype == "movable", "zone and type")
		expect(b.address == "0x1000000", "address")
		expect(m:page(4099).state == "used" and m:page(4099).block == 4096, "used")
		b:free()
		expect(b.pfn == 4096 and m:page(4096).state == "free", "freed")
		expect(not pcall(b.free, b), "not twice")
	END
}

@test "a refused request returns nil and the reason, zone by zone" {
	scenario <<-'END'
		while m:alloc { order = 10 } do end
		local b, reason = m:alloc { order = 10 }
		expect(b == nil, "nil")
		expect(reason.text:find "1024 free %- 1023 unusable, required more than 238", "text has the numbers")
		local z = reason.zones[1]
		expect(z.node == 0 and z.zone == "DMA32", "which zone")
		expect(z.check == "watermark" and z.verdict == "refused", "which check")
		expect(z.free == 1024 and z.unusable == 1023 and z.watermark == 238, "numbers")
		expect(z.lowmem_reserve == 0 and z.margin == 1 - 238, "margin")
		expect(tostring(reason) == reason.text, "as text")
	END
}

@test "reason.flips says what would have let the request be served" {
	scenario <<-'END'
		while m:alloc { order = 10 } do end
		local free = m:node(0):zone("DMA32").free
		local b, reason = m:alloc { order = 10 }
		local few, none = m:alloc { order = 9 }, m:node(0):zone("DMA32").free
		local f = reason.flips[1]
		expect(f.kind == "free_pages" and f.node == 0 and f.zone == "DMA32", "kind and zone")
		expect(f.from == free and f.to == free + 238 and f.unit == "pages", "numbers")
		expect(f.text == "238 more free pages in node 0 DMA32: 1024 -> 1262", "text")
		expect(f.cost:find "238 pages have to be reclaimed or freed", "cost")
		local kinds = {}
		for _, flip in ipairs(reason.flips) do kinds[flip.kind] = flip end
		expect(kinds.order.from == 10 and kinds.order.to == 9, "order")
		expect(few, "order 9 is served indeed")
		expect(rawequal(reason.flips, reason.flips), "found once")
		expect(m:node(0):zone("DMA32").free == none, "the machine stays as it is")
		expect(reason.nothing == nil, "no other field")
	END
}

@test "reason.flips belongs to the machine and the request of the reason" {
	scenario <<-'END'
		local other = machine { nodes = { { memory = "16M" } } }
		local these, first = other:fill { order = 10 }
		local those, second = m:fill { order = 10 }
		expect(#first.flips == 2 and #second.flips == 3, "machines")
		expect(first.request == #these + 1 and second.request == #those + 1, "requests")
		local index = getmetatable(first).__index
		for _, request in ipairs { 0, -1, 1, 1 << 31, 1 << 40, math.mininteger, "x", {} } do
			expect(#index({ request = request }, "flips") == 0, "none of another request")
		end
		expect(index(7, "flips") == nil and index(first, {}) == nil, "no reason, no name")
	END
}

@test "block.walk has the fields of reason.zones, block.events the events" {
	scenario <<-'END'
		local b = m:alloc { order = 1, gfp = "GFP_DMA32|__GFP_MOVABLE" }
		expect(#b.walk == 1 and b.walk[1].verdict == "passed", "one zone, passed")
		expect(b.walk[1].margin == 12288 - 1 - 238, "margin")
		expect(b.events[1].event == "alloc_request", "first event")
		expect(b.events[#b.events].event == "mm_page_alloc", "last event")
		expect(b.events[#b.events].pfn == b.pfn, "its page")
	END
}

@test "alloc_flags drive get_page_from_freelist" {
	scenario <<-'END'
		while m:alloc { order = 0, gfp = "GFP_HIGHUSER_MOVABLE" } do end
		expect(not m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }, "refused at low")
		local b = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", alloc_flags = "WMARK_MIN" }
		expect(b, "given at min")
		expect(m:alloc { alloc_flags = 4 }, "NO_WATERMARKS as a number")
	END
}

@test "nodemask is a list of nodes" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" }, { memory = "64M" }, { memory = "64M" } } }
		local seen
		on.prepare_alloc_pages(function(e) seen = e.nodemask end)
		expect(m:alloc { node = 0, nodemask = { 2, 1 } }.node ~= 0, "not node 0")
		expect(#seen == 2 and seen[1] == 1 and seen[2] == 2, "a list again")
	END
	run -0 "$ZONEWALK" run -q s.lua
}

@test "hooks see the machine in the state of their event" {
	scenario <<-'END'
		local counts = {}
		on.expand(function(e)
			counts[e.order] = m:node(0):zone("DMA32").nr_free[e.order]
			e.order = 99
		end)
		local b = m:alloc { order = 8, gfp = "GFP_HIGHUSER_MOVABLE" }
		expect(counts[9] == 1 and counts[8] == 1, "after each split")
		expect(m:node(0):zone("DMA32").free == 12288 - 256, "and now is now")
		expect(b.events[1].order == 8, "the event itself is not the script's")
	END
}

@test "an error in a hook ends the request; later hooks run" {
	scenario <<-'END'
		local calls = 0
		on.mm_page_alloc(function() calls = calls + 1; if calls == 1 then error "mine" end end)
		local good, message = pcall(m.alloc, m)
		expect(not good and message:find "mine", "the error")
		expect(m:alloc() and calls == 2, "the next request")
	END
}

@test "a zone has the numbers that boot computes, and is a copy" {
	scenario <<-'END'
		local z = m:node(0):zone("DMA32")
		expect(z.managed == 12288 and z.free == 12288 and z.free_exact == 12288, "size")
		expect(z.watermark.min == 191 and z.watermark.low == 238, "marks")
		expect(z.watermark.high == 285, "high")
		expect(m:node(0):zone("DMA").lowmem_reserve[1] == 48, "reserve by zone index")
		expect(z.nr_free[10] == 12 and z.nr_free[0] == 0, "nr_free by order")
		expect(z.nr_free_pages == z.free and z.protection[1] == 0, "kernel names")
		local blocks = z:blocks(10, "movable")
		expect(#blocks == 12 and blocks[1] == 4096 and blocks[12] == 15360, "head to tail")
		m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
		expect(z.free == 12288, "a copy stays as it was")
		local pcp = m:node(0):zone("DMA32"):pcp(0)
		expect(pcp.count == 2 and pcp.high == 18 and pcp.batch == 3, "pcp")
		local list = pcp:list "movable"
		expect(#list == 2 and list[1] == 4097 and list[2] == 4098, "its pages")
		expect(m:page(4097).state == "pcp" and m:page(0).state == "reserved", "states")
		expect(m:pageblock(4096) == "movable", "pageblock")
		expect(m:node(0):zone("DMA32").numa.hit == 1, "numa")
		expect(m:check(), "sane")
		expect(m.nodes == 1 and m.cpus == 1 and m.max_order == 11, "shape")
	END
}

@test "machine: zone limits, orders, arch, movable, cma, reserved" {
	cat >s.lua <<-'END'
		local tiny = machine { nodes = { { memory = "4M" } }, max_order = 5, pageblock_order = 3,
			zone_limits = { dma = "1M", dma32 = "2M" } }
		expect(tiny:node(0):zone("Normal").managed == 512, "limits")
		expect(not pcall(tiny.alloc, tiny, { order = 5 }), "max_order")
		local movable = machine { nodes = { { memory = "64M", movable = "16M" } } }
		expect(movable:node(0):zone("Movable").managed == 4096, "movable")
		local arm = machine { arch = "arm64", nodes = { { memory = "64M", cma = "16M" } } }
		expect(arm:node(0):zone("DMA").free_cma == 4096, "cma")
		local i386 = machine { arch = "i386", nodes = { { memory = "1G" } } }
		expect(i386:node(0):zone("HighMem").managed > 0, "highmem")
		expect(i386:node(0):zone("HighMem").numa == nil, "no numa")
		local kept = machine { nodes = { { memory = "64M", reserved = "1M" } } }
		expect(kept:page(255).state == "reserved" and kept:page(256).state == "free", "reserved")
		for _, m in ipairs { tiny, movable, arm, i386, kept } do expect(m:check(), "sane") end
	END
	runs_silently s.lua
}

@test "machine{ sysctl } sets watermarks and reserves" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "2G" } }, sysctl = { min_free_kbytes = 65536,
			lowmem_reserve_ratio = { 128, 256, 32, 0 } } }
		expect(m:node(0):zone("DMA32").watermark.low == 20320, "low")
		expect(m:node(0):zone("DMA").lowmem_reserve[1] == 520192 // 128, "reserve")
	END
	run -0 "$ZONEWALK" run -q s.lua
}

@test "machine.load reads snapshots of the scenario's folder only" {
	scenario <<-'END'
		m:alloc { order = 3, owner = "keeper" }
	END
	run -0 "$ZONEWALK" run -q s.lua --snapshot state.json
	cat >t.lua <<-'END'
		local m = machine.load "state.json"
		expect(m:check() and m:node(0):zone("DMA32").free == 12280, "as it was saved")
		expect(m:alloc { order = 3 }.pfn == 4104, "and goes on")
	END
	run -0 "$ZONEWALK" run -q t.lua
	mkdir inner
	ln -s ../state.json inner/link.json
	cp state.json inner/here.json
	for name in ../state.json "$PWD/state.json" link.json; do
		echo "machine.load '$name'" >inner/u.lua
		run -3 "$ZONEWALK" run -q inner/u.lua
		has "scenario's folder"
	done
	echo "machine.load 'here.json'" >inner/u.lua
	run -0 "$ZONEWALK" run -q inner/u.lua
	echo '{' >inner/here.json
	run -6 "$ZONEWALK" run -q inner/u.lua
	has "inner/here.json:2: "
}

@test "ask prints the question, then the computed answer" {
	scenario <<-'END'
		local answer = ask { "How many?", choices = { "none", "seven" }, reason = "Count.",
			run = function(t)
				m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
				expect(t:first("expand").order == 9, "the first split")
				expect(t:count("expand", function(e) return e.order < 5 end) == 2, "two small ones")
				return t:count "expand" == 7 and "seven" or "none"
			end }
		expect(answer == "seven", "ask returns it")
	END
	run -0 "$ZONEWALK" run s.lua
	has "? How many?
  a  none
  b  seven

request 1, line"
	has "
= b  seven
  Count."
}

@test "there is no os, io, package, debug, require, dofile, loadfile" {
	cat >s.lua <<-'END'
		for _, name in ipairs { "os", "io", "package", "debug", "require", "dofile", "loadfile", "collectgarbage" } do
			expect(_G[name] == nil, name)
		end
		expect(string.dump == nil, "string.dump")
		expect(load "\27Lua" == nil, "bytecode")
		expect(load("return 1", "n", "b")() == 1, "text, whatever is asked")
		local t = {}
		load("x = 5", "n", "t", t)()
		expect(t.x == 5, "an environment")
		expect(pcall(setmetatable, {}, { __gc = 1 }) == false, "finalizers")
	END
	runs_silently s.lua
}

@test "bytecode is rejected" {
	printf '\x1bLuaT' >s.lua
	run -3 "$ZONEWALK" run -q s.lua
	has "s.lua:1: compiled Lua; a scenario is source text"
}

@test "no value shows an address, and pairs has a fixed order" {
	cat >s.lua <<-'END'
		print({}, print, coroutine.create(print), string.format("%s", {}))
		local keys = {}
		for k in pairs { [3] = 1, [1] = 1, b = 1, a = 1, [2.5] = 1, [true] = 1 } do
			keys[#keys + 1] = tostring(k)
		end
		print(table.concat(keys, " "))
		print(math.random(1000), math.random(1000))
	END
	run -0 "$ZONEWALK" run s.lua
	[ "${lines[0]}" = "| table function thread table" ]
	[ "${lines[1]}" = "| 1 2.5 3 a b true" ]
	same=${lines[2]}
	for _ in 1 2 3 4 5; do
		run -0 "$ZONEWALK" run s.lua
		[ "${lines[2]}" = "$same" ]
	done
	run -0 "$ZONEWALK" run --seed 2 s.lua
	[ "${lines[2]}" != "$same" ]
}

@test "patterns and formats are Lua's own, but no format shows an address" {
	scenario <<-'END'
		expect(('x "hi" y'):match '%b""' == '"hi"', "the delimiters of %b may be equal")
		local good, message = pcall(string.find, "aa", "(a)%0")
		expect(not good and message:find("invalid capture index %0", 1, true), "%0")
		for _, format in ipairs { "%p", "\0%p", "%d\0%-20p", "%%%p" } do
			good, message = pcall(string.format, format, {}, {})
			expect(not good and message:find("would show an address", 1, true), format)
		end
		expect(string.format("%%p\0%s", {}) == "%p\0table", "no address")
	END
}

@test "sort is stable, uses metamethods and calls the comparison in one order" {
	scenario <<-'END'
		local list, calls = {}, {}
		for i = 1, 1000 do list[i] = { key = i * 7 % 10, i = i } end
		table.sort(list, function(a, b)
			calls[#calls + 1] = a.i .. " " .. b.i
			return a.key < b.key
		end)
		for i = 2, 1000 do
			local a, b = list[i - 1], list[i]
			expect(a.key < b.key or a.key == b.key and a.i < b.i, "order")
		end
		expect(calls[1] == "2 1" and #calls < 10000, "comparisons")
		local behind = { 3, 1, 2 }
		table.sort(setmetatable({}, {
			__len = function() return #behind end,
			__index = behind,
			__newindex = behind,
		}))
		expect(table.concat(behind, " ") == "1 2 3", "metamethods")
	END
}

@test "pcall, xpcall and coroutines return their values" {
	cat >s.lua <<-'END'
		expect(select("#", pcall(function(...) return ... end, 1, nil, 3)) == 4, "pcall")
		local good, message = pcall(error, "text")
		expect(not good and message == "text", "error")
		local _, traced = xpcall(error, function(e) return "<" .. e .. ">" end, "x")
		expect(traced == "<x>", "xpcall")
		local co = coroutine.wrap(function(a)
			local ok, b = pcall(coroutine.yield, a + 1)
			return ok, b * 2
		end)
		expect(co(1) == 2, "yield through pcall")
		local ok, b = co(5)
		expect(ok and b == 10, "resume")
		local other = coroutine.create(error)
		local fine, why = coroutine.resume(other, "no")
		expect(not fine and why == "no", "an error in a coroutine")
	END
	runs_silently s.lua
}

@test "a limit ends the run with exit 4 and is named" {
	echo 'while true do end' >s.lua
	run -4 "$ZONEWALK" run -q --limit wall_ms=1000 s.lua
	has "s.lua:1: limit wall_ms: more than 1000"
	echo 'local t = {} while true do t[#t + 1] = {} end' >s.lua
	run -4 "$ZONEWALK" run -q --limit memory=2000000 s.lua
	has "limit memory: more than 2000000"
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } } }
		while true do pcall(function() m:alloc { order = 3 }:free() end) end
	END
	run -4 "$ZONEWALK" run -q --limit events=1000 s.lua
	has "s.lua:2: limit events: more than 1000"
	run -4 "$ZONEWALK" run -q --limit memory=1 s.lua
	has "limit memory"
}

@test "a scenario can have several machines" {
	cat >s.lua <<-'END'
		local a = machine { nodes = { { memory = "64M" } } }
		local b = machine { nodes = { { memory = "32M" } } }
		local x = a:alloc { order = 10, gfp = "GFP_HIGHUSER_MOVABLE" }
		local y = b:alloc { order = 10, gfp = "GFP_HIGHUSER_MOVABLE" }
		x:free()
		expect(a:node(0):zone("DMA32").free == 12288, "a")
		expect(b:node(0):zone("DMA32").free == 4096 - 1024, "b")
	END
	run -0 "$ZONEWALK" run s.lua
	has "
machine 2, request 1, line 4: alloc order 10"
}

@test "param has the type of its default" {
	cat >s.lua <<-'END'
		expect(param("n", 3) == 4 and math.type(param("n", 3)) == "integer", "a number")
		expect(param("yes", false) == true, "a boolean")
		expect(param("text", "x") == "4", "a text")
		expect(param("other", 7) == 7, "the default")
	END
	run -0 --separate-stderr "$ZONEWALK" run -q --set n=4 --set yes=true \
		--set text=4 s.lua
	[ -z "$stderr" ]
	run -3 "$ZONEWALK" run -q --set n=many s.lua
	has "s.lua:1: param: --set n=many: expected a number"
}
