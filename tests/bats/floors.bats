#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# floors: who may know whom, read off the #include lines and the symbols.
# (The build proves the calls: see c/floor.c.)

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE"
}

# nobody_else PATTERN ALLOWED FILE...: only files whose path matches ALLOWED
# have an #include line that matches PATTERN; at least one has.
nobody_else()
{
	local pattern=$1 allowed=$2 users
	shift 2

	users=$(grep -lE "^#include [<\"]($pattern)[>\"]" "$@")
	[ -n "$users" ] || { echo "nobody includes $pattern"; return 1; }
	if grep -vE "^($allowed)$" <<<"$users"; then
		echo "^ may not include $pattern"
		return 1
	fi
}

# includes_none PATTERN FILE...: no file has such an #include line.
includes_none()
{
	local pattern=$1
	shift

	! grep -nE "^#include [<\"]($pattern)[>\"]" "$@"
}

@test "only four kinds of engine file use cJSON" {
	nobody_else '(cjson/)?cJSON\.h' \
		'engine/(json|[a-z_]*_json|recording[a-z_]*|snapshot[a-z_]*)\.[ch]' \
		engine/*.[ch] scripts/*.[ch] tui/*.[ch]
}

@test "only scripts/ and the tables of doc use Lua" {
	nobody_else 'l(ua|auxlib|ualib)\.h|lua[0-9.]*/.*' 'scripts/.*' \
		engine/*.[ch] scripts/*.[ch] tui/*.[ch]
	nobody_else 'lua_[a-z]*\.h' 'scripts/.*|tui/(cmd_[a-z_]*|story|main)\.[ch]' \
		engine/*.[ch] scripts/*.[ch] tui/*.[ch]
}

@test "only the terminal uses curses" {
	nobody_else '(ncursesw?/)?n?curses\.h' 'tui/term(_key\.c|_part\.h|\.c)' \
		engine/*.[ch] scripts/*.[ch] tui/*.[ch]
}

@test "the engine knows nobody above it" {
	includes_none "$(names_of tui scripts)" engine/*.[ch]
}

@test "scripts do not know the screen" {
	includes_none "$(names_of tui)" scripts/*.[ch]
}

@test "the screen does not know the scripts" {
	includes_none "$(names_of scripts)" \
		$(ls tui/*.[ch] | grep -vE '/(cmd_[a-z_]*|story|main)\.[ch]')
}

# names_of FOLDER...: their headers, as one pattern.
names_of()
{
	local folder
	for folder in "$@"; do
		ls "$folder"/*.h
	done | sed 's|.*/||; s|\.|\\.|' | paste -sd '|'
}

@test "state is written by few: nobody above the engine includes state.h" {
	nobody_else 'state\.h' 'engine/.*' engine/*.[ch] tui/*.[ch] \
		scripts/*.[ch]
}

@test "the libraries keep no mutable state of file scope" {
	command -v objdump >/dev/null || skip "objdump is not there"
	if grep -q 'ZONEWALK_SANITIZE:BOOL=ON' \
		"$ZONEWALK_BUILD/CMakeCache.txt"; then
		skip "sanitizers add data of their own"
	fi
	for library in engine engine_json scripts tui; do
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

@test "every source file begins with its licence" {
	for file in engine/*.[ch] engine/*.def tui/*.[ch] tui/*.def \
		scripts/*.[ch] scripts/*.lua scripts/build/* \
		scenarios/*.lua tests/c/*.[ch] tests/bats/*.bats \
		tests/bats/*.bash CMakeLists.txt tests/CMakeLists.txt \
		bootstrap .ci/run; do
		head -n 2 "$file" |
			grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' || {
			echo "$file"
			return 1
		}
	done
}
