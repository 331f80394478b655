#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lessons: each lesson runs to its end and every expectation in it holds, with
# every value that it suggests; its numbers are the machine's. (With many
# seeds: test_lesson_seeds.c.)

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE/scenarios"
}

# captions LESSON [OPTION...]: runs it; $output has its captions, questions
# and answers, each answer with its reason in one line.
captions()
{
	run -0 --separate-stderr "$ZONEWALK" run --captions "$@"
	[ -z "$stderr" ]
	output=$(awk '/^ / && answer { printf ". %s", substr($0, 3); next }
		{ if (answer) print ""; answer = /^=/ }
		answer { printf "%s", $0; next }
		/^[|?]/' <<<"$output")
}

# passes LESSON [OPTION...]: it runs, and every expectation holds.
passes()
{
	run -0 --separate-stderr "$ZONEWALK" run -q "$@"
	[ -z "$output$stderr" ]
}

# -- all lessons ------------------------------------------------------------

@test "there are seventeen lessons, and each passes" {
	local number=0
	for lesson in *.lua; do
		passes "$lesson"
		number=$((number + 1))
	done
	[ "$number" -eq 17 ]
}

@test "another seed changes the numbers" {
	for lesson in *.lua; do
		captions "$lesson" --seed 1
		first=$output
		for seed in 2 3 4 5 6 7 8; do
			captions "$lesson" --seed "$seed"
			[ "$output" = "$first" ] || continue 2
		done
		echo "$lesson has the same captions with every seed"
		return 1
	done
}

@test "each lesson passes with every value that it suggests" {
	local number=0
	while read -r lesson value; do
		passes "$lesson" --set "${value//\"/}"
		number=$((number + 1))
	done < <(grep -oE -- '--set ("[^"]+"|[a-z0-9]+=[^ ,.;:)]+)|\{ "[a-z0-9]+=[^"]+"' *.lua |
		sed -E 's/:(--set |\{ )/ /')
	[ "$number" -ge 17 ]
}

@test "each lesson has all parts of a lesson" {
	for lesson in *.lua; do
		lines=$(wc -l <"$lesson")
		[ "$lines" -ge 40 ]
		[ "$lines" -le 150 ]
		for part in 'lesson {' 'goal = ' 'minutes = 10' 'ask {' \
			'run = function' 'expect(' 'scene "' 'say' 'param("' \
			'For the teacher' '"property: ' 'Linux 5.10' 'SPDX'; do
			grep -qF -- "$part" "$lesson" || {
				echo "$lesson has no: $part"
				return 1
			}
		done
		grep -qE 'To change|^exercise' "$lesson"
	done
}

@test "a caption fits a line of the screen; no lesson exceeds 3000 steps" {
	for lesson in *.lua; do
		run -0 "$ZONEWALK" run "$lesson"
		[ "$(grep -cE '^ +[0-9]+  ' <<<"$output")" -le 3000 ]
		# questions and answers are wrapped, captions are not
		long=$(grep -E '^\| .{77}' <<<"$output" || true)
		[ -z "$long" ] || { echo "$lesson: $long"; false; }
	done
}

@test "no caption says that a request fails: it enters the slow path" {
	for lesson in *.lua; do
		captions "$lesson"
		# the kernel's own words may stand in a report
		run ! grep -iE '\bfail' <<<"${output//page allocation failure/}"
	done
}

# exercise LESSON [OPTION...]: the lines of its checks on the end card.
exercise()
{
	yes '' | head -n 200 |
		"$ZONEWALK" play "$@" --plain --no-questions 2>&1 |
		sed -n '/^Exercise$/,$p' | grep -E '^ +[✓✗] '
}

@test "an exercise is open at first, and its solution solves it" {
	while read -r lesson solution; do
		exercise "$lesson" | grep -q '✗'
		run ! grep '✗' <<<"$(exercise "$lesson" --set "$solution")"
		passes "$lesson" --set "$solution"
	done <<-'END'
		01-tour.lua gfp=GFP_DMA
		02-split.lua order=9
		03-merge.lua frees=1 3 5 7
		04-per-cpu-lists.lua freed=16
		05-watermarks.lua more=1
		06-high-order.lua pairs=1 2
		07-lowmem-reserve.lua ratio=512
		08-zonelist.lua far=50
		17-a-real-report.lua order=10
	END
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
		run ! grep '"event":"mm_page_alloc_extfrag"' "$BATS_TEST_TMPDIR/t"
	done
}

# -- the list ---------------------------------------------------------------

@test "the list has goals, minutes and the playlists" {
	run -0 --separate-stderr "$ZONEWALK" lessons
	[ -z "$stderr" ]
	has "  02-split             A split (10 minutes)
      See which half expand() keeps."
	has "  lecture50     50 minutes: 01 02 04 05 08"
	has "  lab           50 minutes: 03 06 07 09 10"
	has "  advanced      70 minutes: 11 12 13 14 15 16 17"
	run ! grep -E '^.{81}' <<<"$output"
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
	has "playlists:1: alone: an empty playlist; name its lessons" "$stderr"
	: >"$ZONEWALK_SCENARIOS/playlists"
	run -0 "$ZONEWALK" lessons
	has_not "Playlists"
}

# -- each lesson's question and figures ----------------------------------------

@test "01: highest_zoneidx, nodemask, cpuset, dirty limit, watermark" {
	captions 01-tour.lua
	has "= c  highest_zoneidx, nodemask, cpuset, dirty limit, watermark"
	has "= a  the refill from the free lists"
	has "= b  when the page is allocated again"
	has "Which zone of node 0 serves it: DMA, DMA32 or Movable?
= Movable. highest_zoneidx is Movable"
	captions 01-tour.lua --set gfp=GFP_DMA
	has "= DMA"
	for gfp in 'GFP_USER|__GFP_MOVABLE' GFP_KERNEL GFP_ATOMIC; do
		captions 01-tour.lua --set gfp="$gfp"
		has "= DMA32"
	done
}

@test "02: expand() returns 7 blocks, then none, then one" {
	captions 02-split.lua
	has "? How many blocks does expand() return to the free lists?
= 7. Each split returns one half"
	has "return this time?
= 0. pfn 4104"
	has "return now?
= 1. The list of order 3 was empty"
	has "How many merges follow?
= 7. Each order from 3 to 9"
	has "for order 5?
= 5. One for each"
	has "At which pfn does the second block of order 5 begin?
= 4128. The last split"
	for order in 0 1 9 10; do
		passes 02-split.lua --set order="$order"
	done
}

@test "03: 4098 and 4100 are free and do not merge: they are no buddies" {
	captions 03-merge.lua
	has "| Blocks 2 and 3, 4098 and 4100, are freed."
	has "= b  no: neither is the other's buddy"
	has "? Which pfn is the buddy of 4108 (0x100c, order 1)?
= 4110. 4108 xor 2"
	has "How many merges follow?
= 1. 4096 and 4098"
	has "= b  at the tail: a larger merge is near"
	has "Of which order is the merged block?
= 3. 7 and 8 merge"
	has "How many merges follow from the four frees?
= 3. Each merge"
	for order in 1 2 3 4 5; do
		passes 03-merge.lua --set order="$order"
	done
	captions 03-merge.lua --set "frees=1 3 5 7"
	has "How many merges follow from the four frees?
= 0. Each merge"
}

@test "04: 7 pages on the per-cpu list, 237 free, low 238: the slow path" {
	captions 04-per-cpu-lists.lua
	has "By how much does NR_FREE_PAGES of DMA32 fall?
= 3. The refill took"
	has "fall this time?
= 0. pfn 4097"
	has "Which pfn is allocated?
= 4096. A freed page"
	has "How many pages go back to the free lists of the zone?
= 3. The count reached 18"
	has "| 5 pages were freed: 7 are on the per-cpu list.
| DMA32: 237 pages are free; its low watermark is 238."
	has "= c  no zone serves it: it enters the slow path"
	has "| The list is empty, and 243 pages of DMA32 are free.
? Does the same request get a page now?
= yes. 243 is more than 238"
	for freed in 1 12 15; do
		captions 04-per-cpu-lists.lua --set freed="$freed"
		has "= c  no zone serves it: it enters the slow path"
	done
	captions 04-per-cpu-lists.lua --set freed=16
	has "= a  a page of the per-cpu list is allocated"
}

@test "05: watermarks 16256, 20320, 24384; free must exceed the watermark" {
	captions 05-watermarks.lua
	has "| quarter of min each: 16256, 20320, 24384."
	has "| DMA32: 20320 pages are free, and its low watermark is 20320."
	has "= c  false: free must be more than the watermark. 20320 > 20320 is false."
	has "? Does the same request with WMARK_MIN|KSWAPD get a page?
= yes. 20320 free, required more than 16256."
	has "| DMA32: 16256 pages are free, and its min watermark is 16256.
? 16256 pages are free. Does a request with WMARK_MIN get one of them?
= no. 16256 > 16256 is false."
	has "= 6097. 16256 - 8128 = 8128, and 8128 - 2032 = 6096"
	captions 05-watermarks.lua --set flags=WMARK_HIGH
	has "= no. 20320 free, required more than 24384."
	for flags in NO_WATERMARKS 'WMARK_LOW|HARDER'; do
		captions 05-watermarks.lua --set flags="$flags"
		has "with $flags get a page?
= yes"
	done
	captions 05-watermarks.lua --set more=1
	has "= a  true: there are free pages. 20321 > 20320 is true."
}

@test "06: 5 pages need 8; first too few free pages, then no free block" {
	captions 06-high-order.lua
	has "The driver needs 5 contiguous pages. How many are allocated?
= 8. Order 3"
	has "= a  the first: too few free pages. The whole block but one page is subtracted first: 159 - 63 = 96"
	has "= b  the second: no free block. 1759 - 63 > 158: enough pages."
	has "? Of pair 1 both blocks are free then. Of which order is the largest free block?
= 6. 512 and 544 merge"
	for order in 7 8 9; do
		captions 06-high-order.lua --set order="$order"
		has "= a  the first: too few free pages"
		has "= b  the second: no free block"
		has "free block?
= $order."
	done
	captions 06-high-order.lua --set "pairs=1 2"
	has "free block?
= 7."
}

@test "07: 1355 free, low 15, reserve 2032: refused by 693 pages" {
	captions 07-lowmem-reserve.lua
	has "| DMA 0   DMA32 2032   Normal 2032   Movable 2032"
	has "| Zone DMA has 1355 free pages, and its low watermark is 15."
	has "= c  it refuses: this request has to leave more pages free. 1355 free, required more than 15 + lowmem_reserve[Normal] 2032 = 2047."
	has "Does zone DMA serve the request with GFP_DMA?
= yes. lowmem_reserve[DMA] is 0"
	has "= 2047. low 15 + lowmem_reserve[DMA32] 2032."
	has "How many pages of DMA are free when GFP_DMA enters the slow path?
= 15."
	captions 07-lowmem-reserve.lua --set dma32=1G
	has "1355 free, required more than 15 + lowmem_reserve[Normal] 2032 = 2047."
	has "= 1023. low 15 + lowmem_reserve[DMA32] 1008."
	captions 07-lowmem-reserve.lua --set ratio=512
	has "= a  it passes: more pages are free than low"
}

@test "08: lower zones of the node first, then the nearest node" {
	captions 08-zonelist.lua
	has "? Which zone is tried second?
= c  node 0 DMA32. node 0 Normal: 127 free, required more than 130."
	has "= b  node 2 Normal serves it"
	has "? GFP_DMA32 on cpu 2: which zone serves it?
= node 0 DMA32. highest_zoneidx is DMA32"
	has "? __GFP_THISNODE on cpu 1: does another node serve it?
= no."
	has "? Without __GFP_THISNODE on cpu 1: which zone serves it?
= node 0 DMA32. Zones checked: 3."
	captions 08-zonelist.lua --set far=50
	has "? Without __GFP_THISNODE on cpu 1: which zone serves it?
= node 2 Normal."
}

@test "09: the largest block is stolen, and its pageblocks change their type" {
	captions 09-migratetypes.lua
	has "= c  the largest block; its pageblocks become unmovable"
	has "order 6 has 4 of them."
	has "Is a block stolen again?
= no. The unmovable list of order 1 has a block"
	has "= b  unmovable: at least half of it is free or compatible. 12 free + 3 compatible pages; at least 8 required"
	has "= unmovable. The pageblock decides, not the page"
	has "= no. A movable steal below order 2 never changes the pageblock"
	captions 09-migratetypes.lua --set 'gfp=GFP_KERNEL|__GFP_RECLAIMABLE'
	has "= reclaimable. The pageblock decides, not the page"
}

@test "10: DMA32 first; before the next node a second pass, on node 0" {
	captions 10-nofragment.lua
	has "= b  node 0 DMA32"
	has "= c  the second pass, node 0"
	has "In how many passes is it served?
= 2"
	captions 10-nofragment.lua --set whole=1
	has "= a  the first pass, node 0"
}

@test "11: each set of flags has its threshold" {
	while read -r level answer; do
		captions 11-reserves.lua --set level="$level"
		has "= $answer. HIGH halves min (512)"
	done <<-'END'
		620 b  ALLOC_WMARK_MIN
		400 c  ALLOC_WMARK_MIN|ALLOC_HARDER
		300 d  ALLOC_WMARK_MIN|ALLOC_HIGH
		200 e  ALLOC_WMARK_MIN|ALLOC_HIGH|ALLOC_HARDER
		130 f  ALLOC_WMARK_MIN|ALLOC_HIGH|ALLOC_OOM
		100 g  ALLOC_NO_WATERMARKS
	END
	has "| WMARK_MIN|HIGH|OOM, more than 128 required: refused."
	has "= 512. Its pageblock becomes highatomic"
	has "= c  none"
}

@test "12: two cpus, threshold 4: the counter is wrong by 8 pages" {
	captions 12-counters-drift.lua
	has "= 0. The -2 stays in the vm_stat_diff of cpu"
	has "= 3. Only 3 * 2 pages exceed stat_threshold (4)"
	has "= 8. The counter stays at 160 while the diffs become -4, -4: 152 pages"
	has "= b  the first only"
	while read -r cpus wrong; do
		captions 12-counters-drift.lua --set cpus="$cpus"
		has "By how many pages is the counter then wrong?
= $wrong"
	done <<-'END'
		1 2
		4 24
		8 64
	END
}

@test "13: mems_allowed as nodemask, as cpuset, not at all; the dirty limit" {
	captions 13-cpusets-and-dirty.lua
	has "= b  the nodemask"
	has "= c  the cpuset, zone by zone"
	has "= 0. The handler does not act for the task: its cpuset check allows every node (rule interrupt)."
	has "= 1. Without a nodemask mems_allowed { 1 } becomes the nodemask"
	has "= b  writer: node 1, reader: node 0"
	captions 13-cpusets-and-dirty.lua --set share=90
	has "= a  writer: node 0, reader: node 0"
}

@test "14: 3000 free, 2900 of them CMA: no unmovable page" {
	captions 14-cma.lua
	has "= a  from the CMA area"
	has "| 3000 pages are free, 2900 of them CMA."
	has "One unmovable page is requested. Is it allocated?
= no. 3000 free - 2900 unusable CMA pages = 100; more than 318 are required."
	has "And a movable page?
= yes"
	has "= b  it stays in use; only free pages leave the free lists"
	captions 14-cma.lua --set cma=36M
	has "Is it allocated from the CMA area?
= yes"
}

@test "15: a hit may be other, a miss may be local" {
	captions 15-local-memory.lua
	has "= b  node 0: hit other"
	has "= d  node 0: foreign; node 1: miss local"
	has "= e  node 0: foreign; node 1: miss other"
	has "= a  node 0: hit local. node_reclaim() freed 6 pages"
	# 4 pages stay in the vm_stat_diff of the cpu, 5 do not
	while read -r cache answer; do
		captions 15-local-memory.lua --set cache="$cache"
		has "= $answer. node_reclaim() freed $cache pages"
	done <<-'END'
		0 e  node 0: foreign; node 1: miss other
		4 e  node 0: foreign; node 1: miss other
		5 a  node 0: hit local
	END
}

@test "16: the engine does what Linux did, to the last list" {
	captions 16-a-real-machine.lua
	has "= 9703. The list has 26 pages: Linux took its head."
	has "= c  it entered the slow path"
	has "= 15. The list was empty"
	has "= 9672. The head of the first non-empty list"
	grep -q '"slot":3,"pfn":9703,' recordings/duo-cpuset.jsonl
	grep -q '"order":1,.*"pfn":9672,' recordings/duo-cpuset.jsonl
	for recording in recordings/*.jsonl; do
		[ "$(wc -c <"$recording")" -lt 1000000 ]
		run -0 "$ZONEWALK" replay "$recording"
	done
	passes 16-a-real-machine.lua --set upto=400
}

@test "17: highatomic pages, a single page, a boost: all in one report" {
	captions 17-a-real-report.lua
	has "Node 0 Normal free:217088kB min:59500kB"
	has "= b  it refuses it because of lowmem_reserve[]. A request that could use Normal has to leave 21484 pages; 6108 are free."
	has "= c  no free block is of a type that the request may use. All 54272 free pages are highatomic"
	has "= 1. 6108 free - 3 of the block = 6105; more than 6105 are required."
	has "Would DMA32 have served the first one?
= yes. 6108 free - 1 of the block = 6107, more than 6105."
	has "= b  2009 pages. 743000 * 14875 / 5500000 = 2009. The other 4096 pages"
	has "would the driver have got its 4 pages?
= yes. 6108 free - 3 of the block = 6105: more than 2009"
	for order in 0 1 2 3 10; do
		captions 17-a-real-report.lua --set order="$order"
		has "would Normal have served it?
= $([ "$order" = 0 ] && echo no || echo yes)."
	done
	# the captions quote the report
	for text in "order:0, mode:0xa20(GFP_ATOMIC)" "lowmem_reserve[]: 0 0 21484" \
		"Node 0 Normal: 2*4kB (H)"; do
		has "$text"
		grep -qF -- "$text" reports/highatomic.txt
	done
}
