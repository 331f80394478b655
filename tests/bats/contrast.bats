#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# contrast: what the screen looks like on dark, light, eight-colour and
# monochrome terminals: the attributes that reach tmux.

setup()
{
	load helper
	load terminal
	terminal_setup
	in_terminal 80 24
	step=$("$ZONEWALK" run "$story" --quiet --trace - |
		sed -n '/"event":"watermark_check"/{s/.*"step":\([0-9]*\).*/\1/p;q}')
}

teardown()
{
	terminal_teardown
}

# looks ENVIRONMENT OPTION...: plays a check, and prints the screen with its
# attributes.
looks()
{
	type_line "clear; env $1 \"\$ZONEWALK\" play --no-questions \"\$story\" --step $step ${*:2}"
	wait_for "step $step/"
	screen -e
	keys Q
	wait_for ready
}

esc=$'\e['

@test "greys are explicit where the background is known" {
	local dark="${esc}38;5;247m" light="${esc}38;5;241m" dim="${esc}2m"
	local known=TERM=tmux-256color

	screen=$(looks "$known COLORFGBG=")
	has "$dim" "$screen"
	has_not "$dark" "$screen"
	screen=$(looks "$known COLORFGBG='15;0'")
	has "$dark" "$screen"
	has_not "$dim" "$screen"
	screen=$(looks "$known COLORFGBG='0;default;15'")
	has "$light" "$screen"
	screen=$(looks "$known COLORFGBG='0;15'" --theme dark)
	has "$dark" "$screen"
	screen=$(looks "$known COLORFGBG=" --theme light)
	has "$light" "$screen"
	has_not "$dim" "$screen"
}

@test "the theme is a setting, and unknown ones are errors" {
	play "'$story'"
	command_line "set theme light"
	wait_for "theme is light"
	has "${esc}38;5;241m" "$(screen -e)"
	command_line "set theme green"
	wait_for "set theme: auto, dark or light is expected"
	keys Escape
	command_line set
	wait_for "theme light"
	keys Q
	run -2 --separate-stderr "$ZONEWALK" play --theme green "$story"
	has '--theme: auto, dark or light is expected: "green"' "$stderr"
}

@test "eight colours: no text is dim, and the verdict is bold" {
	screen=$(looks TERM=linux)
	has_not "${esc}2m" "$screen"
	grep -E $'\e\\[(1;|1m\e\\[)32m.{0,5}✓' <<<"$screen"
	grep -E $'\e\\[1m.{0,9}story' <<<"$screen"
}

@test "without colours title and verdict are bold, the current row is reverse" {
	for looks in TERM=vt100 "TERM=tmux-256color NO_COLOR=1"; do
		screen=$(looks "$looks")
		[[ $screen != *"$esc"[34][0-8]* ]]
		grep -E $'\e\\[1m.{0,9}story' <<<"$screen"
		grep -E $'\e\\[(0;)?1m.{0,10}(✓|v)' <<<"$screen"
		grep -E $'\e\\[(0;)?7m.{0,10}(▶|>)' <<<"$screen"
	done
}
