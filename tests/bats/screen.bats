#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# screen: `zonewalk play` on a real terminal, which tmux plays. Keys go in,
# the screen comes out; every end leaves the terminal as it was.

setup()
{
	load helper
	command -v tmux >/dev/null || skip "tmux is not there"
	story="$ZONEWALK_SOURCE/tests/golden/story.lua"
	socket="$BATS_TEST_TMPDIR/tmux"
	export TMUX=
}

teardown()
{
	if [ -n "$socket" ] && [ -e "$socket" ]; then
		tmux -S "$socket" kill-server || true
	fi
}

# in_terminal WIDTH HEIGHT: a shell in a terminal of that size.
in_terminal()
{
	tmux -S "$socket" -f /dev/null new-session -d -x "$1" -y "$2" \
		"env LC_ALL=C.UTF-8 PS1='ready ' bash --norc --noprofile"
	wait_for ready
	type_line "export ZONEWALK='$ZONEWALK' story='$story'"
}

keys()
{
	tmux -S "$socket" send-keys "$@"
}

type_line()
{
	keys -l "$1"
	keys Enter
}

screen()
{
	tmux -S "$socket" capture-pane -p
}

# wait_for TEXT: until the screen shows it, ten seconds at most.
wait_for()
{
	local i

	for ((i = 0; i < 200; i++)); do
		[[ $(screen) == *"$1"* ]] && return
		sleep 0.05
	done
	printf 'the screen never showed: %s\n' "$1"
	screen
	return 1
}

# The process id of the program, a child of the terminal's shell.
player()
{
	pgrep -P "$(tmux -S "$socket" display -p '#{pane_pid}')"
}

# shows_frame STEP WIDTH HEIGHT: the screen is what `frame` prints.
shows_frame()
{
	screen | sed 's/ *$//' >"$BATS_TEST_TMPDIR/seen"
	"$ZONEWALK" frame "$story" --step "$1" --size "$2x$3" \
		>"$BATS_TEST_TMPDIR/wanted"
	diff -u "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/seen"
}

@test "opens paused at step 0, steps, and is what frame prints" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	has paused "$(screen)"
	shows_frame 0 80 24
	keys Right l l Left h Right
	wait_for "step 2/"
	shows_frame 2 80 24
	keys End
	wait_for "SLOW PATH"
	keys Home
	wait_for "step 0/"
	keys -l 41G
	wait_for "step 41/"
	shows_frame 41 80 24
	keys -l 'g]]'
	wait_for "request 2/"
	keys -l '['
	wait_for "request 1/"
}

@test "a number beyond the end goes to the end and says so" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	keys -l 999999999999G
	wait_for "beyond the end"
	has "SLOW PATH" "$(screen)"
}

@test "plays and stops by itself at the end" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	keys -l '++++'
	wait_for "speed: 32 steps/s"
	keys Space
	wait_for "32 steps/s"
	wait_for "step 9"
	keys Space
	wait_for paused
	keys End Left Space
	wait_for "SLOW PATH"
	wait_for paused
}

@test "help shows every action and goes away" {
	in_terminal 120 60
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	keys '?'
	wait_for "─ help ─"
	seen=$(screen)
	for help in "go one step forward" "go to the next request" \
		"play, or stop playing" "go to the beginning" "leave"; do
		has "$help" "$seen"
	done
	keys q
	wait_for "request ─"
	has_not "─ help ─" "$(screen)"
}

@test "follows the size of the terminal" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	for size in 120x40 41x12 100x30 20x5 133x50 80x24; do
		tmux -S "$socket" resize-window -x "${size%x*}" \
			-y "${size#*x}"
		if [ "$size" = 20x5 ]; then
			wait_for "needs 40x10 or more"
			continue
		fi
		wait_for "step 5/"
		for _ in 1 2 3 4 5 6; do
			sleep 0.1
			shows_frame 5 "${size%x*}" "${size#*x}" && break
		done
		shows_frame 5 "${size%x*}" "${size#*x}"
	done
}

@test "colours by default, none with NO_COLOR or --no-color" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	tmux -S "$socket" capture-pane -pe >"$BATS_TEST_TMPDIR/color"
	grep -q $'\x1b\\[[0-9;]*3[0-9]' "$BATS_TEST_TMPDIR/color"
	for plain in 'NO_COLOR=1 "$ZONEWALK" play "$story"' \
		'"$ZONEWALK" play "$story" --no-color'; do
		keys q
		wait_for ready
		type_line "clear; $plain --step 5"
		wait_for "step 5/"
		shows_frame 5 80 24
		tmux -S "$socket" capture-pane -pe >"$BATS_TEST_TMPDIR/plain"
		run -1 grep -c $'\x1b\\[[0-9;]*\\(3[0-7]\\|4[0-7]\\|38\\|48\\)[;m]' \
			"$BATS_TEST_TMPDIR/plain"
	done
}

@test "the cursor stands on what happens now" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	at=$(tmux -S "$socket" display -p '#{cursor_x} #{cursor_y}')
	row=$(screen | grep -n '^│▶' | head -1 | cut -d: -f1)
	[ "$at" = "1 $((row - 1))" ]
}

@test "every end leaves the terminal as it was" {
	in_terminal 80 24
	for end in q INT TERM HUP SEGV QUIT; do
		type_line "clear; stty -a >'$BATS_TEST_TMPDIR/before'"
		# shellcheck disable=SC2016
		type_line '"$ZONEWALK" play "$story"; echo "ended: $?"'
		wait_for "step 0/"
		if [ "$end" = q ]; then
			keys q
		else
			kill -"$end" "$(player)"
		fi
		wait_for "ended: "
		has_not "request ─" "$(screen)"
		[ "$(tmux -S "$socket" display -p '#{alternate_on}')" = 0 ]
		[ "$(tmux -S "$socket" display -p '#{cursor_flag}')" = 1 ]
		type_line "stty -a >'$BATS_TEST_TMPDIR/after'; echo 'is' 'done'"
		wait_for "is done"
		diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	done
}

@test "Ctrl-C ends it, Ctrl-Z and fg bring it back" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 7'
	wait_for "step 7/"
	keys C-z
	wait_for Stopped
	[ "$(tmux -S "$socket" display -p '#{alternate_on}')" = 0 ]
	type_line fg
	wait_for "step 7/"
	keys Right
	wait_for "step 8/"
	shows_frame 8 80 24
	keys C-c
	wait_for ready
	[ "$(tmux -S "$socket" display -p '#{alternate_on}')" = 0 ]
}

@test "sleeps while nothing moves" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	pid=$(player)
	switches()
	{
		sed -n 's/^voluntary_ctxt_switches:[^0-9]*//p' \
			"/proc/$pid/status"
	}
	sleep 0.5
	before=$(switches)
	sleep 2
	[ "$(switches)" -eq "$before" ]
}

@test "a vt100, and no UTF-8, are readable" {
	in_terminal 80 24
	type_line 'export TERM=vt100 LC_ALL=C'
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	screen | sed 's/ *$//' >"$BATS_TEST_TMPDIR/seen"
	"$ZONEWALK" frame "$story" --step 5 --ascii >"$BATS_TEST_TMPDIR/wanted"
	diff "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/seen"
}

@test "without a terminal it is a usage error, and an unknown one is told" {
	run -2 --separate-stderr "$ZONEWALK" play "$story" </dev/null
	[ -z "$output" ]
	has terminal "$stderr"
	in_terminal 80 24
	# curses does not free all it took when it knows no such terminal
	# shellcheck disable=SC2016
	type_line 'export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0'
	# shellcheck disable=SC2016
	type_line 'TERM=nonesuch "$ZONEWALK" play "$story"; echo "ended: $?"'
	wait_for "ended: 2"
	has TERM "$(screen)"
}
