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
	big="$ZONEWALK_SOURCE/../shared/recordings/quad-pressure.jsonl"
	[ -e "$big" ] || big="$ZONEWALK_SOURCE/tests/data/cma-steal.jsonl"
	run -0 "$ZONEWALK_BUILD/tests/test_steps" "$big"
	has " steps"
	has "0 failed"
}
