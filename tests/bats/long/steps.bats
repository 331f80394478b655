#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# steps: the biggest recording there is, forwards to its end and back, step
# by step: each step has one picture, whichever way one came to it.

setup()
{
	load ../helper
}

@test "one picture a step, forwards and back, for a big recording" {
	run -0 "$ZONEWALK_BUILD/tests/test_steps" \
		"$ZONEWALK_RECORDINGS/quad-pressure.jsonl"
	has " steps"
	has "0 failed"
}
