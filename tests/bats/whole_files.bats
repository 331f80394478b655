#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# whole_files: a file is written completely or not at all, whichever call fails
# and whenever the program is killed.

setup()
{
	load helper
	load ../faults/faults
	cd "$BATS_TEST_TMPDIR"
	cat >tiny.lua <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		m:alloc { order = 2, gfp = "GFP_KERNEL" }
	END
	run=("$ZONEWALK" run -q tiny.lua --snapshot s.json --trace t.jsonl)
	"${run[@]}"
	mv s.json new.json
	mv t.jsonl new.jsonl
	echo "an old snapshot" >old.json
	echo "an old trace" >old.jsonl
}

# put_back: restores the old files; there are none if $old is "none".
put_back()
{
	rm -f s.json t.jsonl .zonewalk-*
	[ "${old-}" = none ] && return
	cp old.json s.json
	cp old.jsonl t.jsonl
}

# left_whole: the check for `every` after a failed call.
left_whole()
{
	local before=old
	[ "${old-}" != none ] || before=none
	told && whole s.json $before.json new.json &&
		whole t.jsonl $before.jsonl new.jsonl && nothing_left &&
		put_back
}

# killed_whole: the check after a kill, which may leave a temporary file.
killed_whole()
{
	local before=old
	[ "${old-}" != none ] || before=none
	[ "$code" -eq 137 ] || { echo "not killed: $code"; return 1; }
	whole s.json $before.json new.json &&
		whole t.jsonl $before.jsonl new.jsonl && put_back
}

# -- a call that fails ----------------------------------------------------------

@test "each writing call fails once: old or new file, exit 6, nothing left" {
	faults_begin
	for old in none there; do
		put_back
		for call in mkstemp write fchmod fsync close rename; do
			every $call 1 1 left_whole "${run[@]}"
			[ "$number" -ge 2 ] || { echo "$call: $number"; false; }
		done
	done
}

@test "the message names a full disk and an I/O error" {
	need_mounts
	faults_begin
	put_back
	FAULT_ERRNO=28 fault write 1 "${run[@]}"
	[ "$code" -eq 6 ]
	grep -q "s.json: cannot be written: No space left on device" err
	FAULT_ERRNO=5 fault fsync 2 "${run[@]}"
	[ "$code" -eq 6 ]
	grep -q "t.jsonl: cannot be written: Input/output error" err
	cmp t.jsonl old.jsonl
}

@test "renaming fails: exit 6, and the old file remains" {
	faults_begin
	put_back
	FAULT_ERRNO=28 fault rename 1 "${run[@]}"
	[ "$code" -eq 6 ]
	nothing_left
	cmp s.json old.json
}

# -- kill -9 --------------------------------------------------------------------

@test "killed before and after each writing call: old or new file" {
	! sanitized || skip "sanitizers report nothing about a killed process"
	faults_begin
	for old in none there; do
		put_back
		for FAULT_KILL in before after; do
			export FAULT_KILL
			for call in mkstemp write fchmod fsync close rename
			do
				every $call 1 1 killed_whole "${run[@]}"
				[ "$number" -ge 2 ]
			done
		done
	done
}

@test "killed at any system call: old or new file" {
	! sanitized || skip "sanitizers report nothing about a killed process"
	command -v strace >/dev/null || skip "strace is not installed"
	strace -qq -o /dev/null true || skip "strace is not permitted"
	put_back
	strace -qq -o calls "${run[@]}"
	last=$(wc -l <calls)
	[ "$last" -gt 30 ]
	cmp s.json new.json
	for ((nth = 1; nth <= last; nth++)); do
		put_back
		strace -qq -o /dev/null \
			-e inject=all:signal=KILL:when=$nth "${run[@]}" \
			>/dev/null 2>&1 || true
		whole s.json old.json new.json
		whole t.jsonl old.jsonl new.jsonl
	done
}

# -- real disks and pipes -------------------------------------------------------

# need_mounts: skips without the right to mount. (Not for `run`.)
need_mounts()
{
	[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null ||
		skip "mounting needs root, and a file system of its own"
}

# mounted OPTIONS COMMAND...: runs it with a tmpfs mounted on the folder disk.
mounted()
{
	local options=$1
	shift
	mkdir -p disk
	unshare -m sh -c 'mount -t tmpfs -o "$0" tmpfs disk && exec "$@"' \
		"$options" "$@"
}

@test "a full disk: exit 6, a message, the old file, no temporary file" {
	need_mounts
	run -0 mounted size=16k bash -c '
		cd disk && echo old >s.json
		cp ../tiny.lua . # a page; the snapshot needs more than is left
		head -c 8192 /dev/zero >rest
		"$ZONEWALK" run -q tiny.lua --snapshot s.json 2>../err
		echo "code $?"
		cat ../err s.json
		ls -A'
	has "code 6"
	has "s.json: cannot be written: No space left on device"
	has $'\nold\n'
	has_not ".zonewalk-"
}

@test "a read-only folder: exit 6, and a message" {
	need_mounts
	run -0 mounted ro bash -c '
		"$ZONEWALK" run -q tiny.lua --snapshot disk/s.json
		echo "code $?"'
	has "code 6"
	has "disk/s.json: cannot be written: Read-only file system"
	if [ "$(id -u)" -ne 0 ]; then
		mkdir shut
		chmod 555 shut
		run -6 "$ZONEWALK" run -q tiny.lua --snapshot shut/s.json
	fi
	run -6 "$ZONEWALK" run -q tiny.lua --snapshot none/s.json
	has "none/s.json: cannot be written: No such file or directory"
	run -6 "$ZONEWALK" run -q tiny.lua --snapshot disk
	has "disk: cannot be written: Is a directory"
}

@test "devices and pipes are written to, not replaced" {
	run -6 "$ZONEWALK" run -q tiny.lua --snapshot /dev/full
	has "/dev/full: cannot be written: No space left on device"
	[ -c /dev/full ]
	run -0 "$ZONEWALK" run -q tiny.lua --snapshot /dev/null
	[ -c /dev/null ]
	mkfifo pipe
	cat pipe >through &
	run -0 "$ZONEWALK" run -q tiny.lua --snapshot pipe
	wait
	[ -p pipe ]
	cmp through new.json
	run -6 bash -c '"$ZONEWALK" run -q tiny.lua --snapshot - >/dev/full'
	has "standard output"
	run bash -c '"$ZONEWALK" run -q tiny.lua --trace - | true
		exit "${PIPESTATUS[0]}"'
	[[ $status == [06] ]]
}

@test "a closed pipe: exit 6" {
	mkfifo pipe
	exec 8<>pipe 9>pipe 8<&-
	run -6 bash -c '"$ZONEWALK" run -q tiny.lua --trace - >&9'
}

@test "permissions are kept and links followed" {
	cp old.json real.json
	chmod 640 real.json
	ln -s real.json s.json
	run -0 "$ZONEWALK" run -q tiny.lua --snapshot s.json
	[ -L s.json ]
	cmp real.json new.json
	[ "$(stat -c %a real.json)" = 640 ]
	rm s.json
	(umask 027 && "$ZONEWALK" run -q tiny.lua --snapshot s.json)
	[ "$(stat -c %a s.json)" = 640 ]
}

# -- a sample of failing allocations; all of them: long/faults.bats -------------

@test "an allocation fails in run: a message, and no partial file" {
	faults_begin
	put_back
	every alloc 1 3 left_whole "${run[@]}"
	every mmap 1 1 left_whole "${run[@]}"
	[ "$number" -ge 1 ]
}

@test "an allocation fails in diff and replay: a message" {
	faults_begin
	every alloc 1 97 told "$ZONEWALK" diff new.json new.json
	[ "$number" -ge 10 ]
	every alloc 1 97 told "$ZONEWALK" diff new.jsonl new.jsonl
	sed -n '1,5p;$p' "$ZONEWALK_SOURCE/tests/data/duo-dirty.jsonl" >r.jsonl
	every alloc 1 997 told "$ZONEWALK" replay r.jsonl
	[ "$number" -ge 10 ]
}
