#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lesson_frames: the screen at the key step of each lesson. UPDATE_GOLDEN=1
# regenerates the golden files after a change; read the diff.

setup()
{
	load helper
	golden="$ZONEWALK_SOURCE/tests/golden/lessons"
}

# key_step LESSON PATTERN [N]: the step of the Nth event like that.
key_step()
{
	"$ZONEWALK" run "$1" --quiet --trace - |
		grep -- "$2" |
		sed -n "${3-1}{s/.*\"step\":\([0-9]*\).*/\1/p;q}"
}

# picture LESSON PATTERN [N]: compares the screen with its golden file, at
# 80x24, at 120x40 and in ASCII.
picture()
{
	local lesson step name out="$BATS_TEST_TMPDIR/picture"

	lesson=$(echo "$ZONEWALK_SOURCE/scenarios/$1"-*.lua)
	step=$(key_step "$lesson" "${@:2}")
	[ -n "$step" ] || {
		echo "$lesson: no event like $2"
		return 1
	}
	for name in 80x24 120x40 ascii; do
		if [ "$name" = ascii ]; then
			"$ZONEWALK" frame "$lesson" --step "$step" --ascii
		else
			"$ZONEWALK" frame "$lesson" --step "$step" \
				--size "$name"
		fi >"$out"
		if [ -n "$UPDATE_GOLDEN" ]; then
			cp "$out" "$golden/$1-$name.txt"
		fi
		diff -u "$golden/$1-$name.txt" "$out"
	done
}

@test "01 the tour: the page" {
	picture 01 '"event":"prep_new_page"'
}

@test "02 a split: halfway through the splits" {
	picture 02 '"event":"expand"' 4
}

@test "03 merging: two buddies" {
	picture 03 '"event":"buddy_merge"'
}

@test "04 per-cpu lists: a refill" {
	picture 04 '"event":"pcp_refill_page"' 2
}

@test "05 watermarks: not strictly more" {
	picture 05 '"event":"watermark_check".*"ok":false'
}

@test "06 high order: enough pages, no block" {
	picture 06 '"event":"free_area_check".*"ok":false'
}

@test "07 lowmem reserve: refused in DMA" {
	picture 07 '"event":"watermark_check".*"lowmem_reserve":[1-9].*"ok":false'
}

@test "08 the zonelist: the second zone of the node" {
	picture 08 '"event":"watermark_check".*"zone":"DMA32".*"ok":true'
}

@test "09 migratetypes: a steal" {
	picture 09 '"event":"mm_page_alloc_extfrag"'
}

@test "10 nofragment: the second pass" {
	picture 10 '"event":"nofragment_retry"'
}

@test "11 reserves: the slow path follows" {
	picture 11 '"event":"slow_path"'
}

@test "12 counter drift: a vm_stat_diff" {
	picture 12 '"event":"zone_counter".*"folded":false'
}

@test "13 cpusets: a node that is refused" {
	picture 13 '"event":"cpuset_check".*"ok":false'
}

@test "14 CMA: the balance" {
	picture 14 '"event":"cma_balance"'
}

@test "15 local memory: the NUMA counters" {
	picture 15 '"event":"zone_statistics".*"hit":false'
}

@test "16 a real machine: a page that Linux allocated" {
	picture 16 '"event":"mm_page_alloc"'
}

@test "17 a real report: free pages that the request may not use" {
	picture 17 '"event":"zone_empty"'
}
