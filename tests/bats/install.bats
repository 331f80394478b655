#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# install: the installed program, and bootstrap with fakes of the tools that it
# calls, so that it neither installs nor builds anything.

setup()
{
	load helper
}

# -- make install ---------------------------------------------------------------

install_to()
{
	run -0 cmake --install "$ZONEWALK_BUILD" --prefix "$1"
	[ -x "$1/bin/zonewalk" ]
}

@test "the installed program runs and finds its lessons" {
	prefix=$BATS_TEST_TMPDIR/prefix
	install_to "$prefix"
	cd "$BATS_TEST_TMPDIR"
	run -0 "$prefix/bin/zonewalk" --version
	run -0 --separate-stderr "$prefix/bin/zonewalk" lessons
	[ -z "$stderr" ]
	has "Lessons in prefix/share/zonewalk/scenarios:"
	for file in "$ZONEWALK_SOURCE"/scenarios/*.lua; do
		cmp "$file" \
			"$prefix/share/zonewalk/scenarios/$(basename "$file")"
	done
}

@test "an installation can be moved" {
	install_to "$BATS_TEST_TMPDIR/before"
	mv "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	cd /
	run -0 "$BATS_TEST_TMPDIR/after/bin/zonewalk" lessons
	has "after/share/zonewalk/scenarios"
}

@test "an installed lesson runs" {
	prefix=$BATS_TEST_TMPDIR/prefix
	install_to "$prefix"
	cd "$BATS_TEST_TMPDIR"
	run -0 "$prefix/bin/zonewalk" run \
		"$prefix/share/zonewalk/scenarios/01-tour.lua"
	[ "${#lines[@]}" -gt 3 ]
}

@test "playlists, recordings and reports are installed with the lessons" {
	prefix=$BATS_TEST_TMPDIR/prefix
	install_to "$prefix"
	cd "$BATS_TEST_TMPDIR"
	run -0 "$prefix/bin/zonewalk" lessons
	has "lecture50"
	for lesson in 16-a-real-machine 17-a-real-report; do
		run -0 "$prefix/bin/zonewalk" run -q \
			"$prefix/share/zonewalk/scenarios/$lesson.lua"
		[ -z "$output" ]
	done
	run -0 "$prefix/bin/zonewalk" run --captions 17
	has "A real report"
}

@test "only the program and its data are installed" {
	prefix=$BATS_TEST_TMPDIR/prefix
	install_to "$prefix"
	run -0 bash -c 'cd "$1" && find . -type f ! -path \
		"./share/zonewalk/*" | sort' - "$prefix"
	[ "$(grep -v '^\./share/' <<<"$output")" = "./bin/zonewalk" ]
	run -0 bash -c 'cd "$1/share" && ls' - "$prefix"
	[ "${lines[*]}" = "bash-completion doc fish man zonewalk zsh" ]
	run -0 bash -c 'cd "$1" && find . -name "solution*" -o -name "wrong-*"' \
		- "$prefix"
	[ -z "$output" ]
	ls "$prefix"/share/zonewalk/scenarios/assignments/*/assignment.lua
	for file in README.md LICENSE CHANGELOG.md guide.md grading.md reports.md; do
		[ -s "$prefix/share/doc/zonewalk/$file" ]
	done
	for page in $("$ZONEWALK" doc man); do
		"$ZONEWALK" doc man "$page" |
			cmp - "$prefix/share/man/man${page##*.}/$page"
	done
	[ "$("$ZONEWALK" doc completion bash)" = \
		"$(cat "$prefix/share/bash-completion/completions/zonewalk")" ]
}

# The build folder keeps a list of what was installed, so the test has its own.
@test "the target uninstall removes what was installed, with DESTDIR" {
	root=$BATS_TEST_TMPDIR/root
	export DESTDIR=$root
	run -0 cmake --install "$ZONEWALK_BUILD" --prefix /usr
	unset DESTDIR
	cp "$ZONEWALK_BUILD/install_manifest.txt" "$BATS_TEST_TMPDIR"
	[ -x "$root/usr/bin/zonewalk" ]
	run -0 "$root/usr/bin/zonewalk" run -q 1
	touch "$root/usr/share/zonewalk/mine" "$root/usr/bin/other"
	DESTDIR=$root run -0 cmake \
		-DMANIFEST="$BATS_TEST_TMPDIR/install_manifest.txt" \
		-P "$ZONEWALK_SOURCE/scripts/build/uninstall.cmake"
	run -0 bash -c 'cd "$1" && find . -type f | sort' - "$root"
	[ "${lines[*]}" = "./usr/bin/other ./usr/share/zonewalk/mine" ]
	[ ! -e "$root/usr/share/zonewalk/scenarios" ]
	[ ! -e "$root/usr/share/doc/zonewalk" ]
	run ! cmake -DMANIFEST="$BATS_TEST_TMPDIR/none" \
		-P "$ZONEWALK_SOURCE/scripts/build/uninstall.cmake"
	has "nothing was installed"
}

@test "the program needs only the libraries that the README names" {
	command -v objdump >/dev/null || skip "objdump is not installed"
	! sanitized || skip "sanitizers add libraries"
	run -0 bash -c 'objdump -p "$ZONEWALK" | sed -n "s/ *NEEDED *//p" |
		grep -vE "^(libc|libm|libncursesw|libtinfo|libcjson|liblua5\.4|libseccomp)\.so" ||
		true'
	[ -z "$output" ]
}

# -- the binary -----------------------------------------------------------------

# release_binary: skip unless this is a release build without sanitizers.
release_binary()
{
	local cache=$ZONEWALK_BUILD/CMakeCache.txt

	grep -q '^CMAKE_BUILD_TYPE:[A-Z]*=Release' "$cache" ||
		skip "not a release build"
	! sanitized || skip "sanitizers change the binary"
}

@test "the program is hardened: PIE, RELRO, stack protector, FORTIFY" {
	command -v readelf >/dev/null || skip "readelf is not installed"
	release_binary
	run -0 readelf -hW "$ZONEWALK"
	[[ $output =~ Type:\ +DYN ]]
	run -0 readelf -dW "$ZONEWALK"
	has " BIND_NOW"
	[[ $output =~ \(FLAGS_1\)\ +Flags:\ NOW\ PIE ]]
	run -0 readelf -lW "$ZONEWALK"
	has " GNU_RELRO "
	[[ $output =~ GNU_STACK.*\ RW\ +0x ]]
	run -0 readelf --dyn-syms -W "$ZONEWALK"
	has " __stack_chk_fail@"
	has "printf_chk@"
}

@test "the program does not contain the path of the source tree" {
	release_binary
	# only at the start of a path: tui/app/app.c is not in /app
	run -1 grep -acP "(?<![\\w.-])\\Q$ZONEWALK_SOURCE\\E(?![\\w.-])" \
		"$ZONEWALK"
	[ "$output" = 0 ]
}

@test "the program in the build folder finds the lessons of the source" {
	cd /
	run -0 "$ZONEWALK" lessons
	has "$ZONEWALK_SOURCE/scenarios"
}

# -- bootstrap ------------------------------------------------------------------

# bootstrap_alone: a copy of bootstrap with fake tools. tool NAME BODY writes a
# fake that records its arguments in $calls.
bootstrap_alone()
{
	home=$BATS_TEST_TMPDIR/home
	tools=$BATS_TEST_TMPDIR/tools
	calls=$BATS_TEST_TMPDIR/calls
	mkdir -p "$home/build/release" "$tools"
	cp "$ZONEWALK_SOURCE/bootstrap" "$home"
	: >"$calls"
	tool id 'echo 0'
	tool dpkg-query 'echo installed'
	tool apt-get
	tool cmake
	tool ctest 'echo "100% tests passed, 0 tests failed out of 1"'
	printf '#!/bin/sh\necho zonewalk "$@" >>%s\n' "$calls" \
		>"$home/build/release/zonewalk"
	chmod +x "$home/build/release/zonewalk"
	PATH=$tools:$PATH
}

tool()
{
	printf '#!/bin/sh\necho %s "$@" >>%s\n%s\n' "$1" "$calls" "${2-}" \
		>"$tools/$1"
	chmod +x "$tools/$1"
}

@test "bootstrap: a usage error exits 2 and calls nothing" {
	bootstrap_alone
	run -2 "$home/bootstrap"
	has "usage: ./bootstrap"
	run -2 "$home/bootstrap" everything
	run -2 "$home/bootstrap" run fast
	run -2 "$home/bootstrap" test release fast
	run -2 "$home/bootstrap" need
	[ ! -s "$calls" ]
}

@test "bootstrap test: installs nothing if nothing is missing, from any folder" {
	bootstrap_alone
	cd /
	run -0 "$home/bootstrap" test </dev/null
	has "100% tests passed"
	run -0 cat "$calls"
	has_not "apt-get"
	has "cmake --preset release -DBUILD_TESTING=ON"
	has "cmake --build --preset release"
	has "ctest --preset release"
}

@test "bootstrap test PRESET: configures, builds and tests that preset" {
	bootstrap_alone
	run -0 "$home/bootstrap" test ci </dev/null
	run -0 cat "$calls"
	has "cmake --preset ci -DBUILD_TESTING=ON"
	has "cmake --build --preset ci"
	has "ctest --preset ci"
}

@test "bootstrap test ends with the summary of ctest" {
	bootstrap_alone
	run -0 --separate-stderr "$home/bootstrap" test </dev/null
	[ "$output" = "100% tests passed, 0 tests failed out of 1" ]
}

@test "bootstrap: installs only missing packages, after an update" {
	bootstrap_alone
	tool dpkg-query 'for last; do :; done
		case $last in libcjson-dev|bats) exit 1 ;; esac
		echo installed'
	run -0 "$home/bootstrap" test </dev/null
	has "installing libcjson-dev bats"
	run -0 grep ^apt-get "$calls"
	[ "${#lines[@]}" -eq 2 ]
	has " update" "${lines[0]}"
	has "--no-install-recommends install libcjson-dev bats" "${lines[1]}"
}

@test "bootstrap: a removed package with its configuration left is missing" {
	bootstrap_alone
	tool dpkg-query 'echo config-files'
	run -0 "$home/bootstrap" need valgrind </dev/null
	has "installing valgrind"
}

@test "bootstrap: names the step that failed and stops there" {
	bootstrap_alone
	tool dpkg-query 'exit 1'
	tool apt-get 'case " $* " in *" install "*) exit 100 ;; esac'
	run -1 "$home/bootstrap" test </dev/null
	has "could not install: gcc"
	run -0 cat "$calls"
	has_not $'\ncmake'

	bootstrap_alone
	tool cmake 'exit 1'
	run -1 "$home/bootstrap" test </dev/null
	has "could not configure the build"
	run -0 cat "$calls"
	has_not $'\nctest'

	bootstrap_alone
	tool cmake '[ "$1" != --build ]'
	run -1 "$home/bootstrap" run </dev/null
	has "could not build"
	run -0 cat "$calls"
	has_not "zonewalk run"

	bootstrap_alone
	tool ctest 'exit 8'
	run -1 "$home/bootstrap" test </dev/null
	has "some tests failed"
}

@test "bootstrap: continues when package lists cannot be updated" {
	bootstrap_alone
	tool dpkg-query 'exit 1'
	tool apt-get 'case " $* " in *" update "*) exit 100 ;; esac'
	run -0 "$home/bootstrap" need valgrind </dev/null
	has "could not update every package list"
	run -0 cat "$calls"
	has "install valgrind"
}

@test "bootstrap: uses sudo if not root, or prints the command" {
	bootstrap_alone
	tool id 'echo 1000'
	tool dpkg-query 'exit 1'
	tool sudo
	run -0 "$home/bootstrap" need valgrind </dev/null
	run -0 cat "$calls"
	has "sudo env DEBIAN_FRONTEND=noninteractive apt-get"

	bootstrap_alone
	tool id 'echo 1000'
	tool dpkg-query 'exit 1'
	rm "$tools/sudo"
	for name in bash env dirname nproc; do
		ln -s "$(command -v "$name")" "$tools/$name"
	done
	PATH=$tools run -1 "$home/bootstrap" need valgrind </dev/null
	has "not root and no sudo; as root, run:"
	has "apt-get"
}

@test "bootstrap run: without a terminal the lesson runs headless" {
	bootstrap_alone
	run -0 "$home/bootstrap" run </dev/null
	run -0 cat "$calls"
	has "cmake --preset release -DBUILD_TESTING=OFF"
	has "zonewalk run scenarios/01-tour.lua"
	has_not "zonewalk play"
}

@test "bootstrap run: on a terminal the screen opens the lesson" {
	command -v script >/dev/null || skip "script(1) is not installed"
	bootstrap_alone
	run -0 script -qec "$home/bootstrap run" /dev/null
	run -0 cat "$calls"
	has "zonewalk play scenarios/01-tour.lua"
}
