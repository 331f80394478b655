#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench: every suite runs and prints its results. The times themselves are not
# tested, since they depend on the machine.

setup()
{
	load helper
}

@test "bench --json prints every workload with its median and spread" {
	run -0 "$ZONEWALK_BENCH" allocator --runs 1 --json
	for name in W1 W1b W1c W2_fill W2_free W3; do
		has "{\"name\":\"$name\",\"median\":"
	done
}

@test "bench prints a table with units" {
	run -0 "$ZONEWALK_BENCH" recorder --runs 1
	has "event_memory"
	has "MiB"
}

@test "bench measures grading in isolated processes" {
	run "$ZONEWALK_BENCH" grade --runs 1 --json
	[ "$status" -ne 4 ] || skip "isolation is not available"
	[ "$status" -eq 0 ]
	for name in submission one_job two_jobs; do
		has "{\"name\":\"$name\",\"median\":"
	done
}

@test "bench rejects an unknown suite and an invalid number of runs" {
	run -2 "$ZONEWALK_BENCH" nosuch
	has "no such suite"
	run -2 "$ZONEWALK_BENCH" record
	has "did you mean recorder?"
	run -0 "$ZONEWALK_BENCH" --help
	for name in $(sed -n 's/^BENCH(\([a-z]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tests/bench/benches.def"); do
		has "  $name "
	done
	for number in 0 -1 1x 99999999999999999999 ""; do
		run -2 "$ZONEWALK_BENCH" --runs "$number"
		has "zonewalk-bench: --runs \"$number\": a number"
	done
}

@test "bench open measures a given file and reports a missing one" {
	run -0 "$ZONEWALK_BENCH" open --runs 1 --file \
		"$ZONEWALK_SOURCE/tests/data/duo-dirty.jsonl"
	has "first picture"
	run -4 "$ZONEWALK_BENCH" open --runs 1 --file nosuch.jsonl
	has "cannot be played"
	# the JSON is complete, or there is none
	run -4 --separate-stderr "$ZONEWALK_BENCH" allocator open --runs 1 \
		--json --file nosuch.jsonl
	[ -z "$output" ]
	run -0 "$ZONEWALK_BENCH" open allocator --runs 1 --json
	[[ $output == '{"workloads":[{'*'],"opening":[{'*'}]}' ]]
}
