#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# explain: the reports of real kernels in tests/data/reports give the numbers
# and verdicts that were worked out by hand; and what each rule of another
# release, each option and each error does.

setup()
{
	load helper
	cd "$BATS_TEST_TMPDIR"
	reports=$ZONEWALK_SOURCE/tests/data/reports
	atomic=$(echo "$reports"/d1-*.txt)
	zones=$(echo "$reports"/d2-*.txt)
	oom=$(echo "$reports"/d3-*.txt)
	boosted=$(echo "$reports"/d4-*.txt)
	zoneinfo=$(echo "$reports"/d5-*.txt)
}

# change FILE OLD NEW: prints FILE with every OLD replaced; fails without one.
change()
{
	awk -v old="$2" -v new="$3" '{
		while ((at = index($0, old))) {
			out = out substr($0, 1, at - 1) new
			$0 = substr($0, at + length(old))
			done = 1
		}
		print out $0
		out = ""
	} END { exit !done }' "$1"
}

# values FILTER [OPTION...]: what a Python expression on the explanation x
# prints, of the report on standard input.
values()
{
	local filter=$1

	shift
	"$ZONEWALK" explain --json "$@" - | python3 -c "
import json, sys
x = json.load(sys.stdin)
slow = {z['zone']: z for z in x['passes'][1]['zones']} if x['passes'] else {}
fast = {z['zone']: z for z in x['passes'][0]['zones']} if x['passes'] else {}
print(($filter))"
}

# says TEXT: the output contains TEXT, wherever its lines are broken.
says()
{
	has "$1" "$(tr -s " \n" " " <<<"$output")"
}

# -- the samples -----------------------------------------------------------------

@test "each sample has the numbers and the verdict that it should have" {
	local expected keys number=0 kernel

	for expected in "$reports"/*.json; do
		keys=(kernel request verdict passes)
		kernel=()
		if grep -q '"kind": "/proc' "$expected"; then
			keys=(kernel verdict)
			kernel=(--kernel "5.0 (said by its author)")
		fi
		"$ZONEWALK" explain --json "${kernel[@]}" "${expected%json}txt" |
			python3 "$ZONEWALK_SOURCE/tests/explain/compare.py" \
			"$expected" "${keys[@]}" || { echo "$expected"; return 1; }
		number=$((number + 1))
	done
	[ "$number" -ge 5 ]
}

@test "the exit code is 0 for explained and 1 for not explained" {
	for report in "$atomic" "$zones" "$oom" "$zoneinfo"; do
		run -0 "$ZONEWALK" explain "$report"
	done
	run -1 "$ZONEWALK" explain "$boosted"
	says "Not explained: at the moment of the dump this request would have"
}

@test "the text has no line of more than 80 columns and no colour" {
	for report in "$reports"/*.txt; do
		run --separate-stderr "$ZONEWALK" explain "$report"
		[ -z "$(awk 'length > 80' <<<"$output")" ]
		has_not $'\033'
	done
}

@test "the text has the inequality of each zone, and what is certain" {
	run -0 "$ZONEWALK" explain "$zones"
	says "Request: order 0 (1 page), GFP_ATOMIC|__GFP_COMP; unmovable"
	says "572 free - 8192 highatomic <= 23232 (low 23232), margin"
	says "572 free <= 7370 (min 19652 - 12282 for an urgent request)"
	run -0 "$ZONEWALK" explain "$oom"
	says "above highest_zoneidx (Normal)"
	says "not certain: the margin is -8965 to -119"
	says "High watermark (the last attempt before the OOM killer):"
}

@test "the account of each zone adds up" {
	for report in "$reports"/d[1-4]*.txt; do
		run -0 values "all(a['free'] == sum(v for k, v in a.items()
			if k not in ('zone', 'free', 'isolated'))
			for a in x['account']), len(x['account']) > 1" <"$report"
		[ "$output" = "(True, True)" ]
	done
}

@test "the account of the lists names the zone line where it differs" {
	run -0 "$ZONEWALK" explain "$zones"
	says "0/Normal 106 free = 106 in MIGRATE_HIGHATOMIC blocks; the zone line says 572"
	says "0/DMA 3459 free = 3459 behind lowmem_reserve What would"
	run -1 "$ZONEWALK" explain "$reports"/oom-two-nodes-5.4.txt
	says "13297 free = 1997 usable by this request + 11300 behind the watermark; 4 isolated, not counted as free; the zone line says 13299"
}

@test "each warning stands once, and names the zone in one way" {
	run -1 "$ZONEWALK" explain "$reports"/d4-*.txt
	says "node 0 DMA: the zone line says 12084 free pages, the lists 12086"
	has_not "the per-cpu lists are not in the report"
	has_not "node 0 zone"
	run -0 "$ZONEWALK" explain "$zones"
	says "node 0 DMA32: the zone line says 13612 free pages"
	says "node 0 DMA32: nr_reserved_highatomic is 6144, more than 5772"
	run "$ZONEWALK" explain --order 0 "$reports"/per-cpu-lists-3.18.txt
	says "the report does not show which migratetypes they hold"
}

@test "the facts are those of the samples" {
	run -0 values "x['facts']['reserved_highatomic_bounds']" <"$atomic"
	[ "$output" = "{'0/DMA': [512, 1063], '0/DMA32': [512, 1371]}" ]
	run -0 values "x['facts']['H_needed_to_explain']" <"$oom"
	[ "$output" = 393 ]
	run -0 values "x['facts']['oom_margin']['0/DMA']" <"$oom"
	[ "$output" = -2951 ]
	run -0 values "x['facts']['boost_in_marks']" <"$boosted"
	[ "$output" = True ]
	run -0 values "x['facts']['gap']['0/Normal'],
		x['facts']['unboosted_min'], x['facts']['boost']" <"$zoneinfo"
	[ "$output" = "(2419, {'0/Normal': [9676, 9679]}, {'0/Normal': [21770, 21773]})" ]
	run -0 values "x['facts']['unboosted_min']['0/Normal'][0]" <"$zones"
	[ "$output" = 3565 ]
}

# -- the rules of other releases ---------------------------------------------------

@test "6.13: a request that may not block takes highatomic pages last" {
	change "$atomic" 4.9.0-0.rc8 6.13.0 >new.txt
	run -1 "$ZONEWALK" explain new.txt
	says "would have been served from 0/DMA32"
	change "$atomic" 4.9.0-0.rc8 6.11.0 >old.txt
	run -0 "$ZONEWALK" explain old.txt
	says "Explained, certain"
}

@test "5.8: lowmem_reserve[] is read at highest_zoneidx" {
	change "$atomic" "lowmem_reserve[]: 0 116 116" \
		"lowmem_reserve[]: 0 116 777" >reserve.txt
	run -0 values "slow['0/DMA']['reserve']" <reserve.txt
	[ "$output" = 116 ]
	run -0 "$ZONEWALK" explain reserve.txt
	says "lowmem_reserve[DMA32] 116"
	change reserve.txt 4.9.0-0.rc8 5.8.0 >new.txt
	run -0 values "slow['0/DMA']['reserve'], slow['0/DMA']['check']" <new.txt
	[ "$output" = "(777, 'watermark')" ]
}

@test "5.5: a reserve that is not printed is 0 from then on" {
	change "$oom" 4.14.65 5.10.1 >new.txt
	run -1 "$ZONEWALK" explain new.txt
	says "with a margin of 393 pages"
}

@test "5.9: the quick check of order 0 subtracts the highatomic reserve" {
	change "$zones" GFP_ATOMIC GFP_KERNEL | sed 's/0x40a20/0x40cc0/' >new.txt
	run -0 values "fast['0/Normal']['unusable']['highatomic']" <new.txt
	[ "$output" = 8192 ]
	change new.txt 5.11.4 5.6.0 >old.txt
	run -0 values "fast['0/Normal']['unusable']['highatomic'],
		fast['0/Normal']['margin']" <old.txt
	[ "$output" = "(0, $((572 - 23232)))" ]
}

@test "5.9: GFP_ATOMIC of order 0 is checked without a hidden boost" {
	# DMA32 lacks 100 pages with the boost, at most 2001 pages, and not
	# without it
	change "$zones" "lowmem_reserve[]: 0 0 13985 13985" \
		"lowmem_reserve[]: 0 0 12794 12794" >boost.txt
	run -0 values "x['verdict'], slow['0/DMA32']['margin'],
		slow['0/DMA32'].get('unknown')" <boost.txt
	[ "$output" = "('bounded', -100, ['boost', 'lists'])" ]
	change boost.txt 5.11.4 5.8.0 >old.txt
	run -0 values "x['verdict']" <old.txt
	[ "$output" = certain ]
}

@test "6.3: __GFP_HIGH alone is enough to keep the highatomic pages" {
	change "$zones" "GFP_ATOMIC|__GFP_COMP" "GFP_KERNEL|__GFP_HIGH" >new.txt
	run -0 values "slow['0/DMA32']['unusable']['highatomic'],
		slow['0/DMA32']['watermark']" <new.txt
	[ "$output" = "(6144, 1223)" ]
	change new.txt 5.11.4 6.3.0 >new2.txt
	run -0 values "slow['0/DMA32']['unusable']['highatomic'],
		slow['0/DMA32']['watermark']" <new2.txt
	[ "$output" = "(0, 1223)" ]
	change "$zones" "GFP_ATOMIC|__GFP_COMP" "GFP_NOWAIT" |
		sed s/5.11.4/6.3.0/ >nowait.txt
	run -0 values "slow['0/DMA32']['unusable']['highatomic'],
		slow['0/DMA32']['watermark']" <nowait.txt
	[ "$output" = "(0, 2445)" ]
}

@test "before 4.4 each smaller order is checked too" {
	# enough pages, a block of order 6, but nearly all pages in order 0
	change "$oom" 4.14.65 4.1.0 |
		sed 's/order=1,/order=4,/
		s/^\(.*\] DMA: \)71\*4kB.*/\14376*4kB (EH) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 1*256kB (U) 0*512kB 0*1024kB 0*2048kB 0*4096kB 0*8192kB 0*16384kB = 17760kB/' \
		>old.txt
	run -0 values "x['verdict'], slow['0/DMA']['check'],
		slow['0/DMA']['margin']" <old.txt
	[ "$output" = "('certain', 'no_block', 379)" ]
	sed 's/4\.1\.0/5.10.0/' old.txt >new.txt
	run -0 values "slow['0/DMA']['verdict']" <new.txt
	[ "$output" = served ]
}

@test "the header names the rules that are followed" {
	run -0 "$ZONEWALK" explain "$oom"
	says "the highatomic reserve is not printed"
	has_not "order 0: the quick check"
	run -1 "$ZONEWALK" explain "$boosted"
	says "the free highatomic pages are subtracted, not the reserved ones"
	run -0 values "x['rules']" <"$boosted"
	has "'free_highatomic'"
}

# -- other requests ----------------------------------------------------------------

@test "a request that ignores the watermarks is refused for want of a block" {
	change "$atomic" "GFP_ATOMIC|__GFP_NOTRACK" \
		"GFP_ATOMIC|__GFP_MEMALLOC" >new.txt
	run -0 values "slow['0/DMA32']['watermark'], slow['0/DMA32']['margin'],
		slow['0/DMA32']['check']" <new.txt
	[ "$output" = "(0, 352, 'no_block')" ]
}

@test "kswapd ignores the watermarks, unless the mask forbids it" {
	change "$zones" napi/eth9-1 kswapd0 >kswapd.txt
	run -1 "$ZONEWALK" explain kswapd.txt
	says "13612 free, the watermark is ignored"
	says "kswapd may ignore the watermarks"
	change kswapd.txt "GFP_ATOMIC|" "GFP_ATOMIC|__GFP_NOMEMALLOC|" >not.txt
	run -0 values "slow['0/DMA32']['watermark']" <not.txt
	[ "$output" = 1223 ]
}

@test "a memory cgroup's limit is not explained by the zones" {
	{
		cat "$oom"
		echo "[  328.4] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0"
	} >new.txt
	run -1 "$ZONEWALK" explain new.txt
	says "a memory cgroup reached its limit"
}

@test "an order above the largest is refused before any zone" {
	change "$oom" "order=1," "order=13," >new.txt
	run -0 "$ZONEWALK" explain new.txt
	says "order 13 is not below MAX_ORDER (13)"
}

# two_nodes: the first sample, and a second node with 9000 free pages.
two_nodes()
{
	awk '{ print }
	/Node 0 DMA32 free/ { zone = $0 }
	/^\[ 4301.000008\]/ {
		sub("Node 0 DMA32 free:1408kB", "Node 1 Normal free:36000kB", zone)
		print zone
		print
	}
	/Node 0 DMA32: / { print "[ 4301.000010] Node 1 Normal: 0*4kB 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 17*2048kB (M) 0*4096kB = 34816kB" }
	' "$atomic"
}

@test "a nodemask and a cpuset keep a request from a node" {
	two_nodes >two.txt
	run -1 "$ZONEWALK" explain two.txt
	says "would have been served from 1/Normal"
	two_nodes | sed 's/NOTRACK)/NOTRACK), nodemask=0/' >mask.txt
	run -0 values "slow['1/Normal']" <mask.txt
	has "'verdict': 'skipped', 'check': 'nodemask'"
	two_nodes | sed 's/(GFP_ATOMIC|__GFP_NOTRACK)/(GFP_USER), nodemask=(null),cpuset=a,mems_allowed=0/' >user.txt
	run -0 values "fast['1/Normal']['check'], slow['1/Normal']['check']" \
		<user.txt
	[ "$output" = "('nodemask', 'cpuset')" ]
	# without __GFP_HARDWALL the cpuset holds only for the fast path
	for gfp in GFP_ATOMIC GFP_KERNEL; do
		sed "s/GFP_USER/$gfp/" user.txt >$gfp.txt
		run -0 values "fast['1/Normal']['check'],
			slow['1/Normal']['verdict']" <$gfp.txt
		[ "$output" = "('nodemask', 'served')" ]
	done
}

@test "of a request for one node the report does not name the node" {
	two_nodes | sed 's/__GFP_NOTRACK/__GFP_THISNODE/' >this.txt
	run -0 values "x['verdict'], slow['1/Normal']['check']" <this.txt
	[ "$output" = "('certain', 'not_in_zonelist')" ]
	run -0 values "x['verdict']" --node 1 <this.txt
	[ "$output" = not_explained ]
	run -6 "$ZONEWALK" explain --node 3 this.txt
	says "node 3: the report has no such node"
}

# -- what a report leaves out ---------------------------------------------------------

@test "a gfp mask without names and a release is one of an old kernel" {
	cat >old <<-END
		sh: page allocation failure. order:3, mode:0x4020
		Mem-info:
		Normal free:1040kB min:508kB low:632kB high:760kB present:16256kB
		lowmem_reserve[]: 0 0
		Normal: 74*4kB 43*8kB 23*16kB 1*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 1040kB
	END
	run -0 "$ZONEWALK" explain old
	says "kernel older than 3.8"
	says "order 3 (8 pages), GFP_ATOMIC|__GFP_COMP"
	# 260 - 7 - 74 - 86 - 92 pages in larger blocks, and 48 / 8 required
	says "certain: every zone in reach has enough free pages, but too few of them in blocks of its order or more"
	change old "43*8kB" "40*8kB" >more
	run -1 "$ZONEWALK" explain more
	says "Not explained: at the moment of the dump this request would have been served from 0/Normal"
	change old "4kB 43" "4kB (UEM) 43" >typed
	run "$ZONEWALK" explain typed
	says "kernel older than 4.4"
	change old 0x4020 0x2004020 >new
	run -6 "$ZONEWALK" explain new
	says "and this one is unknown; pass --gfp"
	run -0 "$ZONEWALK" explain --kernel 4.5 new
	says "kernel 4.5"
}

@test "a zone line that is cut before present is enough" {
	cat >cut <<-END
		sh: page allocation failure: order:0, mode:0x20
		CPU: 0 PID: 6 Comm: sh Not tainted 3.18.23 #1
		Mem-Info:
		Normal free:372kB min:984kB low:1228kB high:1476kB active_anon:2o
		lowmem_reserve[]: 0 0
		Normal: 9*4kB (MR) 4*8kB (R) 1*16kB (R) 1*B
	END
	run -0 "$ZONEWALK" explain cut
	says "0/Normal refused 93 free <= 93 (min 246 - 153 for an urgent request), margin 0; certain"
	says "neither present nor managed is in the report"
	change cut free:372kB free:376kB >more
	run -1 "$ZONEWALK" explain more
	says "0/Normal served 94 free > 93"
	# elided counts, and blanks in one
	change cut "4*8kB (R) 1*16kB (R) 1*B" "... 1 *16kB (R)" >elided
	run -0 "$ZONEWALK" explain elided
	says "the free lists of node 0 Normal are cut short"
}

@test "a free page is certain where no list is printed, for order 0" {
	local report

	report=$(cat <<-END
		sh invoked oom-killer: gfp_mask=0x24200ca(GFP_HIGHUSER_MOVABLE), nodemask=1, order=0, oom_score_adj=0
		CPU: 0 PID: 6 Comm: sh Not tainted 4.10.0 #1
		Node 1 Normal free:4000000kB min:45532kB low:62044kB high:78556kB present:16777216kB managed:16512808kB free_cma:0kB
	END
	)
	run -0 values "x['verdict'], slow['1/Normal']['verdict']" <<<"$report"
	[ "$output" = "('not_explained', 'served')" ]
	# all of them may be CMA
	run -0 values "x['verdict']" --gfp GFP_KERNEL \
		<<<"${report/free_cma:0kB/free_cma:3999000kB}"
	[ "$output" = certain ]
}

@test "HighMem that is not printed is a zone of the kernel all the same" {
	local report

	report=$(cat <<-END
		sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
		CPU: 0 PID: 6 Comm: sh Not tainted 6.1.21-v7l+ #1
		Mem-Info:
		DMA free:11000kB boost:0kB min:10428kB low:11228kB high:12028kB reserved_highatomic:0KB present:786432kB managed:663836kB free_cma:0kB
		lowmem_reserve[]: 0 0 3188 3188
		DMA: 2750*4kB (UE) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 11000kB
		1012736 pages RAM
		816128 pages HighMem/MovableOnly
	END
	)
	run -0 values "slow['0/DMA']['reserve'], slow['0/DMA']['margin']" <<<"$report"
	[ "$output" = "(0, 143)" ]
	run -0 values "slow['0/DMA']['reserve'], slow['0/DMA']['margin']" \
		<<<"${report/816128 pages/0 pages}"
	[ "$output" = "(3188, -3045)" ]
}

@test "what stands around a report is read: a release, a cgroup, a prefix" {
	local zones="Normal free:400kB min:500kB low:600kB high:700kB present:16256kB managed:16256kB
		lowmem_reserve[]: 0 0"

	cat >before <<-END
		CPU: 0 PID: 6 Comm: sh Not tainted 4.14.158 #0
		sh: page allocation failure: order:0, mode:0x1080020(GFP_ATOMIC), nodemask=(null)
		$zones
	END
	run "$ZONEWALK" explain before
	says "kernel 4.14.158"
	cat >group <<-END
		sh invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
		CPU: 0 PID: 6 Comm: sh Not tainted 3.6.0 #0
		Task in /a/b killed as a result of limit of /a
		$zones
	END
	run -1 "$ZONEWALK" explain group
	says "a memory cgroup reached its limit"
	change group "limit of /a" "limit of host" >host
	run -0 "$ZONEWALK" explain host
	says "Explained, certain"
	sed "s/^[[:blank:]]*/... kernel: [430837.196100] /" host >elided
	run -0 "$ZONEWALK" explain elided
	says "sh, out of memory, kernel 3.6.0"
}

# -- files of /proc, and options -----------------------------------------------------

@test "files without a request give a table" {
	run -0 "$ZONEWALK" explain "$zoneinfo"
	says "Low watermark (the fast path):"
	says "0/Normal: min 31449 includes a watermark_boost of 21770 to 21773 pages"
	cat >buddyinfo <<-END
		Node 0, zone      DMA      1      0      0      0      0      0      0      0      1      1      3
		Node 0, zone    DMA32   2000   1000    500      0      0      0      0      0      0      0      0
		Node 0, zone   Normal    907    500    500    500    500    100     10      0      0      0      0
	END
	run -0 "$ZONEWALK" explain "$zoneinfo" buddyinfo
	says "orders 0-5 served from 0/Normal, if the type of its blocks allows"
	run -0 "$ZONEWALK" explain "$zoneinfo"
	says "order 0 served from 0/DMA orders 1-10 served from 0/DMA, if it has such a block"
	run -0 "$ZONEWALK" explain --json "$zoneinfo" buddyinfo
	has '"table":[{"watermark":"low","highest_zoneidx":"DMA","migratetype":"unmovable","order":0,"served":"0/DMA"'
}

@test "--order and --gfp give a request to files without one" {
	run -0 values "x['request']['order'], x['request']['gfp'],
		x['request']['event'], 'table' in x" --order 3 --gfp GFP_KERNEL \
		--kernel 5.0 <"$zoneinfo"
	[ "$output" = "(3, 'GFP_KERNEL', 'none', False)" ]
	run -0 "$ZONEWALK" explain --order 3 --gfp GFP_DMA "$zoneinfo"
	says "0/DMA passes its watermark, with a margin of 3921 pages, but the report does not print its free lists"
	cat >types <<-END
		Page block order: 9
		Pages per block:  512

		Free pages count per migrate type at order       0      1      2      3      4      5      6      7      8      9     10
		Node    0, zone      DMA, type    Unmovable      1      0      0      0      0      0      0      0      1      1      3
	END
	run -0 "$ZONEWALK" explain --order 3 --gfp GFP_DMA "$zoneinfo" types
	says "Served: this request would be served from 0/DMA"
	run -2 "$ZONEWALK" explain --gfp GFP_KERNLE "$zoneinfo"
	has 'explain: --gfp: gfp "GFP_KERNLE": no such flag'
	has_not "pass --gfp"
	run -2 "$ZONEWALK" explain --order 16 "$zoneinfo"
	has '--order: a number from 0 to 15 is expected: "16"'
	run -2 "$ZONEWALK" explain --kernel new "$zoneinfo"
	has '--kernel: a release such as 5.10 is expected: "new"'
}

@test "--zone prints one zone, --report another report" {
	run -0 "$ZONEWALK" explain --zone DMA32 "$zones"
	says "0/DMA32"
	has_not "0/Normal "
	run -0 values "list(slow)" --zone 0/Normal <"$zones"
	[ "$output" = "['0/Normal']" ]
	run -6 "$ZONEWALK" explain --zone Movable "$zones"
	says "zone Movable: the report has no such zone"
	cat "$atomic" "$zones" >both.txt
	run -0 values "x['kernel'], x['warnings'][-1]" --report 2 <both.txt
	has 5.11.4
	run -6 "$ZONEWALK" explain --report 3 both.txt
	[ "$output" = "zonewalk: both.txt: it has 2 reports, but no report 3; choose one of them" ]
}

@test "--live reads this computer" {
	[ -r /proc/zoneinfo ] || skip "no /proc/zoneinfo"
	run "$ZONEWALK" explain --live --json
	[ "$status" -eq 0 ] || [ "$status" -eq 6 ]
	run -2 "$ZONEWALK" explain --live "$zones"
	says "it takes no REPORT"
}

@test "what cannot be read is refused with exit 6, also as JSON" {
	run -6 "$ZONEWALK" explain missing.txt
	has missing.txt
	echo "nothing" >empty.txt
	run -6 --separate-stderr "$ZONEWALK" explain --json empty.txt
	has '"verdict":"refused","why":"empty.txt'
	has empty.txt "$stderr"
	run -6 "$ZONEWALK" explain "$reports"/buddyinfo-*.txt
	says "buddyinfo-6.6.txt: the report has no watermarks; give /proc/zoneinfo of the same moment too"
	run -6 "$ZONEWALK" frame "$reports"/buddyinfo-*.txt
	says "buddyinfo-6.6.txt: the report has no watermarks"
	change "$zones" "min:" "mon:" >broken.txt
	run -6 "$ZONEWALK" explain broken.txt
}

# -- import and play -----------------------------------------------------------------

@test "play and frame open a report at the step that refuses" {
	run -0 "$ZONEWALK" frame "$atomic"
	says "352 pages are free, all in MIGRATE_HIGHATOMIC blocks"
	says "Report of kernel 4.9.0-0.rc8. Explained, certain:"
	run -0 "$ZONEWALK" frame "$boosted"
	says "refused"
	run -0 "$ZONEWALK" frame "$atomic" --step 1
	says "step 1/"
	run -0 "$ZONEWALK" play --plain "$zones" </dev/null
	says "d2 order0 atomic three zones: 20 steps, 2 requests"
}

@test "import writes the machine as a snapshot" {
	run -0 "$ZONEWALK" import "$atomic" -o state.json
	says "saved state.json"
	run -0 "$ZONEWALK" diff state.json state.json
	run -0 --separate-stderr "$ZONEWALK" import "$atomic" -o -
	[ "$output" = "$(cat state.json)" ]
	run -2 "$ZONEWALK" import "$atomic"
	says "-o STATE.json or --lua FILE is missing"
}

@test "import writes a scenario that repeats the request" {
	run -0 "$ZONEWALK" import "$atomic" --lua report.lua
	run -0 "$ZONEWALK" run report.lua
	says "352 pages are free, all in MIGRATE_HIGHATOMIC blocks"
	says "get_page_from_freelist() returns NULL"
	for report in "$zones" "$oom" "$boosted" "$zoneinfo"; do
		run -0 "$ZONEWALK" import "$report" --force --lua report.lua
		run -0 "$ZONEWALK" run -q report.lua
	done
}

@test "import overwrites no file of the user, except with --force" {
	echo mine >state.json
	echo mine >report.lua
	run -6 "$ZONEWALK" import "$atomic" -o state.json
	run -6 "$ZONEWALK" import "$atomic" --lua report.lua
	[ "$(cat state.json report.lua)" = "$(printf 'mine\nmine')" ]
	run -0 "$ZONEWALK" import "$atomic" --force -o state.json --lua report.lua
	has_not mine "$(cat state.json report.lua)"
}
