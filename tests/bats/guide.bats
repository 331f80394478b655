#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# guide: what docs/guide.md shows is what happens. Each Lua block is run as it
# is (```lua fails N: with that exit code), and its output contains each line
# of the text block that follows it.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	guide=$ZONEWALK_SOURCE/docs/guide.md
}

# cut_guide: splits the guide into N.lua, N.exit and N.text.
cut_guide()
{
	awk '
	/^```lua/ { n++; kind = "lua"; code = $2 == "fails" ? $3 : 0
		print code >(n ".exit"); close(n ".exit"); next }
	/^```text/ { kind = "text"; next }
	/^```/ { kind = kind == "" ? "other" : ""; next }
	kind == "lua" || kind == "text" { print >(n "." kind) }
	' "$guide"
}

@test "every example of the guide runs, with the output that it shows" {
	cut_guide
	local i code line failed=0
	for ((i = 1; ; i++)); do
		[ -e "$i.lua" ] || break
		code=$(cat "$i.exit")
		run "$ZONEWALK" run --limit instructions=50000000 "$i.lua"
		if [ "$status" != "$code" ]; then
			echo "example $i: exit $status, not $code"
			tail -3 <<<"$output"
			cat "$i.lua"
			failed=1
		fi
		[ -e "$i.text" ] || continue
		while read -r line; do
			grep -qF -- "$line" <<<"$output" && continue
			echo "example $i does not print: $line"
			failed=1
		done <"$i.text"
	done
	[ "$i" -gt 14 ]
	[ "$failed" = 0 ]
}

@test "luacheck finds nothing in the guide's examples" {
	command -v luacheck >/dev/null || skip "luacheck is not installed"
	cut_guide
	"$ZONEWALK" doc luacheck >.luacheckrc
	local file
	for file in [0-9]*.lua; do
		run -0 luacheck --no-color "$file"
	done
}

@test "the error messages lead through a scenario with an error in each line" {
	"$ZONEWALK" init mine
	cd mine
	"$ZONEWALK" run first.lua >/dev/null
	# corrected line by line, the run reports the error of the next line
	local wrong=(
		'local m = machin { nodes = { { memory = "64M" } } }'
		'local b = m:aloc { order = 3 }'
		'local c = m:alloc { order = 30 }'
		'local d = m:alloc { gfp = GFP_KERNEL }'
		'on.watermarkcheck(print)'
		'say(m:node(1))'
		'print(m:node(0):zone("Normal").fre)'
		'b.free()'
	) right=(
		'local m = machine { nodes = { { memory = "64M" } } }'
		'local b = m:alloc { order = 3 }'
		'local c = m:alloc { order = 3 }'
		'local d = m:alloc { gfp = "GFP_KERNEL" }'
		'on.watermark_check(print)'
		'say(m:node(0).node)'
		'print(m:node(0):zone("DMA32").free)'
		'b:free()'
	) told=(
		'did you mean machine?'
		'did you mean alloc?'
		'expected an integer from 0 to 10'
		'gfp flags are text, gfp = "GFP_KERNEL"'
		'did you mean watermark_check?'
		'only 0 is valid'
		'did you mean free?'
		'call it with a colon'
	)
	local at
	for at in "${!wrong[@]}"; do
		{
			[ "$at" = 0 ] || printf '%s\n' "${right[@]:0:at}"
			printf '%s\n' "${wrong[@]:at}"
		} >wrong.lua
		run -3 "$ZONEWALK" run -q wrong.lua
		has "wrong.lua:$((at + 1)): "
		has "${told[at]}"
		has "(zonewalk doc"
	done
	printf '%s\n' "${right[@]}" >wrong.lua
	run -0 "$ZONEWALK" run -q wrong.lua
}
