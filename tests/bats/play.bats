#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# play: moving in time, the command line, files that change, questions, and the
# menu of lessons.

setup()
{
	load helper
	load terminal
	terminal_setup
	work="$BATS_TEST_TMPDIR"
}

teardown()
{
	terminal_teardown
}

# steps_of PATTERN: the steps whose line in the log matches.
steps_of()
{
	"$ZONEWALK" run "$story" | grep -E '^ *[0-9]+  ' | grep -E "$1" |
		awk '{ print $1 }'
}

# write_quiz: a scenario with a question of each kind.
write_quiz()
{
	cat >"$work/quiz.lua" <<-'LUA'
		local m = machine { nodes = { { memory = "64M" } } }
		local b
		ask { "How many blocks does expand() return?",
		      run = function(t) b = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		            return t:count "expand" end,
		      reason = "One for each order between." }
		ask { text = "Whose page comes next?", choices = { "its neighbour's", "a new block's" },
		      run = function() local c = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		            return c.pfn == b.pfn + 8 and 1 or 2 end }
		say "That was all."
	LUA
}

@test "search, n and N, and the next refusal" {
	mapfile -t given < <(steps_of "Allocated: pfn")
	[ "${#given[@]}" -ge 2 ]
	in_terminal 80 24
	play "'$story'"
	keys -l /mm_page_alloc
	keys Enter
	wait_step "${given[0]}"
	keys n
	wait_step "${given[1]}"
	keys N
	wait_step "${given[0]}"
	keys -l /
	keys Enter
	wait_step "${given[1]}"
	# back in the jump list, and forward
	keys u
	wait_step "${given[0]}"
	keys U
	wait_step "${given[1]}"
	mapfile -t refused < <(steps_of "refused, [0-9]+ pages short")
	keys g
	wait_step 0
	keys r
	wait_for "refused, "
	[ "$(step)" -le "${refused[0]}" ]
	keys -l '/nonesuch'
	keys Enter
	wait_for "no match: nonesuch"
	keys Escape
	keys End
	keys -l '/order>=0'
	keys Enter
	wait_for "no match after this step"
}

@test "a text is found in events, with a count; w leads along changes" {
	mapfile -t added < <(steps_of "added to the head")
	in_terminal 120 40
	play "'$story'"
	keys -l '/added to the head'
	keys Enter
	wait_for "1 of ${#added[@]} "
	wait_step "${added[0]}"
	# the match is in reverse video
	screen -e | grep -q 'm[^m]*added to the head'
	keys n
	wait_for "2 of ${#added[@]} "
	wait_step "${added[1]}"
	keys Escape
	keys g
	keys w
	wait_for "not changed up to here"
	keys n
	wait_for "change 1 of "
	first=$(step)
	keys n
	wait_for "change 2 of "
	keys N
	wait_step "$first"
	wait_for "change 1 of "
}

@test "help explains the screen, and what is typed selects rows" {
	in_terminal 80 24
	play "'$story'"
	keys '?'
	wait_for "─ help ─"
	has "Move along the run" "$(screen)"
	keys -l watermark
	wait_for "rows with: watermark"
	has_not "Move along the run" "$(screen)"
	keys Escape
	wait_for "Move along the run"
	keys Escape
	wait_for "step 0/"
	# each term of the glossary is printed, too
	run -0 "$ZONEWALK" doc glossary
	has pageblock
	has watermark
}

@test "a first start shows a guide, which any key closes" {
	in_terminal 80 24
	type_line "export XDG_STATE_HOME='$work/none'"
	play "'$story'"
	wait_for "any key closes this"
	has "Enter goes on" "$(screen)"
	keys Right
	wait_for "machine ─"
	has_not "any key closes this" "$(screen)"
	[ "$(step)" = 0 ]
	keys Right
	wait_for "The smallest free block"
}

@test "a page frame is found by the events that concern it" {
	in_terminal 80 24
	play "'$story'"
	pfn=$("$ZONEWALK" run "$story" |
		sed -n 's/.* Allocated: pfn \([0-9]*\), order .*/\1/p' |
		head -1)
	keys -l "/pfn=$pfn"
	keys Enter
	wait_for " pfn=$pfn"
	[ "$(step)" -gt 0 ]
	keys -l "/pfn=99999999"
	keys Enter
	wait_for "no pfn 99999999"
}

@test "playing stops at breakpoints, c continues to the next" {
	mapfile -t given < <(steps_of "Allocated: pfn")
	in_terminal 80 24
	play "'$story' --step $((given[0] - 3)) --reduced-motion"
	wait_for "step $((given[0] - 3))/"
	keys b
	wait_for "break:"
	keys -l mm_page_alloc
	keys Enter
	wait_for "breakpoint set: mm_page_alloc"
	keys -l '++++'
	keys Space
	wait_for "breakpoint: mm_page_alloc"
	wait_step "${given[0]}"
	has paused "$(screen)"
	keys c
	wait_step "${given[1]}"
	command_line breaks
	wait_for " mm_page_alloc"
	command_line "break mm_page_alloc"
	wait_for "breakpoint removed: mm_page_alloc"
	command_line breaks
	wait_for "no breakpoints"
}

@test "bookmarks: m and a letter, ' and the letter" {
	in_terminal 80 24
	play "'$story' --step 20"
	wait_step 20
	keys -l ma
	wait_for "bookmark a set at step 20"
	keys End
	keys -l "'a"
	wait_step 20
	keys -l "'b"
	wait_for "no bookmark b is set"
	keys -l mA
	wait_for "bookmarks are letters"
}

@test "the command line: errors, history, completion" {
	in_terminal 80 24
	play "'$story'"
	command_line "gotto 12"
	wait_for "did you mean goto?"
	has ":gotto 12" "$(screen)"
	keys Home Right Right Delete Enter
	wait_step 12
	keys -l :
	keys Up Up
	wait_for ":gotto 12"
	keys Down
	wait_for ":goto 12"
	keys C-u
	keys -l "goto request 2"
	keys Enter
	wait_for "request 2/"
	keys -l ":al"
	keys Tab
	keys -l "gfp=GFP_HIGHUSER_M"
	keys Tab
	wait_for ":alloc gfp=GFP_HIGHUSER_MOVABLE"
	keys C-w
	keys -l "ordr=1"
	keys Enter
	wait_for "it takes order gfp node"
	has ":alloc ordr=1" "$(screen)"
	keys Escape
	for wrong in "alloc order=77" "alloc gfp=GFP_KERNAL" "alloc node=9" \
		"alloc cpu=x" "free" "free 0" "goto 1x" "goto request 0" \
		"set mouse maybe" "set nonesuch" "snapshot" "seed 0" \
		"find order>" "save-scenario x.txt"; do
		command_line "$wrong"
		wait_for " :$wrong"
		keys Escape
		keys C-l
	done
	has "request 2/" "$(screen)"
}

@test "typed requests continue the session and are saved as a scenario" {
	in_terminal 80 24
	play "'$story'"
	last=$("$ZONEWALK" run "$story" | grep -cE '^ *[0-9]+  ')
	command_line "alloc order=2 gfp=GFP_KERNEL|__GFP_ZERO node=0 cpu=0"
	wait_for "these are its steps"
	wait_step $((last + 1))
	pfn=$(screen | sed -n 's/.*: pfn \([0-9]*\), order 2.*/\1/p')
	command_line "free $((pfn + 1))"
	wait_for ": free"
	command_line drain
	wait_for ": drain"
	command_line "save-scenario $work/saved.lua"
	wait_for "saved "
	keys Q
	wait_for ready
	"$ZONEWALK" run "$story" --trace "$work/before.jsonl" --quiet
	run -0 "$ZONEWALK" run "$work/saved.lua" --trace "$work/after.jsonl"
	has "drain cpu 0"
	# the same events, field by field, and then the three new requests
	# (the first line names the file)
	[ "$(wc -l <"$work/after.jsonl")" -gt "$(wc -l <"$work/before.jsonl")" ]
	diff <(grep '"event"' "$work/before.jsonl" | head -n "$last") \
		<(grep '"event"' "$work/after.jsonl" | head -n "$last")
	# another file is not overwritten
	echo "-- mine" >"$work/mine.lua"
	play "'$story'"
	command_line "save-scenario $work/mine.lua"
	wait_for "choose another name"
	[ "$(cat "$work/mine.lua")" = "-- mine" ]
}

@test "a snapshot is taken between requests, and can be loaded" {
	in_terminal 80 24
	play "'$story' --step 5"
	wait_step 5
	command_line "snapshot $work/state.json"
	wait_for "saved "
	wait_step 5
	echo 'local m = machine.load "state.json"; assert(m:check()); m:alloc {}' \
		>"$work/load.lua"
	run -0 "$ZONEWALK" run "$work/load.lua"
	command_line "snapshot /nonesuch/state.json"
	wait_for "/nonesuch/state.json"
}

@test "e opens the editor at the line and reloads the file" {
	cp "$story" "$work/mine.lua"
	cat >"$work/editor" <<-'SH'
		#!/bin/sh
		echo "$@" >"$0.arguments"
		stty -a >"$0.stty"
		echo 'say "edited"' >>"$2"
	SH
	chmod +x "$work/editor"
	in_terminal 80 24
	type_line "stty -a >'$work/before'; export VISUAL='$work/editor'"
	play "'$work/mine.lua' --step 5"
	wait_step 5
	keys e
	wait_for "file read again"
	wait_step 5
	read -r line file <"$work/editor.arguments"
	[ "$file" = "$work/mine.lua" ]
	sed -n "${line#+}p" "$work/mine.lua" | grep -q alloc
	diff "$work/before" "$work/editor.stty"
	grep -q edited "$work/mine.lua"
	keys Right
	wait_step 6
	keys q
	wait_for ready
	type_line "stty -a >'$work/after'; VISUAL=/nonesuch/editor"
	play "'$work/mine.lua' --step 5"
	keys e
	wait_for "set VISUAL or EDITOR"
	diff "$work/before" "$work/after"
	# stopping the editor stops the program too, and fg continues both
	keys Q
	wait_for ready
	printf '#!/bin/sh\necho EDITING; kill -TSTP $$; echo >>"$2"\n' \
		>"$work/editor"
	type_line "set -m; export VISUAL='$work/editor'"
	play "'$work/mine.lua' --step 5"
	keys e
	wait_for Stopped
	type_line fg
	wait_for "file read again"
	wait_step 5
}

@test "--watch reloads a saved file and stays at the request" {
	cp "$story" "$work/mine.lua"
	in_terminal 80 24
	play "'$work/mine.lua' --watch"
	keys ']' ']'
	wait_for "request 2/"
	{ cat "$story"; echo 'say "more"'; } >"$work/new"
	cp "$work/new" "$work/mine.lua"
	wait_for "file read again"
	has "request 2/" "$(screen)"
	# another file of the folder has no effect
	keys Right
	wait_gone "file read again"
	echo 'machine { nodes = }' >"$work/broken"
	has_not "file read again" "$(screen)"
	cp "$work/broken" "$work/mine.lua"
	wait_for "mine.lua:1:"
	has "request 2/" "$(screen)"
	keys Right
	has "request 2/" "$(screen)"
	# as editors do: a new file replaces the old one
	mv "$work/new" "$work/mine.lua"
	wait_for "file read again"
	has "request 2/" "$(screen)"
	pid=$(player)
	switches()
	{
		sed -n 's/^voluntary_ctxt_switches:[^0-9]*//p' \
			"/proc/$pid/status"
	}
	before=$(switches)
	sleep 1.5
	[ "$(switches)" -eq "$before" ]
}

@test "y prints the command that opens this step" {
	cp "$story" "$work/it's mine.lua"
	in_terminal 132 24
	type_line "cd '$work'; export PATH=\"\$(dirname \"\$ZONEWALK\"):\$PATH\""
	play "\"it's mine.lua\" --step 7"
	wait_step 7
	before=$(screen | head -22)
	keys y
	wait_for "zonewalk play "
	again=$(screen | sed -n 's/.*\(zonewalk play .*[^ ]\) *$/\1/p')
	keys Q
	wait_for ready
	type_line "clear; $again"
	wait_step 7
	[ "$(screen | head -22)" = "$before" ]
}

@test "settings change the screen" {
	in_terminal 80 24
	play "'$story' --step 5"
	wait_for "│"
	command_line "set ascii on"
	wait_for "ascii is on"
	has_not "│" "$(screen)"
	command_line "set ascii"
	wait_for "ascii is off"
	wait_for "│"
	command_line "set speed 8"
	wait_for "32 steps/s"
	command_line set
	wait_for "mouse on"
}

@test "the mouse: a click on the timeline, and the setting" {
	in_terminal 80 24
	play "'$story'"
	[ "$(tmux -S "$socket" display -p '#{mouse_any_flag}')" = 1 ]
	# the terminal's code for button 0 at column 40, row 22
	click=(1b 5b 4d 20 49 37)
	tmux -S "$socket" send-keys -H "${click[@]}"
	wait_for "step 1"
	at=$(step)
	[ "$at" -gt 100 ]
	# an entry of the key bar, in the last row: ?
	release=(1b 5b 4d 23 49 37)
	click=(1b 5b 4d 20 62 38)
	tmux -S "$socket" send-keys -H "${release[@]}" "${click[@]}"
	wait_for "─ help ─"
	keys Escape
	command_line "set mouse off"
	wait_for "mouse is off"
	[ "$(tmux -S "$socket" display -p '#{mouse_any_flag}')" = 0 ]
	keys Q
	wait_for ready
	play "'$story' --no-mouse"
	[ "$(tmux -S "$socket" display -p '#{mouse_any_flag}')" = 0 ]
}

@test "a question comes before its step, is scored, explained and logged" {
	write_quiz
	in_terminal 80 24
	play_asking "'$work/quiz.lua' --log '$work/log.jsonl'"
	wait_for "How many blocks does expand() return?"
	has "Question" "$(screen)"
	keys Right End
	wait_for "answer first"
	has_not "Request: order 3" "$(screen)"
	has_not "One for each order" "$(screen)"
	keys -l x
	keys Enter
	wait_for "or press Esc to skip the question"
	keys BSpace
	keys -l 8
	keys BSpace
	keys -l 7
	keys Enter
	wait_for "Correct"
	has "One for each order between" "$(screen)"
	keys Right ']'
	wait_for "press Enter to go on"
	has "One for each order between" "$(screen)"
	keys Enter
	wait_for "Whose page comes next?"
	keys Down Enter
	wait_for "Not correct"
	has "You answered  b  a new block's" "$(screen)"
	has "The answer is  a  its neighbour's" "$(screen)"
	[ "$(wc -l <"$work/log.jsonl")" -eq 2 ]
	grep -q '"right":true' "$work/log.jsonl"
	grep -q '"right":false' "$work/log.jsonl"
	keys Enter
	# an answered question is not asked again
	keys g
	wait_step 0
	keys Right
	wait_step 1
	# without --log nothing is logged
	keys Q
	wait_for ready
	play_asking "'$work/quiz.lua'"
	wait_for "How many blocks"
	keys Escape
	wait_for "Skipped"
	keys Enter
	wait_for "Whose page comes next?"
	[ "$(wc -l <"$work/log.jsonl")" -eq 2 ]
	run -0 "$ZONEWALK" run "$work/quiz.lua" --answers <(printf '7\nb\n') \
		--log "$work/run.jsonl"
	diff "$work/log.jsonl" "$work/run.jsonl"
}

@test "another seed changes the numbers" {
	cat >"$work/seed.lua" <<-'LUA'
		local m = machine { nodes = { { memory = "64M" } } }
		m:alloc { order = 1 + math.random(1, 3) * 2 }
	LUA
	in_terminal 80 24
	play "'$work/seed.lua' --step 1"
	for seed in 1 2 3 4 5 6; do
		command_line "seed $seed"
		wait_for "file read again"
		keys y
		if [ "$seed" -gt 1 ]; then
			wait_for "--seed $seed"
		fi
		"$ZONEWALK" frame "$work/seed.lua" --seed "$seed" --step 1 |
			head -3 >"$work/wanted"
		screen | sed 's/ *$//' | head -3 >"$work/seen"
		diff "$work/wanted" "$work/seen"
		sort -u "$work/seen" >>"$work/all"
	done
	[ "$(grep -c "order" "$work/all")" -gt 3 ]
}

@test "without arguments: the menu of lessons, with finished ones marked" {
	mkdir "$work/lessons"
	write_quiz
	mv "$work/quiz.lua" "$work/lessons/01-quiz.lua"
	cp "$story" "$work/lessons/02-story.lua"
	export XDG_STATE_HOME="$work/state"
	in_terminal 80 24
	type_line "export ZONEWALK_SCENARIOS='$work/lessons' XDG_STATE_HOME='$work/state'"
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK"'
	wait_for "0 of 2 done"
	has "1  01-quiz" "$(screen)"
	has "not started" "$(screen)"
	keys 3
	wait_for "no lesson 3 in this list"
	keys 2 Enter
	wait_for "Question"
	keys Escape
	wait_for "Skipped"
	keys Enter End
	wait_for "SLOW PATH"
	keys Enter
	wait_for "Lesson complete"
	keys q
	wait_for "1 of 2 done"
	[ "$(cat "$work/state/zonewalk/lessons-done")" = \
		$'02-story.lua\tdone\t0\t1' ]
	keys q
	wait_for ready
	# progress that cannot be saved is reported, and play continues
	rm -r "$work/state"
	: >"$work/state"
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK" play --no-questions "$ZONEWALK_SCENARIOS/02-story.lua"'
	wait_step 0
	has_not "any key closes this" "$(screen)"
	keys End
	wait_for "progress is not recorded"
}

@test "a failed property opens at its counterexample" {
	local folder="$work/reserve"

	copy_assignment reserve "$folder"
	run -1 "$ZONEWALK" grade "$folder/assignment.lua" \
		"$folder/wrong-watermark.lua"
	command=$(grep -o "zonewalk play .*" <<<"$output" | head -1)
	step=$(sed -n 's/.*request [0-9]*, step \([0-9]*\):.*/\1/p' \
		<<<"$output" | head -1)
	in_terminal 100 30
	type_line "export PATH=\"\$(dirname \"\$ZONEWALK\"):\$PATH\""
	type_line "cd '$folder'; clear; $command"
	wait_step "$step"
	has_not "property fails: " "$(screen)"
	keys Q
	wait_for ready
	type_line "clear; zonewalk play wrong-watermark.lua --grade assignment.lua"
	wait_step "$step"
	has "property fails: " "$(screen)"
	has "only because of lowmem_reserve" "$(screen)"
	keys y
	wait_for "wrong-watermark.lua --grade "
	keys Q
	wait_for ready
	run -0 "$ZONEWALK" play --plain "$folder/wrong-watermark.lua" \
		--grade "$folder/assignment.lua" </dev/null
	has "property P1: "
	has "     $step  "
	run -2 "$ZONEWALK" play --plain "$folder/wrong-watermark.lua" --property P1
	run -6 "$ZONEWALK" play --plain "$folder/wrong-watermark.lua" \
		--grade /nonesuch.lua
}

@test "the largest recordings open" {
	for file in "$ZONEWALK_SOURCE"/tests/data/*.jsonl \
		"$ZONEWALK_RECORDINGS/quad-pressure.jsonl"; do
		run -0 "$ZONEWALK" frame "$file" --step 999999999
		[ "${#lines[@]}" -ge 20 ]
	done
}

@test "the menu shows titles, progress and scores, and playlists" {
	export XDG_STATE_HOME="$work/state"
	mkdir -p "$XDG_STATE_HOME/zonewalk"
	printf '01-tour.lua\n02-split.lua\tdone\t5\t6\n03-merge.lua\tbegun\t0\t0\n' \
		>"$XDG_STATE_HOME/zonewalk/lessons-done"
	in_terminal 80 24
	type_line "export XDG_STATE_HOME='$XDG_STATE_HOME'"
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK"'
	wait_for "2 of 17 done"
	has_not ".lua" "$(screen)"
	grep -qE ' 1  The tour +10 min  ✓ done  ' <<<"$(screen)"
	grep -qE ' 2  A split +10 min  ✓ done +best 5 of 6' <<<"$(screen)"
	# the first that is not done, and its goal
	grep -qE '▶ +3  Merging +10 min    begun' <<<"$(screen)"
	has "Say which free blocks merge" "$(screen)"
	keys 1 4
	wait_for "may use the pages of a CMA area"
	keys Tab
	wait_for "Playlist lecture50, 50 minutes"
	grep -qE '▶ +4  Per-cpu lists' <<<"$(screen)"
	has_not "Merging" "$(screen)"
	keys BTab
	wait_for "Lessons, 170 minutes"
	# a broken file is named and kept
	keys q
	wait_for ready
	echo 'a	b' >>"$XDG_STATE_HOME/zonewalk/lessons-done"
	# shellcheck disable=SC2016
	type_line 'clear; "$ZONEWALK"'
	wait_for "lessons-done:4: not a line"
	keys 2 Enter
	wait_for "02 A split"
	# its first step follows the first question
	keys End
	wait_for "answer first"
	keys Escape
	wait_for "progress is not recorded"
	[ "$(wc -l <"$XDG_STATE_HOME/zonewalk/lessons-done")" = 4 ]
}
