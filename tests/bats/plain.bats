#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# plain: `play --plain`, the same session as lines of text.

setup()
{
	load helper
	story="$ZONEWALK_SOURCE/tests/golden/story.lua"
}

# plain LINE...: the output of --plain for these input lines, without questions.
plain()
{
	printf '%s\n' "$@" |
		"$ZONEWALK" play --plain "$story" --no-questions
}

plain_asking()
{
	printf '%s\n' "$@" | "$ZONEWALK" play --plain "$story"
}

# events: the events in the output.
events()
{
	grep -E '^ *[0-9]+  '
}

@test "an empty line is a step; the events are those that run prints" {
	"$ZONEWALK" run "$story" >"$BATS_TEST_TMPDIR/run"
	lines=$(events <"$BATS_TEST_TMPDIR/run" | wc -l)
	yes '' | head -n $((lines + 3)) |
		"$ZONEWALK" play --plain "$story" --no-questions \
			>"$BATS_TEST_TMPDIR/plain"
	diff <(events <"$BATS_TEST_TMPDIR/run") \
		<(events <"$BATS_TEST_TMPDIR/plain")
	# and the notes between them
	diff <(grep -E '^(\||==|request)' "$BATS_TEST_TMPDIR/run") \
		<(grep -E '^(\||==|request)' "$BATS_TEST_TMPDIR/plain")
}

@test "keys, numbers, searches and commands work as on the screen" {
	run -0 plain 5G h ']' /slow_path n ':goto request 2' ':set speed 3'
	has "     5  "
	has "     4  "
	has "__alloc_pages_slowpath() follows"
	has "in request" || has "request 2, line"
	has "speed: 1 step/s"
	run -0 plain ':goto 12x' /nonesuch ':snapshott x'
	has "-- goto 12x: give a step, or request and a number"
	has "no match: nonesuch"
	has "did you mean snapshot?"
	run -0 plain ':alloc order=1 gfp=GFP_KERNEL' ''
	has "these are its steps"
	has "Request: order 1 (2 pages), GFP_KERNEL"
	run -0 plain ':goto request 2' '!'
	has "-- no refused request at this step; r goes to the next refusal"
	run -0 plain '/slow_path' '!'
	has "What would let it be served, and what that costs:"
	has "  order 8 instead of 9: served from node 0 DMA"
	run -0 plain '?'
	has "an empty line: go on to the next point of interest"
	has "Space: play, or stop playing"
	has ":goto STEP, or request N: go to a step, or to a request"
}

@test "a space prints up to the next stop" {
	run -0 plain 'b slow_path' ' '
	has "breakpoint set: slow_path"
	has "breakpoint: slow_path"
	[ "$(events <<<"$output" | tail -1 | grep -c "slowpath() follows")" = 1 ]
}

@test "a panel as lines" {
	run -0 plain 5G ':show walk' ':show zone' ':show nonesuch'
	has "zonelist of node"
	has "required "
	has "show nonesuch: no such panel; the panels are why"
}

@test "a question, an answer and its evaluation" {
	cat >"$BATS_TEST_TMPDIR/quiz.lua" <<-'LUA'
		local m = machine { nodes = { { memory = "64M" } } }
		ask { text = "Is a page given?", choices = { "yes", "no" },
		      run = function() return m:alloc {} and 1 or 2 end }
	LUA
	story="$BATS_TEST_TMPDIR/quiz.lua"
	run -0 plain_asking maybe b ''
	has "? Is a page given?"
	has "  a  yes"
	has "-- type a letter"
	has "-- Not correct: b"
	has "= a  yes"
	has "     1  Request: order 0"
	run -0 plain_asking a
	has "-- Correct: a"
	has "     1  Request: order 0"
	run -0 plain_asking ']' G c
	has "-- answer first"
	has_not "Request: order 0" "$output"
	has_not "= a" "$output"
}

@test "--ascii prints ASCII only; TERM=dumb implies --plain" {
	LC_ALL=C run -0 plain '' ':show walk' ':show lists' '?'
	run -1 env LC_ALL=C grep -n '[^ -~]' <<<"$output"
	TERM=dumb run -0 "$ZONEWALK" play "$story" </dev/null
	has "steps,"
	# on a terminal there is a prompt
	command -v script >/dev/null || skip "script is not there"
	run -0 script -qec "'$ZONEWALK' play --plain '$story'" /dev/null \
		<<<$'lq'
	has "step 0 of "
	has "step 0 of 335, ? "
}

@test "save-scenario writes every kind of request; the trace is the same" {
	cat >"$BATS_TEST_TMPDIR/all.lua" <<-'LUA'
		local m = machine { cpus = 2, nodes = { { memory = "64M" }, { memory = "64M" } },
		                    sysctl = { node_reclaim_mode = 1 } }
		scene "A \"quoted\" name\n and \\ more"
		local a = m:alloc { order = 2, gfp = "GFP_KERNEL|__GFP_WRITE", owner = "it's" }
		m:dirty(0, 5000)
		m:task { mems_allowed = { 1 } }
		local b = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE|__GFP_WRITE", nodemask = { 0, 1 }, cpu = 1 }
		b:lru(true)
		m:task { interrupt = true, oom_victim = true, memalloc = true }
		m:fault { probability = 90, times = -1, ignore_gfp_reclaim = false, seed = 5 }
		m:alloc { order = 1 }
		m:alloc { alloc_flags = "WMARK_MIN|HIGH|HARDER" }
		local c = m:alloc { node = 1, cpu = 1 }
		c:reclaimable()
		m:isolate(20480, "movable", 1)
		m:alloc { order = 10, node = 1, gfp = "GFP_USER" }
		m:unisolate(20480, "unmovable", 1)
		b:lru(false)
		b:free { cpu = 1 }
		a:free {}
		m:drain { cpu = 1 }
		pause "here"
		m:task {}
		fold("an \"alloc\"", function() m:alloc {} end)
		ask { "Which?", choices = { { "one", feedback = "no" }, "two" },
		      run = function(t) m:alloc { order = 3 } return 2, "be\\cause", t:first "expand" end }
		ask { "Is it?", type = "yesno", answer = true }
		takeaway "Well." exercise { "More", checks = { { "c", true } }, variants = { { "seed=2", "s" } } }
	LUA
	cd "$BATS_TEST_TMPDIR"
	for file in all.lua "$ZONEWALK_SOURCE"/scenarios/0[2359]-*.lua; do
		"$ZONEWALK" run "$file" --quiet --trace before.jsonl
		"$ZONEWALK" play --plain "$file" <<<':save-scenario saved.lua' \
			>/dev/null
		"$ZONEWALK" run saved.lua --quiet --trace after.jsonl
		cmp before.jsonl after.jsonl
		# of the captions, all but the lesson's title and goal
		for run in "$file" saved.lua; do
			"$ZONEWALK" run --captions "$run" |
				sed -n '/^\(|\|?\|=\|==\) /,$p' >"$(basename "$run").txt"
		done
		diff "$(basename "$file").txt" saved.lua.txt
	done
}

# command TEXT: types a command after a colon into the player.
command()
{
	"$ZONEWALK" play --plain "$story" <<<":$1"
}

@test "a file of the user's is not replaced" {
	cd "$BATS_TEST_TMPDIR"
	command "save-scenario s.lua" >/dev/null
	command "save-scenario s.lua" | grep -q "saved s.lua and s.begin.json"
	command "snapshot state.json" >/dev/null
	command "snapshot state.json" | grep -q "saved"
	# another text; the snapshot of another name; a snapshot alone
	echo "-- mine" >mine.lua
	cp s.lua beside.lua
	echo '{ "mine": 1 }' >beside.begin.json
	cp s.begin.json alone.begin.json
	for name in mine beside alone; do
		md5sum $name.* >sums
		command "save-scenario $name.lua" >out
		grep "choose another name" out
		md5sum -c sums
		[ "$(ls -- "$name".* | wc -l)" -eq "$(wc -l <sums)" ]
	done
	command "snapshot mine.lua" | grep "choose another name"
	[ "$(cat mine.lua)" = "-- mine" ]
}

@test "a file that cannot be read is not replaced" {
	[ "$(id -u)" -ne 0 ] || skip "root can read every file"
	cd "$BATS_TEST_TMPDIR"
	command "save-scenario s.lua" >/dev/null
	command "snapshot state.json" >/dev/null
	for name in s.lua s.begin.json; do
		chmod 200 "$name"
		command "save-scenario s.lua" | grep "cannot be read"
		chmod 600 "$name"
	done
	chmod 200 state.json
	command "snapshot state.json" | grep "cannot be read"
}

@test "a file beyond the size limit is an error and leaves nothing" {
	mkdir "$BATS_TEST_TMPDIR/empty"
	cd "$BATS_TEST_TMPDIR/empty"
	run -6 --separate-stderr bash -c \
		"ulimit -f 1; '$ZONEWALK' run '$story' --quiet --trace t.jsonl"
	has "t.jsonl: cannot be written: File too large" "$stderr"
	(ulimit -f 1 && command "snapshot state.json") |
		grep "state.json: cannot be written: File too large"
	[ -z "$(ls -A)" ]
}

@test "a file that cannot be written is an error" {
	[ -e /dev/full ] || skip "no /dev/full here"
	run -6 --separate-stderr bash -c \
		"'$ZONEWALK' play --plain '$story' >/dev/full </dev/null"
	has "standard output" "$stderr"
}
