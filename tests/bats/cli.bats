#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# cli: common to all commands: help, version, usage errors, exit codes.

setup()
{
	load helper
	mkdir "$BATS_TEST_TMPDIR/lessons"
	cat >"$BATS_TEST_TMPDIR/lessons/02-second.lua" <<-'END'
		lesson { title = "Second", goal = "See that it sorts." }
	END
	cat >"$BATS_TEST_TMPDIR/lessons/01-first.lua" <<-'END'
		lesson { title = "First", goal = "See the first." }
	END
}

commands()
{
	sed -n 's/^COMMAND(\([a-z]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tui/commands/commands.def"
}

# "KIND NAME COMMAND...", a line for each option.
options()
{
	tr '\n' ' ' <"$ZONEWALK_SOURCE/tui/commands/options.def" |
		grep -o 'OPTION([A-Z]*, [a-z_]*, [^"]*"[^"]*",[^"]*' |
		sed 's/OPTION(\([A-Z]*\), \([a-z_]*\), [^"]*"[^"]*",/\1 \2 /
			s/OF_//g; s/[|,]/ /g; s/EARLY//'
}

# -- help ---------------------------------------------------------------------

@test "--version and -V print version, libraries and features" {
	run -0 --separate-stderr "$ZONEWALK" --version
	[ -z "$stderr" ]
	[[ ${lines[0]} =~ ^zonewalk\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	[[ ${lines[1]} =~ ^libraries:\ ncurses\ [0-9.]+,\ Lua\ 5\.4\.[0-9]+,\ cJSON\ [0-9.]+,\ (no\ )?libseccomp ]]
	[[ ${lines[2]} =~ ^isolation:\ (available|incomplete).*\(process\  ]]
	[ "${lines[3]}" = "characters: UTF-8" ]
	[[ ${lines[4]} =~ ^fast\ path\ cache:\ (on|off)$ ]]
	[ "${#lines[@]}" -eq 5 ]
	version=$output
	run -0 "$ZONEWALK" -V
	[ "$output" = "$version" ]
	LC_ALL=C run -0 "$ZONEWALK" -V
	has "characters: ASCII"
}

@test "an unknown option names the nearest one" {
	run -2 "$ZONEWALK" run --st a=1 1
	has "run: --st: no such option; did you mean --set?"
	run -2 "$ZONEWALK" run --ste=1 1
	has "--ste=1: no such option; did you mean --set?"
	run -2 "$ZONEWALK" run --s 1
	has "run: --s: which one: --snapshot, --seed, --set?"
	run -2 "$ZONEWALK" --versoin
	has "--versoin: no such option; did you mean --version?"
	run -2 "$ZONEWALK" --he
	has "did you mean --help?"
	run -2 "$ZONEWALK" --sed 3 run 1
	has "did you mean --seed?"
}

@test "--help, -h and help list every command on standard output" {
	run -0 --separate-stderr "$ZONEWALK" --help
	[ -z "$stderr" ]
	long=$output
	[ "$(commands | wc -l)" -ge 7 ]
	for command in $(commands); do
		grep -Eq "^  $command( |\$)" <<<"$long"
	done
	run -0 "$ZONEWALK" -h
	[ "$output" = "$long" ]
	run -0 "$ZONEWALK" help
	[ "$output" = "$long" ]
}

@test "help and options fit 80 columns" {
	run -0 "$ZONEWALK" --help
	[ "${#lines[@]}" -gt 10 ]
	for line in "${lines[@]}"; do
		[ "${#line}" -le 80 ]
	done
	for command in $(commands); do
		run -0 "$ZONEWALK" help "$command"
		for line in "${lines[@]}"; do
			[ "${#line}" -le 80 ] || { echo "$line"; false; }
		done
	done
}

@test "help COMMAND and COMMAND --help print the same" {
	for command in $(commands); do
		run -0 --separate-stderr "$ZONEWALK" help "$command"
		[ -z "$stderr" ]
		has "usage: zonewalk $command" "${lines[0]}"
		help=$output
		run -0 "$ZONEWALK" "$command" --help
		[ "$output" = "$help" ]
		run -0 "$ZONEWALK" "$command" -h
		[ "$output" = "$help" ]
	done
}

@test "a command's help has exactly the options of its table" {
	[ "$(options | wc -l)" -ge 25 ]
	for command in $(commands); do
		rows=$(options | awk -v command="$command" '{
				for (i = 3; i <= NF; i++)
					if ($i == command)
						print $2
			}' | tr _ - | sort)
		run -0 "$ZONEWALK" help "$command"
		help=$(sed -n 's/^  --\([a-z-]*\).*/\1/p' <<<"$output" | sort)
		echo "$command: $rows / $help"
		[ "$rows" = "$help" ]
	done
}

@test "a command reads each option of its table" {
	cd "$ZONEWALK_SOURCE/tui/commands"
	while read -r kind name of; do
		for command in $of; do
			# what would be the same without it
			case $command:$name in
			run:ascii | run:no_color | frame:no_color) continue ;;
			esac
			case $command in
			play) files="cmd_play*.c cmd_menu.c source.c" ;;
			frame) files="cmd_frame.c source.c" ;;
			export) files="cmd_export.c cmd_frame.c source.c" ;;
			import) files=cmd_explain.c ;;
			*) files=cmd_$command.c ;;
			esac
			# shellcheck disable=SC2086
			cat $files | grep -Eq "\<(o|options)(->|\.)$name\>" || {
				echo "$command does not read $kind $name"
				false
			}
		done
	done < <(options)
}

@test "help takes one command" {
	run -2 "$ZONEWALK" help run play
	run -2 "$ZONEWALK" help rnu
	has "rnu: no such command"
	run -0 "$ZONEWALK" help help
	has "usage: zonewalk"
}

# -- usage errors -------------------------------------------------------------

@test "without a command and a terminal: short help on stderr, exit 2" {
	run -2 --separate-stderr "$ZONEWALK" </dev/null
	[ -z "$output" ]
	has "usage: zonewalk" "$stderr"
	has "  replay " "$stderr"
}

@test "no command on a terminal lists the lessons" {
	command -v script >/dev/null || skip "script(1) is not installed"
	export ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/lessons
	TERM=xterm run -0 timeout 60 script -qec "$ZONEWALK" /dev/null <<<q
	has "First"
	# plain lines on a terminal that cannot move its cursor
	TERM=dumb run -0 timeout 60 script -qec "$ZONEWALK" /dev/null <<<q
	has "First"
	has "zonewalk play"
}

@test "an unknown command names the nearest one" {
	run -2 --separate-stderr "$ZONEWALK" reply
	[ -z "$output" ]
	has "reply: no such command; did you mean replay?" "$stderr"
	has "zonewalk help" "$stderr"
}

@test "an unknown command that resembles none gets no suggestion" {
	run -2 "$ZONEWALK" xyzzyxyzzy
	has "xyzzyxyzzy: no such command"
	has_not "did you mean"
	run -2 "$ZONEWALK" "$(printf 'p%.0s' {1..5000})"
	has_not "did you mean"
	run -2 "$ZONEWALK" ""
	has_not "did you mean"
}

@test "a file instead of a command suggests play" {
	run -2 "$ZONEWALK" scenarios/99-none.lua
	has "to open a file or a lesson: zonewalk play scenarios/99-none.lua"
	run -2 "$ZONEWALK" 7
	has "to open a file or a lesson: zonewalk play 7"
}

@test "the message names an unknown option before the command" {
	run -2 "$ZONEWALK" --colour run
	has "--colour: no such option"
	run -2 "$ZONEWALK" -
	has "-: no such option"
}

@test "every command names an unknown option" {
	for command in $(commands); do
		for option in --nosuch -x; do
			run -2 --separate-stderr "$ZONEWALK" "$command" $option
			[ -z "$output" ]
			[ "${stderr_lines[0]}" = \
				"zonewalk: $command: $option: no such option" ]
			has "zonewalk help $command" "${stderr_lines[1]}"
		done
	done
}

@test "the message names the unknown letter, or an unexpected value" {
	run -2 "$ZONEWALK" run -xq s.lua
	has "run: -x: no such option"
	run -2 "$ZONEWALK" run --seed=3 -qx s.lua
	has "run: -x: no such option"
	run -2 "$ZONEWALK" run --seed=3 -sq s.lua
	has "run: -s: no such option"
	run -2 "$ZONEWALK" run s.lua -é
	has "run: -é: no such option"
	run -2 "$ZONEWALK" run --quiet=3 s.lua
	has "run: --quiet=3: the option takes no value"
	run -2 "$ZONEWALK" replay --js=3 s.jsonl
	has "replay: --js=3: the option takes no value"
	run -2 "$ZONEWALK" replay --nosuch=3 s.jsonl
	has "replay: --nosuch=3: no such option"
}

@test "every option with a value reports a missing one" {
	local number=0
	while read -r command option; do
		run -2 "$ZONEWALK" "$command" "$option"
		has "$command: $option: the value is missing"
		number=$((number + 1))
	done < <(options | awk '$1 != "FLAG"' | while read -r _ name of; do
		for command in $of; do
			echo "$command --${name//_/-}"
		done
	done)
	[ "$number" -ge 15 ]
	run -2 "$ZONEWALK" grade -j
	has "grade: -j: the value is missing"
}

@test "an option before the command reports a missing value" {
	run -2 "$ZONEWALK" --seed
	has "--seed: the value is missing"
}

@test "options before the command are passed to it" {
	run -2 "$ZONEWALK" --ascii lessons
	has "lessons: --ascii: no such option"
	run -2 "$ZONEWALK" --seed 3 --json doc gfp
	has "doc: --seed: no such option"
	run -2 "$ZONEWALK" --seed=3 doc gfp
	has "doc: --seed=3: no such option"
	run -2 "$ZONEWALK" --quiet reply
	has "did you mean replay?"
	run -2 "$ZONEWALK" --quiet --json -q --no-color
	has "usage: zonewalk"
	run -2 "$ZONEWALK" --sheet x
	has "--sheet: no such option"
}

@test "the nearest option is named" {
	run -2 "$ZONEWALK" play --wtach s.lua
	has "play: --wtach: no such option; did you mean --watch?"
	run -2 "$ZONEWALK" run --jobs 3 s.lua
	has "run: --jobs: no such option"
	has_not "did you mean"
}

@test "an empty argument vector is a usage error" {
	command -v perl >/dev/null || skip "perl is not installed"
	run -2 perl -e 'exec { $ARGV[0] } ()' "$ZONEWALK"
	has_not "Segmentation"
}

# -- doc ------------------------------------------------------------------------

@test "doc lists the topics and prints each of them" {
	run -0 --separate-stderr "$ZONEWALK" doc
	[ -z "$stderr" ]
	topics=$(sed -n '/^Topics/,$s/^  \([a-z]*\) .*/\1/p' <<<"$output")
	[ "$(wc -w <<<"$topics")" -ge 5 ]
	for topic in $topics; do
		run -0 --separate-stderr "$ZONEWALK" doc "$topic"
		[ -z "$stderr" ]
		[ "${#lines[@]}" -gt 5 ]
	done
}

@test "doc events lists every event and every enumerator" {
	run -0 "$ZONEWALK" doc events
	names=$(sed -n 's/^EVENT(\([a-z_]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/engine/events/events.def")
	[ "$(wc -w <<<"$names")" -gt 40 ]
	for name in $names; do
		grep -q "^  $name " <<<"$output" || has "  $name "
	done
	words=$(sed -n 's/^	ENUMERATOR([A-Z_]*, \([a-z_]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/engine/events/enums.def")
	[ "$(wc -w <<<"$words")" -gt 40 ]
	for word in $words; do
		has " $word "
	done
}

@test "doc gfp lists the bits of Linux 5.10" {
	run -0 "$ZONEWALK" doc gfp
	grep -Eq '^  GFP_KERNEL +0xcc0 ' <<<"$output"
	grep -Eq '^  GFP_HIGHUSER_MOVABLE +0x100cca ' <<<"$output"
	grep -Eq '^  NOFRAGMENT +0x100 ' <<<"$output"
	grep -Eq '^  M  movable$' <<<"$output"
}

@test "doc gfp MASK explains a mask as kernels print it" {
	for mask in GFP_ATOMIC 0xa20 mode:0xa20 'gfp_mask=0xa20(GFP_ATOMIC)' \
		'mode:0x2080020(GFP_ATOMIC),' ' GFP_NOWAIT | GFP_ATOMIC '; do
		run -0 "$ZONEWALK" doc gfp "$mask"
		[ "${lines[0]}" = "GFP_ATOMIC" ]
		has "  number            0xa20 in Linux 5.10"
		has "  migratetype       unmovable"
		has "  fast path         WMARK_LOW|NOFRAGMENT|KSWAPD"
		has "  slow path         WMARK_MIN|HARDER|HIGH|KSWAPD"
		has "  may sleep         no"
		has "  __GFP_ATOMIC              0x200  "
		has_not "__GFP_IO"
		has_not "not in 5.10"
	done
	run -0 "$ZONEWALK" doc gfp '0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO|__GFP_COMP)'
	has "  highest_zoneidx   Movable on amd64, Movable on arm64, Movable on i386"
	has "  reclaim           wakes kswapd; direct reclaim with I/O and file systems"
	[ -z "$(awk 'length > 80' <<<"$output")" ]
}

@test "doc gfp MASK reads the masks of other releases" {
	run -0 "$ZONEWALK" doc gfp 'GFP_ATOMIC|__GFP_NOTRACK|0x8000100'
	[ "${lines[0]}" = "GFP_ATOMIC|__GFP_ZERO" ]
	has "  not in 5.10       __GFP_NOTRACK|0x8000000"
	run -2 "$ZONEWALK" doc gfp '0x2280020(GFP_ATOMIK)'
	has 'gfp "GFP_ATOMIK": no such flag; did you mean GFP_ATOMIC?'
	has_not "--kernel"
	run -0 "$ZONEWALK" doc gfp 0x2280020 --kernel 4.9.0-0.rc8
	[ "${lines[0]}" = "GFP_ATOMIC" ]
	has "  not in 5.10       __GFP_NOTRACK"
	run -0 "$ZONEWALK" doc --kernel 4.18 gfp 0x6280ca
	[ "${lines[0]}" = "GFP_HIGHUSER_MOVABLE|__GFP_ZERO" ]
	run -2 "$ZONEWALK" doc gfp 0x2280020
	has "bits 0x2000000 are unknown in Linux 5.10; --kernel names another release"
	run -2 "$ZONEWALK" doc gfp 0x4000020 --kernel 4.9
	has "bits 0x4000000 are unknown in Linux 4.9"
	has_not "--kernel names"
	run -2 "$ZONEWALK" doc gfp 0x20 --kernel 2.4.37
	has "only those of 2.6 to 6.18 are known"
}

@test "doc gfp rejects a wrong mask and a wrong release" {
	run -2 "$ZONEWALK" doc gfp GFP_KERNAL
	has 'doc: gfp "GFP_KERNAL": no such flag; did you mean GFP_KERNEL?'
	run -2 "$ZONEWALK" doc gfp '0xa20(GFP_ATOMIC'
	has "the closing parenthesis is missing"
	run -2 "$ZONEWALK" doc gfp '(GFP_ATOMIC), order=0'
	has 'gfp ", order=0": text after the mask; leave it out'
	for mask in '' '|' '()' 'mode:' ','; do
		run -2 "$ZONEWALK" doc gfp "$mask"
		has "zonewalk help doc"
	done
	for release in '' 5 x 5.x 0.1 5.10x -1.2; do
		run -2 "$ZONEWALK" doc gfp GFP_KERNEL --kernel="$release"
		has "--kernel: \"$release\": expected a release, as in 4.14"
	done
	run -2 "$ZONEWALK" doc events --kernel 5.10
	has "--kernel: only with a mask"
	run -0 "$ZONEWALK" doc gfp '__GFP_DMA|__GFP_HIGHMEM'
	has "  error             the gfp mask has more than one of"
	has_not "may sleep"
}

@test "doc actions and doc lua list every row of their tables" {
	run -0 "$ZONEWALK" doc actions
	names=$(sed -n 's/^ACTION(\([a-z_]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tui/terminal/actions.def")
	[ -n "$names" ]
	for name in $names; do
		has "  $name "
	done
	run -0 "$ZONEWALK" doc lua
	for text in 'machine{' 'm:alloc{' say expect 'lesson{' block:free; do
		has "  $text"
	done
	for topic in events gfp actions errors lua; do
		run -0 "$ZONEWALK" doc "$topic"
		[ -z "$(awk 'length > 80' <<<"$output")" ]
	done
}

@test "doc errors lists all exit codes" {
	run -0 "$ZONEWALK" doc errors
	codes=$(sed -n 's/^EXIT_CODE([A-Z_]*, \([0-9]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tui/reference/exit_codes.def")
	[ "$(wc -w <<<"$codes")" -eq 8 ]
	for code in $codes; do
		grep -Eq "^ +$code  [a-z]" <<<"$output"
	done
	has "double_free"
}

@test "doc rejects an unknown topic and a second one" {
	run -2 "$ZONEWALK" doc event
	has "doc: event: no such topic; did you mean events?"
	run -2 "$ZONEWALK" doc xyzzyxyzzy
	has "zonewalk doc lists the topics"
	run -2 "$ZONEWALK" doc events gfp
	has 'doc: too many arguments: "gfp"'
	run -2 "$ZONEWALK" doc --yes
	has "--yes: no such option"
}

# -- lessons ----------------------------------------------------------------------

@test "lessons lists titles and goals in the order of the file names" {
	export ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/lessons
	run -0 --separate-stderr "$ZONEWALK" lessons
	[ -z "$stderr" ]
	has "See that it sorts."
	[[ $output == *01-first*First*02-second*Second* ]]
	has "zonewalk play 01 "
}

@test "lessons prints commands that work in the current folder" {
	cd "$BATS_TEST_TMPDIR"
	export ZONEWALK_SCENARIOS=$PWD/lessons
	run -0 "$ZONEWALK" lessons
	has "Lessons in lessons:"
	has "zonewalk run 01 "
	run -0 "$ZONEWALK" run 01
	[ "${lines[0]}" = "First" ]
	# a lesson whose name has no number
	mkdir other
	echo 'lesson { title = "Other" }' >other/alone.lua
	ZONEWALK_SCENARIOS=$PWD/other run -0 "$ZONEWALK" lessons
	has "zonewalk run alone "
}

@test "lessons runs each lesson only as far as lesson{}" {
	export ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/lessons
	printf '%s\n' 'lesson { title = "Long", goal = "Wait.", minutes = 3 }' \
		'while true do end' >"$ZONEWALK_SCENARIOS/03-long.lua"
	run -0 --separate-stderr timeout 60 "$ZONEWALK" lessons
	[ -z "$stderr" ]
	has "Long (3 minutes)"
}

# -- a lesson instead of a file ---------------------------------------------------

@test "play, run and frame take a lesson by number, name or title" {
	cd "$BATS_TEST_TMPDIR"
	run -0 "$ZONEWALK" run 7
	log=$output
	[ "${lines[0]}" = "Lowmem reserve" ]
	for name in 07 007 07-lowmem-reserve 07-lowmem-reserve.lua \
		lowmem-reserve LOWMEM 'lowmem res' 7-low; do
		run -0 --separate-stderr "$ZONEWALK" run "$name"
		[ "$output" = "$log" ]
		[ -z "$stderr" ]
	done
	# by the title: the name has no such words
	run -0 "$ZONEWALK" run "alloc_nofragment"
	[ "${lines[0]}" = "ALLOC_NOFRAGMENT" ]
	run -0 "$ZONEWALK" run dirty-pages
	[ "${lines[0]}" = "Cpusets and dirty pages" ]
	run -0 "$ZONEWALK" frame 2 --step 3
	has "02 A split "
	run -0 "$ZONEWALK" frame 2 --set order=1 --seed 7
	has "02 A split, order=1, seed 7 "
	run -0 "$ZONEWALK" play --plain 2 </dev/null
	has "02 A split"
	# the whole name comes before a part of another one
	cp "$ZONEWALK_SOURCE/scenarios/02-split.lua" lessons/03-split-again.lua
	cp "$ZONEWALK_SOURCE/scenarios/03-merge.lua" lessons/04-split.lua
	ZONEWALK_SCENARIOS=lessons run -0 "$ZONEWALK" run split
	[ "${lines[0]}" = "Merging" ]
}

@test "a file comes before a lesson, a folder does not" {
	cd "$BATS_TEST_TMPDIR"
	echo 'say "mine"' >7
	run -0 "$ZONEWALK" run 7
	[ "$output" = "| mine" ]
	mkdir 02
	run -0 "$ZONEWALK" run 02
	[ "${lines[0]}" = "A split" ]
	echo 'say "stdin"' >s.lua
	run -0 "$ZONEWALK" run - <s.lua
	[ "$output" = "| stdin" ]
}

@test "an unknown lesson and an ambiguous one are errors" {
	cd "$BATS_TEST_TMPDIR"
	for name in 99 0 nonesuch; do
		for command in run frame "play --plain"; do
			# shellcheck disable=SC2086
			run -6 --separate-stderr "$ZONEWALK" $command "$name"
			[ -z "$output" ]
			has "${command%% *}: $name: no such file or lesson" \
				"$stderr"
			has "zonewalk lessons" "$stderr"
		done
	done
	run -6 "$ZONEWALK" run lowmen-reserve
	has "lowmen-reserve: no such file or lesson; did you mean lowmem-reserve?"
	run -2 --separate-stderr "$ZONEWALK" run reserve
	[ -z "$output" ]
	has "reserve: several lessons have this name: 07-lowmem-reserve, 11-reserves; write the number" "$stderr"
	# what looks like a file is called one
	for file in none.lua dir/none ./7; do
		run -6 --separate-stderr "$ZONEWALK" run "$file"
		has "zonewalk: $file: cannot be read: No such file" "$stderr"
	done
	run -6 "$ZONEWALK" run ""
	# a submission is a file
	run -1 "$ZONEWALK" play --plain 7 --grade \
		"$ZONEWALK_SOURCE/scenarios/assignments/reserve/assignment.lua"
	has "7: "
	# a lesson that cannot be read does not hide the others
	echo 'lesson {' >lessons/03-broken.lua
	ZONEWALK_SCENARIOS=lessons run -0 "$ZONEWALK" run second
	ZONEWALK_SCENARIOS=lessons run -3 "$ZONEWALK" run 3
	has "03-broken.lua:"
	ZONEWALK_SCENARIOS=none run -6 "$ZONEWALK" run 3
	has "none: No such file or directory"
}

@test "lessons lists all lessons of the source folder with their titles" {
	run -0 --separate-stderr "$ZONEWALK" lessons
	[ -z "$stderr" ]
	for file in "$ZONEWALK_SOURCE"/scenarios/*.lua; do
		has "  $(basename "$file" .lua) "
	done
	has_not "(no title)"
}

@test "lessons names a broken lesson and lists the others" {
	export ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/lessons
	echo 'lesson { title = }' >"$ZONEWALK_SCENARIOS/03-broken.lua"
	run -3 --separate-stderr "$ZONEWALK" lessons
	has "First"
	has "03-broken.lua:1:" "$stderr"
}

@test "lessons rejects a missing folder, an empty one and an argument" {
	ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/none run -6 "$ZONEWALK" lessons
	has "none: No such file or directory"
	mkdir "$BATS_TEST_TMPDIR/empty"
	ZONEWALK_SCENARIOS=$BATS_TEST_TMPDIR/empty run -6 "$ZONEWALK" lessons
	has "no lesson"
	run -2 "$ZONEWALK" lessons 01
	has 'lessons: too many arguments: "01"'
}

# -- output -------------------------------------------------------------------------

@test "a reader that closes the pipe early: no message, exit 6" {
	run -0 bash -c 'set -o pipefail
		"$ZONEWALK" doc events 2>"$1" | true
		echo "${PIPESTATUS[0]}"' - "$BATS_TEST_TMPDIR/errors"
	# the pipe may have taken all of it before
	[ "$output" = 6 ] || [ "$output" = 0 ]
	[ ! -s "$BATS_TEST_TMPDIR/errors" ]
}

@test "a closed pipe: no message, exit 6" {
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	exec 8<>"$BATS_TEST_TMPDIR/pipe" 9>"$BATS_TEST_TMPDIR/pipe" 8<&-
	run -6 --separate-stderr bash -c '"$ZONEWALK" doc events >&9'
	[ -z "$stderr" ]
}

@test "a full disk is reported, exit 6" {
	[ -w /dev/full ] || skip "/dev/full is not there"
	for line in "--help" "--version" "doc events" "help run"; do
		# shellcheck disable=SC2086
		run -6 bash -c '"$ZONEWALK" "$@" >/dev/full' - $line
		has "standard output: No space left on device"
		[ "${#lines[@]}" -eq 1 ]
	done
}

@test "the help is the same in every locale" {
	LC_ALL=C run -0 "$ZONEWALK" doc gfp
	plain=$output
	LC_ALL=C.UTF-8 run -0 "$ZONEWALK" doc gfp
	[ "$output" = "$plain" ]
}

@test "a lesson is no recording, snapshot or assignment, and the message says so" {
	run -2 "$ZONEWALK" replay 7
	has "replay: 7 is a lesson, not a recording: zonewalk play 7"
	run -2 "$ZONEWALK" diff lowmem 7
	has "lowmem is a lesson, not a snapshot or a trace: zonewalk play lowmem"
	run -2 "$ZONEWALK" grade 7 x.lua
	has "7 is a lesson, not an assignment: zonewalk play 7"
	run -6 "$ZONEWALK" replay nothing.jsonl
}
