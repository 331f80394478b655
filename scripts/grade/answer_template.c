/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * answer_template: the assignment runs as for a submission without a
 * machine, and its requests are listed without their results: a block is
 * called by its name or by the request that allocated it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "grade/grader.h"

/* Print a comment, line by line. */
static void put_comment(FILE *out, const char *text)
{
	fputs("-- ", out);
	for (; *text; text++) {
		fputc(*text, out);
		if (*text == '\n')
			fputs("-- ", out);
	}
	fputc('\n', out);
}

enum { MAX_LISTED = 16 };

/* The blocks of one free list, from its head. */
static void put_free_list(FILE *out, const struct machine *m,
			  const struct zone *z, uint32_t order,
			  unsigned int type)
{
	const uint32_t head = free_list(z, order, type);
	uint32_t pfn = m->links[head].next, nr = 0;

	if (pfn == head)
		return;
	fprintf(out, "--     order %" PRIu32 ", %s:", order,
		migratetype_name(type));
	for (; pfn != head; pfn = m->links[pfn].next)
		if (nr++ < MAX_LISTED)
			fprintf(out, " %" PRIu32, pfn);
	if (nr > MAX_LISTED)
		fprintf(out, " ... (%" PRIu32 " blocks)", nr);
	fputc('\n', out);
}

/* The machine as it was before its first request. */
static void put_machine(FILE *out, struct session *s)
{
	const struct machine *m = session_machine(s);

	session_seek(s, 0);
	fprintf(out,
		"--\n-- The machine: %u node%s, %u cpu%s. Free blocks (pfn) "
		"from the head of each list:\n--\n",
		m->system->nr_nodes, m->system->nr_nodes == 1 ? "" : "s",
		m->system->nr_cpus, m->system->nr_cpus == 1 ? "" : "s");
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *z = &m->zones[i];

		if (!populated_zone(z))
			continue;
		fprintf(out,
			"--   node %u %s: %" PRIu32 " pages, %" PRId32
			" free; watermarks: min %" PRIu32 ", low %" PRIu32
			", high %" PRIu32 "; per-cpu batch %" PRIu32 "\n",
			z->node, zone_name(m, z->idx), z->managed,
			z->nr_free_pages, z->watermark[WMARK_MIN],
			z->watermark[WMARK_LOW], z->watermark[WMARK_HIGH],
			zone_pcp(m, z, 0)->batch);
		for (uint32_t order = m->system->max_order; order-- > 0;)
			for (unsigned int t = 0; t < MIGRATE_TYPES; t++)
				put_free_list(out, m, z, order, t);
	}
	session_seek(s, session_nr_steps(s));
}

/* The request before @i that allocated the block at @pfn, or NULL. */
static const struct request *allocating_request(const struct session *s,
						uint32_t i, uint32_t pfn,
						uint32_t *number)
{
	while (i-- > 0) {
		const struct request *r = session_get_request(s, i);

		*number = i + 1;
		if (request_is_alloc(r) && r->pfn == pfn)
			return r;
	}
	return NULL;
}

static void put_request(FILE *out, const struct session *s, uint32_t i)
{
	const struct request *r = session_get_request(s, i), *from = NULL;
	char text[2 * GFP_TEXT_MAX];
	uint32_t number = 0;

	fprintf(out, "--   %2" PRIu32 "  %s", i + 1,
		request_is_alloc(r) ? request_text(r, text, sizeof(text)) :
				      request_kind_name(r->kind));
	if (!request_is_alloc(r) && request_pfn(r) != PFN_NONE)
		from = allocating_request(s, i, request_pfn(r), &number);
	if (from && from->name[0])
		fprintf(out, " %s", from->name);
	else if (from)
		fprintf(out, " the block of request %" PRIu32, number);
	fputc('\n', out);
}

/* The names are on top of the stack. */
static void put_template(FILE *out, const struct assignment *a, const char *id)
{
	lua_Unsigned nr = lua_rawlen(a->L, -1);

	put_comment(out, a->title);
	fprintf(out, "-- The answer template of %s.\n--\n", id);
	if (*a->text)
		put_comment(out, a->text);
	for (uint32_t i = 0; i < a->sc->nr_sessions; i++) {
		struct session *s = a->sc->sessions[i];

		put_machine(out, s);
		fputs("--\n-- The requests:\n--\n", out);
		for (uint32_t r = 0; r < session_nr_requests(s); r++)
			put_request(out, s, r);
	}
	fputs("--\n-- Replace each question mark by your answer and submit this "
	      "file.\n\n",
	      out);
	for (lua_Unsigned i = 1; i <= nr; i++) {
		lua_rawgeti(a->L, -1, (lua_Integer)i);
		fprintf(out, "say \"%s = ?\"\n", lua_tostring(a->L, -1));
		lua_pop(a->L, 1);
	}
}

/* The template in memory. NULL: no memory. */
static char *print_template(const struct assignment *a, const char *id)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (out)
		put_template(out, a, id);
	if (out && !fclose(out))
		return text;
	free(text);
	return NULL;
}

/* Run the assignment for a submission without a machine. */
static char *make_template(const struct grader *g, const char *id,
			   enum grade_end *end, char *message, size_t size)
{
	struct property_input input = {
		.id = id,
		.seed = assignment_seed(g->description, 0, id),
	};
	struct evaluation e = { .nr_properties = 0 }; /* only the facts */
	struct assignment *a =
		assignment_open(&g->file, input.seed, message, size);
	char *text = NULL;

	*end = GRADE_END_ASSIGNMENT;
	if (!a)
		return NULL;
	if (assignment_evaluate(a, NULL, &input, &e, message, size) ==
	    ASSIGNMENT_GOOD) {
		property_fact_names(a->L);
		*end = lua_rawlen(a->L, -1) ? GRADE_END_GOOD : GRADE_END_ONLY;
	}
	if (*end == GRADE_END_ONLY)
		snprintf(message, size,
			 "%s: no answer template: the assignment has no "
			 "fact()",
			 g->file.path);
	if (*end == GRADE_END_GOOD) {
		snprintf(message, size, "not enough memory");
		text = print_template(a, id);
		*end = text ? GRADE_END_GOOD : GRADE_END_INTERNAL;
	}
	free(e.violation.text);
	assignment_close(a);
	return text;
}

char *answer_template(const char *assignment, const char *id,
		      enum grade_end *end, char *message, size_t size)
{
	const struct grade_options options = {
		.assignment = assignment,
		.engine_version = "",
	};
	struct grade_report report;
	struct grader g;
	char *text;

	*end = grader_init(&g, &options, &report, message, size);
	if (*end != GRADE_END_GOOD)
		return NULL;
	text = make_template(&g, id, end, message, size);
	grader_destroy(&g);
	grade_report_destroy(&report);
	return text;
}
