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

screen()
{
	tmux -S "$socket" capture-pane -p
}

# wait_for TEXT: waits until the screen shows it, at most ten seconds.
wait_for()
{
	local i

	for ((i = 0; i < 200; i++)); do
		[[ $(screen) == *"$1"* ]] && return
		sleep 0.05
	done
	printf 'the screen never showed: %s\n' "$1"
	screen
	return 1
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
