#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_faults: one call fails while a class is graded, in the grader or in one
# of its workers. No submission passes undeservedly, every failure is reported,
# and no process and no file remains. Allocations are sampled here; all of them
# fail in long/grade_faults.bats.

setup()
{
	load helper
	load ../faults/faults
	load ../grade/faults
	grade_faults_begin
}

@test "every fork, spawn, socket, wait and poll fails once" {
	for call in fork posix_spawn socketpair waitpid poll; do
		every $call 1 1 earned "${grade[@]}"
		[ "$number" -ge 1 ] || { echo "$call: $number"; false; }
	done
	[ "$good_code" -eq 1 ]
}

@test "every read, receive, send and open fails once" {
	for call in read recv send open; do
		every $call 1 1 earned "${grade[@]}"
		[ "$number" -ge 1 ] || { echo "$call: $number"; false; }
	done
}

@test "an interrupted call changes nothing" {
	export FAULT_ERRNO=4
	for call in waitpid poll read recv send; do
		every $call 1 1 as_good "${grade[@]}"
	done
}

@test "a worker is killed at a call: the other submissions are graded" {
	export FAULT_KILL=before
	# the first calls are those of the grader itself
	last=$(calls send "${grade[@]}")
	fault send "$last" "${grade[@]}"
	earned
	[ "$code" -eq 70 ]
	grep -q "the grader's process ended: signal 9" out
	[ "$(grep -c '^[a-z]*  [0-9]* of 10' out)" -eq 3 ]
}

@test "a sample of the allocations, and every mapping, fails once" {
	last=$(calls alloc "${grade[@]}")
	[ "$last" -ge 200 ]
	every alloc 1 $((last / 60)) earned "${grade[@]}"
	[ "$number" -ge 60 ]
	every lua_alloc 1 1021 earned "${grade[@]}"
	every mmap 1 1 earned "${grade[@]}"
	[ "$number" -ge 2 ]
}
