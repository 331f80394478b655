#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# language: every function of the scenario language works as `zonewalk doc lua`
# says. lua.bats has the basics.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
}

# two <<END: runs a scenario with two nodes of 64M and a cpu each.
two()
{
	on_machine 'cpus = 2, nodes = { { memory = "64M" }, { memory = "64M" } }'
}

@test "m:fill allocates until a request fails, and returns the reason" {
	scenario <<-'END'
		local blocks, reason = m:fill { order = 10, gfp = MOVABLE }
		same(#blocks, 14)
		expect(not m:alloc { order = 10, gfp = MOVABLE }, "it is full")
		same(blocks[1].pfn, 4096)
		same(blocks[1].order, 10)
		same(blocks[#blocks + 1], nil)
		same(blocks[0], nil)
		expect(reason.text:find "refused" and #reason.zones == 2, "the reason")
		local seen = 0
		for i, b in ipairs(blocks) do
			seen = seen + 1
			expect(b == blocks[i], "the same object each time")
		end
		same(seen, 14)
	END
}

@test "m:fill: count and leave; each block is one request" {
	scenario <<-'END'
		local requests = 0
		on.alloc_request(function() requests = requests + 1 end)
		local five, reason = m:fill { count = 5, gfp = MOVABLE }
		same(#five, 5)
		same(reason, nil)
		same(requests, 5)
		same(#m:fill { count = 0 }, 0)
		m:fill { order = 4, gfp = MOVABLE, leave = 5000, zone = "DMA32" }
		local free = m:node(0):zone("DMA32").free
		expect(free >= 5000 and free < 5016, "left: " .. free)
	END
}

@test "blocks:free frees all, a range or every second block, each once" {
	scenario <<-'END'
		local blocks = m:fill { order = 3, gfp = MOVABLE, count = 10 }
		blocks[3]:free()
		same(blocks:free { from = 1, every = 2 }, 4)
		expect(not pcall(blocks[1].free, blocks[1]), "it is free already")
		same(m:page(blocks[2].pfn).state, "used")
		same(blocks:free { to = 4 }, 2)
		same(blocks:free(), 3)
		same(blocks:free(), 0)
		same(m:node(0):zone("DMA32").free, 12288)
	END
}

@test "m:task replaces the whole task; mems_allowed puts cpusets in use" {
	two <<-'END'
		local rules = {}
		on.cpuset_check(function(e) rules[#rules + 1] = e.rule end)
		same(m:alloc().node, 0)
		m:task { mems_allowed = { 1 } }
		same(m:alloc().node, 1)
		same(m:alloc { alloc_flags = "WMARK_LOW|CPUSET", gfp = "GFP_USER" }.node, 1)
		same(rules[1], "hardwall")
		m:task { mems_allowed = { 1 }, oom_victim = true }
		same(m:alloc { alloc_flags = "WMARK_LOW|CPUSET" }.node, 0)
		same(rules[#rules], "oom_victim")
		m:task { mems_allowed = { 1 }, exiting = true }
		m:alloc { alloc_flags = "WMARK_LOW|CPUSET" }
		same(rules[#rules], "exiting")
		m:task { mems_allowed = { 1 }, hardwall_mems = { 1 } }
		m:alloc { alloc_flags = "WMARK_LOW|CPUSET" }
		expect(rules[#rules - 1] == "outside" or rules[#rules - 2] == "outside", "outside")
		m:task { mems_allowed = { 1 }, interrupt = true }
		same(m:alloc().node, 0)
		m:task()
		local before = #rules
		m:alloc()
		same(#rules, before, "cpusets are not in use")
	END
}

@test "m:task: hooks and traces see each flag" {
	two <<-'END'
		local seen
		on.set_task(function(e) seen = e end)
		for _, flag in ipairs { "interrupt", "oom_victim", "exiting",
				"realtime", "nocma", "memalloc" } do
			m:task { [flag] = true }
			same(seen[flag], true)
			m:task {}
			same(seen[flag], false)
		end
		m:task { mems_allowed = { 0, 1 }, hardwall_mems = { 1 } }
		same(seen.hardwall_mems[1], 1)
		same(#seen.hardwall_mems, 1)
		ask { "How often?", run = function(trace)
			m:task { memalloc = true }
			m:task { memalloc = false }
			same(trace:count("set_task", "memalloc and not cpusets"), 1)
			return 1
		end }
	END
}

@test "m:task: nocma avoids CMA, realtime raises the dirty limit" {
	cat >s.lua <<-'END'
		local arm = machine { arch = "arm64", nodes = { { memory = "64M", cma = "32M" } } }
		local first
		on.prepare_alloc_pages(function(e) first = e.alloc_flags end)
		arm:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
		expect(first:find "CMA", first)
		arm:task { nocma = true }
		arm:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
		expect(not first:find "CMA", first)
		local m = machine { nodes = { { memory = "64M" }, { memory = "64M" } } }
		local check
		on.dirty_check(function(e) check = e end)
		m:alloc { gfp = "GFP_KERNEL|__GFP_WRITE" }
		expect(check.limit == check.dirtyable // 5, "20 of 100")
		m:task { realtime = true }
		m:alloc { gfp = "GFP_KERNEL|__GFP_WRITE" }
		local fifth = check.dirtyable // 5
		expect(check.limit == fifth + fifth // 4, "a quarter more")
	END
	runs_silently s.lua
}

@test "m:dirty: a node over its dirty limit is skipped" {
	two <<-'END'
		m:dirty(0, 10000)
		same(m:node(0).file_dirty, 10000)
		local b = m:alloc { gfp = "GFP_KERNEL|__GFP_WRITE" }
		same(b.node, 1)
		same(b.walk[1].check, "dirty")
		same(b.walk[1].verdict, "skipped")
	END
}

@test "a node without memory: its cpu's requests turn to the nearest node" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "4M" }, { memory = 0 }, { memory = "4M" } },
			distance = { { 10, 30, 20 }, { 30, 10, 15 }, { 20, 15, 10 } },
			cpu_nodes = { 0, 1 } }
		local b = m:alloc { node = 1, cpu = 1 }
		expect(b.node == 2, "the nearest node with memory")
		local skipped = 0
		on.zone_skip(function() skipped = skipped + 1 end)
		expect(not m:alloc { node = 1, cpu = 1, gfp = "GFP_KERNEL|__GFP_THISNODE" },
			"no zone: the slow path")
		expect(not m:alloc { node = 0, nodemask = { 1 } }, "no zone in the nodemask")
		expect(skipped > 0, "every zone of node 0's zonelist is skipped")
	END
	runs_silently s.lua
}

@test "block:reclaimable: node_reclaim frees from the front of the queue" {
	on_machine 'cpus = 2, nodes = { { memory = "4M" }, { memory = "4M" } },
		sysctl = { node_reclaim_mode = 1 }' <<-'END'
		local results = {}
		on.node_reclaim(function(e) results[#results + 1] = e.result .. " " .. e.nr_reclaimed end)
		local ALONE = "GFP_KERNEL|__GFP_THISNODE"
		local pages = m:fill { gfp = ALONE }
		expect(#pages > 100)
		results = {}
		m:alloc { gfp = ALONE }
		same(results[1], "full 0")
		for i = 1, 60 do pages[i]:reclaimable() end
		results = {}
		m:alloc { gfp = ALONE, node = 0, cpu = 1 }
		same(results[1], "noscan 0")
		results = {}
		expect(m:alloc { gfp = ALONE }, "32 pages are free now")
		same(results[1], "success 32")
		local good, message = pcall(pages[32].free, pages[32])
		expect(not good and message:find "node_reclaim%(%) freed it", message)
		pages[33]:free()
		expect(tostring(pages[1]):find ", freed")
		expect(not pcall(pages[34].reclaimable, pages[34]), "it is already")
		expect(m:check(), "sane")
		same(pages:free(), #pages - 33)
	END
}

@test "m:fault makes the next requests fail" {
	scenario <<-'END'
		m:fault { probability = 100, times = 2, ignore_gfp_reclaim = false }
		expect(m:alloc(), "order 0 is spared")
		local b, reason = m:alloc { order = 1 }
		same(b, nil)
		same(#reason.zones, 0)
		expect(not m:alloc { order = 2 }, "the second")
		expect(m:alloc { order = 2 }, "no more")
	END
}

@test "m:isolate and m:unisolate take a block or a pfn" {
	scenario <<-'END'
		local b = m:alloc { order = 3, gfp = MOVABLE }
		local isolated, busy = m:isolate(b)
		expect(not isolated and busy == b.pfn, "it cannot be moved")
		same(m:pageblock(b.pfn), "movable")
		b:lru()
		same(m:isolate(b), true)
		same(m:pageblock(b.pfn), "isolate")
		same(m:node(0):zone("DMA32").nr_free[10], 11)
		expect(m:alloc { order = 3, gfp = MOVABLE }.pfn >= 5120, "not from there")
		m:unisolate(b)
		same(m:pageblock(b.pfn), "movable")
		m:isolate(8192, "unmovable", 0)
		same(select(2, m:isolate(8192)), 8192)
		m:unisolate(8192, "reclaimable")
		same(m:pageblock(8192), "reclaimable")
		local good, message = pcall(m.unisolate, m, 8192)
		expect(not good and message:find "it is not isolated", message)
		expect(m:check(), "sane")
	END
}

@test "block:lru marks the first page as movable for a steal" {
	scenario <<-'END'
		local on_list
		on.lru_add(function(e) on_list = e.on end)
		local b = m:alloc { order = 2, gfp = MOVABLE }
		b:lru()
		same(on_list, true)
		b:lru(false)
		same(on_list, false)
		b:lru(true)
		b:free()
		expect(not pcall(b.lru, b), "it is free")
	END
}

@test "block:write and block:read work within an allocated block" {
	scenario <<-'END'
		local b = m:alloc { order = 1, gfp = "GFP_KERNEL|__GFP_ZERO" }
		same(b:read(3), "\0\0\0")
		b:write "hello"
		b:write("there", 8187)
		same(b:read(5), "hello")
		same(b:read(5, 8187), "there")
		same(b:read(0, 8192), "")
		for _, wrong in ipairs {
			function() b:write("x", 8192) end,
			function() b:write(("x"):rep(8193)) end,
			function() b:write("x", -1) end,
			function() b:read(8193) end,
			function() b:read(1, 8192) end,
			function() b:read(-1) end,
		} do
			expect(not pcall(wrong), "beyond the block")
		end
		b:free()
		expect(not pcall(b.write, b, "x"), "no write to a freed block")
		expect(not pcall(b.read, b, 1), "no read either")
		local c = m:alloc { order = 1 }
		same(c.pfn, b.pfn, "the same frames")
		same(c:read(5), "hello", "the contents stay")
		same(m:alloc { gfp = "GFP_KERNEL|__GFP_ZERO" }:read(4096), ("\0"):rep(4096))
	END
}

@test "machine{ poison } detects a write to a free page" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } }, poison = true }
		local seen
		on.check_poison_mem(function(e) seen = e end)
		local b = m:alloc { order = 2 }
		b:free()
		expect(m:alloc { order = 2 }.pfn == b.pfn and not seen, "as it was left")
		local c = m:alloc { order = 3 }
		c:free()
		m:scribble(c.pfn + 1, "!", 100)
		m:alloc { order = 3 }
		expect(seen and seen.pfn == c.pfn + 1 and seen.offset == 100, "found")
	END
	runs_silently s.lua
}

@test "m:replay replays the operations of a recording once, in order" {
	cp "$ZONEWALK_SOURCE/tests/data/duo-cpuset.jsonl" r.jsonl
	cat >s.lua <<-'END'
		local m = machine.load "r.jsonl"
		expect(m:replay("r.jsonl", 1, 10) == 10, "ten")
		local good, message = pcall(m.replay, m, "r.jsonl", 5)
		expect(not good and message:find "operation 11 is next", message)
		local all = m:replay "r.jsonl"
		expect(all > 10, "the others: " .. all)
		expect(m:replay "r.jsonl" == 0, "none is left")
		expect(m:check(), "sane")
		local other = machine { nodes = { { memory = "64M" } } }
		expect(not pcall(other.replay, other, "r.jsonl"), "not loaded from it")
	END
	runs_silently s.lua
	"$ZONEWALK" run -q s.lua --snapshot - >replayed.json
	"$ZONEWALK" replay r.jsonl
}

@test "block.walk has every visited zone with the same fields" {
	two <<-'END'
		m:fill { gfp = "GFP_KERNEL|__GFP_THISNODE", order = 10 }
		m:fill { gfp = "GFP_KERNEL|__GFP_THISNODE" }
		local b = m:alloc { order = 3 }
		same(b.node, 1)
		expect(#b.walk >= 3, "walk " .. #b.walk)
		local last = b.walk[#b.walk]
		same(last.verdict, "passed")
		for _, z in ipairs(b.walk) do
			expect(z.node and z.zone and z.check and z.verdict and z.why and z.pass, "fields")
			if z.check == "watermark" then
				same(z.margin, z.free - z.unusable - (z.watermark + z.lowmem_reserve))
			end
		end
	END
}

@test "watermark_check: margin, short_by, ok" {
	scenario <<-'END'
		local checks = 0
		on.watermark_check(function(e)
			checks = checks + 1
			same(e.margin, e.free - e.unusable - (e.watermark + e.lowmem_reserve), "margin")
			same(e.ok, e.margin >= 1, "ok")
			same(e.short_by, e.ok and 0 or 1 - e.margin, "short_by")
		end)
		m:fill { order = 4 }
		expect(checks > 100, "asked often")
	END
}

@test "tables by order and by zone index begin at 0" {
	scenario <<-'END'
		local z = m:node(0):zone "DMA"
		same(z.lowmem_reserve[0], 0)
		same(z.lowmem_reserve[1], 48)
		same(z.protection[1], z.lowmem_reserve[1])
		same(z.nr_free[0] + 0, z.nr_free[0])
		same(z.nr_free_pages, z.free)
		same(z.nr_free[m.max_order], nil)
		same(m:zonelist(0)[1].zone, "DMA32")
		same(m:zonelist(0)[2].zone, "DMA")
	END
}

@test "free_exact adds vm_stat_diff of all cpus; neither has per-cpu pages" {
	two <<-'END'
		m:alloc { cpu = 1 }:free { cpu = 1 }
		local z = m:node(1):zone "DMA32"
		local kept = 0
		for cpu = 0, m.cpus - 1 do kept = kept + z:pcp(cpu).stat_diff end
		same(z.free_exact, z.free + kept)
		local listed = 0
		for order = 0, m.max_order - 1 do listed = listed + z.nr_free[order] << order end
		local free = 0
		for order = 0, m.max_order - 1 do free = free + (z.nr_free[order] << order) end
		same(z.free_exact, free)
		expect(z:pcp(1).count > 0, "and the list has some")
	END
}

@test "an invalid request emits one event and raises an error" {
	scenario <<-'END'
		local seen
		on.request_error(function(e) seen = e.error end)
		local good, message = pcall(m.alloc, m, { gfp = "__GFP_DMA|__GFP_DMA32" })
		expect(not good and message:find "choose one", message)
		same(seen, "gfp_zone")
		same(m:node(0):zone("DMA32").free, 12288, "nothing has changed")
	END
}

@test "a block without a reference stays allocated" {
	scenario <<-'END'
		for _ = 1, 100 do m:alloc { order = 2, gfp = MOVABLE } end
		for _ = 1, 20 do local t = {} for i = 1, 10000 do t[i] = {} end end
		same(m:node(0):zone("DMA32").free, 12288 - 400)
	END
}

@test "trace: filters as text and as functions" {
	scenario <<-'END'
		ask { "How many?", run = function(t)
			m:alloc { order = 3, gfp = MOVABLE }
			same(t:count "expand", 7)
			same(t:count("expand", "order >= 5"), 5)
			same(t:count("expand", "order >= 5 and not zone = DMA"), 5)
			same(t:count("expand", function(e) return e.order < 5 end), 2)
			same(t:first("expand", "order < 8").order, 7)
			same(t:first("expand", "order > 20"), nil)
			same(t:first("watermark_check").ok, true)
			same(t:count("watermark_check", "free - unusable > watermark + lowmem_reserve"), 1)
			return 7
		end }
	END
}

@test "--answers scores predictions, --log records them" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } } }
		ask { "Which half is kept?", choices = { "the lower", "the upper" }, answer = 1 }
		ask { "How many go back?", reason = "Count.", run = function(t)
			m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
			return t:count "expand"
		end }
		ask { "Half of it?", answer = 3.5 }
		ask { "Is it so?", answer = true }
		ask { "And this?", answer = "Yes, it is" }
	END
	printf 'the lower\n07\n\n# nothing said to the third\nno\nyes, IT is\n' >answers
	run -0 --separate-stderr "$ZONEWALK" run s.lua --answers answers --log log.jsonl
	[ -z "$stderr" ]
	has "? Which half is kept?
  a  the lower
  b  the upper
= a  the lower
> the lower: right"
	has "= 7
  Count.
> 07: right"
	has "> no: wrong"
	has "> yes, IT is: right"
	has "3 of 4 predictions right, 5 questions"
	[ "$(wc -l <log.jsonl)" = 4 ]
	run -0 sed -n 1p log.jsonl
	[ "$output" = '{"schema":"zonewalk/prediction/1","scenario":"s.lua","seed":1,"line":2,"step":0,"request":0,"question":"Which half is kept?","form":"choice","choices":["the lower","the upper"],"prediction":"the lower","answer":"the lower","right":true}' ]
	"$ZONEWALK" run -q s.lua --answers - --log log.jsonl <<<b
	[ "$(wc -l <log.jsonl)" = 5 ]
	[ "$(grep -c '"right":false' log.jsonl)" = 2 ]
}

@test "without answers nothing is scored; extra answers are reported" {
	echo 'ask { "x", answer = 1 }' >s.lua
	run -0 --separate-stderr "$ZONEWALK" run s.lua
	[ "$output" = "? x
= 1" ]
	[ ! -e log.jsonl ]
	printf '1\n2\n' >answers
	run -0 --separate-stderr "$ZONEWALK" run s.lua --answers answers
	has "answers: too many answers: 1 left after the last of 1 question" "$stderr"
	run -6 "$ZONEWALK" run s.lua --answers missing
	has "missing: No such file"
	run -6 "$ZONEWALK" run s.lua --log nowhere/log
	run -2 "$ZONEWALK" run - --answers - <<<'say "x"'
	has "only one of SCENARIO and --answers can come from standard input"
}

@test "filters and every function are documented" {
	run -0 "$ZONEWALK" doc filters
	has "watermark_check and not ok"
	run -0 "$ZONEWALK" doc lua
	for name in m:alloc m:fill m:drain m:dirty m:task m:isolate \
		m:check m:replay block:free block:lru block:write block:read \
		m:node m:page m:pageblock m:zonelist machine.load \
		machine.import machine.arena on.EVENT \
		say pause focus expect ask lesson scene param trace:count; do
		has "  $name"
	done
	[ -z "$(awk 'length > 80' <<<"$output")" ]
}

@test "focus takes the name of a panel" {
	scenario <<-'END'
		for _, panel in ipairs { "walk", "zone", "lists", "pcp", "pageblocks", "map", "source" } do
			focus(panel)
		end
	END
}

@test "a script cannot catch a limit, and the message names it" {
	local script
	while IFS='|' read -r limit script; do
		echo "$script" >s.lua
		run -4 --separate-stderr "$ZONEWALK" run -q --limit wall_ms=60000 \
			--limit "$limit" s.lua || { cat s.lua; return 1; }
		has "limit ${limit%%=*}: " "$stderr"
	done <<-'END'
		string=1000|local s = "x" while true do s = s .. s end
		string=1000|pcall(string.rep, "x", 2000) say "no"
		string=1000|pcall(string.gsub, ("x"):rep(900), "x", "yy")
		string=1000|pcall(table.concat, { ("x"):rep(900), ("y"):rep(900) })
		output=100|for _ = 1, 20 do say "twenty bytes of text" end
		output=100|while true do pcall(say, ("x"):rep(50)) end
		requests=10|local m = machine { nodes = { { memory = "64M" } } } m:fill()
		events=100|local m = machine { nodes = { { memory = "64M" } } } m:fill()
		instructions=100000|while true do pcall(table.insert, { 1, 2, 3 }, 1, 0) end
		wall_ms=300|table.move({}, 1, 1 << 60, 2)
		memory=3000000|table.concat(setmetatable({}, { __index = tostring }), "", 1, 1 << 60)
		wall_ms=300|print(("a"):rep(30):find(("a-"):rep(30) .. "b"))
		instructions=1000000|coroutine.wrap(function() while true do end end)()
		memory=3000000|local t = {} while true do pcall(function() t[#t + 1] = {} end) end
		machines=100000|machine { nodes = { { memory = "64M" } } }
	END
}

@test "the luacheck configuration lists exactly the available globals" {
	cat >s.lua <<-'END'
		local names = {}
		for name, value in pairs(_G) do
			if type(value) == "table" and name ~= "_G" and name ~= "on" and name ~= "machine" then
				for field in pairs(value) do names[#names + 1] = name .. "." .. field end
			else
				names[#names + 1] = name
			end
		end
		table.sort(names)
		for _, name in ipairs(names) do print(name) end
	END
	"$ZONEWALK" run s.lua | sed 's/^| //' >there
	"$ZONEWALK" doc luacheck >.luacheckrc
	local name failed=0
	while read -r name; do
		case $name in
		*.*) grep -q "${name%%.*} = { fields.*\b${name#*.} = {}" .luacheckrc ;;
		*) grep -qE "^\s\"$name\",|^\s$name = " .luacheckrc ;;
		esac || { echo "luacheck is not told of $name"; failed=1; }
	done <there
	[ "$(wc -l <there)" -gt 80 ]
	[ "$failed" = 0 ]
}

@test "luacheck finds nothing in lessons, language and the first scenario" {
	command -v luacheck >/dev/null || skip "luacheck is not installed"
	"$ZONEWALK" init folder
	cd folder
	run -0 luacheck --no-color first.lua
	run -0 luacheck --no-color --config .luacheckrc \
		"$ZONEWALK_SOURCE"/scenarios/*.lua
	run -0 luacheck --no-color --std lua54 \
		"$ZONEWALK_SOURCE"/scripts/lua/language/*.lua
	printf 'local unused = machine {}\nsayy "x"\n' >wrong.lua
	run -1 luacheck --no-color wrong.lua
	has "undefined variable 'sayy'"
}

@test "the editor definitions are Lua with every function and event" {
	run -0 "$ZONEWALK" doc luals
	has "---@meta"
	has "---@field alloc fun(self: zonewalk.machine, request?: zonewalk.alloc): zonewalk.block?, zonewalk.reason?"
	has "---@field order? integer"
	has "---@class zonewalk.event.watermark_check: zonewalk.event"
	has "---@field mm_page_alloc_extfrag fun(hook: fun(e: zonewalk.event.mm_page_alloc_extfrag))"
	"$ZONEWALK" doc luals >meta.lua
	# it only defines new names
	sed 's/^machine = {}//; s/^on = {}//' meta.lua >as_scenario.lua
	run -0 "$ZONEWALK" run -q as_scenario.lua
}

@test "init creates a folder with a working scenario, and overwrites nothing" {
	run -0 "$ZONEWALK" init folder
	has "zonewalk run folder/first.lua"
	run -0 "$ZONEWALK" run folder/first.lua
	has "My first scenario"
	for file in first.lua .luarc.json .luacheckrc meta/zonewalk.lua; do
		[ -s "folder/$file" ]
	done
	echo mine >folder/first.lua
	run -6 "$ZONEWALK" init folder
	has "folder/first.lua: the file exists; no file was written"
	[ "$(cat folder/first.lua)" = mine ]
	rm folder/first.lua
	run -6 "$ZONEWALK" init folder
	has "folder/.luarc.json: the file exists"
	[ ! -e folder/first.lua ]
	run -2 "$ZONEWALK" init
	run -2 "$ZONEWALK" init a b
	run -6 "$ZONEWALK" init no/such/place
}
