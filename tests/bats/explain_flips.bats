#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# explain_flips: what explain offers to change in the reports of the lessons,
# with the numbers that follow from theirs by hand.

setup()
{
	load helper
	reports=$ZONEWALK_SOURCE/scenarios/reports
}

# offers REPORT TEXT: explain prints TEXT of the report, wherever lines break.
offers()
{
	run -0 "$ZONEWALK" explain "$reports/$1.txt"
	has "$2" "$(tr -s " \n" " " <<<"$output")"
}

@test "kswapd stops at high, lowmem_reserve and what it cannot use" {
	offers one-page "11089 -> 11090 cost: 1 page has to be reclaimed or freed; kswapd reclaims until more than 16631 are free (high 16628 + 3 unusable)"
	offers one-page "until more than 1236 are free (high 265 + lowmem_reserve[Normal] 968 + 3 unusable)"
	offers highatomic "until more than 80659 are free (high 25875 + 54784 unusable)"
}

@test "min_free_kbytes of a report is what khugepaged sets, if that fits" {
	# a page less of 11264 makes DMA32's share 11085, and 11086 are needed
	offers one-page "- min_free_kbytes about 45056 -> 45055"
}

@test "a boost that the watermarks hide is offered to be lowered" {
	# 22203 is refused by 2207 pages; 4 * (low - min) + 3 is 9915
	offers boost "- watermark_boost of node 0 Normal about 12288 -> 10081"
}

@test "a change of the gfp mask names the flags, and the kernel's mask" {
	offers one-page "- gfp: add __GFP_HIGH (GFP_NOWAIT|__GFP_HIGH|__GFP_COMP); served from node 0 DMA32"
	offers one-page "- highest_zoneidx Normal -> DMA (gfp: add GFP_DMA)"
	# GFP_NOWAIT could not sleep before
	has_not "may not sleep"
	sed s/GFP_NOWAIT/GFP_KERNEL/ "$reports/one-page.txt" |
		"$ZONEWALK" explain - >"$BATS_TEST_TMPDIR/out"
	has "gfp: add __GFP_HIGH|__GFP_ATOMIC, drop __GFP_IO|__GFP_FS|__GFP_DIRECT_RECLAIM (GFP_ATOMIC|__GFP_COMP)" \
		"$(tr -s " \n" " " <"$BATS_TEST_TMPDIR/out")"
	has "the request may not sleep, and uses the 6928 pages" \
		"$(tr -s " \n" " " <"$BATS_TEST_TMPDIR/out")"
}
