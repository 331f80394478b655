# SPDX-License-Identifier: GPL-2.0-or-later
#
# hostile: a folder with all hostile submissions.
#
#   make_box FOLDER     writes the files of hostile.txt, binary files, the
#                       assignment, honest.lua, and FOLDER/../expected with
#                       lines "NAME: OUTCOME, or another"
#   try_one NAME        grades it beside honest.lua; prints wrong results
#
#   try_default NAME    grades it by default limits; prints what they allowed
#
# try_one needs $wall_ms and $late_ms, both need in_time, and run in the folder.

# as_files FOLDER: writes NAME.lua for each "== NAME: ..." of stdin.
as_files()
{
	awk -v folder="$1" '
	BEGIN {
		machine = "local m = machine { nodes = { { memory = \"64M\" } } }"
		while ((getline line < (folder "/honest.lua")) > 0)
			if (line !~ /^--/)
				solution = solution line "\n"
	}
	/^== / {
		if (file)
			close(file)
		name = substr($2, 1, length($2) - 1)
		file = folder "/" name ".lua"
		sub(/^== /, "")
		print > (folder "/../expected")
		printf "" > file
		next
	}
	!file { next }
	/^@machine/ { print machine > file; next }
	/^@solution/ { printf "%s", solution > file; next }
	{ print > file }'
}

# other_files FOLDER: binary files, folders, pipes and links.
other_files()
{
	local box=$1
	printf '\33LuaT\0\x19\x93\r\n\x1a\n' >"$box/raw-bytecode.lua"
	printf '#!/usr/bin/lua\n\33Lua' >"$box/raw-shebang-bytecode.lua"
	printf 'local x = "a\0b"\nmachine { }\0' >"$box/raw-nul.lua"
	head -c 100000 /dev/zero >"$box/raw-zeros.lua"
	printf 'error "\xff\xfe\x80 \33[2J"' >"$box/raw-utf8.lua"
	printf '\xef\xbb\xbf\xff' >"$box/raw-mark.lua"
	printf 'return %01000000d' 0 >"$box/raw-long-line.lua"
	printf -- '--%01000000d\nerror "end"' 0 >"$box/raw-long-comment.lua"
	head -c 17000000 /dev/zero | tr '\0' ' ' >"$box/raw-large.lua"
	: >"$box/raw-empty.lua"
	mkdir "$box/raw-folder"
	mkfifo "$box/raw-pipe.lua"
	ln -s honest.lua "$box/forge-link.lua"
	ln -s raw-loop-b.lua "$box/raw-loop-a.lua"
	ln -s raw-loop-a.lua "$box/raw-loop-b.lua"
	mkdir "$box/forge-folder" "$box/raw-two"
	ln -s ../honest.lua "$box/forge-folder/submission.lua"
	cp "$box/honest.lua" "$box/raw-two/a.lua"
	cp "$box/honest.lua" "$box/raw-two/b.lua"
	cat <<-'END'
		raw-bytecode: wrong
		raw-shebang-bytecode: wrong
		raw-nul: wrong
		raw-zeros: wrong
		raw-utf8: wrong
		raw-mark: wrong
		raw-long-line: failed, limit memory, wrong
		raw-long-comment: wrong
		raw-large: file, limit memory, wrong, failed
		raw-empty: failed
		raw-folder: file
		raw-pipe: file
		raw-loop-a: file
		raw-missing: file
		forge-link: file
		forge-folder: file
		raw-two: file
	END
}

make_box()
{
	local grade=$ZONEWALK_SOURCE/tests/grade
	mkdir "$1"
	cp "$grade/assignment.lua" "$grade/honest.lua" "$1"
	sed '/limits = {/,/^\t},/d' "$1/assignment.lua" >"$1/default.lua"
	as_files "$1" <"$grade/hostile.txt"
	other_files "$1" >>"$1/../expected"
	# files that escape-* and forge-* try to load
	ln -s /etc/passwd "$1/link.json"
	mkfifo "$1/pipe.json"
	cat >"$1/../prepare.lua" <<-'END'
		local m = machine { nodes = { { memory = "64M" } } }
		m:fill { gfp = "GFP_HIGHUSER_MOVABLE", count = 3000 }
	END
	(cd "$1" && "$ZONEWALK" run -q ../prepare.lua \
		--snapshot prepared.json --trace trace.jsonl)
	cp "$1/prepared.json" "$1/machine.json"
}

now_ms()
{
	echo $(($(date +%s%N) / 1000000))
}

# file_of NAME: prints the path of the submission.
file_of()
{
	[ -d "$1" ] && echo "$1" || echo "$1.lua"
}

try_one()
{
	local name=$1 expected began took pid got late=
	expected=$(sed -n "s/^$name: //p" ../expected)
	began=$(now_ms)
	# in its own session, to find the processes that it leaves
	setsid "$ZONEWALK" grade assignment.lua "$(file_of "$name")" \
		honest.lua --reveal >"../$name.out" 2>&1 </dev/null &
	pid=$!
	wait "$pid" || :
	took=$(($(now_ms) - began))
	got=$(sed -n "s/^$name  [0-9.]* of 10  //p" "../$name.out")
	# on a busy system, wall_ms may be exceeded first
	! grep -qE "^($name|honest)  .*  limit wall_ms$" "../$name.out" ||
		late="late: "
	[[ -n $got && ", $expected, " == *", $got, "* ]] ||
		echo "$name: $late\"$got\", not $expected: $(head -c 400 "../$name.out" |
			tr '\n' ' ')"
	in_time "$took" "$wall_ms" "$late_ms" || echo "$name: late: $took ms"
	grep -qx "honest  10 of 10  passed" "../$name.out" ||
		echo "$name: ${late}honest.lua did not pass beside it"
	! LC_ALL=C grep -q '[^[:print:]]' "../$name.out" ||
		echo "$name: writes something to the terminal"
	[ -z "$(ps -o pid= -s "$pid")" ] ||
		echo "$name: left $(ps -o args= -s "$pid")"
}

# The default limit wall_ms, and the memory of one job: see docs/grading.md.
default_wall_ms=8000
default_memory_kib=$((1300 << 10))

# add_resident PID: adds the resident memory of the process, and of all that it
# has started, to $resident, in KiB. There are thousands of looks: without a new
# process.
add_resident()
{
	local pages children child

	{ read -r _ pages _ <"/proc/$1/statm" &&
		read -r children <"/proc/$1/task/$1/children"; } 2>/dev/null
	((resident += ${pages:-0} * page_kib)) || true
	for child in ${children-}; do
		add_resident "$child"
	done
}

try_default()
{
	local name=$1 began took pid resident peak=0 got late=
	local page_kib=$(($(getconf PAGESIZE) / 1024))
	[ -e "/proc/$$/task/$$/children" ] ||
		echo "$name: this kernel does not list the children of a process"
	began=$(now_ms)
	setsid "$ZONEWALK" grade default.lua "$(file_of "$name")" \
		>"../$name.default" 2>&1 </dev/null &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		resident=0
		add_resident "$pid"
		[ "$resident" -le "$peak" ] || peak=$resident
		sleep "${look_s-0.05}"
	done
	wait "$pid" || :
	took=$(($(now_ms) - began))
	got=$(sed -n "s/^$name  \([0-9.]*\) of 9  /\1 /p" "../$name.default")
	[[ -n $got && $got != *passed && $got != *internal ]] ||
		echo "$name: \"$got\": $(head -c 400 "../$name.default" | tr '\n' ' ')"
	in_time "$took" "$default_wall_ms" "$late_ms" ||
		echo "$name: late: $took ms"
	[ "$peak" -le "$default_memory_kib" ] || echo "$name: $peak KiB"
	[ -z "$(ps -o pid= -s "$pid")" ] ||
		echo "$name: left $(ps -o args= -s "$pid")"
}
