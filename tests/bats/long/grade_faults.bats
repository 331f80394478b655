#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_faults: every allocation of the grader and its workers fails once while
# a class is graded, and one of eleven in the processes of the submissions too
# (where a failure inside libseccomp ends only with the limit). The fifteen
# thousand of Lua itself, which all fail in one function, are sampled.

setup()
{
	load ../helper
	load ../../faults/faults
	load ../../grade/faults
	grade_faults_begin
}

@test "every allocation of the grader and its workers" {
	every alloc 1 1 earned "${grade[@]}"
	[ "$number" -ge 500 ]
	every lua_alloc 1 53 earned "${grade[@]}"
	[ "$number" -ge 200 ]
}

@test "every allocation in JSON, with a CSV" {
	grade+=(--json)
	every alloc 1 5 report_or_error "${grade[@]}"
	[ "$number" -ge 100 ]
	every lua_alloc 27 53 report_or_error "${grade[@]}"
	no_forged_report
}

# report_or_error: there is a report, which is kept, or an error.
report_or_error()
{
	local report
	as_good && return
	if [ -s out ]; then
		IFS= read -rd '' report <out || true
		printf '%s\0' "$report" >>reports
	else
		[ -s err ] || return
		[ "$code" -ge 2 ]
	fi
}

# no_forged_report: the reports are complete; the forger did not pass.
no_forged_report()
{
	python3 - <<-'END'
		import json
		reports = open("reports").read().split("\0")[:-1]
		for report in map(json.loads, reports):
		    by_id = {s["id"]: s["outcome"]
		             for s in report["submissions"]}
		    assert len(by_id) == 3
		    assert by_id["forger"] != "passed"
		print(len(reports), "reports")
	END
}

@test "allocations, mappings, messages, also in the submissions' processes" {
	sed -i 's/wall_ms = 20000/wall_ms = 500/' assignment.lua
	grade=("$ZONEWALK_BUILD/tests/test_class" assignment.lua forger.lua
		honest.lua last.lua)
	every alloc 1 11 earned "${grade[@]}"
	[ "$number" -ge 100 ]
	every lua_alloc 1 211 earned "${grade[@]}"
	every mmap 1 1 earned "${grade[@]}"
	for call in send recv poll; do
		every $call 1 1 earned "${grade[@]}"
	done
}
