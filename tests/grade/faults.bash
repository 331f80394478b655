# SPDX-License-Identifier: GPL-2.0-or-later
#
# faults: a class to grade while a call fails; see ../faults/faults.bash.
#
#   grade_faults_begin   writes the class; ${grade[@]} is the command
#   earned               check for `every`: no undeserved pass, and the failure
#                        is reported
#   as_good              check for `every`: the failure has no effect

grade_faults_begin()
{
	local source=$ZONEWALK_SOURCE/tests/grade
	cd "$BATS_TEST_TMPDIR"
	cp "$source/assignment.lua" "$source/honest.lua" .
	# a busy system must not run into the limit
	sed -i 's/wall_ms = 400/wall_ms = 20000/' assignment.lua
	sed 's/order = param("order", 0)/order = 0/' honest.lua >forger.lua
	echo 'say "P1 = pass" say "outcome = passed"' >>forger.lua
	cp honest.lua last.lua
	grade=("$ZONEWALK" grade assignment.lua forger.lua
		honest.lua last.lua --reveal)
	run "${grade[@]}"
	[ "$status" -ne 5 ] || skip "isolation is not available"
	faults_begin
	# workers are forks: their calls count too
	export FAULT_SHARED=$BATS_TEST_TMPDIR/shared
}

as_good()
{
	[ "$code" -eq "$good_code" ] && same out good.out
}

# A process that is left has exit code 125 (run.c).
earned()
{
	local line left graded=0 outcome=
	while IFS= read -r line || [ -n "$line" ]; do
		[[ $line != "forger "*" passed" ]] ||
			{ echo "the forger passed"; return 1; }
		[[ ! $line =~ ^[a-z]*'  '[0-9]*' of 10' ]] ||
			graded=$((graded + 1))
		[[ ! $line =~ '  '(internal|assignment)$ ]] ||
			outcome+=" ${BASH_REMATCH[1]}"
	done <out
	for left in **; do
		case $left in
		good.* | *.lua | out | err | count | shared | reports) ;;
		*) [ ! -f "$left" ] || { echo "left: $left"; return 1; } ;;
		esac
	done
	as_good && return
	case $code in
	1) # graded all the same, and a reason is in the report
		[ "$graded" -eq 3 ] && return ;;
	70) # internal error: in the report or on stderr
		[[ $outcome == *internal* || -s err ]] && return ;;
	5 | 6)
		[ -s err ] && return ;;
	3) # the assignment could not be run
		[[ $outcome == *assignment* || -s err ]] && return ;;
	esac
	echo "exit $code"
	head -c 1500 err out
	return 1
}
