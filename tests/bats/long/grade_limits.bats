#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_limits: each hostile submission that loops or takes memory, with
# default limits: it ends within 8.5 seconds (of a system that is not busy) and
# 1.3 GiB.

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

# hold KIND... NUMBER: the default limits hold for each submission of the kinds,
# of which there are NUMBER or more.
hold()
{
	export -f try_default add_resident file_of now_ms in_time
	export default_wall_ms default_memory_kib
	local kind least=${*: -1}
	for kind in "${@:1:$#-1}"; do
		sed -n "s/^\($kind-[^:]*\): .*/\1/p" ../expected
	done >../names
	[ "$(wc -l <../names)" -ge "$least" ]
	try_each try_default ../wrong <../names
	cat ../wrong
	[ ! -s ../wrong ]
}

# A clock ends these, not a processor: many can wait for it together.
@test "default limits hold for each hostile submission that loops" {
	at_once=8
	export look_s=0.25
	hold loop 48
}

@test "default limits hold for each that takes memory or floods" {
	hold clib memory gc flood escape 99
}
