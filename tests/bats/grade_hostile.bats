#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_hostile: submissions that loop, exhaust memory, flood the output, crash
# or forge results (tests/grade/hostile.txt). Each ends with its expected
# outcome within its limit and half a second, leaves no process and no file,
# and earns nothing undeservedly; the model solution passes beside it.

setup_file()
{
	load helper
	load ../grade/hostile
	# sanitizers are slow
	export wall_ms late_ms=500
	! sanitized || late_ms=8000
	cd "$BATS_FILE_TMPDIR"
	run "$ZONEWALK" grade "$ZONEWALK_SOURCE/tests/grade/assignment.lua" \
		"$ZONEWALK_SOURCE/tests/grade/honest.lua"
	[ "$status" -ne 5 ] || skip "isolation is not available"
	make_box box
}

setup()
{
	load helper
	load ../grade/hostile
	cd "$BATS_FILE_TMPDIR/box"
	# so long that a busy system does not exceed it
	set_clock 2000
}

# set_clock MS: the limit of wall-clock time, in the assignment and here.
set_clock()
{
	wall_ms=$1
	sed -i "s/wall_ms = [0-9]*/wall_ms = $1/" assignment.lua
}

# On a busy system, wall_ms may be exceeded before the expected limit.
longer_clock()
{
	set_clock 4000
}

names()
{
	sed 's/:.*//' ../expected
}

@test "each ends in time with its expected outcome and leaves nothing" {
	export -f try_one file_of now_ms in_time
	ls -R >../before
	set_clock 400
	[ "$(names | wc -l)" -ge 150 ]
	names | try_each try_one ../wrong longer_clock
	cat ../wrong
	[ ! -s ../wrong ]
	[ "$(ls ../*.out | wc -l)" -eq "$(names | wc -l)" ]
	ls -R >../after
	cmp ../before ../after
}

@test "with default limits, too, they end in time and in memory" {
	export -f try_default add_resident file_of now_ms in_time
	export default_wall_ms default_memory_kib
	run ! grep -q "limits = {" default.lua
	printf '%s\n' loop-after-solution flood-events-orders flood-drain \
		memory-machine-1T memory-machines memory-contents-read |
		try_each try_default ../wrong
	cat ../wrong
	[ ! -s ../wrong ]

	run -2 "$ZONEWALK" grade default.lua honest.lua --memory 10
	has "--memory 10: a submission may take"
	run -0 "$ZONEWALK" grade default.lua honest.lua --memory 3000 --jobs 8
	has "honest  9 of 9  passed"
}

@test "in one class with all that forge results only the correct one passes" {
	files=()
	for name in $(names | grep '^forge-'); do
		files+=("$(file_of "$name")")
	done
	[ ${#files[@]} -ge 50 ]
	run -1 "$ZONEWALK" grade assignment.lua "${files[@]}" honest.lua \
		--jobs 2 --reveal --csv ../class.csv
	has "honest  10 of 10  passed"
	has "1 of $((${#files[@]} + 1)) passed"
	[ "$(grep -c '^[^ ].*  passed$' <<<"$output")" -eq 1 ]
	run -0 grep -c ',passed,' ../class.csv
	[ "$output" = 1 ]
	# a submission that did not end has no points
	run -0 awk -F, 'NR > 1 && $2 != "passed" && $2 != "failed" && $3 > 0' \
		../class.csv
	[ -z "$output" ]
}

@test "a machine loaded from a file is a violation" {
	sed 's/"alloc" }/"alloc", "sysctl" }/' assignment.lua >../tune.lua
	sed 's/memory = "64M" } }/& , sysctl = { min_free_kbytes = 900 }/' \
		honest.lua >../tuned.lua
	cp prepared.json ..
	cp forge-loaded.lua ../forge-loaded.lua
	run -1 "$ZONEWALK" grade ../tune.lua ../tuned.lua ../forge-loaded.lua \
		--reveal
	has "tuned  10 of 10  passed"
	has "forge-loaded  0 of 10  violation"
	has "its state differs; use machine{} instead of a file"
}

@test "zones by hand, an arena and a report are other machines" {
	sed 's/"alloc" }/"alloc", "sysctl" }/' assignment.lua >../tune.lua
	sed 's/memory = "64M" } }/&, zones = { { zone = "DMA32", boost = 1 } }/' \
		honest.lua >../zones.lua
	printf '%s\n' 'local m = machine.arena("64M")' 'm:alloc { order = 3 }' \
		>../arena.lua
	# whatever its name, a report is a file
	cp "$ZONEWALK_SOURCE"/tests/data/reports/d1*.txt ../report.json
	sed 's/machine *{ *nodes = { { memory = "64M" } } }/machine.import("report.json")/' \
		honest.lua >../import.lua
	for assignment in assignment.lua ../tune.lua; do
		run -1 "$ZONEWALK" grade $assignment ../zones.lua ../arena.lua \
			../import.lua
		[ "$(grep -cE '^(zones|arena|import)  0 of .*  violation$' \
			<<<"$output")" -eq 3 ]
		has "the watermarks of a zone differ"
	done
}

@test "the message of a limit does not tell a student how to raise it" {
	set_clock 1000
	for name in loop-while flood-say memory-table; do
		run -1 "$ZONEWALK" grade assignment.lua $name.lua
		has "limit"
		has_not "--limit"
	done
	run -1 "$ZONEWALK" grade assignment.lua loop-while.lua
	has "loop-while.lua:1: limit wall_ms: more than 1000"
}

@test "submissions that loop do not delay the others" {
	! sanitized || skip "sanitizers are slow"
	for i in 1 2 3 4; do
		cp loop-while.lua ../stall$i.lua
		cp honest.lua ../quick$i.lua
	done
	# two jobs: two limits in a row, and the rest; not one after another
	began=$(now_ms)
	run -1 "$ZONEWALK" grade assignment.lua ../stall?.lua ../quick?.lua \
		--jobs 2
	took=$(($(now_ms) - began))
	has "4 of 8 passed"
	has "4 of 8 limit"
	[ $took -lt $((4 * wall_ms)) ]
}

# guide_block WORD: prints the block of docs/grading.md that contains WORD.
guide_block()
{
	awk -v word="$1" '
	/^```/ { if (inside && index(block, word)) printf "%s", block
		inside = !inside; block = ""; next }
	inside { block = block $0 "\n" }' \
		"$ZONEWALK_SOURCE/docs/grading.md"
}

# class_of_the_guide: the class that the guide describes, and its report.
class_of_the_guide()
{
	mkdir -p ../guide/class ../guide/reports ../guide/bin
	cd ../guide
	ln -sf "$ZONEWALK" bin/zonewalk
	PATH=$PWD/bin:$PATH
	cp ../box/assignment.lua split.lua
	for name in honest forge-drain forge-say-report odd-nothing \
		escape-terminal forge-error-report; do
		cp "../box/$name.lua" class
	done
	cp class/honest.lua class/other.lua
	zonewalk grade split.lua class/*.lua >whole.txt || [ $? -eq 1 ]
	zonewalk grade split.lua class/*.lua --csv whole.csv >/dev/null ||
		[ $? -eq 1 ]
}

@test "the guide's commands for GNU parallel give the same report" {
	parallel --version 2>/dev/null | grep -q GNU ||
		skip "GNU parallel is not installed"
	class_of_the_guide
	guide_block "parallel '" >commands.sh
	[ "$(wc -l <commands.sh)" -eq 2 ]
	bash commands.sh >merged.txt || [ $? -eq 1 ]
	[ "$(ls reports | wc -l)" -eq 7 ]
	cmp whole.txt merged.txt
	cmp whole.csv grades.csv
}

@test "the guide's commands for a Slurm array give the same report" {
	class_of_the_guide
	rm -f reports/*
	guide_block "SBATCH" >task.sh
	grep -q SLURM_ARRAY_TASK_ID task.sh
	for task in 6 2 0 5 1 4 3; do
		SLURM_ARRAY_TASK_ID=$task bash task.sh || [ $? -eq 1 ]
	done
	zonewalk grade --merge reports/*.json >merged.txt || [ $? -eq 1 ]
	cmp whole.txt merged.txt
}
