#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# manual: the man pages, which the program writes from its tables.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
}

# write_pages: all man pages in this folder.
write_pages()
{
	local page

	run -0 "$ZONEWALK" doc man
	pages=("${lines[@]}")
	[ "${#pages[@]}" -ge 14 ]
	for page in "${pages[@]}"; do
		"$ZONEWALK" doc man "$page" >"$page"
	done
}

commands()
{
	sed -n 's/^COMMAND(\([a-z]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tui/commands/commands.def"
}

# plain PAGE: its text as a reader sees it.
plain()
{
	mandoc -T ascii -O width=80 "$1" | col -bx
}

need_mandoc()
{
	command -v mandoc >/dev/null || skip "mandoc is not installed"
}

@test "mandoc finds nothing wrong, and each reference is a page" {
	need_mandoc
	write_pages
	run mandoc -T lint "${pages[@]}"
	# these pages are not installed
	[ -z "$(grep -v "referenced manual not found: Xr zonewalk" <<<"$output")" ]
	number=0
	while read -r _ name section _; do
		[ -s "$name.$section" ] || { echo "no $name.$section"; false; }
		number=$((number + 1))
	done < <(grep -h '^\.Xr' "${pages[@]}")
	[ "$number" -ge 40 ]
}

@test "every command has a page with its help, its options and exit codes" {
	need_mandoc
	write_pages
	plain zonewalk.1 >zonewalk
	for command in $(commands); do
		plain "zonewalk-$command.1" >page
		grep -q "zonewalk-$command(1)" zonewalk
		grep -q "zonewalk $command" page
		run -0 "$ZONEWALK" help "$command"
		tr -s ' \n' ' ' <page >words
		# the words of the help, whatever the lines
		grep -qF -- "${lines[1]}" words
		options=$(sed -n 's/^  \(--[a-z-]*\).*/\1/p' <<<"$output")
		for option in $options; do
			grep -qE "^ +(-[a-z].*, )?$option( |\$)" page ||
				{ echo "$command: no $option"; false; }
		done
		[ "$(sed -n '/^OPTIONS/,/^ENVIRONMENT/p' page | grep -cE '^     +(-[a-zA-Z]( [A-Z]+)?, )?--[a-z]')" -eq \
			"$(($(wc -w <<<"$options") + 1))" ]
		for code in 0 1 2 3 4 5 6 70; do
			grep -qE "^     $code +[a-z]" page
		done
	done
}

@test "the page of the language has every function and key" {
	need_mandoc
	write_pages
	plain zonewalk-scenario.5 | tr -s ' \n' ' ' >words
	run -0 "$ZONEWALK" doc lua
	number=0
	while read -r usage; do
		[ -n "$usage" ] || continue
		grep -qF -- "$usage" words || { echo "no $usage"; false; }
		number=$((number + 1))
	done < <(sed -n 's/^  \([a-zA-Z].*\)/\1/p' <<<"$output")
	[ "$number" -ge 60 ]
	while read -r key; do
		grep -qw -- "$key" words
	done < <(sed -n 's/^          \([a-z_]*\)  .*/\1/p' <<<"$output")
}

@test "the page of assignments has every check, limit and outcome" {
	need_mandoc
	write_pages
	plain zonewalk-assignment.5 | tr -s ' \n' ' ' >words
	for word in always never eventually count seq requests final measure \
		answers wall_ms cpu_ms instructions machines violation \
		"What is trusted" "--allow-no-isolation" "each correct answer"; do
		grep -qF -- "$word" words || { echo "no $word"; false; }
	done
	# no mark of Markdown is left
	run ! grep -E '`|\*\*|\]\(' words
}

@test "the page of the lessons has every lesson and playlist" {
	need_mandoc
	write_pages
	plain zonewalk-lessons.7 | tr -s ' \n' ' ' >words
	for file in "$ZONEWALK_SOURCE"/scenarios/*.lua; do
		name=$(basename "$file" .lua)
		title=$(sed -n 's/.*title = "\([^"]*\)".*/\1/p' "$file" | head -1)
		grep -qF "$name $title," words || { echo "no $name"; false; }
	done
	grep -q "lecture50 50 minutes" words
}

@test "the same page is written again, and by any locale" {
	write_pages
	for page in "${pages[@]}"; do
		LC_ALL=C "$ZONEWALK" doc man "$page" | cmp - "$page"
	done
	# the section may be missing
	"$ZONEWALK" doc man zonewalk-run | cmp - zonewalk-run.1
}

@test "a page that does not exist is a usage error" {
	for page in run zonewalk-run.5 zonewalk-nosuch .1 zonewalk-lessons.5; do
		run -2 --separate-stderr "$ZONEWALK" doc man "$page"
		[ -z "$output" ]
		has "man: $page: no such page" "$stderr"
	done
	run -2 "$ZONEWALK" doc man zonewalk more
	has "too many arguments"
}

@test "man shows a page" {
	command -v man >/dev/null || skip "man is not installed"
	"$ZONEWALK" doc man zonewalk-grade >zonewalk-grade.1
	MANWIDTH=80 run -0 man -l zonewalk-grade.1
	has "grade submissions in isolated processes"
	has "EXIT STATUS"
}
