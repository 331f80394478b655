#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# faults: each allocation fails once: no crash, the right exit code with a
# message, no partial file.

setup()
{
	load ../helper
	load ../../faults/faults
	cd "$BATS_TEST_TMPDIR"
	faults_begin
	cat >tiny.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		local a = m:alloc { order = 2, gfp = "GFP_KERNEL" }
		m:alloc { order = 0, gfp = "GFP_KERNEL" }
		a:free()
		say "That was all."
		expect(m:check())
	END
	"$ZONEWALK" run tiny.lua --snapshot new.json --trace new.jsonl
}

left_whole()
{
	told && whole s.json none new.json && whole t.jsonl none new.jsonl &&
		nothing_left && rm -f s.json t.jsonl
}

@test "run: every allocation, every mapping" {
	every alloc 1 1 left_whole "$ZONEWALK" run tiny.lua \
		--snapshot s.json --trace t.jsonl
	[ "$number" -ge 40 ]
	every mmap 1 1 left_whole "$ZONEWALK" run tiny.lua \
		--snapshot s.json --trace t.jsonl
	[ "$number" -ge 1 ]
}

@test "run: a lesson" {
	every alloc 1 1 told "$ZONEWALK" run \
		"$ZONEWALK_SOURCE/scenarios/02-split.lua"
}

@test "diff of snapshots, of traces: every allocation" {
	cat >other.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		m:alloc { order = 1, gfp = "GFP_KERNEL" }
	END
	"$ZONEWALK" run -q other.lua --snapshot other.json \
		--trace other.jsonl
	every alloc 1 1 told "$ZONEWALK" diff new.json other.json
	[ "$number" -ge 1000 ]
	every alloc 1 1 told "$ZONEWALK" diff --json new.jsonl other.jsonl
	[ "$number" -ge 500 ]
}

@test "replay: one allocation of a hundred, from two places" {
	sed -n '1,5p;$p' "$ZONEWALK_SOURCE/tests/data/duo-dirty.jsonl" >r.jsonl
	every alloc 1 101 told "$ZONEWALK" replay r.jsonl
	[ "$number" -ge 100 ]
	every alloc 51 101 told "$ZONEWALK" replay --json r.jsonl
}

@test "grade --merge: every allocation" {
	"$ZONEWALK_BUILD/tests/test_report" json >report.json
	every alloc 1 1 told "$ZONEWALK" grade --merge report.json \
		--format junit
	[ "$number" -ge 500 ]
}
