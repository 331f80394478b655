/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a picture says is what the state is: numbers are read out of the
 * panels and compared with those of the snapshot of the same step.
 */
#include "screen_session.h"
#include "snapshot/snapshot.h"
#include "test.h"
#include "views/view.h"
#include "views/view_map.h"

enum { WIDTH = 120, HEIGHT = 40 };

/* One view alone, with all the room that it may want. */
static void draw_view(struct canvas *c, enum view_id view, struct view_model *f,
		      const struct view_state *v)
{
	canvas_clear(c);
	f->view = v;
	views[view].draw(f, canvas_area(c));
}

static const char *row(const struct canvas *c, int y)
{
	static char buf[4 * WIDTH + 8];

	char *at = buf;

	for (int x = 0; x < c->width; x++)
		at += cell_encode(&c->cells[y * c->width + x], at);
	*at = '\0';
	return buf;
}

/* Reads the numbers of a text without their signs; returns the count. */
static int numbers_of(const char *text, long long *numbers, int max)
{
	int nr = 0;

	while (*text && nr < max) {
		if (*text >= '0' && *text <= '9') {
			char *end;

			numbers[nr++] = strtoll(text, &end, 10);
			text = end;
		} else {
			text++;
		}
	}
	return nr;
}

/* The number that stands after "key": in JSON, from @at on. */
static long long json_number(const char *at, const char *key)
{
	char quoted[64];

	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	at = strstr(at, quoted);
	if (!at)
		return -1;
	at += strlen(quoted);
	return strtoll(at + (*at == '['), NULL, 10);
}

static const char *json_zone(const char *text, struct view_model *f,
			     const struct zone *z)
{
	char name[64];
	const char *at;

	snprintf(name, sizeof(name), "{\"nid\":%u,\"distance\"", z->node);
	at = strstr(text, name);
	if (!at)
		return NULL;
	snprintf(name, sizeof(name), "{\"zone\":%u,\"name\":\"%s\"", z->idx,
		 zone_name(f->m, z->idx));
	return strstr(at, name);
}

/* The array at @key: its numbers; returns how many. */
static int json_array(const char *at, const char *end, const char *key,
		      long long *numbers, int max)
{
	char quoted[64], part[1024];
	const char *close;

	snprintf(quoted, sizeof(quoted), "\"%s\":[", key);
	at = strstr(at, quoted);
	if (!at || at >= end)
		return 0;
	close = strchr(at, ']');
	snprintf(part, sizeof(part), "%.*s", (int)(close - at), at);
	return numbers_of(part + strlen(quoted), numbers, max);
}

/* managed, free, the three watermarks, the boost */
static void check_watermarks(const char *at, const long long *n)
{
	long long watermarks[3];

	CHECK_EQ(json_array(at, at + 400, "watermark", watermarks, 3), 3);
	CHECK_EQ(n[0], json_number(at, "managed"));
	CHECK_EQ(n[1], json_number(at, "nr_free_pages"));
	for (int k = 0; k < 3; k++)
		CHECK_EQ(n[2 + k], watermarks[k]);
	CHECK_EQ(n[5], json_number(at, "watermark_boost"));
}

/* free, hit, miss, foreign, local, other */
static void check_numa(const char *at, const long long *n)
{
	long long numa[6];

	CHECK_EQ(json_array(at, at + 500, "numa", numa, 6), 6);
	CHECK_EQ(n[0], json_number(at, "nr_free_pages"));
	for (int k = 0; k < 3; k++)
		CHECK_EQ(n[1 + k], numa[k]);
	CHECK_EQ(n[4], numa[4]);
	CHECK_EQ(n[5], numa[5]);
}

/* Row by row, one of the two tables. Returns whether it was the second. */
static bool check_machine(struct canvas *c, struct view_model *f,
			  const char *json)
{
	const struct view_state v = { .focus = 0 };
	bool counted = f->event && event_get(f->event, zone_statistics);
	int y = 1;

	draw_view(c, VIEW_machine, f, &v);
	for (uint32_t i = 0; i < f->m->system->nr_zones; i++) {
		const struct zone *z = &f->m->zones[i];
		const char *at, *text;
		long long n[16];
		struct text name;

		if (!populated_zone(z))
			continue;
		at = json_zone(json, f, z);
		name = view_model_zone_name(f, z);
		text = strstr(row(c, y++), name.s);
		CHECK(at && text);
		if (!at || !text)
			return counted;
		CHECK_EQ(numbers_of(text + strlen(name.s), n, 16), 6);
		(counted ? check_numa : check_watermarks)(at, n);
	}
	return counted;
}

static const char *const types[] = { "unmovable", "movable", "reclaimable",
				     "cma" };
static const char letters[] = "UMRC";

/* Each order's blocks, and the first ones of the list that is spelled out. */
static void check_lists(struct canvas *c, struct view_model *f,
			const char *json)
{
	const struct view_state v = { .focus = 0 };
	const char *at = json_zone(json, f, f->zone);

	draw_view(c, VIEW_lists, f, &v);
	at = at ? strstr(at, "\"free_area\":") : NULL;
	CHECK(at);
	for (uint32_t order = 0; at && order < f->m->max_order; order++) {
		const char *text = row(c, 1 + (int)order), *letter;
		const char *end;
		long long n[40], blocks[32];
		int nr, total = 0;

		at = strstr(at, "{\"nr_free\":");
		end = strchr(at, '}');
		nr = numbers_of(text, n, 40);
		CHECK_EQ(n[0], order);
		letter = strpbrk(text, letters);
		if (letter) {
			int type = (int)(strchr(letters, *letter) - letters);
			int shown = numbers_of(letter, n, 8);
			int have = json_array(at, end, types[type], blocks, 32);

			CHECK(shown > 0 && shown <= have);
			for (int k = 0; k < shown && k < have; k++)
				CHECK_EQ(n[k], blocks[k]);
			nr -= numbers_of(letter, n, 40);
		}
		numbers_of(text, n, 40);
		for (int k = 1; k < nr; k++)
			total += (int)n[k];
		CHECK_EQ(total, json_number(at, "nr_free"));
		at = end;
	}
}

/* Pages on the lists of the cpu in focus, by type. */
static void check_pcp_lists(struct canvas *c, struct view_model *f,
			    const char *json)
{
	const struct view_state v = { .focus = 0 };
	const char *at = json_zone(json, f, f->zone), *text;
	long long n[8], pages[64];

	draw_view(c, VIEW_pcp_flow, f, &v);
	at = at ? strstr(at, "\"pcp\":") : NULL;
	for (uint32_t cpu = 0; at && cpu <= f->cpu; cpu++)
		at = strstr(at + 1, "{\"cpu\":");
	CHECK(at);
	if (!at)
		return;
	for (int y = 0, type = 0; y < HEIGHT && type < 3; y++) {
		text = row(c, y);
		text += strspn(text, " ");
		text += strncmp(text, SIGN_CURRENT, strlen(SIGN_CURRENT)) ?
				0 :
				strlen(SIGN_CURRENT) + 1;
		if (text[0] != "UMR"[type] || text[1] != ' ')
			continue;
		numbers_of(text, n, 1);
		CHECK_EQ(n[0], json_array(at, strchr(at, '}'), types[type],
					  pages, 64));
		type++;
	}
	for (int y = 0; y < HEIGHT; y++)
		if ((text = strstr(row(c, y), "NR_FREE_PAGES "))) {
			numbers_of(text, n, 1);
			CHECK_EQ(n[0], json_number(json_zone(json, f, f->zone),
						   "nr_free_pages"));
		}
}

/* The map's cursor on a block of each kind. */
static void check_map(struct view_model *f, const char *json)
{
	const char *at = strstr(json, "\"blocks\":[");
	struct map_detail detail;
	char wanted[64];
	int nr = 0;

	for (; at && nr < 20 && (at = strstr(at + 1, "{\"pfn\":")); nr++) {
		uint32_t pfn = (uint32_t)json_number(at, "pfn");
		uint32_t order = (uint32_t)json_number(at, "order");

		/* its last frame leads to the same block */
		map_detail_init(&detail, f, pfn + (1u << order) - 1);
		CHECK(strstr(detail.what, "in use"));
		if (order)
			snprintf(wanted, sizeof(wanted), "%u … %u of order %u",
				 pfn, pfn + (1u << order) - 1, order);
		else
			snprintf(wanted, sizeof(wanted), "in %u of order 0",
				 pfn);
		CHECK(strstr(detail.what, wanted));
		/* a block that is just being freed belongs to no request */
		if (json_number(at, "request"))
			snprintf(wanted, sizeof(wanted), "by request %lld",
				 json_number(at, "request"));
		else
			snprintf(wanted, sizeof(wanted), "by a request");
		CHECK(strstr(detail.where, wanted));
	}
	for (uint32_t order = 0; order < f->m->max_order; order++) {
		uint32_t head = free_list(f->zone, order, MIGRATE_MOVABLE);
		uint32_t pfn = f->m->links[head].next;

		if (pfn == head)
			continue;
		map_detail_init(&detail, f, pfn);
		snprintf(wanted, sizeof(wanted), "of order %u, movable: 1st",
			 order);
		CHECK(strstr(detail.what, wanted));
	}
}

/* The inequality that the zone panel shows is the last check's event. */
static void check_zone(struct canvas *c, struct view_model *f)
{
	const struct event_watermark_check *check = f->check;
	const struct view_state v = { .focus = 0 };
	char unusable[16] = "", reserve[16] = "", wanted[80];
	bool found = false;

	if (!check || check->nid != f->zone->node ||
	    check->zone != f->zone->idx)
		return;
	draw_view(c, VIEW_zone, f, &v);
	/* terms that are 0 are left out */
	if (check->unusable)
		snprintf(unusable, sizeof(unusable), " − %d", check->unusable);
	if (check->lowmem_reserve)
		snprintf(reserve, sizeof(reserve), " + %u",
			 check->lowmem_reserve);
	snprintf(wanted, sizeof(wanted), " %d%s > %d%s  ", check->free,
		 unusable, check->watermark, reserve);
	for (int y = 0; y < HEIGHT; y++)
		found = found || strstr(row(c, y), wanted);
	CHECK(found);
}

int main(void)
{
	struct session *s = make_session();
	struct view_model *f = malloc(sizeof(*f));
	const struct view_state v = { .focus = 0 };
	uint32_t nr_counted = 0;
	struct canvas c;

	CHECK(s && f && canvas_init(&c, WIDTH, HEIGHT, false));
	if (!s || !f)
		return test_done();
	make_requests(s);
	for (uint32_t step = 0; step <= session_nr_steps(s); step += 13) {
		char *json;

		session_seek(s, step);
		f->view = &v;
		view_model_build(f, s, "", NULL);
		json = snapshot_text(s);
		CHECK(json);
		if (!json)
			break;
		nr_counted += check_machine(&c, f, json);
		check_lists(&c, f, json);
		check_pcp_lists(&c, f, json);
		check_map(f, json);
		check_zone(&c, f);
		free(json);
	}
	CHECK(nr_counted > 3);
	canvas_fini(&c);
	free(f);
	session_free(s);
	return test_done();
}
