#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# broken: replay rejects malformed and truncated recordings with exit code 6
# and a message that names the line; no input crashes it.

setup()
{
	load helper
	good=$ZONEWALK_SOURCE/tests/data/duo-dirty.jsonl
	cma=$ZONEWALK_SOURCE/tests/data/cma-steal.jsonl
	bad=$BATS_TEST_TMPDIR/bad.jsonl
}

# change LINE OLD NEW [FILE]: writes "$bad", FILE with OLD replaced in LINE.
change()
{
	change_line "${4-$good}" "$1" "$2" "$3" >"$bad"
}

# rejected TEXT...: replay rejects "$bad", and the message contains each TEXT.
rejected()
{
	local text

	run -6 --separate-stderr "$ZONEWALK" replay "$bad"
	[ -z "$output" ]
	for text; do
		has "$text" "$stderr"
	done
}

# begin OLD NEW TEXT...: the same with OLD replaced in the begin state.
begin()
{
	local old=$1 new=$2

	shift 2
	change 2 "$old" "$new"
	rejected "bad.jsonl:2: " "$@"
}

# -- files ------------------------------------------------------------------------

@test "a missing file and a folder are rejected" {
	run -6 "$ZONEWALK" replay "$BATS_TEST_TMPDIR/none"
	has "none: cannot be read: No such file"
	run -6 "$ZONEWALK" replay "$BATS_TEST_TMPDIR"
	has "cannot be read"
}

@test "an empty file, plain text and binary data are rejected" {
	: >"$bad"
	rejected "bad.jsonl:1: " "truncated"
	echo "hello" >"$bad"
	rejected "bad.jsonl:1: " "not JSON"
	head -c 100000 /dev/zero >"$bad"
	rejected "bad.jsonl:1: " "not JSON"
	head -c 100000 /dev/urandom >"$bad"
	rejected "bad.jsonl:1: "
}

@test "an endless file is rejected at the size limit" {
	ulimit -v unlimited 2>/dev/null || true
	run -6 "$ZONEWALK" replay /dev/zero
	has "larger than 256 MiB"
}

@test "a file truncated within a line is rejected" {
	size=$(wc -c <"$good")
	for part in 1 2 3 5 8 13 21 34 55 89; do
		head -c $((size * part / 90 - 3)) "$good" >"$bad"
		rejected "bad.jsonl:"
	done
	head -c $((size - 2)) "$good" >"$bad"
	rejected "bad.jsonl:3063: " "truncated"
}

@test "a file truncated between lines is rejected" {
	head -n 1 "$good" >"$bad"
	rejected "bad.jsonl:1: " "truncated"
	head -n 2 "$good" >"$bad"
	rejected "bad.jsonl:2: " "truncated"
	head -n 3062 "$good" >"$bad"
	rejected "bad.jsonl:3062: " '"final"' "truncated"
}

@test "lines in the wrong order are rejected" {
	sed 1d "$good" >"$bad"
	rejected "bad.jsonl:1: " "recording"
	sed 2d "$good" >"$bad"
	rejected "bad.jsonl:2: " '"begin"'
	sed '2{h;p}' "$good" >"$bad"
	rejected "bad.jsonl:3: " '"check" or "final"'
	{ cat "$good"; sed -n 3p "$good"; } >"$bad"
	rejected "bad.jsonl:3064: " "a line follows the state \"final\""
	sed '100s/.*//' "$good" >"$bad"
	rejected "bad.jsonl:100: "
	sed '100s/.*/[]/' "$good" >"$bad"
	rejected "bad.jsonl:100: an object"
	sed '100s/.*/{}/' "$good" >"$bad"
	rejected "bad.jsonl:100: neither a state nor an op"
}

@test "an unknown version is rejected" {
	change 1 '"recording":1' '"recording":3'
	rejected "bad.jsonl:1: recording: version 3 is not supported; use version 1 to 2"
	change 1 '"title"' '"titel"'
	rejected "bad.jsonl:1: the key title is missing"
	change 1 '"cpus":1' '"cpus":2'
	rejected "bad.jsonl:2: cpus: not as many as in the header"
}

# -- text ---------------------------------------------------------------------------

@test "megabytes of nested values are rejected" {
	for text in '[' '{"a":' '[{"a":'; do
		{
			head -n 2 "$good"
			yes "$text" | tr -d '\n' | head -c 8000000
		} >"$bad"
		rejected "bad.jsonl:3: " "nested too deeply"
	done
	yes '[' | tr -d '\n' | head -c 8000000 >"$bad"
	rejected "bad.jsonl:1: " "nested too deeply"
}

@test "millions of values and a number of megabytes are rejected" {
	{ printf '['; yes '0,' | tr -d '\n' | head -c 12000000; } >"$bad"
	rejected "bad.jsonl:1: " "four million values"
	{
		head -n 2 "$good"
		printf '{"op":"lru","slot":'
		yes 1 | tr -d '\n' | head -c 5000000
		printf '}\n'
	} >"$bad"
	rejected "bad.jsonl:3: slot: not an integer"
}

@test "trailing text, duplicate keys, NUL bytes and invalid UTF-8 are rejected" {
	sed '5s/$/ x/' "$good" >"$bad"
	rejected "bad.jsonl:5: " "after the end"
	change 5 '"cpu":0' '"cpu":0,"cpu":0'
	rejected 'bad.jsonl:5: duplicate key "cpu"'
	change 5 '"cpu":0' '"\\u0063pu":0,"cpu":0'
	rejected 'bad.jsonl:5: duplicate key "cpu"'
	sed '5s/"cpu"/"c\x00pu"/' "$good" >"$bad"
	rejected "bad.jsonl:5: " "control byte"
	sed '5s/}$/}\x00/' "$good" >"$bad"
	rejected "bad.jsonl:5: " "after the end"
	sed '1s/duo-dirty/duo\xffdirty/' "$good" >"$bad"
	rejected "bad.jsonl:1: " "not UTF-8"
	sed '1s/duo-dirty/\\u001b[31mduo/' "$good" >"$bad"
	rejected "bad.jsonl:1: title: control character"
}

@test "keys are case-sensitive" {
	change 5 '"cpu":0' '"CPU":0'
	rejected "bad.jsonl:5: the key cpu is missing"
}

# -- operations ---------------------------------------------------------------------

@test "every key of an operation is required" {
	for key in op cpu order nid gfp slot pfn zone nr_free_pages pcp_count; do
		change 3 "\"$key\":" "\"x$key\":"
		rejected "bad.jsonl:3: "
	done
	change 3 '"nr_free_cma":' '"x":' "$cma"
	rejected "bad.jsonl:3: the key nr_free_cma is missing"
	change 54 '"order":' '"x":'
	rejected "bad.jsonl:54: the key order is missing"
	change 53 '"file_dirty":' '"x":'
	rejected "bad.jsonl:53: the key file_dirty is missing"
	change 4 '"slot":' '"x":' "$cma"
	rejected "bad.jsonl:4: the key slot is missing"
}

@test "values of an operation have a type and a range" {
	change 3 '"op":"alloc"' '"op":"malloc"'
	rejected "bad.jsonl:3: op: no such operation"
	change 3 '"op":"alloc"' '"op":1'
	rejected "bad.jsonl:3: op: no such operation"
	change 3 '"pfn":67584' '"pfn":1e15'
	rejected "bad.jsonl:3: pfn: 1000000000000000 is out of range"
	change 3 '"pfn":67584' '"pfn":-1'
	rejected "bad.jsonl:3: pfn: -1 is out of range"
	change 3 '"pfn":67584' '"pfn":67584.5'
	rejected "bad.jsonl:3: pfn: not an integer"
	change 3 '"pfn":67584' '"pfn":1e999'
	rejected "bad.jsonl:3: pfn: not an integer"
	change 3 '"pfn":67584' '"pfn":"67584"'
	rejected "bad.jsonl:3: pfn: a number is expected"
	change 3 '"order":10' '"order":99'
	rejected "bad.jsonl:3: order: 99 is out of range"
	change 3 '"cpu":0' '"cpu":256'
	rejected "bad.jsonl:3: cpu: 256 is out of range"
	change 3 '"nid":1' '"nid":64'
	rejected "bad.jsonl:3: nid: 64 is out of range"
	change 3 '"slot":0' '"slot":4000000000'
	rejected "bad.jsonl:3: slot: 4000000000 is out of range"
	change 3 '"zone":[1,1]' '"zone":[1]'
	rejected "bad.jsonl:3: zone: 1 values, where 2 to 2"
	change 3 '"nr_free_pages":61668' '"nr_free_pages":9999999999'
	rejected "bad.jsonl:3: nr_free_pages: 9999999999 is out of range"
}

@test "malformed events of an operation are rejected" {
	change 3 '[["mm_page' '["mm_page'
	rejected "bad.jsonl:3: "
	change 3 'zone_locked' 'zone_unlocked'
	rejected 'bad.jsonl:3: events: there is no event "mm_page_alloc_zone_unlocked"'
	change 3 '67584,10,"movable"' '67584,10'
	rejected "bad.jsonl:3: events: mm_page_alloc_zone_locked has too few values"
	change 3 '67584,10,"movable"' '67584,10,"movable",1'
	rejected "bad.jsonl:3: events: mm_page_alloc_zone_locked has too many values"
	change 3 '67584,10,"movable"' '67584,10,"immovable"'
	rejected 'bad.jsonl:3: events: no migratetype "immovable"'
	change 3 '"events":[[' '"events":{"a":[['
	rejected "bad.jsonl:3: "
	change 3 '"events":' '"events":7,"x":'
	rejected "bad.jsonl:3: events: a list is expected"
}

# -- the begin state -----------------------------------------------------------------

@test "begin state: every key is required" {
	for key in release page_size max_order pageblock_order nodes_online \
		node_reclaim_mode lowmem_reserve_ratio task realtime \
		mems_allowed arch zone_names gfp_zones migratetypes cma numa \
		nofragment pageblocks_per_zone cpus nodes nid distance \
		file_dirty zonelists zones zone start_pfn spanned present \
		managed watermark boosted nr_free_pages lowmem_reserve \
		pageblocks free_area nr_free lists pcp count high batch \
		stat_threshold stat_diff lru; do
		begin "\"$key\":" "\"x$key\":" "$key is missing"
	done
}

@test "begin state: format 2 requires more keys, format 1 has no more operations" {
	change 1 '"recording":1' '"recording":2'
	rejected "bad.jsonl:2: the key system.task.hardwall_mems is missing"
	change 3 '"op":"alloc"' '"op":"isolate"'
	rejected "bad.jsonl:3: op: \"isolate\" is an operation of version 2"
}

@test "begin state: impossible numbers are rejected" {
	begin '"max_order":11' '"max_order":99' "system.max_order: 99"
	begin '"max_order":11' '"max_order":0' "system.max_order: 0"
	begin '"max_order":11' '"max_order":5' "pageblock_order"
	begin '"pageblock_order":9' '"pageblock_order":1' "pageblocks"
	begin '"page_size":4096' '"page_size":16384' "system.page_size"
	begin '"start_pfn":1,' '"start_pfn":4294967295,' "last page number"
	begin '"spanned":4095' '"spanned":4294967295' "zone"
	begin '"spanned":4095' '"spanned":4096' "overlap"
	begin '"present":3998' '"present":39980' "spanned >= present"
	begin '"managed":3977' '"managed":3999' "present >= managed"
	begin '"present":3998' '"present":0' "spanned >= present"
	begin '"distance":[10,20]' '"distance":[10]' "distance"
	begin '"distance":[10,20]' '"distance":[10,20,30]' "differ in length"
	begin '"nid":0,' '"nid":1,' "node 1"
	begin '"nid":0,' '"nid":64,' "nid: 64 is out of range"
	begin '"zone":0,' '"zone":5,' "zone"
	begin '"nodes_online":2' '"nodes_online":3' "nodes_online"
	begin '"cpu":0,"node":0' '"cpu":1,"node":0' "cpus"
	begin '"cpu":0,"node":0' '"cpu":0,"node":7' "cpus"
	begin '"nr_free_pages":3945' '"nr_free_pages":3946' "contradicts itself"
}

@test "begin state: wrong names are rejected" {
	begin '"DMA32","Normal"' '"Normal","DMA32"' "system.zone_names[2]"
	begin '"DMA32","Normal"' '"DMA32","Abnormal"' '"Abnormal"'
	begin '"Device"]' '"Device","Device"]' "system.zone_names[5]"
	begin '"migratetypes":["unmovable","movable"' \
		'"migratetypes":["movable","unmovable"' "system.migratetypes"
	begin '"isolate"]' '"isolate","cma"]' "system.migratetypes"
	begin '"gfp_zones":[2,0' '"gfp_zones":[5,0' "gfp_zones[0]"
	begin '"gfp_zones":[2,0' '"gfp_zones":[2' "gfp_zones: 15 values"
	begin '"name":"DMA"' '"name":"Normal"' 'its name is "Normal"'
	begin '"pageblocks":"UM' '"pageblocks":"UX' "'X' is no migratetype"
	begin '"pageblocks":"UM' '"pageblocks":"UC' "'C' is no migratetype"
	begin '"pageblocks":"UM' '"pageblocks":"UMM' "9 letters"
	begin '"lists":{"unmovable":[152]' '"lists":{"unmoved":[152]' \
		"no such migratetype"
	begin '"lists":{"unmovable":[152]' '"lists":{"cma":[152]' \
		"no such migratetype"
}

@test "begin state: contradictory free lists are rejected" {
	begin '"unmovable":[144]' '"unmovable":[152]' "152"
	begin '"unmovable":[16,128]' '"unmovable":[16,16]' "page 16 is on two lists"
	begin '"unmovable":[16,128]' '"unmovable":[16,136]' "not aligned"
	begin '"unmovable":[16,128]' '"unmovable":[16,65536]' "outside its zone"
	begin '"unmovable":[16,128]' '"unmovable":[16,0]' "outside its zone"
	begin '"unmovable":[16,128]' '"unmovable":[16,1040]' "overlaps page 1024"
	begin '"unmovable":[16,128]' '"unmovable":[16]' "nr_free is 2, the lists hold 1"
	begin '"unmovable":[16,128]' '"unmovable":[16,1e12]' "out of range"
	begin '"unmovable":[16,128]' '"unmovable":16' "a list is expected"
	begin '"nr_free":1,' '"nr_free":2,' "nr_free is 2"
	begin '"lru":[]' '"lru":[[152,1]]' "152"
	begin '"lru":[]' '"lru":[[200,1],[200,1]]' "page 200"
	begin '"lru":[]' '"lru":[[200,4000000]]' "leaves its zone"
	begin '"lru":[]' '"lru":[[200]]' "lru[0]: 1 values"
}

@test "begin state: contradictory per-cpu lists are rejected" {
	begin '"count":0' '"count":1' "count is not the length"
	begin '"pcp":[{' '"pcp":[{"page_types":{"16":"movable"},' "page_types"
	begin '"pcp":[{' '"pcp":[{"page_types":{"x":"movable"},' "not a page number"
	begin '"pcp":[{"cpu":0' '"pcp":[{"cpu":1' "in order"
	begin '"pcp":[{' '"pcp":[],"x":[{' "pcp: 0 values"
	begin '"count":0,' '"count":1,"x":0,' "count"
	change 2 '"page_types":{' '"page_types":{"262145":"cma",' \
		"$ZONEWALK_SOURCE/tests/data/cma-only-left.jsonl"
	rejected "bad.jsonl:2: " "page_types: a page that is on no per-cpu"
}

@test "begin state: wrong zonelists are rejected" {
	begin '"zonelists":[[[0,1]' '"zonelists":[[[0,2]' "has no memory"
	begin '"zonelists":[[[0,1]' '"zonelists":[[[9,1]' "has no memory"
	begin '"zonelists":[[[0,1]' '"zonelists":[[[0,0]' "twice"
	begin '"zonelists":[[[0,1]' '"zonelists":[[[0,1,1]' "3 values"
	begin '"zonelists":[[[0,1]' '"zonelists":[[],[[0,1]' "zonelists: 3 values"
}

# -- later states ----------------------------------------------------------------------

@test "later states must be well-formed" {
	change 3063 '"managed":' '"manged":'
	rejected "bad.jsonl:3063: " "managed is missing"
	change 3063 '"movable":[11286,11810]' '"movable":[11286,"11810"]'
	rejected "bad.jsonl:3063: " "movable[1]: a number is expected"
	change 3063 '"movable":[11286,11810]' '"movable":[11286,1e14]'
	rejected "bad.jsonl:3063: " "movable[1]: 100000000000000 is out of range"
	change 3063 '"state":"final"' '"state":"finale"'
	rejected "bad.jsonl:3063: " '"final" is expected'
}

@test "no file with a changed byte crashes replay" {
	for seed in $(seq 1 60); do
		at=$(((seed * 7919 * 131) % $(wc -c <"$good")))
		{
			head -c "$at" "$good"
			printf '%b' "\\x$(printf %02x $(((seed * 37) % 256)))"
			tail -c +$((at + 2)) "$good"
		} >"$bad"
		run "$ZONEWALK" replay "$bad"
		[[ $status == [016] ]] || { echo "seed $seed: $status"; false; }
	done
}
