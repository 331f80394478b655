#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# docs: what README.md and docs/ say about commands, layers and files is so.
# The examples of the guides are tested in guide.bats and grade.bats.

setup()
{
	load helper
	cd "$ZONEWALK_SOURCE"
}

@test "README lists the commands in the words of the help" {
	local number=0 usage text row

	while read -r usage && read -r text; do
		[[ $usage != help* ]] || continue
		row="| \`zonewalk $usage\` | $text |"
		grep -qF -- "$row" README.md || { echo "missing: $row"; return 1; }
		number=$((number + 1))
	done < <("$ZONEWALK" help | sed -n '/^Commands:/,/^$/{/^ /p}')
	[ "$number" -ge 9 ]
}

@test "architecture.md lists exactly the layers, from bottom to top" {
	sed -n 's/^layer([a-z]* \([a-z/]*\)$/\1/p' CMakeLists.txt \
		>"$BATS_TEST_TMPDIR/layers"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/layers")" -ge 20 ]
	sed -n '/^## Layers/,/^The files/s/^| `\([a-z/]*\)` .*/\1/p' \
		docs/architecture.md | diff "$BATS_TEST_TMPDIR/layers" -
	ls engine/mm/*.[hc] | sed 's|.*/||' | while read -r file; do
		grep -qF "\`$file\`" docs/architecture.md || echo "$file"
	done >"$BATS_TEST_TMPDIR/unnamed"
	cat "$BATS_TEST_TMPDIR/unnamed"
	# the headers of the entry points are not named
	! grep -vE '^(alloc_request|allocator|control|traced)\.[hc]$' \
		"$BATS_TEST_TMPDIR/unnamed"
}

@test "what is not modelled is named where it would stand" {
	local names file name number=0

	run -0 "$ZONEWALK" doc not-modelled
	[ -z "$(awk 'length > 80' <<<"$output")" ]
	for name in gfp_allowed_mask might_sleep_if current_gfp_context \
		__memcg_kmem_charge_page _deferred_grow_zone check_new_page \
		check_pcp_refill check_new_pcp post_alloc_hook set_page_guard \
		bad_range put_page_testzero free_pages_prepare \
		bulkfree_pcp_prepare compaction_capture shuffle_pick_tail \
		page_reporting_notify_free free_unref_page_list split_page \
		free_contig_range wake_all_kswapds __alloc_pages_direct_reclaim \
		unreserve_highatomic_pageblock cpusets_insane_config \
		check_retry_cpuset check_retry_zonelist refresh_cpu_vm_stats \
		MEMORY_OFFLINE; do
		has "$name"
	done
	while IFS= read -r line; do
		case $line in
		"        engine/mm/"*)
			file=${line##* }
			for name in ${names//,/}; do
				sed -n '/^ \*/p; /^\/\*/p' "$file" | grep -qw -- "$name" ||
					{ echo "$file: no comment names $name"; return 1; }
				number=$((number + 1))
			done
			names=
			;;
		"        "*) ;;
		"  "*) names+=" $line" ;;
		esac
	done <<<"$output"
	[ "$number" -ge 50 ]
	[ "$(grep -c '^        engine/mm/' <<<"$output")" = \
		"$(grep -c '^ABSENT(' tui/reference/not_modelled.def)" ]
}

@test "every path, link and test that the documents name exists" {
	local file path number=0

	for file in README.md CONTRIBUTING.md SECURITY.md docs/*.md; do
		for path in $(grep -oE '`(engine|scripts|tui|tests|docs|scenarios)/[^` ]*`|\]\([^)#]*' \
			"$file" | sed 's/[`]//g; s/^](//'); do
			case $path in
			*NAME* | http*) continue ;;
			esac
			number=$((number + 1))
			ls -d $path >/dev/null 2>&1 ||
				ls -d "$(dirname "$file")"/$path >/dev/null 2>&1 ||
				{ echo "$file: no $path"; return 1; }
		done
	done
	[ "$number" -ge 40 ]
	(cd "$ZONEWALK_BUILD" && ctest -N) >"$BATS_TEST_TMPDIR/tests"
	for path in $(grep -ohE 'ctest --preset release -R [^ ]*' docs/*.md |
		sed "s/.* //; s/'//g; s/|/ /g"); do
		grep -qE "$path" "$BATS_TEST_TMPDIR/tests" ||
			{ echo "no test $path"; return 1; }
	done
}
