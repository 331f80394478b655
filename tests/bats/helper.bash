# SPDX-License-Identifier: GPL-2.0-or-later
#
# helper: what the Bats files share. First line of a file's setup:
#
#   load helper
#
# ctest says where things are; by hand `bats tests/bats` takes the release
# build.
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

# Is this build one with a sanitizer, which takes its time?
sanitized()
{
	grep -qs "^ZONEWALK_SANITIZE:BOOL=ON" "$ZONEWALK_BUILD/CMakeCache.txt"
}

# try_each FUNCTION WRONG [BEFORE_AGAIN]: run the (exported) function with each
# line of stdin; what it says is wrong goes to the file WRONG. It starts its
# lines with "LINE: ", and with "LINE: late: " where a busy system may be the
# reason: that counts only if it is so each time when tried alone.
try_each()
{
	local attempt

	xargs -P 2 -I{} bash -c "$1 {}" >"$2"
	for attempt in 1 2; do
		sed -n 's/: late: .*//p' "$2" | sort -u >"$2.late"
		[ -s "$2.late" ] || break
		[ -z "${3-}" ] || "$3"
		sed -i '/: late: /d' "$2"
		xargs -I{} bash -c "$1 {}" <"$2.late" >>"$2"
	done
	rm "$2.late"
}
