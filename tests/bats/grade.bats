#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade: outcomes, reports and messages of grading. (The properties:
# test_property.c.)

setup()
{
	load helper
	assignments=$ZONEWALK_SOURCE/scenarios/assignments
	cd "$BATS_TEST_TMPDIR"
	run "$ZONEWALK" grade "$assignments/explain/assignment.lua" \
		"$assignments/explain/solution.lua"
	[ "$status" -ne 5 ] || skip "isolation is not available"
}

# assignment NAME OPTIONS PROPERTIES: writes the assignment NAME.lua.
assignment()
{
	printf 'assignment { title = "%s"%s }\n%s\n' "$1" "$2" "$3" >"$1.lua"
}

machine='local m = machine { nodes = { { memory = "64M" } } }'

@test "each model solution gets full points, each wrong one fewer" {
	for folder in "$assignments"/*/; do
		run -0 "$ZONEWALK" grade "$folder/assignment.lua" \
			"$folder/solution.lua"
		has "passed"
		has_not "vacuous"
		[ "$(ls "$folder"/wrong-*.lua | wc -l)" -ge 2 ]
		for wrong in "$folder"/wrong-*.lua; do
			run -1 "$ZONEWALK" grade "$folder/assignment.lua" \
				"$wrong"
			has_not "  passed"
		done
	done
}

@test "nothing, and requests that are not about it, earn nothing" {
	: >empty.lua
	echo 'say "served = 40" say "P1 = pass" say "x = 1"' >captions.lua
	machine2=${machine/ nodes/ cpus = 2, nodes}
	setup=$(tail -n +3 "$assignments/repair/start.lua")
	boost=', sysctl = { watermark_boost_factor = 0 } }'
	echo "$machine2 m:alloc{ order = 1 } m:alloc{}:free()" >shortest.lua
	echo "${machine% \}}$boost m:alloc{ order = 1 } m:alloc{}:free()" >reserve.lua
	echo "$setup m:alloc{ order = 1 }" >repair.lua
	echo "$machine" >tune.lua
	cp captions.lua explain.lua
	cp captions.lua predict.lua
	for folder in "$assignments"/*/; do
		kind=$(basename "$folder")
		run -1 "$ZONEWALK" grade "$folder/assignment.lua" empty.lua \
			captions.lua $kind.lua --reveal
		[ "$(grep -c "^[a-z]*  0 of [0-9]*  failed" <<<"$output")" -eq 3 ] || {
			echo "$output"
			false
		}
	done
	assignment measure '' 'property { points = 4, text = "x", measure { full = 3,
		none = 9, value = function(run) return run.requests end } }
	property { points = 1, text = "y", never "slow_path" }
	property { points = 1, text = "z", requires = "P1", of_free }'
	sed -i 's/of_free/never { "slow_path", of = "free" }/' measure.lua
	run -1 "$ZONEWALK" grade measure.lua empty.lua tune.lua
	has "empty  0 of 6"
	has "tune  0 of 6"
	echo "$machine m:alloc{}" >one.lua
	run -1 "$ZONEWALK" grade measure.lua one.lua
	has "vacuous  P3  0 of 1"
	for wrong in '"P3"' '"P4"' 7; do
		sed "s/requires = \"P1\"/requires = $wrong/" measure.lua >wrong.lua
		run -3 "$ZONEWALK" grade wrong.lua one.lua
		has "the id of an earlier property"
	done
	sed 's/text = "x"/&, visibility = "hidden"/' measure.lua >wrong.lua
	run -3 "$ZONEWALK" grade wrong.lua one.lua
	has "not hidden from this one is expected, not P1"
}

@test "there is a sample of each kind of assignment" {
	for kind in show predict tune repair explain shortest; do
		grep -l "kind = \"$kind\"" "$assignments"/*/assignment.lua
	done
}

@test "a failure is reported with its numbers, request and step" {
	run -1 "$ZONEWALK" grade "$assignments/reserve/assignment.lua" \
		"$assignments/reserve/wrong-watermark.lua"
	has "the nearest, request 1, step 6: Node 0 DMA: 4095 free - 1023 unusable, required more than 78 (the low watermark)"
	has "; expected: watermark_check with not ok"
	has "zonewalk play wrong-watermark.lua --step 6"
	has_not "$assignments"
}

@test "a request or machine that is not allowed is a named violation" {
	r=$assignments/reserve
	run -1 "$ZONEWALK" grade "$r/assignment.lua" "$r/wrong-drain.lua" \
		"$r/wrong-machine.lua"
	has "wrong-drain  0 of 10  violation"
	has "in line 11: drain is not allowed; allowed: alloc, free"
	has "not the given machine: lowmem_reserve_ratio differs"
	p=$assignments/repair
	run -1 "$ZONEWALK" grade "$p/assignment.lua" "$p/wrong-begin.lua"
	has "setup: request 16 (alloc) differs from the given setup in its order"
	assignment task '' 'given { machine = { nodes = { { memory = "64M" } } },
		allow = { "alloc", "task" }, setup = function(m) m:task { memalloc = true } end }
		property { points = 1, text = "x",
			eventually { "set_task", memalloc = true } }'
	printf '%s\nm:task { memalloc = true }\nm:task { memalloc = true }\n' "$machine" >same.lua
	printf '%s\nm:task { realtime = true }\nm:alloc {}\n' "$machine" >other.lua
	run -0 "$ZONEWALK" grade task.lua same.lua
	run -1 "$ZONEWALK" grade task.lua other.lua
	has "setup: request 1 (task) differs from the given setup in its memalloc"
	assignment two '' 'property { points = 1, text = "x", never "expand" }'
	printf '%s\n%s\n' "$machine" "$machine" >student.lua
	run -1 "$ZONEWALK" grade two.lua student.lua
	has "machines: 2 machines; allowed: 1"
}

@test "each limit ends its submission by name, and no other submission" {
	easy='property { points = 1, text = "x", eventually "mm_page_alloc" }'
	assignment limits ', limits = { wall_ms = 2000, requests = 50,
		memory = 4000000, output = 20000 }' "$easy"
	assignment events ', limits = { events = 200 }' "$easy"
	echo 'while true do end' >loop.lua
	echo 'local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end' \
		>memory.lua
	echo "$machine while true do m:alloc{ }:free() end" >requests.lua
	echo "$machine for i = 1, 40 do m:alloc{ order = 1 }:free() end" \
		>many.lua
	echo 'while true do say(("x"):rep(1000)) end' >output.lua
	echo "error 'no'" >raise.lua
	echo "$machine m:alloc{}" >good.lua
	run -1 "$ZONEWALK" grade limits.lua loop.lua memory.lua requests.lua \
		output.lua raise.lua good.lua --jobs 3
	has "loop  0 of 1  limit wall_ms"
	has "memory  0 of 1  limit memory"
	has "requests  0 of 1  limit requests"
	has "output  0 of 1  limit output"
	has "raise  0 of 1  wrong"
	has "good  1 of 1  passed"
	run -1 "$ZONEWALK" grade events.lua many.lua good.lua
	has "many  0 of 1  limit events"
	has "good  1 of 1  passed"
}

@test "the report does not depend on the number of jobs" {
	mkdir students
	for i in $(seq 48); do
		set -- "$assignments"/reserve/[sw]*.lua
		shift $((i % 6))
		cp "$1" "students/s$i.lua"
	done
	"$ZONEWALK" grade "$assignments/reserve/assignment.lua" students/* \
		>one.txt || [ $? -eq 1 ]
	for jobs in 2 7 48; do
		"$ZONEWALK" grade "$assignments/reserve/assignment.lua" \
			students/* --jobs $jobs >more.txt || [ $? -eq 1 ]
		cmp one.txt more.txt
	done
	[ "$(grep -c '^s[0-9]* ' one.txt)" -eq 48 ]
	run -0 cat one.txt
	has "8 of 48 passed"
	has "32 of 48 missed P1  a zone is refused only because of lowmem_reserve"
	has "  did the same: s1, "
}

@test "a killed process ends its submission by name, and no other one" {
	assignment long ', limits = { wall_ms = 20000 }' \
		'property { points = 1, text = "x", eventually "mm_page_alloc" }'
	echo 'while true do end' >loop.lua
	cp loop.lua loop2.lua
	echo "$machine m:alloc{}" >good.lua
	"$ZONEWALK" grade long.lua loop.lua loop2.lua good.lua --jobs 2 \
		>report.txt &
	grader=$!
	# the first worker, and the scenario process of the second
	both_loop()
	{
		workers=($(pgrep -P $grader)) && [ ${#workers[@]} -eq 2 ] &&
			scenario=$(pgrep -P "${workers[1]}") &&
			orphan=$(pgrep -P "${workers[0]}")
	}
	eventually both_loop
	kill -9 "${workers[0]}" "$scenario"
	code=0
	wait $grader || code=$?
	[ $code -eq 70 ]
	run -0 cat report.txt
	has "the grader's process ended: signal 9"
	has "loop2  0 of 1  killed" # the system kills so, too
	has "good  1 of 1  passed"
	# the scenario process of the killed worker ends by itself
	eventually eval '! kill -0 "$orphan" 2>/dev/null'
}

@test "the example of the guide works" {
	sed -n '/^```lua/,/^```/{/^```/d;p}' \
		"$ZONEWALK_SOURCE/docs/grading.md" >guide.lua
	echo "$machine m:alloc{ order = param('order', 9),
		gfp = 'GFP_HIGHUSER_MOVABLE' }" >student.lua
	run -0 "$ZONEWALK" grade guide.lua student.lua
	has "3 of 3"
	echo "$machine m:alloc{ order = 4 }" >student.lua
	run -1 "$ZONEWALK" grade guide.lua student.lua
}

@test "hidden properties do not leak" {
	secret='property { points = 3, text = "the secret wish", id = "wish",
		visibility = "hidden", eventually { "expand", migratetype = "movable" } }
	property { points = 2, text = "later", visibility = "after_due_date",
		count { "expand", max = 1 } }
	property { points = 1, text = "seen", eventually "mm_page_alloc" }'
	assignment hidden '' "$secret"
	echo "$machine m:alloc{ order = 3 }" >student.lua
	for format in text json gradescope check50 tap junit csv; do
		run -0 "$ZONEWALK" grade hidden.lua student.lua --format $format
		has_not "wish"
		has_not "later"
		has_not "migratetype = movable"
		has_not "expand"
		[ $format = csv ] || has "seen"
	done
	run -1 "$ZONEWALK" grade hidden.lua student.lua --reveal
	has "the secret wish"
	has "later"
	has "migratetype = movable"
}

# student_reports MODE: prints every report on a submission that answers MODE,
# with exit codes. Hashes of the file are removed, because it has the answer.
student_reports()
{
	mkdir "$1"
	echo "$machine m:alloc{ order = 3 } say 'mode = $1'" >"$1/student.lua"
	cd "$1"
	"$ZONEWALK" grade ../secret.lua student.lua --reveal --json \
		>../$1.json || true
	for format in text json gradescope check50 tap junit csv; do
		code=0
		"$ZONEWALK" grade --merge ../$1.json --csv grades.csv \
			--format $format || code=$?
		echo "$format: exit code $code"
		cat grades.csv
	done | sed 's/"scenario_hash":"[0-9a-f]*"//'
	cd ..
}

@test "no student's report depends on hidden properties" {
	assignment secret ', seeds = { 1, 2 }' '
	property { points = 2, text = "visible", eventually "mm_page_alloc" }
	property { points = 3, text = "secret", visibility = "hidden",
		final(function(_, run)
			local mode, list = run.answers.mode, {}
			if mode == "error" then error "a secret text" end
			while mode == "limit" do list[#list + 1] = ("x"):rep(1e6) .. #list end
			return mode == "pass", "a secret text"
		end) }
	property { points = 4, text = "value", visibility = "after_due_date",
		measure { full = 5, none = 1, value = function(run)
			return tonumber(run.answers.mode) or 5 end } }
	property { points = 1, text = "free", eventually "mm_page_free" }'
	student_reports pass >pass.out
	run -0 cat pass.out
	has "student  2 of 3  failed"
	has "points and outcome of the visible properties; 2 hidden properties are not counted"
	has "2 of 3 in the visible tests"
	has '"visibility":"after_due_date"'
	has "id,visible_outcome,visible_points,visible_max"
	for mode in fail 3 error limit; do
		student_reports $mode >$mode.out
		cmp pass.out $mode.out
	done
	(cd pass && "$ZONEWALK" grade ../secret.lua student.lua >../direct.out ||
		[ $? -eq 1 ])
	head -$(wc -l <direct.out) pass.out | cmp - direct.out
	for mode in pass fail 3 error limit; do
		"$ZONEWALK" grade --merge $mode.json --reveal >$mode.full || true
		"$ZONEWALK" grade --merge $mode.json --reveal \
			--format gradescope >$mode.platform || true
	done
	run -0 cat pass.full fail.full 3.full error.full limit.full
	for points in "9 of 10  failed" "6 of 10  failed" "4 of 10  failed" \
		"0 of 10  assignment" "0 of 10  limit grading"; do
		has "student  $points"
	done
	has "secret (not visible)"
	# of the report for a platform, students see all but hidden tests
	for mode in fail 3 error limit; do
		for one in pass $mode; do
			sed 's/{"name":"P[23][^}]*}//g; s/"extra_data".*"tests"//' \
				$one.platform >$one.seen
			[ -s $one.seen ]
		done
		cmp pass.seen $mode.seen
	done
	grep '"number":"P2","score":3' pass.platform
	run -3 "$ZONEWALK" grade --merge error.json --reveal
}

@test "feedback reports actual and expected values, or less" {
	assignment full '' 'property { points = 1, text = "x",
		count { "expand", exactly = 1, migratetype = "unmovable" } }'
	sed 's/text = "x"/text = "x", feedback = "actual"/' full.lua >actual.lua
	sed 's/text = "x"/text = "x", feedback = "none"/' full.lua >none.lua
	echo "$machine m:alloc{ order = 3, gfp = 'GFP_HIGHUSER_MOVABLE' }" \
		>student.lua
	run -1 "$ZONEWALK" grade full.lua student.lua
	has "0 such events"
	has "expected: exactly 1"
	run -1 "$ZONEWALK" grade actual.lua student.lua
	has "0 such events"
	has_not "exactly"
	run -1 "$ZONEWALK" grade none.lua student.lua
	has "fail     P1"
	has_not "such event"
	has_not "exactly"
}

@test "students open their own file with the command in the report" {
	mkdir -p "class/it's" alone
	assignment own ', seeds = { 1, 7 }, params = { owner = "a b", order = 3 }' '
	given { machine = { nodes = { { memory = "64M" } } },
		after = function(m) m:alloc { order = 9 } end }
	property { points = 1, text = "x", never { "mm_page_alloc", order = 3 } }
	property { points = 1, text = "y", never { "mm_page_alloc", order = 9 } }'
	echo "$machine m:alloc{} m:alloc{ order = tonumber(param('order', '0')),
		owner = param('owner', '') .. math.random(1000) }" >"class/it's/-a b.lua"
	run -1 "$ZONEWALK" grade "$PWD/own.lua" "$PWD/class/it's"
	has "zonewalk play './-a b.lua' --set order=3 --set 'owner=a b' --step "
	has_not "$PWD"
	[ "$(grep -c "zonewalk play" <<<"$output")" -eq 1 ]
	command=$(sed -n 's/^ *zonewalk play/frame/p' <<<"$output")
	step=$(sed -n 's/^ *request 2, step \([0-9]*\): Alloc.*/\1/p' <<<"$output")
	[ "$step" -gt 1 ]
	cp "class/it's/-a b.lua" alone
	cd alone
	eval "run -0 '$ZONEWALK' $command"
	has "step $step/"
	has "Allocated: pfn 4104, order 3"
	# an error names the file as its author does
	echo 'error "here"' >"$BATS_TEST_TMPDIR/class/wrong.lua"
	run -1 "$ZONEWALK" grade ../own.lua ../class/wrong.lua --format json
	has '"wrong.lua:1: here"'
	has '"assignment":"own.lua"'
	has_not "../class"
}

@test "of several seeds the worst one counts and is named" {
	s=$assignments/shortest
	run -1 "$ZONEWALK" grade "$s/assignment.lua" "$s/wrong-seed.lua"
	has "with seed "
	run -0 "$ZONEWALK" grade "$s/assignment.lua" "$s/solution.lua"
	has_not "with seed "
}

@test "each student has an answer template of their own" {
	p=$assignments/predict/assignment.lua
	run -0 --separate-stderr "$ZONEWALK" grade "$p" --sheet ann
	has 'say "block1.pfn = ?"'
	has "The machine: 1 node, 1 cpu."
	has "node 0 DMA32: 12288 pages, 12288 free; watermarks: min "
	has "order 10, movable: 4096 5120 "
	has "alloc order"
	printf '%s\n' "$output" >ann.lua
	"$ZONEWALK" grade "$p" --sheet ann | cmp - ann.lua
	different=0
	for id in bob cid dan eve; do
		"$ZONEWALK" grade "$p" --sheet $id | sed "s/$id/ann/" |
			cmp -s - ann.lua || different=$((different + 1))
	done
	[ $different -ge 3 ]
	run -1 "$ZONEWALK" grade "$p" ann.lua
	has "no answers"
	# what is right may be spelled in another way, and the key is not shown
	sed -e 's/= 4096/= PFN 0x1000/' -e 's/= 12256/=  １２２５６ Pages/' \
		-e 's/= 12240/= 12239/' "$assignments/predict/solution.lua" >predict.lua
	cp predict.lua eve.lua
	run -1 "$ZONEWALK" grade "$p" predict.lua eve.lua
	has "pass     P1  6 of 6"
	has "partial  P2  3 of 4"
	has "free.after2 = 12239"
	has_not "expected"
	has_not "12240"
	has "  2 of 2 missed P2  the numbers of free pages"
	has "    2 missed free.after2"
	has "    1 missed free.at.end"
	has_not "1 missed free.after2"
	# the answers of one student are wrong for the other
	cp "$assignments/predict/solution.lua" bob.lua
	run -1 "$ZONEWALK" grade "$p" bob.lua
	run -2 "$ZONEWALK" grade "$assignments/reserve/assignment.lua" --sheet x
	has "no answer template: the assignment has no fact()"
}

@test "a student is named after the file or its folder" {
	e=$assignments/explain
	mkdir -p ann bob
	cp "$e/solution.lua" ann/submission.lua
	cp "$e/solution.lua" bob/work.lua
	cp "$e/solution.lua" cid.lua
	run -0 "$ZONEWALK" grade "$e/assignment.lua" ann/submission.lua bob \
		cid.lua --csv grades.csv --reveal
	run -0 cut -d, -f1-5 grades.csv
	[ "$output" = 'id,outcome,points,max,"P1"
"ann",passed,7,7,6
"bob",passed,7,7,6
"cid",passed,7,7,6' ]
	run -0 "$ZONEWALK" grade "$e/assignment.lua" ann/submission.lua \
		cid.lua --only ann
	has "ann  6 of 6"
	has_not "cid"
	run -2 "$ZONEWALK" grade "$e/assignment.lua" cid.lua --only nobody
	has "no submission has that id"
	run -2 "$ZONEWALK" grade "$e/assignment.lua" cid.lua ./cid.lua
	has 'two submissions have the id "cid"'
	cp "$e/solution.lua" bob/more.lua
	run -1 "$ZONEWALK" grade "$e/assignment.lua" bob
	has "bob  0 of 6  file"
	has "one Lua file is expected"
}

@test "files are graded as students send them" {
	e=$assignments/explain
	mkdir bom crlf shell both upper deep "deep/hw 1" mac mac/__MACOSX \
		__MACOSX none none/more two empty wide wide2 far
	{ printf '\xef\xbb\xbf'; cat "$e/solution.lua"; } >bom/a.lua
	sed 's/$/\r/' "$e/solution.lua" >crlf/a.lua
	{ echo '#!/usr/bin/env zonewalk'; cat "$e/solution.lua"; } >shell/a.lua
	{ printf '\xef\xbb\xbf#!/bin/sh\r\n'; cat crlf/a.lua; } >both/a.lua
	cp "$e/solution.lua" upper/WORK.LUA
	cp "$e/solution.lua" "deep/hw 1/a.lua"
	cp "$e/solution.lua" mac/a.lua
	cp "$e/solution.lua" mac/._a.lua
	cp "$e/solution.lua" mac/__MACOSX/._a.lua
	cp "$e/solution.lua" mac/__MACOSX/b.lua
	mkdir -p far/a/b/c far/old
	cp "$e/solution.lua" far/a/b/c/a.lua
	run -0 "$ZONEWALK" grade "$e/assignment.lua" bom crlf shell both upper/ \
		deep mac far __MACOSX
	has "8 of 8 passed"
	has_not "__MACOSX"
	cp "$e/solution.lua" far/old/a.lua # the nearest
	run -0 "$ZONEWALK" grade "$e/assignment.lua" far upper/WORK.LUA
	run -2 "$ZONEWALK" grade "$e/assignment.lua" __MACOSX
	has "__MACOSX: not a submission"
	# what cannot be graded says what was found
	touch none/report.pdf none/more/notes.txt
	cp "$e/solution.lua" two/a.lua
	cp "$e/solution.lua" two/B.Lua
	iconv -t UTF-16 "$e/solution.lua" >wide/a.lua
	iconv -t UTF-16BE "$e/solution.lua" >wide2/a.lua
	run -1 "$ZONEWALK" grade "$e/assignment.lua" none two empty wide wide2
	has "none: a folder with one Lua file is expected; it has none, but: report.pdf"
	has "two: a folder with one Lua file is expected; it has several: B.Lua, a.lua"
	has "empty: a folder with one Lua file is expected; it has no file"
	has "a.lua:1: a scenario is not UTF-8 but UTF-16; save it as UTF-8"
	[ "$(grep -c UTF-16 <<<"$output")" -eq 2 ]
	# lines keep their numbers
	{ printf '\xef\xbb\xbf#!/bin/sh\r\n'; echo 'error "here"'; } >line.lua
	run -1 "$ZONEWALK" grade "$e/assignment.lua" line.lua
	has "line.lua:2: here"
	run -3 "$ZONEWALK" run line.lua
	has "line.lua:2: here"
}

@test "merged partial reports are the same as one report" {
	e=$assignments/explain
	"$ZONEWALK" grade "$e/assignment.lua" "$e"/[sw]*.lua --format json \
		>whole.json || [ $? -eq 1 ]
	parts=()
	for one in "$e"/[sw]*.lua; do
		"$ZONEWALK" grade "$e/assignment.lua" "$one" --format json \
			>"$(basename "$one").json" || [ $? -eq 1 ]
		parts+=("$(basename "$one").json")
	done
	run -1 --separate-stderr "$ZONEWALK" grade --merge "${parts[@]}"
	merged=$output
	run -1 --separate-stderr "$ZONEWALK" grade "$e/assignment.lua" \
		"$e"/[sw]*.lua
	[ "$merged" = "$output" ]
}

@test "a student's text cannot control the terminal" {
	e=$assignments/explain
	printf 'say "a = \\27[31m\\u{202e}x"\nerror("\\27]0;x\\7\\xff")\n' \
		>student.lua
	run -1 "$ZONEWALK" grade "$e/assignment.lua" student.lua
	has_not $'\e'
	has_not $'\a'
	has_not $'\xff'
	printf 'say "a = \\27[31m\\u{202e}x"\n' >student.lua
	run -1 "$ZONEWALK" grade "$e/assignment.lua" student.lua
	has "a = ?[31m?x"
	has_not $'\e'
}

@test "exit codes and messages of usage errors" {
	e=$assignments/explain
	run -2 "$ZONEWALK" grade
	has "ASSIGNMENT is missing"
	run -2 "$ZONEWALK" grade "$e/assignment.lua"
	has "SUBMISSION is missing"
	run -2 "$ZONEWALK" grade "$e/assignment.lua" - <"$e/solution.lua"
	has "-: standard input cannot be graded; name a file or a folder"
	run -2 "$ZONEWALK" grade - "$e/solution.lua" <"$e/assignment.lua"
	has "-: standard input cannot be graded"
	run -2 "$ZONEWALK" grade "$e/assignment.lua" x --format juni
	has "did you mean junit?"
	run -2 "$ZONEWALK" grade "$e/assignment.lua" x --jobs 0
	run -2 "$ZONEWALK" grade "$e/assignment.lua" x --jbos 2
	run -6 "$ZONEWALK" grade nothing.lua "$e/solution.lua"
	has "nothing.lua: cannot be read: No such file"
	run -6 "$ZONEWALK" grade "$e/assignment.lua" "$e/solution.lua" \
		--csv missing/folder.csv
	echo 'assignment { titl = "x" }' >wrong.lua
	run -3 "$ZONEWALK" grade wrong.lua "$e/solution.lua"
	has "wrong.lua:1:"
	has "did you mean title?"
	assignment late '' 'property { points = 1, text = "x",
		final(function(m) return m:node(7) end) }'
	echo "$machine m:alloc{}" >student.lua
	run -3 "$ZONEWALK" grade late.lua student.lua
	has "student  0 of 1  assignment"
	has "late.lua:3:"
	run -1 "$ZONEWALK" grade "$e/assignment.lua" nobody.lua
	has "nobody  0 of 6  file"
}
