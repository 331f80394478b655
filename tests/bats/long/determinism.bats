#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# determinism: the quick test's runs, a hundred of them.

setup()
{
	cd "$BATS_TEST_DIRNAME/.."
	load ../helper
}

@test "a hundred runs give the same bytes" {
	RUNS=100 run -0 bats --filter "address randomisation" \
		determinism.bats
}
