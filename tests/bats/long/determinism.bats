#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# determinism: a hundred runs of a quick test.

setup()
{
	cd "$BATS_TEST_DIRNAME/.."
	load ../helper
}

@test "a hundred runs give the same bytes" {
	RUNS=100 run -0 bats --filter "address randomisation" \
		determinism.bats
}
