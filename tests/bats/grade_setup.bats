#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# grade_setup: submissions that begin with another machine or another setup
# than the given one (tests/grade/setup_forgeries.txt) earn nothing.

setup_file()
{
	load helper
	cd "$BATS_FILE_TMPDIR"
	cp "$ZONEWALK_SOURCE"/tests/grade/setup{,_honest}.lua .
	run "$ZONEWALK" grade setup.lua setup_honest.lua
	[ "$status" -ne 5 ] || skip "isolation is not available"
	mkdir class
	# of each line, a file: "*" stands for a line's end, "\|" for a bar
	perl -e 'local $/; open my $in, "<", shift; my $text = <$in>; $/ = "\n";
		while (<>) {
			next if /^#|^$/;
			chomp;
			my ($name, $old, $new) = split / \|(?: |$)/;
			s/\\\|/|/g, s/\*/\n/g for $old, $new;
			my $at = index $text, $old;
			die "$name: no \"$old\"\n" if $at < 0;
			open my $out, ">", "class/$name.lua";
			my $forged = $text;
			substr $forged, $at, length $old, $new;
			print $out $forged;
		}' setup_honest.lua "$ZONEWALK_SOURCE/tests/grade/setup_forgeries.txt"
	cp setup_honest.lua class/honest.lua
	nr=$(ls class | wc -l)
	[ "$nr" -gt 80 ]
}

setup()
{
	load helper
	cd "$BATS_FILE_TMPDIR"
	nr=$(ls class | wc -l)
}

# forgeries_fail ASSIGNMENT ALLOWED: all but those named in ALLOWED.
forgeries_fail()
{
	local honest=1
	run -1 "$ZONEWALK" grade "$1" class/*.lua --jobs 2 --csv class.csv
	for name in honest $2; do
		has "$name  10 of 10  passed"
		honest=$((honest + 1))
	done
	run -0 awk -F, -v passed=" honest $2 " '{ gsub(/"/, "", $1) }
		NR > 1 && index(passed, " " $1 " ") == 0 && $2 != "violation"' class.csv
	[ -z "$output" ]
	[ "$(grep -c ,passed, class.csv)" -eq $((honest - 1)) ]
	[ "$(grep -c ,violation, class.csv)" -eq $((nr - honest + 1)) ]
}

@test "another machine or another setup is a violation" {
	forgeries_fail setup.lua ""
}

@test "where sysctls may be chosen, only they may differ" {
	sed 's/allow = { "alloc" }/allow = { "alloc", "sysctl" }/' setup.lua >sysctl.lua
	forgeries_fail sysctl.lua "min-free boost scale ratio dirty-ratio \
dirty-bytes highmem-dirtyable reclaim-mode reclaim-distance"
}

@test "every sysctl may be chosen where sysctls are allowed" {
	"$ZONEWALK" init project >/dev/null
	cat >one.lua <<-'END'
		assignment { title = "one" }
		given { machine = { nodes = { { memory = "64M" } } },
			allow = { "alloc", "sysctl" } }
		property { points = 1, text = "x", eventually "mm_page_alloc" }
	END
	names=$(awk '/class.*zonewalk.sysctl$/ { on = 1; next } !NF { on = 0 }
		on { print $2 }' project/meta/zonewalk.lua | tr -d '?')
	[ "$(wc -w <<<"$names")" -ge 9 ]
	for name in $names; do
		value=1
		[ "$name" != lowmem_reserve_ratio ] || value='{ 100, 100, 100 }'
		cat >"$name.lua" <<-END
			local m = machine { nodes = { { memory = "64M" } },
				sysctl = { $name = $value } }
			m:alloc {}
		END
		run -0 "$ZONEWALK" grade one.lua "$name.lua"
	done
}

@test "each machine is compared with the same random setup, by its own sysctls" {
	cat >random.lua <<-'END'
		assignment { title = "random", seeds = { 5 } }
		given { machines = 2, machine = { nodes = { { memory = "64M" } } },
			allow = { "alloc", "sysctl" },
			setup = function(m) m:alloc { order = math.random(0, 5) } end }
		property { points = 1, text = "x", eventually "mm_page_alloc" }
	END
	for order in 0 1 2 3 4 5; do
		cat >"order$order.lua" <<-END
			for i = 1, 2 do
				local m = machine { nodes = { { memory = "64M" } },
					sysctl = { min_free_kbytes = 1000 + i } }
				m:alloc { order = $order }
				m:alloc {}
			end
		END
	done
	run -1 "$ZONEWALK" grade random.lua order?.lua
	has "1 of 6 passed"
	has "5 of 6 violation"
}
