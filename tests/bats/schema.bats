#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# schema: what we write is what the published schemas say, by two validators
# that do not know each other (ajv, jsonschema); and what the schemas refuse
# our own loaders refuse too.

setup_file()
{
	load helper
	bats_require_minimum_version 1.5.0
	schema_tools
	made=$BATS_FILE_TMPDIR/made
	mkdir "$made"
	for lesson in "$ZONEWALK_SOURCE"/scenarios/*.lua; do
		name=$(basename "$lesson" .lua)
		"$ZONEWALK" run -q "$lesson" --snapshot "$made/$name.json" \
			--trace "$made/$name.jsonl" >/dev/null
	done
	export made
}

setup()
{
	load helper
	schemas=$ZONEWALK_SOURCE/docs/schemas
	tools=$ZONEWALK_SOURCE/tests/schema
}

# schema_tools: AJV is where ajv is, PYTHON a Python with jsonschema; each
# empty when it cannot be had.
schema_tools()
{
	export AJV=$ZONEWALK_BUILD/tests/schema PYTHON
	local python

	if ! cmp -s "$ZONEWALK_SOURCE/tests/schema/package.json" \
		"$AJV/package.json" || [ ! -d "$AJV/node_modules/ajv" ]; then
		mkdir -p "$AJV"
		cp "$ZONEWALK_SOURCE/tests/schema/package.json" "$AJV"
		(cd "$AJV" && timeout 120 npm install --ignore-scripts \
			--no-audit --no-fund --no-package-lock) \
			>"$AJV/npm.log" 2>&1 || rm -f "$AJV/package.json"
	fi
	node -e 'require("ajv/dist/2020")' 2>/dev/null ||
		NODE_PATH=$AJV/node_modules node -e 'require("ajv/dist/2020")' \
			2>/dev/null || AJV=
	for python in /usr/bin/python3 python3; do
		"$python" -c 'import jsonschema; assert hasattr(jsonschema,
"RefResolver")' 2>/dev/null && PYTHON=$python && return
	done
	PYTHON=
}

# missing WHAT: skip; where everything must be tried, fail.
missing()
{
	[ -z "${CI-}" ] || { echo "$1"; return 1; }
	skip "$1"
}

need_ajv()
{
	[ -n "$AJV" ] || missing "ajv could not be installed with npm"
}

need_jsonschema()
{
	[ -n "$PYTHON" ] ||
		missing "python3-jsonschema is not there, with its RefResolver"
}

by_ajv()
{
	need_ajv
	run env NODE_PATH="$AJV/node_modules" node "$tools/validate.js" \
		"$schemas" "$@"
}

by_jsonschema()
{
	need_jsonschema
	run "$PYTHON" -W ignore "$tools/validate.py" "$schemas" "$@"
}

# all_good NUMBER: as many documents at least, and none bad.
all_good()
{
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} =~ ^([0-9]+)\ good,\ 0\ bad ]]
	[ "${BASH_REMATCH[1]}" -ge "$1" ]
}

# -- what we write ------------------------------------------------------------

@test "snapshots and traces of every lesson, by ajv" {
	by_ajv snapshot-1 "$made"/*.json -- trace-1 "$made"/*.jsonl
	all_good 1000
}

@test "snapshots and traces of every lesson, by jsonschema" {
	by_jsonschema snapshot-1 "$made"/*.json -- trace-1 "$made"/*.jsonl
	all_good 1000
}

@test "recordings, by ajv" {
	by_ajv recording-1 "$ZONEWALK_SOURCE"/tests/data/*.jsonl
	all_good 20000
}

@test "recordings, by jsonschema" {
	by_jsonschema recording-1 "$ZONEWALK_SOURCE"/tests/data/*.jsonl
	all_good 500
}

# The folder $BATS_FILE_TMPDIR/NAME, filled by the function NAME for the first
# who wants it.
folder_of()
{
	folder=$BATS_FILE_TMPDIR/$1

	[ -d "$folder" ] && return
	rm -rf "$folder.new"
	mkdir "$folder.new"
	"$1" "$folder.new"
	mv "$folder.new" "$folder"
}

# differences FOLDER: files of `zonewalk diff --json`.
differences()
{
	local a b diffs=$1 data=$ZONEWALK_SOURCE/tests/data

	cd "$made"
	for a in *.json; do
		for b in *.json; do
			"$ZONEWALK" diff --json "$a" "$b" >"$diffs/$a-$b" ||
				[ $? -eq 1 ]
		done
	done
	"$ZONEWALK" diff --json "$data/duo-dirty.jsonl" \
		"$data/duo-cpuset.jsonl" >"$diffs/recordings" || [ $? -eq 1 ]
	"$ZONEWALK" diff --json "$data/cma-steal.jsonl" \
		"$data/hm-spill.jsonl" >"$diffs/machines" || [ $? -eq 1 ]
	"$ZONEWALK" diff --json 01-*.jsonl 02-*.jsonl >"$diffs/traces" ||
		[ $? -eq 1 ]
}

@test "differences, by ajv" {
	folder_of differences
	by_ajv diff-1 "$folder"/*
	all_good 25
}

@test "differences, by jsonschema" {
	folder_of differences
	by_jsonschema diff-1 "$folder"/*
	all_good 25
}

# A report in which students wrote what they could (c/test_report.c), and one
# of each assignment's samples.
grade_reports()
{
	local folder reports=$1 report=$ZONEWALK_BUILD/tests/test_report

	"$report" json >"$reports/evil"
	"$report" json hide >"$reports/hidden"
	for folder in "$ZONEWALK_SOURCE"/scenarios/assignments/*/; do
		"$ZONEWALK" grade "$folder/assignment.lua" \
			"$folder"/[sw]*.lua --format json --allow-no-isolation \
			>"$reports/$(basename "$folder")" || [ $? -eq 1 ]
	done
}

@test "grade reports, by ajv" {
	folder_of grade_reports
	by_ajv grade-1 "$folder"/*
	all_good 7
}

@test "grade reports, by jsonschema" {
	folder_of grade_reports
	by_jsonschema grade-1 "$folder"/*
	all_good 7
}

# Some predictions, right and wrong, in $log.
predictions()
{
	log=$BATS_TEST_TMPDIR/log.jsonl
	cat >"$BATS_TEST_TMPDIR/quiz.lua" <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		ask { "How many pages has order 3?", answer = 8 }
		ask { "Which half is \"kept\"?", choices = { "lower", "upper" },
		      answer = "lower" }
	END
	printf 'seven\na\n' >"$BATS_TEST_TMPDIR/answers"
	run -0 "$ZONEWALK" run "$BATS_TEST_TMPDIR/quiz.lua" -q --log "$log" \
		--answers "$BATS_TEST_TMPDIR/answers"
	[ "$(wc -l <"$log")" -eq 2 ]
}

@test "prediction logs, by ajv" {
	predictions
	by_ajv prediction-1 "$log"
	all_good 2
}

@test "prediction logs, by jsonschema" {
	predictions
	by_jsonschema prediction-1 "$log"
	all_good 2
}

# -- what is wrong ------------------------------------------------------------

# spoil KIND FILE: one wrong thing each, in $spoilt.
spoil()
{
	spoilt=$BATS_TEST_TMPDIR/spoilt
	mkdir "$spoilt"
	need_jsonschema
	"$PYTHON" "$tools/spoil.py" "$1" "$2" "$spoilt"
}

# refused_by_all NAME LEAST: every file in $spoilt, by both and by us.
refused_by_all()
{
	local file number=0

	EXPECT=bad by_ajv "$1" "$spoilt"/*
	echo "$output"
	[ "$status" -eq 0 ]
	EXPECT=bad by_jsonschema "$1" "$spoilt"/*
	echo "$output"
	[ "$status" -eq 0 ]
	for file in "$spoilt"/*; do
		"$ZONEWALK" diff -q "$file" "$file" 2>/dev/null && false ||
			[ $? -eq 6 ] || { echo "taken: $file"; return 1; }
		number=$((number + 1))
	done
	[ "$number" -ge "$2" ]
}

@test "a snapshot with one thing wrong: refused by both and by ourselves" {
	spoil snapshot "$(ls "$made"/08-*.json)"
	refused_by_all snapshot-1 500
}

@test "an event with one thing wrong: refused by both and by ourselves" {
	spoil trace "$(ls "$made"/02-*.jsonl)"
	refused_by_all trace-1 500
}

@test "the schemas are installed" {
	run -0 cmake --install "$ZONEWALK_BUILD" --prefix "$BATS_TEST_TMPDIR/p"
	for file in "$schemas"/*.json; do
		cmp "$file" "$BATS_TEST_TMPDIR/p/share/zonewalk/schemas/$(
			basename "$file")"
	done
	[ "$(ls "$schemas" | wc -l)" -ge 6 ]
}
