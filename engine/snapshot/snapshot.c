/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snapshot: a machine's whole state as one JSON object, and back.
 *
 * The recordings' state comes first, then "blocks", who owns what is in
 * use, and "zonewalk", what this program's machines have beyond a
 * recording's: counters, and what surrounds a request.
 */
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "machine/movable.h"
#include "mm/allocator.h"
#include "mm/control.h"
#include "state/arena.h"
#include "state/state.h"
#include "snapshot/state_json.h"

#define SCHEMA "zonewalk/snapshot/1"

/*
 * A block that was loaded keeps its owner's number with this bit, and its
 * line in the other link: its request belongs to an earlier session.
 */
#define OWNER_LOADED 0x80000000u
#define page_line(m, pfn)                                                      \
	((m)->pages[pfn] & PAGE_RECLAIMABLE ?                                  \
		 lru_entry_prev(m, lru_entry(m, pfn)) :                        \
		 (m)->links[pfn].prev)

/* -- blocks in use -------------------------------------------------------- */

static const struct json_key block_keys[] = {
	{ .key = "pfn", .kind = JSON_INTEGER, .max = MAX_PFN_LIMIT - 1 },
	{ .key = "order", .kind = JSON_INTEGER, .max = MAX_ORDER_LIMIT - 1 },
	{ .key = "migratetype", .kind = JSON_STRING, .max = 31 },
	{ .key = "request",
	  .kind = JSON_INTEGER,
	  .nullable = true,
	  .min = 1,
	  .max = INT32_MAX },
	{ .key = "line",
	  .kind = JSON_INTEGER,
	  .nullable = true,
	  .min = 1,
	  .max = UINT32_MAX },
	{ .key = "compound", .kind = JSON_BOOL, .optional = true },
	{ .key = "pfmemalloc", .kind = JSON_BOOL, .optional = true },
	{ .key = NULL },
};

static const struct json_key a_block[] = { { .kind = JSON_OBJECT,
					     .of = block_keys } };

struct block_owner snapshot_owner(const struct machine *m, uint32_t pfn)
{
	const uint32_t owner = page_owner(m, pfn);

	if (!(owner & OWNER_LOADED))
		return (struct block_owner){ 0, 0 };
	return (struct block_owner){ owner & ~OWNER_LOADED, page_line(m, pfn) };
}

static struct block_owner block_owner(const struct session *s, uint32_t pfn)
{
	const struct machine *m = session_machine(s);
	uint32_t owner = page_owner(m, pfn);
	const struct request *request;

	/* nothing is remembered: take the block's word for it */
	if (!session_history(s) && !(owner & OWNER_LOADED))
		return (struct block_owner){ owner + 1, 0 };
	if (owner & OWNER_LOADED)
		return snapshot_owner(m, pfn);
	request = session_get_request(s, owner);
	/* within a request a block may not know its owner yet */
	if (!request || request->pfn != pfn || !request_is_alloc(request))
		return (struct block_owner){ 0, 0 };
	return (struct block_owner){ owner + 1, request->where.file ?
							request->where.line :
							0 };
}

static void save_owner(struct json_writer *out, const char *key,
		       uint32_t number)
{
	writer_key(out, key);
	if (number)
		writer_i64(out, number);
	else
		writer_null(out);
}

static void save_block(struct json_writer *out, const struct session *s,
		       uint32_t pfn)
{
	uint32_t page = session_machine(s)->pages[pfn];
	struct block_owner owner = block_owner(s, pfn);

	writer_open(out, '{');
	writer_add_u64(out, "pfn", pfn);
	writer_add_u64(out, "order", page_order(page));
	writer_add_string(out, "migratetype",
			  migratetype_name(page_type(page)));
	save_owner(out, "request", owner.request);
	save_owner(out, "line", owner.line);
	if (page & PAGE_COMPOUND) {
		writer_add_bool(out, "compound", true);
	}
	if (page & PAGE_PFMEMALLOC) {
		writer_add_bool(out, "pfmemalloc", true);
	}
	writer_close(out, '}');
}

static void save_zone_blocks(struct json_writer *out, const struct session *s,
			     const struct zone *zone)
{
	const struct machine *m = session_machine(s);
	uint32_t pfn = zone->start_pfn;

	while (pfn < zone_end_pfn(zone)) {
		enum page_state state = page_state(m->pages[pfn]);

		if (state == PAGE_USED)
			save_block(out, s, pfn);
		pfn += state == PAGE_NONE ? 1 : 1u << page_order(m->pages[pfn]);
	}
}

/*
 * The key "lru" came first, page by page. It must agree with the block, which
 * needs no marks but that of its first page.
 */
static bool load_lru_marks(struct state_load *l, uint32_t pfn, uint32_t order)
{
	const struct machine *m = l->m;

	for (uint32_t p = pfn; p < pfn + (1u << order); p++) {
		if (!(m->pages[p] & PAGE_LRU) == page_looks_movable(m, pfn, p))
			return json_fail(l->at,
					 "blocks: page %u of the block at page "
					 "%u does not agree with lru",
					 p, pfn);
		if (p != pfn && m->pages[p])
			state_set(l->m, m->pages[p], 0);
	}
	return true;
}

static bool load_block(struct state_load *l, const cJSON *json)
{
	uint32_t pfn = json_member_u32(json, "pfn");
	uint32_t order = json_member_u32(json, "order");
	const cJSON *request = json_get(json, "request");
	const cJSON *line = json_get(json, "line");
	int type = state_migratetype(
		l->m, json_get(json, "migratetype")->valuestring);
	const struct zone *zone = pfn_zone(l->m, pfn);
	uint32_t marks = 0;

	if (!zone || type < 0 || order >= l->m->max_order)
		return json_fail(l->at,
				 "blocks: page %u is in no zone, or has "
				 "an order or migratetype that this "
				 "machine has not",
				 pfn);
	if (!state_place_block(l, zone, pfn, order, (unsigned int)type,
			       PAGE_USED, "blocks"))
		return false;
	if (cJSON_IsTrue(json_get(json, "compound")))
		marks |= PAGE_COMPOUND;
	if (cJSON_IsTrue(json_get(json, "pfmemalloc")))
		marks |= PAGE_PFMEMALLOC;
	state_set(l->m, l->m->pages[pfn], l->m->pages[pfn] | marks);
	if (!load_lru_marks(l, pfn, order))
		return false;
	state_set(l->m, page_owner(l->m, pfn),
		  OWNER_LOADED |
			  (cJSON_IsNull(request) ? 0 : json_u32(request)));
	state_set(l->m, l->m->links[pfn].prev,
		  cJSON_IsNull(line) ? 0 : json_u32(line));
	return true;
}

/* -- the whole ------------------------------------------------------------ */

static const struct json_key snapshot_keys[] = {
	{ .key = "blocks",
	  .kind = JSON_LIST,
	  .max = JSON_VALUES_MAX,
	  .of = a_block },
	{ .key = "zonewalk", .kind = JSON_OBJECT, .of = state_more_keys },
	{ .key = NULL },
};
static const struct json_key snapshot = { .kind = JSON_OBJECT,
					  .of = snapshot_keys };

char *snapshot_text(const struct session *s)
{
	const struct machine *m = session_machine(s);
	struct json_writer out = { .data = NULL };
	struct state_save save = { .out = &out, .m = m };

	writer_open(&out, '{');
	writer_add_string(&out, "schema", SCHEMA);
	state_save(&out, m, "snapshot", STATE_FORMAT);
	writer_key(&out, "blocks");
	writer_open(&out, '[');
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]))
			save_zone_blocks(&out, s, &m->zones[i]);
	writer_close(&out, ']');
	writer_key(&out, "zonewalk");
	writer_open(&out, '{');
	state_save_object(&save, state_more_keys, m->system);
	writer_close(&out, '}');
	writer_close(&out, '}');
	writer_raw(&out, "\n", 1);
	return writer_finish(&out);
}

bool snapshot_save(const struct session *s, const char *path,
		   struct file_error *error)
{
	const struct json_place at = { path, 0, error };
	char *text = snapshot_text(s);
	bool ok;

	if (!text)
		return json_fail(&at, "no memory");
	ok = file_write(path, text, strlen(text), error);
	free(text);
	return ok;
}

/* A real machine may have more than its size allows; see machine_check(). */
static void load_large_reserves(struct machine *m)
{
	for (uint32_t id = 0; id < m->system->nr_zones; id++)
		if (m->zones[id].nr_reserved_highatomic >
		    zone_reserve_bound(m, &m->zones[id]))
			state_set(m, m->system->large_reserves, 1);
}

static bool load_more(struct state_load *l, const cJSON *json)
{
	load_large_reserves(l->m);
	for (const cJSON *v = json_get(json, "blocks")->child; v; v = v->next)
		if (!load_block(l, v))
			return false;
	return state_load_object(l, json_get(json, "zonewalk"), state_more_keys,
				 l->m->system);
}

/* Which moment a state is of stands in it. */
static bool state_named(const struct json_place *at, const cJSON *json,
			const char *name)
{
	const cJSON *state = json_get(json, "state");

	return (cJSON_IsString(state) && !strcmp(state->valuestring, name)) ||
	       json_fail(at, "state: \"%s\" is expected", name);
}

static bool load_snapshot(const struct json_place *at, const cJSON *json,
			  struct machine *m)
{
	const cJSON *schema;

	if (!cJSON_IsObject(json))
		return json_fail(at, "neither a snapshot nor a recording");
	schema = json_get(json, "schema");
	if (!cJSON_IsString(schema) || strcmp(schema->valuestring, SCHEMA))
		return json_fail(at, "neither a recording nor of the schema "
				     "\"" SCHEMA "\"");
	if (!state_named(at, json, "snapshot") ||
	    !state_check(at, json, STATE_FORMAT) ||
	    !json_check(at, json, &snapshot, 0) ||
	    !state_load(at, json, STATE_FORMAT, m, load_more))
		return false;
	machine_set_poison(m, m->system->poison);
	return true;
}

/* The second line of a recording; the first one says of which format it is. */
static bool load_begin(const char *path, const char *text, size_t size,
		       struct machine *m, struct file_error *error)
{
	const struct json_place at[] = { { path, 1, error },
					 { path, 2, error } };
	const struct file_text file = { (char *)(uintptr_t)text, size };
	size_t offset = 0, length = 0;
	const char *line = "";
	uint32_t format = 0;
	cJSON *json;
	bool ok;

	file_next_line(&file, &offset, &line, &length);
	json = json_parse(&at[0], line, length);
	ok = json && state_format(&at[0], json, &format);
	cJSON_Delete(json);
	if (!ok)
		return false;
	if (!file_next_line(&file, &offset, &line, &length))
		return json_fail(&at[1], "the recording ends before its begin "
					 "state");
	json = json_parse(&at[1], line, length);
	ok = json &&
	     (cJSON_IsObject(json) || json_fail(&at[1], "no state here")) &&
	     state_named(&at[1], json, "begin") &&
	     state_check(&at[1], json, format) &&
	     state_load(&at[1], json, format, m, NULL);
	cJSON_Delete(json);
	return ok;
}

bool snapshot_load_text(const char *name, const char *text, size_t length,
			struct machine *m, struct file_error *error)
{
	const struct json_place at = { name, 1, error };
	cJSON *json;
	bool ok;

	if (json_header_has(text, length, "recording"))
		return load_begin(name, text, length, m, error);
	json = json_parse(&at, text, length);
	ok = json && load_snapshot(&at, json, m);
	cJSON_Delete(json);
	return ok;
}

bool snapshot_load(const char *path, struct machine *m,
		   struct file_error *error)
{
	struct file_text file;
	bool ok;

	if (!file_read(&file, path, FILE_READ_MAX, error))
		return false;
	ok = snapshot_load_text(path, file.data, file.size, m, error);
	free(file.data);
	return ok;
}
