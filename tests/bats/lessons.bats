#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lessons: each lesson is true: it runs to its end, all it claims holds, with
# any seed and every value it offers, and its numbers are the machine's.

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE/scenarios"
}

# captions LESSON [OPTION...]: runs it; $output is what it says.
captions()
{
	run -0 --separate-stderr "$ZONEWALK" run "$@"
	[ -z "$stderr" ]
	output=$(grep -E '^[|?=]' <<<"$output")
}

# is_true LESSON [OPTION...]: it runs, and nothing that it claims fails.
is_true()
{
	run -0 --separate-stderr "$ZONEWALK" run -q "$@"
	[ -z "$output$stderr" ]
}

# -- all lessons ------------------------------------------------------------

@test "there are sixteen lessons, and each is true" {
	local number=0
	for lesson in *.lua; do
		is_true "$lesson"
		number=$((number + 1))
	done
	[ "$number" -eq 16 ]
}

@test "each lesson is true with fifty seeds" {
	try()
	{
		"$ZONEWALK" run -q --seed "$2" "$1" 2>&1 ||
			echo "$1 --seed $2: exit $?"
	}
	export -f try
	run -0 bash -c 'for lesson in *.lua; do
			for seed in {1..50}; do echo "$lesson" "$seed"; done
		done | xargs -n 2 -P 2 bash -c "try \$0 \$1"'
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "another seed, other numbers" {
	for lesson in *.lua; do
		captions "$lesson" --seed 1
		first=$output
		for seed in 2 3 4 5 6 7 8; do
			captions "$lesson" --seed "$seed"
			[ "$output" = "$first" ] || continue 2
		done
		echo "$lesson says the same with every seed"
		return 1
	done
}

@test "each lesson is true with every value that it offers" {
	local number=0
	while read -r lesson value; do
		is_true "$lesson" --set "${value//\"/}"
		number=$((number + 1))
	done < <(grep -oE -- '--set ("[^"]+"|[a-z0-9]+=[^ ,.;:)]+)' *.lua |
		sed 's/:--set / /')
	[ "$number" -ge 16 ]
}

@test "each lesson has what a lesson has" {
	for lesson in *.lua; do
		lines=$(wc -l <"$lesson")
		[ "$lines" -ge 40 ]
		[ "$lines" -le 120 ]
		for part in 'lesson {' 'goal = ' 'minutes = 10' 'ask {' \
			'run = function' 'expect(' 'scene "' 'say' 'param("' \
			'For the teacher' 'To change' '"property: ' \
			'Linux 5.10' 'SPDX'; do
			grep -qF -- "$part" "$lesson" || {
				echo "$lesson has no: $part"
				return 1
			}
		done
	done
}

@test "a caption fits a line of the screen, a lesson an hour's patience" {
	for lesson in *.lua; do
		run -0 "$ZONEWALK" run "$lesson"
		[ "$(grep -cE '^ +[0-9]+  ' <<<"$output")" -le 3000 ]
		# questions and answers have a place of their own
		long=$(grep -E '^\| .{77}' <<<"$output" || true)
		[ -z "$long" ] || { echo "$lesson: $long"; false; }
	done
}

@test "a request is never said to fail: it goes on to the slow path" {
	for lesson in *.lua; do
		captions "$lesson"
		! grep -iE '\bfail' <<<"$output"
	done
}

@test "every kind of event happens in some lesson" {
	for lesson in *.lua; do
		"$ZONEWALK" run -q "$lesson" --trace - |
			grep -o '"event":"[a-z_]*"'
	done | sort -u >"$BATS_TEST_TMPDIR/seen"
	local number=0
	for event in $(sed -n 's/^EVENT(\([a-z_]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/engine/events/events.def"); do
		grep -q "\"$event\"" "$BATS_TEST_TMPDIR/seen" || {
			echo "in no lesson: $event"
			return 1
		}
		number=$((number + 1))
	done
	[ "$number" -ge 50 ]
}

@test "nothing is stolen before lesson 09, or where it is not the subject" {
	for lesson in 0[1-8]* 11* 12* 13* 16*; do
		"$ZONEWALK" run -q "$lesson" --trace - >"$BATS_TEST_TMPDIR/t"
		[ "$(grep -c '"event":"mm_page_alloc"' \
			"$BATS_TEST_TMPDIR/t")" -ge 3 ]
		! grep -q '"event":"mm_page_alloc_extfrag"' "$BATS_TEST_TMPDIR/t"
	done
}

# -- the list ---------------------------------------------------------------

@test "the list has goals, minutes and the playlists" {
	run -0 --separate-stderr "$ZONEWALK" lessons
	[ -z "$stderr" ]
	has "  02-split.lua                 A split (10 minutes)
      See which half expand() keeps."
	has "  lecture50     50 minutes: 01 02 04 05 08"
	has "  lab           50 minutes: 03 06 07 09 10"
	has "  advanced      60 minutes: 11 12 13 14 15 16"
	! grep -E '^.{81}' <<<"$output"
}

@test "a playlist that is wrong says where" {
	export ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/lessons
	mkdir "$ZONEWALK_SCENARIOS"
	cp 02-split.lua "$ZONEWALK_SCENARIOS"
	printf '# ours\nshort 02\nlong 02 07\n' >"$ZONEWALK_SCENARIOS/playlists"
	run -6 --separate-stderr "$ZONEWALK" lessons
	has "playlists:3: long: no lesson 07-*.lua in this folder" "$stderr"
	echo alone >"$ZONEWALK_SCENARIOS/playlists"
	run -6 --separate-stderr "$ZONEWALK" lessons
	has "playlists:1: alone: name its lessons by their numbers" "$stderr"
	: >"$ZONEWALK_SCENARIOS/playlists"
	run -0 "$ZONEWALK" lessons
	has_not "Playlists"
}

# -- each lesson's question and figures ----------------------------------------

@test "01: ceiling, nodemask, dirty limit, watermark" {
	captions 01-tour.lua
	has "= b  the watermark of a zone"
	has "= b  ceiling, nodemask, dirty limit, watermark"
	has "= b  when the page is given out again"
	for gfp in GFP_DMA GFP_HIGHUSER_MOVABLE GFP_KERNEL GFP_ATOMIC; do
		captions 01-tour.lua --set gfp="$gfp"
	done
}

@test "02 begins as the example of the language, and answers 7, then 0" {
	captions 02-split.lua
	has "smallest free block is of order 10. How many blocks does expand() put back?
= 7
| Of each half the lower is kept"
	has "= 0. Its neighbour waits"
	for order in 0 1 9 10; do
		is_true 02-split.lua --set order="$order"
	done
}

@test "03: 4098 and 4100 are free and stay apart: they are no buddies" {
	captions 03-merge.lua
	has "The blocks 4098 and 4100 are freed."
	has "= b  no: neither is the other's buddy"
	has "= a  4100, which was freed first"
	for order in 1 2 3 4 5; do
		is_true 03-merge.lua --set order="$order"
	done
}

@test "04: 7 in the lane, 237 free, low 238: the slow path" {
	captions 04-per-cpu-lists.lua
	has "| 237 pages are free in DMA32, its low mark is 238."
	has "the lane has 7."
	has "= c  the slow path begins"
	for freed in 1 12; do
		captions 04-per-cpu-lists.lua --set freed="$freed"
		has "= c  the slow path begins"
	done
}

@test "05: marks 16256, 20320, 24384; at the low mark no page is given" {
	captions 05-watermarks.lua
	has "min 16256, low 20320, high 24384."
	has "| 20320 pages are free in DMA32, its low mark is 20320."
	has "= b  refused: free must be greater than the mark, not equal"
	has "with WMARK_MIN|KSWAPD: is a page given?
= yes"
	has "Now 16256 pages are left, the min mark. Does WMARK_MIN still get one?
= no"
	captions 05-watermarks.lua --set flags=WMARK_HIGH
	has "with WMARK_HIGH: is a page given?
= no"
	for flags in NO_WATERMARKS 'WMARK_LOW|HARDER'; do
		captions 05-watermarks.lua --set flags="$flags"
		has "with $flags: is a page given?
= yes"
	done
}

@test "06: 5 pages take 8; first too few pages, then no block" {
	captions 06-high-order.lua
	has "A driver needs 5 pages in a row."
	has "= 8. A block has"
	has "= a  the first: too few pages"
	has "= b  the second: no block"
	has "enough pages, but no block of order 6 or more."
	for order in 7 8 9; do
		captions 06-high-order.lua --set order="$order"
		has "= a  the first: too few pages"
		has "= b  the second: no block"
	done
}

@test "07: 1355 free, low 15, reserve 2032: refused by 693 pages" {
	captions 07-lowmem-reserve.lua
	has "| 1355 pages are free in DMA. DMA32 is at its low mark."
	has "= c  DMA is refused: such a request must leave more behind"
	has "| 1355 > 15 + 2032? No: 693 pages short."
	has "| GFP_DMA32    SLOW PATH"
	captions 07-lowmem-reserve.lua --set dma32=1G
	has "| 1355 > 15 + 2032? No: 693 pages short."
	has "of DMA
| GFP_HIGHUSER SLOW PATH"
}

@test "08: downwards within the node, then the nearest node" {
	captions 08-zonelist-and-ceiling.lua
	has "= Normal. Its ceiling is Movable"
	has "= c  node 0 DMA32"
	has "= 2. The nearest"
	captions 08-zonelist-and-ceiling.lua --set far=15
	has "= 1. The nearest"
}

@test "09: the largest is stolen, and its pageblocks change their owner" {
	captions 09-migratetypes.lua
	has "= b  the largest"
	has "4 pageblocks. What type have they now?
= unmovable"
	has "= unmovable. The pageblock decides, not the page"
	has "= no. A block smaller than order 2 takes no pageblock with it"
	captions 09-migratetypes.lua --set 'thief=GFP_KERNEL|__GFP_RECLAIMABLE'
	has "= reclaimable. The pageblock decides, not the page"
}

@test "10: DMA32 first; before the next node a second walk, on node 0" {
	captions 10-nofragment.lua
	has "= b  node 0 DMA32"
	has "= c  the second, node 0"
	captions 10-nofragment.lua --set whole=1
	has "= a  the first, node 0"
}

@test "11: each set of flags has its level" {
	while read -r level answer; do
		captions 11-reserves.lua --set level="$level"
		has "= $answer. HIGH halves the mark"
	done <<-'END'
		620 b  WMARK_MIN
		400 c  WMARK_MIN|HARDER
		300 d  WMARK_MIN|HIGH
		200 e  WMARK_MIN|HIGH|HARDER
		130 f  WMARK_MIN|HIGH|OOM
		100 g  NO_WATERMARKS
	END
	has "= 512. Its pageblock is kept for urgent blocks"
}

@test "12: two cpus, threshold 4: the watermark is wrong by 8 pages" {
	captions 12-counters-drift.lua
	has "= 0. The cpu keeps the change to itself"
	has "The counter: 160, as before."
	has "= 152. Add up what every cpu keeps to itself"
	has "= b  the first only"
	has "| 2 cpus, threshold 4: at most 8 pages wrong."
	for cpus in 1 4 8; do
		is_true 12-counters-drift.lua --set cpus="$cpus"
	done
}

@test "13: mems_allowed as nodemask, as cpuset, not at all; writers leave" {
	captions 13-cpusets-and-dirty.lua
	has "= b  the nodemask."
	has "= c  the cpuset, zone by zone."
	has "= 0. An interrupt works for nobody"
	has "= 1. It would be allowed everywhere"
	has "= writer: node 1, reader: node 0."
	captions 13-cpusets-and-dirty.lua --set share=90
	has "= writer: node 0, reader: node 0."
}

@test "14: 3000 free, 2900 of them CMA: no unmovable page" {
	captions 14-cma.lua
	has "= a  from the CMA area"
	has "| 3000 pages are free, 2900 of them CMA."
	has "An unmovable page is asked for. Yes or no?
= no."
	has "And a movable page?
= yes"
	is_true 14-cma.lua --set cma=20M
}

@test "15: a hit may be other, a miss may be local" {
	captions 15-local-memory.lua
	has "= b  node 0: hit other"
	has "= d  node 0: foreign; node 1: miss local"
	has "= e  node 0: foreign; node 1: miss other"
	for reclaim in noscan success; do
		is_true 15-local-memory.lua --set reclaim="$reclaim"
	done
}

@test "16: what Linux did, and our engine does the same to the last list" {
	captions 16-a-real-machine.lua
	has "= 9703. The lane has pages: its head"
	has "= c  the SLOW PATH began"
	has "= 9672. The head of the first list"
	grep -q '"slot":3,"pfn":9703,' recordings/duo-cpuset.jsonl
	grep -q '"order":1,.*"pfn":9672,' recordings/duo-cpuset.jsonl
	for recording in recordings/*.jsonl; do
		[ "$(wc -c <"$recording")" -lt 1000000 ]
		run -0 "$ZONEWALK" replay "$recording"
	done
	is_true 16-a-real-machine.lua --set upto=400
}
