#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# language_words: words that were replaced by the kernel's terms or by plain
# English, and must not return where people read: in help, reference pages,
# logs and screens of the lessons, text tables and documents.

# Extended regular expressions of whole words, case ignored; the comment says
# what to write instead.
retired='
	lanes? # per-cpu list
	ceilings? # highest_zoneidx
	gates? # check
	stations? # stage
	marks? # watermark
	(is|are|was|were) asked # requested, checked, tried
	asks? for # requests
	asked for # requested
	asked again # checked again
	given out # allocated
	given back # freed
	given to nobody # isolated
	gives? back # free
	put back # returned to the free list
	passed over # skipped
	to spare # margin
	slack # margin
	made ready # prep_new_page()
	to itself # vm_stat_diff
	thought away # subtracted
	counted as a # numa_hit, numa_miss
	alike # compatible
	half rule # at least half of the pageblock
	crumbs # small fragments
	ladders? # split, merge
	rungs? # split
	row of thresholds # lowmem_reserve[]
	change(s|d)? (its|their) owner # change the migratetype
	yours # exercise
	list then begins # new list head
	(is|are|was) told # reported, printed
	tells? # print, report
	tell it # print
	hears? # receive
	heard # received
	listens? # trace
	story # log
	stories # logs
	the end of time # the end of the timeline
	witness(es)? # counterexample
	doors? # entry point
	everyday # cached
	houses? # architecture
	floors? # layer
	rails? # timeline
	own fault # internal error
	fault of ours # internal error
	hold(s|ing)? (them|it|submissions) to # grade against
	runs? (them|it|submissions) apart # isolated
	whoever # the caller
	nobody # no task, no request
	somebody # another user
	everybody # every request
	who (asks|frees|goes|may|wants) # the caller, the task
	how fast it all is # run the benchmarks
	nonsense # malformed message
	does what it should # works
'
# A line with one of these contexts is right; mark is a parameter in the kernel.
allowed='question marks?|ask for a prediction|floor( = |\()|@mark|(long|=) mark'
# A number and its plural.
units='pages|blocks|steps|requests|events|nodes|zones|cpus|lists|passes|merges'
units+='|questions|lessons|minutes|machines|submissions|points|times|seconds'
plural="(^|[^0-9.,:/-])1 ($units)\\b"

setup_file()
{
	load helper
	pattern=$(sed -E 's/#.*//; s/^\s+|\s+$//g; /^$/d' <<<"$retired" |
		paste -sd '|')
	export pattern="\\b($pattern)\\b" allowed plural
}

setup()
{
	load helper
	wrong=$BATS_TEST_TMPDIR/wrong
	: >"$wrong"
}

# read_text NAME: checks standard input, and collects what is wrong.
read_text()
{
	grep -aniE "$pattern|$plural" | grep -avEi "$allowed" |
		sed "s|^|$1:|" >>"$wrong" || true
}

none_is_wrong()
{
	[ ! -s "$wrong" ] && return
	sort -u "$wrong" | head -100
	return 1
}

@test "the test finds a retired word and a wrong plural" {
	read_text sample <<-'END'
		Node 0 DMA is PASSED OVER.
		there is 1 pages
		order 1, 21 pages, 0.1 pages; a question mark
	END
	[ "$(cut -d : -f 2 "$wrong" | paste -sd ' ')" = "1 2" ]
}

@test "help and reference pages" {
	local name number=0

	cd "$BATS_TEST_TMPDIR"
	for name in $(sed -n 's/^COMMAND(\([a-z]*\),.*/\1/p' \
		"$ZONEWALK_SOURCE/tui/commands/commands.def"); do
		"$ZONEWALK" help "$name" >text
		read_text "help $name" <text
		number=$((number + 1))
	done
	[ "$number" -ge 9 ]
	"$ZONEWALK" help | read_text help
	"$ZONEWALK" doc >topics
	for name in $(sed -n 's/^  \([a-z]*\)  .*/\1/p' topics); do
		"$ZONEWALK" doc "$name" >text
		read_text "doc $name" <text
		number=$((number + 1))
	done
	[ "$number" -ge 18 ]
	none_is_wrong
}

@test "the log of every lesson" {
	cd "$ZONEWALK_SOURCE/scenarios"
	for lesson in *.lua; do
		"$ZONEWALK" run "$lesson" | read_text "$lesson"
	done
	none_is_wrong
}

@test "every tenth screen of every lesson" {
	"$ZONEWALK_BUILD/tests/test_lesson_screens" print 10 \
		>"$BATS_TEST_TMPDIR/screens"
	[ "$(grep -c '^== ' "$BATS_TEST_TMPDIR/screens")" -ge 1000 ]
	read_text screens <"$BATS_TEST_TMPDIR/screens"
	none_is_wrong
}

@test "documents, scenarios and text tables" {
	local file number=0

	cd "$ZONEWALK_SOURCE"
	while read -r file; do
		read_text "$file" <"$file"
		number=$((number + 1))
	done < <(find README.md CONTRIBUTING.md CHANGELOG.md SECURITY.md \
		docs scenarios engine scripts tui -name '*.md' -o \
		-path 'scenarios/*.lua' -o -name '*.def')
	[ "$number" -ge 60 ]
	none_is_wrong
}
