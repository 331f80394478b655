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
print("total", xml.tests, xml.failures, xml.errors)
'

# The rules of junit-10.xsd, with which the xUnit plugin of Jenkins checks a
# report: for each element its attributes, required ones first, and children.
rules='
import re, sys, xml.etree.ElementTree as tree
result = ("", "type message", "")
elements = {
    "testsuites": ("", "name time tests failures errors", "testsuite"),
    "testsuite": ("name tests failures errors",
                  "group time skipped timestamp hostname id package file log url",
                  "testsuite properties testcase system-out system-err"),
    "properties": ("", "", "property"),
    "property": ("name value", "", ""),
    "testcase": ("name", "time classname group",
                 "skipped error failure system-out system-err"),
    "skipped": result, "error": result, "failure": result,
}
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "testsuites"
for one in root.iter():
    required, optional, children = (x.split() for x in elements[one.tag])
    assert set(required) <= set(one.attrib), (one.tag, one.attrib)
    assert set(one.attrib) <= set(required + optional), (one.tag, one.attrib)
    assert all(c.tag in children for c in one), one.tag
    assert re.fullmatch("[0-9,]*([.][0-9]*)?", one.get("time", "0"))
    assert one.tag in ("skipped", "error", "failure") or not (one.text or "").strip()
print(len(list(root.iter("testcase"))))
'

@test "JUnit: the schema of Jenkins is kept" {
	need python3 python ""
	for hide in "" hide; do
		"$report" junit $hide >class.xml
		run -0 python "$rules" class.xml
		[ "$output" = 12 ]
	done
	grade junit "$sample"/*.lua --reveal
	run -0 python "$rules" junit.out
	# what is checked: the attribute that testsuites does not have
	sed 's/<testsuites /&skipped="0" /' class.xml >wrong.xml
	run -1 python "$rules" wrong.xml
}


@test "JUnit: junitparser counts the same results" {
	need python3-junitparser python "import junitparser"
	"$report" junit >class.xml
	run -0 python "$junit" class.xml
	[ "${lines[0]}" = "ali 4 0 0 0" ]
	[ "${lines[1]}" = "bob 4 3 0 0" ]
	[ "${lines[2]}" = "eve 4 0 1 3" ]
	[ "${lines[3]}" = "total 12 3 1" ]
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

@test "CSV: a cell is no formula, even after blanks" {
	need python3 python ""
	mkdir class
	for name in "=1+1" " =2" "	+3" " @4" " -5" "＝6" "$(printf '\u00a0=7')" "a=8"; do
		cp "$sample/wrong-nothing.lua" "class/$name.lua"
	done
	"$ZONEWALK" grade "$sample/assignment.lua" class/* --format csv \
		--allow-no-isolation >class.csv || [ $? -eq 1 ]
	run -0 python 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))[1:]
print(len(rows), sum(row[0].startswith("\x27") for row in rows),
      [row[0] for row in rows if not row[0].startswith("\x27")])' class.csv
	[ "$output" = "8 7 ['a=8']" ]
}

# class ID POINTS...: prints a JSON report with a submission for each number.
class_of()
{
	grade json "$sample/wrong-nothing.lua"
	python 'import copy, json, sys
report = json.load(open("json.out", encoding="utf-8"))
one = report["submissions"][0]
report["submissions"] = []
for i, points in enumerate(sys.argv[1:]):
    s = copy.deepcopy(one)
    s["id"], s["results"][0]["points"] = "s%d" % i, float(points)
    if points == "10":
        s["events_hash"] = "%064x" % i
    report["submissions"].append(s)
print(json.dumps(report))' "$@" >class.json
}

@test "text: a class has mean, median, distribution and groups" {
	need python3 python ""
	class_of 0 1.5 2 5 10 10 9.75
	run -1 "$ZONEWALK" grade --merge class.json
	has "  points: mean 5.46, median 5 of 10"
	has "  distribution: 0-19 %: 2, 20-39 %: 1, 40-59 %: 1, 60-79 %: 0, 80-99 %: 1, 100 %: 2"
	has "  did the same: s0, s1, s2, s3 and 1 more"
	[ "$(grep -c "did the same" <<<"$output")" -eq 1 ]
	class_of 2 3
	run -1 "$ZONEWALK" grade --merge class.json
	has "  points: mean 2.5, median 2.5 of 10"
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
