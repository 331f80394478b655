#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# report: each report format, read by an independent program: TAP by prove,
# JUnit by junitparser, JSON and CSV by Python. The class of c/test_report.c
# has a student who passed everything, one whose name and messages try to break
# every format, and one who exceeded a limit.

setup()
{
	load helper
	report=$ZONEWALK_BUILD/tests/test_report
	sample=$ZONEWALK_SOURCE/scenarios/assignments/reserve
	cd "$BATS_TEST_TMPDIR"
}

# python PROGRAM ARGUMENT...: Debian's Python, which has junitparser.
python()
{
	local python=/usr/bin/python3

	[ -x "$python" ] || python=python3
	"$python" -c "$@"
}

# need WHAT COMMAND...: skips if the command fails; fails in CI.
need()
{
	local what=$1
	shift
	"$@" >/dev/null 2>&1 && return
	[ -z "${CI-}" ] || { echo "$what is not installed"; return 1; }
	skip "$what is not installed"
}

# grade FORMAT FILE...: writes a report on these submissions to FORMAT.out.
grade()
{
	local format=$1
	shift
	"$ZONEWALK" grade "$sample/assignment.lua" "$@" --format "$format" \
		--allow-no-isolation >"$format.out" || [ $? -eq 1 ]
}

# -- TAP --------------------------------------------------------------------------

@test "TAP: prove counts the same results" {
	need prove command -v prove
	"$report" tap >class.tap
	run -1 prove --exec cat class.tap
	has "Failed 7/12 subtests"
	has "Failed tests:  6-12"
	has_not "Parse errors"
	has_not "Bailout"
}

@test "TAP: hidden properties are skipped without any detail" {
	need prove command -v prove
	"$report" tap hide >class.tap
	run -1 prove -v --exec cat class.tap
	has "less 3 skipped subtests"
	has_not "hidden from students"
	has_not "Parse errors"
}

@test "TAP: full points are a pass" {
	need prove command -v prove
	grade tap "$sample/solution.lua"
	run -0 prove --exec cat tap.out
	has "All tests successful"
	grade tap "$sample/wrong-nothing.lua"
	run -1 prove --exec cat tap.out
}

# -- JUnit ------------------------------------------------------------------------

junit='
import sys, junitparser
xml = junitparser.JUnitXml.fromfile(sys.argv[1])
for suite in xml:
    kinds = [[type(r).__name__ for r in case.result] for case in suite]
    flat = [k for ks in kinds for k in ks]
    assert suite.tests == len(kinds), (suite.tests, kinds)
    for kind, told in (("Failure", suite.failures), ("Error", suite.errors),
                       ("Skipped", suite.skipped)):
        assert flat.count(kind) == told, (kind, told, flat)
    assert not any(c in suite.name for c in "\x1b\x07\x9b\u202e")
    print(suite.name[:3], suite.tests, suite.failures, suite.errors,
          suite.skipped)
print("total", xml.tests, xml.failures, xml.errors, xml.skipped)
'

@test "JUnit: junitparser counts the same results" {
	need python3-junitparser python "import junitparser"
	"$report" junit >class.xml
	run -0 python "$junit" class.xml
	[ "${lines[0]}" = "ali 4 0 0 0" ]
	[ "${lines[1]}" = "bob 4 3 0 0" ]
	[ "${lines[2]}" = "eve 4 0 1 3" ]
	[ "${lines[3]}" = "total 12 3 1 3" ]
	"$report" junit hide >class.xml
	run -0 python "$junit" class.xml
	run grep -c "hidden from students" class.xml
	[ "$output" = 0 ]
}

@test "JUnit: a report on the samples of an assignment" {
	need python3-junitparser python "import junitparser"
	grade junit "$sample/solution.lua" "$sample/wrong-nothing.lua"
	run -0 python "$junit" junit.out
	has "res 5 0 0 1"
	[[ ${lines[1]} == wro* ]]
}

# -- Gradescope and check50 -------------------------------------------------------

gradescope='
import json, sys
text = open(sys.argv[1], encoding="utf-8").read()
r = json.loads(text)
total = sum(t["score"] for t in r["tests"])
formats = {"text", "html", "simple_format", "md", "ansi"}
shown = {"visible", "hidden", "after_due_date", "after_published"}
assert r["output_format"] in formats and r["visibility"] in shown
assert r["stdout_visibility"] in shown and isinstance(r["output"], str)
revealed = "secret" not in sys.argv[2:]
assert r.get("score") == (None if revealed else total)
for t in r["tests"]:
    assert t.get("status") in ("passed", "failed") or (
        not revealed and t["visibility"] != "visible")
    assert 0 <= t["score"] <= t["max_score"]
    assert t["output_format"] in formats and t["visibility"] in shown
    assert isinstance(t["name"], str) and isinstance(t["output"], str)
print(total, len(r["tests"]), sorted(t["visibility"] for t in r["tests"]))
'

@test "Gradescope: results.json has the platform's format" {
	need python3 python ""
	grade gradescope "$sample/solution.lua"
	run -0 python "$gradescope" gradescope.out secret
	[ "$output" = "10 4 ['hidden', 'visible', 'visible', 'visible']" ]
	grade gradescope "$sample/solution.lua" --reveal
	run -0 python "$gradescope" gradescope.out
	[ "$output" = "12 4 ['hidden', 'visible', 'visible', 'visible']" ]
	grade gradescope "$sample/wrong-nothing.lua"
	run -0 python "$gradescope" gradescope.out secret
}

check50='
import json, sys
r = json.loads(open(sys.argv[1], encoding="utf-8").read())
assert set(r) == {"slug", "results", "version"}
for one in r["results"]:
    assert set(one) == {"name", "description", "passed", "log", "cause",
                        "data", "dependency"}
    assert one["passed"] in (True, False, None)
    assert isinstance(one["log"], list)
    assert (one["cause"] is None) == (one["passed"] is True)
    if one["cause"]:
        assert set(one["cause"]) == {"rationale", "help"}
print([one["passed"] for one in r["results"]])
'

@test "check50: the JSON has the tool's format" {
	need python3 python ""
	grade check50 "$sample/solution.lua"
	run -0 python "$check50" check50.out
	[ "$output" = "[True, True, True, None]" ]
	grade check50 "$sample/wrong-nothing.lua"
	run -0 python "$check50" check50.out
	has "False"
}

@test "several submissions give a list with their ids" {
	need python3 python ""
	for format in gradescope check50; do
		grade "$format" "$sample/solution.lua" "$sample/wrong-many.lua"
		run -0 python 'import json, sys
print([one["id"] for one in json.load(open(sys.argv[1]))])' "$format.out"
		[ "$output" = "['reserve', 'wrong-many']" ]
	done
}

# -- CSV, text --------------------------------------------------------------------

@test "CSV: one row per student" {
	need python3 python ""
	"$report" csv >class.csv
	run -0 python 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
assert all(len(row) == len(rows[0]) for row in rows)
print(len(rows), rows[1][0], rows[2][0][:3])' class.csv
	[ "$output" = "4 alice bob" ]
}

@test "no format contains terminal control characters" {
	for format in text json gradescope check50 tap junit csv; do
		"$report" "$format" >out
		run grep -cP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' out
		echo "$format: $output"
		[ "$output" = 0 ]
	done
}

# -- merging ----------------------------------------------------------------------

@test "merged parts are the complete report, in every format" {
	files=("$sample"/[sw]*.lua)
	for format in json text gradescope check50 tap junit csv; do
		grade "$format" "${files[@]}"
	done
	mkdir parts
	number=100
	for file in "${files[@]}"; do
		grade json "$file"
		mv json.out "parts/$((number++)).json"
	done
	grade json "${files[@]}"
	for format in json text gradescope check50 tap junit csv; do
		"$ZONEWALK" grade --merge parts/*.json --format "$format" \
			>merged || [ $? -eq 1 ]
		cmp merged "$format.out" || { echo "$format"; false; }
	done
	run -6 "$ZONEWALK" grade --merge parts/*.json parts/100.json
	has "is in these reports twice"
	echo '{}' >broken.json
	run -6 "$ZONEWALK" grade --merge parts/100.json broken.json
	has "broken.json:1: schema: the key is missing"
	run -1 bash -c '"$ZONEWALK" grade --merge - <parts/101.json'
}
