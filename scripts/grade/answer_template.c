/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * answer_template: the assignment runs as for a submission without a
 * machine, and its requests are listed without their results: a block is
 * called by its name or by the request that allocated it.
 */
#include "grade/answer_template.h"

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
		const struct session *s = a->sc->sessions[i];

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

/* Run the assignment for a submission without a machine. */
static enum grade_end prepare(struct assignment *a, const char *id,
			      uint64_t seed, char *message, size_t size)
{
	struct property_input input = { .id = id, .seed = seed };
	struct evaluation e = { .nr_properties = 0 }; /* only the facts */
	enum assignment_end end =
		assignment_evaluate(a, NULL, &input, &e, message, size);

	free(e.violation.text);
	if (end == ASSIGNMENT_GOOD)
		return GRADE_END_GOOD;
	return end == ASSIGNMENT_MEMORY ? GRADE_END_INTERNAL :
					  GRADE_END_ASSIGNMENT;
}

static char *make_template(const struct grader *g, const char *id,
			   enum grade_end *end, char *message, size_t size)
{
	uint64_t seed = assignment_seed(g->description, 0, id);
	struct assignment *a = assignment_open(&g->file, seed, message, size);
	char *text = NULL;
	size_t length;
	FILE *out;

	*end = GRADE_END_ASSIGNMENT;
	if (!a)
		return NULL;
	*end = prepare(a, id, seed, message, size);
	if (*end == GRADE_END_GOOD)
		property_fact_names(a->L);
	if (*end == GRADE_END_GOOD && !lua_rawlen(a->L, -1)) {
		snprintf(message, size,
			 "%s: no answer template: the assignment has no "
			 "fact()",
			 g->file.path);
		*end = GRADE_END_ONLY;
	}
	if (*end == GRADE_END_GOOD) {
		out = open_memstream(&text, &length);
		if (out)
			put_template(out, a, id);
		if (!out || fclose(out)) {
			snprintf(message, size, "not enough memory");
			*end = GRADE_END_INTERNAL;
			free(text);
			text = NULL;
		}
	}
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
