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

# no_process_left: no zonewalk runs in this folder; waits for a killed one.
no_process_left()
{
	local process left
	for _ in $(seq 40); do
		left=
		for process in $(pgrep -x zonewalk); do
			[ "$(readlink "/proc/$process/cwd")" != "$PWD" ] ||
				left="$left $process"
		done
		[ -n "$left" ] || return 0
		sleep 0.05
	done
	echo "left:$left"
	return 1
}

as_good()
{
	[ "$code" -eq "$good_code" ] && cmp out good.out
}

earned()
{
	local left
	if grep -q '^forger .* passed$' out; then
		echo "the forger passed"
		return 1
	fi
	no_process_left || return
	left=$(find . -type f ! -name 'good.*' ! -name '*.lua' ! -name out \
		! -name err ! -name count ! -name shared)
	[ -z "$left" ] || { echo "left: $left"; return 1; }
	as_good >/dev/null && return
	case $code in
	1) # graded all the same, and a reason is in the report
		[ "$(grep -c '^[a-z]*  [0-9]* of 10' out)" -eq 3 ] && return ;;
	70) # internal error: in the report or on stderr
		grep -qs '  internal$' out || [ -s err ] && return ;;
	5 | 6)
		[ -s err ] && return ;;
	3) # the assignment could not be run
		grep -qs '  assignment$' out || [ -s err ] && return ;;
	esac
	echo "exit $code"
	head -c 1500 err out
	return 1
}
