/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema: the published schema of traces says what events.def says. It is
 * made from that table, here:
 *
 *   test_schema          is docs/schemas/trace-1.json as it should be?
 *   test_schema print    prints it; put it there when the table has changed
 */
#include "events/trace.h"

#include "files.h"
#include "test.h"
#include "json/writer.h"

/* Indented JSON: text_json.h has the strings, this the lines. */
struct page {
	struct json_writer out;
	unsigned int depth;
};

static void newline(struct page *p)
{
	writer_raw(&p->out, "\n", 1);
	for (unsigned int i = 0; i < p->depth; i++)
		writer_raw(&p->out, "\t", 1);
}

static void key(struct page *p, const char *name)
{
	if (p->out.comma)
		writer_raw(&p->out, ",", 1);
	p->out.comma = false;
	newline(p);
	writer_string(&p->out, name);
	writer_raw(&p->out, ": ", 2);
	p->out.comma = false;
}

static void begin(struct page *p, char bracket)
{
	writer_open(&p->out, bracket);
	p->depth++;
}

static void end(struct page *p, char bracket)
{
	p->depth--;
	newline(p);
	writer_close(&p->out, bracket);
}

static void string(struct page *p, const char *name, const char *value)
{
	key(p, name);
	writer_string(&p->out, value);
}

static void range(struct page *p, const char *name, int64_t min, int64_t max)
{
	key(p, name);
	begin(p, '{');
	string(p, "type", "integer");
	key(p, "minimum");
	writer_i64(&p->out, min);
	key(p, "maximum");
	writer_i64(&p->out, max);
	end(p, '}');
}

/* A string's words, on one line. */
static void words(struct page *p, const char *(*word)(int kind, uint32_t i),
		  int kind, uint32_t nr)
{
	key(p, "enum");
	writer_open(&p->out, '[');
	for (uint32_t i = 0; i < nr; i++)
		writer_string(&p->out, word(kind, i));
	writer_close(&p->out, ']');
}

static const char *kind_word(int kind, uint32_t i)
{
	return enum_name((enum field_kind)kind, i);
}

static const char *event_word(int kind, uint32_t i)
{
	(void)kind;
	return event_types[i].name;
}

static const char *stage_word(int kind, uint32_t i)
{
	(void)kind;
	return event_stage_name((enum event_stage)i);
}

static const char *type_word(int kind, uint32_t i)
{
	(void)kind;
	return i < MIGRATE_TYPES ? migratetype_name(i) : "none";
}

static void null_or(struct page *p, const char *name, const char *type)
{
	key(p, name);
	begin(p, '{');
	key(p, "type");
	writer_open(&p->out, '[');
	writer_string(&p->out, type);
	writer_string(&p->out, "null");
	writer_close(&p->out, ']');
	if (!strcmp(type, "integer")) {
		key(p, "minimum");
		writer_i64(&p->out, 0);
		key(p, "maximum");
		writer_i64(&p->out, UINT32_MAX);
	}
}

/* $defs: a value of each kind of field. */
static void kind_def(struct page *p, enum field_kind kind)
{
	const char *name = field_kind_name(kind);

	switch (kind) {
	case KIND_flag:
		key(p, name);
		begin(p, '{');
		string(p, "type", "boolean");
		end(p, '}');
		return;
	case KIND_pfn:
		null_or(p, name, "integer");
		string(p, "description", "A page number; null: none");
		end(p, '}');
		return;
	case KIND_zone:
		null_or(p, name, "string");
		string(p, "description", "A zone's name; null: none");
		key(p, "enum");
		writer_open(&p->out, '[');
		for (unsigned int i = 0; i <= ZONE_DEVICE; i++)
			writer_string(&p->out, zone_type_name(i));
		writer_null(&p->out);
		writer_close(&p->out, ']');
		end(p, '}');
		return;
	case KIND_signed:
		range(p, name, INT32_MIN, INT32_MAX);
		return;
	case KIND_nodemask:
		key(p, name);
		begin(p, '{');
		string(p, "$ref",
		       "https://zonewalk.example/schemas/snapshot-1.json"
		       "#/$defs/wide");
		end(p, '}');
		return;
	case KIND_gfp:
	case KIND_alloc_flags:
		key(p, name);
		begin(p, '{');
		string(p, "type", "string");
		string(p, "description", "Names joined by |, or a number");
		string(p, "pattern", "^[A-Z0-9_a-fx]+(\\|[A-Z0-9_a-fx]+)*$");
		end(p, '}');
		return;
	case KIND_migratetype:
		key(p, name);
		begin(p, '{');
		words(p, type_word, 0, MIGRATE_TYPES + 1);
		end(p, '}');
		return;
	default:
		break;
	}
	if (!kind_is_enum(kind)) {
		range(p, name, 0, UINT32_MAX);
		return;
	}
	key(p, name);
	begin(p, '{');
	words(p, kind_word, (int)kind, enum_size(kind));
	end(p, '}');
}

static void reference(struct page *p, const char *before, const char *name)
{
	char where[80];

	snprintf(where, sizeof(where), "#/$defs/%s%s", before, name);
	string(p, "$ref", where);
}

static void required(struct page *p, const struct event_type *type)
{
	key(p, "required");
	writer_open(&p->out, '[');
	writer_string(&p->out, "step");
	writer_string(&p->out, "request");
	writer_string(&p->out, "event");
	writer_string(&p->out, "stage");
	for (unsigned int i = 0; i < type->nr_fields; i++)
		writer_string(&p->out, type->fields[i].name);
	writer_close(&p->out, ']');
}

static void constant(struct page *p, const char *name, const char *value)
{
	key(p, name);
	begin(p, '{');
	string(p, "const", value);
	end(p, '}');
}

static void event_def(struct page *p, const struct event_type *type)
{
	char name[80];

	snprintf(name, sizeof(name), "event_%s", type->name);
	key(p, name);
	begin(p, '{');
	string(p, "description", type->text);
	string(p, "type", "object");
	required(p, type);
	key(p, "additionalProperties");
	writer_bool(&p->out, false);
	key(p, "properties");
	begin(p, '{');
	range(p, "step", 1, UINT32_MAX);
	range(p, "request", 1, UINT32_MAX);
	constant(p, "event", type->name);
	constant(p, "stage", event_stage_name(type->stage));
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		key(p, type->fields[i].name);
		begin(p, '{');
		reference(p, "", field_kind_name(type->fields[i].kind));
		end(p, '}');
	}
	end(p, '}');
	end(p, '}');
}

static void header_def(struct page *p)
{
	key(p, "header");
	begin(p, '{');
	string(p, "type", "object");
	key(p, "required");
	writer_open(&p->out, '[');
	writer_string(&p->out, "schema");
	writer_close(&p->out, ']');
	key(p, "properties");
	begin(p, '{');
	constant(p, "schema", "zonewalk/trace/1");
	end(p, '}');
	end(p, '}');
}

/* Which event it is decides what it must have. */
static void choice(struct page *p, const struct event_type *type)
{
	if (p->out.comma)
		writer_raw(&p->out, ",", 1);
	p->out.comma = false;
	newline(p);
	begin(p, '{');
	key(p, "if");
	begin(p, '{');
	key(p, "properties");
	begin(p, '{');
	constant(p, "event", type->name);
	end(p, '}');
	end(p, '}');
	key(p, "then");
	begin(p, '{');
	reference(p, "event_", type->name);
	end(p, '}');
	end(p, '}');
}

static void any_event_def(struct page *p)
{
	key(p, "event");
	begin(p, '{');
	string(p, "type", "object");
	key(p, "required");
	writer_open(&p->out, '[');
	writer_string(&p->out, "event");
	writer_close(&p->out, ']');
	key(p, "properties");
	begin(p, '{');
	key(p, "event");
	begin(p, '{');
	words(p, event_word, 0, NR_EVENTS);
	end(p, '}');
	key(p, "stage");
	begin(p, '{');
	words(p, stage_word, 0, NR_STAGES);
	end(p, '}');
	end(p, '}');
	key(p, "allOf");
	begin(p, '[');
	for (unsigned int i = 0; i < NR_EVENTS; i++)
		choice(p, &event_types[i]);
	end(p, ']');
	end(p, '}');
}

static void head(struct page *p)
{
	string(p, "$schema", "https://json-schema.org/draft/2020-12/schema");
	string(p, "$id", "https://zonewalk.example/schemas/trace-1.json");
	string(p, "$comment",
	       "SPDX-License-Identifier: GPL-2.0-or-later. The $id is a name, "
	       "not an address. Made from engine/events.def by "
	       "tests/c/test_schema.c.");
	string(p, "title", "A line of a trace of zonewalk");
	string(p, "description",
	       "What a scenario's requests made happen, as JSON Lines: "
	       "`zonewalk run --trace`. A header, then an object an event; "
	       "this schema describes each line. Steps count from 1 on "
	       "without a gap, requests from 1 on.");
	string(p, "type", "object");
	key(p, "if");
	begin(p, '{');
	key(p, "required");
	writer_open(&p->out, '[');
	writer_string(&p->out, "schema");
	writer_close(&p->out, ']');
	end(p, '}');
	key(p, "then");
	begin(p, '{');
	reference(p, "", "header");
	end(p, '}');
	key(p, "else");
	begin(p, '{');
	reference(p, "", "event");
	end(p, '}');
}

static char *schema_text(void)
{
	struct page p = { .out = { .data = NULL } };
	char *text;

	begin(&p, '{');
	head(&p);
	key(&p, "$defs");
	begin(&p, '{');
	header_def(&p);
	any_event_def(&p);
	for (int kind = 0; kind < NR_KINDS; kind++)
		kind_def(&p, (enum field_kind)kind);
	for (unsigned int i = 0; i < NR_EVENTS; i++)
		event_def(&p, &event_types[i]);
	end(&p, '}');
	end(&p, '}');
	writer_raw(&p.out, "\n", 1);
	text = writer_finish(&p.out);
	if (!text)
		exit(EXIT_FAILURE);
	return text;
}

static void test_published(const char *text)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char path[1024];
	char *published;

	snprintf(path, sizeof(path), "%s/docs/schemas/trace-1.json",
		 source ? source : ".");
	published = file_text(path);
	if (strcmp(published, text))
		fprintf(stderr, "events.def has changed: test_schema print "
				">docs/schemas/trace-1.json; a change that "
				"old readers do not understand needs "
				"trace-2\n");
	CHECK(!strcmp(published, text));
	free(published);
}

/* A kind and an event share the $defs: no two may have one name. */
static void test_names(void)
{
	for (int kind = 0; kind < NR_KINDS; kind++) {
		const char *name = field_kind_name((enum field_kind)kind);

		CHECK(strcmp(name, "event") && strcmp(name, "header"));
		CHECK(strncmp(name, "event_", 6));
	}
}

int main(int argc, char **argv)
{
	char *text = schema_text();

	if (argc > 1 && !strcmp(argv[1], "print")) {
		fputs(text, stdout);
		free(text);
		return EXIT_SUCCESS;
	}
	test_published(text);
	test_names();
	free(text);
	return test_done();
}
