#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# chinese: a lesson in Chinese looks as right as one in English.

setup()
{
	load helper
	load terminal
	terminal_setup
	work="$BATS_TEST_TMPDIR"
	lesson="$ZONEWALK_SOURCE/tests/data/chinese.lua"
	export LC_ALL=C.UTF-8
}

teardown()
{
	terminal_teardown
}

# straight WIDTH FILE: every row with a border ends in that column, and none is
# longer.
straight()
{
	perl -CSD -Mutf8 -se 'while (<>) {
		chomp;
		my $columns = length() + (() = /[\p{Ea=W}\p{Ea=F}]/g) -
			(() = /\p{Mn}/g);
		next if /^[│├╭╰]/ ? $columns == $width : $columns <= $width;
		print "$columns columns, not $width: $_\n";
		exit 1;
	}' -- -width="$1" "$2"
}

@test "columns stay straight, and lines break by the rules" {
	for size in 40x12 80x24 120x40 200x60; do
		for step in $(seq 0 3 31); do
			"$ZONEWALK" frame "$lesson" --step "$step" \
				--size "$size" >"$work/frame"
			straight "${size%x*}" "$work/frame"
			run -1 grep -E '^[│ »]*[。，、；：？！）”」』》】]' \
				"$work/frame"
			run -1 grep -E '[（“「『《【] *$' "$work/frame"
		done
	done
	for panel in map source; do
		"$ZONEWALK" frame "$lesson" --step 31 --view "$panel" \
			>"$work/frame"
		straight 80 "$work/frame"
	done
	has 第二块 "$("$ZONEWALK" frame "$lesson" --step 31 --view map \
		--size 140x40 --answers shown)"
}

@test "a caption that a small screen cuts has a mark" {
	for height in 12 18 21 22; do
		"$ZONEWALK" frame "$lesson" --step 12 --size "80x$height" \
			>"$work/frame"
		grep -q '» 内存' "$work/frame" || continue
		grep -q '伴”。' "$work/frame" || grep -q '^ [» ] .*…$' "$work/frame"
	done
	grep -q '» 内存' "$work/frame"
}

@test "a Chinese line is typed, moved in and erased by characters" {
	in_terminal 80 24
	play "'$lesson' --step 5"
	keys : 伙 伴 é
	wait_for ":伙伴é"
	cursor_is()
	{
		screen >/dev/null
		[ "$(tmux -S "$socket" display -p '#{cursor_x}')" = "$1" ]
	}
	cursor_is 7
	keys Left Left
	cursor_is 4
	keys BSpace
	wait_for ":伴é"
	cursor_is 2
	keys Delete 内
	wait_for ":内é"
	# a combining character goes with the letter before it
	keys End
	keys -l $'e\u0301\u0302x'
	wait_for $':内ée\u0301\u0302x'
	cursor_is 7
	keys BSpace BSpace
	wait_for ":内é "
	cursor_is 5
	has_not "e" "$(screen | grep -o ':内.\{3\}')"
	keys Enter
	wait_for "内é: no such command"
}

@test "questions are shown, and answered with full-width digits and words" {
	in_terminal 80 24
	type_line "clear; \"\$ZONEWALK\" play '$lesson'"
	wait_for "expand() 会把多少个块放回空闲链表？"
	keys ７ 伙 BSpace
	wait_for "▶ ７ "
	keys Enter
	wait_for "─ Correct"
	has "每一阶放回一个块！" "$(screen)"
	# the choices have the rows they need
	keys Enter End
	wait_for "第二次请求得到哪些页？"
	screen >"$work/frame"
	straight 80 "$work/frame"
	grep -q "正好在三阶链" "$work/frame"
	has_not "…" "$(grep -A6 "─ Question" "$work/frame")"
	keys b Enter
	wait_for "─ Not correct"
	keys Enter End
	wait_for "留下的那一半的什么？"
	keys 伙 伴
	wait_for "▶ 伙伴"
	keys Enter
	wait_for "─ Correct"
	has "两个伙伴可以再合并成原来的块。" "$(screen)"
	keys Enter End Enter
	wait_for "─ Lesson complete"
	screen >"$work/frame"
	straight 80 "$work/frame"
	grep -q "拆分时，留下的总是低的一半" "$work/frame"
	grep -q "改一改：请求一个五阶的块" "$work/frame"
}

@test "search finds Chinese captions" {
	in_terminal 80 24
	play "'$lesson'"
	keys / 第 二
	wait_for "/第二"
	keys Enter
	wait_for "第二幕：伙伴"
	wait_step 19
	keys / 没 有 Enter
	wait_for "没有"
	has "no match" "$(screen)"
	wait_step 19
}

@test "help lies straight over Chinese text" {
	in_terminal 80 24
	play "'$lesson' --step 12"
	for width in 85 86 87 88; do
		tmux -S "$socket" resize-window -x "$width" -y 24
		wait_for "$("$ZONEWALK" frame "$lesson" --step 12 \
			--size "${width}x24" | grep '^╰')"
		keys '?'
		wait_for "─ help ─"
		screen >"$work/frame"
		straight "$width" "$work/frame"
		[ "$(grep -c '[│┤╮╯]$' "$work/frame")" -gt 10 ]
		keys Escape
		wait_for "expand"
	done
}

@test "full-width punctuation outside of strings is explained" {
	echo 'machine { nodes = { { memory = "64M" } } }:alloc（）' >"$work/a.lua"
	run -3 "$ZONEWALK" run "$work/a.lua"
	has "a.lua:1: "
	has "is it a full-width bracket, comma or quote?"
}

@test "the menu and the list show titles and goals" {
	mkdir "$work/lessons"
	cp "$lesson" "$work/lessons/01-chinese.lua"
	cp "$story" "$work/lessons/02-story.lua"
	cp "$lesson" "$work/lessons/03-伙伴系统.lua"
	ZONEWALK_SCENARIOS="$work/lessons" "$ZONEWALK" lessons >"$work/list"
	[ "$(wc -L <"$work/list")" -le 80 ]
	# the titles begin in one column
	[ "$(grep -E '^  0[0-9]' "$work/list" |
		sed 's/\(伙伴系统：\|Pictures\).*/|/' |
		while IFS= read -r name; do wc -L <<<"$name"; done |
		sort -u)" = 24 ]
	in_terminal 80 24
	type_line "export ZONEWALK_SCENARIOS='$work/lessons' XDG_STATE_HOME='$work'"
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK"'
	wait_for "伙伴系统：拆分一个大块"
	screen >"$work/menu"
	straight 80 "$work/menu"
	grep -q "看懂一个大块怎样被拆成小块" "$work/menu"
	# in a narrow one the goal has more rows
	tmux -S "$socket" resize-window -x 41 -y 20
	wait_for "表）。"
	screen >"$work/menu"
	straight 41 "$work/menu"
}
