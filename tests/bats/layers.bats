#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# layers: the dependencies between folders, read from the #include lines.
# CMakeLists.txt is the table: a layer may include its own headers and those of
# the layers that it USES, directly or through another layer.

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE"
}

# only PATTERN ALLOWED: only files whose path matches ALLOWED include a header
# that matches PATTERN, and at least one does.
only()
{
	local pattern=$1 allowed=$2 users

	users=$(grep -rlE --include='*.[ch]' \
		"^#include [<\"]($pattern)[>\"]" engine scripts tui)
	[ -n "$users" ] || { echo "no file includes $pattern"; return 1; }
	if grep -vE "^($allowed)$" <<<"$users"; then
		echo "^ may not include $pattern"
		return 1
	fi
}

@test "a file includes only its own layer and those below" {
	run -0 perl tests/layers.pl CMakeLists.txt
	has "layers: "
}

@test "the layer test finds a wrong include and a cycle" {
	cp -R --parents CMakeLists.txt engine scripts tui "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
	sed -i '/#include/i #include "session/session.h"' engine/mm/buddy.h
	sed -i '1i #include "boot/boot_private.h"' engine/boot/boot.h
	run -1 perl "$ZONEWALK_SOURCE/tests/layers.pl" CMakeLists.txt
	has "engine/mm/buddy.h: mm may not include session/session.h"
	has "include cycle: boot/boot.h boot/boot_private.h"
}

@test "no folder of sources holds more than 30 files" {
	for folder in engine/* scripts/* tui/*; do
		set -- "$folder"/*
		[ $# -le 30 ] || { echo "$folder: $# files"; return 1; }
	done
}

@test "only the JSON layers use cJSON" {
	only '(cjson/)?cJSON\.h' 'engine/(json|snapshot|replay|diff)/.*'
}

@test "only scripts/, the commands and their reference pages use Lua" {
	only 'l(ua|auxlib|ualib)\.h' 'scripts/.*'
	only 'lua/.*' 'scripts/.*|tui/(commands|reference)/.*'
}

@test "only the terminal uses curses" {
	only '(ncursesw?/)?n?curses\.h' 'tui/terminal/.*'
}

@test "only the engine writes state" {
	only 'state/state\.h' 'engine/.*'
}

@test "the libraries keep no mutable state of file scope" {
	command -v objdump >/dev/null || skip "objdump is not installed"
	! sanitized || skip "sanitizers add data"
	for library in $(sed -n 's/^layer(\([a-z]*\) .*/\1/p' CMakeLists.txt)
	do
		case $library in terminal | commands) continue ;; esac
		run -0 objdump -t "$ZONEWALK_BUILD/lib$library.a"
		has "SYMBOL TABLE"
		# objects in .data or .bss; .data.rel.ro is constant
		if grep -E ' O (\.data|\.bss|\*COM\*)[[:space:]]' \
			<<<"$output"; then
			echo "^ in lib$library.a"
			return 1
		fi
	done
}

@test "every source file has an SPDX line" {
	find engine scripts tui scenarios tests bootstrap CMakeLists.txt .ci/run \
		-name '*.[ch]' -o -name '*.def' -o -name '*.cmake' \
		-o -name '*.bats' -o -name '*.bash' -o -name '*.pl' \
		-o -name CMakeLists.txt -o -name bootstrap -o -name run \
		-o -path 'scenarios/*.lua' -o -path 'scripts/*.lua' >"$BATS_TEST_TMPDIR/files"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/files")" -gt 500 ]
	# one process for all files: the first two lines of each
	run xargs awk '
		FNR == 1 { missing[FILENAME] }
		FNR > 2 { nextfile }
		/SPDX-License-Identifier: GPL-2.0-or-later/ {
			delete missing[FILENAME]
		}
		END { for (file in missing) print file }' \
		<"$BATS_TEST_TMPDIR/files"
	[ "$status" -eq 0 ]
	echo "$output"
	[ -z "$output" ]
}
