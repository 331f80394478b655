#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# replay: recordings of real kernels are identical; a change of one is found,
# explained, and reported by the exit code.

setup()
{
	load helper
	data=$ZONEWALK_SOURCE/tests/data
	copy=$BATS_TEST_TMPDIR/copy.jsonl
}

# change LINE OLD NEW: writes "$copy", duo-dirty with OLD replaced in LINE.
change()
{
	change_line "$data/duo-dirty.jsonl" "$1" "$2" "$3" >"$copy"
}

# -- identical ----------------------------------------------------------------

@test "every recording of tests/data is identical" {
	run -0 --separate-stderr "$ZONEWALK" replay "$data"/*.jsonl
	[ -z "$stderr" ]
	[ "${#lines[@]}" -ge 5 ]
	[ "${#lines[@]}" -eq "$(ls "$data"/*.jsonl | wc -l)" ]
	for line in "${lines[@]}"; do
		[[ $line =~ :\ [0-9]+\ operations,\ [0-9]+\ events,\ [0-9]+\ states:\ identical$ ]]
	done
	has "duo-dirty: 3060 operations, "
}

@test "all recordings of real kernels are identical" {
	run -0 "$ZONEWALK" replay "$ZONEWALK_RECORDINGS"/*.jsonl
	[ "${#lines[@]}" -ge 59 ]
	[ "${#lines[@]}" -eq "$(ls "$ZONEWALK_RECORDINGS"/*.jsonl | wc -l)" ]
	[ "$(grep -c ': identical$' <<<"$output")" -eq "${#lines[@]}" ]
}

@test "every operation, event and state is counted" {
	file=$data/hm-spill.jsonl
	operations=$(grep -c '^{"op"' "$file")
	states=$(($(grep -c '^{"state"' "$file") - 1))
	events=$(grep -o '"mm_page_[a-z_]*"' "$file" | wc -l)
	run -0 "$ZONEWALK" replay "$file"
	has ": $operations operations, $events events, $states states: identical"
}

@test "--quiet prints nothing" {
	run -0 "$ZONEWALK" replay --quiet "$data/duo-dirty.jsonl"
	[ -z "$output" ]
	run -0 "$ZONEWALK" replay -q "$data/duo-dirty.jsonl"
	[ -z "$output" ]
	change 3 '"pfn":67584' '"pfn":67585'
	run -1 "$ZONEWALK" replay --quiet "$copy"
	[ -z "$output" ]
}

@test "--json prints the result as JSON" {
	run -0 --separate-stderr "$ZONEWALK" replay --json "$data/duo-dirty.jsonl"
	[ -z "$stderr" ]
	has '{"recordings":[{"file":"'
	has '"title":"duo-dirty","operations":3060,'
	has '"identical":true}]}'
}

@test "each build alone is identical, and the untraced one uses its cache" {
	for build in traced untraced; do
		run -0 "$ZONEWALK" replay --build $build "$data/duo-dirty.jsonl"
		[[ $output =~ ^duo-dirty:\ 3060\ operations,\ .*\ 1\ states:\ identical\ \($build\ build\)$ ]]
	done
	both=$("$ZONEWALK" replay "$data/duo-dirty.jsonl")
	run -0 "$ZONEWALK" replay --build both "$data/duo-dirty.jsonl"
	[ "$output" = "$both" ]
	run -0 "$ZONEWALK" replay --json "$data/duo-dirty.jsonl"
	has '"builds":["traced","untraced, without cache","untraced, with cache"]'
	has '"cached_requests":'
	run -0 "$ZONEWALK" replay --json --build traced "$data/duo-dirty.jsonl"
	has '"builds":["traced"],"cached_requests":0,'
}

# -- changed by hand ------------------------------------------------------------

@test "a changed pfn is reported with a command that shows the step" {
	change 3 '"pfn":67584' '"pfn":67585'
	run -1 "$ZONEWALK" replay "$copy"
	has "duo-dirty: 1 operations, 0 events, 0 states: different"
	has "copy.jsonl:3, operation 1"
	has "alloc order 10 gfp GFP_HIGHUSER_MOVABLE node 1 cpu 0"
	has "differs    pfn"
	has "expected   67585"
	has "got        67584"
	has "zonewalk frame $copy --step "
}

@test "the printed command shows the step" {
	change 91 '"mm_page_pcpu_drain",130962' '"mm_page_pcpu_drain",130963'
	run -1 "$ZONEWALK" replay "$copy"
	command=${output##*zonewalk frame }
	run -0 bash -c "\"\$ZONEWALK\" frame $command --size 120x40"
	has "130962"
}

@test "each build finds a changed result, and says which build it is" {
	change 3 '"pfn":67584' '"pfn":67585'
	for build in traced untraced; do
		run -1 "$ZONEWALK" replay --build $build "$copy"
		has ": different ($build build)"
		has "build      $build"
		has "copy.jsonl:3, operation 1"
		has "got        67584"
	done
	change 3063 '[41984,28672,' '[28672,41984,'
	run -1 "$ZONEWALK" replay --build untraced "$copy"
	has "build      untraced, without cache"
	has "differs    node 0 zone DMA32 order 10 movable"
	command=${output##*zonewalk frame }
	run -1 "$ZONEWALK" replay --build traced "$copy"
	[ "$command" = "${output##*zonewalk frame }" ]
	run -1 "$ZONEWALK" replay --json --build untraced "$copy"
	has '"difference":{"build":"untraced, without cache","line":3063,'
}

@test "a changed counter is found" {
	change 1500 '"pcp_count":' '"pcp_count":1'
	run -1 "$ZONEWALK" replay "$copy"
	has "copy.jsonl:1500, operation 1498"
	has "differs    pcp_count"
}

@test "a changed event is found" {
	change 91 '"mm_page_pcpu_drain",67407,0,"reclaimable"' \
		'"mm_page_pcpu_drain",67407,0,"movable"'
	run -1 "$ZONEWALK" replay "$copy"
	has "copy.jsonl:91, operation 89"
	has "differs    event 2"
	has "expected   mm_page_pcpu_drain pfn=67407 order=0 migratetype=movable"
	has "got        mm_page_pcpu_drain pfn=67407 order=0 migratetype=reclaimable"
}

@test "two swapped pages of a list are found" {
	change 3063 '[41984,28672,' '[28672,41984,'
	run -1 "$ZONEWALK" replay "$copy"
	has 'copy.jsonl:3063'
	has 'the state "final" after operation 3060'
	has "differs    node 0 zone DMA32 order 10 movable"
	has "expected   page 28672 at place 1"
	has "got        page 28672 at place 2"
}

@test "a missing operation is found" {
	sed 76d "$data/duo-dirty.jsonl" >"$copy"
	run -1 "$ZONEWALK" replay "$copy"
	has "copy.jsonl:7"
}

@test "a contradictory later state is a difference" {
	change 3063 '"movable":[11286,11810]' '"movable":[11286,11286]'
	run -1 "$ZONEWALK" replay "$copy"
	has "differs    the recorded state"
	has "got        node 0 zone DMA32 free_area[1].movable: page 11286 is on two lists"
	change 3063 '"nr_free":6' '"nr_free":600'
	run -1 "$ZONEWALK" replay "$copy"
	has "got        node 0 zone DMA32: free_area[1].nr_free is 600, the lists hold 6"
	change 54 '"slot":7,' '"slot":8,'
	run -1 "$ZONEWALK" replay "$copy"
	has "differs    pfn"
}

@test "an operation with an error is a difference" {
	change 3 '"nid":1' '"nid":63'
	run -1 "$ZONEWALK" replay "$copy"
	has "expected   done"
	has "got        the machine has no such node"
	change 54 '"slot":7,' '"slot":7007,'
	run -1 "$ZONEWALK" replay "$copy"
	has "differs    slot 7007"
}

@test "--json explains a difference" {
	change 3 '"pfn":67584' '"pfn":67585'
	run -1 "$ZONEWALK" replay --json "$copy"
	has '"identical":false,"difference":{"build":"traced","line":3,"request":1,"step":'
	has '"what":"pfn","expected":"67585","got":"67584","command":"zonewalk frame '
}

@test "a path is quoted for the shell" {
	cd "$BATS_TEST_TMPDIR"
	change 3 '"pfn":67584' '"pfn":67585'
	mv copy.jsonl "it's a \$file.jsonl"
	run -1 "$ZONEWALK" replay "it's a \$file.jsonl"
	has "zonewalk frame 'it'\\''s a \$file.jsonl' --step "
	mv "it's a \$file.jsonl" ./-x.jsonl
	run -1 "$ZONEWALK" replay -- -x.jsonl
	has "zonewalk frame ./-x.jsonl --step "
}

# -- several files, wrong use -----------------------------------------------------

@test "every file is replayed, and the worst exit code counts" {
	change 3 '"pfn":67584' '"pfn":67585'
	run -1 "$ZONEWALK" replay "$copy" "$data/duo-dirty.jsonl"
	has "different"
	has "identical"
	run -6 --separate-stderr "$ZONEWALK" replay /nonexistent "$copy" \
		"$data/duo-dirty.jsonl"
	has "different"
	has "identical"
	has "/nonexistent" "$stderr"
}

@test "usage errors exit 2" {
	run -2 "$ZONEWALK" replay
	has "RECORDING"
	run -2 "$ZONEWALK" replay --nonsense x
	has "--nonsense"
	run -2 "$ZONEWALK" replay --json --quiet x
	run -2 "$ZONEWALK" replay --build tracd x
	has "--build tracd: no such build (traced, untraced, both)"
}

@test "a recording of some thousand operations replays quickly" {
	start=$(date +%s%N)
	run -0 "$ZONEWALK" replay --quiet "$data/cma-steal.jsonl"
	took_ms=$((($(date +%s%N) - start) / 1000000))
	echo "took $took_ms ms"
	# the limit allows for sanitizers
	[ "$took_ms" -lt 5000 ]
}
