/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording: real recordings are identical, and what was changed in one is
 * found, in the words and at the line of the change.
 */
#include "replay/recording.h"

#include <string.h>

#include "state/arena.h"
#include "check/check.h"
#include "files.h"
#include "snapshot/snapshot.h"
#include "test.h"

static const char *const names[] = {
	"duo-cpuset.jsonl",  "duo-dirty.jsonl", "cma-only-left.jsonl",
	"cma-steal.jsonl",   "hm-spill.jsonl",	"hm-movable-zone.jsonl",
	"hm-reserves.jsonl",
};

static struct file_error error;

static struct recording *opened(const char *path)
{
	struct recording *r = recording_open(path, &error);

	if (r)
		return r;
	fprintf(stderr, "%s\n", error.text);
	exit(EXIT_FAILURE);
}

static struct session *started(const struct recording *r, bool record)
{
	struct session *s = NULL;
	struct machine m;

	if (recording_machine(r, &m, &error))
		s = session_new(&m, record);
	if (s)
		return s;
	fprintf(stderr, "%s\n", error.text);
	exit(EXIT_FAILURE);
}

static void check_identical(enum replay_build build)
{
	uint32_t nr_cached = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct recording *r = opened(data_path(names[i]));
		struct replay_result result;

		CHECK(recording_replay(r, build, &result, &error));
		nr_cached += result.nr_cached;
		if (!result.identical)
			fprintf(stderr, "%s: %s: expected %s, got %s\n",
				names[i], result.what, result.expected,
				result.got);
		CHECK(result.identical);
		CHECK_EQ(result.nr_ops, recording_nr_ops(r));
		CHECK(result.nr_ops > 1000);
		CHECK(build == REPLAY_TRACED ? result.nr_events > 500 :
					       !result.nr_events);
		CHECK(result.nr_states >= 1);
		CHECK_EQ(result.line, 0);
		recording_close(r);
	}
	CHECK(build == REPLAY_CACHED && ZONEWALK_FAST_PATH_CACHE ?
		      nr_cached > 1000 :
		      !nr_cached);
}

/*
 * The untraced allocator and the traced one end in the same state, in one
 * go or in two; and time leads back to the start, byte by byte.
 */
static void test_play(const char *name)
{
	struct recording *r = opened(data_path(name));
	struct session *untraced = started(r, false);
	struct session *traced = started(r, true);
	struct machine begin;
	char message[256];
	char *a, *b;

	CHECK(arena_clone(&begin, session_machine(traced)));
	CHECK(recording_play(r, untraced, 0, recording_nr_ops(r)));
	CHECK(recording_play(r, traced, 0, 100));
	CHECK_EQ(session_nr_requests(traced), 100);
	CHECK(recording_play(r, traced, 100, UINT32_MAX));
	CHECK_EQ(session_nr_requests(traced), recording_nr_ops(r));
	CHECK_EQ(session_get_request(traced, 0)->where.line, 3);
	a = snapshot_text(untraced);
	b = snapshot_text(traced);
	CHECK(a && b);
	/* who owns a block is remembered by the traced one only */
	if (a && b && strstr(a, "\"blocks\"") && strstr(b, "\"blocks\"")) {
		*strstr(a, "\"blocks\"") = '\0';
		*strstr(b, "\"blocks\"") = '\0';
		CHECK(!strcmp(a, b));
	}
	free(a);
	free(b);
	CHECK(machine_check(session_machine(traced), message, sizeof(message)));
	session_seek(traced, 0);
	CHECK(arena_equal(&begin, session_machine(traced)));
	arena_destroy(&begin);
	session_free(untraced);
	session_free(traced);
	recording_close(r);
}

/* -- changed by hand ------------------------------------------------------ */

/* The replay of a changed text. */
static struct replay_result replay_text(const char *text,
					enum replay_build build)
{
	const char *path = temporary_file(text, strlen(text));
	struct recording *r = opened(path);
	struct replay_result result;

	if (!recording_replay(r, build, &result, &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(EXIT_FAILURE);
	}
	recording_close(r);
	unlink(path);
	return result;
}

struct edit {
	const char *after; /* the change is at or after this text */
	const char *old;
	const char *new;
	uint32_t line; /* where the difference is found */
	uint32_t request;
	const char *what;
	const char *expected;
	const char *got;
};

static void check_edit(const struct edit *e, const char *changed,
		       enum replay_build build)
{
	struct replay_result result = replay_text(changed, build);

	/* the untraced build emits no events that could differ */
	if (build != REPLAY_TRACED && !strncmp(e->what, "event ", 6)) {
		CHECK(result.identical);
		return;
	}
	if (result.identical)
		fprintf(stderr, "%s: line %u was not found\n",
			replay_build_name(build), e->line);
	CHECK(!result.identical);
	CHECK_EQ(result.build, build);
	CHECK_EQ(result.line, e->line);
	CHECK_EQ(result.request, e->request);
	CHECK_STR(result.what, e->what);
	CHECK_STR(result.expected, e->expected);
	CHECK_STR(result.got, e->got);
	CHECK(*result.operation);
}

/* Each build finds each change, alone. */
static void test_edits(const char *name, const struct edit *edits, size_t nr)
{
	char *text = file_text(data_path(name));

	for (size_t i = 0; i < nr; i++) {
		const struct edit *e = &edits[i];
		char *changed = edited(text, e->after, e->old, e->new);

		for (enum replay_build b = 0; b < NR_REPLAY_BUILDS; b++)
			check_edit(e, changed, b);
		free(changed);
	}
	free(text);
}

/* Where later lines begin, for edits behind them. */
#define FINAL "{\"state\":\"final\""
#define NODE_1 "\"nid\":1,\"distance\""
#define FREE_7 "{\"op\":\"free\",\"cpu\":0,\"slot\":7,"
#define STEAL "\"slot\":160,\"pfn\":29696"

#define FIRST_OP                                                               \
	"{\"op\":\"alloc\",\"cpu\":0,\"order\":10,\"nid\":1,\"gfp\":1051850,"
#define TOO_LARGE                                                              \
	"{\"op\":\"alloc\",\"cpu\":0,\"order\":11,\"nid\":1,\"gfp\":1051850,"  \
	"\"slot\":99999,\"pfn\":null,"

static const struct edit duo_dirty_edits[] = {
	/* operations */
	{ "\"op\":\"alloc\"", "\"pfn\":67584", "\"pfn\":67585", 3, 1, "pfn",
	  "67585", "67584" },
	{ "\"op\":\"alloc\"", "\"pfn\":67584", "\"pfn\":null", 3, 1, "pfn",
	  "none", "67584" },
	{ "\"op\":\"alloc\"", "\"nr_free_pages\":61668",
	  "\"nr_free_pages\":61669", 3, 1, "nr_free_pages", "61669", "61668" },
	{ "\"op\":\"alloc\"", "\"pcp_count\":93", "\"pcp_count\":92", 3, 1,
	  "pcp_count", "92", "93" },
	{ "\"op\":\"alloc\"", "\"zone\":[1,1]", "\"zone\":[0,1]", 3, 1, "zone",
	  "node 0 zone 1", "node 1 zone 1" },
	{ "\"op\":\"alloc\"", "\"pcp_count\":93",
	  "\"slow\":true,\"pcp_count\""
	  ":93",
	  3, 1, "slow", "true", "false" },
	{ "\"op\":\"alloc\"", "\"order\":10", "\"order\":11", 3, 1, "pfn",
	  "67584", "none" },
	{ "", FIRST_OP, TOO_LARGE "\"slow\":true}\n" FIRST_OP, 3, 1, "slow",
	  "true", "false" },
	{ "\"op\":\"alloc\"", "\"cpu\":0", "\"cpu\":1", 3, 1, "the operation",
	  "done", "the machine has no such cpu" },
	{ FREE_7, "\"pfn\":26624", "\"pfn\":26625", 54, 52, "pfn", "26625",
	  "26624" },
	{ FREE_7, "\"order\":10", "\"order\":9", 54, 52, "order", "9", "10" },
	{ FREE_7, "\"slot\":7", "\"slot\":7777", 54, 52, "slot 7777",
	  "a block in use", "none" },
	{ FREE_7, "\"op\":\"free\"", "\"op\":\"lru\"", 55, 53, "nr_free_pages",
	  "26363", "25339" },
	{ "\"op\":\"dirty\"", "\"nid\":0", "\"nid\":5", 53, 51, "the operation",
	  "done", "the machine has no such node" },
	/* events */
	{ "\"op\":\"alloc\"", "_locked\",67584,10", "_locked\",67584,9", 3, 1,
	  "event 1",
	  "mm_page_alloc_zone_locked pfn=67584 order=9 "
	  "migratetype=movable",
	  "mm_page_alloc_zone_locked pfn=67584 order=10 "
	  "migratetype=movable" },
	{ "\"op\":\"alloc\"",
	  ",\"events\":[[\"mm_page_alloc_zone_locked\",67584,10,\"movable\"]]",
	  "", 3, 1, "event 1", "no event",
	  "mm_page_alloc_zone_locked "
	  "pfn=67584 order=10 migratetype=movable" },
	{ FREE_7, "\"pcp_count\":26",
	  "\"pcp_count\":26,\"events\":[["
	  "\"mm_page_pcpu_drain\",1,0,\"movable\"]]",
	  54, 52, "event 1",
	  "mm_page_pcpu_drain pfn=1 order=0 migratetype=movable", "no event" },
	{ STEAL, "\"movable\",true]", "\"movable\",false]", 242, 240, "event 1",
	  "mm_page_alloc_extfrag pfn=29696 alloc_order=3 "
	  "fallback_order=10 alloc_migratetype=unmovable "
	  "fallback_migratetype=movable change_ownership=0",
	  "mm_page_alloc_extfrag pfn=29696 alloc_order=3 fallback_order=10 "
	  "alloc_migratetype=unmovable fallback_migratetype=movable "
	  "change_ownership=1" },
	{ STEAL, "[\"mm_page_alloc_zone_locked\",29696",
	  "[\"mm_page_alloc_zone_locked\",29697", 242, 240, "event 2",
	  "mm_page_alloc_zone_locked pfn=29697 order=3 migratetype=unmovable",
	  "mm_page_alloc_zone_locked pfn=29696 order=3 "
	  "migratetype=unmovable" },
	/* states */
	{ FINAL, "[41984,28672,", "[28672,41984,", 3063, 0,
	  "node 0 zone DMA32 order 10 movable", "page 28672 at place 1",
	  "page 28672 at place 2" },
	{ FINAL, "[11286,11810]", "[11286]", 3063, 0, "the recorded state",
	  "a consistent state",
	  "node 0 zone DMA32: free_area[1].nr_free is 6, the lists hold 5" },
	{ FINAL, "[11286,11810]", "[11286,11810,11286]", 3063, 0,
	  "the recorded state", "a consistent state",
	  "node 0 zone DMA32 free_area[1].movable: page 11286 is on two lists" },
	{ FINAL, "\"movable\":[16320]", "\"cma\":[16320]", 3063, 0,
	  "the recorded state", "a consistent state",
	  "node 0 zone DMA32 free_area[2].cma: no such migratetype" },
	{ FINAL, "\"nr_free\":6", "\"nr_free\":7", 3063, 0,
	  "the recorded state", "a consistent state",
	  "node 0 zone DMA32: free_area[1].nr_free is 7, the lists hold 6" },
	{ FINAL, "\"nr_free\":0,\"lists\":{}",
	  "\"nr_free\":0,\"lists\":{"
	  "\"isolate\":[3]}",
	  3063, 0, "the recorded state", "a consistent state",
	  "node 0 zone DMA free_area[1].isolate: page 3 is not aligned to order 1" },
	{ FINAL, "[29936,24276,", "[24276,29936,", 3063, 0,
	  "node 0 zone DMA32 cpu 0 unmovable list", "page 24276 at place 1",
	  "page 24276 at place 2" },
	{ FINAL, "\"count\":19", "\"count\":18", 3063, 0, "the recorded state",
	  "a consistent state",
	  "node 0 zone DMA32 pcp[0]: count is not the length of the lists" },
	{ FINAL, "\"stat_diff\":-4", "\"stat_diff\":-3", 3063, 0,
	  "the recorded state", "a consistent state",
	  "the state contradicts itself: node 1 zone DMA32: NR_FREE_PAGES with all vm_stat_diff is 59426, but the lists have 59425 pages" },
	{ FINAL, "\"stat_threshold\":4", "\"stat_threshold\":5", 3063, 0,
	  "node 0 zone DMA32 cpu 0 stat_threshold", "5", "4" },
	{ FINAL, "\"high\":90", "\"high\":96", 3063, 0,
	  "node 0 zone DMA32 cpu 0 high", "96", "90" },
	{ FINAL, "\"batch\":15", "\"batch\":16", 3063, 0,
	  "node 0 zone DMA32 cpu 0 batch", "16", "15" },
	{ FINAL, "\"lists\":{\"unmovable\":[29936",
	  "\"page_types\":{"
	  "\"29936\":\"movable\"},\"lists\":{\"unmovable\":[29936",
	  3063, 0, "node 0 zone DMA32 cpu 0 page_types",
	  "{\"29936\":\"movable\"}", "nothing" },
	{ FINAL, "[[9704,1]", "[[9704,2]", 3063, 0, "node 0 zone DMA32 LRU",
	  "page 9705", "nothing" },
	{ FINAL, "MMUURR", "MMUUUR", 3063, 0,
	  "node 0 zone DMA32 pageblock 18432", "unmovable", "reclaimable" },
	{ FINAL, "[287,358,429]", "[287,358,430]", 3063, 0,
	  "node 0 zone DMA32 watermark high", "430", "429" },
	{ FINAL, "\"watermark_boost\":0", "\"watermark_boost\":1", 3063, 0,
	  "node 0 zone DMA watermark_boost", "1", "0" },
	{ FINAL, "\"boosted\":false", "\"boosted\":true", 3063, 0,
	  "node 0 zone DMA boosted", "true", "false" },
	{ FINAL, "\"nr_reserved_highatomic\":0",
	  "\"nr_reserved_highatomic\""
	  ":512",
	  3063, 0, "node 0 zone DMA nr_reserved_highatomic", "512", "0" },
	{ FINAL, "[7301,313,", "[7301,314,", 3063, 0,
	  "node 0 zone DMA32 numa miss", "314", "313" },
	{ FINAL, "\"lowmem_reserve\":[0,194", "\"lowmem_reserve\":[0,195", 3063,
	  0, "node 0 zone DMA lowmem_reserve DMA32", "195", "194" },
	{ FINAL, "\"nr_free_pages\":30524", "\"nr_free_pages\":30525", 3063, 0,
	  "the recorded state", "a consistent state",
	  "the state contradicts itself: node 0 zone DMA32: NR_FREE_PAGES with all vm_stat_diff is 30525, but the lists have 30524 pages" },
	{ FINAL, "\"file_dirty\":23000", "\"file_dirty\":23001", 3063, 0,
	  "node 1 file_dirty", "23001", "23000" },
	{ FINAL, "[[1,1],[0,1],[0,0]]", "[[1,1],[0,0],[0,1]]", 3063, 0,
	  "node 1 zonelists", "[[[1,1],[0,0],[0,1]],[[1,1]]]",
	  "[[[1,1],[0,1],[0,0]],[[1,1]]]" },
	{ FINAL, "\"distance\":[10,20]", "\"distance\":[10,21]", 3063, 0,
	  "node 0 distance", "[10,21]", "[10,20]" },
	{ FINAL, "\"totalreserve_pages\":655", "\"totalreserve_pages\":656",
	  3063, 0, "node 0 totalreserve_pages", "656", "655" },
	{ FINAL, "\"realtime\":true", "\"realtime\":false", 3063, 0,
	  "task.realtime", "false", "true" },
	{ FINAL, "\"dirty_ratio\":20", "\"dirty_ratio\":21", 3063, 0,
	  "dirty_ratio", "21", "20" },
	{ FINAL, "\"Device\"", "\"Movable\"", 3063, 0, "the recorded state",
	  "a consistent state",
	  "system.zone_names[4]: \"Movable\" is no zone, or not in order" },
	{ FINAL, "\"cpu\":0,\"node\":0", "\"cpu\":0,\"node\":1", 3063, 0,
	  "cpus", "[{\"cpu\":0,\"node\":1}]", "[{\"cpu\":0,\"node\":0}]" },
	{ FINAL, NODE_1, "\"nid\":2,\"distance\"", 3063, 0,
	  "the recorded state", "a consistent state",
	  "node 2: nodes are not in ascending order, or beyond the distance row" },
};

/* CMA, LRU, drains; and flags of the slow path. */
static const struct edit cma_steal_edits[] = {
	{ "\"slot\":2419,\"pfn\":272944", "\"nr_free_cma\":160",
	  "\"nr_free_cma\":161", 4303, 4300, "nr_free_cma", "161", "160" },
	{ "\"op\":\"drain\"", "mm_page_pcpu_drain\",392327,0,\"movable\"",
	  "mm_page_pcpu_drain\",392327,0,\"cma\"", 3955, 3953, "event 1",
	  "mm_page_pcpu_drain pfn=392327 order=0 migratetype=cma",
	  "mm_page_pcpu_drain pfn=392327 order=0 migratetype=movable" },
	{ "\"op\":\"lru\"", "\"slot\":0", "\"slot\":9999999", 4, 2,
	  "slot 9999999", "a block in use", "none" },
};

#define EDITS(name, edits)                                                     \
	test_edits(name, edits, sizeof(edits) / sizeof((edits)[0]))

/* An unknown key changes nothing; a list that is empty may be written. */
static void test_unknown_keys(void)
{
	char *text = file_text(data_path("duo-dirty.jsonl"));
	char *a = edited(text, "\"op\":\"alloc\"", "\"cpu\":0",
			 "\"cpu\":0,\"mood\":[1.5,{\"a\":null}]");
	char *b = edited(a, FINAL, "\"nr_free\":0,\"lists\":{}",
			 "\"nr_free\":0,\"lists\":{\"cma\":[]},\"x\":0");

	CHECK(replay_text(b, REPLAY_TRACED).identical);
	free(b);
	free(a);
	free(text);
}

/* An order that is not below MAX_ORDER gives NULL, and no slow path. */
static void test_order_range(void)
{
	char *text = file_text(data_path("duo-dirty.jsonl"));
	char *changed = edited(text, "", FIRST_OP,
			       TOO_LARGE "\"slow\":false}\n" FIRST_OP);

	for (enum replay_build b = 0; b < NR_REPLAY_BUILDS; b++)
		CHECK(replay_text(changed, b).identical);
	free(changed);
	free(text);
}

/* What an operation looks like in words. */
static void test_words(void)
{
	char *text = file_text(data_path("hm-reserves.jsonl"));
	char *changed = edited(text, "\"op\":\"get_page_from_freelist\"",
			       "\"pfn\":11340", "\"pfn\":11341");
	struct replay_result result = replay_text(changed, REPLAY_TRACED);

	CHECK_STR(result.operation,
		  "get_page_from_freelist order 2 gfp GFP_ATOMIC node 0 cpu 0 "
		  "alloc_flags WMARK_MIN|KSWAPD");
	CHECK_EQ(result.nr_ops, 435);
	CHECK(result.step > 435);
	free(changed);
	free(text);
}

static void test_is(void)
{
	CHECK(recording_is(data_path("duo-dirty.jsonl")));
	CHECK(!recording_is(data_path("no such file")));
	CHECK(!recording_is(__FILE__));
}

int main(void)
{
	for (enum replay_build b = 0; b < NR_REPLAY_BUILDS; b++)
		check_identical(b);
	test_is();
	EDITS("duo-dirty.jsonl", duo_dirty_edits);
	EDITS("cma-steal.jsonl", cma_steal_edits);
	test_unknown_keys();
	test_order_range();
	test_words();
	test_play("duo-cpuset.jsonl");
	test_play("cma-steal.jsonl");
	test_play("hm-movable-zone.jsonl");
	return test_done();
}
