#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# reports: what docs/reports.md shows is what happens. Each command of a
# ```console block is run in a copy of scenarios/reports, and prints each line
# below it up to the next command (```console N: the exit code is N); a ...
# stands for other lines. Lines of a ```report block are in one-page.txt, and
# the scenario of the ```lua block runs.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	cp "$ZONEWALK_SOURCE"/scenarios/reports/*.txt .
	guide=$ZONEWALK_SOURCE/docs/reports.md
	zonewalk() { "$ZONEWALK" "$@"; }
}

# block KIND: the lines of the blocks of that kind, each after its code.
block()
{
	awk -v kind="$1" '
	/^```/ { code = $2 == "" ? 0 : $2; inside = !inside && $1 == "```" kind
		next }
	inside { print code, $0 }' "$guide"
}

@test "every command of the page prints what the page shows" {
	local code line commands=0 shown=0

	while read -r code line; do
		case $line in
		'$ '*)
			set -o pipefail
			run -"$code" eval "${line#\$ }"
			commands=$((commands + 1))
			;;
		...) ;;
		*)
			has "$line"
			shown=$((shown + 1))
			;;
		esac
	done < <(block console)
	[ "$commands" -ge 8 ]
	[ "$shown" -ge 25 ]
}

@test "the lines of the report are those of the file" {
	local code line number=0

	while read -r code line; do
		grep -qF -- "$line" one-page.txt ||
			{ echo "one-page.txt has no: $line"; return 1; }
		number=$((number + 1))
	done < <(block report)
	[ "$number" -ge 7 ]
}

@test "the scenario of the page runs" {
	block lua | sed 's/^0 //' >s.lua
	[ "$(wc -l <s.lua)" -ge 5 ]
	run -0 --separate-stderr "$ZONEWALK" run -q s.lua
	[ -z "$output$stderr" ]
}

@test "the options of the page are those of the commands" {
	local options option help

	help=$("$ZONEWALK" help explain; "$ZONEWALK" help import)
	options=$(grep -oE -- '`?--[a-z]+' "$guide" | tr -d '\`' | sort -u)
	[ "$(wc -l <<<"$options")" -ge 7 ]
	for option in $options; do
		has "$option" "$help"
	done
}

@test "each report of the folder is explained for certain" {
	local report number=0

	for report in *.txt; do
		run -0 --separate-stderr "$ZONEWALK" explain "$report"
		has "Explained, certain: "
		[ -z "$stderr" ]
		number=$((number + 1))
	done
	[ "$number" -eq 3 ]
}
