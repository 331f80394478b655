#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# terminals: two independent terminals, tmux and the model in tests/term, show
# the same for the program's output: what `zonewalk frame` prints.

setup_file()
{
	export MODEL="$BATS_FILE_TMPDIR/model"
	mkdir "$MODEL"
	cp "$BATS_TEST_DIRNAME"/../../term/{package.json,model.js} "$MODEL"
	if command -v npm >/dev/null && command -v node >/dev/null; then
		(cd "$MODEL" && timeout 120 npm install --no-audit --no-fund \
			--no-package-lock --ignore-scripts) \
			>"$MODEL/npm.log" 2>&1 || true
	fi
}

setup()
{
	load ../helper
	load ../terminal
	command -v node >/dev/null && command -v npm >/dev/null ||
		skip "nodejs and npm are not installed"
	[ -e "$MODEL/node_modules/@xterm/headless" ] ||
		skip "npm could not fetch @xterm/headless: $(tail -1 "$MODEL/npm.log")"
	terminal_setup
	# play without questions shows what frame shows
	without_question "$BATS_TEST_TMPDIR/story.lua"
	raw="$BATS_TEST_TMPDIR/raw"
	parts=()
}

teardown()
{
	terminal_teardown
}

# begin WIDTH HEIGHT: a terminal whose output is recorded in $raw.
begin()
{
	tmux -S "$socket" -f /dev/null new-session -d -x "$1" -y "$2" cat
	tmux -S "$socket" pipe-pane -O "cat >>'$raw'"
	size="$1x$2"
	tmux -S "$socket" respawn-pane -k \
		"env LC_ALL=C.UTF-8 PS1='ready ' bash --norc --noprofile"
	wait_for ready
	type_line "export ZONEWALK='$ZONEWALK' story='$story'"
}

# resize WIDTH HEIGHT: keeps the output for the old size as a part.
resize()
{
	agree
	cp "$raw" "$raw.${#parts[@]}"
	parts+=("$size" "$raw.${#parts[@]}")
	: >"$raw"
	size="$1x$2"
	tmux -S "$socket" resize-window -x "$1" -y "$2"
}

model()
{
	node "$MODEL/model.js" "$@"
}

# as_seen: the model has the characters and the cursor that tmux shows.
as_seen()
{
	{
		screen | sed 's/ *$//'
		tmux -S "$socket" display -p 'cursor #{cursor_x} #{cursor_y}'
	} >"$BATS_TEST_TMPDIR/seen"
	model "${parts[@]}" "$size" "$raw" >"$BATS_TEST_TMPDIR/model"
	diff -u "$BATS_TEST_TMPDIR/seen" "$BATS_TEST_TMPDIR/model" \
		>"$BATS_TEST_TMPDIR/differences"
}

# agree: both have the same characters, cursor and attributes, as soon as all
# output is in $raw.
agree()
{
	eventually as_seen || cat "$BATS_TEST_TMPDIR/differences"
	[ ! -s "$BATS_TEST_TMPDIR/differences" ]
	# the colours of tmux, read by the model
	screen -e | sed 's/$/\r/' |
		head -c -2 >"$BATS_TEST_TMPDIR/colors"
	diff <(model --looks "$size" "$BATS_TEST_TMPDIR/colors" | grep -v ^cursor) \
		<(model --looks "${parts[@]}" "$size" "$raw" | grep -v ^cursor)
}

# is_frame STEP [OPTION...]: the screen equals the output of frame.
is_frame()
{
	local step=$1
	shift
	diff <("$ZONEWALK" frame "$story" --step "$step" --size "$size" "$@") \
		<(head -n -1 "$BATS_TEST_TMPDIR/model")
}

for_terminal()
{
	begin 80 24
	type_line "export TERM=$1; stty -ixon"
	play "'$story' $2"
	agree
	is_frame 0
	keys Right Right ']'
	wait_for "request 2/"
	agree
	is_frame "$(step)"
	keys End
	wait_for "SLOW PATH"
	agree
	is_frame "$(step)"
	keys '?'
	wait_for "─ help ─"
	agree
	keys q
	keys -l ':alloc order=1 gfp=GFP_K'
	wait_for ":alloc order=1 gfp=GFP_K"
	agree
	keys Escape g
	wait_step 0
	resize 120 40
	wait_for "z enlarge"
	agree
	is_frame 0
	keys -l 41G
	wait_step 41
	agree
	resize 40 10
	wait_step 41
	agree
	is_frame 41
	resize 20 5
	wait_for "needs 40x10"
	agree
}

@test "xterm-256color" {
	for_terminal xterm-256color ""
}

@test "tmux-256color" {
	for_terminal tmux-256color ""
}

@test "screen" {
	for_terminal screen ""
}

@test "xterm without colours" {
	for_terminal xterm --no-color
}

@test "vt100, and no UTF-8" {
	begin 80 24
	type_line "export TERM=vt100 LC_ALL=C"
	type_line "clear; \"\$ZONEWALK\" play --reduced-motion --no-questions '$story' --step 5"
	wait_for "has no UTF-8"
	agree
	keys Right
	wait_step 6
	agree
	is_frame 6 --ascii
	keys Left
	wait_step 5
	agree
	is_frame 5 --ascii
}

@test "the whole session, forwards and back" {
	begin 100 30
	play "'$story'"
	for _ in 1 2 3 4 5 6 7 8; do
		keys Right Right Right Right ']' Right
		agree
		is_frame "$(step)"
	done
	for _ in 1 2 3 4; do
		keys Left Left '[' Left
		agree
		is_frame "$(step)"
	done
}
