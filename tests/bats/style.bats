#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# style: the files follow .clang-format and .editorconfig, and no check of a
# Bats test is without effect.

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE"
}

# Versions format differently; this one is Debian 12's.
clang_format_14()
{
	local name

	for name in clang-format-14 clang-format; do
		"$name" --version 2>/dev/null | grep -q 'version 14\.' ||
			continue
		echo "$name"
		return
	done
}

@test "clang-format changes no file" {
	format=$(clang_format_14)
	[ -n "$format" ] || skip "clang-format 14 is not installed"
	find engine scripts tui tests -name '*.[ch]' >"$BATS_TEST_TMPDIR/files"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/files")" -gt 300 ]
	run -0 xargs -P 2 -n 40 "$format" --dry-run -Werror \
		<"$BATS_TEST_TMPDIR/files"
	[ -z "$output" ]
}

# text_files PATTERN...: the text files whose names match one of them.
text_files()
{
	local pattern names=()

	for pattern; do
		names+=(-o -name "$pattern")
	done
	find engine scripts tui scenarios tests docs bootstrap .ci \
		CMakeLists.txt CMakePresets.json \
		-path tests/lua/hostile -prune -o \
		-path tests/golden -prune -o \
		-type f \( "${names[@]:1}" \) -print
}

@test "text files end in a newline, and no line in blanks or CR" {
	files=$(text_files '*.[ch]' '*.def' '*.lua' '*.bats' '*.bash' '*.cmake' \
		CMakeLists.txt '*.json' '*.py' '*.js' '*.pl' '*.sh' run \
		bootstrap)
	[ "$(wc -l <<<"$files")" -gt 500 ]
	run ! grep -nE $'[ \t\r]+$' $files
	run -0 perl -0777 -ne 'print "$ARGV\n" if !/\n\z/' $files
	[ -z "$output" ]
}

@test "tabs indent C and Lua, blanks Python" {
	run ! grep -nE '^ {8}.*[^\]$' $(text_files '*.[ch]' '*.def' '*.lua')
	run ! grep -nP '^\t' $(text_files '*.py')
}

# With set -e, a "!" before a command and a command before "&&" never fail.
@test "every check of a Bats test can fail" {
	files=(tests/bats/*.bats tests/bats/long/*.bats)
	run ! grep -nE '^[[:space:]]*! [^|]*$' "${files[@]}"
	run ! grep -nE '^[[:space:]]*\[+ [^&|]* \]+ && \[+ [^&|]* \]+$' \
		"${files[@]}"
}
