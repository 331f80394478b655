#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# diff: the differences between two files, in the allocator's terms.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	recording=$ZONEWALK_SOURCE/tests/data/duo-dirty.jsonl
}

# story NAME REQUEST: writes NAME.json and NAME.jsonl of a small machine after
# REQUEST, which is Lua.
story()
{
	cat >story.lua <<-END
		local m = machine { cpus = 2, nodes = { { memory = "64M" } } }
		local a = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		$2
	END
	"$ZONEWALK" run -q story.lua --snapshot "$1.json" \
		--trace "$1.jsonl"
}

# edit FILE OLD NEW: writes changed.json, a copy with OLD replaced by NEW.
edit()
{
	awk -v old="$2" -v new="$3" '!done && (at = index($0, old)) {
		$0 = substr($0, 1, at - 1) new substr($0, at + length(old))
		done = 1
	} { print } END { exit !done }' "$1" >changed.json
}

# -- states ---------------------------------------------------------------------

@test "equal files: no output, exit 0" {
	story a ""
	run -0 "$ZONEWALK" diff a.json a.json
	[ -z "$output" ]
	story b ""
	run -0 "$ZONEWALK" diff a.json b.json
	run -0 "$ZONEWALK" diff a.jsonl b.jsonl
	run -0 "$ZONEWALK" diff "$recording" "$recording"
	run -0 "$ZONEWALK" diff a.json - <b.json
	run -0 "$ZONEWALK" diff - a.jsonl <b.jsonl
}

@test "a free changes lists, counters and allocated blocks" {
	story a ""
	story b "a:free()"
	run -1 --separate-stderr "$ZONEWALK" diff a.json b.json
	[ -z "$stderr" ]
	has "zone DMA32 of node 0: nr_free_pages "
	grep -Eq "nr_free_pages [0-9]+ -> [0-9]+ \(\+8\)" <<<"$output"
	grep -Eq "zone DMA32 of node 0: order 3 movable lost [0-9]+ \(now free inside order 10 movable\)" \
		<<<"$output"
	grep -Eq "zone DMA32 of node 0: in use order 3 movable lost [0-9]+ " \
		<<<"$output"
	grep -Eq "zone DMA32 of node 0: pgfree 0 -> 8 \(\+8\)" <<<"$output"
	[[ ${lines[-1]} =~ ^[0-9]+\ differences$ ]]
}

@test "a page allocated from a per-cpu list is a difference" {
	story a ""
	story b 'm:alloc { order = 0, gfp = "GFP_KERNEL", cpu = 1 }'
	run -1 "$ZONEWALK" diff a.json b.json
	grep -Eq "zone DMA32 of node 0: in use order 0 unmovable gained [0-9]+ \(before free at order 10 movable\)" \
		<<<"$output"
	has "of node 0, cpu 1: "
	has_not "cpu 0: "
}

@test "a reordered list: the moved block with its old and new place" {
	"$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/02-split.lua" \
		--snapshot a.json
	list=$(grep -o '"movable":\[[0-9]*,[0-9]*,[0-9]*[],]' a.json | head -1)
	[[ $list =~ \[([0-9]+),([0-9]+),([0-9]+)(.) ]]
	first=${BASH_REMATCH[1]} second=${BASH_REMATCH[2]}
	third=${BASH_REMATCH[3]} behind=${BASH_REMATCH[4]}
	edit a.json "$list" "\"movable\":[$third,$first,$second$behind"
	run -1 "$ZONEWALK" diff a.json changed.json
	has "movable moved $third (place 3 -> 1)"
	has "1 difference"
}

@test "marks, by name; a pageblock that changed its type" {
	story a ""
	edit a.json '"watermark":[' '"watermark":[1'
	run -1 "$ZONEWALK" diff a.json changed.json
	has "zone DMA of node 0: watermark min "
	has "1 difference"
	[ "${lines[0]}" = "counters and watermarks" ]
	edit a.json '"pageblocks":"MM' '"pageblocks":"MR'
	run -1 "$ZONEWALK" diff a.json changed.json
	grep -Eq "zone DMA32 of node 0: pageblock [0-9]+ movable -> reclaimable" \
		<<<"$output"
}

@test "another owner, task or sysctl is a difference" {
	story a ""
	edit a.json '"line":2' '"line":7'
	run -1 "$ZONEWALK" diff a.json changed.json
	grep -Eq "block [0-9]+ line 2 -> 7" <<<"$output"
	edit a.json '"interrupt":false' '"interrupt":true'
	run -1 "$ZONEWALK" diff a.json changed.json
	has "  task.interrupt false -> true"
	edit a.json '"dirty_ratio":20' '"dirty_ratio":40'
	run -1 "$ZONEWALK" diff a.json changed.json
	has "  dirty_ratio 20 -> 40 (+20)"
}

@test "a node or zone of only one machine is a difference" {
	story a ""
	cat >two.lua <<-'END'
		machine { cpus = 2, nodes = { { memory = "8M" },
		                              { memory = "8M" } } }
	END
	"$ZONEWALK" run -q two.lua --snapshot b.json
	run -1 "$ZONEWALK" diff a.json b.json
	has "node 1: the node gained"
	has "node 0: zone DMA32 lost"
	run -1 "$ZONEWALK" diff b.json a.json
	has "node 1: the node lost"
	has "node 0: zone DMA32 gained"
}

@test "values that a recording does not contain are not compared" {
	run -1 "$ZONEWALK" diff "$recording" \
		"$ZONEWALK_SOURCE/tests/data/duo-cpuset.jsonl"
	has "  cpusets false -> true"
	has_not "in use order"
	cp "$recording" .
	echo 'machine.load "duo-dirty.jsonl"' >load.lua
	"$ZONEWALK" run -q load.lua --snapshot same.json
	run -0 "$ZONEWALK" diff "$recording" same.json
}

@test "long groups are cut, and say how many differences are not shown" {
	story a ""
	"$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/05-watermarks.lua" \
		--snapshot b.json
	run -1 "$ZONEWALK" diff a.json b.json
	has "  and "
	[[ ${lines[-1]} =~ ^([0-9]+)\ differences,\ ([0-9]+)\ of\ them\ not\ shown\;\ --all ]]
	all=${BASH_REMATCH[1]}
	short=${#lines[@]}
	run -1 "$ZONEWALK" diff --all a.json b.json
	has_not "not shown"
	[ "${lines[-1]}" = "$all differences" ]
	[ "${#lines[@]}" -gt "$short" ]
	run -1 bash -c '"$ZONEWALK" diff --json a.json b.json |
		grep -o "\"part\":" | wc -l; exit "${PIPESTATUS[0]}"'
	[ "$output" -eq "$all" ]
}

@test "a change of any value of a snapshot is a difference" {
	python3 -c '' || skip "python3 is not installed"
	"$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/04-per-cpu-lists.lua" \
		--snapshot a.json
	mkdir nudged
	python3 "$ZONEWALK_SOURCE/tests/schema/spoil.py" nudge a.json nudged
	seen=0
	for file in nudged/*; do
		code=0
		"$ZONEWALK" diff -q a.json "$file" 2>/dev/null || code=$?
		# different, or rejected as contradictory
		[[ $code == [16] ]] || { echo "$file: $code"; false; }
		[ $code -ne 1 ] || seen=$((seen + 1))
	done
	[ "$seen" -gt 100 ]
}

# -- traces ---------------------------------------------------------------------

@test "traces: the first different step, field by field" {
	story a 'm:alloc { order = 2, gfp = "GFP_KERNEL" }'
	story b 'm:alloc { order = 2, gfp = "GFP_ATOMIC" }'
	run -1 "$ZONEWALK" diff a.jsonl b.jsonl
	[[ ${lines[0]} =~ ^events,\ the\ first\ at\ step\ ([0-9]+),\ request\ 2$ ]]
	step=${BASH_REMATCH[1]}
	has "  step $step, request 2: alloc_request gfp GFP_KERNEL -> GFP_ATOMIC"
	grep -q "\"step\":$step,\"request\":2,\"event\":\"alloc_request\"" a.jsonl
}

@test "traces: a missing and an inserted event" {
	story a ""
	step=$(grep -n '"event":"expand"' a.jsonl | head -1 | cut -d: -f1)
	{
		head -n $((step - 1)) a.jsonl
		tail -n +$((step + 1)) a.jsonl
	} | awk 'NR > 1 { sub(/"step":[0-9]+/, "\"step\":" NR - 1) } { print }' \
		>b.jsonl
	run -1 "$ZONEWALK" diff a.jsonl b.jsonl
	has "events, the first at step $((step - 1)), request 1"
	has "  step $((step - 1)), request 1: missing: expand pfn="
	has "1 difference"
	run -1 "$ZONEWALK" diff b.jsonl a.jsonl
	has "  step $((step - 1)) of the second, request 1: inserted: expand "
	has "1 difference"
}

@test "traces: the same events of other requests differ" {
	story a 'm:drain { cpu = 0 } a:free()'
	awk '{ if (sub(/"request":3/, "\"request\":4")) n++ } { print }
		END { exit !n }' a.jsonl >b.jsonl
	run -1 "$ZONEWALK" diff a.jsonl b.jsonl
	has "request 3 -> 4"
	has "1 difference"
}

@test "traces with little in common are compared" {
	"$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/04-per-cpu-lists.lua" \
		--trace a.jsonl
	"$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/05-watermarks.lua" \
		--trace b.jsonl
	run -1 "$ZONEWALK" diff a.jsonl b.jsonl
	has "not shown"
	head -n 1 a.jsonl >none.jsonl
	run -1 "$ZONEWALK" diff none.jsonl a.jsonl
	has "$(($(wc -l <a.jsonl) - 1)) differences"
	run -0 "$ZONEWALK" diff none.jsonl none.jsonl
}

# -- JSON and quiet ---------------------------------------------------------------

@test "--json prints all differences, --quiet none" {
	story a ""
	story b "a:free()"
	run -1 --separate-stderr "$ZONEWALK" diff --json a.json b.json
	[ "${#lines[@]}" -eq 1 ]
	[ -z "$stderr" ]
	has '{"schema":"zonewalk/diff/1","a":{"file":"a.json","kind":"snapshot"}'
	has '"part":"free_lists","how":"lost","node":0,"zone":"DMA32","what":"order 3 movable"'
	has '"same":false}'
	run -0 "$ZONEWALK" diff --json a.json a.json
	has '"differences":[],"same":true}'
	run -1 "$ZONEWALK" diff -q a.json b.json
	[ -z "$output" ]
	run -0 "$ZONEWALK" diff --quiet a.json a.json
	[ -z "$output" ]
	run -2 "$ZONEWALK" diff -q --json a.json b.json
}

@test "a file name that is not UTF-8 gives valid JSON" {
	story a ""
	name=$'x\xff\x1b"\\.json'
	cp a.json "$name"
	run -0 "$ZONEWALK" diff --json a.json "$name"
	has $'"file":"x\xef\xbf\xbd\\u001b\\"\\\\.json"'
}

# -- usage errors, broken files ---------------------------------------------------

@test "diff needs two files of one kind, and standard input at most once" {
	story a ""
	run -2 "$ZONEWALK" diff a.json
	has "diff: B is missing"
	run -2 "$ZONEWALK" diff a.json a.json a.json
	run -2 "$ZONEWALK" diff - - <a.json
	has "only one of the two files can be standard input"
	run -2 "$ZONEWALK" diff a.json a.jsonl
	has "the first file is a snapshot, the second a trace"
	run -2 "$ZONEWALK" diff --context a.json a.json
	has "--context: no such option"
}

# broken FILE TEXT...: exit 6, and the message contains each TEXT.
broken()
{
	local file=$1 text
	shift

	run -6 --separate-stderr "$ZONEWALK" diff "$file" "$file"
	[ -z "$output" ]
	for text; do
		has "$text" "$stderr"
	done
}

@test "messages about broken snapshots name the key" {
	story a ""
	run -6 "$ZONEWALK" diff a.json none.json
	has "none.json: cannot be read: No such file"
	run -6 "$ZONEWALK" diff a.json . </dev/null
	run -6 "$ZONEWALK" diff a.json - </dev/null
	has "standard input:1: "
	edit a.json '"schema":"zonewalk/snapshot/1"' '"schema":"zonewalk/snapshot/2"'
	broken changed.json "changed.json:1: " 'of the schema "zonewalk/snapshot/1"'
	edit a.json '"state":"snapshot"' '"state":"begin"'
	broken changed.json 'state: "snapshot" is expected'
	edit a.json '"min_unmapped_ratio":1' '"min_unmapped_ratio":101'
	broken changed.json "zonewalk.min_unmapped_ratio: 101 is out of range"
	edit a.json '"pgfree"' '"x"' || edit a.json '"zones":[[0,0,' '"zones":[[0,1,'
	broken changed.json "zonewalk.zones: no such zone here; a row"
	edit a.json '"dirty_bytes":0' '"dirty_bytes":4503599627370497'
	broken changed.json "system.dirty_bytes: not an integer, or beyond 2^52"
	edit a.json '"dirty_bytes":0' '"dirty_bytes":"18446744073709551616"'
	broken changed.json "system.dirty_bytes: a number below 2^64"
	edit a.json '"dirty_bytes":0' '"dirty_bytes":"18446744073709551615"'
	run -1 "$ZONEWALK" diff a.json changed.json
	has "dirty_bytes 0 -> 18446744073709551615"
	{ cat a.json; echo 7; } >changed.json
	broken changed.json "changed.json:2: " "after the end"
	head -c 500 a.json >changed.json
	broken changed.json "the file seems to be truncated"
}

@test "messages about broken traces name line and key" {
	story a ""
	edit a.jsonl zonewalk/trace/1 zonewalk/trace/2
	broken changed.json ':1: schema: "zonewalk/trace/1" is expected'
	edit a.jsonl '"step":3' '"step":4'
	broken changed.json ":4: step: 3 is expected here"
	edit a.jsonl '"step":3,"request":1' '"step":3,"request":0'
	broken changed.json ":4: request: 0 is out of range"
	edit a.jsonl '"stage":"walk"' '"stage":"wall"'
	broken changed.json 'stage: "walk" is expected of the event'
	edit a.jsonl '"event":"expand"' '"event":"expend"'
	broken changed.json 'event: there is no event "expend"'
	edit a.jsonl '"migratetype":"movable"' '"migratetype":"moving"'
	broken changed.json 'migratetype: "moving" is no migratetype of the event'
	edit a.jsonl '"gfp":"GFP_HIGHUSER' '"gfp":"GFP_HIGHLOSER'
	broken changed.json 'gfp: "GFP_HIGHLOSER'
	edit a.jsonl '"order":3' '"order":3,"colour":1'
	broken changed.json ":2: a key that the event alloc_request has not"
	edit a.jsonl '"order":3' '"order":"3"'
	broken changed.json ":2: order: a number is expected"
	edit a.jsonl '"order":3' '"order":3,"order":3'
	broken changed.json ':2: duplicate key "order"'
	edit a.jsonl '"order":3' '"order":-3'
	broken changed.json ":2: order: -3 is out of range"
	edit a.jsonl '}' '} x'
	broken changed.json ":1: "
	printf '{"schema":"zonewalk/trace/1"}\n\n' >changed.json
	broken changed.json ":2: "
}

@test "no trace with a changed byte crashes diff" {
	story a ""
	size=$(wc -c <a.jsonl)
	for seed in $(seq 1 80); do
		at=$(((seed * 7919 * 131) % size))
		{
			head -c "$at" a.jsonl
			printf '%b' "\\x$(printf %02x $(((seed * 37) % 256)))"
			tail -c +$((at + 2)) a.jsonl
		} >changed.json
		run "$ZONEWALK" diff a.jsonl changed.json
		[[ $status == [0126] ]] || { echo "seed $seed: $status"; false; }
	done
}

@test "a closed pipe and a full disk end diff without a crash" {
	story a ""
	story b "a:free()"
	run -0 bash -c 'set -o pipefail
		"$ZONEWALK" diff a.json b.json 2>err | true
		[[ ${PIPESTATUS[0]} == [16] ]] && [ ! -s err ]'
	run bash -c '"$ZONEWALK" diff --json a.json b.json >/dev/full'
	[[ $status == [16] ]]
	has "standard output: No space left on device"
	run -6 bash -c '"$ZONEWALK" diff --json a.json a.json >/dev/full'
}
