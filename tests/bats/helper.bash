# SPDX-License-Identifier: GPL-2.0-or-later
#
# helper: functions for all Bats files. The first line of setup:
#
#   load helper
#
# ctest sets the paths; `bats tests/bats` alone uses the release build.
bats_require_minimum_version 1.5.0

: "${ZONEWALK_SOURCE:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${ZONEWALK_BUILD:=$ZONEWALK_SOURCE/build/release}"
: "${ZONEWALK:=$ZONEWALK_BUILD/zonewalk}"
export ZONEWALK ZONEWALK_BUILD ZONEWALK_SOURCE

# The tests do not depend on the caller's environment.
unset ZONEWALK_SCENARIOS NO_COLOR
export TERM=xterm

# has TEXT [WHERE]: the output (or $WHERE) contains TEXT.
has()
{
	local where=${2-$output}

	[[ $where == *"$1"* ]] && return
	printf 'expected to see: %s\n-- in:\n%s\n' "$1" "$where"
	return 1
}

# has_not TEXT [WHERE]
has_not()
{
	local where=${2-$output}

	[[ $where != *"$1"* ]] && return
	printf 'did not expect: %s\n-- in:\n%s\n' "$1" "$where"
	return 1
}

# eventually COMMAND...: repeats it until it succeeds, three minutes at most: they
# only end what would never end, also on a system that is very busy.
eventually()
{
	local deadline=$((SECONDS + 180))

	until "$@"; do
		[ "$SECONDS" -le "$deadline" ] || return
		sleep 0.05
	done
}

# change_line FILE LINE OLD NEW: prints FILE with OLD replaced by NEW in LINE;
# fails if OLD is not there.
change_line()
{
	awk -v line="$2" -v old="$3" -v new="$4" 'NR == line {
		at = index($0, old)
		if (!at)
			exit 9
		$0 = substr($0, 1, at - 1) new substr($0, at + length(old))
	} { print }' "$1"
}

# runs_silently ARGUMENT...: `zonewalk run -q` exits 0 and prints no error.
runs_silently()
{
	run -0 --separate-stderr "$ZONEWALK" run -q "$@"
	[ -z "$stderr" ]
}

# scenario <<END: runs a scenario with a machine m of 64M, expecting exit 0.
scenario()
{
	on_machine 'nodes = { { memory = "64M" } }'
}

# on_machine DESCRIPTION <<END: the same with another machine.
on_machine()
{
	{
		cat <<-END
		local m = machine { $1 }
		local MOVABLE = "GFP_HIGHUSER_MOVABLE"
		local function same(got, want, what)
			expect(got == want, ("%s: %s, not %s"):format(
				what or "value", tostring(got), tostring(want)))
		end
		END
		cat
	} >s.lua
	runs_silently s.lua
}

# sanitized: is this a build with sanitizers?
sanitized()
{
	grep -qs "^ZONEWALK_SANITIZE:BOOL=ON" "$ZONEWALK_BUILD/CMakeCache.txt"
}

# in_time TOOK LIMIT LATE: it took at most LIMIT ms, and LATE ms more, in which
# it had a processor: how long a loop waits for one here is measured, if it
# matters.
in_time()
{
	local TIMEFORMAT='%3R %3U' real user i

	[ "$1" -gt $(($2 + $3)) ] || return 0
	read -r real user < <({ time for ((i = 0; i < 50000; i++)); do :; done; } 2>&1)
	real=$((10#${real/./})) user=$((10#${user/./}))
	[ "$1" -le $(($2 + $3 * (real / (user + 1) + 1))) ]
}

# copy_assignment NAME FOLDER: copies that sample assignment to a new folder; a
# submission has a minute there, also on a busy system.
copy_assignment()
{
	cp -r "$ZONEWALK_SOURCE/scenarios/assignments/$1" "$2"
	sed -i 's/wall_ms = [0-9]*/wall_ms = 60000/' "$2/assignment.lua"
}

# try_each FUNCTION WRONG [BEFORE_RETRY]: runs the exported function with each
# line of stdin. It prints wrong results, which go to the file WRONG, as
# "LINE: ...", or as "LINE: late: ..." where a busy system may be the reason:
# those are tried again, one at a time. $at_once run at a time, by default 2.
try_each()
{
	local attempt

	xargs -P "${at_once-2}" -I{} bash -c "$1 {}" >"$2"
	for attempt in 1 2; do
		sed -n 's/: late: .*//p' "$2" | sort -u >"$2.late"
		[ -s "$2.late" ] || break
		[ -z "${3-}" ] || "$3"
		sed -i '/: late: /d' "$2"
		xargs -I{} bash -c "$1 {}" <"$2.late" >>"$2"
	done
	rm "$2.late"
}
