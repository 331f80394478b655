#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion: the scripts for bash, zsh and fish complete what the tables have.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	PATH=$(dirname "$ZONEWALK"):$PATH
	assignment=$ZONEWALK_SOURCE/scenarios/assignments/predict/assignment.lua
}

# Also after a failure, or Bats would wait for the shell.
teardown()
{
	tmux -L "zonewalk-$BATS_TEST_NUMBER-$$" kill-server 2>/dev/null || true
}

# bash_completes WORD...: what bash offers for the last word, a line each.
bash_completes()
{
	"$ZONEWALK" doc completion bash >script
	run -0 bash --norc -c '
		. ./script
		compopt() { :; } # the shell completes nothing now
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_zonewalk
		printf "%s\n" "${COMPREPLY[@]}"
	' - "$@"
}

@test "bash completes commands and the options of each" {
	bash_completes zonewalk ""
	for command in $("$ZONEWALK" doc names commands) help; do
		grep -qx "$command" <<<"$output"
	done
	for command in $("$ZONEWALK" doc names commands); do
		bash_completes zonewalk "$command" --
		offered=$(sort <<<"$output")
		run -0 "$ZONEWALK" help "$command"
		[ "$offered" = "$({
			sed -n 's/^  \(--[a-z-]*\).*/\1/p' <<<"$output"
			echo --help
		} | sort)" ]
	done
	bash_completes zonewalk --ascii ru
	[ "$output" = run ]
}

@test "bash completes names: lessons, masks, formats, limits, properties" {
	bash_completes zonewalk play 05
	[ "$output" = 05-watermarks ]
	bash_completes zonewalk --ascii run 05
	[ "$output" = 05-watermarks ]
	bash_completes zonewalk explain --gfp GFP_ATO
	[ "$output" = GFP_ATOMIC ]
	bash_completes zonewalk grade --format gr
	[ "$output" = gradescope ]
	bash_completes zonewalk grade --format = gr
	[ "$output" = gradescope ]
	bash_completes zonewalk export 1 --format ""
	[ "$output" = "$("$ZONEWALK" doc names export-formats)" ]
	bash_completes zonewalk run --limit ins
	[ "$output" = instructions= ]
	bash_completes zonewalk play --grade "$assignment" --property ""
	[ "$output" = P1$'\n'P2 ]
	bash_completes zonewalk play --grade = "$assignment" --property = P
	[ "$output" = P1$'\n'P2 ]
	bash_completes zonewalk doc gfp GFP_HIGHUSER_
	[ "$output" = GFP_HIGHUSER_MOVABLE ]
	bash_completes zonewalk doc man zonewalk-ru
	[ "$output" = zonewalk-run.1 ]
	bash_completes zonewalk doc completion ""
	[ "$output" = bash$'\n'zsh$'\n'fish ]
	bash_completes zonewalk help fra
	[ "$output" = frame ]
}

@test "bash completes files where files are read or written" {
	touch "a report.txt"
	bash_completes zonewalk explain "a re"
	[ "$output" = "a report.txt" ]
	bash_completes zonewalk import -o "a re"
	[ "$output" = "a report.txt" ]
	bash_completes zonewalk play "a re"
	[ "$output" = "a report.txt" ]
	bash_completes zonewalk play --seed "a re"
	[ -z "$output" ]
	bash_completes zonewalk lessons "a re"
	[ -z "$output" ]
}

shown()
{
	run -0 tmux -L "$shell" capture-pane -p
	[[ $output == *"$1"* ]]
}

# completed TEXT: the terminal $shell shows it soon.
completed()
{
	eventually shown "$1" || has "$1"
}

@test "an interactive bash completes a lesson" {
	command -v tmux >/dev/null || skip "tmux is not installed"
	"$ZONEWALK" doc completion bash >script
	shell=zonewalk-$BATS_TEST_NUMBER-$$
	tmux -L "$shell" -f /dev/null new -d -x 80 -y 24 \
		"PS1='$ ' bash --norc -i" 3>&-
	tmux -L "$shell" send-keys ". ./script" Enter
	tmux -L "$shell" send-keys "zonewalk play 05" Tab
	completed "zonewalk play 05-watermarks"
}

@test "fish completes the same" {
	command -v fish >/dev/null || skip "fish is not installed"
	"$ZONEWALK" doc completion fish >script
	fish_completes()
	{
		HOME=$BATS_TEST_TMPDIR run -0 fish --no-config -c \
			"source script; complete -C '$1'"
		output=$(cut -f1 <<<"$output")
	}
	fish_completes "zonewalk pl"
	[ "$output" = play ]
	fish_completes "zonewalk play 05"
	[ "$output" = 05-watermarks ]
	fish_completes "zonewalk explain --gfp GFP_ATO"
	[ "$output" = GFP_ATOMIC ]
	fish_completes "zonewalk grade --format gr"
	[ "$output" = gradescope ]
	fish_completes "zonewalk play --grade $assignment --property "
	[ "$output" = P1$'\n'P2 ]
	fish_completes "zonewalk export 1 --format sv"
	[ "$output" = svg ]
	fish_completes "zonewalk frame --vi"
	[ "$output" = --view ]
}

@test "zsh accepts the script" {
	command -v zsh >/dev/null || skip "zsh is not installed"
	"$ZONEWALK" doc completion zsh >_zonewalk
	run -0 zsh -n _zonewalk
	[ -z "$output" ]
}

@test "an interactive zsh completes lessons, formats and properties" {
	command -v zsh >/dev/null || skip "zsh is not installed"
	command -v tmux >/dev/null || skip "tmux is not installed"
	"$ZONEWALK" doc completion zsh >_zonewalk
	cat >.zshrc <<-END
		PATH=$PATH
		fpath=($BATS_TEST_TMPDIR \$fpath)
		autoload -Uz compinit
		compinit -u -d $BATS_TEST_TMPDIR/dump
		PS1='ready '
	END
	shell=zonewalk-$BATS_TEST_NUMBER-$$
	tmux -L "$shell" -f /dev/null new -d -x 150 -y 24 \
		"ZDOTDIR=$BATS_TEST_TMPDIR zsh -i" 3>&-
	zsh_completes()
	{
		tmux -L "$shell" send-keys C-u "$1" Tab
		completed "$2"
	}
	zsh_completes "" "ready"
	zsh_completes "zonewalk play 05" "play 05-watermarks"
	zsh_completes "zonewalk grade --format gr" "--format gradescope"
	zsh_completes "zonewalk export 1 --format sv" "--format svg"
	zsh_completes "zonewalk play --grade $assignment --property " \
		"--property P"
}

@test "a value that is completed is accepted" {
	run -0 "$ZONEWALK" doc names views
	for view in "${lines[@]}"; do
		run -0 "$ZONEWALK" frame 1 --step 1 --view "$view"
	done
	run -0 "$ZONEWALK" doc names limits
	for limit in "${lines[@]}"; do
		run -0 "$ZONEWALK" run -q 1 --limit "$limit=100000000"
	done
	run -0 "$ZONEWALK" doc names builds
	for build in "${lines[@]}"; do
		run -6 "$ZONEWALK" replay --build "$build" nosuch
	done
	run -0 "$ZONEWALK" doc names export-formats
	for format in "${lines[@]}"; do
		run -0 "$ZONEWALK" export 1 --format "$format" --step 1 -o out \
			--force
	done
	run -0 "$ZONEWALK" doc names gfp
	for mask in "${lines[@]}"; do
		run -0 "$ZONEWALK" doc gfp "$mask"
	done
	run -0 "$ZONEWALK" doc names events
	[ "$output" = "$(sed -n 's/^EVENT(\([a-z_]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/engine/events/events.def")" ]
}

@test "errors: no such shell, kind of names, or assignment" {
	run -2 "$ZONEWALK" doc completion csh
	has 'completion: "csh": no such shell (bash, zsh, fish)'
	run -2 "$ZONEWALK" doc completion
	run -2 "$ZONEWALK" doc names colours
	has "no such kind"
	run -6 "$ZONEWALK" doc names properties nosuch.lua
	has "nosuch.lua"
	run -2 "$ZONEWALK" doc events a b
	has "too many arguments"
}
