#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# hostile: scripts that loop, exhaust memory, crash, flood the output, escape or
# forge messages. The comments of each of tests/lua/hostile/*.lua give
#
#   -- exit: 3 4            the expected exit codes
#   -- limits: events=500   its limits
#   -- says: text           a part of the message
#
# (raw-bytecode.lua has no comment: 3). Each ends within its limit and half a
# second, and leaves no process and no file.

setup_file()
{
	load helper
	export wall_ms=600 late_ms=500
	# sanitizers are slow
	if sanitized; then
		late_ms=6000
	fi
}

setup()
{
	load helper
	cp -r "$ZONEWALK_SOURCE/tests/lua/hostile" "$BATS_TEST_TMPDIR/box"
	cd "$BATS_TEST_TMPDIR/box"
	ln -s /etc/passwd link-out.json
	mkfifo pipe
}

now_ms()
{
	echo $(($(date +%s%N) / 1000000))
}

# wanted NAME SCRIPT: prints VALUE of the line "-- NAME: VALUE".
wanted()
{
	sed -n "2,5s/^-- $1: //p" "$2" | tr -d '\0'
}

# try SCRIPT: runs it and prints a line for each wrong result, with "late: "
# where a busy system may be the reason: it took too long, or wall_ms ended it
# before the expected limit did.
try()
{
	local script=$1 limits=() code=0 codes says began took pid late=

	for limit in $(wanted limits "$script"); do
		limits+=(--limit "$limit")
	done
	codes=$(wanted exit "$script")
	began=$(now_ms)
	# in its own session, to find the processes that it leaves
	setsid "$ZONEWALK" run -q --limit wall_ms="$wall_ms" \
		--limit memory=33554432 --limit instructions=4000000 \
		"${limits[@]}" "$script" >"../$script.out" 2>&1 </dev/null &
	pid=$!
	wait "$pid" || code=$?
	took=$(($(now_ms) - began))
	if [ "$code" -eq 4 ] && [ "$took" -ge "$wall_ms" ]; then
		late="late: "
	fi
	[[ " ${codes:-3} " == *" $code "* ]] ||
		echo "$script: ${late}exit $code, not ${codes:-3}"
	in_time "$took" "$wall_ms" "$late_ms" ||
		echo "$script: late: took $took ms"
	says=$(wanted says "$script")
	[ -z "$says" ] || grep -qaF -- "$says" "../$script.out" ||
		echo "$script: ${late}does not say: $says"
	[ -z "$(ps -o pid= -s "$pid")" ] ||
		echo "$script: left $(ps -o args= -s "$pid")"
}

# A busy system may exceed wall_ms before the expected limit.
longer_clock()
{
	wall_ms=3000
}

@test "each ends in time with its exit code and leaves nothing" {
	export -f try now_ms wanted in_time
	ls -R >../before
	ls *.lua | try_each try ../wrong longer_clock
	cat ../wrong
	[ ! -s ../wrong ]
	ls -R >../after
	cmp ../before ../after
	[ "$(ls *.lua | wc -l)" -ge 100 ]
	[ "$(ls ../*.out | wc -l)" = "$(ls *.lua | wc -l)" ]
}

@test "the message of a limit names the limit and the line" {
	run -4 "$ZONEWALK" run -q --limit wall_ms=1000 \
		--limit instructions=1000000000000 loop-while.lua
	has "loop-while.lua:4: limit wall_ms: more than 1000 (--limit wall_ms=N"
	run -4 "$ZONEWALK" run -q --limit events=100 flood-events.lua
	has "limit events: more than 100"
	run -4 "$ZONEWALK" run -q --limit cpu_ms=150 --limit wall_ms=60000 \
		--limit instructions=1000000000000 loop-while.lua
	has "limit cpu_ms: more than 150"
	run -4 "$ZONEWALK" run -q --limit cpu_ms=150 --limit wall_ms=60000 \
		clib-pattern-match.lua
	has "limit cpu_ms: more than 150 (--limit cpu_ms=N allows more), here or later"
	run -2 "$ZONEWALK" run -q --limit cpu_m=1 loop-while.lua
	has "did you mean cpu_ms?"
}

# child_of PID: prints the process id of its first child, as soon as it runs.
child_of()
{
	eventually pgrep -P "$1"
}

@test "an interpreter that crashes: exit 3, and the signal" {
	"$ZONEWALK" run -q --limit instructions=1000000000000 \
		--limit wall_ms=60000 loop-while.lua 2>../err &
	local pid=$! code=0
	kill -ABRT "$(child_of "$pid")"
	wait "$pid" || code=$?
	[ "$code" -eq 3 ]
	run -0 cat ../err
	has "loop-while.lua:"
	has "the Lua interpreter crashed"
	has "(Aborted)"
}

@test "output before a limit is kept" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		say "before"
		m:alloc {}
		xpcall(error, function() while true do end end)
	END
	run -4 "$ZONEWALK" run --limit wall_ms=1000 \
		--limit instructions=1000000000000 s.lua
	has "| before"
	has "request 1, line 3: alloc order 0"
	has "limit wall_ms: more than 1000"
}

@test "the time of a slow reader does not count for wall_ms" {
	cat >s.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		for _ = 1, 500 do m:alloc {}:free() end
		say "the end"
	END
	run -0 bash -o pipefail -c \
		'"$ZONEWALK" run --limit wall_ms=1500 s.lua | (sleep 2.5; cat)'
	has "| the end"
	[ "${#output}" -gt 200000 ]
}

@test "scenarios run with a small limit of address space" {
	! sanitized || skip "a sanitizer maps terabytes"
	ulimit -v 4000000
	run -0 "$ZONEWALK" run -q "$ZONEWALK_SOURCE/scenarios/02-split.lua"
	run -4 "$ZONEWALK" run -q memory-double.lua
	run -4 "$ZONEWALK" run -q memory-machine-large.lua
	has "limit machines"
}

# ended SESSION: it has no process.
ended()
{
	[ -z "$(ps -o pid= -s "$1")" ]
}

@test "the scenario process ends when its parent is killed" {
	setsid "$ZONEWALK" run -q --limit instructions=1000000000000 \
		loop-while.lua &
	local pid=$!
	child_of "$pid"
	kill -KILL "$pid"
	eventually ended "$pid"
}

@test "--isolated-scenario is an internal option" {
	run -2 "$ZONEWALK" --isolated-scenario 3<&-
	has "this option is internal"
	run -2 "$ZONEWALK" --isolated-scenario 3</dev/zero
	run -2 "$ZONEWALK" --isolated-scenario 3</dev/null
}
