#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# screen: `zonewalk play` in a terminal, tmux: keys, the screen, and the
# terminal's state afterwards.

setup()
{
	load helper
	load terminal
	terminal_setup
	without_question "$BATS_TEST_TMPDIR/story.lua"
}

teardown()
{
	terminal_teardown
}

# shows_frame STEP WIDTH HEIGHT: the screen equals the output of `frame`.
shows_frame()
{
	"$ZONEWALK" frame "$story" --step "$1" --size "$2x$3" \
		>"$BATS_TEST_TMPDIR/wanted"
	screen | sed 's/ *$//' >"$BATS_TEST_TMPDIR/seen"
	diff -u "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/seen"
}

@test "opens paused at step 0, steps, and shows what frame prints" {
	in_terminal 80 24
	play "'$story'"
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

@test "a number beyond the end goes to the end, with a message" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story"'
	wait_for "step 0/"
	keys -l 999999999999G
	wait_for "beyond the end"
	has "SLOW PATH" "$(screen)"
}

# playing: a step has been played; the screen does not rest.
playing()
{
	local now

	now=$(tmux -S "$socket" capture-pane -p)
	has "32 steps/s" "$now" >/dev/null && has_not "step 0/" "$now" >/dev/null
}

@test "plays, and stops at the end" {
	in_terminal 80 24
	play "'$story'"
	wait_for "step 0/"
	keys -l '++++++'
	wait_for "speed: 32 steps/s"
	keys Space
	eventually playing
	keys Space
	wait_for paused
	keys End Left Space
	wait_for "SLOW PATH"
	wait_for paused
}

@test "help lists every action and closes" {
	in_terminal 120 80
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

@test "the screen follows the size of the terminal" {
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
		shows_frame 5 "${size%x*}" "${size#*x}"
	done
}

@test "wide and combining characters have the columns of a frame" {
	in_terminal 80 24
	cat >"$BATS_TEST_TMPDIR/wide.lua" <<-'END'
		lesson { title = "✅ 🚀 नमस्ते e\u{301}", goal = "Measure." }
		say "✅ right 🚀 fast ⚡ नमस्ते cafe\u{301} 漢字 \u{2764}\u{fe0f} end"
		machine { nodes = { { memory = "64M" } } }:alloc()
	END
	type_line "'$ZONEWALK' play '$BATS_TEST_TMPDIR/wide.lua' --step 1"
	wait_for "step 1/"
	frame=$("$ZONEWALK" frame "$BATS_TEST_TMPDIR/wide.lua" --step 1 --size 80x24)
	has $'✅ right 🚀 fast ⚡ नमस्ते cafe\u0301 漢字 ❤ end' "$frame"
	[ "$(screen | head -23)" = "$(head -23 <<<"$frame")" ]
	# the widths do not depend on the locale, only the shapes do
	for locale in C POSIX C.UTF-8; do
		LC_ALL=$locale "$ZONEWALK" frame "$BATS_TEST_TMPDIR/wide.lua" \
			--step 1 --ascii >"$BATS_TEST_TMPDIR/$locale"
	done
	cmp "$BATS_TEST_TMPDIR/C" "$BATS_TEST_TMPDIR/POSIX"
	cmp "$BATS_TEST_TMPDIR/C" "$BATS_TEST_TMPDIR/C.UTF-8"
	grep -qF '?? right ?? fast ?? ???? cafe ???? ? end' "$BATS_TEST_TMPDIR/C"
	LC_ALL=none.UTF-8 "$ZONEWALK" frame "$BATS_TEST_TMPDIR/wide.lua" \
		--step 1 --size 80x24 | cmp - <(echo "$frame")
}

@test "colours by default, none with NO_COLOR or --no-color" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	screen -e >"$BATS_TEST_TMPDIR/color"
	grep -q $'\x1b\\[[0-9;]*3[0-9]' "$BATS_TEST_TMPDIR/color"
	for plain in 'NO_COLOR=1 "$ZONEWALK" play "$story"' \
		'"$ZONEWALK" play "$story" --no-color'; do
		keys q
		wait_for ready
		type_line "clear; $plain --step 5"
		wait_for "step 5/"
		shows_frame 5 80 24
		screen -e >"$BATS_TEST_TMPDIR/plain"
		run -1 grep -c $'\x1b\\[[0-9;]*\\(3[0-7]\\|4[0-7]\\|38\\|48\\)[;m]' \
			"$BATS_TEST_TMPDIR/plain"
	done
}

@test "the cursor is at the current event" {
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	at=$(tmux -S "$socket" display -p '#{cursor_x} #{cursor_y}')
	row=$(screen | grep -n '^│▶' | head -1 | cut -d: -f1)
	[ "$at" = "1 $((row - 1))" ]
}

@test "every way to end restores the terminal" {
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
		[ "$(tmux -S "$socket" display -p '#{mouse_any_flag}')" = 0 ]
		type_line "stty -a >'$BATS_TEST_TMPDIR/after'; echo 'is' 'done'"
		wait_for "is done"
		diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	done
}

@test "Ctrl-C ends the program, Ctrl-Z stops it and fg continues" {
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

@test "a paused program sleeps" {
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
	screen >/dev/null
	before=$(switches)
	sleep 2
	[ "$(switches)" -eq "$before" ]
	# with no system call but the one that waits
	command -v strace >/dev/null || return 0
	timeout 1 strace -f -p "$pid" -o "$BATS_TEST_TMPDIR/calls" || true
	[ "$(grep -cv 'exited\|killed\|^$' "$BATS_TEST_TMPDIR/calls")" -le 1 ]
}

@test "a vt100 without UTF-8 shows ASCII" {
	in_terminal 80 24
	type_line 'export TERM=vt100 LC_ALL=C'
	# shellcheck disable=SC2016
	type_line '"$ZONEWALK" play "$story" --step 5'
	wait_for "step 5/"
	# it is said once why
	has "locale C has no UTF-8: ?" "$(screen)"
	keys C-l
	"$ZONEWALK" frame "$story" --step 5 --ascii >"$BATS_TEST_TMPDIR/wanted"
	wait_for "$(tail -1 "$BATS_TEST_TMPDIR/wanted")"
	screen | sed 's/ *$//' >"$BATS_TEST_TMPDIR/seen"
	diff "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/seen"
	# not when ASCII is asked for
	keys q
	wait_for ready
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK" play "$story" --step 5 --ascii'
	wait_for "step 5/"
	screen | sed 's/ *$//' | diff "$BATS_TEST_TMPDIR/wanted" -
}

@test "without UTF-8 a frame and the menu say what ? stands for" {
	local note="has no UTF-8: ? stands for other characters than ASCII"

	cat >"$BATS_TEST_TMPDIR/wide.lua" <<-'END'
		say "漢字"
		machine { nodes = { { memory = "64M" } } }:alloc()
	END
	wide=("$ZONEWALK" frame "$BATS_TEST_TMPDIR/wide.lua")
	LC_ALL=C run -0 --separate-stderr "${wide[@]}"
	[ "$stderr" = "zonewalk: frame: locale C $note; set LC_ALL=C.UTF-8" ]
	has "> ????"
	LC_ALL=C run -0 --separate-stderr "${wide[@]}" --ascii
	[ -z "$stderr" ]
	# nothing is lost of a picture in English
	LC_ALL=C run -0 --separate-stderr "$ZONEWALK" frame "$story"
	[ -z "$stderr" ]
	# a locale that is not installed: UTF-8 if that is what its name says
	for locale in none.UTF-8 xx_YY.utf8@latin; do
		LC_ALL=$locale run -0 --separate-stderr "${wide[@]}"
		[ -z "$stderr" ]
		has "漢字"
	done
	LC_ALL='' LC_CTYPE='' LANG=none.ISO-8859-1 run -0 --separate-stderr \
		"${wide[@]}"
	has "locale none.ISO-8859-1 $note" "$stderr"
	in_terminal 80 24
	# shellcheck disable=SC2016
	type_line 'clear; LC_ALL=C "$ZONEWALK"'
	wait_for "locale C has no UTF-8"
	keys Enter
	wait_for "step 0/"
	has_not "UTF-8" "$(screen)"
}

@test "every terminal shows the same" {
	in_terminal 80 24
	# those whose control sequences tmux understands
	for term in xterm xterm-256color screen screen-256color tmux \
		tmux-256color; do
		infocmp "$term" >/dev/null 2>&1 || continue
		type_line "export TERM=$term"
		play "'$story' --step 5"
		wait_step 5
		shows_frame 5 80 24
		keys Right
		wait_step 6
		shows_frame 6 80 24
		keys Q
		wait_for ready
	done
}

@test "many changes of size in a row" {
	local size last

	in_terminal 80 24
	play "'$story' --step 5"
	RANDOM=7
	for _ in $(seq 150); do
		size="$((20 + RANDOM % 180)) $((5 + RANDOM % 60))"
		tmux -S "$socket" resize-window -x "${size% *}" -y "${size#* }"
	done
	tmux -S "$socket" resize-window -x 97 -y 31
	shows_frame 5 97 31
	keys Right
	wait_step 6
}

@test "Esc works at once, closes what is open, and never the program" {
	local begin took

	in_terminal 80 24
	play "'$story' --step 5"
	# curses waits a second by default for the rest of a sequence, and each
	# time; a busy system is as slow now and then
	for _ in {1..20}; do
		keys '?'
		wait_for "─ help ─"
		begin=${EPOCHREALTIME/./}
		keys Escape
		while shown "─ help ─"; do
			:
		done
		took=$((${EPOCHREALTIME/./} - begin))
		[ "$took" -ge 700000 ] || break
	done
	[ "$took" -lt 700000 ]
	keys Escape
	screen >/dev/null
	keys Escape
	keys Right
	wait_step 6
	keys Left
	wait_step 5
	# keys typed right after Esc are not lost
	keys Escape End
	wait_for "SLOW PATH"
	keys Escape g Escape 5 G
	wait_step 5
	# an unknown sequence is neither Esc nor letters
	tmux -S "$socket" send-keys -H 1b 5b 32 37 3b 35 3b 31 31 33 7e
	tmux -S "$socket" send-keys -H 1b 4f 51
	keys Right
	wait_step 6
}

@test "no terminal is a usage error, and an unknown one is reported" {
	run -2 --separate-stderr "$ZONEWALK" play "$story" </dev/null
	[ -z "$output" ]
	has terminal "$stderr"
	in_terminal 80 24
	# curses does not free all memory for an unknown terminal
	# shellcheck disable=SC2016
	type_line 'export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0'
	# shellcheck disable=SC2016
	type_line 'TERM=nonesuch "$ZONEWALK" play "$story"; echo "ended: $?"'
	wait_for "ended: 2"
	has TERM "$(screen)"
}
