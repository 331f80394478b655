#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run: `zonewalk run`: log, files, exit codes.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	cat >s.lua <<-'END'
		lesson { title = "A title", goal = "See it." }
		say "before there is a machine"
		local m = machine { nodes = { { memory = "64M" } } }
		scene "One"
		on.expand(function(e) if e.order == 10 then pause() elseif e.order == 9 then pause("the first split") end end)
		local b = m:alloc { order = 8, gfp = "GFP_HIGHUSER_MOVABLE", owner = "ours" }
		b:free()
		say "the end"
	END
}

@test "the log: title, captions, a headline per request, a line per event" {
	run -0 --separate-stderr "$ZONEWALK" run s.lua
	[ -z "$stderr" ]
	[ "${lines[0]}" = "A title" ]
	[ "${lines[1]}" = "See it." ]
	[ "${lines[2]}" = "| before there is a machine" ]
	[ "${lines[3]}" = "== One ==" ]
	has "
request 1, line 6: alloc order 8 GFP_HIGHUSER_MOVABLE, node 0, cpu 0, for ours
     1  Request: order 8 (256 pages)"
	has "
request 2, line 7: free page 4096 order 8, cpu 0
"
	[ "${lines[-1]}" = "| the end" ]
}

@test "a note of a hook follows its event" {
	run -0 "$ZONEWALK" run s.lua
	has "(order 9) to the head of the movable list.
|| the first split
"
}

@test "the step numbers have no gap" {
	run -0 "$ZONEWALK" run s.lua
	steps=$(grep -oE '^ +[0-9]+  ' <<<"$output" | tr -d ' ')
	[ "$steps" = "$(seq "$(wc -l <<<"$steps")")" ]
}

@test "--quiet prints only failed expectations" {
	run -0 --separate-stderr "$ZONEWALK" run --quiet s.lua
	[ -z "$output$stderr" ]
	echo 'expect(1 == 2, "one is two")' >>s.lua
	run -1 --separate-stderr "$ZONEWALK" run -q s.lua
	[ -z "$output" ]
	has "s.lua:9: expectation failed: one is two" "$stderr"
	run -1 "$ZONEWALK" run s.lua
	has "!! line 9: expectation failed: one is two"
	has "s.lua: 1 expectation did not hold"
}

@test "a failed expect is reported at once, and the run continues" {
	printf 'expect(false, "first")\nsay "later"\n' >t.lua
	run -1 --separate-stderr "$ZONEWALK" run t.lua
	[ "${lines[0]}" = "!! line 1: expectation failed: first" ]
	[ "${lines[1]}" = "| later" ]
}

@test "the same script and seed give the same log, snapshot and trace" {
	echo 'for _ = 1, 50 do m:alloc { order = math.random(0, 5) } end' >>s.lua
	"$ZONEWALK" run s.lua --seed 7 >a.txt
	"$ZONEWALK" run -q s.lua --seed 7 --snapshot a.json --trace a.jsonl
	mkdir elsewhere
	cp s.lua elsewhere
	(cd / && LC_ALL=C "$ZONEWALK" run "$OLDPWD/elsewhere/s.lua" \
		--seed 7) >b.txt
	"$ZONEWALK" run -q elsewhere/s.lua --seed 7 --snapshot b.json \
		--trace b.jsonl
	cmp a.txt b.txt
	cmp a.json b.json
	cmp a.jsonl b.jsonl
	"$ZONEWALK" run s.lua --seed 8 >c.txt
	run ! cmp -s a.txt c.txt
}

@test "--snapshot - and --trace - print only the data" {
	run -0 --separate-stderr "$ZONEWALK" run s.lua --snapshot -
	[[ $output == '{"schema":"zonewalk/snapshot/1",'* ]]
	[ "${#lines[@]}" = 1 ]
	"$ZONEWALK" run -q s.lua --trace t.jsonl
	run -0 "$ZONEWALK" run s.lua --trace -
	[ "$output" = "$(cat t.jsonl)" ]
	run -2 "$ZONEWALK" run s.lua --trace - --snapshot -
	has "only one of --snapshot, --trace and --log can go to standard output"
}

@test "the trace has a line for each step of the log" {
	"$ZONEWALK" run s.lua --trace t.jsonl >story.txt
	steps=$(grep -cE '^ +[0-9]+  ' story.txt)
	[ "$steps" -gt 15 ]
	[ "$(grep -c '"event":' t.jsonl)" = "$steps" ]
}

@test "a file that cannot be written: exit 6, and no file remains" {
	for option in --snapshot --trace; do
		run -6 --separate-stderr "$ZONEWALK" run -q s.lua \
			"$option" nowhere/x
		has "nowhere/x" "$stderr"
	done
	echo 'say "no machine"' >t.lua
	run -6 "$ZONEWALK" run -q t.lua --snapshot x.json
	has "t.lua: nothing to save: the scenario makes no machine"
	[ ! -e x.json ]
}

@test "a script with an error writes no files, a failed expect does" {
	{ cat s.lua; echo 'say(nil)'; } >t.lua
	run -3 "$ZONEWALK" run -q t.lua --snapshot x.json --trace x.jsonl
	[ ! -e x.json ]
	[ ! -e x.jsonl ]
	{ cat s.lua; echo 'expect(false)'; } >t.lua
	run -1 "$ZONEWALK" run -q t.lua --snapshot x.json --trace x.jsonl
	[ -s x.json ]
	[ -s x.jsonl ]
}

@test "of several machines the last is saved" {
	echo 'machine { nodes = { { memory = "4M" } } }' >>s.lua
	run -0 "$ZONEWALK" run s.lua --snapshot -
	has '"managed":1023'
}

@test "a scenario can come from standard input" {
	run -0 "$ZONEWALK" run - <s.lua
	has "request 1, line 6: alloc order 8"
	run -3 "$ZONEWALK" run - <<<'say(nil)'
	has "stdin:1: say: expected a string"
}

@test "a scenario that cannot be read: exit 6" {
	run -6 "$ZONEWALK" run missing.lua
	has "missing.lua: cannot be read: No such file"
	run -6 "$ZONEWALK" run "$BATS_TEST_TMPDIR"
	has "Is a directory"
	head -c 17000000 /dev/zero >big.lua
	run -6 "$ZONEWALK" run big.lua
	has "big.lua: cannot be read: it is larger than 16 MiB"
}

@test "an empty scenario is valid" {
	: >empty.lua
	run -0 "$ZONEWALK" run empty.lua
	[ -z "$output" ]
}

@test "usage errors: exit 2 and a hint" {
	run -2 "$ZONEWALK" run
	has "run: SCENARIO is missing"
	run -2 "$ZONEWALK" run s.lua s.lua
	has 'run: too many arguments: "s.lua"'
	run -2 "$ZONEWALK" run s.lua --sett x=1
	run -2 "$ZONEWALK" run s.lua --set x
	has "NAME=VALUE"
	for seed in 0 x -1 1x 99999999999999999999999; do
		run -2 "$ZONEWALK" run s.lua --seed "$seed"
		has "--seed"
	done
	run -2 "$ZONEWALK" run s.lua --limit event=5
	has "no such limit; did you mean events?"
	run -2 "$ZONEWALK" run s.lua --limit events=0
	has "VALUE from 1"
}

@test "an unused parameter is reported" {
	run -0 --separate-stderr "$ZONEWALK" run -q s.lua --set ordre=5
	has "--set ordre=5: the scenario has no such param()" "$stderr"
}

@test "--ascii prints ASCII only, and no control character reaches a terminal" {
	cat >"$BATS_TEST_TMPDIR/s.lua" <<-'END'
		say "漢字: é \27[31mred\r"
		machine { nodes = { { memory = "64M" } } }:alloc()
	END
	run -0 "$ZONEWALK" run "$BATS_TEST_TMPDIR/s.lua"
	has "| 漢字: é �[31mred�"
	run -0 "$ZONEWALK" run --ascii "$BATS_TEST_TMPDIR/s.lua"
	has "| ??: e ?[31mred?"
	has "Allocated: "
	run -1 env LC_ALL=C grep -n '[^ -~]' <<<"$output"
}

# fold_script: requests that fold, by themselves and by fold().
fold_script()
{
	cat >fold.lua <<-'END'
		lesson { title = "Folds" }
		local m = machine { nodes = { { memory = "64M" } } }
		local many = m:fill { count = 50, gfp = "GFP_HIGHUSER_MOVABLE" }
		many:free { every = 2 }
		local b = fold("two more", function()
			say "between"
			m:fill { count = 2 }
			return m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		end)
		ask { "Which page?", type = "pfn", answer = b.pfn, reason = "It is free." }
		fold("nothing", function() end)
		takeaway "Remember this."
		exercise { "Do it.", checks = { { "done", false } }, variants = { { "seed=2", "another" }, { "x=1", "a parameter" } } }
	END
}

@test "folds are one line each; --unfold prints their steps" {
	fold_script
	run -0 "$ZONEWALK" run fold.lua
	[ "$(grep -c '^+ ' <<<"$output")" = 3 ]
	grep -qE '^\+ 50 requests, steps 1 to [0-9]+: alloc order 0 GFP_HIGHUSER_MOVABLE, node 0, cpu 0$' <<<"$output"
	grep -qE '^\+ 25 requests, steps [0-9]+ to [0-9]+: free blocks$' <<<"$output"
	grep -qE '^\+ 3 requests, steps [0-9]+ to [0-9]+: two more$' <<<"$output"
	has "| between"
	run -1 grep -E '^ +[0-9]+  ' <<<"$output"
	run -0 "$ZONEWALK" run --unfold fold.lua
	[ "$(grep -c '^request ' <<<"$output")" = 78 ]
	run -1 grep '^+ ' <<<"$output"
}

@test "--captions prints only what the scenario says" {
	fold_script
	run -0 "$ZONEWALK" run --captions fold.lua
	[ "$(sed 's/^= [0-9]*$/= N/' <<<"$output")" = "Folds
| between
? Which page?
= N
  It is free.

Remember: Remember this.

Exercise: Do it.
  not yet: done
  --seed=2: another
  --set x=1: a parameter" ]
}

@test "a question within a question or a fold is an error" {
	for outer in 'fold("f", function() ' 'ask { "?", run = function() '; do
		{
			echo 'local m = machine { nodes = { { memory = "16M" } } }'
			echo "$outer"
			echo 'ask { "!", answer = 1 } end'
			[[ $outer = ask* ]] && echo '}' || echo ')'
		} >inner.lua
		run -3 "$ZONEWALK" run -q inner.lua
		has "inner.lua:3: ask: not inside "
	done
}

@test "an answer that is not of its form is an error" {
	echo 'machine { nodes = { { memory = "16M" } } }
ask { "Which order?", type = "order", answer = "banana" }' >form.lua
	run -3 "$ZONEWALK" run -q form.lua
	has "form.lua:2: ask: the answer \"banana\" is not of type order"
	echo 'ask { "Which?", type = "ordr", answer = 1 }' >form.lua
	run -3 "$ZONEWALK" run -q form.lua
	has "did you mean order?"
}

@test "an answer that is not understood is not scored" {
	cat >quiz.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		ask { "Which order?", type = "order", answer = 3, feedback = { [10] = "That is the largest." } }
		ask { "Which order now?", type = "order", answer = 4 }
	END
	run -0 "$ZONEWALK" run quiz.lua --answers <(printf 'order 10\nbanana\n')
	has "> order 10: wrong
  That is the largest."
	has "> banana: not understood, not scored: type an order"
	has "0 of 1 prediction right, 2 questions"
}
