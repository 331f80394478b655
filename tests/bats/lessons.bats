#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lessons: each lesson is true: it runs to its end, all it claims holds, and
# the numbers that it tells are those of the machine.

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
	output=$(grep -E '^(\||=)' <<<"$output")
}

@test "every lesson runs headless and all it claims holds" {
	local number=0
	for lesson in *.lua; do
		run -0 --separate-stderr "$ZONEWALK" run -q "$lesson"
		[ -z "$output$stderr" ]
		number=$((number + 1))
	done
	[ "$number" -ge 5 ]
}

@test "every lesson has what a lesson has" {
	for lesson in *.lua; do
		lines=$(wc -l <"$lesson")
		[ "$lines" -ge 40 ]
		[ "$lines" -le 120 ]
		for part in 'lesson {' 'goal = ' 'ask {' 'expect(' 'scene "' \
			'For the teacher' 'To change' 'property' \
			'Linux 5.10' 'SPDX'; do
			grep -qF -- "$part" "$lesson" || {
				echo "$lesson has no: $part"
				return 1
			}
		done
	done
}

@test "no lesson steals: that is lesson 09's subject" {
	for lesson in 01* 02* 04* 05* 08*; do
		"$ZONEWALK" run -q "$lesson" --trace - >"$BATS_TEST_TMPDIR/t"
		[ "$(grep -c '"event":"mm_page_alloc"' \
			"$BATS_TEST_TMPDIR/t")" -ge 3 ]
		! grep -q '"event":"mm_page_alloc_extfrag"' "$BATS_TEST_TMPDIR/t"
	done
}

@test "01: ceiling, nodemask, dirty limit, watermark" {
	captions 01-tour.lua
	has "= b  the watermark of a zone"
	has "= b  ceiling, nodemask, dirty limit, watermark"
	for gfp in GFP_DMA GFP_HIGHUSER_MOVABLE GFP_KERNEL GFP_ATOMIC; do
		captions 01-tour.lua --set gfp="$gfp"
	done
}

@test "02 begins as the example of the language, and answers 7, then 0" {
	captions 02-split.lua
	has "smallest free block is of order 10. How many blocks does expand() put back?
| = 7
| Of each half the lower is kept"
	has "| = 0. Its neighbour waits"
	for order in 0 1 9 10; do
		captions 02-split.lua --set order="$order"
	done
}

@test "04: 7 in the lane, 237 free, low 238: the slow path" {
	captions 04-per-cpu-lists.lua
	has "| 237 pages are free in DMA32, its low mark is 238."
	has "the lane has 7."
	has "| = c  the slow path begins"
	for freed in 1 12; do
		captions 04-per-cpu-lists.lua --set freed="$freed"
		has "| = c  the slow path begins"
	done
}

@test "05: marks 16256, 20320, 24384; at the low mark no page is given" {
	captions 05-watermarks.lua
	has "min 16256, low 20320, high 24384."
	has "| 20320 pages are free in DMA32, its low mark is 20320."
	has "| = b  refused: free must be greater than the mark, not equal"
	has "with WMARK_MIN|KSWAPD: is a page given?
| = yes"
	has "Now 16256 pages are left, the min mark. Does WMARK_MIN still get one?
| = no"
	captions 05-watermarks.lua --set flags=WMARK_HIGH
	has "with WMARK_HIGH: is a page given?
| = no"
}

@test "08: downwards within the node, then the nearest node" {
	captions 08-zonelist-and-ceiling.lua
	has "| = Normal. Its ceiling is Movable"
	has "| = c  node 0 DMA32"
	has "| = 2. The nearest"
	captions 08-zonelist-and-ceiling.lua --set far=15
	has "| = 1. The nearest"
}
