#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# schema: everything that zonewalk writes matches the published schemas, and
# what the schemas reject its own readers reject too.
#
# ZONEWALK_VALIDATOR says which validator reads the schemas: jsonschema, or
# ajv, which npm fetches with its packages for the long checks.

setup_file()
{
	load helper
	bats_require_minimum_version 1.5.0
	export VALIDATOR=${ZONEWALK_VALIDATOR-jsonschema}
	"find_$VALIDATOR"
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

# missing WHAT: skips; fails in CI, where every test must run.
missing()
{
	[ -z "${CI-}" ] || { echo "$1"; return 1; }
	skip "$1"
}

# NODE_PATH leads to ajv.
find_ajv()
{
	local folder=$ZONEWALK_BUILD/tests/schema
	local wanted=$ZONEWALK_SOURCE/tests/schema/package.json

	if ! cmp -s "$wanted" "$folder/package.json" ||
		[ ! -d "$folder/node_modules/ajv" ]; then
		mkdir -p "$folder"
		cp "$wanted" "$folder"
		(cd "$folder" && timeout 120 npm install --ignore-scripts \
			--no-audit --no-fund --no-package-lock) \
			>"$folder/npm.log" 2>&1 || rm -f "$folder/package.json"
	fi
	export NODE_PATH=$folder/node_modules
	node -e 'require("ajv/dist/2020")' 2>/dev/null ||
		missing "npm could not install ajv"
}

# PYTHON is a Python that has jsonschema.
find_jsonschema()
{
	for PYTHON in /usr/bin/python3 python3; do
		"$PYTHON" -c 'import jsonschema; assert hasattr(jsonschema,
"RefResolver")' 2>/dev/null && export PYTHON && return
	done
	missing "python3-jsonschema is not installed, or has no RefResolver"
}

# validate NAME FILE... [-- NAME FILE...]...: see tests/schema/validate.py.
validate()
{
	if [ "$VALIDATOR" = ajv ]; then
		run node "$tools/validate.js" "$schemas" "$@"
	else
		run "$PYTHON" -W ignore "$tools/validate.py" "$schemas" "$@"
	fi
}

# all_good NUMBER: as many documents at least, and none bad.
all_good()
{
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} =~ ^([0-9]+)\ good,\ 0\ bad ]]
	[ "${BASH_REMATCH[1]}" -ge "$1" ]
}

# -- valid files -------------------------------------------------------------

@test "snapshots and traces of every lesson" {
	validate snapshot-1 "$made"/*.json -- trace-1 "$made"/*.jsonl
	all_good 1000
}

@test "recordings" {
	local least=500 # validate.py reads a sample

	[ "$VALIDATOR" != ajv ] || least=20000
	validate recording-1 "$ZONEWALK_SOURCE"/tests/data/*.jsonl
	all_good $least
}

# differences FOLDER: fills it with the output of `zonewalk diff --json`.
differences()
{
	local a b diffs=$1 data=$ZONEWALK_SOURCE/tests/data

	cd "$made"
	for a in *.json; do
		for b in *.json; do
			[[ ! $b < $a ]] || continue
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

@test "differences" {
	mkdir "$BATS_TEST_TMPDIR/diffs"
	differences "$BATS_TEST_TMPDIR/diffs"
	validate diff-1 "$BATS_TEST_TMPDIR"/diffs/*
	all_good 25
}

# grade_reports FOLDER: fills it with a report whose texts try to break every
# format (c/test_report.c), and with one of each assignment's samples.
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

@test "grade reports" {
	mkdir "$BATS_TEST_TMPDIR/reports"
	grade_reports "$BATS_TEST_TMPDIR/reports"
	validate grade-1 "$BATS_TEST_TMPDIR"/reports/*
	all_good 7
}

# predictions: writes $log, with a wrong and a right one.
predictions()
{
	log=$BATS_TEST_TMPDIR/log.jsonl
	cat >"$BATS_TEST_TMPDIR/quiz.lua" <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		ask { "How many pages has order 3?", answer = 8 }
		ask { "Which half is \"kept\"?", choices = { "lower", "upper" },
		      answer = "lower" }
	END
	printf '7\na\n' >"$BATS_TEST_TMPDIR/answers"
	run -0 "$ZONEWALK" run "$BATS_TEST_TMPDIR/quiz.lua" -q --log "$log" \
		--answers "$BATS_TEST_TMPDIR/answers"
	[ "$(wc -l <"$log")" -eq 2 ]
}

@test "prediction logs" {
	predictions
	validate prediction-1 "$log"
	all_good 2
}

# explanations FOLDER: fills it with one of each sample, of files of /proc, of
# another request, and of what is no report. A file of /proc alone is refused.
explanations()
{
	local report folder=$1 reports=$ZONEWALK_SOURCE/tests/data/reports

	for report in "$reports"/*.txt; do
		"$ZONEWALK" explain --json "$report" \
			>"$folder/$(basename "$report")" || [[ $? = [16] ]]
	done
	"$ZONEWALK" explain --json --order 3 --gfp GFP_DMA --node 0 \
		"$reports"/d5-*.txt >"$folder/order3" || [ $? -eq 1 ]
	"$ZONEWALK" explain --json --order 15 --zone DMA "$reports"/d1-*.txt \
		>"$folder/order15"
	"$ZONEWALK" explain --json /dev/null >"$folder/none" 2>/dev/null ||
		[ $? -eq 6 ]
}

@test "explanations" {
	mkdir "$BATS_TEST_TMPDIR/explanations"
	explanations "$BATS_TEST_TMPDIR/explanations"
	validate explanation-1 "$BATS_TEST_TMPDIR"/explanations/*
	all_good 8
}

# -- invalid files ------------------------------------------------------------

# spoil KIND FILE: fills $spoilt with copies that each have one error.
spoil()
{
	spoilt=$BATS_TEST_TMPDIR/spoilt
	mkdir "$spoilt"
	python3 "$tools/spoil.py" "$1" "$2" "$spoilt"
}

# all_rejected NAME LEAST: every file in $spoilt, by the validator and by
# zonewalk; there are at least LEAST.
all_rejected()
{
	local file number=0

	EXPECT=bad validate "$1" "$spoilt"/*
	echo "$output"
	[ "$status" -eq 0 ]
	for file in "$spoilt"/*; do
		"$ZONEWALK" diff -q "$file" "$file" 2>/dev/null && false ||
			[ $? -eq 6 ] || { echo "accepted: $file"; return 1; }
		number=$((number + 1))
	done
	[ "$number" -ge "$2" ]
}

@test "a snapshot with one error is rejected" {
	spoil snapshot "$(ls "$made"/08-*.json)"
	all_rejected snapshot-1 500
}

@test "an event with one error is rejected" {
	spoil trace "$(ls "$made"/02-*.jsonl)"
	all_rejected trace-1 500
}

@test "the schemas are installed" {
	run -0 cmake --install "$ZONEWALK_BUILD" --prefix "$BATS_TEST_TMPDIR/p"
	for file in "$schemas"/*.json; do
		cmp "$file" "$BATS_TEST_TMPDIR/p/share/zonewalk/schemas/$(
			basename "$file")"
	done
	[ "$(ls "$schemas" | wc -l)" -ge 7 ]
}
