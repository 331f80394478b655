#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# given_machines: machines that are not booted as described: machine{ zones },
# machine.arena, machine.import.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	cp "$ZONEWALK_SOURCE"/tests/data/reports/*.txt .
}

@test "machine.arena splits and merges, and does nothing else" {
	cat >s.lua <<-'END'
		local m = machine.arena("1M")
		local a = m:alloc { order = 5, owner = "A" }
		local b = m:alloc {}
		expect(a.pfn == 0 and b.pfn == 32, "side by side")
		b:free() a:free()
		expect(m:node(0):zone("Normal").nr_free[8] == 1, "one block again")
		expect(m:check(), "consistent")
	END
	run -0 "$ZONEWALK" run s.lua
	[ "$(grep -c 'expand: ' <<<"$output")" -eq 8 ]
	[ "$(grep -c 'buddy_merge\|merge' <<<"$output")" -eq 8 ]
	has_not "per-cpu list"
	run -0 "$ZONEWALK" run -q s.lua --snapshot state.json
	cat >t.lua <<-'END'
		local m = machine.load "state.json"
		expect(m:check() and m:alloc { order = 8 }.pfn == 0, "an arena still")
	END
	run -0 "$ZONEWALK" run t.lua
	for size in 0 '"1K"' '"0M"' true; do
		echo "machine.arena($size)" >u.lua
		run -3 "$ZONEWALK" run u.lua
		has "u.lua:1: machine.arena: size"
	done
}

@test "machine{ zones } says what boot would compute" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "64M" } }, zones = { {
			zone = "DMA32", watermark = { min = 100, low = 125, high = 150 },
			boost = 5, lowmem_reserve = { 0, 0, 7 },
			nr_reserved_highatomic = 512,
			free = {
				{ order = 3, type = "highatomic", count = 10 },
				{ count = 200 }, { order = 10, type = "unmovable" },
			},
		} } }
		local z = m:node(0):zone("DMA32")
		expect(z.free == 1304 and z.nr_free[3] == 10 and z.nr_free[0] == 200, "free")
		expect(z.watermark.low == 125 and z.watermark_boost == 5, "watermarks")
		expect(z.lowmem_reserve[2] == 7, "reserve")
		expect(m:check(), "consistent")
		m:alloc { order = 2 }
	END
	run -0 "$ZONEWALK" run s.lua
	has "1304 free - 515 unusable, required more than 137 (low 125 + boost 5 + lowmem_reserve[Normal] 7)"
	run -0 "$ZONEWALK" run -q s.lua --snapshot state.json
	echo 'assert(machine.load("state.json"):check())' >t.lua
	run -0 "$ZONEWALK" run t.lua
}

@test "wrong zones are errors" {
	local n='nodes = { { memory = "64M" } }'

	while IFS='|' read -r zones message; do
		echo "machine { $n, zones = $zones }" >s.lua
		run -3 "$ZONEWALK" run s.lua
		has "s.lua:1: $message"
	done <<-'END'
		{ {} }|machine: zones[1]: zone is missing
		{ zone = "DMA" }|machine: zones: expected a list of zones
		7|machine: zones 7: expected a list of zones
		{ { zone = "dma" } }|machine: zones[1]: zone "dma": no such zone
		{ { zone = "Normal" } }|machine: zone Normal of node 0 has no memory
		{ { zone = "DMA", node = 1 } }|machine: zone DMA of node 1: there is no such node
		{ { zone = "DMA", mark = {} } }|machine: zones[1]: "mark": no such key
		{ { zone = "DMA", watermark = { low = 1 } } }|machine: zones[1]: watermark: min is missing
		{ { zone = "DMA", watermark = { min = 3, low = 2, high = 1 } } }|machine: zone DMA of node 0: watermarks do not ascend
		{ { zone = "DMA", free = { { order = 16 } } } }|machine: zones[1]: free[1]: order
		{ { zone = "DMA", free = { { type = "moving" } } } }|machine: zones[1]: free[1]: expected unmovable, movable
		{ { zone = "DMA", free = { { type = "isolate" } } } }|machine: zone DMA of node 0: free: isolate
		{ { zone = "DMA", free = { { count = 4096 } } } }|machine: zone DMA of node 0: free: more pages
		{ { zone = "DMA", lowmem_reserve = { 1, 2, 3, 4, 5, 6, 7 } } }|machine: zones[1]: lowmem_reserve: at most 6
	END
}

@test "machine.import makes the machine of each report" {
	local nr=0

	for report in *.txt; do
		cat >s.lua <<-END
			local m = machine.import "$report"
			assert(m:check())
			m:alloc { order = 1, gfp = "GFP_ATOMIC" }
			assert(m:check())
		END
		run "$ZONEWALK" run -q s.lua --snapshot state.json
		# counts of free blocks alone are no machine
		if [[ $report == buddyinfo* || $report == pagetypeinfo* ]]; then
			[ "$status" = 6 ]
			continue
		fi
		[ "$status" = 0 ]
		cat >t.lua <<-'END'
			local m = machine.load "state.json"
			assert(m:check())
		END
		run -0 "$ZONEWALK" run -q t.lua --snapshot again.json
		cmp state.json again.json
		nr=$((nr + 1))
	done
	[ "$nr" -ge 8 ]
}

@test "the numbers of a report are those of its machine" {
	cat >s.lua <<-'END'
		local m = machine.import("d4-arm64-order4-boosted.txt", { report = 1 })
		local z = m:node(0):zone("Normal")
		expect(z.free == 13635 and z.watermark_boost == 4096, "free, boost")
		expect(z.watermark.low == 14776 - 4096, "low without the boost")
		expect(z.nr_reserved_highatomic == 512 and z.managed == 1012378, "sizes")
		expect(z.nr_free[9] == 0 and z.nr_free[7] == 74, "blocks")
		expect(m:node(0):zone("DMA").lowmem_reserve[2] == 6962, "reserve")
		m:alloc { order = 4, gfp = "GFP_NOFS|__GFP_COMP" }
	END
	run -0 --separate-stderr "$ZONEWALK" run s.lua
	has "Node 0 DMA: 12084 free - 542 unusable, required more than 12347"
	[[ $stderr == *"s.lua:1: warning: "* ]]
	for option in -q --captions; do
		run -0 --separate-stderr "$ZONEWALK" run "$option" s.lua
		[ -z "$output$stderr" ]
	done
}

@test "the screen says that page numbers are placeholders" {
	echo 'machine.import("d1-atomic-only-highatomic-left.txt"):alloc {}' >s.lua
	for size in 80x24 120x40; do
		run -0 "$ZONEWALK" frame s.lua --step 3 --size $size
		has "page numbers are placeholders"
	done
	echo 'machine.arena("1M"):alloc {}' >s.lua
	run -0 "$ZONEWALK" frame s.lua --step 3
	has_not "placeholders"
}

@test "what is no report is an error of its file" {
	echo 'nothing to see' >none.txt
	echo 'machine.import "none.txt"' >s.lua
	run -6 "$ZONEWALK" run s.lua
	has "s.lua:1: machine.import: none.txt"
	echo 'machine.import("d5-zoneinfo-boosted.txt", { report = 2 })' >s.lua
	run -6 "$ZONEWALK" run s.lua
	has "s.lua:1: machine.import: d5-zoneinfo-boosted.txt"
	echo 'machine.import("d5-zoneinfo-boosted.txt", { number = 2 })' >s.lua
	run -3 "$ZONEWALK" run s.lua
	has 's.lua:1: machine.import: "number": no such key'
	echo 'machine.import "../none.txt"' >s.lua
	run -3 "$ZONEWALK" run s.lua
	has "lies outside the scenario's folder"
	echo 'machine.import()' >s.lua
	run -3 "$ZONEWALK" run s.lua
	has "s.lua:1: machine.import: "
}

@test "a loaded machine may have a larger reserve than its size allows" {
	echo 'machine { nodes = { { memory = "64M" } } }' >s.lua
	run -0 "$ZONEWALK" run -q s.lua --snapshot state.json
	sed -i 's/"nr_reserved_highatomic":0/"nr_reserved_highatomic":2048/2' state.json
	echo 'assert(machine.load("state.json"):check())' >t.lua
	run -0 --separate-stderr "$ZONEWALK" run t.lua
	[ "$stderr" = "zonewalk: t.lua:1: warning: node 0 zone DMA32: nr_reserved_highatomic is 2048, more than 1146" ]
	# vm_stat_diff may exceed its threshold only in a report's machine
	sed -i 's/"stat_diff":0/"stat_diff":77/2; s/"nr_free_pages":12288/"nr_free_pages":12211/' state.json
	run -6 "$ZONEWALK" run t.lua
	has "vm_stat_diff 77"
	sed -i 's/"poison":false/&,"from_report":true/' state.json
	run -0 "$ZONEWALK" run t.lua
}
