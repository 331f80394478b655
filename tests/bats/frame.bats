#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# frame: screens as text. UPDATE_GOLDEN=1 regenerates the golden files; read
# the diff.

setup()
{
	load helper
	golden="$ZONEWALK_SOURCE/tests/golden"
	story="$golden/story.lua"
}

# step_of EVENT [N]: prints the step of the Nth event of that name.
step_of()
{
	[ -e "$BATS_TEST_TMPDIR/trace" ] ||
		"$ZONEWALK" run "$story" --quiet \
			--trace "$BATS_TEST_TMPDIR/trace"
	grep "\"event\":\"$1\"" "$BATS_TEST_TMPDIR/trace" |
		sed -n "${2-1}s/.*\"step\":\([0-9]*\).*/\1/p"
}

# like_golden NAME ARGUMENTS...: compares the frame with its golden file.
like_golden()
{
	local name=$1 picture="$BATS_TEST_TMPDIR/picture"
	shift

	"$ZONEWALK" frame "$story" "$@" >"$picture"
	if [ -n "$UPDATE_GOLDEN" ]; then
		cp "$picture" "$golden/$name.txt"
	fi
	diff -u "$golden/$name.txt" "$picture"
}

widest()
{
	LC_ALL=C.UTF-8 wc -L
}

# -- golden files ---------------------------------------------------------------

# three_ways NAME STEP: compares the frame at 80x24, at 120x40 and in ASCII.
three_ways()
{
	like_golden "$1-80x24" --step "$2"
	like_golden "$1-120x40" --step "$2" --size 120x40
	like_golden "$1-ascii" --step "$2" --ascii
}

@test "step 0" {
	three_ways begin 0
}

@test "a watermark check" {
	three_ways check "$(step_of watermark_check)"
	like_golden check-40x10 --step "$(step_of watermark_check)" \
		--size 40x10
}

@test "a split" {
	three_ways split "$(step_of expand 4)"
	like_golden split-200x60 --step "$(step_of expand 4)" --size 200x60
}

@test "a refill of a per-cpu list, and a hit" {
	three_ways refill "$(step_of pcp_refill_page)"
	three_ways hit "$(step_of pcp_hit)"
}

@test "a steal" {
	three_ways steal "$(step_of fallback_look)"
	three_ways stolen "$(step_of mm_page_alloc_extfrag)"
}

@test "a pageblock that follows a stolen block, and one that does not" {
	story="$golden/half.lua"
	three_ways claimed "$(step_of steal_claim 3)"
	three_ways kept "$(step_of steal_claim 4)"
	like_golden claim-200x60 --step "$(step_of steal_claim 3)" --size 200x60
}

@test "the CMA balance, on both sides of half" {
	story="$golden/half.lua"
	three_ways cma-first "$(step_of cma_balance)"
	three_ways cma-second "$(step_of cma_balance 2)"
}

@test "a merge" {
	three_ways merge "$(step_of free_list_add 3)"
}

@test "the slow path" {
	three_ways slow "$(step_of slow_path)"
}

@test "the rules about zones and nodes" {
	story="$golden/rules.lua"
	three_ways line "$(step_of zone_skip)"
	three_ways cpuset "$(step_of cpuset_check)"
	three_ways nodemask "$(step_of zone_skip 4)"
	three_ways dirty "$(step_of dirty_check 2)"
}

@test "each panel enlarged" {
	step=$(step_of expand 4)
	for panel in 0-split 1-lists 2-zone; do
		like_golden "panel-${panel#*-}" --step "$step" \
			--view "enlarged,focus=${panel%-*}"
	done
	step=$(step_of watermark_check 6)
	for panel in 0-walk 2-pcp 3-map; do
		like_golden "panel-${panel#*-}" --step "$step" \
			--view "enlarged,focus=${panel%-*}"
	done
	like_golden panel-machine --step 0 --view enlarged
}

@test "source and map are shown on request" {
	like_golden source-80x24 --step "$(step_of expand 4)" --view source,engine
	like_golden map-80x24 --step "$(step_of expand 4)" --view map
	like_golden map-zoomed --step "$(step_of slow_path)" \
		--view map,enlarged,focus=1,zoom=5,pfn=4200
	like_golden source-map-120x40 --step "$(step_of pcp_hit)" \
		--size 120x40 --view source,engine,map
	run -0 "$ZONEWALK" frame "$story" --step "$(step_of pcp_hit)" \
		--view -lists,-zone
	has_not "free lists,"
}

@test "the source is at the statement that made the request" {
	local helpers="$BATS_TEST_TMPDIR/helpers.lua" wanted

	cat >"$helpers" <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		local function one(order)
		    local b = m:alloc { order = order }
		    return b
		end
		local function two(order)
		    local b = one(order)
		    return b
		end
		fold("a fold", function()
		    m:alloc { order = 1 }
		    two(2):free()
		end)
		two(3)
		if param("wrong", false) then two(99) end
	END
	# an error is at the line that has it
	run -3 "$ZONEWALK" run "$helpers" --set wrong=true
	has "helpers.lua:3: m:alloc: order 99"
	"$ZONEWALK" run "$helpers" --quiet --trace "$BATS_TEST_TMPDIR/trace"
	for wanted in "1:scenario, line 11 ─:▶  11      m:alloc" \
		"2:scenario, line 12, via line 3 ─:▶  12      two(2):free()" \
		"3:scenario, line 14, via line 3 ─:▶  14  two(3)"; do
		run -0 "$ZONEWALK" frame "$helpers" --view source \
			--step "$(step_of mm_page_alloc "${wanted%%:*}")"
		has "$(echo "$wanted" | cut -d: -f2)"
		has "${wanted#*─:}"
		[ "${wanted%%:*}" = 1 ] || has "»   3      local b = m:alloc"
	done
}

@test "presenter mode shows fewer panels" {
	like_golden presenter-80x24 --step "$(step_of watermark_check)" \
		--view presenter
	like_golden presenter-120x40 --step "$(step_of expand 4)" \
		--size 120x40 --view presenter
}

@test "a question without its answer" {
	like_golden question-80x24 --step 0 --answers hidden --view choice=1
	run -0 "$ZONEWALK" frame "$story" --step 0 --answers hidden
	has "How many go back to the lists?"
	has "seven: a half of each order"
	has_not "= b"
}

@test "--answers: hidden in lessons, shown elsewhere, or as asked" {
	local quiz="$BATS_TEST_TMPDIR/quiz.lua" wanted

	cat >"$quiz" <<-'END'
		local m = machine { nodes = { { memory = "16M" } } }
		if param("lesson", false) then lesson { title = "Quiz" } end
		ask { "Which order has the block that is split?", type = "order",
		      run = function(t)
		          m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		          return 10, "The smallest that is there.", t:first "expand"
		      end }
		ask { "And now?", type = "order", answer = 3, reason = "It was left over." }
	END
	run -0 "$ZONEWALK" frame "$quiz" --set lesson=true
	has "─ Question ─"
	has_not "smallest that is there" "$output"
	for wanted in "$quiz --answers shown" "$quiz --set lesson=true --answers shown --step 8"; do
		# shellcheck disable=SC2086
		run -0 "$ZONEWALK" frame $wanted --step 8
		has "─ Skipped ─"
		has "The answer is  10"
		has_not "It was left over" "$output"
	done
	run -0 "$ZONEWALK" frame "$quiz" --answers hidden --step 999
	has "And now?"
	has_not "It was left over" "$output"
	run -2 "$ZONEWALK" frame "$quiz" --answers maybe
	has "--answers: shown or hidden is expected"
}

@test "panels that tell an answer are not beside its question" {
	local quiz="$BATS_TEST_TMPDIR/quiz.lua"

	cat >"$quiz" <<-'END'
		lesson { title = "Quiz" }
		local m = machine { nodes = { { memory = "16M" } } }
		m:alloc {}
		ask { "How many are free?", type = "number", hide = { "machine", "zone", "pcp" }, answer = m:node(0):zone("DMA").free }
	END
	for size in 80x24 120x40 200x60; do
		run -0 "$ZONEWALK" frame "$quiz" --step 99 --size "$size"
		has "How many are free?"
		has_not "─ machine ─" "$output"
		has_not "─ node 0 DMA" "$output"
		has_not "per-cpu lists" "$output"
		has_not "answer =" "$output"
	done
}

@test "beside a question stands the machine, not the last request" {
	local quiz="$BATS_TEST_TMPDIR/quiz.lua"

	cat >"$quiz" <<-'END'
		local m = machine { nodes = { { memory = "64M" }, { memory = "64M" } } }
		m:alloc { order = 3 }
		ask { "One more. Which zone serves it?", type = "zone", answer = "node 0 DMA32" }
		ask { "Which zone, and in which pass?", answer = 1,
		      choices = { "node 0 DMA32, the first", "node 1 DMA32, the second" } }
		ask { "How many?", type = "number", answer = 1 }
	END
	for size in 80x24 120x40 200x60; do
		run -0 "$ZONEWALK" frame "$quiz" --answers hidden --step 99 --size "$size"
		has "Which zone serves it?"
		has "─ machine ─"
		has_not "✓" "$output"
		has_not "zonelist" "$output"
		has_not "─ log ─" "$output"
		has_not "─ scenario" "$output"
		has_not "─ free lists" "$output"
		has_not "─ node 0 DMA32 ─" "$output"
	done
}

@test "an animation begins with the old state and ends with the new one" {
	step=$(step_of pcp_hit)
	like_golden motion-hit --step "$step" --view phase=4
	like_golden motion-split --step "$(step_of expand 4)" --view phase=3
	like_golden motion-walk --step "$(step_of watermark_check)" \
		--view phase=3
	"$ZONEWALK" frame "$story" --step "$step" --view phase=0 \
		>"$BATS_TEST_TMPDIR/a"
	"$ZONEWALK" frame "$story" --step "$step" >"$BATS_TEST_TMPDIR/b"
	cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
}

@test "an unknown word of --view exits 2 and is named" {
	for words in nothing source,phase=9 phase enlarged=1 phase=x, -big; do
		run -2 --separate-stderr "$ZONEWALK" frame "$story" --step 1 \
			--view "$words"
		has 'no such panel or word: "' "$stderr"
	done
}

# -- contents ---------------------------------------------------------------------

@test "a watermark check shows the numbers of its event" {
	number()
	{
		sed "s/.*\"$1\":\(-*[0-9]*\).*/\1/" <<<"$line"
	}
	for nr in 1 3 5; do
		step=$(step_of watermark_check "$nr")
		line=$(grep "\"step\":$step," "$BATS_TEST_TMPDIR/trace")
		run -0 "$ZONEWALK" frame "$story" --step "$step"
		# a term that is 0 is left out
		terms=$(number free)
		[ "$(number unusable)" = 0 ] || terms+=" − $(number unusable)"
		terms+=" > $(number watermark)"
		[ "$(number lowmem_reserve)" = 0 ] || terms+=" + $(number lowmem_reserve)"
		has "$terms  ✓ margin $(number margin) pages"
		has "$(number free) pages"
		has "step $step/"
	done
}

@test "a step beyond the end shows the last step" {
	last=$(grep -c '"step":' <("$ZONEWALK" run "$story" --quiet --trace -))
	run -0 "$ZONEWALK" frame "$story" --step 99999999999999999999999
	beyond=$output
	has "step $last/$last"
	run -0 "$ZONEWALK" frame "$story" --step "$last"
	[ "$output" = "$beyond" ]
}

@test "a frame has the requested size and no control characters" {
	for size in 40x10 57x19 80x24 133x37 300x100; do
		"$ZONEWALK" frame "$story" --step 9 --size "$size" \
			>"$BATS_TEST_TMPDIR/out"
		run -1 grep -c $'[\x1b\r\x07\t]' "$BATS_TEST_TMPDIR/out"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq "${size#*x}" ]
		[ "$(widest <"$BATS_TEST_TMPDIR/out")" -le "${size%x*}" ]
	done
}

@test "a too small size prints one line and exits 0" {
	for size in 1x1 20x5 39x24 80x9; do
		run -0 --separate-stderr "$ZONEWALK" frame "$story" --step 3 \
			--size "$size"
		[ "${#lines[@]}" -eq 1 ]
		[ "${#output}" -le "${size%x*}" ]
		[ -z "$stderr" ]
	done
	run -0 "$ZONEWALK" frame "$story" --step 3 --size 20x5
	[ "$output" = "needs 40x10 or more" ]
}

@test "--ascii and LC_ALL=C make every byte ASCII, captions included" {
	for step in 0 9 "$(step_of pcp_hit)" "$(step_of slow_path)"; do
		"$ZONEWALK" frame "$story" --step "$step" --ascii \
			>"$BATS_TEST_TMPDIR/a"
		LC_ALL=C "$ZONEWALK" frame "$story" --step "$step" \
			>"$BATS_TEST_TMPDIR/b"
		cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
		run -1 env LC_ALL=C grep -c '[^ -~]' "$BATS_TEST_TMPDIR/a"
	done
	run -0 "$ZONEWALK" frame "$story" --step "$(step_of pcp_hit)" --ascii
	has "cafe, naive, Grose"
}

@test "the same step prints the same bytes" {
	"$ZONEWALK" frame "$story" --step 40 >"$BATS_TEST_TMPDIR/a"
	"$ZONEWALK" frame "$story" --step 40 >"$BATS_TEST_TMPDIR/b"
	cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
}

# -- usage errors ------------------------------------------------------------------

@test "invalid options exit 2 and are named" {
	for wrong in "--step x" "--step -1" "--size 80" "--size 0x5" \
		"--size 80x24x3" "--size 9999x10" "--nonsense"; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr "$ZONEWALK" frame "$story" $wrong
		[ -z "$output" ]
		has frame "$stderr"
	done
	run -2 "$ZONEWALK" frame
	run -2 "$ZONEWALK" frame "$story" "$story"
}

@test "a missing file exits 6, an invalid scenario 3" {
	run -6 --separate-stderr "$ZONEWALK" frame /nonexistent.lua --step 1
	has /nonexistent.lua "$stderr"
	[ -z "$output" ]
	echo 'machine {' >"$BATS_TEST_TMPDIR/wrong.lua"
	run -3 --separate-stderr "$ZONEWALK" frame \
		"$BATS_TEST_TMPDIR/wrong.lua" --step 1
	has wrong.lua "$stderr"
	echo 'say "nothing"' >"$BATS_TEST_TMPDIR/empty.lua"
	run -3 --separate-stderr "$ZONEWALK" frame \
		"$BATS_TEST_TMPDIR/empty.lua" --step 1
	has machine "$stderr"
}

@test "a full disk is reported" {
	[ -w /dev/full ] || skip "no /dev/full here"
	run -6 --separate-stderr bash -c \
		'"$0" frame "$1" --step 1 >/dev/full' "$ZONEWALK" "$story"
}
