/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snapshot: save, load and save again give the same bytes, and the machine
 * goes on as if nothing had happened. Traces beside it.
 */
#include "snapshot/snapshot.h"

#include <string.h>
#include <sys/stat.h>

#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"
#include "files.h"
#include "test.h"
#include "requests.h"

static struct file_error error;

static _Noreturn void give_up(const char *why)
{
	fprintf(stderr, "%s\n", why);
	exit(EXIT_FAILURE);
}

static struct machine_description *described(void)
{
	struct machine_description *d = machine_description_new();

	if (!d)
		give_up("no memory");
	d->nr_cpus = 2;
	d->nr_nodes = 3;
	d->node[0].nr_pages = 1024;
	d->node[0].reserved[0] = (struct page_range){ 8, 4 };
	d->node[0].nr_reserved = 1;
	d->node[1].absent = true;
	d->node[2].nr_pages = 1024;
	d->cma = 1;
	d->node[2].cma[0].nr_pages = 64;
	d->node[2].nr_cma = 1;
	d->max_order = 7;
	d->pageblock_order = 4;
	d->zone_limit[ZONE_DMA] = 256;
	d->zone_limit[ZONE_DMA32] = 512;
	return d;
}

static struct session *booted(void)
{
	struct machine_description *d = described();
	struct session *s = NULL;
	struct machine m;
	char message[256] = "";

	if (!machine_boot(&m, d, message, sizeof(message)))
		s = session_new(&m, true);
	free(d);
	if (!s)
		give_up(message);
	return s;
}

static const struct source_line here = { .file = "scenario.lua", .line = 12 };

static uint32_t take(struct session *s, uint32_t order, gfp_t gfp, uint32_t nid)
{
	const struct alloc_request request = {
		.gfp = gfp, .order = order, .nid = nid, .cpu = nid ? 1 : 0
	};
	const struct request *r = make_alloc(s, &request, &here, "b");

	return r ? r->pfn : PFN_NONE;
}

/* A machine in which everything that a snapshot keeps differs from 0. */
static struct session *busy(void)
{
	const struct fault_attr fault = { .probability = 7,
					  .interval = 4,
					  .times = -1,
					  .space = 9,
					  .min_order = 5,
					  .ignore_gfp_highmem = 1 };
	struct alloc_request urgent = { .gfp = GFP_ATOMIC | __GFP_COMP,
					.order = 2,
					.has_alloc_flags = true,
					.alloc_flags = ALLOC_NO_WATERMARKS |
						       ALLOC_HARDER };
	struct session *s = booted();
	struct task task = session_machine(s)->system->task;
	uint32_t pfns[40];

	for (uint32_t i = 0; i < 40; i++)
		pfns[i] = take(s, i % 4,
			       i % 2 ? GFP_HIGHUSER_MOVABLE : GFP_KERNEL,
			       i % 3 ? 2 : 0);
	for (uint32_t i = 0; i < 40; i += 3)
		make_free(s, 0, pfns[i], i % 4);
	MAKE(s, LRU, .lru = { make_alloc(s, &urgent, NULL, NULL)->pfn, true });
	MAKE(s, LRU, .lru = { pfns[1], true });
	MAKE(s, LRU, .lru = { pfns[4], true });
	MAKE(s, DIRTY, .dirty = { 2, 77 });
	MAKE(s, RECLAIMABLE, .reclaimable.pfn = pfns[8]);
	MAKE(s, RECLAIMABLE, .reclaimable.pfn = pfns[4]);
	MAKE(s, ISOLATE, .isolate = { 1600, MIGRATE_MOVABLE, 0 });
	task.hardwall_mems = 4;
	task.exiting = task.memalloc = 1;
	MAKE(s, TASK, .task = task, .cpusets = true);
	MAKE(s, FAULT, .fault = fault);
	return s;
}

static char *text_of(const struct session *s)
{
	char *text = snapshot_text(s);

	if (!text)
		give_up("no memory");
	return text;
}

/* The session of a text that is loaded, or NULL. */
static struct session *loaded(const char *text)
{
	const char *path = temporary_file(text, strlen(text));
	struct session *s = NULL;
	struct machine m;

	if (snapshot_load(path, &m, &error))
		s = session_new(&m, true);
	unlink(path);
	return s;
}

static void check_same(const char *a, const char *b)
{
	size_t at = 0;

	CHECK(!strcmp(a, b));
	while (a[at] && a[at] == b[at])
		at++;
	if (a[at] != b[at])
		fprintf(stderr, "from byte %zu: %.60s\nand: %.60s\n", at,
			a + (at > 20 ? at - 20 : 0),
			b + (at > 20 ? at - 20 : 0));
}

static void test_round_trip(void)
{
	struct session *s = busy(), *again;
	char *first = text_of(s), *second;
	char message[256] = "";

	CHECK(strstr(first, "{\"schema\":\"zonewalk/snapshot/1\","
			    "\"state\":\"snapshot\",\"system\":{") == first);
	CHECK(strstr(first, "\"line\":12"));
	CHECK(strstr(first, "\"line\":null,\"compound\":true,"
			    "\"pfmemalloc\":true"));
	CHECK(strstr(first, "\"lru\":[["));
	CHECK(strstr(first, "\"isolate\":["));
	CHECK(strstr(first, "\"highatomic\":["));
	CHECK(strstr(first, "\"hardwall_mems\":4"));
	CHECK(strstr(first, "\"exiting\":true,\"memalloc\":true"));
	CHECK(strstr(first, "\"min_unmapped_ratio\":1,\"reclaimable\":["));
	CHECK(!strstr(first, "\"reclaimable\":[]"));
	CHECK(strstr(first, "\"reserved\":[["));
	CHECK(strstr(first,
		     "\"fail_page_alloc\":{\"probability\":7,\"interval\":4,"
		     "\"times\":-1,\"space\":9,"));
	CHECK(strstr(first, "\"distance\":[[10,20,20],"));
	CHECK_EQ(first[strlen(first) - 1], '\n');
	CHECK(strchr(first, '\n') == first + strlen(first) - 1);
	again = loaded(first);
	if (!again)
		give_up(error.text);
	CHECK(machine_check(session_machine(again), message, sizeof(message)));
	second = text_of(again);
	check_same(first, second);
	free(first);
	free(second);
	session_free(s);
	session_free(again);
}

/* The same requests on both: the same answers, and the same state. */
static void test_goes_on(void)
{
	struct session *s = busy(), *again;
	char *text = text_of(s), *a, *b;

	again = loaded(text);
	if (!again)
		give_up(error.text);
	for (uint32_t i = 0; i < 60; i++) {
		uint32_t pfn = take(s, i % 3, GFP_HIGHUSER_MOVABLE, 2);

		CHECK_EQ(take(again, i % 3, GFP_HIGHUSER_MOVABLE, 2), pfn);
	}
	for (uint32_t i = 0; i < session_nr_requests(s); i++) {
		const struct request *r = session_get_request(s, i);
		uint32_t pfn = r->pfn, order = r->alloc.order;
		enum machine_error refusal;

		if (pfn == PFN_NONE)
			continue;
		refusal = make_free(s, 0, pfn, order)->error;
		CHECK_EQ(make_free(again, 0, pfn, order)->error, refusal);
		if (i > 200)
			break;
	}
	a = text_of(s);
	b = text_of(again);
	check_same(a, b);
	free(a);
	free(b);
	free(text);
	session_free(s);
	session_free(again);
}

/* A snapshot shows the step that the session stands at. */
static void test_at_a_step(void)
{
	struct session *s = booted();
	char *begin = text_of(s), *end, *back;

	take(s, 0, GFP_KERNEL, 0);
	end = text_of(s);
	CHECK(strcmp(begin, end));
	session_seek(s, 0);
	back = text_of(s);
	check_same(begin, back);
	free(begin);
	free(end);
	free(back);
	session_free(s);
}

static void test_recording(void)
{
	struct session *s = NULL, *again;
	struct machine m;
	char *first, *second;

	if (snapshot_load(data_path("cma-only-left.jsonl"), &m, &error))
		s = session_new(&m, true);
	if (!s)
		give_up(error.text);
	first = text_of(s);
	CHECK(strstr(first, "\"page_types\":{"));
	again = loaded(first);
	if (!again)
		give_up(error.text);
	second = text_of(again);
	check_same(first, second);
	free(first);
	free(second);
	session_free(s);
	session_free(again);
}

/* -- what is refused ------------------------------------------------------ */

struct edit {
	const char *after;
	const char *old;
	const char *new;
	const char *why;
};

static const struct edit edits[] = {
	{ "", "snapshot/1", "snapshot/2", "nor of the schema" },
	{ "", "\"blocks\"", "\"block\"", "the key blocks is missing" },
	{ "", "\"zonewalk\":", "\"zonewark\":", "zonewalk is missing" },
	{ "\"blocks\":", "\"order\":0", "\"order\":7", "in no zone, or has" },
	{ "\"blocks\":", "\"order\":0", "\"order\":16", "out of range" },
	{ "\"blocks\":", "{\"pfn\":", "{\"pfn\":90", "blocks" },
	{ "\"blocks\":", "\"migratetype\":\"", "\"migratetype\":\"x",
	  "blocks" },
	{ "\"blocks\":", "\"request\":", "\"request\":9999999999", "request" },
	{ "", "\"hardwall_mems\":4,", "", "hardwall_mems is missing" },
	{ "", "\"reserved\":[[8,4]", "\"reserved\":[[8,4],[9,1]",
	  "reserved: page 9 is in use" },
	{ "\"blocks\":", "\"compound\":true", "\"compound\":false",
	  "does not agree with lru" },
	{ "\"zonewalk\":", "\"min_unmapped_ratio\":1",
	  "\"min_unmapped_ratio\":101", "out of range" },
	{ "\"zonewalk\":", "\"reclaimable\":[", "\"reclaimable\":[1,",
	  "page 1 is no block of order 0" },
	{ "\"zonewalk\":", "[[10,20,20],", "[[10,20],", "another length" },
	{ "\"zonewalk\":", "\"distance\":[[10,20,20],", "\"distance\":[",
	  "not a row a node" },
	{ "\"zonewalk\":", "\"zones\":[[0,", "\"zones\":[[9,", "no such zone" },
	{ "", "\n", "\n{}", "after the end" },
};

static void test_refused(void)
{
	struct session *s = busy();
	char *text = text_of(s);

	for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
		const struct edit *e = &edits[i];
		char *changed = edited(text, e->after, e->old, e->new);

		CHECK(!loaded(changed));
		if (!strstr(error.text, e->why))
			fprintf(stderr, "%s: %s\n", e->new, error.text);
		CHECK(strstr(error.text, e->why));
		free(changed);
	}
	/* cut anywhere, it is refused */
	for (size_t length = strlen(text) - 2; length > 100; length /= 2) {
		char *cut = strndup(text, length);

		CHECK(cut && !loaded(cut));
		free(cut);
	}
	CHECK(!loaded(""));
	CHECK(!loaded("[]"));
	CHECK(!loaded("{\"recording\":1}\n"));
	free(text);
	session_free(s);
}

/* -- files and traces ----------------------------------------------------- */

static void test_save(void)
{
	const char *path = temporary_file("old", 3);
	struct session *s = booted();
	char *text = text_of(s), *read;
	char link_path[1040];

	CHECK(chmod(path, 0640) == 0);
	CHECK(snapshot_save(s, path, &error));
	read = file_text(path);
	check_same(text, read);
	free(read);
	/* through a link: what it names is replaced, with its mode */
	snprintf(link_path, sizeof(link_path), "%s.link", path);
	CHECK(symlink(path, link_path) == 0);
	CHECK(snapshot_save(s, link_path, &error));
	{
		struct stat info;

		CHECK(lstat(link_path, &info) == 0 && S_ISLNK(info.st_mode));
		CHECK(stat(path, &info) == 0);
		CHECK_EQ(info.st_mode & 0777, 0640);
	}
	unlink(link_path);
	unlink(path);
	CHECK(snapshot_save(s, "/dev/null", &error));
	CHECK(!snapshot_save(s, "/nonexistent/file", &error));
	CHECK(strstr(error.text, "/nonexistent/file: cannot be written"));
	free(text);
	session_free(s);
}

static void test_trace(void)
{
	const char *path = temporary_file("", 0);
	struct session *s = booted();
	uint32_t lines = 0;
	char *line, *text;

	take(s, 3, GFP_KERNEL, 2);
	CHECK(!trace_line(s, 0));
	CHECK(!trace_line(s, session_nr_steps(s) + 1));
	line = trace_line(s, 1);
	CHECK_STR(line ? line : "",
		  "{\"step\":1,\"request\":1,\"event\":\"alloc_request\","
		  "\"stage\":\"request\",\"entry\":\"alloc_pages\","
		  "\"order\":3,\"gfp\":\"GFP_KERNEL\",\"nid\":2,\"cpu\":1,"
		  "\"has_nodemask\":false,\"nodemask\":0}");
	free(line);
	CHECK(trace_save(s, path, &error));
	text = file_text(path);
	CHECK(!strncmp(text, "{\"schema\":\"zonewalk/trace/1\"}\n{\"step\":1,",
		       40));
	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	CHECK_EQ(lines, session_nr_steps(s) + 1);
	CHECK(strstr(text, "\"event\":\"expand\""));
	CHECK(strstr(text, "\"zone\":\"Normal\""));
	CHECK(strstr(text, "\"migratetype\":\"unmovable\""));
	CHECK(!strstr(text, "4294967295"));
	free(text);
	unlink(path);
	session_free(s);
}

int main(void)
{
	test_round_trip();
	test_goes_on();
	test_at_a_step();
	test_recording();
	test_refused();
	test_save();
	test_trace();
	return test_done();
}
