#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# end_card: the end of a lesson: the card, the next lesson, variants, the
# exercise, and the progress that is recorded.

setup()
{
	load helper
	load terminal
	terminal_setup
	work="$BATS_TEST_TMPDIR"
	lessons="$work/lessons"
	state="$work/state/zonewalk/lessons-done"
	mkdir "$lessons"
	write_lesson "$lessons/01-one.lua" "The first" 'order == 10'
	write_lesson "$lessons/02-two.lua" "The second" 'true'
	echo 'first 01 02' >"$lessons/playlists"
}

teardown()
{
	terminal_teardown
}

# write_lesson FILE TITLE CHECK: a lesson with two questions and an exercise.
write_lesson()
{
	cat >"$1" <<-LUA
		lesson { title = "$2", goal = "See it.", minutes = 1 }
		local m = machine { nodes = { { memory = "64M" } } }
		local order = param("order", 8)
		local b
		ask {
			text = "How many blocks does expand() return?",
			type = "number",
			run = function(t)
				b = m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" }
				return t:count "expand"
			end,
		}
		ask {
			text = "Where is the next block?",
			choices = { "beside it", "elsewhere" },
			run = function()
				local c = m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" }
				return c and c.pfn == b.pfn + (1 << order) and 1 or 2
			end,
		}
		takeaway [[The lower
		half is kept.]]
		exercise {
			"Let expand() return no block.",
			checks = { { "no block is returned", $3 } },
			variants = { { "order=9", "A larger block." }, { "seed=7", "Other numbers." } },
		}
	LUA
}

# in_lessons WIDTH HEIGHT: a terminal in the folder for the user's files.
in_lessons()
{
	in_terminal "$1" "$2"
	type_line "cd '$work'; export ZONEWALK_SCENARIOS='$lessons' XDG_STATE_HOME='$work/state'"
	type_line "export PATH=\"\$(dirname \"\$ZONEWALK\"):\$PATH\"; clear"
}

# to_card: opens the end card, without a question on the way.
to_card()
{
	keys End Enter
	wait_for "Lesson complete"
}

# to_second: from the feedback of the first question to the second one.
to_second()
{
	keys Enter End
	wait_for "Where is the next block?"
}

# answer FIRST SECOND: answers the two questions on the way to the card.
answer()
{
	wait_for "Question"
	keys -l "$1"
	keys Enter
	wait_for "orrect"
	to_second
	keys -l "$2"
	keys Enter
	wait_for "orrect"
	keys Enter
	to_card
}

@test "the card: score, answers, what to remember; then the next lesson" {
	in_lessons 80 24
	type_line "zonewalk play 1"
	answer 2 b
	seen=$(screen)
	has "1 of 2 right" "$seen"
	grep -qE '1  How many blocks does expand\(\) return\?' <<<"$seen"
	grep -qE '✓ Your answer: +2 ' <<<"$seen"
	grep -qE '✗ Your answer: +elsewhere' <<<"$seen"
	grep -qE '  The answer: +beside it' <<<"$seen"
	has "The lower half is kept." "$seen"
	has "Let expand() return no block." "$seen"
	has "✗ no block is returned" "$seen"
	has "Next lesson: 2 The second" "$seen"
	has "Enter next" "$seen"
	[ "$(cat "$state")" = $'01-one.lua\tdone\t1\t2' ]
	keys Enter
	wait_for "02 The second"
	answer 2 a
	has "2 of 2 right" "$(screen)"
	has_not "Next lesson" "$(screen)"
	keys Enter
	wait_for "this is the last lesson"
	# any other key closes the card; Enter opens it again
	keys Left
	wait_gone "Lesson complete"
	to_card
	keys q
	wait_for ready
	[ "$(tail -1 "$state")" = $'02-two.lua\tdone\t2\t2' ]
}

@test "skipped questions, and the menu after the card" {
	in_lessons 80 24
	type_line zonewalk
	wait_for "0 of 2 done"
	keys 1 Enter
	wait_for "Question"
	keys Escape
	wait_for "Skipped"
	[ "$(cat "$state")" = $'01-one.lua\tbegun\t0\t0' ]
	keys q
	wait_for " begun "
	keys Enter
	wait_for "Question"
	keys Escape
	wait_for "Skipped"
	to_second
	keys Escape
	wait_for "Skipped"
	keys Enter
	to_card
	has "0 of 2 right, 2 skipped" "$(screen)"
	has "– skipped" "$(screen)"
	has "The answer:" "$(screen)"
	keys Enter
	wait_for "02 The second"
	keys Escape
	wait_for "Skipped"
	keys Enter q
	wait_for "1 of 2 done"
	has "best 0 of 2" "$(screen)"
	grep -q "▶ *2 " <<<"$(screen)"
}

@test "v plays the variants, one after another, then the lesson" {
	in_lessons 80 24
	type_line "zonewalk play 1 --no-questions"
	wait_for "01 The first "
	to_card
	has_not "right" "$(screen)"
	has "v order=9" "$(screen)"
	has "order=9  A larger block." "$(screen)"
	keys v
	wait_for "01 The first, order=9"
	to_card
	has "▶ order=9" "$(screen)"
	has "v seed=7" "$(screen)"
	keys v
	wait_for "01 The first, seed 7"
	to_card
	has "v as before" "$(screen)"
	keys v
	wait_for "01 The first "
	has_not "seed" "$(screen)"
	keys x
	has_not "exercise" "$(screen)"
}

@test "x edits a copy, and its card has the checks" {
	cat >"$work/editor" <<-'SH'
		#!/bin/sh
		echo "$@" >"$0.arguments"
		sed -i "${EDIT:-}" "$2"
	SH
	chmod +x "$work/editor"
	cp "$lessons/01-one.lua" "$work/before.lua"
	in_lessons 80 24
	type_line "export VISUAL='$work/editor' EDIT='s/\"order\", 8/\"order\", 10/'"
	type_line "clear; zonewalk play 1 --no-questions"
	wait_for "01 The first "
	to_card
	keys x
	wait_for "01 The first, exercise"
	read -r line file <"$work/editor.arguments"
	[ "$file" = 01-one-exercise.lua ]
	sed -n "${line#+}p" "$work/before.lua" | grep -q 'exercise {'
	cmp "$work/before.lua" "$lessons/01-one.lua"
	to_card
	has "✓ no block is returned" "$(screen)"
	has "Next lesson: 2 The second" "$(screen)"
	# the copy itself is edited from now on
	keys q
	wait_for ready
	type_line "EDIT='s/order == 10/order == 9/'; clear; zonewalk play 01-one-exercise.lua --no-questions"
	wait_for "01 The first, exercise"
	to_card
	keys x
	wait_for "✗ no block is returned"
	grep -q "order == 9" "$work/01-one-exercise.lua"
	keys q
	wait_for ready
	# another copy gets another name; the first one stays
	cp "$work/01-one-exercise.lua" "$work/first.lua"
	type_line "EDIT=; clear; zonewalk play 1 --no-questions"
	wait_for "01 The first "
	to_card
	keys x
	wait_for "01 The first, exercise"
	cmp "$work/first.lua" "$work/01-one-exercise.lua"
	cmp "$work/before.lua" "$work/01-one-exercise-2.lua"
	[ "$(find "$work" -maxdepth 1 -name '*-exercise*.lua' | wc -l)" = 2 ]
	# nothing of the copy is recorded
	[ "$(wc -l <"$state")" = 1 ]
}

@test "a copy that cannot be made or run is reported on the card" {
	mkdir "$work/closed"
	printf '%s\n' 'local m = machine.load "data/solo.json"' \
		'm:alloc {}' >>"$lessons/02-two.lua"
	mkdir "$lessons/data"
	"$ZONEWALK" run -q "$story" --snapshot "$lessons/data/solo.json"
	in_lessons 80 24
	type_line "export VISUAL=true; cd closed; rmdir ../closed"
	type_line "clear; zonewalk play 1 --no-questions"
	wait_for "01 The first "
	to_card
	keys x
	wait_for "01-one-exercise.lua: No such file"
	has "Lesson complete" "$(screen)"
	keys q
	wait_for ready
	# the copy finds the data files of the original
	type_line "cd '$work'; clear; zonewalk play 2 --no-questions"
	wait_for "02 The second "
	to_card
	keys x
	wait_for "02 The second, exercise"
}

@test "a card that is longer than the screen scrolls, and nothing is cut" {
	in_lessons 60 18
	type_line "zonewalk play 1"
	answer 2 b
	keys PageUp
	wait_for "more with"
	all=
	for i in $(seq 30); do
		all+=$(screen | sed 's/^│ *//; s/ *│$//')$'\n'
		keys Down
	done
	for text in "expand() return" "Your answer:" elsewhere "beside it" \
		"Remember" "half is kept" "Let expand() return no block." \
		"no block is returned" "order=9" "2 The second"; do
		has "$text" "$all"
	done
	has_not "…" "$all"
}
