#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_limits: each hostile submission that loops or takes memory, with
# default limits: it ends within 8.5 seconds and 1.3 GiB.

setup()
{
	load ../helper
	load ../../grade/hostile
	cd "$BATS_TEST_TMPDIR"
	make_box box
	cd box
	export late_ms=500
	! sanitized || skip "sanitizers are slow and take more memory"
	run "$ZONEWALK" grade default.lua honest.lua
	[ "$status" -ne 5 ] || skip "isolation is not available"
}

@test "default limits hold for each hostile submission" {
	export -f try_default file_of now_ms
	export default_wall_ms default_memory_kib
	sed -n 's/^\(\(loop\|clib\|memory\|gc\|flood\|escape\)-[^:]*\): .*/\1/p' \
		../expected >../names
	[ "$(wc -l <../names)" -ge 120 ]
	try_each try_default ../wrong <../names
	cat ../wrong
	[ ! -s ../wrong ]
}
