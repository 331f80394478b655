#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# memory: commands under valgrind: no error and no leak.

setup()
{
	ZONEWALK_SOURCE=${ZONEWALK_SOURCE:-$(cd "$BATS_TEST_DIRNAME/../../.." &&
		pwd)}
	load ../helper
	command -v valgrind >/dev/null || skip "valgrind is not installed"
	! sanitized || skip "a sanitizer does not run under valgrind"
}

# clean COMMAND...: zonewalk under valgrind, which exits 99 after an error.
clean()
{
	valgrind --quiet --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=all --show-leak-kinds=all \
		"$ZONEWALK" "$@"
}

@test "run a lesson" {
	run -0 clean run "$ZONEWALK_SOURCE/scenarios/01-tour.lua"
	[ "${#lines[@]}" -gt 3 ]
}

@test "replay recordings" {
	recordings=("$ZONEWALK_SOURCE"/tests/data/*.jsonl
		"$ZONEWALK_RECORDINGS/duo-mix.jsonl")
	for recording in "${recordings[@]}"; do
		run -0 clean replay "$recording"
	done
}

@test "print a frame" {
	run -0 clean frame "$ZONEWALK_SOURCE/scenarios/01-tour.lua" --step 3 \
		--size 80x24
	[ "${#lines[@]}" -gt 10 ]
}
