# SPDX-License-Identifier: GPL-2.0-or-later
#
# terminal: a program in a terminal, tmux. In setup, after `load helper`:
#
#   load terminal; terminal_setup
#
# and `terminal_teardown` in teardown.

terminal_setup()
{
	command -v tmux >/dev/null || skip "tmux is not installed"
	story="$ZONEWALK_SOURCE/tests/golden/story.lua"
	socket="$BATS_TEST_TMPDIR/tmux"
	export TMUX=
}

# without_question FILE: the story as FILE, without its question, which play,
# frame and run treat in different ways.
without_question()
{
	sed '/^ask {$/,/^}$/{/a = m:alloc/!d}' "$story" >"$1"
	story=$1
}

terminal_teardown()
{
	if [ -n "$socket" ] && [ -e "$socket" ]; then
		tmux -S "$socket" kill-server || true
	fi
}

# in_terminal WIDTH HEIGHT: starts a shell in a terminal of that size.
in_terminal()
{
	local state="$BATS_TEST_TMPDIR/state"

	# it is not the first start, which shows a guide
	mkdir -p "$state/zonewalk"
	: >>"$state/zonewalk/lessons-done"
	tmux -S "$socket" -f /dev/null new-session -d -x "$1" -y "$2" \
		"env LC_ALL=C.UTF-8 XDG_STATE_HOME='$state' PS1='ready ' bash --norc --noprofile"
	wait_for ready
	type_line "export ZONEWALK='$ZONEWALK' story='$story'"
}

keys()
{
	tmux -S "$socket" send-keys "$@"
}

type_line()
{
	keys -l "$1"
	keys Enter
}

# sleeps: sets $sleep to the id of the program in the foreground and the number
# of times that it has gone to sleep. Fails if it is awake.
sleeps()
{
	local line id

	sleep=
	# state, parent, group, session, terminal, its foreground group
	line=$(<"/proc/$shell/stat")
	read -r _ _ _ _ _ id _ <<<"${line##*) }"
	while read -r line; do
		case $line in
		State:*S\ *) sleep=$id ;;
		voluntary_ctxt_switches:*) sleep+=${sleep:+ ${line#*:}} ;;
		esac
	done 2>/dev/null <"/proc/$id/status"
	[ -n "$sleep" ]
}

# slept: sets $captured to a screen, during all of which the program slept.
slept()
{
	local shell sleep before

	# this also lets tmux pass on the keys that it has
	shell=$(tmux -S "$socket" display -p '#{pane_pid}')
	sleeps || return
	before=$sleep
	captured=$(tmux -S "$socket" capture-pane -p "$@" && echo .)
	captured=${captured%.}
	sleeps && [ "$sleep" = "$before" ]
}

# screen [OPTION...]: prints the screen when the program has done what the keys
# before asked for, and has drawn all of it. The options go to tmux. Not for a
# time of which the program waits for something else than a key: after an Esc,
# or while it plays or runs a file, use wait_for.
screen()
{
	local captured

	eventually slept "$@" || echo "the program never sleeps"
	printf %s "$captured"
}

shown()
{
	[[ $(tmux -S "$socket" capture-pane -p) == *"$1"* ]]
}

# wait_for TEXT: waits until the screen shows it.
wait_for()
{
	eventually shown "$1" && return
	printf 'the screen never showed: %s\n' "$1"
	tmux -S "$socket" capture-pane -p
	return 1
}

gone()
{
	has_not "$1" "$(screen)" >/dev/null
}

# wait_gone TEXT: waits until the screen does not show it.
wait_gone()
{
	eventually gone "$1" || has_not "$1" "$(screen)"
}

# player: prints the process id of the program, a child of the shell.
player()
{
	pgrep -P "$(tmux -S "$socket" display -p '#{pane_pid}')"
}

# play ARGUMENT...: starts `zonewalk play` without questions.
play()
{
	play_asking "$* --no-questions"
	wait_for "step "
}

# play_asking ARGUMENT...: the same with questions, the first of which may be
# asked before any step.
play_asking()
{
	type_line "clear; \"\$ZONEWALK\" play --reduced-motion $*"
	wait_for "? help"
}

# step: prints the number of the current step.
step()
{
	screen | sed -n 's/.*step \([0-9]*\)\/.*/\1/p' | head -1
}

# wait_step N: waits for step N.
wait_step()
{
	wait_for "step $1/"
}

# command_line TEXT: types a command after a colon.
command_line()
{
	keys -l ":$1"
	keys Enter
}
