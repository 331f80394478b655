#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# steps: the largest recording, forwards and back step by step: a step has the
# same screen in both directions.

setup()
{
	load ../helper
}

@test "each step has one screen, forwards and back" {
	run -0 "$ZONEWALK_BUILD/tests/test_steps" \
		"$ZONEWALK_RECORDINGS/quad-pressure.jsonl"
	has " places"
	has "0 failed"
}
