#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# export: screens as text, images and a terminal recording, and the options of
# frame that choose a step.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
}

# screens FILE N: prints the screens of FILE at 24 rows that show step N, one
# after another.
screens()
{
	perl -e '
		my ($file, $step) = @ARGV;
		open my $in, "<", $file or die;
		my @lines = <$in>;
		while (my @screen = splice @lines, 0, 25) {
			print @screen[0 .. 23] if $screen[0] =~ m{step $step/};
		}' "$1" "$2"
}

@test "text: each screen is the one that frame prints" {
	local step number=0

	"$ZONEWALK" export 2 --format text --steps 0- -o all.txt
	for step in 3 8 17 30 44 58 71 90; do
		"$ZONEWALK" frame 2 --step "$step" >frame.txt
		screens all.txt "$step" | tail -n 24 | diff frame.txt -
		number=$((number + 1))
	done
	[ "$number" -eq 8 ]
}

@test "text: a range, one step, and points of interest" {
	run -0 "$ZONEWALK" export 1 --format text --steps 40-43
	[ "$(grep -c 'step 4[0-3]/101' <<<"$output")" -ge 4 ]
	has_not "step 39/" "$output"
	has_not "step 44/" "$output"
	run -0 "$ZONEWALK" export 2 --format text --step 30
	[ "$output" = "$("$ZONEWALK" frame 2 --step 30)" ]
	all=$("$ZONEWALK" export 2 --format text | wc -l)
	points=$("$ZONEWALK" export 2 --format text --points | wc -l)
	[ "$points" -gt 200 ]
	[ "$points" -lt "$all" ]
}

@test "text: a fold is one step, unless steps are named" {
	"$ZONEWALK" export 4 --format text -o folded.txt
	"$ZONEWALK" export 4 --format text --steps 0- -o unfolded.txt
	[ "$(wc -l <unfolded.txt)" -gt $((3 * $(wc -l <folded.txt))) ]
	[ "$(grep -c 'step [0-9]*/1238' unfolded.txt)" -ge 1238 ]
}

@test "a lesson's answers are exported only with --answers shown" {
	"$ZONEWALK" export 2 --format text -o hidden.txt
	run -1 grep -E "─ (Skipped|Correct)|The answer is" hidden.txt
	grep -q "─ Question" hidden.txt
	"$ZONEWALK" export 2 --format text --answers shown -o shown.txt
	grep -q "─ Question" shown.txt
	[ "$(grep -c "─ Question" shown.txt)" -eq 6 ]
	[ "$(grep -c "─ Skipped" shown.txt)" -eq 6 ]
}

@test "svg: well-formed, with real text, a title and a description" {
	command -v xmllint >/dev/null || skip "xmllint is not installed"
	for theme in auto dark light; do
		"$ZONEWALK" export 2 --format svg --step 30 --theme "$theme" \
			-o "$theme.svg"
		xmllint --noout --nonet "$theme.svg"
	done
	run -0 cat auto.svg
	has "<title id=\"title\">02 A split, step 30 of 90</title>"
	has ">prep_new_page(): pfn 4104 is ready.</text>"
	has "blocks did they leave?</desc>"
	has "prefers-color-scheme:dark"
	has_not "prefers-color-scheme" "$(cat dark.svg)"
	grep -qxF '.paper{fill:#ffffff}' light.svg
	# no piece of text is stretched beyond its columns
	perl -CSD -ne 'if (m{textLength="(\d+)"[^>]*>([^<]*)</text>}) {
		my ($width, $text) = ($1 / 9, $2);
		$text =~ s/&[a-z0-9#]+;/x/g;
		$n++;
		die "$text: $width\n" if length $text != $width;
	} END { die if $n < 100 }' auto.svg
}

@test "svg: every character of the screen is in the image" {
	command -v xmllint >/dev/null || skip "xmllint is not installed"
	"$ZONEWALK" export 7 --format svg --step 1150 -o one.svg
	xmllint --xpath '//*[local-name()="text"]' one.svg |
		sed 's/<[^>]*>//g; s/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g' |
		tr -d ' \n' >image
	"$ZONEWALK" frame 7 --step 1150 | tr -d ' \n' >frame
	cmp frame image
}

@test "svg: a series is numbered images in a folder" {
	run -0 "$ZONEWALK" export 2 --format svg --steps 3-7 -o slides
	[ "$output" = "saved 5 images in slides" ]
	[ "$(echo slides/*)" = "slides/0001.svg slides/0002.svg slides/0003.svg slides/0004.svg slides/0005.svg" ]
	grep -q "<title id=\"title\">02 A split, step 3 of 90<" slides/0001.svg
	run -6 "$ZONEWALK" export 2 --format svg --steps 3-7 -o slides
	has "slides/0001.svg: exists; choose another name or use --force"
	run -0 "$ZONEWALK" export 2 --format svg --steps 3-7 -o slides --force
	run -2 "$ZONEWALK" export 2 --format svg
	has "-o FOLDER is missing"
	echo text >file
	run -6 "$ZONEWALK" export 2 --format svg -o file
	has "zonewalk: file/0001.svg: cannot be written: Not a directory"
}

# A small terminal: what it shows after the Nth event of a cast must be the
# screen. Prints it, and checks header and times.
play_cast()
{
	python3 - "$1" "$2" <<-'END'
	import json, re, sys
	lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
	head = json.loads(lines[0])
	assert head["version"] == 2 and head["title"], head
	width, height = head["width"], head["height"]
	events = [json.loads(line) for line in lines[1:]]
	assert all(len(e) == 3 and e[1] == "o" for e in events)
	times = [e[0] for e in events]
	assert times[0] == 0 and all(a < b for a, b in zip(times, times[1:]))
	text = events[int(sys.argv[2]) - 1][2]
	assert text.count("\x1b[2J") == 1
	text = re.sub(r"\x1b\[[0-9;]*m", "", text.split("\x1b[2J")[1])
	assert "\x1b" not in text
	rows = text.split("\r\n")
	assert len(rows) == height, len(rows)
	assert all(len(row) <= width for row in rows)
	print("\n".join(row.rstrip() for row in rows))
	END
}

@test "cast: the screens of an asciicast of version 2" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	"$ZONEWALK" export 2 --format cast --steps 3-9 -o a.cast
	play_cast a.cast 1 | diff <("$ZONEWALK" frame 2 --step 3) -
	play_cast a.cast 6 | diff <("$ZONEWALK" frame 2 --step 8) -
	"$ZONEWALK" export 2 --format cast >b.cast
	[ "$(tail -n 1 b.cast | sed 's/.*"o",//')" = '"\u001b[?25h"]' ]
}

@test "cast: a question and a caption stay longer than a step" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	"$ZONEWALK" export 2 --format cast -o a.cast
	python3 - <<-'END'
	import json
	events = [json.loads(l) for l in open("a.cast", encoding="utf-8")][1:]
	asks = [b[0] - a[0] for a, b in zip(events, events[1:])
		if "Question" in a[2]]
	steps = [b[0] - a[0] for a, b in zip(events, events[1:])]
	assert len(asks) == 6 and min(asks) >= 8, asks
	assert abs(min(steps) - 2) < 0.001, min(steps)
	END
}

@test "recordings and reports are exported, too" {
	recording=$ZONEWALK_SOURCE/scenarios/recordings/duo-cpuset.jsonl
	run -0 "$ZONEWALK" export "$recording" --format text --steps 5
	[ "$output" = "$("$ZONEWALK" frame "$recording" --step 5)" ]
}

@test "export: wrong use" {
	run -2 "$ZONEWALK" export 2
	has "--format html, text, svg or cast is missing"
	run -2 "$ZONEWALK" export 2 --format pdf
	has "--format: html, text, svg or cast is expected: \"pdf\""
	for steps in 8-5 x 1-2-3 - -- 4294967296 ""; do
		run -2 "$ZONEWALK" export 2 --format text "--steps=$steps"
		has "--steps: A-B, A- or A is expected: \"$steps\""
	done
	run -2 "$ZONEWALK" export 2 --format text --steps 91-
	has "--steps: no such step: \"91-\"; the last one is 90"
	run -2 "$ZONEWALK" export 2 --format text --size 39x24
	has "--size: at least 40x10 is expected"
	run -2 "$ZONEWALK" export 2 --format text --theme blue
	has "--theme: auto, dark or light is expected: \"blue\""
	run -2 "$ZONEWALK" export 2 --format text --step 3 --points
	has "--step excludes --steps and --points"
	run -6 "$ZONEWALK" export 2 --format text -o none/a.txt
	has "none/a.txt"
}

@test "export: an existing file is kept without --force, or at an error" {
	echo mine >a.txt
	run -6 "$ZONEWALK" export 2 --format text -o a.txt
	has "a.txt: exists; choose another name or use --force"
	run -2 "$ZONEWALK" export 2 --format text --steps 91- -o a.txt --force
	[ "$(cat a.txt)" = mine ]
	run -0 "$ZONEWALK" export 2 --format text --step 1 -o a.txt --force
	diff a.txt <("$ZONEWALK" frame 2 --step 1)
}

# -- frame --------------------------------------------------------------------

@test "frame --request shows the first step of a request" {
	run -0 "$ZONEWALK" frame 2 --request 3
	has "request 3/8   step 32/90" "${lines[0]}"
	run -2 "$ZONEWALK" frame 2 --request 9
	has "frame: --request: there are 8 requests: 9"
	run -2 "$ZONEWALK" frame 2 --request 3 --step 4
	has "--step and --request exclude each other"
}

@test "frame --find shows the first step that has a text or matches" {
	run -0 "$ZONEWALK" frame 2 --find "add its upper half"
	has "step 8/90" "${lines[0]}"
	run -0 "$ZONEWALK" frame 2 --find "add its upper half" --step 9
	has "step 9/90" "${lines[0]}"
	run -0 "$ZONEWALK" frame 2 --find "add its upper half" --request 3
	has "step 39/90" "${lines[0]}"
	run -0 "$ZONEWALK" frame 2 --find "block of order n is"
	has "step 0/90" "${lines[0]}"
	run -0 "$ZONEWALK" frame 2 --find "expand and low = 3"
	has "half" "${lines[1]}"
	run -1 "$ZONEWALK" frame 2 --find "no such text"
	has "frame: --find: no step from 0 on has \"no such text\""
	run -2 "$ZONEWALK" frame 2 --find "order>3 and"
	has "frame: --find: "
}

@test "frame --color adds nothing but ANSI escapes" {
	"$ZONEWALK" frame 2 --step 30 --color --theme dark >color
	grep -q $'\e\[0;1;38;5;43m✓' color
	sed $'s/\e\\[[0-9;]*m//g; s/ *$//' color |
		diff <("$ZONEWALK" frame 2 --step 30) -
	diff <("$ZONEWALK" frame 2 --step 30) \
		<("$ZONEWALK" frame 2 --step 30 --color --no-color)
}

# -- pages --------------------------------------------------------------------

# page_data FILE: prints the data of a page as JSON.
page_data()
{
	node -e '
		const fs = require("fs");
		const source = fs.readFileSync(process.argv[1], "utf8");
		const { decode } = new Function(source +
			";return { decode };")();
		const page = fs.readFileSync(process.argv[2], "utf8");
		const text = /id="data">([^<]*)</.exec(page)[1];
		process.stdout.write(decode(text));' \
		"$ZONEWALK_SOURCE/tui/export/page/answers.js" "$1"
}

@test "html: every lesson is one file of at most 400 KB that loads nothing" {
	local number=0

	for lesson in "$ZONEWALK_SOURCE"/scenarios/[0-9]*.lua; do
		"$ZONEWALK" export "$lesson" --format html -o page.html --force
		[ "$(stat -c %s page.html)" -le 409600 ]
		run -1 grep -nE '(src|href)="?(https?:|//)|@[A-Z]+@|@import|url\(' page.html
		number=$((number + 1))
	done
	[ "$number" -ge 16 ]
}

@test "html: the data are valid, and rows are not repeated" {
	command -v node >/dev/null || skip "node is not installed"
	"$ZONEWALK" export 9 --format html -o page.html
	page_data page.html >data.json
	node -e '
		const d = JSON.parse(require("fs").readFileSync("data.json"));
		const assert = require("assert");
		assert(d.places.length > 50);
		assert(d.places.every((p) => p.r.length === d.height));
		assert(d.places.every((p) => p.r.every((r) => d.rows[r])));
		const texts = d.rows.map((r) => JSON.stringify(r));
		assert.strictEqual(new Set(texts).size, texts.length);
		assert(texts.length < d.places.length * d.height / 3);
		for (const q of d.questions) {
			assert(q.reveal >= d.places.findIndex((p) =>
				p.q === d.questions.indexOf(q)));
			assert.strictEqual(q.screens.length, q.choices.length);
		}'
}

@test "html: the page's text does not tell an answer" {
	command -v node >/dev/null || skip "node is not installed"
	for lesson in 2 7 9; do
		"$ZONEWALK" export "$lesson" --format html -o page.html --force
		page_data page.html >data.json
		node -e '
			const fs = require("fs"), assert = require("assert");
			const page = fs.readFileSync("page.html", "utf8");
			const d = JSON.parse(fs.readFileSync("data.json"));
			assert(d.questions.length > 2);
			for (const q of d.questions) {
				assert(q.reason.length > 10);
				assert(!page.includes(q.reason), q.reason);
				for (const [, text] of q.feedback)
					assert(!page.includes(text), text);
			}'
	done
	grep -q "<strong>Question.</strong>" page.html
}

@test "html: answers are understood as the terminal understands them" {
	command -v node >/dev/null || skip "node is not installed"
	node - "$ZONEWALK_SOURCE/tui/export/page/answers.js" <<-'END'
	const assert = require('assert'), fs = require('fs');
	const source = fs.readFileSync(process.argv[2], 'utf8');
	const { judge } = new Function(source + ';return { judge };')();
	for (const [form, given, answer, wanted] of [
		['number', '7', '7', true], ['number', ' 7 pages', '7', true],
		['number', '0x10', '16', true], ['number', '８', '8', true],
		['number', 'seven', '7', null], ['number', '8', '7', false],
		['order', 'order 3', '3', true], ['order', '', '3', null],
		['yesno', 'Y', 'yes', true], ['yesno', 'false', 'no', true],
		['yesno', 'maybe', 'no', null],
		['zone', 'Normal', 'node 0 Normal', null],
		['zone', 'node 0 Normal', 'Normal', true],
		['zone', '1 dma', 'node 1 DMA', true],
		['zone', 'node 0 DMA', 'node 1 DMA', false],
		['migratetype', 'm', 'movable', true],
		['migratetype', '', 'movable', null],
		['list', '1,2, 3', '1 2 3', true], ['list', ',', '1', null],
		['text', '7 pages', '7', true], ['text', 'x', '7', null],
		['text', 'Expand', 'expand', true],
		['choice', 'b', 'b', true], ['choice', 'a', 'b', false],
	])
		assert.strictEqual(judge({ form }, given, answer), wanted,
			[form, given, answer].join(' | '));
	END
}

@test "html: in a browser, by keys and clicks, each screen as frame prints it" {
	command -v node >/dev/null || skip "node is not installed"
	command -v chromium >/dev/null || skip "chromium is not installed"
	mkdir frames
	"$ZONEWALK" export 2 --format html -o page.html
	for step in $(seq 0 90); do
		"$ZONEWALK" frame 2 --step "$step" >"frames/$step.txt"
	done
	run -0 timeout 900 node "$ZONEWALK_SOURCE/tests/page/drive.js" \
		page.html frames profile
	[ "$output" = "6 questions, 91 screens" ]
}

@test "html: all lessons and an index in one folder" {
	local lesson name number=0

	run -0 "$ZONEWALK" export --all-lessons site
	has "pages and index.html in site"
	for lesson in "$ZONEWALK_SOURCE"/scenarios/[0-9]*.lua; do
		name=$(basename "$lesson" .lua)
		grep -q "<li><a href=\"$name.html\">" site/index.html
		grep -q "<h1>${name%%-*} " "site/$name.html"
		number=$((number + 1))
	done
	[ "$(ls site | wc -l)" -eq $((number + 1)) ]
	cmp "site/02-split.html" <("$ZONEWALK" export 2 --format html)
	run -6 "$ZONEWALK" export --all-lessons site
	has "exists; choose another name or use --force"
	run -2 "$ZONEWALK" export --all-lessons other 2
	has "--all-lessons takes no FILE"
	run -2 "$ZONEWALK" export --all-lessons other --format svg
	has "it excludes -o, --steps, --step and other formats"
	run -2 "$ZONEWALK" export --format html
	has "export: FILE is missing"
	[ ! -e other ]
}

@test "html: too many screens are refused with advice" {
	cat >long.lua <<-'END'
	local m = machine { nodes = { { memory = "64M" } } }
	for i = 1, 300 do
		m:alloc { order = 0, gfp = "GFP_KERNEL" }
	end
	END
	run -2 "$ZONEWALK" export long.lua --format html -o page.html
	has "screens are too many, at most 2000 are possible; choose some with --steps A-B or --points"
	[ ! -e page.html ]
	run -0 "$ZONEWALK" export long.lua --format html --steps 0-50 -o page.html
}
