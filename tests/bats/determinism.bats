#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# determinism: the same script, seed and parameters give the same bytes of log,
# trace and snapshot, with any addresses, locale, folder or compiler. RUNS is
# the number of runs: 4, or 100 in the long checks.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	cat >s.lua <<-'END'
		local m = machine { cpus = 2, nodes = { { memory = "64M" }, { memory = "64M" } } }
		local types = { "GFP_KERNEL", "GFP_HIGHUSER_MOVABLE", "GFP_KERNEL|__GFP_RECLAIMABLE" }
		local kept, owners = {}, {}
		for i = 1, 120 do
			local b = m:alloc { order = math.random(0, 6), gfp = types[math.random(#types)],
				cpu = math.random(0, 1) }
			if b and math.random() < 0.6 then
				kept[b], owners["o" .. i] = i, b
			elseif b then
				b:free { cpu = math.random(0, 1) }
			end
		end
		for b in pairs(kept) do if b.pfn % 3 == 0 then b:free() end end
		for name, b in pairs(owners) do print(name, b, {}, print, m) end
		local list = {}
		for i = 1, 500 do list[i] = { key = math.random(5), i = i } end
		table.sort(list, function(x, y) return x.key < y.key end)
		for i = 1, 500, 50 do print(list[i].key, list[i].i) end
		print(("ÄÖ ı I"):upper(), ("ÄÖ ı I"):lower(), ("1,5"):match "%d", 1.5, 1e100, 2^53, 0.1, 1/3)
		print(next { z = 1, a = 2 }, ("x"):find "%a", ("\xe4"):find "%a")
	END
}

# outputs NAME COMMAND...: writes log, trace and snapshot of a run to NAME.*.
outputs()
{
	local name=$1
	shift
	"$@" run s.lua --seed 42 --trace "$name.trace" \
		--snapshot "$name.state" >"$name.story"
}

same()
{
	local name=$1 kind

	for kind in story trace state; do
		cmp "first.$kind" "$name.$kind" || return 1
	done
}

@test "the output does not depend on address randomisation" {
	outputs first "$ZONEWALK"
	[ "$(grep -c '^request' first.story)" -gt 130 ]
	for ((i = 1; i < ${RUNS:-4}; i++)); do
		outputs next "$ZONEWALK"
		same next
	done
	setarch -R true 2>/dev/null || skip "setarch -R does not work here"
	for ((i = 1; i < ${RUNS:-4}; i++)); do
		outputs fixed setarch -R "$ZONEWALK"
		same fixed
	done
}

@test "the output does not depend on locale, terminal, time zone or folder" {
	outputs first "$ZONEWALK"
	for locale in C POSIX C.UTF-8 en_US.UTF-8 de_DE.ISO-8859-1 tr_TR.UTF-8; do
		outputs next env LC_ALL="$locale" LANGUAGE=de "$ZONEWALK"
		same next
	done
	outputs next env TZ=Asia/Tokyo TERM=dumb HOME=/nowhere "$ZONEWALK"
	same next
	mkdir deep
	cp s.lua deep
	(cd deep && outputs ../next "$ZONEWALK")
	same next
}

@test "another seed gives another log" {
	outputs first "$ZONEWALK"
	"$ZONEWALK" run s.lua --seed 43 >other.story
	run ! cmp -s first.story other.story
}

@test "builds by gcc and clang give the same output" {
	local other=
	case ${ZONEWALK_BUILD##*/} in
	*clang*) other=${ZONEWALK_OTHER:-$ZONEWALK_SOURCE/build/release/zonewalk} ;;
	*) other=${ZONEWALK_OTHER:-$ZONEWALK_SOURCE/build/clang/zonewalk} ;;
	esac
	[ -x "$other" ] || skip "no build by the other compiler"
	outputs first "$ZONEWALK"
	outputs next "$other"
	same next
}

@test "math.random gives the same numbers on every machine" {
	cat >r.lua <<-'END'
		print(math.random(1000000), math.random(5, 7), math.random(0))
		print(("%.17g"):format(math.random()))
		math.randomseed(7)
		print(math.random(100), math.random(100), math.random(100))
		local seen = {}
		for _ = 1, 600 do
			local n = math.random(1, 6)
			seen[n] = (seen[n] or 0) + 1
		end
		for n = 1, 6 do expect(seen[n] > 60 and seen[n] < 140, "dice") end
		expect(math.random(3, 3) == 3, "one number")
		expect(math.type(math.random(math.mininteger, math.maxinteger)) == "integer", "all")
	END
	run -0 "$ZONEWALK" run r.lua
	[ "$output" = "$(cat <<-'END'
		| 401971 5 -1138460985997928281
		| 0.95411671590662051
		| 56 26 9
	END
	)" ]
}
