#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# frame: pictures as text. UPDATE_GOLDEN=1 writes the golden ones anew; look
# at what changed before you keep it.

setup()
{
	load helper
	golden="$ZONEWALK_SOURCE/tests/golden"
	story="$golden/story.lua"
}

# step_of EVENT [N]: the step of the Nth event of that name.
step_of()
{
	[ -e "$BATS_TEST_TMPDIR/trace" ] ||
		"$ZONEWALK" run "$story" --quiet \
			--trace "$BATS_TEST_TMPDIR/trace"
	grep "\"event\":\"$1\"" "$BATS_TEST_TMPDIR/trace" |
		sed -n "${2-1}s/.*\"step\":\([0-9]*\).*/\1/p"
}

# like_golden NAME ARGUMENTS...: the frame is the one kept under that name.
like_golden()
{
	local name=$1 picture="$BATS_TEST_TMPDIR/picture"
	shift

	"$ZONEWALK" frame "$story" "$@" >"$picture"
	if [ -n "$UPDATE_GOLDEN" ]; then
		cp "$picture" "$golden/$name.txt"
	fi
	diff -u "$golden/$name.txt" "$picture"
}

widest()
{
	LC_ALL=C.UTF-8 wc -L
}

# -- golden pictures ------------------------------------------------------------

@test "the beginning" {
	like_golden begin-80x24 --step 0
	like_golden begin-120x40 --step 0 --size 120x40
}

@test "a watermark check" {
	like_golden check-80x24 --step "$(step_of watermark_check)"
	like_golden check-120x40 --step "$(step_of watermark_check)" \
		--size 120x40
	like_golden check-ascii --step "$(step_of watermark_check)" --ascii
	like_golden check-40x10 --step "$(step_of watermark_check)" \
		--size 40x10
}

@test "a split" {
	like_golden split-80x24 --step "$(step_of expand 4)"
	like_golden split-120x40 --step "$(step_of expand 4)" --size 120x40
	like_golden split-ascii --step "$(step_of expand 4)" --ascii
}

@test "a refill, and a hit" {
	like_golden refill-80x24 --step "$(step_of pcp_refill_page)"
	like_golden hit-80x24 --step "$(step_of pcp_hit)"
}

@test "a steal" {
	like_golden steal-80x24 --step "$(step_of fallback_look)"
	like_golden steal-120x40 --step "$(step_of mm_page_alloc_extfrag)" \
		--size 120x40
}

@test "a merge" {
	like_golden merge-80x24 --step "$(step_of free_list_add 3)"
}

@test "the slow path" {
	like_golden slow-80x24 --step "$(step_of slow_path)"
	like_golden slow-120x40 --step "$(step_of slow_path)" --size 120x40
}

# -- what it says is what is there ------------------------------------------------

@test "the numbers of a check are those of its event" {
	step=$(step_of watermark_check)
	line=$(grep "\"step\":$step," "$BATS_TEST_TMPDIR/trace")
	number()
	{
		sed "s/.*\"$1\":\(-*[0-9]*\).*/\1/" <<<"$line"
	}
	run -0 "$ZONEWALK" frame "$story" --step "$step"
	has "$(number free) − $(number unusable) > $(number mark) + $(number reserve)"
	has "$(number slack) to spare"
	has "$(number free) free"
	has "step $step/"
}

@test "a step beyond the end is the last step" {
	last=$(grep -c '"step":' <("$ZONEWALK" run "$story" --quiet --trace -))
	run -0 "$ZONEWALK" frame "$story" --step 99999999999999999999999
	beyond=$output
	has "step $last/$last"
	run -0 "$ZONEWALK" frame "$story" --step "$last"
	[ "$output" = "$beyond" ]
}

@test "no escapes, no carriage returns, and the size asked for" {
	for size in 40x10 57x19 80x24 133x37 300x100; do
		"$ZONEWALK" frame "$story" --step 9 --size "$size" \
			>"$BATS_TEST_TMPDIR/out"
		run -1 grep -c $'[\x1b\r\x07\t]' "$BATS_TEST_TMPDIR/out"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq "${size#*x}" ]
		[ "$(widest <"$BATS_TEST_TMPDIR/out")" -le "${size%x*}" ]
	done
}

@test "a size too small prints one line and exits 0" {
	for size in 1x1 20x5 39x24 80x9; do
		run -0 --separate-stderr "$ZONEWALK" frame "$story" --step 3 \
			--size "$size"
		[ "${#lines[@]}" -eq 1 ]
		[ "${#output}" -le "${size%x*}" ]
		[ -z "$stderr" ]
	done
	run -0 "$ZONEWALK" frame "$story" --step 3 --size 20x5
	[ "$output" = "needs 40x10 or more" ]
}

@test "--ascii and LC_ALL=C make every byte ASCII, captions included" {
	for step in 0 9 "$(step_of pcp_hit)" "$(step_of slow_path)"; do
		"$ZONEWALK" frame "$story" --step "$step" --ascii \
			>"$BATS_TEST_TMPDIR/a"
		LC_ALL=C "$ZONEWALK" frame "$story" --step "$step" \
			>"$BATS_TEST_TMPDIR/b"
		cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
		run -1 env LC_ALL=C grep -c '[^ -~]' "$BATS_TEST_TMPDIR/a"
	done
	run -0 "$ZONEWALK" frame "$story" --step "$(step_of pcp_hit)" --ascii
	has "cafe, naive, Grose"
}

@test "the same step gives the same bytes" {
	"$ZONEWALK" frame "$story" --step 40 >"$BATS_TEST_TMPDIR/a"
	"$ZONEWALK" frame "$story" --step 40 >"$BATS_TEST_TMPDIR/b"
	cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
}

# -- wrong use ---------------------------------------------------------------------

@test "wrong options exit 2 and say which" {
	for wrong in "--step x" "--step -1" "--size 80" "--size 0x5" \
		"--size 80x24x3" "--size 9999x10" "--nonsense"; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr "$ZONEWALK" frame "$story" $wrong
		[ -z "$output" ]
		has frame "$stderr"
	done
	run -2 "$ZONEWALK" frame
	run -2 "$ZONEWALK" frame "$story" "$story"
}

@test "a missing file exits 6, a wrong scenario 3" {
	run -6 --separate-stderr "$ZONEWALK" frame /nonexistent.lua --step 1
	has /nonexistent.lua "$stderr"
	[ -z "$output" ]
	echo 'machine {' >"$BATS_TEST_TMPDIR/wrong.lua"
	run -3 --separate-stderr "$ZONEWALK" frame \
		"$BATS_TEST_TMPDIR/wrong.lua" --step 1
	has wrong.lua "$stderr"
	echo 'say "nothing"' >"$BATS_TEST_TMPDIR/empty.lua"
	run -3 --separate-stderr "$ZONEWALK" frame \
		"$BATS_TEST_TMPDIR/empty.lua" --step 1
	has machine "$stderr"
}

@test "a full disk is told" {
	[ -w /dev/full ] || skip "no /dev/full here"
	run -6 --separate-stderr bash -c \
		'"$0" frame "$1" --step 1 >/dev/full' "$ZONEWALK" "$story"
}
