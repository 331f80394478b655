#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# reload: a file that is read again: errors that stay, and slow files.

setup()
{
	load helper
	load terminal
	terminal_setup
	work="$BATS_TEST_TMPDIR"
	file="$work/mine.lua"
	without_question "$work/story.lua"
	cp "$story" "$file"
}

teardown()
{
	terminal_teardown
}

# save_with LUA: saves the story with that line before it.
save_with()
{
	{ echo "$1"; cat "$story"; } >"$work/new"
	cp "$work/new" "$file"
}

# slow: prints a line of Lua that takes a processor about a second here; it has
# eight (wall_ms) on a busy system.
slow()
{
	local TIMEFORMAT=%3U ms

	ms=$({ time "$ZONEWALK" run - <<<"for i = 1, 10000000 do end"; } 2>&1)
	echo "for i = 1, $((10000000000 / (10#${ms/./} + 1))) do end"
}

@test "an error stays until the file is good again, and the old run too" {
	in_terminal 80 24
	play "'$file' --watch"
	keys ']' ']'
	wait_for "request 2/"
	save_with 'machine { nodes = }'
	wait_for "✗ $work/mine.lua:1:"
	# no key ends it, and no picture hides it
	for key in Right ']' '?' Escape End; do
		keys "$key"
		has "mine.lua:1:" "$(screen)"
	done
	# the keys are still there, above it
	has "q back" "$(screen)"
	has "SLOW PATH" "$(screen)"
	# an error at run time takes its place
	save_with 'local m = nil; m:alloc {}'
	wait_for "attempt to index"
	has "mine.lua:1:" "$(screen)"
	has_not "unexpected symbol" "$(screen)"
	rm "$file"
	wait_for "mine.lua: No such file or directory"
	has_not "attempt to index" "$(screen)"
	save_with '-- good'
	wait_for "file read again"
	has_not "✗ $work" "$(screen)"
}

@test "a long error has more than one row" {
	in_terminal 60 20
	play "'$file' --watch"
	save_with "error('the first words $(printf 'of many %.0s' {1..8})and the last')"
	wait_for "and the last"
	has "mine.lua:1:" "$(screen)"
	has "the first words" "$(screen)"
}

@test "a slow file says so, and the keys typed meanwhile are kept" {
	in_terminal 80 24
	play "'$file' --watch"
	wait_step 0
	save_with "$(slow)"
	wait_for "running… $work/mine.lua"
	wait_step 0
	keys -l ']]l'
	keys -l ']'
	wait_for "request 3/"
	# a key typed before the message was shown does not remove it
	has "file read again" "$(screen)"
	has_not "running…" "$(screen)"
	keys Right
	wait_gone "file read again"
}

@test "Esc cancels a slow file" {
	in_terminal 80 24
	play "'$file' --watch"
	wait_step 0
	save_with "while true do end"
	wait_for "running… $work/mine.lua"
	keys -l ']]'
	keys Escape
	wait_for "mine.lua:1: cancelled, here or later"
	wait_for "request 2/"
	has_not "running…" "$(screen)"
	save_with '-- good'
	wait_for "file read again"
	has "request 2/" "$(screen)"
}

@test "lines report the error of a reload" {
	{
		echo :goto 3
		eventually grep -q '^     3  ' "$work/out"
		echo 'machine { nodes = }' >"$file"
		echo :reload
		echo l
	} | "$ZONEWALK" play --plain "$file" >"$work/out"
	grep -q -- "-- $file:1: " "$work/out"
	[ "$(grep -c "mine.lua:1:" "$work/out")" -eq 1 ]
	grep -q '^     4  ' "$work/out"
}

@test "a graded submission is graded again, and says so meanwhile" {
	local folder="$work/reserve"

	copy_assignment reserve "$folder"
	cp "$folder/wrong-watermark.lua" "$file"
	in_terminal 100 30
	play "'$file' --grade '$folder/assignment.lua' --watch"
	wait_for "property fails: "
	tmux -S "$socket" pipe-pane "cat >'$work/output'"
	cp "$folder/wrong-watermark.lua" "$file"
	wait_for "file read again"
	grep -q "running… " "$work/output"
	has_not "running… " "$(screen)"
	echo 'machine { nodes = }' >"$file"
	wait_for "✗ "
	has "property fails: " "$(screen)"
}
