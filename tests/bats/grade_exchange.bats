#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_exchange: a student who can write to the class folder exchanges the
# submission for something else, before or during grading. Nothing but a
# regular file that is reached without a link is read, and the hash in the
# report is that of the text that ran.

setup_file()
{
	load helper
	cd "$BATS_FILE_TMPDIR"
	mkdir class teacher
	cp "$ZONEWALK_SOURCE/tests/grade/assignment.lua" .
	cp "$ZONEWALK_SOURCE/tests/grade/honest.lua" teacher/model.lua
	mkdir teacher/alice
	cp teacher/model.lua teacher/alice/submission.lua
	cp teacher/model.lua teacher/alice/alice.lua
	echo 'machine { nodes = { { memory = "64M" } } }' >wrong.lua
	run "$ZONEWALK" grade assignment.lua teacher/model.lua
	[ "$status" -ne 5 ] || skip "isolation is not available"
	[ "$status" -eq 0 ]
}

setup()
{
	load helper
	cd "$BATS_FILE_TMPDIR"
	rm -rf class
	mkdir class
	hash_of_wrong=$(sha256sum wrong.lua | cut -d ' ' -f 1)
}

teardown()
{
	[ -z "${exchanger:-}" ] || kill "$exchanger"
}

# refused PATH TEXT: PATH is not read, and the report says TEXT.
refused()
{
	run -1 timeout 60 "$ZONEWALK" grade assignment.lua "$1"
	has "0 of 9  file"
	has "$2"
}

@test "a link, of any kind and at any place, is not followed" {
	model=$PWD/teacher/model.lua
	ln -s ../teacher/model.lua class/relative.lua
	ln -s "$model" class/absolute.lua
	ln -s absolute.lua class/twice.lua
	ln -s loop.lua class/loop.lua
	ln -s missing.lua class/dangling.lua
	ln -s /dev/zero class/device.lua
	ln -s /proc/self/fd/0 class/descriptor.lua
	ln -s "/proc/$$/root$model" class/root.lua
	for name in relative absolute twice loop dangling device descriptor root; do
		refused class/$name.lua "not a symbolic link" <teacher/model.lua
	done
	ln -s ../teacher/alice class/alice
	refused class/alice "not a symbolic link"
	refused class/alice/ "not a symbolic link"
	refused class/alice/submission.lua "not a symbolic link"
	mkdir class/bob
	ln -s ../../teacher/model.lua class/bob/submission.lua
	refused class/bob "not a symbolic link"
	refused class/bob/submission.lua "not a symbolic link"
	mkdir class/carol
	ln -s ../../teacher/alice class/carol/carol
	refused class/carol "one Lua file is expected"
}

@test "a hard link, a pipe, a socket, a folder are not read" {
	ln teacher/model.lua class/hard.lua
	refused class/hard.lua "not a hard link"
	rm class/hard.lua
	mkfifo class/pipe.lua
	refused class/pipe.lua "not a pipe or a device"
	cat teacher/model.lua >class/pipe.lua 3>&- &
	refused class/pipe.lua "not a pipe or a device"
	kill $! 2>/dev/null || :
	mkdir class/folder.lua
	refused class/folder.lua "one Lua file is expected"
	perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(
		Local => "class/socket.lua", Listen => 1) or die'
	refused class/socket.lua "not a pipe or a device"
	refused /proc/self/fd/0 "not a symbolic link" <teacher/model.lua
	refused /dev/fd/0 "not a symbolic link" <teacher/model.lua
}

@test "the class folder itself may be reached through a link" {
	cp teacher/model.lua class/alice.lua
	mkdir class/bob
	cp teacher/model.lua class/bob/submission.lua
	ln -s class linked
	run -0 "$ZONEWALK" grade assignment.lua linked/alice.lua linked/bob
	has "2 of 2 passed"
}

# exchange_while_grading PATH NR COMMANDS: grades PATH NR times while the
# COMMANDS run in a loop; it never passes, and the hash is that of wrong.lua.
exchange_while_grading()
{
	bash -c "while :; do $3
		done" 2>/dev/null 3>&- &
	exchanger=$!
	for _ in $(seq "$2"); do # `run` changes i
		run -1 "$ZONEWALK" grade assignment.lua "$1" --json
		has_not '"outcome":"passed"'
		grep -q '"outcome":"file"' <<<"$output" && continue
		grep -Eq '"outcome":"(failed|violation|wrong)"' <<<"$output"
		grep -q "\"$hash_of_wrong\"" <<<"$output"
	done
	kill "$exchanger"
	exchanger=
}

@test "a link renamed into place during grading is never followed" {
	cp wrong.lua class/alice.lua
	exchange_while_grading class/alice.lua 60 '
		ln -s ../teacher/model.lua class/link
		mv class/link class/alice.lua
		cp wrong.lua class/file
		mv class/file class/alice.lua'
}

@test "a hard link renamed into place during grading is never read" {
	cp wrong.lua class/alice.lua
	exchange_while_grading class/alice.lua 60 '
		ln teacher/model.lua class/link
		mv class/link class/alice.lua
		cp wrong.lua class/file
		mv -f class/file class/alice.lua'
}

@test "a folder that becomes a link during grading is never entered" {
	mkdir class/alice
	cp wrong.lua class/alice/submission.lua
	exchange_while_grading class/alice/submission.lua 60 '
		mv class/alice class/real
		ln -s ../teacher/alice class/alice
		rm class/alice
		mv class/real class/alice'
	exchange_while_grading class/alice 60 '
		mv class/alice class/real
		ln -s ../teacher/alice class/alice
		rm class/alice
		mv class/real class/alice'
}

@test "a file that grows is read once" {
	cp wrong.lua class/alice.lua
	bash -c "while sleep 0.001; do
			echo '--'
		done >>class/alice.lua" 3>&- &
	exchanger=$!
	for _ in {1..20}; do
		run -1 timeout 60 "$ZONEWALK" grade assignment.lua class/alice.lua --json
		has_not '"outcome":"passed"'
		hash=$(sed 's/.*"scenario_hash":"\([0-9a-f]*\)".*/\1/' <<<"$output")
		# that of a beginning of the file, as it is now
		perl -MDigest::SHA -ne 'BEGIN { $all = Digest::SHA->new(256);
				$hash = shift; $/ = \1 }
			$all->add($_);
			$found ||= $all->clone->hexdigest eq $hash;
			END { exit !$found }' "$hash" class/alice.lua
	done
	kill "$exchanger"
	exchanger=
	head -c $((17 << 20)) /dev/zero | tr '\0' ' ' >class/alice.lua
	refused class/alice.lua "it is larger than 16 MiB"
}
